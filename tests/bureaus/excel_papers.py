"""Workbooks: exports of provincial systems, templates filled in by hand, forms side by side."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font

from tests.bureaus.catalogue import paper

Row = Sequence[Any]


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def fill(sheet: Any, rows: Sequence[Row], top: int = 1, left: int = 1) -> None:
    """Write rows of values; None leaves a cell out."""
    for r, row in enumerate(rows, start=top):
        for c, value in enumerate(row, start=left):
            if value is not None:
                sheet.cell(r, c, value)


def merge(sheet: Any, ranges: str) -> None:
    for one in ranges.split():
        sheet.merge_cells(one)


@paper(
    "湘22表", ".xlsx",
    """
    = 文物库房恒湿设备更新
    unit 荷州市文物保护中心
    total_yuan 356000
    goal_period 更新库房恒湿机8台，馆藏温湿度达标率保持在98%以上。
    a|成本|经济成本|设备购置控制数|≤35.6万元
    a|产出|数量|恒湿机台数|=8台
    a|产出|质量|设备验收合格率|≥98%
    a|产出|时效|安装完成时间|≤10月
    a|效益|社会|藏品受潮病害件数|≤2件
    a|满意|满意|保管人员满意度|≥90%
    = 乡镇文保员补助
    unit 荷州市文物保护中心
    total_yuan 120000
    goal_period 按季发放50名文保员补助，田野文物巡查全覆盖。
    a|产出|数量|发放补助人数|=50人
    a|产出|时效|发放频次|=4次/年
    a|效益|可持续|巡查制度|健全
    a|满意|满意|文保员满意度|≥95%
    """,
)  # fmt: skip
def hunan() -> bytes:
    book = openpyxl.Workbook()
    s = book.active
    s.title = "22项目支出绩效目标表"
    fill(s, [
        ["部门公开表22"],
        ["项目支出绩效目标表"],
        ["部门：308001_荷州市文物保护中心", *[None] * 11, "金额单位：万元"],
        ["单位代码", "单位（专项）名称", "资金总额", "实施期绩效目标", "绩效指标", *[None] * 8],
        [None, None, None, None, "一级指标", "二级指标", "三级指标", "指标值", "指标值内容",
         "评（扣）分标准", "度量单位", "指标值类型", "备注"],
        ["308001", "荷州市文物保护中心", 47.6],
        ["  308001", "  文物库房恒湿设备更新", 35.6,
         "更新库房恒湿机8台，馆藏温湿度达标率保持在98%以上。", "成本指标", "经济成本指标",
         "设备购置控制数", "35.6", "设备购置费控制在预算内", "超过不得分", "万元", "≤", ""],
        [None, None, None, None, "产出指标", "数量指标", "恒湿机台数", "8", "更新台数", "按比例得分",
         "台", "=", ""],
        [None] * 5 + ["质量指标", "设备验收合格率", "98", "合格台数占比", "按比例得分", "%", "≥"],
        [None] * 5 + ["时效指标", "安装完成时间", "10", "10月底前完成", "逾期扣分", "月", "≤"],
        [None] * 4 + ["效益指标", "社会效益指标", "藏品受潮病害件数", "2", "病害件数", "超过不得分",
         "件", "≤"],
        [None] * 4 + ["满意度指标", "服务对象满意度指标", "保管人员满意度", "90", "问卷", "按比例得分",
         "%", "≥"],
        ["  308001", "  乡镇文保员补助", 12, "按季发放50名文保员补助，田野文物巡查全覆盖。", "产出指标",
         "数量指标", "发放补助人数", "50", "发放人数", "按比例得分", "人", "="],
        [None] * 5 + ["时效指标", "发放频次", "4", "按季发放", "少一次扣分", "次/年", "="],
        [None] * 4 + ["效益指标", "可持续影响指标", "巡查制度", "健全", "制度", "定性打分", "", "定性"],
        [None] * 4 + ["满意度指标", "服务对象满意度指标", "文保员满意度", "95", "问卷", "按比例得分",
         "%", "≥"],
    ])  # fmt: skip
    merge(s, "A2:M2 A3:K3 A4:A5 B4:B5 C4:C5 D4:D5 E4:M4 A7:A12 B7:B12 C7:C12 D7:D12 "
             "E8:E10 A13:A16 B13:B16 C13:C16 D13:D16 E13:E14")  # fmt: skip
    return saved(book)


@paper(
    "有说明页和隐藏页的申报表", ".xlsx",
    """
    = 河道视频监控建设
    fiscal_year 2025
    department_code 415
    department 清浦市水务局
    unit 清浦市河湖事务中心
    attribute 新增项目
    period 2025年1月—2026年12月
    total_yuan 2405000
    annual_yuan 1205000
    funding.period.province 800000
    funding.period.city_county 1605000
    funding.annual.province 400000
    funding.annual.city_county 805000
    goal_period 两年建成重点河段视频点位120处，实现违法排口24小时内发现。
    goal_annual 2025年建成视频点位60处，接入市级平台。
    p|产出|数量|建成视频点位|120处
    p|产出|质量|设备在线率|≥95%
    p|产出|时效|全部点位建成时间|2026年11月30日前
    p|效益|生态|违法排污发现时长|≤24小时
    p|满意|满意|沿河居民满意度|≥85%
    a|产出|数量|建成视频点位|60处
    a|产出|质量|设备在线率|≥95%
    a|产出|时效|当年点位建成时间|2025年11月30日前
    a|产出|成本|单点位建设成本|≤2万元
    a|效益|生态|违法排污发现时长|≤24小时
    a|满意|满意|沿河居民满意度|≥85%
    """,
)  # fmt: skip
def with_instructions() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    wrap = book.add_format({"text_wrap": True, "border": 1})
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    money = book.add_format({"num_format": "#,##0.00", "border": 1})
    about = book.add_worksheet("填报说明")
    about.write_column(0, 0, [
        "填报说明", "1.项目名称：与预算系统一致。", "2.项目资金：填写实施期资金总额和年度资金总额。",
        "3.一级指标、二级指标不得改动；三级指标、指标值由单位填写。", "4.指标值应量化，如“≥95%”。",
    ])  # fmt: skip
    old = book.add_worksheet("2024年（旧）")
    old.write_row(0, 0, ["项目名称", "旧项目"])
    old.hide()
    s = book.add_worksheet("申报表")
    s.set_column(0, 0, 1)  # a narrow empty column in front
    s.set_column(1, 8, 17)
    s.set_default_row(34)
    s.set_landscape()
    s.fit_to_pages(1, 0)
    s.write("B1", "附件3-2")
    s.merge_range("B3:I3", "清浦市市级项目支出绩效目标申报表", wrap)
    s.merge_range("B4:I4", "（2025年度）", wrap)
    s.merge_range("B6:C6", "项目名称", wrap)
    s.merge_range("D6:F6", "", wrap)
    s.write_rich_string("D6", bold, "河道", red, "视频监控", "建设", wrap)
    s.write("G6", "项目属性", wrap)
    s.merge_range("H6:I6", "☑新增项目 □延续项目", wrap)
    s.merge_range("B7:C7", "主管部门及代码", wrap)
    s.merge_range("D7:F7", "清浦市水务局[415]", wrap)
    s.write("G7", "实施单位", wrap)
    s.merge_range("H7:I7", "清浦市河湖\n事务中心", wrap)
    s.merge_range("B8:C8", "项目起止时间", wrap)
    s.merge_range("D8:I8", "2025年1月—2026年12月", wrap)
    s.merge_range("B9:C11", "项目资金\n（万元）", wrap)
    s.write("D9", "实施期资金总额：", wrap)
    s.merge_range("E9:F9", "", money)
    s.write_formula("E9", "=E10+E11", money, 240.5)
    s.write("G9", "年度资金总额：", wrap)
    s.merge_range("H9:I9", "", money)
    s.write_formula("H9", "=H10+H11", money, 120.5)
    for row, (label, period, annual) in enumerate(
        (("其中：省级补助", 80, 40), ("市级资金", 160.5, 80.5)), start=10
    ):
        s.write(f"D{row}", label, wrap)
        s.merge_range(f"E{row}:F{row}", "", money)
        s.write_number(f"E{row}", period, money)
        s.write(f"G{row}", label, wrap)
        s.merge_range(f"H{row}:I{row}", "", money)
        s.write_number(f"H{row}", annual, money)
    s.merge_range("B13:B14", "总体目标", wrap)
    s.merge_range("C13:F13", "实施期目标", wrap)
    s.merge_range("G13:I13", "年度目标", wrap)
    s.merge_range("C14:F14", "两年建成重点河段视频点位120处，实现违法排口24小时内发现。", wrap)
    s.merge_range("G14:I14", "2025年建成视频点位60处，接入市级平台。", wrap)
    s.merge_range("B15:B21", "绩效指标", wrap)
    s.write_row(
        "C15",
        ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"],
        wrap,
    )
    s.merge_range("C16:C19", "产出指标", wrap)
    rate = book.add_format({"num_format": '"≥"0%', "border": 1})
    rows = [
        ("数量指标", "建成视频点位", "120处", "数量指标", "建成视频点位", "60处"),
        ("质量指标", "设备在线率", 0.95, "质量指标", "设备在线率", 0.95),
        (
            "时效指标",
            "全部点位建成时间",
            "2026年11月30日前",
            "时效指标",
            "当年点位建成时间",
            "2025年11月30日前",
        ),
        ("成本指标", "", "", "成本指标", "单点位建设成本", "≤2万元"),
        (
            "生态效益指标",
            "违法排污发现时长",
            "≤24小时",
            "生态效益指标",
            "违法排污发现时长",
            "≤24小时",
        ),
        (
            "服务对象满意度指标",
            "沿河居民满意度",
            "≥85%",
            "服务对象满意度指标",
            "沿河居民满意度",
            "≥85%",
        ),
    ]
    for n, row in enumerate(rows, start=16):
        for c, value in enumerate(row, start=3):
            s.write(n - 1, c, value, rate if isinstance(value, float) else wrap)
    s.write("C20", "效益指标", wrap)
    s.write("C21", "满意度指标", wrap)
    s.merge_range(
        "B23:I23", "注：1.本表由项目单位填报，主管部门审核。2.“其中”各项之和应等于总额。", wrap
    )
    s.write("B25", "填表人：汪晓棠")
    s.write("F25", "联系电话：0777-2210")
    book.close()
    return stream.getvalue()


@paper(
    "一格未合并的表", ".xlsx",
    """
    = 社区食堂运营补贴
    department 民政局
    unit 云台街道办事处
    annual_yuan 480000
    goal_annual 补贴6家社区食堂全年运营，60岁以上老人就餐享优惠。
    a|成本|经济成本|每家食堂补贴标准|≤8万元/年
    a|产出|数量|补贴食堂数量|=6家
    a|产出|数量|老人就餐人次|≥12万人次
    a|产出|质量|食品抽检合格率|=100%
    a|产出|时效|补贴拨付时限|每季度末前
    a|效益|社会|优惠惠及老人数|≥2300人
    a|满意|满意|就餐老人满意度|≥90%
    """,
)  # fmt: skip
def unmerged() -> bytes:
    book = openpyxl.Workbook()
    s = book.active
    fill(s, [
        [None, None, "项目支出绩效目标表"],
        [None],
        ["项目名称", None, "社区食堂运营补贴"],
        ["主管部门", None, "民政局", None, "实施单位", "云台街道办事处"],
        ["项目资金(元)", None, "年度资金总额", None, 480000],
        [None, None, "其中：财政拨款", None, 480000],
        [None, None, "其他资金", None, 0],
        ["年度目标", None, "补贴6家社区食堂全年运营，60岁以上老人就餐享优惠。"],
        [None],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"],
        [None, "成本指标", "经济成本指标", "每家食堂补贴标准", "≤", 8, "万元/年"],
        [None, "产出指标", "数量指标", "补贴食堂数量", "＝", 6, "家"],
        [None, None, None, "老人就餐人次", "≥", 12, "万人次"],
        [None, None, "质量指标", "食品抽检合格率", "＝", 100, "%"],
        [None, None, "时效指标", "补贴拨付时限", "定性", "每季度末前", None],
        [None, "效益指标", "社会效益指标", "优惠惠及老人数", "≥", 2300, "人"],
        [None, "满意度指标", "服务对象满意度指标", "就餐老人满意度", "≥", 90, "%"],
    ])  # fmt: skip
    for row in s.iter_rows(min_row=3, max_row=17, max_col=7):
        for cell in row:
            cell.alignment = Alignment(horizontal="centerContinuous")
    return saved(book)


FIFTY = [
    (f"第{n}批小型水库维修养护", 30000 + 1000 * n, n + 2) for n in range(1, 51)
]  # fmt: skip


@paper(
    "五十张工作表", ".xlsx",
    "\n".join(
        f"""
        = {name}
        unit 岭北县水库管理所
        annual_yuan {amount}
        goal_annual 完成{count}座小型水库的维修养护，汛前具备蓄水条件。
        a|产出|数量|维修养护水库|{count}座
        a|产出|质量|验收合格率|100%
        a|产出|时效|完工时间|5月31日前
        a|效益|社会|下游受益人口|≥{count * 310}人
        a|满意|满意|受益群众满意度|≥88%
        """
        for name, amount, count in FIFTY
    ),
)  # fmt: skip
def fifty_sheets() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    percent = book.add_format({"num_format": "0%"})
    for n, (name, amount, count) in enumerate(FIFTY, start=1):
        s = book.add_worksheet(f"{n}")
        s.merge_range("A1:E1", "2026年部门预算项目绩效目标表")
        s.write_row("A2", ["单位：元"])
        s.write_row("A3", ["项目名称", name])
        s.merge_range("B3:E3", name)
        s.write("A4", "预算单位")
        s.merge_range("B4:C4", "岭北县水库管理所")
        s.write("D4", "年度预算金额")
        s.write("E4", amount)
        s.write("A5", "年度绩效目标")
        s.merge_range("B5:E5", f"完成{count}座小型水库的维修养护，汛前具备蓄水条件。")
        s.write_row("A6", ["一级指标", "二级指标", "三级指标", "指标值", "备注"])
        s.merge_range("A7:A9", "产出指标")
        s.write_row("B7", ["数量指标", "维修养护水库", f"{count}座"])
        s.write_row("B8", ["质量指标", "验收合格率"])
        s.write("D8", 1, percent)
        s.write_row("B9", ["时效指标", "完工时间", "5月31日前"])
        s.write_row("A10", ["效益指标", "社会效益指标", "下游受益人口", f"≥{count * 310}人"])
        s.write_row("A11", ["满意度指标", "服务对象满意度指标", "受益群众满意度", "≥88%"])
    book.close()
    return stream.getvalue()


SIDE = ("农贸市场改造", "公厕提标", "道路交通标线", "背街小巷亮化")


@paper(
    "一页四张表", ".xlsx",
    "\n".join(
        f"""
        = {name}
        department 平津区城管局
        total_yuan {(n + 1) * 150000}
        goal_annual 完成{name}任务{n + 3}处。
        a|产出|数量|完成{name}|{n + 3}处
        a|产出|质量|竣工验收合格率|100%
        a|效益|社会|投诉量下降|≥{n + 5}%
        a|满意|满意|周边居民满意度|≥8{n}%
        """
        for n, name in enumerate(SIDE)
    ),
)  # fmt: skip
def four_on_a_sheet() -> bytes:
    book = openpyxl.Workbook()
    s = book.active
    for n, name in enumerate(SIDE):
        top, left = 1 + 14 * (n // 2), 1 + 6 * (n % 2)  # an empty column and two rows between
        fill(s, [
            ["项目支出绩效目标申报表"],
            ["（2025年度）"],
            ["项目名称", name],
            ["主管部门", "平津区城管局", None, "项目资金（万元）", (n + 1) * 15],
            ["年度目标", f"完成{name}任务{n + 3}处。"],
            ["一级指标", "二级指标", "三级指标", None, "指标值"],
            ["产出指标", "数量指标", f"完成{name}", None, f"{n + 3}处"],
            [None, "质量指标", "竣工验收合格率", None, "100%"],
            ["效益指标", "社会效益指标", "投诉量下降", None, f"≥{n + 5}%"],
            ["满意度指标", "服务对象满意度指标", "周边居民满意度", None, f"≥8{n}%"],
            ["单位负责人：", None, None, "填表日期："],
        ], top, left)  # fmt: skip
        for first, last, row in (
            (0, 4, 0), (0, 4, 1), (1, 4, 2), (1, 2, 3), (1, 4, 4), *((2, 3, r) for r in range(5, 10)),
        ):  # fmt: skip
            s.merge_cells(start_row=top + row, end_row=top + row, start_column=left + first,
                          end_column=left + last)  # fmt: skip
        s.merge_cells(start_row=top + 6, end_row=top + 7, start_column=left, end_column=left)
    return saved(book)


@paper(
    "渝表两级表头", ".xls",
    """
    = 乡村公路安防护栏
    fiscal_year 2025
    department 沙溪县交通局
    unit 沙溪县公路养护中心
    annual_yuan 3260000
    funding.annual.city_county 2260000
    funding.annual.other 1000000
    overview 对临水临崖路段加装护栏，消除隐患。
    goal_annual 加装护栏32公里，临水临崖路段事故数下降。
    a|产出|数量|加装护栏里程|≥32公里
    a|产出|质量|工程验收合格率|=100%
    a|产出|时效|完工及时率|≥95%
    a|产出|成本|每公里造价|≤10.2万元
    a|效益|社会|坠车事故起数|≤1起
    a|满意|满意|沿线村民满意度|≥90%
    """,
)  # fmt: skip
def chongqing() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    s = book.add_sheet("绩效目标")
    s.write_merge(0, 0, 0, 7, "2025年项目支出绩效目标表")
    s.write_merge(1, 1, 0, 3, "编制单位：沙溪县公路养护中心")
    s.write_merge(1, 1, 6, 7, "单位：万元")
    s.write_merge(2, 2, 0, 1, "项目名称")
    s.write_merge(2, 2, 2, 4, "乡村公路安防护栏")
    s.write(2, 5, "业务主管部门")
    s.write_merge(2, 2, 6, 7, "沙溪县交通局")
    s.write_merge(3, 5, 0, 1, "当年预算")
    s.write_merge(3, 3, 2, 4, "合计")
    s.write_merge(3, 3, 5, 7, 326)
    s.write_merge(4, 4, 2, 4, "本级资金")
    s.write_merge(4, 4, 5, 7, 226)
    s.write_merge(5, 5, 2, 4, "其他资金")
    s.write_merge(5, 5, 5, 7, 100)
    s.write_merge(6, 6, 0, 1, "项目概况")
    s.write_merge(6, 6, 2, 7, "对临水临崖路段加装护栏，消除隐患。")
    s.write_merge(7, 7, 0, 1, "当年绩效目标")
    s.write_merge(7, 7, 2, 7, "加装护栏32公里，临水临崖路段事故数下降。")
    s.write_merge(8, 15, 0, 0, "绩效指标")
    heads = ["一级指标", "二级指标", "三级指标", "指标性质", "历史参考值", "指标值", "度量单位"]
    for c, head in enumerate(heads, start=1):
        s.write_merge(8, 9, c, c, head)
    s.write_merge(10, 13, 1, 1, "产出指标")
    rows = [
        ("数量指标", "加装护栏里程", "≥", 28, 32, "公里"),
        ("质量指标", "工程验收合格率", "＝", 100, 100, "%"),
        ("时效指标", "完工及时率", "≥", "", 95, "%"),
        ("成本指标", "每公里造价", "≤", 10.5, 10.2, "万元"),
        ("社会效益指标", "坠车事故起数", "≤", 3, 1, "起"),
        ("服务对象满意度指标", "沿线村民满意度", "≥", 88, 90, "%"),
    ]
    for r, row in enumerate(rows, start=10):
        for c, value in enumerate(row, start=2):
            s.write(r, c, value)
    s.write(14, 1, "效益指标")
    s.write(15, 1, "满意度指标")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@paper(
    "数字格式各样", ".xlsx",
    """
    = 城乡公益性岗位
    unit 嘉禾县就业中心
    total_yuan 6336000
    annual_yuan 2112000
    goal_period 三年累计开发岗位240个，托底安置就业困难人员。
    goal_annual 开发岗位80个。
    p|产出|数量|开发岗位数|240个
    a|产出|数量|开发岗位数|80个
    p|产出|质量|岗位补贴发放准确率|100%
    a|产出|质量|岗位补贴发放准确率|100.0%
    p|产出|时效|补贴到账日|每月15日
    a|产出|时效|补贴到账日|每月15日
    p|产出|成本|岗位补贴标准|¥2,200.00
    a|产出|成本|岗位补贴标准|2200元/人·月
    p|效益|社会|困难人员安置率|≥90%
    a|效益|社会|困难人员安置率|92.5%
    p|效益|社会|首批岗位上岗日期|2025年3月1日
    a|效益|社会|首批岗位上岗日期|2025-03-01
    p|满意|满意|岗位人员满意度|≥90%
    a|满意|满意|岗位人员满意度|≥90%
    """,
)  # fmt: skip
def number_formats() -> bytes:
    import datetime as dt

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    s = book.add_worksheet("表")

    def fmt(code: str) -> Any:
        return book.add_format({"num_format": code})

    s.merge_range("A1:E1", "项目绩效目标表")
    s.write_row("A2", ["单位", "嘉禾县就业中心"])
    s.write_row("A3", ["项目名称", "城乡公益性岗位"])
    s.write("A4", "项目总金额（元）")
    s.write("B4", 6336000, fmt("#,##0"))
    s.write("C4", "年度金额（元）")
    s.write("D4", 2112000, fmt('_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ '))
    s.write("A5", "总体绩效目标")
    s.merge_range("B5:E5", "三年累计开发岗位240个，托底安置就业困难人员。")
    s.write("A6", "年度绩效目标")
    s.merge_range("B6:E6", "开发岗位80个。")
    s.write_row("A7", ["一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值"])
    s.merge_range("A8:A11", "产出指标")
    s.write_row("B8", ["数量指标", "开发岗位数"])
    s.write("D8", 240, fmt('0"个"'))
    s.write("E8", 80, fmt("0个"))
    s.write_row("B9", ["质量指标", "岗位补贴发放准确率"])
    s.write("D9", 1, fmt("0%"))
    s.write("E9", 1, fmt("0.0%"))
    s.write_row("B10", ["时效指标", "补贴到账日"])
    s.write("D10", 15, fmt('"每月"0"日"'))
    s.write("E10", "每月15日")
    s.write_row("B11", ["成本指标", "岗位补贴标准"])
    s.write("D11", 2200, fmt("¥#,##0.00"))
    s.write("E11", 2200, fmt('0"元/人·月"'))
    s.merge_range("A12:A13", "效益指标")
    s.merge_range("B12:B13", "社会效益指标")
    s.write("C12", "困难人员安置率")
    s.write("D12", "≥90%")
    s.write("E12", 0.925, fmt("0.0%;[Red]-0.0%"))
    s.write("C13", "首批岗位上岗日期")
    s.write_datetime("D13", dt.datetime(2025, 3, 1), fmt('yyyy"年"m"月"d"日"'))
    s.write_datetime("E13", dt.datetime(2025, 3, 1), fmt("yyyy-mm-dd"))
    s.write_row("A14", ["满意度指标", "服务对象满意度指标", "岗位人员满意度", "≥90%", "≥90%"])
    book.close()
    return stream.getvalue()


@paper(
    "隐藏行列与空列", ".xlsx",
    """
    = 基层治理网格员补助
    unit 南桥镇人民政府
    attribute 经常性项目
    total_yuan 1036800
    goal_annual 按月足额发放144名网格员补助。
    a|产出|数量|补助网格员人数|144人
    a|产出|质量|补助发放准确率|100%
    a|产出|时效|补助发放时间|每月10日前
    a|效益|社会|网格事件办结率|≥96%
    a|满意|满意|居民满意度|≥92%
    """,
)  # fmt: skip
def hidden_rows() -> bytes:
    book = openpyxl.Workbook()
    s = book.active
    fill(s, [
        [None, "附：项目绩效目标表（2025年）"],
        [None],
        [None, "项目名称", None, "基层治理网格员补助", None, None, "项目性质", "经常性项目"],
        [None, "项目单位", None, "南桥镇人民政府", None, None, "资金总额", "103.68万元"],
        [None, "绩效总目标", None, "按月足额发放144名网格员补助。"],
        [None, "一级指标", None, "二级指标", "内部编号", "三级指标", "目标值", "说明"],
        [None, "产出", None, "数量", "Z01", "补助网格员人数", "144人", "以花名册为准"],
        [None, None, None, "质量", "Z02", "补助发放准确率", "100%", None],
        [None, "产出", None, "数量", "Z99", "（作废）慰问次数", "4次", None],
        [None, None, None, "时效", "Z03", "补助发放时间", "每月10日前", None],
        [None, "效益", None, "社会效益", "Z04", "网格事件办结率", "≥96%", None],
        [None, "满意度", None, "服务对象满意度", "Z05", "居民满意度", "≥92%", None],
        [None],
        [None, "审核人：", None, None, None, None, "填报人："],
    ])  # fmt: skip
    merge(s, "B1:H1 B3:C3 D3:F3 B4:C4 D4:F4 B5:C5 D5:H5")
    s.row_dimensions[9].hidden = True
    s.column_dimensions["E"].hidden = True
    return saved(book)


@paper(
    "合并格里值不在左上角", ".xlsx",
    """
    = 林区防火道维护
    unit 黑松岭林场
    annual_yuan 260000
    goal_annual 维护防火道45公里。
    a|产出|数量|维护防火道长度|≥45公里
    a|产出|时效|完成时间|9月底前
    a|效益|生态|森林火灾受害率|≤0.9‰
    a|满意|满意|林区群众满意度|≥90%
    """,
)  # fmt: skip
def value_in_covered_cell() -> bytes:
    """A script filled the second cell of a range and merged afterwards."""
    book = openpyxl.Workbook()
    s = book.active
    fill(s, [
        ["项目支出绩效目标表（2025年度）"],
        ["项目名称", None, "林区防火道维护"],
        ["项目单位", None, "黑松岭林场", None, "年度资金总额（万元）", 26],
        ["年度目标", None, "维护防火道45公里。"],
        ["一级指标", "二级指标", "三级指标", None, "指标值", None],
        ["产出指标", "数量指标", "维护防火道长度", None, "≥45公里", None],
        [None, "时效指标", "完成时间", None, "9月底前", None],
        ["效益指标", "生态效益指标", "森林火灾受害率", None, "≤0.9‰", None],
        ["满意度指标", "服务对象满意度指标", "林区群众满意度", None, "≥90%", None],
    ])  # fmt: skip
    data = saved(book)
    ranges = (
        "A1:F1 B2:F2 B3:D3 B4:F4 C5:D5 E5:F5 C6:D6 E6:F6 C7:D7 E7:F7 C8:D8 E8:F8 C9:D9 E9:F9 A6:A7"
    )
    return with_merges(data, ranges.split())


def with_merges(data: bytes, ranges: list[str]) -> bytes:
    """Merged ranges put into the XML as they are: the covered cells keep their values."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                cells = "".join(f'<mergeCell ref="{r}"/>' for r in ranges)
                content = content.replace(
                    b"</sheetData>", f"</sheetData><mergeCells>{cells}</mergeCells>".encode()
                )
            new.writestr(name, content)
    return out.getvalue()


