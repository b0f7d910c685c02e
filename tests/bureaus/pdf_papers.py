"""PDF: printed by a browser, by LibreOffice, or drawn line by line in unkind ways."""

from __future__ import annotations

import io
import re

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.bureaus import word_papers
from tests.bureaus.catalogue import paper
from tests.bureaus.programs import conversion, printed

FONT = "STSong-Light"


def html_table(rows: list[list[str]], head: int = 0) -> str:
    """Rows of «text#across#down» cells; the first ``head`` rows repeat on every page."""

    def line(row: list[str]) -> str:
        out = []
        for cell in row:
            text, *spans = cell.split("#")
            across, down = ([*spans, "1", "1"])[:2]
            out.append(f'<td colspan="{across}" rowspan="{down}">{text}</td>')
        return "<tr>" + "".join(out) + "</tr>"

    top, rest = rows[:head], rows[head:]
    thead = "<thead>" + "".join(map(line, top)) + "</thead>" if top else ""
    return f"<table>{thead}<tbody>{''.join(map(line, rest))}</tbody></table>"


def page(style: str, body: str) -> str:
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><style>"
        "body{font-family:'Noto Serif CJK SC',serif;font-size:10.5pt}"
        "table{border-collapse:collapse;width:100%}td{border:.5pt solid #000;padding:3pt}"
        f"{style}</style></head><body>{body}</body></html>"
    )


ROWS = [
    ("产出指标", "数量指标", "改造户表数量", "≥2600户", "1300户"),
    ("产出指标", "数量指标", "更换老旧管网", "≥18公里", "9公里"),
    ("产出指标", "质量指标", "管网打压试验合格率", "100%", "100%"),
    ("产出指标", "质量指标", "水质检测综合合格率", "≥99%", "≥99%"),
    (
        "产出指标",
        "时效指标",
        "全部改造完成时间",
        "2026年10月31日前",
        "2025年12月15日前完成半数小区改造",
    ),
    ("产出指标", "成本指标", "户表改造单价", "≤1180元/户", "≤1180元/户"),
    ("效益指标", "经济效益指标", "漏损水量减少折算水费", "≥160万元/年", "≥80万元/年"),
    ("效益指标", "社会效益指标", "停水事件次数", "≤3次", "≤5次"),
    ("效益指标", "生态效益指标", "供水管网漏损率", "≤9%", "≤11%"),
    ("效益指标", "可持续影响指标", "新管网设计使用年限", "≥50年", "≥50年"),
    ("满意度指标", "服务对象满意度指标", "用水居民满意度", "≥90%", "≥88%"),
]


def water(county: str, name: str) -> str:
    lines = [f"= {name}", f"unit {county}供水公司", f"department {county}住建局", "total_yuan 30680000",
             "annual_yuan 15340000", "goal_period 两年完成2600户户表和18公里管网改造。",
             "goal_annual 完成1300户户表和9公里管网改造。"]  # fmt: skip
    short = {"产出指标": "产出", "效益指标": "效益", "满意度指标": "满意"}
    for phase, at in (("p", 3), ("a", 4)):
        lines += [f"{phase}|{short[r[0]]}|{r[1]}|{r[2]}|{r[at]}" for r in ROWS]
    return "\n".join(lines)


def water_rows(county: str, name: str) -> list[list[str]]:
    head = [
        ["项目名称#2", f"{name}#5"],
        ["主管部门#2", f"{county}住建局#2", "实施单位", f"{county}供水公司#2"],
        ["项目资金<br>（万元）#2", "实施期资金总额", "3068.00", "年度资金总额", "1534.00#2"],
        ["总体目标#1#2", "实施期目标#3", "年度目标#3"],
        ["两年完成2600户户表和18公里管网改造。#3", "完成1300户户表和9公里管网改造。#3"],
        ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"],
    ]
    for n, (one, two, label, period, annual) in enumerate(ROWS):
        row = [two, label, period, two, label, annual]
        first = [r[0] for r in ROWS].index(one) == n
        head.append([f"{one}#1#{[r[0] for r in ROWS].count(one)}", *row] if first else row)
    return head


