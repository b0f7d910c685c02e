"""The money block of a form's head: labelled amounts in one or two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scorer.forms import Phase, Place
from scorer.layouts.draft import FormDraft
from scorer.layouts.text_tokens import Token


@dataclass
class MoneyReader:
    """Fed line by line with labels and numbers; writes amounts into the draft.

    ``pair`` is True once 实施期 and 年度 stand side by side; then the first source of a
    line is the left one. Else a source belongs to the total that came last.
    """

    draft: FormDraft
    pair: bool = False
    phase: Phase = "period"
    waiting: list[tuple[Phase, str, Place]] = field(default_factory=list)
    left_at: float | None = None
    right_at: float | None = None
    last_row: set[tuple[Phase, str]] = field(default_factory=set)

    def line(self, tokens: Sequence[Token], place: Place) -> None:
        """Read one line's amount labels and numbers."""
        tokens = _mend(tokens, bool(self.waiting))
        labels = [t for t in tokens if t.kind == "amount"]
        self._note_columns(labels)
        done = 0
        for token in tokens:
            if token.kind == "amount":
                if self.waiting:
                    self._settle("")
                phase, source = self._slot(token, done, len(labels))
                self.waiting.append((phase, source, place))
                done += 1
            elif token.kind in ("number", "text") and self.waiting:
                self._settle(token.text, place)

    def close(self) -> None:
        """The block has ended: labels still waiting are blank cells."""
        while self.waiting:
            self._settle("")

    def _settle(self, text: str, place: Place | None = None) -> None:
        phase, source, where = self.waiting.pop(0)
        self.draft.set_amount(phase, source, text, place or where)

    def _note_columns(self, labels: Sequence[Token]) -> None:
        keys = [t.key for t in labels]
        if "total" in keys and "annual" in keys:
            self.pair = True
            self.left_at = next(t.at for t in labels if t.key == "total")
            self.right_at = next(t.at for t in labels if t.key == "annual")

    def _slot(self, token: Token, done: int, count: int) -> tuple[Phase, str]:
        """(phase, source) of a label, by its own words or its column."""
        if token.key in ("total", "annual"):
            self.phase = "period" if token.key == "total" else "annual"
            return self.phase, "total"
        if not self.pair:
            return self.phase, token.key
        if count >= 2:
            return ("period" if done == 0 else "annual"), token.key
        known = ("period", token.key) in self.draft.amounts or any(
            w[:2] == ("period", token.key) for w in self.waiting
        )
        asked = f"funding.period.{token.key}" in self.draft.asked
        return ("annual" if known or asked else "period"), token.key


def _mend(tokens: Sequence[Token], waiting: bool) -> list[Token]:
    """Give amounts whose label is lost the label of their partner: both halves print the
    same one. Lost are labels of which only the wrapped rest stands there («金 0 单位自筹 0»),
    or nothing (a line that starts with a number)."""
    named = [t for t in tokens if t.kind == "amount" and t.key]
    out: list[Token] = []
    for i, token in enumerate(tokens):
        if token.kind == "amount" and not token.key:
            if not named or len(tokens) < 3:
                continue
            token = Token("amount", token.text, token.at, named[-1].key)
        elif i == 0 and token.kind == "number" and named and not waiting:
            out.append(Token("amount", "", token.at, named[0].key))
        out.append(token)
    return out
