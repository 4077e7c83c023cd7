"""One list on a day: who decides, members, how it changed, the rule in force, and a way to every other day."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final

import msgspec
from markupsafe import Markup

from tizim.answer import wire
from tizim.answer.ask import measures
from tizim.answer.changes import difference
from tizim.answer.evidence import Copies, copies_of, whole_of
from tizim.answer.members import Member, Roll
from tizim.answer.official import licence_of, official_list, parts_of
from tizim.answer.rules import laws_of
from tizim.answer.subjects import main_names
from tizim.domain.dates import AsOf
from tizim.domain.lists import OfficialList
from tizim.errors import BadInput
from tizim.publish import answers, audits, figures
from tizim.publish.acts import Acts, acts_of
from tizim.publish.addresses import Addresses
from tizim.publish.bulletins import published
from tizim.publish.cards import Card
from tizim.publish.changed import changes_of_list
from tizim.publish.feeds import Feed, bulletins_of, entries_of, key_of, newest
from tizim.publish.linked import dataset
from tizim.publish.moves import Move, Moving, moves_of
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told import claims as told_claims
from tizim.publish.told.between import between
from tizim.publish.told.changes import listed
from tizim.publish.told.lists import list_name, place, whose
from tizim.publish.told.rules import bound, rule_said, span_said
from tizim.publish.vocabulary import KIND
from tizim.publish.words import Words
from tizim.publish.words.typed import typed_day
from tizim.register.view import View
from tizim.text import fold

PAGED: Final = 200
"""members of the longest list that is shown on one page"""
_A_PAGE: Final = 100
"""members on each page of a letter that has more"""
_CHANGES: Final = 12
_CLAIMED: Final = 20
"""acts that articles claim of a list; all are on the page of claims"""
_NAMED: Final = 5
_BASED_ON: Final = 10
"""copies that machines are told of, the newest"""
_BULLETINS: Final = 5


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A member in the cells of a table."""

    member: Member
    name: Markup
    called: Markup
    """the name to call it by, where the list prints another"""
    kind: Markup
    part: Markup
    """the list of which it is a member, where the page shows several together"""


