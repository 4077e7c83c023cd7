"""From a target to claims, by consuming its elements: what no step takes becomes `Unread`."""

from collections.abc import Callable, Container, Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property, facets
from tizim.errors import SourceRefused
from tizim.sources.ch_seco import history, names
from tizim.sources.ch_seco.read import PLACE, PROGRAMME, SET, SOURCE_ID
from tizim.sources.crossing import say_un_numbers
from tizim.sources.dates import from_hijri, from_solar_hijri, parted, years_in
from tizim.sources.entries import Group, Making, each_once, split
from tizim.sources.entries import groups as groups_of
from tizim.text import script_of

LIST: Final = "ch-seco"
_KINDS: Final = {"individual": Kind.PERSON, "entity": Kind.ORGANISATION}
_OBJECTS: Final = {"vessel": Kind.VESSEL, "ship": Kind.VESSEL, "aircraft": Kind.AIRCRAFT}
_QUALITIES: Final = frozenset({"good", "low"})
_FORMER: Final = frozenset({"formerly-known-as", "former-name", "fka"})
_PRIMARY: Final = "primary-name"
_LATIN: Final = "Latn"


class _Entry(Making):
    """What is being made of one target, with what it refers to."""

    __slots__ = ("kind", "places", "sets")

    def __init__(self, key: str, place: str) -> None:
        super().__init__(key, f"{SOURCE_ID}:{key}", place)
        self.kind: Kind | None = None
        self.places: dict[str, dict[str, str]] = {}
        self.sets: dict[str, dict[str, str]] = {}


def map_record(record: Record) -> EntryReading:
    """All that the target says; `SourceRefused` if it has no number."""
    found = groups_of(record)
    key = next((group.take("") for group in found if group.tag == "@ssid"), "")
    if not key:
        raise SourceRefused(f"{record.place}: no ssid, so the entry has no identity")
    entry = _Entry(key, record.place)
    entry.say(Property.REFERENCE, key, "@ssid")
    own: list[Group] = []
    for group in found:
        if group.tag.startswith(PLACE):
            entry.places[group.tag.removeprefix(PLACE)] = _place_of(entry, group)
        elif group.tag.startswith(PROGRAMME):
            told = {leaf: group.take(leaf) for leaf in list(group.leaves)}
            entry.sets[group.tag.removeprefix(PROGRAMME)] = told
        else:
            own.append(group)
    _history(entry, own)
    for group in own:
        step = _STEPS.get(group.tag.lstrip("@"))
        if step:
            step(entry, group)
        group.leave(entry)
    return entry.made()


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every entry, each key once: a record is an entry here."""
    return each_once(map_record(record) for record in records)


def _place_of(entry: _Entry, group: Group) -> dict[str, str]:
    """A place as facets of the addresses that name it; further spellings stand beside its own."""
    _ours(group)
    told: dict[str, list[str]] = {}
    for name, tag in (("city", "location"), ("state", "area"), ("also", "location-variant"), ("also", "area-variant")):
        for inner in group.groups(tag):
            inner.take("@variant-type")
            told.setdefault(name, []).append(inner.take("") or inner.take("value"))
            inner.leave(entry)
    made = {name: ", ".join(filter(None, values)) for name, values in told.items()}
    for country in group.groups("country"):
        made |= {"country": country.take(""), "country_code": country.take("@iso-code")}
        country.leave(entry)
    group.leave(entry)
    return made


def _history(entry: _Entry, own: list[Group]) -> None:
    """Every modification is told; the newest of listing and de-listing says whether the target is on the list."""
    steps: list[history.Step] = []
    for group in own:
        if group.tag != "modification":
            continue
        kind = group.take("@modification-type")
        printed = {name: group.take(f"@{name}-date") for name in ("effective", "publication", "enactment")}
        days = {name: history.day_of(value) for name, value in printed.items()}
        for name, value in printed.items():
            if not days[name]:
                group.put_back(f"@{name}-date", value)
        step = history.Step(
            kind=kind, effective=days["effective"], published=days["publication"], enacted=days["enactment"],
            place=group.place,
        )  # fmt: skip
        prop = history.PROPERTIES.get(kind)
        if prop is None or not step.day:
            group.put_back("@modification-type", kind)
            for name, value in printed.items():
                group.put_back(f"@{name}-date", value)
            continue
        steps.append(step)
        pairs = facets(
            effective=step.effective, published=step.published, enacted=step.enacted,
            kind=kind if prop is Property.REVIEWED_ON else "",
        )  # fmt: skip
        entry.state(prop, step.day, group.place, pairs)
    delisted = history.is_delisted(steps)
    if delisted:
        entry.say(Property.STATUS, history.DELISTED, "modification")
    else:
        entry.say(Property.MEMBER, LIST, "modification")
    if delisted is None:
        entry.leave("modification", "modification (order)", "listed and de-listed on one day")


def _set(entry: _Entry, group: Group) -> None:
    """The programme by its name, where the document tells it of the set's number."""
    number = group.take("")
    told = entry.sets.get(number, {})
    value = told.get("program-name") or told.get("program-key") or number
    pairs = facets(
        key=told.get("program-key", "") if value != told.get("program-key") else "", set=told.get("sanctions-set", ""),
        number=number if value != number else "", origin=told.get("origin", ""),
    )  # fmt: skip
    entry.state(Property.PROGRAMME, value, group.place, pairs)


