"""The site as a browser meets it: a server over the starter's register, the machine's Chromium, and where to look.

Shared by tests/browser, tools/look.py and bench/browser.py.
"""

import datetime as dt
import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from unittest.mock import patch
from urllib.request import urlopen

import msgspec
import uvicorn
from click.testing import CliRunner
from playwright.sync_api import Browser, sync_playwright

from tizim.api import application
from tizim.app import App
from tizim.audit.decide import Draft
from tizim.claims.taking import Given, take
from tizim.cli.main import tizim as command
from tizim.customers.keys import KeyScope, new_key
from tizim.domain.bulletin_facts import NewsFacts
from tizim.domain.bulletins import Approving, Drafting, Own, Publishing
from tizim.domain.decisions import Announcement, Basis, DecisionKind
from tizim.keep.starter import load
from tizim.settings import Settings
from tizim.sources.news import Reader
from tizim.translate import Answered, Order

CHROMIUM: Final = "TIZIM_TEST_CHROMIUM"
"""names the Chromium to drive, where it is not on the path"""

FLAGS: Final = (
    "--no-sandbox",  # tests run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",  # it asks for nothing but the pages it is sent to
    "--disable-component-update",
    "--disable-sync",
)

FILLED: Final = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
"""when the register that is looked at learned of the starter"""
NOW: Final = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
"""the moment at which it is read: pages look the same on any day"""


class Linked(msgspec.Struct, frozen=True):
    """An address that nobody can know beforehand: the first on the page *on* that begins with *start*."""

    on: str
    start: str


Address = str | Linked
"""what follows the language in an address, or where to find it"""

DECISION: Final = Draft(
    kind=DecisionKind.RETAIN, subject="aum-shinrikyo", list="kz-list", basis=Basis(not_stated_by="A newspaper"),
    body="", effective="2024-02-01", author="A. Clerk", reason="it stays", needs_second=True,
    announced=(Announcement(date="2024-02", by="the ministry"),),
)  # fmt: skip

BULLETIN: Final = "2023-12-20-kz-list-taliban"
ARTICLE: Final = (
    "رئیس‌جمهور قزاقستان روز دوشنبه گفت که کشورش طالبان را از فهرست سازمان‌های ممنوع بیرون کرده است."
    " Port Courier این خبر را از Steppe Wire گرفته است."
)
CLAIMED: Final = "طالبان را از فهرست سازمان‌های ممنوع بیرون کرده"
CLAIM: Final[Mapping[str, object]] = {
    "subject": "taliban", "subject_name": "طالبان", "list": "kz", "action": "delist", "modality": "done",
    "date": "2024-06-03", "date_text": "دوشنبه", "date_kind": "announcement", "announcer": "رئیس‌جمهور قزاقستان",
    "announcer_role": "President", "decider": None, "reason": "trade", "act": None, "chain": ["Steppe Wire"],
    "start": ARTICLE.index(CLAIMED), "end": ARTICLE.index(CLAIMED) + len(CLAIMED), "evidence": CLAIMED,
    "rule": "a rule", "confidence": 0.9,
}  # fmt: skip
UNSETTLED: Final = "A court has put the Taliban back on the list of banned organisations, a lawyer said."
PUT_BACK: Final = "put the Taliban back on the list"
OPEN_CLAIM: Final[Mapping[str, object]] = {
    **CLAIM, "subject_name": "Taliban", "list": "kg", "action": "list", "date": "2026-05-05", "date_text": "on Tuesday",
    "date_kind": "decision", "announcer": "a lawyer", "announcer_role": None, "decider": "a court", "reason": None,
    "chain": [], "start": UNSETTLED.index(PUT_BACK), "end": UNSETTLED.index(PUT_BACK) + len(PUT_BACK),
    "evidence": PUT_BACK,
}  # fmt: skip
"""a claim that nothing held here settles, so that it stands where claims are told of"""
CORRECTION: Final = "It ended, by all accounts, by then.\n\nNobody has shown an act."
STEPS: Final = (
    f"draft {BULLETIN} --author Ann", f"approve {BULLETIN} --author Ben", f"publish {BULLETIN} --author Ann",
    f"correct {BULLETIN} --author Ann --reason plainer --title Kazakhstan --text",
    f"approve {BULLETIN} --author Ben", f"publish {BULLETIN} --author Ann",
)  # fmt: skip
"""commands by which a bulletin is published and corrected"""
NEWS: Final = "2024-06-03-kazakhstan-and-the-taliban"
NEWS_OWN: Final = Own(
    title="Kazakhstan and the Taliban", text="Kazakhstan took the Taliban off its list. The list had 23 entries."
)
VERSIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "fr": {
        "Kazakhstan and the Taliban": "Le Kazakhstan et les talibans",
        "Kazakhstan took the Taliban off its list.": "Le Kazakhstan a radié les talibans de sa liste.",
        "The list had 23 entries.": "La liste comptait 23 inscriptions.",
    },
    "ar": {
        "Kazakhstan and the Taliban": "كازاخستان وطالبان",
        "Kazakhstan took the Taliban off its list.": "رفعت كازاخستان اسم طالبان من قائمتها.",
        "The list had 23 entries.": "كان في القائمة 32 مدخلًا.",
    },
}
"""what an engine makes of that news: a version that can be read, and one with a wrong number that waits"""

