"""The cells of a form as the page names them, and what typing into one does to the form.

A cell's key is «row:field»: «3:value» of the fourth indicator, «-1:goal_annual» of the form
itself, «-1:funding.annual.central» of a sum. Every change gives a new Form.
"""

from __future__ import annotations

from dataclasses import replace

from scorer.forms import LEVEL1, LEVEL2, PHASES, Form, Indicator, Phase, Yuan
from scorer.layouts.draft import natural_level1, parse_yuan
from scorer.reports.masking import mask, mask_number, numbers_of
from scorer.twins import twins

TEXTS = frozenset(
    "project department unit attribute period overview basis necessity safeguards plan"
    " filled_at leader handler phone".split()
)
SUMS = frozenset({"total_yuan", "annual_yuan"})
ROW_FIELDS = frozenset({"name", "value", "level2"})
MOST_CHARACTERS = 4000  # of one cell; the longest field of a real form has some 2,000
MOST_ROWS = 300
MOST_YUAN = 10**14


class CellError(ValueError):
    """The cell cannot hold this; the message tells the clerk what it can hold."""


def set_cell(form: Form, key: str, text: str) -> Form:
    """The form with one cell retyped; "" empties it. Raises CellError."""
    row, field = _split(key)
    if len(text) > MOST_CHARACTERS:
        raise CellError(f"一格最多 {MOST_CHARACTERS} 个字。")
    text = unmask(text.strip(), cell_text(form, key), alone=field == "phone")
    if row >= 0:
        return _with_row(form, row, _changed_row(_row(form, row), field, text))
    if field in ("goal_period", "goal_annual"):
        return replace(form, goal=replace(form.goal, **{field.removeprefix("goal_"): text or None}))
    if field in SUMS:
        return replace(form, **{field: _yuan(text)})  # type: ignore[arg-type]
    if field.startswith("funding."):
        return _with_source(form, field, _yuan(text))
    if field not in TEXTS:
        raise CellError("这一格不能改。")
    return replace(form, **{field: text or None})  # type: ignore[arg-type]


def partner(form: Form, key: str) -> str | None:
    """The cell of the other half that says the same as this one, None where there is none."""
    row, field = _split(key)
    if row >= 0:
        pairs = twins(form)
        other = pairs.get(row, next((n for n, m in pairs.items() if m == row), None))
        return None if other is None else f"{other}:{field}"
    for one, two in (("goal_period", "goal_annual"), ("total_yuan", "annual_yuan")):
        if field in (one, two):
            found = f"-1:{two if field == one else one}"
            return found if cell_text(form, found) == cell_text(form, key) else None
    if field.startswith("funding."):
        _, phase, source = field.split(".", 2)
        found = f"-1:funding.{'annual' if phase == 'period' else 'period'}.{source}"
        return found if cell_text(form, found) == cell_text(form, key) else None
    return None


def set_both(form: Form, key: str, text: str) -> Form:
    """As ``set_cell``, and the cell of the other half with it where both said the same."""
    other = partner(form, key)
    form = set_cell(form, key, text)
    return form if other is None else set_cell(form, other, text)


def cell_text(form: Form, key: str) -> str:
    """What the cell holds now, "" where it is empty. Raises CellError for no such cell."""
    row, field = _split(key)
    if row >= 0:
        return str(getattr(_row(form, row), field)) if field in ROW_FIELDS else ""
    if field.startswith("funding."):
        _, phase, source = field.split(".", 2)
        funding = form.funding_period if phase == "period" else form.funding_annual
        return yuan_text(getattr(funding, source, None))
    if field in SUMS:
        return yuan_text(getattr(form, field))
    return form.text(field) or "" if field in TEXTS or field.startswith("goal_") else ""


def shown(form: Form, key: str) -> str:
    """The cell as the screen shows it: personal telephone numbers masked."""
    text = cell_text(form, key)
    return mask_number(text) if key == "-1:phone" else mask(text)


def unmask(text: str, before: str, alone: bool = False) -> str:
    """The typed text with every masked number that was left untouched put back in full.

    ``alone``: the cell holds nothing but a number, masked by ``mask_number``.
    """
    if alone:
        return before if text == mask_number(before) else text
    for masked, number in numbers_of(before).items():
        text = text.replace(masked, number)
    return text


