"""What a clerk can do to any form without saying more gains nothing, whatever the trade."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from scorer.targets import parse_target
from tests.pairs.pairs import total, trades

Data = dict[str, Any]
TRADES = list(trades())


def rows(*texts: str) -> list[dict[str, str]]:
    parts = (text.split("|") for text in texts)
    return [{"level2": f"{two}指标", "name": name, "value": value} for two, name, value in parts]


def boilerplate(form: Data) -> Data:
    """A line of talk in every class."""
    more = rows(
        "数量|完成工作数量|完成年度任务", "质量|工作质量|符合要求", "时效|工作及时性|及时",
        "成本|成本控制|不超预算", "经济效益|促进经济发展|促进", "社会效益|服务社会能力|提升",
        "生态效益|生态环境|改善", "可持续影响|可持续发展|长期", "服务对象满意度|服务对象满意度|≥95%",
    )  # fmt: skip
    return {**form, "indicators": form["indicators"] + more}


def said_again(form: Data) -> Data:
    """Three rows once more in other words."""
    again = [
        {**row, "name": frame.format(row["name"])}
        for row, frame in zip(
            form["indicators"], ("{}情况", "完成{}", "{}（本年度）"), strict=False
        )
    ]
    return {**form, "indicators": form["indicators"] + again}


def cut_up(form: Data) -> Data | None:
    """One number in five lots."""
    done: list[dict[str, str]] = []
    for n, row in enumerate(form["indicators"]):
        quantities = parse_target(row["value"]).quantities
        if "数量" in row["level2"] and len(quantities) == 1 and quantities[0].value >= 10:
            part = f"≥{int(quantities[0].value) // 5}{quantities[0].unit}"
            lots = [{**row, "name": f"第{k}批{row['name']}", "value": part} for k in "一二三四五"]
            return {**form, "indicators": done + lots + form["indicators"][n + 1 :]}
        done.append(row)
    return None


def emptied(field: str) -> Callable[[Data], Data | None]:
    """What was written there, empty as it may have been, deleted."""

    def change(form: Data) -> Data | None:
        return {**form, field: ""} if form.get(field) else None

    return change


def strict_talk(form: Data) -> Data | None:
    """Safeguards that speak of strictness and of laws for everybody."""
    talk = "建立健全各项规章制度，严格考核，执行《中华人民共和国预算法》，确保落实到位。"
    return {**form, "safeguards": talk} if form.get("safeguards") else None


def budget_rules(form: Data) -> Data | None:
    """The rules of budgets and targets as what the project rests on."""
    papers = "财预〔2015〕88号；《中华人民共和国预算法》；《预算绩效管理办法》"
    return {**form, "basis": papers} if form.get("basis") else None


TRICKS: dict[str, Callable[[Data], Data | None]] = {
    "boilerplate": boilerplate,
    "said again": said_again,
    "cut up": cut_up,
    "no safeguards": emptied("safeguards"),
    "no basis": emptied("basis"),
    "strict talk": strict_talk,
    "budget rules": budget_rules,
}


def won(trick: Callable[[Data], Data | None]) -> Iterator[tuple[float, str]]:
    for form in TRADES:
        after = trick(form)
        if after is not None and (gain := round(total(after) - total(form), 1)) > 0:
            yield gain, form["project"]


@pytest.mark.parametrize("name", TRICKS)
def test_no_trade_gains(name: str) -> None:
    assert list(won(TRICKS[name])) == []
