"""S105: two projects of one unit share goal or indicators word for word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from scorer.forms import SATISFACTION, Form, Indicator, Place, Submission
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.names import core
from scorer.rules.wording import named, normalise
from scorer.targets import parse_target

RULE = Rule(
    code="S105",
    name="几个项目套用同一套目标、指标",
    checks="同一单位名称不同的项目，总体目标或整套指标（名称、指标值）几乎一样，只换了单位名。",
    item="明确清晰性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="两个不同的办公经费项目，指标都是「服务对象、服务范围、服务时间、重要性、满意度」",
    good="各项目按自己的工作内容设指标",
    status="stable",
    false_alarms=(
        "一期、二期、分批的兄弟项目，本来就相同，不算。",
        "指标名称取自同一指标库而指标值各不相同的，不算。",
        "只有满意度、成本控制一两行相同的，不算。",
    ),
    scope="document",
    options={"rows": 3, "share": 0.75, "siblings": 0.8},
)


Row = tuple[Indicator, str, str]  # the row, its name and its value bare of the project's words


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """One remark for each group of forms with one indicator set, and for each shared goal."""
    forms = submission.forms
    rows = [_rows(form) for form in forms]
    least, share = int(ctx.options["rows"]), float(ctx.options["share"])

    def same_rows(a: int, b: int) -> bool:
        return _share(rows[a], rows[b], least) >= share

    def same_goal(a: int, b: int) -> bool:
        one, other = _goal(forms[a]), _goal(forms[b])
        return len(one) >= 6 and one == other

    for group in _groups(forms, same_rows, ctx):
        yield _hit([forms[n] for n in group], "indicators", [rows[n][0][0].place for n in group])
    for group in _groups(forms, same_goal, ctx):
        places = [forms[n].places.get("goal_annual", forms[n].place) for n in group]
        yield _hit([forms[n] for n in group], "goal_annual", places)


def _groups(
    forms: Sequence[Form], same: Callable[[int, int], bool], ctx: Context
) -> list[list[int]]:
    """Forms alike to one of their group, in printed order; siblings do not count."""
    groups: list[list[int]] = []
    for n, form in enumerate(forms):
        for group in groups:
            if any(same(m, n) for m in group):
                if all(not _siblings(form, forms[m], ctx) for m in group):
                    group.append(n)
                break
        else:
            groups.append([n])
    return [group for group in groups if len(group) > 1]


def _siblings(one: Form, other: Form, ctx: Context) -> bool:
    a, b = core(one.project or ""), core(other.project or "")
    limit = float(ctx.options["siblings"])
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= limit


def _rows(form: Form) -> list[Row]:
    """The rows of one half, with the name and the value bare of the project's own words.

    Satisfaction and cost are left out: those rows are alike everywhere.
    """
    half = form.of_phase("annual") or form.of_phase("period")
    own = core(form.project or "")
    return [
        (row, _bare(row.name, own), _bare(row.value, own))
        for row in half
        if row.name and row.value and row.level1 != SATISFACTION and "成本" not in row.level2
    ]


def _bare(text: str, own: str) -> str:
    """The text without what it takes from the project's name, two letters or more."""
    text = normalise(text)
    blocks = SequenceMatcher(None, text, own, autojunk=False).get_matching_blocks()
    for block in reversed([b for b in blocks if b.size >= 2]):
        text = text[: block.a] + text[block.a + block.size :]
    return text


def _share(one: Sequence[Row], other: Sequence[Row], least: int) -> float:
    """The share of rows that the two sets have in common; 0 where there are too few rows."""
    if min(len(one), len(other)) < least:
        return 0.0
    values: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row, name, value in other:
        values[row.level2, name].append(value)
    common = 0
    for row, name, value in one:
        rest = values.get((row.level2, name), [])
        if (k := next((k for k, v in enumerate(rest) if _agree(value, v)), None)) is not None:
            common += 1
            del rest[k]
    return common / max(len(one), len(other))


def _agree(value: str, other: str) -> bool:
    """Equal, or two phrases without any number, date or standard of their own."""
    return value == other or not (_is_concrete(value) or _is_concrete(other))


@lru_cache(maxsize=4096)
def _is_concrete(value: str) -> bool:
    target = parse_target(value)
    return bool(target.quantities or target.moments or target.standards or target.frequency)


def _goal(form: Form) -> str:
    return normalise(form.goal.annual or form.goal.period)


def _hit(forms: Sequence[Form], field: str, places: Sequence[Place]) -> Hit:
    first = forms[0].project or ""
    goal = (forms[0].goal.annual or forms[0].goal.period or "")[:40]
    what = f"总体目标都写「{goal}」" if field == "goal_annual" else "用的是同一套指标，只换了名称"
    return Hit(
        field=field,
        place=places[0],
        more=tuple(places[1:]),
        evidence=goal if field == "goal_annual" else first,
        message=f"{named([f.project or '' for f in forms], 8)}{what}。",
        advice="请按每个项目自己的工作内容分别写目标和指标，写清各自的数量、质量、时间。",
    )
