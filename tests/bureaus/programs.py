"""Pages of HTML printed to PDF by Chromium, and files converted by LibreOffice.

Both are optional: a document that needs a missing program is left out.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.makers import libre

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@cache
def printed(page: str) -> bytes:
    """The page as Chromium prints it."""
    if CHROMIUM is None:
        raise RuntimeError("Chromium is not installed")
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name, "page.html"), Path(name, "page.pdf")
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu",
             f"--user-data-dir={name}/profile", "--no-pdf-header-footer",
             f"--print-to-pdf={target}", source.as_uri()],
            check=True, capture_output=True, timeout=90,
        )  # fmt: skip
        return target.read_bytes()


_TO_CONVERT: dict[str, dict[str, Callable[[], bytes]]] = {}


def conversion(to: str, suffix: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """A maker of the same document in the format ``to``. All conversions to one format are
    done in one run of the office program, which takes longest to start."""
    wanted = _TO_CONVERT.setdefault(to, {})
    name = f"{len(wanted)}{suffix}"
    wanted[name] = make
    return lambda: _converted(to)[name]


@cache
def _converted(to: str) -> dict[str, bytes]:
    return libre.converted({name: make() for name, make in _TO_CONVERT[to].items()}, to)
