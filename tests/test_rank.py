"""The ranked report: files made, the same figures in each, and the page in a browser."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from scorer.compare import name_of
from scorer.forms import PHASES, Form, Goal, Indicator, Place, Submission
from scorer.judge import judge, profile_for
from scorer.ranking import rank
from scorer.reports import html_report
from scorer.reports.docx_report import OpinionTemplateError, chinese_number, opinions
from scorer.reports.folder import PARQUET
from scorer.reports.frames import parquet_ready
from scorer.reports.grouping import grouped, opinion_order
from scorer.reports.html_data import paired_rows
from scorer.reports.html_report import script_json
from scorer.reports.masking import mask
from scorer.reports.previous import EarlierForm, change_line, changes, earlier_forms
from tests.browser import BROWSER, soon

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "data" / "samples"
NASTY = "</script><b>粗</b>=1+1"


def jixiao(*args: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "scorer", *map(str, args)]
    return subprocess.run(command, capture_output=True, check=False)


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, subprocess.CompletedProcess[bytes]]:
    """The report of the samples, one nasty form and one file that cannot be read."""
    folder = tmp_path_factory.mktemp("rank")
    form = {
        "project": f"会议室修缮{NASTY}",
        "unit": "松河县/档案馆:二",
        "phone": "13812345678",
        "overview": "联系人王某，手机 13812345678。",
        "annual_yuan": 120000,
        "goal_annual": "做好工作",
        "indicators": [
            {"level1": "产出指标", "level2": "数量指标", "name": "间数", "value": "若干"},
            {"level1": "效益指标", "level2": "社会效益指标", "name": "影响", "value": "-好"},
        ],
    }  # fmt: skip
    extra = folder / "补充.json"
    data = {"schema": "jixiao/forms/1", "documents": [{"path": "补充", "forms": [form]}]}
    extra.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    broken = folder / "坏.pdf"
    broken.write_bytes(b"%PDF-1.4 broken")
    return folder / "报告", jixiao("rank", SAMPLES, extra, broken, "-o", folder / "报告")


@pytest.fixture(scope="module")
def result(made: tuple[Path, Any]) -> list[dict[str, Any]]:
    """All forms of 结果.json, worst first."""
    tree = json.loads((made[0] / "结果.json").read_text("utf-8"))
    forms = [f for d in tree["documents"] for f in d["forms"]]
    return sorted(forms, key=lambda f: (f["review"]["total"], -(f["annual_yuan"] or 0)))


def page_of(made: tuple[Path, Any]) -> str:
    return (made[0] / "排名.html").read_text("utf-8")


def embedded(page: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.S)
    assert found is not None
    return json.loads(found[1])


def test_files_summary_and_exit_code(made: tuple[Path, Any], result: list[Any]) -> None:
    folder, done = made
    assert done.returncode == 3
    assert {p.name for p in folder.iterdir()} == {
        "排名.html", "排名.xlsx", "审核意见", "结果.json", "结果.csv",
        *(PARQUET.values() if parquet_ready() else ()),
    }  # fmt: skip
    files = len(list(folder.iterdir()))
    lines = done.stdout.decode().splitlines()
    assert len(lines) == files + 5
    assert all(Path(line).exists() for line in lines[:files])
    assert f"共 {len(result)} 张表" in lines[files]
    assert "坏.pdf" in done.stderr.decode()


def test_wrong_use_names_the_cure(tmp_path: Path) -> None:
    done = jixiao("rank", SAMPLES)
    assert (done.returncode, "-o" in done.stderr.decode()) == (2, True)
    done = jixiao("score", SAMPLES, "-f", "docx")
    assert (done.returncode, "-o" in done.stderr.decode()) == (2, True)
    done = jixiao("rank", SAMPLES, "-o", tmp_path, "--template", tmp_path / "没有.docx")
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])


@pytest.mark.parametrize("kind", ["xlsx", "html", "docx"])
def test_score_writes_one_file(kind: str, tmp_path: Path) -> None:
    target = tmp_path / f"一份.{kind}"
    (sample,) = SAMPLES.glob("*.docx")
    assert jixiao("score", sample, "-f", kind, "-o", target).returncode == 0
    data = target.read_bytes()
    assert data.startswith(b"<!doctype html>" if kind == "html" else b"PK")
    assert b"\xe6\x8e\x92\xe5\x90\x8d.xlsx" not in data  # no link to a workbook that is not there


def test_workbook_has_the_figures_of_the_json(made: tuple[Path, Any], result: list[Any]) -> None:
    book = openpyxl.load_workbook(made[0] / "排名.xlsx")
    rows = list(book["排名"].iter_rows(min_row=2, values_only=True))
    assert [(r[1], r[2], r[3]) for r in rows] == [
        (f["review"]["total"], f["review"]["grade"], f["project"]) for f in result
    ]
    assert [r[0] for r in rows] == list(range(1, len(result) + 1))
    for sheet in book:
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def paper(path: Path) -> tuple[str, list[list[list[str]]]]:
    document = Document(str(path))
    text = "\n".join(p.text for p in document.paragraphs)
    return text, [[[c.text for c in row.cells] for row in t.rows] for t in document.tables]


def test_papers_have_the_figures_of_the_json(made: tuple[Path, Any], result: list[Any]) -> None:
    papers = [paper(p) for p in sorted((made[0] / "审核意见").iterdir())]
    sheets = [table for _, tables in papers for table in tables]
    assert len(sheets) == len(result)
    seen = sorted((row[0], float(row[2])) for sheet in sheets for row in sheet[1:-1])
    assert seen == sorted((i["item"], i["score"]) for f in result for i in f["review"]["items"])
    assert sorted(float(s[-1][2]) for s in sheets) == [f["review"]["total"] for f in result]
    text = "\n".join(t for t, _ in papers)
    for form in result:
        assert form["project"] in text
        for finding in form["findings"]:
            if not finding["preview"] and finding["indicator"] is None:
                assert mask(finding["message"]) in text
    assert "{{" not in text
    assert "{%" not in text


def test_an_opinion_says_money_first_and_trials_last(made: tuple[Path, Any]) -> None:
    (odd,) = (made[0] / "审核意见").glob("松河县_档案馆_二.docx")
    text, _ = paper(odd)
    assert NASTY in text
    assert text.index("问题：") < text.index("依据：") < text.index("建议：")
    form = Form(
        project="会议保障", period="1年", total_yuan=300000, annual_yuan=100000,
        indicators=(Indicator("产出指标", "数量指标", "会议次数", "若干"),),
    )  # fmt: skip
    groups = sorted(grouped(judge_one(form).findings, form), key=opinion_order)
    previews = [g.finding.preview for g in groups]
    assert previews == sorted(previews)


def judge_one(form: Form) -> Any:
    return judge(Submission("", forms=(form,))).forms[0]


def test_a_broken_template_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "模板.docx"
    wrong.write_bytes(b"no zip")
    ranking = rank([judge(Submission("a", forms=(Form(project="档案整理"),)))])
    with pytest.raises(OpinionTemplateError, match="模板"):
        list(opinions(ranking, profile_for(), wrong))


def test_the_shipped_template_is_the_script_s(tmp_path: Path) -> None:
    from scripts import make_opinion_template as script

    target, script.TARGET = script.TARGET, tmp_path / "opinion.docx"
    try:
        script.main()
    finally:
        script.TARGET = target
    both = [
        zipfile.ZipFile(p).read("word/document.xml") for p in (target, tmp_path / "opinion.docx")
    ]
    assert both[0] == both[1]


def test_page_is_self_contained_and_whole(made: tuple[Path, Any], result: list[Any]) -> None:
    page = page_of(made)
    assert not re.search(r"<link|<img|<script[^>]* src|@import|url\(|sourceMappingURL", page)
    assert "13812345678" not in page
    index = embedded(page, "index")
    assert [(r[1], r[2], r[3]) for r in index] == [
        (f["review"]["total"], f["review"]["grade"], f["project"]) for f in result
    ]
    for row, form in zip(index, result, strict=True):
        data = embedded(page, f"f{row[0]}")
        assert len(data["rows"]) == len(form["indicators"])
        assert sorted(n for line in data["lines"] for n in line if n >= 0) == list(
            range(len(data["rows"]))
        )
        assert [i[2] for i in data["review"]["items"]] == [
            i["score"] for i in form["review"]["items"]
        ]
        said = {r["code"] for r in data["remarks"]}
        assert {f["code"] for f in form["findings"]} <= said
        lost = sum(
            points for i in data["review"]["items"] for of, points in i[3] if isinstance(of, int)
        )  # what one remark costs; the rest is charged to the form as a whole
        assert lost == pytest.approx(
            sum(
                d["points"]
                for i in form["review"]["items"]
                for d in i["deductions"]
                if d["finding"]
            )
        )


def test_script_json_cannot_close_its_tag() -> None:
    text = script_json({"a": NASTY + "<!--"})
    assert "<" not in text
    assert json.loads(text)["a"] == NASTY + "<!--"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13812345678。", "电话138****5678。"),
        ("138 1234 5678", "138****5678"),
        ("座机 0355-7526688", "座机 035****6688"),
        ("证件110101199003074578", "证件110****4578"),
    ],
)
def test_numbers_of_persons_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize("text", ["20231228160149", "13,812,345,678元", "2024-01-15", "138元"])
def test_other_numbers_are_not(text: str) -> None:
    assert mask(text) == text


def test_equal_remarks_of_two_halves_are_one_with_two_places() -> None:
    rows = tuple(
        Indicator("产出指标", "数量指标", "会议次数", "若干", phase=phase, place=Place(page=n))
        for n, phase in enumerate(PHASES, 1)
    )
    form = Form(project="会议保障", goal=Goal("做好会议", "做好会议"), indicators=rows)
    groups = [g for g in grouped(judge_one(form).findings, form) if g.finding.field == "value"]
    assert groups
    for group in groups:
        assert len(group.members) == len({f.indicator for f in group.members})
    assert len({(g.finding.code, g.finding.field) for g in groups}) == len(groups)
    assert paired_rows(form) == [[0, 1]]


def test_rows_of_unequal_halves_stand_by_class() -> None:
    made_of = [
        ("period", "数量指标"), ("period", "数量指标"), ("period", "质量指标"),
        ("annual", "质量指标"), ("annual", "数量指标"), ("annual", "时效指标"),
    ]  # fmt: skip
    rows = tuple(Indicator("产出指标", level2, "甲", "1个", phase=p) for p, level2 in made_of)  # type: ignore[arg-type]
    assert paired_rows(Form(indicators=rows)) == [[0, 4], [1, -1], [2, 3], [-1, 5]]


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十")],
)
def test_chinese_numbers(number: int, text: str) -> None:
    assert chinese_number(number) == text


def test_the_second_report_says_what_changed() -> None:
    forms = [Form(project=name, unit="松河县档案馆") for name in ("档案整理", "档案数字化")]
    both = rank([judge(Submission("a", forms=tuple(forms)))])
    old = [("档案整理", 10.0), ("旧项目", 50.0)]
    before = [EarlierForm(name_of("松河县档案馆", p, None, ()), t) for p, t in old]
    gained = changes(both, before)
    (row,) = [r for r in both.forms if r.judged.form.project == "档案整理"]
    assert gained == {row.place: round(row.judged.review.total - 10, 1)}
    assert change_line(both, before, gained).endswith("新增 1 张，不再出现 1 张。")


def test_an_earlier_result_is_read_and_a_foreign_file_is_not(
    made: tuple[Path, Any], result: list[Any], tmp_path: Path
) -> None:
    found = earlier_forms(made[0] / "结果.json")
    assert sorted(was.total for was in found) == [f["review"]["total"] for f in result]
    (tmp_path / "结果.json").write_text("[1, 2", "utf-8")
    assert not earlier_forms(tmp_path / "结果.json")
    assert not earlier_forms(tmp_path / "没有.json")


def test_a_renamed_project_is_the_same_form_and_its_namesake_of_another_year_is_not() -> None:
    rows = tuple(
        Indicator("产出指标", "数量指标", name, "3次") for name in ("巡查次数", "修剪次数")
    )
    forms = [
        Form(project="2026年城区绿地养护", unit="松河县园林所", fiscal_year=2026, indicators=rows),
        Form(project="办公设备购置", unit="松河县园林所", fiscal_year=2026),
    ]
    now = rank([judge(Submission("a", forms=tuple(forms)))])
    names = [
        ("2025年城区绿地养护", 2025, [i.name for i in rows]),
        ("办公设备购置", 2025, ()),
        ("办公设备购置", 2026, ()),
    ]
    before = [
        EarlierForm(name_of("松河县园林所", p, year, of), total)
        for total, (p, year, of) in enumerate(names, 1)
    ]
    gained = changes(now, before)
    for row in now.forms:
        was = 1 if row.project != "办公设备购置" else 3
        assert gained[row.place] == round(row.total - was, 1)


# --- in a browser --------------------------------------------------------------------


def totals_shown(page: Any) -> list[float]:
    return [float(t) for t in page.locator("#rank tbody tr td:nth-child(2)").all_inner_texts()]


@pytest.fixture
def opened(made: tuple[Path, Any], browser: Any) -> Iterator[Any]:
    """The report in a window of 1366 × 768; a script error fails the test."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    errors: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda ask: asked.append(ask.url))
    page.goto((made[0] / "排名.html").as_uri())
    yield page
    page.close()
    assert errors == []
    assert {url.partition("#")[0] for url in asked} == {(made[0] / "排名.html").as_uri()}


