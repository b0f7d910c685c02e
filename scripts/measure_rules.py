"""Measures each rule on the labelled forms of data/rows: `make measure-rules`.

A rule with a row label (vague, mismatch, …) is right where the row carries that label (or
the row has a better wording for another stated reason: `better`). A rule about the form is
right where the reviewer listed a defect of its kinds. The reviewer's lists of form defects
are not exhaustive, so those figures are lower bounds and say so.
Writes scorer/rules/measured.toml; `--show CODE` prints the false alarms and misses.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import Any

from scorer.exchange import form_from_json
from scorer.forms import BENEFIT, Amount, Finding, Form, Funding, Ledger, Submission
from scorer.judge import judge, profile_for
from scorer.lexicon import lexicon_with
from scorer.resources import resource
from scorer.rules.catalogue import MEASURED, catalogue
from scorer.rules.engine import check_form
from scripts.planted_faults import SPOILS
from tests.makers import planted

ROWS = Path(__file__).parent.parent / "data" / "rows"
HAND_CHECKED = ROWS.parent / "hand_checked.toml"
CARRIED = {"R401": "trees", "R402": "trees", "R412": "trees"}  # rules that a trained model carries
DEFECTS: dict[str, tuple[str, ...]] = {
    "S101": ("空泛目标", "目标空泛", "目标用语"),
    "S102": ("空泛目标", "目标空泛", "目标用语"),
    "S103": ("照抄必要性", "照抄", "空泛目标"),
    "S105": ("复制粘贴",),
    "R408": ("依据不足", "依据占位"),
    "T504": ("计划无步骤", "缺步骤"),
    "A310": ("措施空洞",),
    "X602": ("金额不符", "实施期与年度金额", "金额"),
    "X603": ("一次性填错", "属性"),
    "X614": ("前后矛盾", "目标不一致", "实施期与年度目标不一致"),
    "A309": ("缺成本", "成本金额测算缺失"),
    "R409": ("必要性重复", "必要性空泛", "照抄必要性", "照抄"),
    "M207": ("不当分数值",),
    "A308": ("资金匹配", "缺数量", "缺成本"),
    "A306": ("成本等于预算", "成本=预算总额"),
    "A307": ("成本超资金",),
    "S104": ("雷同", "实施期与年度目标不一致"),
    "T503": ("时间矛盾", "时间", "时间点", "前后矛盾"),
    "R406": ("目标与概况脱节",),
}


def labelled() -> Iterator[dict[str, Any]]:
    """The labelled forms, one JSON object a line."""
    for path in sorted(ROWS.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def _form(data: dict[str, Any]) -> Form:
    rows = [{**r, "phase": "annual"} for r in data["indicators"]]
    return form_from_json({**data, "indicators": rows})


def findings_of(data: dict[str, Any]) -> list[Finding]:
    """All findings of one labelled form, judged alone."""
    judged = judge(Submission(path="", forms=(_form(data),)), profile_for())
    return [*judged.forms[0].findings, *judged.findings]


def on_documents() -> Iterator[tuple[str, int, str, bool]]:
    """(code, line, document, right or not) of every hit of the cross-check rules on the planted
    documents and, where the shelf is there, on the published budgets read by eye."""
    codes = {code for found in planted.seed_findings().values() for code, _ in found}
    for name in planted.NAMES:
        wanted = planted.planted(name)
        codes |= {code for code, _ in wanted}
        for finding in planted.judged(name).findings:
            place = (finding.code, finding.place.line or 0)
            if finding.code[0] == "X" and finding.project is None:
                yield *place, name, place in wanted
    for name, wanted in planted.seed_findings().items():
        if not planted.SEEDS.is_dir():
            return
        for place in planted.places(planted.judged_seed(name)):
            if place[0] in codes:
                yield *place, name, place in wanted


def on_ledgers() -> Iterator[tuple[str, str, bool]]:
    """(code, project, right or not) of X604 and X605 on made documents: six labelled forms each,
    with a budget table whose names are written otherwise, one sum changed, one line left out."""
    forms = [form for data in labelled() if (form := _form(data)).annual_yuan]
    writings: tuple[Callable[[str], str], ...] = (
        lambda name: name,
        lambda name: f"2025年{name}",
        lambda name: name.removesuffix("经费").removesuffix("项目"),
        lambda name: f"001-{name}",
        lambda name: f"{name}项目",
        lambda name: name,
    )
    for start in range(0, len(forms) - 5, 6):
        group = forms[start : start + 6]
        sums = [round(Decimal(form.annual_yuan or 0), -2) for form in group]
        sums[2] = sums[2] * 2
        lines = [
            Amount(write(form.project or ""), int(yuan))
            for form, yuan, write in zip(group, sums, writings, strict=True)
        ]
        submission = Submission("", forms=tuple(group), ledger=Ledger(projects=tuple(lines[:5])))
        for finding in judge(submission, profile_for()).findings:
            if finding.code == "X604":
                yield "X604", finding.project or "", finding.project == group[2].project
            elif finding.code == "X605":
                yield "X605", finding.project or "", finding.project == group[5].project


def on_spoiled_forms() -> Iterator[tuple[str, str, bool]]:
    """(code, project, right or not) of the planted codes: on each labelled form one fault of
    ``SPOILS`` in turn is planted, and what the rules say now and did not say before is judged."""
    codes = {planted.split()[0] for planted, _, _ in SPOILS}
    for n, form in enumerate(f for data in labelled() if (f := _form(data)).annual_yuan):
        if not form.indicators or not form.basis:
            continue
        true, field, spoil = SPOILS[n % len(SPOILS)]
        code, *follow = true.split()
        sound = replace(form, funding_annual=Funding(city_county=form.annual_yuan))
        spoiled = spoil(sound)
        if spoiled is None:
            continue
        before = Counter((f.code, f.field) for f in _judged(sound))
        for finding in _judged(spoiled):
            known = before[(finding.code, finding.field)]
            before[(finding.code, finding.field)] -= 1
            if finding.code in codes and finding.code not in follow and known <= 0:
                right = finding.code == code and field in ("", finding.field)
                yield finding.code, form.project or "", right


def on_spoiled_rows() -> Iterator[tuple[str, str, bool]]:
    """(code, project, right or not) of C102, C105 and M207 on labelled forms of which every
    third loses its benefit rows, every third repeats a row, every third has scores as values."""
    lexicon = lexicon_with(frozenset(), frozenset())
    for n, own in enumerate(map(_form, labelled())):
        rows = own.indicators
        if len(rows) < 6 or not rows[0].value:
            continue
        scores = [replace(r, value=v) for r, v in zip(rows, cycle(_SCORES), strict=False)]
        spoiled, wanted = (
            (tuple(r for r in rows if r.level1 != BENEFIT), "C102"),
            ((*rows, rows[0]), "C105"),
            (tuple(scores), "M207"),
        )[n % 3]
        before, after = (
            Counter(f.code for f in check_form(f, profile=profile_for(), lexicon=lexicon)[0])
            for f in (own, replace(own, indicators=spoiled))
        )
        for code in ("C102", "C105", "M207"):
            if after[code] > before[code]:
                yield code, own.project or "", code == wanted


_SCORES = ("20", "15", "10", "10", "10", "10", "10", "5", "5", "5")


def on_copied_forms() -> Iterator[tuple[str, str, bool]]:
    """(code, project, right or not) of R413 and R430 on every labelled form; of R413 on the same
    forms with goal and rows of another topic's form in place of their own, of R430 with its
    necessity alone."""
    stock = list(labelled())
    lexicon = lexicon_with(frozenset(), frozenset())
    for n, data in enumerate(stock):
        own = _form(data)
        other = _form(
            next(d for d in stock[n + 1 :] + stock if d.get("topic") != data.get("topic"))
        )
        copied = replace(own, goal=other.goal, indicators=other.indicators)
        pasted = replace(own, necessity=other.necessity or other.overview)
        for form, codes in ((own, ("R413", "R430")), (copied, ("R413",)), (pasted, ("R430",))):
            found, _ = check_form(form, profile=profile_for(), lexicon=lexicon)
            for finding in found:
                if finding.code in codes:
                    where = finding.field == "necessity" or finding.code == "R413"
                    yield finding.code, form.project or "", form is not own and where


def on_contradicting_texts() -> Iterator[tuple[str, str, bool]]:
    """(code, project, right or not) of R420 and A316 on every labelled form, and on the same with
    the goal's first count doubled in the overview, and with a sum there that does not work out."""
    lexicon = lexicon_with(frozenset(), frozenset())
    for own in map(_form, labelled()):
        doubled = _COUNT.search(own.goal.annual or "")
        said = f"{doubled[1]}{int(doubled[2]) * 2}{doubled[3]}" if doubled else ""
        texts = (("", ""), ("R420", said), ("A316", "购置办公桌12张（800元/张，9万元）"))
        for planted_code, text in texts:
            if planted_code and (not text or not own.overview):
                continue
            overview = f"{own.overview}{text}。" if text else own.overview
            found, _ = check_form(
                replace(own, overview=overview), profile=profile_for(), lexicon=lexicon
            )
            for finding in found:
                if finding.code in ("R420", "A316"):
                    yield finding.code, own.project or "", finding.code == planted_code


