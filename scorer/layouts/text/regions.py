"""Where in a text the forms stand: from title (or first label) to foot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scorer.forms import Line
from scorer.layouts.grid.labels import GOALS
from scorer.layouts.text.columns import block_phase
from scorer.layouts.text.header_row import head_row
from scorer.layouts.text.lines import LONGEST, PLACED, TextLine, split_line
from scorer.layouts.text.placed_heads import as_lines, placed_head, spans_of
from scorer.layouts.words import (
    Words,
    fold,
    is_table_number,
    same_title,
    squeeze,
    unnumbered,
)

_AHEAD = 40  # filled lines within which a form must show its labels
_TITLE_NEAR = 12  # filled lines between a title and the first label
_OF_BUDGET = re.compile(r"科目|拨款$|预算数$|安排数$|资金性质$")  # «功能科目», «本年拨款»
_OF_PURCHASES = re.compile(
    r"(?:政府)?采购(?:品目|目录|数量|预算|金额|方式|项目|内容|标的)(?:名称)?"
)
_FIRST_CELLS = 4  # of a line, among which the label of a sum stands
_NEAR_LIST = 4  # lines between a list's head row and the project's column in it
_HEAD_LINES = 12  # filled lines of a list's head row above its levels
_PROSE = 60  # signs; no cell of a list is so wide
_LEVEL_HEAD = re.compile(r"[一二三]\s*级")
_OTHER_OBJECTS = ("whole_unit", "transfer")
_WIDE = re.compile(r"\S[ \u3000]{2,}\S")
_SPLIT = re.compile(r"[\t|│]|\s{1,}")
_HEADING = re.compile(
    r"^(第[一二三四五六七八九十]{1,3}(部分|章)|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|"
    r"(附件|附表)\s*\d*(?:-\d+)?\s*(?:[:：]|$)|\d{1,2}[.、]\s*[“《]|[一-龥]{0,6}名词解释)"
)
_COUNTED = re.compile(  # «项目二», «【项目2】», «第二个项目», «附件2-1», «表二»
    r"^[(]?(?:(?:预算|部门预算)?公开表?\d{1,2}表?|第[一二三四五六七八九十\d]{1,3}个?项目|(?:项目|附件|附表|表)[一二三四五六七八九十\d]{1,3}(?:-\d{1,3})?)[)]?$"
)
_BARE = re.compile(r"\d{1,3}")
_HEADINGS_ABOVE = 2  # lines of headings that may stand right above a form
_HEAD_FIELDS = frozenset(
    "department unit attribute period overview basis necessity safeguards plan "
    "goal goal_period goal_annual leader filled_at".split()
)


@dataclass(frozen=True, slots=True)
class Region:
    """Lines ``start`` to ``end`` (exclusive) of the document hold one form.

    ``kind`` is "project", or what a table of another object is ("whole_unit", "flat", …).
    """

    start: int
    end: int
    title: int | None
    kind: str = "project"


def find_regions(lines: Sequence[Line], words: Words) -> list[Region]:
    """All forms of a document in order, and the tables that look like forms but are not."""
    titles, projects = _landmarks(lines, words)
    heads = flat_heads(lines, words)
    starts = _lists(lines, titles, heads, words)
    listed = {*heads, *(at for at, _, _ in starts)}
    taken = -1
    for at, following in pairwise([*projects, len(lines)]):
        office = _with_office(lines, at, taken, words)
        if at <= taken or not _has_head(lines[office : min(following, at + 6 * _AHEAD)], words):
            continue
        below = _first_text(lines[at + 1 : following])
        numbered = _is_numbered(lines[at].text) or _is_numbered(below)
        if numbered and not _has_levels(lines[at:following], words):
            continue  # «一、项目名称：…», or «一、项目概述» below it: a project's description
        title = _title_before(lines, titles, at, taken)
        first = office if title is None else title
        if any(abs(first - start) < _NEAR_LIST for start in listed):
            continue  # the head row of a list
        kind = words.kind_of_title(lines[title].text) if title is not None else "project"
        starts.append((first, title, kind))
        taken = at
    starts += _titles_alone(lines, titles, starts, words)
    starts.sort(key=lambda item: item[0])
    regions = []
    headings = _headings_above(lines, starts[0][0]) if starts else []
    numbers = _numbers_above(lines, [start for start, _, _ in starts[1:]])
    for i, (start, title, kind) in enumerate(starts):
        limit = starts[i + 1][0] if i + 1 < len(starts) else len(lines)
        limit = _above_next(lines, start, numbers.get(limit, limit), headings, words)
        end = (_list_end if kind == "flat" else _end)(lines, start, limit, words)
        regions.append(Region(start, end, title, kind))
    return regions


def _first_text(lines: Sequence[Line]) -> str:
    """The first line with text; "" for none."""
    return next((line.text for line in lines if line.text.strip()), "")


def _filled_above(lines: Sequence[Line], at: int, last: int) -> int:
    """The nearest line above ``at`` that has text, below ``last``; ``at`` for none."""
    return next((i for i in range(at - 1, last, -1) if lines[i].text.strip()), at)


def _with_office(lines: Sequence[Line], at: int, taken: int, words: Words) -> int:
    """The line right above a form without a title, where that names whose form it is («编制单位：
    某局»); else the form's own first line."""
    above = _filled_above(lines, at, taken)
    named = _labels_in(lines[above].text, words) & {"unit", "department"}
    return above if above < at and named and ":" in fold(lines[above].text) else at


