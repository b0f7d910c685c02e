"""Word documents: templates of counties, tables in tables, tracked changes, text boxes."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from tests.bureaus.catalogue import paper


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def table(document: Any, rows: list[list[str]], style: str = "Table Grid") -> Any:
    """A table of the rows. «<» goes on with the cell left of it, «^» with the one above."""
    grid = document.add_table(len(rows), len(rows[0]), style=style)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text not in ("<", "^"):
                grid.cell(r, c).text = text
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            right, bottom = c, r
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while bottom + 1 < len(rows) and rows[bottom + 1][c] == "^":
                bottom += 1
            if (right, bottom) != (c, r):
                cell = grid.cell(r, c).merge(grid.cell(bottom, right))
                cell.text = text
    return grid


JIANGXI = """
= 城区内涝点整治
fiscal_year 2025
department_code 602
department 柘湖市城市管理局
unit 柘湖市市政管理处
attribute 一次性项目
annual_yuan 7800000
funding.annual.city_county 6800000
funding.annual.other 1000000
leader 龚立勤
phone 0799-3318
goal_annual 完成城区8处内涝点整治，日降雨50毫米以内不积水。
a|成本|经济成本|整治工程总费用|≤780万元
a|产出|数量|整治内涝点数|＝8处
a|产出|数量|新建雨水管长度|≥3.2公里
a|产出|质量|工程一次验收合格率|≥98%
a|产出|时效|主汛期前完工|5月20日前
a|效益|社会|积水投诉件数|≤10件
a|效益|生态|污水溢流次数|0次
a|满意|满意|周边居民满意度|≥85%
"""


@paper("赣式单栏", ".docx", JIANGXI)
def jiangxi() -> bytes:
    d = docx.Document()
    section = d.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    d.add_paragraph("附件2")
    d.add_heading("项目支出绩效目标表", 1)
    d.add_paragraph("（ 2025 年度）")
    grid = table(d, [
        ["项目名称", "城区内涝点整治", "<", "<", "<", "<"],
        ["主管部门及代码", "602-柘湖市城市管理局", "<", "实施单位", "柘湖市市政管理处", "<"],
        ["项目负责人", "龚立勤", "<", "联系电话", "0799-3318", "<"],
        ["项目属性", "□ 经常性项目   ■ 一次性项目", "<", "项目日期范围", "2025年1月1日 - 2025年12月31日", "<"],
        ["项目资金\n（万元）", "年度资金总额", "<", "780", "<", "<"],
        ["^", "其中：财政拨款", "<", "680", "<", "<"],
        ["^", "其他资金", "<", "100", "<", "<"],
        ["年度绩效目标", "完成城区8处内涝点整治，日降雨50毫米以内不积水。", "<", "<", "<", "<"],
        ["一级指标", "二级指标", "三级指标", "<", "指标值", "<"],
        ["成本指标", "经济成本指标", "整治工程总费用", "<", "≤780万元", "<"],
        ["产出指标", "数量指标", "整治内涝点数", "<", "＝8处", "<"],
        ["^", "^", "新建雨水管长度", "<", "≥3.2公里", "<"],
        ["^", "质量指标", "工程一次验收合格率", "<", "≥98%", "<"],
        ["^", "时效指标", "主汛期前完工", "<", "5月20日前", "<"],
        ["效益指标", "社会效益指标", "积水投诉件数", "<", "≤10件", "<"],
        ["^", "生态效益指标", "污水溢流次数", "<", "0次", "<"],
        ["满意度指标", "满意度指标", "周边居民满意度", "<", "≥85%", "<"],
    ])  # fmt: skip
    header = grid.rows[8]._tr.get_or_add_trPr()
    header.append(OxmlElement("w:tblHeader"))
    vertical = grid.cell(10, 0)._tc.get_or_add_tcPr()
    vertical.append(parse_xml(f'<w:textDirection {nsdecls("w")} w:val="tbRlV"/>'))
    d.add_paragraph("注：其他资金，是指与财政拨款共同用于同一项目的单位自有资金、社会资金等。")
    return saved(d)


HEBEI = """
= 冬季清洁取暖补贴
unit 栾川镇人民政府本级
annual_yuan 2360000
goal_annual 1.为5900户居民发放气代煤运行补贴，保障群众温暖过冬。 2.补贴发放公开透明，不漏一户。
a|产出|数量|补贴户数|≥5900户
a|产出|质量|补贴发放准确率|100%
a|产出|时效|补贴发放完成时间|2025年3月31日前
a|产出|成本|户均补贴标准|≤400元
a|效益|生态|散煤复燃户数|0户
a|满意|满意|受补居民满意度|≥95%
= 镇区环境卫生托管
unit 栾川镇人民政府本级
annual_yuan 1500000
goal_annual 1.镇区道路每日清扫保洁。
a|产出|数量|保洁面积|≥42万平方米
a|产出|质量|月度考核达标率|≥90%
a|效益|社会|垃圾清运率|100%
a|满意|满意|居民满意度|≥88%
"""


@paper("冀式文本一项一表", ".docx", HEBEI)
def hebei() -> bytes:
    d = docx.Document()
    d.add_paragraph("第二部分 绩效预算信息")
    d.add_paragraph("二、分项绩效目标")
    projects = [
        ("冬季清洁取暖补贴", "236.00", "1.为5900户居民发放气代煤运行补贴，保障群众温暖过冬。\n2.补贴发放公开透明，不漏一户。", [
            ("产出指标", "数量指标", "补贴户数", "享受运行补贴的户数", "≥5900户", "镇补贴台账"),
            ("", "质量指标", "补贴发放准确率", "准确发放户数占比", "100%", "银行发放回单"),
            ("", "时效指标", "补贴发放完成时间", "完成全部发放的时间", "2025年3月31日前", "工作方案"),
            ("", "成本指标", "户均补贴标准", "每户补贴金额", "≤400元", "上级文件"),
            ("效益指标", "生态效益指标", "散煤复燃户数", "巡查发现的户数", "0户", "巡查记录"),
            ("满意度指标", "服务对象满意度指标", "受补居民满意度", "问卷满意比例", "≥95%", "调查问卷")]),
        ("镇区环境卫生托管", "150.00", "1.镇区道路每日清扫保洁。", [
            ("产出指标", "数量指标", "保洁面积", "纳入托管的面积", "≥42万平方米", "托管合同"),
            ("", "质量指标", "月度考核达标率", "达标月份占比", "≥90%", "考核办法"),
            ("效益指标", "社会效益指标", "垃圾清运率", "及时清运比例", "100%", "托管合同"),
            ("满意度指标", "服务对象满意度指标", "居民满意度", "问卷满意比例", "≥88%", "调查问卷")]),
    ]  # fmt: skip
    for n, (name, amount, goal, rows) in enumerate(projects, start=1):
        d.add_paragraph(f"{n}.{name}绩效目标表")
        d.add_paragraph("512001栾川镇人民政府本级\t\t单位：万元")
        body = [
            ["项目编码", "<", f"13018225P00{n}", "<", "项目名称", name],
            ["预算规模及资金用途", "<", "预算数", amount, "其中：财政资金", amount],
            ["资金支出计划（%）", "<", "3月底", "6月底", "10月底", "12月底"],
            ["^", "<", "25%", "50%", "80%", "100%"],
            ["绩效目标", "<", goal, "<", "<", "<"],
            ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"],
        ]
        for one, *rest in rows:
            body.append([one or "^", *rest])
        table(d, body)
    return saved(d)


NESTED = """
= 职工之家改造
unit 石桥县总工会
total_yuan 420000
annual_yuan 420000
goal_period 改造职工之家3个。
goal_annual 改造职工之家3个，服务职工6000人次。
p|产出|数量|改造职工之家|3个
p|效益|社会|服务职工人次|≥6000人次
p|满意|满意|职工满意度|≥90%
a|产出|数量|改造职工之家|3个
a|产出|质量|验收合格率|100%
a|效益|社会|服务职工人次|≥6000人次
a|满意|满意|职工满意度|≥90%
"""


@paper("表中套表", ".docx", NESTED)
def nested() -> bytes:
    """The indicator table stands inside a cell of the form's table."""
    d = docx.Document()
    d.add_paragraph("石桥县项目支出绩效目标申报表")
    outer = table(d, [
        ["项目名称", "职工之家改造", "<", "<"],
        ["项目单位", "石桥县总工会", "<", "<"],
        ["项目资金（元）", "实施期资金总额", "年度资金总额", "备注"],
        ["^", "420,000", "420,000", ""],
        ["实施期目标", "改造职工之家3个。", "<", "<"],
        ["年度目标", "改造职工之家3个，服务职工6000人次。", "<", "<"],
        ["绩效指标", "", "<", "<"],
    ])  # fmt: skip
    cell = outer.cell(6, 1)
    rows = [
        ["一级指标", "二级指标", "三级指标", "实施期指标值", "年度指标值"],
        ["产出指标", "数量指标", "改造职工之家", "3个", "3个"],
        ["", "质量指标", "验收合格率", "", "100%"],
        ["效益指标", "社会效益指标", "服务职工人次", "≥6000人次", "≥6000人次"],
        ["满意度指标", "服务对象满意度指标", "职工满意度", "≥90%", "≥90%"],
    ]
    inner = cell.add_table(len(rows), 5)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            inner.cell(r, c).text = text
    cell.add_paragraph("")
    return saved(d)