@paper("浏览器打印跨页", ".pdf", water("临河县", "城区供水管网改造"), slow=True)
def browser_pages() -> bytes:
    rows = water_rows("临河县", "城区供水管网改造")
    style = "@page{size:A4;margin:18mm} td{height:34pt} tr{break-inside:auto}"
    return printed(page(style, "<h2 align=center>项目支出绩效目标申报表</h2>" + html_table(rows)))


@paper("浏览器打印横页底纹", ".pdf", water("东陵县", "乡镇供水一体化"), slow=True)
def browser_shaded() -> bytes:
    """Zebra stripes, horizontal borders only, a grey head, a footer on every page."""
    rows = water_rows("东陵县", "乡镇供水一体化")
    style = (
        "@page{size:A4 landscape;margin:15mm} td{border:none;border-bottom:.6pt solid #888;"
        "border-left:.3pt dotted #999} tr:nth-child(even){background:#eef2f7}"
        "footer{position:fixed;bottom:0;font-size:8pt;color:#777}"
    )
    body = "<footer>东陵县住建局 部门预算公开</footer><h3>东陵县项目绩效目标表</h3>"
    return printed(page(style, body + html_table(rows)))


@paper("浏览器打印表头重复", ".pdf", """
= 春节文化惠民演出
unit 柳林县文化馆
annual_yuan 180000
goal_annual 演出18场。
a|产出|数量|演出场次|≥18场
a|产出|质量|节目审查通过率|=100%
a|效益|社会|观演人次|≥2.2万人次
a|满意|满意|观众满意度|≥93%
= 农家书屋图书更新
unit 柳林县文化馆
annual_yuan 96000
goal_annual 更新书屋60家。
a|产出|数量|更新书屋数|=60家
a|产出|时效|配送完成时间|≤9月
a|效益|社会|年借阅册次增长|≥10%
a|满意|满意|读者满意度|≥90%
= 流动文化车运行
unit 柳林县文化馆
annual_yuan 72000
goal_annual 下乡服务120次。
a|产出|数量|下乡服务次数|≥120次
a|成本|经济成本|单次运行费用|≤600元
a|效益|社会|覆盖行政村|≥96个
a|满意|满意|群众满意度|≥92%
""", slow=True)  # fmt: skip
def browser_list() -> bytes:
    """A flat list over pages, the head on each, one project cut by a page break."""
    head = [["项目支出绩效目标表（05-2表）#10"],
            ["单位名称", "项目名称", "项目预算（万元）", "年度目标", "一级指标", "二级指标", "三级指标", "指标性质",
             "指标值", "度量单位"]]  # fmt: skip
    projects = [
        ("春节文化惠民演出", "18", "演出18场。", [
            ("产出指标", "数量指标", "演出场次", "≥", "18", "场"), ("产出指标", "质量指标", "节目审查通过率", "=", "100", "%"),
            ("效益指标", "社会效益指标", "观演人次", "≥", "2.2", "万人次"), ("满意度指标", "服务对象满意度指标", "观众满意度", "≥", "93", "%")]),
        ("农家书屋图书更新", "9.6", "更新书屋60家。", [
            ("产出指标", "数量指标", "更新书屋数", "=", "60", "家"), ("产出指标", "时效指标", "配送完成时间", "≤", "9", "月"),
            ("效益指标", "社会效益指标", "年借阅册次增长", "≥", "10", "%"), ("满意度指标", "服务对象满意度指标", "读者满意度", "≥", "90", "%")]),
        ("流动文化车运行", "7.2", "下乡服务120次。", [
            ("产出指标", "数量指标", "下乡服务次数", "≥", "120", "次"), ("成本指标", "经济成本指标", "单次运行费用", "≤", "600", "元"),
            ("效益指标", "社会效益指标", "覆盖行政村", "≥", "96", "个"), ("满意度指标", "服务对象满意度指标", "群众满意度", "≥", "92", "%")]),
    ]  # fmt: skip
    rows = list(head)
    for name, amount, goal, lines in projects:
        for n, line in enumerate(lines):
            lead = [f"柳林县文化馆#1#{len(lines)}", f"{name}#1#{len(lines)}", f"{amount}#1#{len(lines)}",
                    f"{goal}#1#{len(lines)}"] if n == 0 else []  # fmt: skip
            rows.append([*lead, *line])
    style = "@page{size:A4 landscape;margin:12mm} td{height:62pt}"
    return printed(page(style, html_table(rows, head=2)))


