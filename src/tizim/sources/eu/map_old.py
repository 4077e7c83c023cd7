"""From an ``ENTITY`` of the form 1.0 to claims. Each of its parts says on which act it rests; so do the claims."""

import re
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources import dates
from tizim.sources.entries import Group, Making, each_once
from tizim.sources.entries import groups as groups_of
from tizim.sources.eu.lists import WHOLE, lists_of
from tizim.sources.eu.read_old import REMARK
from tizim.sources.eu.remarks import lettered, number_of, say_remark
from tizim.text import one_line, script_of

_KINDS: Final = {"P": Kind.PERSON, "E": Kind.ORGANISATION}
_GENDERS: Final = {"M": "male", "F": "female"}
_BASIS: Final = ("legal_basis", "reg_date", "pdf_link", "programme")


class _Basis(msgspec.Struct, frozen=True):
    """An act as an element prints it."""

    act: str
    date: str
    link: str
    programme: str


class _Entry(Making):
    """What is being made of one entity."""

    __slots__ = ("is_person", "main_name", "number", "own")

    def __init__(self, number: str, place: str, own: _Basis) -> None:
        super().__init__(number, f"{WHOLE}:{number}", place)
        self.number = number
        self.own = own
        self.main_name = ""
        self.is_person = False

    def on(self, basis: _Basis) -> dict[str, str]:
        """The facets of a claim whose part rests on another act than the entity does."""
        if not basis.act or basis.act == self.own.act:
            return {}
        return {"basis": basis.act, "basis_date": basis.date}


def map_record(record: Record) -> EntryReading:
    """All that the record says; `SourceRefused` if it has no number."""
    groups = groups_of(record)
    top = Group("", "")
    for group in groups:
        if group.tag.startswith("@"):
            top.leaves[group.tag] = group.leaves.pop("")
    number = top.take("@Id")
    if not number:
        raise SourceRefused(f"{record.place}: no Id, so the entry has no identity")
    own = _basis_of(top)
    entry = _Entry(number, record.place, own)
    entry.say(Property.REFERENCE, number, "@Id")
    entry.say(Property.DATA_ID, number, "@Id")
    bases = [own, *(_peek(group) for group in groups if not group.tag.startswith("@"))]
    for member in lists_of(own.programme, (basis.act for basis in bases)):
        entry.say(Property.MEMBER, member, "@programme")
    printed = top.take("@Type")
    kind = _KINDS.get(printed)
    entry.is_person = kind is Kind.PERSON
    entry.say(Property.KIND, kind.value if kind else "", "@Type")
    if kind is None:
        top.put_back("@Type", printed)
    entry.say(Property.PROGRAMME, own.programme, "@programme")
    _legal_basis(entry, own, "@legal_basis")
    say_remark(entry, top.take("@remark"), "@remark")
    for group in groups:
        if group.tag == REMARK:
            say_remark(entry, group.take(""), group.place)
        step = _STEPS.get(group.tag)
        if step:
            basis = _basis_of(group)
            _legal_basis(entry, basis, f"{group.place}/@legal_basis")
            _numbers(entry, group)
            step(entry, group, basis)
        group.leave(entry)
    for leaf, (_, value) in top.leaves.items():
        entry.leave(leaf, f"ENTITY/{leaf}", one_line(value))
    return entry.made()


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every entry, each key once: a record is an entry here."""
    return each_once(map_record(record) for record in records)


def _peek(group: Group) -> _Basis:
    """The act of a part, which stays there to be taken."""
    found = group.leaves.get("@legal_basis")
    return _Basis(one_line(found[1]) if found else "", "", "", "")


def _basis_of(group: Group) -> _Basis:
    """The act that an element names; a day that is none stays unread."""
    act, printed, link, programme = (group.take(f"@{name}") for name in _BASIS)
    day = dates.iso_day(printed)
    if day is None:
        group.put_back("@reg_date", printed)
    return _Basis(act, day or "", link, programme)


def _legal_basis(entry: _Entry, basis: _Basis, place: str) -> None:
    """One for each act and day: for most acts the entity prints the day before the one that its parts print."""
    entry.say(
        Property.LEGAL_BASIS, basis.act, place, number=number_of(basis.act), date=basis.date, link=basis.link,
        programme=basis.programme,
    )  # fmt: skip


def _numbers(entry: _Entry, group: Group) -> None:
    """Numbers of the publisher's database; the entity's is repeated in each part."""
    entry.say(Property.HOUSEKEEPING, group.take("@Id"), f"{group.place}/@Id", field=f"{group.tag}/@Id")
    number = group.take("@Entity_id")
    if number != entry.number:
        group.put_back("@Entity_id", number)


_REMARKED: Final = re.compile(r"^(.*\S)\s*\((birth name|maiden name|former name)\)$")
_COMMA: Final = re.compile(r"^[^,]+, [^,]+$")


def _name(entry: _Entry, group: Group, basis: _Basis) -> None:
    """The first is the entry's name. The same words again are that name, resting on another act."""
    on = entry.on(basis)
    family, given, middle = (group.take(leaf) for leaf in ("LASTNAME", "FIRSTNAME", "MIDDLENAME"))
    name = group.take("WHOLENAME") or one_line(f"{given} {middle} {family}")
    language = group.take("LANGUAGE").casefold()
    match = _REMARKED.match(name)
    name, kind = (match[1], match[2]) if match else (name, "")
    entry.main_name = entry.main_name or name
    form = "family name first" if entry.is_person and not family and _COMMA.match(name) else ""
    prop = Property.NAME if name == entry.main_name else Property.ALIAS
    entry.say(
        prop, name, f"{group.place}/WHOLENAME", kind=kind, form=form, language=language, script=_script(name),
        family=family, given=given, middle=middle, **on,
    )  # fmt: skip
    printed = group.take("GENDER")
    gender = _GENDERS.get(printed, "")
    entry.say(Property.GENDER, gender, f"{group.place}/GENDER")
    if not gender:
        group.put_back("GENDER", printed)
    entry.say(Property.TITLE, group.take("TITLE"), f"{group.place}/TITLE", **on)
    for position in lettered(group.take("FUNCTION")):
        entry.say(Property.POSITION, position, f"{group.place}/FUNCTION", **on)
    _remarks(entry, group, name, on)