CONTROLS = """
= 地质灾害监测预警
unit 云岭县自然资源局
period 2025年1月至2025年12月
annual_yuan 918000
goal_annual 对全县102处隐患点开展监测预警，实现成功避险。
a|产出|数量|监测隐患点数|102处
a|产出|质量|监测设备正常率|≥95%
a|产出|时效|预警信息发布时限|≤10分钟
a|效益|社会|因灾死亡人数|0人
a|满意|满意|受威胁群众满意度|≥93%
"""


@paper("内容控件与修订", ".docx", CONTROLS)
def content_controls() -> bytes:
    """Values in content controls, a tracked deletion, the title in a text box."""
    d = docx.Document()
    paragraph = d.add_paragraph()
    run = paragraph.add_run()
    run._r.append(parse_xml(
        f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape>'
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>项目支出绩效目标表</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict>"
    ))  # fmt: skip
    grid = table(d, [
        ["项目名称", "", "<", "<"],
        ["实施单位", "云岭县自然资源局", "项目实施期", "2025年1月至2025年12月"],
        ["年度预算数（万元）", "91.8", "<", "<"],
        ["年度目标", "", "<", "<"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "监测隐患点数", ""],
        ["^", "质量指标", "监测设备正常率", "≥95%"],
        ["^", "时效指标", "预警信息发布时限", "≤10分钟"],
        ["效益指标", "社会效益指标", "因灾死亡人数", "0人"],
        ["满意度指标", "服务对象满意度指标", "受威胁群众满意度", "≥93%"],
    ])  # fmt: skip
    name = grid.cell(0, 1).paragraphs[0]._p
    name.append(parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr/><w:sdtContent><w:r><w:t>地质灾害</w:t></w:r>'
        "<w:r><w:t>监测预警</w:t></w:r></w:sdtContent></w:sdt>"
    ))  # fmt: skip
    goal = grid.cell(3, 1).paragraphs[0]._p
    goal.append(parse_xml(
        f'<w:ins {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t>对全县102处隐患点开展监测预警，</w:t></w:r></w:ins>'
    ))  # fmt: skip
    goal.append(parse_xml(
        f'<w:del {nsdecls("w")} w:id="2" w:author="a"><w:r><w:delText>对隐患点巡查，</w:delText></w:r></w:del>'
    ))  # fmt: skip
    goal.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>实现成功避险。</w:t></w:r>"))
    value = grid.cell(5, 3).paragraphs[0]._p
    for text, kind in (("98", "del"), ("102", "ins")):
        tag = "delText" if kind == "del" else "t"
        value.append(parse_xml(
            f'<w:{kind} {nsdecls("w")} w:id="3" w:author="a"><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{kind}>'
        ))  # fmt: skip
    value.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>处</w:t></w:r>"))
    return saved(d)