for _name, _suffix, _make, _wanted, _held in (
    ("赣式", ".pdf", word_papers.jiangxi, word_papers.JIANGXI, False),
    ("冀式", ".pdf", word_papers.hebei, word_papers.HEBEI, False),
    ("分开表", ".pdf", word_papers.split_tables, word_papers.SPLIT, True),
    ("沪式", ".pdf", word_papers.shanghai, word_papers.SHANGHAI, True),
    ("陕式", ".pdf", word_papers.shaanxi, word_papers.SHAANXI, True),
    ("旧Word", ".doc", word_papers.jiangxi, word_papers.JIANGXI, False),
):
    paper(f"LibreOffice转的{_name}", _suffix, _wanted, slow=True, held=_held)(
        conversion(_suffix.removeprefix("."), ".docx", _make)
    )


# --- drawn by hand --------------------------------------------------------------------


class Drawing:
    """Cells drawn at slots of a grid of columns and rows; ``pen`` draws one border line."""

    def __init__(self, canvas: Canvas, xs: list[float], top: float, height: float) -> None:
        self.c, self.xs, self.top, self.height = canvas, xs, top, height

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.c.line(x0, y0, x1, y1)

    def text(self, x: float, y: float, text: str, size: float) -> None:
        self.c.setFont(FONT, size)
        self.c.drawString(x, y, text)

    def cell(self, row: int, column: int, text: str, across: int = 1, down: int = 1, size: float = 9) -> None:  # fmt: skip
        x0, x1 = self.xs[column], self.xs[column + across]
        y1 = self.top - row * self.height
        y0 = y1 - down * self.height
        for a in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            self.line(*a)
        fits = max(1, int((x1 - x0 - 4) / size))
        lines = [text[i : i + fits] for i in range(0, len(text), fits)]
        y = (y0 + y1) / 2 + (len(lines) - 1) * size * 0.6 - size * 0.35
        for one in lines:
            self.text(x0 + 2, y, one, size)
            y -= size * 1.2


def canvas(size: tuple[float, float] = A4) -> tuple[Canvas, io.BytesIO]:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    stream = io.BytesIO()
    return Canvas(stream, pagesize=size, invariant=True), stream


def ward(
    d: Drawing, name: str, unit: str, rows: list[tuple[str, str, str, str]], amount: str
) -> None:
    """A plain form of one half on six columns."""
    d.cell(0, 0, "项目名称", 2)
    d.cell(0, 2, name, 4)
    d.cell(1, 0, "实施单位", 2)
    d.cell(1, 2, unit, 2)
    d.cell(1, 4, "年度资金总额（万元）")
    d.cell(1, 5, amount)
    d.cell(2, 0, "年度目标", 2, 2)
    d.cell(2, 2, f"按计划完成{name}，各项任务达到合同要求。", 4, 2)
    d.cell(4, 0, "绩效指标", 1, len(rows) + 1)
    for c, head in enumerate(("一级指标", "二级指标"), start=1):
        d.cell(4, c, head)
    d.cell(4, 3, "三级指标", 2)
    d.cell(4, 5, "指标值")
    ones = [r[0] for r in rows]
    for n, (one, two, label, value) in enumerate(rows, start=5):
        if ones.index(one) == n - 5:
            d.cell(n, 1, one, 1, ones.count(one))
        d.cell(n, 2, two)
        d.cell(n, 3, label, 2)
        d.cell(n, 5, value)


PARK = [
    ("产出指标", "数量指标", "改造口袋公园", "5个"),
    ("产出指标", "数量指标", "新增绿地面积", "≥1.8公顷"),
    ("产出指标", "质量指标", "苗木成活率", "≥95%"),
    ("产出指标", "时效指标", "开放时间", "2025年9月底前"),
    ("产出指标", "成本指标", "每平方米造价", "≤260元"),
    ("效益指标", "社会效益指标", "服务半径覆盖人口", "≥2.4万人"),
    ("效益指标", "生态效益指标", "绿化覆盖率提高", "0.3个百分点"),
    ("满意度指标", "服务对象满意度指标", "市民满意度", "≥90%"),
]


