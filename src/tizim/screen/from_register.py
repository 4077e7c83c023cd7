"""Entities from the register: who is on which list on a day, as known on a day, each listing as a `Sanction`.

Members and their states are those of `tizim.answer.members`: who was taken off a list is on none here, and
what was last seen long ago says so in the status of its listing. A view of the register in, values out.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import islice
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec

from tizim.answer.members import Member, members
from tizim.answer.official import official_lists, parts_of
from tizim.answer.profiles import LAYER_OF
from tizim.answer.subjects import kind_of
from tizim.domain.dates import AsOf, Basis, PartialDate
from tizim.domain.documents import Layer
from tizim.domain.listing import Status
from tizim.domain.lists import ListId, OfficialList
from tizim.domain.names import Kind
from tizim.domain.statements import Property
from tizim.errors import BadInput
from tizim.ftm import MODEL, Prop, Schema, cleaned
from tizim.match.countries import country_code
from tizim.register.view import Line, View, is_open
from tizim.screen.entities import Dataset, Entity, caption_of, is_target
from tizim.screen.listed import SCHEMA_OF
from tizim.screen.readings import Begun, Reading, Readings
from tizim.screen.snapshot import About, Progress, Snapshot
from tizim.screen.subjects import Footing, Stated, Subject

_TOGETHER: Final = 1_000
"""subjects of whom the claims are read at once"""
_LONGEST_SPAN: Final = 12
"""years of a span of birth that are told one by one"""
WHOLE: Final = ("default", "all")
"""collections of every list"""

_READ: Final = frozenset({
    Property.NAME, Property.ORIGINAL_NAME, Property.ALIAS, Property.BIRTH_DATE, Property.BIRTH_YEAR,
    Property.BIRTH_PLACE, Property.NATIONALITY, Property.COUNTRY, Property.GENDER, Property.TITLE, Property.POSITION,
    Property.ADDRESS, Property.IDENTIFIER, Property.CONTACT, Property.FEATURE, Property.LINK, Property.PROGRAMME,
    Property.AUTHORITY, Property.IMPOSED_MEASURE, Property.LEGAL_BASIS, Property.MEMBER, Property.REFERENCE,
})  # fmt: skip
_PLAIN: Final[Mapping[str, str]] = MappingProxyType({
    Property.NAME: "name", Property.ORIGINAL_NAME: "name", Property.BIRTH_PLACE: "birthPlace",
    Property.GENDER: "gender", Property.TITLE: "title", Property.POSITION: "position", Property.ADDRESS: "address",
    Property.COUNTRY: "country",
})  # fmt: skip
"""properties of the register that are one of the model's as they stand"""
_CONTACTS: Final[Mapping[str, str]] = MappingProxyType({"website": "website", "e-mail": "email", "phone": "phone"})
_FEATURES: Final[Mapping[str, str]] = MappingProxyType({
    "flag": "flag", "vessel type": "type", "former vessel flag": "pastFlags", "call sign": "callSign",
    "aircraft model": "model", "organization type": "legalForm", "gross registered tonnage": "grossRegisteredTonnage",
    "tonnage": "tonnage", "build date": "buildDate",
})  # fmt: skip
_NUMBERS: Final = (
    ("passport", ("passportNumber", "idNumber")),
    ("imo", ("imoNumber",)),
    ("mmsi", ("mmsi",)),
    ("swift", ("swiftBic",)),
    ("unified social credit", ("uscCode",)),
    ("legal entity", ("leiCode",)),
    ("isin", ("isinCode",)),
    ("tax", ("taxNumber",)),
    ("registration", ("registrationNumber",)),
    ("serial number", ("serialNumber", "registrationNumber")),
    ("", ("idNumber", "registrationNumber")),
)
"""properties of the model for kinds of numbers, by what the kind begins with or has; the last stands for all others"""
_WALLET: Final = "digital currency address"
_LONGEST_TOLD: Final = 250
_OF_LISTINGS: Final = frozenset({
    Property.PROGRAMME, Property.AUTHORITY, Property.IMPOSED_MEASURE, Property.LEGAL_BASIS,
})  # fmt: skip
_REPEATED: Final = frozenset({"country", "date", "gender", "topic", "url"})
"""types of which entities have the same values again and again, and which take long to clean"""
_REMEMBERED: Final = 4_096


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
    begun = _begun(view, as_of, lists)
    earlier = (
        None
        if begun is None or readings is None or with_statements
        else _earlier(view, begun, as_of.valid_at, readings)
    )
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


