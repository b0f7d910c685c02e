"""Lines of text that are a table: cells parted by tabs, pipes or commas.

They become a grid where their cells stand under the right heads; where they do not, the
reader of plain text knows better. A cell with a line break in it was printed over several
lines, and blank cells at the end of a line are often lost: both are mended first.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from scorer.forms import Cell, Grid, Line, Place
from scorer.layouts.grid.flat import UNIT_END
from scorer.layouts.grid.header_row import Heading, flat_role, read_heading, role_of
from scorer.layouts.grid.indicator_rows import assign
from scorer.layouts.grid.labels import LONG, label_of
from scorer.layouts.grid.lost_merges import with_lost_merges
from scorer.layouts.grid.preamble import is_furniture, is_title, is_year
from scorer.layouts.grid.slots import Row, grid_rows, is_ditto
from scorer.layouts.text.columns import block_phase
from scorer.layouts.text.lines import PAGE_NUMBER, numbers_columns
from scorer.layouts.text.paging import without_page_edges
from scorer.layouts.text.prices import is_whole_value
from scorer.layouts.words import Words, fold, is_made_up

_GOALS = ("goal_period", "goal_annual")
MIN_ROWS, MIN_COLUMNS = 3, 3
_SIGN = re.compile(r"[≥≤=＝<>＜＞≧≦⩾⩽]{1,2}")  # «≥», «>=»: a cell of a column of signs
_ASKS_NUMBER = re.compile(r"(?:[≥≤=＝<>＜＞]|等于|大于|小于|[低少高]于|超过|至少|约|第)\s*$")
_BAR = " | "  # what scripts put between the cells of a row
_PIPE = re.compile(r"\s*\|\s*")
_TWO = 2  # pieces of a row with one broken cell
_GOAL = 15  # signs of a goal's label with its text
_NAME = 4  # signs of an indicator's name at least
_FIGURE = re.compile(r"[\d≥≤=<>%]")
_NAMES_TABLE = re.compile(r".{4,40}(?:申报|审批|批复|公开|情况|目标|明细)[表书]")
_OVER = ("value", "baseline")  # columns whose head may stand over two
_UNIT = 6  # signs of a unit's name that is no part of a cell
_LONGEST_GAP = 4  # blank lines that a page's end leaves in a table
_LONGEST_BREAK = 8  # lines that one cell's text may take before the next line with a tab

Parts = list[tuple[str, Place]]  # one row's cells


def runs_of(blocks: Sequence[Line | Grid], words: Words) -> Iterator[Line | Grid | list[Line]]:
    """The blocks in order, lines of separated cells that belong together as one list."""
    n = 0
    while n < len(blocks):
        block = blocks[n]
        separator = None if isinstance(block, Grid) else _first_separator(block, words)
        if separator is None:
            yield block
            n += 1
            continue
        end = n + 1
        while end < len(blocks) and (taken := _goes_on(blocks, end, separator, words)):
            end += taken
        yield [x for x in blocks[n:end] if isinstance(x, Line) and x.text.strip()]
        n = end


def over_page_breaks(lines: Sequence[Line], words: Words) -> list[Line]:
    """The lines without page numbers and running heads, and without the blank lines around them
    where the table goes on behind; a cell that the page's end has cut is put together."""
    kept = {id(line) for line in without_page_edges(lines)} - _between_rows(lines)
    found: list[Line] = []
    blank: list[Line] = []  # since the last line with text
    cut = False  # a page ended there
    for line in lines:
        if id(line) not in kept:
            cut = True
        elif not line.text.strip():
            blank.append(line)
        else:
            inside = cut and found and "\t" in found[-1].text and "\t" in line.text
            whole = _with_rest(found[-1], line, words) if inside else None
            if whole is not None:
                found[-1] = whole
            else:
                found += [line] if inside else [*blank, line]
            blank, cut = [], False
    return found + blank


