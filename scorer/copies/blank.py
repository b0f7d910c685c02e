"""A blank official form to start from: frame of classes, dropdowns, hints, grey examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scorer.copies.official import workbook
from scorer.copies.official_sheet import (
    FRAME_88,
    FRAME_101,
    SOURCES,
    Box,
    Sheet,
    form_sheet,
    list_sheet,
)
from scorer.forms import LEVEL2, Form

LAYOUTS: dict[str, str] = {
    "county": "县区级申报表：实施期、年度两半，带概况、依据、制度措施、计划",
    "annex88": "财预〔2015〕88号附件样式：实施期、年度两半",
    "core101": "财预〔2021〕101号样式：成本指标在前，一列指标值",
    "list": "一体化系统的平铺表：一行一条指标，符号、数值、单位分列",
}
SIGNS = ("≥", "≤", "=", ">", "<", "定性")
ATTRIBUTES = ("一次性项目(1年结束)", "延续性项目(2年以上)", "经常性项目")
_TEXTS = ("overview", "basis", "necessity", "safeguards", "plan")
_HEAD = ("project", "department", "unit", "attribute", "period")
_FOOT = ("leader", "handler", "phone", "filled_at")
_TWO = ("total_yuan", "annual_yuan", "goal_period", "goal_annual")
_HEADING = "填写示例（不打印，不用删）"


@dataclass(frozen=True)
class Hint:
    """What the program says when the cell is chosen, and the grey example beside the table."""

    message: str
    example: str = ""


HINTS: Mapping[str, Hint] = {
    "project": Hint("写全称，与预算批复一致；不写「其他支出」「工作经费」这类看不出内容的名称。",
                    "某县档案馆馆藏档案数字化（二期）"),
    "department": Hint("主管部门的编码和名称。", "001-某县档案局"),
    "unit": Hint("实际花这笔钱、办这件事的单位。"),
    "attribute": Hint("每年都有的写经常性项目，跨年的写延续性项目，当年办完的才写一次性项目。"),
    "period": Hint("写起止年月。", "2025年1月至2025年12月"),
    "total_yuan": Hint("整个项目期的资金，单位：元。等于下面各来源之和。"),
    "annual_yuan": Hint("本年度的资金，单位：元。等于下面各来源之和；一年的项目两个总额相同。"),
    "overview": Hint("写清对象、数量、地点、做法。", "对馆藏民国档案1.2万卷扫描、著录、质检，在馆内完成。"),
    "basis": Hint("写文件名和文号，或会议纪要。", "《某某办法》（某档发〔2024〕3号）"),
    "necessity": Hint("写现状和缺口：现有多少、差在哪里、不办会怎样。"),
    "safeguards": Hint("写本项目用到的制度和谁来管。"),
    "plan": Hint("分步骤写时间和完成到哪一步。", "3月底前完成招标；9月底前扫描80%；11月底前验收。"),
    "goal_period": Hint("整个项目期：在什么时间前，做完什么（多少），达到什么可查的结果。"),
    "goal_annual": Hint("本年度：在什么时间前，做完什么（多少），达到什么可查的结果。不要照抄必要性。",
                        "11月底前完成1.2万卷数字化，查档平均用时由30分钟降到5分钟。"),
    "leader": Hint("单位负责人姓名。"),
    "handler": Hint("填表人姓名。"),
    "phone": Hint("写办公电话；公开的表不要写个人手机号。"),
    "filled_at": Hint("填表的日期。", "2024年11月20日"),
}  # fmt: skip
ROW_HINTS: Mapping[str, Hint] = {
    "数量指标": Hint("做多少：符号、数、单位。", "数字化档案数量：≥1.2万卷"),
    "质量指标": Hint("做得怎么样：合格率、准确率，或写明标准号。", "著录差错率：≤0.3%"),
    "时效指标": Hint("什么时候完成，或多久一次。不写「及时」。", "完成时间：2025年11月30日前"),
    "成本指标": Hint("单价、补助标准或控制数。不写「不超预算」。", "每页扫描成本：≤0.45元"),
    "经济成本指标": Hint("单价、补助标准或总成本控制数。", "每页扫描成本：≤0.45元"),
    "社会成本指标": Hint("对群众生活、安全的影响；没有就空着。", "施工扰民投诉：≤3起"),
    "生态环境成本指标": Hint("对环境的影响；没有就空着。", "建筑垃圾外运处置率：=100%"),
    "经济效益指标": Hint("给单位以外带来的钱；没有就空着，不要硬写。"),
    "社会效益指标": Hint("谁得到了什么，写可查的结果。", "年查档利用人次：≥3500人次"),
    "生态效益指标": Hint("环境有什么变化；没有就空着，不要硬写。"),
    "可持续影响指标": Hint("项目结束后还管多久。", "数据每年异地备份：≥2次"),
    "服务对象满意度指标": Hint("写明谁的满意度，80%至98%为宜。", "查档群众满意度：≥92%"),
}
_COLUMN_HINTS: Mapping[str, Hint] = {
    "sign": Hint("选一个符号；「优、良」这类定性值选「定性」。"),
    "measure": Hint("台、%、元/人·月等，不要在指标值里再写一次。"),
    "declared_kind": Hint("有数的选定量指标，其余选定性指标。"),
    "explanation": Hint("这个指标是什么意思，怎么算，数从哪里来。"),
    "baseline": Hint("上年或前三年的实际数，没有就空着。"),
    "weight": Hint("分值，全表合计90（另有预算执行率10）。"),
}
_MONEY = Hint("单位：元，只写数。没有就写0。")
KINDS = ("定量指标", "定性指标")
CORE_COLUMNS = ("sign", "value", "measure", "baseline", "explanation", "weight")


def blank_form(layout: str = "county", year: int | None = None) -> bytes:
    """A blank form as XLSX; ``layout`` is a key of ``LAYOUTS`` (KeyError for others)."""
    form = _asking(layout, year)
    return workbook([("绩效目标表", _sheet(layout, form))], _finish)


def _asking(layout: str, year: int | None) -> Form:
    """A form with nothing in it that asks for every field of the layout."""
    names = [*_HEAD, *_TWO]
    sources: Sequence[str] = tuple(SOURCES)
    if layout == "county":
        names += [*_TEXTS, *_FOOT]
    elif layout == "annex88":
        sources = ("city_county", "other")
    elif layout == "core101":
        names = [*_HEAD, "annual_yuan", "overview", "basis", "goal_annual", *_FOOT]
    phases = ("annual",) if layout == "core101" else ("period", "annual")
    money = [f"funding.{phase}.{source}" for phase in phases for source in sources]
    return Form(fiscal_year=year, asked=frozenset([*names, *money]))


def _sheet(layout: str, form: Form) -> Sheet:
    frame = FRAME_101 if layout == "core101" else FRAME_88
    room = {level: 3 if level[1] == "数量指标" else 2 for level in frame}
    if layout == "list":
        return list_sheet(form, frame, room)
    return form_sheet(form, frame, room, CORE_COLUMNS if layout == "core101" else ())


def _finish(page: Any, sheet: Sheet) -> None:
    """Dropdowns, input messages and the grey examples, right of what is printed."""
    examples: dict[int, str] = {}
    classes = [box for box in sheet.boxes if box.key == "level2"]
    for box in sheet.boxes:
        level2 = next((c for c in reversed(classes) if _beside(c, box)), None)
        hint = _hint(box.key, str(level2.text) if level2 else "")
        if hint is None:
            continue
        last = box.row + box.row_span - 1, box.column + box.col_span - 1
        page.data_validation(box.row, box.column, *last, _validation(box.key, hint))
        if hint.example and f"例：{hint.example}" not in examples.values():
            examples.setdefault(box.row, f"例：{hint.example}")
    _examples(page, sheet, examples)


def _beside(level2: Box, box: Box) -> bool:
    """Whether a row's cell belongs to this level-2 cell."""
    inside = level2.row <= box.row < level2.row + level2.row_span
    return inside and level2.column <= box.column


