"""One statement: what it says, on whose word, where it stands, and its siblings."""

import datetime as dt
from typing import Any, Final

from markupsafe import Markup

from tizim.answer import wire
from tizim.answer.evidence import claim_of, designation_with, designations
from tizim.answer.official import official_list
from tizim.answer.records import statements
from tizim.answer.subjects import Clusters, main_names, subject
from tizim.claims.known import claims
from tizim.claims.tellings import WHOLE, Telling
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.documents import Provenance
from tizim.domain.statements import Property, Statement
from tizim.errors import NotFound
from tizim.publish.acts import acts_of
from tizim.publish.cards import Card
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told import claims as told_claims
from tizim.publish.told.lists import whose
from tizim.publish.told.statements import row, stated
from tizim.publish.vocabulary import ACTION, METHOD, PLACES, PROPERTY, SOURCE_CLASS
from tizim.register.view import View

_ARTICLE: Final = "article:"
_NOBODY: Final = "claim:"


def page(view: View, site: Site, as_of: AsOf, statement_id: str) -> Page:
    """The statement of an id. Raises `NotFound` for one that was not known."""
    found = find(view, statement_id, as_of)
    if isinstance(found, Designation):
        return _of_act(view, site, as_of, found)
    if found.property is Property.CLAIM and found.subject.startswith(_ARTICLE):
        told = next((one for one in claims(view, as_of, Clusters(view, as_of)) if one.id == statement_id), None)
        if told is not None:
            return _of_claim(site, as_of, found, told)
    return _of_record(view, site, as_of, found)


def data(view: View, site: Site, as_of: AsOf, statement_id: str) -> dict[str, Any]:  # noqa: ARG001 - as all pages
    """The statement as JSON values."""
    found = find(view, statement_id, as_of)
    return wire.statement(found) if isinstance(found, Designation) else wire.record(found)


def find(view: View, statement_id: str, as_of: AsOf) -> Designation | Statement:
    """A statement about an act, or one that a record makes."""
    told = designation_with(view, as_of, statement_id)
    if told is not None:
        return told
    key = claim_of(statement_id)
    for name in () if key is None else view.subjects_saying(key):
        for said in statements(view, subject(view, (name,), (), as_of), as_of):
            if said.id == statement_id:
                return said
    raise NotFound(f"no statement {statement_id} was known then")


def _about(view: View, site: Site, as_of: AsOf, subject_id: str) -> Markup:
    """The subject of a statement, by the name it is called; none where it speaks of a whole list."""
    if subject_id.startswith("list:") or subject_id.endswith(":*"):
        return site.words.say("the list as a whole")
    if subject_id.startswith(_ARTICLE):
        return site.words.say("an article")
    if subject_id.startswith(_NOBODY):
        return site.words.say("nobody whom this register knows")
    keys = Clusters(view, as_of).of(subject_id)[0]
    public = Clusters(view, as_of).id_of(subject_id)
    name = main_names(view, {public: keys}, as_of)[public]
    return site.words.link(site.to.subject(public), site.words.name(name))


def _of_act(view: View, site: Site, as_of: AsOf, one: Designation) -> Page:
    words, to = site.words, site.to
    official = official_list(view, one.list)
    about = _about(view, site, as_of, one.subject)
    facts: list[tuple[Markup, Markup]] = [
        (words.say("About"), about),
        (words.say("List"), words.link(to.list(one.list), whose(words, official))),
        (words.say("What is said to have been done"), words.say(ACTION[one.action])),
        (words.say("Date given"), stated(words, one)),
    ]
    more = (
        (words.say("Name the source uses"), words.name(one.name) if one.name else None),
        (words.say("Inside the entry of"), words.name(one.carrier) if one.carrier else None),
        (words.say("Act"), words.data(one.act.text) if one.act.text else words.say("not stated")),
        (words.say("Who decided, as told"), words.data(one.decided_by) if one.decided_by else words.say("not stated")),
        (words.say("Who said it"), words.data(one.announced_by) if one.announced_by else None),
        (words.say("Remark"), words.data(one.note) if one.note else None),
        (
            words.say("Confirmed from a claim"),
            words.link(to.statement(one.claim), words.machine(one.claim)) if one.claim else None,
        ),
        (words.say("Published"), words.time(one.published) if one.published else words.say("day not given")),
        (words.say("Recorded here"), words.time(one.recorded_at.date())),
    )
    facts += [(label, value) for label, value in more if value is not None]
    siblings = [
        s for s in designations(view, as_of, subjects=[one.subject], lists=[one.list])
        if s.id != one.id and one.conflict_group and s.conflict_group == one.conflict_group
    ]  # fmt: skip
    cells = row(words, to, one)
    whole = acts_of(view, as_of).address(to, one)
    return made(
        "statement", site, as_of, here_of("statement", one.id),
        title=words.say(
            "{name}: {act}, {date}", name=words.name(one.name or one.subject), act=words.say(ACTION[one.action]),
            date=stated(words, one),
        ),
        card=_card(site, words.data(one.source_title or one.id), one.provenance, one.recorded_at),
        values={
            "facts": facts,
            "wrong": not one.verified,
            "source": cells.source,
            "kind": cells.kind,
            "address": one.source_address,
            "place": _place(site, one.provenance, one.id),
            "siblings": [row(words, to, s) for s in siblings],
            "whole": words.link(whole, words.say("what is told of this act")) if whole else None,
            "id": one.id,
        },
    )  # fmt: skip