def _remarks(entry: _Entry, group: Group, of: str, on: dict[str, str]) -> None:
    """What the file writes in XML comments within a part, such as the name under which a date of birth is used."""
    printed = group.leaves.pop(REMARK, ("", ""))[1]
    remark = "; ".join(dict.fromkeys(filter(None, map(one_line, printed.splitlines()))))
    entry.say(Property.COMMENT, remark, f"{group.place}/{REMARK}", of=of, part=group.tag, **on)


def _script(name: str) -> str:
    """The script, where it is not the Latin one of nearly all names."""
    script = script_of(name)
    return "" if script == "Latn" else script


_ABOUT: Final = re.compile(r"^(.*?)\s*\(approximative\)$")


def _birth(entry: _Entry, group: Group, basis: _Basis) -> None:
    on = entry.on(basis)
    printed = group.take("DATE")
    match = _ABOUT.match(printed)
    said = match[1] if match else printed
    date = dates.iso_day(said) or dates.iso_years(said) or _span(said)
    if date:
        about = "circa" if match else ""
        entry.say(Property.BIRTH_DATE, date, f"{group.place}/DATE", about=about, **on)
        entry.say(Property.BIRTH_YEAR, dates.years_in(date), f"{group.place}/DATE")
    else:
        group.put_back("DATE", printed)
    _remarks(entry, group, date or "", on)
    place, country = group.take("PLACE"), group.take("COUNTRY")
    line = ", ".join(part for part in (place, country) if part)
    entry.say(Property.BIRTH_PLACE, line, group.place, city=place, country=country, **on)


def _span(text: str) -> str | None:
    first, dash, last = text.partition(" - ")
    return dates.between(first, last) if dash and first and last else None


