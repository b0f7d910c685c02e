"""How documents of other people's making are read: ``python -m benchmarks.bureaus``.

Open documents are tests as well; of the held ones only the score is printed, so that
nothing is mended by looking at them.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict

from tests.bureaus import other_papers  # noqa: F401  # register their documents
from tests.bureaus.catalogue import PAPERS, score
from tests.makers.expect import Score


def _line(label: str, documents: int, score: Score) -> str:
    return (
        f"{label:<12}{documents:>6}{score.forms:>7}{score.found_rate:>9.1%}"
        f"{score.field_rate:>9.1%}{score.rows:>8}{score.f1:>9.4f}{score.spurious:>6}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", action="store_true", help="with scans (slow)")
    parser.add_argument("--quick", action="store_true", help="without browser and office")
    parser.add_argument("--only", default="", help="names that hold this text")
    parser.add_argument("--differences", action="store_true", help="of the open documents")
    args = parser.parse_args()
    kinds: dict[str, list[Score]] = defaultdict(list)
    for item in PAPERS:
        if (
            (item.scan and not args.scans)
            or (item.slow and args.quick)
            or args.only not in item.name
        ):
            continue
        begun = time.perf_counter()
        found = score(item)
        spent = time.perf_counter() - begun
        kinds[f"{'held' if item.held else 'open'} {item.kind}"].append(found)
        kinds["held" if item.held else "open"].append(found)
        right = found.f1 == 1 and found.field_rate == 1 and not found.differences
        if not item.held:
            print(
                f"{'ok' if right else '--'} {item.name} {item.suffix} {spent:.1f}s fields {found.field_rate:.0%} F1 {found.f1:.3f}"
            )
            for text in found.differences if args.differences else ():
                print("     ", text)
    print(f"\n{'':<12}{'docs':>6}{'forms':>7}{'found':>9}{'fields':>9}{'rows':>8}{'F1':>9}{'+':>6}")
    for label, parts in sorted(kinds.items()):
        total = Score()
        for part in parts:
            total.add(part)
        print(_line(label, len(parts), total))


if __name__ == "__main__":
    main()