def expected(name: str, unit: str, yuan: int, rows: list[tuple[str, str, str, str]]) -> str:
    short = {"产出指标": "产出", "效益指标": "效益", "满意度指标": "满意", "成本指标": "成本"}
    lines = [f"= {name}", f"unit {unit}", f"annual_yuan {yuan}",
             f"goal_annual 按计划完成{name}，各项任务达到合同要求。"]  # fmt: skip
    return "\n".join([*lines, *(f"a|{short[r[0]]}|{r[1]}|{r[2]}|{r[3]}" for r in rows)])


XS = [40, 60, 120, 210, 330, 430, 550]


class Bars(Drawing):
    """Borders as filled rectangles, bold by printing twice, a slanted and a tiled watermark."""

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.c.rect(min(x0, x1) - 0.3, min(y0, y1) - 0.3, abs(x1 - x0) + 0.6, abs(y1 - y0) + 0.6,
                    stroke=0, fill=1)  # fmt: skip

    def text(self, x: float, y: float, text: str, size: float) -> None:
        super().text(x, y, text, size)
        super().text(x + 0.3, y, text, size)


@paper(
    "实心条边框、双印粗体、水印", ".pdf", expected("口袋公园建设", "青浦市园林处", 2860000, PARK)
)
def filled_bars() -> bytes:
    c, stream = canvas()
    c.saveState()
    c.setFillGray(0.85)
    c.translate(300, 420)
    c.rotate(45)
    c.setFont(FONT, 60)
    c.drawCentredString(0, 0, "青浦市财政局")
    c.restoreState()
    d = Bars(c, [float(x) for x in XS], 760, 30)
    d.text(180, 790, "项目支出绩效目标表（2025年度）", 15)
    ward(d, "口袋公园建设", "青浦市园林处", PARK, "286")
    c.showPage()
    c.save()
    return stream.getvalue()


class Dashed(Drawing):
    """Dashed borders in short pieces, every sign placed by itself, labels spread out."""

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.c.setDash(3, 2)
        self.c.setLineWidth(0.4)
        self.c.line(x0, y0, x1, y1)

    def text(self, x: float, y: float, text: str, size: float) -> None:
        wide = (
            size * 1.25 if len(text) == 4 and "指标" not in text and not text[0].isdigit() else size
        )
        for sign in text:
            super().text(x, y, sign, size)
            x += wide if ord(sign) > 255 else size * 0.52


@paper("虚线边框、逐字定位、横转页", ".pdf", expected("校园围墙维修", "第三中学", 460000, PARK[2:]))
def dashed_rotated() -> bytes:
    """The page is printed sideways: /Rotate 90 with the text turned back."""
    c, stream = canvas(A4)
    c.setPageRotation(90)
    c.translate(A4[0], 0)
    c.rotate(90)
    d = Dashed(c, [float(x) + 80 for x in XS], 520, 36)
    c.setFont(FONT, 15)
    c.drawString(300, 545, "项目支出绩效目标申报表")
    ward(d, "校园围墙维修", "第三中学", PARK[2:], "46")
    c.showPage()
    c.save()
    return stream.getvalue()


class NoLines(Drawing):
    """Nothing drawn: columns are told by white space only."""

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        pass


@paper(
    "没有一条线的表", ".pdf", expected("救灾物资储备", "应急物资储备站", 920000, PARK), held=True
)
def without_lines() -> bytes:
    c, stream = canvas()
    d = NoLines(c, [40.0, 75.0, 140.0, 230.0, 330.0, 430.0, 550.0], 760, 34)
    d.text(180, 790, "项目支出绩效目标表", 15)
    ward(d, "救灾物资储备", "应急物资储备站", PARK, "92")
    c.showPage()
    c.save()
    return stream.getvalue()


class Open(Drawing):
    """The outer left and right borders are missing, inner lines are there."""

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if x0 == x1 and x0 in (self.xs[0], self.xs[-1]):
            return
        self.c.line(x0, y0, x1, y1)


