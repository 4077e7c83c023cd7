"""The guards: a document with far fewer entries than its neighbour, with more or fewer than any before, that lacks an
element every document has, or of which much was not understood waits for a person.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceSuspicious
from tizim.register.view import Doc
from tizim.sources.protocol import Part


def check_drop(facts: DocumentFacts, held: Sequence[Doc], max_drop: float) -> None:
    """Raise `SourceSuspicious` if the number of entries falls too far below the nearest document's.

    Nearest is meant in document time, before or after; the whole document counts, not a regime of
    it (regimes do empty: that is reported, not refused).
    """
    others = [doc for doc in held if doc.source == facts.source and doc.sha256 != facts.sha256]
    if not others:
        return
    nearest = min(others, key=lambda doc: (abs((doc.instant - facts.instant).total_seconds()), doc.sha256))
    if nearest.entries and facts.entries < nearest.entries * (1 - max_drop):
        fall = 1 - facts.entries / nearest.entries
        raise SourceSuspicious(
            f"{facts.entries} entries, {fall:.0%} fewer than the {nearest.entries} of the nearest document held"
            f" ({nearest.day}): set aside; if the drop is real, keep it with --accept-drop"
        )


def check_band(facts: DocumentFacts, part: Part) -> None:
    """Raise `SourceSuspicious` if the number of entries lies outside what the source's documents have had."""
    fewest, most = part.band
    if not fewest <= facts.entries <= most:
        raise SourceSuspicious(
            f"{facts.entries} entries, expected are {fewest:,} to {most:,}: set aside; if the document is whole,"
            " keep it with --accept-drop"
        )


_COUNT: Final = re.compile(r"\[\d+\]")


def check_required(records: Iterable[Record], required: Sequence[str]) -> None:
    """Raise `SourceSuspicious` if none of the *records* has one of the *required* elements.

    That one entry lacks it says something of that entry; that all do says that the publisher calls it otherwise.
    """
    missing = dict.fromkeys(required)
    for record in records:
        if not missing:
            return
        for name, _ in record.fields:
            missing.pop(_COUNT.sub("", name), None)
    if missing:
        raise SourceSuspicious(
            f"no entry has {' or '.join(missing)}, which this list always has: the form of the list has changed; set"
            " aside; to keep it all the same, use --accept-drop"
        )


def check_names(readings: Sequence[EntryReading]) -> None:
    """Raise `SourceSuspicious` if more than a few entries have no name: names now stand where none is looked for."""
    nameless = [entry.key for entry in readings if not any(claim.property is Property.NAME for claim in entry.claims)]
    if len(nameless) > len(readings) * _MAX_NAMELESS:
        raise SourceSuspicious(
            f"{len(nameless):,} of {len(readings):,} entries have no name, the first is {nameless[0]}: the form of the"
            " list has changed; set aside; to keep it all the same, use --accept-drop"
        )


_MAX_NAMELESS: Final = 0.05
"""share of the entries; of those of the documents held at most two in four thousand have none"""


def check_unread(unread: int, values: int, max_unread: float) -> None:
    """Raise `SourceSuspicious` if too great a share of the *values* was not understood: the form has changed."""
    if unread > max(_FEW, values * max_unread):
        raise SourceSuspicious(
            f"{unread:,} of {values:,} values were not understood ({unread / values:.0%}, at most {max_unread:.0%} is"
            " usual): the form of the list has changed; set aside; to keep it all the same, with those values"
            " as unread, use --accept-drop"
        )


_FEW = 20
"""unread values that are no sign of anything, however small the document"""
