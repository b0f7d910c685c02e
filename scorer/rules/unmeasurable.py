"""Things of which nobody can take a percentage: «维护社会稳定 ≥95%»."""

from __future__ import annotations

import re

from scorer.forms import Indicator
from scorer.heads import bare_name
from scorer.rules.asks import asked_by
from scorer.targets import Target

_BENEFITS = frozenset(("社会效益指标", "生态效益指标", "可持续影响指标", "经济效益指标"))
# Ideas, states and virtues at the end of a name; 安全感 and 获得感 are left out: surveys ask for them.
_IDEA = re.compile(
    r"(?:稳定|和谐|平衡|公信力|安全性|稳定性|便利性|便捷性|积极性|透明度|幸福感|归属感|荣誉感|自豪感|能力|意识|环境|秩序|形象|氛围|治安|结构|凝聚力|影响力|竞争力|战斗力|向心力|公平|正义"
    r"|危害|差距|发展|经济增长|屏障|气候|底线|关系|畅通|安全|队伍|出行|生活|民生|福祉|权益|需求|供给|风气|文明|素质|面貌|治理|健康水平|服务水平|管理水平|工作水平)"
    r"(?:提升度|提升|提高|改善|增强|稳定|优化)?$"
)
_WISH = re.compile(
    r"^(?:促进|维护|保障|确保|稳定|优化|营造|助力|推动|推进|服务|弘扬|丰富|缓解|巩固|传承|规范|提升|增强|加强|改善|加快|强化|活跃|繁荣)"
)
# Names that ask for a share after all, or whose percentage is a rise.
_SHARED = re.compile(
    r"率|占|比|覆盖|知晓|普及|参与|参保|参训|就业|入学|达标|合格|利用|使用|满意|受益|办结|处置|处理|增长|增收|增产|节约|减排|素养|评价|测评|巩固$|达到|完成|到位|供应|畅通运行|消费"
)
# A soft word dressed as a rate: «办事环境明显改善率», «生态环境有效美化率».
_SOFT_RATE = re.compile(
    r"(?:明显|有效|显著|持续|进一步|不断|逐步|大幅|切实|充分|稳步|全面|有力|极大)地?"
    r"(?:改善|提升|提高|增强|优化|美化|净化|加强|促进|推动|推进|保障|好转|改观|满足|完善|发展|缓解|巩固|维护)率$"
)
# An idea made a rate: «社会公平正义维护率», «社会和谐促进率».
_IDEA_RATE = re.compile(
    r"^(?:社会|政府|企业|城市|农村|乡村|群众|文化|经济)?"
    r"(?:公平|正义|和谐|形象|氛围|民生|福祉|活力|凝聚力|公信力|影响力|竞争力|向心力|文明|风气|振兴|繁荣)+"
    r"(?:维护|促进|保障|提升|提高|推动|推进|实现|弘扬|传承|助推|改善|增强|优化|营造)率$"
)
# An index or score that somebody would have to invent: «历史文化传承指数».
_MADE_UP = re.compile(
    r"(?:传承|弘扬|促进|提升|增强|改善|保障|推动|带动|助力|振兴|和谐|繁荣|文明|稳定|影响|贡献|支撑|引领|凝聚|认同|精神|形象|效益|意义|缓解|化解|优化|治理|难)(?:综合)?(?:指数|系数|得分|评分|值|度)$"
    r"|(?:达成|实现|落实|贯彻)度$|(?:化解|推进|宣传|保障|服务|工作|支持|落实|治理|传承|监管)力度$"
    r"|(?:意识|环境|形象|能力|水平|素质|面貌|氛围|秩序|风气|凝聚力|影响力|竞争力)(?:提升|改善|提高|增强|优化|好转)(?:率|度|幅度)?$"
)
# A soft word moved from the value into the name, and 100% in its place: «河面洁净程度较好 =100%».
_PRAISED = re.compile(
    r"(?:较好|良好|优美|较高|较大|显著|明显|提升|提高|改善|增强|优化|健全|完善|繁荣|和谐|浓厚|有效)$|^(?:建立健全|不断|持续|进一步|有效|切实)"
)
# States and works of any class, of which half or all of a hundred says nothing: «招商效果 =100%»,
# «解决就餐困难 ≥95%», «长效机制 =100%». Small percentages of some of them are a growth («增收 ≥5%»).
_STATE = re.compile(
    r"(?:(?<!审核|建档|抽检|检验)质量|能力|(?<!素养)水平|意识|稳定|形象|素质|环境|体系|机制|体制|建设|防控|运营|运转|地位|知名度|美誉度|影响力?"
    r"|(?:影响|便利|便捷|洁净|整洁|重视|紧密|活跃)程度|困难|难题|[一-龥]难|解难|消费|增收|降耗|氛围|传承|振兴|发展|可持续|持续保护|后继有人|(?<!防治|治疗|防控)效果|成效|作用|提供(?:[一-龥]{0,2}(?:依据|支撑|参考|保障|支持)))(?:提升)?度?$"
)
_MANY = 50  # percent from which no growth is meant
# A virtue of papers and orders, of which there is no hundredth part: «制度健全性 =100%».
_VIRTUE = re.compile(r"(?:健全|完善|完备|长效|持续|科学|合理|必要|有效|规范|先进|创新)性$")
_OFFICIAL = re.compile(r"水质|空气|大气|环境质量|物价|价格|景气|安全感|满意|文明城市|排放|影子")
_SURVEYED = re.compile(r"患|病|症|学[员生]|受访|对象|[人户]")
_MEASURED = re.compile(r"[率占比]|合格|满意|[增减升降缩扩]|提高|抽查|测评|考核|问卷")


