"""The made documents: which forms, in which family and format, and what must be read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from scorer.forms import Form, Funding, Goal, Indicator, Phase, Submission
from scorer.layouts import read_submission
from scorer.readers import read_document

from . import expect, flat, render
from .contents import load

TRAINING = Path(__file__).parents[3] / "shared" / "training"

# Families in which a county style of the training forms is printed.
STYLES = {
    "halves": ("A", "B"),
    "central": ("A88", "E", "G-guangdong"),
    "flat": ("C-yunnan", "C-sichuan"),
    "shanghai": ("D", "H"),
    "101": ("G", "F", "E-provincial"),
}


# The same family as several counties print it: a golden document takes the next in turn.
COUNTIES = (
    render.county(county="青岑"),
    render.county(county="临渡", half_width=True, dotted=False),
    render.county(county="白苇", frame=False, title="{county}市市级部门预算项目绩效目标公开表"),
    render.county(county="青岑", money="万元", title="{county}县项目支出绩效目标表"),
)
NATIONAL = (
    render.FAMILIES["A88"],
    render.county(variant="88", money="万元", numbered=True, title="项目支出绩效目标申报表"),
    render.county(variant="88", frame=False, title="{county}县项目支出绩效目标表"),
)
YUNNAN = (
    render.FAMILIES["C-yunnan"],
    render.listed(merged=False),
    render.listed(merged=False, filled=False),
    render.listed(level_merged=True),
)
SICHUAN = (
    render.FAMILIES["C-sichuan"],
    render.listed(template="sichuan", merged=False),
    render.listed(template="sichuan", level_merged=True),
)
VARIANTS = {"A": COUNTIES, "A88": NATIONAL, "C-yunnan": YUNNAN, "C-sichuan": SICHUAN}


@dataclass(frozen=True)
class Made:
    """One file and what stands in it."""

    family: str
    format: str
    forms: tuple[Form, ...]
    suffix: str
    data: bytes

    @property
    def name(self) -> str:
        return f"{self.family}-{self.format}"


def make(forms: Sequence[Form], family: str, fmt: str, turn: int = 0) -> Made:
    """Render the forms, in the family's variant whose turn it is."""
    forms = flat.one_year(forms) if family.startswith("C-") else forms
    variants = VARIANTS.get(family, (render.FAMILIES[family],))
    suffix, maker = render.FORMATS[fmt]
    data = maker(variants[turn % len(variants)](forms))
    return Made(family, fmt, tuple(forms), suffix, data)


def read(data: bytes, suffix: str) -> list[Submission]:
    """Through the one door that every user goes through."""
    return [read_submission(document) for document in read_document(f"made{suffix}", data)]


def score(item: Made) -> expect.Score:
    """Read a made document and compare it with what was printed."""
    found = [form for part in read(item.data, item.suffix) for form in part.forms]
    wanted = () if item.family == "I" else item.forms
    return expect.compare(wanted, found, item.family)


def golden(per: int = 2) -> Iterator[Made]:
    """Every family in every format, over the written forms in turn."""
    forms = list(load("golden").values())
    first = 0
    for family in render.FAMILIES:
        for turn, fmt in enumerate(render.FORMATS):
            if fmt == "text-shifted" and not family.startswith("A"):
                continue  # only the halves can be read by their other half
            chosen = [forms[(first + n) % len(forms)] for n in range(per)]
            first += per
            if family == "G-guangdong":  # a blank cell there is no row: both halves must agree
                chosen = [f for f in chosen if _halves_agree(f)] or [load("golden")["cloud"]]
            yield make(chosen, family, fmt, turn)


def _halves_agree(form: Form) -> bool:
    keys = [{(i.level2, i.name) for i in form.of_phase(phase)} for phase in ("period", "annual")]
    return keys[0] == keys[1]


def training_forms() -> dict[str, list[Form]]:
    """The shelf's training forms by county style; empty where the shelf is not there."""
    found: dict[str, list[Form]] = {}
    for path in sorted(TRAINING.glob("forms-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            found.setdefault(entry["county_style"], []).append(_training_form(entry))
    return found


def _training_form(entry: dict[str, object]) -> Form:
    text = {k: v.strip() for k, v in entry.items() if isinstance(v, str)}
    both: tuple[Phase, ...] = ("period", "annual")
    total, annual = int(str(entry["total_yuan"])), int(str(entry["annual_yuan"]))
    rows = tuple(
        Indicator(r["level1"], r["level2"], r["name"].strip(), r["value"].strip(), phase)
        for phase in both
        for r in entry["indicators"]  # type: ignore[attr-defined]
        if r["name"].strip() or r["value"].strip()
    )
    return Form(
        project=text["project"],
        department_code="301",
        department=text["department"],
        unit=text["unit"],
        fiscal_year=int(str(entry["fiscal_year"])),
        attribute=text["attribute"],
        period=text["period"],
        total_yuan=total,
        annual_yuan=annual,
        funding_period=Funding(city_county=total),
        funding_annual=Funding(city_county=annual),
        overview=text.get("overview"),
        basis=text.get("basis"),
        necessity=text.get("necessity"),
        safeguards=text.get("safeguards"),
        plan=text.get("plan"),
        goal=Goal(text.get("goal_period"), text.get("goal_annual")),
        indicators=rows,
    )


def training(per: int = 3, documents: int = 120) -> Iterator[Made]:
    """Documents of the training forms, a few forms each, formats in turn."""
    formats = list(render.FORMATS)

    def every() -> Iterator[Made]:
        turn = 0
        for style, forms in training_forms().items():
            for start in range(0, len(forms) - per + 1, per):
                families = STYLES[style]
                chosen = forms[start : start + per]
                fmt = formats[turn % len(formats)]
                family = families[turn // len(formats) % len(families)]
                if fmt == "text-shifted":
                    family = "A"
                yield make(chosen, family, fmt, turn)
                turn += 1

    return islice(every(), documents)