@paper("左右开口、一页两表", ".pdf", expected("街道驿站", "城北街道", 150000, PARK[:4])
       + "\n" + expected("社工站运营", "城北街道", 220000, PARK[4:]))  # fmt: skip
def open_sides() -> bytes:
    c, stream = canvas()
    for top, name, rows, amount in (
        (780, "街道驿站", PARK[:4], "15"),
        (390, "社工站运营", PARK[4:], "22"),
    ):
        d = Open(c, [float(x) for x in XS], top, 28)
        d.text(200, top + 14, "项目支出绩效目标表", 14)
        ward(d, name, "城北街道", rows, amount)
    c.setFont(FONT, 8)
    c.drawString(290, 20, "— 17 —")
    c.showPage()
    c.save()
    return stream.getvalue()


@paper(
    "横页三页、行内断页",
    ".pdf",
    expected("数字档案馆", "县档案馆", 3300000, PARK + PARK[:0]),
    held=True,
)
def cut_in_a_cell() -> bytes:
    """The table is cut by the page's edge between rows and a name is cut in two."""
    c, stream = canvas(landscape(A4))
    xs = [float(x) * 1.35 for x in XS]
    first, second = PARK[:3], PARK[3:]
    d = Drawing(c, xs, 540, 40)
    d.text(330, 560, "项目支出绩效目标表", 15)
    name = "数字档案馆"
    d.cell(0, 0, "项目名称", 2)
    d.cell(0, 2, name, 4)
    d.cell(1, 0, "实施单位", 2)
    d.cell(1, 2, "县档案馆", 2)
    d.cell(1, 4, "年度资金总额（万元）")
    d.cell(1, 5, "330")
    d.cell(2, 0, "年度目标", 2)
    d.cell(2, 2, f"按计划完成{name}，各项任务达到合同要求。", 4)
    for n, part in enumerate((first, second)):
        if n:
            c.showPage()
            d = Drawing(c, xs, 560, 40)
        top = 3 if not n else 0
        if not n:
            d.cell(3, 0, "绩效指标", 1, 9)
            for at, head, wide in (
                (1, "一级指标", 1),
                (2, "二级指标", 1),
                (3, "三级指标", 2),
                (5, "指标值", 1),
            ):
                d.cell(3, at, head, wide)
            top = 4
        else:
            d.cell(0, 0, "", 1, len(part))
        ones = [r[0] for r in part]
        for r, (one, two, label, value) in enumerate(part):
            if ones.index(one) == r:
                d.cell(top + r, 1, one if not (n and one == "产出指标") else "", 1, ones.count(one))
            d.cell(top + r, 2, two)
            d.cell(top + r, 3, label, 2)
            d.cell(top + r, 5, value)
    c.showPage()
    c.save()
    return stream.getvalue()


@paper("字体没有文字对照表", ".pdf", water("临河县", "城区供水管网改造"), slow=True, scan=True)
def garbled() -> bytes:
    """A browser's PDF without its ToUnicode tables: to be told, never read as garbage."""
    data = browser_pages()
    return re.sub(rb"/ToUnicode", rb"/ToUnicodX", data)


@paper(
    "公开文本里的表", ".pdf", expected("人居环境整治", "大湾乡人民政府", 680000, PARK), slow=True
)
def inside_a_report() -> bytes:
    rows = [["项目名称#2", "人居环境整治#4"],
            ["实施单位#2", "大湾乡人民政府#2", "年度资金总额（万元）", "68"],
            ["年度目标#2", "按计划完成人居环境整治，各项任务达到合同要求。#4"],
            [f"绩效指标#1#{len(PARK) + 1}", "一级指标", "二级指标", "三级指标#2", "指标值"]]  # fmt: skip
    ones = [r[0] for r in PARK]
    for n, (one, two, label, value) in enumerate(PARK):
        lead = [f"{one}#1#{ones.count(one)}"] if ones.index(one) == n else []
        rows.append([*lead, two, f"{label}#2", value])
    text = "".join(
        f"<p>（{n}）大湾乡2025年部门预算收入总计1268.4万元，比上年增加35.2万元，增长2.85%，"
        "主要原因是项目增加。公用经费按照定额标准编制，严格执行政府过紧日子要求。</p>" for n in range(1, 30)
    )  # fmt: skip
    other = html_table(
        [
            ["科目编码", "科目名称", "合计"],
            ["201", "一般公共服务支出", "835.60"],
            ["213", "农林水支出", "432.80"],
        ]
    )
    body = (
        "<h1>大湾乡人民政府2025年部门预算</h1><h2>目录</h2><p>项目支出绩效目标表……12</p>"
        f"{text}<h3>支出总表</h3>{other}<h3 style='break-before:page'>项目支出绩效目标表</h3>"
        f"{html_table(rows)}<p>第四部分 名词解释</p><p>一、财政拨款收入：指单位从同级财政部门取得的资金。</p>"
    )
    return printed(page("@page{size:A4;margin:20mm}", body))


