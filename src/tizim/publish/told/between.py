"""What changed on a list between two days, in lines."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from markupsafe import Markup

from tizim.answer.changes import Changed, Difference, difference
from tizim.answer.evidence import Copies
from tizim.answer.subjects import Clusters
from tizim.domain.dates import AsOf
from tizim.domain.lists import OfficialList
from tizim.domain.statements import Property
from tizim.errors import NotFound
from tizim.publish.site import Site
from tizim.publish.vocabulary import PROPERTY
from tizim.publish.words import Words
from tizim.register.view import View

_SHOWN: Final = 100


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that came, went or was amended."""

    name: Markup
    number: Markup
    changes: Sequence[Markup]


def between(
    view: View, site: Site, as_of: AsOf, official: OfficialList, since: dt.date, copies: Sequence[Copies]
) -> dict[str, Any]:
    """What changed from the end of *since* to the end of the day asked for, and by what that is known."""
    words = site.words
    try:
        found = difference(view, official.id, since, as_of.valid_at, as_of)
    except NotFound:
        first = min((doc.day for one in copies for doc in one.line.docs), default=None)
        if first is None:
            raise
        said = words.say(
            "Nothing can be compared: the first copy of this list known here is of {day}, which is later than {since}.",
            day=words.time(first), since=words.time(since),
        )  # fmt: skip
        return {"said": [said], "parts": []}
    clusters = Clusters(view, as_of)
    parts = (
        (words.count("{n} added", "{n} added", len(found.added)), found.added),
        (words.count("{n} gone", "{n} gone", len(found.gone)), found.gone),
        (words.count("{n} amended", "{n} amended", len(found.amended)), found.amended),
    )
    return {
        "said": _said(words, found),
        "parts": [
            {
                "head": head,
                "lines": [_line(site, clusters, one) for one in entries[:_SHOWN]],
                "more": max(len(entries) - _SHOWN, 0),
            }
            for head, entries in parts
            if entries
        ],
    }


def _said(words: Words, found: Difference) -> list[Markup]:
    said = []
    if found.from_document is None or found.to_document is None:
        said.append(words.say("No copy of this list is held: what came and went is told by statements."))
    elif found.from_document == found.to_document:
        said.append(
            words.say(
                "For both days the same copy is the newest known, that of {day}.", day=words.time(found.to_document)
            )
        )
    else:
        said.append(
            words.say(
                "Compared are the copies of {first} and {last}.", first=words.time(found.from_document),
                last=words.time(found.to_document),
            )
        )  # fmt: skip
    if not found.amendments_compared:
        said.append(words.say("What entries say could not be compared."))
    if not (found.added or found.gone or found.amended):
        said.append(words.say("No change is known between the two days."))
    elif found.gone:
        said.append(words.say("That a row is gone is an absence, and a delisting only where an act says so."))
    return said


def _line(site: Site, clusters: Clusters, one: Changed) -> Line:
    words = site.words
    address = site.to.subject(clusters.id_of(one.subject))
    return Line(
        name=words.link(address, words.name(one.name or one.subject)),
        number=words.machine(one.reference) if one.reference else Markup(""),
        changes=[
            words.say(
                "{property}: {before} became {after}", property=words.say(PROPERTY[Property(change.property)]),
                before=_values(words, change.before), after=_values(words, change.after),
            )
            for change in one.changes
        ],
    )  # fmt: skip


def _values(words: Words, values: Sequence[str]) -> Markup:
    return words.listed([words.name(value) for value in values]) if values else words.say("nothing")
