"""Two submissions compared: mended, still open, new, and «mended» by making it worse."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema

from scorer.compare import Comparison, FormChange, compare
from scorer.forms import PHASES, Form, Goal, Indicator, Submission
from scorer.judge import judge
from scorer.pipeline import read_input
from scorer.reports.diff_report import diff_json, diff_lines
from tests.makers import render
from tests.test_cli import jixiao, schema
from tests.test_golden import GOLDEN

ROWS = (
    Indicator("产出指标", "数量指标", "扫描档案数量", "≥1200卷"),
    Indicator("产出指标", "质量指标", "著录差错率", "≤0.3%"),
    Indicator("产出指标", "时效指标", "完成时间", "2025年11月30日前"),
    Indicator("产出指标", "成本指标", "每页扫描成本", "≤0.45元"),
    Indicator("效益指标", "社会效益指标", "查档平均用时", "较上年缩短20分钟"),
    Indicator("满意度指标", "服务对象满意度指标", "查档群众满意度", "≥92%"),
)
FORM = Form(
    project="2025年馆藏民国档案数字化",
    unit="松河县档案馆",
    fiscal_year=2025,
    attribute="一次性项目(1年结束)",
    period="1年",
    total_yuan=460000,
    annual_yuan=460000,
    overview="对1200卷民国档案扫描、著录、质检。",
    goal=Goal(None, "2025年11月底前完成1200卷民国档案数字化，查档平均用时缩短20分钟。"),
    indicators=ROWS,
    asked=frozenset({"project", "overview", "goal_annual", "annual_yuan"}),
)


def with_rows(*rows: Indicator, **more: Any) -> Form:
    return replace(FORM, indicators=rows, **more)


def valued(n: int, value: str) -> tuple[Indicator, ...]:
    return tuple(replace(row, value=value) if m == n else row for m, row in enumerate(ROWS))


def between(old: Sequence[Form], new: Sequence[Form]) -> Comparison:
    before, after = (judge(Submission("a.xlsx", forms=tuple(forms))) for forms in (old, new))
    return compare([before], [after])


def one(old: Form, new: Form) -> FormChange:
    (change,) = between([old], [new]).forms
    return change


def kinds(change: FormChange) -> list[str]:
    return [w.kind for w in change.worse]


def test_nothing_changed() -> None:
    found = between([FORM], [FORM])
    (change,) = found.forms
    assert found.is_clean
    assert change.gain == 0
    assert not change.mended
    assert not change.fresh
    assert not change.worse
    assert len(change.still) == len(change.new.findings if change.new else ())


def test_mended_and_new() -> None:
    old, new = with_rows(*valued(0, "按需要")), with_rows(*valued(1, "较低"))
    change = one(old, new)
    assert {f.indicator for f in change.mended} == {0}
    assert {f.indicator for f in change.fresh} >= {1}
    assert change.gain is not None
    assert one(old, FORM).gain is not None
    assert (one(old, FORM).gain or 0) > 0


def test_reworded_but_as_vague_as_before_still_stands() -> None:
    """Another vague word is another rule's case perhaps, and the same fault."""
    change = one(with_rows(*valued(0, "按需要")), with_rows(*valued(0, "若干卷")))
    assert not [f for f in change.mended if f.indicator == 0]
    assert [f for f in change.still if f.indicator == 0]
    assert not [f for f in change.fresh if f.indicator == 0]


def test_rows_that_move_are_the_same_rows() -> None:
    old = with_rows(*valued(0, "按需要"))
    new = with_rows(*reversed(old.indicators))
    change = one(old, new)
    assert not change.mended
    assert not change.fresh
    assert not change.worse


def test_number_removed_target_lowered_deadline_later() -> None:
    assert kinds(one(FORM, with_rows(*valued(0, "完成扫描")))) == ["number_removed"]
    assert kinds(one(FORM, with_rows(*valued(0, "≥600卷")))) == ["target_lowered"]
    assert kinds(one(FORM, with_rows(*valued(1, "≤3%")))) == ["target_lowered"]
    assert kinds(one(FORM, with_rows(*valued(3, "≤0.9元")))) == ["target_lowered"]
    assert kinds(one(FORM, with_rows(*valued(2, "2025年12月31日前")))) == ["deadline_later"]
    assert kinds(one(FORM, with_rows(*valued(0, "")))) == ["number_removed"]


def test_stricter_or_other_is_not_worse() -> None:
    for n, value in ((0, "≥1500卷"), (1, "≤0.1%"), (3, "≤0.40元"), (2, "2025年10月31日前"),
                     (4, "较上年缩短30分钟"), (1, "符合DA/T 31要求"), (0, "通过市档案局验收")):  # fmt: skip
        assert kinds(one(FORM, with_rows(*valued(n, value)))) == [], value


def test_what_the_finding_asked_for_is_not_worse() -> None:
    """A satisfaction of 100% brought down is a mending, not a lowered target."""
    full = with_rows(*valued(5, "100%"))
    assert {f.code for f in one(FORM, full).fresh if f.indicator == 5}
    change = one(full, with_rows(*valued(5, "≥95%")))
    assert not change.worse
    assert change.mended


