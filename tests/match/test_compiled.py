"""Where compiled code is kept."""

import pytest

from tizim.match import compiled
from tizim.screen import Screener


@pytest.fixture
def anew():
    """The folder is chosen anew, before and after."""
    compiled.folder.cache_clear()
    yield
    compiled.folder.cache_clear()


def doubled(number):
    """Something small to compile."""
    return 2 * number


def test_code_is_kept_where_it_is_asked_for_under_a_name_of_the_source(anew, tmp_path, monkeypatch):
    """Another version of the source must never meet this version's code: the folder names what it was made from."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))

    function = compiled.compiled(doubled)

    assert function(21) == 42
    (kept,) = tmp_path.iterdir()
    assert kept == compiled.folder()
    assert kept.name.endswith(compiled.fingerprint())
    assert compiled.is_kept("doubled")
    assert not compiled.is_kept("another")


def test_what_older_versions_kept_is_removed_and_nothing_else(anew, tmp_path, monkeypatch):
    """Compiled code of every version would pile up, and other programs' folders are not ours."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    current = compiled.folder()
    older = current.with_name(current.name[: -len(compiled.fingerprint())] + "0123456789abcdef")
    for path in (older, tmp_path / "compiled-elsewhere-0123456789abcdef", tmp_path / "other"):
        path.mkdir()
    compiled.folder.cache_clear()

    compiled.folder()

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [current.name, "compiled-elsewhere-0123456789abcdef", "other"]
    )


def test_where_nothing_may_be_written_every_process_compiles_for_itself(anew, tmp_path, monkeypatch):
    """A read-only installation of a user without a home still compares names."""
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))

    function = compiled.compiled(doubled)

    assert compiled.folder() is None
    assert function(21) == 42
    assert not compiled.is_kept("doubled")


def test_settings_of_numba_are_left_as_they_were(anew, tmp_path, monkeypatch):
    """Other packages of the same process keep their compiled code where they like."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    before = compiled.config.CACHE_DIR

    compiled.compiled(doubled)

    assert before == compiled.config.CACHE_DIR


@pytest.mark.skipif(compiled.folder() is None, reason="nothing may be written here")
def test_what_was_asked_once_is_kept_for_later_processes():
    """The message on the first run goes by this: it must not come again."""
    screener = Screener.build([("a", "Person", ["Owen Example"])])

    screener.match("Owen Exemple")

    assert compiled.is_kept("ask")
