"""Exports in the programs that they are made for. Their environments stand apart; where there is none, it is said."""

import os
import subprocess
from pathlib import Path

import pytest

from tizim.export.files import to_folder

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def ran(python, *arguments, **more):
    """A program of ours, run by another Python."""
    return subprocess.run([python, *arguments], check=False, capture_output=True, text=True, **more)  # noqa: S603


def python_with(setting, default, module):
    """The interpreter of an environment that has *module*; skips where there is none."""
    found = Path(os.environ.get(setting, default))
    if not found.is_file() or ran(found, "-c", f"import {module}").returncode:
        pytest.skip(f"{module} is not installed: set {setting} to the Python of an environment that has it")
    return found


@pytest.fixture
def folder(supplied, tmp_path):
    """Entities and statements with their catalogue."""
    with supplied() as given:
        to_folder(given, ["ftm", "statements"], tmp_path / "data", raw=True)
    return tmp_path / "data"


def test_the_real_library_loads_entities_and_statements(folder):
    """Every entity and every value of it; statements give the same entities; the catalogue is one."""
    python = python_with("TIZIM_TEST_FTM_PYTHON", ROOT / "bench" / ".peers" / "bin" / "python", "followthemoney")

    done = ran(python, HERE / "load_ftm.py", folder)

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["5", "entities"]


def test_yente_loads_the_catalogue(folder):
    """From the manifest to the documents of its index, by its own code."""
    python = python_with("TIZIM_TEST_YENTE_PYTHON", "no-yente", "yente")

    told = {**os.environ, "YENTE_MANIFEST": str(folder / "manifest.json")}
    done = ran(python, HERE / "load_yente.py", folder, cwd=folder, env=told)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].split() == ["default", "5", "un_1267,un_1988"]
