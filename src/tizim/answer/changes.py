"""What changed on a list between two days, by what the documents of those days hold."""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from tizim.answer.evidence import Copies, age, copies_of
from tizim.answer.members import members
from tizim.answer.official import official_list, parts_of
from tizim.answer.sheets import entries_on
from tizim.answer.subjects import Clusters
from tizim.domain.dates import AsOf
from tizim.domain.documents import Layer
from tizim.domain.lists import ListId
from tizim.domain.statements import CORE, NOT_AMENDING, Property, amending, differ
from tizim.errors import BadInput, NotFound
from tizim.register.view import Doc, Headline, SightedClaim, View


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One property of an entry, before and after; withheld values show as ``(withheld)``."""

    property: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that came, went or was amended."""

    reference: str
    subject: str
    name: str
    list: str
    changes: tuple[Change, ...] = ()


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """The difference between two days; ``from_document`` and ``to_document`` are the days of the
    copies compared (``None`` for a list of which only statements are held).
    """

    list: ListId
    as_of: AsOf
    from_day: dt.date
    to_day: dt.date
    from_document: dt.date | None
    to_document: dt.date | None
    amendments_compared: bool
    """whether both days were seen in copies of one form, so that what entries say could be compared"""
    stale: bool
    """whether the newer day lies further from its document than the source's rhythm"""
    added: tuple[Changed, ...]
    gone: tuple[Changed, ...]
    amended: tuple[Changed, ...]


def difference(view: View, list_id: ListId, first: dt.date, second: dt.date, as_of: AsOf) -> Difference:
    """What changed between the ends of the days *first* and *second*.

    Raises `BadInput` if the days stand in the wrong order, `NotFound` if no document is old enough.
    """
    if second < first:
        raise BadInput(f"--from {first} is later than --to {second}")
    lists = parts_of(view, list_id)
    copies = [whole for one in copies_of(view, list_id, as_of) if (whole := one.complete()).line.docs]
    if not copies:
        return _by_members(view, list_id, first, second, as_of)
    added: list[Changed] = []
    gone: list[Changed] = []
    amended: list[Changed] = []
    days: tuple[dt.date | None, dt.date | None] = (None, None)
    official = official_list(view, list_id)
    _, stale = age(view, official, msgspec.structs.replace(as_of, valid_at=second), copies, [])
    pairs = _pairs(copies, lists, first, second)
    if not pairs:
        earliest = min(one.line.docs[0].day for one in copies)
        raise NotFound(f"no document of {list_id} is held from {first} or before: the first is of {earliest}")
    ends = _newest(copies, first), _newest(copies, second)
    if all(old.moment == new.moment for _, _, old, new in pairs) and ends[0][1].day != ends[1][1].day:
        return _by_subjects(view, list_id, (first, second), ends, as_of, stale=stale)
    for one, part, old, new in pairs:
        days = (min(old.day, days[0] or old.day), max(new.day, days[1] or new.day))
        before = {row.entry_id: row for row in _shown_by(view, one.source, part, old)}
        after = {row.entry_id: row for row in _shown_by(view, one.source, part, new)}
        added += [_changed(row) for number, row in after.items() if number not in before]
        gone += [_changed(row) for number, row in before.items() if number not in after]
        # Between two copies it is the same for all days that they stand for: a list has few copies.
        key = (one.source, tuple(part), old.id, new.id, view.knowledge(as_of))
        compare = functools.partial(_amended, view, one.source, old, new, before, after, as_of)
        amended += view.shared.recent("amended", key, compare, _COMPARED)
    return Difference(
        list=list_id, as_of=as_of, from_day=first, to_day=second, from_document=days[0], to_document=days[1],
        amendments_compared=True, stale=stale,
        added=_sorted(added), gone=_sorted(gone), amended=_sorted(amended),
    )  # fmt: skip


_COMPARED: Final = 64
"""pairs of copies of which is remembered what entries say differently"""


def _shown_by(view: View, source: str, lists: Sequence[ListId], doc: Doc) -> Iterator[Headline]:
    """The headlines of *lists* that a document of a line shows."""
    for list_id in lists:
        for one in entries_on(view, list_id):
            if one.source == source:
                yield from (row for row in one.rows if row.first <= doc.moment <= row.last)


def _newest(copies: Sequence[Copies], day: dt.date) -> tuple[Copies, Doc]:
    """The last copy up to the end of *day*, of whatever form, with its line."""
    held = [(one, last) for one in copies if (last := one.line.around(day)[0]) is not None]
    return max(held, key=lambda pair: pair[1].instant)


