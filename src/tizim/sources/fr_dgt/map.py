"""From an entry to claims, by the type of each of its fields: what no step takes becomes `Unread`."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.crossing import say_un_numbers
from tizim.sources.dates import parted, years_in
from tizim.sources.entries import Group, Making, each_once
from tizim.sources.entries import groups as groups_of
from tizim.sources.fr_dgt.read import ID, SOURCE_ID
from tizim.text import fold, script_of

LIST: Final = "fr-gels"
_KINDS: Final = {"personne physique": Kind.PERSON, "personne morale": Kind.ORGANISATION, "navire": Kind.VESSEL}
_GENDERS: Final = {"masculin": "male", "feminin": "female"}
_TYPE: Final = "TypeChamp"
_MONTHS: Final = {
    name: f"{number:02d}"
    for number, name in enumerate(
        ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
         "decembre"), start=1,
    )
}  # fmt: skip
_DATED: Final = re.compile(r"\bdu (\d{1,2})(?:er)? ([a-z]{3,9}) (\d{4})\b")
_NUMBERED: Final = re.compile(r"\b(?:n[°o]\s?)?(\d{2,4}/\d{2,5})\b")


def map_record(record: Record) -> EntryReading:
    """All that the entry says; `SourceRefused` if it has no number."""
    found = groups_of(record)
    by_tag = {group.tag: group for group in found}
    key = by_tag[ID].take("") if ID in by_tag else ""
    if not key:
        raise SourceRefused(f"{record.place}: no {ID}, so the entry has no identity")
    making = Making(key, f"{SOURCE_ID}:{key}", record.place)
    making.say(Property.MEMBER, LIST, ID)
    making.say(Property.REFERENCE, key, ID)
    kind = _kind(making, by_tag.get("Nature"))
    details = [group for group in found if group.tag == "RegistreDetail"]
    _name(making, by_tag.get("Nom"), details, kind)
    for detail in details:
        _detail(making, detail, kind)
    for group in found:
        group.leave(making)
    return making.made()


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every entry, each key once: a record is an entry here."""
    return each_once(map_record(record) for record in records)


def _kind(making: Making, group: Group | None) -> Kind | None:
    if group is None:
        return None
    printed = group.take("")
    kind = _KINDS.get(fold(printed))
    if kind is None:
        group.put_back("", printed)
    else:
        making.say(Property.KIND, kind.value, "Nature")
    return kind


def _name(making: Making, group: Group | None, details: list[Group], kind: Kind | None) -> None:
    """A person's family name stands apart from the given names; the name is read with these first."""
    family = group.take("") if group else ""
    given = ""
    for detail in details:
        if detail.leaves.get(_TYPE, ("", ""))[1] == "PRENOM":
            values = detail.groups("Valeur")
            given = " ".join(filter(None, (value.take("Prenom") for value in values)))
            detail.take(_TYPE)
            _give_back(values, detail)
    name = " ".join(part for part in (given, family) if part)
    if kind is Kind.PERSON and given and family:
        making.say(Property.NAME, name, "Nom+PRENOM", script=script_of(name), given=given, family=family)
    else:
        making.say(Property.NAME, name, "Nom", script=script_of(name))


def _give_back(values: list[Group], detail: Group) -> None:
    """What was not understood of values, back to their field."""
    for value in values:
        step = value.place.rpartition("/")[2]
        for leaf, found in value.leaves.items():
            detail.leaves[f"{step}/{leaf}" if leaf else step] = found


def _detail(making: Making, detail: Group, kind: Kind | None) -> None:
    """One field with its values. One of an unknown type is left whole, with its type."""
    printed = detail.take(_TYPE)
    step = _FIELDS.get(printed)
    if step is None:
        detail.put_back(_TYPE, printed)
        return
    for value in detail.groups("Valeur"):
        step(making, value, kind)
        for leaf, (place, text) in value.leaves.items():
            making.leave(place, f"{printed}/{leaf}", text.strip())
        value.leaves.clear()


def _plain(prop: Property, *leaves: str, **pairs: str) -> "_Step":
    """A claim of the first of *leaves*; a comment beside it becomes its note."""

    def step(making: Making, value: Group, _: Kind | None) -> None:
        said = next((found for leaf in leaves if (found := value.take(leaf))), "")
        making.say(prop, said, value.place, note=value.take("Commentaire") if said else "", **pairs)

    return step


def _alias(making: Making, value: Group, _: Kind | None) -> None:
    name = value.take("Alias")
    making.say(Property.ALIAS, name, value.place, script=script_of(name), note=value.take("Commentaire"))


