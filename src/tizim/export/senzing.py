"""Senzing's JSON lines: a record for each subject with what is compared as features, and the rest as payload."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import IO, Final

import msgspec

from tizim.export.targets import joined, told
from tizim.ftm import MODEL
from tizim.screen.entities import Entity
from tizim.screen.subjects import Subject

SOURCE: Final = "TIZIM"
_RECORD_TYPES: Final = (
    ("Person", "PERSON"), ("Vessel", "VESSEL"), ("Airplane", "AIRCRAFT"), ("Vehicle", "VEHICLE"),
    ("LegalEntity", "ORGANIZATION"),
)  # fmt: skip
_NAMES: Final[Mapping[str, str]] = MappingProxyType({
    "name": "PRIMARY", "alias": "ALIAS", "weakAlias": "WEAK", "previousName": "FORMER",
})  # fmt: skip
_FEATURES: Final[Mapping[str, str]] = MappingProxyType({
    "address": "ADDR_FULL", "phone": "PHONE_NUMBER", "email": "EMAIL_ADDRESS", "website": "WEBSITE_ADDRESS",
    "birthDate": "DATE_OF_BIRTH", "birthPlace": "PLACE_OF_BIRTH", "nationality": "NATIONALITY",
    "citizenship": "CITIZENSHIP", "leiCode": "LEI_NUMBER", "imoNumber": "IMO_NUMBER", "mmsi": "MMSI_NUMBER",
    "callSign": "CALL_SIGN", "passportNumber": "PASSPORT_NUMBER", "taxNumber": "TAX_ID_NUMBER",
    "idNumber": "NATIONAL_ID_NUMBER",
})  # fmt: skip
_COUNTRY: Final[Mapping[str, str]] = MappingProxyType({
    "ORGANIZATION": "REGISTRATION_COUNTRY", "VESSEL": "REGISTRATION_COUNTRY", "AIRCRAFT": "REGISTRATION_COUNTRY",
    "PERSON": "COUNTRY_OF_ASSOCIATION",
})  # fmt: skip
_GENDERS: Final = MappingProxyType({"male": "M", "female": "F"})


class Senzing:
    """Writes records."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._encode = msgspec.json.Encoder().encode
        self.rows = 0

    def put(self, subject: Subject) -> None:
        """Write the record of a subject; addresses of digital currency are numbers of their holder."""
        self._file.write(self._encode(record(subject)) + b"\n")
        self.rows += 1

    def end(self) -> None:
        """Nothing follows the last line."""


def record(subject: Subject) -> dict[str, object]:
    """A subject as a record."""
    itself, *others = subject.entities
    schema = MODEL.schemata[itself.schema]
    kind = next((name for known, name in _RECORD_TYPES if schema.is_a(known)), "")
    features: list[dict[str, str]] = [{"RECORD_TYPE": kind}] if kind else []
    features += _names(itself, "NAME_ORG" if kind == "ORGANIZATION" else "NAME_FULL")
    features += _facts(itself, kind)
    features += [
        {"OTHER_ID_TYPE": "DIGITAL CURRENCY ADDRESS", "OTHER_ID_NUMBER": value}
        for one in others
        if one.schema == "CryptoWallet"
        for value in one.properties.get("publicKey", ())
    ]
    listings = [one for one in others if one.schema == "Sanction"]
    return {
        "DATA_SOURCE": SOURCE, "RECORD_ID": itself.id, "FEATURES": features, "CAPTION": itself.caption,
        "SCHEMA": itself.schema, "DATASETS": joined(itself.datasets), "LISTINGS": joined(map(told, listings)),
        "FIRST_SEEN": itself.first_seen or "", "LAST_SEEN": itself.last_seen or "",
    }  # fmt: skip


def _names(entity: Entity, field: str) -> Iterator[dict[str, str]]:
    for prop, values in entity.properties.items():
        for value in values if prop in _NAMES else ():
            name_type = "PRIMARY" if value == entity.caption else _NAMES[prop]
            # One name is the first; what a list gives as a second name of the same rank is an alias of it.
            yield {
                "NAME_TYPE": "ALIAS" if name_type == "PRIMARY" and value != entity.caption else name_type,
                field: value,
            }


def _facts(entity: Entity, kind: str) -> Iterator[dict[str, str]]:
    schema = MODEL.schemata[entity.schema]
    for prop, values in entity.properties.items():
        of_type = schema.properties[prop].type
        for value in values:
            if prop == "gender" and value in _GENDERS:
                yield {"GENDER": _GENDERS[value]}
            elif prop in _FEATURES:
                yield {_FEATURES[prop]: value.upper() if of_type == "country" else value}
            elif of_type == "country" and kind in _COUNTRY:
                yield {_COUNTRY[kind]: value.upper()}
            elif of_type == "identifier":
                yield {"OTHER_ID_TYPE": schema.properties[prop].label.upper(), "OTHER_ID_NUMBER": value}
