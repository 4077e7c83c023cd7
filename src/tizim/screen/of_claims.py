"""Entities of what documents claim of subjects on lists: itself, each listing as a `Sanction`, and what it holds."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from types import MappingProxyType
from typing import Final

import msgspec

from tizim.answer.members import Member
from tizim.answer.subjects import kind_of
from tizim.domain.dates import PartialDate
from tizim.domain.lists import ListId, OfficialList
from tizim.domain.names import Kind
from tizim.domain.statements import Property
from tizim.errors import BadInput
from tizim.ftm import MODEL, Prop, Schema, cleaned
from tizim.match.countries import country_code
from tizim.register.view import View
from tizim.screen.entities import Entity, caption_of, dataset_name, is_target
from tizim.screen.listed import SCHEMA_OF
from tizim.screen.renewed import footing
from tizim.screen.spans import Span, Spans, Times, midnight_text, times_of
from tizim.screen.subjects import Stated, Subject, status_of

_LONGEST_SPAN: Final = 12
"""years of a span of birth that are told one by one"""
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


class _Claim(msgspec.Struct, frozen=True, gc=False):
    entry: int
    property: str
    value: str
    facets: Mapping[str, str]
    span: Span
    """the documents that make it"""


def worked_out(
    view: View, some: Sequence[tuple[str, Sequence[Member]]], spans: Spans, lists: Mapping[ListId, OfficialList],
    *, with_statements: bool,
) -> dict[str, Subject]:  # fmt: skip
    """Subjects with their listings, by their ids, of the claims known of their records.

    *with_statements*: also on whose word each value of a subject stands.
    """
    owner = {key: subject for subject, rows in some for row in rows for key in row.keys}
    entries = view.entries_of(owner)
    told_by = {number: (source, owner[key]) for number, (source, _, key) in entries.items()}
    claims: dict[str, list[_Claim]] = {subject: [] for subject, _ in some}
    seen: dict[str, dict[int, Span]] = {subject: {} for subject, _ in some}
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
        times = times_of(seen[subject].values())
        entities = tuple(_of_subject(view, subject, rows, own, times, lists))
        stated = tuple(_stated(entities[0], rows, own, entries)) if with_statements else ()
        found[subject] = Subject(entities=entities, stated=stated, footing=footing(rows, seen[subject].values(), times))
    return found


def _of_subject(
    view: View, subject: str, rows: Sequence[Member], claims: Sequence[_Claim], times: Times,
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


def _listing(row: Member, official: OfficialList, claims: Sequence[_Claim], times: Times) -> Entity:
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
        first_seen=times[0], last_seen=midnight_text(row.last_observed) or times[1], last_change=times[2],
    )  # fmt: skip


def _is_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except BadInput:
        return False
    return True


def _wallet(holder: str, address: str, currency: str, datasets: Sequence[str], times: Times) -> Entity:
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
