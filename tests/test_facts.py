"""What a form says of itself."""

import pytest

from scorer.forms import Form
from scorer.lexicon import default_lexicon
from scorer.rules.facts import Facts


@pytest.mark.parametrize(
    ("period", "attribute", "years"),
    [
        ("1年", None, 1),
        ("三年", None, 3),
        ("2025年", None, 1),
        ("2025年度", None, 1),
        ("2023—2025年", None, 3),
        ("2025.01—2025.12", None, 1),
        ("2025-09-01至2026-03-31", None, 2),
        ("18个月", None, 2),
        ("长期", None, None),
        (None, "一次性项目（1年结束）", 1),
        ("", "阶段性项目(2年结束)", 2),
        (None, None, None),
    ],
)
def test_years(period: str | None, attribute: str | None, years: int | None) -> None:
    form = Form(period=period, attribute=attribute)
    assert Facts(form, default_lexicon()).years == years
