"""S107: a satisfaction row that does not say whose satisfaction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import BENEFIT, SATISFACTION, Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell
from scorer.targets import parse_target

RULE = Rule(
    code="S107",
    name="满意度对象不明",
    checks="满意度只写「服务对象满意度」「满意度」，没有写明调查谁；或调查的是上级领导、办事单位自己的职工。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="服务对象满意度：满意",
    good="参训学员满意度：≥90%",
    status="stable",
    false_alarms=(
        "名称写「群众满意度」「村民满意度」的，对象已经写明。",
        "机关后勤、设备类项目调查使用人员，是对的。",
    ),
    topic="unverifiable",
    rank=6,
)

_NOBODY = re.compile(
    r"^(?:指标\d*[:：])?(?:服务对象|受益对象|对象|相关人员|有关人员|社会|社会公众或服务对象)?的?"
    r"(?:综合|总体)?(?:满意度?|满意率|满意程度|满意情况|评价)(?:指标)?(?:[（(][%％][)）])?$"
)
_SUPERIORS = re.compile(
    r"^(?:指标\d*[:：])?(?:本?[局院校所站馆中心办委厅]{1,2}|本单位)?(?:上级|主管|领导|区委|县委|市委|党委|政府)(?:领导|部门|机关|单位|班子|成员)*的?(?:满意|评价|认可)"
)


_STAFF = re.compile(r"(?:职工|员工|工作人员|本单位人员|机关干部)(?:的)?满意")
# The unit's own people and nobody else («局机关职工»): training and equipment may be for others.
_OWN_STAFF = re.compile(
    r"(?:[局厅委办院校所站馆]|中心|单位)?(?:机关|本级|内部)(?:职工|干部|员工|工作人员|干部职工)(?:的)?满意"
)
_FOR_OWN_STAFF = re.compile(
    r"职工|员工|工作人员|干部|办公|机关|食堂|后勤|工会|宿舍|体检|物业|系统|软件|网络|设备|装备|车辆"
)
_FOR_STAFF = re.compile(
    r"职工|员工|工作人员|干部|办公|机关|食堂|后勤|培训|工会|系统|平台|软件|网络|设备|装备|宿舍|体检|慰问|车辆|档案"
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield satisfaction rows without a group, or with superiors as the group."""
    for index, row, _ in ctx.rows():
        if row.level1 != SATISFACTION and not ("满意" in row.name and row.level1 == BENEFIT):
            continue
        if _NOBODY.match(row.name):
            trouble = "没有写明调查谁"
        elif _SUPERIORS.match(row.name):
            trouble = "调查的是上级，不是这个项目服务的人"
        elif _own_staff(row.name, form) and not _serves_staff(row.name, ctx.facts.own_text):
            trouble = "调查的是办事的人自己，不是这个项目服务的人"
        else:
            continue
        vague = f"，填的「{row.value}」也没有百分数" if ctx.unverifiable(index) else ""
        yield Hit(
            indicator=index,
            field="name",
            message=f"{cell(row)}{trouble}{vague}，年底无从核对。",
            proposals=tuple(_named(form, row.value)),
            advice="请写明得到服务的人，如「参训学员满意度」「办事群众满意度」「使用人员满意度」。",
        )


def _own_staff(name: str, form: Form) -> bool:
    """Whether those who do the work are asked: where the form says enough to know whom it
    serves, or where it is all of the unit's own people."""
    return bool(_STAFF.search(name)) and (_tells(form) or "全体" in name or "本单位" in name)


def _serves_staff(name: str, told: str) -> bool:
    """Whether what the form tells of itself is work for the unit's own people."""
    words = _FOR_OWN_STAFF if _OWN_STAFF.search(name) else _FOR_STAFF
    return bool(words.search(told))


def _tells(form: Form) -> bool:
    """Whether the form says enough of its work to know whom it serves."""
    return bool(form.overview) or len(form.goal.annual or form.goal.period or "") >= _GOAL


_GOAL = 16  # letters of a goal that tells what is done
_SERVED = re.compile(
    r"(?:参训|参会|受训|办事|受益|就诊|入住|到馆|参观|沿线|周边|辖区|困难|服务|使用|培训|受助|移民|搬迁|种粮|养殖|脱贫|返乡|退役|残疾|离退休|在校|受援)?"
    r"(?:学员|居民|村民|农户|学生|家长|师生|教师|老人|老年人|患者|企业|职工|残疾人|儿童|游客|旅客|用户|市民|商户|驾驶员|读者|观众|移民|退役军人|务工人员|养殖户|种植户|低保对象|救助对象|优抚对象|群众)"
)


def _named(form: Form, value: str) -> Iterator[str]:
    """Rows with the group that the form's own text names, the row's own percentage kept."""
    level = value if parse_target(value).kind == "rate" else "≥___%"
    texts = (form.goal.annual, form.overview, form.goal.period, form.project)
    groups = (m.group() for text in texts for m in _SERVED.finditer(text or ""))
    found = list(dict.fromkeys(groups))[:2] or ["___（写明服务的人）"]
    yield from (f"{group}满意度：{level}" for group in found)
