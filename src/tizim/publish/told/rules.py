"""Rules of lists and what listings bring, in words."""

import re

import msgspec
from markupsafe import Markup

from tizim.answer.rules import DueRule, Origin
from tizim.domain.lists import RuleKind
from tizim.domain.measures import Measure, MeasureKind
from tizim.publish.words import Words

_UNIT = re.compile(r"(\d+)([YMWD])")


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """A measure or exemption in the words of a page."""

    kind: Markup
    what: Markup
    scope: Markup
    since: Markup
    act: Markup
    source: Markup
    verified: bool


def bound(words: Words, one: Measure) -> Bound:
    """A measure or exemption. What it is called is the register's English."""
    language = "" if words.is_main else "en"
    begun = words.since(one.valid_from)
    if one.valid_to:
        begun = words.say("{since}, until {day}", since=begun, day=words.day(one.valid_to))
    shown = one.verified and one.source_title
    source = words.link_out(one.source_address, words.data(one.source_title)) if shown else Markup("")
    return Bound(
        kind=words.say_in("measure", "Exempt:")
        if one.kind is MeasureKind.EXEMPTION
        else words.say_in("measure", "Measure:"),
        what=words.data(one.what, language), scope=words.data(one.scope, language), since=begun,
        act=words.data(one.act.text), source=source, verified=one.verified,
    )  # fmt: skip


def period(words: Words, text: str) -> Markup:
    """An ISO period: ``P3Y`` is *3 years*."""
    parts = []
    for number, unit in _UNIT.findall(text):
        n = int(number)
        match unit:
            case "Y":
                parts.append(words.count("{n} year", "{n} years", n))
            case "M":
                parts.append(words.count("{n} month", "{n} months", n))
            case "W":
                parts.append(words.count("{n} week", "{n} weeks", n))
            case _:
                parts.append(words.count("{n} day", "{n} days", n))
    return words.listed(parts)


def rule_said(words: Words, law: DueRule) -> Markup:
    """What a rule does."""
    rule = law.rule
    if rule.kind is RuleKind.REVIEW and rule.period == "P1Y":
        return words.say("reviewed every year")
    if rule.kind is RuleKind.REVIEW and rule.period:
        return words.say("reviewed every {period}", period=period(words, rule.period))
    if rule.kind is RuleKind.REVIEW:
        return words.say("reviewed, at no stated interval")
    if rule.kind is RuleKind.EXPIRY and rule.period:
        return words.say("lapses after {period} unless renewed", period=period(words, rule.period))
    if rule.kind is RuleKind.EXPIRY:
        if law.origin is Origin.ACT:
            return words.say("ends with the term that its act states")
        return words.say("ends on the day that the list prints")
    if rule.kind is RuleKind.FOLLOWS:
        return words.say("follows another list")
    if rule.kind is RuleKind.SUSPENSION:
        return words.say("may be suspended")
    return words.say("no review and no expiry, as far as known")


def span_said(words: Words, law: DueRule) -> Markup:
    """From when to when a rule holds."""
    rule = law.rule
    if rule.valid_from and rule.valid_to:
        return words.say("from {first} until {last}", first=words.day(rule.valid_from), last=words.day(rule.valid_to))
    if rule.valid_from:
        return words.since(rule.valid_from)
    if rule.valid_to:
        return words.say("until {day}", day=words.day(rule.valid_to))
    return words.say("since when is not known")
