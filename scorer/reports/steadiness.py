"""How far grade and place move when one weight moves, in words."""

from __future__ import annotations

from scorer.ranking import Ranking
from scorer.stability import SWING, Sway

SPAN = f"{SWING:.0%}"


def sway_line(sway: Sway) -> str:
    """«权重逐项上下浮动30%：得分 56.8–60.9，名次 3–9，等级可能是 中 或 差，最取决于「…」。»"""
    grade = f"等级可能是{'或'.join(sway.grades)}" if len(sway.grades) > 1 else "等级不变"
    place = f"名次 {sway.first}–{sway.last}" if sway.first != sway.last else "名次不变"
    mover = f"，最取决于「{sway.weight}」" if sway.weight else ""
    return f"权重逐项上下浮动{SPAN}：得分 {sway.low:g}–{sway.high:g}，{place}，{grade}{mover}。"


def steadiness_line(ranking: Ranking) -> str:
    """One line for all forms; "" where the ranking was made without a profile."""
    sways = [(row, row.sway) for row in ranking.forms if row.sway is not None]
    if not sways:
        return ""
    regraded = sum(len(s.grades) > 1 for _, s in sways)
    row, far = max(sways, key=lambda pair: pair[1].last - pair[1].first)
    moved = max(far.last - row.place, row.place - far.first)
    most = (
        f"名次最多移动{moved}位（{row.project or '未写项目名称'}，看「{far.weight}」）"
        if moved
        else "名次不变"
    )
    return (
        f"权重逐项上下浮动{SPAN}：{regraded}张表的等级会变，{most}，"
        f"与现在排序的相关系数不低于{ranking.likeness:.2f}。"
    )
