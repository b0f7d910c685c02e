"""T505: goal or plan names one month for a step, the row another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from scorer.forms import Form
from scorer.heads import bare_name
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import FIELD_NAMES
from scorer.targets import Moment, Target, parse_target

RULE = Rule(
    code="T505",
    name="完成时间前后不一",
    checks="同一件事的时间，实施计划或目标写一个月份，时效指标写另一个月份；或者比目标的期限晚两个月以上。",
    item="实现可能性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="实施计划「10月底完成」，时效指标「项目完成时间：12月31日前」",
    good="实施计划「10月底完成」，时效指标「项目完成时间：10月31日前」",
    status="stable",
    false_alarms=(
        "招标、到货、验收等不同步骤的时间不同，不比较。",
        "计划里分批、分段写了几个时间的，有一个一致就不算。",
        "多年项目中其他年度的时间，不比较。",
        "指标写到计划的下一个月的，是留了余地，不算。",
    ),
)

# Words for one step of a project; words of one line mean the same.
_STEPS = (
    re.compile(r"(?<!主体)(?:完工|竣工(?!验收)|建成)"),
    re.compile(r"(?:交工|完工|工程|项目)?(?<!中期)验收"),
    re.compile(r"开工|进场施工"),
    re.compile(r"到货|交货|供货"),
    re.compile(r"上线|投用|投入使用|启用|交付使用"),
    re.compile(r"封顶"),
    re.compile(r"招标|采购(?!完成)"),
    re.compile(r"发放|兑付|拨付"),
    re.compile(r"完成"),
)
_FILLER = re.compile(
    r"项目|工程|任务|工作|整体|全部|年度|按[时期]|及时|实施|建设|的|时间|时限|日期|期限|节点|率|性|总|本|前|底|末|完毕|到位|并|计划|预计|力争|保证|确保|于|在|，|:"
)
_CLAUSE = re.compile(r"[。；;，,、\n]")
_AND = re.compile(r"以及|[和及与并]")
_SPREAD = re.compile(r"\d\s*[-—–~至到]\s*\d{1,2}\s*月|[每逐按分]|陆续|开始|起")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A clause that dates one step: where it stands, the step, its object, the month."""

    field: str
    clause: str
    step: int
    object: str
    moment: Moment


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield timeliness rows whose month is not the one that the texts give the same step."""
    said = list(_dated_clauses(form))
    for index, row, target in ctx.rows("时效指标"):
        name, moment = bare_name(row.name), _only_month(target)
        if moment is None and not target.moments:
            # «保证2023年底完成: 保证»: the name holds the date.
            moment = _only_month(parse_target(name))
            name = _without(name, moment) if moment else name
        if moment is None or target.frequency or target.quantities:
            continue
        step, thing = _step_of(name)
        same = [d for d in said if d.step == step and d.object == thing]
        same = same or _whole(said, step, moment, form) or _promised(form, name, moment)
        if step < 0 or not same or any(not _apart(moment, d.moment, form) for d in same):
            continue
        other = same[0]
        yield Hit(
            indicator=index,
            field="value",
            message=f"{row.level2}写的是「{row.name}：{row.value}」，「{FIELD_NAMES[other.field]}」里写的是「{other.clause}」，时间不一致。",
            advice=f"请与「{FIELD_NAMES[other.field]}」核对后改一致。",
            proposals=(_printed(other),),
            confidence=0.8,
        )


_ENDS = frozenset((0, 1, 4, 5, 8))  # steps after which nothing of the work is left to do


def _whole(said: list[_Dated], step: int, moment: Moment, form: Form) -> list[_Dated]:
    """The one date of this step for the whole project, where the row's part comes later."""
    dated = [d for d in said if d.step == step]
    if step not in _ENDS or len(dated) != 1 or dated[0].object:
        return []
    return dated if _months_after(moment, dated[0].moment, form) >= _LATE else []


