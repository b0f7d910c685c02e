"""Web pages: saved from Word and Excel, content systems of governments, broken markup."""

from __future__ import annotations

from tests.bureaus.catalogue import paper

WORD_PAGE = """
= 中小学近视防控
fiscal_year 2025
department 槐荫县教育和体育局
unit 槐荫县青少年视力中心
attribute 延续项目
period 2025.01-2025.12
total_yuan 650000
annual_yuan 650000
funding.annual.central 200000
funding.annual.city_county 450000
goal_period 全县中小学生视力筛查全覆盖。
goal_annual 筛查中小学生4.2万人，建档率达100%。
p|产出|数量|筛查学生人数|4.2万人
p|产出|质量|建档完整率|100%
p|产出|时效|筛查完成时间|2025年10月底前
p|效益|社会|新发近视率下降|≥0.5个百分点
p|满意|满意|家长满意度|≥90%
a|产出|数量|筛查学生人数|4.2万人
a|产出|质量|建档完整率|100%
a|产出|时效|筛查完成时间|2025年10月底前
a|产出|成本|人均筛查成本|≤15元/人
a|效益|社会|新发近视率下降|≥0.5个百分点
a|满意|满意|家长满意度|≥90%
"""


def p(text: str) -> str:
    """A paragraph as Word writes it into a cell."""
    if not text:
        return "<p class=MsoNormal align=center><span lang=EN-US style='font-size:9.0pt'><o:p>&nbsp;</o:p></span></p>"
    return (
        "<p class=MsoNormal align=center style='text-align:center;mso-line-height-rule:exactly'>"
        f"<span\nstyle='font-size:9.0pt;font-family:宋体;mso-hansi-font-family:宋体'>{text}"
        "<span lang=EN-US><o:p></o:p></span></span></p>"
    )


def td(text: str, across: int = 1, down: int = 1) -> str:
    spans = (f" colspan={across}" if across > 1 else "") + (f" rowspan={down}" if down > 1 else "")
    return (
        f"<td width=80{spans} style='width:60.0pt;border:solid windowtext 1.0pt'>\n{p(text)}\n</td>"
    )


def tr(*cells: str) -> str:
    return " <tr style='mso-yfti-irow:3;height:20.0pt'>\n" + "\n".join(cells) + "\n </tr>\n"