def page(view: View, site: Site, as_of: AsOf, list_id: str, letter: str = "", since: str = "", number: int = 1) -> Page:
    """The list on the day; of a long one the members of a letter, of those page *number*; and what changed *since*
    another day. Raises `NotFound` for an unknown list, `BadInput` for a day that is none or a later one.
    """
    words = site.words
    official = official_list(view, list_id)
    found = answers.roll(view, site, official.id, as_of)
    copies = copies_of(view, official.id, as_of)
    moves = moves_of(view, official.id, as_of)
    letters = _letters(words, found)
    chosen = letter if letter in letters else next(iter(letters), "")
    under, count = letters.get(chosen, (frozenset[str](), 0))
    size = PAGED if len(letters) < 2 else _A_PAGE
    pages = max((count + size - 1) // size, 1)
    number = min(max(number, 1), pages)
    shown = found.under(under, words.order.key, (number - 1) * size, number * size)
    past = [one for one in reversed(moves) if one.latest <= as_of.valid_at][:_CHANGES]
    moving = {one.subject: one.keys for move in past for one in (*move.added[:_NAMED], *move.gone[:_NAMED])}
    called = main_names(view, moving, as_of)
    acts = acts_of(view, as_of)
    laws = [law for one in parts_of(view, official.id) for law in laws_of(view, one, as_of)]
    in_force = [law for law in laws if law.is_in_force(as_of.valid_at)]
    age = None if found.last_observed is None else (as_of.valid_at - found.last_observed).days

    first = _since(site, since, as_of)

    def here(to: Addresses) -> str:
        return to.list(
            official.id, chosen if letter or number > 1 else "", page=str(number) if number > 1 else "",
            since=first.isoformat() if first else "",
        )  # fmt: skip

    documents = [doc for one in copies for doc in one.line.docs]
    return made(
        "list", site, as_of, here, list_name(words, official), section="lists",
        card=_card(site, as_of, official, found, copies),
        values={
            "official": official,
            "english": None if words.is_main else words.data(official.name, "en"),
            "place": place(words, official),
            "decides": list(dict.fromkeys(law.rule.decides for law in in_force if law.rule.decides))[:2],
            "found": found,
            "age": age,
            "documents": documents,
            "whole": sum(len(one.line.docs) for one in whole_of(copies)),
            "first_day": _first_day(found.last_observed, moves, as_of),
            "begins": official.begins if official.begins and official.begins > as_of.valid_at else None,
            "before_words": official.before,
            "parts": [official_list(view, one) for one in parts_of(view, official.id) if one != official.id],
            "letters": list(letters) if len(letters) > 1 else [],
            "letter": chosen,
            "under": count,
            "number": number,
            "pages": pages,
            "rows": _rows(view, site, as_of, official, shown),
            "copied_days": _copied_days(site, official),
            "chooser": _chooser(site, as_of, official, moves, here),
            "moves": [_told(site, official, one, called, acts) for one in past],
            "more_moves": max(sum(one.latest <= as_of.valid_at for one in moves) - _CHANGES, 0),
            "laws": [(rule_said(words, law), span_said(words, law), law) for law in in_force],
            "claimed": [
                told_claims.act(view, words, site.to, one)
                for one in answers.claimed(view, site, "", official.id, as_of).acts[:_CLAIMED]
            ],
            "measures": [bound(words, one) for one in measures(view, parts_of(view, official.id), as_of)],
            "audits": _audits(view, site, as_of, official),
            "since": first,
            "between": between(view, site, as_of, official, first, copies) if first else None,
            "whose": lambda one: whose(words, one),
            "bulletins": published(view, site, as_of, list_id=official.id, most=_BULLETINS),
        },
    )  # fmt: skip


def _audits(view: View, site: Site, as_of: AsOf, official: OfficialList) -> list[Markup]:
    """The audits of a list: those whose criterion is known, and against the United Nations' list where it is none."""
    words, to = site.words, site.to
    pairs = [one for one in audits.offered(view, as_of) if official.id in {one.national.id, one.reference.id}]
    found = [
        words.link(to.audit(one.id), words.say("held against {list}", list=whose(words, one.reference)))
        if one.national.id == official.id
        else words.link(to.audit(one.id), words.say("{list} held against it", list=whose(words, one.national)))
        for one in pairs
    ]  # fmt: skip
    un = official_list(view, audits.UN)
    if official.jurisdiction != un.jurisdiction and all(one.reference.id != un.id for one in pairs):
        link = to.audit(audits.id_of(official.id, un.id))
        if not link:  # a copy of the site has the audits that are offered
            return found
        found.append(words.link(link, words.say("held against {list}", list=whose(words, un))))
    return found


def _since(site: Site, typed: str, as_of: AsOf) -> dt.date | None:
    """The day since which changes are asked for."""
    if not typed.strip():
        return None
    meant = typed_day(typed, site.words.language)
    try:
        day = dt.date.fromisoformat(meant)
    except ValueError:
        raise BadInput(f"since wants a day such as 2024-06-03, not '{typed.strip()}'") from None
    if day > as_of.valid_at:
        raise BadInput(f"since {day} is later than as_of {as_of.valid_at}: what changed until a day began before it")
    return day


def data(view: View, site: Site, as_of: AsOf, list_id: str, since: str = "") -> dict[str, Any]:
    """What ``tizim show`` tells; with *since* what ``tizim diff`` does."""
    first = _since(site, since, as_of)
    if first is not None:
        return wire.difference(difference(view, official_list(view, list_id).id, first, as_of.valid_at, as_of))
    return wire.members(answers.members(view, site, official_list(view, list_id).id, as_of))


def _copied_days(site: Site, official: OfficialList) -> list[tuple[str, str]]:
    """Address and day of every page that a copy of the site has of the list; none where the site is served."""
    to = site.to
    if to.still is None:
        return []
    own = to.undated()
    return [(own.on(day).list(official.id), day) for day in to.still.days(own.path_of_list(official.id))]


def feed(view: View, site: Site, as_of: AsOf, list_id: str, since: str = "") -> Feed:  # noqa: ARG001 - as other forms
    """What changes on the list; whoever follows it has read up to a day of their own."""
    words, official = site.words, official_list(view, list_id)
    return Feed(
        key=key_of(site, "list", official.id),
        title=words.say("What changed on {list}", list=listed(words, official)),
        subtitle=words.say("Acts that statements tell of, and what came and went between copies of the list."),
        here=here_of("list", official.id),
        entries=newest(
            entries_of(view, site, as_of, changes_of_list(view, official.id, as_of)),
            bulletins_of(view, site, as_of, list_id=official.id),
        ),
    )  # fmt: skip


def _card(site: Site, as_of: AsOf, official: OfficialList, found: Roll, copies: Sequence[Copies]) -> Card:
    """The list in a sentence: how many entries on the day, and how old what that rests on is."""
    words = site.words
    named, day = listed(words, official), words.time(as_of.valid_at)
    if found.last_observed is None:
        said = words.say("{list}: nothing held here speaks of {day} or a day before it.", list=named, day=day)
    else:
        said = words.count(
            "{list}: {n} entry on {day}, by evidence of {observed} at the newest.",
            "{list}: {n} entries on {day}, by evidence of {observed} at the newest.",
            found.count, list=named, day=day, observed=words.time(found.last_observed),
        )  # fmt: skip
    docs = sorted((doc for one in copies for doc in one.line.docs), key=lambda doc: doc.day)
    days = (docs[0].day.isoformat(), docs[-1].day.isoformat()) if docs else None
    licences = dict.fromkeys(
        licence for one in copies if (licence := licence_of(one.source)) is not None
    )  # fmt: skip
    about = dataset(site, official, words.text(named), words.text(said), days, list(licences))
    return Card(
        said=[said], trail=[(words.say("Lists"), site.to.lists())], about=[about],
        based_on=[site.to.document(doc.sha256) for doc in reversed(docs[-_BASED_ON:])],
        modified=max((doc.recorded_at for doc in docs), default=None),
    )  # fmt: skip


def _first_day(observed: dt.date | None, moves: Sequence[Move], as_of: AsOf) -> dt.date | None:
    """The first day of which anything can be said, where the day asked for lies before it."""
    if observed is not None:
        return None
    return min((one.latest for one in moves if one.latest > as_of.valid_at), default=None)


def _letters(words: Words, found: Roll) -> dict[str, tuple[AbstractSet[str], int]]:
    """The letters of the language under which members are found if there are too many for one page, in its order;
    each with the signs that names under it begin with, and how many there are.
    """
    if found.count <= PAGED:
        return {"": (found.initials.keys(), found.count)}
    letters: dict[str, tuple[AbstractSet[str], int]] = {}
    for sign in sorted(found.initials, key=words.order.key):
        shown = words.order.label(sign)
        under, before = letters.get(shown, (frozenset[str](), 0))
        letters[shown] = (under | {sign}, before + found.initials[sign])
    return letters


def _rows(view: View, site: Site, as_of: AsOf, official: OfficialList, shown: Sequence[Member]) -> list[Row]:
    words, to = site.words, site.to
    called = main_names(view, {one.subject: one.keys for one in shown}, as_of)
    rows = []
    for one in shown:
        name = one.name or called[one.subject]
        other = called[one.subject]
        rows.append(
            Row(
                member=one, name=words.link(to.subject(one.subject), words.name(name)),
                called=words.name(other) if fold(other) != fold(name) else Markup(""),
                kind=words.say(KIND.get(one.kind, KIND[""])) if one.kind else Markup(""),
                part=words.link(to.list(one.list), list_name(words, official_list(view, one.list)))
                if one.list != official.id
                else Markup(""),
            )
        )  # fmt: skip
    return rows


def _chooser(
    site: Site, as_of: AsOf, official: OfficialList, moves: Sequence[Move], here: Callable[[Addresses], str]
) -> Markup:
    """The strip of changes, and the ways to another day; nothing where no change is known."""
    words, to, day = site.words, site.to, as_of.valid_at
    if not moves:
        return Markup("")
    before = next((one for one in reversed(moves) if one.latest < day), None)
    after = next((one for one in moves if one.latest > day), None)
    days = [day, *(one.latest for one in moves)]
    first, last = min(days), max(days)
    room = dt.timedelta(days=max((last - first).days // 30, 30))

    def shown(one: Move | None, *, back: bool) -> figures.DayShown | None:
        if one is None:
            return None
        counts = words.say(
            "{day}: {added} added, {gone} gone", day=words.day(one.when), added=len(one.added), gone=len(one.gone)
        )
        said = words.say("previous change, {change}", change=counts)
        if not back:
            said = words.say("next change, {change}", change=counts)
        return figures.DayShown(address=here(to.on(one.latest.isoformat())), words=said)

    path = to.undated().list(official.id)
    kept = [(name, value) for name, value in to.dates.items() if name != "as_of"]
    return figures.strip(
        [figures.Moved(when=one.when, added=len(one.added), gone=len(one.gone)) for one in moves],
        figures.Span(first=first - room, last=last + room), day, figures.Say(words), action=path, kept=kept,
        before=shown(before, back=True), after=shown(after, back=False),
        understood=words.say("Shown is the end of {day}.", day=words.time(day)),
        days=() if to.still is None else to.still.days(to.path_of_list(official.id)),
    )  # fmt: skip


def _told(site: Site, official: OfficialList, one: Move, called: Mapping[str, str], acts: Acts) -> dict[str, Any]:
    """A change as lines: what came, what went, and on whose word."""
    words, to = site.words, site.to

    def named(found: Sequence[Moving]) -> Markup:
        shown = [
            words.link(to.subject(moving.subject), words.name(called[moving.subject])) for moving in found[:_NAMED]
        ]
        rest = len(found) - _NAMED
        if rest > 0:
            shown.append(words.count("{n} more", "{n} more", rest))
        return words.listed(shown)

    when = words.link(to.on(one.latest.isoformat()).list(official.id), words.on(one.when))
    cited = next((s for s in one.statements if s.act.text), None)
    if not one.statements:
        source = words.say("by two copies of the list")
    else:
        source = words.data(cited.act.text) if cited else words.say("act not seen")
        whole = acts.address(to, cited or one.statements[0])
        source = words.link(whole, source) if whole else source
    return {
        "added": words.say("Added {when}: {names}", when=when, names=named(one.added)) if one.added else None,
        "gone": words.say("Gone {when}: {names}", when=when, names=named(one.gone)) if one.gone else None,
        "source": source,
        "statements": [(to.statement(s.id), s) for s in one.statements[:3]],
    }
