"""From a record to claims, by consuming its fields: what no step takes becomes `Unread`."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property, facets
from tizim.errors import SourceRefused
from tizim.sources.dates import between, in_words, iso_day, iso_years, month_of, years_in
from tizim.sources.entries import Group, Making, each_once
from tizim.sources.entries import groups as groups_of
from tizim.sources.un_sc import comments, names
from tizim.sources.un_sc.read import REFERENCE, SOURCE_ID
from tizim.sources.un_sc.references import reference_key, regime_of_reference, regime_of_type
from tizim.text import script_of

_KINDS: Final = {"INDIVIDUAL": Kind.PERSON, "ENTITY": Kind.ORGANISATION}
_NAME_PARTS: Final = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_PROSE: Final = "prose"
"""facet ``form`` of a value for which the list fills no field but a note"""

# A language named after a name in brackets, as BCP 47 has it.
_LANGUAGES: Final = {"tigrinya": "ti", "amharic": "am", "arabic": "ar", "russian": "ru", "chinese": "zh"}
_NAMED_LANGUAGE: Final = re.compile(r"^(.*\S)\s*\((\w+)\)$")
_LOST: Final = "\ufffd"
"""stands where the publisher's own export lost letters, as in a name or two since 2025-08-02"""


class _Entry(Making):
    """What is being made of one record."""

    __slots__ = ("groups", "kind")

    def __init__(self, key: str, kind: Kind, place: str, groups: list[Group]) -> None:
        super().__init__(key, f"{SOURCE_ID}:{key}", place)
        self.kind = kind
        self.groups = groups


def _lacks_letters(group: Group, leaf: str) -> bool:
    """Whether letters of a leaf were lost before it reached us: no name to record, but one to look at."""
    found = group.leaves.get(leaf)
    return found is not None and _LOST in found[1]


def map_record(record: Record) -> EntryReading:
    """All that the record says; `SourceRefused` if it has no number or stands under no known regime."""
    kind = _KINDS.get(record.place.partition("[")[0])
    groups = groups_of(record)
    printed = next((g.take("") for g in groups if g.tag == REFERENCE), "")
    if kind is None or not printed:
        raise SourceRefused(f"{record.place}: no {REFERENCE}, so the entry has no identity")
    key = reference_key(printed)
    entry = _Entry(key, kind, record.place, groups)
    _membership(entry, record.place)
    entry.state(Property.REFERENCE, key, REFERENCE)
    if printed != key:
        entry.state(Property.REFERENCE, printed, REFERENCE, facets(spelling="as printed"))
    entry.state(Property.KIND, kind.value, "")
    _primary_name(entry)
    for group in groups:
        step = _STEPS.get(group.tag)
        if step:
            step(entry, group)
        group.leave(entry)
    return entry.made()


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every entry, each key once: a record is an entry here."""
    return each_once(map_record(record) for record in records)


def _membership(entry: _Entry, place: str) -> None:
    """The official list, by the printed type; by the number's letters if the type is not known."""
    group = next((g for g in entry.groups if g.tag == "UN_LIST_TYPE"), None)
    printed = group.take("") if group else ""
    by_type, by_number = regime_of_type(printed), regime_of_reference(entry.key)
    regime = by_type or by_number
    if regime is None:
        raise SourceRefused(f"{place}: neither UN_LIST_TYPE {printed!r} nor the number names a known regime")
    if printed and (by_type is None or (by_number is not None and by_number != by_type)):
        entry.leave("UN_LIST_TYPE", "UN_LIST_TYPE", printed)
    entry.state(Property.MEMBER, regime, "UN_LIST_TYPE" if by_type else REFERENCE)


def _primary_name(entry: _Entry) -> None:
    """The parts stand in the order of the person's own name; an entity's whole name is in the first."""
    by_tag = {group.place: group for group in entry.groups}
    parts = [(tag, value) for tag in _NAME_PARTS if tag in by_tag and (value := by_tag[tag].take(""))]
    place = "+".join(tag for tag, _ in parts)
    found = names.primary([value for _, value in parts])
    if not found:
        for tag, value in parts:
            by_tag[tag].put_back("", value)
    for number, name in enumerate(found, start=1):
        entry.state(Property.NAME, name, _nth(place, number, found), facets(script=script_of(name)))


def _nth(place: str, number: int, among: tuple[str, ...]) -> str:
    return f"{place}#{number}" if len(among) > 1 else place


def _value(prop: Property) -> "_Step":
    """One claim of the element's own text or of each of its VALUEs."""

    def step(entry: _Entry, group: Group) -> None:
        entry.state(prop, group.take(""), group.place)
        for place, value in group.take_all("VALUE"):
            entry.state(prop, value, place)

    return step


def _day(prop: Property) -> "_Step":
    """One claim for each day; one that is not a day is left."""

    def step(entry: _Entry, group: Group) -> None:
        for place, printed in [(group.place, group.take("")), *group.take_all("VALUE")]:
            day = iso_day(printed)
            if day:
                entry.state(prop, day, place)
            elif printed:
                entry.leave(place, group.tag, printed)

    return step


