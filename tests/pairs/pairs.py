"""Reads the pairs and scores both sides: `make pairs` prints how many behave as they should.

The files are data: trades.yaml holds forms, pairs.yaml what changes and what must follow. Folders
given on the command line are read instead of those here; `--why` prints the findings that moved.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scorer.exchange import form_from_json
from scorer.forms import Form, JudgedForm, Submission
from scorer.judge import judge

HERE = Path(__file__).parent
KINDS = ("worse", "better", "trick", "spelling")
LEVEL1_OF = {"满意度": "满意度指标", "效益": "效益指标", "影响": "效益指标"}
FIELDS = ("project", "unit", "overview", "basis", "necessity", "safeguards", "plan",
          "goal_annual", "goal_period")  # fmt: skip
HALF_POINT = 0.5


@dataclass(frozen=True)
class Pair:
    """One pair: its kind says what the total must do from ``before`` to ``after``."""

    id: str
    kind: str
    before: dict[str, Any]
    after: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.kind}-{self.id}"


@cache
def _trades(folder: Path) -> dict[str, Any]:
    return dict(yaml.safe_load((folder / "trades.yaml").read_text("utf-8")))


def _row(text: str) -> dict[str, str]:
    short, name, value = (part.strip() for part in text.split("|"))
    return {"level2": _class(short), "name": name, "value": value}


def _class(short: str) -> str:
    return "服务对象满意度指标" if short == "满意度" else f"{short}指标"


def pairs(*folders: Path) -> Iterator[Pair]:
    """All pairs of these folders, of all that stand here where none is given."""
    for folder in folders or (HERE, *sorted(p.parent for p in HERE.glob("*/pairs.yaml"))):
        data = yaml.safe_load((folder / "pairs.yaml").read_text("utf-8"))
        for kind in KINDS:
            for entry in data.get(kind, ()):
                before = _form(folder, entry["form"])
                yield Pair(entry["id"], kind, before, _changed(folder, before, entry["change"]))


def trades() -> Iterator[dict[str, Any]]:
    """Every form from which a pair starts."""
    for path in sorted(HERE.glob("**/trades.yaml")):
        for trade in _trades(path.parent):
            yield _form(path.parent, trade)


def _form(folder: Path, trade: str) -> dict[str, Any]:
    form = _trades(folder)[trade]
    return {**form, "indicators": [_row(text) for text in form["indicators"]]}


def _changed(folder: Path, form: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    rows = [dict(row) for row in form["indicators"]]
    for key in ("value", "name", "class"):
        for number, text in change.get(key, {}).items():
            rows[number - 1]["level2" if key == "class" else key] = (
                _class(text) if key == "class" else text
            )
    if "order" in change:
        rows = [rows[number - 1] for number in change["order"]]
    rows = [row for n, row in enumerate(rows, 1) if n not in change.get("drop", ())]
    rows += [_row(text) for text in change.get("add", ())]
    for trade, numbers in change.get("foreign", {}).items():
        rows += [_form(folder, trade)["indicators"][number - 1] for number in numbers]
    after = {**form, **change.get("set", {}), "indicators": rows}
    if change.get("halves"):
        after["indicators"] = [{**r, "phase": p} for p in ("period", "annual") for r in rows]
        after["goal_period"] = after["goal_annual"]
    return after


def read(data: dict[str, Any]) -> Form:
    """The form of a trade or a pair."""
    rows = [
        {
            "level1": next((v for k, v in LEVEL1_OF.items() if k in r["level2"]), "产出指标"),
            "phase": "annual",
            **r,
        }
        for r in data["indicators"]
    ]
    asked = [
        name for name in FIELDS if name in data
    ]  # a key left out: no such cell in the template
    return form_from_json({**data, "indicators": rows, "asked": asked})


def scored(data: dict[str, Any]) -> JudgedForm:
    """The form, judged as a document of its own."""
    return judge(Submission("", forms=(read(data),))).forms[0]


@cache
def _total(text: str) -> float:
    return scored(yaml.safe_load(text)).review.total


def total(data: dict[str, Any]) -> float:
    """The form's points; equal forms are scored once."""
    return _total(yaml.safe_dump(data, allow_unicode=True, sort_keys=True))


def as_expected(pair: Pair) -> tuple[bool, float]:
    """(does the total do what the kind asks, points gained from before to after)."""
    gained = round(total(pair.after) - total(pair.before), 1)
    asked = {
        "worse": gained < 0,
        "better": gained > 0,
        "trick": gained <= 0,
        "spelling": abs(gained) <= HALF_POINT,
    }
    return asked[pair.kind], gained


def _why(pair: Pair) -> Iterator[str]:
    """Findings that went (-) and came (+)."""
    told = [
        {f"{f.code} {'（试行）' if f.preview else ''}{f.message}" for f in scored(data).findings}
        for data in (pair.before, pair.after)
    ]
    yield from (f"- {line}" for line in sorted(told[0] - told[1]))
    yield from (f"+ {line}" for line in sorted(told[1] - told[0]))


def main() -> None:
    """Print each pair that misbehaves, then the counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--why", action="store_true")
    given = parser.parse_args()
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for pair in pairs(*given.folders):
        good, gained = as_expected(pair)
        seen[pair.kind] += 1
        right[pair.kind] += good
        if not good:
            print(f"{pair}: {total(pair.before):g} -> {total(pair.after):g} ({gained:+g})")
            for line in _why(pair) if given.why else ():
                print(f"    {line}")
    for kind in KINDS:
        print(f"{kind}: {right[kind]}/{seen[kind]}")
    print(f"{right.total()}/{seen.total()} = {right.total() / seen.total():.1%}")


if __name__ == "__main__":
    main()
