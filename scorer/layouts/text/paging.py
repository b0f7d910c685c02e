"""Page numbers and running heads in a text that does not tell its pages apart.

Copied from a viewer, or laid out by a program that gives no form feeds, a page's number stands
between two rows like any cell. What tells it is the whole text: it counts up, page by page, or
stands beside a running head that comes again; one between dashes is sure by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from scorer.forms import Line

# «3», «- 3 -», «第3页»
_NUMBER = re.compile(
    r"^\s*(?P<dash>[-—–―~·_]+\s*)?(?:第\s*)?(?P<number>\d{1,4})\s*(?:页\s*)?(?(dash)[-—–―~·_]+\s*)$"
)
_SAID = re.compile(r"^\s*第\s*\d+\s*页")
_TOP = re.compile(r" (?=\S)")
_INDENT = 8  # blanks at least before a number that is set in the middle or on the right
_PAGE_LEAST = 8  # filled lines that at least one page has
_PAGES = 3  # numbers at least that count up
# «某县民政局2024年部门预算». Forms that fill a page each have the same rows there.
_HEAD = re.compile(
    r"^.{0,40}(?:20\d\d|二[〇○零]..)年度?(?:部门|单位)?(?:综合)?(?:预算|决算)[^。；，]{0,20}$"
)

_OFFICE = re.compile(r"^[一-龥]{4,30}(?:系统|平台|局|委员会|政府|办公室|中心|网)(?:制|编制|印制)?$")

_WORDS = re.compile(r"^[一-龥（）()]{6,30}$")
_CELLS = ("指标", "率", "度", "数", "量", "次", "调查", "标准", "时间", "情况")


def without_page_edges(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers and the running heads above or below them."""
    pages = _page_numbers(lines)
    heads = (_running_heads(lines, pages) if pages else set()) | _page_tops(lines)
    return [line for i, line in enumerate(lines) if i not in pages and i not in heads]


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    """Bare numbers that count up by one, a page between: all there are in the text, or (in a text
    with bare numbers of other kinds) those far from the left, between dashes or beside a head."""
    found = {i: m for i, x in enumerate(lines) if (m := _NUMBER.match(x.text))}
    bare = {i: int(m["number"]) for i, m in found.items()}
    filled = list(accumulate(bool(line.text.strip()) for line in lines))
    if _counts_up(bare, filled) or _goes_up(bare, filled):
        return set(bare)
    if _runs(bare, filled) == [list(bare)] and (len(bare) >= _PAGES or _ends(bare, filled)):
        return set(bare)
    far = {i: n for i, n in bare.items() if _indent(lines[i].text) >= _INDENT}
    sure = {i for i, m in found.items() if m["dash"] or _SAID.match(m[0])}
    sure |= _beside_heads(lines, bare) | _above_tops(lines, bare)
    return sure | {i for run in _runs(far, filled) if len(run) >= _PAGES for i in run}


def _counts_up(numbers: Mapping[int, int], filled: Sequence[int]) -> bool:
    """Every number is one more than that before, most of them a page apart; a page may be short."""
    steps = {later - number for number, later in pairwise(numbers.values())}
    far = [filled[later] - filled[line] > _PAGE_LEAST for line, later in pairwise(numbers)]
    return len(far) >= _PAGES and steps == {1} and 2 * sum(far) > len(far)


def _goes_up(numbers: Mapping[int, int], filled: Sequence[int]) -> bool:
    """Every number is greater than that before, and most are one more, a page apart: some pages
    print none."""
    steps = [later - number for number, later in pairwise(numbers.values())]
    far = [filled[later] - filled[line] >= _PAGE_LEAST / 2 for line, later in pairwise(numbers)]
    return len(steps) > _PAGES and min(steps) > 0 and 2 * steps.count(1) > len(steps) and all(far)


