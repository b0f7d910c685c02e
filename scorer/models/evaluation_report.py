"""The evaluation as a table for the terminal and as one HTML page with its own drawings."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

LABEL_NAMES = {
    "vague": "指标值不可核对",
    "mismatch": "与项目无关",
    "misplaced": "二级指标归类不当",
    "incoherent": "名称与指标值不符",
}
MEASURES = {
    "precision": "查准率",
    "recall": "查全率",
    "f1": "F1",
    "pr_auc": "PR曲线下面积",
    "ece": "校准误差",
}
SIDE, EDGE = 260, 36


def table(result: dict[str, Any]) -> str:
    """Lines for the terminal, one label a line."""
    lines = [f"共{result['rows']}行，{result['projects']}个项目。括号内为95%区间（按项目重抽）。"]
    for label, card in result["labels"].items():
        figures = "  ".join(f"{MEASURES[m]} {_interval(card[m])}" for m in MEASURES)
        counts = f"标注{card['positive']}，判出{card['said']}，判对{card['true_positive']}"
        lines.append(f"{LABEL_NAMES[label]}（{label}）：{figures}；{counts}，共{card['rows']}行")
    return "\n".join(lines)


def html(result: dict[str, Any]) -> str:
    """One page that needs nothing from outside."""
    parts = [_section(label, card) for label, card in result["labels"].items()]
    return (
        "<!doctype html><html lang='zh-CN'><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>判断质量评估</title><style>{_STYLE}</style><main><h1>判断质量评估</h1>"
        f"<p>共{result['rows']}行，{result['projects']}个项目。方括号内为95%区间，按项目重抽样得出。</p>"
        + "".join(parts)
        + "</main></html>\n"
    )


def _section(label: str, card: dict[str, Any]) -> str:
    head = "".join(f"<th scope='col'>{name}</th>" for name in MEASURES.values())
    cells = "".join(f"<td>{_interval(card[m])}</td>" for m in MEASURES)
    counts = (
        f"标注为是的{card['positive']}行，判出{card['said']}行，其中判对{card['true_positive']}行，"
        f"误判{card['false_positive']}行，漏判{card['false_negative']}行。"
    )
    return (
        f"<section><h2>{LABEL_NAMES[label]} <small>{label}</small></h2>"
        f"<table><thead><tr>{head}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"
        f"<p>{counts}</p><div class='pictures'>{pr_picture(card)}{calibration_picture(card)}</div>"
        + _groups("按功能分类", card["by_field"])
        + _groups("按二级指标", card["by_level2"])
        + "</section>"
    )


def _groups(title: str, groups: dict[str, dict[str, Any]]) -> str:
    if not groups:
        return ""
    rows = "".join(
        f"<tr><th scope='row'>{escape(name) or '（空）'}</th><td>{g['rows']}</td><td>{g['positive']}</td>"
        f"<td>{g['precision']:.2f}</td><td>{g['recall']:.2f}</td><td>{g['f1']:.2f}</td></tr>"
        for name, g in groups.items()
    )
    head = "".join(
        f"<th scope='col'>{h}</th>" for h in (title, "行数", "为是", "查准率", "查全率", "F1")
    )
    return (
        f"<details><summary>{title}</summary><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></details>"
    )


def pr_picture(card: dict[str, Any]) -> str:
    """Precision over recall, with the point that users meet."""
    points = [(0.0, card["curve"][0][1]), *card["curve"]] if card["curve"] else []
    line = " ".join(f"{_x(r):.1f},{_y(p):.1f}" for r, p in points)
    at = f"<circle cx='{_x(card['recall'][0]):.1f}' cy='{_y(card['precision'][0]):.1f}' r='4'/>"
    body = f"<polyline points='{line}'/>{at}"
    text = f"查准率与查全率曲线，面积{card['pr_auc'][0]:.2f}"
    return _picture(text, "查全率", "查准率", body)


def calibration_picture(card: dict[str, Any]) -> str:
    """Share of truth over stated probability; the diagonal is perfect honesty."""
    most = max((n for _, _, n in card["calibration"]), default=1)
    dots = "".join(
        f"<circle cx='{_x(p):.1f}' cy='{_y(t):.1f}' r='{2 + 6 * (n / most) ** 0.5:.1f}'>"
        f"<title>概率{p:.2f}，实际{t:.2f}，{n}行</title></circle>"
        for p, t, n in card["calibration"]
    )
    line = f"<line x1='{_x(0)}' y1='{_y(0)}' x2='{_x(1)}' y2='{_y(1)}' class='even'/>"
    return _picture(f"校准图，误差{card['ece'][0]:.3f}", "所说概率", "实际比例", line + dots)


def _picture(title: str, across: str, up: str, body: str) -> str:
    ticks = "".join(
        f"<text x='{_x(v):.0f}' y='{SIDE - EDGE + 14}' class='tick'>{v:g}</text>"
        f"<text x='{EDGE - 14}' y='{_y(v) + 4:.0f}' class='tick'>{v:g}</text>"
        for v in (0, 0.5, 1)
    )
    axes = f"<path d='M{EDGE} {EDGE / 2}V{SIDE - EDGE}H{SIDE - EDGE / 2}' class='axis'/>"
    names = (
        f"<text x='{SIDE / 2}' y='{SIDE - 4}' class='tick'>{across}</text>"
        f"<text x='{EDGE}' y='{EDGE / 2 - 5}' class='tick'>{up}</text>"
    )
    return (
        f"<svg role='img' viewBox='0 0 {SIDE} {SIDE}' width='{SIDE}' height='{SIDE}'>"
        f"<title>{title}</title>{axes}{ticks}{names}{body}</svg>"
    )


def _x(share: float) -> float:
    return EDGE + share * (SIDE - 1.5 * EDGE)


def _y(share: float) -> float:
    return SIDE - EDGE - share * (SIDE - 1.5 * EDGE)


def _interval(figure: Sequence[float]) -> str:
    return f"{figure[0]:.3f} [{figure[1]:.3f}, {figure[2]:.3f}]"


_STYLE = (
    "body{font:16px/1.6 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;margin:0;"
    "color:#1f2328;background:#fff}main{max-width:60rem;margin:auto;padding:1rem}"
    "h2 small{color:#59636e;font-weight:normal}table{border-collapse:collapse;margin:.5rem 0}"
    "th,td{border:1px solid #d1d9e0;padding:.25rem .6rem;text-align:right}"
    "tbody th{text-align:left;font-weight:normal}.pictures{display:flex;flex-wrap:wrap;gap:1rem}"
    "svg{max-width:100%}svg .axis,svg .even{stroke:#59636e;fill:none}svg .even{stroke-dasharray:4}"
    "svg polyline{fill:none;stroke:#0b5cad;stroke-width:2}svg circle{fill:#0b5cad;fill-opacity:.75}"
    "svg .tick{font-size:11px;text-anchor:middle;fill:#59636e}"
)
