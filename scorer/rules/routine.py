"""What every office does anyway: meetings, summaries, study, duty rosters. No money buys them."""

from __future__ import annotations

import re

from scorer.forms import Indicator
from scorer.heads import bare_name

# Each word's letters are looked for in the project's own text: a project that is about duty or
# study counts them rightly.
_OFFICE = re.compile(
    r"(?P<about>(?:工作|办公|机关)?例会|(?:工作|办公|党组)会议|(?:碰头|协调|推进|调度|筹备)会|会议纪要|微信群|工作群|胸牌|工牌|席卡|台签|通讯录|政治理论|政治学习|理论学习|年度总结|工作总结|工作简报|工作信息|谈心谈话|宣传栏|(?:干部|机关|职工)值班|收发文|整理档案|档案整理|主题党日|党课|述职)"
    r"(?:制度|材料)?(?:学习)?(?:次数|场次|份数|条数|篇数|期数|卷数|天数|人次|数量|数)?$"
    r"|(?:参加|出席)(?:上级|全[市县区]|各类)?会议(?:次数|场次|人次)?$"
)


def office_routine(row: Indicator, own_text: str) -> bool:
    """Whether a row counts office routine that the project's own text (name, overview, goal,
    slogans left out) does not speak of."""
    found = _OFFICE.search(bare_name(row.name)) if row.level2 == "数量指标" else None
    if found is None:
        return False
    about = found["about"] or "会议"
    return not any(about[k : k + 2] in own_text for k in range(len(about) - 1))


# What every office owes, whatever it spends on.
_MANAGEMENT = re.compile(
    r"制度(?:的)?(?:健全|完善|建设|完备)|(?:资金|经费)(?:使用|管理|支出)?(?:的)?(?:合规|到位|规范|安全|专款专用)"
    r"|专款专用|政府采购(?:率|合规|规范|程序)|(?:财务|会计|档案)(?:核算|管理)?(?:规范|合规)性?|预算执行率|资金拨付(?:率|合规)"
)


def of_management(name: str) -> bool:
    """Whether a row's name is of orderly management: 制度健全, 资金使用合规率."""
    return bool(_MANAGEMENT.search(name))