def _housekeeping(entry: _Entry, group: Group) -> None:
    for place, value in [(group.place, group.take("")), *group.take_all("VALUE")]:
        entry.state(Property.HOUSEKEEPING, value, place, facets(field=group.tag.lstrip("@")))


def _gender(entry: _Entry, group: Group) -> None:
    entry.state(Property.GENDER, group.take("").casefold(), group.place)


def _original_name(entry: _Entry, group: Group) -> None:
    if _lacks_letters(group, ""):
        return
    printed = group.take("")
    found = names.original(printed)
    if not found:
        group.put_back("", printed)
    for number, name in enumerate(found, start=1):
        language = ""
        named = _NAMED_LANGUAGE.match(name)
        if named and named[2].casefold() in _LANGUAGES:
            name, language = named[1], _LANGUAGES[named[2].casefold()]  # noqa: PLW2901  the name proper
        pairs = facets(script=script_of(name), language=language)
        entry.state(Property.ORIGINAL_NAME, name, _nth(group.place, number, found), pairs)


def _alias(entry: _Entry, group: Group) -> None:
    """Names with their quality; what is told of an alias is said apart, so that names stay bare of it."""
    if _lacks_letters(group, "ALIAS_NAME"):
        return
    printed = group.take("ALIAS_NAME")
    found = names.alias(printed)
    if not found.names and not found.remarks:
        group.put_back("ALIAS_NAME", printed)
        _nameless_alias(entry, group)
        return
    noted = names.note(group.take("NOTE"))
    printed = group.take("QUALITY")
    quality, kind = _QUALITIES.get(printed.casefold(), ("", ""))
    if printed.casefold() not in _QUALITIES:
        group.put_back("QUALITY", printed)
    for leaf, listed in (("ALIAS_NAME", found.names), ("NOTE", noted.names)):
        for number, name in enumerate(listed, start=1):
            pairs = facets(quality=quality, kind=kind, script=script_of(name))
            entry.state(Property.ALIAS, name, _nth(f"{group.place}/{leaf}", number, listed), pairs)
    of = found.names[0] if found.names else ""
    for leaf, remarks in (("ALIAS_NAME", found.remarks), ("NOTE", noted.remarks)):
        for remark in remarks:
            pairs = facets(of=of, quality="" if of else quality or kind)
            entry.state(Property.COMMENT, remark, f"{group.place}/{leaf}", pairs)
    printed = group.take("DATE_OF_BIRTH")
    date = iso_day(printed) or iso_years(printed)
    if date:
        entry.state(Property.BIRTH_DATE, date, f"{group.place}/DATE_OF_BIRTH", facets(of=of))
    else:
        group.put_back("DATE_OF_BIRTH", printed)
    city, country = group.take("CITY_OF_BIRTH"), group.take("COUNTRY_OF_BIRTH")
    born_at = ", ".join(part for part in (city, country) if part)
    entry.state(Property.BIRTH_PLACE, born_at, group.place, facets(city=city, country=country, of=of))


_QUALITIES: Final = {
    "": ("", ""),
    "good": ("good", ""),
    "low": ("low", ""),
    "a.k.a.": ("", ""),
    "f.k.a.": ("", "former name"),
}


def _nameless_alias(entry: _Entry, group: Group) -> None:
    """The file of 2024-09-21 has a person's second and further birth dates in aliases without a name."""
    printed = group.take("DATE_OF_BIRTH")
    date = iso_day(printed) or iso_years(printed)
    if date:
        entry.state(Property.BIRTH_DATE, date, f"{group.place}/DATE_OF_BIRTH")
        entry.state(Property.BIRTH_YEAR, years_in(date), f"{group.place}/DATE_OF_BIRTH")
    else:
        group.put_back("DATE_OF_BIRTH", printed)


def _birth_date(entry: _Entry, group: Group) -> None:
    """A day, a year, a span of years, or words in the note.

    The kinds *exact* and *between* say no more than a date or a span does, and the file of 2024-09-21 lacks
    them for some; so only others (*approximately*) are told.
    """
    kind = group.take("TYPE_OF_DATE")
    note = group.take("NOTE")
    date = _stated_birth_date(group)
    form = ""
    if not date and not group.leaves and note:
        date = in_words(note)
        if not date:
            date, form = note, _PROSE
    elif date and len(date) == 4 and (month := month_of(note)):
        date = f"{date}-{month:02d}"
    if not date:
        group.put_back("TYPE_OF_DATE", kind)
        group.put_back("NOTE", note)
        return
    told = "" if note in {date, ""} else note
    low = kind.casefold()
    plain = low == "exact" or (low == "between" and "/" in date)
    pairs = facets(type="" if plain else low, note=told, form=form)
    entry.state(Property.BIRTH_DATE, date, group.place, pairs)
    if not form:
        entry.state(Property.BIRTH_YEAR, years_in(date), group.place)


