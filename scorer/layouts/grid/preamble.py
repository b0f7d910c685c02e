"""Texts above and below a form's table: title, year, unit of money, labelled lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from scorer.forms import Line, Place
from scorer.layouts.grid.labels import Label, inline_pairs, label_of
from scorer.layouts.project_names import project_over
from scorer.layouts.text.lines import join_wrapped
from scorer.layouts.words import Words, fold, labelled_year, squeeze, without_year, year_in

_YEAR_ONLY = re.compile(r"^\(?(?:20\d\d|二[〇○O0零]..)年?度?\)?$")
_MONEY_UNIT = re.compile(r"(?:金额)?单位\s*:\s*(?:人民币)?\s*(万元|千元|亿元|元)")
_BARE_UNIT = re.compile(r"^\(?(?:人民币)?(万元|千元|亿元|元)\)?$")
_CODED_UNIT = re.compile(r"^\s*\d{3,15}[\s_-]*(\D{4,40})$")  # «512001某镇人民政府本级»
_NAME_ALONE = re.compile(r"[一-龥()（）]{4,30}")  # «某县林业局 单位：万元»
# «单位：512001-某县林业局»; «单位：万元» is none
_PLAIN_UNIT = re.compile(r"^\s*单位\s*:\s*(?:\d{3,15}[\s_-]*)?(\D{4,40})$")
_FAR = 12  # plain lines after which a title above no longer belongs to the table below
_LONG_LINE = 60
_FULL_LINE = 25  # signs; a shorter labelled line has not been wrapped
_LONGEST_TITLE = 90

Pairs = list[tuple[Label, str]]


@dataclass(frozen=True, slots=True)
class Said:
    """What one text outside the labelled cells says; the title as printed."""

    title: str | None = None
    year: int | None = None
    money_unit: str | None = None
    pairs: Sequence[tuple[Label, str]] = ()


def understand(raw: str, words: Words, beside_unit: bool = False) -> Said | None:
    """The text as a title, a year, a unit or labels; None for any other text. A unit's code and
    name are known as such only where the unit of money stands in the same line
    (``beside_unit``: in a further cell of it)."""
    text = fold(raw).strip()
    if len(text) <= _LONGEST_TITLE and is_title(text, words):
        unit = _MONEY_UNIT.search(text)
        return Said(raw.strip(), year_in(text), unit[1] if unit else None)
    if is_year(text):
        return Said(year=year_in(text if "年" in text else f"{text.strip('() ')}年"))
    if beside_unit and (bare := _BARE_UNIT.match(text)):
        return Said(money_unit=bare[1])
    unit = _MONEY_UNIT.search(fold(raw))
    if unit:
        raw = raw[: unit.start()].rstrip(" (（") + " " + raw[unit.end() :].lstrip(" )）")
    year = labelled_year(raw)
    raw = without_year(raw) if year else raw
    pairs = inline_pairs(raw.strip(), words) or _beside(raw, words)
    if (unit or beside_unit) and not pairs and (named := _CODED_UNIT.match(fold(raw))):
        name = named[1].strip()
        pairs = [(Label("field", "unit", ""), name)] if words.is_unit_name(name) else []
    if unit and not pairs and _NAME_ALONE.fullmatch(raw.strip()) and words.is_unit_name(raw):
        pairs = [(Label("field", "unit", ""), raw.strip())]
    if not pairs and (named := _PLAIN_UNIT.match(fold(raw))) and words.is_unit_name(named[1]):
        pairs = [(Label("field", "unit", "单位"), named[1].strip())]
    if not pairs and unit is None and year is None:
        return None
    return Said(year=year, money_unit=unit[1] if unit else None, pairs=pairs)


def _beside(raw: str, words: Words) -> Pairs:
    """«项目名称 | 山塘整治» on a line above the table: its first row, left without a border."""
    cells = [cell.strip() for cell in raw.split("\t") if cell.strip()]
    labels = [label_of(cell, words) for cell in cells]
    if len(cells) < 2 or len(cells) % 2 or any(labels[1::2]):
        return []
    pairs = [(label, text) for label, text in zip(labels[::2], cells[1::2], strict=True) if label]
    fields = all(label.kind == "field" for label, _ in pairs)
    return pairs if fields and 2 * len(pairs) == len(cells) else []


def is_title(text: str, words: Words) -> bool:
    """A form's title, or that of a 自评表, which plain text does not read as a form."""
    if words.is_title(text):
        return True
    squeezed = squeeze(text)
    review = "绩效" in squeezed and squeezed.endswith("表") and len(squeezed) <= 40
    return review and words.kind_of_title(squeezed) == "self_review"


def is_year(text: str) -> bool:
    """«（2024年度）» and nothing else."""
    return bool(_YEAR_ONLY.match(re.sub(r"\s", "", fold(text))))


def names_money_unit(text: str) -> bool:
    """«单位：万元» somewhere in the text."""
    return bool(_MONEY_UNIT.search(fold(text)))


def is_bare_unit(text: str) -> bool:
    """«万元» and nothing else."""
    return bool(_BARE_UNIT.match(fold(text).strip()))


def is_furniture(text: str, words: Words) -> bool:
    """Page numbers, running heads and watermarks."""
    plain = fold(text)
    return bool(words.watermark.fullmatch(plain) or any(p.search(plain) for p in words.noise))


@dataclass
class Preamble:
    """What stands above a table and will belong to the form that starts there. ``lines``
    are the indices of the lines taken."""

    title: str | None = None
    place: Place = field(default_factory=Place)
    year: int | None = None
    money_unit: str | None = None
    pairs: list[tuple[Label, str, Place]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    plain: int = 0
    heading: tuple[str, Place] | None = None  # the project that a numbered heading names

    def add(self, said: Said, place: Place) -> None:
        """Keep a text that was understood (a title starts a new preamble instead)."""
        self.year = said.year or self.year
        self.money_unit = said.money_unit or self.money_unit
        self.pairs += [(label, text, place) for label, text in said.pairs]

    def goes_on(self, lines: Sequence[Line], text: str) -> bool:
        """Take the next line of a labelled line that filled its own («年度目标：…»)."""
        last = len(lines) - 1
        if not self.pairs or not self.lines or self.lines[-1] != last - 1:
            return False
        if len(lines[last - 1].text) < _FULL_LINE:
            return False
        label, said, place = self.pairs[-1]
        self.pairs[-1] = (label, join_wrapped([said, text]), place)
        self.lines.append(last)
        return True

    def note(self, line: Line) -> bool:
        """Keep a plain line that is a heading with a project's name."""
        name = project_over(line.text)
        self.heading = (name, line.place) if name else self.heading
        return name is not None

    def is_far(self, text: str) -> bool:
        """Count a plain line; True once what was kept no longer belongs to a table below."""
        self.plain += 1
        return self.plain > _FAR or len(text) > _LONG_LINE