@paper(
    "豫表横排指标", ".xlsx",
    """
    = 学校饮水设备
    unit 云梦区实验小学
    total_yuan 188000
    goal_annual 安装直饮水机24台，师生饮水达标。
    a|成本||设备采购总价|≤18.8万元
    a|产出||直饮水机台数|24台
    a|产出||水质检测合格率|100%
    a|效益||受益师生人数|≥1960人
    a|满意|满意|师生满意度|≥95%
    = 校园消防管网改造
    unit 云梦区实验小学
    total_yuan 92000
    goal_annual 改造消防管网380米。
    a|成本||改造单价|≤240元/米
    a|产出||改造长度|380米
    a|效益||消防验收|通过
    a|满意|满意|教职工满意度|≥90%
    """,
    held=False,
)  # fmt: skip
def henan() -> bytes:
    """Level 1 heads stand over pairs of columns; a project takes as many rows as it needs."""
    book = openpyxl.Workbook()
    s = book.active
    fill(s, [
        ["预算项目绩效目标表"],
        ["部门名称：云梦区教育局", *[None] * 12, "单位：万元"],
        ["单位编码（项目编码）", "项目单位（项目名称）", "项目金额", None, None, None, "绩效目标", "绩效指标"],
        [None, None, "资金总额", "政府预算资金", "财政专户管理资金", "单位资金", None, "成本指标", None,
         "产出指标", None, "效益指标", None, "满意度指标", None],
        [None] * 7 + ["三级指标", "指标值"] * 4,
        ["107012", "云梦区实验小学", 28],
        ["4101032500001", "学校饮水设备", 18.8, 18.8, None, None, "安装直饮水机24台，师生饮水达标。",
         "设备采购总价", "≤18.8万元", "直饮水机台数", "24台", "受益师生人数", "≥1960人", "师生满意度", "≥95%"],
        [None] * 9 + ["水质检测合格率", "100%"],
        ["4101032500002", "校园消防管网改造", 9.2, 9.2, None, None, "改造消防管网380米。",
         "改造单价", "≤240元/米", "改造长度", "380米", "消防验收", "通过", "教职工满意度", "≥90%"],
    ])  # fmt: skip
    merge(s, "A1:O1 A3:A5 B3:B5 C3:F3 C4:C5 D4:D5 E4:E5 F4:F5 G3:G5 H3:O3 H4:I4 J4:K4 L4:M4 N4:O4 "
             "A7:A8 B7:B8 C7:C8 D7:D8 E7:E8 F7:F8 G7:G8 H7:H8 I7:I8 L7:L8 M7:M8 N7:N8 O7:O8")  # fmt: skip
    return saved(book)


