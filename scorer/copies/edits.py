"""What a form was and what it is to be -> the texts of the cells that change.

Rows are matched by half and place, so an edited form may come back from JSON. A row that is
no longer there is emptied; a row without a place goes into a blank row of the same class.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal

from scorer.copies.value_parts import spread, three_columns
from scorer.forms import Document, Form, Funding, Grid, Indicator, Place, Yuan

TEXTS = (
    "project", "unit", "attribute", "period", "overview", "basis", "necessity", "safeguards",
    "plan", "goal_period", "goal_annual", "filled_at", "leader", "handler", "phone",
)  # fmt: skip
_BLANK = re.compile(r"^[\s.．…·\-—–_－/\\]*$|^(无|空|不涉及|不适用)$")
_OPEN_LABEL = re.compile(r"(^(指标)?\d{1,2}\s*[.．、:：]|[:：])\s*$")
_FIGURE = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_BOXES = re.compile(r"[□○◻☐√☑✓✔■▣☒]")


class NoRoom(Exception):  # noqa: N818  # a statement about the table, not a fault of ours
    """The clerk's table has no cell for a change; ``str()`` says which, in Chinese."""


@dataclass
class Edits:
    """The new texts of cells, gathered form by form; ``texts`` are the printed ones."""

    texts: Mapping[Place, str]
    writes: dict[Place, str] = field(default_factory=dict)
    pinned: set[Place] = field(default_factory=set)  # cells that must keep what they say

    def put(self, place: Place, text: str) -> None:
        """One cell's new text. Raises NoRoom where another row asks for something else."""
        same = self.texts.get(place) == text
        if self.writes.get(place, text) != text or (place in self.pinned and not same):
            raise NoRoom(f"{place.label()} 是几行共用的一格，不能改成两种写法")
        if not same:
            self.writes[place] = text


def cell_texts(document: Document) -> dict[Place, str]:
    """The printed text of every cell and line, by place."""
    found: dict[Place, str] = {}
    for page in document.pages:
        for block in page.blocks:
            cells = block.cells if isinstance(block, Grid) else (block,)
            found.update((cell.place, cell.text) for cell in cells)
    return found


def edits(document: Document, before: Sequence[Form], after: Sequence[Form]) -> dict[Place, str]:
    """The cells that change and their new texts. Raises NoRoom.

    ``before`` are the document's forms as read, with cells; ``after`` the same forms edited.
    """
    found = Edits(cell_texts(document))
    for old, new in zip(before, after, strict=True):
        _fields(found, old, new)
        _amounts(found, old, new)
        _rows(found, old, new)
    return found.writes


# --- fields of the head and foot ---------------------------------------------------


def _fields(found: Edits, old: Form, new: Form) -> None:
    for name in TEXTS:
        was, wanted = old.text(name) or "", new.text(name) or ""
        if was != wanted:
            found.put(_place(old, name), _reworded(found, _place(old, name), was, wanted))
    for name in ("department", "department_code"):
        was, wanted = getattr(old, name) or "", getattr(new, name) or ""
        if was != wanted:
            place = _place(old, "department")
            text = found.writes.get(place, found.texts.get(place, ""))
            if not was:
                raise NoRoom(f"{place.label()} 没有写「{wanted}」的地方")
            found.writes.pop(place, None)
            found.put(place, text.replace(was, wanted, 1))


def _place(form: Form, name: str) -> Place:
    if name not in form.places:
        raise NoRoom(f"「{form.project or '未写名称的项目'}」的原表里没有这一格（{name}）")
    return form.places[name]


