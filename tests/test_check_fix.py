"""`jixiao check`: linter lines, corrections that need no knowledge, and watching files."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.console import OutputError
from scorer.copies import blank_form, corrected_copy, fixing
from scorer.fixes import fixed, stacked
from scorer.forms import Form, Indicator
from scorer.judge import judge
from scorer.pipeline import read_input
from scorer.targets import parse_target
from scorer.watch import saved_files, watched
from tests.makers import render
from tests.test_cli import SAMPLES, jixiao
from tests.test_golden import GOLDEN, forms_of

LINE = re.compile(r"^(.+?):(\S+?): ([A-Z]\d{3}) (\S+)（(错误|提醒|建议)）: (.+)$")


def row(name: str, value: str, level2: str = "质量指标") -> Indicator:
    return Indicator("产出指标", level2, name, value)


def value_of(name: str, value: str) -> str:
    form, _ = fixed(Form(indicators=(row(name, value),)))
    return form.indicators[0].value


# --- corrections ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("验收合格率", ">=95%", "≥95%"),
        ("验收合格率", "＞＝９５％", "≥95%"),
        ("验收合格率", "大于等于95%", "≥95%"),
        ("著录差错率", "小于或等于 0.3%", "≤0.3%"),
        ("群众满意度", "90", "90%"),
        ("群众满意度", "≥92.5", "≥92.5%"),
        ("发放准确率", "=100", "=100%"),
        ("培训人数", "300人人", "300人"),
        ("验收合格率", "95%%", "95%"),
        ("工程投资", "１，２００万元", "1,200万元"),
    ],
)
def test_what_is_corrected(name: str, value: str, wanted: str) -> None:
    assert value_of(name, value) == wanted


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("著录差错率", "3"),  # per cent or per mille: nobody but the author knows
        ("容积率", "1.5"),
        ("群众满意度", "0.95"),
        ("群众满意度", "950"),
        ("培训人数", "90"),
        ("网络覆盖面", "90"),
        ("增长情况", "90"),
        ("完成时间", "2025年12月底前"),
        ("走访情况", "户户走访"),
        ("走访户数", "100户户均2次"),
        ("验收合格率", "按（GB/T 9704）执行，合格"),
        ("满意情况", "大于等于上年"),
    ],
)
def test_what_is_left_alone(name: str, value: str) -> None:
    assert value_of(name, value) == value


FIGURES = st.decimals(0, 9999, places=2, allow_nan=False).map(lambda d: f"{d.normalize():f}")
PRINTED = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "≥", ">=", "＞=", "=<", "≤", "==", "大于等于", "不低于", "不超过"]),
    st.one_of(FIGURES, FIGURES.map(lambda t: t.translate(str.maketrans("0123456789.", "０１２３４５６７８９．")))),
    st.sampled_from(["", "%", "％", "%%", "台", "台台", "元/人", "万元", "个工作日", "次/月"]),
)  # fmt: skip
NAMES = st.sampled_from(
    ["验收合格率", "群众满意度", "培训人数", "每页成本", "办结时间", "著录差错率"]
)


@settings(deadline=None)  # the first call loads the lexicons
@given(NAMES, st.one_of(PRINTED, st.text(max_size=12)))
def test_a_corrected_value_means_the_same_or_is_repaired(name: str, value: str) -> None:
    now = value_of(name, value)
    before, after = parse_target(value), parse_target(now)
    if now == value:
        return
    kept = [(q.value, q.comparator, q.high) for q in before.quantities]
    assert [(q.value, q.comparator, q.high) for q in after.quantities] == kept or (
        # read as no figure, or wrongly, before: «==5», «95%%»; now it is one
        len(after.quantities) == 1
    )
    assert value_of(name, now) == now  # once is enough
    assert after.moments == before.moments or not before.moments


@settings(deadline=None)  # the first call loads the lexicons
@given(NAMES, PRINTED)
def test_other_cells_are_not_touched(name: str, value: str) -> None:
    form = replace(GOLDEN["canteen"], indicators=(row(name, value), *GOLDEN["canteen"].indicators))
    new, _ = fixed(form)
    assert replace(new, indicators=()) == replace(form, indicators=())
    assert [(i.level1, i.level2, i.name, i.phase) for i in new.indicators] == [
        (i.level1, i.level2, i.name, i.phase) for i in form.indicators
    ]


def test_stacked_cells_split_only_where_each_name_has_its_value() -> None:
    both = row("培训场次、培训人数", "≥6场、≥300人", "数量指标")
    assert list(stacked(both)) == [("培训场次", "≥6场"), ("培训人数", "≥300人")]
    for name, value in (
        ("培训场次、培训人数", "6场300人"),  # which is whose?
        ("购置桌椅、橱柜数量", "20套、20套"),
        ("维修门窗、屋面", "30樘、200平方米"),  # «屋面» alone names no measure
        ("设备购置数量", "电脑5台、打印机2台"),
        ("培训合格率、群众满意度", "≥95%、≥90%"),  # equal units
        ("完成时间、验收时间", "6月底、7月底"),
    ):
        assert list(stacked(row(name, value))) == []


# --- the command ------------------------------------------------------------------------


def faulty(fmt: str, folder: Path) -> tuple[Path, Form]:
    form = GOLDEN["canteen"]
    rows = list(form.indicators)
    rows[0] = replace(rows[0], value="＞＝１３台台")
    rows[3] = replace(rows[3], name="设备验收合格率", value="98")
    suffix, data = render.made([replace(form, indicators=tuple(rows))], "A", fmt)
    path = folder / f"申报表{suffix}"
    path.write_bytes(data)
    return path, form


@pytest.mark.parametrize("fmt", ["xlsx", "docx", "pdf"])
def test_fix_writes_a_copy_beside_and_lists_each_change(fmt: str, tmp_path: Path) -> None:
    path, _ = faulty(fmt, tmp_path)
    before = path.read_bytes()
    done = jixiao("check", "--fix", path)
    out, said = done.stdout.decode(), done.stderr.decode()
    assert "已修正「＞＝１３台台」→「≥13台」" in out
    assert "「98」→「98%」（补百分号）" in out
    (copy,) = [p for p in tmp_path.iterdir() if p != path]
    assert copy.name == f"申报表.已修正{'.docx' if fmt == 'docx' else '.xlsx'}"
    assert str(copy) in said
    assert path.read_bytes() == before
    values = {i.value for i in forms_of(copy.read_bytes(), copy.suffix)[0].indicators}
    assert {"≥13台", "98%"} <= values
    assert not {"98", "＞＝１３台台"} & values
    lints = [m for line in out.splitlines() if (m := LINE.match(line))]
    assert {m[1] for m in lints} == {str(copy)}  # what is left, of the corrected copy
    again = jixiao("check", "--fix", path)  # the same copy is not written twice
    assert again.returncode == done.returncode
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([path.name, copy.name])
    assert jixiao("check", "--fix", copy).stderr.decode().count("另存") == 0


def test_fix_never_overwrites(tmp_path: Path) -> None:
    path, _ = faulty("xlsx", tmp_path)
    other = tmp_path / "申报表.已修正.xlsx"
    other.write_bytes(b"mine")
    assert "申报表.已修正2.xlsx" in jixiao("check", "--fix", path).stderr.decode()
    assert other.read_bytes() == b"mine"


def test_annotate_writes_a_copy_with_comments_beside(tmp_path: Path) -> None:
    path, _ = faulty("xlsx", tmp_path)
    before = path.read_bytes()
    done = jixiao("check", "--annotate", path)
    copy = tmp_path / "申报表.批注.xlsx"
    assert str(copy) in done.stderr.decode()
    sheet = openpyxl.load_workbook(copy).active
    assert sum(c.comment is not None for row in sheet.iter_rows() for c in row) > 3
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = faulty("xlsx", tmp_path)

    def refuse(target: Path, _: bytes) -> None:
        raise OutputError(f"写不了 {target}：Permission denied。请换个位置，或关闭占用它的程序。")

    monkeypatch.setattr(fixing, "write_file", refuse)
    done = fixing.fix_file(str(path))
    assert done.copy is None
    assert "申报表.已修正.xlsx" in done.notes[0]
    (submission,) = read_input(str(path))
    assert "申报表.批注.xlsx" in fixing.annotate_file(judge(submission)).notes[0]


def test_fix_says_what_it_cannot_do(tmp_path: Path) -> None:
    path, _ = faulty("xlsx", tmp_path)
    pack = tmp_path / "包.zip"
    pack.write_bytes(render.zipped({"a.xlsx": path.read_bytes(), "b.xlsx": path.read_bytes()}))
    assert "解压" in jixiao("check", "--fix", pack).stderr.decode()
    assert jixiao("check", "--fix", "-", data=path.read_bytes()).returncode == 2
    assert jixiao("check", "--fix", "--watch", path).returncode == 2
    lost = jixiao("check", "--fix", path, tmp_path / "没有.xlsx")
    assert lost.returncode == 3
    assert "没有.xlsx" in lost.stderr.decode()


def test_stacked_cell_is_split_into_a_blank_row(tmp_path: Path) -> None:
    blank = blank_form("county")
    (form,) = forms_of(blank, ".xlsx")
    both = Indicator("产出指标", "数量指标", "培训场次、培训人数", "≥6场、≥300人")
    path = tmp_path / "申报表.xlsx"
    path.write_bytes(corrected_copy(blank, "a.xlsx", [replace(form, indicators=(both,))]).data)
    done = jixiao("check", "--fix", path)
    assert "→「培训场次：≥6场；培训人数：≥300人」（一行拆成几行）" in done.stdout.decode()
    (new,) = forms_of((tmp_path / "申报表.已修正.xlsx").read_bytes(), ".xlsx")
    assert [(i.name, i.value) for i in new.indicators] == [
        ("培训场次", "≥6场"),
        ("培训人数", "≥300人"),
    ]


def test_lines_of_a_linter() -> None:
    done = jixiao("check", SAMPLES / "松河县档案馆2025年单位预算公开.txt")
    lines = done.stdout.decode().splitlines()
    assert lines
    assert all(LINE.match(line) for line in lines)
    assert done.returncode == 1


# --- watching ---------------------------------------------------------------------------


def test_saved_files_are_told_once_they_rest(tmp_path: Path) -> None:
    """Made, written in two goes, taken away while it is replaced: told when it is whole."""
    one, two = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    one.write_text("a")
    steps: Iterator[object] = iter(
        [
            lambda: two.write_text("b"),
            lambda: two.write_text("bb"),
            lambda: None,  # at rest: told
            lambda: one.unlink(),
            lambda: one.write_text("aa"),
            lambda: None,  # told
            lambda: (tmp_path / "~$一.xlsx").write_text("lock"),
            lambda: None,
        ]
    )

    class OverError(Exception):
        pass

    def sleep(_: float) -> None:
        step = next(steps, None)
        if step is None:
            raise OverError
        assert callable(step)
        step()

    told: list[list[str]] = []

    def look() -> None:
        for files in saved_files(lambda: watched([str(tmp_path)]), sleep=sleep):
            told.append(files)

    with pytest.raises(OverError):
        look()
    assert told == [[str(two)], [str(one)]]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT to a child is not to be had")
def test_watch_checks_again_and_leaves_cleanly(tmp_path: Path) -> None:
    path, form = faulty("xlsx", tmp_path)
    command = [sys.executable, "-m", "scorer", "check", "--watch", str(path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        lines: list[str] = []
        assert run.stderr
        reader = threading.Thread(target=lambda: lines.extend(run.stderr or ()), daemon=True)
        reader.start()
        wait_for(lambda: any("正在看着" in line for line in lines))
        path.write_bytes(render.made([form], "A", "xlsx")[1])
        wait_for(lambda: any("上次" in line for line in lines))
        run.send_signal(signal.SIGINT)
        assert run.wait(200) in (0, 1)
        reader.join(60)
    assert not any("Traceback" in line for line in lines)


def wait_for(done: object, seconds: float = 400) -> None:
    end = time.monotonic() + seconds
    assert callable(done)
    while not done():
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.1)
