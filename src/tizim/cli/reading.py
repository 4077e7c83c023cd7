"""How commands read articles and keep them: by the rules, or by a model where one is asked for."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

import tizim
from tizim.answer.subjects import LEDGER, find
from tizim.app import App, KeptArticle, clock
from tizim.claims import taking
from tizim.claims.polling import Came
from tizim.errors import BadInput, NoRegister, NotFound, NotSupported
from tizim.news import by_model
from tizim.register.view import View
from tizim.sources.news import MachineTranslated, Reader
from tizim.sources.story import Story, story
from tizim.sources.table.days import read_day

RULES = "rules"
MODEL = "model"
_WHOLE_DAY = len("2024-06-03")
_NO_LANGUAGE = frozenset({"", "und", None})


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """An article as it was read."""

    given: taking.Given
    claims: tuple[Mapping[str, Any], ...]
    reader: Reader
    dropped: tuple[str, ...] = ()
    """what a model said and the article does not bear out"""


def read(wired: App, came: Came, reader: str = RULES) -> Read:
    """Read an article. Raises `SourceRefused` for what is none, `NotSupported` without a reader,
    `SourceProblem` or `BadInput` where a model cannot be asked.
    """
    page = story(came.data, came.url or came.title or "the article")
    published = came.published or page.published
    language = came.language or page.language.partition("-")[0].lower()
    if reader == MODEL:
        found = _by_model(wired, page.text)
        claims: tuple[Mapping[str, Any], ...] = found.claims
        by, dropped = Reader(name=f"model {found.model}", version=by_model.VERSION), found.dropped
        machine = None
    else:
        told = _by_rules(page.text, language, published)
        claims, dropped, by = _plain(told["claims"]), (), Reader(name=RULES, version=tizim.__version__)
        machine = _machine(told.get("machine_translated"))
        language, published = told.get("language") or language, published or told.get("published") or ""
    return Read(given=_given(came, page, language, published, machine), claims=claims, reader=by, dropped=dropped)


def keep(wired: App, came: Came, reader: str = RULES) -> tuple[KeptArticle, Read]:
    """Read an article and keep it with what was read."""
    done = read(wired, came, reader)
    return wired.keep_article(taking.take(done.given, done.claims, done.reader, clock())), done


def _given(came: Came, page: Story, language: str, published: str, machine: MachineTranslated | None) -> taking.Given:
    return taking.Given(
        data=came.data, text=page.text, media_type=page.media_type, retrieved_at=came.retrieved_at, url=came.url,
        outlet=came.outlet or page.outlet, title=page.title or came.title, language=language, published=published,
        machine_translated=machine,
    )  # fmt: skip


# -- readers -----------------------------------------------------------------------------------------


def _by_rules(text: str, language: str, published: str) -> dict[str, Any]:
    """What the rules read. Raises `NotSupported` in a build that has none."""
    reads = getattr(tizim, "read_news", None)
    if reads is None:
        raise NotSupported("this build of tizim has no reader of articles: read them with a model (--reader model)")
    day = published if len(published) == _WHOLE_DAY else None
    found = reads(text, language=language or None, published=day)
    told: dict[str, Any] = found if isinstance(found, dict) else msgspec.to_builtins(found)
    if told["language"] in _NO_LANGUAGE:  # nobody read it: that must not look like an article without claims
        raise NotSupported("its language is none of those that the rules read: name it (--language), or ask a model")
    return told


def _plain(claims: Sequence[Any]) -> tuple[Mapping[str, Any], ...]:
    return tuple(one if isinstance(one, dict) else msgspec.to_builtins(one) for one in claims)


def _machine(told: Mapping[str, Any] | None) -> MachineTranslated | None:
    """The notice that the article was translated by machine."""
    if told is None:
        return None
    return MachineTranslated(notice=str(told["notice"]), main_language=str(told.get("original_language") or ""))


def _by_model(wired: App, text: str) -> by_model.Answer:
    settings = wired.settings
    if not settings.llm_url:
        raise BadInput("no model is named: set TIZIM_LLM_URL and TIZIM_LLM_MODEL")
    endpoint = by_model.Endpoint(url=settings.llm_url, model=settings.llm_model, key=settings.llm_key)
    try:
        with wired.existing().view() as view:
            return by_model.read(text, endpoint, identify=lambda name: _id_of(view, name), resolve=_day_of)
    except NoRegister:
        return by_model.read(text, endpoint, identify=lambda _: None, resolve=_day_of)


def _id_of(view: View, name: str) -> str | None:
    """The ledger's id of the one subject that bears a name; none where nobody does, or several do."""
    try:
        found = find(view, name, None)
    except (NotFound, BadInput):
        return None
    return found.id if f"{LEDGER}{found.id}" in found.keys else None


def _day_of(words: str) -> str | None:
    """The date that words are, in any of the languages in which lists are read; none where they leave it open."""
    return read_day(words).date or None


def came_from(
    data: bytes, *, name: str, url: str, now: dt.datetime, outlet: str, language: str, published: str
) -> Came:
    """An article that somebody has as a file."""
    return Came(
        data=data, url=url, outlet=outlet, title=name, language=language, published=published, retrieved_at=now
    )  # fmt: skip
