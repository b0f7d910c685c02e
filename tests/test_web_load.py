"""Twenty clerks at once: every edit is kept. How fast is a benchmark's matter."""

from __future__ import annotations

from pathlib import Path

from benchmarks.web_load import clerks
from tests.webserver import running


def test_no_edit_is_lost_among_twenty_clerks(tmp_path: Path) -> None:
    with running(tmp_path / "store.db", 2) as address:
        outcome = clerks(address, 20, 3, 0.05)
    assert len(outcome.seconds) == 60
    assert not outcome.lost, outcome.lost
