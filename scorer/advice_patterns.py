"""Patterns of a value for a name that is kept: its kind, sign and unit, the number left blank.

What the name asks for beyond doubt decides; a name that asks nothing gets no pattern.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from scorer.forms import SATISFACTION, Form, Indicator
from scorer.heads import bare_name, direction_of, head_of, obligation_of
from scorer.lexicon import default_lexicon, load_toml
from scorer.library import library
from scorer.rules.asks import asked_by
from scorer.rules.recurrence import kind_of

_WISH = re.compile(
    r"^(?:促进|推动|推进|保障|保证|确保|提高|提升|增强|加强|改善|优化|维护|实现|满足|完善|助力|带动|有效|切实|进一步|不断|逐步)"
)
_TROUBLE = re.compile(
    r"(?:事故|投诉|差错|故障|泄密|纠纷|案件|火灾|伤亡|死亡|问题|隐患|舆情|事件|缺陷)(?:发生)?(?:起数|件数|次数|人数|数量|数)$"
)
_RESPONSE = re.compile(
    r"响应|到达|到场|处置|等候|等待|办结|办理|受理|修复|抢修|时长|用时|耗时|间隔"
)
_OFTEN = re.compile(r"频[次率]|(?:次数|批次|场次|轮次)$")
_QUICK = re.compile(r"响应|到达|到场|处置|抢修|等候|等待|修复")
_ROUTINE = re.compile(r"服务|保障|运行|运转|维护|值班|值守|巡[查检逻护]|保洁|清运|日常|供应")
_PAID = re.compile(r"发放|拨付|支付|缴纳|缴费|兑付|兑现")
_COUNTED = re.compile(r"(?:总?数量?|总量|个数|规模)$")
_LASTING = re.compile(r"(?:使用|服役|运行|管护)?(?:年限|寿命|年期)$")
_PEOPLE = re.compile(r"(?:人数|人员|学员|群众|职工|教师|学生|对象|代表|志愿者|专家)$")
_TIMES = re.compile(r"(?:次数|频次|场次|期数|批次|人次|场数)$")
_SAVED = re.compile(r"节约|节省|压减|降低|减少|核减|结余")
_PRICE = re.compile(r"单价|单位成本|单位造价|均价")
_EACH = re.compile(r"[每单](平方米|立方米|公里|人次|[人户亩台套辆件场次期株吨])|([人户亩生村])均")
_WHOLE_COST = re.compile(r"总|规模|预算|资金|控制数|支出|项目成本|投入|概算")


def value_patterns(form: Form, row: Indicator) -> list[str]:
    """Values that could stand behind the row's name, best first; empty where the name does
    not say what would answer it («促进信息安全»)."""
    name = bare_name(row.name)
    if row.level1 == SATISFACTION and direction_of(name) == "lower":
        return []  # «居民投诉» stands in the wrong class: no percentage of it satisfies anybody
    if row.level1 == SATISFACTION or re.search(r"(?<!不)满意度$", name):
        return ["≥___%"]
    if row.level2 == "时效指标" and _asks_when(name):
        return _times(form, name)
    if "成本" in row.level2 and asked_by(name) in ("money", ""):
        return _costs(form, name)
    if _WISH.search(name):
        return []
    asked = asked_by(name)
    if asked == "rate":
        return ["≥___%", "=100%"] if obligation_of(name) == "duty" else [f"{_sign(name)}___%"]
    if asked == "time":
        return ["≥___年"] if _LASTING.search(name) else _times(form, name)
    if asked == "money":
        lower = direction_of(name) == "lower"
        return _costs(form, name) if lower else [f"≥___{_money_unit(name)}"]
    unit = unit_of(name)
    if _TROUBLE.search(name):
        return [f"=0{unit or '起'}", f"≤___{unit or '起'}"]
    if asked == "count" or row.level2 == "数量指标":
        return [f"{_sign(name)}___{unit or '（写明单位）'}"]
    return []


def _asks_when(name: str) -> bool:
    """Whether a 时效指标 may be answered with a time: not «亩均费用», but «支付保洁费»."""
    asked = asked_by(name)
    if asked == "money":
        return _PAID.search(name) is not None
    if asked == "count":
        return bool(_OFTEN.search(name) or _RESPONSE.search(name))
    return asked != "rate"


# What shows an idea that no number can be put on: a whole row in its place.
_IDEAS: tuple[tuple[re.Pattern[str], frozenset[str], str], ...] = (
    (re.compile(r"安全"), frozenset(("质量指标", "社会效益指标")), "安全责任事故数：=0起"),
    (
        re.compile(r"稳定|可靠|畅通|正常运[行转]|完好|流畅"),
        frozenset(("质量指标",)),
        "故障中断次数：≤___次",
    ),
    (
        re.compile(r"效率|便捷|便利|方便"),
        frozenset(("社会效益指标", "可持续影响指标")),
        "平均办理时间：≤___个工作日",
    ),
    (
        re.compile(
            r"(?:设备|计算机|电脑|服务器|车辆|家具|工程|施工|材料|物资|产品|货物|建设|安装|改造|维修|采购|购置).*(?:质量|标准|合格|规范|可靠)"
        ),
        frozenset(("质量指标",)),
        "验收合格率：=100%",
    ),
)


def row_for_idea(form: Form, row: Indicator) -> str:
    """A row that shows what a name without measure means («设备使用安全性»), "" if none is known
    or the form has it already."""
    taken = {bare_name(i.name) for i in form.indicators}
    return next(
        (
            new
            for idea, classes, new in _IDEAS
            if row.level2 in classes and idea.search(row.name) and new.split("：")[0] not in taken
        ),
        "",
    )


def _sign(name: str) -> str:
    return "≤" if direction_of(name) == "lower" else "≥"


def _times(form: Form, name: str) -> list[str]:
    """A date of the form's year for what is done once, a day of the month for what comes back."""
    if _OFTEN.search(name):
        return ["每月___次", "每季度___次"]
    if _RESPONSE.search(name):
        return ["≤___小时", "≤___个工作日"] if _QUICK.search(name) else ["≤___个工作日", "≤___天"]
    date = f"{form.fiscal_year}年___月___日前" if form.fiscal_year else "___月___日前"
    kind, _ = kind_of(form.project or "")
    lasting = kind == "recurrent" or "经常" in (form.attribute or "")
    if _PAID.search(name):
        return ["每月___日前"] if lasting else [date]
    return ["每月___日前", "≤___个工作日"] if lasting and _ROUTINE.search(name) else [date]