@paper("Word另存网页", ".htm", WORD_PAGE)
def word_page() -> bytes:
    rows = [
        tr(td("项目名称", 2), td("中小学近视防控", 3), td("项目属性"), td("延续项目")),
        tr(td("主管部门", 2), td("槐荫县教育和体育局", 3), td("实施单位"), td("槐荫县青少年视力中心")),
        tr(td("项目期", 2), td("2025.01-2025.12", 5)),
        tr(td("项目资金<span lang=EN-US><br></span>（万元）", 2, 3), td("中期资金总额："), td("65", 2), td("年度资金总额："), td("65")),
        tr(td("<span lang=EN-US>&nbsp;&nbsp;</span>其中：中央资金"), td("20", 2), td("其中：中央资金"), td("20")),
        tr(td("县级资金"), td("45", 2), td("县级资金"), td("45")),
        tr(td("总体目标", 1, 2), td("中期目标（2025年—2025年）", 4), td("年度目标", 2)),
        tr(td("全县中小学生视力筛查全覆盖。", 4), td("筛查中小学生<span lang=EN-US>4.2</span>万人，建档率达<span lang=EN-US>100%</span>。", 2)),
        tr(td("绩<br>效<br>指<br>标", 1, 7), td("一级指标"), td("二级指标"), td("三级指标"), td("指标值"), td("三级指标"), td("指标值")),
        tr(td("产出<br>指标", 1, 4), td("数量指标"), td("筛查学生人数"), td("4.2万人"), td("筛查学生人数"), td("4.2万人")),
        tr(td("质量指标"), td("建档完整率"), td("100%"), td("建档完整率"), td("100%")),
        tr(td("时效指标"), td("筛查完成时间"), td("2025年10月底前"), td("筛查完成时间"), td("2025年10月底前")),
        tr(td("成本指标"), td(""), td(""), td("人均筛查成本"), td("<span lang=EN-US>≤</span>15元/人")),
        tr(td("效益指标"), td("社会效益<br>指标"), td("新发近视率下降"), td("≥0.5个百分点"), td("新发近视率下降"), td("≥0.5个百分点")),
        tr(td("满意度指标"), td("服务对象<br>满意度指标"), td("家长满意度"), td("≥90%"), td("家长满意度"), td("≥90%")),
        " <![if !supportMisalignedColumns]>\n <tr height=0>\n"
        + "".join("<td width=80 style='border:none'></td>" for _ in range(7))
        + "\n </tr>\n <![endif]>\n",
    ]  # fmt: skip
    page = (
        "<html xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office'>"
        "<head><meta http-equiv=Content-Type content='text/html; charset=gb2312'>"
        "<meta name=Generator content='Microsoft Word 15'><title>表</title>"
        "<!--[if gte mso 9]><xml><o:shapedefaults/></xml><![endif]-->"
        "<style><!-- p.MsoNormal {margin:0cm;} table {mso-style-name:表} --></style></head>"
        "<body lang=ZH-CN style='tab-interval:21.0pt'><div class=WordSection1>"
        + p("<b>项目支出绩效目标申报表</b>") + p("（2025年度）")
        + "<div align=center><table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0>\n"
        + "".join(rows) + "</table></div>" + p("") + "</div></body></html>"
    )  # fmt: skip
    return page.encode("gb18030")


EXCEL_PAGE = """
= 智慧停车平台运维
unit 宁浦市停车管理中心
annual_yuan 865000
goal_annual 平台全年可用率不低于99.5%，接入车位1.8万个。
a|成本|经济成本|运维费用|≤86.5万元
a|产出|数量|接入车位数|≥18000个
a|产出|质量|平台可用率|≥99.5%
a|产出|时效|故障响应时长|≤30分钟
a|效益|经济|车位周转率提升|12%
a|效益|社会|违停投诉量|≤600件
a|满意|满意|车主满意度|≥90%
"""


@paper("Excel另存网页", ".html", EXCEL_PAGE)
def excel_page() -> bytes:
    def line(*cells: str) -> str:
        return (
            "<tr height=24 style='mso-height-source:userset;height:18.0pt'>"
            + "".join(cells)
            + "</tr>\n"
        )

    def c(text: str, extra: str = "", klass: str = "xl65") -> str:
        return f"<td class={klass} {extra}>{text}</td>"

    rows = [
        line(c("项目支出绩效目标表", "colspan=7 height=24 width=504", "xl70")),
        line(c("项目名称", "height=24"), c("智慧停车平台运维", "colspan=6 style='border-right:.5pt solid black'")),
        line(c("预算单位"), c("宁浦市停车管理中心", "colspan=3"), c("年度资金总额<span style='mso-spacerun:yes'>&nbsp; </span>（元）", "colspan=2"),
             c("<span style='mso-spacerun:yes'>&nbsp;</span>865,000.00 ", "align=right x:num='865000'", "xl68")),
        line(c("年度绩效目标"), c("平台全年可用率不低于99.5%，接入车位1.8万个。", "colspan=6")),
        "<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td></tr><![endif]>",
        line(c("一级指标"), c("二级指标"), c("三级指标"), c("指标性质"), c("指标值"), c("度量单位"), c("权重")),
        line(c("成本指标"), c("经济成本指标"), c("运维费用"), c("≤"), c("86.5", "align=right x:num"), c("万元"), c("10", "x:num")),
        line(c("产出指标", "rowspan=3"), c("数量指标"), c("接入车位数"), c("≥"), c("18000", "x:num"), c("个"), c("20", "x:num")),
        line(c("质量指标"), c("平台可用率"), c("≥"), c("99.5", "x:num"), c("%"), c("15", "x:num")),
        line(c("时效指标"), c("故障响应时长"), c("≤"), c("30", "x:num"), c("分钟"), c("15", "x:num")),
        line(c("效益指标", "rowspan=2"), c("经济效益指标"), c("车位周转率提升"), c("&nbsp;"), c("12%", "x:num='0.12'", "xl69"), c("&nbsp;"), c("10", "x:num")),
        line(c("社会效益指标"), c("违停投诉量"), c("≤"), c("600", "x:num"), c("件"), c("10", "x:num")),
        line(c("满意度指标"), c("服务对象满意度指标"), c("车主满意度"), c("≥"), c("90", "x:num"), c("%"), c("10", "x:num")),
    ]  # fmt: skip
    page = (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head>"
        "<meta http-equiv=Content-Type content='text/html; charset=utf-8'>"
        "<style>.xl69 {mso-number-format:0%;} .xl70 {font-weight:700}</style></head><body>"
        "<table border=0 cellpadding=0 cellspacing=0 style='border-collapse:collapse'>"
        "<col width=72 span=7>" + "".join(rows) + "</table></body></html>"
    )
    return page.encode()