def _foreign(entry: _Entry, group: Group) -> None:
    """The number of the UN's list, or of another one that is not named."""
    printed = group.take("")
    before = len(entry.made().claims)
    say_un_numbers(entry, printed, group.place)
    if len(entry.made().claims) == before:
        entry.say(Property.CROSS_REFERENCE, printed, group.place)


def _subject(entry: _Entry, group: Group) -> None:
    """The individual, entity or object: what it is, its identities, and what is said of it."""
    printed = group.take("@object-type")
    kind = _KINDS.get(group.tag) or _OBJECTS.get(printed.casefold())
    if kind is None:
        group.put_back("@object-type", printed)
    else:
        entry.kind = kind
        entry.say(Property.KIND, kind.value, group.place)
    entry.say(Property.GENDER, group.take("@sex").casefold(), f"{group.place}/@sex")
    for inner in _inner(group, _WITHIN):
        _WITHIN[inner.tag](entry, inner)
        inner.leave(entry)


def _inner(group: Group, wanted: Container[str]) -> list[Group]:
    """The elements right below whose tags are *wanted*, in the document's order, with their leaves."""
    found: dict[str, Group] = {}
    for leaf in list(group.leaves):
        step, tag, rest = split(leaf)
        if tag in wanted:
            inner = found.get(step)
            if inner is None:
                inner = found[step] = Group(f"{group.place}/{step}", tag)
            inner.leaves[rest] = group.leaves.pop(leaf)
    return list(found.values())


def _ours(group: Group) -> None:
    """The publisher's own numbers of elements say nothing of the entry."""
    group.take("@ssid")


def _relation(entry: _Entry, group: Group) -> None:
    _ours(group)
    other = group.take("@target-id")
    pairs = {"phrase": group.take("@relation-type"), "note": group.take("remark")}
    if other:
        entry.say(Property.RELATION, other, group.place, **pairs, **{"with": f"{SOURCE_ID}:{other}"})
    else:
        group.put_back("@relation-type", pairs["phrase"])
        group.put_back("remark", pairs["note"])


def _attribute(entry: _Entry, group: Group) -> None:
    _ours(group)
    entry.say(Property.FEATURE, group.take("") or group.take("value"), group.place, field=group.take("@name"))


def _justification(entry: _Entry, group: Group) -> None:
    _ours(group)
    entry.say(Property.COMMENT, group.take("") or group.take("value"), group.place, kind="justification")


def _information(entry: _Entry, group: Group) -> None:
    _ours(group)
    entry.say(Property.COMMENT, group.take("") or group.take("value"), group.place)


def _identity(entry: _Entry, group: Group) -> None:
    """One identity of the subject; only the main one has the main name."""
    _ours(group)
    is_main = group.take("@main").casefold() != "false"
    for inner in _inner(group, _PARTS):
        _ours(inner)
        if inner.tag == "name":
            _name(entry, inner, is_main=is_main)
        else:
            _PARTS[inner.tag](entry, inner)
        inner.leave(entry)
    group.leave(entry)


def _name(entry: _Entry, group: Group, *, is_main: bool) -> None:
    kind, quality = group.take("@name-type"), group.take("@quality").casefold()
    group.take("@lang")
    parts = names.parts_of(group)
    is_name = is_main and kind in {_PRIMARY, ""}
    known = quality if quality in _QUALITIES else ""
    if quality and not known:
        group.put_back("@quality", quality)
    label = "former name" if kind in _FORMER else kind.replace("-", " ") if kind not in {_PRIMARY, "alias", ""} else ""
    main = names.whole(parts)
    if is_name:
        entry.say(Property.NAME, main.text, group.place, script=script_of(main.text), form=main.form)
    else:
        entry.say(
            Property.ALIAS, main.text, group.place, script=script_of(main.text), form=main.form, quality=known,
            kind=label,
        )  # fmt: skip
    for spelling in names.spellings(parts):
        script = script_of(spelling.text)
        if is_name and script != _LATIN:
            entry.say(Property.ORIGINAL_NAME, spelling.text, group.place, script=script, language=spelling.language)
        else:
            entry.say(
                Property.ALIAS, spelling.text, group.place, script=script, language=spelling.language, quality=known,
                kind=label,
            )  # fmt: skip
    for spelled in names.stray(parts):
        entry.say(
            Property.ALIAS, spelled.text, group.place, script=script_of(spelled.text), language=spelled.language,
            quality="low", of=main.text,
        )  # fmt: skip