def _begun(view: View, as_of: AsOf, lists: Mapping[ListId, OfficialList]) -> Begun | None:
    """The end of the log that is read, where the reading tells of all of it; and what its lists are called."""
    learned = view.last_learned()
    if as_of.basis is not Basis.RECORDED or (learned is not None and learned > as_of.known_at):
        return None
    told = repr([(one.id, one.name, one.jurisdiction) for one in lists.values()])
    return Begun(
        sequence=view.shared.head, hash=view.hash_of(view.shared.head),
        lists=hashlib.sha256(told.encode()).hexdigest(),
    )  # fmt: skip


class _Earlier(NamedTuple):
    """A reading of the same register before, and the records of which it says something else since."""

    reading: Reading
    touched: frozenset[str]


def _earlier(view: View, begun: Begun, day: dt.date, readings: Readings) -> _Earlier | None:
    for reading in readings.begun(day):
        before = reading.foot.begun
        if (
            before is None
            or before.lists != begun.lists
            or before.sequence > begun.sequence
            or view.hash_of(before.sequence) != before.hash
            or not reading.is_sound()
        ):
            continue
        touched = view.touched(before.sequence)
        if touched is not None:
            return _Earlier(reading, touched)
    return None


def dataset_name(list_id: str) -> str:
    """A list's name as a dataset, which the model writes with low lines: ``un_1267`` for ``un-1267``."""
    return list_id.replace("-", "_")


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


# -- entities ------------------------------------------------------------------------------------------


class _Span(msgspec.Struct, frozen=True, gc=False):
    """Documents known that make a claim without a break: one for the many claims that the same documents make."""

    number: int
    first: dt.date
    last: dt.date
    """the days of the first and of the last of them"""
    changed: dt.date
    """when the line told something else than before: with the first of them, or with the one after the last"""
    line: str
    """the line and the layer that they are of, if the newest document of it is one of them"""


class _Spans:
    """The spans of documents that claims have, made once for each."""

    def __init__(self, view: View, as_of: AsOf) -> None:
        self._view = view
        self._as_of = as_of
        self._lines: dict[tuple[str, str], Line] = {}
        self._met: dict[tuple[str, str, int, int], _Span | None] = {}

    def of(self, source: str, prop: str, first: int, last: int) -> _Span | None:
        """The documents known of *source* between two moments, if there are any, as far as they tell of *prop*."""
        key = (source, prop, first, last)
        if key not in self._met:
            self._met[key] = self._made(*key)
        return self._met[key]

    def newest(self, line: str) -> str | None:
        """The day of the newest document of a line and layer, as a time of entities."""
        source, _, layer = line.rpartition(" ")
        days = self._view.line(source, self._as_of, Layer(int(layer))).days
        return _midnight_text(days[-1]) if days else None

    def _made(self, source: str, prop: str, first: int, last: int) -> _Span | None:
        layer = LAYER_OF[prop]
        line = self._lines.get((source, prop))
        if line is None:
            line = self._lines[source, prop] = self._view.line(source, self._as_of, layer)
        begin, end = line.within(first, last)
        if begin >= end:
            return None
        begun = line.days[begin]
        gone = line.days[end] if end < len(line.days) else begun
        told = f"{source} {int(layer)}" if is_open(last) else ""
        return _Span(len(self._met), begun, line.days[end - 1], max(begun, gone), told)


_Times = tuple[str | None, str | None, str | None]
"""of an entity: when documents first and last tell of it, and when they last told something else than before"""


def _times(spans: Iterable[_Span]) -> _Times:
    found = list(spans)
    if not found:
        return None, None, None
    return (
        _midnight_text(min(one.first for one in found)), _midnight_text(max(one.last for one in found)),
        _midnight_text(max(one.changed for one in found)),
    )  # fmt: skip


class _Claim(msgspec.Struct, frozen=True, gc=False):
    entry: int
    property: str
    value: str
    facets: Mapping[str, str]
    span: _Span
    """the documents that make it"""


def _subjects(
    view: View, as_of: AsOf, on: Mapping[str, Sequence[Member]], lists: Mapping[ListId, OfficialList],
    earlier: _Earlier | None, *, with_statements: bool,
) -> Iterator[Subject]:  # fmt: skip
    spans = _Spans(view, as_of)
    newest = cache(spans.newest)
    left = iter(on.items())
    while some := list(islice(left, _TOGETHER)):
        found: dict[str, Subject] = {}
        if earlier is not None:
            for subject, rows in some:
                known = _renewed(subject, rows, earlier, newest)
                if known is not None:
                    found[subject] = known
        missing = [one for one in some if one[0] not in found]
        found |= _worked_out(view, missing, spans, lists, with_statements=with_statements) if missing else {}
        for subject, _ in some:
            yield found.pop(subject)