CMS = """
= 农村危房改造动态监测
unit 芦台县住房和城乡建设局
department 芦台县住房和城乡建设局
annual_yuan 1280000
funding.annual.city_county 1280000
goal_annual 对全县农村房屋安全开展动态监测，发现一户、改造一户。
a|产出|数量|鉴定房屋户数|≥800户
a|产出|质量|鉴定结论准确率|≥98%
a|产出|时效|鉴定报告出具时限|≤15个工作日
a|效益|社会|农户住房安全保障率|100%
a|效益|可持续|动态监测机制|建立并运行
a|满意|满意|农户满意度|≥95%
"""


@paper("政府网站正文", ".html", CMS)
def content_system() -> bytes:
    """Layout tables around, the form's title outside its table, breadcrumbs, a share bar."""
    cells = [
        ["项目名称#2", "农村危房改造动态监测#4"],
        ["主管部门#2", "芦台县住房和城乡建设局#2", "实施单位", "芦台县住房和城乡建设局"],
        ["项目资金（万元）#2#3", "年度资金总额#2", "128.00#2"],
        ["其中：财政拨款#2", "128.00#2"],
        ["其他资金#2", "0.00#2"],
        ["总体目标", "对全县农村房屋安全开展动态监测，发现一户、改造一户。#5"],
        ["绩效指标#1#7", "一级指标", "二级指标", "三级指标#2", "指标值"],
        ["产出指标#1#3", "数量指标", "鉴定房屋户数#2", "≥800户"],
        ["质量指标", "鉴定结论准确率#2", "≥98%"],
        ["时效指标", "鉴定报告出具时限#2", "≤15个工作日"],
        ["效益指标#1#2", "社会效益指标", "农户住房安全保障率#2", "100%"],
        ["可持续影响指标", "动态监测机制#2", "建立并运行"],
        ["满意度指标", "服务对象满意度指标", "农户满意度#2", "≥95%"],
    ]
    rows = []
    for row in cells:
        out = []
        for cell in row:
            text, *spans = cell.split("#")
            across, down = ([*spans, "1", "1"])[:2]
            out.append(
                f'<td colspan="{across}" rowspan="{down}" style="border:1px solid #000">'
                f'<p style="text-indent:0"><span style="font-family:仿宋_GB2312">{text}</span></p></td>'
            )
        rows.append("<tr>" + "".join(out) + "</tr>")
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>公开</title>
<script>var a="<table><tr><td>项目名称</td></tr></table>";</script></head><body>
<table width="1000" align="center"><tr><td>首页 &gt; 信息公开 &gt; 财政预决算</td></tr>
<tr><td><h1>芦台县住房和城乡建设局2025年部门预算公开</h1>
<div class="info">信息来源：县住建局　发布时间：2025-02-18　<span style="display:none">浏览 12 次</span></div>
<div class="TRS_Editor"><p>　　一、部门职责。负责全县住房和城乡建设工作。</p>
<p align="center"><strong>项目支出绩效目标表</strong></p><p align="center">（2025年度）</p>
<table border="1"><tbody>{"".join(rows)}</tbody></table>
<p>　　注：指标值以年度计划为准。</p></div></td></tr>
<tr><td><a href="#">打印本页</a> <a href="#">关闭窗口</a></td></tr></table></body></html>"""
    return page.encode()


BROKEN = """
= 非遗传承人补助
unit 桑园县文化馆
annual_yuan 96000
goal_annual 按时发放32名传承人补助。
a|产出|数量|补助传承人|32人
a|产出|时效|发放时间|6月30日前
a|效益|社会|开展传习活动|≥64场
a|满意|满意|传承人满意度|≥95%
"""


@paper("标签不闭合的页面", ".html", BROKEN)
def unclosed() -> bytes:
    return """<HTML><BODY><CENTER><B>项目绩效目标表</B></CENTER>
