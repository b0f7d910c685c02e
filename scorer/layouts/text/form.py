"""Forms out of plain text: tab-separated tables, PDF text layers, pipes, wide gaps.

One layout family, read in the same steps whatever parts the columns: find the regions,
take page furniture out, read head, indicators and foot. What could not be read is said
in a :class:`Problem`; nothing here raises for a document's sake.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from scorer.forms import Form, Line, Phase, Place, Problem
from scorer.layouts.draft import FormDraft
from scorer.layouts.grid.open_form import self_review
from scorer.layouts.grid.preamble import understand
from scorer.layouts.text.blocks import block_start
from scorer.layouts.text.broken_numbers import with_whole_numbers
from scorer.layouts.text.colons import with_colons
from scorer.layouts.text.columns import Columns, block_phase
from scorer.layouts.text.columns_down import ColumnsDown, columns_down
from scorer.layouts.text.cut_heads import with_whole_heads
from scorer.layouts.text.doubled import without_doubles
from scorer.layouts.text.flat import read_list
from scorer.layouts.text.form_end import foot_start, rows_end
from scorer.layouts.text.form_head import HeadReader
from scorer.layouts.text.goals_between import goals_between
from scorer.layouts.text.header_row import head_row
from scorer.layouts.text.indicator_block import read_blocks
from scorer.layouts.text.late_cells import with_late_cells
from scorer.layouts.text.level1_labels import without_named_goals
from scorer.layouts.text.lines import (
    PLACED,
    Mode,
    TextLine,
    mode_of,
    split_line,
    with_gaps,
    without_furniture,
)
from scorer.layouts.text.marks import without_scattered
from scorer.layouts.text.odd_cells import odd_goals, odd_rows, read_twice
from scorer.layouts.text.paging import without_page_edges
from scorer.layouts.text.placed_columns import in_columns
from scorer.layouts.text.regions import Region, find_regions
from scorer.layouts.text.scattered_labels import with_gathered_labels
from scorer.layouts.text.spread_letters import with_close_letters
from scorer.layouts.text.stacked import stacked_whole
from scorer.layouts.text.typed import read_typed, typed_start
from scorer.layouts.words import Words, fold, labelled_year, squeeze, words, year_in

_OTHER_TABLES = {
    "whole_unit": ("部门（单位）整体支出绩效目标表", "本程序只审核项目支出绩效目标表"),
    "transfer": ("转移支付（区域）绩效目标表", "本程序只审核项目支出绩效目标表"),
}
_TOP = 2  # first lines of a form that may name its unit by code
_LATE = 60  # lines below a list among which its late cells may stand
_ABOVE = 3  # lines above a list without title that may name its unit
_MANY_LEVELS = 3  # names of level 2 that make a table of indicators
_EDGES = " \t\u3000|│#*"  # what may stand around a title
_YEAR_SAID = r"(?:年度:)?\s*20\d\d\s*年?\s*度?\s*"
_YEAR_LINE = re.compile(rf"^(?:{_YEAR_SAID}|\({_YEAR_SAID}\)|\(二.{{3}}年度?\))$")
_UNIT_NOTE = re.compile(
    r"(?:金额|资金|货币)(?:计量)?单位(?:均)?[为是:]\s*(?:人民币)?(万元|千元|亿元|元)"
)
_MONEY_UNIT = re.compile(r"\((?:单位:?)?([百千万亿]*元)\)")
_LABEL_END = re.compile(r"[:：\s|│]")
_CROSSED = "指标行没有表格线，换行的文字相互交错，名称、指标值可能有几行没有分准"
_MARKED = "表格上有斜排的水印，水印的字已经去掉，但落在单元格文字里的去不掉"
_UNPARTED = "指标是逐条写的，有的名称和指标值没有用冒号分开，是按数字分的"
_DOWN = "指标表的文字是逐列排的，各行是按次序对起来的"
_DOWN_UNREAD = "指标表的文字是逐列排的，各列对不成行，指标没有读取"


class _Doubt(NamedTuple):
    """Where rows may be read wrongly, and why."""

    place: Place
    why: str


def forms_from_lines(
    lines: Sequence[Line], path: str, vocabulary: Words | None = None
) -> tuple[list[Form], list[Problem], list[Line]]:
    """(forms, problems, lines outside forms) of a text, all in reading order.

    ``path`` is only named in problems. A form that was understood in part is returned with
    what was read, and a problem says what is missing.
    """
    vocabulary = vocabulary or words()
    forms: list[Form] = []
    problems: list[Problem] = []
    outside: list[Line] = []
    done = 0
    money_unit: str | None = None
    lines = with_whole_numbers(
        with_close_letters(without_doubles(without_page_edges(lines), vocabulary))
    )
    lines = with_colons(lines, vocabulary)
    regions = find_regions(lines, vocabulary)
    ends = [*(region.start for region in regions[1:]), len(lines)]
    for region, end in zip(regions, ends, strict=False):
        outside += lines[done : region.start]
        done = region.end
        part = lines[region.start : region.end]
        if region.kind in _OTHER_TABLES:
            problems.append(_set_aside(region, lines, path))
            outside += part
            continue
        title = lines[region.title] if region.title is not None else None
        try:
            if region.kind == "flat":
                around = lines[: region.start], lines[region.end : min(end, region.end + _LATE)]
                listed, unsure = _read_list(part, around, path, vocabulary)
                forms += listed
                problems += unsure
                continue
            form, doubts, money_unit = _read_form(part, title, vocabulary, region.kind, money_unit)
        except (ValueError, IndexError, KeyError, RecursionError) as error:
            # One odd form must not lose the others: it is named, and its lines are kept.
            problems.append(_failed(error, lines[region.start], path))
            outside += part
            continue
        if _is_empty(form):
            outside += part
            problems += _unread(part, path, vocabulary)
            continue
        forms.append(form)
        problems += _gaps(form, path, vocabulary)
        problems += [_in_doubt(form, doubt, path) for doubt in doubts]
        if form.layout == "H":
            problems.append(self_review(path, form.place))
    outside += lines[done:]
    if not forms:
        problems += _unread(outside, path, vocabulary)
    return _with_office(forms), problems, outside


def _is_empty(form: Form) -> bool:
    """A title over the heads of a table that nobody has filled in: «本表无数据»."""
    told = (form.project, form.goal.annual, form.goal.period, form.total_yuan, form.annual_yuan)
    return not form.indicators and not any(told)


def _unread(lines: Sequence[Line], path: str, vocabulary: Words) -> list[Problem]:
    """What to say of a text that has the names of many levels in cells of their own, and no form."""
    named: dict[str, Line] = {}
    for line in lines:
        for text in re.split(r"[\s|│]+", line.text):
            if text.endswith("指标") and (level2 := vocabulary.level2_of(text)):
                named.setdefault(level2, line)
    if len(named) < _MANY_LEVELS:
        return []
    message = "此处起有多种二级指标的文字，但没有读出项目支出绩效目标表"
    place = next(iter(named.values())).place
    return [Problem(path, message, "请提供Excel或Word版本", place, "partly_read")]


def _with_office(forms: list[Form]) -> list[Form]:
    """The forms with the department or unit that is printed once, above the first of them."""
    for name in ("department", "unit"):
        first, rest = forms[:1], forms[1:]
        if not first or any(name in form.asked for form in rest):
            continue
        places = first[0].places
        said, project = places.get(name), places.get("project")
        if said is not None and project is not None and (said.line or 0) < (project.line or 0):
            forms = first + [_given(form, first[0], name, said) for form in rest]
    return forms


def _given(form: Form, by: Form, name: str, place: Place) -> Form:
    """The form with its department or unit as another form has it."""
    places = form.places | {name: place}
    asked = form.asked | {name}
    if name == "unit":
        return replace(form, unit=by.unit, places=places, asked=asked)
    code = by.department_code
    return replace(form, department=by.department, department_code=code, places=places, asked=asked)


def _set_aside(region: Region, lines: Sequence[Line], path: str) -> Problem:
    name, remedy = _OTHER_TABLES[region.kind]
    message = f"此处是{name}，未作为项目支出绩效目标表读取"
    return Problem(path, message, remedy, lines[region.start].place, "other_table")


def _failed(error: Exception, line: Line, path: str) -> Problem:
    message = f"此处的绩效目标表未能读取（{type(error).__name__}）"
    return Problem(path, message, "请提供Excel或Word版本", line.place, "form_failed")


def _read_list(
    lines: Sequence[Line],
    around: tuple[Sequence[Line], Sequence[Line]],
    path: str,
    vocabulary: Words,
) -> tuple[list[Form], list[Problem]]:
    """The forms of a flat list from its region's lines; ``around`` are those above and below."""
    before, below = around
    kept = without_furniture(lines, vocabulary)
    mode = mode_of([line.text for line in kept], vocabulary)
    pieces, _ = _pieces(kept, mode, vocabulary)
    if mode == "space":
        pieces = _with_cells_below(pieces, below, vocabulary)
    start = next((i for i in range(len(pieces)) if _is_list_head(pieces, i, vocabulary)), 0)
    body = [line for line in pieces[start:] if line.pieces]
    body = with_gaps(body, _spaced(lines), vocabulary)
    above = [line for line in before if line.text.strip()][-_ABOVE:]
    return read_list([*above, *kept[:start]], body, path, vocabulary, mode, before)


