"""Acts and changes that have no bulletin yet, with their facts as the register has them.

Nothing is guessed: what no statement says is left empty. Acts come from verified statements, those of decisions
entered here among them; changes from copies of a list that follow one another.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from tizim.answer.ask import ask
from tizim.answer.evidence import Copies, copies_of, designations
from tizim.answer.official import official_list, official_lists, parts_of
from tizim.answer.records import entity
from tizim.answer.subjects import WHOLE_LIST, Clusters, find, subject
from tizim.domain.acts import EFFECT_OF, Action, Effect
from tizim.domain.bulletin_facts import (
    ActFacts,
    ActKind,
    Attested,
    Copy,
    CopyFacts,
    Facts,
    Named,
    NewsFacts,
    OnList,
    Tellable,
    Telling,
    Turnover,
    are_of_one,
    id_of,
)
from tizim.domain.bulletins import Bulletin, Withdrawn, version_of
from tizim.domain.dates import AsOf
from tizim.domain.decisions import Decision
from tizim.domain.designations import Designation
from tizim.domain.documents import ACT
from tizim.domain.listing import ENDED
from tizim.domain.lists import ListId
from tizim.errors import NotFound
from tizim.publish.told.names import attested
from tizim.publish.told.states import NOT_NAMED
from tizim.publish.words import LANGUAGES
from tizim.publish.words.languages import MAIN
from tizim.register.view import Doc, View

NAMED: Final = 100
"""names that the facts of two copies keep of each side; the count is of all"""
_DECISIONS: Final = "decisions"
_ACTS: Final = {Action(kind.value): kind for kind in ActKind}
_ALSO: Final = frozenset({Action.ANNOUNCED, Action.CONFIRMED, Action.DECISION_SIGNED})
_MOVES: Final = frozenset({Effect.BEGIN, Effect.END, Effect.PAUSE, Effect.ANNUL})


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What a bulletin could be about, and the id that it would have."""

    id: str
    facts: Tellable


class _Event(msgspec.Struct, frozen=True, kw_only=True):
    """Statements about one act, before the rest of its facts is looked up."""

    list: ListId
    keys: tuple[str, ...]
    event: str
    day: dt.date
    told: tuple[Designation, ...]
    also: tuple[Designation, ...]
    decision: str


def proposals(
    view: View,
    as_of: AsOf,
    since: dt.date,
    *,
    list_id: str = "",
    decisions: Sequence[Decision] = (),
    bulletins: Mapping[str, Bulletin],
) -> list[Proposal]:
    """Acts and changes from *since* to the day asked for that have no bulletin, the newest first.

    One that was withdrawn is none. Raises `NotFound` for an unknown list.
    """
    lists = parts_of(view, official_list(view, list_id).id) if list_id else None
    told = [version_of(one).facts for one in bulletins.values() if not isinstance(one, Withdrawn)]
    events = [one for one in _events(view, as_of, decisions, lists) if since <= one.day <= as_of.valid_at]
    found: list[Tellable] = [*(_act_facts(view, as_of, one) for one in events), *_copies(view, as_of, since, lists)]
    found.sort(key=lambda one: (one.day, one.on.id, one.kind, _order(one)), reverse=True)
    taken = set(bulletins)
    made = []
    for facts in found:
        if not any(are_of_one(facts, other) for other in told):
            own = id_of(facts, taken)
            taken.add(own)
            made.append(Proposal(id=own, facts=facts))
    return made


def facts_again(view: View, as_of: AsOf, facts: Facts, *, decisions: Sequence[Decision] = ()) -> Facts:
    """The same act or change as the register has it now. Raises `NotFound` where it has nothing of it any more."""
    if isinstance(facts, NewsFacts):
        return _news_again(view, as_of, facts)
    day = dt.date.fromisoformat(facts.day)
    lists = [ListId(facts.on.id)]
    again: Iterable[Tellable]
    if isinstance(facts, CopyFacts):
        again = _copies(view, as_of, day, lists)
    else:
        again = (_act_facts(view, as_of, event) for event in _events(view, as_of, decisions, lists))
    found = next((one for one in again if are_of_one(one, facts)), None)
    if found is None:
        raise NotFound(f"nothing known now tells of what happened on {facts.on.id} by {facts.day}")
    return found


