"""The snapshot that is answered from, and the shelf that snapshots are kept on.

A newer snapshot is made aside, put on the shelf whole, and taken from it by whoever serves; the one before stays
until nobody holds it any longer.
"""

import hashlib
import tempfile
from pathlib import Path
from typing import Final

from tizim import __version__
from tizim.errors import BadInput
from tizim.screen.snapshot import FORMAT, Snapshot

_CURRENT: Final = "current"
_KEPT: Final = 2
_ENDING: Final = ".snapshot"
_DATED: Final = ".dated"
_DATED_KEPT: Final = 8


class Current:
    """What a process answers from. Swapping is one assignment, so that nobody sees half of it."""

    def __init__(self, snapshot: Snapshot | None = None) -> None:
        self.snapshot = snapshot
        self.newest = snapshot.about.version if snapshot else ""
        """the version that the data have by now, as far as is known here"""

    def take(self, snapshot: Snapshot) -> None:
        """Answer from *snapshot* from now on."""
        self.snapshot = snapshot
        self.newest = snapshot.about.version


class Shelf:
    """A folder of snapshots, with a mark at the one to be taken."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, version: str) -> Path:
        """Where the snapshot of a version stands, or would."""
        made_by = f"{__version__} {FORMAT} {version}"  # a release may read lists otherwise, or lay a file out otherwise
        name = hashlib.sha256(made_by.encode()).hexdigest()[:24]
        return self.folder / f"{name}{_ENDING}"

    def dated(self, version: str) -> Path:
        """The same for a snapshot of other dates than today's: it is never the one to be taken."""
        return self.path(version).with_suffix(_DATED)

    def put_dated(self, snapshot: Snapshot) -> Path:
        """Put a snapshot of other dates on the shelf and clear away the oldest of those. Raises `BadInput`."""
        path = self.dated(snapshot.about.version)
        snapshot.save(path)
        self._clear(_DATED, path, _DATED_KEPT)
        return path

    def _clear(self, ending: str, path: Path, kept: int) -> None:
        others = [one for one in self.folder.glob(f"*{ending}") if one != path]
        others.sort(key=lambda one: one.stat().st_mtime, reverse=True)
        for one in others[kept - 1 :]:
            one.unlink(missing_ok=True)

    def has(self, version: str) -> bool:
        """Whether there is one of a version."""
        return self.path(version).exists()

    def drop(self, path: Path) -> None:
        """Take a file that cannot be read off the shelf, so that its snapshot is made anew. Raises `BadInput`."""
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise BadInput(f"the damaged snapshot {path} cannot be removed: {error.strerror or error}") from None

    def marked(self) -> Path | None:
        """The file of the snapshot to be taken, if there is one."""
        try:
            name = (self.folder / _CURRENT).read_text(encoding="utf-8").strip()
        except OSError:
            return None
        path = self.folder / name
        return path if name and path.exists() else None

    def put(self, snapshot: Snapshot) -> Path:
        """Put a snapshot on the shelf, mark it, and clear away the oldest. Raises `BadInput` where that fails."""
        path = self.path(snapshot.about.version)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadInput(f"no folder can be made at {self.folder}: {error.strerror or error}") from None
        snapshot.save(path)
        self.mark(path)
        return path

    def mark(self, path: Path) -> None:
        """Let the snapshot of that file be the one to be taken."""
        try:
            with tempfile.NamedTemporaryFile("w", dir=self.folder, prefix=".current.", delete=False) as file:
                file.write(path.name)
            Path(file.name).replace(self.folder / _CURRENT)
        except OSError as error:
            raise BadInput(f"the snapshot cannot be put at {self.folder}: {error.strerror or error}") from None
        self._clear(_ENDING, path, _KEPT)