def _with_rest(above: Line, below: Line, words: Words) -> Line | None:
    """The row with the rest of its name from the next page, where nothing else stands beside it."""
    cells, rests = above.text.split("\t"), below.text.split("\t")
    filled = [c for c, text in enumerate(rests) if text.strip()]
    if len(cells) != len(rests) or len(filled) != 1 or len(cells) < MIN_COLUMNS:
        return None
    at = filled[0]
    begun = bool(cells[at].strip()) and any(text.strip() for text in cells[at + 1 :])
    if not begun or _opens(rests[at], words) or len(rests[at]) > len(cells[at]):
        return None
    text = "\t".join([*cells[:at], cells[at] + rests[at], *cells[at + 1 :]])
    return replace(above, text=text)


def _between_rows(lines: Sequence[Line]) -> set[int]:
    """The numbers that stand alone between two rows with as many cells: pages' numbers, unless the
    row above asks for one («大于等于»)."""
    filled = [line for line in lines if line.text.strip()]
    sizes = [line.text.count("\t") for line in filled]
    return {
        id(filled[n])
        for n in range(1, len(filled) - 1)
        if sizes[n - 1] == sizes[n + 1] >= MIN_COLUMNS - 1
        and PAGE_NUMBER.match(filled[n].text)
        and not _ASKS_NUMBER.search(filled[n - 1].text)
    }


def _first_separator(line: Line, words: Words) -> str | None:
    """What parts the cells of a table that may begin here: one tab will do behind a label
    («项目名称	乡村道路养护»)."""
    for separator, mark in (("\t", "\t"), ("|", _BAR)):
        first, parted, _ = line.text.partition(mark)
        if parted and separator_of(line) is None and label_of(first.strip(), words):
            return separator
    return separator_of(line)


def _goes_on(blocks: Sequence[Line | Grid], n: int, separator: str, words: Words) -> int:
    """How many lines from ``n`` on belong to the run: a further row, the lines of a broken cell up
    to the next row, or the blank lines that a page's end has left between two rows; 0 at its end."""
    if gap := _gap(blocks, n, separator, words):
        return gap
    for end in range(n, min(n + _LONGEST_BREAK, len(blocks))):
        block = blocks[end]
        if isinstance(block, Grid):
            return 0
        mark = "\t" if separator == "\t" else _BAR
        if separator_of(block) == separator or (separator != "," and mark in block.text):
            return end - n + 1
        text = block.text.strip()
        ends = not text or is_title(text, words) or is_year(text) or is_furniture(text, words)
        ends = ends or bool(_NAMES_TABLE.fullmatch(text))
        if separator != "\t" or ends or separator_of(block):
            return 0
    return 0


def _gap(blocks: Sequence[Line | Grid], n: int, separator: str, words: Words) -> int:
    """How many blank lines stand from ``n`` on where an indicator row with as many cells follows."""
    above, end = blocks[n - 1], n
    while end < len(blocks) and _is_blank(blocks[end]) and end - n <= _LONGEST_GAP:
        end += 1
    below = blocks[end] if n < end < len(blocks) else None
    if not (isinstance(below, Line) and isinstance(above, Line)):
        return 0
    size = above.text.count(separator)
    if size < MIN_COLUMNS - 1 or below.text.count(separator) != size:
        return 0
    rows = [[cell.strip() for cell in line.text.split(separator)] for line in (above, below)]
    return end - n if all(_is_row(row, words) for row in rows) else 0


def _is_blank(block: Line | Grid) -> bool:
    return isinstance(block, Line) and not block.text.strip()


def _is_row(cells: Sequence[str], words: Words) -> bool:
    """A level's name opens the row, or blank cells where one would stand do."""
    filled = [text for text in cells if text]
    named = any(words.level2_of(text) or words.level1_of(text) for text in filled[:2])
    return bool(filled) and (named or not any(cells[:2]))


def separator_of(line: Line) -> str | None:
    """What parts the cells of a table's line: tab, pipe or comma; None for other text."""
    if line.text.count("\t") >= MIN_COLUMNS - 1:
        return "\t"
    if line.text.count("|") >= MIN_COLUMNS:
        return "|"
    return "," if line.text.count(",") >= MIN_COLUMNS else None


