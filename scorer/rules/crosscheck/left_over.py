"""X612: words of another place, another year or of the template that were left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from scorer.forms import Form, Place, Submission, Table
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.narrative import glossary, telling
from scorer.rules.wording import FIELD_NAMES

RULE = Rule(
    code="X612",
    name="别的地方、别的年度或模板的字留在文中",
    checks="区里的文件写「县委」，县级文件写「省直部门」，表题、说明写着别的年度，空表里留着科目，模板的××没有改。",
    item="规范完整性",
    severity="advice",
    basis="",
    bad="（某区单位）相关领导外出完成县委事务；2022年度部门预算情况说明（2024年文件）",
    good="相关领导外出完成区委事务；2024年度部门预算情况说明",
    status="stable",
    false_alarms=(
        "「县级」「县（区）」「市县」是通用说法；写明是哪个县的，是别的单位，不算。",
        "自治区、开发区、社区、园区不是本区。",
        "上年数、决算数、结转、文号、文件名里的年份不算。",
        "名词解释里引用省级说法的，只提一次。",
    ),
    scope="document",
)
_LEVEL = re.compile(r"[\u4e00-\u9fa5]{1,8}?([县区旗])(?=委|人民|政府|[\u4e00-\u9fa5]{2,16}$)")
# Only bare words of the other level: with a name before it, another place is meant.
_BEFORE = (
    r"(?:^|(?<=[成于在对向由为和与及据按经受给报送各全本我的是了实务彻、，。；：;:,. “「（(]))"
)
_FOREIGN = {
    "区": re.compile(rf"{_BEFORE}(?:县委(?!员)|县政府|县直|我县|全县(?!区))(?:县政府|县委)?"),
    "县": re.compile(rf"{_BEFORE}(?:区委(?!员)|区政府|区直|我区)(?:区政府|区委)?"),
}
_OWN = {"区": re.compile(r"区委|区政府|我区|全区"), "县": re.compile(r"县委|县政府|我县|全县")}
_HIGHER = re.compile(r"省直(?:各)?(?:部门|单位)|省级(?:各)?部门(?:用|预算)")
_BLANKS = re.compile(r"(?<![A-Za-z])(?:XX+|xx+|××+|\*\*+|〇〇+)(?:万?元|年|部门|单位|局|%|个|项)")
_TEMPLATE_UNIT = re.compile(r"(?:部门(?:及)?(?:所属)?各单位|部门单位|单位部门)")
_YEAR_HEAD = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、)?.{0,4}(20\d\d)年度?.{0,16}(?:预算|收支|支出|收入|绩效).{0,8}(?:说明|表|情况|安排)"
)
_OTHER_YEAR_OK = re.compile(r"上年|决算|结转|执行|完成|比|较|对比|[-—至]20\d\d")
_STOCK_DAY = re.compile(r"截[至止](?:到)?(20\d\d)年(\d{1,2})月(\d{1,2})日")
_HUNDRED_GENERAL = re.compile(r"100万元.{0,8}以上的?通用设备")


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Yield what was left over, one remark a kind and paragraph."""
    yield from _places(submission)
    yield from _higher(submission)
    yield from _template(submission)
    yield from _stock_day(submission)
    yield from _years(submission)
    yield from _empty_tables(submission)


def level_of(*names: str | None) -> str:
    """«区» or «县» as the first of the units' names that tells says, "" where none does."""
    for name in names:
        found = _LEVEL.findall(re.sub(r"自治区|开发区|新区管委|园区|景区|社区", "", name or ""))
        if found:
            return str(found[-1])
    return ""


def _level(submission: Submission) -> str:
    return level_of(submission.unit, *(form.department for form in submission.forms))


def _places(submission: Submission) -> Iterator[Hit]:
    """县委 in a 区, 区委 in a 县; silent where the document speaks so throughout."""
    foreign, own = _FOREIGN.get(level := _level(submission)), _OWN.get(level)
    if foreign is None or own is None:
        return
    texts = list(_texts(submission, level))
    mine = sum(len(own.findall(text)) for text, *_ in texts)
    hits = [(m[0], said) for said in texts if (m := foreign.search(said[0]))]
    if not hits or len(hits) >= mine:
        return
    for word, (_, place, form, field) in hits:
        yield Hit(
            field=field,
            place=place,
            project=form.project if form else None,
            evidence=word,
            message=f"本单位在{level}里，{FIELD_NAMES.get(field, '这里')}却写「{word}」，像是从别处或旧文件抄来没有改。",
            advice=f"请改为「{level}委」「{level}政府」等本地的称呼；确指别处的写明地名。",
        )


