"""The pieces of an indicator line, and the ways to part those that are glued."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from typing import Literal

from scorer.layouts.text.lines import Mode, Piece, TextLine
from scorer.layouts.words import Words, fold

_PEER_LINES = 3  # lines above and below whose pieces may help to part a glued one
_MOST_PIECES = 40
_MOST = 24  # ways of one line that are looked at
_VALUE_AT = re.compile(
    r"(?:[≥≤=<>≧≦⩾⩽]|不低于|不少于|不超过|不高于|不大于|不小于|(?<![\d.,年月第〔\[(])\d)"
)
_SIGN_CELL = re.compile(
    r"^(?:[≥≤=<>≧≦⩾⩽]{1,2}|定性|定量|文字描述|[大小]于(?:或?等于)?|等于|不[低少高大小]于|不超过)$"
)
_KIND_CELL = re.compile(r"^定[性量](指标)?$")
_DIRECTION_CELL = re.compile(r"^(正|反|负|逆)向?(指标)?$")
_WEIGHT_CELL = re.compile(r"^\d{1,3}(\.\d+)?[%分]?$")

PartKind = Literal["label", "rest", "text"]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece or part of one. "rest" may be a fragment of a wrapped level name."""

    text: str
    kind: PartKind
    at: float | None = None
    glued: bool = False


_YES_NO = frozenset("是否√×")


def holds_yes(text: str) -> bool:
    """«98 是»: a cell with what stands in the column 是否核心指标 behind it."""
    return len(text) > 1 and text[-1] in _YES_NO


def kind_fits(part: Part, role: str) -> float | None:
    """The price of a part in a column of that role; None where it cannot stand."""
    if role == "level2":
        return {"label": 0.0, "rest": 0.4}.get(part.kind)
    if part.kind == "label":
        bare = not part.text.endswith("指标")
        return {"name": 1.5 if bare else 5.0}.get(role, 7.0)
    if part.kind == "rest" and part.text.endswith("标"):
        return 3.0  # the end of a wrapped label
    return role_price(part.text, role)


@lru_cache(maxsize=4096)
def role_price(text: str, role: str) -> float | None:
    folded = fold(text)
    if role == "sign":
        return 0.0 if _SIGN_CELL.match(folded) else None
    if role == "kind":
        return 0.0 if _KIND_CELL.match(folded) else None
    if role == "direction":
        return 0.0 if _DIRECTION_CELL.match(folded) else None
    if role == "weight":
        return 0.0 if _WEIGHT_CELL.match(folded) else None
    if role == "unit":
        return 0.0 if len(text) <= 6 and not re.search(r"[\d≥≤=<>]", folded) else None
    if role == "core":
        return 0.0 if folded in _YES_NO else None
    if folded in _YES_NO and role.startswith("value"):
        return 0.4
    return 0.2 if role in ("explanation", "note", "other", "baseline", "actual") else 0.0


