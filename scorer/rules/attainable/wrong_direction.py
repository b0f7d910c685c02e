"""A305: the sign runs the wrong way (总成本 ≥85万元, 投诉率 ≥5%, 合格率 ≤98%)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from scorer.forms import Form, Indicator
from scorer.heads import bare_name, direction_of, head_of
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.counted import same_unit
from scorer.rules.stated import all_numbers, texts_of
from scorer.rules.wording import cell
from scorer.targets import Quantity, Target

RULE = Rule(
    code="A305",
    name="指标值方向写反",
    checks="越低越好的写成「≥」「不低于」，越高越好的写成「≤」「不超过」。",
    item="绩效合理性",
    severity="error",
    basis="财预〔2021〕101号",
    bad="项目总成本：≥85万元",
    good="项目总成本：≤85万元",
    false_alarms=(
        "补助标准、工资、慰问金等必须保障的标准，写「≥」是对的。",
        "成本节约率、投诉办结率、挽回损失等，方向由最后的词定，不算。",
        "查处、受理、化解的件数是工作量，写「≥」不算。",
        "「下降≥5%」量的是降幅，不算。",
        "费用增长率、使用率、利用率两个方向都可能，不算。",
        "收购价、售价可能是农户、商户的收入，写「≥」不算。",
    ),
    status="stable",
    label="incoherent",
)

Way = Literal["lower", "higher", ""]

_BAD_RATE = re.compile(
    r"(?:盲区|请假|迟到|损毁|超标|超限|撂荒|抛荒|中断|丢包|丢失|积压|拖欠|发生|缺[勤课席岗编]|脱[岗管贫]|[漏误错拒违弃虚欠空][一-龥]"
    r"|差[错评]|失[败联信业窃火控]|泄漏|渗漏|(?<![一-龥]不)不(?!间断|动产)[一-龥]{1,3}|未[一-龥]{1,3}|退[单票件货回改款])率$"
)
# What did not come back or happen: two negations make a good thing.
_GOOD_RATE = re.compile(
    r"[未零无不](?:反弹|返[贫困]|复[发吸犯]|再犯|发生|重新|逾期|超[期限标]|失信|脱管)[一-龥]{0,4}率$"
)
_BAD_SHARE = re.compile(
    r"(?:过期|闲置|不合格|超期|逾期|破损|违规|失效|积压|空置|差评)[一-龥]{0,4}(?:占比|比例|比重)$"
)
_LIMIT = re.compile(
    r"(?<!开放)(?<!服务)(?<!公示)(?<!保存)(?<!有效)时限$|^(?:项目|预算)?成本控制率?$"
)
_BAD_THING = re.compile(
    r"(?:投诉|违章|违规|违法|信访件|信访|上访|漏报|误报|差错|事故|事件|故障|漏洞|纠纷|发案|火灾|火情|火警|坍塌|溺水|触电|中毒|(?:偷|盗|抢|骗)[一-龥]{0,2}案件|案件数?发生)"
    r"(?:数|量|数量|件数|起数|次数|案件|批次)?$"
)
# What nobody wants more of: «新增吸毒人员人数», «新增债务规模».
_BAD_NEW = re.compile(
    r"^(?:年度|全[县市区]|辖区)?(?:新增|新发|增加|复发)(?:吸毒|涉毒|感染|患病|病例|失业|欠薪|违法|违规|隐患|债务|污染|事故|致贫|返贫|失信|辍学|撂荒|闲置|病死)"
    r"(?:人员|人口|病例|案件|家庭|贷款|资金)?(?:人数|人次|数量|数|起数|例数|件数|户数|规模|金额|面积|率)?$"
)
# With one of these the bad thing is the object of the unit's work, or of a reduction.
_WORKED_ON = re.compile(
    r"受理|查处|查办|办理|办结|处理|处置|化解|整改|排查|发现|调处|调解|调查|答复|回复|打击|破获|侦破|修复|检修|消除|下降|减少|降低"
    r"|避免|防范|挽回|节约|压减|接[听待处]|立案|侦办|扣除|扑救|扑灭|出动|出警|处警|演练|监测|应对|巡|举报|抓获|解决|满意"
)
_NOT_A_CEILING = re.compile(
    r"节约|节省|减少|降低|减[负损]|补助|补贴|津贴|标准|工资|薪|报酬|慰问|奖|资助|救助|供养|抚恤|保障|撬动|带动|增收|收入|配套"
    r"|自筹|企业[一-龥]{0,4}投资|固定资产|融资|贷款|产值|效益|利润|收益|投放|投入占|下限|最低"
)
_SAVED = re.compile(r"节约|节省|减少|降低|减[负损]|保障")
_PRICE = re.compile(r"价格?$")
_FLIPPING = re.compile(r"[零无未非不]$")
_EITHER = re.compile(
    r"增长率|增速|增幅|使用率|利用率|排名|控制率|阳性率|检出率|率差|(?:服务|开放|播出)(?:时间|时长)"
)
_HIGHER_ENDS = re.compile(r"(?:率|度|天数|年限|寿命|质保期|无故障时间|满意)$")
# The value brings a measure of its own («化解率≥95%», «比市场价低10%以上»).
_OTHER_MEASURE = re.compile(r"率|[较比]|(?<!不)(?<!最)[低高](?!于)|节|省|减|降")
# «使用时数» is a number of hours: without its 数 it would end like «清障用时».
_SHARE_OF = re.compile(r"(?:占比|比例|比率|(?<!时)数|量|数量|件数|起数)$")
_NOT_BETTER_FULL = re.compile(
    r"含|湿|负[荷载]|饱和|占用|容积|孔隙|负债|费率|税|利率|死|病|耗|损|错|漏|误|失|拒|返|退|欠|自付|个人"
)
_RISES = re.compile(
    r"(?:[较比](?:上年|去年|往年|\d{4}年)[一-龥]{0,3})?(?:有所|逐年|明显)?(?:增加|上升|增长|升高|增多)(?:\d.*)?"
)
_UP = {"≥": True, ">": True, "≤": False, "<": False}
_BELOW_ANOTHER = re.compile(r"[低高]于[一-龥]{1,8}\d")  # «低于市场价5%»: more is better
# What is to be done away with: «消除班级人数超过45人的大班额».
_AS_IT_IS = re.compile(r"消除|解决|杜绝|不予|改造|淘汰|清退|整治|取消|困难")
_ENDS = ("≥", "≤")
_AND = re.compile(r"\d[^\d、，,；;]{0,6}(?:且|并|，|,)?\s*(?:≤|不[高大多]于|不超过)")
_SAID = 20  # letters of the goal that the message repeats
_EXACTLY_ALL = re.compile(r"执行率|支付率|支出率|控制|完成率")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows with one number whose sign forbids the better and allows the worse."""
    for index, row, target in ctx.rows():
        if _RISES.fullmatch(target.text.strip()) and way_of(row.name) == "lower":
            yield _hit(index, row, "越低越好", "请写下降的幅度和基数，如「较上年下降 ___ %」。")
            continue
        if _floor_above_ceiling(target):
            yield _hit(
                index,
                row,
                "的下限比上限还大，没有一个数能同时满足",
                "请核对上限和下限，改成说得通的范围。",
            )
            continue
        quantity = _signed(target)
        if quantity is None:
            if _all_bad(row, target):
                yield _hit(index, row, "越低越好", "请写可以容忍的上限，如「≤ ___ %」。")
            continue
        way = _way(row, quantity)
        up = quantity.comparator in ("≥", ">")
        if way == "lower" and up:
            said, mend = "越低越好", "≤"
        elif way == "higher" and not up and not _allows_all(row, quantity):
            said, mend = "越高越好", "≥"
        elif not way and (goal := _turned_round(form, row, quantity)):
            said, mend = f"在目标里写的是「{goal}」", "≤" if up else "≥"
        else:
            continue
        yield _hit(index, row, said, f"请把符号改成「{mend}」，并核对数值。")