SPLIT = """
= 全民健身设施补短板
unit 望海区文体旅游局
department 望海区文体旅游局
total_yuan 3000000
annual_yuan 1800000
goal_period 三年新建多功能运动场12片。
goal_annual 新建多功能运动场7片，10月底前开放。
p|产出|数量|新建运动场|12片
p|产出|质量|验收合格率|100%
p|效益|社会|人均场地面积|≥2.4平方米
a|产出|数量|新建运动场|7片
a|产出|时效|开放时间|10月31日前
a|效益|社会|日均接待人次|≥350人次
a|满意|满意|健身群众满意度|≥90%
"""


@paper("表头表体分开的两块指标", ".docx", SPLIT)
def split_tables() -> bytes:
    """The head, the long-term table and the annual table are three tables with lines between."""
    d = docx.Document()
    d.add_paragraph("项目支出绩效目标申报表")
    d.add_paragraph("填报单位：望海区文体旅游局          金额单位：万元")
    table(d, [
        ["项目名称", "全民健身设施补短板", "<", "<"],
        ["主管部门", "望海区文体旅游局", "项目实施单位", "望海区文体旅游局"],
        ["项目资金总额", "300", "年度资金总额", "180"],
    ])  # fmt: skip
    d.add_paragraph("")
    table(d, [
        ["长期目标", "三年新建多功能运动场12片。"],
        ["年度目标", "新建多功能运动场7片，10月底前开放。"],
    ])  # fmt: skip
    d.add_paragraph("长期绩效指标")
    table(d, [
        ["一级指标", "二级指标", "指标内容", "指标值", "备注"],
        ["产出指标", "数量指标", "指标1：新建运动场", "12片", ""],
        ["^", "质量指标", "指标1：验收合格率", "100%", ""],
        ["效益指标", "社会效益指标", "指标1：人均场地面积", "≥2.4平方米", ""],
        ["^", "生态效益指标", "指标1：", "", ""],
        ["满意度指标", "服务对象满意度指标", "……", "", ""],
    ])  # fmt: skip
    d.add_paragraph("年度绩效指标")
    table(d, [
        ["一级指标", "二级指标", "指标内容", "指标值", "备注"],
        ["产出指标", "数量指标", "指标1：新建运动场", "7片", ""],
        ["^", "时效指标", "指标1：开放时间", "10月31日前", ""],
        ["效益指标", "社会效益指标", "指标1：日均接待人次", "≥350人次", ""],
        ["满意度指标", "服务对象满意度指标", "指标1：健身群众满意度", "≥90%", ""],
    ])  # fmt: skip
    d.add_paragraph("负责人：          经办人：          填报日期：2025年1月6日")
    return saved(d)


