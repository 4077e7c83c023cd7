"""The desk for versions that wait, and the pages of those that do not: who sees what, and what is said of it."""

import asyncio
import base64
import datetime as dt
import itertools
import re
import shutil

import httpx
import pytest
from tests.api.conftest import NOW, a_site
from tests.api.test_pages import links_of, strictly
from tests.engines_made import Scripted

from tizim.app import App
from tizim.customers.keys import KeyScope, new_key
from tizim.domain.bulletin_facts import NewsFacts
from tizim.domain.bulletins import Approving, Correcting, Drafting, Own, Publishing
from tizim.domain.versions import Severity, Side, VersionFinding
from tizim.settings import Settings

ID = "2026-02-03-ruritania-and-zenda"
OWN = Own(title="Ruritania and Zenda", text="The list had 23 entries <b>then</b>.\n\nIt was short.")
CHANGED = Own(title="Ruritania and Zenda", text="The list had 24 entries then.")
FACTS = NewsFacts(day="2026-02-03", on=None, subjects=())
LATE = NOW + dt.timedelta(minutes=5)


def _said(text):
    return lambda given, _target: [f"{text} {number} : {one}" for number, one in enumerate(given)]


def _french(*_):
    return ["La Ruritanie et le Zenda", "La liste comptait <b>alors</b> 23 inscriptions.", "Elle était courte."]


def _wrong(_source, target, *_):
    start = target.index("23")
    return [
        VersionFinding(
            code="number", severity=Severity.SEVERE, side=Side.TARGET, start=start, end=start + 2, suggestion="23",
            message="a <number> is another",
        ),
        VersionFinding(
            code="quote", severity=Severity.MINOR, side=Side.SOURCE, start=0, end=9, suggestion="", message="a quote"
        ),
    ]  # fmt: skip


class Desk:
    """A site with news in French that may be read, in Russian that waits, in Turkish of which nothing came."""

    def __init__(self, app):
        self.app = app
        self.site = a_site(app, LATE)
        at = NOW - dt.timedelta(days=1)
        app.take_step(
            Drafting(bulletin=ID, number=1, by="Ann", at=at, language="en", facts=FACTS, own=OWN, needs_second=True)
        )
        app.take_step(Approving(bulletin=ID, number=2, by="Ben", at=at))
        app.take_step(Publishing(bulletin=ID, number=3, by="Ann", at=at))
        make = app.make_version
        self.french = make(ID, "fr", "Ann", engine=Scripted(_french), check=lambda *_: ())
        russian = Scripted(_said("Да, и вот всё это предложение целиком"), version="<9>")
        self.russian = make(ID, "ru", "Ann", engine=russian, check=_wrong)
        self.turkish = make(ID, "tr", "Ann", engine=Scripted(lambda *_: Exception("no <power>")), check=_wrong)
        app.customers.prepare()
        scopes = {"Ben": {KeyScope.DECIDE}, "Reader": {KeyScope.READ}}
        self.keys = {name: new_key(app.customers, name, own, None, NOW)[1] for name, own in scopes.items()}

    def ask(self, method, address, key="", headers=None, body=""):
        """The answer to a request of whoever has a key."""

        async def asking():
            transport = httpx.ASGITransport(app=self.site.app)
            own = dict(headers or {})
            if key:
                password = base64.b64encode(f"me:{self.keys[key]}".encode()).decode()
                own["Authorization"] = f"Basic {password}"
            async with httpx.AsyncClient(transport=transport, base_url="http://register.test") as client:
                return await client.request(method, address, headers=own, content=body)

        return asyncio.run(asking())


@pytest.fixture
def desk(home, tmp_path, monkeypatch):
    """A register with versions."""
    monkeypatch.setattr("tizim.app.clock", lambda: NOW)
    folder = tmp_path / "home"
    shutil.copytree(home.home, folder)
    app = App(Settings(home=folder, register_url=f"sqlite:///{folder / 'register.sqlite'}"))
    yield Desk(app)
    app.close()


def _walkable(page):
    tree = strictly(page.text)
    every = list(tree.iter())
    headings = [int(one.tag[1]) for one in every if re.fullmatch(r"h[1-6]", str(one.tag))]
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(headings))
    assert not [one for one in every if "style" in one.attrib or one.tag in {"style", "number", "power"}]


def test_what_waits_is_seen_by_nobody_without_a_key_that_may_decide(desk):
    """Neither on the desk, nor on any page, nor in any data or feed."""
    secret = "Да, и вот"
    addresses = [f"/ru/bulletins/{ID}/", f"/ru/bulletins/{ID}.json", "/ru/bulletins/", "/ru/bulletins.json"]

    with desk.app.existing().view() as view:
        kept = [doc.sha256 for doc in view.documents() if doc.source == "bulletins"]
    for sha256 in kept:
        addresses += [f"/ru/documents/{sha256}/", f"/ru/documents/{sha256}.json"]
    addresses += ["/ru/", "/ru/changes/", "/ru/changes.atom", "/ru/sources/"]

    assert len(kept) == 6
    assert all(secret not in desk.ask("GET", one).text for one in addresses)
    for address in ("/en/held/", f"/en/held/{desk.russian.id}/", f"/en/held/{desk.russian.id}.json"):
        unknown, reader = desk.ask("GET", address), desk.ask("GET", address, "Reader")
        assert (unknown.status_code, reader.status_code) == (401, 403)
        assert unknown.headers["www-authenticate"].startswith("Basic ")
        assert secret not in unknown.text + reader.text
    assert desk.ask("GET", "/en/held/", headers={"Authorization": "Basic ///"}).status_code == 401
    waiting = desk.ask("GET", f"/ru/bulletins/{ID}/").text
    assert "The list had 23 entries" in waiting
    assert desk.ask("GET", f"/ru/bulletins/{ID}.json").json()["issues"][0]["version_waits"] is True


