"""The archive: the bytes of documents, by their SHA-256, compressed, written before anything is read.

Layout: ``<home>/archive/ab/abcdef….gz`` (gzip). A document of which a value was withheld has
``….redacted.gz`` in its place: the same bytes with the value blacked out.
"""

import gzip
import hashlib
import os
import tempfile
from pathlib import Path

from tizim.errors import Broken, NotFound


class Archive:
    """A folder of documents; putting the same bytes twice is putting them once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Store *data* durably; returns its SHA-256. A cut-off write leaves nothing under the final name."""
        sha256 = hashlib.sha256(data).hexdigest()
        if not self.has(sha256):
            self._write(self._path(sha256), data)
        return sha256

    def has(self, sha256: str) -> bool:
        """Whether the bytes, whole or redacted, are here."""
        return self._path(sha256).exists() or self._redacted(sha256).exists()

    def is_redacted(self, sha256: str) -> bool:
        """Whether a value was withheld from the copy."""
        return self._redacted(sha256).exists()

    def get(self, sha256: str) -> bytes:
        """The bytes (redacted if a value is withheld). Raises `NotFound`, or `Broken` if they were altered."""
        path = self._redacted(sha256) if self.is_redacted(sha256) else self._path(sha256)
        try:
            data = gzip.decompress(path.read_bytes())
        except FileNotFoundError:
            raise NotFound(f"document {sha256[:12]} is not held here") from None
        except (OSError, EOFError) as error:
            raise Broken(f"archived document {path} is damaged: {error}") from error
        if not self.is_redacted(sha256) and hashlib.sha256(data).hexdigest() != sha256:
            raise Broken(f"archived document {path} is not what was kept")
        return data

    def redact(self, sha256: str, data: bytes) -> None:
        """Put *data* in the place of the document's bytes, which are removed."""
        self._write(self._redacted(sha256), data)
        self._path(sha256).unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}.gz"

    def _redacted(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}.redacted.gz"

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(gzip.compress(data, compresslevel=6, mtime=0))
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the new name itself must survive a power cut
        finally:
            os.close(folder)