def _with_cells_below(
    pieces: list[TextLine], below: Sequence[Line], vocabulary: Words
) -> list[TextLine]:
    """A list's lines with the cells that the page gives below its last row."""
    rest = [split_line(x, "space", vocabulary) for x in without_furniture(below, vocabulary)]
    rest = [line for line in rest if line.pieces]
    whole = with_late_cells([*pieces, *rest], vocabulary)
    if len(whole) == len(pieces) + len(rest):
        return pieces
    places = {line.place for line in rest}
    return [line for line in whole if line.place not in places]


def _is_list_head(lines: Sequence[TextLine], i: int, vocabulary: Words) -> bool:
    head = head_row(lines, i, vocabulary)
    return head is not None and head.is_flat


def _read_form(
    lines: Sequence[Line],
    title: Line | None,
    vocabulary: Words,
    kind: str = "project",
    money_unit: str | None = None,
) -> tuple[Form, list[_Doubt], str | None]:
    """One form from its region's lines, where its rows may be read wrongly, and its unit of money;
    ``kind`` is what its title is about, ``money_unit`` that of the form above, which holds where
    the form names none."""
    draft = FormDraft("A", words=vocabulary)
    draft.place = lines[0].place
    if title is not None:
        draft.title = title.text.strip(_EDGES)
    draft.fiscal_year = _fiscal_year(lines)
    kept = _without_titles(without_furniture(lines, vocabulary), draft.title, vocabulary)
    mode = mode_of([line.text for line in kept], vocabulary)
    pieces, mark = _pieces(kept, mode, vocabulary)
    spaced = _spaced(lines)
    down = _columns_down(pieces, spaced, vocabulary) if mode == "space" else None
    if mode == "space" and down is None:
        pieces = with_late_cells(pieces, vocabulary)
    pieces = with_gaps([x for x in pieces if x.pieces], spaced, vocabulary)
    typed = typed_start(pieces, vocabulary) if down is None else None
    start = block_start(pieces, vocabulary) if typed is None else typed
    end = rows_end(pieces, start, spaced, vocabulary)
    single: Phase | None
    at: Place | None
    if down is not None:
        start, at = down.start, down.place
        single, layout = "annual", "B"
        why = _DOWN if down.read(draft) else _DOWN_UNREAD
    elif typed is not None:
        at = read_typed(pieces[start:end], draft)
        single, layout, why = _only({row.phase for row in draft.rows}), "B", _UNPARTED
    else:
        columns, at = read_blocks(pieces[start:end], draft, mode)
        single, layout, why = _single_phase(columns), _layout(columns), _CROSSED
    between = goals_between(pieces[start:end], vocabulary)
    HeadReader(draft, mode, single).read([*pieces[:start], *between])
    _note_unit_above(draft, kept)
    stated = _bracket_unit(pieces[:start]) or draft.money_unit or _unit_in_note(lines)
    draft.money_unit = stated or money_unit
    HeadReader(draft, mode).read(pieces[foot_start(pieces, end, vocabulary) :])
    draft.layout = "H" if kind == "self_review" else layout
    doubts = [] if at is None else [_Doubt(at, why)]
    doubts += [] if mark is None else [_Doubt(mark, _MARKED)]
    return draft.finish(), doubts, draft.money_unit


