"""X620: one office or institution under two spellings: a letter lost, or words turned round."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from scorer.forms import Form, Place, Submission
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.narrative import telling
from scorer.rules.wording import FIELD_NAMES

RULE = Rule(
    code="X620",
    name="同一机构写法不一",
    checks="同一个机构在文件里有两种写法：漏一个字、多一个字，或词序颠倒；内设机构名单里没有项目所说的科室。",
    item="规范完整性",
    severity="advice",
    basis="",
    bad="经济社会调查中心 / 社会经济调查中心；经社会调查中心",
    good="全文用「三定」规定里的全称",
    status="stable",
    false_alarms=(
        "带不带地名、上级单位名的，算同一写法。",
        "名称里一字之差而确是两个机构的（第一、第二），不算。",
        "表格换行、截断造成的缺字，请对照原文。",
    ),
    scope="document",
)
_BODY = re.compile(
    r"[\u4e00-\u9fa5]{3,14}?(?:研究中心|服务中心|信息中心|检查中心|中心|委员会|研究室|办公室|管理局|大队|支队)"
)
# Words that stand before a name and are no part of it.
_FRONT = re.compile(
    r"^.*(?:包括|下设|设有|有(?![色机])|单位|部门|机构|项目|支付|保障|保证|完成|用于|对|由|及|和|与|在|是|的|[省市县区旗](?!域|情|划))(?=[\u4e00-\u9fa5]{4})"
)
_NUMERALS = re.compile(r"[一二三四五六七八九十东南西北上下内外新老甲乙丙]")
_LEAST = 6


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Yield the rarer spelling of each pair, once for each place."""
    found = _bodies(submission)
    counts = Counter({name: len(places) for name, places in found.items()})
    names = sorted(found, key=lambda n: (-counts[n], n))
    for k, usual in enumerate(names):
        for rare in names[k + 1 :]:
            how = _variant(usual, rare)
            if not how or counts[usual] < counts[rare]:
                continue
            place, form, field = found[rare][0]
            where = f"（{FIELD_NAMES[field]}）" if field in FIELD_NAMES else ""
            yield Hit(
                project=form.project if form else None,
                field=field,
                place=place,
                evidence=rare,
                more=tuple(p for p, *_ in found[rare][1:]),
                message=f"这里{where}写「{rare}」，别处写「{usual}」，像是{how}。",
                advice="请对照机构编制文件，全文统一用一个名称。",
            )
    yield from _unlisted(submission)


def _bodies(submission: Submission) -> dict[str, list[tuple[Place, Form | None, str]]]:
    """Every institution named, without what stands before its name."""
    found: dict[str, list[tuple[Place, Form | None, str]]] = defaultdict(list)

    def add(text: str, place: Place, form: Form | None, field: str) -> None:
        for match in _BODY.finditer(re.sub(r"\d{4}年度?", "，", text)):
            name = _FRONT.sub("", match[0])
            if len(name) >= _LEAST:
                found[name].append((place, form, field))

    for line in telling(submission):
        add(line.text, line.place, None, "narrative")
    for amount in (*submission.ledger.projects, *submission.ledger.carryover):
        add(amount.name, amount.place, None, "projects")
    for form in submission.forms:
        for field in ("project", "overview", "necessity", "plan", "goal_period", "goal_annual"):
            add(form.text(field) or "", form.places.get(field, form.place), form, field)
        for row in form.indicators:
            add(row.value, row.place, form, "value")
    return found


def _variant(one: str, other: str) -> str:
    """How two names differ if they are one: "" if they may well be two."""
    if one.endswith(other) or other.endswith(one):
        return ""
    if len(one) == len(other) and sorted(one) == sorted(other):
        return "词序颠倒了"
    short, long = sorted((one, other), key=len)
    if len(long) != len(short) + 1 or len(short) < _LEAST:
        return ""
    at = next((k for k, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if at == 0 or long[at + 1 :] != short[at:] or _NUMERALS.match(long[at]):
        return ""
    return "漏了一个字" if short == other else "多了一个字"


_ROOMS = re.compile(r"[\u4e00-\u9fa5]{2,8}?(?:科|股|室)(?=[、，。；]|$)")
_ROOM = re.compile(
    r"([\u4e00-\u9fa5]{2,5}(?:研究室|研室|科|股|室))(?=业务|工作|办公|经费|费|正常|运转|日常)"
)
_SETUP = re.compile(r"内设|下设|科室|机构设置")


def _unlisted(submission: Submission) -> Iterator[Hit]:
    """A project of an office that the printed list of offices does not have, though one alike."""
    listed = [
        room
        for line in telling(submission)
        if _SETUP.search(line.text)
        for room in _ROOMS.findall(re.sub(r"^.*?[:：]|\d+个", "", line.text))
    ]
    if len(listed) < 3:
        return
    said: set[str] = set()
    for form in submission.forms:
        match = _ROOM.search(form.project or "")
        if match is None or match[1] in said or any(match[1] in room for room in listed):
            continue
        alike = [room for room in listed if match[1][:2] in room and not room.startswith(match[1])]
        if alike:
            said.add(match[1])
            yield Hit(
                project=form.project,
                field="project",
                place=form.places.get("project", form.place),
                evidence=match[1],
                message=f"项目写的是「{match[1]}」，机构设置里没有，只有「{alike[0]}」。",
                advice="请核对科室名称，用现行的机构名称。",
            )
