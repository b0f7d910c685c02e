"""Models on disk: plain arrays in ``.npz`` and a JSON card, checked by hash before use.

No pickle, no code on load. A card names the hash of its arrays; a file that does not
match, or a card of another format, is refused.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMAT = 1
Arrays = dict[str, NDArray[Any]]


class ArtefactError(ValueError):
    """A model file is missing, damaged, or of another format. The text is for users."""


def save(folder: Path, name: str, arrays: Arrays, card: dict[str, Any]) -> str:
    """Write ``name.npz`` and ``name.json``; the same arrays give the same bytes.

    Returns the SHA-256 of the array file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = _npz(arrays)
    sha = hashlib.sha256(data).hexdigest()
    whole = {"model": name, "format": FORMAT, "artefact_sha256": sha, **card}
    _write(folder / f"{name}.npz", data)
    text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    _write(folder / f"{name}.json", text.encode())
    return sha


def load(folder: Path, name: str) -> tuple[Arrays, dict[str, Any]]:
    """The arrays and the card of one model. Raises ArtefactError if anything is amiss."""
    try:
        card: dict[str, Any] = json.loads((folder / f"{name}.json").read_text("utf-8"))
        data = (folder / f"{name}.npz").read_bytes()
    except (OSError, ValueError) as error:
        raise ArtefactError(f"模型「{name}」读不出来：{error}") from error
    if card.get("format") != FORMAT:
        raise ArtefactError(f"模型「{name}」的格式是{card.get('format')}，本程序只认{FORMAT}。")
    if hashlib.sha256(data).hexdigest() != card.get("artefact_sha256"):
        raise ArtefactError(f"模型「{name}」与它的卡片不符，请重新安装或重新训练。")
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        return {key: stored[key] for key in stored.files}, card


def _npz(arrays: Arrays) -> bytes:
    """An .npz whose bytes depend on the arrays alone (numpy's own stamps the time)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for key in sorted(arrays):
            part = io.BytesIO()
            np.lib.format.write_array(part, np.ascontiguousarray(arrays[key]), allow_pickle=False)
            info = zipfile.ZipInfo(f"{key}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, part.getvalue())
    return buffer.getvalue()


def _write(path: Path, data: bytes) -> None:
    """Write beside and rename, so that no reader sees half a file."""
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(data)
    beside.replace(path)