SHAANXI = """
= 殡葬惠民补贴
department 秦渡县民政局
attribute 常年性项目
annual_yuan 560000
funding.annual.city_county 560000
goal_annual 目标1：对户籍居民免除基本殡葬服务费。 目标2：火化率稳定提高。
a|产出|数量|惠民补贴人次|≥700人次
a|产出|质量|补贴对象审核准确率|100%
a|产出|时效|补贴结算周期|按月结算
a|产出|成本|人均补贴金额|≤800元
a|效益|社会|群众治丧负担降低|每例减少约800元
a|满意|满意|逝者家属满意度|≥95%
"""


@paper("陕式专项经费表", ".docx", SHAANXI, held=True)
def shaanxi() -> bytes:
    d = docx.Document()
    d.add_paragraph("表14")
    d.add_paragraph("部门专项业务经费绩效目标表")
    d.add_paragraph("（2025年度）")
    table(d, [
        ["专项（项目）名称", "<", "殡葬惠民补贴", "<", "<", "项目类型", "常年性项目"],
        ["主管部门", "<", "秦渡县民政局", "<", "<", "<", "<"],
        ["资金金额\n（万元）", "<", "年度资金总额：", "<", "56", "<", "<"],
        ["^", "^", "其中：财政拨款", "<", "56", "<", "<"],
        ["^", "^", "其他资金", "<", "", "<", "<"],
        ["总\n体\n目\n标", "年度目标", "<", "<", "<", "<", "<"],
        ["^", "目标1：对户籍居民免除基本殡葬服务费。\n目标2：火化率稳定提高。", "<", "<", "<", "<", "<"],
        ["绩\n效\n指\n标", "一级指标", "二级指标", "<", "指标内容", "指标值", "备注"],
        ["^", "产\n出\n指\n标", "数量指标", "<", "惠民补贴人次", "≥700人次", ""],
        ["^", "^", "质量指标", "<", "补贴对象审核准确率", "100%", ""],
        ["^", "^", "时效指标", "<", "补贴结算周期", "按月结算", ""],
        ["^", "^", "成本指标", "<", "人均补贴金额", "≤800元", ""],
        ["^", "效\n益\n指\n标", "经济效益\n指标", "<", "", "", ""],
        ["^", "^", "社会效益\n指标", "<", "群众治丧负担降低", "每例减少约800元", ""],
        ["^", "满意度\n指标", "服务对象\n满意度指标", "<", "逝者家属满意度", "≥95%", ""],
    ])  # fmt: skip
    d.add_paragraph("备注：1、绩效指标可选择填写。2、根据需要可往下续表。")
    return saved(d)