def _unit_in_note(lines: Sequence[Line]) -> str | None:
    """«注：金额单位为万元。» below the rows."""
    found = (_UNIT_NOTE.search(fold(line.text)) for line in lines)
    return next((match[1] for match in found if match), None)


def _bracket_unit(lines: Sequence[TextLine]) -> str | None:
    """«（万元）», also where a narrow label broke it over several lines; None if two differ."""
    found = set(_MONEY_UNIT.findall(squeeze(fold("".join(line.text for line in lines)))))
    return found.pop() if len(found) == 1 else None


def _columns_down(
    pieces: Sequence[TextLine], spaced: Collection[Place], vocabulary: Words
) -> ColumnsDown | None:
    """The indicators of a text that gives them column after column."""
    filled = [line for line in pieces if line.pieces]
    foot = foot_start(filled, block_start(filled, vocabulary), vocabulary)
    return columns_down(filled[:foot], spaced, vocabulary)


def _pieces(
    lines: Sequence[Line], mode: Mode, vocabulary: Words
) -> tuple[list[TextLine], Place | None]:
    """The lines in pieces, what the copy of a layout has broken mended, and where a slanted
    watermark stood."""
    pieces = [split_line(line, mode, vocabulary) for line in lines]
    if mode not in PLACED:
        filled = without_named_goals([line for line in pieces if line.pieces], vocabulary)
        return with_gathered_labels(with_whole_heads(filled, vocabulary), vocabulary), None
    pieces, mark = without_scattered(pieces, vocabulary)
    pieces = in_columns(pieces, mode, vocabulary)
    return stacked_whole(pieces, vocabulary), mark


