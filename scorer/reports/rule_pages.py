"""The page of a rule: one text for `jixiao rule`, docs/rules and the HTML report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scorer.forms import SEVERITY_NAMES
from scorer.reports.width import fit
from scorer.rules.catalogue import LETTERS, Rule

STATUS = {"preview": "试行（显示，不扣分）", "stable": "正式"}


def render_page(rule: Rule) -> str:
    """The whole page of one rule as Markdown."""
    letter = LETTERS[rule.letter][1]
    smart = f"（SMART：{rule.smart}）" if rule.smart else ""
    lines = [
        f"# {rule.code} {rule.name}",
        "",
        rule.checks,
        "",
        f"- 类别：{rule.letter} {letter}{smart}",
        f"- 程度：{SEVERITY_NAMES[rule.severity]}",
        f"- 审核项：{rule.item or '不计分'}",
        f"- 依据：{rule.basis or '无文号，只作建议，不扣分'}",
        f"- 状态：{STATUS[rule.status]}",
        f"- 实测：{rule.measured or '尚未测得，先试行'}",
        "",
        "## 反例",
        "",
        rule.bad,
        "",
        "## 正例",
        "",
        rule.good,
        "",
        "## 不算问题的情形",
        "",
        *(f"- {text}" for text in rule.false_alarms),
        "",
    ]
    if rule.options:
        lines += ["## 可在配置中调整", "", *(f"- {k} = {v}" for k, v in rule.options.items()), ""]
    return "\n".join(lines)


def catalogue_lines(rules: Mapping[str, Rule]) -> Iterator[str]:
    """The catalogue by letter, one line a rule."""
    for letter, (_, name) in LETTERS.items():
        chosen = [rule for rule in rules.values() if rule.letter == letter]
        if chosen:
            yield f"{letter} {name}"
        for rule in chosen:
            trial = "  试行" if rule.status == "preview" else ""
            item = rule.item or "不计分"
            yield f"  {rule.code}  {fit(rule.name, 30)} {SEVERITY_NAMES[rule.severity]}  {item}{trial}"
    yield f"共 {len(rules)} 条。看某一条：jixiao rule M201"
