"""What articles claim, in sentences: each act with what the register says to it, and each claim with its speaker.

Nothing here is told as a fact. A quotation is in the voice of sources, with its language; it is as long as a
reader needs to find the place.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from markupsafe import Markup

from tizim.answer.official import official_list, official_lists
from tizim.claims.confirming import Ground, GroundKind, Weighed, Weight
from tizim.claims.quoting import short
from tizim.claims.tellings import Confirmation, Group, Point, Telling
from tizim.domain.claims import ClaimAction, Standing
from tizim.domain.lists import ListId
from tizim.publish.addresses import Addresses
from tizim.publish.told.lists import list_name, whose
from tizim.publish.vocabulary import PLACES, SOURCE_CLASS
from tizim.publish.words import Words
from tizim.publish.words.marking import InContext, noted, noted_in
from tizim.register.view import View

ACT: Final[Mapping[ClaimAction, str]] = {
    ClaimAction.LIST: noted("{name}: put on a list, it is claimed — {list}"),
    ClaimAction.DELIST: noted("{name}: taken off a list, it is claimed — {list}"),
    ClaimAction.SUSPEND: noted("{name}: a listing suspended, it is claimed — {list}"),
    ClaimAction.RENEW: noted("{name}: a listing renewed, it is claimed — {list}"),
    ClaimAction.AMEND: noted("{name}: a listing amended, it is claimed — {list}"),
    ClaimAction.ANNUL: noted("{name}: a listing annulled, it is claimed — {list}"),
    ClaimAction.REVIEW: noted("{name}: a listing reviewed, it is claimed — {list}"),
    ClaimAction.NOT_LISTED: noted("{name}: whether it is on a list — {list}"),
    ClaimAction.WELCOME: noted("{name}: what others say of it — {list}"),
    ClaimAction.CRITICISE: noted("{name}: what others say of it — {list}"),
    ClaimAction.STATEMENT: noted("{name}: what others say of it — {list}"),
}
SAID: Final[Mapping[str, InContext]] = {
    "done": noted_in("claim", "told as done"),
    "decided": noted_in("claim", "told as decided"),
    "in_force": noted_in("claim", "told as on the list"),
    "ordered": noted_in("claim", "told as ordered by a court"),
    "planned": noted_in("claim", "told as planned"),
    "requested": noted_in("claim", "told as requested"),
    "possible": noted_in("claim", "told as possible"),
    "precondition": noted_in("claim", "told as a condition"),
    "recurring": noted_in("claim", "told as done again and again"),
    "denied": noted_in("claim", "denied"),
    "stated": noted_in("claim", "stated"),
    "not_listed": noted_in("claim", "told as not on the list"),
    "welcome": noted_in("claim", "welcomed"),
    "criticise": noted_in("claim", "criticised"),
}
CONFIRMATION: Final[Mapping[Confirmation, InContext]] = {
    Confirmation.CONFIRMED: noted_in("confirmation", "confirmed"),
    Confirmation.CONTRADICTED: noted_in("confirmation", "contradicted by an official list"),
    Confirmation.KNOWN: noted_in("confirmation", "known already, from sources that are not official"),
    Confirmation.UNCONFIRMED: noted_in("confirmation", "claimed in the news, not confirmed"),
    Confirmation.DISMISSED: noted_in("confirmation", "rejected or set aside"),
}
_CLASS: Final = {
    Confirmation.CONFIRMED: "force",
    Confirmation.CONTRADICTED: "warn",
    Confirmation.KNOWN: "end",
    Confirmation.UNCONFIRMED: "prop",
    Confirmation.DISMISSED: "end",
}
_QUESTION: Final = {
    "date": noted("When"), "decider": noted("Who decided"), "reason": noted("Why"), "modality": noted("How far"),
}  # fmt: skip
_MOST_GROUNDS: Final = 4


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as a page shows it."""

    id: str
    said: Markup
    quote: Markup
    quote_lang: Markup
    """the attribute ``lang``"""
    source: Markup
    place: Markup
    machine: Markup
    standing: Markup
    is_out: bool
    """whether it was rejected or set aside"""


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """An act that is claimed, as a page shows it."""

    id: str
    head: Markup
    confirmation: Markup
    look: str
    """the class of the confirmation"""
    said: Sequence[Markup]
    points: Sequence[tuple[Markup, Markup, bool]]
    """question, answers, and whether they contradict each other"""
    claims: Sequence[Claim]
    reactions: Sequence[Claim]


def act(view: View, words: Words, to: Addresses, one: Weighed) -> Act:
    """One act, with all that is claimed of it."""
    group = one.group
    return Act(
        id=group.id, head=_head(view, words, to, group, one.lists),
        confirmation=words.say(CONFIRMATION[one.confirmation]),
        look=_CLASS[one.confirmation], said=[*_grounds(view, words, to, one), *_counted(words, group)],
        points=[_point(words, point) for point in group.points if _is_told(point)],
        claims=[claim(words, to, told) for told in group.news],
        reactions=[claim(words, to, told) for told in group.reactions],
    )  # fmt: skip


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """An act that is claimed, in a line: what is claimed, how it stands, and who told of it last."""

    id: str
    day: Markup
    head: Markup
    confirmation: Markup
    look: str
    told: Markup


