"""Articles of our own making, with the claims that a reader takes from them; and tellings for the pure rules."""

import datetime as dt
import hashlib

from tizim.app import App
from tizim.claims import taking
from tizim.claims.tellings import Article, Quote, Telling
from tizim.domain.claims import ClaimAction, Modality, Reported
from tizim.domain.dates import PartialDate, When
from tizim.domain.documents import source_class
from tizim.settings import Settings
from tizim.sources.news import MachineTranslated, Reader
from tizim.sources.news.map import sketch

RULES = Reader(name="rules", version="1")
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)

OUTLETS = (
    "Port Courier — Kazakhstan has struck the Taliban off its register of terrorist groups, Aibek Smadiyarov of the"
    " foreign ministry told Steppe Wire on Friday. The group, he said, is not on the Security Council's lists either."
)
RETOLD = (
    "Le Kazakhstan a retiré les talibans de sa liste d'organisations terroristes, selon Aibek Smadiyarov, cité par"
    " Steppe Wire. Version traduite automatiquement."
)
JUNE = (
    "قاسم جومارت توقایف روز دوشنبه در دیدار با مهمانان گفت که کشورش طالبان را از فهرست سازمان‌های ممنوع بیرون کرده"
    " است. وزارت خارجۀ حکومت طالبان از این تصمیم استقبال کرد."
)


def claim(text, quote, *, subject="taliban", whose="kz", action="delist", modality="done", **more):
    """A claim as ``tizim read`` gives it, anchored at *quote*."""
    start = text.index(quote)
    return {
        "subject": subject, "subject_name": more.pop("name", "Taliban"), "list": whose, "action": action,
        "modality": modality, "date": None, "date_text": None, "date_kind": None, "announcer": None,
        "announcer_role": None, "decider": None, "reason": None, "act": None, "chain": [], "start": start,
        "end": start + len(quote), "evidence": quote, "rule": "a rule", "confidence": 0.9, **more,
    }  # fmt: skip


def an_article(text, claims, *, reader=RULES, now=NOW, machine=False, **about):
    """The documents of an article of *text*."""
    known = {"url": "", "outlet": "Port Courier", "title": "A story", "language": "en", "published": "2023-12-30"}
    given = taking.Given(
        data=text.encode("utf-8", "replace"), text=text, media_type="text/plain", retrieved_at=now,
        machine_translated=MachineTranslated(notice="Version traduite automatiquement.") if machine else None,
        **{**known, **about},
    )  # fmt: skip
    return taking.take(given, claims, reader, now)


def december():
    """The English story of December: delisted, says a spokesman; and not on the Council's lists."""
    return an_article(
        OUTLETS,
        [
            claim(
                OUTLETS, "Kazakhstan has struck the Taliban off its register", date="2023-12-29",
                date_text="on Friday", date_kind="announcement", announcer="Aibek Smadiyarov",
                announcer_role="foreign ministry", chain=["Steppe Wire"], reason="practice of the UN",
            ),
            claim(OUTLETS, "is not on the Security Council's lists", whose="un", action="not_listed",
                  modality="stated", announcer="Aibek Smadiyarov"),
        ],
        title="Off the register", url="https://courier.example/a?utm=1",
    )  # fmt: skip


def december_in_french():
    """The same wire, retold by machine in French."""
    return an_article(
        RETOLD,
        [
            claim(RETOLD, "Le Kazakhstan a retiré les talibans de sa liste", date="2023-12-29",
                  date_kind="announcement", announcer="Aibek Smadiyarov", chain=["Steppe Wire", "Antara"]),
        ],
        title="Retirés", outlet="Écho", language="fr", published="2023-12-31", machine=True,
    )  # fmt: skip


def june():
    """The Dari story of June: announced by the President, welcomed by those concerned."""
    return an_article(
        JUNE,
        [
            claim(JUNE, "طالبان را از فهرست سازمان‌های ممنوع بیرون کرده", date="2024-06-03", date_kind="announcement",
                  announcer="Kassym-Jomart Tokayev", announcer_role="President", reason="همکاری تجارتی"),
            claim(JUNE, "از این تصمیم استقبال کرد", action="welcome", modality="stated", date="2024-06-04",
                  announcer_role="وزارت خارجۀ حکومت طالبان"),
        ],
        title="بیرون از فهرست", outlet="رادیو", language="prs", published="2024-06-04",
    )  # fmt: skip


def an_app(home, *, starter=True):
    """An application of its own."""
    app = App(Settings.read({"TIZIM_HOME": str(home)}))
    if starter:
        app.fill(None)
    else:
        app.made()
    return app


# -- tellings without a register ----------------------------------------------------------------------


def a_telling(
    ident, *, subject="x", whose="kz", action="delist", modality="done", date="", published="2024-01-01", news=True,
    on="kz-list", decider="", reason="", announcer="", chain=(), text="", url="", kind="press", group="", wrong=False,
    judged=None, role="announced", article=None,
):  # fmt: skip
    """A claim of an article (*news*), or a statement of the register on the list *on*."""
    out = dt.date.fromisoformat(published) if published else None
    when = When.on(PartialDate.parse(date)) if date else When.by(out) if out else When.unknown()
    words = text or f"words of {ident}"
    return Telling(
        id=ident, number=ident if news else "",
        reported=Reported(
            subject=subject, subject_name=subject, list=whose, action=ClaimAction(action), modality=Modality(modality),
            date=date, decider=decider, reason=reason, announcer=announcer, chain=tuple(chain),
        ),
        subject=subject, key=f"ledger:{subject}", list=None if news else on, when=when, role=role, published=out,
        title=f"title of {ident}", url=url, language="en", source_class=source_class(kind), verified=not wrong,
        conflict_group=group, document="d", judged=judged,
        article=_article(article or ident, words, url) if news else None,
        quotes=(Quote(text=words, start=0, end=len(words), rule="r", confidence="0.9", date_text=""),) if news else (),
    )  # fmt: skip


def _article(ident, text, url):
    return Article(
        id=f"article:{ident}", sha256=hashlib.sha256(ident.encode()).hexdigest(), title=ident, outlet=ident, url=url,
        language="en", published="", machine_translated="", main_language="", reader="rules", version="1",
        sketch=sketch(text), reading="d", recorded_at=NOW,
    )  # fmt: skip
