"""The Python API as the README shows it, and the columnar files."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

import scorer
from scorer.forms import JudgedSubmission
from scorer.reports.frames import COLUMNS, write_parquet

ROOT = Path(__file__).parent.parent
(SAMPLE,) = (ROOT / "data" / "samples").glob("*.docx")


def test_the_readme_s_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(compile(code.replace("data/samples", str(SAMPLE)), "README.md", "exec"), names)
    frame = names["frame"]
    assert list(frame.columns) == list(COLUMNS["forms"])  # type: ignore[attr-defined]
    assert len(frame) == 1  # type: ignore[arg-type]


def parquet(judged: list[JudgedSubmission], rows: str) -> io.BytesIO:
    out = io.BytesIO()
    write_parquet(judged, rows, out)
    return out


def test_frames_and_parquet_hold_the_same() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    judged = scorer.score(scorer.read(SAMPLE))
    for rows in ("forms", "findings"):
        frame = scorer.to_frame(judged, rows)
        table = pq.read_table(parquet(judged, rows))
        assert table.column_names == list(frame.columns) == list(COLUMNS[rows])
        assert table.num_rows == len(frame)
        for column in ("score", "grade") if rows == "forms" else ("code", "message"):
            assert table[column].to_pylist() == list(frame[column])
    with pytest.raises(ValueError, match="rows must be one of"):
        scorer.to_frame(judged, "items")


def test_no_documents_give_empty_tables() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    assert list(scorer.to_frame([]).columns) == list(COLUMNS["forms"])
    assert pq.read_table(parquet([], "findings")).num_rows == 0