# States whose rise nobody takes a percentage of: «科研水平提升37.62%», «社会影响扩大5.55倍».
_RISING = re.compile(
    r"(?:科研|教学|服务|管理|治理|工作|业务|学术|创新|技术|文化|文明|法治|城市|社会|医疗|教育)(?:水平|影响力?|形象|氛围|风气|面貌)$"
    r"|(?:社会|品牌|区域|国际)影响力?$|意识$|凝聚力$"
    r"|(?:救援|履职|服务|保障|治理|管理|执法|业务|创新|应急|防范|处置)能力$"
)


def percentage_of_an_idea(row: Indicator, target: Target) -> bool:
    """Whether a bare percentage or score is set on a wish or an idea."""
    if _praised(row, target) or _virtue(row, target) or _of_a_state(row, target):
        return True
    if _risen(row, target):
        return True
    quantity = target.only
    if row.level2 not in _BENEFITS or quantity is None:
        return False
    name = bare_name(row.name)
    if quantity.unit in ("%", "分", "") and _MADE_UP.search(name) and not _OFFICIAL.search(name):
        return True
    if quantity.unit == "%" and _SOFT_RATE.search(name) and not _SURVEYED.search(name):
        return True
    if quantity.unit == "%" and _IDEA_RATE.search(name):
        return True
    if quantity.unit not in ("%", "分") or _MEASURED.search(target.text):
        return False
    if asked_by(row.name) == "rate" or _SHARED.search(name) or quantity.comparator == "≤":
        return False
    return bool(_IDEA.search(name) or _WISH.search(name))


def _of_a_state(row: Indicator, target: Target) -> bool:
    """Whether most or all of a state is asked for, also as a rise («意识提高95%以上»)."""
    if target.base or len(target.quantities) != 1 or _MEASURED_BY.search(target.text):
        return False
    quantity, name = target.quantities[0], bare_name(row.name)
    if quantity.unit != "%" or quantity.value < _MANY or quantity.comparator in ("≤", "<"):
        return False
    return bool(_STATE.search(name)) and not _RATED.search(name)


def _risen(row: Indicator, target: Target) -> bool:
    """Whether such a state is to rise by a share, without a word of what it rises from."""
    shares = [q.unit for q in target.quantities]
    said = bool(target.change) and not target.base and shares in (["%"], ["倍"])
    return said and bool(_RISING.search(bare_name(row.name)))


_RATED = re.compile(r"率|占|比例|覆盖|知晓|合格|满意|素养|测评|评价")
# The value names a rate of its own: «验收合格率95%», «满意率90%».
_MEASURED_BY = re.compile(r"[率占比]|合格|满意|抽查|测评|考核|问卷|测试|验收|不足|至|到")


def _virtue(row: Indicator, target: Target) -> bool:
    plain = target.kind == "rate" and not (target.change or target.base)
    return plain and bool(_VIRTUE.search(bare_name(row.name))) and not _MEASURED.search(target.text)


def _praised(row: Indicator, target: Target) -> bool:
    name = bare_name(row.name)
    full = len(target.quantities) == 1 and target.quantities[0].unit == "%"
    return (
        full
        and target.quantities[0].value == 100
        and bool(_PRAISED.search(name))
        and not _SHARED.search(name)
    )