_CHANNEL: Final = re.compile(r"^(PHONE|FAX|EMAIL|E-MAIL|WEB|WEBSITE)\[(.*)\]$")
_CHANNELS: Final = {
    "PHONE": "phone", "FAX": "fax", "EMAIL": "e-mail", "E-MAIL": "e-mail", "WEB": "website", "WEBSITE": "website",
}  # fmt: skip
_NUMBER_OF: Final = re.compile(
    r"^((?:Italian )?fiscal code|SSN|(?:United States )?Social Security Number"
    r"|(?:US )?(?:Federal )?Employer Identification Number):?\s*([A-Z0-9][A-Z0-9 -]*?)\.?(?:\s*\((\w+)\))?$",
    re.IGNORECASE,
)


def _address(entry: _Entry, group: Group, basis: _Basis) -> None:
    on = entry.on(basis)
    number, street = group.take("NUMBER"), group.take("STREET")
    street = ", ".join(part for part in (street, number) if part)
    code, city, country = group.take("ZIPCODE"), group.take("CITY"), group.take("COUNTRY")
    notes = []
    printed = [line.strip() for line in group.leaves.pop("OTHER", ("", ""))[1].splitlines()]
    for channel in filter(None, map(_CHANNEL.match, printed)):
        for value in channel[2].split(", "):
            entry.say(Property.CONTACT, value.strip(), f"{group.place}/OTHER", kind=_CHANNELS[channel[1]], **on)
    for line in dict.fromkeys(_lines("\n".join(line for line in printed if not _CHANNEL.match(line)))):
        document = _NUMBER_OF.match(line)
        if document:
            entry.say(
                Property.IDENTIFIER, document[2], f"{group.place}/OTHER", type=document[1], country=document[3] or "",
                form="prose", **on,
            )  # fmt: skip
        else:
            notes.append(line)
    _remarks(entry, group, "", on)
    note = "; ".join(notes)
    line = ", ".join(part for part in (street, code, city, country) if part)
    entry.say(
        Property.ADDRESS, line or note, group.place, street=street, city=city, postal_code=code, country=country,
        note=note if line else "", form="" if line else "prose", **on,
    )  # fmt: skip


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, without the brackets that enclose all of it, or one of them."""
    for line in _unwrapped(text).splitlines():
        said = _unwrapped(line)
        if said:
            yield one_line(said)


def _unwrapped(text: str) -> str:
    said = text.strip()
    while _is_enclosed(said):
        said = said[1:-1].strip()
    return said


def _is_enclosed(text: str) -> bool:
    """Whether the bracket that opens at the start closes at the end."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for at, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if not depth:
            return at == len(text) - 1
    return False


_DOCUMENT: Final = re.compile(r"^(.*?)\s*\(([a-z]+)-([^()]*)\)\s*(.*)$", re.DOTALL)
_STATE: Final = re.compile(r"\[([^\[\]]*)\]")


def _document(entry: _Entry, group: Group, basis: _Basis) -> None:
    """``D 0001 (passport-National passport) [known to be expired](issued …)``: number, kind, state and remarks."""
    _remarks(entry, group, "", entry.on(basis))
    printed = group.leaves.pop("NUMBER", ("", ""))[1]
    match = _DOCUMENT.match(printed.strip())
    if match is None or match[1].strip().upper() in {"", "UNKNOWN"}:
        group.put_back("NUMBER", printed)
        return
    rest = match[4]
    states = "; ".join(_STATE.findall(rest))
    notes = "; ".join(dict.fromkeys(_lines(_STATE.sub("\n", rest))))
    entry.say(
        Property.IDENTIFIER, one_line(match[1]), f"{group.place}/NUMBER", type=match[3].strip(), status=states,
        country=group.take("COUNTRY"), note=notes, **entry.on(basis),
    )  # fmt: skip


def _citizen(entry: _Entry, group: Group, basis: _Basis) -> None:
    _remarks(entry, group, "", entry.on(basis))
    entry.say(Property.NATIONALITY, group.take("COUNTRY"), f"{group.place}/COUNTRY", **entry.on(basis))


_Step = Callable[[_Entry, Group, _Basis], None]

_STEPS: Final[dict[str, _Step]] = {
    "NAME": _name,
    "BIRTH": _birth,
    "ADDRESS": _address,
    "PASSPORT": _document,
    "CITIZEN": _citizen,
}
"""What to make of each part of an entity. One that is not here is unread, by its name."""