@dataclass
class PieceReader:
    """Finds the ways to read a line's pieces."""

    words: Words
    mode: Mode

    @cached_property
    def _labels(self) -> list[str]:
        """Level-2 names, longest first; in text parted by single spaces no short aliases."""
        least = 4 if self.mode == "space" else 2
        names = [w for w in self.words.level2 if len(w) >= least or w.endswith("指标")]
        return sorted(names, key=len, reverse=True)

    @cached_property
    def _values(self) -> list[str]:
        words: list[str] = self.words.data["rows"]["value_words"]
        return sorted(words, key=len, reverse=True)

    @cached_property
    def _name_ends(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.words.data["rows"]["name_ends"])))

    def options(self, lines: Sequence[TextLine], n: int) -> list[tuple[list[Part], float]]:
        """Ways to read line ``n``, cheapest first: (parts, price)."""
        pieces = lines[n].pieces
        if len(pieces) > _MOST_PIECES:  # running text, no table
            return [([Part(lines[n].text, "text")], 0.0)]
        peers = self._peers(lines, n)
        ways = [list(self._ways(piece, peers)) for piece in pieces]
        found: list[tuple[list[Part], float]] = []
        for choice in _few(ways):
            parts = [part for way, _ in choice for part in way]
            found.append((parts, sum(price for _, price in choice)))
        found.sort(key=lambda pair: pair[1])
        return found[:_MOST]

    def _peers(self, lines: Sequence[TextLine], n: int) -> list[str]:
        near = lines[max(0, n - _PEER_LINES) : n + _PEER_LINES + 1]
        return sorted({p.text for line in near for p in line.pieces if len(p.text) >= 2})

    def _ways(self, piece: Piece, peers: Sequence[str]) -> Iterator[tuple[list[Part], float]]:
        """One piece whole, and parted where cells may have been glued."""
        text, at = piece.text, piece.at
        yield [self._part(text, at)], 0.0
        label = next((w for w in self._labels if self._starts(text, w)), None)
        if label and len(label) < len(text):
            head = Part(text[: len(label)], "label", at)
            rest = Piece(text[len(label) :].lstrip(":："), at)
            if rest.text:
                glue = 0.3 if self.mode == "space" else 1.0
                for parts, price in self._text_ways(rest, peers):
                    tail = [Part(p.text, _in_name(p), None, i == 0) for i, p in enumerate(parts)]
                    yield [head, *tail], price + glue
            return
        if self._part(text, at).kind == "text":
            yield from list(self._text_ways(piece, peers))[1:]

    def _text_ways(self, piece: Piece, peers: Sequence[str]) -> Iterator[tuple[list[Part], float]]:
        text, at = piece.text, piece.at
        yield [self._part(text, at)], 0.0
        if self.mode in ("tab", "pipe"):
            return
        for parts, price in self._label_inside(text, at):
            yield parts, price
        for cut, price in sorted(self._cuts(text, peers).items()):
            yield [Part(text[:cut], "text", at), Part(text[cut:], "text", None, True)], price

    def _label_inside(self, text: str, at: float) -> Iterator[tuple[list[Part], float]]:
        """«全区数量指标视频系统»: the value, the other half's label, its name."""
        for label in (w for w in self._labels if len(w) >= 4):
            i = text.find(label, 1)
            if i > 0:
                parts = [Part(text[:i], "text", at), Part(label, "label", None, True)]
                if rest := text[i + len(label) :]:
                    parts.append(Part(rest, "text", None, True))
                yield parts, 0.8
                return

    def _cuts(self, text: str, peers: Sequence[str]) -> dict[int, float]:
        """Positions where a name may end and its value start, with their prices."""
        folded = fold(text)
        cuts: dict[int, float] = {}

        def note(at: int, price: float) -> None:
            if 0 < at < len(text) and _splits(text[:at], text[at:]):
                cuts[at] = min(price, cuts.get(at, price))

        for match in _VALUE_AT.finditer(folded):
            if match.start():
                note(match.start(), 0.8)
                break
        for peer in peers:
            if len(peer) < len(text):
                if text.endswith(peer):
                    note(len(text) - len(peer), 0.7)
                if text.startswith(peer):
                    note(len(peer), 0.9)
            same = _common(text, peer)
            if 4 <= same < len(text) and same < len(peer):
                note(same, 1.0)
        for word in self._values:
            if text.endswith(word):
                note(len(text) - len(word), 1.4 if len(word) > 1 else 2.2)
                break
        for match in self._name_ends.finditer(text):
            note(match.end(), 1.8)
        return cuts

    def _starts(self, text: str, label: str) -> bool:
        return fold(text).startswith(label)

    def _part(self, text: str, at: float | None) -> Part:
        least = 4 if self.mode == "space" else 2
        if len(text) >= least and self.words.level2_of(text):
            return Part(text, "label", at)
        if 1 <= len(text) <= 12 and self._may_be_rest(text):
            return Part(text, "rest", at)
        return Part(text, "text", at)

    def _may_be_rest(self, text: str) -> bool:
        """A fragment of a level-2 name that a narrow column broke: «度指标», «社会效»."""
        return any(
            w.endswith(text) or (len(text) >= 2 and text in w) for w in self.words.data["level2"]
        )


def _in_name(part: Part) -> PartKind:
    """The kind of a part behind a glued label: «服务对象满意度» there is the indicator's name."""
    return "text" if part.kind == "label" and not part.text.endswith("指标") else part.kind


def _few(
    ways: Sequence[Sequence[tuple[list[Part], float]]],
) -> Iterator[tuple[tuple[list[Part], float], ...]]:
    """Combinations of the pieces' ways; for long lines only the first few of each piece."""
    size = 1
    limited = []
    for way in ways:
        room = max(1, 256 // size)
        chosen = sorted(way, key=lambda w: w[1])[: min(room, 6)]
        limited.append(chosen)
        size *= len(chosen)
    yield from product(*limited)


def _splits(left: str, right: str) -> bool:
    """Both sides could be cells: words on each, no bracket or quote left open."""
    return (
        left[-1] not in "“《（(〔【、，,第约近不超低高少大小于至每"
        and any(c.isalnum() for c in left)
        and any(c.isalnum() for c in right)
    )


def _common(a: str, b: str) -> int:
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n