def _above_tops(lines: Sequence[Line], numbers: Mapping[int, int]) -> set[int]:
    """The numbers right above lines that begin with a blank, where hardly any other line does: a
    program wrote it for the new page. They go up."""
    tops = {i for i, line in enumerate(lines) if _TOP.match(line.text)}
    told = [i for i in numbers if i + 1 in tops]
    counted = [numbers[i] for i in told]
    seldom = _PAGE_LEAST * len(tops) <= sum(bool(line.text.strip()) for line in lines)
    return set(told) if seldom and counted == sorted(set(counted)) else set()


def _beside_heads(lines: Sequence[Line], numbers: Mapping[int, int]) -> set[int]:
    """The numbers above or below a running head that count up by one, each time it comes."""
    texts = Counter(_squeezed(line) for line in lines)
    for step in (-1, 1):
        beside = {i: k for i in numbers if (k := _beside(lines, i, step)) is not None}
        heads = {i: _squeezed(lines[k]) for i, k in beside.items()}
        told = [i for i, text in heads.items() if texts[text] > 1 and _is_running(text)]
        counted = [numbers[i] for i in told]
        if len(told) > 1 and counted == list(range(counted[0], counted[0] + len(told))):
            return set(told)
    return set()


def _is_running(text: str) -> bool:
    """A budget's title, or the name of an office or a system: no cell of a row."""
    return bool(_HEAD.match(text) or _OFFICE.match(text))


def _may_run(text: str) -> bool:
    """A text that may stand beside every page's number and is no cell of a row."""
    return _is_running(text) or (_WORDS.match(text) is not None and not text.endswith(_CELLS))


def _squeezed(line: Line) -> str:
    return "".join(line.text.split())


def _ends(numbers: Mapping[int, int], filled: Sequence[int]) -> bool:
    """Two pages: 1 ends the first, and 2 the whole text."""
    return list(numbers.values()) == [1, 2] and filled[max(numbers)] == filled[-1]


def _runs(numbers: Mapping[int, int], filled: Sequence[int]) -> list[list[int]]:
    """The lines of the numbers in runs that count up; ``filled`` counts the lines with text."""
    runs: list[list[int]] = []
    for i, number in numbers.items():
        run = next((r for r in runs if numbers[r[-1]] + 1 == number), None)
        if run is None:
            runs.append([i])
        elif filled[i] - filled[run[-1]] > _PAGE_LEAST:
            run.append(i)
    return runs


def _indent(text: str) -> int:
    text = text.expandtabs()
    return len(text) - len(text.lstrip())


def _running_heads(lines: Sequence[Line], pages: set[int]) -> set[int]:
    """Lines that say whose budget it is right above, or right below, most pages' numbers; the
    first page's has no number above."""
    found: set[int] = set()
    for step in (-1, 1):
        beside = {k for i in pages if (k := _beside(lines, i, step)) is not None}
        first = _beside(lines, -1, 1) if step == 1 else None
        beside |= {first} if first is not None else set()
        texts = Counter(_squeezed(lines[k]) for k in beside)
        often = {t for t, n in texts.items() if 2 * n > len(pages) and n > 1 and _may_run(t)}
        found |= {k for k in beside if _squeezed(lines[k]) in often}
    return found


def _page_tops(lines: Sequence[Line]) -> set[int]:
    """First lines of pages that say again whose budget it is."""
    filled = [i for i, line in enumerate(lines) if line.text.strip()]
    tops = [
        i
        for above, i in zip([None, *filled], filled, strict=False)
        if above is not None and lines[i].place.page != lines[above].place.page
    ]
    texts = Counter(_squeezed(line) for line in lines)
    said = {i: _squeezed(lines[i]) for i in tops}
    return {i for i, text in said.items() if texts[text] > 1 and _HEAD.match(text)}


def _beside(lines: Sequence[Line], i: int, step: int) -> int | None:
    """The nearest line with text above (-1) or below (+1) a line."""
    at = range(i + step, len(lines) if step > 0 else -1, step)
    return next((k for k in at if lines[k].text.strip()), None)
