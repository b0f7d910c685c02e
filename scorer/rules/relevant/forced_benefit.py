"""R405: an economic or ecological benefit dragged into a project that has no such link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form, Indicator
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.placement import BENEFITS
from scorer.rules.wording import cell

RULE = Rule(
    code="R405",
    name="效益硬凑",
    checks="项目名称、概况、目标里没有一点经济或生态的内容，却填了经济效益、生态效益，值又是空话；或填了全县的宏观数（GDP、税收增长）。",
    item="目标相关性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="办公设备购置：生态效益指标 促进生态发展：促进",
    good="办公设备购置：生态效益指标留空；或 一级能效设备占比 ≥___%",
    status="stable",
    false_alarms=(
        "名称里有具体事物的（减少家庭医疗支出、施工期水质），交给模型判断，不算。",
        "真有附带效果（无纸化节纸、节能设备）并且写了数的，不算。",
        "项目文字里提到增收、产业、节能、污染等内容的，不算。",
        "表样要求每类都填的，值能核对就不算；宏观数除外，值能核对也不是这个项目带来的。",
        "项目文字里提到招商、产业、企业、就业等与宏观数有关的事的，不算。",
    ),
    label="mismatch",
)

# Words that show that the project has to do with money outside the unit, or with nature.
_LINKS = {
    "经济效益指标": re.compile(
        r"经济|(?<!验)收入|增收|产[值业量出]|税|企业|投资|消费|效益|农[户民业]|就业|创业|旅游|招商|市场|贸易|金融|融资|贷款"
        r"|成本|节[约支省]|价格|销售|生产|商[业贸务]|工业|园区|开发|脱贫|扶贫|振兴|种植|养殖|补贴|奖补|电商|物流|保险"
    ),
    "生态效益指标": re.compile(
        r"生态|环[境保卫]|绿|污|水|林|草|土壤|大气|空气|垃圾|废|排放|节[能水电]|减排|能耗|能源|河|湖|海|湿地|矿|碳|农药|化肥|农膜"
        r"|秸秆|畜禽|清洁|厕|扬尘|噪声|耕地|防火|景观|公园|取暖|供暖|煤|动物|植物|气象|资源|回收|新能源|光伏"
    ),
}

# What is left of a slogan without these words names no object («有效促进经济发展»).
_SLOGAN = re.compile(
    r"促进|推动|推进|助力|带动|拉动|保障|确保|保证|保持|维护|提升|提高|改善|优化|增强|加强|支持|服务|有利于|有助于|实现|达到|打造|创造|营造"
    r"|经济|社会|生态|环境|环保|信息|自然|发展|建设|健康|安全|稳定|平稳|增长|高质量|又好又快|持续|可持续|协调|良性|循环|地方|区域|当地|本地|全[县市区镇乡省]"
    r"|[县市区镇乡]域?|文明|美丽|宜居|水平|质量|效益|效率|效果|保护|影响|贡献|作用|能力|有效|进一步|不断|逐步|明显|显著|绿色|和谐|良好|友好|低碳|理念|意识|是否|情况|程度|指标|的|和|与"
)
_LEFT = 1  # characters

# Figures of a whole county that no single project moves, and the words of projects that may.
_MACRO: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(name), re.compile(link))
    for name, link in (
        (r"恩格尔系数|基尼系数", r"恩格尔|基尼"),
        (r"预期寿命", r"寿命"),
        (r"生产总值|GDP(?!.*事故)", r"生产总值|GDP|经济|产业|投资|招商"),
        (r"城镇化率", r"城镇化|城乡|移民|户籍|棚"),
        (
            r"税收(?:收入)?(?:增长|增加|总?额|增幅)|(?:增加|带动|促进)税收|财政收入(?:增长|增加)",
            r"税|财政收入|招商|企业|产业|园区|投资|经济|上市|贸",
        ),
        (r"投资(?:拉动|增长)|拉动投资|固定资产投资", r"投资|招商|建设|项目|产业|债"),
        (
            r"(?:规上|工业|国企|企业)[一-龥]{0,6}(?:增加值|利润)(?:率|增长率?|总额|增速)?$",
            r"企业|工业|产业|国资|国企|经济|园区|担保|融资|贷|贸|技改|科技",
        ),
        (r"失业率", r"就业|失业|创业|劳动|用工|企业|培训|人力"),
        (r"零售(?:总)?额", r"消费|商|市场|零售|旅游|销|节"),
        (r"粮食(?:总)?产量", r"粮|农|灌|耕|田|种|水利|土|虫|气象|化肥"),
    )
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield soft benefit rows of a class that nothing in the project's own text touches."""
    about = f"{ctx.facts.own_text}\n{form.basis or ''}\n{form.unit or ''}"
    if not (form.overview or form.goal.annual or form.goal.period):
        return
    for index, row, _ in ctx.rows():
        if row.level2 in BENEFITS and _is_macro(row.name, about):
            yield _hit(
                index,
                f"{cell(row)}是全县、全市的大数，这个项目左右不了，像是硬凑的。",
                "请换成这个项目自己带来的变化；没有这类效益的，把这一行留空。",
            )
            continue
        link = _link(row)
        if link is None or link.search(about) or not ctx.unverifiable(index):
            continue
        if len(_SLOGAN.sub("", ctx.full_name(index))) > _LEFT:
            continue
        yield _hit(
            index,
            f"{cell(row)}像是硬凑的：项目名称、概况、目标里都没有这方面的内容。",
            f"没有{row.level2.removesuffix('指标')}的，请把这一行留空；确有的，写明数量。",
        )


def _link(row: Indicator) -> re.Pattern[str] | None:
    """What the project would have to be about: by the class, or by a name of another class
    («社会效益指标 生态环境：改善»)."""
    if row.level2 in BENEFITS and _OF_NATURE.search(row.name) and "经济" not in row.name:
        return _LINKS["生态效益指标"]
    return _LINKS.get(row.level2)


_OF_NATURE = re.compile(r"生态|环境保护|自然环境|绿色发展|低碳")


def _is_macro(name: str, about: str) -> bool:
    """Whether the row measures the whole county, and the project has no hand in it."""
    return any(macro.search(name) and not link.search(about) for macro, link in _MACRO)


def _hit(index: int, message: str, advice: str) -> Hit:
    return Hit(indicator=index, field="name", message=message, advice=advice)
