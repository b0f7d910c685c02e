"""Turns the YAML cases of tests/rules into forms and documents."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from scorer.exchange import loads
from scorer.forms import Finding, Submission
from scorer.judge import judge, profile_for

HERE = Path(__file__).parent
LEVEL1_OF = {"满意度": "满意度指标", "效益": "效益指标", "影响": "效益指标"}


@dataclass(frozen=True)
class Case:
    """One named case of one rule's file."""

    code: str
    kind: str
    data: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.code}-{self.kind}-{self.data['name']}"


def cases(*kinds: str) -> list[Case]:
    """All cases of these kinds, over all files."""
    return [
        Case(path.stem, kind, data)
        for path in sorted(HERE.glob("[A-Z]*.yaml"))
        for kind, rows in (yaml.safe_load(path.read_text("utf-8")) or {}).items()
        if kind in kinds
        for data in rows
    ]


def _row(data: dict[str, Any]) -> dict[str, Any]:
    level2 = data.get("level2", "数量指标")
    level1 = next((v for k, v in LEVEL1_OF.items() if k in level2), "产出指标")
    return {
        "level1": data.get("level1", level1),
        "level2": level2,
        "name": str(data.get("indicator", "")),
        "value": str(data.get("value", "")),
        "phase": data.get("phase", "annual"),
        **{k: data[k] for k in ("declared_kind", "baseline", "weight", "explanation") if k in data},
    }


def _form(data: dict[str, Any]) -> dict[str, Any]:
    rows = [_row(r) for r in data.get("indicators", [])]
    return {**data, "indicators": rows}


def submission_of(case: Case) -> Submission:
    """The case as a document of one or more forms."""
    data = case.data
    if "document" in data:
        document = dict(data["document"])
        document["forms"] = [_form(f) for f in document.get("forms", [])]
    else:
        document = {"forms": [_form(data.get("form") or {"indicators": [data]})]}

    return loads(json.dumps({"documents": [document]}), "case.json")[0]


def findings_of(case: Case) -> list[Finding]:
    """The findings of the case's own code, those merged into another included."""
    judged = judge(submission_of(case), profile_for())
    assert not [p.message for p in judged.problems if p.code == "rule-failed"]
    everything = [f for form in judged.forms for f in form.findings] + list(judged.findings)
    return [f for f in everything if case.code in (f.code, *f.also)]
