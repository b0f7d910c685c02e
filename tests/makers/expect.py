"""What a reader must get back from a made document, and how near it came."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from scorer.forms import Form, Indicator

from . import halves
from .flat import parts

SOURCES = ("central", "province", "city_county", "self_raised", "other")
FUNDING = tuple(f"funding_{phase}.{name}" for phase in ("period", "annual") for name in SOURCES)
TEXTS = ("overview", "basis", "necessity", "safeguards", "plan")
FOOT = ("filled_at", "leader", "handler", "phone")
HEAD = ("project", "department", "unit", "fiscal_year")

# The header fields that a family's print can carry; others are not compared.
CARRIES: dict[str, tuple[str, ...]] = {
    "A": (*HEAD, "department_code", "attribute", "period", "total_yuan", "annual_yuan", *FUNDING,
          *TEXTS, "goal_period", "goal_annual", *FOOT),
    "A88": (*HEAD, "department_code", "attribute", "period", "total_yuan", "annual_yuan",
            "funding_period.other", "funding_annual.other", "goal_period", "goal_annual"),
    "B": (*HEAD, "attribute", "period", "total_yuan", "overview", "basis", "necessity", "plan",
          "goal_period", "goal_annual"),
    "C-yunnan": ("project", "unit", "fiscal_year", "goal_annual"),
    "C-sichuan": ("project", "unit", "fiscal_year", "goal_annual"),
    "D": (*HEAD, "attribute", "total_yuan", "annual_yuan", "goal_period", "goal_annual"),
    "E": (*HEAD, "attribute", "total_yuan", "annual_yuan", "overview", "basis", "safeguards",
          "goal_annual"),
    "E-provincial": (*HEAD, "attribute", "total_yuan", "annual_yuan", "overview", "basis",
                     "safeguards", "goal_annual"),
    "F": (*HEAD, "annual_yuan", "goal_annual"),
    "G": (*HEAD, "annual_yuan", "goal_annual"),
    "G-guangdong": (*HEAD, "total_yuan", "annual_yuan", "goal_period", "goal_annual"),
    "H": (*HEAD, "annual_yuan", "goal_annual"),
    "I": (),
}  # fmt: skip
BOTH_HALVES = ("A", "A88", "B", "G-guangdong")
# Families that print a sign of their own before a number: three columns, or Shanghai's «=1.00(个)».
SIGNED = ("C-yunnan", "C-sichuan", "G", "D")
FULL_WIDTH = str.maketrans("＜＞＝", "<>=")
SHANGHAI = re.compile(r"^([≥≤=><]?)(\d[\d,]*?)(?:\.(\d+?)0*)?\((.+)\)$")


def expected(form: Form, family: str) -> Form:
    """The form as this family prints it: rows of the halves it has, values as joined."""
    if family in ("A", "A88"):
        form = halves.reordered(form)
    rows = form.indicators if family in BOTH_HALVES else form.of_phase("annual")
    if family in SIGNED:
        rows = tuple(replace(row, value=joined(row.value)) for row in rows)
    return replace(form, indicators=tuple(rows))


def joined(value: str) -> str:
    """What three columns say when put together again: a number without sign had «=» printed."""
    sign, number, unit = parts(value)
    return value if sign in ("定性", "") else f"{sign}{number}{unit}"


def plain(text: object) -> str:
    """A text as it must be read, wrapped lines joined without a trace; «» for missing."""
    return "" if text is None else str(text).strip()


def plain_value(text: str) -> str:
    """A value with what is mere print dropped: Shanghai's «=100.00(%)», «=» before words."""
    text = plain(text).translate(FULL_WIDTH)
    if found := SHANGHAI.match(text):
        sign, whole, rest, unit = found.groups()
        rest = (rest or "").rstrip("0")
        text = f"{sign}{whole}{'.' + rest if rest else ''}{unit}"
    return text[1:] if text.startswith("=") and parts(text[1:])[0] == "定性" else text


def header_value(form: Form, name: str) -> str:
    """One header field as comparable text; amounts by value."""
    if "." in name:
        funding, source = name.split(".")
        value = getattr(getattr(form, funding), source)
    elif name in ("total_yuan", "annual_yuan"):
        value = getattr(form, name)
    else:
        return plain(form.text(name))
    return "" if value is None else f"{value:.2f}"


def row_key(row: Indicator) -> tuple[str, ...]:
    """What must be equal in a row."""
    return (row.phase, plain(row.level1), plain(row.level2), plain(row.name),
            plain_value(row.value))  # fmt: skip


@dataclass
class Score:
    """Counts of one comparison, and every difference as a line a person can read."""

    forms: int = 0
    found: int = 0
    spurious: int = 0
    fields: int = 0
    fields_right: int = 0
    rows: int = 0
    rows_read: int = 0
    rows_right: int = 0
    differences: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in ("forms", "found", "spurious", "fields", "fields_right", "rows", "rows_read",
                     "rows_right"):  # fmt: skip
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.differences += other.differences

    @property
    def f1(self) -> float:
        total = self.rows + self.rows_read
        return 2 * self.rows_right / total if total else 1.0

    @property
    def field_rate(self) -> float:
        return self.fields_right / self.fields if self.fields else 1.0

    @property
    def found_rate(self) -> float:
        return self.found / self.forms if self.forms else 1.0


def compare(wanted: Sequence[Form], read: Iterable[Form], family: str) -> Score:
    """How near the forms that were read come to those that were printed."""
    score = Score(forms=len(wanted))
    rest = list(read)
    for form in (expected(f, family) for f in wanted):
        match = _take(form, rest)
        if match is None:
            score.differences.append(f"form missing: {form.project}")
            score.fields += len(CARRIES[family])
            score.rows += len(form.indicators)
            continue
        score.found += 1
        _compare_fields(form, match, CARRIES[family], score)
        _compare_rows(form, match, score)
    score.spurious = len(rest)
    score.rows_read += sum(len(form.indicators) for form in rest)
    score.differences += [f"form that is not there: {form.project}" for form in rest]
    return score


def _take(form: Form, rest: list[Form]) -> Form | None:
    """The form read for this one: same project, else most rows in common."""
    for other in rest:
        if plain(other.project) == plain(form.project):
            rest.remove(other)
            return other
    keys = {row_key(i) for i in form.indicators}
    best = max(rest, key=lambda o: len(keys & {row_key(i) for i in o.indicators}), default=None)
    if best is None or not keys & {row_key(i) for i in best.indicators}:
        return None
    rest.remove(best)
    return best


def _compare_fields(form: Form, match: Form, names: Sequence[str], score: Score) -> None:
    for name in names:
        want, got = header_value(form, name), header_value(match, name)
        score.fields += 1
        score.fields_right += want == got
        if want != got:
            score.differences.append(f"{form.project}: {name}: «{want}» read as «{got}»")


def _compare_rows(form: Form, match: Form, score: Score) -> None:
    want = Counter(row_key(i) for i in form.indicators)
    got = Counter(row_key(i) for i in match.indicators)
    score.rows += want.total()
    score.rows_read += got.total()
    score.rows_right += (want & got).total()
    for key in (want - got).elements():
        score.differences.append(f"{form.project}: row lost: {'|'.join(key)}")
    for key in (got - want).elements():
        score.differences.append(f"{form.project}: row not printed: {'|'.join(key)}")