def _order(facts: Tellable) -> str:
    return facts.subject.subject if isinstance(facts, ActFacts) else facts.after.document


def news_facts(view: View, as_of: AsOf, day: dt.date, list_id: str, subjects: Sequence[str]) -> NewsFacts:
    """What an editor says that their text is about. Raises `NotFound` for a list or a subject that there is not."""
    on = _on(view, ListId(list_id)) if list_id else None
    about = [find(view, asked, as_of).keys for asked in subjects]
    return NewsFacts(
        day=day.isoformat(), on=on,
        subjects=tuple(named_in_register(view, as_of, keys) for keys in dict.fromkeys(about)),
    )  # fmt: skip


def _news_again(view: View, as_of: AsOf, facts: NewsFacts) -> NewsFacts:
    """The same list and subjects, with the names that the register has now."""
    on = None if facts.on is None else _on(view, ListId(facts.on.id))
    about = tuple(named_in_register(view, as_of, Clusters(view, as_of).of(one.records[0])[0]) for one in facts.subjects)
    return msgspec.structs.replace(facts, on=on, subjects=about)


# -- acts --------------------------------------------------------------------------------------------


def _events(view: View, as_of: AsOf, decisions: Sequence[Decision], lists: Sequence[ListId] | None) -> Iterator[_Event]:
    """Acts, each with all that tells of it; statements of one conflict group are of one act."""
    clusters = Clusters(view, as_of)
    entered = {one.id: one.key for one in decisions}
    groups: dict[tuple[ListId, str, str], list[Designation]] = defaultdict(list)
    also: dict[tuple[ListId, str, str], list[Designation]] = defaultdict(list)
    for one in designations(view, as_of, lists=lists):
        if not one.verified or one.subject == WHOLE_LIST:
            continue
        decision = _decision_of(one, entered)
        public = clusters.id_of(one.subject)
        if one.action in _ACTS:
            groups[one.list, public, _event(one, decision)].append(one)
        elif one.action in _ALSO and (decision or one.conflict_group):
            also[one.list, public, decision or one.conflict_group].append(one)
    for (list_id, public, event), told in groups.items():
        told.sort(key=lambda one: (one.source_class.rank, -len(one.date), one.date, one.id))
        days = [day for one in told if (day := one.when.latest or one.published) is not None]
        if not days:
            continue  # nobody gives any day, and nobody's word of it is dated
        decision = _decision_of(told[0], entered)
        beside = also[list_id, public, decision or told[0].conflict_group]
        yield _Event(
            list=list_id, keys=clusters.of(told[0].subject)[0], event=event, day=min(days), told=tuple(told),
            also=tuple(beside) if _is_last_told(told[0], groups, (list_id, public)) else (), decision=decision,
        )  # fmt: skip


def _decision_of(one: Designation, entered: Mapping[str, str]) -> str:
    """The decision entered here that makes the statement; empty for everybody else's."""
    if one.provenance.source != _DECISIONS:
        return ""
    own = one.provenance.place.removeprefix("decision ").partition(",")[0]
    return entered.get(own, own)


def _event(one: Designation, decision: str) -> str:
    effect = EFFECT_OF[one.action]
    what = effect.value if effect in _MOVES else one.action.value
    if decision:
        return f"{what} {decision}"
    return f"{what} {one.conflict_group or one.date or one.id}"


def _is_last_told(
    one: Designation, groups: Mapping[tuple[ListId, str, str], Sequence[Designation]], about: tuple[ListId, str]
) -> bool:
    """Whether what was announced in a conflict group is of this act: of several in one group it is of its end."""
    if EFFECT_OF[one.action] is Effect.END or one.provenance.source == _DECISIONS:
        return True
    return not any(
        key[:2] == about and EFFECT_OF[other.action] is Effect.END and other.conflict_group == one.conflict_group
        for key, told in groups.items()
        for other in told
    )


