"""Which pages there are: the ids that a whole copy of the site has, room by room."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from tizim.answer.evidence import copies_of, designations
from tizim.answer.official import official_list, official_lists, parts_of, shown_by
from tizim.answer.records import statements as statements_of
from tizim.answer.subjects import LEDGER, Clusters, is_no_subject, subject
from tizim.domain.bulletin_facts import list_of
from tizim.domain.bulletins import version_of
from tizim.domain.dates import AsOf, Basis
from tizim.domain.designations import Designation
from tizim.domain.lists import ListId
from tizim.domain.statements import Property
from tizim.errors import NotFound
from tizim.publish.acts import acts_of
from tizim.publish.audits import offered
from tizim.publish.bulletins import known as bulletins_known
from tizim.publish.changed import ALL, by_span
from tizim.publish.moves import moves_of
from tizim.publish.pages.decisions import known as decisions_known
from tizim.publish.roll import key_of, roll
from tizim.publish.site import Site
from tizim.register.view import Doc, Headline, View

REFERENCE = ListId("un-sc")


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What a copy is to have."""

    lists: tuple[ListId, ...] = ()
    """lists, with those on them and what is said of those; empty: all"""
    of_records: bool = False
    """whether each statement that a document prints of an entry has a page, as each about an act has"""
    answers: tuple[tuple[str, ListId], ...] | None = None
    """questions to be answered, by subject and list; ``None``: those about the subjects that the ledger tells of"""
    days: str = "all"
    """days of lists: ``all`` changes and copies, ``changes`` alone, or ``none``"""


Keys = Callable[[View, Site, AsOf, Choice], Iterable[str]]


def lists(view: View, site: Site, as_of: AsOf, choice: Choice) -> Iterable[str]:  # noqa: ARG001 - as all of them
    """Every list, also those of which nothing is held."""
    return [official_list(view, one).id for one in choice.lists] or list(official_lists(view))


def days(view: View, as_of: AsOf, list_id: str, choice: Choice) -> tuple[str, ...]:
    """The days on which a list changed, and those of its copies, the earliest first."""
    if choice.days == "none":
        return ()
    found = {one.latest for one in moves_of(view, ListId(list_id), as_of)}
    if choice.days == "all":
        found |= {doc.day for one in copies_of(view, ListId(list_id), as_of) for doc in one.line.docs}
    return tuple(sorted(day.isoformat() for day in found))


def subjects(view: View, site: Site, as_of: AsOf, choice: Choice) -> Iterable[str]:  # noqa: ARG001 - as all of them
    """Every subject of which anything was known."""
    clusters = Clusters(view, as_of)
    if choice.lists:
        parts = _parts(view, choice)
        named = {row.subject for part in parts for row in view.headlines_on(part)}
        named |= {one.subject for one in designations(view, as_of, lists=parts)}
    else:
        named = set(view.all_subjects())
    named = {one for one in named if not is_no_subject(one)}
    if view.known_in_part(as_of):
        told = {one.subject for one in designations(view, as_of)}
        shown = {row.subject for row in view.headlines_of(named) if _is_shown(view, row, as_of)}
        named = {one for one in named if one in told or one in shown or one.startswith(LEDGER)}
    return sorted({clusters.id_of(one) for one in named})


def changes(view: View, site: Site, as_of: AsOf, choice: Choice) -> Iterable[str]:  # noqa: ARG001 - as all of them
    """The years and the months in which something changed."""
    return sorted(by_span(view, as_of).keys() - {ALL})


def audits(view: View, site: Site, as_of: AsOf, choice: Choice) -> Iterable[str]:  # noqa: ARG001 - as all of them
    """The audits that are offered, of lists that the copy has."""
    there = set(choice.lists)
    return [one.id for one in offered(view, as_of) if not there or {one.national.id, one.reference.id} <= there]


def decisions(view: View, site: Site, as_of: AsOf, choice: Choice) -> Iterable[str]:  # noqa: ARG001 - as all of them
    """The decisions that were entered by then."""
    return sorted(one.id for one in decisions_known(site, as_of))


def acts(view: View, site: Site, as_of: AsOf, choice: Choice) -> Iterable[str]:  # noqa: ARG001 - as all of them
    """The acts of which statements tell, and the texts under which they were done."""
    found = acts_of(view, as_of)
    if not choice.lists:
        return found.ids
    there = set(_parts(view, choice))
    return [one for one in found.ids if any(told.list in there for told in found.find(one))]


def listings(view: View, site: Site, as_of: AsOf, choice: Choice) -> Iterable[str]:  # noqa: ARG001 - as all of them
    """Every subject on every list that a statement or a copy known has it on."""
    return every_listing(view, as_of, choice)