@BROWSER
def test_clicking_a_head_sorts(opened: Any, result: list[Any]) -> None:
    totals = [f["review"]["total"] for f in result]
    assert totals_shown(opened) == totals
    opened.click("[data-sort=score]")
    opened.click("[data-sort=score]")
    assert totals_shown(opened) == sorted(totals, reverse=True)
    assert opened.evaluate("location.hash") == "#sort=-score"
    opened.reload()  # a link keeps the order
    assert totals_shown(opened) == sorted(totals, reverse=True)


@BROWSER
def test_money_in_poor_forms_comes_first(opened: Any, result: list[Any]) -> None:
    opened.select_option("[name=sort]", "stake")
    order = sorted(
        result, key=lambda f: ("差中良优".index(f["review"]["grade"]), -(f["annual_yuan"] or 0))
    )
    shown = opened.locator("#rank tbody tr td:nth-child(4) a").all_inner_texts()
    assert shown[:2] == [f["project"] for f in order[:2]]


@BROWSER
def test_charts_are_drawn(opened: Any) -> None:
    ink = """canvas => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
        .data.some((value, n) => n % 4 === 3 && value > 0)"""
    soon(opened, lambda: opened.locator("#bins").evaluate(ink))
    opened.click("#rank tbody tr >> nth=0 >> td >> nth=2")
    soon(opened, lambda: opened.locator("#form .radar canvas").evaluate(ink))


