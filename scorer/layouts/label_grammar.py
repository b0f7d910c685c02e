"""Labels and column heads by how they are made up, where the lexicon does not list them.

Offices put the same few words together in ever new ways: «项目承办单位», «具体实施主体», «申报执行
部门» all ask for the unit. A label is told by its last word and by what may stand before it; what
holds any other word is no label. Every question takes a label as :func:`words.squeeze` leaves it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_LONGEST = 16  # signs of a label
_WHAT = "项目|专项|政策|资金|经费|支出|预算|工程|任务"
_RANK = "具体|申报|填报|申请|实施|财政|部门|单位|业务|年度|重点|扶持|[一二三]级|子|本|拟|和|及|、|/"
_AND = "的|及其|及|和|与|、|/"
_NAMED = "(?:全称|名称|名|及代码|及编码)*"
_ACTS = "组织|实施|承担|申报|申请|填报|填表|填制|编制|编报|执行|责任|使用|用款|建设|承办|主办|牵头|报送|上报|经办|落实|负责|法人|基层预算|二级预算|预算编制"
_YEAR = r"(?:本年度?|当年度?|年度|今年|全年|本次|20\d\d年度?)"
_TERM = "(?:实施周期|实施期|项目周期|项目期|政策期|规划期|建设周期|建设期|执行期|中期|中长期|长期|全周期|周期|[二两三四五]年(?:规划|计划|行动)?)"
_MONEY = "申请|申报|安排|批复|下达|核定|计划|拟|预计|所需|需要|使用|项目|专项|政策|预算|概算|财政|资金|经费|支出|投资|投入|需求|拨款|总体|总|本级|全部|其中"
_SUM = "总额|金额|额度|总计|合计|规模|总数|总量|预算|资金|经费|安排|需求|投入|投资|拨款|额|量|数"

_FIELDS = {
    "project": rf"(?:{_RANK}|{_WHAT})*(?:项目|专项|政策|资金|经费|工程)(?:名称|全称|标题)(?:[及和与]?(?:编码|代码))?",
    "unit": rf"(?:{_WHAT}|具体|实际|主要|直接|基层|绩效)*(?:{_ACTS})+(?:单位|主体|机构|(?<!责任)部门|法人){_NAMED}",
    "department": rf"(?:{_WHAT}|业务|行业|归口|行政|中央|自治区|上级|本级|[一二]级|[省市县区州盟旗师地]级?)*(?:主管|归口管理|归口)(?:预算|业务|行政)?"
    rf"(?:部门|单位|机关|委?办?局){_NAMED}|一级预算(?:单位|部门){_NAMED}|责任部门",
    "attribute": r"(?:支出|预算|专项|政策|资金|经费)*(?:项目|专项|政策|支出)(?:支出|存续)?(?:属性|性质|类型|类别|分类|种类|状态|形式|属别)",
    "period": r"(?:项目|实施|执行|建设)时段|(?:项目|专项|政策|资金|起止|执行|作业|运行|计划实施|计划建设|计划起止|建设)+(?:计划|预计|起止|实施|执行|建设|存续|有效|使用)*(?:期|期限|周期|年限|时限|时间|日期|年月|年度|期间|区间)",
    "overview": rf"(?:项目|专项|政策)(?:基本|总体|主要|背景|实施|建设|工作|内容|概况|情况|用途|{_AND})*(?:概况|概述|简介|内容|简述|描述|介绍|基本情况|情况说明)|(?:基本|实施|建设|工作|主要)+(?:内容|情况)?(?:概况|概述|简述)",
    "basis": rf"(?:项目|专项|政策|资金|预算)*(?:项目|立项|设立|申报|编报|安排|政策|实施|设置|文件|法律|法规|主要|背景|{_AND})+依据(?:及理由)?",
    "necessity": rf"(?:项目|专项|政策|资金)*(?:立项|设立|申报|实施|设置|安排|建设|背景|理由|可行性|{_AND})*必要性(?:(?:{_AND})?可行性)?(?:分析|论证|说明)?",
    "safeguards": rf"(?:保证|保障|确保)?(?:项目|专项|政策|资金)?(?:顺利|实施|管理|执行|组织|保障|保证|制度|机制|相关|措施|{_AND})*"
    rf"(?:保障|保证|管理|制度|组织)(?:{_AND}|相关)*(?:措施|办法|制度)|(?:制度|管理|组织|实施)保障",
    "plan": rf"(?:项目|专项|政策|年度|全年)*(?:实施|推进|进度|阶段|工作|建设|{_AND})*(?:实施|推进|进度|工作)(?:{_AND})*(?:计划|方案|步骤|安排|进度)",
}
_GOAL = (
    r"(?:项目|专项|政策|资金|支出|预算|绩效|总体|整体|总|预期|设定|申报|主要|核心|关键|工作|任务|阶段性?|建设|{_AND})*"
    r"目标(?:内容|描述|说明|概述|情况|简述)?"
).replace("{_AND}", _AND)
# «年度预算申请资金» in its many orders, «本年度金额»; a bare «本年预算安排» is the year's too
_OF_THE_YEAR = re.compile(rf"(?:项目)?{_YEAR}(?:{_MONEY}){{0,5}}(?:{_SUM})")
_SAYS_MONEY = re.compile("额度|预算|资金|金额|经费|投资|投入|拨款|支出|申请|申报|批复|下达|核定")
_OF_THE_TERM = re.compile(rf"{_TERM}(?:{_MONEY}){{0,5}}(?:{_SUM})")
_OF_ALL = re.compile(
    rf"(?:{_MONEY}){{1,5}}(?:总额|金额|额度|总计|合计|总规模|总需求|总投入|总投资|总预算|申请额|申报额|预算额|投资额)|(?:总体|全部)(?:资金|经费|投资)需求"
)
# A level of government before its money: «市区财政资金», «县（市、旗）级配套», «兵团补助资金»
_MONEY_OF = r"(?:本级|级)?(?:财政)?(?:预算|安排|配套|补助|专项|匹配|承担|投入)?(?:资金|补助|配套|拨款|经费|投入|安排|财政|财力|专款|一般公共预算)"
_LOCAL = r"(?:地|市|州|盟|县|区|旗|乡|镇|街道)"
_GOVERNMENTS = {
    "central": rf"(?:中央|国家|上级){_MONEY_OF}",
    "province": rf"(?:省(?:\([^()]*\))?|自治区|兵团){_MONEY_OF}",
    "city_county": rf"(?:地方|本级|{_LOCAL}(?:[、,/]?\(?{_LOCAL}\)?){{0,3}}|开发区){_MONEY_OF}",
    "self_raised": r"(?:学校|医院|单位|农场|企业|团场|院校|部门|乡镇|村|项目单位|本单位)(?:自筹|自有)(?:资金)?",
}
_MONEY_HEAD = re.compile(
    rf"(?:{_YEAR}|项目)?(?:资金|投资|经费|预算)(?:构成|组成|筹措|来源构成)(?:情况)?|{_YEAR}(?:资金|投资|经费)来源"
)
# No word twice: «绩效目标» and «一级指标» may be two heads that a text gives as one.
_OF_LEVEL = "(?:分类|类别|类型|名称|维度)"
_COLUMNS = {
    "level1": rf"(?:绩效)?一级(?:绩效)?(?:指标|目标)?{_OF_LEVEL}|(?:绩效)?(?:指标|目标)一级{_OF_LEVEL}?|(?:绩效|指标|评价|目标)维度",
    "level2": rf"(?:绩效)?二级(?:绩效)?(?:指标|目标)?{_OF_LEVEL}|(?:绩效)?(?:指标|目标)二级{_OF_LEVEL}?|指标(?:子类别?|分项|细类|小类)",
    "name": rf"(?:绩效)?三级(?:绩效)?(?:指标|目标)?(?:{_OF_LEVEL}|内容)|(?:绩效)?(?:指标|目标)三级{_OF_LEVEL}?"
    r"|(?:具体|细化|关键|个性|明细)+(?:绩效)?(?:指标|目标)(?:名称|内容)?|(?:考核|评价|年度|中长期|长期|短期)指标(?:名称|内容)",
    "value": rf"(?:{_YEAR}|{_TERM})?(?:预期|预计|计划|期望|设定|申报|应|拟|达到|完成|实现|考核|三级|绩效|指标|目标)*"
    r"(?:(?:预期|预计|计划|期望|设定|拟|应)(?:达到|完成|实现)?|指标|目标|标准)(?:目标|指标)?值",
    "unit": r"(?:绩效)?(?:指标|目标)(?:计量|度量|数量|数值)单位",
    "weight": r"(?:绩效|指标|三级|目标)*(?:权重|分值)(?:系数|值|分|分值|设置)?",
    "explanation": rf"(?:指标|目标|数据|评分|评价|考核|计算|取值|设定|扣分|赋分|打分|计分|确定|标准|绩效|测算|统计|值|依据|来源|解释|说明|{_AND})*"
    r"(?:指标|目标|数据|评分|评价|考核|计算|取值|设定|扣分|赋分|打分|计分|确定|标准|测算|统计|值)(?:的)?"
    r"(?:说明|解释|依据|来源|公式|方法|方式|口径|规则|办法|释义|内涵|渠道)",
}


def _compiled(patterns: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in patterns.items()}


_FIELD_PATTERNS = _compiled(_FIELDS)
_GOALS = _compiled(
    {
        "goal_period": rf"(?:项目)?{_TERM}[内间]?{_GOAL}",
        "goal_annual": rf"(?:项目)?{_YEAR}{_GOAL}",
        "goal": rf"(?=.*(?:项目|专项|政策|绩效|预期|总体|整体)){_GOAL}",
    }
)
_GOVERNMENT_PATTERNS = _compiled(_GOVERNMENTS)
_COLUMN_PATTERNS = _compiled(_COLUMNS)
_SIGNS = re.compile(r"[()]")  # «专项资金(项目)名称»
_BRACKET = re.compile(r"(?<=[一-龥])\([一-龥]+\)")  # «建设(实施)年限»
_SOURCE_OF = re.compile(rf"^{_YEAR}(?:资金)?(?:来源|构成)?:")  # «本年度来源：省级专款»
_FINANCE = re.compile(r"(?:中央|省|市|县|区|州|盟|旗|上级|本级|同级)级?财政(?:主管)?(?:部门|厅|局)")


def _first(patterns: Mapping[str, re.Pattern[str]], key: str) -> str | None:
    if not 2 <= len(key) <= _LONGEST:
        return None
    return next((name for name, pattern in patterns.items() if pattern.fullmatch(key)), None)


@lru_cache(maxsize=1 << 14)
def field_of(key: str) -> str | None:
    """The Form field that a label asks for: «项目承办单位» -> "unit"; "ignored" for the office that
    pays."""
    if _FINANCE.fullmatch(key):
        return "ignored"
    inside = _SIGNS.sub("", key) if _BRACKET.search(key) and key[0] != "(" else key
    for plain in dict.fromkeys((key, inside, _BRACKET.sub("", key))):
        if found := _first(_GOALS, plain) or _first(_FIELD_PATTERNS, plain):
            return found
    return None


@lru_cache(maxsize=1 << 14)
def amount_of(key: str) -> str | None:
    """The funding cell of a label: «本年度资金需求额» -> "annual", «中期预算总额» -> "total"."""
    key = _SOURCE_OF.sub("", key)
    if len(key) > _LONGEST:
        return None
    if _OF_THE_YEAR.fullmatch(key) and _SAYS_MONEY.search(key):
        return "annual"
    if _OF_THE_TERM.fullmatch(key) or _OF_ALL.fullmatch(key):
        return "total"
    return _first(_GOVERNMENT_PATTERNS, key)


@lru_cache(maxsize=1 << 14)
def column_of(key: str) -> str | None:
    """The role of an indicator column: «指标一级分类» -> "level1", «期望完成值» -> "value"."""
    role = _first(_COLUMN_PATTERNS, key)
    if role != "value":
        return role
    if re.match(_TERM, key):
        return "value_period"
    return "value_annual" if re.match(_YEAR, key) else "value"


@lru_cache(maxsize=1 << 12)
def heads_money(key: str) -> bool:
    """Whether a label heads the sources of the money: «年度资金构成»."""
    return _MONEY_HEAD.fullmatch(key) is not None
