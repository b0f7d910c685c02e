"""The narrative as paragraphs: wrapped lines joined, every character's place kept, and
every sum of money in it with the words that name it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from scorer.forms import Place, Yuan
from scorer.layouts.ledger.zones import ORDINAL, Row, Zone, is_heading
from scorer.layouts.money import NUMBER, find_money
from scorer.layouts.words import fold

_NUMBERING = r"(?:[(]?\d{1,2}[)]|[(][一二三四五六七八九十]{1,3}[)]|\d{1,2}[、.](?!\d)|[①-⑳])"
NUMBERED = re.compile(_NUMBERING)
_BEGINS = re.compile(rf"^(?:{ORDINAL}|{_NUMBERING}|第[一二三四五六七八九十]+部分|注:)")
_ENDS = re.compile(r"[。;!?:]$")
_SHORT_HEADING = re.compile(rf"^(?:{ORDINAL}|{_NUMBERING})[^,。;:]{{2,25}}$")
_OPENS_LIST = re.compile(r"(?:其中|包括|如下|以下方面):$")
_PART_FIRST = re.compile(r"^其中[:,]?")

# Words before a sum that do not name it: «共计金额», «涉及资金», «为».
_FILLER = (
    r"(?:其中|主要|包括|用于|以下方面|收入为|支出为|分别为?|分别是|具体|即|为|是|共|共计|合计|总计|约|达到?|计|涉及|"
    r"金额|资金|安排|预算安排|所需|人民币|数|了|:)"
)
_LEAD = re.compile(
    r"^(?:(?:其中|主要包括|主要用于|包括|支出包括|收入包括|分别为|分别是|具体为|收入为|支出为|以及|和|及|与|[:、,]"
    r"|年度|(?:19|20)\d\d年?(?:度|初)?|(?:主要)?原因是|[本我](?:单位|部门)|截至.{0,12}日)"
    rf"|{_NUMBERING}|{ORDINAL})+"
)
_TAIL = re.compile(r"(?:为|是|共|共计|约|达到?|:|人民币|[(](?:其中)?)+$")
_GENERIC = re.compile(rf"^{_FILLER}*(?:项目|财政)?{_FILLER}*$")
_STOP = re.compile(r"[,。;:!?]")
_LONGEST = 20_000  # characters; longer «paragraphs» are dumps, not prose
_THRESHOLD = re.compile(r"(?:[(][^()]*[)])?(?:以[上下内]|及以)")
_YEAR = re.compile(r"((?:19|20)\d\d)(?=年|预算|决算)")
_COUNTED = re.compile(r"(?:共计|共有|共|为|有)?\d+[个项]$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A sum in a paragraph: what the text calls it, and where the figure stands."""

    name: str
    yuan: Yuan
    start: int
    end: int
    begin: int  # where the words that name it begin
    year: int | None = None  # the year these words state


@dataclass(slots=True)
class Paragraph:
    """Joined text without spaces; ``text`` is as printed, ``plain`` the same length with
    ASCII punctuation. ``section`` is the heading it stands under."""

    section: str
    unit: str = ""  # the document's own unit, left out of names
    text: str = ""
    plain: str = ""
    starts: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    open_list: bool = False

    def add(self, text: str, place: Place) -> None:
        """Append one line."""
        self.starts.append(len(self.text))
        self.places.append(place)
        self.text += text
        self.plain += fold(text)

    def place(self, offset: int) -> Place:
        """The place of the line that holds a character."""
        return self.places[max(bisect_right(self.starts, offset) - 1, 0)]

    def mentions(self) -> list[Mention]:
        """Every sum with its name, in order. A sum that only says «金额» takes the name of
        the clause before it. Thresholds («50万元以上») are no sums."""
        plain = self.plain
        found: list[Mention] = []
        for money in find_money(plain):
            if _THRESHOLD.match(plain, money.end):
                continue
            floor = found[-1].end if found else 0
            start = name_start(plain, floor, money.start)
            year = _YEAR.search(plain, start, money.start)
            name = self._clean(start, money.start)
            if _GENERIC.match(fold(name)) and start > floor:
                name, start = self._earlier_name(floor, start) or (name, start)
            stated = int(year[1]) if year else None
            found.append(Mention(name, money.yuan, money.start, money.end, start, stated))
        return found

    def sentence(self, offset: int) -> tuple[int, int]:
        """Start and end of the sentence (up to 。) around an offset."""
        start = self.text.rfind("。", 0, offset) + 1
        end = self.text.find("。", offset)
        return start, len(self.text) if end < 0 else end + 1

    def _clean(self, start: int, end: int) -> str:
        text = self.text[start:end]
        name = clean_name(text.replace(self.unit, "") if self.unit else text)
        return name or clean_name(text)

    def _earlier_name(self, floor: int, start: int) -> tuple[str, int] | None:
        """The clause before: «其他运转类项目8个，涉及金额…» names the sum 其他运转类项目."""
        if self.plain[start - 1] not in ",:":
            return None
        before = name_start(self.plain, floor, start - 1)
        name = clean_name(_COUNTED.sub("", self._clean(before, start - 1)))
        return (name, before) if name else None


