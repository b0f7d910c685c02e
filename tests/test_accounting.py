"""Prices times numbers against the project's money."""

from __future__ import annotations

import pytest

from scorer.accounting import accounted
from scorer.forms import Form, Goal, Indicator


def form(
    yuan: int, *rows: tuple[str, str], project: str = "特困供养机构护理", goal: str = ""
) -> Form:
    indicators = tuple(
        Indicator("产出指标", "成本指标" if "元" in value else "数量指标", name, value)
        for name, value in rows
    )
    return Form(project=project, annual_yuan=yuan, goal=Goal(annual=goal), indicators=indicators)


EXPLAINED = {
    "per person and month": form(907_200, ("护理员工资", "≤2700元/人·月"), ("护理员人数", "28名")),
    "the number in the goal": form(
        246_000, ("记账户补贴标准", "≤140元/户·月"),
        project="住户调查记账户补贴", goal="完成全县140户住户收支调查。",
    ),
    "for one of a thing": form(
        540_000, ("单站补助", "≤6000元"), ("建设站点", "≥90个"), project="寄递物流综合服务站点补助"
    ),
    "a unit in the name": form(
        384_000, ("图书采购单价（元/册）", "≤32"), ("采购图书册数（册）", "≥12000"),
        project="图书采购",
    ),
    "two prices": form(
        1_900_000, ("烤房补助", "2.5万元/座"), ("有机肥补贴", "60元/亩"),
        ("新建烤房", "40座"), ("施用有机肥面积", "15000亩"), project="烤烟烤房和有机肥补贴",
    ),
    "parts of the sum": form(
        300_000, ("平台运维费用", "≤18万元"), ("终端更换费用", "≤12万元"), project="平台运维和终端更换"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPLAINED)
def test_prices_and_numbers_account_for_the_money(name: str) -> None:
    assert float(accounted(EXPLAINED[name]) or 0) > 0.95


LEFT_OPEN = {
    "the budget said again": form(540_000, ("项目总成本", "≤54万元")),
    "no number for the price": form(110_000, ("宣传品单价", "≤6元/份"), ("宣传场次", "12场")),
    "more than there is": form(430_000, ("护理补助标准", "≤150元/人·天"), ("护理员", "28000名"), ("护理天数", "15天")),
    "another project's price": form(
        960_000, ("手抬机动泵单价", "≤9800元/台"), ("购置手抬机动泵", "21台"), project="政务中心电梯更换"
    ),
    "nothing": form(88_000, ("经费支出", "控制在预算内")),
}  # fmt: skip


@pytest.mark.parametrize("name", LEFT_OPEN)
def test_what_is_left_open(name: str) -> None:
    assert accounted(LEFT_OPEN[name]) == 0


def test_a_share_of_the_money_and_no_money_at_all() -> None:
    half = form(760_000, ("招聘会场次成本", "≤8000元/场"), ("举办招聘会", "48场"), project="招聘会")
    assert float(accounted(half) or 0) == pytest.approx(0.505, abs=0.001)
    assert accounted(Form(project="招聘会")) is None


def test_strange_rows_account_for_nothing() -> None:
    whole = EXPLAINED["per person and month"]
    assert accounted(whole, strange={0}) == 0
