"""A change in sentences: what, on which list, when, on whose word, and what that does not prove."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from markupsafe import Markup

from tizim.answer.official import official_list
from tizim.answer.subjects import Clusters
from tizim.answer.times import Asked
from tizim.domain.acts import EFFECT_OF, Action, Effect
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.lists import OfficialList
from tizim.publish.addresses import Addresses
from tizim.publish.changed import Change, Seen, Told
from tizim.publish.moves import Moving
from tizim.publish.site import Site
from tizim.publish.told.lists import list_name, place, whose
from tizim.publish.told.names import own_names
from tizim.publish.told.states import by_whom, decided_said
from tizim.publish.words import Words, noted
from tizim.register.view import View

_NAMED: Final = 20
"""names told of a copy that brought more"""

_TITLE: Final[Mapping[Action, str]] = {
    Action.LISTED: noted("{name}: listed on {list}"),
    Action.RESUMED: noted("{name}: listing on {list} resumed"),
    Action.SUSPENDED: noted("{name}: listing on {list} suspended"),
    Action.ANNULLED: noted("{name}: listing on {list} annulled by a court"),
    Action.EXPIRED: noted("{name}: term on {list} ended"),
    Action.DELISTED: noted("{name}: taken off {list}"),
    Action.SUPERSEDED: noted("{name}: replaced by another entry on {list}"),
}
_SAID: Final[Mapping[Action, str]] = {
    Action.LISTED: noted("{name} was listed on {list} {when}, by the word of {source}."),
    Action.RESUMED: noted("The listing of {name} on {list} was resumed {when}, by the word of {source}."),
    Action.SUSPENDED: noted("The listing of {name} on {list} was suspended {when}, by the word of {source}."),
    Action.ANNULLED: noted("A court annulled the listing of {name} on {list} {when}, by the word of {source}."),
    Action.EXPIRED: noted("The term of {name} on {list} ended {when}, by the word of {source}."),
    Action.DELISTED: noted("{name} was taken off {list} {when}, by the word of {source}."),
    Action.SUPERSEDED: noted("Another entry took the place of {name} on {list} {when}, by the word of {source}."),
}


class Sentences(msgspec.Struct, frozen=True, kw_only=True):
    """A change, ready for a line of a page or an entry of a feed."""

    title: Markup
    said: Sequence[Markup]
    """what happened, by whom it is told and decided"""
    limits: Sequence[Markup]
    """what it does not prove"""
    links: Sequence[Markup]
    """ways to what it rests on"""
    address: str
    """the page that shows it, for the day of the change and what was known when it was learned"""


def changes_said(
    view: View, site: Site, as_of: AsOf, changes: Sequence[Change], base: str = ""
) -> list[tuple[Change, Sentences]]:
    """Changes in the words of a page; links begin with *base*, for readers that are elsewhere.

    Whom statements tell of is called by a name that somebody uses in the language of the page.
    """
    clusters = Clusters(view, as_of)
    told = {one.subject: clusters.of(one.statements[0].subject)[0] for one in changes if isinstance(one, Told)}
    names = own_names(view, site.words, told, as_of)
    return [(one, _said(view, site, one, names, base)) for one in changes]


def _said(view: View, site: Site, one: Change, names: Mapping[str, Markup], base: str) -> Sentences:
    official = official_list(view, one.list)
    then = msgspec.structs.replace(
        site.to, asked=Asked(as_of=one.latest.isoformat(), known_at=one.amended.date().isoformat())
    )
    if isinstance(one, Told):
        return _of_act(site.words, site.to, then, official, one, names[one.subject], base)
    if one.subject:
        return _of_subject(site.words, site.to, then, official, one, base)
    return _of_list(site.words, site.to, then, official, one, base)


def recorded_said(words: Words, one: Change) -> Markup:
    """When the register learned of it."""
    return words.say("Recorded in this register on {day}.", day=words.time(one.learned.date()))


def listed(words: Words, official: OfficialList) -> Markup:
    """A list in the middle of a sentence: by its name, and the country that keeps it."""
    if whose(words, official) == list_name(words, official):
        return list_name(words, official)
    return words.say("{list} ({country})", list=list_name(words, official), country=place(words, official))


def _of_act(
    words: Words, to: Addresses, then: Addresses, official: OfficialList, one: Told, name: Markup, base: str
) -> Sentences:
    strongest = one.statements[0]
    where = listed(words, official)
    source = words.link_out(strongest.source_address, words.data(strongest.source_title or strongest.id))
    said = [
        words.say(
            _SAID[one.action], source=source, name=words.link(base + then.subject(one.subject), name),
            list=words.link(base + then.list(official.id), where), when=words.on(one.when),
        )
    ]  # fmt: skip
    if strongest.announced_by:
        said.append(words.say("Announced by {who}.", who=words.data(strongest.announced_by)))
    told = by_whom(one.statements, (one.action,))
    said += decided_said(words, told, ends=EFFECT_OF[one.action] is Effect.END)
    if not told.act and EFFECT_OF[one.action] is not Effect.END and not told.deciders:
        said.append(words.say("No act has been seen."))
    days = list(dict.fromkeys(s.when.text for s in one.statements))
    if len(days) > 1:
        said.append(words.say("Sources give several days: {days}.", days=words.listed(words.day(day) for day in days)))
    more = len(one.statements) - 1
    if more:
        said.append(words.count("{n} more statement tells of it.", "{n} more statements tell of it.", more))
    return Sentences(
        title=words.say(_TITLE[one.action], name=name, list=where), said=said, limits=(),
        links=[words.link(base + to.statement(strongest.id), _held(words, strongest))],
        address=then.subject(one.subject),
    )  # fmt: skip


def _held(words: Words, one: Designation) -> Markup:
    if one.provenance.held:
        return words.say("The statement, and its place in the document")
    return words.say("The statement; its document is not held here")


def _of_list(words: Words, to: Addresses, then: Addresses, official: OfficialList, one: Seen, base: str) -> Sentences:
    before, after = one.copies
    day, last = words.time(after.day), words.time(before.day)
    said = []
    if one.added:
        said += [
            words.count(
                "{n} entry stands in the copy of {day} and not in the one before, of {last}.",
                "{n} entries stand in the copy of {day} and not in the one before, of {last}.",
                len(one.added), day=day, last=last,
            ),
            words.say("Added: {names}.", names=_names(words, then, one.added, base)),
        ]  # fmt: skip
    if one.gone:
        said += [
            words.count(
                "{n} entry of the copy of {last} is missing from that of {day}.",
                "{n} entries of the copy of {last} are missing from that of {day}.",
                len(one.gone), day=day, last=last,
            ),
            words.say("Missing: {names}.", names=_names(words, then, one.gone, base)),
        ]  # fmt: skip
    return Sentences(
        title=words.say(
            "{list}, copy of {day}: {added} added, {gone} gone", list=listed(words, official), day=day,
            added=len(one.added), gone=len(one.gone),
        ),
        said=said, limits=[_no_act(words)] if one.gone else (), links=_copies(words, to, one, base),
        address=then.list(official.id),
    )  # fmt: skip


def _of_subject(
    words: Words, to: Addresses, then: Addresses, official: OfficialList, one: Seen, base: str
) -> Sentences:
    before, after = one.copies
    moving = (one.added or one.gone)[0]
    name, where = words.name(moving.name), listed(words, official)
    values = {
        "name": words.link(base + then.subject(moving.subject), name), "day": words.time(after.day),
        "list": words.link(base + then.list(official.id), where), "last": words.time(before.day),
    }  # fmt: skip
    if one.added:
        title = words.say("{name}: in the copy of {list} of {day}", name=name, list=where, day=words.time(after.day))
        said = words.say(
            "{name} stands in the copy of {list} of {day}, and not in the one before, of {last}.", **values
        )
    else:
        title = words.say(
            "{name}: missing from the copy of {list} of {day}", name=name, list=where, day=words.time(after.day)
        )
        said = words.say(
            "{name} is missing from the copy of {list} of {day}; the one before, of {last}, has it.", **values
        )
    return Sentences(
        title=title, said=[said], limits=() if one.added else [_no_act(words)], links=_copies(words, to, one, base),
        address=then.subject(moving.subject),
    )  # fmt: skip


def _no_act(words: Words) -> Markup:
    return words.say("That an entry is missing is no act: a copy does not tell whether and why it was taken off.")


def _names(words: Words, then: Addresses, found: Sequence[Moving], base: str) -> Markup:
    shown = [words.link(base + then.subject(one.subject), words.name(one.name)) for one in found[:_NAMED]]
    rest = len(found) - _NAMED
    if rest > 0:
        shown.append(words.count("{n} more", "{n} more", rest))
    return words.listed(shown)


def _copies(words: Words, to: Addresses, one: Seen, base: str) -> list[Markup]:
    return [
        words.link(base + to.document(doc.sha256), words.say("The copy of {day}", day=words.time(doc.day)))
        for doc in reversed(one.copies)
    ]
