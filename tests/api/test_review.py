"""What is done about a version at the desk: on its page without a script, and as JSON for other systems."""

import datetime as dt
import html
import json
import re

import msgspec
import pytest
from tests.api.conftest import NOW, a_site
from tests.api.test_drafting import Writer
from tests.api.test_holding import _walkable
from tests.engines_made import Scripted, serving

from tizim.cli import main
from tizim.domain.bulletin_facts import NewsFacts
from tizim.domain.bulletins import Approving, Correcting, Drafting, Own, Publishing
from tizim.domain.versions import version_id
from tizim.errors import Overtaken
from tizim.newsroom import mended

ID = "2026-02-03-ruritania-and-zenda"
NEWS = Own(title="Ruritania and Zenda", text="The list had 23 entries in 2005.\n\nThe court did not decide.")
FACTS = NewsFacts(day="2026-02-03", on=None, subjects=())
WRONG = ["La Ruritanie et Zenda", "La liste comptait 24 inscriptions en 2005.", "Le tribunal a décidé."]
LATE = NOW + dt.timedelta(minutes=5)
RIGHT = "Le tribunal n’a pas décidé."


class Reviewer(Writer):
    """A desk over news whose French has another number and lacks a negation, as the guard itself sees."""

    def __init__(self, folder):
        super().__init__(folder)
        at = NOW - dt.timedelta(days=1)
        step = Drafting(bulletin=ID, number=1, by="Ann", at=at, language="en", facts=FACTS, own=NEWS, needs_second=True)
        self.site = a_site(self.app, LATE)
        self.app.take_step(step)
        self.app.take_step(Approving(bulletin=ID, number=2, by="Ben", at=at))
        self.app.take_step(Publishing(bulletin=ID, number=3, by="Ann", at=at))
        self.french = self.app.make_version(ID, "fr", "Ann", engine=Scripted(lambda *_: WRONG))
        self.at = f"/en/held/{self.french.id}/"

    def shown(self, address):
        """A page of the desk, and what goes with its form."""
        page = self.ask("GET", address)
        _walkable(page)
        return page.text, re.search(r'name="seen" value="([0-9a-f]{16})"', page.text)[1]

    def send(self, address, **fields):
        """The form of a page, with all its fields as they stand in it, but for those that are given."""
        text, seen = self.shown(address)
        areas = re.findall(r'<textarea name="(s\d+)"[^>]*>\n([^<]*)</textarea>', text)
        standing = {name: html.unescape(written).replace("\n", "\r\n") for name, written in areas}
        return self.ask("POST", address, **{"seen": seen, "reason": "", **standing, **fields})

    def do(self, version, **act):
        """The same acts for another system."""
        return self.json(f"/en/held/{version}.json", {"Authorization": f"Bearer {self.keys['Ben']}"}, act)

    def last(self):
        """The last version in French."""
        return self.app.bulletins().bulletins[ID].versions[-1]


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A version that waits."""
    monkeypatch.setattr("tizim.app.clock", lambda: NOW)
    made = Reviewer(tmp_path)
    yield made
    made.app.close()


def test_a_version_is_mended_on_its_page_until_nothing_grave_is_found(desk):
    """A suggestion by its button, a sentence by hand; each time a version of its own, checked at once."""
    text, _ = desk.shown(desk.at)
    (number,) = re.findall(r'name="take" value="(\d+)">Put into the text: <bdi[^>]*>23</bdi>', text)

    taken = desk.send(desk.at, take=number)

    first = desk.last()
    assert (taken.status_code, taken.headers["location"]) == (303, f"/en/held/{first.id}/")
    assert (first.mended.of, first.mended.by, first.state) == (desk.french.id, "Ben", "held")
    assert [one.target for one in first.made.pairs][1] == "La liste comptait 23 inscriptions en 2005."
    assert {one.code for one in first.severe} == {"negation"}
    text, _ = desk.shown(taken.headers["location"])
    assert "Corrected by hand" in text
    assert "n’a pas" not in desk.ask("GET", f"/fr/bulletins/{ID}/").text
    assert desk.ask("GET", "/en/held.json").json()[0]["id"] == first.id

    done = desk.send(taken.headers["location"], do="mend", s3=RIGHT)

    last = desk.last()
    assert (done.status_code, last.mended.of, last.state) == (303, first.id, "checked")
    page = desk.ask("GET", f"/fr/bulletins/{ID}/").text
    assert RIGHT in page
    assert "24 inscriptions" not in page
    (issue,) = desk.ask("GET", f"/fr/bulletins/{ID}.json").json()["issues"]
    assert (issue["mark"], issue["machine"]["mended"]["by"]) == ("machine", "Ben")
    assert "Ben" in page
    assert desk.ask("GET", "/en/held.json").json() == []
    assert "stands in its place" in desk.ask("GET", desk.at).text


def test_it_is_released_held_on_and_taken_back_with_a_reason(desk):
    """Who and why is kept as the commands keep it, and where the reason is forgotten nothing is done."""
    nothing = desk.send(desk.at, do="release", reason=" ")
    assert (nothing.status_code, "say why" in nothing.text) == (400, True)
    _walkable(nothing)
    assert desk.send(desk.at, do="hold", reason="Ask <Cy> about the court").status_code == 303
    assert (desk.last().held_on.by, desk.last().held_on.reason, desk.last().waits) == (
        "Ben",
        "Ask <Cy> about the court",
        True,
    )
    assert "Ask &lt;Cy&gt; about the court" in desk.ask("GET", "/en/held/").text
    assert "Ask &lt;Cy&gt;" not in desk.ask("GET", f"/fr/bulletins/{ID}/").text

    assert desk.send(desk.at, do="release", reason="It is a quotation").status_code == 303

    assert (desk.last().released.by, desk.last().released.reason) == ("Ben", "It is a quotation")
    assert "24 inscriptions" in desk.ask("GET", f"/fr/bulletins/{ID}/").text
    assert desk.send(desk.at, do="take_back", reason="It is not").status_code == 303
    assert "24 inscriptions" not in desk.ask("GET", f"/fr/bulletins/{ID}/").text
    again = desk.ask("POST", desk.at, do="take_back", reason="Twice")
    assert (again.status_code, "was taken back by Ben" in again.text) == (400, True)


def test_what_was_typed_is_neither_lost_nor_released_unseen(desk):
    """A decision is about the text that was checked, so one that was changed in its field is checked first."""
    for fields, reason in (
        ({"do": "release", "reason": "Right", "s3": RIGHT}, "not checked"),
        ({"do": "mend", "s3": "  "}, "sentence 3 is empty"),
        ({"do": "mend"}, "nothing of version"),
        ({"do": "mend", "s9": "More"}, "sentences 1 to 3, not 9"),
        ({"do": "mend", "s3": "a" * 60_001}, "at most 60,000 signs"),
        ({"take": "77"}, "none of which is number 77"),
        ({"take": "x"}, "no number of a finding"),
    ):
        answer = desk.send(desk.at, **fields)
        assert (answer.status_code, reason in answer.text) == (400, True), reason
        _walkable(answer)
    kept = desk.send(desk.at, do="release", reason="R<ight", s3=f"</textarea><b>{RIGHT}")
    assert f"\n&lt;/textarea&gt;&lt;b&gt;{RIGHT}</textarea>" in kept.text
    assert 'value="R&lt;ight"' in kept.text
    assert kept.text.count("<details open>") == 1
    assert len(desk.app.bulletins().bulletins[ID].versions) == 1

    hostile = desk.send(
        desk.at, do="mend", s2="La liste comptait 23 inscriptions en 2005.", s3=f"<b>{RIGHT}</b>\r\n \u202e"
    )

    assert hostile.status_code == 303
    assert {one.code for one in desk.last().severe} >= {"hidden"}
    text, _ = desk.shown(hostile.headers["location"])
    assert "<b>Le" not in text


def test_whoever_comes_second_sees_what_the_first_did(desk):
    """Nothing is decided about what was not seen: neither on the page, nor by a program, nor at the command line."""
    _, seen = desk.shown(desk.at)
    other = desk.app.mend(desk.french.id, "Cy", {3: RIGHT})

    late = desk.ask("POST", desk.at, do="mend", seen=seen, s3="Le tribunal n’a jamais décidé.")

    assert late.status_code == 409
    _walkable(late)
    assert "Cy came first" in late.text
    assert other.id in late.text
    assert "n’a jamais" in late.text
    assert desk.do(desk.french.id, do="release", reason="Right", seen=seen).status_code == 409
    assert desk.do(desk.french.id, do="release", reason="Right").status_code == 400  # not asked, and mended since
    assert desk.last().id == other.id
    _, seen = desk.shown(f"/en/held/{other.id}/")
    assert desk.do(other.id, do="release", reason="Right", seen=seen).status_code == 200


def test_two_corrections_at_once_leave_one(desk):
    """Both are kept, and the second is told that it has no effect, though neither had seen the other."""
    first, second = (
        mended(desk.french, [*WRONG[:2], text], (), lambda *_: (), by=by, now=NOW + dt.timedelta(seconds=after))
        for by, text, after in (("Ann", RIGHT, 1), ("Cy", "Le tribunal n’a rien décidé.", 2))
    )
    desk.app.take_version_step(first)
    with pytest.raises(Overtaken, match="Ann mended version"):
        desk.app.take_version_step(second)

    assert [one.id for one in desk.app.bulletins().bulletins[ID].versions] == [desk.french.id, version_id(first)]


def test_nothing_is_done_without_a_key_that_may_or_from_another_site(desk):
    """The page says what is needed, in the language of its address, and shows nothing."""
    body = {"do": "release", "reason": "Right"}
    for key, status in (("", 401), ("Reader", 403)):
        answer = desk.ask("POST", desk.at, key, **body)
        assert (answer.status_code, "24 inscriptions" in answer.text) == (status, False)
        _walkable(answer)
        arabic = desk.ask("GET", desk.at.replace("/en/", "/ar/"), key)
        assert (arabic.status_code, 'dir="rtl"' in arabic.text) == (status, True)
    wrong = {"Authorization": "Bearer tizim_nobody"}
    assert desk.json(f"/en/held/{desk.french.id}.json", wrong, {}).json()["status"] == 401
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}):
        answer = desk.ask("POST", desk.at, headers=headers, **body)
        assert answer.status_code == 400
        _walkable(answer)
    assert desk.ask("GET", "/en/held/0123/").status_code == 404
    assert desk.ask("POST", "/en/held/", **body).status_code == 400
    assert desk.ask("POST", desk.at, **body, s1="x" * 1_060_000).status_code == 413
    assert not desk.last().released


def test_the_same_is_done_as_json(desk):
    """The same acts by the same rules, and the same words about what cannot be."""
    told = desk.ask("GET", f"/en/held/{desk.french.id}.json").json()
    number = next(at for at in told["takes"] if told["findings"][at - 1]["suggestion"] == "23")

    answer = desk.do(told["id"], do="mend", take=number, sentences={"3": RIGHT}, seen=told["seen"])

    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    after = answer.json()
    assert (after["state"], after["mended"]["of"], after["mended"]["by"]) == ("checked", told["id"], "Ben")
    assert after["paragraphs"] == ["La liste comptait 23 inscriptions en 2005.", RIGHT]
    for act, status in (
        ({"do": "praise"}, 400),
        ({"do": "release", "reason": "x" * 501}, 400),
        ({"do": "mend", "sentences": {"x": ""}}, 400),
        ({"do": "release", "reason": "Right", "more": 1}, 400),
        ({"do": "make_anew"}, 400),
    ):
        answer = desk.do(after["id"], **act)
        assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert "TIZIM_TRANSLATE_ENGINE" in answer.json()["error"]
    assert desk.do("0123", do="hold", reason="x").status_code == 404
    assert desk.do(after["id"], do="take_back", reason="A test").json()["taken_back"]["reason"] == "A test"


def test_the_engine_is_asked_anew_from_the_page(tmp_path, monkeypatch):
    """It works for one at a time; what it makes is checked like any other, and one that stays away is told as that."""
    monkeypatch.setattr("tizim.app.clock", lambda: NOW)
    made = Reviewer(tmp_path)
    try:
        assert "make_anew" not in made.ask("GET", made.at).text
        others = []

        def at_work(*_):
            others.append(made.do(made.french.id, do="make_anew"))
            return [WRONG[0], "La liste comptait 23 inscriptions en 2005.", RIGHT]

        with serving(at_work) as server:
            url = f"http://127.0.0.1:{server.server_address[1]}"
            made.app.settings = msgspec.structs.replace(
                made.app.settings, translate_engine="libre", translate_url=url
            )  # fmt: skip
            made.site = a_site(made.app, LATE)
            monkeypatch.setattr("tizim.app.clock", lambda: NOW + dt.timedelta(seconds=1))
            anew = made.send(made.at, do="make_anew")
        assert anew.status_code == 303
        last = made.last()
        assert (last.made.by, last.state, last.mended) == ("Ben", "checked", None)
        assert (others[0].status_code, others[0].headers["retry-after"]) == (503, "10")
        assert "at work on another version" in others[0].json()["error"]
        assert RIGHT in made.ask("GET", f"/fr/bulletins/{ID}/").text
        monkeypatch.setattr("tizim.app.clock", lambda: NOW + dt.timedelta(seconds=2))
        made.send(f"/en/held/{last.id}/", do="make_anew")
        assert {one.code for one in made.last().severe} == {"engine"}
    finally:
        made.app.close()


def test_a_version_of_a_text_that_was_corrected_is_not_mended(desk):
    """It would be right about what is told no more."""
    facts = {"facts": FACTS, "own": Own(title=NEWS.title, text="Nothing else."), "needs_second": True}
    desk.app.take_step(Correcting(bulletin=ID, number=4, by="Ann", at=NOW, reason="Shorter", **facts))
    desk.app.take_step(Approving(bulletin=ID, number=5, by="Ben", at=NOW))
    desk.app.take_step(Publishing(bulletin=ID, number=6, by="Ann", at=NOW))

    answer = desk.do(desk.french.id, do="mend", sentences={"3": RIGHT})

    assert (answer.status_code, "was changed since" in answer.text) == (400, True)
    assert 'name="take"' not in desk.ask("GET", desk.at).text


def test_the_commands_do_the_same(desk, monkeypatch, capsys):
    """By the numbers that the review prints."""
    monkeypatch.setenv("TIZIM_HOME", str(desk.app.settings.home))
    for name in ("REGISTER_URL", "MAIN_LANGUAGE"):
        monkeypatch.delenv(f"TIZIM_{name}", raising=False)

    def run(*arguments):
        try:
            main(["bulletin", *arguments])
            code = 0
        except SystemExit as end:
            code = end.code or 0
        read = capsys.readouterr()
        return code, read.out + read.err

    review = run("review", desk.french.id)[1]
    (number,) = re.findall(r"! (\d+) number: ", review)
    seen = json.loads(run("review", desk.french.id, "--json")[1])["seen"]
    assert run("mend", desk.french.id, "--author", "Cy")[0] == 2
    assert run("hold", desk.french.id, "--author", "Cy", "--reason", "Later", "--seen", seen)[0] == 0
    code, said = run("mend", desk.french.id, "--author", "Cy", "--take", number, "--seen", seen)
    assert (code, "Cy came first" in said) == (2, True)

    code, said = run("mend", desk.french.id, "--author", "Cy", "--take", number, "--sentence", "3", RIGHT, "--json")

    assert code == 0
    assert (json.loads(said)["state"], json.loads(said)["mended"]["by"]) == ("checked", "Cy")
    assert "mended by Cy" in run("versions", ID)[1]