# --- tables without lines ---------------------------------------------------------------

LIBRARY = [
    ("产出指标", "数量指标", "新增图书册数", "≥1.2万册"),
    ("产出指标", "数量指标", "新建城市书房", "2处"),
    ("产出指标", "质量指标", "图书编目差错率", "≤0.5%"),
    ("产出指标", "时效指标", "书房开放时间", "2025年8月31日前"),
    ("效益指标", "社会效益指标", "全年到馆人次", "≥36万人次"),
    ("效益指标", "可持续影响指标", "书房运营协议签订率", "100%"),
    ("满意度指标", "服务对象满意度指标", "读者满意度", "≥92%"),
]


def library_rows(rows: list[tuple[str, str, str, str]], name: str, unit: str, amount: str) -> list[list[str]]:  # fmt: skip
    found = [["项目名称", f"{name}#3"], ["实施单位", unit, "年度资金总额（万元）", amount],
             ["年度目标", f"按计划完成{name}，各项任务达到合同要求。#3"],
             ["一级指标", "二级指标", "三级指标", "指标值"]]  # fmt: skip
    ones = [r[0] for r in rows]
    for n, (one, two, label, value) in enumerate(rows):
        lead = [f"{one}#1#{ones.count(one)}"] if ones.index(one) == n else []
        found.append([*lead, two, label, value])
    return found


@paper("无边框网页打印", ".pdf", expected("城市书房建设", "市图书馆", 1500000, LIBRARY), slow=True)
def browser_bare() -> bytes:
    rows = library_rows(LIBRARY, "城市书房建设", "市图书馆", "150")
    style = "@page{size:A4;margin:20mm} td{border:none;padding:7pt 10pt}"
    return printed(page(style, "<h3 align=center>项目支出绩效目标表</h3>" + html_table(rows)))


@paper("无边框居中网页打印", ".pdf", expected("馆藏数字化", "市图书馆", 900000, LIBRARY), slow=True)
def browser_bare_centred() -> bytes:
    rows = library_rows(LIBRARY, "馆藏数字化", "市图书馆", "90")
    style = "@page{size:A4;margin:20mm} td{border:none;padding:6pt 8pt;text-align:center}"
    return printed(page(style, "<h3 align=center>项目支出绩效目标表</h3>" + html_table(rows)))


@paper("逐行画的无线表", ".pdf", expected("城市书房建设", "市图书馆", 1500000, LIBRARY))
def bare_drawing() -> bytes:
    c, stream = canvas()
    d = NoLines(c, [40.0, 75.0, 145.0, 250.0, 350.0, 450.0, 560.0], 750, 30)
    d.text(200, 780, "项目支出绩效目标表", 15)
    ward(d, "城市书房建设", "市图书馆", LIBRARY, "150")
    c.showPage()
    c.save()
    return stream.getvalue()


@paper("只有横线的表", ".pdf", expected("城市书房建设", "市图书馆", 1500000, LIBRARY), slow=True)
def only_horizontal() -> bytes:
    """A report's style: a rule under every row, none between the columns."""
    rows = library_rows(LIBRARY, "城市书房建设", "市图书馆", "150")
    style = "@page{size:A4;margin:20mm} td{border:none;border-bottom:.5pt solid #000;padding:5pt}"
    return printed(page(style, "<h3 align=center>项目支出绩效目标表</h3>" + html_table(rows)))