<TABLE BORDER=1><TR><TD>项目名称<TD COLSPAN=4>非遗传承人补助
<TR><TD>预算单位<TD COLSPAN=2>桑园县文化馆<TD>年度金额（元）<TD>96,000
<TR><TD>年度目标<TD COLSPAN=4>按时发放32名传承人补助。
<TR><TH>一级指标<TH>二级指标<TH>三级指标<TH COLSPAN=2>指标值
<TR><TD ROWSPAN=2>产出指标<TD>数量指标<TD>补助传承人<TD COLSPAN=2>32人
<TR><TD>时效指标<TD>发放时间<TD COLSPAN=2>6月30日前
<TR><TD>效益指标<TD>社会效益指标<TD>开展传习活动<TD COLSPAN=2>≥64场
<TR><TD ROWSPAN=9>满意度指标<TD>服务对象满意度指标<TD>传承人满意度<TD COLSPAN=2>≥95%
</TABLE></BODY></HTML>""".encode("gb18030")


SYSTEM = """
= 县域医共体信息化
unit 宝梁县卫生健康局
total_yuan 2150000
goal_annual 建成远程影像中心，接入乡镇卫生院18家。
a|产出|数量|接入卫生院数量|≥18家
a|产出|质量|系统验收合格率|=100%
a|成本|经济成本|软件采购价|≤215万元
a|效益|社会|影像报告出具时长|≤30分钟
a|满意|满意|基层医生满意度|≥85%
= 村卫生室标准化
unit 宝梁县卫生健康局
total_yuan 1440000
goal_annual 改造村卫生室36所。
a|产出|数量|改造村卫生室|≥36所
a|效益|社会|村民就近就医率|≥90%
a|满意|满意|村民满意度|≥90%
"""


@paper("系统导出的假xls", ".xls", SYSTEM, held=True)
def html_named_xls() -> bytes:
    rows = [
        ("县域医共体信息化", "2,150,000.00", "建成远程影像中心，接入乡镇卫生院18家。", [
            ("产出指标", "数量指标", "接入卫生院数量", "≥", "18", "家"),
            ("产出指标", "质量指标", "系统验收合格率", "=", "100", "%"),
            ("成本指标", "经济成本指标", "软件采购价", "≤", "215", "万元"),
            ("效益指标", "社会效益指标", "影像报告出具时长", "≤", "30", "分钟"),
            ("满意度指标", "服务对象满意度指标", "基层医生满意度", "≥", "85", "%")]),
        ("村卫生室标准化", "1,440,000.00", "改造村卫生室36所。", [
            ("产出指标", "数量指标", "改造村卫生室", "≥", "36", "所"),
            ("效益指标", "社会效益指标", "村民就近就医率", "≥", "90", "%"),
            ("满意度指标", "服务对象满意度指标", "村民满意度", "≥", "90", "%")]),
    ]  # fmt: skip
    body = []
    for name, amount, goal, lines in rows:
        for n, line in enumerate(lines):
            lead = (
                f"<td rowspan='{len(lines)}'>宝梁县卫生健康局</td><td rowspan='{len(lines)}'>{name}</td>"
                f"<td rowspan='{len(lines)}' style=\"mso-number-format:'\\@'\">{amount}</td><td rowspan='{len(lines)}'>{goal}</td>"
                if n == 0
                else ""
            )
            body.append("<tr>" + lead + "".join(f"<td>{c}</td>" for c in line) + "</tr>")
    heads = "单位名称 项目名称 预算金额(元) 年度绩效目标 一级指标 二级指标 三级指标 指标性质 指标值 度量单位".split()
    page = (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><meta charset='utf-8'></head>"
        "<body><table border='1'><tr><th colspan='10'>2025年项目支出绩效目标表</th></tr><tr>"
        + "".join(f"<th>{h}</th>" for h in heads) + "</tr>" + "".join(body) + "</table></body></html>"
    )  # fmt: skip
    return page.encode()


SAVED = """
= 退役军人就业培训
unit 河阳区退役军人事务局
attribute 阶段性项目
annual_yuan 340000
goal_annual 举办定向培训班4期，培训200人，推荐就业率不低于70%。
a|产出|数量|培训班期数|4期
a|产出|数量|培训人数|200人
a|产出|质量|结业考核通过率|≥95%
a|效益|社会|推荐就业率|≥70%
a|满意|满意|学员满意度|≥92%
"""


@paper("WPS单一文件网页", ".mht", SAVED, held=True)
def single_file_page() -> bytes:
    import base64

    page = """<html><head><meta charset="gb2312"></head><body><p>河阳区2025年度<b>项目支出绩效目标申报表</b></p>