def grid_of_lines(lines: Sequence[Line], separator: str, words: Words) -> Grid:
    """The lines as a grid, blank cells included, rows of equal length."""
    rows: list[Parts] = [
        [
            ("" if is_made_up(text) else text.strip(), line.place)
            for text in _cells_of(line.text, separator)
        ]
        for line in lines
    ]
    rows = [_said_once(row) for row in rows]
    if separator == "\t":
        rows = _with_middle_levels([_parted_label(row, words) for row in rows], words)
        rows = _without_breaks(_with_several_breaks(rows, words), words)
    rows = _with_lost_columns(_with_sub_heads(rows, words), words)
    rows = _shifted_back(rows, words)
    columns = max((len(row) for row in rows), default=0)
    cells = [
        Cell(text, r, c, place=place)
        for r, row in enumerate(rows)
        for c, (text, place) in enumerate(row)
    ]
    grid = Grid(tuple(cells), len(rows), columns, lines[0].place if lines else Place())
    return _with_blanks(with_lost_merges(grid, words, blanks_behind=True))


def _said_once(row: Parts) -> Parts:
    """A cell merged over all columns, repeated in each by the tool that wrote the text: said once."""
    texts = {text for text, _ in row}
    if len(row) < MIN_COLUMNS or len(texts) > 1 or len(row[0][0]) < _NAME:
        return row
    return [row[0], *(("", place) for _, place in row[1:])]


def _parted_label(row: Parts, words: Words) -> Parts:
    """«项目名称 骨干培训» in front of a row, «年度绩效目标举办培训班…» alone: label and text as two cells."""
    text, place = row[0]
    label, _, rest = text.partition(" ")
    if rest and label_of(text, words) is None:
        known = label_of(label, words)
        if known is not None and known.kind == "field" and not label_of(rest, words):
            return [(label, place), (rest.strip(), place), *row[1:]]
    opening = words.field_opening(text) if len(row) == 1 and len(text) > _GOAL else ""
    if opening and words.field_of(opening) in _GOALS and text.startswith(opening):
        return [(opening, place), (text[len(opening) :].lstrip(":： "), place)]
    return row


def _with_middle_levels(rows: Sequence[Parts], words: Words) -> list[Parts]:
    """The rows with a level's name alone between as many rows without one above it as below it, in
    front of the first of them: it is set in their middle."""
    found: list[Parts] = []
    for n, row in enumerate(rows):
        above = _bare_rows(found[::-1], words)
        below = _bare_rows(rows[n + 1 :], words)
        if len(row) == 1 and words.level2_of(row[0][0]) and above == below > 0:
            found[-above] = [*row, *found[-above]]
        else:
            found.append(row)
    return found


def _bare_rows(rows: Sequence[Parts], words: Words) -> int:
    """How many rows of two cells, none of them a known word, stand first."""
    count = 0
    for row in rows:
        if len(row) != _TWO or any(_opens(text, words) for text, _ in row):
            break
        count += 1
    return count


def _with_blanks(grid: Grid) -> Grid:
    """The grid with a blank cell wherever a row has none."""
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    found = list(grid.cells)
    for row, cells in rows.items():
        taken = {cell.column for cell in cells}
        free = (c for c in range(grid.n_columns) if c not in taken)
        found += [Cell("", row, column, place=cells[-1].place) for column in free]
    return replace(grid, cells=tuple(sorted(found, key=lambda cell: (cell.row, cell.column))))


def _with_several_breaks(rows: Sequence[Parts], words: Words) -> list[Parts]:
    """Rows several of whose cells hold line breaks put together: each piece begins with the rest
    of a cell, and together they have as many cells as the head row."""
    found: list[Parts] = []
    width, n = 0, 0
    while n < len(rows):
        row = rows[n]
        width = len(row) if _is_head(row, words) else width
        end, size = n + 1, len(row)
        while 1 < size < width and end < len(rows) and not _opens(rows[end][0][0], words):
            size += len(rows[end]) - 1
            end += 1
        if size == width and end - n > _TWO:
            for more in rows[n + 1 : end]:
                row = [*row[:-1], *_joined(row[-1:], more)]
            n = end - 1
        found.append(row)
        n += 1
    return found


