"""Forms and findings as flat rows: for pandas and for columnar (Parquet) files."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from scorer.forms import JudgedSubmission, Yuan
from scorer.rules.catalogue import ITEMS

Row = dict[str, Any]


def form_rows(judged: JudgedSubmission) -> Iterator[Row]:
    """One row a form: its head, score, grade, the eight items, SMART."""
    for form in judged.forms:
        yield {
            "path": judged.submission.path,
            "department": form.form.department,
            "unit": form.form.unit,
            "fiscal_year": form.form.fiscal_year,
            "project": form.form.project,
            "total_yuan": _number(form.form.total_yuan),
            "annual_yuan": _number(form.form.annual_yuan),
            "score": form.review.total,
            "grade": form.review.grade,
            "findings": len(form.findings),
            "gain_of_three": round(sum(m.gain for m in form.review.mendings), 1),
            **{item.item: float(item.score) for item in form.review.items},
            **{f"smart_{letter}": value for letter, value in form.review.smart.items()},
        }


def finding_rows(judged: JudgedSubmission) -> Iterator[Row]:
    """One row a finding, those of the document itself last."""
    own = [(f, form.form.unit) for form in judged.forms for f in form.findings]
    for finding, unit in [*own, *((f, judged.submission.unit) for f in judged.findings)]:
        yield {
            "path": judged.submission.path,
            "unit": unit,
            "project": finding.project,
            "code": finding.code,
            "severity": finding.severity,
            "preview": finding.preview,
            "indicator": finding.indicator,
            "field": finding.field,
            "evidence": finding.evidence,
            "message": finding.message,
            "advice": finding.advice,
            "basis": finding.basis,
            "confidence": finding.confidence,
            "place": finding.place.label(),
            "fingerprint": finding.fingerprint,
        }


MAKERS: dict[str, Callable[[JudgedSubmission], Iterator[Row]]] = {
    "forms": form_rows,
    "findings": finding_rows,
}
SMART = tuple(f"smart_{letter}" for letter in "SMART")
COLUMNS = {
    "forms": (
        "path", "department", "unit", "fiscal_year", "project", "total_yuan", "annual_yuan",
        "score", "grade", "findings", "gain_of_three", *ITEMS, *SMART,
    ),
    "findings": (
        "path", "unit", "project", "code", "severity", "preview", "indicator", "field", "evidence",
        "message", "advice", "basis", "confidence", "place", "fingerprint",
    ),
}  # fmt: skip
_INTEGERS = ("fiscal_year", "findings", "indicator")
_NUMBERS = (
    "total_yuan", "annual_yuan", "score", "gain_of_three", "confidence", *ITEMS, *SMART,
)  # fmt: skip
BATCH = 5_000  # rows held at a time


def _kind(column: str) -> str:
    if column in _INTEGERS:
        return "integer"
    return "number" if column in _NUMBERS else "yes_no" if column == "preview" else "text"


def _number(amount: Yuan | None) -> float | None:
    return None if amount is None else float(amount)


def parquet_ready() -> bool:
    """Whether the extra «jixiao[parquet]» is installed."""
    return importlib.util.find_spec("pyarrow") is not None


def write_parquet(judged: Iterable[JudgedSubmission], rows: str, out: IO[bytes]) -> None:
    """The rows ("forms" or "findings") as a Parquet file; needs pyarrow."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"integer": pa.int64(), "number": pa.float64(), "yes_no": pa.bool_()}
    schema = pa.schema([(name, kinds.get(_kind(name), pa.string())) for name in COLUMNS[rows]])
    with pq.ParquetWriter(out, schema) as writer:
        batch: list[Row] = []
        for document in judged:
            batch.extend(MAKERS[rows](document))
            if len(batch) >= BATCH:
                writer.write_table(pa.Table.from_pylist(batch, schema))
                batch = []
        writer.write_table(pa.Table.from_pylist(batch, schema))
