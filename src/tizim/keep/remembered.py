"""What was fetched last from each address: a small JSON file for each line of documents.

Layout: ``<home>/fetched/<line>.json``, the slash in a line's name written as ``+``. The register and the
archive hold what counts; these files only spare fetching what is held. A lost or damaged one costs a
download, nothing else.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from tizim.sources.fetch import Known
from tizim.sources.replacing import replace


class Remembered(msgspec.Struct, frozen=True, kw_only=True):
    """One address: the document last kept from it, and what came of the last try."""

    outcome: str
    """of the last try; the words of ``update``"""
    reason: str
    tried_at: dt.datetime
    seen_at: dt.datetime | None = None
    """when the document kept was last seen to be the newest one; ``None`` where none was ever kept"""
    retrieved_at: dt.datetime | None = None
    """when its bytes came"""
    from_url: str = ""
    """where they came from, after redirects"""
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    """of the bytes fetched"""
    document: str = ""
    """SHA-256 of the document in the register, which differs where what is fetched is compressed"""
    size: int = 0

    @property
    def known(self) -> Known:
        """What to ask the publisher with."""
        return Known(etag=self.etag, last_modified=self.last_modified)


class _File(msgspec.Struct, frozen=True, kw_only=True):
    line: str
    addresses: dict[str, Remembered]


class Memory:
    """The folder of these files. *say* is told what cannot be read or written; nothing is raised for it."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self._folder, self._say = folder, say

    def recall(self, line: str) -> Mapping[str, Remembered]:
        """What is remembered of a line, by address; empty where nothing is, or nothing that can be read."""
        path = self._path(line)
        try:
            read = msgspec.json.decode(path.read_bytes(), type=_File)
            if all(_is_sound(one) for one in read.addresses.values()):
                return read.addresses
            reason = "a moment without a time zone"
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.MsgspecError, ValueError) as error:
            reason = str(error)
        self._say(f"{path}: what was fetched last cannot be read, so all of {line} is fetched anew: {reason}")
        return {}

    def remember(self, line: str, addresses: Mapping[str, Remembered]) -> None:
        """Replace what is remembered of a line, whole or not at all."""
        path = self._path(line)
        data = msgspec.json.format(msgspec.json.encode(_File(line=line, addresses=dict(addresses))), indent=1)
        try:
            replace(path, data)
        except OSError as error:
            self._say(f"{path}: what was fetched cannot be remembered: {error}")

    def _path(self, line: str) -> Path:
        return self._folder / f"{line.replace('/', '+')}.json"


def _is_sound(one: Remembered) -> bool:
    return all(moment is None or moment.tzinfo for moment in (one.tried_at, one.seen_at, one.retrieved_at))
