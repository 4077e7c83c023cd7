"""The manifest of a copy: which files are ours, what each page rests on, and how far the register went.

It lies in the copy itself, in a folder of its own, and is an SQLite file, so that whatever stops a run leaves it as
it was after the last whole step. A file is noted before it comes into its place, so that none of ours is ever unknown.
"""

import fcntl
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from tizim.errors import BadInput, Broken, Busy

FOLDER: Final = ".tizim-publish"
_FILE: Final = "manifest.sqlite"
_FORMAT: Final = "1"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS told (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS page (
    name TEXT PRIMARY KEY, catalogues TEXT NOT NULL, known TEXT NOT NULL, stale INTEGER NOT NULL, words BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, page TEXT NOT NULL, digest BLOB NOT NULL, size INTEGER NOT NULL, coming INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS file_by_page ON file (page);
CREATE TABLE IF NOT EXISTS word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS mark (
    line TEXT NOT NULL, word TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (line, word)
) WITHOUT ROWID;
"""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A page as the manifest has it."""

    catalogues: str
    known: str
    stale: bool
    words: Sequence[int]


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a page: its place in the copy, the digest of its bytes and how many there are."""

    path: str
    digest: bytes
    size: int


class Manifest:
    """The manifest of the copy in a folder."""

    def __init__(self, out: Path) -> None:
        self._db = sqlite3.connect(out / FOLDER / _FILE, isolation_level=None)
        try:
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(_SCHEMA)
            format_ = self.told("format", _FORMAT)
            self.tell(format=format_)
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise Broken(
                f"the manifest {out / FOLDER / _FILE} is damaged ({error}): publish into an empty folder"
            ) from None
        if format_ != _FORMAT:
            self._db.close()
            raise BadInput(f"{out} was written by another version of tizim: publish into an empty folder")
        self._words: dict[str, int] = dict(self._db.execute("SELECT word, id FROM word"))

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def step(self) -> Iterator[None]:
        """All of it or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # -- what is told of the copy as a whole -----------------------------------------------------

    def told(self, name: str, default: str = "") -> str:
        """A value by its name."""
        found = self._db.execute("SELECT value FROM told WHERE name = ?", (name,)).fetchone()
        return default if found is None else str(found[0])

    def tell(self, **values: str) -> None:
        """Set values by their names."""
        self._db.executemany("INSERT OR REPLACE INTO told VALUES (?, ?)", list(values.items()))

    # -- pages -----------------------------------------------------------------------------------

    def pages(self) -> dict[str, Kept]:
        """Every page."""
        found = {}
        for name, catalogues, known, stale, words in self._db.execute("SELECT * FROM page"):
            own = array("I")
            own.frombytes(words)
            found[str(name)] = Kept(catalogues=catalogues, known=known, stale=bool(stale), words=own)
        return found

    def resting_on(self, words: Iterable[str]) -> frozenset[int]:
        """The numbers of those words that some page rests on."""
        return frozenset(self._words[word] for word in words if word in self._words)

    def make_stale(self, names: Iterable[str]) -> None:
        """These pages are to be made anew."""
        self._db.executemany("UPDATE page SET stale = 1 WHERE name = ?", [(name,) for name in names])

    def make_all_stale(self) -> None:
        """Every page is to be made anew."""
        self._db.execute("UPDATE page SET stale = 1")

    def made(self, name: str, catalogues: str, known: str, words: Iterable[str], *, besides: bool) -> None:
        """A page was made, and its files are in their places; *besides* what it rested on before, as some stayed."""
        numbers = {self._number(word) for word in words}
        if besides:
            before = array("I")
            before.frombytes(self._db.execute("SELECT words FROM page WHERE name = ?", (name,)).fetchone()[0])
            numbers.update(before)
        own = array("I", sorted(numbers))
        self._db.execute(
            "INSERT OR REPLACE INTO page VALUES (?, ?, ?, 0, ?)", (name, catalogues, known, own.tobytes())
        )  # fmt: skip

    def stamped(self, name: str, known: str) -> None:
        """The day of knowing of a page was brought up to date."""
        self._db.execute("UPDATE page SET known = ? WHERE name = ?", (known, name))

    def _number(self, word: str) -> int:
        found = self._words.get(word)
        if found is None:
            found = self._words[word] = len(self._words) + 1
            self._db.execute("INSERT INTO word VALUES (?, ?)", (found, word))
        return found

    def forget(self, name: str) -> None:
        """A page is no longer of the copy; its files are gone."""
        self._db.execute("DELETE FROM page WHERE name = ?", (name,))

    # -- files -----------------------------------------------------------------------------------

    def files(self) -> Iterator[tuple[str, str, int, bool]]:
        """Path, page and size of every file, and whether it was still to come into its place."""
        for path, page, size, coming in self._db.execute("SELECT path, page, size, coming FROM file"):
            yield path, page, size, bool(coming)

    def files_of(self, page: str) -> dict[str, File]:
        """The files of a page by their paths; one still to come has no digest."""
        rows = self._db.execute("SELECT path, digest, size, coming FROM file WHERE page = ?", (page,))
        return {
            path: File(path=path, digest=b"" if coming else digest, size=size) for path, digest, size, coming in rows
        }

    def coming(self, page: str, files: Iterable[File]) -> None:
        """These files are about to come into their places. Raises `Broken` where one is another page's."""
        for one in files:
            other = self._db.execute("SELECT page FROM file WHERE path = ? AND page <> ?", (one.path, page)).fetchone()
            if other is not None:
                raise Broken(f"two pages would be one file, {one.path}: {other[0]} and {page}")
            self._db.execute(
                "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, 1)", (one.path, page, one.digest, one.size)
            )

    def there(self, files: Iterable[File]) -> None:
        """They are in their places."""
        self._db.executemany("UPDATE file SET coming = 0 WHERE path = ?", [(one.path,) for one in files])

    def gone(self, paths: Iterable[str]) -> None:
        """These files are no longer there."""
        self._db.executemany("DELETE FROM file WHERE path = ?", [(path,) for path in paths])

    def count(self) -> tuple[int, int, int]:
        """How many pages and files the copy has, and how many bytes."""
        pages = self._db.execute("SELECT count(*) FROM file WHERE path LIKE '%.html'").fetchone()[0]
        files, size = self._db.execute("SELECT count(*), coalesce(sum(size), 0) FROM file").fetchone()
        return pages, files, size

    # -- marks -----------------------------------------------------------------------------------

    def remark(self, line: str, marks: Mapping[str, str]) -> set[str]:
        """Put *marks* in the place of those of a line; returns the words whose marks differ."""
        old = dict(self._db.execute("SELECT word, digest FROM mark WHERE line = ?", (line,)))
        differing = {word for word in old.keys() | marks.keys() if old.get(word) != marks.get(word)}
        gone = [(line, word) for word in differing if word not in marks]
        come = [(line, word, marks[word]) for word in differing if word in marks]
        self._db.executemany("DELETE FROM mark WHERE line = ? AND word = ?", gone)
        self._db.executemany("INSERT OR REPLACE INTO mark VALUES (?, ?, ?)", come)
        return differing

    def unmark(self) -> None:
        """Forget every mark."""
        self._db.execute("DELETE FROM mark")


@contextmanager
def opened(out: Path) -> Iterator[Manifest]:
    """The manifest of a copy, for one run at a time. A folder that is empty or new becomes a copy.

    Raises `BadInput` for a folder that has other files, or is none; `Busy` while another run is at work.
    """
    try:
        if out.exists() and not (out / FOLDER).is_dir():
            if not out.is_dir():
                raise BadInput(f"{out} is no folder: name one that is empty or does not exist")
            if any(out.iterdir()):
                raise BadInput(
                    f"{out} has files that 'tizim publish' did not write: name an empty folder, or one that it filled"
                )
        (out / FOLDER).mkdir(parents=True, exist_ok=True)
        lock = (out / FOLDER / "lock").open("w")
    except OSError as error:
        raise BadInput(f"nothing can be written to {out}: {error.strerror or error}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy(f"another run publishes into {out}: try again when it has finished") from None
        manifest = Manifest(out)
        try:
            yield manifest
        finally:
            manifest.close()