def _costs(form: Form, name: str) -> list[str]:
    """A price of one piece, in the unit of what the form counts."""
    if _SAVED.search(name):
        return ["≥___万元"]
    sign = "=" if direction_of(name) == "guaranteed" else "≤"
    things = counted_units(form)
    each = _EACH.search(name)
    unit = (each[1] or each[2]) if each else things[0] if len(things) == 1 else ""
    price = f"{sign}___元/{unit}" if unit else f"{sign}___元"
    if _PRICE.search(name) or not _WHOLE_COST.search(name):
        return [price]
    return ["≤___万元", price] if not things else [price, "≤___万元"]


def _money_unit(name: str) -> str:
    unit = _head_unit(name)
    return unit if "元" in unit else "万元"


def counted_units(form: Form) -> list[str]:
    """Units of the things that the form's 数量指标 count, in printed order."""
    from scorer.targets import parse_target

    rows = [i for i in form.indicators if i.level2 == "数量指标"]
    units = (
        q.unit for i in rows for q in parse_target(i.value).quantities[:1] if q.unit_kind == "count"
    )
    return list(dict.fromkeys(u for u in units if u and "/" not in u and u != "分"))


def unit_of(name: str) -> str:
    """The unit in which a thing of this name is counted, "" where the name does not say."""
    if _PEOPLE.search(name):
        return "人"
    thing = _COUNTED.sub("", name)
    if found := _unit_of_thing(thing[-2:]):
        return found
    unit = _head_unit(name)
    return unit if unit and (_TIMES.search(name) or unit[0] in name[-3:]) else ""


def _head_unit(name: str) -> str:
    head = head_of(name)
    return next(iter(_head_units().get(head.word, ())), "") if head else ""


@cache
def _head_units() -> dict[str, tuple[str, ...]]:
    return {e["word"]: tuple(e["units"]) for e in load_toml("head_words.toml")["head"]}


@cache
def _things() -> dict[str, Counter[str]]:
    """Units of the library's counts by the last two letters of the thing counted."""
    found: dict[str, Counter[str]] = {}
    kinds = default_lexicon().unit_kinds
    for entry in library().entries:
        if entry.level2 == "数量指标" and kinds.get(entry.unit) not in (None, "rate", "money"):
            thing = _COUNTED.sub("", bare_name(entry.name))
            found.setdefault(thing[-2:], Counter())[entry.unit] += 1
    return found


@lru_cache(maxsize=4096)
def _unit_of_thing(letters: str) -> str:
    units = _things().get(letters)
    if not units or len(letters) < 2:
        return ""
    unit, count = units.most_common(1)[0]
    return unit if count >= 2 and count >= 0.7 * units.total() else ""
