"""What an audit found, in sentences: headings of its kinds, why a counterpart is what it is, and what differs."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Final

import msgspec
from babel.numbers import format_decimal
from markupsafe import Markup

from tizim.answer.grounds import TOLD, Ground, Value
from tizim.audit.findings import Difference, FindingKind
from tizim.domain.listing import Status
from tizim.publish.figures.units import Look
from tizim.publish.vocabulary import STATUS
from tizim.publish.words import Words
from tizim.publish.words.marking import InContext, noted, noted_count, noted_in


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of findings on a page: its place, its heading for one and for several, what it says, its unit."""

    id: str
    one: str
    several: str
    note: str
    look: Look


def _kind(id_: str, both: tuple[str, str], note: str, look: Look) -> Kind:
    return Kind(id=id_, one=both[0], several=both[1], note=note, look=look)


KINDS: Final[Mapping[FindingKind, Kind]] = {
    FindingKind.EXTRA: _kind(
        "extra", noted_count("{n} on one list only: {national}", "{n} on one list only: {national}"),
        noted(
            "No counterpart was found by the names and numbers held here. That is no proof that there is none, and no"
            " ground of its own to take anybody off."
        ),
        "other",
    ),
    FindingKind.MEMBERS_ONLY: _kind(
        "members",
        noted_count(
            "{n} of which the other list has associates only", "{n} of which the other list has associates only"
        ),
        noted("A regime of the other list names it and lists associates of it, not the subject itself."),
        "other",
    ),
    FindingKind.MISSING: _kind(
        "missing", noted_count("{n} on one list only: {reference}", "{n} on one list only: {reference}"),
        noted(
            "No counterpart was found by the names and numbers held here. An entry that a copy lacks is an absence, and"
            " no delisting."
        ),
        "gone",
    ),
    FindingKind.EXPIRED: _kind(
        "expired", noted_count("{n} whose term has ended", "{n} whose term has ended"),
        noted("By its rule or its own term the listing ended, and no renewal is on record here."),
        "late",
    ),
    FindingKind.OVERDUE: _kind(
        "overdue", noted_count("{n} with a review overdue", "{n} with a review overdue"),
        noted("A review was due and none is on record here. The listing stands."),
        "late",
    ),
    FindingKind.DIFFERING: _kind(
        "differing", noted_count("{n} on both lists, told differently", "{n} on both lists, told differently"),
        noted("One subject, as far as is known here, of which the two lists say different things."),
        "doubt",
    ),
    FindingKind.AMBIGUOUS: _kind(
        "person", noted_count("{n} that needs a person", "{n} that need a person"),
        noted("Names and numbers alone do not settle which entry is meant, if any."),
        "doubt",
    ),
    FindingKind.SAME: _kind(
        "same", noted_count("{n} on both lists", "{n} on both lists"),
        noted("One subject, as far as is known here, and no difference in what was compared."),
        "same",
    ),
}  # fmt: skip
"""in the order in which a page tells them"""

DIFFERS: Final[Mapping[str, InContext]] = {
    "name": noted_in("differs", "name"),
    "kind": noted_in("differs", "kind"),
    "birth date": noted_in("differs", "date of birth"),
    "nationality": noted_in("differs", "nationality"),
    "gender": noted_in("differs", "gender"),
    "scope": noted_in("differs", "scope"),
    "measures": noted_in("differs", "measures"),
}
"""what two lists may tell differently, by the word that an audit has for it"""


_PARTIAL_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def ground_said(words: Words, one: Ground, list_named: Callable[[str], Markup]) -> Markup:
    """Why a counterpart is what it is, with its lists named by *list_named*."""
    if one.message == TOLD:
        return words.data(str(one.values["told"]), "" if words.is_main else "en")
    values = {name: _value(words, name, value, list_named) for name, value in one.values.items() if name != "n"}
    count = one.values.get("n")
    if one.of_one and isinstance(count, int):
        return words.count(one.of_one, one.message, count, **values)
    return words.say(one.message, **values)


def _value(words: Words, name: str, value: Value, list_named: Callable[[str], Markup]) -> Markup:
    if isinstance(value, tuple):
        return words.listed(ground_said(words, part, list_named) for part in value)
    text = str(value)
    match name:
        case "list" | "regime":
            return list_named(text)
        case "name" | "other" | "entry":
            return words.name(text)
        case "number":
            return words.machine(text)
        case "date" | "against" if _PARTIAL_DATE.fullmatch(text):
            return words.day(text)
        case "count" | "years":
            return words.number(int(text))
        case "day" | "listed":
            return words.time(dt.date.fromisoformat(text))
        case "when":
            return words.day(text)
        case "since":
            return words.since(text)
        case "status":
            return words.say(STATUS[Status(text)])
        case "score":
            return Markup("{}").format(words.digits(format_decimal(text, "0.00", locale=words.locale)))
        case _:
            return words.data(text)


def difference_said(words: Words, one: Difference) -> Markup:
    """One thing of which the two lists say different things."""
    return words.say(
        "{what}: {one} on the one, {other} on the other", what=words.say(DIFFERS[one.what]),
        one=words.name(one.national) if one.national else words.say("not given"),
        other=words.name(one.reference) if one.reference else words.say("not given"),
    )  # fmt: skip
