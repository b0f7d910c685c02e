"""E-mail (EML) and saved web pages (MHTML): the body and the attachments as documents."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from typing import Any

from scorer.forms import Document, Problem
from scorer.readers import limits
from scorer.readers.base import Unreadable, too_big
from scorer.readers.places import within

_MHTML = ("multipart/related",)


def documents(data: bytes, path: str, digest: str, depth: int) -> list[Document]:
    """A saved page gives one Document; a mail one per attachment, and its text if it has any."""
    if depth >= limits.MAX_DEPTH:
        raise Unreadable("邮件套了太多层，没有再读", "请把附件存出来读附件", "limit")
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    parts = [part for part in message.walk() if not part.is_multipart()]
    if len(parts) > limits.MAX_MEMBERS:
        raise too_big("邮件里的部分数", limits.MAX_MEMBERS)
    attachments = [p for p in parts if p.get_filename() and _is_attachment(p)]
    if message.get_content_type() in _MHTML and not attachments:
        return [_saved_page(parts, path, digest)]
    found = [d for part in attachments for d in _attachment(part, path, depth)]
    body = _body(message, path, digest)
    return ([body] if body else []) + found or [_empty(path, digest, "eml")]


def _is_attachment(part: Any) -> bool:
    """Pictures inside the text (logos, signatures) are no documents."""
    inline = part.get_content_disposition() == "inline"
    return not (inline and part.get_content_maintype() == "image")


def _saved_page(parts: list[Any], path: str, digest: str) -> Document:
    """The HTML part with the most tables: frames and advertisements are parts of their own."""
    from scorer.readers import html

    pages = [p for p in parts if p.get_content_type() == "text/html"]
    if not pages:
        return _empty(path, digest, "mhtml")
    bodies = [_bytes(p) for p in pages]
    best = max(range(len(bodies)), key=lambda i: (bodies[i].lower().count(b"<t"), -i))
    charset = pages[best].get_content_charset() or ""
    reading = html.read(bodies[best], path, charset)
    return Document(path, digest, "mhtml", reading.pages, reading.problems)


def _attachment(part: Any, path: str, depth: int) -> list[Document]:
    from scorer.readers import read_bytes
    from scorer.readers.inputs import is_document_name

    name = str(part.get_filename()).replace("/", "_").replace("\\", "_")
    if not is_document_name(name):
        return []
    inner = f"{path}/{name}"
    return [within(d, name) for d in read_bytes(_bytes(part), inner, depth + 1)]


def _body(message: EmailMessage, path: str, digest: str) -> Document | None:
    """The mail's own text; HTML where there is any, because forms are pasted as tables."""
    from scorer.readers import html, text

    part = message.get_body(("html", "plain"))
    if part is None:
        return None
    raw, charset = _bytes(part), part.get_content_charset() or ""
    if part.get_content_type() == "text/html":
        reading = html.read(raw, path, charset)
    else:
        reading = text.read(raw, path)
    return Document(path, digest, "eml", reading.pages, reading.problems)


def _bytes(part: Any) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _empty(path: str, digest: str, kind: str) -> Document:
    problem = Problem(path, "邮件里没有能读的正文或附件", "请把附件存出来读附件", code="empty")
    return Document(path, digest, kind, problems=(problem,))