def add_row(
    form: Form,
    level2: str,
    phases: tuple[Phase, ...],
    after: int = -1,
    name: str = "",
    value: str = "",
) -> Form:
    """The form with a new row of one class in each of ``phases``, behind row ``after`` where
    that is given, else behind the last row of its class. Raises CellError."""
    if level2 not in LEVEL2:
        raise CellError("没有这一类指标。")
    if len(form.indicators) + len(phases) > MOST_ROWS:
        raise CellError(f"一张表最多 {MOST_ROWS} 行指标。")
    rows = list(form.indicators)
    like = next((r for r in rows if r.level2 == level2), None)
    level1 = like.level1 if like else natural_level1(level2)
    for phase in phases:
        new = Indicator(level1, level2, name, value, phase)
        at = after if 0 <= after < len(rows) and rows[after].phase == phase else _last(rows, new)
        rows.insert(at + 1, new)
    return replace(form, indicators=tuple(rows))


def _last(rows: list[Indicator], new: Indicator) -> int:
    """Index of the row that a new one of its class and half goes behind, -1 for none."""
    half = [n for n, r in enumerate(rows) if r.phase == new.phase]
    family = [n for n in half if rows[n].level1 == new.level1]
    if family:  # in the official order of the classes
        before = [n for n in family if _class_order(rows[n]) <= _class_order(new)]
        return before[-1] if before else family[0] - 1
    if half:
        return half[-1]
    return -1 if new.phase == "period" else len(rows) - 1


def _class_order(row: Indicator) -> int:
    return LEVEL2.index(row.level2) if row.level2 in LEVEL2 else len(LEVEL2)


def delete_rows(form: Form, rows: tuple[int, ...]) -> Form:
    """The form without these rows. Raises CellError for a row that is not there."""
    for row in rows:
        _row(form, row)
    kept = tuple(r for n, r in enumerate(form.indicators) if n not in rows)
    return replace(form, indicators=kept)


def filled(form: Form) -> tuple[Form, tuple[int, ...]]:
    """(the form without rows that are wholly blank, the index each kept row had before).

    A blank row is the template's own, in a file as on the page: it is not judged.
    """
    kept = tuple(n for n, r in enumerate(form.indicators) if r.name or r.value)
    return replace(form, indicators=tuple(form.indicators[n] for n in kept)), kept


def with_spare_rows(form: Form) -> Form:
    """The form with the blank rows of its table, so that the page shows them to be filled in.

    A row filled in counts as added: it has no place of its own.
    """
    rows = list(form.indicators)
    for blank in form.spare[: MOST_ROWS - len(rows)]:
        row = Indicator(blank.level1, blank.level2, "", "", blank.phase)
        rows.insert(_last(rows, row) + 1, row)
    return replace(form, indicators=tuple(rows), spare=())


def halves(form: Form) -> tuple[Phase, ...]:
    """The halves that the form has; 年度 alone where it has none."""
    found = tuple(p for p in PHASES if form.of_phase(p) or form.text(f"goal_{p}"))
    return found or ("annual",)


def yuan_text(value: Yuan | None) -> str:
    """An amount as a cell shows it: «1,200,000»."""
    return "" if value is None else f"{value:,}"


def _yuan(text: str) -> Yuan | None:
    if not text:
        return None
    value = parse_yuan(text)
    if value is None or not -MOST_YUAN <= value <= MOST_YUAN:
        raise CellError("金额请写数字，如 600000 或 60万元。")
    return value


def _split(key: str) -> tuple[int, str]:
    row, _, field = key.partition(":")
    try:
        return int(row), field
    except ValueError:
        raise CellError("没有这一格。") from None


def _row(form: Form, row: int) -> Indicator:
    if not 0 <= row < len(form.indicators):
        raise CellError("这一行已经不在了，请刷新页面。")
    return form.indicators[row]


def _with_row(form: Form, at: int, row: Indicator) -> Form:
    rows = form.indicators
    return replace(form, indicators=(*rows[:at], row, *rows[at + 1 :]))


def _changed_row(row: Indicator, field: str, text: str) -> Indicator:
    if field == "level2":
        if text not in LEVEL2:
            raise CellError("没有这一类指标。")
        fits = row.level1 in LEVEL1 and natural_level1(text) == row.level1
        return replace(row, level2=text, level1=row.level1 if fits else natural_level1(text))
    if field not in ROW_FIELDS:
        raise CellError("这一格不能改。")
    return replace(row, **{field: text})  # type: ignore[arg-type]


def _with_source(form: Form, field: str, value: Yuan | None) -> Form:
    _, _, rest = field.partition(".")
    phase, _, source = rest.partition(".")
    half = f"funding_{phase}"
    if phase not in PHASES or not hasattr(form.funding_annual, source):
        raise CellError("没有这一格。")
    return replace(form, **{half: replace(getattr(form, half), **{source: value})})