def _stated_birth_date(group: Group) -> str | None:
    """What the fields for it say; a field that is not a date, or comes beside a better one, stays unread."""
    for leaf, understand in (("DATE", iso_day), ("YEAR", iso_years)):
        printed = group.take(leaf)
        date = understand(printed)
        if date:
            return date
        group.put_back(leaf, printed)
    first, last = group.take("FROM_YEAR"), group.take("TO_YEAR")
    span = between(first, last)
    if span is None:
        group.put_back("FROM_YEAR", first)
        group.put_back("TO_YEAR", last)
    return span


def _place(prop: Property) -> "_Step":
    """An address or birth place, from the street to the country."""

    def step(entry: _Entry, group: Group) -> None:
        street, city, state = group.take("STREET"), group.take("CITY"), group.take("STATE_PROVINCE")
        code, country, note = group.take("ZIP_CODE"), group.take("COUNTRY"), group.take("NOTE")
        # Since 2024 some places print the same words as street and as city.
        line = ", ".join(dict.fromkeys(part for part in (street, city, state, code, country) if part))
        pairs = facets(
            street=street, city=city, state=state, postal_code=code, country=country,
            note=note if line else "", form="" if line else _PROSE,
        )  # fmt: skip
        entry.state(prop, line or note, group.place, pairs)

    return step


def _document(entry: _Entry, group: Group) -> None:
    """A passport or identity number; often the number stands in the note or in the second type only."""
    number, note = group.take("NUMBER"), group.take("NOTE")
    kind, detail = group.take("TYPE_OF_DOCUMENT"), group.take("TYPE_OF_DOCUMENT2")
    country, issued_in = group.take("ISSUING_COUNTRY"), group.take("COUNTRY_OF_ISSUE")
    city, printed = group.take("CITY_OF_ISSUE"), group.take("DATE_OF_ISSUE")
    issued = iso_day(printed) or iso_years(printed) or ""
    if not issued:
        group.put_back("DATE_OF_ISSUE", printed)
    if detail.casefold() == kind.casefold():
        detail = ""
    value = number or note or detail or kind or city or issued_in or country or issued
    pairs = facets(
        type=kind if value != kind else "", detail=detail if value != detail else "", country=country,
        issued_in=issued_in, city=city, issued=issued, note=note if value != note else "",
        form="" if number else _PROSE,
    )  # fmt: skip
    entry.state(Property.IDENTIFIER, value, group.place, pairs)


def _comments(entry: _Entry, group: Group) -> None:
    """The whole prose, and what its sentences of a fixed form say."""
    line = group.take("")
    place = group.place
    entry.state(Property.COMMENT, line, place)
    told, other = comments.reviews(line)
    for review in told:
        if review.date:
            entry.state(Property.REVIEWED_ON, review.date, place, facets(resolution=review.resolution))
        else:
            entry.leave(place, "COMMENTS1 (review)", review.text)
    for text in other:
        entry.leave(place, "COMMENTS1 (review)", text)
    for old in comments.old_references(line):
        entry.state(Property.OLD_REFERENCE, old, place)
    for relation in comments.relations(line, entry.key):
        entry.state(Property.RELATION, relation.key, place, facets(phrase=relation.phrase, name=relation.name))
    for link in comments.links(line):
        kind = "Interpol notice" if "interpol.int" in link.casefold() else ""
        entry.state(Property.LINK, link, place, facets(kind=kind))


_Step = Callable[[_Entry, Group], None]

_STEPS: Final[dict[str, _Step]] = {
    "DATAID": _value(Property.DATA_ID),
    "NAME_ORIGINAL_SCRIPT": _original_name,
    "INDIVIDUAL_ALIAS": _alias,
    "ENTITY_ALIAS": _alias,
    "LISTED_ON": _day(Property.LISTED_ON),
    "LAST_DAY_UPDATED": _day(Property.AMENDED_ON),
    "SUBMITTED_ON": _day(Property.SUBMITTED_ON),
    "SUBMITTED_BY": _value(Property.SUBMITTED_BY),
    "DELISTED_ON": _day(Property.DELISTED_ON),
    "INDIVIDUAL_DATE_OF_BIRTH": _birth_date,
    "INDIVIDUAL_PLACE_OF_BIRTH": _place(Property.BIRTH_PLACE),
    "NATIONALITY": _value(Property.NATIONALITY),
    "NATIONALITY2": _value(Property.NATIONALITY),
    "GENDER": _gender,
    "TITLE": _value(Property.TITLE),
    "DESIGNATION": _value(Property.POSITION),
    "INDIVIDUAL_ADDRESS": _place(Property.ADDRESS),
    "ENTITY_ADDRESS": _place(Property.ADDRESS),
    "INDIVIDUAL_DOCUMENT": _document,
    "ENTITY_DOCUMENT": _document,
    "COMMENTS1": _comments,
    "VERSIONNUM": _housekeeping,
    "SORT_KEY": _housekeeping,
    "SORT_KEY_LAST_MOD": _housekeeping,
    "LIST_TYPE": _housekeeping,
    "@noNamespaceSchemaLocation": _housekeeping,
}
"""What to make of each element right below an entry. One that is not here is unread, by its name."""
