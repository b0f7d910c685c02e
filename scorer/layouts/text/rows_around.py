"""Names and times of indicator rows that are broken above and below their row's line.

Programs that read a page line by line give a cell set in the middle of its row in three lines:

    乡镇公益性岗位开发
    质量指标 =100%
    覆盖率

The row has no name (or no value) of its own, and the lines around it make one, as neither does
alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scorer.layouts.text.lines import Piece, TextLine, join_wrapped
from scorer.layouts.text.prices import holds_value, is_whole_value
from scorer.layouts.text.spaces import SIGNS, ends_name
from scorer.layouts.words import Words, fold

# «2025年10月20日之前», «2025年9月底»
_TIME = re.compile(r"20\d\d(?:年|[-./]).*(?:[日月底末]|[日月号]?[之以]?前)")
# The end of a name that is no name, nothing that a value may end with, and nothing of a level's name.
_RESTS = re.compile(
    r"(?![产出效益满意度指标数质量时成本经济社会生态可持续影响服务对象个台套人元名处项次内外上下前后年月日天时分亩吨里米方斤克升]*$)[一-龥]{1,2}"
)
_LONGEST = 20  # signs of a part


def with_rows_filled(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """The lines with such texts put into their rows."""
    out = list(lines)
    for i in range(1, len(out) - 1):
        above, row, below = out[i - 1 : i + 2]
        upper, lower = _part(above, words), _part(below, words)
        at = _lacks_one(row, words)
        if at is None or upper is None or lower is None or (at == 0 and not _is_value(row.text)):
            continue
        text = join_wrapped([upper, lower])
        own = row.pieces[at].text
        if at == 0 and _begins_with_value(out[i + 2 : i + 3]):
            continue  # the line below is the next row's name
        if _is_value(own) and _makes_name(text, upper, lower, alone=at == 0):
            place = at
        elif not _is_value(own) and _makes_time(text, upper, lower):
            place = at + 1
        else:
            continue
        pieces = (*row.pieces[:place], Piece(text, row.pieces[at].at), *row.pieces[place:])
        out[i - 1 : i + 2] = [
            replace(above, pieces=()),
            replace(row, pieces=pieces),
            replace(below, pieces=()),
        ]
    return [line for line in out if line.pieces]


def _lacks_one(row: TextLine, words: Words) -> int | None:
    """Where the one text of a line stands that else has names of levels alone, or a value alone."""
    levels = [bool(words.level1_of(p.text) or words.level2_of(p.text)) for p in row.pieces]
    one = bool(levels) and all(levels[:-1]) and not levels[-1]
    return len(levels) - 1 if one else None


def _part(line: TextLine, words: Words) -> str | None:
    """A line that may be part of a text: one piece, or a time in several, and no level's name."""
    text = line.text
    known = words.level1_of(text) or words.level2_of(text) or words.opens_level2(text)
    single = len(line.pieces) == 1 or bool(re.fullmatch(r"[\d年月日 ]+", text))
    return text if single and len(text) <= _LONGEST and not known else None


def _begins_with_value(lines: Sequence[TextLine]) -> bool:
    return any(line.pieces and _is_value(line.pieces[0].text) for line in lines)


def _is_value(text: str) -> bool:
    return text[0] in SIGNS or is_whole_value(text) or holds_value(text)


def _makes_name(whole: str, above: str, below: str, *, alone: bool) -> bool:
    """Beside a level's name whatever ends like a name; where a value stands ``alone`` the rest must
    be too short for a name of its own («目» of «新增产业合作项目»)."""
    if _is_value(above) or _is_value(below) or ends_name(above):
        return False
    if alone:  # one sign may be part of a level's name set downwards, or a unit
        return _RESTS.fullmatch(below) is not None and len(above) > len(below)
    return ends_name(whole)


def _makes_time(whole: str, above: str, below: str) -> bool:
    plain, rest = (re.sub(r"\s", "", fold(text)) for text in (whole, below))
    begun = re.match(r"20\d\d", fold(above)) is not None
    return begun and bool(_TIME.fullmatch(plain)) and not re.match(r"20\d\d|[≥≤=]", rest)
