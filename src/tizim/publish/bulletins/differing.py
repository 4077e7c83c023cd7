"""What a correction changed, in sentences."""

from markupsafe import Markup

from tizim.domain.bulletin_facts import ActFacts, Facts, NewsFacts
from tizim.domain.bulletins import Version
from tizim.publish.words import Words


def what_changed(words: Words, before: Version, after: Version) -> list[Markup]:
    """What is otherwise in *after*: an editor's words, then the facts. Never empty for two that differ."""
    said = _own(words, before, after)
    if before.facts != after.facts:
        said += _facts(words, before.facts, after.facts)
    return said


def _own(words: Words, before: Version, after: Version) -> list[Markup]:
    if before.own is None and after.own is not None:
        return [words.say("An editor's own text took the place of the one made by template.")]
    if before.own is not None and after.own is None:
        return [words.say("A text made by template took the place of the editor's own.")]
    said = []
    if before.own is not None and after.own is not None:
        if before.own.title != after.own.title:
            said.append(words.say("The title was changed."))
        if before.own.text != after.own.text:
            said.append(words.say("The text was changed."))
    return said


def _facts(words: Words, before: Facts, after: Facts) -> list[Markup]:
    if isinstance(after, NewsFacts):
        return [words.say("The list or the names that it is about were filled in anew.")]
    if not (isinstance(before, ActFacts) and isinstance(after, ActFacts)):
        return [words.say("The names of the entries that came or are missing were filled in anew.")]
    said = []
    if before.when != after.when:
        said.append(
            words.say("The day is now read as {after}, before as {before}.", after=words.day(after.when),
                      before=words.day(before.when))
        )  # fmt: skip
    if before.act is not after.act:
        said.append(words.say("What was done is now told otherwise."))
    old, new = ({one.statement for one in facts.rests_on} for facts in (before, after))
    if more := len(new - old):
        said.append(words.count("It rests on {n} statement more.", "It rests on {n} statements more.", more))
    if fewer := len(old - new):
        said.append(
            words.count("{n} statement that it rested on does not stand any more.",
                        "{n} statements that it rested on do not stand any more.", fewer)
        )  # fmt: skip
    return said or [words.say("Names or details of its facts were filled in anew.")]