def test_the_chart_library_is_the_one_that_was_published() -> None:
    folder = ROOT / "scorer" / "reports" / "vendor"
    stated = re.search(r"`([0-9a-f]{64})`", (folder / "README.md").read_text("utf-8"))
    assert stated is not None
    data = (folder / "chart.umd.min.js").read_bytes()
    assert hashlib.sha256(data).hexdigest() == stated[1]


@BROWSER
def test_filters_and_search_leave_what_fits(opened: Any, result: list[Any]) -> None:
    rows = opened.locator("#rank tbody tr")
    opened.fill("[name=q]", "会议室修缮")
    assert rows.count() == 1
    opened.fill("[name=q]", "")
    opened.select_option("[name=grade]", "优")
    assert rows.count() == sum(f["review"]["grade"] == "优" for f in result)
    opened.click("#filters [type=reset]")
    assert rows.count() == len(result)
    code = result[0]["findings"][0]["code"]
    opened.select_option("[name=rule]", code)
    names = {f["project"] for f in result if code in {x["code"] for x in f["findings"]}}
    shown = set(opened.locator("#rank tbody tr td:nth-child(4) a").all_inner_texts())
    assert names <= shown
    opened.click("#filters [type=reset]")
    unit = result[0]["unit"]
    opened.select_option("[name=unit]", unit)
    assert rows.count() == sum(f["unit"] == unit for f in result)


