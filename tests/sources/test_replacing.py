"""Files that are replaced whole or not at all."""

import os
from pathlib import Path

import pytest

from tizim.sources.replacing import replace


def test_a_file_is_replaced_and_its_folder_made(tmp_path: Path) -> None:
    """What was fetched last is remembered from the first time on, without anybody making folders before."""
    path = tmp_path / "news" / "feeds.json"

    replace(path, b"one")
    replace(path, b"two")

    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk without room must not cost what was remembered before."""
    path = tmp_path / "feeds.json"
    replace(path, b"one")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace(path, b"two")

    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]