def _nationality(entry: _Entry, group: Group) -> None:
    for country in group.groups("country"):
        prop = Property.NATIONALITY if entry.kind is Kind.PERSON else Property.COUNTRY
        entry.say(prop, country.take("") or country.take("value"), country.place, code=country.take("@iso-code"))
        country.leave(entry)


def _born(entry: _Entry, group: Group) -> None:
    """A day, month or year of the calendar that is named."""
    day, month, year = (group.take(f"@{name}") for name in ("day", "month", "year"))
    calendar, quality = group.take("@calendar"), group.take("@quality")
    low = calendar.casefold()
    date, calendar_facet = None, ""
    if low in {"", "gregorian"}:
        date = parted(year.zfill(4) if year else "", month, day)
    elif all(part.isascii() and part.isdigit() for part in (day or "0", month or "0", year)):
        numbers = int(year), int(month or 0), int(day or 0)
        solar = "solar" in low or "persian" in low or "jalali" in low
        calendar_facet = "solar hijri" if solar else "islamic"
        if solar or "islam" in low or "hijri" in low:
            date = from_solar_hijri(*numbers) if solar else from_hijri(*numbers)
    if date is None:
        for name, value in (("day", day), ("month", month), ("year", year), ("calendar", calendar)):
            group.put_back(f"@{name}", value)
        group.put_back("@quality", quality)
        return
    printed = "-".join(part for part in (year, month, day) if part) if calendar_facet else ""
    if entry.kind in {None, Kind.PERSON}:
        entry.say(Property.BIRTH_DATE, date, group.place, calendar=calendar_facet, printed=printed, quality=quality)
        entry.say(Property.BIRTH_YEAR, years_in(date), group.place)
    else:
        entry.say(Property.FEATURE, date, group.place, field="founded on", calendar=calendar_facet, printed=printed)


def _at(prop: Property) -> "_Step":
    """A place by its number, with what is said beside it."""

    def step(entry: _Entry, group: Group) -> None:
        number = group.take("@place-id")
        place = dict(entry.places.get(number, {}))
        group.take("@main")
        street = ", ".join(
            part for part in (group.take("c-o"), group.take("address-details"), group.take("p-o-box")) if part
        )
        parts = {"street": street, "postal_code": group.take("zip-code"), **place}
        note = group.take("remark")
        line = ", ".join(
            parts[name] for name in ("street", "city", "postal_code", "state", "country") if parts.get(name)
        )
        if not line:
            group.put_back("@place-id", number)
        entry.say(prop, line or note, group.place, **parts, note=note if line else "", form="" if line else "prose")

    return step


def _document(entry: _Entry, group: Group) -> None:
    issuer = next(iter(group.groups("issuer")), None)
    place = next(iter(group.groups("place-of-issue")), None)
    about = {
        "type": group.take("@document-type"),
        "country": issuer.take("") if issuer else "",
        "country_code": issuer.take("@code") if issuer else "",
        "issued": group.take("date-of-issue"),
        "expires": group.take("expiry-date"),
        "issued_in": ", ".join(v for k, v in entry.places.get(place.take("@place-id") if place else "", {}).items()
                               if v and k in {"city", "country"}),
        "note": group.take("remark"),
    }  # fmt: skip
    number = group.take("number")
    if number:
        entry.say(Property.IDENTIFIER, number, group.place, **about)
    else:
        entry.say(Property.FEATURE, about.pop("type"), group.place, field="document without number", **about)
    for inner in (issuer, place):
        if inner:
            _ours(inner)
            inner.leave(entry)


_Step = Callable[[_Entry, Group], None]

_PARTS: Final[dict[str, _Step]] = {
    "name": lambda entry, group: _name(entry, group, is_main=True),
    "nationality": _nationality,
    "day-month-year": _born,
    "place-of-birth": _at(Property.BIRTH_PLACE),
    "address": _at(Property.ADDRESS),
    "identification-document": _document,
}
"""What to make of each element of an identity."""

_WITHIN: Final[dict[str, _Step]] = {
    "identity": _identity,
    "justification": _justification,
    "other-information": _information,
    "relation": _relation,
    "generic-attribute": _attribute,
}
"""What to make of each element of an individual, entity or object."""

_STEPS: Final[dict[str, _Step]] = {
    SET: _set,
    "foreign-identifier": _foreign,
    "individual": _subject,
    "entity": _subject,
    "object": _subject,
    "justification": _justification,
    "other-information": _information,
    "relation": _relation,
    "generic-attribute": _attribute,
}
"""What to make of each element right below a target. One that is not here is unread, by its name."""
