"""Many clerks at once on one server: `python -m benchmarks.web_load`.

Each uploads a form of its own and retypes cells one after the other, pausing as a person
does; two of them share a draft. Prints how long a rescore took (median, 95th percentile, as
a browser on this machine sees it) and how many edits were lost: none may be.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from scorer.copies import official_workbook
from scorer.web.clerk import example_form

ROWS = 6  # cells that each clerk retypes, in turn


@dataclass
class Outcome:
    """Seconds of every edit, and the cells that did not hold what was typed last."""

    seconds: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def clerks(address: str, count: int, edits: int, pause: float) -> Outcome:
    """``count`` clerks at once, each making ``edits`` edits with ``pause`` seconds between."""
    outcome = Outcome()
    data = official_workbook([example_form()])
    with httpx.Client(base_url=address, timeout=120) as client:
        drafts = [_upload(client, data) for _ in range(count - 1)]
    drafts.append(drafts[0])  # the last clerk works in the first one's draft, on other cells
    threads = [
        threading.Thread(
            target=_clerk, args=(address, draft, n, n == count - 1, edits, pause, outcome)
        )
        for n, draft in enumerate(drafts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcome


def _upload(client: httpx.Client, data: bytes) -> str:
    answer = client.post("/drafts", files={"file": ("申报表.xlsx", data)})
    return str(answer.headers["location"])


def _clerk(
    address: str, draft: str, number: int, second: bool, edits: int, pause: float, outcome: Outcome
) -> None:
    wanted: dict[str, str] = {}
    with httpx.Client(base_url=address, timeout=120) as client:
        time.sleep(pause * number / 20)  # people do not press keys in step
        for n in range(edits):
            cell = f"{n % ROWS + (8 if second else 0)}:value"  # the guest types in the other half
            text = wanted[cell] = f"≥{number * 1000 + n}人"
            body = {
                "edits": [{"mark": f"c{number}-{n}", "kind": "set", "cell": cell, "text": text}]
            }
            started = time.perf_counter()
            answer = client.post(f"{draft}/edits", json=body)
            took = time.perf_counter() - started
            with outcome.lock:
                outcome.seconds.append(took)
                if answer.status_code != 200:
                    outcome.lost.append(f"{draft} {cell}: HTTP {answer.status_code}")
            time.sleep(pause)
        page = client.get(draft).text
    with outcome.lock:
        outcome.lost += [
            f"{draft} {cell} {text}" for cell, text in wanted.items() if text not in page
        ]


def percentile(values: list[float], share: float) -> float:
    """The value that ``share`` (0–1) of them do not pass."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    """Start a server on a store of its own, let the clerks work, print the figures."""
    from tests.webserver import running

    parser = argparse.ArgumentParser()
    parser.add_argument("--clerks", type=int, default=20)
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between two edits of one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "s.db", 2) as address:
        clerks(address, 2, 2, 0.0)  # both workers have loaded their models
        alone = clerks(address, 2, given.edits, 0.3)
        outcome = clerks(address, given.clerks, given.edits, given.pause)
    for name, seconds in (("两人", alone.seconds), (f"{given.clerks} 人", outcome.seconds)):
        print(
            f"{name}同时改：{len(seconds)} 次，中位 {statistics.median(seconds):.3f} 秒，"
            f"p95 {percentile(seconds, 0.95):.3f} 秒，最长 {max(seconds):.3f} 秒"
        )
    print(f"丢失的修改：{len(outcome.lost)}")


if __name__ == "__main__":
    main()
