"""A301: a target so low that it asks for nothing (满意度 ≥60%, 合格率 ≥70%)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import Form, Indicator
from scorer.heads import bare_name
from scorer.rules.attainable.wrong_direction import way_of
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell
from scorer.targets import Quantity, Target, parse_target

RULE = Rule(
    code="A301",
    name="指标值偏低",
    checks="满意度、合格率、及时率等低于80%，差错率、故障率等允许两成以上，或者低于表里写的上年值。",
    item="绩效合理性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="办事群众满意度：≥60%",
    good="办事群众满意度：≥90%",
    status="stable",
    false_alarms=(
        "信访人、当事人等本来就有意见的人群的满意度，不算。",
        "就业、戒毒巩固、治愈、成活、参与、知晓、招商签约等本来就难或由别人说了算的，不算。",
        "较上年提高的幅度不是水平，不算。",
        "差错率、投诉率等越低越好的，不算。",
    ),
    options={"satisfaction": 80, "quality": 80},
)

_SATISFACTION = re.compile(r"(?<!不)满意(?:度|率|程度)?$")
_SORE = re.compile(r"信访|投诉|上访|败诉|当事人|复议|拆迁|强制|戒毒|服刑|处罚|被执行")
_DUTY_RATE = re.compile(
    r"(?:合格|完好|准确|达标|及时|规范|到位|发放|出勤|到岗|按时|按期|完整|正常运行|通过|符合|履约|归档|整改|落实)率$"
)
_HARD = re.compile(
    r"巩固|成活|存活|就业|创业|戒|康复|治愈|转化|采纳|采用|考试|考核|竞赛|自愿|提前|优|一次|首次|空气|断面|水质|抗体|初检|抽检|资格|认证|评审|预报|预测|预警|签约|意向|合作"
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows whose level no reviewer would accept without a reason."""
    for index, row, target in ctx.rows():
        quantity = _level(target)
        if quantity is None:
            if said := _lax(row, target):
                yield _hit(index, row, said)
            continue
        said = (
            _below_usual(row, quantity, ctx)
            or _below_last_year(row, quantity)
            or _next_to_nothing(row, quantity)
        )
        if said:
            yield _hit(index, row, said)


def _hit(index: int, row: Indicator, said: str) -> Hit:
    return Hit(
        indicator=index,
        field="value",
        message=f"{cell(row)}定为「{row.value}」，{said}。",
        advice="请按历史水平和行业标准从严确定；确有困难的，请在备注里说明。",
    )


# What goes wrong in one's own work; losses of nature, disease and the like may be high.
_OWN_ERROR = re.compile(
    r"(?:差错|错误|出错|失误|故障|返工|返修|退货|破损|损坏|损毁|投诉|事故|违规|违纪|漏检|误诊|脱岗|缺岗|旷工|超期|逾期|不合格|不达标|不及时)(?:发生)?率$"
)
_ON_OTHERS = re.compile(
    r"抽检|监督|检查|监测|市场|企业|贷款|欠|还款|上年|整改前|初检|排查|车辆|食品|药品|产品"
)
_LAX = 20  # per cent


def _lax(row: Indicator, target: Target) -> str:
    """«检验报告差错率 ≤50%»: a ceiling under which nearly everything may go wrong."""
    quantity = target.only
    if quantity is None:
        return ""
    name = bare_name(row.name)
    if quantity.unit != "%" or quantity.comparator not in ("≤", "<") or _ON_OTHERS.search(name):
        return ""
    lax = _LAX <= quantity.value <= 100 and _OWN_ERROR.search(name)
    return f"允许{quantity.value:g}%出错，等于没有要求" if lax else ""


def _level(target: Target) -> Quantity | None:
    """The one level that a value asks for, None for changes and ceilings."""
    quantity = target.only
    if quantity is None:
        return None
    return quantity if quantity.comparator in ("=", "≥", ">") else None


def _below_usual(row: Indicator, quantity: Quantity, ctx: Context) -> str:
    if quantity.unit not in ("%", "", "分") or quantity.high is not None:
        return ""
    value = quantity.value
    if value <= 0:
        return ""  # a dash where a sign was lost
    if _SATISFACTION.search(row.name):
        if _SORE.search(row.name):
            return ""
        floor = ctx.options["satisfaction"]
        # Scores out of five or ten have no percent sign.
        low = value < floor and (quantity.unit == "%" or value > 20)
        return f"低于通常的{floor}%" if low else ""
    floor = ctx.options["quality"]
    judged = row.level2 in ("质量指标", "时效指标") and quantity.unit == "%" and value > 0
    if judged and value < floor and _DUTY_RATE.search(row.name) and not _HARD.search(row.name):
        return f"低于通常的{floor}%" if way_of(row.name) != "lower" else ""
    return ""


# What is made or done by the hundred: one of it is no target.
_BY_THE_HUNDRED = re.compile(
    r"宣传品|宣传(?:资料|手册|单|册|页)|折页|图片|照片|问卷|稿件|(?:参与|服务|惠及|接待|到馆|参观)人次|字数|(?:宣传|推广)活动(?:次数|场次)?$"
)


def _next_to_nothing(row: Indicator, quantity: Quantity) -> str:
    """«发放宣传品 ≥1份»: a floor that doing nothing would nearly reach."""
    floor = quantity.comparator in ("≥", ">") and quantity.unit_kind == "count"
    if floor and quantity.value <= 1 and _BY_THE_HUNDRED.search(row.name):
        return "等于没有要求"
    return ""


def _below_last_year(row: Indicator, quantity: Quantity) -> str:
    """Lower than the base that the form itself prints, where more is better."""
    if not row.baseline or way_of(row.name) != "higher":
        return ""
    before = parse_target(row.baseline).quantities
    if len(before) != 1 or before[0].unit != quantity.unit:
        return ""
    fell = quantity.value < before[0].value * Decimal("0.999")
    return f"低于表里的历史值「{row.baseline}」" if fell else ""