def test_deleted_row() -> None:
    change = one(FORM, with_rows(*ROWS[1:]))
    assert kinds(change) == ["row_deleted"]
    assert "扫描档案数量" in change.worse[0].message
    vague = with_rows(*valued(0, "按需要"))
    change = one(vague, with_rows(*ROWS[1:]))  # the vague row went, and its class with it
    assert kinds(change) == ["row_deleted"]
    assert change.worse[0].findings
    assert not [f for f in change.mended if f.indicator == 0]


def test_deleting_a_repeated_row_is_a_mending() -> None:
    change = one(with_rows(*ROWS, ROWS[0]), FORM)
    assert not change.worse
    assert "C105" in {f.code for f in change.mended}


def test_goal_and_texts() -> None:
    shorter = replace(FORM, goal=Goal(None, "完成档案数字化工作。"))
    assert kinds(one(FORM, shorter)) == ["goal_shortened"]
    assert "1200" in one(FORM, shorter).worse[0].message
    emptied = replace(FORM, overview=None)
    assert kinds(one(FORM, emptied)) == ["text_removed"]
    # a table that has no such cell at all cannot be blamed for leaving it out
    other = replace(emptied, asked=frozenset({"project"}))
    assert kinds(one(FORM, other)) == []


def test_forms_are_paired_by_name_then_likeness() -> None:
    other = replace(FORM, project="遗属生活补助", indicators=(
        Indicator("产出指标", "数量指标", "补助人数", "=12人"),), goal=Goal(None, "按月发放12人补助。"))  # fmt: skip
    renamed = replace(FORM, project="民国档案数字化（二期）")
    found = between([FORM, other], [other, renamed])
    assert [c.renamed_from for c in found.forms] == [None, FORM.project]
    gone = between([FORM, other], [FORM])
    assert [(c.old is not None, c.new is not None) for c in gone.forms] == [
        (True, True),
        (True, False),
    ]
    assert not gone.is_clean
    fresh = between([FORM], [FORM, other])
    assert fresh.forms[1].old is None
    # the same project of two units stays with its unit
    theirs = replace(FORM, unit="松河县图书馆", indicators=valued(0, "按需要"))
    crossed = between([FORM, theirs], [theirs, FORM])
    assert [c.gain for c in crossed.forms] == [0, 0]


def test_across_formats() -> None:
    """PDF then, XLSX now: only what the author changed counts."""
    form = GOLDEN["publicity"]
    rows = [
        replace(row, value="≥5000份") if row.name == "印制宣传品" else row
        for row in form.indicators
    ]
    suffix, old = render.made([form, GOLDEN["dormitory"]], "A", "pdf")
    _, new = render.made([GOLDEN["dormitory"], replace(form, indicators=tuple(rows))], "A", "xlsx")
    before = [judge(s) for s in read_input(f"a{suffix}", old)]
    after = [judge(s) for s in read_input("b.xlsx", new)]
    found = compare(before, after)
    assert [c.gain for c in found.forms if c.project != form.project] == [0]
    (change,) = [c for c in found.forms if c.project == form.project]
    names = {change.old.form.indicators[f.indicator].name for f in change.mended
             if change.old and f.indicator is not None}  # fmt: skip
    assert names == {"印制宣传品"}
    assert not change.fresh
    assert not change.worse


def test_report_and_json() -> None:
    found = between([with_rows(*valued(0, "按需要")), replace(FORM, project="旧项目乙", indicators=())],
                    [with_rows(*valued(1, "较低"))])  # fmt: skip
    text = "\n".join(diff_lines(found, verbose=True))
    assert "越改越差" in text
    assert "新出现" in text
    assert "已改" in text
    assert "不再出现 1 张" in text
    jsonschema.validate(json.loads(json.dumps(diff_json(found))), schema("diff"))


def test_both_halves_say_a_thing_once() -> None:
    two = tuple(replace(row, phase=phase) for phase in PHASES for row in ROWS)
    vague = tuple(replace(i, value="若干") if i.name == "扫描档案数量" else i for i in two)
    found = between([with_rows(*two)], [with_rows(*vague)])
    assert len(found.forms[0].worse) == 2
    lines = [line for line in diff_lines(found) if "越改越差" in line and "扫描档案数量" in line]
    assert len(lines) == 1


def test_command(tmp_path: Path) -> None:
    old, new = tmp_path / "旧.docx", tmp_path / "新.xlsx"
    form = GOLDEN["canteen"]
    old.write_bytes(render.made([form], "A", "docx")[1])
    new.write_bytes(render.made([form], "A", "xlsx")[1])
    same = jixiao("diff", old, new)
    assert same.returncode == 0, same.stderr.decode()
    assert "不变" in same.stdout.decode()
    rows = tuple(replace(i, value="若干") if i.level2 == "数量指标" else i for i in form.indicators)
    new.write_bytes(render.made([replace(form, indicators=rows)], "A", "xlsx")[1])
    worse = jixiao("diff", old, new, "-f", "json")
    assert worse.returncode == 1
    data = json.loads(worse.stdout)
    assert data["forms"][0]["gain"] < 0
    assert {w["kind"] for w in data["forms"][0]["worse"]} == {"number_removed"}
    lost = jixiao("diff", old, tmp_path / "没有.xlsx")
    assert lost.returncode == 3
    assert "没有.xlsx" in lost.stderr.decode()
