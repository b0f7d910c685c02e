"""Page numbers and running heads in a text that does not tell its pages apart.

Copied from a viewer, or laid out by a program that gives no form feeds, a page's number stands
between two rows like any cell. What tells it is the whole text: it counts up, page by page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate

from scorer.forms import Line

# «3», «- 3 -», «第3页»
_NUMBER = re.compile(
    r"^\s*(?P<dash>[-—–―~·_]+\s*)?(?:第\s*)?(?P<number>\d{1,4})\s*(?:页\s*)?(?(dash)[-—–―~·_]+\s*)$"
)
_INDENT = 8  # blanks at least before a number that is set in the middle or on the right
_PAGE_LEAST = 8  # filled lines that at least one page has
_PAGES = 3  # numbers at least that count up
# «某县民政局2024年部门预算». Forms that fill a page each have the same rows there.
_HEAD = re.compile(
    r"^.{0,40}(?:20\d\d|二[〇○零]..)年度?(?:部门|单位)?(?:综合)?(?:预算|决算)[^。；，]{0,20}$"
)


def without_page_edges(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers and the running heads above or below them."""
    pages = _page_numbers(lines)
    heads = (_running_heads(lines, pages) if pages else set()) | _page_tops(lines)
    return [line for i, line in enumerate(lines) if i not in pages and i not in heads]


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    """Bare numbers that count up by one, a page between: all there are in the text, or (in a
    text with bare numbers of other kinds) some that stand far from the left."""
    bare = {i: int(m["number"]) for i, x in enumerate(lines) if (m := _NUMBER.match(x.text))}
    filled = list(accumulate(bool(line.text.strip()) for line in lines))
    if _runs(bare, filled) == [list(bare)] and (len(bare) >= _PAGES or _ends(bare, filled)):
        return set(bare)
    dashed = {i: n for i, n in bare.items() if not lines[i].text.strip().isalnum()}
    if len(dashed) > 1 and _runs(dashed, filled) == [list(dashed)]:
        return set(dashed)
    far = {i: n for i, n in bare.items() if _indent(lines[i].text) >= _INDENT}
    return {i for run in _runs(far, filled) if len(run) >= _PAGES for i in run}


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
    """Lines that say whose budget it is right above, or right below, most pages' numbers."""
    found: set[int] = set()
    for step in (-1, 1):
        beside = {_beside(lines, i, step) for i in pages} - {None}
        texts = Counter(lines[k].text.strip() for k in beside if k is not None)
        said = Counter(line.text.strip() for line in lines)
        often = {
            t
            for t, n in texts.items()
            if (2 * n > len(pages) or said[t] >= len(pages) > 1) and _HEAD.match("".join(t.split()))
        }
        found |= {k for k in beside if k is not None and lines[k].text.strip() in often}
    return found


def _page_tops(lines: Sequence[Line]) -> set[int]:
    """First lines of pages that say again whose budget it is."""
    filled = [i for i, line in enumerate(lines) if line.text.strip()]
    tops = [
        i
        for above, i in zip([None, *filled], filled, strict=False)
        if above is not None and lines[i].place.page != lines[above].place.page
    ]
    texts = Counter("".join(line.text.split()) for line in lines)
    said = {i: "".join(lines[i].text.split()) for i in tops}
    return {i for i, text in said.items() if texts[text] > 1 and _HEAD.match(text)}


def _beside(lines: Sequence[Line], i: int, step: int) -> int | None:
    """The nearest line with text above (-1) or below (+1) a line."""
    at = range(i + step, len(lines) if step > 0 else -1, step)
    return next((k for k in at if lines[k].text.strip()), None)
