"""How exactly made documents are read: ``python -m benchmarks.accuracy``.

Prints forms found, header fields right and the F1 of indicator rows by format and by family
over documents that the project makes itself (and over the shelf's training forms, where
the shelf is beside the repository). A row counts only when half, both levels, name and value
are all right.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator

from scorer.forms import Form
from tests.makers import budget, corpus, ledger, libre, office, render, samples, scan
from tests.makers.contents import load
from tests.makers.corpus import Made
from tests.makers.expect import Score

SCANNED = (("A", "dormitory"), ("B", "maths"), ("G", "hotline"), ("D", "village_doctor"))
LEDGER_FORMATS = (
    "text-tab", "text-layer", "text-layer-marked", "text-engine", "pdf", "pdf-break", "docx",
    "html", "xlsx",
)  # fmt: skip
AIMS = "aims: forms ≥ 98%, header fields ≥ 97%, rows F1 ≥ 0.98; scans rows F1 ≥ 0.90"


def scans() -> Iterator[Made]:
    """A few pages as a scanner gives them; only where the OCR extra is installed."""
    if importlib.util.find_spec("rapidocr") is None:
        return
    forms = load("golden")
    for family, key in SCANNED:
        form = forms[key]
        blocks = render.FAMILIES[family]([form])
        yield Made(family, "scan-png", (form,), ".png", scan.png(blocks))
        yield Made(family, "scan-pdf", (form,), ".pdf", scan.scanned_pdf(blocks))


def office_files() -> Iterator[Made]:
    """Word forms turned into PDF and DOC by LibreOffice; nothing where it is missing."""
    keys = list(load("golden"))
    forms: dict[str, Form] = {}
    files: dict[str, bytes] = {}
    for turn, family in enumerate(render.FAMILIES):
        forms[f"{family}.docx"] = form = load("golden")[keys[-1 - turn % len(keys)]]
        files[f"{family}.docx"] = office.docx_bytes(render.FAMILIES[family]([form]))
    for to in ("pdf", "doc"):
        for name, data in libre.converted(files, to).items():
            family = name.removesuffix(".docx")
            yield Made(family, f"{to}-office", (forms[name],), f".{to}", data)


def _chosen(args: argparse.Namespace) -> Iterable[Made]:
    def wanted(item: Made) -> bool:
        return (not args.family or item.family == args.family) and (
            not args.format or item.format == args.format
        )

    yield from filter(wanted, corpus.golden())
    if not args.quick:
        yield from filter(wanted, corpus.training())
        yield from filter(wanted, office_files())
    if args.scans:
        yield from filter(wanted, scans())


def _ledgers() -> None:
    """The two budget documents in every text and paper format: figures of the ledger."""
    print(f"\n{'ledger':<18}{'figures':>9}{'right':>9}")
    for fmt in LEDGER_FORMATS:
        suffix, maker = render.FORMATS[fmt]
        figures = wrong = 0
        for book in (samples.archive_book(), samples.housing_book()):
            (found,) = corpus.read(maker(budget.blocks(book)), suffix)
            figures += len(ledger.wanted(book))
            wrong += len(ledger.differences(found, book))
        print(f"{fmt:<18}{figures:>9}{figures - wrong:>9}")


def _line(label: str, documents: int, score: Score) -> str:
    return (
        f"{label:<18}{documents:>6}{score.forms:>7}{score.found_rate:>9.1%}"
        f"{score.field_rate:>9.1%}{score.rows:>8}{score.f1:>9.4f}{score.spurious:>6}"
    )


HEAD = f"{'docs':>6}{'forms':>7}{'found':>9}{'fields':>9}{'rows':>8}{'F1':>9}{'+':>6}"


def _table(title: str, scores: dict[str, list[Score]]) -> None:
    print(f"\n{title:<18}{HEAD}")
    for label, parts in scores.items():
        total = Score()
        for part in parts:
            total.add(part)
        print(_line(label, len(parts), total))


def _measure(item: Made) -> Score:
    """A reader that raises has read nothing: that is a result too."""
    try:
        return corpus.score(item)
    except Exception as error:
        wanted = Score(forms=len(item.forms), rows=sum(len(f.indicators) for f in item.forms))
        wanted.fields = 1
        wanted.differences.append(f"{type(error).__name__}: {error}")
        return wanted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the golden forms")
    parser.add_argument("--scans", action="store_true", help="with scans (slow)")
    parser.add_argument("--family", help="only this family")
    parser.add_argument("--format", help="only this format")
    parser.add_argument("--differences", type=int, default=0, help="print so many a document")
    args = parser.parse_args()
    families: dict[str, list[Score]] = defaultdict(list)
    formats: dict[str, list[Score]] = defaultdict(list)
    everything: list[Score] = []
    started = time.perf_counter()
    for item in _chosen(args):
        score = _measure(item)
        families[item.family].append(score)
        formats[item.format].append(score)
        everything.append(score)
        for text in score.differences[: args.differences]:
            print(f"{item.name}: {text}")
    _table("family", families)
    _table("format", formats)
    _table("all", {"all": everything})
    if not args.family and not args.format:
        _ledgers()
    print(f"\n{AIMS}\n{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
