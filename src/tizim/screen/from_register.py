"""Entities from the register: who is on which list on a day, as known on a day.

They are worked out of claims (``of_claims``), or are what an earlier reading left (``renewed``). Members and their
states are those of `tizim.answer.members`: who was taken off a list is on none here, and what was last seen long ago
says so in the status of its listing. A view of the register in, values out.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Final

import msgspec

from tizim.answer.members import Member, members
from tizim.answer.official import official_lists, parts_of
from tizim.domain.dates import AsOf
from tizim.domain.lists import ListId, OfficialList
from tizim.ftm import MODEL
from tizim.register.view import View
from tizim.screen.entities import Dataset, dataset_name
from tizim.screen.of_claims import worked_out
from tizim.screen.readings import Begun, Readings
from tizim.screen.renewed import Earlier, begun_by, earlier_of, renewed
from tizim.screen.snapshot import About, Progress, Snapshot
from tizim.screen.spans import Spans
from tizim.screen.subjects import Subject

_TOGETHER: Final = 1_000
"""subjects of whom the claims are read at once"""
WHOLE: Final = ("default", "all")
"""collections of every list"""


class Supply(msgspec.Struct, frozen=True, kw_only=True):
    """What a register gives to be screened against."""

    datasets: tuple[Dataset, ...]
    count: int
    """how many subjects there are"""
    subjects: Iterable[Subject]
    """to be gone through once, while the view is open"""
    begun: Begun | None
    """where the next reading can begin, if this one is kept; ``None`` where not all was known"""


def supply(
    view: View, as_of: AsOf, version: str, *, with_statements: bool = False, readings: Readings | None = None
) -> Supply:
    """Lists and collections of lists of the register, and the entities on them. *version* names the reading.

    *with_statements*: also on whose word each value of a subject stands. *readings*: those kept, of which the newest
    is renewed: only subjects that the register tells otherwise since then are worked out.
    """
    lists = official_lists(view)
    begun = begun_by(view, as_of, lists)
    earlier = None
    if begun is not None and readings is not None and not with_statements:
        earlier = earlier_of(view, begun, as_of.valid_at, readings)
    on: dict[str, dict[str, Member]] = defaultdict(dict)
    datasets: dict[str, Dataset] = {}
    counted: dict[str, int] = defaultdict(int)
    for list_id in dict.fromkeys(part for one in lists for part in parts_of(view, one)):
        of_list = members(view, list_id, as_of)
        for member in of_list.members:
            if member.list not in on[member.subject]:
                on[member.subject][member.list] = member
                counted[member.list] += 1
        if of_list.members or of_list.last_observed is not None:
            datasets[dataset_name(list_id)] = Dataset(
                name=dataset_name(list_id), title=lists[list_id].name, list=list_id, version=version,
                jurisdiction=lists[list_id].jurisdiction, last_observed=of_list.last_observed, stale=of_list.stale,
                updated_at=_midnight(of_list.last_observed),
            )  # fmt: skip
    found = [msgspec.structs.replace(one, entities=counted[one.list]) for one in datasets.values()]
    return Supply(
        datasets=(*found, *_collections(lists, found, version)),
        count=len(on),
        begun=begun,
        subjects=_subjects(
            view,
            as_of,
            {subject: list(own.values()) for subject, own in on.items()},
            lists,
            earlier,
            with_statements=with_statements,
        ),
    )


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time(), dt.UTC) if day else None


def _collections(lists: Mapping[ListId, OfficialList], held: Sequence[Dataset], version: str) -> Iterator[Dataset]:
    """Lists that are only views of others, the lists of each jurisdiction, and all together."""
    names = {one.name for one in held}
    for one in lists.values():
        name = dataset_name(one.id)
        parts = tuple(part for each in one.parts if (part := dataset_name(each)) in names)
        if parts and name not in names:
            yield Dataset(
                name=name, title=one.name, children=parts, version=version, list=one.id, jurisdiction=one.jurisdiction
            )
    of_state: dict[str, list[str]] = defaultdict(list)
    for each in held:
        if each.jurisdiction:
            of_state[each.jurisdiction].append(each.name)
    for jurisdiction, own in of_state.items():
        name = jurisdiction.lower()
        title = MODEL.types["country"].values.get(name, jurisdiction)
        yield Dataset(
            name=name, title=f"{title}: all lists held", children=tuple(own), version=version, jurisdiction=jurisdiction
        )
    for name in WHOLE:
        yield Dataset(name=name, title="All lists held", children=tuple(one.name for one in held), version=version)


def about_of(given: Supply, as_of: AsOf, version: str, head: str) -> About:
    """What is told of a reading at *as_of* of a register whose log ends with *head*."""
    return About(
        version=version, made=as_of.known_at.isoformat(), as_of=as_of.valid_at.isoformat(),
        known_at=as_of.known_at.isoformat(), basis=as_of.basis.value, register=head, datasets=given.datasets,
    )  # fmt: skip


def snapshot(
    view: View, as_of: AsOf, version: str, head: str, progress: Progress | None = None,
    readings: Readings | None = None,
) -> Snapshot:  # fmt: skip
    """A snapshot of the register as read at *as_of*; *head* is that of its log.

    *readings*: where the newest kept is renewed, and this one kept.
    """
    given = supply(view, as_of, version, readings=readings)
    about = about_of(given, as_of, version, head)
    subjects = given.subjects if readings is None else readings.keep(about, given.subjects, given.begun)
    return Snapshot.build(about, (entity for one in subjects for entity in one.entities), progress)


def _subjects(
    view: View, as_of: AsOf, on: Mapping[str, Sequence[Member]], lists: Mapping[ListId, OfficialList],
    earlier: Earlier | None, *, with_statements: bool,
) -> Iterator[Subject]:  # fmt: skip
    spans = Spans(view, as_of)
    newest = cache(spans.newest)
    left = iter(on.items())
    while some := list(islice(left, _TOGETHER)):
        found: dict[str, Subject] = {}
        if earlier is not None:
            for subject, rows in some:
                known = renewed(subject, rows, earlier, newest)
                if known is not None:
                    found[subject] = known
        missing = [one for one in some if one[0] not in found]
        found |= worked_out(view, missing, spans, lists, with_statements=with_statements) if missing else {}
        for subject, _ in some:
            yield found.pop(subject)