def every_listing(view: View, as_of: AsOf, choice: Choice | None = None) -> list[str]:
    """The same as list and subject, with two lines between."""
    choice = choice or Choice()
    clusters = Clusters(view, as_of)
    there = set(_parts(view, choice)) if choice.lists else set(official_lists(view))
    found = {
        f"{one.list}--{clusters.id_of(one.subject)}"
        for one in _acts(view, as_of, choice)
        if not is_no_subject(one.subject)
    }
    for list_id in there:
        copies = {one.source: one for one in copies_of(view, list_id, as_of) if list_id in one.lists}
        for row in view.headlines_on(list_id) if copies else ():
            if row.source in copies and copies[row.source].shows(row):
                found.add(f"{list_id}--{clusters.id_of(row.subject)}")
    return sorted(found)


def bulletins(view: View, site: Site, as_of: AsOf, choice: Choice) -> Iterable[str]:
    """The bulletins that readers had, also those withdrawn: about the lists that the copy has."""
    there = set(_parts(view, choice))
    known = bulletins_known(site, as_of)
    return sorted(one.id for one in known if not choice.lists or list_of(version_of(one).facts) in there)


def statements(view: View, site: Site, as_of: AsOf, choice: Choice) -> Iterable[str]:
    """Every statement about an act; those that documents print of entries only if asked for, for they are many."""
    yield from sorted({one.id for one in _acts(view, as_of, choice)})
    if choice.of_records:
        clusters = Clusters(view, as_of)
        for public in subjects(view, site, as_of, choice):
            keys = clusters.of(public if ":" in public else f"{LEDGER}{public}")[0]
            told = statements_of(view, subject(view, keys, (), as_of), as_of)
            yield from sorted({one.id for one in told if one.property is not Property.ACT})


def documents(view: View, site: Site, as_of: AsOf, choice: Choice) -> Iterable[str]:  # noqa: ARG001 - as all of them
    """Every document known; with some lists alone those that show them or tell of them."""
    known = [doc for doc in view.documents() if _was_known(doc, as_of)]
    if choice.lists:
        parts = set(_parts(view, choice))
        told = {one.provenance.sha256 for one in _acts(view, as_of, choice)}
        known = [doc for doc in known if doc.sha256 in told or parts & set(shown_by(doc.source))]
    return sorted({doc.sha256 for doc in known})


def answers(view: View, site: Site, as_of: AsOf, choice: Choice) -> Iterable[str]:
    """The questions to be answered, as list and subject."""
    return [f"{list_id}/{name}" for name, list_id in questions(view, site, as_of, choice)]


def questions(view: View, site: Site, as_of: AsOf, choice: Choice) -> Sequence[tuple[str, ListId]]:
    """The questions that a copy answers: whether a subject was on a list.

    Unless others are given they are about each subject that the ledger tells of: the lists that it was ever on, and
    the United Nations' list, against which others are held. Raises `NotFound` for a list or subject that is unknown.
    """
    there = set(lists(view, site, as_of, choice))
    if choice.answers is not None:
        known = set(subjects(view, site, as_of, choice))
        for name, list_id in choice.answers:
            official_list(view, list_id)
            if name not in known:
                raise NotFound(f"no subject with the id '{name}' can be answered for: give the id of its page")
        return sorted(set(choice.answers))
    clusters = Clusters(view, as_of)
    found = set()
    for one in _acts(view, as_of, choice):
        if one.subject.startswith(LEDGER) and one.subject != f"{LEDGER}*":
            found.add((clusters.id_of(one.subject), one.list))
            found.add((clusters.id_of(one.subject), REFERENCE))
    return sorted(pair for pair in found if pair[1] in there)


def names(view: View, site: Site, as_of: AsOf, choice: Choice) -> Iterable[str]:  # noqa: ARG001 - as all of them
    """Every beginning of names that has a page."""
    return [key_of(one.script, one.beginning) for one in roll(view, site, as_of).places()]


def _acts(view: View, as_of: AsOf, choice: Choice) -> Sequence[Designation]:
    return designations(view, as_of, lists=_parts(view, choice) if choice.lists else None)


def _parts(view: View, choice: Choice) -> list[ListId]:
    """The lists chosen, with those of which they are views."""
    return list(dict.fromkeys(part for one in choice.lists for part in (one, *parts_of(view, one))))


def _is_shown(view: View, row: Headline, as_of: AsOf) -> bool:
    first, end = view.line(row.source, as_of).within(row.first, row.last)
    return first < end


def _was_known(doc: Doc, as_of: AsOf) -> bool:
    return as_of.basis is Basis.PUBLISHED or doc.recorded_at <= as_of.known_at