def _hint(key: str, level2: str) -> Hint | None:
    if key in ("name", "value", "level2"):
        return ROW_HINTS.get(level2)
    return _COLUMN_HINTS.get(key) or HINTS.get(key) or (_MONEY if "funding" in key else None)


def _validation(key: str, hint: Hint) -> dict[str, Any]:
    """A dropdown where the words are known, else any text; always with the hint beside."""
    choices = {"level2": LEVEL2, "sign": SIGNS, "attribute": ATTRIBUTES, "declared_kind": KINDS}
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": "怎么填",
        "input_message": hint.message,
    }
    if key in choices:
        rule |= {
            "validate": "list",
            "source": list(choices[key]),
            "error_type": "warning",  # a county may have words of its own
            "error_title": "不在下拉表里",
            "error_message": "一般从下拉表里选；确实要用本地的写法时选「是」。",
        }
    return rule


def _examples(page: Any, sheet: Sheet, examples: Mapping[int, str]) -> None:
    """Beside the table and outside the print area, as drawn text: no reader takes it for the
    content of a cell, and nobody has to delete it."""
    column = sheet.edges[5]
    page.set_column(column, column, 2)
    grey = {"color": "#8C959F", "size": 9, "italic": True}
    for row, text in {sheet.header: _HEADING, **examples}.items():
        options = {
            "width": 330,
            "height": 20,
            "font": grey,
            "line": {"none": True},
            "fill": {"none": True},
            "align": {"vertical": "middle"},
            "object_position": 1,
        }
        page.insert_textbox(row, column + 1, text, options)
