"""Family and format by name: forms -> blocks -> bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import pypdfium2

from scorer.forms import Form

from . import flat, halves, heads, office, pdf, textual
from .sheet import Block, PageBreak

Blocks = Sequence[Block]


def _each(make: Callable[[Form], list[Block]]) -> Callable[[Sequence[Form]], list[Block]]:
    """One form after another, as the makers of one-form families print them."""

    def render(forms: Sequence[Form]) -> list[Block]:
        return [block for form in forms for block in make(form)]

    return render


def county(**options: Any) -> Callable[[Sequence[Form]], list[Block]]:
    """Family A with a county's own way of printing."""
    style = halves.Style(**options)
    return _each(lambda form: halves.blocks(form, style))


def listed(**options: Any) -> Callable[[Sequence[Form]], list[Block]]:
    """Family C with the options of ``FlatStyle``."""
    style = flat.FlatStyle(**options)
    return lambda forms: flat.blocks(forms, style)


FAMILIES: dict[str, Callable[[Sequence[Form]], list[Block]]] = {
    "A": county(county="青岑"),
    "A88": county(variant="88", money="万元", title="项目支出绩效目标申报表"),
    "B": _each(heads.blocks_b),
    "C-yunnan": listed(),
    "C-sichuan": listed(template="sichuan"),
    "D": _each(heads.blocks_d),
    "E": _each(heads.blocks_e),
    "E-provincial": _each(lambda form: heads.blocks_e(form, provincial=True)),
    "F": _each(heads.blocks_f),
    "G": _each(heads.blocks_g),
    "G-guangdong": _each(heads.blocks_guangdong),
    "H": _each(heads.blocks_h),
    "I": _each(heads.blocks_i),
}


def by_sheet(blocks: Blocks, per: int = 3) -> list[Block]:
    """The same blocks with a page break before every form (a form is ``per`` blocks)."""
    found: list[Block] = []
    for n, block in enumerate(blocks):
        if n and n % per == 0:
            found.append(PageBreak(f"项目{n // per + 1}"))
        found.append(block)
    return found


def zipped(members: dict[str, bytes]) -> bytes:
    """An archive with names in UTF-8 and fixed dates."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 12, 1, 8, 0, 0)), data)
    return stream.getvalue()


def _printed(**options: Any) -> Callable[[Blocks], bytes]:
    return lambda blocks: pdf.pdf(blocks, pdf.Print(**options))


def text_of(data: bytes) -> bytes:
    """A PDF's text layer as the PDF engine gives it, page after page."""
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return "\f".join(pages).replace("\r\n", "\n").encode()


LAYER = textual.Layer()
LAYER_NARROW = textual.Layer(size=2.6)  # labels wrap as well as texts
LAYER_MARKED = textual.Layer(
    per_page=24,
    footer="青岑县2025年部门预算公开",
    watermark=("仅供\n内部\n审阅",) * 4,
)
MARKED = pdf.Print(footer="青岑县2025年部门预算公开", watermark="仅供内部审阅", size=8)

# name -> (suffix, maker)
FORMATS: dict[str, tuple[str, Callable[[Blocks], bytes]]] = {
    "xlsx": (".xlsx", office.xlsx),
    "xlsx-typed": (".xlsx", lambda blocks: office.xlsx(blocks, typed=True, formula=True)),
    "xls": (".xls", office.xls),
    "ods": (".ods", office.ods),
    "docx": (".docx", office.docx_bytes),
    "docx-nested": (".docx", lambda blocks: office.docx_bytes(blocks, nested=True)),
    "html": (".html", textual.html_page),
    "html-gbk": (".html", lambda blocks: textual.html_page(blocks, charset="gb18030")),
    "html-xls": (".xls", textual.html_page),
    "csv": (".csv", textual.csv_bytes),
    "csv-gbk": (".csv", lambda blocks: textual.csv_bytes(blocks, "gb18030")),
    "md": (".md", lambda blocks: textual.markdown(blocks).encode()),
    "text-tab": (".txt", lambda blocks: textual.tabbed(blocks).encode()),
    "text-tab-gbk": (".txt", lambda blocks: textual.tabbed(blocks).encode("gb18030")),
    "text-shifted": (".txt", lambda blocks: textual.shifted(blocks).encode()),
    "text-layer": (".txt", lambda blocks: textual.text_layer(blocks, LAYER).encode()),
    "text-layer-narrow": (".txt", lambda b: textual.text_layer(b, LAYER_NARROW).encode()),
    "text-layer-marked": (".txt", lambda b: textual.text_layer(b, LAYER_MARKED).encode()),
    "text-engine": (".txt", lambda b: text_of(pdf.pdf(b, MARKED))),
    "pdf": (".pdf", _printed()),
    "pdf-break": (".pdf", _printed(height=420, footer="青岑县2025年预算公开")),
    "pdf-inside": (".pdf", _printed(height=430, inside=True, anywhere=True)),
    "pdf-repeat": (".pdf", _printed(height=440, repeat=True)),
    "pdf-open": (".pdf", _printed(borders="open", anywhere=True)),
    "pdf-watermark": (".pdf", _printed(watermark="仅供内部审阅")),
    "pdf-rotated": (".pdf", _printed(rotate=90, landscape=True)),
    "pdf-noborder": (".pdf", _printed(borders="none")),
}


def made(forms: Sequence[Form], family: str, fmt: str) -> tuple[str, bytes]:
    """A file's suffix and bytes."""
    suffix, maker = FORMATS[fmt]
    return suffix, maker(FAMILIES[family](forms))