PLACES: Final[Mapping[str, Mapping[str, Address]]] = {
    "": {"home": ""},
    "lists": {
        "lists": "lists/",
        "list": "lists/kz-list/",
        "list-on-a-day": "lists/kz-list/?as_of=2015-11-30",
        "list-by-letter": "lists/un-sc/?letter=B",
        "list-before-its-time": "lists/kz-list/?as_of=1990-01-01",
        "list-between-two-days": "lists/un-1988/?since=2015-03-27&as_of=2024-12-31",
    },
    "subjects": {
        "subject": "subjects/taliban/",
        "subject-person": "subjects/un-sc:TAi.002/",
        "subject-known-earlier": "subjects/hamas/?as_of=2010-06-01&known_at=2026-11-10&basis=published",
    },
    "ask": {
        "ask": "ask",
        "ask-answered": "ask?subject=Taliban&list=un-sc&as_of=2024-06-03",
        "ask-by-address": "ask/kz-list/taliban/",
    },
    "search": {
        "search": "search",
        "search-found": "search?q=%D8%B7%D8%A7%D9%84%D8%A8%D8%A7%D9%86",
        "search-nothing-found": "search?q=zzzzqqqq",
    },
    "statements": {"statement": Linked("subjects/taliban/", "statements/")},
    "documents": {"document": Linked("lists/un-sc/", "documents/")},
    "claims": {"claims": "claims/", "claims-of-a-subject": "claims/?subject=taliban&show=all"},
    "acts": {"act": "acts/kz-taliban--end/"},
    "listings": {"listing": "listings/kz-list--taliban/"},
    "changes": {"changes": "changes/", "changes-of-a-year": "changes/2024/"},
    "audits": {"audits": "audits/", "audit": Linked("audits/", "audits/")},
    "reviews": {"reviews": "reviews/", "reviews-of-a-list": "reviews/?list=nz-tsa"},
    "sources": {"sources": "sources/"},
    "bulletins": {
        "bulletins": "bulletins/",
        "bulletin": f"bulletins/{BULLETIN}/",
        "bulletin-of-news": f"bulletins/{NEWS}/",
    },
    "glossary": {"glossary": "glossary/"},
    "decisions": {"decisions": "decisions/", "decision": Linked("decisions/", "decisions/")},
    "how-to-read": {"how-to-read": "how-to-read/"},
    "names": {"names": "names/", "names-by-letter": "names/Latn/h/"},
}
"""where to look, by the first part of the address (as in `tizim.publish.rooms.ROOMS`), then by what is there"""

PROBLEMS: Final[Mapping[str, tuple[str, int]]] = {
    "problem": ("nothing/", 404),
    "problem-with-a-day": ("lists/kz-list/?as_of=yesterday", 400),
}
"""pages of what could not be answered, with their status"""


PATIENCE: Final = 120.0
"""seconds for a page: the first one that compares names compiles what compares them"""


class Site:
    """A site that is being served."""

    def __init__(self, base: str, key: str) -> None:
        self.base = base
        self.key = key
        """a key that may decide: the desk for versions that wait asks for it"""
        self._found: dict[tuple[str, Linked], str] = {}

    def page(self, language: str, address: Address) -> str:
        """The whole address of a page in a language."""
        if isinstance(address, Linked):
            known = self._found.get((language, address))
            if known is None:
                known = self._found[(language, address)] = self._first(language, address)
            return known
        return f"{self.base}/{language}/{address}"

    def _first(self, language: str, wanted: Linked) -> str:
        on = self.page(language, wanted.on)
        with urlopen(on, timeout=PATIENCE) as answer:
            text = answer.read().decode()
        found = re.search(rf'href="(/{language}/{re.escape(wanted.start)}[^"#]+)', text)
        if found is None:
            raise LookupError(f"{on} links to nothing that begins with {wanted.start}")
        return f"{self.base}{found[1].replace('&amp;', '&')}"


def every_place() -> dict[str, Address]:
    """Every page to look at, by name."""
    named = {name: address for places in PLACES.values() for name, address in places.items()}
    return named | {name: address for name, (address, _) in PROBLEMS.items()}


