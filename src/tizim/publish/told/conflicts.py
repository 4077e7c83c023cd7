"""Where sources disagree, in sentences: the question, and the register's reading with its bounds."""

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from tizim.answer.conflicts import Conflict
from tizim.domain.acts import EFFECT_OF, Action, Effect
from tizim.domain.designations import Designation
from tizim.domain.listing import ListingState
from tizim.publish.words import Words
from tizim.publish.words.marking import noted

_WHEN: Final[Mapping[Effect, str]] = {
    Effect.BEGIN: noted("When was it listed?"),
    Effect.END: noted("When was it taken off?"),
    Effect.PAUSE: noted("When was it suspended?"),
    Effect.ANNUL: noted("When was the listing annulled?"),
    Effect.AFFIRM: noted("When was it amended or renewed?"),
    Effect.PROPOSE: noted("When was it proposed?"),
    Effect.NOTHING: noted("When was it told?"),
}


def question(words: Words, one: Conflict) -> Markup:
    """What the sources disagree about."""
    match one.about:
        case "day":
            return words.say(_WHEN[EFFECT_OF[one.statements[0].action]])
        case "decider":
            return words.say("Who decided?")
        case "false statement":
            return words.say("Is that so?")
        case _:
            return words.say("Is it still on the list?")


def reading(words: Words, one: Conflict, now: ListingState | None) -> Markup:
    """How the register reads it, and why."""
    match one.about:
        case "day":
            return _day_reading(words, one.statements, now)
        case "decider":
            return words.say("Not settled: the sources name different deciders.")
        case "false statement":
            return words.say("Other statements show this one to be wrong.")
        case _:
            ended = words.on(one.statements[0].when.text)
            if one.statements[0].action is Action.EXPIRED:
                return words.say("By a statement it expired {when}; a later copy still shows the entry.", when=ended)
            return words.say("By a statement it was taken off {when}; a later copy still shows the entry.", when=ended)


def _day_reading(words: Words, statements: Sequence[Designation], now: ListingState | None) -> Markup:
    given = words.listed(words.time(day) for day in sorted({one.date for one in statements}))
    if EFFECT_OF[statements[0].action] is not Effect.END:
        first = words.time(statements[0].date)
        return words.say(
            "Read as {day} after the strongest source; the days given are {days}.", day=first, days=given
        )  # fmt: skip
    first = words.time(min(when for one in statements if (when := one.when.latest) is not None))
    after = now.ended.partition("/")[0] if now and "/" in now.ended and ".." not in now.ended else ""
    if after:
        return words.say(
            "It had ended by {day}, and after {after}; the days given are {days}, and no act seen settles which.",
            day=first, after=words.time(after), days=given,
        )  # fmt: skip
    return words.say(
        "It had ended by {day}; the days given are {days}, and no act seen settles which.", day=first, days=given
    )
