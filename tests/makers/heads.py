"""Families B and D to I: one form a table, with the head of the region that prints it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from scorer.forms import Form, Indicator, Yuan

from .flat import parts, weights
from .halves import money
from .sheet import Block, SheetBuilder, Span

Cells = Callable[[int, Indicator], Sequence[str]]


def rows_table(
    b: SheetBuilder, rows: Sequence[Indicator], tail: Cells, spans: Sequence[int],
    before: Span | None = None,
) -> None:  # fmt: skip
    """Indicator rows with level 1 and level 2 merged over their runs. ``spans`` are the widths in
    columns of level 1, level 2, name and each tail cell."""
    numbered = list(enumerate(rows))
    side = [before] if before else []
    for level1, group in groupby(numbered, key=lambda item: item[1].level1):
        block = list(group)
        first = [Span(level1, spans[0], len(block))]
        for level2, run in groupby(block, key=lambda item: item[1].level2):
            items = list(run)
            second = [Span(level2, spans[1], len(items))]
            for n, row in items:
                cells = [
                    Span(text, width)
                    for text, width in zip((row.name, *tail(n, row)), spans[2:], strict=True)
                ]
                b.add(*side, *first, *second, *cells)
                side, first, second = [], [], []


def yuan(value: Yuan | None, unit: str = "万元") -> str:
    return money(value, unit, separators=unit == "元")


# --- B: two blocks one above the other ------------------------------------------


def blocks_b(form: Form, county: str = "青岑") -> list[Block]:
    """长期绩效指标 above, 年度绩效指标 below; 万元."""
    b = SheetBuilder((9, 10, 16, 28, 16, 12))
    b.add("项目名称", Span(form.project or "", 5))
    b.add("主管部门", Span(form.department or "", 2), "项目单位", Span(form.unit or "", 2))
    b.add("项目属性", Span(form.attribute or "", 2), "项目起止时间", Span(form.period or "", 2))
    sources = form.funding_annual
    public = [v for v in (sources.central, sources.province, sources.city_county) if v is not None]
    b.add(Span("项目资金（万元）", 1, 3), Span("资金总额", 2), Span(yuan(form.total_yuan), 3))
    b.add(Span("其中：财政拨款", 2), Span(yuan(sum(public) if public else None), 3))
    b.add(Span("其他资金", 2), Span(yuan(sources.other), 3))
    for name, key in (
        ("项目概况", "overview"), ("立项依据", "basis"), ("项目设立必要性", "necessity"),
        ("项目实施进度计划", "plan"),
    ):  # fmt: skip
        b.add(name, Span(form.text(key) or "", 5))
    b.add("长期目标", Span(form.goal.period or "", 5))
    b.add("年度目标", Span(form.goal.annual or "", 5))
    for title, phase in (("长期绩效指标", "period"), ("年度绩效指标", "annual")):
        rows = form.of_phase(phase)  # type: ignore[arg-type]
        side = Span(title, 1, len(rows) + 1)
        b.add(side, "一级指标", "二级指标", "指标内容", "指标值", "备注")
        rows_table(b, rows, lambda _, row: (row.value, row.explanation or ""), (1,) * 5)
    return [f"{county}县项目支出绩效目标申报表", f"（{form.fiscal_year}年度）", b.build()]


# --- D: Shanghai ----------------------------------------------------------------


def value_d(value: str) -> str:
    """A value as Shanghai prints it: «=100.00(%)», «≥12.00(场)»."""
    sign, number, unit = parts(value)
    if sign == "定性":
        return value
    return f"{sign}{float(number.replace(',', '')):.2f}({unit})" if unit else f"{sign}{number}"


def blocks_d(form: Form) -> list[Block]:
    """One value column, plan dates, two totals in 元."""
    b = SheetBuilder((10, 14, 22, 14, 14, 20))
    b.add("项目名称", Span(form.project or "", 2), "项目类别", Span("特定目标类", 2))
    b.add("主管部门", Span(form.department or "", 2), "实施单位", Span(form.unit or "", 2))
    b.add("项目性质", Span(form.attribute or "", 2), "计划开始日期", Span(
        f"{form.fiscal_year}-01-01", 2))  # fmt: skip
    b.add("是否含有政府采购", Span("是", 2), "计划完成日期", Span(f"{form.fiscal_year}-12-31", 2))
    total, annual = yuan(form.total_yuan, "元"), yuan(form.annual_yuan, "元")
    label = Span("项目资金（元）", 1, 3)
    b.add(label, "项目资金总额", total, Span("年度资金申请总额", 2), annual)
    public = form.funding_annual.city_county
    b.add("其中：财政资金", yuan(form.funding_period.city_county, "元"),
          Span("其中：当年财政拨款", 2), yuan(public, "元"))  # fmt: skip
    b.add("其他资金", yuan(form.funding_period.other, "元"), Span("上年结转资金", 2), "")
    b.add(Span("项目绩效目标", 1, 2), Span("项目总目标", 2), Span("年度总体目标", 3))
    b.add(Span(form.goal.period or "", 2), Span(form.goal.annual or "", 3))
    b.add("一级指标", "二级指标", Span("三级指标", 2), Span("指标目标值", 2))
    b.mark_header(1)
    rows_table(b, form.of_phase("annual"), lambda _, row: (value_d(row.value),), (1, 1, 2, 2))
    return ["财政项目支出绩效目标申报表", f"（{form.fiscal_year}年度）", b.build()]


# --- E: with baselines ----------------------------------------------------------


def blocks_e(form: Form, *, provincial: bool = False) -> list[Block]:
    """Hubei. Provincial tables carry 前年, 上年 and 预计当年实现."""
    b = SheetBuilder((10, 12, 14, 24, 12, 12, 14))
    b.add("项目名称", Span(form.project or "", 3), "项目性质", Span(form.attribute or "", 2))
    b.add("主管部门", Span(form.department or "", 3), "项目单位", Span(form.unit or "", 2))
    b.add("立项依据", Span(form.basis or "", 6))
    b.add("项目概况", Span(form.overview or "", 6))
    b.add("项目总预算", Span(f"{yuan(form.total_yuan)}万元", 3), "项目当年预算",
          Span(f"{yuan(form.annual_yuan)}万元", 2))  # fmt: skip
    b.add("年度绩效目标", Span(form.goal.annual or "", 6))
    rows = form.of_phase("annual")
    if provincial:
        b.add(Span("年度绩效指标表", 1, len(rows) + 2), Span("一级指标", 1, 2),
              Span("二级指标", 1, 2), Span("三级指标", 1, 2), Span("指标值", 3))  # fmt: skip
        b.add("前年", "上年", "预计当年实现")
        b.mark_header(2)
        rows_table(b, rows, lambda _, row: (*_baselines(row), row.value), (1,) * 6)
    else:
        b.add(Span("绩效指标", 1, len(rows) + 1), "一级指标", "二级指标", "三级指标",
              Span("绩效标准", 2), "当年预期实现值")  # fmt: skip
        b.mark_header(1)
        rows_table(b, rows, lambda _, row: ("计划标准", row.value), (1, 1, 1, 2, 1))
    b.add("保障措施", Span(form.safeguards or "", 6))
    return [f"{form.fiscal_year}年项目支出绩效目标申报表", b.build()]


def _baselines(row: Indicator) -> tuple[str, str]:
    """前年 and 上年: a little below the target where it is a number."""
    sign, number, unit = parts(row.value)
    if sign == "定性" or "." in number or not number.replace(",", "").isdigit():
        return ("", row.baseline or "")
    level = int(number.replace(",", ""))
    return (f"{max(0, level - 2)}{unit}", f"{max(0, level - 1)}{unit}")


# --- F: 101号 core table --------------------------------------------------------


def blocks_f(form: Form) -> list[Block]:
    """指标解释 … 佐证资料, 历史 and 年度 values under one head; the project in lines above."""
    b = SheetBuilder((8, 9, 14, 16, 8, 10, 10, 9, 10, 6, 12, 10))
    heads = ("指标解释", "指标值", "设定依据", "取值方式", "数据来源", "分值权重", "赋分规则",
             "佐证资料")  # fmt: skip
    b.add(*(Span(name, 1, 2) for name in ("一级指标", "二级指标", "三级指标", heads[0])),
          Span(heads[1], 2), *(Span(name, 1, 2) for name in heads[2:]))  # fmt: skip
    b.add("历史值", "年度值")
    b.mark_header(2)
    rows = form.of_phase("annual")
    shares = weights(len(rows))
    rows_table(
        b,
        rows,
        lambda n, row: (
            f"考核{row.name}", _baselines(row)[1], row.value, "年度计划", "直接证明",
            "项目档案", str(shares[n]), "按完成比例赋分", "台账",
        ),
        (1,) * 12,
    )  # fmt: skip
    return [
        f"{form.fiscal_year}年度项目支出核心绩效目标和指标表",
        f"项目名称：{form.project}",
        f"主管部门：{form.department}",
        f"实施单位：{form.unit}",
        f"项目资金（万元）：{yuan(form.annual_yuan)}",
        f"年度目标：{form.goal.annual}",
        b.build(),
    ]


# --- G: 成本指标 first, with weight ---------------------------------------------


def blocks_g(form: Form) -> list[Block]:
    """Beijing's flat table with 预算执行率权重, sign, value and unit apart."""
    b = SheetBuilder((10, 12, 24, 10, 10, 10, 10))
    b.add("项目名称", Span(form.project or "", 6))
    b.add("主管部门", Span(form.department or "", 2), "项目实施单位", Span(form.unit or "", 3))
    b.add(Span("项目资金（万元）", 1, 3), "年度资金总额", yuan(form.annual_yuan),
          Span("预算执行率权重", 2), Span("10", 2))  # fmt: skip
    b.add("其中：财政拨款", yuan(form.funding_annual.city_county), Span("", 4))
    b.add("其他资金", yuan(form.funding_annual.other), Span("", 4))
    b.add("年度绩效目标", Span(form.goal.annual or "", 6))
    b.add("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重")
    b.mark_header(1)
    rows = form.of_phase("annual")
    shares = weights(len(rows))
    rows_table(b, rows, lambda n, row: (*parts(row.value), str(shares[n])), (1,) * 7)
    return ["项目支出绩效目标表", f"（{form.fiscal_year}年度）", b.build()]


