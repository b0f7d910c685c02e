"""Writes data/samples/: ``python -m tests.makers.samples``."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from . import budget, flat, halves, office, pdf, textual
from .contents import load
from .sheet import Block

D = Decimal
FOLDER = Path(__file__).parents[2] / "data" / "samples"

ARCHIVE = "松河县档案馆2025年单位预算公开.txt"
HOUSING = "松河县市政设施服务中心2025年部门预算公开.pdf"
CIVIL = "松河县民政局_养老护理员培训_绩效目标申报表.docx"
CULTURE = "松河县图书馆_项目支出绩效目标表.xlsx"


def archive_book() -> budget.Book:
    """The archive: a tab-separated text. Planted: see docs/samples.md."""
    forms = load("samples")
    return budget.Book(
        unit="松河县档案馆",
        year=2025,
        word="单位",
        functions=(
            ("201", "一般公共服务支出", (
                ("2012601", "行政运行（档案事务）", D("118.42"), D("2.16")),
                ("2012604", "档案馆", D("0"), D("82.40")),
            )),
            ("208", "社会保障和就业支出", (
                ("2080505", "机关事业单位基本养老保险缴费支出", D("15.37"), D("0")),
            )),
            ("210", "卫生健康支出", (("2101101", "行政单位医疗", D("7.05"), D("0")),)),
            ("221", "住房保障支出", (("2210201", "住房公积金", D("12.60"), D("0")),)),
        ),
        projects=(
            ("馆藏土地改革档案数字化", D("46.80")),
            ("档案库房恒温恒湿设备更新", D("23.60")),
            ("档案宣传与展览", D("8.00")),
            ("遗属生活补助", D("2.16")),
            ("档案目录中心运行维护", D("4.00")),
        ),
        carryover=(),
        people=D("138.92"),
        office=D("14.52"),
        three_public=(None, None, None, None),
        procurement=(D("23.60"), D("0"), D("46.80")),
        forms=tuple(forms[k] for k in ("digitise", "strongroom", "exhibition", "survivors")),
        style=halves.Style(half_width=True, money="元"),
        duties=(
            "1.接收、保管县直机关和乡镇到期移交的档案；2.提供档案查阅服务；3.开展档案数字化；"
            "4.指导全县档案业务；5.举办馆藏档案展览。",
        ),
        organs="内设办公室、保管利用科、业务指导科、信息技术科4个科室。",
        last_year=D("225.70"),
        office_last_year=D("15.10"),
        assets=("无公务用车。", "档案馆库1座，建筑面积2860平方米。", "通用设备186台（套）。"),
        told={
            "change": "增加12.30万元，增长15.45%",
            "managed": "2025年松河县档案馆实行绩效目标管理的项目5个，"
            "涉及一般公共预算当年拨款84.56万元。",
        },
    )  # fmt: skip


def housing_book() -> budget.Book:
    """The street works unit: a real PDF with ruled tables, carryover and 三公."""
    forms = load("samples")
    return budget.Book(
        unit="松河县市政设施服务中心",
        year=2025,
        word="部门",
        functions=(
            ("208", "社会保障和就业支出", (
                ("2080505", "机关事业单位基本养老保险缴费支出", D("21.84"), D("0")),
            )),
            ("210", "卫生健康支出", (("2101102", "事业单位医疗", D("9.92"), D("0")),)),
            ("212", "城乡社区支出", (
                ("2120101", "行政运行", D("162.36"), D("0")),
                ("2120303", "小城镇基础设施建设", D("0"), D("306.00")),
                ("2120501", "城乡社区环境卫生", D("0"), D("38.40")),
            )),
            ("221", "住房保障支出", (("2210201", "住房公积金", D("18.24"), D("0")),)),
        ),
        projects=(
            ("背街小巷路灯补盲及节能改造工程", D("186.00")),
            ("城区雨水管网清淤疏浚及重点易涝点位改造工程（建设北路、粮市街、河湾小区段）",
             D("120.00")),
            ("公共厕所日常管护", D("38.40")),
        ),
        carryover=(("老旧小区雨污分流改造尾款", D("26.50")),),
        people=D("198.16"),
        office=D("14.20"),
        three_public=(None, D("0.80"), None, D("6.40")),
        procurement=(D("12.00"), D("160.00"), D("8.00")),
        forms=tuple(forms[k] for k in ("lights", "drain", "toilet")),
        style=halves.Style(title="{county}县县级预算部门（单位）项目支出绩效目标表"),
        duties=(
            "（一）负责城区道路、排水、路灯等市政设施的建设和维护。",
            "（二）负责城区公共厕所的建设和日常管护。",
            "（三）承担城区防汛排涝的具体工作。",
        ),
        organs="内设综合股、路灯所、排水所、环卫设施所4个股所。",
        last_year=D("611.02"),
        office_last_year=D("13.00"),
        assets=("共有公务用车2辆，均为其他用车（路灯高空作业车）。",
                "办公用房建筑面积460平方米。", "无单价50万元以上的通用设备。"),
        told={
            "office": "增加1.20万元，增长0.92%",
            "basic_share": "46.41%",
            "procurement": "190.00",
            "three_public": "2025年“三公”经费预算7.20万元，其中：公务接待费0.80万元，"
            "公务用车运行维护费6.40万元，与2024年持平。",
            "managed": "2025年松河县市政设施服务中心纳入绩效目标管理的二级项目3个，共计金额"
            "344.40万元。其中：其他运转类项目1个，涉及金额38.40万元；特定目标类项目2个，"
            "涉及金额306.00万元。",
        },
    )  # fmt: skip


def civil_blocks() -> list[Block]:
    """One form in the national annex's layout (中期/年度, 万元)."""
    style = halves.Style(variant="88", money="万元", title="项目支出绩效目标申报表", frame=True)
    return halves.blocks(load("samples")["carers"], style)


def culture_blocks() -> list[Block]:
    """One project of a flat list: sign, value and unit in three columns."""
    return flat.blocks([load("samples")["library"]], flat.FlatStyle(level_merged=True))


def write(folder: Path = FOLDER) -> None:
    """All sample documents into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = textual.tabbed(budget.blocks(archive_book()))
    (folder / ARCHIVE).write_text(text, encoding="utf-8")
    style = pdf.Print(footer="松河县市政设施服务中心2025年部门预算公开", page_per_block=False)
    (folder / HOUSING).write_bytes(pdf.pdf(budget.blocks(housing_book()), style))
    (folder / CIVIL).write_bytes(office.docx_bytes(civil_blocks()))
    (folder / CULTURE).write_bytes(office.xlsx(culture_blocks(), typed=True))


if __name__ == "__main__":
    write()
