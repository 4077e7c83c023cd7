"""Title and text of a bulletin by template: whole sentences, from the facts alone, in the language of the words.

Who says so stands in every text, and so does what nobody says. The same facts give the same text at any time.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from markupsafe import Markup

from tizim.domain.acts import Action
from tizim.domain.bulletin_facts import ActFacts, ActKind, CopyFacts, Named, OnList, Tellable, Telling, Turnover
from tizim.domain.lists import ListId, OfficialList
from tizim.publish.told.lists import list_name, place
from tizim.publish.words import Words
from tizim.publish.words.marking import noted

_SHOWN: Final = 10
"""names of entries in a sentence"""

_DONE: Final[Mapping[ActKind, str]] = {
    ActKind.LISTED: noted("{name} was put on {list} {when}"),
    ActKind.AMENDED: noted("The entry of {name} on {list} was amended {when}"),
    ActKind.RENEWED: noted("The listing of {name} on {list} was renewed {when}"),
    ActKind.RETAINED: noted("{name} was kept on {list} by a decision {when}"),
    ActKind.SUSPENDED: noted("The listing of {name} on {list} was suspended {when}"),
    ActKind.RESUMED: noted("The suspension of {name} on {list} was lifted {when}"),
    ActKind.EXPIRED: noted("The term of {name} on {list} ended {when}"),
    ActKind.DELISTED: noted("{name} was taken off {list} {when}"),
    ActKind.ANNULLED: noted("A court annulled the listing of {name} on {list} {when}"),
    ActKind.SUPERSEDED: noted("Another entry took the place of {name} on {list} {when}"),
}


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """A title, and a text in paragraphs."""

    title: Markup
    paragraphs: tuple[Markup, ...]


def text_of(words: Words, facts: Tellable) -> Text:
    """The text that facts give in a language."""
    if isinstance(facts, CopyFacts):
        return _of_copies(words, facts)
    paragraphs = (
        [*_who_says_so(words, facts), *_act(words, facts), *_standing(words, facts)],
        _day(words, facts),
        _decided(words, facts),
        _announced(words, facts),
    )
    return Text(title=_title(words, facts), paragraphs=tuple(map(_sentences, filter(None, paragraphs))))


def call(words: Words, one: Named) -> Markup:
    """What to call a subject in the language: a name attested in it, else its main one."""
    if not one.name:
        return words.say("(withheld)")
    own = one.in_language(words.code)
    return words.data(one.name) if own is None else words.data(own.text, own.language)


def list_called(words: Words, on: OnList) -> Markup:
    """The list by its name and who keeps it."""
    official = OfficialList(id=ListId(on.id), jurisdiction=on.jurisdiction, name=on.name)
    if not on.jurisdiction:
        return list_name(words, official)
    return words.say("{list} ({country})", list=list_name(words, official), country=place(words, official))


def _sentences(said: Iterable[Markup]) -> Markup:
    return Markup(" ").join(said)


# -- acts --------------------------------------------------------------------------------------------


def _title(words: Words, facts: ActFacts) -> Markup:
    done = words.say(
        _DONE[facts.act], name=call(words, facts.subject), list=list_called(words, facts.on),
        when=words.on(facts.when),
    )  # fmt: skip
    return done if facts.acts else words.say("{change}, as sources tell; no act has been seen", change=done)


def _who_says_so(words: Words, facts: ActFacts) -> list[Markup]:
    return [
        words.count(
            "{n} statement tells of it: {sources}.", "{n} statements tell of it: {sources}.", len(facts.told),
            sources=_sources(words, facts.told),
        )
    ]  # fmt: skip


def _sources(words: Words, told: Iterable[Telling]) -> Markup:
    return words.listed(dict.fromkeys(_source(words, one) for one in told))


def _source(words: Words, one: Telling) -> Markup:
    if not one.published:
        return _quoted(words, one)
    return words.say("{source}, published by {day}", source=_quoted(words, one), day=words.time(one.published))


def _quoted(words: Words, one: Telling) -> Markup:
    """The title of a source, which may hold commas of its own."""
    return words.say("“{title}”", title=words.data(one.source))


def _day(words: Words, facts: ActFacts) -> list[Markup]:
    if not facts.days:
        return [words.say("None of them gives a day.")]
    if not facts.is_day_disputed and not facts.is_bounded:
        return [words.say("The very day is not known.")] if "/" in facts.when else []
    said = []
    if facts.is_day_disputed:
        given = words.listed(
            words.say("{day} ({sources})", day=words.time(date), sources=_names(words, told))
            for date, told in facts.days
        )
        said.append(words.say("Sources disagree about the day: {days}.", days=given))
    day = words.day(facts.when)
    if facts.is_bounded:
        said.append(
            words.say(
                "The register reads {day}: after the last evidence of the listing, and by the first that it had ended.",
                day=day,
            )
        )  # fmt: skip
    else:
        said.append(words.say("The register reads {day}, after the strongest source.", day=day))
    return said


def _names(words: Words, told: Sequence[Telling]) -> Markup:
    return words.listed(dict.fromkeys(_quoted(words, one) for one in told))


def _decided(words: Words, facts: ActFacts) -> list[Markup]:
    deciders = facts.deciders
    if not deciders:
        return [words.say("Who decided is not stated.")]
    if facts.is_decider_disputed:
        named = words.listed(
            words.say("{who} ({sources})", who=words.data(who), sources=_names(words, told)) for who, told in deciders
        )
        return [words.say("Sources disagree about who decided: {deciders}.", deciders=named)]
    return [words.say("Named as deciding: {deciders}.", deciders=words.listed(words.data(who) for who, _ in deciders))]


def _act(words: Words, facts: ActFacts) -> list[Markup]:
    cited = facts.acts
    if not cited:
        return [words.say("No act has been seen.")]
    if len(cited) == 1:
        return [words.say("The act cited is {act}.", act=words.data(cited[0]))]
    return [words.say("The acts cited are {acts}.", acts=words.listed(words.data(one) for one in cited))]


def _standing(words: Words, facts: ActFacts) -> list[Markup]:
    said = []
    if facts.act is ActKind.SUSPENDED:
        said.append(words.say("The listing itself stands."))
    if facts.act is ActKind.ANNULLED:
        said.append(words.say("An annulment alone takes nothing off a list."))
    if facts.decision:
        said.append(
            words.say("It was entered into this register as decision {id}.", id=words.machine(facts.decision))
        )  # fmt: skip
    return said


def _announced(words: Words, facts: ActFacts) -> list[Markup]:
    """Who said so, once for each speaker and day."""
    found: dict[tuple[str, str], Telling] = {}
    for one in facts.rests_on:
        if one.announced_by:
            found.setdefault((one.announced_by, one.date), one)
    return [_spoke(words, one) for one in sorted(found.values(), key=lambda one: (one.date, one.statement))]


def _spoke(words: Words, one: Telling) -> Markup:
    who, when, source = words.data(one.announced_by), words.on(one.date), _quoted(words, one)
    match one.action:
        case Action.ANNOUNCED:
            return words.say("Announced {when} by {who}: {source}.", who=who, when=when, source=source)
        case Action.CONFIRMED:
            return words.say("Confirmed {when} by {who}: {source}.", who=who, when=when, source=source)
        case _:
            return words.say("Told {when} by {who}: {source}.", who=who, when=when, source=source)


# -- copies ------------------------------------------------------------------------------------------


def _of_copies(words: Words, facts: CopyFacts) -> Text:
    before, after = words.time(facts.before.day), words.time(facts.after.day)
    said = []
    if facts.came.count:
        said.append(
            words.count(
                "{n} entry came: {names}.", "{n} entries came: {names}.", facts.came.count,
                names=_some(words, facts.came),
            )
        )  # fmt: skip
    if facts.missing.count:
        said.append(
            words.count(
                "{n} entry is missing: {names}.", "{n} entries are missing: {names}.", facts.missing.count,
                names=_some(words, facts.missing),
            )
        )  # fmt: skip
        said.append(words.say("That an entry is missing from a copy is no delisting: the copy shows no act."))
    said.append(
        words.say(
            "This rests on the copies of {before} and {after} alone; what came and went between them would not show.",
            before=before, after=after,
        )
    )  # fmt: skip
    title = words.say(
        "{list}: what changed between the copies of {before} and {after}", list=list_called(words, facts.on),
        before=before, after=after,
    )  # fmt: skip
    return Text(title=title, paragraphs=(_sentences(said),))


def _some(words: Words, side: Turnover) -> Markup:
    shown = [call(words, one) for one in side.named[:_SHOWN]]
    rest = side.count - len(shown)
    if rest:
        shown.append(words.count("{n} more", "{n} more", rest))
    return words.listed(shown)
