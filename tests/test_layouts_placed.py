"""Flat lists whose columns are kept by spaces: merged cells stand in the middle of their rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorer.forms import Form
from scorer.layouts import read_submission
from scorer.pipeline import read_input
from scorer.readers import read_document

# Each cell with the column it starts at; a Chinese sign fills one column of the paper.
HEAD = [(2, "项目名称"), (13, "预算金额"), (24, "年度绩效目标"), (38, "一级指标"), (48, "二级指标"),
        (60, "三级指标"), (72, "指标值")]  # fmt: skip
PAGE_1 = [
    [(60, "整理卷宗"), (72, "≥400 卷")],
    [(48, "数量指标")],
    [(38, "产出指标"), (60, "扫描照片"), (72, "≥90 张")],
    [(0, "旧志文献抢救"), (48, "质量指标"), (60, "扫描合格率"), (72, "=100%")],
    [(15, "8.40"), (23, "整理旧志，扫描入库。"), (72, "2025 年 10")],  # it fills its column
    [(0, "与影印"), (48, "时效指标"), (60, "完成时间")],
    [(72, "月底前")],
    [(38, "效益指标"), (48, "社会效益指标"), (60, "查阅人次"), (72, "≥600 人次")],
    [(0, "渡口码头修缮"), (15, "22.00"), (24, "修缮渡口三处。"), (38, "产出指标"), (48, "数量指标"),
     (60, "修缮渡口"), (72, "=3 处")],
    [(48, "质量指标"), (60, "验收合格率"), (72, "=100%")],
]  # fmt: skip
PAGE_2 = [
    [(23, "效益指标"), (30, "社会效益指标"), (40, "过渡群众"), (50, "≥2 万人次")],
]
HEAD_2 = [(0, "项目名称"), (7, "预算金额"), (14, "年度绩效目标"), (23, "一级指标"), (30, "二级指标"),
          (40, "三级指标"), (50, "指标值")]  # fmt: skip


def printed(cells: list[tuple[int, str]], *, wide: bool) -> str:
    """The line with its cells at their columns; ``wide``: a Chinese sign takes two."""
    line = ""
    for start, text in cells:
        at = 2 * start if wide else start
        taken = sum(1 + (wide and ord(c) > 0x2E80) for c in line)
        line += " " * max(at - taken, 2 if line else 0) + text
    return line.rstrip()


def forms(*, wide: bool) -> list[Form]:
    lines = ["泽口县 2025 年项目绩效目标公开表", "单位：万元", "", printed(HEAD, wide=wide)]
    lines += [printed(row, wide=wide) for row in PAGE_1]
    lines += ["", "- 1 -", printed(HEAD_2, wide=wide)]
    lines += [printed(row, wide=wide) for row in PAGE_2]
    (submission,) = read_input("list.txt", "\n".join(lines).encode())
    return list(submission.forms)


@pytest.mark.parametrize("wide", [False, True], ids=["one column a sign", "two columns a sign"])
def test_merged_cells_in_the_middle_of_their_rows_and_a_second_page(wide: bool) -> None:
    first, second = forms(wide=wide)
    assert (first.project, first.annual_yuan) == ("旧志文献抢救与影印", 84_000)
    assert (second.project, second.annual_yuan) == ("渡口码头修缮", 220_000)
    assert [(i.level1, i.level2, i.name) for i in first.indicators] == [
        ("产出指标", "数量指标", "整理卷宗"),
        ("产出指标", "数量指标", "扫描照片"),
        ("产出指标", "质量指标", "扫描合格率"),
        ("产出指标", "时效指标", "完成时间"),
        ("效益指标", "社会效益指标", "查阅人次"),
    ]
    assert first.indicators[3].value == "2025 年 10月底前"
    assert [(i.level1, i.level2, i.name, i.value) for i in second.indicators] == [
        ("产出指标", "数量指标", "修缮渡口", "=3 处"),
        ("产出指标", "质量指标", "验收合格率", "=100%"),
        ("效益指标", "社会效益指标", "过渡群众", "≥2 万人次"),
    ]


def test_the_signs_of_a_slanted_watermark_are_taken_out_and_told_of() -> None:
    text = """                          项目支出绩效目标表
                             （2025年度）
项目名称          村级档案室改造
主管部门          青石县档案局          实施单位          青石县档案馆
                                                                    料
年度资金总额        18万元
                                                               资
年度目标          改造村级档案室6间。
                                                          部
一级指标          二级指标          三级指标                 指标值
产出指标          数量指标          改造档案室               6间
                                                     内
                质量指标          验收合格率               100%
满意度指标         服务对象满意度指标     村干部满意度              ≥90%
"""
    (got,) = read_input("目标.txt", text.encode())
    (form,) = got.forms
    assert form.goal.annual == "改造村级档案室6间。"
    assert [(row.name, row.value) for row in form.indicators] == [
        ("改造档案室", "6间"),
        ("验收合格率", "100%"),
        ("村干部满意度", "≥90%"),
    ]
    (problem,) = got.problems
    assert "水印" in problem.message
    assert not problem.lost


def test_a_list_whose_first_level_is_lost_has_it_from_its_levels_2() -> None:
    folder = Path(__file__).parent / "counties"
    text = (folder / "list-layout-level-behind-full-goal.txt").read_text("utf-8")
    lost = text.replace("村（社区）干 产出指标", "村（社区）干")
    whole, read = (
        [
            (
                form.project,
                [(row.level1, row.level2, row.name, row.value) for row in form.indicators],
            )
            for form in read_submission(read_document("a.txt", each.encode())[0]).forms
        ]
        for each in (text, lost)
    )
    assert read == whole