def _note_unit_above(draft: FormDraft, lines: Sequence[Line]) -> None:
    """«354007某县湿地保护中心 单位：万元», or the unit's name alone, below the title of a form that
    has no label for it."""
    for line in lines[:_TOP] if "unit" not in draft.asked else ():
        text = line.text.strip()
        if draft.words.field_of(_LABEL_END.split(text)[0]):
            return
        said = understand(text, draft.words)
        pairs = said.pairs if said else []
        named = [name for label, name in pairs if label.name == "unit" and not label.text]
        if said is None and draft.words.is_unit_name(text):
            named = [text]
        for name in named:
            draft.set_text("unit", name, line.place)


def _spaced(lines: Sequence[Line]) -> set[Place]:
    """The places of lines with a blank line above."""
    return {line.place for above, line in pairwise(lines) if not above.text.strip()}


def _fiscal_year(lines: Sequence[Line]) -> int | None:
    """The year in the title or in the line below it."""
    for line in [x for x in lines if x.text.strip()][:6]:
        text = fold(line.text).strip(_EDGES)
        if year := labelled_year(text):
            return year
        if _YEAR_LINE.match(re.sub(r"\s+", "", text)) or "绩效" in text:
            if year := year_in(text):
                return year
            if match := re.search(r"20\d\d", text):
                return int(match[0])
    return None


def _without_titles(lines: Sequence[Line], title: str | None, vocabulary: Words) -> list[Line]:
    """The lines without the form's title and its year; below the first label «项目绩效目标» is
    another, and «2024年» below «项目期» the cell's text."""
    kept: list[Line] = []
    inside = False
    for line in lines:
        text = line.text.strip(_EDGES)
        label = inside and text != title and vocabulary.field_of(text)
        cell = bool(kept) and vocabulary.field_of(kept[-1].text) == "period"
        if label or cell or not _is_title_part(line, vocabulary):
            kept.append(line)
            inside = inside or bool(vocabulary.field_of(_LABEL_END.split(text)[0]))
    return kept