def _by_subjects(
    view: View,
    list_id: ListId,
    days: tuple[dt.date, dt.date],
    ends: tuple[tuple[Copies, Doc], tuple[Copies, Doc]],
    as_of: AsOf,
    *,
    stale: bool,
) -> Difference:
    """Of a list whose two days are shown by two forms: whose subjects one copy shows and the other does not."""
    clusters = Clusters(view, as_of)
    sides = [
        {clusters.id_of(row.subject): row for row in _shown_by(view, one.source, one.lists, doc)} for one, doc in ends
    ]
    return Difference(
        list=list_id, as_of=as_of, from_day=days[0], to_day=days[1],
        from_document=ends[0][1].day, to_document=ends[1][1].day, amendments_compared=False, stale=stale,
        added=_sorted([_changed(row) for one, row in sides[1].items() if one not in sides[0]]),
        gone=_sorted([_changed(row) for one, row in sides[0].items() if one not in sides[1]]), amended=(),
    )  # fmt: skip


def _pairs(
    copies: Sequence[Copies], lists: Sequence[ListId], first: dt.date, second: dt.date
) -> list[tuple[Copies, list[ListId], Doc, Doc]]:
    """For each list the line of documents to compare, with its copies of the two days: of lines that hold
    copies of both days, the one whose copies are the nearest to them. Documents of two lines are not compared.
    """
    found: dict[str, tuple[Copies, list[ListId], Doc, Doc]] = {}
    for list_id in lists:
        held = [
            (one, old, new)
            for one in copies
            if list_id in one.lists
            and (old := one.line.around(first)[0]) is not None
            and (new := one.line.around(second)[0]) is not None
        ]
        if held:
            one, old, new = max(held, key=lambda pair: (pair[2].day, pair[1].day))
            found.setdefault(one.source, (one, [], old, new))[1].append(list_id)
    return list(found.values())


def _amended(
    view: View,
    source: str,
    old: Doc,
    new: Doc,
    before: dict[int, Headline],
    after: dict[int, Headline],
    as_of: AsOf,
) -> list[Changed]:
    """Entries in both documents of which a normalised field says something else; prose and layout do not count."""
    if old.moment == new.moment:
        return []
    whole = view.covered(old, Layer.REST, as_of) and view.covered(new, Layer.REST, as_of)
    sides: dict[int, dict[Property, tuple[list[SightedClaim], list[SightedClaim]]]] = defaultdict(dict)
    for claim in view.differing(source, old.moment, new.moment):
        prop = Property(claim.property)
        if claim.entry_id not in before or claim.entry_id not in after or not (whole or prop in CORE):
            continue
        if prop in NOT_AMENDING:
            continue
        was, now = sides[claim.entry_id].setdefault(prop, ([], []))
        (was if claim.first <= old.moment <= claim.last else now).append(claim)
    dated = view.saying(Property.AMENDED_ON, old.moment, sides) & view.saying(Property.AMENDED_ON, new.moment, sides)
    amended = []
    for number, props in sides.items():
        differing = [prop for prop, (was, now) in props.items() if differ(prop, _told(was), _told(now))]
        counting = amending(differing, dated=number in dated)
        if counting:
            amended.append(_changed(after[number], tuple(_change(prop, *props[prop]) for prop in sorted(differing))))
    return amended


def _told(side: Sequence[SightedClaim]) -> list[tuple[str | None, str]]:
    return [(claim.value, claim.facets.get("quality", "")) for claim in side]


def _change(prop: Property, was: Sequence[SightedClaim], now: Sequence[SightedClaim]) -> Change:
    before, after = (tuple(sorted(_shown(claim.value, claim.facets) for claim in side)) for side in (was, now))
    return Change(property=prop.value, before=before, after=after)


def _shown(value: str | None, facets: dict[str, str]) -> str:
    if value is None:
        return "(withheld)"
    extra = ", ".join(f"{key}: {text}" for key, text in sorted(facets.items()) if key != "script")
    return f"{value} ({extra})" if extra else value


def _changed(row: Headline, changes: tuple[Change, ...] = ()) -> Changed:
    return Changed(reference=row.reference, subject=row.subject, name=row.name, list=row.list, changes=changes)


def _sorted(found: list[Changed]) -> tuple[Changed, ...]:
    return tuple(sorted(found, key=lambda one: (one.list, one.reference, one.subject)))


def _by_members(view: View, list_id: ListId, first: dt.date, second: dt.date, as_of: AsOf) -> Difference:
    """For a list of which no copy is held: by the statements about its members."""
    sides = [members(view, list_id, msgspec.structs.replace(as_of, valid_at=day)) for day in (first, second)]
    made = [
        {m.subject: Changed(reference=m.reference, subject=m.subject, name=m.name, list=m.list) for m in side.members}
        for side in sides
    ]
    return Difference(
        list=list_id, as_of=as_of, from_day=first, to_day=second, from_document=None, to_document=None,
        amendments_compared=False, stale=sides[1].stale,
        added=_sorted([one for s, one in made[1].items() if s not in made[0]]),
        gone=_sorted([one for s, one in made[0].items() if s not in made[1]]), amended=(),
    )  # fmt: skip
