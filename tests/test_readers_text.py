"""Text, CSV and Markdown; telling types apart; finding the inputs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.forms import Grid, Problem
from scorer.readers import find_inputs, limits, ocr, read_document, sniff
from tests.readers_kit import codes, docx, grids, html_table, lines, one, package, png, view, xlsx

CHINESE = "项目支出绩效目标申报表\n项目名称\t农村道路养护\n数量指标\t养护里程\t≥58.6公里\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_encodings(encoding: str) -> None:
    document = one(CHINESE.encode(encoding))
    assert document.kind == "text"
    assert lines(document) == CHINESE.splitlines()
    assert document.problems == ()


def test_lines_are_physical_and_form_feeds_are_pages() -> None:
    document = one("一\n\n二\x0b三\n\f四\r\n五\f六\n\f".encode())
    got = [(p.number, b.text, b.place.page, b.place.line) for p in document.pages for b in p.blocks]
    assert got == [
        (1, "一", 1, 1),
        (1, "", 1, 2),
        (1, "二\x0b三", 1, 3),
        (2, "四", 2, 4),
        (2, "五", 2, 5),
        (3, "六", 3, 5),
    ]


def test_text_without_form_feeds_has_no_page() -> None:
    (page,) = one("一\n二".encode()).pages
    assert [(b.place.page, b.place.line) for b in page.blocks] == [(None, 1), (None, 2)]


BAD_TEXT = {
    "picture renamed": png(8, 8),
    "program": b"MZ\x90\0" + bytes(range(256)) * 4,
    "noise": bytes(range(256)) * 20,
    "zeros": bytes(5_000_000),
    "shift-jis": "令和六年度予算の概要、事業の目標と指標を示します。カタカナ".encode("shift-jis"),
    "mojibake": CHINESE.encode().decode("latin-1").encode(),
    "mojibake gbk": "绩效目标申报表绩效指标".encode().decode("gb18030", "ignore").encode(),
    "empty": b"",
    "blank": b" \n\n \t\n",
}


@pytest.mark.parametrize("name", BAD_TEXT)
def test_bad_text_is_one_plain_problem(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    document = one(BAD_TEXT[name], "清单.txt")
    (problem,) = document.problems
    assert problem.path == "清单.txt"
    assert problem.remedy
    assert any("\u4e00" <= c <= "\u9fff" for c in problem.message)


def test_one_broken_character_is_shown_and_named() -> None:
    data = "好的\n".encode() * 700 + b"\xe5\xff\n" + "完\n".encode()
    document = one(data)
    (problem,) = document.problems
    assert (problem.code, problem.place.line) == ("encoding", 701)
    assert len(lines(document)) == 702


def test_csv_in_gbk_with_quotes_and_breaks() -> None:
    text = '项目,一级,指标,值\n"道路,养护","产出\n指标",里程,"≥1,530.55公里"\n道路,产出,率,=100%\n'
    document = one(text.encode("gb18030"))
    assert document.kind == "csv"
    (grid,) = grids(document)
    assert (grid.n_rows, grid.n_columns) == (3, 4)
    assert view(grid)[4:8] == [
        (1, 0, 1, 1, "道路,养护"),
        (1, 1, 1, 1, "产出\n指标"),
        (1, 2, 1, 1, "里程"),
        (1, 3, 1, 1, "≥1,530.55公里"),
    ]
    assert [c.place.line for c in grid.cells if c.column == 0] == [1, 2, 4]


@pytest.mark.parametrize("text", ["一,二,三,这是,一句话\n另一句,话。\n没有逗号\n", CHINESE])
def test_running_text_is_no_csv(text: str) -> None:
    assert sniff(text.encode()) == "text"


def test_markdown_table() -> None:
    document = one("# 表\n\n| 指标 | 值 |\n|:--|--:|\n| 里\\|程 | ≥1<br>公里 |\n\n尾\n".encode())
    assert document.kind == "markdown"
    assert [type(b).__name__ for b in document.pages[0].blocks] == [
        *("Line", "Line", "Grid", "Line", "Line")
    ]
    (grid,) = grids(document)
    assert view(grid)[2:] == [(1, 0, 1, 1, "里|程"), (1, 1, 1, 1, "≥1\n公里")]
    assert grid.cells[2].place.line == 5


def test_type_is_told_from_bytes() -> None:
    samples = {
        "xlsx": xlsx(),
        "docx": docx(),
        "zip": package({"a.txt": "x"}),
        "html": b"\xef\xbb\xbf\n<!DOCTYPE html><p>x",
        "pdf": b"\xef\xbb\xbf\n%PDF-1.4",
        "image": png(2, 2),
        "rar": b"Rar!\x1a\x07\x01\x00",
        "7z": b"7z\xbc\xaf\x27\x1c\0",
        "rtf": b"{\\rtf1 x}",
        "json": b'{"schema": "jixiao/forms/1"}',
        "xml": b'<?xml version="1.0"?><a/>',
        "empty": b"",
    }
    assert {name: sniff(data) for name, data in samples.items()} == {n: n for n in samples}
    # HTML under an .xls name is a page, whatever it is called
    assert grids(one(html_table().encode(), "导出.xls"))


def test_find_inputs(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "~$a.docx", ".hidden.txt", "x.toml", "子/c.txt", "page.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<html>你好</html>" if "html" in name else "你好", "utf-8")
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "logo.txt").write_text("x", "utf-8")
    (tmp_path / "prog.exe").write_bytes(b"MZ\0\0" + bytes(99))
    found = list(find_inputs([tmp_path, tmp_path / "a.txt", tmp_path / "prog.exe", "-"]))
    names = [
        f if f == "-" else str(Path(f).relative_to(tmp_path)) for f in found if isinstance(f, str)
    ]
    assert names == ["a.txt", "b.txt", "page.html", "子/c.txt", "prog.exe", "-"]
    assert [Path(str(f)).name for f in find_inputs([str(tmp_path / "*.txt")])] == ["a.txt", "b.txt"]


def test_find_inputs_names_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    found = list(find_inputs([tmp_path / "nope.pdf", str(tmp_path / "*.pdf"), tmp_path / "leer"]))
    assert all(isinstance(f, Problem) and f.code == "missing" and f.remedy for f in found)
    assert len(found) == 3


def test_missing_and_huge_files_are_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert codes(read_document(tmp_path / "nope.pdf")[0]) == ["missing"]
    assert codes(read_document(tmp_path)[0]) == ["denied"]
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 10)
    (tmp_path / "gross.txt").write_text("x" * 11)
    assert codes(read_document(tmp_path / "gross.txt")[0]) == ["limit"]


def test_importing_the_readers_is_light() -> None:
    heavy = "pandas numpy cv2 openpyxl lxml pypdfium2 python_calamine"
    code = f"import sys, scorer.readers; print([m for m in {heavy.split()!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_end_as_a_document(data: bytes) -> None:
    for document in read_document("x", data):
        assert document.pages or document.problems


@settings(max_examples=60)
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4FFF), min_size=1, max_size=40))
def test_utf8_lines_come_back_as_they_were(text: str) -> None:
    document = one(f"绩效目标\n{text}\n".encode())
    assert lines(document) == ["绩效目标", text]
    assert not any(isinstance(b, Grid) for b in document.pages[0].blocks)
