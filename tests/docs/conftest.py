"""The pages, and tizim as a user runs it: each command a process of its own, in a register of its own."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tizim

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("changes/*.md")))
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def name_of(page: Path) -> str:
    """The page's path, as a test's id."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    """The fenced blocks of a page: what stands after the fence, and the text."""
    for match in FENCE.finditer(page.read_text(encoding="utf-8")):
        yield match[1].strip(), match[2]


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


class Tizim:
    """Runs commands in one home."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, *arguments: str, folder: Path | None = None) -> tuple[str, int]:
        """What the command prints, both streams, and its exit code."""
        env = {name: value for name, value in os.environ.items() if name != "TIZIM_REGISTER_URL"}
        done = subprocess.run(  # noqa: S603 - the command under test
            [sys.executable, "-c", "from tizim.cli import main; main()", *arguments],
            check=False,
            cwd=folder or ROOT,
            env=env | {"TIZIM_HOME": str(self.home), "PYTHONPATH": str(Path(tizim.__file__).parent.parent)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        return done.stdout, done.returncode


@pytest.fixture(scope="session")
def filled(tmp_path_factory) -> Path:
    """A home filled from the starter; copy it before writing."""
    home = tmp_path_factory.mktemp("filled")
    printed, code = Tizim(home)("up", "--no-serve", "--offline")
    assert code == 0, printed
    return home


@pytest.fixture
def starter(filled, tmp_path) -> Tizim:
    """A tizim with a register of its own, filled from the starter."""
    shutil.copytree(filled, tmp_path / "home")
    return Tizim(tmp_path / "home")


@pytest.fixture
def empty(tmp_path) -> Tizim:
    """A tizim without a register."""
    return Tizim(tmp_path / "empty")