def _floor_above_ceiling(target: Target) -> bool:
    """«≥60个且≤20个»: no number is both."""
    if len(target.quantities) != len(_ENDS) or not _AND.search(target.text):
        return False
    low, high = target.quantities
    signs = (low.comparator, high.comparator)
    return low.unit == high.unit and signs == _ENDS and low.value > high.value


def _turned_round(form: Form, row: Indicator, quantity: Quantity) -> str:
    """The clause of the goal that caps what the row sets as a floor, with the same number («降到
    20%以内», ≥20%), or the other way round; "" where there is none."""
    goals = all_numbers(texts_of(form, ("goal_annual", "goal_period")))
    for stated in goals:
        told = stated.quantity
        same = told.value == quantity.value and same_unit(told.unit) == same_unit(quantity.unit)
        opposed = told.stated_comparator and _UP.get(told.comparator) is not _UP.get(
            quantity.comparator
        )
        if _BELOW_ANOTHER.search(stated.clause) or _AS_IT_IS.search(stated.clause):
            continue
        if stated.after.startswith("的"):
            continue  # «低于100马力的不予补贴»
        if same and opposed and "=" not in told.comparator and stated.says_most_of(row.name):
            return stated.clause.strip()[-_SAID:]
    return ""


def _hit(index: int, row: Indicator, said: str, advice: str) -> Hit:
    return Hit(
        indicator=index,
        field="value",
        message=f"{cell(row)}{said}，填的却是「{row.value}」，方向反了。",
        advice=advice,
    )


