"""What claims were known, and what the register itself holds of the same acts: both as tellings."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from tizim.answer.evidence import designations
from tizim.answer.official import official_list
from tizim.answer.subjects import Clusters
from tizim.claims.tellings import Article, Judged, Quote, Telling
from tizim.domain.acts import EFFECT_OF, ROLE_OF, Action, DateRole, Effect
from tizim.domain.claims import CLAIMED_BY, ClaimAction, Modality, Reported, Standing
from tizim.domain.dates import AsOf, Basis, PartialDate, When, instant_of
from tizim.domain.designations import Designation
from tizim.domain.documents import SourceClass, source_class
from tizim.domain.lists import ListId, SubjectId
from tizim.domain.statements import Property, statement_id
from tizim.errors import Broken
from tizim.register.view import Doc, Fact, View
from tizim.sources.news import SOURCE_ID as NEWS
from tizim.sources.news.map import chain_of
from tizim.sources.standings import SOURCE_ID as STANDINGS

_ARTICLE = "article:"
_QUOTING = "press, quoting an official by name"
_RELAYED = "press"
_TRANSLATED = "machine translation of press"


def articles(view: View, as_of: AsOf) -> dict[tuple[str, str], Article]:
    """The articles that were known, by their subject and who read them."""
    found: dict[tuple[str, str], Article] = {}
    for fact in view.facts(Property.ARTICLE, as_of):
        f, doc = fact.facets, _document(view, fact)
        article = Article(
            id=fact.subject, sha256=f.get("sha256", ""), title=fact.value, outlet=f.get("outlet", ""),
            url=f.get("url", ""), language=f.get("language", ""), published=f.get("published", ""),
            machine_translated=f.get("machine_translated", ""), main_language=f.get("main_language", ""),
            reader=f.get("reader", ""), version=f.get("version", ""), sketch=f.get("sketch", ""), reading=doc.sha256,
            recorded_at=instant_of(fact.recorded_us),
        )  # fmt: skip
        if _was_out(article, as_of):
            found[article.id, article.reader] = article
    return found


def _was_out(article: Article, as_of: AsOf) -> bool:
    """Whether an article had been published, where that is what counts as known."""
    if as_of.basis is Basis.RECORDED:
        return True
    if not article.published:
        return article.recorded_at <= as_of.known_at
    return PartialDate.parse(article.published).latest <= as_of.known_at.date()


def standings(view: View, as_of: AsOf) -> dict[str, Judged]:
    """What people had made of claims, by the claims' numbers."""
    found = {}
    for fact in view.facts(Property.STANDING, as_of):
        f = fact.facets
        found[f.get("claim", "")] = Judged(
            standing=Standing(fact.value), author=f.get("author", ""), reason=f.get("reason", ""),
            at=_document(view, fact).instant,
        )  # fmt: skip
    return found


def claims(view: View, as_of: AsOf, clusters: Clusters) -> list[Telling]:
    """Every claim of an article that was known, in the order of their ids."""
    known = articles(view, as_of)
    judged = standings(view, as_of)
    quotes: dict[str, list[Quote]] = defaultdict(list)
    for fact in view.facts(Property.QUOTE, as_of):
        f = fact.facets
        quotes[f.get("claim", "")].append(
            Quote(
                text=fact.value, start=int(f.get("start", "0")), end=int(f.get("end", "0")), rule=f.get("rule", ""),
                confidence=f.get("confidence", ""), date_text=f.get("date_text", ""),
            )
        )  # fmt: skip
    made = []
    for fact in view.facts(Property.CLAIM, as_of):
        if not fact.subject.startswith(_ARTICLE):
            continue  # the ledger's own reading of the seed stories: records, told on the pages of their subjects
        article = known.get((fact.subject, fact.facets.get("reader", "")))
        if article is not None:
            number = f"{fact.claim_key:016x}"
            own = tuple(sorted(quotes.get(number, ()), key=lambda one: (one.start, one.end)))
            made.append(_of_claim(view, fact, article, own, judged.get(number), clusters))
    return sorted(made, key=lambda one: one.id)


