"""The wheel is whole: installed alone, with only its declared dependencies, from another folder."""

from __future__ import annotations

import re
import subprocess
import sys
import venv
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def declared_closure(name: str) -> set[str]:
    """The distribution's required packages and theirs, extras left out."""
    found: set[str] = set()
    queue = [name]
    while queue:
        for requirement in metadata.requires(queue.pop()) or []:
            package = re.match(r"[\w.-]+", requirement)
            assert package is not None
            key = package[0].lower().replace("_", "-")
            if "extra ==" in requirement or key in found:
                continue
            try:
                metadata.distribution(key)
            except metadata.PackageNotFoundError:
                continue  # for another platform or Python
            found.add(key)
            queue.append(key)
    return found


def link_dependencies(names: set[str], folder: Path) -> None:
    """A folder that holds exactly these packages, linked from the test environment."""
    folder.mkdir()
    for name in names:
        distribution = metadata.distribution(name)
        for file in distribution.files or []:
            top = Path(str(file)).parts[0]
            source = Path(str(distribution.locate_file(top)))
            target = folder / top
            if top not in ("..", "__pycache__") and source.exists() and not target.exists():
                target.symlink_to(source)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """An empty environment with the wheel in it; python and its surroundings."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist"],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel],
        check=True, capture_output=True,
    )  # fmt: skip
    link_dependencies(declared_closure("jixiao"), folder / "deps")
    return python.parent / "jixiao", {"PYTHONPATH": str(folder / "deps"), "PATH": "/usr/bin:/bin"}


def test_installed_program_scores_from_another_folder(
    installed: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    program, environment = installed
    done = subprocess.run(
        [program, "score", ROOT / "data" / "samples"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    assert done.returncode == 0
    assert "共" in done.stdout
    pages = subprocess.run(
        [program, "rule"], cwd=tmp_path, env=environment, capture_output=True, check=True
    )
    assert b"M201" in pages.stdout