def _renewed(
    subject: str, rows: Sequence[Member], earlier: _Earlier, newest: Callable[[str], str | None]
) -> Subject | None:
    """A subject as it was told before, seen last when it was seen last by now; ``None`` where it must be worked out."""
    before = earlier.reading.footing(subject)
    if before is None or before.newest is None or before.listings != _digest(rows):
        return None
    if any(not earlier.touched.isdisjoint(row.keys) for row in rows):
        return None
    times = [before.ended, *map(newest, before.lines)]
    last = max((one for one in times if one is not None), default=None)
    if last is None:
        return None
    now = Footing(before.listings, last, before.ended, before.lines, _observed(rows), _states(rows))
    lines = earlier.reading.lines_of(subject)
    if now != before:
        own = zip(lines[1 : len(rows) + 1], now.observed, before.states, now.states, strict=True)
        lines = [
            _seen_last(lines[0], last),
            *(_in_state(_seen_last(line, seen or last), old, new) for line, seen, old, new in own),
            *(_seen_last(line, last) for line in lines[len(rows) + 1 :]),
        ]
    return Subject(lines=lines, footing=now)


def _seen_last(line: bytes, time: str) -> bytes:
    """An entity, of which a time tells when it was last seen, with another such time. Within its values no quotation
    mark stands by itself, so a key is found as it is written.
    """
    start = line.rindex(_LAST_SEEN) + len(_LAST_SEEN)
    return line[:start] + time.encode() + line[start + len(time) :]


def _in_state(line: bytes, before: str, now: str) -> bytes:
    """A listing in another state."""
    if before == now:
        return line
    start = line.index(_STATE % before.encode())
    return line[:start] + line[start:].replace(_STATE % before.encode(), _STATE % now.encode(), 1)


_LAST_SEEN: Final = b'"last_seen":"'
_STATE: Final = b'"status":["%b"]'


def _digest(rows: Sequence[Member]) -> str:
    """Of all that entities tell of listings but their states, and when they were last observed."""
    told = [
        (row.list, row.name, row.kind, row.reference, row.since, row.listed_on, row.keys) for row in rows
    ]  # fmt: skip
    return hashlib.blake2b(_PACKED(told), digest_size=12).hexdigest()


_PACKED: Final = msgspec.msgpack.Encoder().encode


def _observed(rows: Sequence[Member]) -> tuple[str | None, ...]:
    return tuple([_midnight_text(row.last_observed) for row in rows])


def _states(rows: Sequence[Member]) -> tuple[str, ...]:
    return tuple([status_of(row) for row in rows])


def _worked_out(
    view: View, some: Sequence[tuple[str, Sequence[Member]]], spans: _Spans, lists: Mapping[ListId, OfficialList],
    *, with_statements: bool,
) -> dict[str, Subject]:  # fmt: skip
    owner = {key: subject for subject, rows in some for row in rows for key in row.keys}
    entries = view.entries_of(owner)
    told_by = {number: (source, owner[key]) for number, (source, _, key) in entries.items()}
    claims: dict[str, list[_Claim]] = {subject: [] for subject, _ in some}
    seen: dict[str, dict[int, _Span]] = {subject: {} for subject, _ in some}
    for claim in view.claims(owner, _READ):
        source, subject = told_by[claim.entry_id]
        span = spans.of(source, claim.property, claim.first, claim.last)
        if span is not None:
            seen[subject][span.number] = span
            if claim.value:
                claims[subject].append(_Claim(claim.entry_id, claim.property, claim.value, claim.facets, span))
    found: dict[str, Subject] = {}
    for subject, rows in some:
        own = claims[subject]
        if len({key for row in rows for key in row.keys}) > 1:
            # Records come in the order of their ids in portions: who else is read with them must not tell.
            own.sort(key=lambda claim: entries[claim.entry])
        times = _times(seen[subject].values())
        entities = tuple(_of_subject(view, subject, rows, own, times, lists))
        stated = tuple(_stated(entities[0], rows, own, entries)) if with_statements else ()
        footing = _footing(rows, seen[subject].values(), times)
        found[subject] = Subject(entities=entities, stated=stated, footing=footing)
    return found


def _footing(rows: Sequence[Member], seen: Iterable[_Span], times: _Times) -> Footing:
    ended = [span.last for span in seen if not span.line]
    lines = dict.fromkeys(sorted(span.line for span in seen if span.line))
    return Footing(
        _digest(rows), times[1], _midnight_text(max(ended, default=None)), tuple(lines), _observed(rows), _states(rows)
    )  # fmt: skip


