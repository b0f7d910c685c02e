"""Family A: two halves side by side, 实施期 (or 中期) on the left, 年度 on the right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, zip_longest

from scorer.forms import Form, Funding, Indicator, Phase, Yuan

from .sheet import Block, Sheet, SheetBuilder, Span

FRAME = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效益指标", ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")),
    ("满意度指标", ("服务对象满意度指标",)),
)
SOURCES = (
    ("其中：中央财政资金", "central"),
    ("省级财政资金", "province"),
    ("市县（区）财政资金", "city_county"),
    ("单位自筹", "self_raised"),
    ("其他资金", "other"),
)
TEXTS = (
    ("项目概况", "overview"),
    ("立项依据", "basis"),
    ("项目设立必要性", "necessity"),
    ("保证项目实施的制度、措施", "safeguards"),
    ("项目实施计划", "plan"),
)


@dataclass(frozen=True)
class Style:
    """How one county prints the same form. ``money`` is 元 or 万元; ``half_width`` prints
    brackets and colons as ASCII; ``frame`` prints the blank level-2 rows of the template;
    ``numbered`` puts the template's «指标1：» before names; ``variant`` 88 is the national
    annex (中期/年度, 财政拨款 and 其他资金 only)."""

    county: str = "松河"
    money: str = "元"
    half_width: bool = False
    frame: bool = True
    numbered: bool = False
    variant: str = "county"
    title: str = "{county}县(区)级预算部门(单位)项目支出绩效目标申报表"
    dotted: bool = True  # thousands separators


def money(value: Yuan | None, unit: str, separators: bool = True) -> str:
    """A sum as the table prints it; blank for None."""
    if value is None:
        return ""
    if unit == "万元":
        number = Decimal(value) / 10000
        places = max(2, -int(number.normalize().as_tuple().exponent))
        return f"{number:{',' if separators else ''}.{places}f}"
    return f"{value:,}" if separators else str(value)


def _by_level2(rows: tuple[Indicator, ...]) -> dict[tuple[str, str], list[Indicator]]:
    found: dict[tuple[str, str], list[Indicator]] = {}
    for row in rows:
        found.setdefault((row.level1, row.level2), []).append(row)
    return found


def level_order(form: Form, frame: bool) -> list[tuple[str, str]]:
    """(level1, level2) in printed order: the template's frame and whatever the form adds."""
    used = list(dict.fromkeys((i.level1, i.level2) for i in form.indicators))
    template = [(one, two) for one, twos in FRAME for two in twos]
    if not frame:
        template = [pair for pair in template if pair in used]
    extra = [pair for pair in used if pair not in template]
    ones = list(dict.fromkeys(one for one, _ in [*extra, *template]))
    return [pair for one in ones for pair in [*template, *extra] if pair[0] == one]


def reordered(form: Form, frame: bool = True) -> Form:
    """The form with its rows in the order this family prints them."""
    order = {pair: n for n, pair in enumerate(level_order(form, frame))}
    rows = sorted(form.indicators, key=lambda i: (i.phase != "period", order[(i.level1, i.level2)]))
    return replace(form, indicators=tuple(rows))


def _funding_rows(form: Form, style: Style) -> list[tuple[str, str, str, str]]:
    def amount(value: Yuan | None) -> str:
        return money(value, style.money, style.dotted)

    left, right = ("中期", "年度") if style.variant == "88" else ("实施期", "年度")
    rows = [
        (f"{left}资金总额：", amount(form.total_yuan), f"{right}资金总额：",
         amount(form.annual_yuan))
    ]  # fmt: skip
    period, annual = form.funding_period, form.funding_annual
    if style.variant == "88":
        for label, pick in (("其中：财政拨款", _public), ("其他资金", lambda f: f.other)):
            rows.append((label, amount(pick(period)), label, amount(pick(annual))))
        return rows
    for label, name in SOURCES:
        rows.append(
            (label, amount(getattr(period, name)), label, amount(getattr(annual, name)))
        )  # fmt: skip
    return rows


def _public(funding: Funding) -> Yuan | None:
    stated = [v for v in (funding.central, funding.province, funding.city_county) if v is not None]
    return sum(stated) if stated else None


