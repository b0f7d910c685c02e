"""What a name plainly asks for, and what a value offers: the two sides of «does it answer».

Only names whose last word leaves no doubt (人数, 完成时间, 合格率, 单价) are said to ask for
something; for the others the head-word list gives what may answer.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from scorer.heads import bare_name
from scorer.targets import Target, parse_target

Ask = Literal["rate", "time", "money", "count", ""]

_RATE = re.compile(
    r"(?:(?<![频功速效汇税费利辨量倍积心])率|占比|所?占比[例重]|比例|比重|百分比|(?<!不)满意|(?:满意|接受|认可|支持|信任|知晓|参与)度|占[一-龥]{1,8}(?:总数|总量|总额))$"
)
_TIME = re.compile(
    r"(?:时间|时限|日期|工期|期限|时长|用时|耗时|时点|周期|时间节点|(?<!有)时效)$"
    r"|(?:发放|拨付|举办|截止|完成|报送|开班)日|(?:办结|完工|竣工|交付|到货|完成)期$"
)
_COUNT = re.compile(
    r"(?:人数|人次|[户家次期场班轮套台件份册卷篇页条本张幅株棵头只辆座处间栋笔宗起批组支个]数|数量|场次|班次|批次|频[次率]|轮次|组次|项目数"
    r"|学时|课时|天数|月数|时数|年数|面积|里程|长度|公里数|厚度|宽度|高度|体积|重量|吨数)$"
)
_MONEY = re.compile(
    r"(?:成本|单价|均价|造价|租金|价格|工资|薪[酬资]|报酬|酬金|津贴|(?<!签约)(?<!成交)金额|(?:挽回|追回|避免)[一-龥]*损失|(?:补助|补贴|奖励|奖补|资助|慰问|救助|收费|付费|经费|费用)标准|经费|费用"
    r"|(?<![浪收免消缴付交欠自退])费)$"
)


@lru_cache(maxsize=65536)
def asked_by(name: str) -> Ask:
    """What the name asks for beyond doubt: a rate, a time, money, a count; else ""."""
    bare = bare_name(name)
    if _RATE.search(bare):
        return "rate"
    if _TIME.search(bare):
        return "time"
    if _COUNT.search(bare):
        return "count"
    if _MONEY.search(bare):
        return "money"
    return ""


# What a number of a unit kind is an answer to; measures count as counts.
_OF_UNIT = {"rate": "rate", "money": "money", "time": "time", "ratio": "rate"}
_CLOCK = re.compile(
    r"\d\s*[时点](?!\d)|[一二三四五六七八九十]点(?!位)|分钟|小时|[年季月周]度?[底末初]"
)


@lru_cache(maxsize=65536)
def offered(target: Target) -> frozenset[str]:
    """The kinds of answer that a value holds: rate, time, money, count, repeat (a
    frequency); empty for mere words."""
    kinds = {_OF_UNIT.get(q.unit_kind, "count") for q in target.quantities}
    if target.frequency:
        kinds.add("repeat")
    if target.moments or _CLOCK.search(target.text):
        kinds.add("time")
    return frozenset(kinds)


def name_holds_answer(name: str) -> bool:
    """Whether the name itself states the number or date («完成6期培训»)."""
    target = parse_target(name)
    dated = any(m.month or m.day or m.quarter for m in target.moments)
    return bool(target.quantities or dated or target.frequency)