def _is_title_part(line: Line, vocabulary: Words) -> bool:
    text = re.sub(r"\s+", "", fold(line.text)).strip(_EDGES)
    titled = vocabulary.is_title(line.text) and not block_phase(line.text)
    return bool(_YEAR_LINE.match(text)) or titled


def _single_phase(columns: Sequence[Columns]) -> Phase | None:
    """The phase of a form that has one half only; None for two halves."""
    return _only({half.phase for c in columns for half in c.halves})


def _only(phases: set[Phase]) -> Phase | None:
    return phases.pop() if len(phases) == 1 else None


def _layout(columns: Sequence[Columns]) -> str:
    """Family letter: A halves side by side, B blocks one above the other or a single half."""
    return "A" if any(len(c.halves) == 2 for c in columns) or not columns else "B"


def _gaps(form: Form, path: str, vocabulary: Words) -> list[Problem]:
    """What a form should have and our reading did not find."""
    found = [*_doubts(form, path, vocabulary), *_doubtful_parts(form, path)]
    missing = []
    if not form.indicators:
        missing.append("绩效指标各行")
    elif not any(row.value for row in form.indicators):
        missing.append("指标值")
    if form.total_yuan is None and form.annual_yuan is None and "total_yuan" not in form.asked:
        missing.append("项目资金")
    if missing:
        message = f"项目“{_name(form)}”的绩效目标表只读出一部分，未找到：{'、'.join(missing)}"
        remedy = "请核对原文此处的表格，或提供Excel、Word版本"
        found.append(Problem(path, message, remedy, form.place, "partly_read"))
    return found


def _doubts(form: Form, path: str, vocabulary: Words) -> Iterator[Problem]:
    """Rows whose level 2 is no name we know, or whose cells no author writes so: their texts may
    stand in wrong columns."""
    odd = [row for row in form.indicators if row.level2 and not vocabulary.level2_of(row.level2)]
    cut = odd_rows(form.indicators, vocabulary)
    if odd:
        what = f"有{len(odd)}行指标的二级指标没有读准，如“{odd[0].level2}”（{odd[0].name}）"
    elif cut:
        what = f"有{len(cut)}行指标的文字像是断开的，如“{cut[0].name}”（{cut[0].value}）"
    else:
        return
    remedy = "请核对原文此处起的指标各行，或提供Excel、Word版本"
    message = f"项目“{_name(form)}”{what}，这些行的文字可能串了列"
    yield Problem(path, message, remedy, (odd or cut)[0].place, "doubtful_columns")


def _doubtful_parts(form: Form, path: str) -> Iterator[Problem]:
    """Goals that hold what is not theirs, and rows of two phases that are read as those of one."""
    name = _name(form)
    if form.indicators and (goals := odd_goals(form.goal)):
        message = f"项目“{name}”的绩效目标可能没有读准，如“…{goals[0][-20:]}”"
        at = form.places.get("goal_annual") or form.places.get("goal_period") or form.place
        yield Problem(path, message, "请核对原文此处的绩效目标", at, "doubtful_columns")
    if read_twice(form.indicators):
        message = f"项目“{name}”的各行指标都出现两次，实施期指标和年度指标可能没有分开"
        at = form.indicators[0].place
        yield Problem(path, message, "请核对原文此处起的指标各行", at, "doubtful_columns")


def _in_doubt(form: Form, doubt: _Doubt, path: str) -> Problem:
    message = f"项目“{_name(form)}”的{doubt.why}"
    remedy = "请核对此处起的指标各行，或提供Excel、Word版本"
    return Problem(path, message, remedy, doubt.place, "doubtful_columns", lost=False)


def _name(form: Form) -> str:
    return form.project or "未读出名称的项目"