<table><tr><td colspan=2>项 目 名 称</td><td colspan=3>退役军人就业培训</td></tr>
<tr><td colspan=2>实 施 单 位</td><td>河阳区退役军人事务局</td><td>项目性质</td><td>阶段性项目</td></tr>
<tr><td colspan=2>年度预算（万元）</td><td colspan=3>34</td></tr>
<tr><td colspan=2>年度总体目标</td><td colspan=3>举办定向培训班4期，培训200人，<br>推荐就业率不低于70%。</td></tr>
<tr><td>一级指标</td><td>二级指标</td><td colspan=2>三级指标</td><td>年度指标值</td></tr>
<tr><td rowspan=3>产出指标</td><td rowspan=2>数量指标</td><td colspan=2>培训班期数</td><td>4期</td></tr>
<tr><td colspan=2>培训人数</td><td>200人</td></tr>
<tr><td>质量指标</td><td colspan=2>结业考核通过率</td><td>≥95%</td></tr>
<tr><td>效益指标</td><td>社会效益指标</td><td colspan=2>推荐就业率</td><td>≥70%</td></tr>
<tr><td>满意度<br>指标</td><td>服务对象<br>满意度指标</td><td colspan=2>学员满意度</td><td>≥92%</td></tr>
</table></body></html>""".encode("gb18030")
    body = base64.encodebytes(page).decode("ascii")
    return (
        "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n"
        'Content-Type: multipart/related; boundary="----=_NextPart_01"\r\n\r\n'
        "------=_NextPart_01\r\nContent-Location: file:///C:/a.htm\r\n"
        "Content-Transfer-Encoding: base64\r\nContent-Type: text/html; charset=\"gb2312\"\r\n\r\n"
        f"{body}\r\n------=_NextPart_01\r\nContent-Location: file:///C:/a.files/filelist.xml\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\nContent-Type: text/xml; charset=\"utf-8\"\r\n\r\n"
        "<xml/>\r\n------=_NextPart_01--\r\n"
    ).encode("ascii")  # fmt: skip
