"""One statement, and who makes it: ready for a row of a table."""

import msgspec
from markupsafe import Markup

from tizim.domain.designations import Designation
from tizim.publish.addresses import Addresses
from tizim.publish.told.states import NOT_NAMED
from tizim.publish.vocabulary import ACTION, SOURCE_CLASS
from tizim.publish.words import Words


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A statement in the cells of a table."""

    act: Markup
    whole: Markup
    """the way to all that is told of the same act"""
    when: Markup
    decided: Markup
    told: Markup
    source: Markup
    kind: Markup
    held: Markup
    note: Markup
    wrong: bool


def row(words: Words, to: Addresses, s: Designation, act: str = "") -> Row:
    """The cells of a statement; it links its own page, the page of its document, and that of its *act*."""
    decided = words.data(s.decided_by) if s.decided_by else Markup("")
    if s.decided_by.lower().startswith(NOT_NAMED):
        decided = words.say("not named")
    kind = SOURCE_CLASS.get(s.source_class.rank)
    held = s.provenance.held
    return Row(
        act=words.link(to.statement(s.id), words.say(ACTION[s.action])),
        whole=words.link(act, words.say("what is told of this act")) if act else Markup(""),
        when=stated(words, s),
        decided=decided,
        told=words.data(s.announced_by) if s.announced_by else Markup(""),
        source=words.link_out(s.source_address, words.data(s.source_title)),
        kind=words.say(kind) if kind else words.data(s.source_class.name),
        held=words.link(to.document(s.provenance.sha256, statement=s.id), words.say("the document"))
        if held
        else words.say("document not held here"),
        note=words.data(s.note) if s.note else Markup(""),
        wrong=not s.verified,
    )  # fmt: skip


def stated(words: Words, s: Designation) -> Markup:
    """The day a statement gives, with its precision."""
    if not s.date:
        return words.say("day not given")
    if s.precision == "between" and s.date_until:
        return words.day(f"{s.date}/{s.date_until}")
    if s.precision == "before":
        return words.say("before {day}", day=words.time(s.date))
    return words.time(s.date)


def happened(words: Words, s: Designation) -> Markup:
    """The day or days on which what a statement tells of can have happened: the day of a word is only a bound."""
    return words.day(s.when.text) if s.when.text else words.say("day not given")