@BROWSER
def test_a_row_opens_its_form_and_cell_and_remark_light_each_other(
    opened: Any, made: tuple[Path, Any], result: list[Any]
) -> None:
    opened.click("#rank tbody tr >> nth=0 >> td >> nth=2")
    data = embedded(page_of(made), "f1")
    soon(opened, lambda: opened.is_hidden("#ranking"))
    assert result[0]["project"] in opened.inner_text("#form")
    assert opened.locator("#form [data-remark]").count() == len(data["remarks"])
    mark = opened.locator("#form td a.mark").first
    mark.click()
    number = mark.get_attribute("data-number")
    soon(opened, lambda: opened.evaluate("document.activeElement.id"), f"r{number}")
    opened.hover(f"#form [data-remark='{number}']")
    soon(opened, lambda: opened.locator("#form table .lit").count() >= 1)
    opened.go_back()
    soon(opened, lambda: opened.is_visible("#ranking"))


@BROWSER
def test_a_form_without_a_page_of_its_own_says_where_it_is(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html_report, "FORMS_INSIDE", 1)
    forms = tuple(Form(project=name, unit="松河县档案馆") for name in ("档案整理", "档案数字化"))
    ranking = rank([judge(Submission("a", forms=forms))])
    target = tmp_path / "排名.html"
    target.write_text(html_report.page(ranking, profile_for()), "utf-8")
    page = browser.new_page()
    page.goto(f"{target.as_uri()}#form=2")
    assert ranking.forms[1].project in page.inner_text("#form")
    assert "审核表" in page.inner_text("#form")
    page.goto(f"{target.as_uri()}#form=1")  # the page stays, only what it shows changes
    soon(page, lambda: page.locator("#form table.official").count(), 1)
    page.close()


@BROWSER
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)], ids=["desk", "phone"])
@pytest.mark.parametrize("where", ["", "#form=1"], ids=["ranking", "form"])
def test_nothing_is_cut_off_on_a_screen(
    made: tuple[Path, Any], browser: Any, tmp_path: Path, where: str, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto((made[0] / "排名.html").as_uri() + where)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.screenshot(path=tmp_path / "屏.png")
    assert (tmp_path / "屏.png").stat().st_size > 20_000
    page.close()


@BROWSER
@pytest.mark.parametrize("where", ["", "#form=1"], ids=["ranking", "form"])
def test_paper_is_a4_without_buttons(made: tuple[Path, Any], browser: Any, where: str) -> None:
    import pypdfium2

    page = browser.new_page()
    page.goto((made[0] / "排名.html").as_uri() + where)
    sheets = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    page.close()
    text = "".join(sheet.get_textpage().get_text_range() for sheet in sheets)
    assert {round(side) for side in sheets[0].get_size()} == {595, 842}
    assert "项目支出绩效目标" in text
    assert "清除" not in text
    assert "返回" not in text
