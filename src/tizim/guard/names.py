"""Names: attested spellings of those whom the register knows, letters for all others.

A name that the register knows must be in the translation in a spelling that is attested there (``known_names``). One
that nobody knows must be there letter by letter, as the other script or language writes it (``unknown_names``). A name
close to that and not it is garbled; a name that is not there at all is told only where the text leaves no doubt that it
is a name.
"""

from collections.abc import Iterator

from tizim.guard.attested import Whole
from tizim.guard.findings import Finding
from tizim.guard.known_names import check_known
from tizim.guard.sides import Part
from tizim.guard.unknown_names import check_han, check_unknown
from tizim.news.known import Known


def check(source: Part, target: Part, known: Known, texts: Whole) -> Iterator[Finding]:
    """Names that are garbled, swapped or lost."""
    taken: set[int] = set()
    told: set[int] = set()
    for finding, place in check_known(source, target, known, texts, taken):
        if place not in told:
            told.add(place)
            yield finding
    if source.side.language.letters or target.side.language.letters:
        yield from check_han(source, target, taken)
        return
    if source.side.language.capitals:
        yield from check_unknown(source, target, taken, told, is_turned=False)
    elif target.side.language.capitals:
        yield from check_unknown(target, source, taken, told, is_turned=True)
