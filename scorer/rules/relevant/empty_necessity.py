"""R409: the necessity repeats the project, or says only that work needs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from scorer.forms import Form
from scorer.rules.backdrop import without_backdrop
from scorer.rules.bases import good_sign
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.names import core
from scorer.rules.wording import FIELD_NAMES, normalise
from scorer.slogans import substance

RULE = Rule(
    code="R409",
    name="必要性没有说明问题",
    checks="项目设立必要性只重复项目名称、概况，或只说因工作需要、保障正常开展，没有说有什么问题、缺口。",
    item="目标相关性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="项目设立必要性：因工作需要，更换电梯。",
    good="项目设立必要性：现有4部电梯2006年安装，2024年困人故障11次，检验机构建议更换。",
    status="stable",
    false_alarms=(
        "写了法律规定的义务，不算空。",
        "有数、有年份、说了现状或后果的，不算空。",
        "概况本身写清了缺口，必要性又引用的，不算。",
    ),
    options={"alike": 0.9},
)
_NEED = re.compile(
    r"缺|不足|有限|失修|不完善|不健全|不齐|制约|难|偏[低少高]|[数员地量证]少|底子薄|急需|亟需|逐年|刚性|必须|与.{0,8}挂钩|老化|陈旧|破损|隐患|故障|短缺|滞后|落后|空白|下降|增多|超期|紧张|困难|问题|投诉|反映|事故|达不到|无法|不能|不够|没有|尚未|未|低于|高于|矛盾|压力|薄弱|退化|脆弱|恶化|流失|损毁|受损|损坏|污染|超标|拥堵|淤积|渗漏|干旱|内涝|坍塌|危房|危桥"
    r"|依法|法定|义务|规定|条例|要求.{0,6}(?:配备|设立|建立)|职责"
)
_SOFT = re.compile(
    r"工作需要|业务需要|实际需要|(?:保障|保证|确保|维持|推动|促进|提高|提升|加强|完善|做好|完成|开展|解决|服务|支持|满足|了解|落实)"
)
_PRAISE = re.compile(
    r"(?:是|作为|成为)[^，。]*?(?:重要|有力|有效|具体|必然|关键|迫切|客观|根本|重大|生动)[一-龥]{0,2}(?:抓手|体现|窗口|举措|途径|载体|手段|要求|保障|平台|支撑|内容|任务|环节|组成|实践|需要|基础|民生工程|政治任务)"
    r"|(?:意义|责任|影响)[一-龥]{0,3}(?:重大|深远|重要)|重要(?:的)?(?:意义|作用)|势在必行|刻不容缓|十分必要|非常必要|很有必要|使命光荣|^事关|^关乎|^关系到?|新时代|新征程|新形势"
)
# «因此设立…项目», «故申请此项经费»: what follows from the praise.
_SO = re.compile(
    r"^(?:因此|所以|为此|据此|故|特|拟|现)*(?:申请|申报|设立|安排|立项|列支|实施|开展)[一-龥“”]*(?:项目|经费|资金|预算|立项)$"
)
_PHRASE = 12  # a phrase that only takes a piece of the overview
_SHORT = 40  # a longer text says more than the slogan it begins with


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield a necessity without need, gap or figure."""
    text = (form.necessity or "").strip()
    told = without_backdrop(text)  # where the place lies and how large it is founds nothing
    needed = ctx.facts.has_figures(told) or _NEED.search(told) or good_sign(text)
    if not text or (needed and normalise(text) != normalise(form.overview)):
        return
    copied = next((f for f in ("project", "overview") if _same(text, form.text(f), ctx)), "")
    if copied:
        message = f"「项目设立必要性」只是重复了「{FIELD_NAMES[copied]}」，没有说为什么要办。"
    elif (len(told) <= _SHORT and _SOFT.search(told)) or _only_praise(told):
        message = f"「项目设立必要性」写的是「{_shortened(text)}」，没有说现在有什么问题、缺口。"
    else:
        return
    yield Hit(
        field="necessity",
        message=message,
        advice="请写现状和缺口：现有多少、差在哪里、不办会怎样，有数的写数。",
    )


def _only_praise(text: str) -> bool:
    """Whether all that the text says is how important the work is («是服务职工的重要抓手»)."""
    left = [c for c in re.split(r"[，,。；;！!、]", substance(text)) if c.strip()]
    return bool(_PRAISE.search(text)) and all(_PRAISE.search(c) or _SO.match(c) for c in left)


def _shortened(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 2] + "…"


def _same(text: str, other: str | None, ctx: Context) -> bool:
    if not other:
        return False
    a, b = normalise(text), normalise(other)
    if len(a) <= len(b) + 4 and core(other) and core(other) in a:
        return True
    if len(a) <= _PHRASE and a in b:
        return True
    return a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= ctx.options["alike"]
