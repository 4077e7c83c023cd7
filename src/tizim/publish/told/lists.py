"""What lists are called, and what a day between copies leaves unseen."""

from collections.abc import Iterable, Sequence
from typing import Final

from markupsafe import Markup

from tizim.answer.ask import Answer, Seen, is_overtaken
from tizim.domain.lists import ListId, OfficialList
from tizim.publish.vocabulary import PLACES
from tizim.publish.words import Words

NAME_OF_LIST: Final = "name of a list"
"""the context of the names of ``sources/lists.csv`` in the catalogues"""


def place(words: Words, official: OfficialList) -> Markup:
    """Who keeps a list: the country or organisation; nothing for lists of one's own."""
    name = PLACES.get(official.jurisdiction)
    return words.say(name) if name else words.data(official.jurisdiction)


def list_name(words: Words, official: OfficialList) -> Markup:
    """A list by its name in the page's language; where the catalogue has none, as the register has it in English."""
    return words.known(NAME_OF_LIST, official.name) or words.data(official.name, "" if words.is_main else "en")


def whose(words: Words, official: OfficialList) -> Markup:
    """A list by who keeps it and its name."""
    if not official.jurisdiction or official.name.startswith(PLACES.get(official.jurisdiction, official.name)):
        return list_name(words, official)
    return words.say("{country}: {list}", country=place(words, official), list=list_name(words, official))


def choices_of(words: Words, lists: Iterable[OfficialList]) -> list[tuple[str, ListId]]:
    """Lists to choose from, in the order in which a reader of the language looks for them, with their ids."""
    named = [(words.text(whose(words, one)), one.id) for one in lists]
    return sorted(named, key=lambda pair: (words.order.key(pair[0]), pair[1]))


def none_said(words: Words, name: Markup, found: Answer) -> list[Markup]:
    """That nothing known has the subject on the list: told as what was looked at, never as an absence from it."""
    if not found.copies:
        if found.statements:
            day = words.time(found.as_of.valid_at)
            return [words.say("Nothing held here has {name} on this list by {day}.", name=name, day=day)]
        return [
            words.say("No copy of this list is held here, and no statement known ties {name} to it.", name=name)
        ]  # fmt: skip
    return copies_said(words, name, found.copies[0])


def copies_said(words: Words, name: Markup, copy: Seen) -> list[Markup]:
    """The copies that do not have the subject."""
    first, last = words.time(copy.first), words.time(copy.last)
    if copy.count == 1:
        return [words.say("The one copy known, of {day}, has no entry for {name}.", day=first, name=name)]
    said = [
        words.count(
            "No entry for {name} in the {n} copy known, from {first} to {last}.",
            "No entry for {name} in any of the {n} copies known, from {first} to {last}.",
            copy.count, name=name, first=first, last=last,
        )
    ]  # fmt: skip
    if copy.before and copy.after:
        said.append(
            words.say(
                "The copy before that day ({before}) and the one after ({after}) have none.",
                before=words.time(copy.before), after=words.time(copy.after),
            )
        )  # fmt: skip
    elif copy.after:
        said.append(
            words.say("The first copy known, of {day}, is later than the day asked for.", day=words.time(copy.after))
        )
    elif copy.before:
        day = words.time(copy.before)
        said.append(words.say("The newest is of {day}; what stood there after it is not known here.", day=day))
    return said


def unseen_said(words: Words, found: Answer) -> list[Markup]:
    """What could not be seen: the gaps around the day asked for. Never empty."""
    said: list[Markup] = []
    day = found.as_of.valid_at
    for copy in found.copies:
        if copy.before and copy.after and copy.before != day:
            said.append(
                words.say(
                    "Between the copies of {before} and {after} nothing of this list is held here. An entry added and"
                    " removed between the two would not show.",
                    before=words.time(copy.before), after=words.time(copy.after),
                )
            )  # fmt: skip
        elif copy.before and not copy.after and copy.before != day and not is_overtaken(copy, found.copies):
            said.append(words.say("No copy after {day} was known.", day=words.time(copy.before)))
        elif copy.after and not copy.before and not any(other.before for other in found.copies):
            said.append(words.say("No copy before {day} is held here.", day=words.time(copy.after)))
        missing = copy.count - copy.held
        if missing:
            said.append(
                words.count(
                    "{n} copy is known by its facts only: the document is not held here.",
                    "{n} copies are known by their facts only: the documents are not held here.",
                    missing,
                )
            )
    if not found.copies:
        said += _without_copies(words, found)
    if found.stale and found.last_observed:
        said.append(
            words.say("What this rests on is old: the newest is of {day}.", day=words.time(found.last_observed))
        )
    elif found.stale:
        said.append(words.say("Nothing known speaks of this list on that day or before it."))
    return said or [words.say("A copy of that very day is known; what happened within the day is not seen.")]


def _without_copies(words: Words, found: Answer) -> Sequence[Markup]:
    days = sorted(e.latest for s in found.statements for e in s.evidence if e.latest is not None)
    before = [one for one in days if one <= found.as_of.valid_at]
    after = [one for one in days if one > found.as_of.valid_at]
    if before and after:
        return [
            words.say(
                "No copy of this list is held; nothing speaks of it between {first} and {last}.",
                first=words.time(before[-1]), last=words.time(after[0]),
            )
        ]  # fmt: skip
    if before:
        day = words.time(before[-1])
        return [words.say("No copy of this list is held; nothing known shows a change after {day}.", day=day)]
    if after:
        day = words.time(after[0])
        return [words.say("No copy of this list is held; nothing known speaks of it before {day}.", day=day)]
    return [words.say("No copy of this list is held here; that a statement is missing proves nothing.")]
