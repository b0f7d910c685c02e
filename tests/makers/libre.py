"""PDF and DOC as an office program writes them; needs LibreOffice on the machine."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")


def converted(files: Mapping[str, bytes], to: str = "pdf") -> dict[str, bytes]:
    """Each file (name with suffix -> bytes) converted in one run of the office program; a file
    that it did not convert is missing from the answer."""
    if PROGRAM is None:
        return {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, data in files.items():
            (folder / file).write_bytes(data)
        command = [PROGRAM, f"-env:UserInstallation=file://{folder}/profile", "--headless",
                   "--convert-to", to, "--outdir", str(folder / "out"),
                   *(str(folder / file) for file in files)]  # fmt: skip
        subprocess.run(command, check=False, capture_output=True, timeout=600)
        made = {file: folder / "out" / f"{Path(file).stem}.{to}" for file in files}
        return {file: path.read_bytes() for file, path in made.items() if path.exists()}