def _all_bad(row: Indicator, target: Target) -> bool:
    """«出生缺陷发生率 =100%»: all of a bad thing."""
    quantity = target.only
    if quantity is None or quantity.unit != "%" or quantity.value != 100:
        return False
    if quantity.comparator in ("≤", "<"):
        return False
    return row.name.endswith("率") and way_of(row.name) == "lower"


def _signed(target: Target) -> Quantity | None:
    """The one number of a value, where it has a stated sign and no rise or fall."""
    quantity = target.only
    if quantity is None or _OTHER_MEASURE.search(target.text):
        return None
    if not quantity.stated_comparator or quantity.comparator == "=" or quantity.high is not None:
        return None
    return quantity


def _way(row: Indicator, quantity: Quantity) -> Way:
    """Which way is better for this row, "" where nobody can say for sure."""
    way = way_of(row.name)
    if not way and _high_cap(row.name, quantity):
        return "higher"
    if quantity.unit_kind != "money":
        return way
    price = _PRICE.search(bare_name(row.name)) is not None
    if price and (row.level2 == "经济效益指标" or direction_of(row.name) == "either"):
        return ""  # what one side pays the other earns
    if way:
        return way
    ceiling = row.level2 in ("成本指标", "经济成本指标") and not _NOT_A_CEILING.search(row.name)
    return "lower" if ceiling else ""


def _high_cap(name: str, quantity: Quantity) -> bool:
    """A rate capped at 80 % or more («合身率 ≤98%»): such a cap only makes sense turned round."""
    bare = bare_name(name)
    high = quantity.unit == "%" and 80 <= quantity.value < 100
    return (
        high
        and bare.endswith("率")
        and not (_EITHER.search(bare) or _NOT_BETTER_FULL.search(bare[-5:]))
    )


@lru_cache(maxsize=65536)
def way_of(name: str) -> Way:
    """Which way is better by the name alone: "lower", "higher" or "" (either, unknown)."""
    bare = bare_name(name)
    if _BAD_SHARE.search(bare) or _LIMIT.search(bare):
        return "lower"
    if _BAD_NEW.search(bare) and not _WORKED_ON.search(bare):
        return "lower"
    if _EITHER.search(bare):
        return ""
    if _GOOD_RATE.search(bare):
        return "higher"
    if bad := _BAD_RATE.search(bare):
        return "higher" if bare[: bad.start()].endswith(("零", "无")) else "lower"
    if direction_of(_SHARE_OF.sub("", bare)) == "lower" and _SHARE_OF.search(bare):
        bare = _SHARE_OF.sub("", bare)
    if _BAD_THING.search(bare):
        return "" if _WORKED_ON.search(bare) else "lower"
    direction = direction_of(bare)
    head = head_of(bare)
    before = bare[: -len(head.word)] if head else ""
    if direction == "lower":
        money = head is not None and "money" in head.asks
        # «每人次补助成本» is a cost, whatever is granted; «补助单价» may be a grant.
        kept = _SAVED.search(bare) if bare.endswith("成本") else _NOT_A_CEILING.search(bare)
        if _WORKED_ON.search(bare) or (money and kept):
            return ""
        return "higher" if before.endswith(("零", "无")) else "lower"
    if direction == "higher" and _HIGHER_ENDS.search(bare):
        return "lower" if _FLIPPING.search(before) else "higher"
    return ""


def _allows_all(row: Indicator, quantity: Quantity) -> bool:
    """«预算执行率 ≤100%» forbids nothing good."""
    return quantity.value >= 100 and bool(_EXACTLY_ALL.search(row.name))