def _act_facts(view: View, as_of: AsOf, event: _Event) -> ActFacts:
    first = event.told[0]
    when, is_bounded = _reading(view, as_of, event)
    return ActFacts(
        on=_on(view, event.list), subject=named_in_register(view, as_of, event.keys), act=_ACTS[first.action],
        event=event.event, day=event.day.isoformat(), when=when, is_bounded=is_bounded,
        told=tuple(map(_telling, event.told)), also=tuple(map(_telling, event.also)), decision=event.decision,
    ).checked()  # fmt: skip


def _reading(view: View, as_of: AsOf, event: _Event) -> tuple[str, bool]:
    """When it happened, as the register reads it, and whether that is bounded by evidence before and after."""
    first = event.told[0]
    if EFFECT_OF[first.action] is Effect.END and not (first.source_class.rank == ACT and first.when.is_day):
        on_day = msgspec.structs.replace(as_of, valid_at=event.day)
        now = ask(view, subject(view, event.keys, (), as_of).id, event.list, on_day).own_state
        if now is not None and now.status in ENDED and now.ended:
            return now.ended, "/" in now.ended and not now.ended.startswith("..")
    return next((one.when.text for one in event.told if one.when.text), ""), False


def _telling(one: Designation) -> Telling:
    named = one.decided_by and not one.decided_by.lower().startswith(NOT_NAMED)
    return Telling(
        statement=one.id, document=one.provenance.sha256, action=one.action, date=one.date, when=one.when.text,
        act=one.act.text, decided_by=one.decided_by if named else "", announced_by=one.announced_by,
        source=one.source_title or one.provenance.title, address=one.source_address, rank=one.source_class.rank,
        published=one.published.isoformat() if one.published else "",
    )  # fmt: skip


def _on(view: View, list_id: ListId) -> OnList:
    official = official_list(view, list_id)
    return OnList(id=official.id, jurisdiction=official.jurisdiction, name=official.name)


def named_in_register(view: View, as_of: AsOf, keys: tuple[str, ...], printed: str = "") -> Named:
    """A subject by its names; *printed* is how a list has it, where that is what it should be called."""
    whole = entity(view, subject(view, keys, (), as_of), as_of)
    found = []
    for code in LANGUAGES:
        best = None if code == MAIN else attested(code, whole.names)
        if best is not None:
            found.append(Attested(language=code, text=best.text))
    return Named(subject=whole.id, records=keys, name=printed or whole.main_name, attested=tuple(found))


# -- copies ------------------------------------------------------------------------------------------


def _copies(view: View, as_of: AsOf, since: dt.date, lists: Sequence[ListId] | None) -> Iterator[CopyFacts]:
    """Each two complete copies of a list, of one line, that follow one another and differ in their subjects."""
    clusters = Clusters(view, as_of)
    for list_id in official_lists(view) if lists is None else lists:
        for line in copies_of(view, list_id, as_of):
            if list_id not in line.lists:
                continue
            docs = [doc for doc in line.line.docs if doc.complete and doc.day <= as_of.valid_at]
            for number in range(1, len(docs)):
                if docs[number].day >= since:
                    found = _between(view, as_of, clusters, line, list_id, (docs[number - 1], docs[number]))
                    if found is not None:
                        yield found


def _between(
    view: View, as_of: AsOf, clusters: Clusters, line: Copies, list_id: ListId, docs: tuple[Doc, Doc]
) -> CopyFacts | None:
    before, after = (
        {clusters.id_of(row.subject): row for row in view.headlines(line.source, [list_id], [doc.moment], None)}
        for doc in docs
    )
    if before.keys() == after.keys():
        return None  # an entry that was only given another number came from nowhere and went nowhere

    def turnover(side: Mapping[str, object], other: Mapping[str, object]) -> Turnover:
        rows = [row for own, row in (before | after).items() if own in side and own not in other]
        rows.sort(key=lambda row: (row.name, row.subject))
        named = (named_in_register(view, as_of, clusters.of(row.subject)[0], row.name) for row in rows[:NAMED])
        return Turnover(count=len(rows), named=tuple(named))

    return CopyFacts(
        on=_on(view, list_id),
        before=Copy(day=docs[0].day.isoformat(), document=docs[0].sha256),
        after=Copy(day=docs[1].day.isoformat(), document=docs[1].sha256),
        came=turnover(after, before), missing=turnover(before, after),
    ).checked()  # fmt: skip
