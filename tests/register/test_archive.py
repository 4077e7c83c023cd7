import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tizim.errors import Broken, NotFound
from tizim.register.archive import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An empty archive."""
    return Archive(tmp_path / "archive")


def files(folder: Path) -> list[str]:
    """Names of all files below *folder*."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_bytes_come_back_as_they_were_kept(archive, tmp_path):
    """What was fetched is evidence: not a byte may differ."""
    data = bytes(range(256)) * 1000

    sha256 = archive.put(data)

    assert archive.has(sha256)
    assert archive.get(sha256) == data
    assert files(tmp_path) == [f"{sha256}.gz"]


def test_the_same_bytes_twice_are_kept_once(archive, tmp_path):
    """Lists are fetched more often than they change."""
    assert archive.put(b"a list") == archive.put(b"a list")

    assert len(files(tmp_path)) == 1


def test_a_document_never_kept_is_not_found(archive):
    """The starter knows documents whose bytes nobody kept here."""
    assert not archive.has("0" * 64)
    with pytest.raises(NotFound, match="not held here"):
        archive.get("0" * 64)


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_cut_write_leaves_nothing(archive, tmp_path, monkeypatch, step):
    """A full disk or a pulled plug must not leave half a document under the name of a whole one."""

    def failing(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(
        *{"write": (gzip, "compress"), "fsync": (os, "fsync"), "replace": (os, "replace")}[step], failing
    )
    with pytest.raises(OSError, match="No space"):
        archive.put(b"a list")
    monkeypatch.undo()

    assert files(tmp_path) == []
    assert archive.get(archive.put(b"a list")) == b"a list"


@pytest.mark.parametrize(
    "damage", [b"", b"no gzip at all", gzip.compress(b"another list", mtime=0), gzip.compress(b"a list", mtime=0)[:-9]]
)
def test_an_altered_file_is_broken(archive, tmp_path, damage):
    """Evidence that was altered on the disk must not be shown as evidence."""
    sha256 = archive.put(b"a list")
    (tmp_path / "archive" / sha256[:2] / f"{sha256}.gz").write_bytes(damage)

    with pytest.raises(Broken, match="archived document"):
        archive.get(sha256)


def test_a_redacted_copy_takes_the_place_of_the_document_once_the_log_orders_it(archive, tmp_path):
    """Until the act is in the log the bytes stay, and after it they are gone: there is no moment with neither."""
    sha256 = archive.put(b"a name")
    archive.begin({sha256: b"a ****"}, store=False)
    assert archive.copies_begun
    assert archive.get(sha256) == b"a name"

    archive.settle({sha256: "5f8f5d9fb0a9ea0d5ec4d2b4b1e0cd8c" * 2})
    assert archive.get(sha256) == b"a name", "another digest is ordered than that of the copy"
    archive.begin({sha256: b"a ****"}, store=False)
    archive.settle({sha256: hashlib.sha256(b"a ****").hexdigest()})

    assert archive.get(sha256) == b"a ****"
    assert archive.is_redacted(sha256)
    assert not archive.copies_begun
    assert files(tmp_path) == [f"{sha256}.redacted.gz"]


def test_a_document_that_was_redacted_is_not_kept_whole_again(archive):
    """Fetching the same file anew must not bring a withheld name back."""
    sha256 = archive.put(b"a name")
    archive.begin({sha256: b"a ****"}, store=False)
    archive.settle({sha256: hashlib.sha256(b"a ****").hexdigest()})

    archive.put(b"a name")

    assert archive.get(sha256) == b"a ****"


CUT_OFF = """
import os, signal, sys
from pathlib import Path
from tizim.register.archive import Archive
os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
Archive(Path(sys.argv[1])).put(b"a secret name" * 1000)
"""


def test_what_a_killed_writer_left_is_swept_with_the_next_redaction(archive, tmp_path):
    """The beginning of a file may hold the very name that is to be withheld; a living writer's is left alone."""
    sha256 = archive.put(b"a name")
    subprocess.run([sys.executable, "-c", CUT_OFF, str(tmp_path / "archive")], check=False)  # noqa: S603 - our own program
    assert any(name.startswith(".part-") for name in files(tmp_path))

    archive.begin({sha256: b"a ****"}, store=False)
    archive.settle({})

    assert files(tmp_path) == [f"{sha256}.gz"]
