"""More than a hundred damaged and hostile files in one batch with good ones: every bad one ends
as a problem or is read, every good one is read to the end, in bounded memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests import hostile
from tests.makers import render
from tests.makers.contents import load

GOOD = {"xlsx": "signals", "docx": "maths", "pdf": "levee", "html": "patrol", "text-tab": "pest"}
# A bomb that is believed takes gigabytes; the heap of a sound run differs by tens of MB.
MEGABYTES = 600
# The batch in a process of its own, whose largest memory is printed last.
PROGRAM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from scorer.readers import ocr
ocr.available = lambda: False  # its models take a gigabyte of their own
from scorer.cli import main
sys.argv = ["jixiao", "parse", sys.argv[1], "--format", "json"]
try:
    main()
finally:
    # The peak of this program alone: ru_maxrss would begin with what the tests' process holds.
    status = open("/proc/self/status").read()
    print(int(status.split("VmHWM:")[1].split()[0]) // 1024, file=sys.stderr)
"""


def test_a_batch_of_damaged_files_is_done_to_the_end(tmp_path: Path) -> None:
    bad = hostile.damaged()
    assert len(bad) >= 100
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    wanted = {}
    for fmt, key in GOOD.items():
        suffix, data = render.made([load("golden")[key]], "A", fmt)
        (tmp_path / f"好{fmt}{suffix}").write_bytes(data)
        wanted[f"好{fmt}{suffix}"] = load("golden")[key].project

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=1200,
        cwd=Path(__file__).parents[1],
        env=os.environ | {"PATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"},  # without LibreOffice
    )  # fmt: skip
    assert done.returncode == 3, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    assert int(done.stderr.split()[-1]) < MEGABYTES

    documents = json.loads(done.stdout)["documents"]
    found = {Path(d["path"]).name: [f["project"] for f in d["forms"]] for d in documents}
    assert {name: found[name] for name in wanted} == {n: [p] for n, p in wanted.items()}
    told = {
        Path(p["path"]).relative_to(tmp_path).parts[0] for d in documents for p in d["problems"]
    }
    read = {Path(d["path"]).relative_to(tmp_path).parts[0] for d in documents}
    silent = {name for name in hostile.FILES if name not in told}
    assert set(bad) <= told | read
    assert silent == set(), "neither read nor told"
    assert not Path("/tmp/jixiao-slip.html").exists()
