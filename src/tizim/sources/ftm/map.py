"""From the record of a subject to claims, by the names of the model's properties."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.lists import ListId
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.crossing import say_un_numbers
from tizim.sources.dates import iso_day, parted, years_in
from tizim.sources.entries import Making, each_once
from tizim.sources.ftm.read import EDGES
from tizim.text import one_line, script_of

_KINDS: Final[Mapping[str, Kind]] = {
    "Person": Kind.PERSON,
    "Organization": Kind.ORGANISATION,
    "Company": Kind.ORGANISATION,
    "PublicBody": Kind.ORGANISATION,
    "Vessel": Kind.VESSEL,
    "Airplane": Kind.AIRCRAFT,
    # May be a person or an organisation, or is neither.
    "LegalEntity": Kind.UNKNOWN,
    "Thing": Kind.UNKNOWN,
    "Asset": Kind.UNKNOWN,
    "Vehicle": Kind.UNKNOWN,
    "Security": Kind.UNKNOWN,
    "CryptoWallet": Kind.UNKNOWN,
}
"""What an entity of each schema is. An entity of another schema is no member, and its schema unread."""
_ORDINAL: Final = re.compile(r"\[\d+\]$")
_PARTIAL: Final = re.compile(r"(\d{4})(?:-(\d{2}))?")


@cache
def _table(file: str) -> Mapping[str, tuple[str, str]]:
    """What to do with each property that a file of ours names: the step and its argument."""
    text = resources.files("tizim.sources.ftm").joinpath(file).read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), strict=True)
    return MappingProxyType({row["property"]: (row["step"], row["argument"]) for row in rows})


class Mapper:
    """Maps the records of files that are kept as one list."""

    def __init__(self, list_id: ListId) -> None:
        self._list = list_id

    def map_record(self, record: Record) -> EntryReading:
        """One subject with all that belongs to it. Raises `SourceRefused` if the record has no id."""
        fields = dict(record.fields)
        key = fields.pop("@id", "")
        if not key:
            raise SourceRefused(f"{record.place}: no id, so the entry has no identity")
        making = Making(key, f"{self._list}:{key}", record.place)
        schema = fields.pop("@schema", "")
        kind = _KINDS.get(schema)
        if kind is None:
            making.leave("@schema", "schema", schema)
        else:
            making.say(Property.KIND, kind.value, "@schema")
        target = fields.get("@target")
        if kind is not None and target != "false":
            making.say(Property.MEMBER, self._list, "@schema")
        making.say(Property.REFERENCE, key, "@id")
        node = _Node("", schema)
        for path, value in fields.items():
            node.put(path.split("/"), path, one_line(value))
        _Said(making, self._list).subject(node)
        return making.made()

    def readings(self, records: list[Record]) -> Iterator[EntryReading]:
        """Every subject, each key once."""
        return each_once(map(self.map_record, records))


class _Node:
    """An entity within a record: its values by property, and the entities below it."""

    __slots__ = ("below", "place", "schema", "values")

    def __init__(self, place: str, schema: str) -> None:
        self.place = place
        self.schema = schema
        self.values: list[tuple[str, str, str]] = []
        """property, place and value"""
        self.below: dict[str, tuple[str, _Node]] = {}

    def put(self, steps: list[str], place: str, value: str) -> None:
        """Add a value by its path below this entity."""
        prop = _ORDINAL.sub("", steps[0])
        if len(steps) == 1:
            if prop == "@schema":
                self.schema = value
            else:
                self.values.append((prop, place, value))
            return
        here = place[: len(place) - len("/".join(steps[1:])) - 1]
        _, node = self.below.setdefault(steps[0], (prop, _Node(here, "")))
        node.put(steps[1:], place, value)

    def first(self, *props: str) -> str:
        """The first value of the first of *props* that has one."""
        return next((value for prop in props for name, _, value in self.values if name == prop), "")

    def all_below(self) -> "list[tuple[str, _Node]]":
        return list(self.below.values())


class _Said:
    """Says what the properties of a subject, and of all that belongs to it, mean."""

    def __init__(self, making: Making, list_id: ListId) -> None:
        self._making = making
        self._list = list_id

    def subject(self, node: _Node) -> None:
        """The subject's own values, then what stands around it."""
        self._values(node, _table("properties.csv"))
        for prop, below in node.all_below():
            if below.schema == "Sanction":
                self._values(below, _table("sanction.csv"))
                self._leave_all_below(below)
            elif below.schema in {"Identification", "Passport"}:
                self._document(below)
            elif below.schema == "Address" or prop == "addressEntity":
                self._address(below)
            elif below.schema in EDGES:
                self._tie(below)
            else:
                self._leave_all(below)

    def _values(self, node: _Node, table: Mapping[str, tuple[str, str]]) -> None:
        for prop, place, value in node.values:
            if prop.startswith("@"):
                if prop != "@id":
                    self._making.say(Property.HOUSEKEEPING, value, place, field=prop[1:])
                continue
            step, argument = table.get(prop, ("", ""))
            if not (step and _STEPS[step](self._making, value, place, argument, prop)):
                self._making.leave(place, f"{node.schema}/{prop}" if node.place else prop, value)

    def _document(self, node: _Node) -> None:
        """A passport or another paper: the number is the value, the rest says which."""
        number = node.first("number", "passportNumber")
        used = (
            {"number", "passportNumber", "holder", "type", "country", "startDate", "endDate", "summary"}
            if number
            else {"holder"}
        )
        self._making.say(
            Property.IDENTIFIER, number, node.place,
            type=node.first("type") or ("passport" if node.schema == "Passport" else "identity document"),
            country=node.first("country"), issued=node.first("startDate"), expires=node.first("endDate"),
            note=node.first("summary"),
        )  # fmt: skip
        self._leave_values(node, used)

    def _address(self, node: _Node) -> None:
        """An address with its parts; the whole, where it is not printed, is made of them."""
        parts = {facet: node.first(*props) for facet, props in _PARTS.items()}
        whole = node.first("full", "name") or ", ".join(dict.fromkeys(part for part in parts.values() if part))
        self._making.say(Property.ADDRESS, whole, node.place, **parts)
        self._leave_values(node, {"full", "name", *(prop for props in _PARTS.values() for prop in props)})

    def _tie(self, node: _Node) -> None:
        """A tie to another entity: by its id where it has one, else by its name."""
        own, other = EDGES[node.schema]
        said = next((prop for prop in ("role", "relationship", "status", "summary") if node.first(prop)), "")
        phrase = node.first(said) or _words(node.schema)
        # Nested below the one end stands the other; below the other the one, whose part in it is then told.
        nested = [(prop, below) for prop, below in node.all_below() if prop in {own, other}]
        if node.schema == "Occupancy":
            for _, below in nested:
                since, until = node.first("startDate"), node.first("endDate")
                self._making.say(Property.POSITION, below.first("name"), below.place, since=since, until=until)
                self._leave_values(below, {"name"})
            self._leave_values(node, {own, "startDate", "endDate"} if nested else {own}, told=(own, other))
            return
        for prop, place, value in node.values:
            if prop == other:
                pairs = {"phrase": phrase, "with": f"{self._list}:{value}"}
                self._making.say(Property.RELATION, value, place, **pairs)
        for prop, below in nested:
            key, name = below.first("@id"), below.first("name", "@caption")
            part = own if prop == own and not said else phrase
            if key not in {"", "-"}:
                pairs = {"phrase": part, "name": name, "with": f"{self._list}:{key}"}
                self._making.say(Property.RELATION, key, below.place, **pairs)
            else:
                self._making.say(Property.RELATED_NAME, name, below.place, phrase=part)
            self._leave_values(below, {"name"})
        self._leave_values(node, {own, other, said}, told=(own, other))

    def _leave_values(self, node: _Node, used: set[str], told: tuple[str, ...] = ()) -> None:
        """Leave all values but those of *used*, and all entities below but those that were *told*.

        Of a property that goes into a claim once, the second value is left too.
        """
        seen: set[str] = set()
        for prop, place, value in node.values:
            if prop.startswith("@"):
                continue
            once = prop in _ONCE and prop in seen
            if prop not in used or once:
                self._making.leave(place, f"{node.schema}/{prop}", value)
            seen.add(prop)
        self._leave_all_below(node, told)

    def _leave_all_below(self, node: _Node, told: tuple[str, ...] = ()) -> None:
        for prop, below in node.all_below():
            if prop not in told:
                self._leave_all(below)

    def _leave_all(self, node: _Node) -> None:
        for prop, place, value in node.values:
            if prop != "@id":
                self._making.leave(place, f"{node.schema}/{prop}", value)
        self._leave_all_below(node)