def _gender(making: Making, value: Group, _: Kind | None) -> None:
    printed = value.take("Sexe")
    gender = _GENDERS.get(fold(printed))
    if gender:
        making.say(Property.GENDER, gender, value.place)
    else:
        value.put_back("Sexe", printed)


def _country(making: Making, value: Group, kind: Kind | None) -> None:
    prop = Property.NATIONALITY if kind is Kind.PERSON else Property.COUNTRY
    making.say(prop, value.take("Pays"), value.place, note=value.take("Commentaire"))


def _born(making: Making, value: Group, kind: Kind | None) -> None:
    parts = {name: value.take(name) for name in ("Jour", "Mois", "Annee")}
    date = parted(parts["Annee"], parts["Mois"], parts["Jour"])
    if date is None:
        for name, printed in parts.items():
            value.put_back(name, printed)
    elif kind in {None, Kind.PERSON}:
        making.say(Property.BIRTH_DATE, date, value.place, note=value.take("Commentaire"))
        making.say(Property.BIRTH_YEAR, years_in(date), value.place)
    else:
        making.say(Property.FEATURE, date, value.place, field="founded on")


def _place(prop: Property, street: str) -> "_Step":
    def step(making: Making, value: Group, _: Kind | None) -> None:
        first, country = value.take(street), value.take("Pays")
        pairs = {"city" if prop is Property.BIRTH_PLACE else "street": first, "country": country}
        line = ", ".join(part for part in (first, country) if part)
        making.say(prop, line, value.place, note=value.take("Commentaire") if line else "", **pairs)

    return step


def _basis(making: Making, value: Group, _: Kind | None) -> None:
    """The act, with the day and number in its words, and the address of its text."""
    act, link = value.take("FondementJuridiqueLabel"), value.take("FondementJuridique")
    if not act:
        act, link = link, ""
    day, number = "", ""
    if dated := _DATED.search(fold(act)):
        day = parted(dated[3], _MONTHS.get(dated[2], "99"), dated[1]) or ""
    if numbered := _NUMBERED.search(act):
        number = numbered[1]
    is_link = link.startswith(("http://", "https://"))
    pairs = {"link" if is_link else "code": link}
    making.say(Property.LEGAL_BASIS, act, value.place, date=day, number=number, **pairs)


def _un(making: Making, value: Group, _: Kind | None) -> None:
    printed = value.take("ReferenceOnu")
    before = len(making.made().claims)
    say_un_numbers(making, printed, value.place)
    if len(making.made().claims) == before:
        making.say(Property.CROSS_REFERENCE, printed, value.place, source="un-sc")


_Step = Callable[[Making, Group, Kind | None], None]

_FIELDS: Final[dict[str, _Step]] = {
    "ALIAS": _alias,
    "PRENOM": _plain(Property.ALIAS, "Prenom"),
    "SEXE": _gender,
    "TITRE": _plain(Property.POSITION, "Titre"),
    "NATIONALITE": _country,
    "DATE_DE_NAISSANCE": _born,
    "LIEU_DE_NAISSANCE": _place(Property.BIRTH_PLACE, "Lieu"),
    "ADRESSE_PP": _place(Property.ADDRESS, "Adresse"),
    "ADRESSE_PM": _place(Property.ADDRESS, "Adresse"),
    "PASSEPORT": _plain(Property.IDENTIFIER, "NumeroPasseport", type="passport"),
    "AUTRE_IDENTITE": _plain(Property.IDENTIFIER, "NumeroCarte", type="identity card"),
    "IDENTIFICATION": _plain(Property.IDENTIFIER, "Identification", type="identification"),
    "NUMERO_OMI": _plain(Property.IDENTIFIER, "NumeroOMI", type="IMO number"),
    "TELEPHONE": _plain(Property.CONTACT, "Telephone", kind="phone"),
    "COURRIEL": _plain(Property.CONTACT, "Courriel", kind="e-mail"),
    "SITE_INTERNET": _plain(Property.CONTACT, "SiteInternet", kind="website"),
    "REFERENCE_UE": _plain(Property.CROSS_REFERENCE, "ReferenceUe", list="eu-fsf"),
    "REFERENCE_ONU": _un,
    "FONDEMENT_JURIDIQUE": _basis,
    "MOTIFS": _plain(Property.COMMENT, "Motifs", kind="reasons"),
}
"""What to make of each type of field. One that is not here is unread."""
