"""R418: a project that has nothing to do with the unit's duties as printed in the same document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form, Submission
from scorer.library import GENERAL, library
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.narrative import telling
from scorer.rules.trades import RARE_IN_NAME, in_topics, pairs_in, telling_of

RULE = Rule(
    code="R418",
    name="项目与单位职能无关",
    checks="项目说的行当与同一文件所列单位职责不是一类事，也没有一个词相同。只请人工核对。",
    item="目标相关性",
    severity="advice",
    basis="",
    bad="档案馆（职责：接收、保管、利用档案）：广场舞比赛",
    good="档案馆：馆藏档案展览",
    false_alarms=(
        "代管、挂靠、上级交办的任务，不算。",
        "工资、遗属补助、物业、驻村帮扶等哪个单位都有的事，不算。",
        "乡镇、街道、政府办公室和机关事务单位什么都管，不比。",
        "文件没有列职责，或职责只有一两句，不比。",
    ),
    scope="document",
    options={"least_duties": 12, "least_own": 12, "shared": 1},
)

STRONG = 9.0  # points of a topic that a project's name speaks of
_HEAD = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.、])?[一-龥]{0,14}(?:职责|职能)(?:情况|任务|概述|简介)?[:：。]?$"
)
_NEXT = re.compile(
    r"^第[一二三四五六七八九十]+部分|机构设置|机构情况|部门构成|单位构成|人员编制|人员情况|内设机构|^[一二三四五六七八九十]+、.{0,12}(?:预算|收支|工作任务|重点工作)"
)
_ALL_ROUND = re.compile(r"[乡镇]$|街道|政府|办公室|机关事务|管理委员会|管委会|党委|财政|党校")
_ANYBODY = re.compile(
    r"代管|挂靠|代[收拨付建]|上级|交办|委托|下达|统筹|转移支付|工资|薪|遗属|退休|抚恤|慰问|社保|公积金|编外|临聘|聘用|劳务派遣|物业|水电|办公|运转|运行"
    r"|维修|修缮|车辆|食堂|保洁|保安|公务|党建|党员|工会|驻村|帮扶|乡村振兴|扶贫|信访|维稳|创[建城文卫]|网络|信息化|档案|保密|培训|会议|宣传|法律顾问|审计|债|利息"
)


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Yield the projects of another trade that share no telling word with duties and unit."""
    unit, said = submission.unit or "", " ".join(_duties(submission))
    duties = pairs_in([said, unit])
    if not said or _ALL_ROUND.search(unit) or len(telling_of(duties)) < ctx.options["least_duties"]:
        return
    covered = _trades(unit, said)
    for form in submission.forms:
        trades = _trades(form.project or "", least=STRONG)
        if not trades or trades & covered or _akin(form, duties, ctx):
            continue
        yield Hit(
            project=form.project,
            field="project",
            place=form.place,
            evidence=form.project or "",
            message=f"「{form.project}」的内容，在本文件列的单位职责里找不到，请核对是不是本单位该办的事。",
            advice="是代管、挂靠或上级交办的，请在立项依据里写明文件；不是本单位职责的，请由主管单位申报。",
            confidence=0.5,
        )


def _akin(form: Form, duties: set[str], ctx: Context) -> bool:
    """Whether any unit may have the project, it says too little, or it shares words with the duties."""
    if _ANYBODY.search(f"{form.project}{form.overview or ''}"):
        return True
    own = telling_of(pairs_in(_texts(form)))
    if len(own) < ctx.options["least_own"] or len(own & duties) > ctx.options["shared"]:
        return True
    shared = pairs_in([form.project]) & duties
    return any(in_topics(pair) < RARE_IN_NAME for pair in shared)


def _duties(submission: Submission) -> Iterator[str]:
    """The paragraphs under the head «主要职责», up to the next head."""
    within = False
    for line in telling(submission):
        text = line.text.strip()
        if _HEAD.search(text):
            within = True
        elif within and len(text) <= 40 and _NEXT.search(text):
            return
        elif within:
            yield text


def _texts(form: Form) -> list[str]:
    goals = (form.goal.annual, form.goal.period, form.overview, form.necessity)
    return [form.project or "", *(t for t in goals if t), *(i.name for i in form.indicators)]


def _trades(name: str, more: str = "", least: float = 0.0) -> set[str]:
    """类 of the budget classification that the library's topics for a text belong to."""
    topics = (t for t, points in library().points(name, more).items() if points >= least)
    fields = (library().by_topic[t][0].field for t in topics)
    return {field.split("/")[0] for field in fields if field != GENERAL}
