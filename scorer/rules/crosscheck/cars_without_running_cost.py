"""X618: cars on the books and no money to run them, or cars on the books that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Amount, Count, Submission
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.narrative import telling

RULE = Rule(
    code="X618",
    name="公务用车与三公经费对不上",
    checks="国有资产情况写有在用的公务用车，三公经费里却没有运行维护费；或账上有车而实际没有。",
    item="",
    severity="warning",
    basis="预算法第十四条",
    bad="公务用车实有3辆，三公经费预算表本表无数据",
    good="公务用车实有3辆，公务用车运行维护费7.50万元",
    status="stable",
    false_alarms=(
        "车辆费用由机关事务部门统一列支的，说明里写了就不算。",
        "文件里没有三公经费预算表、也没有写无三公经费的，无从比较。",
        "账上有车、说明了原因的，只建议办理资产处置。",
    ),
    scope="document",
)
_CAR = re.compile(r"车")
_NOT_OWN = re.compile(r"编制|领导|机要|应急|执法|特种|业务用车|其他|购置|更新|单价|万元|租")
_GONE = re.compile(
    r"(?:实际|现)(?:上)?(?:没有|无)(?:公务)?(?:车辆|用车)|没有下账|未下账|已报废|已交回|借用|外单位使用"
)
_ELSEWHERE = re.compile(r"(?:机关事务|公车平台|车改|统一(?:列支|保障|管理|调度))")
_RUNNING = re.compile(r"运行")
_NO_MONEY = re.compile(r"(?:无|没有|未安排)[“\"]?三公[”\"]?经费")


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Yield one hit for the first count of cars that nothing pays for."""
    ledger = submission.ledger
    cars = next((c for c in ledger.counts if _counts_cars(c)), None)
    running = [a for name, a in ledger.three_public.items() if _RUNNING.search(name)]
    if cars is None or any(a.yuan for a in running) or not _says_none(submission, running):
        return
    nearby = " ".join(line.text for line in telling(submission) if cars.text[:12] in line.text)
    told = f"{cars.text} {nearby}"
    if _GONE.search(told):
        yield Hit(
            field="counts",
            place=cars.place,
            evidence=cars.text,
            message=f"账上有{cars.number}{cars.unit}车，实际却没有在用，也没有办理下账或移交。",
            advice="请按国有资产管理规定办理核销、归还或移交手续，账实改到相符。",
            severity="advice",
        )
    elif not _ELSEWHERE.search(told):
        yield Hit(
            field="counts",
            place=cars.place,
            evidence=cars.text,
            message=f"公务用车{cars.number}{cars.unit}，三公经费里却没有公务用车运行维护费。",
            advice="请补列运行维护费；由别的单位统一列支或车辆停用的，请写明。",
        )


def _counts_cars(count: Count) -> bool:
    """A number of cars in use, not of one kind of car and not the establishment."""
    if count.unit not in ("辆", "台") or count.number <= 0 or not _CAR.search(count.text):
        return False
    if count.unit == "台" and "车" not in count.name:
        return False
    return "资产" in count.section and not _NOT_OWN.search(count.name)


def _says_none(submission: Submission, running: list[Amount]) -> bool:
    """Whether the document says of 三公 that there is nothing (not merely fails to say)."""
    if running:
        return True
    if any("三公" in table.title and table.empty for table in submission.ledger.tables):
        return True
    if submission.ledger.three_public:
        return True
    return any(_NO_MONEY.search(line.text) for line in telling(submission))