def _of_claim(site: Site, as_of: AsOf, one: Statement, told: Telling) -> Page:
    """A claim of an article: who says what, in which words, and what people made of it."""
    words, to, claim = site.words, site.to, told.reported
    cells = told_claims.claim(words, to, told)
    name = words.name(claim.subject_name)
    about = words.say("{name}, whom this register does not know", name=name)
    if told.subject == WHOLE:
        about = name = words.say("the list as a whole")
    elif told.subject:
        about = words.link(to.subject(told.subject), name)
    place = PLACES.get(claim.list.upper())
    facts: list[tuple[Markup, Markup | None]] = [
        (words.say("About"), about),
        (words.say("Whose list"), words.say(place) if place else words.data(claim.list)),
        (words.say("What is claimed"), cells.said),
        (words.say("In these words"), cells.quote),
        (
            words.say("Made of it"),
            cells.standing or words.say("nothing yet: it is not confirmed, and counts for nothing"),
        ),
        (words.say("A machine's version"), cells.machine or None),
        (words.say("Recorded here"), words.time(told.article.recorded_at.date()) if told.article else None),
    ]
    return made(
        "statement", site, as_of, here_of("statement", told.id),
        words.say("Claimed: {name}, {what}", name=name, what=words.say(told_claims.SAID[told_claims.state_of(told)])),
        card=_card(site, words.data(told.title), one.first, None),
        values={
            "facts": [(label, value) for label, value in facts if value is not None], "wrong": False,
            "source": cells.source, "kind": words.say(SOURCE_CLASS[told.source_class.rank]), "address": told.url,
            "place": _place(site, one.first, told.id), "siblings": [], "whole": None, "id": told.id,
        },
    )  # fmt: skip


def _of_record(view: View, site: Site, as_of: AsOf, one: Statement) -> Page:
    words = site.words
    value = words.say("(withheld)") if one.claim is None else words.name(one.claim.value, one.claim.facet("language"))
    facts = [
        (words.say("About"), _about(view, site, as_of, one.subject)),
        (words.say("What"), words.say(PROPERTY[one.property])),
        (words.say("As printed"), value),
        *((words.data(key), words.data(text)) for key, text in (one.claim.facets if one.claim else ())),
        (words.say("In documents"), words.count("{n} document says so", "{n} documents say so", one.documents)),
    ]
    if one.first.date:
        facts.append((words.say("First"), words.time(one.first.date)))
    if one.last.date:
        facts.append((words.say("Last"), words.time(one.last.date)))
    return made(
        "statement", site, as_of, here_of("statement", one.id),
        words.say("{property}: {value}", property=words.say(PROPERTY[one.property]), value=value),
        card=_card(site, words.data(one.first.title or one.first.source), one.first, None),
        values={
            "facts": facts, "wrong": False, "source": words.data(one.first.title or one.first.source),
            "kind": words.say(METHOD[one.first.method]), "address": one.first.url, "place": _place(site, one.first, ""),
            "siblings": [], "whole": None, "id": one.id,
        },
    )  # fmt: skip


def _card(site: Site, source: Markup, stands: Provenance, recorded: dt.datetime | None) -> Card:
    """A statement by who makes it, and by what document."""
    words = site.words
    said = [words.say("A statement of {source}, with its place in its document.", source=source)]
    if recorded is not None:
        said.append(words.say("Recorded in this register on {day}.", day=words.time(recorded.date())))
    return Card(
        said=said, is_article=True, published=recorded, modified=recorded, based_on=[site.to.document(stands.sha256)],
    )  # fmt: skip


def _place(site: Site, one: Provenance, statement_id: str) -> dict[str, Any]:
    """Where a statement stands: document, place in it, and how it was taken."""
    words, to = site.words, site.to
    return {
        "document": words.link(to.document(one.sha256, statement=statement_id), words.data(one.title or one.source)),
        "place": words.machine(one.place) if one.place else words.say("not given"),
        "method": words.say(METHOD[one.method]),
        "held": one.held,
        "day": words.time(one.date) if one.date else words.say("day not given"),
        "sha256": one.sha256,
    }