def _texts(submission: Submission, level: str) -> Iterator[tuple[str, Place, Form | None, str]]:
    for line in telling(submission):
        yield line.text, line.place, None, "narrative"
    for form in submission.forms:
        if level_of(form.unit, form.department) not in (level, ""):
            continue  # a form of another county, in a file of many
        for field in FIELD_NAMES:
            if field not in ("department", "unit") and (text := form.text(field)):
                yield text, form.places.get(field, form.place), form, field
        for row in form.indicators:
            yield f"{row.name} {row.value}", row.place, form, "value"


def _higher(submission: Submission) -> Iterator[Hit]:
    """省直部门 in a county's document."""
    if not _level(submission):
        return
    for line in (*telling(submission), *glossary(submission)):
        if match := _HIGHER.search(line.text):
            yield _hit(line.place, match[0], f"县区单位的文件里写着「{match[0]}」，是省级模板的原话。",
                       "请改为本级的说法。")  # fmt: skip
            return


def _template(submission: Submission) -> Iterator[Hit]:
    """Blanks of the template, its words for any unit, and its lists filled in twice."""
    unit = re.escape(submission.unit or "\0")
    for line in telling(submission):
        if match := _BLANKS.search(line.text):
            yield _hit(
                line.place, match[0], f"这里的「{match[0]}」还是模板，没有填。", "请填上实际内容。"
            )
        if match := re.search(rf"{unit}({_TEMPLATE_UNIT.pattern})", line.text):
            yield _hit(line.place, match[1], f"单位名称后面多出「{match[1]}」，是模板留下的字。",
                       "请删去多余的字。")  # fmt: skip
        if (match := _HUNDRED_GENERAL.search(line.text)) and re.search(r"50万元", line.text):
            yield Hit(
                field="narrative",
                place=_count_place(submission, "100万元") or line.place,
                evidence=match[0],
                message="两句都写「通用设备」：50万元以上的是通用设备，100万元以上的一句应是专用设备。",
                advice="请把后一句改为「单价100万元以上专用设备」，并核对台数。",
                severity="warning",
            )


def _stock_day(submission: Submission) -> Iterator[Hit]:
    """Assets counted on a day within the budget year, where the end of the last is usual."""
    found = [
        (line.place, match[0])
        for line in telling(submission)
        if (match := _STOCK_DAY.search(line.text))
        and int(match[1]) == submission.fiscal_year
        and re.search(r"车|房|资产|设备", line.text)
    ]
    if found:
        (place, day), *others = found
        yield replace(
            _hit(place, day, f"预算编在年初，国有资产却写「{day}」的数。",
                 "请写上年末的数，或说明为什么用这一天。"),
            more=tuple(place for place, _ in others),
        )  # fmt: skip


def _count_place(submission: Submission, word: str) -> Place | None:
    return next((c.place for c in submission.ledger.counts if word in c.name), None)


def _years(submission: Submission) -> Iterator[Hit]:
    """Titles and headings of another year than the document's."""
    year = submission.fiscal_year
    if year is None:
        return
    titles = [(t.title, t.place) for t in submission.ledger.tables]
    heads = [(line.text, line.place) for line in telling(submission) if len(line.text) <= 60]
    for text, place in (*titles, *heads):
        match = _YEAR_HEAD.search(text)
        if match is None or int(match[1]) == year or str(year) in text:
            continue
        if not _OTHER_YEAR_OK.search(text):
            yield Hit(
                field="narrative",
                place=place,
                evidence=text,
                message=f"这是{year}年的文件，这里却写「{match[1]}年」：{text[:40]}。",
                advice=f"请改为{year}年；确是别的年度的数，请写明。",
                severity="warning",
            )
    for form in submission.forms:
        if form.fiscal_year and form.fiscal_year != year and form.title:
            yield Hit(
                field="title",
                place=form.place,
                project=form.project,
                evidence=f"{form.fiscal_year}年度",
                message=f"这是{year}年的文件，「{form.project}」的绩效目标表却是{form.fiscal_year}年度的。",
                advice="请核对是否附错了表，或改正年度。",
                severity="warning",
            )


def _empty_tables(submission: Submission) -> Iterator[Hit]:
    """Tables without a figure that still list 科目 codes."""
    said: set[str] = set()
    for table in submission.ledger.tables:
        coded = [code for code in table.codes if code]
        if table.empty and len(coded) >= 3 and table.title not in said:
            said.add(table.title)
            yield _hit(_first_code(table), table.title,
                       f"「{table.title}」没有数据，却留着{len(coded)}行科目，是从别的表带过来的。",
                       "请清空这张表的科目，只留「本表无数据」。")  # fmt: skip


def _first_code(table: Table) -> Place:
    index = next(n for n, code in enumerate(table.codes) if code)
    return table.places[index] if table.places else table.place


def _hit(place: Place, evidence: str, message: str, advice: str) -> Hit:
    return Hit(field="narrative", place=place, evidence=evidence, message=message, advice=advice)