def brief(view: View, words: Words, to: Addresses, one: Weighed) -> Brief:
    """One act, for a page that is about other things."""
    group = one.group
    newest = max(group.news, key=_last_told)
    speaker, outlet = newest.reported.speaker, newest.article.outlet or newest.article.title if newest.article else ""
    told = words.data(outlet, newest.article.language if newest.article else "")
    return Brief(
        id=group.id, day=words.day(newest.told), head=_head(view, words, to, group, one.lists),
        confirmation=words.say(CONFIRMATION[one.confirmation]), look=_CLASS[one.confirmation],
        told=words.say("says {who}, as {outlet} tells", who=words.data(speaker), outlet=told)
        if speaker
        else words.say("as {outlet} tells, without a speaker", outlet=told),
    )  # fmt: skip


def in_order(acts: Iterable[Weighed]) -> list[Weighed]:
    """The acts of which articles told last first."""
    return sorted(acts, key=lambda one: max((_last_told(t) for t in one.group.news), default=""), reverse=True)


def _last_told(one: Telling) -> str:
    return one.told.isoformat() if one.told else ""


def plain(view: View, words: Words, to: Addresses, group: Group) -> Act:
    """Statements of speakers that designate nothing."""
    return Act(
        id=group.id, head=_head(view, words, to, group, ()), confirmation=Markup(""), look="", said=[], points=[],
        claims=[claim(words, to, told) for told in group.news], reactions=[],
    )  # fmt: skip


def _head(view: View, words: Words, to: Addresses, group: Group, lists: Sequence[ListId]) -> Markup:
    name = words.name(group.name)
    if group.is_of_whole_list:
        name = words.say("the list as a whole")
    elif group.subject:
        name = words.link(to.subject(group.subject), name)
    return words.say(ACT[group.action], name=name, list=_where(view, words, to, group, lists))


def _where(view: View, words: Words, to: Addresses, group: Group, lists: Sequence[ListId]) -> Markup:
    """The list, where there is no doubt which; else whose it is."""
    if len(lists) == 1:
        return words.link(to.list(lists[0]), whose(words, official_list(view, lists[0])))
    place = PLACES.get(group.whose.upper())
    owner = words.say(place) if place else words.data(group.whose)
    if lists:
        return words.say("{country}, which list is not said", country=owner)
    return words.say("{country}, of which no list is known here", country=owner)


def _counted(words: Words, group: Group) -> list[Markup]:
    news = len(group.news)
    held = len(group.tellings) - news
    said = [words.count("{n} claim of an article.", "{n} claims of articles.", news)] if news else []
    if held:
        said.append(
            words.count(
                "{n} statement of the register tells of the same act.",
                "{n} statements of the register tell of the same act.", held,
            )
        )  # fmt: skip
    if news + held > 1 and news:
        said.append(
            words.count(
                "Copies of one report counted once, {n} origin.", "Copies of one report counted once, {n} origins.",
                len(group.origins),
            )
        )  # fmt: skip
    return said


# -- what the register says to it --------------------------------------------------------------------


def _grounds(view: View, words: Words, to: Addresses, one: Weighed) -> list[Markup]:
    said = dict.fromkeys(_ground(view, words, to, ground, one.group) for ground in one.grounds)
    shown = list(said)[:_MOST_GROUNDS]
    more = len(said) - len(shown)
    if more > 0:
        shown.append(words.count("{n} more speaks to it.", "{n} more speak to it.", more))
    return shown


def _ground(view: View, words: Words, to: Addresses, one: Ground, group: Group) -> Markup:
    told = one.telling
    place = Markup("")
    if one.list:
        official = official_lists(view).get(ListId(one.list))
        place = words.link(to.list(one.list), list_name(words, official)) if official else words.data(one.list)
    day = words.on(one.day)
    match one.kind:
        case GroundKind.PERSON if told is not None and told.judged is not None:
            return words.say(
                "{who} confirmed a claim {day}: {reason}", who=words.data(told.judged.author), day=day,
                reason=words.data(told.judged.reason),
            )  # fmt: skip
        case GroundKind.SHOWS if one.weight is Weight.AGAINST and not group.is_status:
            return words.say("A copy of {list} of {day} still shows the entry.", list=place, day=words.day(one.day))
        case GroundKind.SHOWS:
            return words.say("A copy of {list} of {day} shows the entry.", list=place, day=words.day(one.day))
        case GroundKind.LACKS if group.action in {ClaimAction.DELIST, ClaimAction.ANNUL}:
            return words.say(
                "A copy of {list} of {day} does not show the entry any more.", list=place, day=words.day(one.day)
            )
        case GroundKind.LACKS if one.weight is Weight.NOTHING:
            return words.say(
                "A copy of {list} of {day} shows no entry under a name of it; that proves nothing.", list=place,
                day=words.day(one.day),
            )  # fmt: skip
        case GroundKind.LACKS:
            return words.say(
                "A copy of {list} of {day} shows no entry of its own; entries associated with it are another matter.",
                list=place, day=words.day(one.day),
            )  # fmt: skip
        case GroundKind.PRINTS:
            return words.say("{list} itself prints that it was listed {day}.", list=place, day=day)
        case GroundKind.STATE:
            return words.say("By what this register holds of {list}, it was so {day}.", list=place, day=day)
        case GroundKind.OTHER_ACT if told is not None:
            return words.say("The register holds another act of that day: {source}", source=_statement(words, to, told))
        case GroundKind.OFFICIAL | GroundKind.STATEMENT if told is not None:
            return words.say("The register holds: {source}", source=_statement(words, to, told))
        case _:
            return words.say("Nothing else that is held here tells of it, and silence proves nothing.")


