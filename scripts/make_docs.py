"""Writes docs/rules from the catalogue: `make docs`."""

from __future__ import annotations

from pathlib import Path

from scorer.forms import SEVERITY_NAMES
from scorer.reports.rule_pages import render_page
from scorer.rules.catalogue import LETTERS, catalogue

DOCS = Path(__file__).parent.parent / "docs" / "rules"


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


if __name__ == "__main__":
    main()