def _of_subject(
    view: View, subject: str, rows: Sequence[Member], claims: Sequence[_Claim], times: _Times,
    lists: Mapping[ListId, OfficialList],
) -> Iterator[Entity]:  # fmt: skip
    printed = next((row.kind for row in rows if row.kind), "")
    schema = MODEL.schemata[SCHEMA_OF[Kind(printed) if printed else kind_of(view, rows[0].keys)]]
    said = _Said(schema)
    for row in rows:
        said.add("name", row.name)
    for claim in claims:
        said.claim(claim)
    said.add("topics", "sanction")
    datasets = [dataset_name(row.list) for row in rows]
    keys = dict.fromkeys(key for row in rows for key in row.keys)
    yield Entity(
        id=subject, caption=rows[0].name or caption_of(schema, said.properties), schema=schema.name,
        properties=said.properties, datasets=datasets, referents=[key for key in keys if key != subject],
        target=is_target(said.properties), first_seen=times[0], last_seen=times[1], last_change=times[2],
    )  # fmt: skip
    entries_on: dict[str, set[int]] = defaultdict(set)
    of_listings = []
    for claim in claims:
        if claim.property == Property.MEMBER:
            entries_on[claim.value].add(claim.entry)
        elif claim.property in _OF_LISTINGS:
            of_listings.append(claim)
    for row in rows:
        yield _listing(
            row, lists[ListId(row.list)], [one for one in of_listings if one.entry in entries_on[row.list]], times
        )
    for wallet, currency in dict.fromkeys(said.wallets):
        yield _wallet(subject, wallet, currency, datasets, times)


def _stated(
    entity: Entity, rows: Sequence[Member], claims: Sequence[_Claim], entries: Mapping[int, tuple[str, str, str]]
) -> Iterator[Stated]:
    """On whose word the values of an entity stand; a value that it does not have in the end is stated by nobody."""
    schema = MODEL.schemata[entity.schema]
    on = {row.list for row in rows}
    lists_of: dict[int, dict[str, None]] = defaultdict(dict)
    for claim in claims:
        if claim.property == Property.MEMBER and claim.value in on:
            lists_of[claim.entry][claim.value] = None
    for claim in claims:
        said = _Said(schema)
        said.claim(claim)
        for prop, values in said.properties.items():
            for value in values:
                if value in entity.properties.get(prop, ()):
                    source, _, record = entries[claim.entry]
                    yield Stated(
                        record=record, source=source, lists=tuple(lists_of[claim.entry]), prop=prop, value=value,
                        original=claim.value, language=claim.facets.get("language", ""), first=claim.span.first,
                        last=claim.span.last,
                    )  # fmt: skip


def _midnight_text(day: dt.date | None) -> str | None:
    return f"{day.isoformat()}T00:00:00" if day else None


@cache
def _cleaning(schema: str) -> Mapping[str, Callable[[str], str]]:
    """How values of each property of a schema are cleaned. Of kinds with few different values each is cleaned once."""
    found: dict[str, Callable[[str], str]] = {}
    for name, prop in MODEL.schemata[schema].properties.items():
        if not prop.stub:
            clean = partial(_cleaned, prop)
            found[name] = lru_cache(maxsize=_REMEMBERED)(clean) if prop.type in _REPEATED else clean
    return MappingProxyType(found)


def _cleaned(prop: Prop, value: str) -> str:
    return cleaned(prop, value, country_code)


