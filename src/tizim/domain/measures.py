"""What a listing brings, and what it leaves free."""

import enum

import msgspec

from tizim.domain.acts import LegalAct
from tizim.domain.lists import ListId


class MeasureKind(enum.StrEnum):
    """A measure binds; an exemption frees."""

    MEASURE = "measure"
    EXEMPTION = "exemption"


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """A measure or exemption that comes with a list, by an act, over an interval of partial dates."""

    list: ListId
    kind: MeasureKind
    what: str
    scope: str
    valid_from: str
    valid_to: str
    act: LegalAct
    source_title: str
    source_address: str
    verified: bool
    """whether the source was seen; if not it is general knowledge and shown as such"""
