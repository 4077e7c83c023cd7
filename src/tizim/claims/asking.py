"""What is claimed: of a subject, on a list, since a day, as known on a day."""

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from tizim.answer.official import official_list, parts_of
from tizim.answer.subjects import Clusters, Subject, find, main_names
from tizim.claims.confirming import Held, Weighed, weigh
from tizim.claims.grouping import group
from tizim.claims.known import articles, claims, held, whose_is
from tizim.claims.tellings import Group, Telling
from tizim.domain.claims import PLAIN
from tizim.domain.dates import AsOf
from tizim.domain.lists import OfficialList
from tizim.domain.statements import Property
from tizim.errors import NotFound
from tizim.register.view import View
from tizim.text import fold


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """All that is claimed, by act: what was asked for, and the groups with what the register says to them."""

    as_of: AsOf
    subject: Subject | None
    list: OfficialList | None
    since: dt.date | None
    acts: tuple[Weighed, ...]
    plain: tuple[Group, ...]
    """statements of speakers that designate nothing and are about no act that is told of"""
    articles: int
    """how many articles were known"""

    def left_open(self) -> "Claimed":
        """Only what nothing official and nobody has settled."""
        return msgspec.structs.replace(self, acts=tuple(one for one in self.acts if one.is_open), plain=())


def claimed(view: View, as_of: AsOf, *, about: str = "", list_id: str = "", since: dt.date | None = None) -> Claimed:
    """The claims about the subject that *about* names (none: all), on *list_id*, told since a day.

    Raises `NotFound` for an unknown list or a subject that no claim names either, `BadInput` for a name of
    several subjects.
    """
    official = official_list(view, list_id) if list_id else None
    clusters = Clusters(view, as_of)
    with view.aside():
        every = claims(view, as_of, clusters)
        read = len({one.sha256 for one in articles(view, as_of).values()})
    subject: Subject | None = None
    own = every
    if about:
        subject, own = _about(view, about, as_of, every)
    if official is not None:
        whose = whose_is(view, official.id)
        own = [one for one in own if one.reported.list == whose]
    if subject is not None:
        view.rests_on("Q", subject.id)
    elif official is not None and not about:
        view.rests_on("Q", f"list {whose_is(view, official.id)}")
    else:
        for prop in (Property.ARTICLE, Property.CLAIM, Property.QUOTE, Property.STANDING):
            view.rests_on("f", prop.value)
    acts, plain = groups_of(view, own, as_of, clusters)
    if official is not None:
        wanted = set(parts_of(view, official.id)) | {official.id}
        acts = [one for one in acts if not one.lists or wanted & set(one.lists)]
    if since is not None:
        acts = [one for one in acts if _is_since(one.group, since)]
        plain = [one for one in plain if _is_since(one, since)]
    return Claimed(
        as_of=as_of, subject=subject, list=official, since=since, acts=tuple(acts), plain=tuple(plain),
        articles=read,
    )  # fmt: skip


def groups_of(view: View, own: Sequence[Telling], as_of: AsOf, clusters: Clusters) -> tuple[list[Weighed], list[Group]]:
    """The claims *own* by act, beside what the register holds of the same; and statements about no act."""
    keys: dict[str, tuple[str, ...]] = {}
    for one in own:
        if one.key and one.subject not in keys:
            keys[one.subject] = clusters.of(one.key)[0]
    subjects = sorted({key for cluster in keys.values() for key in cluster})
    beside = held(view, as_of, clusters, subjects) if subjects else []
    names = main_names(view, keys, as_of)
    acts: list[Weighed] = []
    plain: list[Group] = []
    for found in group([*own, *beside]):
        if not found.news and not found.reactions:
            continue  # the register holds it, and no article tells of it
        named = msgspec.structs.replace(found, name=names.get(found.subject, found.name))
        if found.action in PLAIN:
            plain.append(named)
        else:
            own_keys = keys.get(found.subject, ())
            others = [one for one in beside if one.subject == found.subject]
            acts.append(weigh(view, named, Held(view, found.whose, own_keys, as_of, clusters), as_of, others))
    return acts, plain


def _about(view: View, about: str, as_of: AsOf, every: Sequence[Telling]) -> tuple[Subject | None, list[Telling]]:
    """The subject, and the claims about it; of one that only claims know, those that name it."""
    try:
        subject = find(view, about, as_of)
    except NotFound:
        named = [one for one in every if not one.subject and fold(one.reported.subject_name) == fold(about)]
        if not named:
            raise
        return None, named
    return subject, [one for one in every if one.subject == subject.id]


def _is_since(one: Group, since: dt.date) -> bool:
    days = [told.told for told in (*one.news, *one.reactions)]
    return any(day is None or day >= since for day in days)


def by_article(view: View, as_of: AsOf, sha256: str) -> list[Telling]:
    """The claims of one article, by the hash of its bytes or of a reading of it, in the order of their places."""
    view.rests_on("Q", f"document {sha256}")
    with view.aside():
        every = claims(view, as_of, Clusters(view, as_of))
    found = [one for one in every if sha256 in documents_of(one)]
    return sorted(found, key=lambda one: (one.quotes[0].start if one.quotes else 0, one.id))


def documents_of(one: Telling) -> set[str]:
    """The hashes by which the article of a claim is asked for: of its bytes, and of readings of it."""
    return set() if one.article is None else {one.article.sha256, one.article.reading, one.document}


def conflict_group_of(weighed: Iterable[Telling]) -> str:
    """What the register's own statements of an act are grouped by; empty where it has none, or several."""
    found = {one.conflict_group for one in weighed if one.conflict_group and one.verified}
    return found.pop() if len(found) == 1 else ""