def _without_breaks(rows: Sequence[Parts], words: Words) -> list[Parts]:
    """Rows whose cells hold line breaks put together again."""
    usual = Counter(len(row) for row in rows if len(row) > 1).most_common(1)
    width = usual[0][0] if usual else 1
    found: list[Parts] = []
    waiting: Parts = []  # lines without a tab, since the last row
    for n, row in enumerate(rows):
        if alone := _is_row_alone(rows, n, words):
            row = [*row, ("", row[0][1])]
        elif len(row) == 1:
            waiting += row
            continue
        if found and _completes(found[-1][-1][0], [*waiting, row[0]], words):
            found[-1] = [*found[-1][:-1], *_joined([found[-1][-1], *waiting], row)]
            waiting = []
            continue
        if found and _is_head(found[-1], words):
            width = len(found[-1])
        begun = len(waiting) if alone else _begun_by(waiting, row[0][0], words)
        if found:
            found[-1] = _with_text(found[-1], waiting[:begun], words)
        elif begun:
            found.append(waiting[:begun])
        row = _joined(waiting[begun:], row)
        last = found[-1] if found else []
        broken = bool(last) and len(last) + len(row) - 1 == width > len(row)
        if broken and not _opens(row[0][0], words) and not _are_rows(last, row):
            found[-1] = [*last[:-1], *_joined(last[-1:], row)]
        else:
            found.append(row)
        waiting = []
    if found:
        found[-1] = _with_text(found[-1], waiting, words)
    return found


def _are_rows(last: Parts, row: Parts) -> bool:
    """A whole value ends the one, a name without a figure begins the other: two rows that lack the
    cells merged above them, not the halves of one."""
    name = fold(row[0][0])
    named = len(row) == _TWO and len(name) >= _NAME and not _FIGURE.search(name)
    return named and is_whole_value(last[-1][0])


def _is_row_alone(rows: Sequence[Parts], n: int, words: Words) -> bool:
    """A line that is a row although nothing in it is parted: «绩效指标» over the indicators, a
    label with a colon, or that of a long text above its text; in a list, a unit above its projects,
    whose blank cells are lost at the end of the line."""
    if len(rows[n]) > 1 or n == 0:
        return False
    text = fold(rows[n][0][0])
    name, colon, _ = text.partition(":")
    label = label_of(name, words)
    if len(text) >= _UNIT and UNIT_END.search(text):
        return any(_is_list_head(row, words) for row in rows[:n])
    if label is None or colon:
        return bool(label or block_phase(text))
    return label.name in LONG and n + 1 < len(rows) and len(rows[n + 1]) == 1


def _completes(cell: str, rest: Parts, words: Words) -> bool:
    """The pieces are the rest of a known name that a line break has cut: «数量⏎指标»."""
    pieces = [text for text, _ in rest]
    if not cell or not all(pieces) or not _opens("".join([cell, *pieces]), words):
        return False
    return not _opens(cell, words) or not _opens("".join(pieces), words)


def _is_head(row: Parts, words: Words) -> bool:
    """The head row of an indicator table."""
    return sum(role_of(text, words) is not None for text, _ in row if text) >= MIN_COLUMNS


def _with_sub_heads(rows: Sequence[Parts], words: Words) -> list[Parts]:
    """The rows with a head row and the heads below its merged cell made one: «指标值» and a blank
    above «历史值» and «年度指标值»."""
    found: list[Parts] = []
    for row in rows:
        heads = _with_merged_head(found[-1], row) if found else []
        if found and _is_head(found[-1], words) and _are_sub_heads(row, heads, words):
            found.pop()
            row = [
                sub if sub[0] else head
                for head, sub in zip_longest(heads, row, fillvalue=("", row[0][1]))
            ]
        found.append(row)
    return found


def _with_merged_head(heads: Parts, row: Parts) -> Parts:
    """The heads with the cells back that a merged one covers, where the heads below it stand alone in
    a row that has so many cells more: «近两年指标值» above «前年» and «上年»."""
    filled = [n for n, (text, _) in enumerate(row) if text]
    more = len(row) - len(heads)
    if more < 1 or filled != list(range(filled[0], filled[0] + more + 1) if filled else ()):
        return heads
    first = filled[0] + 1
    return [*heads[:first], *([("", row[0][1])] * more), *heads[first:]]


