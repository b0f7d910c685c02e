"""A unit's whole budget document: tables, narrative and forms, with sums that add up.

Everything is derived from one ``Book``; a planted fault is an explicit override, so that what
is wrong in a made document is always known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from scorer.forms import Form

from . import halves
from .sheet import Block, Sheet, SheetBuilder, Span

D = Decimal
Cash = Decimal  # 万元, two places


@dataclass(frozen=True)
class Book:
    """What a unit's budget holds, in 万元. ``items`` are (subject code, subject name, basic,
    projects); ``told`` overrides numbers that the narrative states (planted faults)."""

    unit: str
    year: int
    word: str  # 单位 or 部门
    functions: tuple[tuple[str, str, tuple[tuple[str, str, Cash, Cash], ...]], ...]
    projects: tuple[tuple[str, Cash], ...]
    carryover: tuple[tuple[str, Cash], ...]
    people: Cash
    office: Cash
    three_public: tuple[Cash | None, Cash | None, Cash | None, Cash | None]
    procurement: tuple[Cash, Cash, Cash]  # goods, works, services
    forms: tuple[Form, ...]
    style: halves.Style
    duties: tuple[str, ...]
    organs: str
    last_year: Cash
    office_last_year: Cash
    assets: tuple[str, str, str] = ("无。", "无。", "无。")
    told: dict[str, str] = field(default_factory=dict)

    @property
    def basic(self) -> Cash:
        return self.people + self.office

    @property
    def current(self) -> Cash:
        return self.basic + sum((v for _, v in self.projects), D(0))

    @property
    def carried(self) -> Cash:
        return sum((v for _, v in self.carryover), D(0))

    @property
    def total(self) -> Cash:
        return self.current + self.carried


FUNCTIONS = (
    "一般公共服务支出 外交支出 国防支出 公共安全支出 教育支出 科学技术支出 "
    "文化旅游体育与传媒支出 社会保障和就业支出 社会保险基金支出 卫生健康支出 节能环保支出 "
    "城乡社区支出 农林水支出 交通运输支出 资源勘探工业信息等支出 商业服务业等支出 金融支出 "
    "援助其他地区支出 自然资源海洋气象等支出 住房保障支出 粮油物资储备支出 "
    "国有资本经营预算支出 灾害防治及应急管理支出 预备费 其他支出 转移性支出 债务还本支出"
).split()
ORDINALS = (
    "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一 "
    "二十二 二十三 二十四 二十五 二十六 二十七"
).split()
INCOME = ("一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金", "单位资金")


def cash(value: Cash | None, blank: str = "") -> str:
    """A sum of a table cell; zero and None are left blank as these tables do."""
    return blank if not value else f"{value:.2f}"


def told(value: Cash) -> str:
    """A sum of the narrative."""
    return f"{value:,.2f}"


def percent(part: Cash, whole: Cash) -> str:
    return f"{(part * 100 / whole).quantize(D('0.01'))}%"


def _by_function(book: Book) -> dict[str, Cash]:
    return {
        name: sum((basic + project for _, _, basic, project in items), D(0))
        for _, name, items in book.functions
    }


def _balance(book: Book) -> Sheet:
    """预算收支总表."""
    b = SheetBuilder((20, 10, 24, 12, 12, 12))
    b.add(Span("收入", 2), Span("支出", 4))
    b.add("项目", f"{book.year}年", "项目", f"{book.year}年合计", "当年预算安排", "上年结转安排")
    spent = _by_function(book)
    carrying = max(spent, key=lambda name: spent[name])  # carryover is spent there
    for n, (ordinal, name) in enumerate(zip(ORDINALS, FUNCTIONS, strict=True)):
        left, sum_left = "", ""
        if n < len(INCOME):
            left = f"{ORDINALS[n]}、{INCOME[n]}"
            sum_left = cash(book.current) if n == 0 else ""
        now = spent.get(name, D(0))
        then = book.carried if name == carrying else D(0)
        b.add(left, sum_left, f"{ordinal}、{name}", cash(now + then), cash(now), cash(then))
    b.add("本年收入合计", cash(book.current), "本年支出合计", cash(book.total),
          cash(book.current), cash(book.carried))  # fmt: skip
    b.add("上年结转", cash(book.carried), "年终结转", "", "", "")
    b.add("收入总计", cash(book.total), "支出总计", cash(book.total), cash(book.current),
          cash(book.carried))  # fmt: skip
    return b.build()


def _spending(book: Book) -> Sheet:
    """预算支出总表, functions with 类款项."""
    b = SheetBuilder((12, 34, 14, 14, 14))
    b.add(Span("项目", 2), Span(f"{book.year}年预算数", 3))
    b.add("科目编码", "科目名称", "合计", "基本支出", "项目支出")
    projects = book.current - book.basic + book.carried
    b.add(Span("合计", 2), cash(book.total), cash(book.basic), cash(projects))
    biggest = max(_by_function(book).items(), key=lambda item: item[1])[0]
    for code, name, items in book.functions:
        basic = sum((i[2] for i in items), D(0))
        project = sum((i[3] for i in items), D(0))
        extra = book.carried if name == biggest else D(0)
        b.add(code, name, cash(basic + project + extra), cash(basic), cash(project + extra))
        for n, (sub, sub_name, sub_basic, sub_project) in enumerate(items):
            more = extra if n == len(items) - 1 else D(0)
            b.add(sub, sub_name, cash(sub_basic + sub_project + more), cash(sub_basic),
                  cash(sub_project + more))  # fmt: skip
    return b.build()


def _three_public(book: Book) -> Sheet:
    abroad, guests, cars, running = book.three_public
    vehicles = None if cars is None and running is None else (cars or D(0)) + (running or D(0))
    parts = [v for v in (abroad, guests, vehicles) if v is not None]
    whole = sum(parts, D(0)) if parts else None
    b = SheetBuilder((30, 14, 16, 16, 20))
    b.add(Span("项目", 1, 2), Span(f"{book.year}年预算数", 4))
    b.add("合计", "一般公共预算", "政府性基金预算", "国有资本经营预算")
    for name, value in (
        ("因公出国（境）费", abroad), ("公务接待费", guests), ("公务用车购置及运行费", vehicles),
        ("①公务用车购置费", cars), ("②公务用车运行维护费", running), ("合计", whole),
    ):  # fmt: skip
        b.add(name, cash(value), cash(value), "", "")
    return b.build()


def _office(book: Book) -> Sheet:
    b = SheetBuilder((34, 14, 16, 16, 20))
    b.add(Span("单位名称", 1, 2), Span(f"{book.year}预算数", 4))
    b.add("合计", "一般公共预算", "政府性基金预算", "国有资本经营预算")
    for name in ("部门合计", book.unit):
        b.add(name, cash(book.office), cash(book.office), "", "")
    return b.build()


def _project_table(book: Book, rows: tuple[tuple[str, Cash], ...], now: bool) -> Sheet:
    columns = 7 if now else 5
    b = SheetBuilder((34, 12, 14, 14, 16, 14, 12)[:columns])
    tail = [Span("财政专户管理资金", 1, 2), Span("单位资金", 1, 2)] if now else []
    b.add(Span("项目名称", 1, 2), Span("合计", 1, 2), Span(f"{book.year}年财政拨款", 3), *tail)
    b.add("一般公共预算", "政府性基金预算", "国有资本经营预算")
    b.add(*(str(n) for n in range(1, columns + 1)))
    empty = [""] * (columns - 3)
    if rows:
        whole = sum((v for _, v in rows), D(0))
        b.add(book.unit, cash(whole), cash(whole), *empty)
    for name, value in rows:
        b.add(name, cash(value), cash(value), *empty)
    return b.build()


def _tables(book: Book) -> list[Block]:
    named: tuple[tuple[str, Sheet, bool], ...] = (
        ("预算收支总表", _balance(book), True),
        ("预算支出总表", _spending(book), True),
        ("一般公共预算“三公”经费支出预算表", _three_public(book),
         any(v is not None for v in book.three_public)),
        ("机关运行经费预算财政拨款情况统计表", _office(book), bool(book.office)),
        ("项目支出预算表（本年预算）", _project_table(book, book.projects, True), True),
        ("项目支出预算表（上年结转）", _project_table(book, book.carryover, False),
         bool(book.carryover)),
    )  # fmt: skip
    found: list[Block] = []
    for number, (name, table, filled) in enumerate(named, start=1):
        found += [f"预算公开表{number}", f"{book.year}年{name}", f"{book.word}名称：{book.unit}",
                  "单位：万元", table]  # fmt: skip
        if not filled:
            found.append("注：本表无数据")
    return found


def _change(now: Cash, before: Cash, override: str | None = None) -> str:
    if override is not None:
        return override
    rise = now - before
    verbs = ("增加", "增长") if rise >= 0 else ("减少", "下降")
    return f"{verbs[0]}{told(abs(rise))}万元，{verbs[1]}{percent(abs(rise), before)}"


def _narrative(book: Book) -> list[Block]:
    year, unit, t = book.year, book.unit, book.told
    projects = book.total - book.basic
    functions = "；".join(
        f"{name}{told(v)}万元，占{percent(v, book.current)}"
        for name, v in _by_function(book).items()
    )
    goods, works, services = book.procurement
    bought = t.get("procurement", told(goods + works + services))
    change = _change(book.total, book.last_year, t.get("change"))
    office = _change(book.office, book.office_last_year, t.get("office"))
    share = t.get("basic_share", percent(book.basic, book.total))
    return [
        f"第三部分 {year}年度{book.word}预算情况说明",
        f"一、{book.word}预算收支数据变动情况及原因",
        f"{year}年度预算收入总计{told(book.total)}万元，其中：本年收入{told(book.current)}万元，"
        f"上年结转{told(book.carried)}万元，比上年{change}，主要原因是项目支出调整。",
        "二、收入预算情况说明",
        f"{year}年度预算收入{told(book.total)}万元，主要包括一般公共预算拨款收入"
        f"{told(book.current)}万元，占{percent(book.current, book.total)}；"
        f"上年结转{told(book.carried)}万元，占{percent(book.carried, book.total)}。",
        "三、支出预算情况说明",
        f"{year}年度支出预算{told(book.total)}万元，其中：基本支出{told(book.basic)}万元，"
        f"占{share}；项目支出{told(projects)}万元，占{percent(projects, book.total)}。",
        "四、一般公共预算支出情况说明",
        f"{year}年度一般公共预算当年拨款{told(book.current)}万元，主要用于以下方面：{functions}。",
        "五、一般公共预算基本支出情况说明",
        f"{year}年度一般公共预算基本支出{told(book.basic)}万元，其中：人员经费"
        f"{told(book.people)}万元，公用经费{told(book.office)}万元。",
        "六、“三公”经费增减变动原因说明",
        t.get("three_public", "本单位无“三公”经费预算。"),
        "七、机关运行经费增减变动原因说明",
        f"本单位机关运行经费财政拨款预算{told(book.office)}万元，比{year - 1}年预算{office}，"
        "主要原因是人员变动。",
        "八、政府采购情况",
        f"{year}年{unit}政府采购预算总额{bought}万元。其中：政府采购货物预算{told(goods)}万元、"
        f"政府采购工程预算{told(works)}万元、政府采购服务预算{told(services)}万元。",
        "九、绩效管理情况",
        t["managed"],
    ]


def blocks(book: Book) -> list[Block]:
    """The whole document in reading order."""
    found: list[Block] = [
        book.unit, f"{book.year}年度{book.word}预算公开", "第一部分 概况",
        f"一、本{book.word}职责", *book.duties, "二、机构设置情况", book.organs,
        f"第二部分 {book.year}年{book.word}预算报表", *_tables(book), *_narrative(book),
    ]  # fmt: skip
    for form in book.forms:
        found += halves.blocks(form, book.style)
    cars, rooms, others = book.assets
    found += [
        "十、国有资产占有使用情况", "1、车辆情况：", cars, "2、房屋情况：", rooms,
        "3、其他国有资产占有使用情况：", others, "第四部分 名词解释",
        "一、基本支出：保障机构正常运转、完成日常工作任务的人员支出和公用支出。",
        "二、项目支出：在基本支出之外，为完成特定工作任务和事业发展目标安排的支出。",
    ]  # fmt: skip
    return found
