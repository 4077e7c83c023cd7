"""From bytes to records: the file of the form 1.1 (``export``). Experimental: by notes on its form, none is held."""

import datetime as dt
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused
from tizim.sources.eu.read_old import records_of
from tizim.sources.protocol import Hints
from tizim.sources.xml import parse, tag_of

SOURCE_ID: Final = "eu-fsf"
ADDRESS: Final = (
    "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw"
)
"""The token is the publisher's public one."""
_ROOT, _ENTRY, _KEY = "export", "sanctionEntity", "logicalId"
_MAX_BYTES: Final = 128 * 1024 * 1024
"""Five times the file of today."""
_MAX_MARKS: Final = 8_000_000
_MAX_DEPTH: Final = 6


def read(data: bytes, name: str, _: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document; anything less is `SourceRefused`."""
    root = parse(data, name, max_bytes=_MAX_BYTES, max_marks=_MAX_MARKS)
    if tag_of(root) != _ROOT:
        raise SourceRefused(f"{name}: the root element is {tag_of(root)}, not {_ROOT}: another document")
    printed = root.get("generationDate", "").strip()
    try:
        moment = dt.datetime.fromisoformat(printed)
        instant = moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        raise SourceRefused(f"{name}: {_ROOT}/@generationDate {printed[:40]!r} is not a date and time") from None
    records = records_of(root, name, entry=_ENTRY, key=_KEY, depth=_MAX_DEPTH)
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=moment.date(),
        instant=instant,
        url=ADDRESS,
        media_type="application/xml",
        title=f"European Union consolidated list of financial sanctions (XML 1.1, experimental), {moment.date()}",
        entries=len(records),
        complete=True,
    )
    return facts, records