_COUNT = re.compile(r"(?:^|(?<=[，。；]))([一-龥]{5,10})(\d{2,5})([人户个台套处座亩场次吨])")


def _judged(form: Form) -> list[Finding]:
    judged = judge(Submission("", forms=(form,)), profile_for())
    return [*judged.forms[0].findings, *judged.findings]


def main() -> None:
    """Count hits and false alarms of every rule."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", help="rule code whose false alarms and misses to print")
    show = parser.parse_args().show
    right: dict[str, int] = defaultdict(int)
    wrong: dict[str, int] = defaultdict(int)
    missed: dict[str, int] = defaultdict(int)
    on_paper: set[str] = set()  # codes measured on whole documents
    for data in labelled():
        found = findings_of(data)
        kinds = {d["kind"] for d in data.get("defects", [])}
        for finding in found:
            good = _is_right(finding, data, kinds)
            if good is None:
                continue
            (right if good else wrong)[finding.code] += 1
            if show == finding.code and not good:
                print("误报", data["id"], finding.message)
        for code, wanted in DEFECTS.items():
            if kinds & set(wanted) and not any(code in (f.code, *f.also) for f in found):
                missed[code] += 1
                if show == code:
                    print(
                        "漏报",
                        data["id"],
                        [d["why"] for d in data["defects"] if d["kind"] in wanted],
                    )
    for code, line, name, good in on_documents():
        if right[code] + wrong[code] and code not in on_paper:
            continue  # measured on the labelled forms
        on_paper.add(code)
        (right if good else wrong)[code] += 1
        if show == code and not good:
            print("误报", name, line)
    for code, project, good in (
        *on_ledgers(),
        *on_spoiled_forms(),
        *on_spoiled_rows(),
        *on_contradicting_texts(),
        *on_copied_forms(),
    ):
        on_paper.add(code)
        (right if good else wrong)[code] += 1
        if show == code and not good:
            print("误报", project)
    if not show:
        _write(right, wrong, missed, on_paper)


def _is_right(finding: Finding, data: dict[str, Any], kinds: set[str]) -> bool | None:
    label = catalogue()[finding.code].label
    if finding.indicator is not None:
        row = data["indicators"][finding.indicator]
        if label:
            value = row["labels"].get(label)
            return None if value is None else bool(value)
        return bool(row.get("better")) or any(row["labels"].values())
    if finding.code in DEFECTS:
        return bool(kinds & set(DEFECTS[finding.code]))
    return None


def _write(
    right: dict[str, int], wrong: dict[str, int], missed: dict[str, int], on_paper: set[str]
) -> None:
    lines = ["# Precision of each rule, measured or read by eye; written by `make measure-rules`."]
    stored = tomllib.loads(MEASURED.read_text("utf-8"))
    for code in catalogue():
        total = right[code] + wrong[code]
        known = stored.get(code)
        # Without the published budgets beside the repository the fuller figure stands.
        if code in on_paper and known and not planted.SEEDS.is_dir():
            lines.append(_entry(code, known["right"], known["total"], known["text"]))
            continue
        if text := _from_card(code) or _by_hand(code):
            lines.append(_entry(code, right[code], total, text))
            print(f"{code} {catalogue()[code].name:<14} {text}")
            continue
        if not total:
            continue
        where = "data/rows，"
        kind = "下限，表级问题的标注不求全" if code in DEFECTS else "逐行标注"
        if code in on_paper:
            where, kind = "", "公开预算和自编文件，植入与逐条看过"
        text = f"精确率 {right[code] / total:.2f}（{right[code]}/{total}，{where}{kind}）"
        lines.append(_entry(code, right[code], total, text))
        print(
            f"{code} {catalogue()[code].name:<14} {text} 漏 {missed[code] if code in DEFECTS else '-'}"
        )
    MEASURED.write_text("\n".join(lines) + "\n", "utf-8")


def _from_card(code: str) -> str:
    """Rules that a model carries: the card's cross-validated figure, never rows it has seen."""
    if code not in CARRIED:
        return ""
    label = catalogue()[code].label or ""
    card = json.loads(resource(f"models/{CARRIED[code]}.json").read_text("utf-8"))
    figures = card["labels"][label]
    sure = figures["sure"]["0.8"]
    return (
        f"把握0.8以上的精确率 {sure['precision']:.2f}（{sure['said']}处），"
        f"全部 {figures['precision'][0]:.2f}（交叉验证，按项目和主题留出，模型卡片 {CARRIED[code]}）"
    )


def _by_hand(code: str) -> str:
    """Rules whose hits a person read one by one."""
    read = tomllib.loads(HAND_CHECKED.read_text("utf-8")).get(code)
    if read is None:
        return ""
    share = read["right"] / read["read"]
    return f"精确率 {share:.2f}（{read['right']}/{read['read']}，data/rows，逐条读过）"


def _entry(code: str, right: int, total: int, text: str) -> str:
    return f'[{code}]\nright = {right}\ntotal = {total}\ntext = "{text}"'


if __name__ == "__main__":
    main()
