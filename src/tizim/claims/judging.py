"""What a person makes of claims: confirm, reject, set aside. Each time a document, followed only by another."""

import datetime as dt
from collections.abc import Sequence

import msgspec

from tizim.answer.official import official_list
from tizim.answer.subjects import LEDGER, Clusters, find
from tizim.claims.asking import conflict_group_of, groups_of
from tizim.claims.confirming import Weighed
from tizim.claims.known import claims
from tizim.claims.tellings import Telling
from tizim.domain.claims import Standing, action_of
from tizim.domain.dates import AsOf
from tizim.errors import BadInput, NotFound
from tizim.register.protocol import Seen
from tizim.register.view import View
from tizim.sources.standings import Judged, Standings

_SHORTEST = 6
"""digits of the shortest beginning of a claim's number that may stand for it"""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody makes of which claims."""

    standing: Standing
    ids: tuple[str, ...]
    """ids of their statements, or the beginnings of their numbers"""
    author: str
    reason: str
    subject: str = ""
    """whom they are about, where the reader did not know"""
    list: str = ""
    """the list they are about, where they name only a state that has several"""


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """A decision about claims ready to be kept, and what its author had seen."""

    standings: Standings
    seen: Seen | None
    changes: tuple[str, ...]
    """ids of the claims that count from now on as statements about a listing"""


def draft(view: View, asked: Draft, as_of: AsOf, at: dt.datetime, sequence: int) -> Entered:
    """The decision that *asked* amounts to.

    *sequence* is the row up to which its author had seen the register. Raises `NotFound` for a claim, subject or
    list that there is not, and `BadInput` where author or reason lack, where a claim to be confirmed is about
    nobody known, or where its list is in doubt.
    """
    if not asked.author.strip():
        raise BadInput("say who judges: --author NAME")
    if not asked.reason.strip():
        raise BadInput("say why: --reason TEXT")
    clusters = Clusters(view, as_of)
    every = claims(view, as_of, clusters)
    chosen = [_chosen(every, one) for one in asked.ids]
    judged: list[Judged] = []
    acting: list[tuple[str, str]] = []
    for one in dict.fromkeys(chosen):
        made = _judged(view, asked, one, every, as_of, clusters)
        judged.append(made)
        if asked.standing is Standing.CONFIRMED and action_of(made.claim.action, made.claim.modality) is not None:
            acting.append((made.list_id, made.subject))
    standings = Standings(
        standing=asked.standing, author=asked.author.strip(), reason=asked.reason.strip(), at=at, claims=tuple(judged)
    ).checked()
    seen = None
    if acting:
        list_id, subject = acting[0]
        seen = Seen(sequence=sequence, list=list_id, subjects=clusters.of(subject)[0])
    return Entered(standings=standings, seen=seen, changes=tuple(one.statement for one in judged) if acting else ())


def _chosen(every: Sequence[Telling], wanted: str) -> Telling:
    """The claim of an id. Raises `NotFound`, or `BadInput` if the beginning of an id is that of several."""
    own = wanted.strip().lower()
    exact = [one for one in every if own in {one.id, one.number}]
    found = exact or [one for one in every if len(own) >= _SHORTEST and one.id.startswith(own)]
    if not found:
        raise NotFound(f"no claim {wanted} is known; 'tizim claims' names them")
    if len(found) > 1:
        raise BadInput(f"{wanted} begins the ids of several claims: {', '.join(one.id for one in found)}")
    return found[0]


def _judged(
    view: View, asked: Draft, one: Telling, every: Sequence[Telling], as_of: AsOf, clusters: Clusters
) -> Judged:
    article = one.article
    if article is None:
        raise BadInput(f"{one.id} is no claim of an article")
    key, weighed = _key(view, asked, one, as_of), _weighed(view, one, every, as_of, clusters)
    list_id = asked.list or (weighed.list if weighed is not None else None) or ""
    if asked.list:
        official_list(view, asked.list)  # one that there is
    if asked.standing is Standing.CONFIRMED and action_of(one.reported.action, one.reported.modality) is not None:
        if not key:
            raise BadInput(
                f"claim {one.id} is about “{one.reported.subject_name}”, whom this register does not know: say who"
                " that is with --subject"
            )
        if not list_id:
            names = ", ".join(weighed.lists) if weighed is not None and weighed.lists else ""
            which = f"it can be about {names}" if names else f"this register has no list of '{one.reported.list}'"
            raise BadInput(f"claim {one.id} does not say which list it means; {which}: say so with --list")
    return Judged(
        number=one.number, statement=one.id, claim=one.reported, subject=key, list_id=list_id, outlet=article.outlet,
        title=article.title, url=article.url, article=article.sha256, language=article.language,
        published=article.published, source_class=one.source_class.name,
        conflict_group=conflict_group_of(weighed.group.tellings) if weighed is not None else "",
    )  # fmt: skip


def _key(view: View, asked: Draft, one: Telling, as_of: AsOf) -> str:
    """The record that the claim is about."""
    if not asked.subject:
        return one.key
    subject = find(view, asked.subject, as_of)
    own = [key for key in subject.keys if key.startswith(LEDGER)]
    return own[0] if own else subject.keys[0]


def _weighed(view: View, one: Telling, every: Sequence[Telling], as_of: AsOf, clusters: Clusters) -> Weighed | None:
    """The group that the claim stands in; none for what designates nothing."""
    beside = [other for other in every if (other.subject, other.reported.list) == (one.subject, one.reported.list)]
    acts, _ = groups_of(view, beside, as_of, clusters)
    return next((found for found in acts if any(told.id == one.id for told in found.group.tellings)), None)
