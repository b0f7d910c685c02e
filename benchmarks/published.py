"""How texts are read that no maker of ours printed: ``python -m benchmarks.published``.

``tests/published/`` holds texts in the way of forms that counties, cities and provinces
publish (invented places and projects), each with the forms a reader must get, written by hand.
The files ``h*.txt`` are held out: nothing is mended by looking at them.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from scorer.forms import LEVEL2, Form
from scorer.layouts import read_submission
from scorer.layouts.draft import natural_level1
from scorer.readers import read_document
from tests.makers.expect import Score, header_value, plain_value, row_key

FOLDER = Path(__file__).parents[1] / "tests" / "published"
Wanted = tuple[dict[str, str], list[tuple[str, ...]]]


def documents(prefix: str) -> Iterator[tuple[str, bytes, list[Wanted]]]:
    """(name, text, forms to be read) of every file whose name starts so."""
    for path in sorted(FOLDER.glob(f"{prefix}*.txt")):
        text, _, said = path.read_text("utf-8").partition("\n===\n")
        yield path.stem, text.encode(), list(_wanted(said))


def _wanted(said: str) -> Iterator[Wanted]:
    """«A 数量 | name | value» is a row of 年度, P of 实施期, PA of both; else «field text»."""
    for block in re.split(r"^form$", said, flags=re.M)[1:]:
        fields: dict[str, str] = {}
        rows: list[tuple[str, ...]] = []
        for line in filter(None, block.splitlines()):
            key, rest = line.split(" ", 1)
            if not re.fullmatch(r"P?A?", key):
                fields[key] = rest
                continue
            level, name, value = (part.strip() for part in rest.split("|"))
            one, _, two = level.rpartition("/")
            two = next(w for w in LEVEL2 if w.startswith(two) or w == f"服务对象{two}指标")
            level1 = f"{one}指标" if one else natural_level1(two)
            phases = [p for p, sign in (("period", "P"), ("annual", "A")) if sign in key]
            rows += [(p, level1, two, name, plain_value(value)) for p in phases]
        yield fields, rows


def score(data: bytes, wanted: list[Wanted]) -> Score:
    """Read a text and compare it with the forms that must be read."""
    found = [f for doc in read_document("text.txt", data) for f in read_submission(doc).forms]
    result = Score(forms=len(wanted))
    for fields, rows in wanted:
        form = next((f for f in found if f.project == fields["project"]), None)
        result.fields += len(fields)
        result.rows += len(rows)
        if form is None:
            result.differences.append(f"form missing: {fields['project']}")
            continue
        found.remove(form)
        result.found += 1
        _compare(form, fields, rows, result)
    result.spurious = len(found)
    result.rows_read += sum(len(form.indicators) for form in found)
    result.differences += [f"form that is not there: {form.project}" for form in found]
    return result


def _compare(form: Form, fields: dict[str, str], rows: list[tuple[str, ...]], to: Score) -> None:
    for name, want in fields.items():
        got = header_value(form, name)
        want = f"{float(want):.2f}" if name.endswith("_yuan") or name[:7] == "funding" else want
        to.fields_right += got == want
        if got != want:
            to.differences.append(f"{form.project}: {name}: «{want}» read as «{got}»")
    rest = [row_key(row) for row in form.indicators]
    to.rows_read += len(rest)
    for row in rows:
        if row in rest:
            rest.remove(row)
            to.rows_right += 1
        else:
            to.differences.append(f"{form.project}: row lost: {'|'.join(row)}")
    to.differences += [f"{form.project}: row not printed: {'|'.join(row)}" for row in rest]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--differences", action="store_true", help="of the texts not held out")
    args = parser.parse_args()
    print(f"{'':<10}{'texts':>6}{'forms':>7}{'found':>9}{'fields':>9}{'rows':>7}{'F1':>9}{'+':>4}")
    for label, prefix in (("seen", "d"), ("held out", "h")):
        total, count = Score(), 0
        for name, data, wanted in documents(prefix):
            one = score(data, wanted)
            total.add(one)
            count += 1
            if args.differences and prefix == "d":
                print(*(f"{name} {text}" for text in one.differences), sep="\n")
        print(
            f"{label:<10}{count:>6}{total.forms:>7}{total.found_rate:>9.1%}"
            f"{total.field_rate:>9.1%}{total.rows:>7}{total.f1:>9.4f}{total.spurious:>4}"
        )


if __name__ == "__main__":
    main()
