"""What a rule may look at besides the form itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from scorer.forms import Form, Indicator, Submission, Verdict
from scorer.heads import stands_open
from scorer.lexicon import Lexicon
from scorer.rules.counted import core_of
from scorer.rules.facts import Facts
from scorer.rules.trades import in_topics, pairs_in, telling_of
from scorer.rules.verifiable import unverifiable
from scorer.targets import Target, target_of
from scorer.twins import twins

DOUBT = 0.5  # probability from which a row is asked about
A_LITTLE = 0.1  # probability from which a row without a word of this project is no answer
TOGETHER = 3  # doubted rows that make a set copied in
SURE = 0.8  # probability from which the model's word on a strange row is taken


@dataclass(frozen=True)
class Context:
    """One form's surroundings: word lists, options, its document, the models' verdicts.

    ``options`` are the calling rule's thresholds (its own defaults overlaid by the profile).
    ``verdicts`` has one entry per indicator, or is empty where no model was asked.
    """

    form: Form
    lexicon: Lexicon
    submission: Submission | None = None
    verdicts: tuple[Verdict, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    def for_rule(self, options: Mapping[str, Any]) -> Context:
        """The same surroundings with one rule's thresholds; shares what was computed."""
        other = replace(self, options=options)
        other.__dict__["targets"] = self.targets
        other.__dict__["facts"] = self.facts
        other.__dict__["_twins"] = self._twins
        other.__dict__["copied"] = self.copied
        return other

    @cached_property
    def facts(self) -> Facts:
        """What the form says of itself, worked out once."""
        return Facts(self.form, self.lexicon)

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The understood value of each indicator, by index."""
        return tuple(target_of(i.name, i.value) for i in self.form.indicators)

    def rows(self, level2: str | None = None) -> Iterator[tuple[int, Indicator, Target]]:
        """(index, indicator, target) of all rows that say something, or those of one class."""
        for index, (indicator, target) in enumerate(
            zip(self.form.indicators, self.targets, strict=True)
        ):
            if level2 not in (None, indicator.level2):
                continue
            if not stands_open(indicator.name, indicator.value):
                yield index, indicator, target

    def unverifiable(self, index: int) -> bool:
        """True where the value, read with its name, could not be checked by anybody."""
        return unverifiable(self.form.indicators[index], self.targets[index], self.lexicon)

    @cached_property
    def _twins(self) -> dict[int, int]:
        return twins(self.form)

    def full_name(self, index: int) -> str:
        """A row's name, from the other half where its own column cut it short."""
        names = [self.form.indicators[index].name]
        if (twin := self._twins.get(index)) is not None:
            names.append(self.form.indicators[twin].name)
        return max(names, key=len)

    def doubt(self, index: int) -> float:
        """The model's probability (0–1) that a row belongs to another project, 0 where it was not asked."""
        verdict = self.verdict(index)
        return verdict.mismatch or 0.0 if verdict else 0.0

    def surely_strange(self, index: int) -> bool:
        """Whether the model is sure that a row belongs to another project."""
        verdict = self.verdict(index)
        says = verdict is not None and "mismatch" in verdict.says
        return says and self.doubt(index) >= SURE

    def foreign(self, index: int) -> bool:
        """Whether a row answers for nothing here: surely another project's, or copied in with others."""
        return index in self.copied or self.surely_strange(index)

    def answers(self, index: int) -> bool:
        """Whether a row may stand for its class here. One that the model doubts a little, and whose
        telling words stand nowhere else in the form nor in the library's projects of this kind,
        may not: a copied satisfaction, cost or number fills no class of this project."""
        if self.foreign(index):
            return False
        return self.doubt(index) < A_LITTLE or not self._speaks_of_others(index)

    def _speaks_of_others(self, index: int) -> bool:
        told = telling_of(pairs_in([core_of(self.form.indicators[index].name)]))
        known = {word for word in told if in_topics(word)}
        return (
            len(known) > 1 and not told & self.facts.own_words
        )  # one pair may be chance: 项目成本

    @cached_property
    def copied(self) -> frozenset[int]:
        """Rows that came in together from another project: at least three that the models doubt,
        and what shares with them telling words that the form's own text has not."""
        doubted = {
            n
            for n in range(len(self.verdicts))
            if self.doubt(n) >= DOUBT and not self.unverifiable(n)
        }
        if len(doubted) < TOGETHER:
            return frozenset()
        names = [telling_of(pairs_in([row.name])) for row in self.form.indicators]
        theirs = set().union(*(names[n] for n in doubted)) - pairs_in([self.facts.own_text])
        return frozenset(doubted | {n for n, pairs in enumerate(names) if pairs & theirs})

    def verdict(self, index: int) -> Verdict | None:
        """What the models say of a row, None where they were not asked."""
        return self.verdicts[index] if self.verdicts else None
