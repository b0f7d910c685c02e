"""Ratios measured in one run on one machine: `make bench`.

Reading is compared with the bare engine (as it comes, and with the stand-in for fonts that
the reader gives it) and with pdfplumber on the same file, workbooks
with openpyxl's plain read, judging a form with tokenising its text once. Files are made by
tests/makers, so nothing outside the repository is needed.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable

from scorer.forms import Form, Submission
from scorer.judge import judge, profile_for
from scorer.layouts import read_submission
from scorer.lexicon import default_lexicon
from scorer.pipeline import read_input
from scorer.readers import read_document
from scorer.readers.pdf_fonts import stand_in
from scorer.rules.engine import check_form
from tests.makers import corpus
from tests.makers.contents import load

ROUNDS = 5


def seconds(action: Callable[[], object]) -> float:
    """The quickest of several runs, CPU seconds of this process."""
    action()
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        action()
        best = min(best, time.process_time() - start)
    return best


def forms() -> list[Form]:
    """The golden forms, all topics."""
    return [
        form
        for group in load("golden").values()
        for form in ([group] if isinstance(group, Form) else group)
    ]


def pdf_ratios() -> None:
    """`jixiao parse` of a PDF against bare text extraction and pdfplumber's tables."""
    import pdfplumber
    import pypdfium2

    data = corpus.make(forms(), "A", "pdf").data

    def bare() -> None:
        document = pypdfium2.PdfDocument(data)
        for page in document:
            page.get_textpage().get_text_bounded()
        document.close()

    def ours() -> None:
        for document in read_document("bench.pdf", data):
            read_submission(document)

    def plumber() -> None:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                page.extract_tables()
                page.close()

    pages = len(pypdfium2.PdfDocument(data))
    text, mine, tables = seconds(bare), seconds(ours), seconds(plumber)
    with stand_in():
        light = seconds(bare)
    print(f"PDF {pages} 页：parse {pages / mine:.0f} 页/秒；是单取文字的 {mine / text:.2f} 倍时间"
          f"（单取文字也用替身字体时 {mine / light:.1f} 倍）；"
          f"比 pdfplumber 取表快 {tables / mine:.1f} 倍")  # fmt: skip


def xlsx_ratios() -> None:
    """Reading a workbook against openpyxl's plain read of the same cells."""
    import openpyxl

    data = corpus.make(forms() * 10, "C-yunnan", "xlsx").data

    def plain() -> None:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        for sheet in book:
            for row in sheet.iter_rows(values_only=True):
                list(row)

    reader = seconds(lambda: read_document("bench.xlsx", data))
    whole = seconds(lambda: read_input("bench.xlsx", data))
    theirs = seconds(plain)
    print(
        f"XLSX：读格子比 openpyxl 快 {theirs / reader:.1f} 倍；连同认表快 {theirs / whole:.1f} 倍"
    )


def judging_ratio() -> None:
    """All rules on one form, and the whole of judging it, against tokenising the form's text
    once with jieba."""
    import jieba

    jieba.initialize()
    form = forms()[0]
    text = repr(form)
    profile, lexicon = profile_for(), default_lexicon()
    submission = Submission("", forms=(form,))

    def ruled() -> None:
        check_form(form, profile=profile, lexicon=lexicon, submission=submission)

    def repeated(action: Callable[[], object]) -> float:
        return seconds(lambda: [action() for _ in range(20)]) / 20

    rules = repeated(ruled)
    whole = repeated(lambda: judge(submission, profile))
    tokens = repeated(lambda: list(jieba.cut(text)))
    print(
        f"全部规则查一张表 {rules * 1000:.1f} 毫秒，是 jieba 切一遍全文的 {rules / tokens:.2f} 倍时间；"
        f"连同模型、建议、打分、先改三处 {whole * 1000:.1f} 毫秒，{whole / tokens:.2f} 倍"
    )


def main() -> None:
    """All ratios."""
    pdf_ratios()
    xlsx_ratios()
    judging_ratio()


if __name__ == "__main__":
    main()
