"""Profiles: TOML files that say which rules, weights, thresholds and words apply.

``lexicons/profiles/default.toml`` holds every setting; a local profile names only
what differs and may build on another by ``extends``. Unknown keys and rule codes are
errors that name the nearest right one.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from scorer.forms import Severity
from scorer.resources import resource

TOP_KEYS = ("name", "description", "extends", "rules", "review", "words", "layout", "template")
TEMPLATES = ("county", "annex88", "core101", "list")
WORD_KEYS = ("accepted", "rejected")
RULE_KEYS = ("enabled", "severity", "weight", "options", "reason")
SEVERITIES = ("error", "warning", "advice")


class ProfileError(ValueError):
    """A profile that cannot be used; the message names the file, the key and the cure."""


@dataclass(frozen=True)
class Profile:
    """The effective settings and, for each, the profile it comes from (``origins``)."""

    name: str
    settings: Mapping[str, Any]
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        """Twelve hex digits that change with any setting."""
        text = json.dumps(self.settings, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def rule(self, code: str) -> Mapping[str, Any]:
        """This rule's table, empty where the profile says nothing of it."""
        return cast("Mapping[str, Any]", self.settings.get("rules", {}).get(code, {}))

    def enabled(self, code: str) -> bool:
        """False where the profile switches the rule off."""
        return bool(self.rule(code).get("enabled", True))

    def severity(self, code: str) -> Severity | None:
        """The profile's own severity for a rule, None where it leaves the rule's."""
        return cast("Severity | None", self.rule(code).get("severity"))

    def options(self, code: str) -> Mapping[str, Any]:
        """Thresholds of one rule that the profile sets."""
        return cast("Mapping[str, Any]", self.rule(code).get("options", {}))

    def weight(self, code: str, severity: Severity) -> float:
        """Share (0–1) of the item's points that one finding costs."""
        own = self.rule(code).get("weight")
        return float(self.review("weights")[severity] if own is None else own)

    def review(self, table: str) -> Mapping[str, Any]:
        """One table of the review settings: weights, grades, neutral, caps."""
        return cast("Mapping[str, Any]", self.settings["review"][table])

    @property
    def layout(self) -> Mapping[str, Any]:
        """A county's own layout words, shaped like ``lexicons/layout_words.toml``."""
        return cast("Mapping[str, Any]", self.settings.get("layout", {}))

    @property
    def template(self) -> str:
        """Which blank form `jixiao template` gives, one of ``TEMPLATES``."""
        return str(self.settings.get("template", TEMPLATES[0]))

    def values(self, kind: str) -> frozenset[str]:
        """Values that a bureau accepts or rejects by its own rule ("accepted", "rejected")."""
        return frozenset(self.settings.get("words", {}).get(kind, ()))

    def rows(self) -> Iterator[tuple[str, Any, str]]:
        """(dotted key, value, origin) of every effective setting, for `jixiao profile`."""
        for key, value in _leaves(self.settings):
            yield key, value, self.origins.get(key, self.name)


def profile_names() -> list[str]:
    """Names of the profiles that ship with the program."""
    return sorted(path.stem for path in resource("lexicons/profiles").glob("*.toml"))


def load_profile(
    name: str | Path = "default", *, rules: Mapping[str, Collection[str]] | None = None
) -> Profile:
    """The effective profile of a shipped name or a TOML file.

    ``rules`` maps each known rule code to the option names it takes; given, codes and
    options are checked against it. Raises ProfileError.
    """
    chain = _chain(str(name))
    settings: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for label, data in chain:
        _check(label, data, rules)
        _overlay(settings, {k: v for k, v in data.items() if k != "extends"})
        origins.update({key: label for key, _ in _leaves(data)})
    return Profile(str(settings.get("name", name)), settings, origins)


def _chain(name: str) -> list[tuple[str, dict[str, Any]]]:
    """The profile and those it builds on, the most basic first."""
    chain: list[tuple[str, dict[str, Any]]] = []
    seen: set[str] = set()
    while name:
        if name in seen:
            raise ProfileError(f"配置「{name}」的 extends 绕成了一圈。")
        seen.add(name)
        path = _find(name)
        try:
            data = tomllib.loads(path.read_text("utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ProfileError(f"配置文件 {path} 不是合格的 TOML：{error}") from error
        chain.insert(0, (name, data))
        name = data.get("extends", "" if name == "default" else "default")
    return chain


def _find(name: str) -> Path:
    if name.endswith(".toml"):
        path = Path(name)
        if not path.is_file():
            raise ProfileError(f"找不到配置文件 {name}。")
        return path
    if name in profile_names():
        return resource("lexicons/profiles") / f"{name}.toml"
    raise ProfileError(f"没有叫「{name}」的配置{_nearest(name, profile_names())}。")


def _check(
    label: str, data: Mapping[str, Any], rules: Mapping[str, Collection[str]] | None
) -> None:
    _known(label, "", data, TOP_KEYS)
    _known(label, "words.", data.get("words", {}), WORD_KEYS)
    if data.get("template", TEMPLATES[0]) not in TEMPLATES:
        hint = _nearest(str(data["template"]), TEMPLATES)
        raise ProfileError(f"配置「{label}」：没有空白表样「{data['template']}」{hint}。")
    for code, table in data.get("rules", {}).items():
        if rules is not None and code not in rules:
            raise ProfileError(f"配置「{label}」：没有规则 {code}{_nearest(code, rules)}。")
        _known(label, f"rules.{code}.", table, RULE_KEYS)
        if table.get("severity", "error") not in SEVERITIES:
            hint = _nearest(str(table["severity"]), SEVERITIES)
            raise ProfileError(
                f"配置「{label}」：rules.{code}.severity 不能是「{table['severity']}」{hint}。"
            )
        if rules is not None:
            _known(label, f"rules.{code}.options.", table.get("options", {}), rules[code])
    if label != "default":
        standard = tomllib.loads(_find("default").read_text("utf-8"))["review"]
        _known(label, "review.", data.get("review", {}), standard)
        for table, values in data.get("review", {}).items():
            _known(label, f"review.{table}.", values, standard[table])


def _known(label: str, prefix: str, data: Mapping[str, Any], keys: Collection[str]) -> None:
    for key in data:
        if key not in keys:
            raise ProfileError(f"配置「{label}」：没有设置项 {prefix}{key}{_nearest(key, keys)}。")


def nearest(word: str, words: Collection[str]) -> str:
    """The most similar of ``words`` ("" if there are none); signs at their place count most."""
    close = difflib.get_close_matches(word, list(words), n=5, cutoff=0.0)
    return max(close, key=lambda w: sum(a == b for a, b in zip(w, word, strict=False)), default="")


def _nearest(word: str, words: Collection[str]) -> str:
    found = nearest(word, words)
    return f"，最接近的是「{found}」" if found else ""


def _overlay(base: dict[str, Any], top: Mapping[str, Any]) -> None:
    for key, value in top.items():
        if isinstance(value, Mapping) and isinstance(base.get(key), dict):
            _overlay(base[key], value)
        else:
            base[key] = value


def _leaves(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
