"""What a register says, in plain values that two registers can be compared by.

Numbers that depend on the order of keeping (ids of entries and claims, places in the log) are left out.
"""

from typing import Any

import sqlalchemy as sa

from tizim.domain.dates import AsOf
from tizim.domain.documents import Layer
from tizim.domain.statements import Property
from tizim.register import schema as t
from tizim.register.projector import LAYER_OF
from tizim.register.sql import SqlRegister
from tizim.register.view import Doc, View

FACTS = (Property.ACT, Property.JUDGEMENT, Property.RULE, Property.MEASURE, Property.CLAIM)

Said = dict[str, Any]


def everything(register: SqlRegister, as_of: AsOf | None = None) -> Said:
    """All that the register says, now or as was known at a moment."""
    with register.view() as view:
        return said_by(view, as_of)


def said_by(view: View, as_of: AsOf | None = None) -> Said:
    """All that one reading of the register says."""
    subjects = view.all_subjects()
    sources = sorted({doc.source for doc in view.documents()})
    lines = {source: _known(view, source, as_of) for source in sources}
    claims = view.claims(subjects)
    entries = {number: pair for source in sources for number, pair in view.entries(source).items()}
    source_of = {number: source for source in sources for number in view.entries(source)}
    headlines = view.headlines_of(subjects)
    lists = sorted({row.list for row in headlines})
    memberships = view.memberships(lists, set(entries))
    documents: Said = {}
    for source, docs in lines.items():
        for doc in docs:
            layers = {layer.value for layer in Layer if view.covered(doc, layer, as_of)}
            documents[source, str(doc.day), doc.sha256] = {
                "layers": layers,
                "claims": {
                    (*entries[row.entry_id], row.property, row.value, tuple(row.facets.items()))
                    for row in claims
                    if source_of[row.entry_id] == source and row.first <= doc.moment <= row.last
                    if Layer(_layer_of(row.property)).value in layers
                },
                "headlines": sorted(
                    (row.list, row.subject, row.reference, row.name, row.kind, row.listed_on, row.reviewed_on)
                    for row in headlines
                    if source_of[row.entry_id] == source and row.first <= doc.moment <= row.last
                ),
                "members": {
                    (list_id, *entries[number])
                    for (list_id, number), spans in memberships.items()
                    if source_of[number] == source
                    if any(first <= doc.moment <= last for first, last in spans)
                },
            }
    shas = {doc.id: doc.sha256 for doc in view.documents()}
    return {
        "documents": documents,
        "facts": sorted(
            (
                fact.property, fact.subject, fact.list, fact.other, fact.published, fact.value, fact.claim_key,
                tuple(fact.facets.items()), shas[fact.document_id],
            )
            for prop in FACTS
            for fact in view.facts(prop, as_of)
        ),
    }  # fmt: skip


def periods(register: SqlRegister) -> set[tuple[str, str, int, str]]:
    """How often each entry was on its lists, and the day on which each period begins."""
    with register.view() as view:
        day_of = {doc.moment: str(doc.day) for doc in view.documents()}
        return {
            (row.list, row.reference, row.periods, day_of.get(row.period_first, "from the start"))
            for row in view.headlines_of(view.all_subjects())
        }


def names(register: SqlRegister) -> list[tuple[str, ...]]:
    """Every name, by subject."""
    with register.view() as view:
        return sorted((n.subject, n.folded, n.text, n.property) for n in view.names_of(view.all_subjects()))


def relations(register: SqlRegister) -> set[tuple[str, ...]]:
    """Every relation that a list prints, by the subject it points to."""
    with register.view() as view:
        found = view.relations(view.all_subjects())
        return {(fact.subject, fact.other, fact.value, fact.facets.get("phrase", "")) for fact, _, _, _ in found}


def projections(register: SqlRegister) -> Said:
    """Every row of every projection, as it is stored."""
    with register.view() as view:
        connection = view._db
        return {
            table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for table in t.PROJECTIONS
        }


def _known(view: View, source: str, as_of: AsOf | None) -> tuple[Doc, ...]:
    if as_of is None:
        return tuple(doc for doc in view.documents() if doc.source == source)
    return view.line(source, as_of).docs


def _layer_of(prop: str) -> int:
    return LAYER_OF[prop]
