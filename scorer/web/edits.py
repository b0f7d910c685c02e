"""What a page sends, JSON that may hold anything, as edits that the store can do.

{mark, kind: "set", cell, text, both?, group?} types into a cell (``both``: and into the cell of
the other half that said the same; ``group``: one stretch of typing, one step to undo),
{mark, kind: "add", level2, phases, after?, name?, value?} adds a row, {mark, kind: "delete", rows}
deletes some. ``shape`` is the number of the row structure that the edit was made on.
"""

from __future__ import annotations

from typing import Any, cast

from fastapi import HTTPException

from scorer.forms import PHASES, Form, Phase
from scorer.web.cells import CellError, add_row, delete_rows, set_both, set_cell
from scorer.web.drafts import Edit

MOST_EDITS = 100  # in one request


def edits_of(body: Any) -> list[dict[str, Any]]:
    """The edits of a request, each an object with a mark. Raises HTTPException."""
    found = body.get("edits") if isinstance(body, dict) else None
    if not isinstance(found, list) or len(found) > MOST_EDITS:
        raise HTTPException(400, "修改的内容不合格式。")
    if not all(isinstance(e, dict) and isinstance(e.get("mark"), str) for e in found):
        raise HTTPException(400, "修改的内容不合格式。")
    return found


def as_edit(data: dict[str, Any]) -> Edit:
    """One edit. Raises CellError for what cannot be done."""
    makers = {"set": _set, "add": _add, "delete": _delete}
    maker = makers.get(str(data.get("kind")))
    if maker is None:
        raise CellError("不认识的修改。")
    return maker(data["mark"][:40], data, _number(data.get("shape")))


def _set(mark: str, data: dict[str, Any], shape: int | None) -> Edit:
    cell, text = str(data.get("cell", "")), str(data.get("text", ""))
    what = f"set {cell} {str(data.get('group', ''))[:12]}"
    put = set_both if data.get("both") else set_cell
    return Edit(mark, what, lambda form: put(form, cell, text), "group" in data, shape)


def _add(mark: str, data: dict[str, Any], shape: int | None) -> Edit:
    phases = tuple(p for p in _list(data, "phases") if p in PHASES) or ("annual",)
    level2, name, value = (str(data.get(k, "")) for k in ("level2", "name", "value"))
    after = _rows(data, "after")

    def added(form: Form) -> Form:
        for phase in reversed(phases):  # the later half first: rows before it keep their number
            at = next((r for r in after if _phase_of(form, r) == phase), -1)
            form = add_row(form, level2, (cast("Phase", phase),), at, name, value)
        return form

    return Edit(mark, "add", added, shape=shape)


def _delete(mark: str, data: dict[str, Any], shape: int | None) -> Edit:
    rows = _rows(data, "rows")
    return Edit(mark, "delete", lambda form: delete_rows(form, rows), shape=shape)


def _rows(data: dict[str, Any], key: str) -> tuple[int, ...]:
    rows = tuple(_number(r) for r in _list(data, key))
    if None in rows:
        raise CellError("没有这一行。")
    return cast("tuple[int, ...]", rows)


def _list(data: dict[str, Any], key: str) -> list[Any]:
    found = data.get(key) or []
    return found if isinstance(found, list) else []


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _phase_of(form: Form, row: int) -> str:
    return form.indicators[row].phase if 0 <= row < len(form.indicators) else ""
