"""Files that the pages hand out."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import quote

from fastapi.responses import Response

TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".zip": "application/zip",
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
}


def attachment(data: bytes, name: str) -> Response:
    """A file to save under a Chinese name."""
    kind = TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")
    safe = "".join("_" if c in '\\/:*?"<>|' or not c.isprintable() else c for c in name)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(safe)}"}
    return Response(data, media_type=kind, headers=headers)