@paper(
    "川表项目块", ".xlsx",
    """
    = 应急广播维护
    department 安居县融媒体中心
    unit 安居县融媒体中心
    annual_yuan 436500
    goal_annual 保障全县应急广播终端1164个正常播出。
    a|产出|数量|维护终端数量|≥1164个
    a|产出|质量|终端完好率|≥96%
    a|产出|时效|故障修复时限|≤48小时
    a|成本|经济成本|单终端维护费|≤375元/年
    a|效益|社会|预警信息覆盖行政村比例|=100%
    a|满意|满意|村民满意度|≥90%
    """,
    held=True,
)  # fmt: skip
def sichuan_block() -> bytes:
    book = openpyxl.Workbook()
    s = book.active
    fill(s, [
        ["部门预算项目绩效目标表（2025年度）"],
        ["金额单位：万元"],
        ["项目名称", None, "51132225Y000-应急广播维护"],
        ["预算单位", None, "安居县融媒体中心", None, None, "主管部门", None, "安居县融媒体中心"],
        ["项目资金", None, "年度预算总额", None, "财政拨款", "其他资金", None, None],
        [None, None, 43.65, None, 43.65, 0, None, None],
        ["总体目标", None, "保障全县应急广播终端1164个正常播出。"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重"],
        [None, "产出指标", "数量指标", "维护终端数量", "≥", "1164", "个", "20"],
        [None, None, "质量指标", "终端完好率", "≥", "96", "%", "20"],
        [None, None, "时效指标", "故障修复时限", "≤", "48", "小时", "10"],
        [None, "成本指标", "经济成本指标", "单终端维护费", "≤", "375", "元/年", "20"],
        [None, "效益指标", "社会效益指标", "预警信息覆盖行政村比例", "＝", "100", "%", "10"],
        [None, "满意度指标", "服务对象满意度指标", "村民满意度", "≥", "90", "%", "10"],
    ])  # fmt: skip
    merge(s, "A1:H1 A2:H2 A3:B3 C3:H3 A4:B4 C4:E4 F4:G4 A5:B6 C5:D5 C6:D6 F5:H5 F6:H6 A7:B7 C7:H7 "
             "A8:A14 B9:B11")  # fmt: skip
    return saved(book)


@paper(
    "目标和指标分两页", ".xlsx",
    """
    = 老旧电梯更新
    unit 福田里街道
    total_yuan 2400000
    goal_annual 更新老旧电梯16部。
    a|产出|数量|更新电梯|16部
    a|产出|质量|监督检验合格率|100%
    a|效益|社会|困人故障下降|≥70%
    a|满意|满意|业主满意度|≥88%
    = 雨污分流改造
    unit 福田里街道
    total_yuan 3100000
    goal_annual 改造管网2.6公里。
    a|产出|数量|改造管网长度|≥2.6公里
    a|产出|时效|完工时间|12月前
    a|效益|生态|雨天溢流点|0处
    a|满意|满意|居民满意度|≥85%
    """,
    held=True,
)  # fmt: skip
def rich_and_strike() -> bytes:
    """Two forms stacked on one sheet without titles of their own, texts in several fonts."""
    book = openpyxl.Workbook()
    s = book.active
    s["A1"] = "福田里街道2025年项目绩效目标汇总"
    s["A1"].font = Font(bold=True, size=16)
    texts = (
        ("老旧电梯更新", 240, "更新老旧电梯16部。",
         [("产出指标", "数量指标", "更新电梯", "16部"), ("", "质量指标", "监督检验合格率", "100%"),
          ("效益指标", "社会效益指标", "困人故障下降", "≥70%"),
          ("满意度指标", "服务对象满意度指标", "业主满意度", "≥88%")]),
        ("雨污分流改造", 310, "改造管网2.6公里。",
         [("产出指标", "数量指标", "改造管网长度", "≥2.6公里"), ("", "时效指标", "完工时间", "12月前"),
          ("效益指标", "生态效益指标", "雨天溢流点", "0处"),
          ("满意度指标", "服务对象满意度指标", "居民满意度", "≥85%")]),
    )  # fmt: skip
    top = 3
    for name, amount, goal, rows in texts:
        fill(s, [
            ["项目名称", name, None, "项目单位", "福田里街道"],
            ["资金总额（万元）", amount],
            ["年度绩效目标", goal],
            ["序号", "一级指标", "二级指标", "三级指标", "指标值"],
            *([n, *row] for n, row in enumerate(rows, start=1)),
        ], top)  # fmt: skip
        s.cell(top + 4, 4).value = CellRichText(
            TextBlock(InlineFont(b=True), rows[0][2][:2]), rows[0][2][2:]
        )
        s.merge_cells(start_row=top + 4, end_row=top + 5, start_column=2, end_column=2)
        s.merge_cells(start_row=top, end_row=top, start_column=2, end_column=3)
        s.merge_cells(start_row=top + 1, end_row=top + 1, start_column=2, end_column=5)
        s.merge_cells(start_row=top + 2, end_row=top + 2, start_column=2, end_column=5)
        top += 10
    return saved(book)


@paper(
    "桂表三列指标值", ".xlsx",
    """
    = 边境村寨安全饮水
    unit 青峒县水利局
    annual_yuan 5300000
    goal_annual 新建集中供水点12处。
    a|产出|数量|新建供水点|≥12处
    a|产出|质量|水质达标率|≥98%
    a|产出|时效|工程完工时间|≤11月
    a|效益|社会|新增供水人口|≥8600人
    a|效益|可持续|管护责任落实|全部落实
    a|满意|满意|受益群众满意度|≥90%
    = 山塘除险
    unit 青峒县水利局
    annual_yuan 900000
    goal_annual 完成山塘除险9座。
    a|产出|数量|除险山塘数|=9座
    a|效益|社会|下游受保护农田|≥1500亩
    a|满意|满意|村民满意度|≥92%
    """,
    held=True,
)  # fmt: skip
def guangxi() -> bytes:
    """A flat list whose head 年度指标值 stands over sign, value and unit."""
    book = openpyxl.Workbook()
    s = book.active
    fill(s, [
        ["部门预算公开表12"],
        ["项目支出绩效目标公开表"],
        ["单位：万元"],
        ["单位名称", "项目名称", "年度预算", "年度绩效目标", "一级指标", "二级指标", "三级指标", "年度指标值"],
        [None] * 7 + ["符号", "指标值", "计量单位"],
        ["青峒县水利局", "边境村寨安全饮水", 530, "新建集中供水点12处。", "产出指标", "数量指标", "新建供水点",
         "≥", "12", "处"],
        [None] * 5 + ["质量指标", "水质达标率", "≥", "98", "%"],
        [None] * 5 + ["时效指标", "工程完工时间", "≤", "11", "月"],
        [None] * 4 + ["效益指标", "社会效益指标", "新增供水人口", "≥", "8600", "人"],
        [None] * 5 + ["可持续影响指标", "管护责任落实", "定性", "全部落实", ""],
        [None] * 4 + ["满意度指标", "服务对象满意度指标", "受益群众满意度", "≥", "90", "%"],
        ["青峒县水利局", "山塘除险", 90, "完成山塘除险9座。", "产出指标", "数量指标", "除险山塘数", "=", "9", "座"],
        [None] * 4 + ["效益指标", "社会效益指标", "下游受保护农田", "≥", "1500", "亩"],
        [None] * 4 + ["满意度指标", "服务对象满意度指标", "村民满意度", "≥", "92", "%"],
    ])  # fmt: skip
    merge(s, "A2:J2 A3:J3 A4:A5 B4:B5 C4:C5 D4:D5 E4:E5 F4:F5 G4:G5 H4:J4 A6:A11 B6:B11 C6:C11 D6:D11 "
             "E6:E8 E9:E10 A12:A14 B12:B14 C12:C14 D12:D14")  # fmt: skip
    return saved(book)
