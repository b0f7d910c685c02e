"""The head and foot of a form in text: fields, money, goals.

Lines open with labels; lines without one go to the cells around them (:mod:`free_lines`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from scorer.forms import Phase, Place
from scorer.layouts.draft import FormDraft
from scorer.layouts.grid.labels import GOALS
from scorer.layouts.text.free_lines import Group, full_width, share_out
from scorer.layouts.text.halves import Row, is_sentence, split_halves, text_of
from scorer.layouts.text.lines import PLACED, Mode, Piece, TextLine, join_wrapped, width
from scorer.layouts.text.money import MoneyReader
from scorer.layouts.text.spaces import Spaces
from scorer.layouts.text.texts_around import with_texts_between
from scorer.layouts.text.tokens import Token, Tokenizer
from scorer.layouts.text.wrapped_labels import begins_source, merge_wrapped_labels
from scorer.layouts.words import Words, fold, squeeze

_SENTENCE_END = re.compile(r"[。；;]$")
_CLAUSE = re.compile(r"[,;。]")
_TABLE = 3  # cells of a row that is no line of text, nor of two texts side by side


@dataclass
class HeadReader:
    """Reads head lines into ``draft``. ``single`` names the phase of a one-half form."""

    draft: FormDraft
    mode: Mode
    single: Phase | None = None
    groups: list[Group] = field(default_factory=list)
    gaps: list[list[TextLine]] = field(default_factory=lambda: [[]])
    heads: tuple[float, float] | None = None
    two_goals: bool = False
    ranks: dict[str, int] = field(default_factory=dict)
    said: str = ""  # all lines of the head
    spaces: Spaces = field(default_factory=Spaces)

    def read(self, lines: Sequence[TextLine]) -> None:
        """Read all lines of a head (or a foot)."""
        words = self.draft.words
        self.said = "\n".join(line.text for line in lines)
        self.spaces = Spaces.of(lines)
        tokenizer = Tokenizer(words, self.mode, money_unit=self.draft.money_unit)
        tokenizer.seen.update(self.draft.asked)
        merged = with_texts_between(merge_wrapped_labels(lines, words), words)
        money = MoneyReader(self.draft, pair=any(_sources_twice(x, words) for x in merged))
        for line in merged:
            was_in_money = tokenizer.in_money
            tokens = tokenizer.line(line)
            if not tokens.items:
                continue
            kinds = {t.kind for t in tokens.items}
            if kinds & {"money", "amount"} or (was_in_money and kinds == {"number"}):
                self._money(tokens.items, tokens.place, money)
            elif "field" in kinds:
                money.close()
                self._labels(tokens.items, tokens.place)
            elif not begins_source(line.text, words):
                self.gaps[-1].append(line)
        money.close()
        self.draft.money_unit = tokenizer.money_unit or self.draft.money_unit
        self._finish()

    def _money(self, tokens: Sequence[Token], place: Place, money: MoneyReader) -> None:
        """A line of the money block, which may also carry text fields, before or behind."""
        parts = _money_and_fields(tokens)
        for part in parts:
            if part[0].kind == "field":
                money.close()
                self._labels(part, place)
            else:
                money.line(self._amounts(part), place)
        if len(parts) == 1 and (not self.groups or "money" not in self.groups[-1].keys):
            group = Group(["money"], [[Piece("·", 0)]], place, starts_free=False)
            group.holds_text = any(t.kind == "money" and "用途" in t.text for t in tokens)
            self._open(group)

    def _amounts(self, tokens: Sequence[Token]) -> list[Token]:
        """The amounts of a line; the head of the block is a sum's label where one follows it
        at once: «项目资金（万元）：126.80»."""
        kept = [t for t in tokens if t.kind != "money"]
        if tokens[0].kind == "money" and len(tokens) > 1 and tokens[1].kind == "number":
            whole = "total" if self.single == "period" or self.single is None else "annual"
            return [Token("amount", tokens[0].text, tokens[0].at, whole), *kept]
        return kept

    def _labels(self, tokens: Sequence[Token], place: Place) -> None:
        """A line with labels; text before the first one still belongs to the cell above."""
        first = next(i for i, t in enumerate(tokens) if t.kind == "field")
        if first and self.groups:
            pieces = tuple(Piece(t.text, t.at) for t in tokens[:first])
            self.gaps[-1].append(TextLine(pieces, place))
            self.groups[-1].after += self.gaps[-1]
            self.gaps[-1] = []
        group = Group([], [], place)
        for token in tokens[first:]:
            if token.kind == "field":
                group.keys.append(token.key)
                group.labels.append(token.text)
                group.ats.append(token.at)
                group.inline.append([])
                self._note_heads(token)
            else:
                group.inline[-1].append(Piece(token.text, token.at))
        if {"goal_period", "goal_annual"} <= set(group.keys) and not any(
            text for key, text in zip(group.keys, group.inline, strict=True) if key in GOALS
        ):
            self.two_goals = True
            group.keys, group.labels = ["goal"], ["goal"]
            group.inline, group.ats = [[]], group.ats[:1]
        elif self._is_over(group):
            del group.keys[0], group.labels[0], group.inline[0], group.ats[0]
        self._open(group)

    def _is_over(self, group: Group) -> bool:
        """«总体绩效目标» in front of the label of one of its goals («总体绩效目标 实施周期目标»): the
        merged cell left of both, no column of its own."""
        below = "goal_annual" if self.single == "annual" else "goal_period"
        return group.keys[:2] == ["goal", below] and not group.inline[0]

    def _note_heads(self, token: Token) -> None:
        if token.key == "goal_period":
            self.heads = (token.at, token.at)
        elif token.key == "goal_annual" and self.heads:
            self.heads = (self.heads[0], token.at)

    def _open(self, group: Group) -> None:
        """Add a group; the heads of the goal columns and 总体目标 below are one group."""
        last = self.groups[-1] if self.groups else None
        if last and last.keys == ["goal"] == group.keys and last.blank:
            group.before = self.gaps.pop()
            self.gaps.append([])
            self.groups[-1] = group
            return
        self.groups.append(group)
        self.gaps.append([])

    def _finish(self) -> None:
        """Share the free lines out and write every group into the draft."""
        if not self.groups:
            return
        self._give_tables()
        if self.mode in PLACED:
            self._give_by_place()
        else:
            self._join_goal_heads()
            self._drop_over()
            self._drop_reached()
            self._give_behind_money()
        full = full_width(self.gaps)
        shares = share_out(self.groups, self.gaps, full)
        for i, taken in enumerate(shares):
            gap = self.gaps[i + 1]
            self.groups[i].after += gap[:taken]
            if i + 1 < len(self.groups):
                self.groups[i + 1].before += gap[taken:]
        for group in self.groups:
            self._write(group)

    def _join_goal_heads(self) -> None:
        """«实施期目标» and «年度目标» one below the other, their two texts below both: cells of a
        row that were saved one a line."""
        for i in range(len(self.groups) - 1):
            left, right = self.groups[i : i + 2]
            texts = self.gaps[i + 2]
            if (
                (left.keys, right.keys) == (["goal_period"], ["goal_annual"])
                and left.blank
                and right.blank
                and not self.gaps[i + 1]
                and any(_SENTENCE_END.search(line.text) for line in texts[:-1])
            ):
                self.groups[i : i + 2] = [Group(["goal"], [[]], left.place, ["goal"], left.ats)]
                del self.gaps[i + 1]
                self.two_goals = True
                return

    def _drop_over(self) -> None:
        """«总体绩效目标» in a line above the labels of both its goals: it has no text of its own."""
        keys = [group.keys for group in self.groups]
        for i in range(len(keys) - 2):
            if keys[i : i + 3] == [["goal"], ["goal_period"], ["goal_annual"]]:
                if self.groups[i].blank:
                    del self.groups[i]
                    self.gaps[i : i + 2] = [self.gaps[i] + self.gaps[i + 1]]
                return

    def _drop_reached(self) -> None:
        """«实际完成情况» below «预期目标», the text of the goal below both: heads of two columns, a cell a
        line."""
        for i in range(len(self.groups) - 1):
            goal, reached = self.groups[i : i + 2]
            said = reached.keys == ["ignored"] and "完成情况" in squeeze(reached.labels[0])
            blank = goal.blank and reached.blank and goal.keys[-1] in GOALS
            if said and blank and not self.gaps[i + 1]:
                del self.groups[i + 1]
                self.gaps[i + 1 : i + 3] = [self.gaps[i + 1] + self.gaps[i + 2]]
                return

    def _give_behind_money(self) -> None:
        """The goal whose label stands above the money and its text below: a text copied column
        by column."""
        blank = [i for i, g in enumerate(self.groups) if g.keys[0] in GOALS and g.blank]
        if self.groups[-1].keys != ["money"] or len(blank) != 1 or not self.gaps[-1]:
            return
        (i,) = blank
        if not self.gaps[i] and not self.gaps[i + 1]:
            self.groups[i].after, self.gaps[-1] = self.gaps[-1], []

    def _give_tables(self) -> None:
        """Rows of a table in a cell («项目实施内容 开始时间 完成时间» under the label of the plan):
        they belong to the label above, never to the one below."""
        for group, gap in zip(self.groups, self.gaps[1:], strict=True):
            size = _cells_of_rows(gap[:2])
            while size and gap and len(gap[0].pieces) == size:
                group.after.append(gap.pop(0))

    def _give_by_place(self) -> None:
        """The lines of a right-hand cell whose label stands in its middle: above and below the
        label's line, all of them far to the right."""
        top = self.groups[0]
        if top.blank and top.ats and self.gaps[0] and _stands_right(self.gaps[0][-1], top.ats[0]):
            top.before.append(self.gaps[0].pop())  # the first label in the middle of its text
        for i, group in enumerate(self.groups):
            if len(group.ats) < 2:
                continue
            left = group.inline[-2][0].at if group.inline[-2] else group.ats[-2]
            middle = (left + group.ats[-1]) / 2
            above, below = self.gaps[i], self.gaps[i + 1]
            while above and _stands_right(above[-1], middle):
                group.before.insert(0, above.pop())
            while below and _stands_right(below[0], middle):
                group.after.append(below.pop(0))

    def _write(self, group: Group) -> None:
        if group.keys == ["money"]:
            return
        if group.keys == ["goal"]:
            self._write_goal(group)
        elif group.two_columns and (group.before or group.after):
            self._write_pair(group)
        elif group.blank and len(group.keys) == 2 and group.keys[0] in GOALS:
            self._write_left(group)
        else:
            for n, key in enumerate(group.keys):
                alone = len(group.keys) == 1 or n == len(group.keys) - 1
                lines = [*group.before, *group.after] if alone else []
                self._write_field(key, group, n, lines)

    def _write_field(self, key: str, group: Group, n: int, lines: Sequence[TextLine]) -> None:
        """One field: its inline text between the free lines above and below."""
        if key == "ignored":
            return
        name = self._name_of(key)
        above = [line for line in lines if line in group.before]
        below = [line for line in lines if line not in group.before]
        inline = " ".join(p.text for p in group.inline[n])
        parts = [line.text for line in above] + [inline] + [line.text for line in below]
        first = next((x.place for x in above), None)
        place = first or (group.place if inline or not below else below[0].place)
        self._set(name, group.labels[n], join_wrapped(parts), place)

    def _set(self, name: str, label: str, text: str, place: Place) -> None:
        """A field's text; of two labels for one field the one that says it best counts."""
        if name in GOALS and squeeze(label)[-1:].isdigit():
            self.draft.add_text(name, text, place)
            return
        rank = self.draft.words.rank_of(name, label)
        if text and rank < self.ranks.get(name, rank):
            self.draft.texts.pop(name, None)
        self.draft.set_text(name, text, place)
        if text:
            self.ranks[name] = min(rank, self.ranks.get(name, rank))

    def _name_of(self, key: str) -> str:
        """Which half a lone «绩效目标» belongs to."""
        if key != "goal":
            return key
        return "goal_period" if self.single == "period" else "goal_annual"

    def _write_goal(self, group: Group) -> None:
        """总体目标: two columns, or the one goal of a single-half form."""
        inline = [(group.place, tuple(group.inline[0]))] if group.inline[0] else []
        rows: list[tuple[Place, Row]] = [(x.place, x.pieces) for x in group.before]
        rows += inline + [(x.place, x.pieces) for x in group.after]
        other = self._goal_beside(group)
        if (self.single is not None and not self.two_goals) or (other and rows):
            name = self._name_of("goal")
            if other is not None:
                name = "goal_annual" if other == "goal_period" else "goal_period"
            text = join_wrapped([" ".join(p.text for p in row) for _, row in rows])
            if text or not {"goal_period", "goal_annual"} & set(self.draft.asked):
                self.draft.set_text(name, text, rows[0][0] if rows else group.place)
            return
        if not rows and {"goal_period", "goal_annual"} & {k for g in self.groups for k in g.keys}:
            return  # the heads stand below, each with its own text
        halves = split_halves([row for _, row in rows], self.mode, self.heads)
        if not halves[1] and {row.phase for row in self.draft.rows} == {"annual"}:
            halves = (halves[1], halves[0])  # the whole left half is blank
        for name, half in zip(("goal_period", "goal_annual"), halves, strict=True):
            place = rows[half[0][0]][0] if half else group.place
            self.draft.set_text(name, text_of(half), place)

    def _goal_beside(self, group: Group) -> str | None:
        """The goal that has a label and a text of its own: «总体绩效目标 …» is the other one."""
        labelled = [g for g in self.groups if g is not group and not g.blank]
        found = {key for g in labelled for key in g.keys} & {"goal_period", "goal_annual"}
        return found.pop() if len(found) == 1 else None

    def _write_left(self, group: Group) -> None:
        """A goal beside a column that is not ours: «预期目标 | 实际完成情况»."""
        lines = [*group.before, *group.after]
        texts = [line.text for line in lines]
        if self.mode == "space" and is_sentence(texts):
            half = list(enumerate(texts))
        else:
            half, _ = split_halves([line.pieces for line in lines], self.mode, self.heads)
        place = lines[half[0][0]].place if half else group.place
        self._set(self._name_of(group.keys[0]), group.labels[0], text_of(half), place)

    def _write_pair(self, group: Group) -> None:
        """Two labelled cells side by side, wrapped: each line's texts go to both."""
        keys = [k for k in group.keys if k != "ignored"]
        indices = [i for i, k in enumerate(group.keys) if k != "ignored"]
        parts: list[list[tuple[Place, str]]] = [[], []]
        own = [" ".join(p.text for p in group.inline[i]) for i in indices]
        if self.mode == "space" and all(own) and set(keys) <= GOALS:
            self._write_goals(group, keys, own)
            return
        at = [group.inline[i][0].at if group.inline[i] else _value_at(group, i) for i in indices]
        places = (at[0], at[1]) if self.mode != "space" and None not in at else None
        for line in group.before:
            self._deal(line, parts, own, places)
        for n in range(2):
            if own[n]:
                parts[n].append((group.place, own[n]))
        for line in group.after:
            self._deal(line, parts, own, places)
        for key, part in zip(keys, parts, strict=True):
            place = part[0][0] if part else group.place
            label = group.labels[group.keys.index(key)]
            self._set(self._name_of(key), label, join_wrapped([t for _, t in part]), place)

    def _write_goals(self, group: Group, keys: Sequence[str], own: Sequence[str]) -> None:
        """Two goals that begin beside their labels and go on in the lines around."""
        first = tuple(Piece(text, float(n)) for n, text in enumerate(own))
        rows: list[tuple[Place, Row]] = [(x.place, x.pieces) for x in group.before]
        rows += [(group.place, first), *((x.place, x.pieces) for x in group.after)]
        halves = split_halves([row for _, row in rows], self.mode, self.heads)
        for key, half in zip(keys, halves, strict=True):
            place = rows[half[0][0]][0] if half else group.place
            label = group.labels[group.keys.index(key)]
            self._set(self._name_of(key), label, text_of(half), place)

    def _deal(
        self,
        line: TextLine,
        parts: list[list[tuple[Place, str]]],
        own: Sequence[str],
        places: tuple[float | None, float | None] | None,
    ) -> None:
        """A free line below two cells: two texts go one to each, a single one to the cell it
        stands under, else to the one that is not finished."""
        pieces = line.pieces
        if places is not None and places[0] is not None and places[1] is not None:
            for piece in pieces:
                under_right = abs(piece.at - places[1]) < abs(piece.at - places[0])
                parts[int(under_right)].append((line.place, piece.text))
            return
        texts = [piece.text for piece in pieces]
        texts = self.spaces.parts(texts) if self.mode == "space" else texts
        if len(texts) >= 2:
            parts[0].append((line.place, texts[0]))
            parts[1].append((line.place, " ".join(texts[1:])))
        else:
            left, right = (p[-1][1] if p else text for p, text in zip(parts, own, strict=True))
            (text,) = texts
            parts[self._unfinished(left, right, text)].append((line.place, text))

    def _unfinished(self, left: str, right: str, text: str) -> int:
        """Which of two cells a single text continues: 0 left, 1 right. The head may say elsewhere
        what it makes of one of them. Cell after cell, a line below both is the right one's; side
        by side, the fuller one's."""
        if not right:
            return 1
        for size in _JOINTS:
            known = [cell[-size:] + text[:size] in self.said for cell in (left, right)]
            if known[0] != known[1]:
                return int(known[1])
        ends = tuple(self.draft.words.data["rows"]["unit_ends"])
        if left.endswith(ends) != right.endswith(ends):
            return int(left.endswith(ends))
        return 0 if width(left) > width(right) + 1.0 else 1


