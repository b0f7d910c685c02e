"""PDF tables with a line under each row and none between the columns."""

from __future__ import annotations

from scorer.forms import Grid
from scorer.readers.pages import assemble
from scorer.readers.pdf_edges import PageLines
from scorer.readers.ruling import Edge
from scorer.readers.rungs import with_rungs
from scorer.readers.words import Run, Word

EM = 10.0
LEFT, RIGHT = 40.0, 540.0
FRAME = (0.0, 0.0, 595.0, 842.0)
COLUMNS = (45.0, 145.0, 285.0, 425.0)
BODY = (
    ("项目名称", "古桥修缮", "年度资金", "36"),
    ("产出指标", "数量指标", "修复古桥", "≥3座"),
    ("", "质量指标", "工程验收合格率", "100%"),
    ("满意度指标", "服务对象满意度", "村民满意度", "≥90%"),
)


def run(text: str, x: float, y: float, size: float = EM) -> Run:
    def signs() -> list[Word]:
        return [Word(s, x + size * n, y, x + size * (n + 1), y + size) for n, s in enumerate(text)]

    return Run(Word(text, x, y, x + size * len(text), y + size), signs)


def body(top: float = 100.0) -> list[Run]:
    """Texts of rows that are 20 points high."""
    return [
        run(text, x, top + 20 * n + 5)
        for n, row in enumerate(BODY)
        for x, text in zip(COLUMNS, row, strict=True)
        if text
    ]


def under(count: int, top: float = 100.0) -> list[Edge]:
    return [Edge(top + 20 * n, LEFT, RIGHT) for n in range(count)]


def read(
    across: list[Edge], runs: list[Run], before: tuple[float, ...] = ()
) -> list[list[list[str]]]:
    tables = with_rungs((), PageLines(across, [], 0.0, 0), runs, before)
    page = assemble(runs, tables, 1, FRAME)
    return [texts_of(block) for block in page.blocks if isinstance(block, Grid)]


def texts_of(grid: Grid) -> list[list[str]]:
    """The texts of the cells that begin in each row."""
    found: list[list[str]] = [[] for _ in range(grid.n_rows)]
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        found[cell.row].append(cell.text)
    return found


def test_lines_under_the_rows_tell_the_rows() -> None:
    assert read(under(5), body()) == [[list(row) for row in BODY]]


def test_a_wrapped_text_stays_in_its_row() -> None:
    runs = [*body(), run("以上", COLUMNS[3], 172.0)]
    runs[-2] = run("≥90%", COLUMNS[3], 161.0)
    assert read(under(5), runs)[0][-1][-1] == "≥90%\n以上"


def test_a_line_that_begins_further_right_leaves_the_cell_merged() -> None:
    lines = under(5)
    lines[2] = Edge(140.0, 140.0, RIGHT)
    assert read(lines, body())[0][1:3] == [list(BODY[1]), list(BODY[2][1:])]


def test_the_first_row_may_have_its_line_below_only() -> None:
    assert read(under(5)[1:], body()) == [[list(row) for row in BODY]]


def test_the_last_row_may_have_its_line_above_only() -> None:
    assert read(under(4), body()) == [[list(row) for row in BODY]]


def test_a_title_parts_two_tables() -> None:
    runs = [*body(), run("项目支出绩效目标表", 200.0, 200.0, 16.0), *body(240.0)]
    found = read([*under(5), *under(5, 240.0)], runs)
    assert found == [[list(row) for row in BODY]] * 2


def test_the_rest_of_a_table_at_the_head_of_a_page_may_be_one_row() -> None:
    lines = under(2, 60.0)
    runs = [run(text, x, 65.0) for x, text in zip(COLUMNS, BODY[3], strict=True)]
    assert read(lines, runs) == []
    assert read(lines, runs, (LEFT, 140.0, 280.0, 420.0, RIGHT)) == [[list(BODY[3])]]


def test_rows_without_lines_are_told_from_the_white_space() -> None:
    many = [
        run(t, x, 125.0 + 18 * n) for n in range(12) for x, t in zip(COLUMNS, BODY[1], strict=True)
    ]
    lines = [Edge(at, LEFT, RIGHT) for at in (80.0, 100.0, 120.0, 345.0)]
    heads = [run(text, x, 105.0) for x, text in zip(COLUMNS, BODY[0], strict=True)]
    assert read(lines, [*heads, *many]) == [[list(BODY[0]), *[list(BODY[1])] * 12]]


def test_lines_in_running_text_are_no_table() -> None:
    runs = [run("关于下达二〇二四年项目预算的通知如下", LEFT, 105.0 + 20 * n) for n in range(6)]
    assert read(under(7), runs) == []
