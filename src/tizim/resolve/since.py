"""Which subjects a later part of the register tells of: a new document only costs its own candidates."""

import datetime as dt

import msgspec

from tizim.domain.dates import AsOf, Basis
from tizim.domain.documents import Layer
from tizim.domain.statements import Property
from tizim.register.view import View
from tizim.sources import judgements

_COMPARED = frozenset({
    Property.NAME, Property.ORIGINAL_NAME, Property.ALIAS, Property.KIND, Property.BIRTH_DATE, Property.BIRTH_YEAR,
    Property.NATIONALITY, Property.COUNTRY, Property.ADDRESS, Property.GENDER, Property.IDENTIFIER,
})  # fmt: skip
"""what subjects are compared by"""


def moment_of(view: View, row: int) -> dt.datetime:
    """When the last document up to *row* of the register was recorded; before all of them if there is none."""
    earlier = [doc.recorded_at for doc in view.documents() if doc.id <= row]
    return max(earlier, default=dt.datetime.min.replace(tzinfo=dt.UTC))


def told_since(view: View, moment: dt.datetime, as_of: AsOf) -> frozenset[str]:
    """Subjects of which a document recorded after *moment* says what the one beside it does not: a name, or another
    of the things that subjects are compared by.
    """
    then = msgspec.structs.replace(as_of, known_at=moment, basis=Basis.RECORDED)
    found: set[str] = set()
    for source in view.lines_held():
        if source == judgements.SOURCE.info.id:
            continue  # says who is who, and nothing of anybody
        for layer in Layer:
            found |= _told(view, source, layer, then, as_of)
    return frozenset(found)


def _told(view: View, source: str, layer: Layer, then: AsOf, now: AsOf) -> set[str]:
    held = set(view.line(source, then, layer).moments)
    docs = view.line(source, now, layer).docs
    new = [doc.moment not in held for doc in docs]
    if not any(new):
        return set()
    subjects = {number: subject for number, (_, subject) in view.entries(source).items()}
    if all(new):
        return set(subjects.values())
    old = new.index(False)
    found: set[str] = set()
    for at, doc in enumerate(docs):
        if new[at]:  # compared with its neighbour on the side of one that was known
            beside = docs[at - 1 if at > old else at + 1]
            found |= {
                subjects[claim.entry_id]
                for claim in view.differing(source, *sorted((beside.moment, doc.moment)))
                if claim.first <= doc.moment <= claim.last and Property(claim.property) in _COMPARED
            }
    return found