def clean_name(text: str) -> str:
    """A name without year, numbering, 其中, 为 and the like at its ends."""
    text = text.strip('。;；,，、 "')
    while True:
        folded = fold(text)
        head, tail = _LEAD.match(folded), _TAIL.search(folded)
        start = head.end() if head else 0
        end = tail.start() if tail else len(text)
        if (start == 0 and end == len(text)) or start >= end:
            return "" if start >= end else text
        text = text[start:end]


def name_start(plain: str, floor: int, end: int) -> int:
    """Where the words before ``end`` begin: after the last stop outside brackets."""
    depth, at = 0, end
    if at > floor and plain[at - 1] in ":,":
        at -= 1  # «通用设备：107万元»
    while at > floor:
        char = plain[at - 1]
        if char == ")":
            depth += 1
        elif char == "(":
            if not depth:
                break
            depth -= 1
        elif not depth and _STOP.match(char) and not _inside_quotes(plain, floor, at - 1):
            break
        at -= 1
    if at == floor and floor and plain[at] in "、和及":
        at += 1  # 、 parts two sums, but also belongs to names: «移动、联通专线费»
    return at


def _inside_quotes(plain: str, floor: int, at: int) -> bool:
    """Whether a stop stands in a quoted name: «“移动、联通”专线费»."""
    before = plain[floor:at]
    return before.count("“") > before.count("”") or before.count("《") > before.count("》")


def paragraphs_of(zones: Iterable[Zone], unit: str = "") -> list[Paragraph]:
    """All paragraphs of the running text, in order. ``unit`` is left out of names."""
    found: list[Paragraph] = []
    section = ""
    for zone in zones:
        if zone.kind == "table":
            section = ""
        if zone.kind != "text":
            continue
        if zone.title:
            section = zone.title
        found += _join(zone.rows, section, unit)
    return found


def _join(rows: Iterable[Row], section: str, unit: str) -> list[Paragraph]:
    """Join lines until one ends a sentence or the next begins something new."""
    found: list[Paragraph] = []
    closed = True
    for row in rows:
        text = _spaceless("".join(row.filled)[:_LONGEST])
        folded = fold(text)
        heading = is_heading(folded) or bool(_SHORT_HEADING.match(folded))
        full = bool(found) and len(found[-1].text) > _LONGEST
        if (
            not found
            or heading
            or full
            or (closed and not _continues(found[-1], folded))
            or (not closed and _begins(folded) and not found[-1].open_list)
        ):
            found.append(Paragraph(section, unit))
        paragraph = found[-1]
        paragraph.add(text, row.place)
        closed = heading or bool(_ENDS.search(folded))
        paragraph.open_list = _list_open(paragraph, folded)
    return found


def _begins(folded: str) -> bool:
    """Whether a line starts a paragraph of its own; «1.34万元» does not."""
    return bool(_BEGINS.match(folded)) and not re.match(NUMBER + r"[^、.)]", folded)


def _continues(before: Paragraph, folded: str) -> bool:
    """Whether a new sentence still belongs: the parts of the sum just named."""
    if is_heading(folded):
        return False
    return before.open_list or bool(_PART_FIRST.match(folded))


def _list_open(paragraph: Paragraph, folded: str) -> bool:
    """«其中：» at the end of a line opens a list that runs to a full stop."""
    if _OPENS_LIST.search(folded):
        return True
    return paragraph.open_list and not folded.endswith("。")


def _spaceless(text: str) -> str:
    """Without spaces, but two numbers never grow together."""
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", text.strip())
