"""Whether two names say the same thing in other words: «法治讲座场次» and «举办法律讲座»."""

from __future__ import annotations

import re
from functools import lru_cache

from scorer.rules.counted import core_of, parts_of

# Verbs that say nothing of their own beside a noun: who counts 讲座 counts 举办讲座.
_EMPTY = frozenset(
    "完成 开展 组织 举办 召开 实施 覆盖 服务 惠及 受益 参加 参与 到位 新增 救助 资助 补助".split()
)
# Words that are one word in a name; the first of a line stands for the others.
_ALIKE = tuple(
    line.split()
    for line in """
购置 采购 购买 添置 配备 配置
建设 新建 建成 修建
维修 修缮 维护 养护
更换 更新
发放 派发 印发
印制 印刷
聘用 聘请 选聘
种植 栽植 栽种
法律 法治 法制 普法
电脑 计算机 微机
老人 老年人
路灯 路灯具
图书 书籍
讲座 课堂
宣传资料 宣传材料 宣传单 宣传册 宣传品 宣传页
贫困 困难
企业 公司
""".strip().splitlines()
)
_WORD = {other: words[0] for words in _ALIKE for other in words[1:]}
_OTHER_WORDS = re.compile("|".join(sorted(_WORD, key=lambda w: (-len(w), w))))
_FILLER = re.compile(r"的|情况|活动|全年|年度|数量|总数|对象|(?<=培训)班|(?<=..)数$")
_LETTERS = 2  # of a noun that says something


@lru_cache(maxsize=16384)
def _told(name: str) -> tuple[frozenset[str], str]:
    """The telling verbs of a name, and its noun, in the words that stand for others."""
    core = _FILLER.sub("", core_of(name)) or name
    verbs, noun = parts_of(_OTHER_WORDS.sub(lambda m: _WORD[m[0]], core))
    # «受益残疾人数» has lost its 人 with the measure word.
    noun = noun[:-1] if len(noun) > _LETTERS and noun.endswith("人") else noun
    return frozenset(verbs) - _EMPTY, noun


def same_thing(one: str, other: str) -> bool:
    """Whether two names count the same: one noun (or one noun within the other) and no two
    different acts; «聘用人数» is «聘用护理员» too."""
    (verbs, noun), (others, thing) = _told(one), _told(other)
    if min(len(noun), len(thing)) < _LETTERS:
        return False
    if noun in others or thing in verbs:
        return True
    if sorted(noun) == sorted(thing):
        return not (verbs and others) or bool(verbs & others)
    if verbs != others or not (verbs or min(len(noun), len(thing)) > _LETTERS):
        return False
    return noun.endswith(thing) or thing.endswith(noun)
