"""«Why did our score change?»: what judged this report, stated in every output."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from scorer.profile import Profile
from scorer.resources import resource
from scorer.rules.catalogue import catalogue
from scorer.version import __version__


def stamp(profile: Profile) -> dict[str, Any]:
    """Version of the program, of the rule set, the profile's and the models' hashes."""
    return {
        "version": __version__,
        "rules": rules_hash(),
        "profile": {"name": profile.name, "hash": profile.hash},
        "models": model_hashes(),
    }


def model_hashes() -> dict[str, str]:
    """Each trained model's name and the first twelve digits of its artefact's hash."""
    cards = (
        json.loads(path.read_text("utf-8")) for path in sorted(resource("models").glob("*.json"))
    )
    return {c["model"]: c["artefact_sha256"][:12] for c in cards if "artefact_sha256" in c}


def rules_hash() -> str:
    """Twelve hex digits that change when a rule is added, dropped or reworded."""
    text = "\n".join(
        f"{r.code} {r.slug} {r.severity} {r.item} {r.status} {r.checks}"
        for r in catalogue().values()
    )
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def stamp_line(profile: Profile) -> str:
    """The stamp in one line for people."""
    data = stamp(profile)
    models = "、".join(f"{name} {digest}" for name, digest in data["models"].items()) or "无"
    return (
        f"jixiao {data['version']}，规则 {data['rules']}，"
        f"配置 {profile.name} {profile.hash}，模型 {models}"
    )