_LATE = 2  # months after the day promised that are no leeway
_THING = 3  # letters that goal and row share
# What is left of a name without words of the deed and the day.
_DEED = re.compile(
    r"完成|完工|竣工|建成|投用|投入使用|启用|上线|通车|交付|到货|发放|配发|配送|安装|施用|播种|时间|日期|时限|期限|节点"
)
_AFTERWARDS = re.compile(
    r"验收|结算|决算|评估|评价|审计|移交|归档|总结|支付|拨付|兑付|回访|考核|监测|调查|报告|抽查|检测"
)
_IN_PARTS = re.compile(r"[每逐各分批另]|陆续|第[一二三]|[一二三]期|滚动|首|下半年|秋|冬")


def _promised(form: Form, name: str, moment: Moment) -> list[_Dated]:
    """The clause of the goal by whose deadline the row's thing was to be done, long before."""
    if _AFTERWARDS.search(name) or _IN_PARTS.search(name):
        return []
    thing = _DEED.sub("", name)
    for clause in _CLAUSE.split(form.goal.annual or ""):
        promise = _only_month(parse_target(clause))
        if promise is None or not re.search(r"[前底内]", clause) or _IN_PARTS.search(clause):
            continue
        other = [n for n, pattern in enumerate(_STEPS[:-1]) if pattern.search(clause)]
        shared = SequenceMatcher(None, thing, clause, autojunk=False).find_longest_match().size
        named = len(thing) > 1 and shared >= max(_THING, len(thing) - 2)
        named = named and all(_STEPS[n].search(name) for n in other)
        if named and _months_after(moment, promise, form) >= _LATE:
            return [_Dated("goal_annual", clause.strip(), _step_of(name)[0], "", promise)]
    return []


def _months_after(row: Moment, said: Moment, form: Form) -> int:
    """How many months of the form's year the row is later than said; 0 where that is not known."""
    year = form.fiscal_year or 0
    if {row.year or year, said.year or year} != {year} or not (row.month and said.month):
        return 0
    return row.month - said.month


def _printed(dated: _Dated) -> str:
    """The other field's date as it stands there: «2023年10月底»."""
    start, end = dated.moment.span
    printed = dated.clause[start:end].strip()
    return printed if printed.endswith("前") else f"{printed}前"


def _dated_clauses(form: Form) -> Iterator[_Dated]:
    """Clauses of goal and plan with one month and one step in them."""
    for field in ("goal_annual", "plan"):
        for clause in _CLAUSE.split(form.text(field) or ""):
            if "月" not in clause and "年底" not in clause and "年末" not in clause:
                continue
            if _SPREAD.search(clause):
                continue
            target = parse_target(clause)
            moment = _only_month(target)
            if moment is None or target.quantities:
                continue
            for part in _AND.split(_without(clause, moment)):
                step, thing = _step_of(part)
                if step >= 0:
                    yield _Dated(field, clause.strip(), step, thing, moment)


def _only_month(target: Target) -> Moment | None:
    months = [m for m in target.moments if m.month and m.limit != "after"]
    return months[0] if len(months) == 1 == len(target.moments) else None


def _without(text: str, moment: Moment) -> str:
    start, end = moment.span
    return text[:start] + text[end:]


def _step_of(text: str) -> tuple[int, str]:
    """Which step a text names and of what; (-1, "") where none or several."""
    steps = [n for n, pattern in enumerate(_STEPS) if pattern.search(text)]
    if len(steps) > 1 and steps[-1] == len(_STEPS) - 1:
        steps.pop()  # «完成验收» is 验收
    if len(steps) != 1:
        return -1, ""
    rest = _STEPS[steps[0]].sub("", text).replace("完成", "")
    return steps[0], re.sub(r"[\W\d_]+", "", _FILLER.sub("", rest))


def _apart(row: Moment, said: Moment, form: Form) -> bool:
    """Whether the row is a month earlier than said, or later by more than the next month."""
    year = form.fiscal_year or 0
    if (said.year or year) != year or row.month is None or said.month is None:
        return False
    months = ((row.year or year) - year) * 12 + row.month - said.month
    return months <= -1 or months >= 2