def test_the_desk_shows_source_and_target_side_by_side_with_every_finding(desk):
    """What it is about is marked, what is suggested stands beside, and everything from outside is escaped."""
    every, page = desk.ask("GET", "/en/held/", "Ben"), desk.ask("GET", f"/en/held/{desk.russian.id}/", "Ben")
    turkish = desk.ask("GET", f"/ar/held/{desk.turkish.id}/", "Ben")

    for one in (every, page, turkish):
        assert one.status_code == 200
        assert (one.headers["cache-control"], one.headers["x-robots-tag"]) == ("no-store", "noindex, nofollow")
        _walkable(one)
    assert desk.russian.id in every.text
    assert desk.turkish.id in every.text
    assert desk.french.id not in every.text
    assert "no &lt;power&gt;" in every.text
    assert re.search(r'<bdi lang="ru">[^<]*<mark>23</mark>[^<]*</bdi>', page.text)
    assert re.search(r'<bdi lang="en"><mark class="small">Ruritania</mark>[^<]*</bdi>', page.text)
    assert "a &lt;number&gt; is another" in page.text
    assert re.search(
        r'<button class="take" name="take" value="1">Put into the text: <bdi[^>]*>23</bdi></button>', page.text
    )
    data = desk.ask("GET", f"/en/held/{desk.russian.id}.json", "Ben").json()
    assert (data["state"], data["findings"][0]["code"], len(data["pairs"])) == ("held", "number", 3)
    waiting = desk.ask("GET", "/en/held.json", "Ben").json()
    assert {one["id"] for one in waiting} == {desk.russian.id, desk.turkish.id}
    assert desk.ask("GET", "/en/held/0123/", "Ben").status_code == 404
    assert desk.ask("GET", "/xx/held/", "Ben").status_code == 404


def test_a_release_at_the_desk_is_the_key_s_and_comes_from_its_own_page_alone(desk):
    """A page of another site can have a browser send the key, and gets nothing by it."""
    address, body = f"/en/held/{desk.russian.id}/", "do=release&reason=It+is+%3Cright%3E"
    own = {"Sec-Fetch-Site": "same-origin"}

    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        assert desk.ask("POST", address, "Ben", headers, body).status_code == 400
    assert desk.ask("POST", address, "Reader", own, body).status_code == 403
    assert desk.ask("POST", address, "Ben", own, "do=release").status_code == 400
    assert desk.ask("POST", address, "Ben", own, "do=praise&reason=x").status_code == 400
    assert desk.ask("POST", address, "Ben", own, body + "x" * 1_050_000).status_code == 413
    assert desk.app.bulletins().bulletins[ID].versions[1].waits

    assert desk.ask("POST", address, "Ben", own, body).status_code == 303

    ruling = desk.app.bulletins().bulletins[ID].versions[1].released
    assert (ruling.by, ruling.reason) == ("Ben", "It is <right>")
    page = desk.ask("GET", f"/ru/bulletins/{ID}/")
    _walkable(page)
    assert "Да, и вот" in page.text
    assert "It is &lt;right&gt;" in page.text
    assert "does not wait" in desk.ask("POST", address, "Ben", own, body).text
    bearer = {"Authorization": f"Bearer {desk.keys['Ben']}"}
    assert desk.ask("POST", address, headers=bearer, body="do=take_back&reason=No").status_code == 303
    assert "Да, и вот" not in desk.ask("GET", f"/ru/bulletins/{ID}/").text


def test_a_version_says_how_it_was_made_and_that_the_original_was_changed(desk):
    """Its mark, its engine, what was found, and the original one click away; the same as data."""
    page = desk.ask("GET", f"/fr/bulletins/{ID}/")
    _walkable(page)
    assert "scripted 1" in page.text
    assert f'href="/en/bulletins/{ID}/"' in page.text
    assert all(desk.ask("GET", one).status_code in {200, 302} for one in links_of(page.text) if "/bulletins/" in one)
    (issue,) = desk.ask("GET", f"/fr/bulletins/{ID}.json").json()["issues"]
    assert (issue["mark"], issue["text_language"], issue["machine"]["older_than_original"]) == ("machine", "fr", False)
    every = {code: desk.ask("GET", f"/{code}/bulletins.json").json()[0] for code in ("en", "fr", "ru")}
    assert {code: (one["mark"], one["text_language"]) for code, one in every.items()} == {
        "en": ("original", "en"), "fr": ("machine", "fr"), "ru": ("original", "en"),
    }  # fmt: skip
    at = NOW + dt.timedelta(minutes=1)
    facts = {"facts": FACTS, "own": CHANGED, "needs_second": True}
    desk.app.take_step(Correcting(bulletin=ID, number=4, by="Ann", at=at, reason="One more", **facts))
    desk.app.take_step(Approving(bulletin=ID, number=5, by="Ben", at=at))
    desk.app.take_step(Publishing(bulletin=ID, number=6, by="Ann", at=at))

    page = desk.ask("GET", f"/fr/bulletins/{ID}/")

    _walkable(page)
    issue = desk.ask("GET", f"/fr/bulletins/{ID}.json").json()["issues"][-1]
    assert (issue["mark"], issue["machine"]["older_than_original"]) == ("machine", True)
    assert "24 entries" in desk.ask("GET", f"/tr/bulletins/{ID}/").text
    assert desk.ask("GET", "/en/held.json", "Ben").json() == []