_JOINTS = (2, 1)  # signs on each side of a break that are looked for elsewhere


def _cells_of_rows(lines: Sequence[TextLine]) -> int:
    """How many cells each of two lines has that are rows of a table; 0 for lines of text."""
    sizes = {len(line.pieces) for line in lines}
    rows = len(lines) == 2 and len(sizes) == 1 and min(sizes) >= _TABLE
    text = any(_CLAUSE.search(fold(piece.text)) for line in lines for piece in line.pieces)
    return sizes.pop() if rows and not text else 0


def _stands_right(line: TextLine, at: float) -> bool:
    return all(piece.at > at for piece in line.pieces)


def _value_at(group: Group, n: int) -> float | None:
    """Where the blank value of a label would stand."""
    return group.ats[n] + 2 * width(group.labels[n]) if n < len(group.ats) else None


def _sources_twice(line: TextLine, words: Words) -> bool:
    """One source of money twice on a line: the halves stand side by side."""
    sources = [s for p in line.pieces if (s := words.amount_of(p.text))]
    return len(set(sources)) < len(sources)


def _money_and_fields(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens of a line parted where labels of text and labels of money take turns."""
    parts: list[list[Token]] = []
    for token in tokens:
        in_fields = bool(parts) and parts[-1][0].kind == "field"
        opens = token.kind in ("money", "amount") if in_fields else token.kind == "field"
        if opens or not parts:
            parts.append([])
        parts[-1].append(token)
    return parts
