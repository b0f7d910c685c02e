"""Questions about rows: is this grid about targets, is this a head row, a note, a block?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from scorer.forms import Phase
from scorer.layouts.grid.goal_list import goal_heading
from scorer.layouts.grid.header_row import Heading, phase_of, read_heading
from scorer.layouts.grid.indicator_rows import is_template_number
from scorer.layouts.grid.labels import inline_pairs, label_before
from scorer.layouts.grid.open_form import OpenForm
from scorer.layouts.grid.preamble import is_title
from scorer.layouts.grid.slots import Row, Slot
from scorer.layouts.words import Words, squeeze

_FORM_FIELDS = frozenset(
    ("attribute", "period", "overview", "basis", "necessity", "safeguards", "plan", "goal",
     "goal_period", "goal_annual")
)  # fmt: skip
_BLOCK = re.compile(r"(指标|指标表|目标表|(?:目标|指标)(?:细化|分解)表?)$")
_OF_A_YEAR = re.compile(r"20\d\d年绩效(?:目标|指标)")  # «2013年绩效目标细化»
_CAPTION = re.compile(r"^(?:项目)?(?:年度|当年|本年|全年|长期|中长期|中期|实施期)")
_YEARS = re.compile(r"[(（][^()（）]{2,14}[)）]$")  # «(2024—2026年)» behind a block's title
_LONGEST_BLOCK = 16


def label_names(row: Row, words: Words) -> set[str]:
    """Names of all labels in the row, in cells of their own or before a colon."""
    names: set[str] = set()
    for slot, after in zip_longest(row.filled, row.filled[1:]):
        label = label_before(slot, after, words)
        pairs = [] if label else inline_pairs(slot.cell.text, words)
        names.update([label.name] if label else [part.name for part, _ in pairs])
    return names


def concerns(rows: Sequence[Row], words: Words, titled: bool) -> bool:
    """True for a grid with a form's title, an indicator header, or a form's labels.
    ``titled``: a form's title stands right above, so that «项目名称» alone will do (a page
    may end after the head's first rows)."""
    names: set[str] = set()
    for n, row in enumerate(rows):
        filled = row.filled
        if not filled:
            continue
        if len(filled) <= 2 and is_title(filled[0].text, words):
            return True
        if read_heading(row, rows[n + 1] if n + 1 < len(rows) else None, None, words):
            return True
        if goal_heading(rows, n, words):
            return True
        names |= label_names(row, words)
        if "project" in names and (titled or len(names & _FORM_FIELDS) >= 2):
            return True
    return False


def is_head_row(row: Row, form: OpenForm | None, words: Words) -> bool:
    """A row of labels and values, above the indicators or below them."""
    if form is None or form.heading is None:
        return True
    first = row.filled[0]
    if words.level1_of(first.text) or words.level2_of(first.text):
        return False
    if _is_beside_levels(row, form.heading, words):
        return False
    label = label_before(first, next(iter(row.filled[1:]), None), words)
    if label is not None and (label.name == "project" or not form.table.rows):
        return True  # the next form, or a header repeated on a page whose head still goes on
    names = [column.start for half in form.heading.halves for column in half.of("name")]
    if names and first.start >= min(names):
        return False
    if all(slot.text.endswith((":", "：")) for slot in row.filled):
        return not is_template_number(first.text)  # «审核人：» and nothing beside it yet
    if label is not None:
        return label.kind != "amount" or label.name in ("total", "annual")
    return bool(inline_pairs(first.cell.text, words)) or form.head.plan is not None


def _is_beside_levels(row: Row, heading: Heading, words: Words) -> bool:
    """«年度绩效目标1 | 产出指标 | 数量指标 | …»: the goal left of the levels is that of the rows."""
    one = heading.level1
    if one is None or row.filled[0].start >= one.start:
        return False
    return any(one.start <= s.start < one.end and words.level1_of(s.text) for s in row.filled)


def block_of(text: str) -> Phase | None:
    """The phase of the block that «年度绩效指标» heads; None for any other text."""
    plain = _YEARS.sub("", squeeze(text))
    if len(plain) > _LONGEST_BLOCK or not _BLOCK.search(plain):
        return None
    return phase_of(plain) or ("annual" if _OF_A_YEAR.match(plain) else None)


def caption_of(text: str) -> Phase | None:
    """The phase of a caption with nothing before it («年度绩效目标表», «项目长期绩效指标表»)."""
    return block_of(text) if _CAPTION.match(squeeze(text)) else None


def is_wide(row: Row, slot: Slot) -> bool:
    """The one cell of a row that spans the table."""
    return slot.end - slot.start > 1 and len(row.slots) <= 2
