"""The form in which news is drafted: behind a key, by the same rules as the command, and nothing typed is lost."""

import asyncio
import base64
import re
from urllib.parse import urlencode

import httpx
import pytest
from tests.api.conftest import NOW, a_site
from tests.api.test_holding import _walkable

from tizim.app import App
from tizim.customers.keys import KeyScope, new_key
from tizim.domain.bulletins import Waiting
from tizim.settings import Settings
from tizim.sources import catalogue

FILE = (
    '<CONSOLIDATED_LIST dateGenerated="2024-01-05T01:00:00Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>'
    "<FIRST_NAME>Invented Strelsau</FIRST_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>"
    "<REFERENCE_NUMBER>QDi.901</REFERENCE_NUMBER><LISTED_ON>2010-01-01</LISTED_ON></INDIVIDUAL></INDIVIDUALS>"
    "<ENTITIES></ENTITIES></CONSOLIDATED_LIST>"
)
OWN = {"Sec-Fetch-Site": "same-origin"}
NEWS = {
    "title": "Strelsau <is> told", "text": "The list names Invented Strelsau.\r\n\r\nNothing else is known.",
    "day": "2026-02-03", "list": "un-1267", "subjects": "QDi.901\r\n",
}  # fmt: skip


class Writer:
    """A desk over a register with one listed person, in a main language."""

    def __init__(self, folder, language="en"):
        url = f"sqlite:///{folder / 'register.sqlite'}"
        self.app = App(Settings(home=folder, register_url=url, main_language=language))
        (folder / "un.xml").write_text(FILE, encoding="utf-8")
        self.app.keep(catalogue.source("un-sc"), [folder / "un.xml"])
        self.app.customers.prepare()
        scopes = {"Ben": {KeyScope.DECIDE}, "Cy": {KeyScope.DECIDE}, "Reader": {KeyScope.READ}}
        self.keys = {name: new_key(self.app.customers, name, own, None, NOW)[1] for name, own in scopes.items()}
        self.site = a_site(self.app, NOW)

    def ask(self, method, address, key="Ben", headers=OWN, **given):
        """The answer to a request from a browser."""

        async def asking():
            own = dict(headers)
            if key:
                own["Authorization"] = f"Basic {base64.b64encode(f'me:{self.keys[key]}'.encode()).decode()}"
            transport = httpx.ASGITransport(app=self.site.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://register.test") as client:
                return await client.request(method, address, headers=own, content=urlencode(given))

        return asyncio.run(asking())

    def json(self, address, headers, act):
        """The answer to what another system sends."""

        async def asking():
            transport = httpx.ASGITransport(app=self.site.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://register.test") as client:
                return await client.post(address, headers=headers, json=act)

        return asyncio.run(asking())

    def post(self, do, **changed):
        """The form, sent."""
        return self.ask("POST", "/en/draft/", **{**NEWS, "do": do, **changed})


@pytest.fixture
def writer(tmp_path, monkeypatch):
    """A desk."""
    monkeypatch.setattr("tizim.app.clock", lambda: NOW)
    made = Writer(tmp_path)
    yield made
    made.app.close()


def test_news_is_kept_as_a_draft_of_the_key_and_read_by_nobody_else(writer):
    """What comes of it is the same bulletin as that of the command, and it waits for its second person."""
    kept = writer.post("keep")

    assert (kept.status_code, kept.headers["location"]) == (303, "/en/draft/2026-02-03-strelsau-is-told/")
    one = writer.app.bulletins().bulletins["2026-02-03-strelsau-is-told"]
    assert isinstance(one, Waiting)
    version = one.version.version
    assert (version.drafted.by, version.language, version.needs_second) == ("Ben", "en", True)
    assert (version.own.title, version.own.paragraphs) == (
        "Strelsau <is> told", ("The list names Invented Strelsau.", "Nothing else is known."),
    )  # fmt: skip
    assert (version.facts.day, version.facts.on.id, len(version.facts.subjects)) == ("2026-02-03", "un-1267", 1)
    page = writer.ask("GET", kept.headers["location"])
    _walkable(page)
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert "Strelsau &lt;is&gt; told" in page.text
    assert "tizim bulletin approve 2026-02-03-strelsau-is-told" in page.text
    told = writer.ask("GET", "/en/draft/2026-02-03-strelsau-is-told.json").json()
    assert (told["state"], told["author"], told["title"]) == ("draft", "Ben", "Strelsau <is> told")
    assert "1 draft waits" in writer.ask("GET", "/en/draft/").text
    assert [one["bulletin"] for one in writer.ask("GET", "/en/draft.json").json()] == [told["bulletin"]]
    for address in (
        "/en/draft/",
        "/en/draft.json",
        "/en/draft/2026-02-03-strelsau-is-told/",
        "/en/draft/2026-02-03-strelsau-is-told.json",
    ):
        assert [writer.ask("GET", address, key).status_code for key in ("", "Reader")] == [401, 403]
    assert "Strelsau &lt;is&gt;" not in writer.ask("GET", "/en/bulletins/").text
    again = writer.post("keep", day="2026-02-03")
    assert again.headers["location"] == "/en/draft/2026-02-03-strelsau-is-told-2/"


def test_words_are_looked_over_before_anything_is_kept(tmp_path, monkeypatch):
    """By the guard, in the main language; each finding stands in the text and beside it, and the fields stay filled."""
    monkeypatch.setattr("tizim.app.clock", lambda: NOW)
    writer = Writer(tmp_path, "fr")
    try:
        found = writer.post("look_over", title="Une liste", text="Le trafic de armes est interdit.", list="")
        arabic = writer.ask("GET", "/ar/draft/")

        assert found.status_code == 200
        _walkable(found)
        _walkable(arabic)
        assert '<html lang="ar" dir="rtl"' in arabic.text
        assert re.search(r'<mark class="small">de armes</mark>', found.text)
        assert "d’armes" in found.text
        assert re.search(r"<textarea[^>]*>\nLe trafic de armes est interdit\.</textarea>", found.text)
        assert writer.app.bulletins().bulletins == {}
        clean = writer.post("look_over", title="Une liste", text="La liste est courte.", list="")
        assert "Nothing was found by the checks." in clean.text
    finally:
        writer.app.close()


WRONG = [
    ({"list": "zz-list"}, "zz-list"),
    ({"subjects": "Nobody at all"}, "Nobody at all"),
    ({"day": "tomorrow"}, "is no day such as 2024-06-03"),
    ({"title": "  "}, "a headline is needed"),
    ({"text": "# One\n\n- a list"}, "has lists, links or headings"),
    ({"text": " "}, "has a headline and no text after it"),
    ({"text": "a" * 20_001}, "at most"),
]


@pytest.mark.parametrize(("changed", "words"), WRONG)
def test_what_cannot_be_kept_comes_back_as_it_was_typed_with_the_reason(writer, changed, words):
    """An editor's text is never lost for a wrong id."""
    found = writer.post("keep", **changed)

    assert found.status_code == 400
    _walkable(found)
    assert words in found.text
    assert "Strelsau &lt;is&gt; told" in found.text or "title" in changed
    assert "The list names Invented Strelsau." in found.text or "text" in changed
    assert writer.app.bulletins().bulletins == {}


def test_nothing_is_drafted_from_a_page_of_another_site(writer):
    """A browser sends the key with whatever it is had to ask."""
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        for do in ("keep", "look_over"):
            assert writer.ask("POST", "/en/draft/", headers=headers, **NEWS, do=do).status_code == 400
    assert writer.post("publish").status_code == 400
    assert writer.post("keep", text="a" * 600_000).status_code == 413
    assert writer.ask("POST", "/en/draft/2026-02-03-x/", **NEWS, do="keep").status_code == 404
    assert writer.ask("GET", "/en/draft/2026-02-03-x/").status_code == 404
    assert writer.app.bulletins().bulletins == {}
    bearer = {"Authorization": f"Bearer {writer.keys['Ben']}"}
    assert writer.ask("POST", "/en/draft/", "", bearer, **NEWS, do="keep").status_code == 303


def test_a_draft_is_approved_by_another_published_and_withdrawn_on_its_page(writer):
    """By the rules of the commands: a second person, every step seen, a reason for the end of it."""
    at = writer.post("keep").headers["location"]
    bulletin = at.rstrip("/").rpartition("/")[2]
    public = f"/en/bulletins/{bulletin}/"

    for key, do, status, words in (
        ("Ben", "approve", 400, "another person must approve it"),
        ("Cy", "publish", 400, "it must be approved before it is published"),
        ("Cy", "praise", 400, "do is one of approve, publish, withdraw, rewrite"),
        ("Cy", "withdraw", 400, "needs its reason"),
        ("Reader", "approve", 403, "This key may not decide"),
    ):
        answer = writer.ask("POST", at, key, do=do, seen="1")
        assert (answer.status_code, words in answer.text) == (status, True), do
        _walkable(answer)
    assert writer.ask("POST", at, "Cy", {"Sec-Fetch-Site": "cross-site"}, do="approve").status_code == 400
    assert writer.ask("POST", at, "Cy", do="approve", seen="x").status_code == 400
    assert writer.ask("POST", at, "Cy", do="approve", reason="x" * 530_000).status_code == 413

    approved = writer.ask("POST", at, "Cy", do="approve", seen="1")
    late = writer.ask("POST", at, "Ben", do="withdraw", seen="1", reason="It is <late>")

    assert (approved.status_code, approved.headers["location"], late.status_code) == (303, at, 409)
    assert "Cy came first" in late.text
    assert 'value="It is &lt;late&gt;"' in late.text
    assert writer.ask("GET", public, "").status_code == 404
    bearer = {"Authorization": f"Bearer {writer.keys['Ben']}"}
    data = writer.ask("GET", f"/en/draft/{bulletin}.json").json()
    assert (data["state"], data["seen"]) == ("approved", 2)
    published = writer.json(f"/en/draft/{bulletin}.json", bearer, {"do": "publish", "seen": 2})
    assert (published.status_code, published.json()["state"]) == (200, "published")
    assert writer.json(f"/en/draft/{bulletin}.json", bearer, {"do": "publish"}).json()["status"] == 400
    assert "Strelsau &lt;is&gt; told" in writer.ask("GET", public, "").text
    page = writer.ask("GET", at)
    _walkable(page)
    assert "This is published." in page.text
    assert "draft waits" not in writer.ask("GET", "/en/draft/").text
    gone = writer.ask("POST", at, do="withdraw", seen="3", reason="Told twice")
    assert (gone.status_code, gone.headers["location"]) == (303, "/en/draft/")
    assert "Told twice" in writer.ask("GET", public, "").text
    assert writer.ask("GET", at).status_code == 404


def test_a_draft_is_written_anew_and_what_is_published_is_corrected_on_its_page(writer):
    """A correction needs its reason and its second person, and what is published stands until then."""
    at = writer.post("keep").headers["location"]
    bulletin = at.rstrip("/").rpartition("/")[2]
    public = f"/en/bulletins/{bulletin}/"
    text = {"title": "Strelsau is told", "text": "The list names one <person>.\r\n\r\nMore is not known."}

    assert writer.ask("POST", at, do="rewrite", seen="1", title="", text="x").status_code == 400
    again = writer.ask("POST", at, "Cy", do="rewrite", seen="1", **text)
    assert (again.status_code, again.headers["location"]) == (303, at)
    assert "another person must approve it" in writer.ask("POST", at, "Cy", do="approve", seen="2").text
    assert writer.ask("POST", at, "Ben", do="approve", seen="2").status_code == 303
    assert writer.ask("POST", at, "Ben", do="publish", seen="3").status_code == 303
    changed = {"title": text["title"], "text": "The list names two <people>."}
    without = writer.ask("POST", at, "Ben", do="rewrite", seen="4", **changed)
    assert (without.status_code, "needs its reason" in without.text) == (400, True)
    assert "\nThe list names two &lt;people&gt;.</textarea>" in without.text
    _walkable(without)

    assert writer.ask("POST", at, "Ben", do="rewrite", seen="4", reason="One more", **changed).status_code == 303

    assert "one &lt;person&gt;" in writer.ask("GET", public, "").text
    page = writer.ask("GET", at)
    _walkable(page)
    assert "A correction waits. The reason given:" in page.text
    assert "1 draft waits" in writer.ask("GET", "/en/draft/").text
    assert writer.ask("POST", at, "Cy", do="approve", seen="5").status_code == 303
    assert writer.ask("POST", at, "Cy", do="publish", seen="6").status_code == 303
    assert "two &lt;people&gt;" in writer.ask("GET", public, "").text