def blocks_guangdong(form: Form) -> list[Block]:
    """Rows with 实施周期指标值 and 年度指标值 side by side; 成本指标 is a level 1 of its own."""
    b = SheetBuilder((10, 12, 26, 16, 16))
    b.add("项目名称", Span(form.project or "", 4))
    b.add("主管部门", Span(form.department or "", 2), "实施单位", form.unit or "")
    b.add("项目总金额（元）", Span(yuan(form.total_yuan, "元"), 2), "年度金额（元）",
          yuan(form.annual_yuan, "元"))  # fmt: skip
    b.add("总体绩效目标", Span(form.goal.period or "", 4))
    b.add("年度绩效目标", Span(form.goal.annual or "", 4))
    b.add("一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值")
    b.mark_header(1)
    period = {(i.level1, i.level2, i.name): i.value for i in form.of_phase("period")}
    rows = list(form.of_phase("annual"))
    rows_table(
        b, rows, lambda _, row: (period.get((row.level1, row.level2, row.name), ""), row.value),
        (1,) * 5,
    )  # fmt: skip
    return [f"{form.fiscal_year}年项目支出绩效目标表", b.build()]


# --- H: 自评表 ------------------------------------------------------------------


def blocks_h(form: Form) -> list[Block]:
    """年度指标值 beside 实际完成值, 分值, 得分; only the target column is a target."""
    b = SheetBuilder((9, 10, 12, 20, 12, 12, 8, 8, 14))
    b.add(Span("项目名称", 2), Span(form.project or "", 7))
    b.add(Span("主管部门", 2), Span(form.department or "", 3), "实施单位",
          Span(form.unit or "", 3))  # fmt: skip
    b.add(Span("项目资金\n（万元）", 2, 2), "", "年初预算数", "全年预算数", "全年执行数", "分值",
          "执行率", "得分")  # fmt: skip
    whole = yuan(form.annual_yuan)
    b.add("年度资金总额", whole, whole, whole, "10", "100%", "10")
    b.add(Span("年度总体目标", 1, 2), Span("预期目标", 4), Span("实际完成情况", 4))
    b.add(Span(form.goal.annual or "", 4), Span("已按计划完成。", 4))
    rows = form.of_phase("annual")
    b.add(Span("绩效指标", 1, len(rows) + 1), "一级指标", "二级指标", "三级指标", "年度指标值",
          "实际完成值", "分值", "得分", "偏差原因分析及改进措施")  # fmt: skip
    b.mark_header(1)
    shares = weights(len(rows))
    rows_table(
        b, rows,
        lambda n, row: (row.value, _done(row.value), str(shares[n]), str(shares[n]), ""),
        (1,) * 8,
    )  # fmt: skip
    b.add(Span("总分", 6), "100", "100", "")
    return ["项目支出绩效自评表", f"（{form.fiscal_year}年度）", b.build()]


def _done(value: str) -> str:
    sign, number, unit = parts(value)
    return "完成" if sign == "定性" else f"{number}{unit}"


# --- I: 部门整体 ----------------------------------------------------------------


def blocks_i(form: Form) -> list[Block]:
    """部门整体支出绩效目标表: another object, recognised and said so."""
    b = SheetBuilder((10, 14, 14, 24, 14, 12))
    b.add("部门名称", Span(form.department or "", 5))
    b.add(Span("年度主要任务", 1, 2), "任务名称", Span("主要内容", 2), "预算金额（万元）",
          "其中：财政拨款")  # fmt: skip
    b.add(form.project or "", Span(form.overview or "", 2), yuan(form.annual_yuan),
          yuan(form.annual_yuan))  # fmt: skip
    b.add("年度总体目标", Span(form.goal.annual or "", 5))
    rows = form.of_phase("annual")
    b.add(Span("年度绩效指标", 1, len(rows) + 1), "一级指标", "二级指标", Span("三级指标", 2),
          "指标值")  # fmt: skip
    b.mark_header(1)
    rows_table(b, rows, lambda _, row: (row.value,), (1, 1, 2, 1))
    return [f"{form.fiscal_year}年部门整体支出绩效目标表", b.build()]
