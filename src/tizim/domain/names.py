"""Names as lists print them."""

import enum

import msgspec


class NameKind(enum.StrEnum):
    """What a name is to its subject."""

    PRIMARY = "name"
    ALIAS = "alias"
    WEAK_ALIAS = "weak alias"
    FORMER = "former name"
    ORIGINAL_SCRIPT = "original script"
    AS_STATED = "as stated"
    OTHER = "other"


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """One name: letters as printed, ISO 15924 script, BCP 47 language (``und`` where not stated)."""

    text: str
    kind: NameKind
    script: str
    language: str
    stated_by: str
    """the list or source that uses it"""


class Kind(enum.StrEnum):
    """What a subject is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    UNKNOWN = "unknown"


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """A subject as known at a moment; always derived, never stored."""

    id: str
    kind: Kind
    main_name: str
    names: tuple[Name, ...]
    references: tuple[str, ...]
    keys: tuple[str, ...]
    """``source:key`` of every record that a judgement or a publisher ties to it"""
