"""The archive: the bytes of documents, by their SHA-256, compressed, written before anything is read.

Layout: ``<home>/archive/ab/abcdef….gz`` (gzip). A document of which a value was withheld has
``….redacted.gz`` in its place: the same bytes with the value blacked out. ``<home>/archive/withheld/``
holds redacted copies whose act is not in the log yet, and the empty files ``copies`` and ``store`` while
either is still to be put right; the next writer does it (see ``withhold.py``).
"""

import fcntl
import gzip
import hashlib
import os
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from tizim.errors import Broken, NotFound

_PART = ".part-"


class Archive:
    """A folder of documents; putting the same bytes twice is putting them once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._staged = folder / "withheld"
        self._copies = self._staged / "copies"
        self._store = self._staged / "store"

    def put(self, data: bytes) -> str:
        """Store *data* durably; returns its SHA-256. A cut-off write leaves nothing under the final name."""
        sha256 = hashlib.sha256(data).hexdigest()
        if not self.has(sha256):
            _write(self._path(sha256), data)
        return sha256

    def has(self, sha256: str) -> bool:
        """Whether the bytes, whole or redacted, are here."""
        return self._path(sha256).exists() or self._redacted(sha256).exists()

    def is_redacted(self, sha256: str) -> bool:
        """Whether a value was withheld from the copy."""
        return self._redacted(sha256).exists()

    def get(self, sha256: str) -> bytes:
        """The bytes (redacted if a value is withheld). Raises `NotFound`, or `Broken` if they were altered."""
        redacted = self.is_redacted(sha256)
        path = self._redacted(sha256) if redacted else self._path(sha256)
        try:
            data = gzip.decompress(path.read_bytes())
        except FileNotFoundError:
            raise NotFound(f"document {sha256[:12]} is not held here") from None
        except (OSError, EOFError, zlib.error) as error:
            raise Broken(f"archived document {path} is damaged: {error}") from error
        if not redacted and hashlib.sha256(data).hexdigest() != sha256:
            raise Broken(f"archived document {path} is not what was kept")
        return data

    # -- withholding -----------------------------------------------------------------------------

    def begin(self, redacted: Mapping[str, bytes], *, store: bool) -> None:
        """Put redacted copies aside until the act that orders them is in the log.

        *store* says that the store holds bytes of the values too.
        """
        if store:
            _write(self._store, b"")
        if redacted:
            _write(self._copies, b"")
        for sha256, data in redacted.items():
            _write(self._staged / f"{sha256}.gz", data)

    @property
    def copies_begun(self) -> bool:
        """Whether redacted copies may wait for their documents' places."""
        return self._copies.exists()

    @property
    def store_begun(self) -> bool:
        """Whether the store may still hold bytes of values withheld."""
        return self._store.exists()

    def store_done(self) -> None:
        """The store was rewritten."""
        self._store.unlink(missing_ok=True)
        _sync(self._staged)

    def settle(self, ordered: Mapping[str, str]) -> None:
        """Put each staged copy in its document's place if *ordered* has its digest; drop the others.

        *ordered* maps documents to the digests of their newest redacted copies, out of the log. Also
        removes what writers that were cut off left behind.
        """
        for staged in sorted(self._staged.glob("*.gz")):
            sha256 = staged.name.removesuffix(".gz")
            data = gzip.decompress(staged.read_bytes())
            if ordered.get(sha256) != hashlib.sha256(data).hexdigest():
                staged.unlink(missing_ok=True)
                continue
            staged.replace(self._redacted(sha256))
            _sync(self._redacted(sha256).parent)
        for redacted in self._folder.glob("*/*.redacted.gz"):
            # Someone may have kept the whole document again.
            whole = self._path(redacted.name.removesuffix(".redacted.gz"))
            if whole.exists():
                whole.unlink()
                _sync(whole.parent)
        for part in self._folder.glob(f"*/{_PART}*"):
            _remove_if_abandoned(part)
        self._copies.unlink(missing_ok=True)
        _sync(self._staged)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}.gz"

    def _redacted(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}.redacted.gz"


def _write(path: Path, data: bytes) -> None:
    if not path.parent.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _sync(path.parent.parent)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=_PART)
    try:
        with os.fdopen(descriptor, "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # says that its writer lives
            file.write(gzip.compress(data, compresslevel=6, mtime=0))
            file.flush()
            os.fsync(file.fileno())
            Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _remove_if_abandoned(part: Path) -> None:
    """Remove the beginning of a file whose writer was killed."""
    try:
        with part.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink(missing_ok=True)
    except (FileNotFoundError, BlockingIOError):
        return  # gone, or being written


def _sync(folder: Path) -> None:
    """Names in *folder* survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
