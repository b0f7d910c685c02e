"""Talk that fits every project: «坚持以人民为中心，奋力谱写高质量发展新篇章».

Such clauses tell nothing of what the money is for. Whoever asks what a text says of its project
reads it without them, so that padding neither hides a fault nor makes a strange row familiar.

A clause is told by its letters and their neighbours, weighed by `scripts/fit_slogans.py` on clauses
written for that (``lexicons/slogan_letters.csv``).
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from scorer.lexicon import lexicon_path

LETTERS_FILE = "slogan_letters.csv"
_PIECES = re.compile(r"([，,。；;！!、：:\n]+)")
# Resolve and praise; what it is all for.
_TALK = (
    "深入|深化|学习|贯彻|落实|坚持|坚定|紧紧|围绕|紧扣|聚焦|立足|统筹|推动|推进|推行|促进|助推|助力|带动|加快|加强|增强|强化|提升|提高|改善|优化|完善|健全|巩固|拓展|夯实|筑牢|营造|打造|树立|牢固|弘扬|践行|发挥|激发"
    "|凝聚|形成|构建|实现|确保|保障|保证|维护|维持|满足|服务|做好|做到|抓好|抓实|搞好|办好|奋力|努力|谱写|开创|迈上|迈出|引领|引导|把握|突出|注重|讲好|争创|精心|科学|周密|压实|压茬|扛牢|高度|重视|圆满|完成|贡献|培育|面向|狠抓|行动|确立"
    "|不断|持续|进一步|切实|扎实|全面|全力|有效|有力|显著|明显|稳步|逐步|充分|着力|大力|积极|认真|更好|更加|更高|广泛|十分|非常|极其|良好|优质|正常|有序|稳定|顺利|高效|优良|先进"
    "|新时代|新发展|新形势|中国特色|社会主义|思想|认识|站位|精神|党的|二十大|上级|各级|中央|决策|部署|要求|指示|讲话|方针|政策|理念|意识|自信|中心|大局|全局|重点|抓手|导向|主题|主线|支柱|宗旨|初心|使命|担当|作为|责任"
    "|目标|任务|工作|事业|局面|格局|氛围|形象|水平|能力|质量|质效|效能|效率|效益|效果|成效|成果|作用|影响|意义|力度|基础|合力|活力|动力|机制|体系|体制|组织|领导|实施|谋划|安排|落到|落地|见效|实处|到位"
    "|发展|高质量|可持续|经济|社会|全[县市区省]|我[县市区]|县域|区域|地方|当地|各项|各方面|人民|群众|广大|干部|职工|全体|获得感|幸福感|安全感|满意|知名度|美誉度|生活|美好|需求|需要|和谐|安全|平安|长治久安|运转|运行|开展|进行"
    "|现代化|治理|民生|工程|乡村振兴|共同富裕|营商环境|环境|篇章|台阶|征程|重大|深远|重要|日益|增长|具有|对于|该项目|本项目|项目|全年|年度|一流|过硬|标准|必要|紧迫|迫切|履行|职责|职能|部门|单位|机关|主要|用于|措施|按照|根据|本项目|相关|有关|管理|各类|推进|日常|需求|开支|支出|经费"
)
_ABSTRACT = "核心|根本|底线|要点|重点|中心|主线|聚焦|坚持|行动|确保|支柱|抓手|导向|引领|关键|意识|自信|维护|统一|结合|到位|延伸|转变|提升|巩固|狠抓|一流|过硬|满意|突出|着力|带头|强化|面向|使命|坚定|信念|初心|旗帜|纲领|遵循|理念|目标|要求|促进|完善|优化|保障|加强|深化|跨越|创新"
# Numbers for show: «一个中心、三个聚焦», «“五进”», «培育一支队伍», «100%用心», «24小时在线».
_SHOW = re.compile(
    rf"[一二两三四五六七八九十]+(?:个|条|大|项|种)(?:{_ABSTRACT})"
    r"|[“\"][^”\"\d]{0,10}[一二两三四五六七八九十][^”\"\d]{0,10}[”\"](?![一-龥]{0,2}(?:验收|标准|认证|评[价审定]))"
    r"|(?:\d+|[一二两三四五六七八九十]+)(?:个|大|项|种|类|方面)?(?:方面|层面|维度|领域的?|环节|能力|体系|链条|精神|意识|理念|格局|优势|亮点|抓手|功能|效应|氛围|局面|提升|转变|突破)"
    r"|一(?:站式|揽子|条龙|体化|盘棋|张网|把手|竿子|系列|批|支|个(?:品牌|亮点|样板|典型|名片|窗口|阵地|模式))"
    r"|\d+(?:\.\d+)?[%％](?:的)?(?:[一-龥]心|热情|真情|努力|投入|付出|认真|负责|优质|优秀|优良|精准|专注|敬业)"
    r"|(?:24小时|365天|全天候)(?:在线|[一-龥]心|不打烊|不松懈|不停歇|不断线)"
)
_SHOW_DIGITS = re.compile(
    # «突出3个确保», «开展10项行动», «围绕1条主线»: of what is left open, unlike «3个中心村».
    rf"\d+(?:个|条|大|项|种)(?:重大|重点|专项|关键|具体|新)?(?:{_ABSTRACT}|突破|进展|亮点|成效|举措|措施|任务|责任|工作|重点|环节|工程|步骤|原则|机制|活动)(?=[，,。；;、！!”\"和与及]|$)"
    r"|\d+个?新?(?:档次|层次|台阶|高度|水平)"
    # «立足“十四五”、面向2035年», «促进2个健康、实现3个成长»
    r"|(?:面向|展望|放眼|着眼)20\d\d年?|(?:促进|实现|助力|推动)\d+(?:个|大|项|种)(?:健康|成长|进步|收获|幸福|快乐|文明|和谐|放心|满意|自信)"
    # «5措并举», «三位一体», «双轮驱动»
    r"|[\d一二两三四五六七八九十双多]+(?:[措管招策点线]并(?:举|进|重|发)|[措管]齐下|位一体|轮驱动)"
    # «100%确保群众安全», not «应急物资100%到位», «100%完成整改».
    r"|(?:(?<=[，,。；;、])|^)\d+[%％]地?(?:丰富|确保|保障|保证|提升|提高|促进|推动|强化|满足|维护|重视|改善|增强|优化|服务)(?=[一-龥]{4})"
    # «100%落实政策，100%落实要求», of nothing that was counted out
    r"|(?:(?<=[，,。；;、])|^)\d+[%％]地?(?:落实|贯彻|执行|遵守|履行|压实)(?=[一-龥]*(?:政策|责任|要求|规定|制度|任务|精神|部署|职责|纪律|措施)(?=$|[，,。；;、！!]))"
    r"|(?<=提供)\d+[%％]的?(?=保障|支撑|服务)"
    # «健全1套机制，夯实2个基础，提升3种能力»
    r"|(?:健全|完善|建立|建强|夯实|提升|提高|增强|强化|打造|构建|树立|落实|筑牢|形成|锻造|锤炼|培育|织密)\d+(?:个|条|大|项|种|套|类|支|方面)?"
    r"(?:机制|基础|能力|体系|制度|理念|意识|作风|防线|格局|保障|本领|水平|素质|要求|责任|任务|举措|措施|品牌|优势|亮点|合力)(?=$|[，,。；;、！!])"
    # «高举1面旗帜», «贡献100%的青春力量»
    r"|(?<!\d)1(?:面|张|把)(?:大?旗帜?|名片|标杆|尺子|钥匙)"
    r"|\d+(?:\.\d+)?[%％]的?(?=[一-龥]{0,6}(?:力量|热忱|激情|担当|智慧|动力|活力|正能量)(?=$|[，,。；;、！!]))"
    # «知名度100%提升», «气象站100%稳定运行»; «100%完成», «到位100%» can be counted.
    r"|100[%％]地?(?=提升|提高|增强|改善|优化|促进|推动|强化|满足|稳定|平稳|有序|顺利|安全运行)"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NAMED = re.compile(r"[\dA-Za-z《]")


def without_show(text: str) -> str:
    """The text without numbers for show: «提供100%优质参考» has no percentage."""
    return _SHOW_DIGITS.sub("", _SHOW.sub("", text))


def pieces(clause: str) -> list[str]:
    """What is weighed of a clause: its Chinese letters, pairs and threes, begin and end marked."""
    letters = _HAN.findall(clause)
    text = "".join(("^", *letters, "$"))
    return [text[k : k + size] for size in (1, 2, 3) for k in range(len(text) - size + 1)]


@cache
def _weights() -> tuple[dict[str, float], float]:
    """Piece -> weight, and the constant (the row without a piece)."""
    with lexicon_path(LETTERS_FILE).open(encoding="utf-8", newline="") as file:
        rows = {row["piece"]: float(row["weight"]) for row in csv.DictReader(file)}
    return rows, rows.pop("")


@lru_cache(maxsize=16384)
def is_slogan(clause: str) -> bool:
    """Whether a clause names no thing, amount or person of its own."""
    plain = without_show(clause)
    if not _HAN.search(clause) or _NAMED.search(plain):
        return False
    return weigh(plain, *_weights()) > 0


def weigh(clause: str, weights: Mapping[str, float], constant: float) -> float:
    """The sum of a clause's weights, the same in any order; talk is above 0."""
    return math.fsum((constant, *(weights.get(piece, 0.0) for piece in set(pieces(clause)))))


def clauses(text: str) -> list[str]:
    """The clauses of a text, without what stands between them."""
    return [piece for piece in _PIECES.split(text)[::2] if piece]


def only_talk(text: str) -> bool:
    """Whether talk outweighs all else in a text that names no number and no paper: one clause
    that might say something does not make a statement of it."""
    kept = [clause for clause in clauses(text) if not is_slogan(clause)]
    if any(_NAMED.search(without_show(clause)) for clause in kept):
        return False
    letters, left = (len(_HAN.findall("".join(parts))) for parts in (clauses(text), kept))
    return letters > 0 and left <= _LEFT * letters


_LEFT = 0.3  # part of a text's letters that may stand outside talk


@lru_cache(maxsize=4096)
def substance(text: str) -> str:
    """The text without the clauses that are slogans."""
    parts = _PIECES.split(text)
    kept = [
        piece + mark
        for piece, mark in zip(parts[::2], [*parts[1::2], ""], strict=True)
        if not is_slogan(piece)
    ]
    return "".join(kept)