def _numbers_above(lines: Sequence[Line], starts: Sequence[int]) -> dict[int, int]:
    """Start of a form -> the line right above it, where all of these are numbers that go up: those of
    the pages."""
    above = [_filled_above(lines, start, -1) for start in starts]
    counted = [int(m[0]) for i in above if (m := _BARE.fullmatch(lines[i].text.strip()))]
    goes_up = len(counted) == len(starts) > 1 and counted == sorted(set(counted))
    return dict(zip(starts, above, strict=True)) if goes_up else {}


def _headings_above(lines: Sequence[Line], start: int) -> list[str]:
    """What stands right above the document's first form, from bottom to top, as compared: a title
    that we do not know («项目申报表», «（2024年）») comes again above each further form."""
    filled = [text for line in lines[:start] if (text := _heading_text(line))]
    return filled[: -_HEADINGS_ABOVE - 1 : -1]


def _heading_text(line: Line) -> str:
    return squeeze(line.text.strip(" |│#*\t"))


def _above_next(
    lines: Sequence[Line], start: int, limit: int, headings: Sequence[str], words: Words
) -> int:
    """``limit``, where the next form starts, without the headings right above it: its number
    («项目二», «附表2»), its project's name («2.古村落测绘») or those above the first form."""
    if limit == len(lines):
        return limit
    name = _project_in(lines[limit : limit + _TITLE_NEAR], words)
    filled = [i for i in range(start + 1, limit) if lines[i].text.strip()]
    for n, i in enumerate(reversed(filled[-_HEADINGS_ABOVE:])):
        text = _heading_text(lines[i])
        again = text in headings[n : n + 1]
        counted = _COUNTED.match(text) or is_table_number(text)
        if not (again or counted or (name and text == name)):
            break
        limit = i
    return limit


def _project_in(lines: Sequence[Line], words: Words) -> str:
    """The project's name in a form's first lines, as compared; "" where it is not found."""
    texts = [line.text.strip(" |│") for line in lines if 0 < len(line.text) < LONGEST]
    at = next((n for n, text in enumerate(texts) if _opens_project(text, words)), None)
    if at is None:
        return ""
    text = squeeze(texts[at])
    label = words.field_opening(text)
    rest = text[len(label) :].strip(":|│")
    return rest or squeeze(" ".join(texts[at + 1 : at + 2]))


def _lists(
    lines: Sequence[Line], titles: Sequence[int], heads: Sequence[int], words: Words
) -> list[tuple[int, int | None, str]]:
    """Flat lists of many projects, each from its title on; a head row that comes again on a
    further page starts no new one."""
    found: list[tuple[int, int | None, str]] = []
    last = -1
    for at in heads:
        title = _title_before(lines, titles, at, last)
        if title is not None and words.kind_of_title(lines[title].text) in _OTHER_OBJECTS:
            continue
        again = bool(found) and (title is None or _same_title(lines, found[-1][1], title))
        if not again:
            found.append((at if title is None else title, title, "flat"))
        last = at
    return found


def _same_title(lines: Sequence[Line], one: int | None, other: int) -> bool:
    return one is not None and same_title(lines[one].text, lines[other].text)


def flat_heads(lines: Sequence[Line], words: Words) -> list[int]:
    """Indices of lines where the head row of a flat list begins."""
    filled = [i for i, line in enumerate(lines) if line.text.strip() and len(line.text) < LONGEST]
    found: list[int] = []
    passed = -1
    for n, i in enumerate(filled):
        if n < passed or not _LEVEL_HEAD.search(lines[i].text):
            continue
        for k in range(max(passed, n - _HEAD_LINES, 0), n + 1):
            near = [lines[j] for j in filled[k : n + 2 * _HEAD_LINES]]
            end = _flat_head_end(near, words)
            if end is not None and k + end > n:
                found.append(filled[k])
                passed = k + end
                break
    return found


