"""Steps on a scale that nobody has set up: «提升≥1个档次», «明显（≥3级）», «长期≥1年».

Beside nothing but soft words such a number is as empty as they are. Where the name is of something
that somebody does grade (星级, 考核得分, 水质类别), or the value tells where it starts from, it counts.
"""

from __future__ import annotations

import re

from scorer.forms import Indicator
from scorer.heads import bare_name, hollow
from scorer.lexicon import Lexicon
from scorer.rules.asks import asked_by
from scorer.targets import Target

_NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+)\s*(?:个|大|颗)?(?:以上|多|余)?(?:的)?"
# A step of these is of nothing at all, of the others where the words do not tell of what.
_OF_NOTHING = re.compile(
    _NUMBER + r"(?:方面|层面|档次|台阶|层次|领域|环节|维度|阶段|比例|幅度|程度|步骤|高度|水平)"
)
# One of what is everywhere just one: «若干（1批）», «健全机制1套», «按实际（1项）».
_JUST_ONE = re.compile(
    r"(?<![\d.])(?:1|一)\s*(?:[批项次套类种式宗轮]|个(?!百分点)(?:批次|机制|体系|体制)?)(?![一-龥])"
)
_DONE = ("", "完成", "做好", "开展", "落实")
_DUTY = re.compile(r"工作$|任务$|事务$|业务$")  # of an office, not a thing that is counted
_ONE_LOT = re.compile(r"[=＝≥]?\s*(?:1|一)\s*批")  # as little as 一批, unless lots are counted
_SET_UP = re.compile(r"机制|体系|体制|格局|网络")
# A word that only says yes with a number behind it: «是1», «良好1档», «达标1级».
_SAID_TO = re.compile(
    r"[=＝≥]?(?:是|有|良好|较好|优秀|优良|较高|健全|完善|尽快|及时)\d+(?:\.\d+)?(?:级|档|次|个|项|点)?"
    r"|[=＝≥]?(?:达标|合格)\d+(?:\.\d+)?[级档]?"
)
_POINTS = re.compile(r"\d+(?:\.\d+)?\s*分")
_FULL_MARKS = 100
_STEP = re.compile(_NUMBER + r"(?:星级|级别|等级|级|星|分|档|项|点)")
_BARE_STEP = re.compile(rf"[≥＝=]?[一-龥]{{2,4}}{_NUMBER}(?:点|档|级|星)")  # «增加1点»
_SHARE = re.compile(_NUMBER + r"(?:百分点|[%％])")
_GRADED = re.compile(
    r"级|星|[得评记积]分|分数|名次|位次|排名|档|评[价估测定比选审]|测评|考[核试评]|成绩|指数|信用|耕地质量|水质|空气|防洪|抗震|路况"
)
_STATE = re.compile(
    r"(?:水平|能力|环境|质量|意识|素[质养]|形象|氛围|秩序|面貌|热情|积极性|安全|稳定|影响力?|效[果率益应]|条件|状况|程度|生态|风貌|保护|服务|品质|活力|机制|体系)"
    r"(?:提升|提高|改善|增强|优化)?$"
)
_LASTING = re.compile(r"(?:长期|持续|长效|常年|长久|[≥＝=]|不少于|至少|以上|\d+\s*年|一年)+")
_STARTS = re.compile(r"[原由从]|现有|[上去]年|20\d\d|满分|每")
_AROUND = re.compile(
    r"不[低少小]于|至少|达到?(?!标)|以上|左右|及|约|[^一-龥]|有[利益助]于?|上|的|了|为|在|体现|成效|效果|作用|[（()）]"
)
_HELPS = re.compile(r"有[利益助]")
_MOVES = frozenset(("rise", "fall", "thrift"))


def on_no_scale(row: Indicator, target: Target, lexicon: Lexicon) -> bool:
    """Whether the value is soft words and a step, a share or a year that measures none of them."""
    text = target.text
    if target.base or target.moments or target.frequency or _STARTS.search(text):
        return False
    if _is_a_year(target):
        return True
    if _just_one(row, text, lexicon) or _SAID_TO.fullmatch(text.strip()):
        return True
    if _points_of_nothing(row, target):
        return True
    asked = asked_by(row.name)
    if _GRADED.search(row.name) or asked not in ("", "count", "rate", "money"):
        return False
    if target.change and _BARE_STEP.fullmatch(text):
        return True
    for unit in (_OF_NOTHING, *(() if asked == "rate" else (_STEP, _SHARE))):
        words = unit.sub("", text)
        if words != text and not re.search(r"\d", words) and (soft := _soft(words, lexicon)):
            return unit is _OF_NOTHING or _of_a_state(row, soft, unit is _SHARE)
    return False


def _points_of_nothing(row: Indicator, target: Target) -> bool:
    """«优中选优120分»: more points than a hundred beside words, which nobody gives."""
    points = [q for q in target.quantities if q.unit == "分" and q.value > _FULL_MARKS]
    words = _POINTS.sub("", target.text)
    if not points or _GRADED.search(row.name + words) or "分" in row.name:
        return False
    return bool(_AROUND.sub("", words))


def _just_one(row: Indicator, text: str, lexicon: Lexicon) -> bool:
    """Whether nothing but soft words stands beside a single lot, item or set of no name."""
    if row.level2 == "数量指标" and _ONE_LOT.fullmatch(text) and "批" not in row.name:
        return True
    words = _JUST_ONE.sub("", text)
    if words == text or re.search(r"\d", words):
        return False
    if words.strip("=＝≥ ") in _DONE and _DUTY.search(bare_name(row.name)):
        return True
    if asked_by(row.name) == "count" and not re.search(r"[（(]", text):
        return False  # «新增台账数: 新增1套»
    return bool(_soft(_SET_UP.sub("", words), lexicon))


def _is_a_year(target: Target) -> bool:
    """«长期≥1年»: no time for what is to last."""
    years = [q for q in target.quantities if q.unit == "年" and q.value <= 1]
    return bool(years and target.soft_words and _LASTING.fullmatch(target.text.strip()))


def _soft(words: str, lexicon: Lexicon) -> frozenset[str]:
    """The groups of the soft words, where they are all that is said."""
    left = _AROUND.sub("", words)
    found = lexicon.soft_in(left)
    if sum(map(len, found)) < len(left):
        return frozenset()
    groups = {lexicon.soft_entries[word].group for word in found if word in lexicon.soft_entries}
    return frozenset(groups | ({"degree"} if _HELPS.search(words) else set()))


def _of_a_state(row: Indicator, soft: frozenset[str], share: bool) -> bool:
    """Whether the step is one of a state (能力, 环境), or of a mere word of praise («明显（3级）»)."""
    state = bool(_STATE.search(bare_name(row.name)) or hollow(row.name))
    praised = bool(soft - _MOVES)
    return (state and praised) if share else (state or (praised and asked_by(row.name) == ""))
