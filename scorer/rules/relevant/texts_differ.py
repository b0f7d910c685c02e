"""R420: overview and goal state two numbers of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.counted import same_unit
from scorer.rules.relevant.contradicts_own_facts import spans_years
from scorer.rules.stated import Stated, stated_numbers, texts_of
from scorer.rules.wording import FIELD_NAMES

RULE = Rule(
    code="R420",
    name="概况与目标的数不一样",
    checks="项目概况和总体目标用同样的话说同一件事，写的数量不同。",
    item="绩效合理性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="概况「新建节地墓位1200穴」，目标「新建节地墓位800穴」",
    good="概况「新建节地墓位1200穴」，目标「新建节地墓位1200穴」",
    false_alarms=(
        "多年项目的概况说总数、目标说当年数，不比较。",
        "上年的、已有的、其中的、每年每月的数是另一回事，不算。",
        "说法不同（不是同一个动词和同一个名词）的，不比较。",
        "概况里同样的话有几个数的，有一个一致就不算。",
    ),
    status="stable",
    topic="own_facts",
    rank=12,
)

_LEAST = 4  # characters that both texts have in common before the number
_VERB = 2  # characters that both phrases begin with
_LEAD = re.compile(
    r"^[、和及与以并共计约的对为在 ]*(?:20\d\d年度?)?(?:\d+月)?(?:\d+日)?[底前]*(?:全年|年内|计划|预计|完成|拟|年|共)*"
)
# What is a part, what is done again and again: another number than the project's own. And what was.
_OTHER = re.compile(r"已|现[有存]|原|其中|每|各|均|首批|一期|分批|月|季|周|日|剩余|另")
_EARLIER = re.compile(r"上[届年]|去年|[前近][一二两三]年|截至|累计")
_NOUN = re.compile(rf"[一-龥]{{{_LEAST}}}$")
_YEAR = re.compile(r"20\d\d")
_SENTENCE = re.compile(r"[^。；;！!？?\n]*")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield the first number of each goal that the overview states otherwise."""
    if spans_years(form, ctx):
        return
    overview = [s for s in stated_numbers(texts_of(form, ("overview",))) if _counts(s, form)]
    for field in ("goal_annual", "goal_period"):
        for said in stated_numbers(texts_of(form, (field,))):
            same = [s for s in overview if _same_thing(s, said)] if _counts(said, form) else []
            if same and all(s.quantity.value != said.quantity.value for s in same):
                yield _hit(field, said, same[0])
                break


def _hit(field: str, said: Stated, other: Stated) -> Hit:
    here, there = (f"{_phrase(s)}{s.clause[slice(*s.quantity.span)]}" for s in (said, other))
    return Hit(
        field=field,
        evidence=here,
        message=f"「{FIELD_NAMES[field]}」写的是「{here}」，「项目概况」里写的是「{there}」，同一件事数不一样。",
        advice="请核对后把项目概况、总体目标和指标改成同一个数。",
        confidence=0.85,
    )


def _counts(stated: Stated, form: Form) -> bool:
    """Whether the number is the project's own of its year, whole."""
    text = form.text(stated.field) or ""
    at = text.find(stated.clause)
    sentence = next((m[0] for m in _SENTENCE.finditer(text) if m.start() <= at < m.end()), "")
    years = {int(year) for year in _YEAR.findall(sentence)}
    own = not years or form.fiscal_year is None or years == {form.fiscal_year}
    of_own = not _OTHER.search(stated.clause[: stated.quantity.span[0]])
    return own and of_own and not _EARLIER.search(sentence)


def _phrase(stated: Stated) -> str:
    """The words before the number, without what only leads up to them."""
    return _LEAD.sub("", stated.before).strip("，,（(")


def _same_thing(one: Stated, other: Stated) -> bool:
    """One verb in front, one noun right before the number, one unit."""
    a, b = _phrase(one), _phrase(other)
    if same_unit(one.quantity.unit) != same_unit(other.quantity.unit) or a[:_VERB] != b[:_VERB]:
        return False
    return a[-_LEAST:] == b[-_LEAST:] and _NOUN.search(a) is not None
