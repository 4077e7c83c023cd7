"""What `import tizim` gives, in a process of its own."""

import importlib
import subprocess
import sys

import pytest

import tizim
from tizim import match
from tizim.errors import BadInput


def run(*arguments):
    """What a fresh process of Python prints."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    return done.stdout, done.stderr


def test_the_public_names_work_in_a_fresh_process():
    """As the documentation has them."""
    script = (
        "import tizim\n"
        "print(tizim.compare_names('Owen Example', 'EXAMPLE, Owen'), tizim.compare_names('a', 'b'))\n"
        "print(tizim.explain_names('Owen Example', 'Owen Exemple').score >= tizim.MATCH_THRESHOLD)\n"
        "print(tizim.Screener.build([('1', 'Person', ['Owen Example'])]).match('Owen Example')[0].id)\n"
    )

    out, _ = run("-c", script)

    lines = out.splitlines()
    assert lines[0].startswith("1.0 0.0")
    assert lines[1:] == ["True", "1"]


@pytest.mark.parametrize("module", ["tizim", "tizim.cli", "tizim.match", "tizim.text", "tizim.domain"])
def test_importing_loads_no_compiler(module):
    """A command that matches no names starts as quickly as before."""
    _, times = run("-X", "importtime", "-c", f"import {module}")

    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in times.splitlines()}
    assert "tizim" in loaded
    assert not loaded & {"numba", "llvmlite", "numpy"}


def test_the_public_names_are_listed_and_there():
    """A name that is promised is found, and one that is not is an ordinary error."""
    for module in (tizim, match):
        assert all(getattr(module, name) is not None for name in module.__all__)
        with pytest.raises(AttributeError, match="nonsense"):
            module.nonsense  # noqa: B018 - asking is the test
    assert {"compare_names", "explain_names", "MATCH_THRESHOLD", "Screener"} <= set(dir(tizim))
    assert importlib.import_module("tizim.screen").Screener is tizim.Screener


def test_an_unknown_schema_is_bad_input():
    """An error of tizim's own, whose turn it is the caller's."""
    with pytest.raises(BadInput):
        tizim.compare_names("Owen", "Owen", schema="Thing")
    with pytest.raises(tizim.errors.BadInput):
        tizim.explain_names("Owen", "Owen", schema="Thing")