def _with_lost_columns(rows: Sequence[Parts], words: Words) -> list[Parts]:
    """The rows with the blank columns back that a page break has taken: the head row has a column
    without head or text (the rest of a merged cell), and rows on the next page none."""
    found: list[Parts] = []
    head: Parts = []
    for row in rows:
        if _is_head(row, words):
            head = row
            over = {c for c, (text, _) in enumerate(head) if not text and c}
            narrow = _on_narrower_page(rows[len(found) + 1 :], head, over, words)
        if head and len(row) + len(over) == len(head) and narrow:
            for c in sorted(over):
                row = [*row[:c], ("", row[0][1]), *row[c:]]
        found.append(row)
    return found


def _shifted_back(rows: Sequence[Parts], words: Words) -> list[Parts]:
    """Rows that have lost blank cells in front moved back, until their sign, or else their levels'
    names, stand below their heads."""
    found: list[Parts] = []
    roles: list[str | None] = []
    for row in rows:
        if _is_head(row, words):
            roles = [role_of(text, words) for text, _ in row]
        lost = 0 if _stands_right(row, roles, words) else _lost_in_front(row, roles, words)
        if 0 < lost < len(row) and not any(text for text, _ in row[len(row) - lost :]):
            row = [*([("", row[0][1])] * lost), *row[: len(row) - lost]]
        found.append(row)
    return found


def _lost_in_front(row: Parts, roles: Sequence[str | None], words: Words) -> int:
    """How far left of its head a row's sign stands, or, without one, both names of its levels."""
    if roles.count("sign") == 1:
        sign = roles.index("sign")
        signs = [c for c, (text, _) in enumerate(row) if _says_sign(text, roles)]
        return sign - signs[0] if signs and sign not in signs else 0
    if [role for role in roles if role in ("level1", "level2")] != ["level1", "level2"]:
        return 0
    one, two = roles.index("level1"), roles.index("level2")
    for c, (text, _) in enumerate(row[: len(row) - (two - one)]):
        if words.level1_of(text) and words.level2_of(row[c + two - one][0]):
            return one - c
    return 0


def _says_sign(text: str, roles: Sequence[str | None]) -> bool:
    """«≥»; «定性» in place of one, where it has no column of its own."""
    return bool(_SIGN.fullmatch(text)) or (text in ("定性", "定量") and "kind" not in roles)


def _stands_right(row: Parts, roles: Sequence[str | None], words: Words) -> bool:
    """A level's name stands below its own head: nothing was lost in front."""
    known = {"level1": words.level1_of, "level2": words.level2_of}
    cells = zip(roles, row, strict=False)
    return any(known[role](text) for role, (text, _) in cells if role in known)


def _on_narrower_page(rows: Sequence[Parts], head: Parts, over: set[int], words: Words) -> bool:
    """The columns ``over`` are blank in all rows as wide as the head, and rows that are narrower
    by as many have texts there."""
    texts = {len(head): 0, len(head) - len(over): 0}
    for row in rows:
        if _is_head(row, words):
            break
        if len(row) in texts:
            texts[len(row)] += sum(bool(row[c][0]) for c in over if c < len(row))
    return bool(over) and not texts[len(head)] and texts[len(head) - len(over)] > 1


def _are_sub_heads(row: Parts, heads: Parts, words: Words) -> bool:
    """Two heads or more, all under a head of values or a blank."""
    filled = [n for n, (text, _) in enumerate(row) if text]
    if len(filled) < 2 or not all(role_of(row[n][0], words) for n in filled):
        return False
    over = [heads[n][0] if n < len(heads) else "" for n in filled]
    return all(not text or (role_of(text, words) or "").startswith(_OVER) for text in over)


def _is_list_head(row: Parts, words: Words) -> bool:
    """The head row of a list of many projects."""
    return _is_head(row, words) and any(flat_role(text, words) for text, _ in row)