class _Said:
    """The properties of an entity, filled by claims."""

    def __init__(self, schema: Schema) -> None:
        self._cleaning = _cleaning(schema.name)
        self.properties: dict[str, list[str]] = {}
        self.wallets: list[tuple[str, str]] = []

    def add(self, name: str, value: str) -> bool:
        """Add a value, once, if the schema has the property and the value is one of its type."""
        clean = self._cleaning.get(name)
        text = clean(value) if clean is not None else ""
        if not text:
            return False
        own = self.properties.get(name)
        if own is None:
            self.properties[name] = [text]
        elif text not in own:
            own.append(text)
        return True

    def claim(self, claim: _Claim) -> None:
        """What one claim adds."""
        value, facets = claim.value, claim.facets
        if claim.property in _PLAIN:
            self.add(_PLAIN[claim.property], value)
            if claim.property == Property.ADDRESS and "country" in facets:
                self.add("country", facets["country"])
        elif claim.property == Property.ALIAS:
            self._alias(value, facets)
        elif claim.property in {Property.BIRTH_DATE, Property.BIRTH_YEAR}:
            if not facets.get("of") and not facets.get("form"):
                self._birth(value)
        elif claim.property == Property.NATIONALITY:
            person = "citizenship" if facets.get("kind") == "citizenship" else "nationality"
            self.add(person, value) or self.add("country", value)
        elif claim.property == Property.IDENTIFIER:
            self._number(value, facets)
        elif claim.property == Property.CONTACT:
            self.add(_CONTACTS.get(facets.get("kind", ""), ""), value)
        elif claim.property == Property.FEATURE:
            self.add(_FEATURES.get(facets.get("field", "").casefold(), ""), value)
        elif claim.property == Property.LINK:
            self.add("sourceUrl", value)

    def _alias(self, value: str, facets: Mapping[str, str]) -> None:
        if facets.get("quality") == "low":
            self.add("weakAlias", value)
        elif facets.get("kind") == "former name":
            self.add("previousName", value)
        else:
            self.add("alias", value)

    def _birth(self, value: str) -> None:
        """A date as it is; of a span every year, if they are few. A date that another tells more exactly is left."""
        first, slash, last = value.partition("/")
        years = [first]
        if slash:
            known = first[:4].isdigit() and last[:4].isdigit()
            span = range(int(first[:4]), int(last[:4]) + 1) if known else range(0)
            years = [f"{year:04d}" for year in span] if len(span) <= _LONGEST_SPAN else []
        for one in years:
            own = self.properties.get("birthDate", [])
            if not any(other.startswith(f"{one}-") for other in own) and self.add("birthDate", one):
                own = self.properties["birthDate"]
                own[:] = [other for other in own if not one.startswith(f"{other}-")]

    def _number(self, value: str, facets: Mapping[str, str]) -> None:
        kind = facets.get("type", "").casefold()
        if facets.get("form"):
            return  # prose about a number
        if kind.startswith(_WALLET):
            self.wallets.append((value, facets.get("currency", "")))
            return
        names = next(names for word, names in _NUMBERS if word in kind)
        for name in (*names, "idNumber", "registrationNumber"):
            if self.add(name, value):
                return


def _listing(row: Member, official: OfficialList, claims: Sequence[_Claim], times: _Times) -> Entity:
    """One listing: the state of a subject on a list."""
    said = _Said(MODEL.schemata["Sanction"])
    said.add("entity", row.subject)
    said.add("country", official.jurisdiction)
    for claim in claims:
        if claim.property == Property.PROGRAMME and claim.facets.get("kind") != "merged list":
            said.add("program", claim.value)
        elif claim.property == Property.AUTHORITY:
            said.add("authority", claim.value)
        elif claim.property == Property.IMPOSED_MEASURE and len(claim.value) <= _LONGEST_TOLD:
            said.add("provisions", claim.value)
        elif claim.property == Property.LEGAL_BASIS and len(claim.value) <= _LONGEST_TOLD:
            said.add("reason", claim.value)
    if "program" not in said.properties:
        said.add("program", official.name)
    said.add("programId", official.id)
    said.add("authorityId", row.reference)
    if official.jurisdiction == "UN":
        said.add("unscId", row.reference)
    said.add("status", status_of(row))
    said.add("listingDate", row.listed_on)
    if _is_date(row.since):
        said.add("startDate", row.since)
    return Entity(
        id=f"listing:{row.list}:{row.subject}", caption=said.properties["program"][0], schema="Sanction",
        properties=said.properties, datasets=[dataset_name(row.list)], referents=[], target=False,
        first_seen=times[0], last_seen=_midnight_text(row.last_observed) or times[1], last_change=times[2],
    )  # fmt: skip


def status_of(row: Member) -> str:
    """The state of a listing in a word, and since when it was not seen."""
    if row.status is Status.NOT_OBSERVED and row.last_observed:
        return f"not observed since {row.last_observed.isoformat()}"
    return row.status.value.replace("_", " ")


def _is_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except BadInput:
        return False
    return True


def _wallet(holder: str, address: str, currency: str, datasets: Sequence[str], times: _Times) -> Entity:
    """An address of a digital currency that a list prints as its subject's."""
    said = _Said(MODEL.schemata["CryptoWallet"])
    said.add("publicKey", address)
    said.add("currency", currency)
    said.add("holder", holder)
    said.add("topics", "sanction")
    mark = hashlib.sha256(f"{holder} {address}".encode()).hexdigest()[:16]
    return Entity(
        id=f"wallet:{mark}", caption=address, schema="CryptoWallet", properties=said.properties, datasets=datasets,
        referents=[], target=True, first_seen=times[0], last_seen=times[1], last_change=times[2],
    )  # fmt: skip