SHANGHAI = """
= 社区嵌入式托育点
fiscal_year 2025
department 春申区教育局
unit 春申区早教指导中心
attribute 经常性项目
period 2025-01-01至2025-12-31
total_yuan 4860000
annual_yuan 1620000
goal_period 三年建成社区托育点18个。
goal_annual 建成社区托育点6个，新增托位90个。
a|产出|数量|新建托育点|=6.00(个)
a|产出|数量|新增托位|>=90.00(个)
a|产出|质量|备案通过率|=100.00(%)
a|产出|时效|完工及时性|及时
a|效益|社会|托位使用率|>=60.00(%)
a|满意|满意|家长满意度|>=90.00(%)
"""


@paper("沪式申报表", ".docx", SHANGHAI, held=True)
def shanghai() -> bytes:
    d = docx.Document()
    d.add_paragraph("财政项目支出绩效目标申报表")
    d.add_paragraph("（2025年度）")
    table(d, [
        ["项目名称：", "社区嵌入式托育点", "<", "项目类别：", "其他一次性项目", "<"],
        ["计划开始日期：", "2025-01-01", "<", "计划完成日期：", "2025-12-31", "<"],
        ["是否含有政府购买服务：", "否", "<", "项目性质：", "经常性项目", "<"],
        ["主管部门：", "春申区教育局", "<", "实施单位：", "春申区早教指导中心", "<"],
        ["项目资金\n（元）", "项目资金总额：", "4,860,000.00", "年度资金申请总额：", "1,620,000.00", "<"],
        ["^", "其中：财政资金：", "4,860,000.00", "其中：当年财政拨款：", "1,620,000.00", "<"],
        ["^", "其他资金：", "0.00", "上年结转资金：", "0.00", "<"],
        ["项目绩效\n目标", "项目总目标", "<", "年度总体目标", "<", "<"],
        ["^", "三年建成社区托育点18个。", "<", "建成社区托育点6个，新增托位90个。", "<", "<"],
        ["一级指标", "二级指标", "<", "三级指标", "<", "指标目标值"],
        ["产出指标", "数量", "<", "新建托育点", "<", "=6.00(个)"],
        ["^", "^", "<", "新增托位", "<", ">=90.00(个)"],
        ["^", "质量", "<", "备案通过率", "<", "=100.00(%)"],
        ["^", "时效", "<", "完工及时性", "<", "及时"],
        ["效益指标", "社会效益", "<", "托位使用率", "<", ">=60.00(%)"],
        ["满意度指标", "服务对象满意度", "<", "家长满意度", "<", ">=90.00(%)"],
    ])  # fmt: skip
    return saved(d)
