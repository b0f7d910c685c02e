"""R408: the basis names no document, law or minute."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.bases import (
    bad_sign,
    good_sign,
    only_general_laws,
    only_spirit,
    without_empty_titles,
    written_by,
)
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context

RULE = Rule(
    code="R408",
    name="立项依据不足",
    checks="立项依据只写领导安排、工作需要、延续项目、有关文件之类，没有文号、会议纪要、法律条款或规划；或文号的年份晚于预算年度，文件写明的期限已经届满。",
    item="目标相关性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="立项依据：县委县政府安排",
    good="立项依据：县政府第12次常务会议纪要；县政办发〔2024〕31号",
    status="stable",
    false_alarms=(
        "写了法律、条例、《…办法》而没有文号的，算有依据。",
        "三定方案、批复、协议、评审报告可以作依据。",
        "涉密文件不写文号是对的，不算。",
        "写明了发文单位和文件名的，没有文号只算建议。",
    ),
    summary="{n}张表的立项依据都写「{evidence}」，没有文号、会议纪要或法律规定：{projects}。",
)
_TITLE = re.compile(r"《[^》]*》")
_TERM = re.compile(r"20\d\d\s*年?\s*[-—–~～至到]+\s*(20\d\d)\s*年?")  # «（2016—2020年）»
_NUMBERED = re.compile(r"会议|纪要|批复|20\d\d[〕\])）]|第[一二三四五六七八九十\d]+[次号]")
_SECRET = re.compile(r"涉密|密级|保密(?:原因|要求|规定)|机密")
# A paper is named, if not by number: «县政府专题会议», «省卫健委健康扶贫工作方案».
_NAMED = re.compile(
    r"(?:会议|纪要|决议|决定|方案|规划|计划|办法|条例|法规?|标准|规范|规程|规定|规则|细则|纲要|要点|合同|协议|报告|通知|意见|职责|批示|预案|清单|指标)(?:[^，,。；;]{0,12}$|[；;，,、])"
    r"|第[一二三四五六七八九十百\d]+(?:次|条|号|批)|20\d\d年"
)
_NONE = re.compile(r"[无略][。.]?")
_VAGUE_PAPER = re.compile(
    r"^(?:根据|按照?|依据)?(?:上级|有关|相关|国家|部门|人事|人社|财政|各级|市里|县里|省里)*(?:部门|单位)?(?:有关|相关|的)*(?:文件|规定|要求|政策|通知|精神|调资规定)+(?:要求|精神|执行|规定)*[。.]?$"
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield a basis that nobody could look up."""
    text = (form.basis or "").strip()
    general = only_general_laws(text) or only_spirit(text)
    invented = bool(good_sign(text)) and not good_sign(written_by(text, form.fiscal_year))
    if not text or _NONE.fullmatch(text):  # blank: another rule's
        return
    expired = _has_expired(text, form.fiscal_year)
    if (good_sign(text) and not (general or invented or expired)) or _SECRET.search(text):
        return
    bad = general or invented or expired or bad_sign(text)
    if not bad and not _VAGUE_PAPER.match(text):
        plain = without_empty_titles(text)
        if _NAMED.search(plain):
            return
        severity = "advice" if len(plain) > 8 else None
    else:
        severity = None
    yield Hit(
        field="basis",
        message=f"立项依据写的是「{_short(text)}」，"
        + (
            "写明的期限在预算年度以前就已届满。"
            if expired
            else "文号的年份晚于预算年度，查不到出处。"
            if invented
            else "没有文号、会议纪要或法律规定，查不到出处。"
        ),
        advice="请写文件名和文号、会议纪要的次数，或所依据的法律条款、规划；上年延续的写最初的批准文件。",
        severity="advice" if severity == "advice" else None,
    )


def _has_expired(text: str, year: int | None) -> bool:
    """Whether every paper that the basis names was for years before the form's."""
    titles = _TITLE.findall(text)
    ends = [match for title in titles if (match := _TERM.search(title))]
    beside = _TITLE.sub("", text)
    if year is None or not titles or len(ends) < len(titles) or _NUMBERED.search(beside):
        return False
    return all(int(match[1]) < year for match in ends)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:38] + "…"
