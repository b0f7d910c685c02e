"""X611: projects that say they buy are not covered by the stated 政府采购预算, or the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from scorer.forms import Amount, Form, Submission, Yuan
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.narrative import telling
from scorer.rules.sums import form_yuan
from scorer.rules.wording import named, wan

RULE = Rule(
    code="X611",
    name="采购项目与政府采购预算不符",
    checks="绩效目标表里要采购的项目，金额合计大于情况说明的政府采购预算；或有政府采购服务预算，又说没有政府购买服务。",
    item="",
    severity="warning",
    basis="政府采购法第三十三条",
    bad="设备购置项目120万元执行政府采购法，说明写政府采购预算总额5万元",
    good="政府采购预算总额125万元，其中货物120万元、服务5万元",
    status="stable",
    false_alarms=(
        "没有到集中采购目录和限额标准的，可以不编：请单位说明，不下结论。",
        "只是办事时顺带买办公用品、印刷的，不算采购项目。",
        "文件里没有政府采购预算的，无从比较。",
    ),
    scope="document",
)
# By its name the project is a purchase.
_BUYS = re.compile(r"购置|采购|购买|政府采购")
_SERVES = re.compile(
    r"租赁|租用|订阅|法律顾问|物业|购买服务|外包|委托.{0,8}服务|服务费|运维|保洁|安保|审计费|咨询|监理|测绘|设计费"
)
# It says that it will buy under the law on procurement.
_SAYS = re.compile(r"政府采购|公开招标|招投标|竞争性(?:谈判|磋商)|询价采购|采购法|中标")
_BUYS_ROW = re.compile(
    r"(?:购置|采购|购买|订购).{0,10}(?:数量|台数|数|台|套|辆|件)|(?:数量|台数).{0,4}购置"
)
_NO_SERVICES = re.compile(
    r"(?:无|没有|未(?:安排|编制)|不涉及)(?:此项)?(?:政府)?购买服务|购买服务[^。；]{0,20}(?:无此项|为零|不涉及)"
)


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Yield one hit for goods and works, one for services, one for a flat contradiction."""
    procurement = submission.ledger.procurement
    if not procurement:
        return
    services = procurement.get("服务")
    total = procurement.get("总额") or next(iter(procurement.values()))
    buying = [form for form in submission.forms if _says_it_buys(form)]
    serving = [f for f in submission.forms if f not in buying and _SERVES.search(f.project or "")]
    if buying and _sum(buying) > Decimal(total.yuan) + 100:
        yield _hit(total, "政府采购预算总额", buying, "写明要采购")
    elif services is not None and serving and _sum(serving) > Decimal(services.yuan) + 100:
        yield _hit(services, "政府采购服务预算", serving, "是购买服务")
    if services is not None and services.yuan:
        for line in telling(submission):
            if match := _NO_SERVICES.search(line.text):
                yield Hit(
                    field="procurement",
                    place=line.place,
                    evidence=line.text[:60],
                    message=f"这里写「{match[0]}」，政府采购情况（{services.place.label()}）"
                    f"却有政府采购服务预算{wan(services.yuan)}。",
                    advice="请核对这些服务是否属于政府购买服务；属于的请在这里列明，不属于的写明口径。",
                )
                return


def _says_it_buys(form: Form) -> bool:
    """A purchase by name, by a row that counts what is bought, or by its own rules."""
    if _BUYS.search(form.project or ""):
        return True
    told = f"{form.safeguards or ''}{form.plan or ''}"
    content = f"{form.project or ''}{form.overview or ''}"
    if any(row.level2 == "数量指标" and _BUYS_ROW.search(row.name) for row in form.indicators):
        return True
    return bool(_SAYS.search(told)) and bool(_THINGS.search(content))


_THINGS = re.compile(
    r"设备|系统|计算机|电脑|终端|车辆|家具|软件|平台|工程|改造|修缮|更换|替换|采购|购"
)


def _sum(forms: Sequence[Form]) -> Yuan:
    return sum((form_yuan(form) or 0 for form in forms), 0)


def _hit(stated: Amount, what: str, forms: Sequence[Form], why: str) -> Hit:
    listed = named([f"{f.project} {wan(form_yuan(f) or 0)}" for f in forms])
    return Hit(
        field="procurement",
        place=stated.place,
        evidence=f"{stated.name} {wan(stated.yuan)}",
        more=tuple(form.places.get("project", form.place) for form in forms),
        message=f"{what}写{wan(stated.yuan)}，而{listed}{why}，合计{wan(_sum(forms))}。",
        advice="应当编入政府采购预算的请补编；未达限额标准或不属采购范围的，请说明。",
    )
