"""The drop guard: a document with far fewer entries than its neighbour waits for a person."""

from collections.abc import Sequence

from tizim.domain.documents import DocumentFacts
from tizim.errors import SourceSuspicious
from tizim.register.view import Doc


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