def _statement(words: Words, to: Addresses, told: Telling) -> Markup:
    kind = SOURCE_CLASS.get(told.source_class.rank)
    return words.say(
        "{source} ({kind})", source=words.link(to.statement(told.id), words.data(told.title or told.id)),
        kind=words.say(kind) if kind else words.data(told.source_class.name),
    )  # fmt: skip


def _is_told(point: Point) -> bool:
    return point.is_conflict or point.about != "modality" or len(point.answers) > 1


def _point(words: Words, point: Point) -> tuple[Markup, Markup, bool]:
    def shown(value: str) -> Markup:
        if point.about == "date":
            return words.day(value)
        return words.say(SAID[value]) if point.about == "modality" else words.data(value)

    answers = words.listed(
        words.say("{answer} ({n})", answer=shown(one.value), n=len(one.tellings)) for one in point.answers
    )
    return words.say(_QUESTION[point.about]), answers, point.is_conflict


# -- one claim ---------------------------------------------------------------------------------------


def claim(words: Words, to: Addresses, one: Telling) -> Claim:
    """One claim: what is said, by whom, in which words, where."""
    article = one.article
    quote = one.quotes[0] if one.quotes else None
    text = short(quote.text) if quote is not None else ""
    source, machine = Markup(""), Markup("")
    if article is not None:
        outlet = words.data(article.outlet or article.title, article.language)
        source = words.link(to.document(one.document), outlet)
        if article.published:
            source = words.say("{outlet}, {day}", outlet=source, day=words.time(article.published))
        if article.machine_translated and article.main_language:
            machine = words.say(
                "This version was translated by machine; the article's main language is {language}.",
                language=words.machine(article.main_language),
            )
        elif article.machine_translated:
            machine = words.say("This version was translated by machine.")
    place = Markup("")
    if quote is not None:
        place = words.link(
            to.document(one.document, statement=one.id),
            words.say("characters {first} to {last}", first=quote.start, last=quote.end),
        )
    return Claim(
        id=one.id, said=said(words, one), quote=words.name(text, article.language if article else ""),
        quote_lang=words.lang_of(text, article.language if article else ""), source=source, place=place,
        machine=machine, standing=_standing(words, one),
        is_out=one.standing in {Standing.REJECTED, Standing.SET_ASIDE},
    )  # fmt: skip


def said(words: Words, one: Telling) -> Markup:
    """What a claim says, and who is said to have said it, in sentences."""
    reported = one.reported
    what = words.say(SAID[state_of(one)])
    if reported.date:
        sentences = [words.say("{what}, {when}.", what=what, when=words.on(reported.date))]
    else:
        sentences = [words.say("{what}, without a day.", what=what)]
    if reported.speaker:
        sentences.append(words.say("Says {who}.", who=words.data(reported.speaker)))
    if reported.decider:
        sentences.append(words.say("Decided by {who}, as told.", who=words.data(reported.decider)))
    if reported.act:
        sentences.append(words.say("By the act {act}, as told.", act=words.data(reported.act)))
    if reported.reason:
        sentences.append(words.say("For this reason, as told: {reason}", reason=words.data(reported.reason)))
    if reported.chain:
        outlets = words.listed(words.data(part) for part in reported.chain)
        sentences.append(words.say("Told through {outlets}.", outlets=outlets))
    return words.run(sentences)


def state_of(one: Telling) -> str:
    """Which of `SAID` a claim says."""
    action = one.reported.action.value
    return action if action in SAID else one.reported.modality.value


def _standing(words: Words, one: Telling) -> Markup:
    judged = one.judged
    if judged is None or judged.standing is Standing.UNCONFIRMED:
        return Markup("")
    sentence = {
        Standing.CONFIRMED: noted("Confirmed by {who} on {day}: {reason}"),
        Standing.REJECTED: noted("Rejected by {who} on {day}: {reason}"),
        Standing.SET_ASIDE: noted("Set aside by {who} on {day}: {reason}"),
    }[judged.standing]
    return words.say(
        sentence, who=words.data(judged.author), day=words.time(judged.at.date()), reason=words.data(judged.reason)
    )