def _head(b: SheetBuilder, form: Form, style: Style) -> None:
    b.add(Span("项目名称", 2), Span(form.project or "", 6))
    department = f"{form.department_code}-{form.department}" if form.department_code else (
        form.department or ""
    )  # fmt: skip
    b.add(Span("主管部门及代码", 2), Span(department, 2), "实施单位", Span(form.unit or "", 3))
    b.add(Span("项目属性", 2), Span(form.attribute or "", 2), "项目期", Span(form.period or "", 3))
    rows = _funding_rows(form, style)
    first, *others = rows
    label = Span(f"项目资金\n（{style.money}）", 2, len(rows))
    b.add(label, first[0], first[1], Span(first[2], 2), Span(first[3], 2))
    for left, left_sum, right, right_sum in others:
        b.add(left, left_sum, Span(right, 2), Span(right_sum, 2))
    if style.variant == "county":
        for name, key in TEXTS:
            b.add(Span(name, 2), Span(form.text(key) or "", 6))
    heads = ("中期目标", "年度目标") if style.variant == "88" else ("实施期目标", "年度目标")
    b.add(Span("总体目标", 2, 2), Span(heads[0], 3), Span(heads[1], 3))
    b.add(Span(form.goal.period or "", 3), Span(form.goal.annual or "", 3))


def _named(rows: list[Indicator], numbered: bool) -> list[tuple[str, str]]:
    return [
        (f"指标{n}：{row.name}" if numbered else row.name, row.value)
        for n, row in enumerate(rows, start=1)
    ]


def _body(b: SheetBuilder, form: Form, style: Style) -> None:
    halves: dict[Phase, dict[tuple[str, str], list[Indicator]]] = {
        "period": _by_level2(form.of_phase("period")),
        "annual": _by_level2(form.of_phase("annual")),
    }
    table: list[tuple[str, str, list[tuple[tuple[str, str], tuple[str, str]]]]] = []
    for level1, level2 in level_order(form, style.frame):
        left = _named(halves["period"].get((level1, level2), []), style.numbered)
        right = _named(halves["annual"].get((level1, level2), []), style.numbered)
        pairs = list(zip_longest(left, right, fillvalue=("", ""))) or [(("", ""), ("", ""))]
        table.append((level1, level2, pairs))
    height = 1 + sum(len(pairs) for _, _, pairs in table)
    heads = ("二级指标", "三级指标", "指标值")
    b.add(Span("绩效指标", 1, height), "一级指标", *heads, *heads)
    b.mark_header(1)
    for level1, group in groupby(table, key=lambda item: item[0]):
        items = list(group)
        first: list[Span] = [Span(level1, 1, sum(len(pairs) for _, _, pairs in items))]
        for _, level2, pairs in items:
            labels = [Span(level2, 1, len(pairs))]
            for n, ((name, value), (name2, value2)) in enumerate(pairs):
                one, two = (first, labels) if n == 0 else ([], [])
                b.add(*one, *two, name, value, *two, name2, value2)
                first = []


def _foot(b: SheetBuilder, form: Form, style: Style) -> None:
    leader, handler = form.leader or "", form.handler or ""
    if style.half_width:
        b.add(
            Span("负责人：", 2), leader, f"经办人：{handler}", "联系电话：", form.phone or "",
            "填报日期：", form.filled_at or "",
        )  # fmt: skip
    else:
        b.add(
            Span("负责人：", 2), leader, "经办人：", handler, "联系电话：", form.phone or "",
            f"填报日期：{form.filled_at or ''}",
        )  # fmt: skip


def sheet(form: Form, style: Style) -> Sheet:
    """The form as one ruled table of eight columns."""
    b = SheetBuilder((2, 8, 10, 17, 10, 10, 17, 10))
    _head(b, form, style)
    _body(b, form, style)
    if style.variant == "county":
        _foot(b, form, style)
    made = b.build()
    if style.half_width:
        ascii_signs = str.maketrans("（）：", "():")
        labels = {
            (c.row, c.column): c.text.translate(ascii_signs)
            for c in made.cells
            if c.text.endswith("：") or "其中" in c.text or c.text.startswith("市县")
            or c.text.startswith("项目资金")
        }  # fmt: skip
        made = made.mapped(labels)
    return made


def blocks(form: Form, style: Style) -> list[Block]:
    """Title, year and table of one form."""
    return [style.title.format(county=style.county), f"（{form.fiscal_year}年度）",
            sheet(form, style)]  # fmt: skip