def _reworded(found: Edits, place: Place, was: str, wanted: str) -> str:
    """The cell's text with what it says exchanged, and its label or numbering kept."""
    printed = found.texts.get(place)
    if printed is None:
        raise NoRoom(f"{place.label()} 已经不在文件里")
    if _squeeze(printed) == _squeeze(was):
        return wanted
    if not was:
        if _BLANK.match(printed):
            return wanted
        if _OPEN_LABEL.search(printed):
            return printed.rstrip() + wanted
        raise NoRoom(f"{place.label()} 现在写的是「{printed[:20]}」，没有空格可填")
    if _BOXES.search(printed):
        return _ticked(place, printed, was, wanted)
    pattern = r"\s*".join(re.escape(c) for c in _squeeze(was))
    match = re.search(pattern, printed)
    if match is None:
        raise NoRoom(f"{place.label()} 现在写的是「{printed[:20]}」，与审核时的「{was[:20]}」不同")
    return printed[: match.start()] + wanted + printed[match.end() :]


def _ticked(place: Place, printed: str, was: str, wanted: str) -> str:
    """The tick of «☑新增 □延续» moved to another option."""
    old = re.search(rf"([√☑✓✔■▣☒])(\s*{re.escape(was)})", printed)
    new = re.search(rf"([□○◻☐])(\s*{re.escape(wanted)})", printed)
    if old is None or new is None:
        raise NoRoom(f"{place.label()} 是勾选格，没有「{wanted}」这一项")
    tick, box = old[1], new[1]
    text = printed[: old.start()] + box + printed[old.start() + 1 :]
    return text[: new.start()] + tick + text[new.start() + 1 :]


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


# --- amounts -----------------------------------------------------------------------


def amounts_of(form: Form) -> dict[str, Yuan | None]:
    """Every amount by the name that ``Form.places`` knows it by."""
    found: dict[str, Yuan | None] = {"total_yuan": form.total_yuan, "annual_yuan": form.annual_yuan}
    for phase, funding in (("period", form.funding_period), ("annual", form.funding_annual)):
        for source in fields(Funding):
            found[f"funding.{phase}.{source.name}"] = getattr(funding, source.name)
    return found


def _amounts(found: Edits, old: Form, new: Form) -> None:
    was = amounts_of(old)
    for name, wanted in amounts_of(new).items():
        if was[name] == wanted:
            continue
        place = _place(old, name)
        printed = found.texts.get(place, "")
        if wanted is None:
            found.put(place, "")
        else:
            found.put(place, _printed_amount(wanted, printed, _factor(found, old, was)))


def _factor(found: Edits, form: Form, amounts: Mapping[str, Yuan | None]) -> Decimal:
    """How many yuan the table's «1» is, told from any amount that it prints."""
    for name, yuan in amounts.items():
        figure = _FIGURE.search(found.texts.get(form.places.get(name, Place()), ""))
        if yuan and figure and Decimal(figure[0].replace(",", "")):
            return Decimal(yuan) / Decimal(figure[0].replace(",", ""))
    return Decimal(1)


def _printed_amount(yuan: Yuan, printed: str, factor: Decimal) -> str:
    """The amount as its cell printed the one before: label, unit, separators, decimals."""
    number = (Decimal(yuan) / factor).normalize()
    before = _FIGURE.search(printed)
    places = max(0, -int(number.as_tuple().exponent), len(before[1] or "") if before else 0)
    text = f"{number:{',' if before and ',' in before[0] else ''}.{places}f}"
    return printed[: before.start()] + text + printed[before.end() :] if before else printed + text


# --- rows --------------------------------------------------------------------------


def aligned(
    before: Form, after: Form
) -> tuple[list[tuple[Indicator, Indicator]], list[Indicator], list[Indicator]]:
    """(rows in both, rows gone, rows added), matched by half and place."""
    left = {_key(row): row for row in before.indicators}
    both, added = [], []
    for row in after.indicators:
        old = left.pop(_key(row), None) if row.place != Place() else None
        if old is not None:
            both.append((old, row))
        else:
            added.append(row)
    return both, list(left.values()), added


def _key(row: Indicator) -> tuple[str, Place]:
    return row.phase, row.place


