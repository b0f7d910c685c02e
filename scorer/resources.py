"""Finds the files that ship with the program: ``lexicons/`` and ``models/``.

In a wheel they lie inside the package (``scorer/_data``); in a source tree and an
editable install they lie beside it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent


@cache
def resource(name: str) -> Path:
    """Path of a shipped file or folder such as "lexicons/units.toml".

    Raises FileNotFoundError if neither place has it.
    """
    for root in (PACKAGE / "_data", PACKAGE.parent):
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"随程序安装的文件不见了：{name}，请重新安装 jixiao。")