def _begun_by(waiting: Parts, first: str, words: Words) -> int:
    """Which of the waiting lines begins the cell that ``first`` ends («项目资金⏎（万元）»); their
    count where none does: then they all belong to the row above."""
    for n in range(len(waiting)):
        if _opens("".join(text for text, _ in waiting[n:]) + first, words):
            return n
    return len(waiting)


def _opens(text: str, words: Words) -> bool:
    """A text that begins a row: blank, a label, a level or the head of a column."""
    known = label_of(text, words) or role_of(text, words)
    return not text or bool(known or words.level1_of(text) or words.level2_of(text))


def _joined(pieces: Parts, row: Parts) -> Parts:
    """The row with the pieces before the text of its first cell."""
    if not pieces:
        return row
    return [("\n".join([*(text for text, _ in pieces), row[0][0]]), pieces[0][1]), *row[1:]]


def _with_text(row: Parts, pieces: Parts, words: Words) -> Parts:
    """The row with the pieces behind its last text, or in the blank cell of its last label."""
    last = max((n for n, (text, _) in enumerate(row) if text), default=0)
    if pieces and last + 1 < len(row) and label_of(row[last][0], words):
        last += 1
    text, place = row[last]
    whole = "\n".join([text, *(more for more, _ in pieces)]).strip()
    return [*row[:last], (whole, place), *row[last + 1 :]]


def _cells_of(text: str, separator: str) -> list[str]:
    if separator == "|":
        texts = _PIPE.split(text.strip())
        return texts[1:-1] if len(texts) > 1 and texts[0] == texts[-1] == "" else texts
    if separator == "," and '"' in text:
        return next(csv.reader([text]), [])
    return text.split(separator)


def is_aligned(grid: Grid, words: Words) -> bool:
    """True if the levels stand under their own heads, and the two goals under theirs. Lines
    that lost blank cells in front do not pass."""
    rows = grid_rows(grid)
    heading: Heading | None = None
    seen = False
    for n, row in enumerate(rows):
        below = rows[n + 1] if n + 1 < len(rows) else None
        found = read_heading(row, below, None, words)
        if found:
            heading, seen = found[0], True
        elif below is not None and not _goals_fit(row, below, words):
            return False
        elif (
            heading is not None
            and row.filled
            and not numbers_columns([slot.text for slot in row.filled])
        ):
            if label_of(row.filled[0].text, words) and not words.level2_of(row.filled[0].text):
                heading = None
            elif not _is_full(row) and not _fits(row, heading, words):
                return False
    return seen


def is_head(grid: Grid, words: Words) -> bool:
    """True if the lines are the head of a form: each begins with a label, one with the project's."""
    rows = [row for row in grid_rows(grid) if row.filled]
    labels = [label_of(row.filled[0].text, words) for row in rows]
    bare = bool(rows) and rows[0].filled[0].text == "项目" and len(rows[0].filled) == _TWO
    named = bare or any(label is not None and label.name == "project" for label in labels)
    return named and all(labels[bare:])


def _is_full(row: Row) -> bool:
    """No cell is blank: none was lost in front."""
    return len(row.filled) == len(row.slots)


def _goals_fit(row: Row, below: Row, words: Words) -> bool:
    """Two goal labels side by side: no text below them stands between their columns."""
    found = [(label_of(slot.text, words), slot.start) for slot in row.filled]
    goals = {label.name: start for label, start in found if label and label.name in _GOALS}
    if len(goals) != 2 or len(found) > 3:
        return True
    texts = [slot.start for slot in below.filled if not label_of(slot.text, words)]
    return set(texts) <= set(goals.values())


def _fits(row: Row, heading: Heading, words: Words) -> bool:
    """Under the level-2 heads stand level-2 names or blanks, and level-2 names of the
    official wording («…指标») stand nowhere else."""
    cells = assign(row, heading.columns)
    under = {
        id(slot): column.role for column, slots in cells.items() for slot in slots if slot.text
    }
    for slot in row.filled:
        role = under.get(id(slot))
        known = words.level2_of(slot.text) is not None
        if role == "level2" and not known and not is_ditto(slot.text):
            return False
        if known and role not in ("level1", "level2") and slot.text.endswith("指标"):
            return False
    return True