def _of_claim(
    view: View, fact: Fact, article: Article, quotes: tuple[Quote, ...], judged: Judged | None, clusters: Clusters
) -> Telling:
    f = fact.facets
    reported = Reported(
        subject=fact.other.removeprefix("ledger:"), subject_name=f.get("name", ""), list=f.get("whose", ""),
        action=ClaimAction(fact.value), modality=Modality(f.get("modality", "stated")), date=f.get("date", ""),
        date_text=quotes[0].date_text if quotes else "", date_kind=f.get("date_kind", ""),
        announcer=f.get("announcer", ""), announcer_role=f.get("announcer_role", ""), decider=f.get("decider", ""),
        reason=f.get("reason", ""), act=f.get("act", ""), chain=chain_of(f.get("chain", "")),
    )  # fmt: skip
    published = PartialDate.parse(article.published).latest if article.published else None
    first = _document(view, fact).sha256
    return Telling(
        id=statement_id(fact.claim_key, first), number=f"{fact.claim_key:016x}",
        reported=reported, subject=clusters.id_of(fact.other) if fact.other else "", key=fact.other, list=None,
        when=_when(reported, published), role=_role(reported), published=published, title=article.title,
        url=article.url, language=article.language, source_class=class_of(article, reported), verified=True,
        conflict_group="", document=first, article=article, quotes=quotes, judged=judged,
    )  # fmt: skip


def class_of(article: Article, claim: Reported) -> SourceClass:
    """The kind of source that a claim has: a machine's version, an official quoted by name, or other press."""
    name = _RELAYED
    if article.machine_translated:
        name = _TRANSLATED
    elif claim.announcer and len(claim.chain) < 2:
        name = _QUOTING
    found = source_class(name)
    if found is None:
        raise Broken(f"there is no kind of source called {name}")
    return found


def _when(claim: Reported, published: dt.date | None) -> When:
    """When it was, by the claim; what is told without a day had happened by the day of the article."""
    if claim.date:
        return claim.when
    return When.by(published) if published is not None else When.unknown()


def _role(claim: Reported) -> str:
    role = ROLE_OF.get(claim.date_kind)
    if role is not None:
        return role.value
    if claim.date_kind and claim.date_kind != "announced":
        return claim.date_kind
    return DateRole.ANNOUNCED.value if claim.date_kind or claim.speaker else ""


def _document(view: View, fact: Fact) -> Doc:
    doc = view.document(fact.document_id)
    if doc is None:
        raise Broken(f"statement {fact.claim_id} comes from a document that the register does not know")
    return doc


# -- the register's own statements -------------------------------------------------------------------


def held(view: View, as_of: AsOf, clusters: Clusters, subjects: Iterable[str]) -> list[Telling]:
    """What the register holds about acts on the *subjects* (records), but for claims that people confirmed."""
    found = [
        one for one in designations(view, as_of, subjects=subjects) if one.provenance.source not in {NEWS, STANDINGS}
    ]
    groups: dict[tuple[SubjectId, str], list[Designation]] = defaultdict(list)
    for one in found:
        if one.conflict_group:
            groups[one.subject, one.conflict_group].append(one)
    made = []
    for one in found:
        claimed = CLAIMED_BY.get(one.action) or _announced(one, groups.get((one.subject, one.conflict_group), ()))
        if claimed is not None:
            made.append(_of_statement(view, one, *claimed, clusters))
    return made


def _announced(one: Designation, siblings: Sequence[Designation]) -> tuple[ClaimAction, Modality] | None:
    """The act of which an announcement, a signature or a confirmation tells: that of its group, if it has one."""
    if one.action not in _TELLING:
        return None
    acts = {CLAIMED_BY[other.action][0] for other in siblings if EFFECT_OF[other.action] in _MOVING}
    if len(acts) != 1:
        return None
    return acts.pop(), Modality.DECIDED if one.action is Action.DECISION_SIGNED else Modality.DONE


_TELLING = frozenset({Action.ANNOUNCED, Action.CONFIRMED, Action.DECISION_SIGNED, Action.EFFECTIVE})
_MOVING = frozenset({Effect.BEGIN, Effect.END, Effect.PAUSE, Effect.ANNUL})


def _of_statement(view: View, one: Designation, action: ClaimAction, modality: Modality, clusters: Clusters) -> Telling:
    decider = "" if one.decided_by.lower().startswith("not named") else one.decided_by
    reported = Reported(
        subject=clusters.id_of(one.subject), subject_name=one.name, list=whose_is(view, one.list), action=action,
        modality=modality, date=one.date, date_kind=one.date_kind, announcer=one.announced_by, decider=decider,
        act=one.act.text,
    )  # fmt: skip
    return Telling(
        id=one.id, number="", reported=reported, subject=clusters.id_of(one.subject), key=one.subject, list=one.list,
        when=one.when, role=one.role.value, published=one.published, title=one.source_title, url=one.source_address,
        language="", source_class=one.source_class, verified=one.verified, conflict_group=one.conflict_group,
        document=one.provenance.sha256,
    )  # fmt: skip


def whose_is(view: View, list_id: ListId) -> str:
    """Whose list it is, as claims say it; a list of users' own is called by its id."""
    return official_list(view, list_id).jurisdiction.lower() or list_id