def _flat_head_end(lines: Sequence[Line], words: Words) -> int | None:
    """One past the head row of a flat list that begins with the first line; None for none."""
    head = head_row([_pieces(line, words) for line in lines], 0, words)
    if head is not None and head.is_flat:
        return head.end
    for mode in PLACED if any(_WIDE.search(line.text) for line in lines[:_HEAD_LINES]) else ():
        near = [split_line(line, mode, words) for line in lines[:_HEAD_LINES]]
        rows = [spans_of(line, n, mode, words) for n, line in enumerate(near)]
        placed = placed_head(rows, 0, words)
        head = head_row(as_lines(placed, near), 0, words) if placed else None
        if placed is not None and head is not None and head.is_flat:
            return placed.end
    return None


def _pieces(line: Line, words: Words) -> TextLine:
    return split_line(line, "tab" if "\t" in line.text else "space", words)


def _list_end(lines: Sequence[Line], start: int, limit: int, words: Words) -> int:
    """One past a flat list's last line: soon after the last line with a level's name."""
    last, gap, at = start, 0, start
    for i in range(start, limit):
        text = lines[i].text
        if not text.strip() or len(text) > LONGEST:
            continue
        if any(words.level1_of(p) or words.level2_of(p) for p in _SPLIT.split(text) if len(p) >= 4):
            gap = max(gap, i - at)
            last = at = i
        elif i - at > max(gap, _AHEAD) or (_HEADING.match(fold(text).strip()) and i > at + 1):
            break
    ends = range(last + 1, min(limit, last + 1 + max(gap, 3)))
    for i in ends:
        text = re.sub(r"\s+", "", fold(lines[i].text))
        if _HEADING.match(text) or len(text) > _PROSE:
            return i
    return ends.stop


def _landmarks(lines: Sequence[Line], words: Words) -> tuple[list[int], list[int]]:
    """Indices of title lines and of lines whose first label is the project's name."""
    titles, projects = [], []
    for i, line in enumerate(lines):
        text = line.text
        if len(text) > LONGEST:
            continue
        if "绩效" in text and words.is_title(text) and not block_phase(text):
            titles.append(i)
        elif "名" in text and "称" in text and _opens_project(text, words):
            below = _first_text(lines[i + 1 : i + 4])
            if not (words.field_of(text) and _OF_BUDGET.search(below.strip())):
                projects.append(i)  # else a head of the budget's table, one cell a line
    return titles, projects


def _opens_project(text: str, words: Words) -> bool:
    """«项目名称 …»: the label stands first and what follows is no column head."""
    parts = [p for p in _SPLIT.split(text.strip(" |│\t\u3000")) if p]
    joined = unnumbered(fold("".join(parts[:6])))
    label = next(
        (w for w, f in words.fields.items() if f == "project" and joined.startswith(w)), None
    )
    if label is None:
        return False
    rest = [p for p in parts if words.field_of(p) != "project" and len(unnumbered(p)) > 1]
    if len(rest) > 1 and words.field_of(rest[0]) and any(map(_OF_BUDGET.search, rest[1:])):
        return False  # «项目名称 单位名称 功能科目 本年拨款» over a table of the budget
    if any(_OF_PURCHASES.fullmatch(squeeze(part)) for part in rest):
        return False  # «项目名称 采购品目 采购数量 采购预算»
    return not any(words.column_of(p) or squeeze(p) in ("合计", "金额", "小计") for p in rest)


def _has_head(lines: Sequence[Line], words: Words) -> bool:
    """At least two other labels of a form follow soon: not a budget table's column head."""
    seen: set[str] = set()
    money = False
    filled = 0
    for line in lines:
        if not line.text.strip() or len(line.text) > LONGEST:
            continue
        filled += 1
        if filled > _AHEAD:
            break
        seen |= _labels_in(line.text, words) & _HEAD_FIELDS
        money = money or _has_money(line.text, words)
        if len(seen) >= 2 or (money and seen & GOALS):
            return True
    return False


def _is_numbered(text: str) -> bool:
    text = fold(text).strip()
    return unnumbered(text) != text


def _has_levels(lines: Sequence[Line], words: Words) -> bool:
    """Names of levels stand in front of lines: indicators follow."""
    near = (line.text for line in lines if len(line.text) < LONGEST)
    return any(_opens_level(text, words) for text in near)


def _opens_level(text: str, words: Words) -> bool:
    first = squeeze(re.split(r"[:：,，\-—|\t ]", fold(text).strip())[0])
    return bool(words.level1_of(first) or words.level2_of(first))


def _has_money(text: str, words: Words) -> bool:
    parts = [re.split(r"[:：]", p)[0] for p in _SPLIT.split(text) if p][:_FIRST_CELLS]
    return any(words.is_money_head(p) or words.amount_of(p) in ("total", "annual") for p in parts)


def _labels_in(text: str, words: Words) -> set[str]:
    """Form fields whose label is a piece of the line or opens it."""
    parts = [p for p in _SPLIT.split(text) if p]
    found = {words.field_of(re.split(r"[:：]", p)[0]) for p in parts}
    found.add(words.field_of("".join(parts)[:40].split(":")[0]))
    return {f for f in found if f}


