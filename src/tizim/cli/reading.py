"""How commands read articles and keep them: by the rules, or by a model where one is asked for."""

from typing import Final

import click
import msgspec

import tizim
from tizim.answer.subjects import LEDGER, find
from tizim.app import App, KeptArticle, clock
from tizim.claims import taking
from tizim.claims.naming import known
from tizim.claims.polling import Came
from tizim.errors import BadInput, NoRegister, NotFound, NotSupported
from tizim.news import Claim, Known, Reading, by_model
from tizim.news.extract import Article, articles
from tizim.news.identify import UNKNOWN, language_of
from tizim.news.read import LONGEST
from tizim.news.reading import read_article
from tizim.register.view import View
from tizim.sources.news import MachineTranslated, Reader
from tizim.sources.table.days import read_day

RULES: Final = "rules"
MODEL: Final = "model"
_WHOLE_DAY: Final = len("2024-06-03")


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """An article as it was read."""

    article: Article
    reading: Reading
    reader: Reader
    dropped: tuple[str, ...] = ()
    """what a model said and the article does not bear out"""


def read(wired: App, article: Article, reader: str, language: str = "", published: str = "") -> Read:
    """Read an article; *language* and *published* come before what its page says.

    Raises `NotSupported` for a language that has no rules, `SourceProblem` or `BadInput` where a model cannot be
    asked.
    """
    if reader == MODEL:
        return _by_model(wired, article, language, published)
    day = published if len(published) == _WHOLE_DAY else None
    found = read_article(article, language=language or None, published=day, known=_known(wired, article.text))
    return Read(article=article, reading=found, reader=Reader(name=RULES, version=tizim.__version__))


def _known(wired: App, text: str) -> Known | None:
    """The names of the register, where there is one; else those that ship with tizim are known.

    Reading needs no register, so one that cannot be read by this tizim is told of and does not stop it.
    """
    try:
        with wired.existing().view() as view:
            return known(view, text[:LONGEST])
    except NoRegister:
        return None
    except NotSupported as error:
        click.echo(f"tizim: read by the names that ship with tizim only: {error}", err=True)
        return None


def keep(wired: App, came: Came, reader: str = RULES) -> list[tuple[KeptArticle, Read]]:
    """Read what came, and keep each article in it with what was read. Raises `BadInput` where there is none."""
    found = list(articles(came.data, url=came.url))
    if not found:
        raise BadInput(f"{came.url or came.title}: there is no article in it")
    made = []
    for article in found:
        done = read(wired, article, reader, came.language, came.published)
        if done.reading.language == UNKNOWN:  # nobody read it: that must not look like an article without claims
            raise NotSupported(
                f"{came.url or came.title}: its language is none that the rules read: name it (--language), or have a"
                " model read it (--reader model)"
            )
        # A file of many is no article: then an article's bytes are its text.
        data = came.data if len(found) == 1 else article.text.encode("utf-8", "replace")
        claims = [msgspec.to_builtins(one) for one in done.reading.claims]
        taken = taking.take(_given(came, data, done), claims, done.reader, clock())
        made.append((wired.keep_article(taken), done))
    return made


def _given(came: Came, data: bytes, done: Read) -> taking.Given:
    article, told = done.article, done.reading.machine_translated
    machine = None
    if told is not None:
        notice, original = (str(told.get(key) or "") for key in ("notice", "original_language"))
        machine = MachineTranslated(notice=notice or "translated by machine", main_language=original)
    return taking.Given(
        data=data, text=article.text, media_type="text/html" if data.lstrip()[:1] == b"<" else "text/plain",
        retrieved_at=came.retrieved_at, url=came.url or article.url, outlet=came.outlet or article.outlet,
        title=article.title or came.title, language=done.reading.language,
        published=came.published or article.published, machine_translated=machine,
    )  # fmt: skip


# -- a model -----------------------------------------------------------------------------------------


def _by_model(wired: App, article: Article, language: str, published: str) -> Read:
    settings = wired.settings
    if not settings.llm_url:
        raise BadInput("no model is named: set TIZIM_LLM_URL and TIZIM_LLM_MODEL")
    endpoint = by_model.Endpoint(url=settings.llm_url, model=settings.llm_model, key=settings.llm_key)
    try:
        with wired.existing().view() as view:
            found = by_model.read(article.text, endpoint, identify=lambda name: _id_of(view, name), resolve=_day_of)
    except NoRegister:
        found = by_model.read(article.text, endpoint, identify=lambda _: None, resolve=_day_of)
    code = language or language_of(article.text, article.language)
    if code == UNKNOWN:
        code = article.language.partition("-")[0].lower()
    reading = Reading(
        language=code, machine_translated=None, published=published or article.published or None,
        claims=tuple(msgspec.convert(one, Claim) for one in found.claims), spelling=(),
    )  # fmt: skip
    reader = Reader(name=f"model {found.model}", version=by_model.VERSION)
    return Read(article=article, reading=reading, reader=reader, dropped=found.dropped)


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


# -- what is told of it ------------------------------------------------------------------------------


def lines(kept: KeptArticle, read: Read) -> list[str]:
    """What became of an article, in lines."""
    count = f"{kept.claims} {'claim' if kept.claims == 1 else 'claims'}" if kept.claims else "no claim about a list"
    what = "held already, and read so before" if kept.outcome == "unchanged" else f"read by {read.reader.name}"
    found = [f"{kept.outcome}  {kept.title or kept.sha256[:12]}: {what}; {count}"]
    found += [f"    tells the same story in nearly the same words: {title}" for title in kept.copies]
    return [*found, *(f"    dropped: {reason}" for reason in read.dropped)]


def to_json(kept: KeptArticle, read: Read) -> dict[str, object]:
    """What became of an article, as JSON."""
    return {
        "outcome": kept.outcome, "sha256": kept.sha256, "reading": kept.reading or None, "title": kept.title,
        "reader": read.reader.name, "reader_version": read.reader.version, "claims": kept.claims,
        "near_copies_of": list(kept.copies), "dropped": list(read.dropped),
    }  # fmt: skip
