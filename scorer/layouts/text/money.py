"""The money block of a form's head: labelled amounts in one or two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scorer.forms import Phase, Place
from scorer.layouts.draft import SOURCES, FormDraft
from scorer.layouts.text.tokens import Token


@dataclass
class MoneyReader:
    """Fed line by line with labels and numbers; writes amounts into the draft.

    ``pair`` is True where 实施期 and 年度 stand side by side; then the first source of a
    line is the left one. Else a source belongs to the total that came last.
    """

    draft: FormDraft
    pair: bool = False
    phase: Phase = "period"
    waiting: list[tuple[Phase, str, Place]] = field(default_factory=list)
    last: str = ""  # the source of the line above
    heads: bool = False  # labels stand side by side, and their amounts below them

    def line(self, tokens: Sequence[Token], place: Place) -> None:
        """Read one line's amount labels and numbers."""
        tokens = _mend(tokens, bool(self.waiting), _after(self.last))
        labels = [t for t in tokens if t.kind == "amount"]
        self.pair = self.pair or {"total", "annual"} <= {t.key for t in labels}
        said = any(t.kind in ("number", "text") for t in tokens)
        apart = len({t.key for t in labels}) > 1 and not self.pair
        heads = bool(labels) and not said and (apart or self.heads)
        more = self.heads  # of the labels that wait
        self.heads = heads or (self.heads and not labels)
        done = 0
        for token in tokens:
            if token.kind == "amount":
                if not (heads and more):
                    self.close()
                more = heads
                phase, source = self._slot(token, done, len(labels))
                self.last = source
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


def _after(source: str) -> str:
    """The source that the template prints below another."""
    i = SOURCES.index(source) + 1 if source in SOURCES else 0
    return SOURCES[i] if i < len(SOURCES) else ""


def _mend(tokens: Sequence[Token], waiting: bool, following: str) -> list[Token]:
    """Give amounts whose label is lost the label of their partner: both halves print the
    same one. Lost are labels of which only the wrapped rest stands there («金 0 单位自筹 0»),
    or nothing (a line that starts with a number). Where both are lost, the template's order
    tells (``following``)."""
    labels = [t for t in tokens if t.kind == "amount"]
    named = [t for t in labels if t.key]
    out: list[Token] = []
    for i, token in enumerate(tokens):
        if token.kind == "amount" and not token.key:
            key = named[-1].key if named else following
            if not key or all(t.kind != "number" for t in tokens):
                continue
            token = Token("amount", token.text, token.at, key)
        elif i == 0 and token.kind == "number" and not waiting and labels:
            out.append(Token("amount", "", token.at, named[0].key if named else following))
        out.append(token)
    return out