def _title_before(lines: Sequence[Line], titles: Sequence[int], at: int, taken: int) -> int | None:
    """The nearest title within a few filled lines above the first label."""
    filled = 0
    wanted = set(titles)
    for i in range(at - 1, max(taken, at - 8 * _TITLE_NEAR, -1), -1):
        if i in wanted:
            return i
        filled += bool(lines[i].text.strip())
        if filled > _TITLE_NEAR:
            return None
    return None


def _titles_alone(
    lines: Sequence[Line],
    titles: Sequence[int],
    starts: Sequence[tuple[int, int | None, str]],
    words: Words,
) -> list[tuple[int, int | None, str]]:
    """Titles over the table of another object, or of a form that does not name its project."""
    used = {title for _, title, _ in starts}
    found: list[tuple[int, int | None, str]] = []
    for i in titles:
        if i in used or any(abs(i - start) < 4 for start, _, _ in starts):
            continue
        near = [line.text for line in lines[i + 1 : i + 30] if 0 < len(line.text) < LONGEST]
        roles = {words.column_of(p) for text in near for p in _SPLIT.split(text) if p}
        if len({"level1", "level2", "name", "value"} & roles) >= 2 and not _inside(
            lines, i, starts, words
        ):
            found.append((i, i, words.kind_of_title(lines[i].text)))
    return found


def _inside(
    lines: Sequence[Line],
    at: int,
    starts: Sequence[tuple[int, int | None, str]],
    words: Words,
) -> bool:
    """A title repeated at the head of a form's next page is no new table."""
    before = [(start, kind) for start, _, kind in starts if start < at]
    kind = words.kind_of_title(lines[at].text)
    if not before or (kind in _OTHER_OBJECTS and kind != before[-1][1]):
        return False
    return foot_of(lines, before[-1][0], at, words) is None


def foot_of(lines: Sequence[Line], start: int, limit: int, words: Words) -> int | None:
    """The form's last line with 填报日期, 负责人 or the like after its indicators."""
    below, foot = False, None
    for i in range(start, limit):
        text = lines[i].text
        if not text.strip() or len(text) > LONGEST:
            continue
        if not below:
            below = _in_indicators(text, words)
            continue
        if _labels_in(text, words) & {"leader", "handler", "phone", "filled_at"}:
            foot = i
        elif foot is not None and i - foot > 3:
            break
    return foot


def _in_indicators(text: str, words: Words) -> bool:
    parts = [p for p in _SPLIT.split(text) if p]
    return any(words.level2_of(p) or words.column_of(p) in ("level2", "name") for p in parts)


def _end(lines: Sequence[Line], start: int, limit: int, words: Words) -> int:
    """One past the form's last line."""
    heading = _heading_after(lines, start, limit, words)
    foot = foot_of(lines, start, heading, words)
    if foot is None:
        return heading
    after = next((i for i in range(foot + 1, heading) if lines[i].text.strip()), None)
    if after is not None and _ends_date(lines[foot].text, lines[after].text):
        return after + 1
    return foot + 1


def _ends_date(foot: str, below: str) -> bool:
    """The date of the foot stands on its own line, or was broken («2024120208150», «7»)."""
    digits = re.search(r"\d*$", foot.strip(" |\t"))
    whole = (digits[0] if digits else "") + below.strip(" |\t")
    return re.fullmatch(r"20\d{6}(\d{6})?", whole) is not None and below.strip(" |\t") != ""


def _heading_after(lines: Sequence[Line], start: int, limit: int, words: Words) -> int:
    """The first chapter heading below the indicators; ``limit`` where there is none."""
    below = False
    for i in range(start, limit):
        text = lines[i].text
        if not text.strip() or len(text) > LONGEST:
            continue
        below = below or _in_indicators(text, words)
        if below and _HEADING.match(fold(text).strip()) and not _is_ours(text, words):
            return i
        if below and is_table_number(text) and not _goes_on(lines[i + 1 : limit], words):
            return i
    return limit


def _goes_on(lines: Sequence[Line], words: Words) -> bool:
    """Whether a level's name or a column's head is among the next lines: the page's own head
    stands again above the rest of a form."""
    near = [line.text for line in lines if line.text.strip()][:_NEAR_LIST]
    return any(_in_indicators(text, words) or _opens_level(text, words) for text in near)


def _is_ours(text: str, words: Words) -> bool:
    """A numbered line of the form itself: a label, a block's title («（二）年度绩效目标表»), or a
    level's name over or before its indicators («（二）成本指标», «(3)数量指标：…»)."""
    first = squeeze(re.split(r"[:：,，\-—]", fold(text).strip())[0])
    level = words.level1_of(first) or words.level2_of(first)
    return bool(level or block_phase(text) or _labels_in(text, words))