WHOLE: Final = "TIZIM_TEST_WHOLE"
"""set: every page is looked at in every language"""


def sampled(languages: Sequence[str]) -> list[tuple[str, str]]:
    """Places and languages to look at: each place in one language by turns, so that every place and every language
    comes and a run stays short; every pair where `WHOLE` is set.
    """
    found = []
    for number, place in enumerate(every_place()):
        turn = languages if os.environ.get(WHOLE) else [languages[number % len(languages)]]
        found += [(place, language) for language in turn]
    return found


def ticking(start: dt.datetime) -> Callable[[], dt.datetime]:
    """A clock that moves a second each time it is asked."""
    now = start

    def clock() -> dt.datetime:
        nonlocal now
        now += dt.timedelta(seconds=1)
        return now

    return clock


def filled(folder: Path) -> Settings:
    """A register in *folder*: the starter, a decision, two articles' claims, a bulletin that was corrected, and news
    with a version that was made by machine and one that waits.
    """
    settings = Settings(home=folder, register_url=f"sqlite:///{folder / 'register.sqlite'}")
    app = App(settings)
    clock = ticking(FILLED)
    # Doors take the time from the clock of the machine; here it is one that tells the same on any day.
    with patch("tizim.app.clock", clock), patch("tizim.cli.bulletin.clock", clock):
        try:
            load(app.made(), clock)
            app.decide(DECISION, None)
            now = clock()
            news = Given(
                data=ARTICLE.encode(), text=ARTICLE, media_type="text/plain", retrieved_at=now, outlet="Port Courier",
                title="بیرون از فهرست", language="prs", published="2024-06-04", url="https://courier.example/a",
            )  # fmt: skip
            app.keep_article(take(news, [CLAIM], Reader(name="rules", version="1"), now))
            now = clock()
            later = Given(
                data=UNSETTLED.encode(), text=UNSETTLED, media_type="text/plain", retrieved_at=now,
                outlet="Hill Gazette", title="Back on the list", language="en", published="2026-05-06",
                url="https://gazette.example/b",
            )  # fmt: skip
            app.keep_article(take(later, [OPEN_CLAIM], Reader(name="rules", version="1"), now))
        finally:
            app.close()
        text = folder / "correction.txt"
        text.write_text(CORRECTION, encoding="utf-8")
        environment = {"TIZIM_HOME": str(folder), "TIZIM_REGISTER_URL": settings.register_url}
        for step in STEPS:
            words = ["bulletin", *step.split(), *([str(text)] if step.endswith("--text") else [])]
            ran = CliRunner().invoke(command, words, env=environment)
            if ran.exit_code:
                raise RuntimeError(f"tizim {' '.join(words)}: {ran.output}") from ran.exception
        app = App(settings)
        try:
            _news(app, clock)
        finally:
            app.close()
    return settings


class _Engine:
    """An engine that knows the sentences of the news above."""

    name = "an engine"

    def translate(self, order: Order) -> Answered:
        return Answered(sentences=tuple(VERSIONS[order.target][one] for one in order.sentences), version="1")


def _news(app: App, clock: Callable[[], dt.datetime]) -> None:
    facts = NewsFacts(day="2024-06-03", on=None, subjects=())
    app.take_step(
        Drafting(
            bulletin=NEWS, number=1, by="Ann", at=clock(), language="en", facts=facts, own=NEWS_OWN, needs_second=True
        )
    )
    app.take_step(Approving(bulletin=NEWS, number=2, by="Ben", at=clock()))
    app.take_step(Publishing(bulletin=NEWS, number=3, by="Ann", at=clock()))
    waits = [app.make_version(NEWS, language, "Ann", engine=_Engine()).waits for language in VERSIONS]
    if waits != [False, True]:
        raise RuntimeError(f"of the versions in {', '.join(VERSIONS)}, these wait: {waits}")
    app.customers.prepare()


def a_key(app: App) -> str:
    """A new key that may decide."""
    return new_key(app.customers, "Ben", {KeyScope.DECIDE}, None, NOW)[1]


@contextmanager
def served(settings: Settings) -> Iterator[Site]:
    """The site of a register on loopback, as it stands at `NOW`."""
    app = App(settings)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(application(app, lambda: NOW), log_level="warning", access_log=False, server_header=False)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="site")
    thread.start()
    try:
        until = time.monotonic() + 30
        while not server.started:
            if time.monotonic() > until or not thread.is_alive():
                raise RuntimeError("the site did not start; its log is above")
            time.sleep(0.01)
        yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", a_key(app))
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()
        app.close()


def chromium_path() -> str | None:
    """The Chromium of this machine, if it has one."""
    return os.environ.get(CHROMIUM) or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """The browser at *path*, without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()