_PARTS: Final = {
    "street": ("street",), "postal_code": ("postalCode",), "city": ("city",), "state": ("state", "region"),
    "country": ("country",), "note": ("remarks",),
}  # fmt: skip
_ONCE: Final = frozenset(
    {"number", "type", "country", "startDate", "endDate", "summary", "role", "relationship", "full", "name"}
)
"""Properties of which only the first value goes into a claim."""


def _words(schema: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", schema).casefold()


# -- steps: each says what a value means, and whether it was understood ------------------------------


def date_of(value: str) -> str:
    """An ISO date, or a part of one; the midnight that some dates carry is cut off. Empty if it is neither."""
    match = _PARTIAL.fullmatch(value)
    if match:
        return parted(match[1], match[2] or "", "") or ""
    return iso_day(value) or ""


_Step = Callable[[Making, str, str, str, str], bool]


def _name(making: Making, value: str, place: str, _: str, __: str) -> bool:
    # Of several names the first is the main one; the model does not order them otherwise.
    prop = Property.NAME if place in {"name", "name[1]"} else Property.ALIAS
    making.say(prop, value, place, script=script_of(value))
    return True


def _alias(making: Making, value: str, place: str, argument: str, _: str) -> bool:
    quality = "low" if argument == "low" else ""
    kind = "former name" if argument == "former" else ""
    making.say(Property.ALIAS, value, place, quality=quality, kind=kind, script=script_of(value))
    return True


def _plain(making: Making, value: str, place: str, argument: str, _: str) -> bool:
    making.say(Property(argument), value, place)
    return True


def _feature(making: Making, value: str, place: str, argument: str, _: str) -> bool:
    making.say(Property.FEATURE, value, place, field=argument)
    return True


def _gender(making: Making, value: str, place: str, _: str, __: str) -> bool:
    making.say(Property.GENDER, value.casefold(), place)
    return True


def _birth(making: Making, value: str, place: str, _: str, __: str) -> bool:
    date = date_of(value)
    making.say(Property.BIRTH_DATE, date, place)
    making.say(Property.BIRTH_YEAR, years_in(date) if date else "", place)
    return bool(date)


def _date(making: Making, value: str, place: str, argument: str, _: str) -> bool:
    date = date_of(value)
    making.say(Property(argument), date, place)
    return bool(date)


def _contact(making: Making, value: str, place: str, argument: str, _: str) -> bool:
    making.say(Property.CONTACT, value, place, kind=argument)
    return True


def _identifier(making: Making, value: str, place: str, argument: str, _: str) -> bool:
    making.say(Property.IDENTIFIER, value, place, type=argument)
    return True


def _link(making: Making, value: str, place: str, _: str, __: str) -> bool:
    making.say(Property.LINK, value, place)
    return True


def _housekeeping(making: Making, value: str, place: str, _: str, prop: str) -> bool:
    making.say(Property.HOUSEKEEPING, value, place, field=prop)
    return True


def _reference(making: Making, value: str, place: str, _: str, prop: str) -> bool:
    making.say(Property.REFERENCE, value, place, field=prop)
    return True


def _programme_id(making: Making, value: str, place: str, _: str, __: str) -> bool:
    making.say(Property.PROGRAMME, value, place, form="code")
    return True


def _un(making: Making, value: str, place: str, _: str, __: str) -> bool:
    part = Making("", "", "")
    say_un_numbers(part, value, place)
    claims = part.made().claims
    for claim in claims:
        making.state(claim.property, claim.value, place, claim.facets)
    return bool(claims)


def _authority_country(making: Making, value: str, place: str, _: str, __: str) -> bool:
    making.say(Property.HOUSEKEEPING, value, place, field="country of the authority")
    return True


def _owner(_: Making, __: str, ___: str, ____: str, _____: str) -> bool:
    """The entity itself."""
    return True


def _not(_: Making, __: str, ___: str, ____: str, _____: str) -> bool:
    """An id of an entity that is not in the file."""
    return False


_STEPS: Final[Mapping[str, _Step]] = {
    "name": _name,
    "alias": _alias,
    "part": _feature,
    "plain": _plain,
    "feature": _feature,
    "gender": _gender,
    "birth": _birth,
    "date": _date,
    "contact": _contact,
    "identifier": _identifier,
    "link": _link,
    "housekeeping": _housekeeping,
    "reference": _reference,
    "programme_id": _programme_id,
    "un": _un,
    "authority_country": _authority_country,
    "owner": _owner,
    "nested_address": _not,
}