def _rows(found: Edits, old: Form, new: Form) -> None:
    both, gone, added = aligned(old, new)
    stay = {place for row, _ in both for place in _own(row)}
    merged = Counter(
        p for row in (*old.indicators, *old.spare) for p in row.cells.get("level2", ())
    )
    spare = list(old.spare)
    found.pinned = {
        p for was, row in both if was.name == row.name for p in was.cells.get("name", ())
    }
    for row in gone:
        _empty(found, row, stay)
    for was, wanted in both:
        if wanted.level2 == was.level2:
            _reword(found, was, wanted)
        elif max((merged[p] for p in was.cells.get("level2", ())), default=2) == 1:
            _reword(found, was, wanted)
            _write(found, was.cells["level2"], was.level2, wanted.level2)
        else:  # its class is a cell of several rows: the row moves to where its class is
            found.pinned -= set(was.cells.get("name", ()))
            _empty(found, was, stay - set(_own(was)))
            added.append(wanted)
    for row in added:
        _reword(found, _take_spare(spare, row), row)


def _own(row: Indicator) -> Iterator[Place]:
    """The cells that hold the row's own words."""
    for role in ("name", "sign", "value", "unit"):
        yield from row.cells.get(role, ())


def _empty(found: Edits, row: Indicator, stay: Iterable[Place]) -> None:
    kept = set(stay)
    if not row.cells:
        raise NoRoom(f"「{row.name or row.value}」这一行不在表格的格子里")
    for place in _own(row):
        if place not in kept:
            found.put(place, "")


def _take_spare(spare: list[Indicator], row: Indicator) -> Indicator:
    """A blank row of the same half and class, used once."""
    for at, blank in enumerate(spare):
        if (blank.phase, blank.level2) == (row.phase, row.level2):
            return spare.pop(at)
    raise NoRoom(f"「{row.level2}」下没有空行可以写「{row.name}」")


def _reword(found: Edits, was: Indicator, wanted: Indicator) -> None:
    if was.name != wanted.name:
        _write(found, was.cells.get("name", ()), was.name, wanted.name)
    if was.value == wanted.value:
        return
    cells = was.cells.get("value", ())
    if not cells:
        raise NoRoom(f"「{was.name}」没有指标值这一格")
    sign, unit = was.cells.get("sign", ()), was.cells.get("unit", ())
    if len(cells) > 1:
        printed = [found.texts.get(place, "") for place in cells]
        for place, text in zip(cells, spread(printed, wanted.value), strict=True):
            found.put(place, text)
    elif sign or unit:
        _three(found, sign, cells[0], unit, wanted.value)
    else:
        found.put(cells[0], _reworded(found, cells[0], was.value, wanted.value))


def _three(
    found: Edits, sign: Sequence[Place], value: Place, unit: Sequence[Place], wanted: str
) -> None:
    at = (sign[0] if sign else None, value, unit[0] if unit else None)
    old_sign, old_unit = (None if p is None else found.texts.get(p, "") for p in (at[0], at[2]))
    parts = three_columns(old_sign, old_unit, wanted)
    for place, text in zip(at, parts, strict=True):
        if place is not None:
            found.put(place, text)


def _write(found: Edits, places: Sequence[Place], was: str, wanted: str) -> None:
    """One text over one or more cells: it goes where its first part stood."""
    if not places:
        raise NoRoom(f"原表里没有「{was or wanted}」这一格")
    filled = [p for p in places if found.texts.get(p, "").strip()] or list(places[:1])
    if len(filled) == 1:
        found.put(filled[0], _reworded(found, filled[0], was, wanted))
        return
    if _squeeze("".join(found.texts[p] for p in filled)) != _squeeze(was):
        raise NoRoom(f"{filled[0].label()} 起的几格与审核时的「{was}」不同")
    for place, text in zip(filled, (wanted, *[""] * (len(filled) - 1)), strict=True):
        found.put(place, text)


# --- is it the same form? ----------------------------------------------------------


def same_content(one: Form, other: Form) -> bool:
    """Whether two forms say the same, wherever it stands and in whatever order of rows."""
    return _content(one) == _content(other)


def _content(form: Form) -> tuple[object, ...]:
    rows = sorted(repr(replace(row, place=Place(), cells={})) for row in form.indicators)
    bare = replace(
        form, indicators=(), place=Place(), places={}, asked=frozenset(), title=None, layout=""
    )
    return bare, rows
