"""Writes docs/rules from the catalogue, and the README's example from data/samples: `make docs`."""

from __future__ import annotations

from pathlib import Path

from scorer.batch import judge_all
from scorer.forms import SEVERITY_NAMES
from scorer.judge import profile_for
from scorer.reports.rule_pages import render_page
from scorer.reports.stamp import stamp_line
from scorer.reports.terminal import score_lines
from scorer.rules.catalogue import LETTERS, catalogue

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs" / "rules"
README = ROOT / "README.md"
BEGIN, END = "<!-- demo:begin -->", "<!-- demo:end -->"


def main() -> None:
    """One page a rule and an index by letter; pages of dropped rules go."""
    DOCS.mkdir(parents=True, exist_ok=True)
    for page in DOCS.glob("*.md"):
        page.unlink()
    index = ["# 规则目录", ""]
    for letter, (_, name) in LETTERS.items():
        index += [f"## {letter} {name}", "", "| 代码 | 名称 | 程度 | 审核项 |", "|---|---|---|---|"]
        for rule in catalogue().values():
            if rule.letter == letter:
                (DOCS / f"{rule.code}.md").write_text(render_page(rule), "utf-8")
                index.append(
                    f"| [{rule.code}]({rule.code}.md) | {rule.name} "
                    f"| {SEVERITY_NAMES[rule.severity]} | {rule.item or '不计分'} |"
                )
        index.append("")
    (DOCS / "index.md").write_text("\n".join(index), "utf-8")
    _example()


def _example() -> None:
    """What `jixiao score data/samples` prints, between the README's markers."""
    judged = list(judge_all([str(ROOT / "data" / "samples")]))
    lines = [*score_lines(judged, verbose=False), stamp_line(profile_for())]
    text = README.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    printed = "\n".join(lines).replace(f"{ROOT}/", "")
    README.write_text(f"{head}{BEGIN}\n```text\n{printed}\n```\n{END}{tail}", "utf-8")


if __name__ == "__main__":
    main()
