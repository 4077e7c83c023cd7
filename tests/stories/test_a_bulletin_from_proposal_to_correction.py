"""Kazakhstan's delisting of the Taliban as a bulletin: proposed, drafted, approved, published, corrected, read."""

import json
import shutil

import pytest
from tests.newsroom_made import Newsroom

from tizim.cli import main

ID = "2023-12-20-kz-list-taliban"


@pytest.fixture
def newsroom(filled, tmp_path, monkeypatch, capsys):
    """A register filled from the starter."""
    shutil.copytree(filled, tmp_path / "home")
    made = Newsroom(tmp_path / "home", monkeypatch, capsys)
    yield made
    made.app.close()


def test_the_delisting_of_the_taliban_from_proposal_to_correction(newsroom):
    """One story, from what the register has of it to what readers read in four languages."""
    (proposed,) = newsroom.json("propose", "--since", "2023-12-01", "--list", "kz-list")
    assert proposed["id"] == ID
    assert proposed["facts"]["when"] == "2015-11-02/2023-12-20"
    assert proposed["facts"]["day_disputed"]
    assert {one["date"] for one in proposed["facts"]["told"]} == {"2023-12-20", "2023-12-29"}
    assert {one["announced_by"] for one in proposed["facts"]["also"]} >= {"President Tokayev"}
    assert "no act has been seen" in proposed["title"]

    assert newsroom.json("draft", ID, "--author", "Ann")["state"] == "draft"
    assert newsroom.site.get(f"/en/bulletins/{ID}/").status_code == 404
    assert newsroom("approve", ID, "--author", "ann")[0] == 2
    assert newsroom.json("approve", ID, "--author", "Ben")["state"] == "approved"
    assert newsroom.site.get(f"/en/bulletins/{ID}/").status_code == 404
    assert newsroom.json("publish", ID, "--author", "Ann")["state"] == "published"
    published_at = newsroom.now
    assert newsroom.json("propose", "--since", "2023-12-01", "--list", "kz-list") == []

    english = newsroom.read(f"/en/bulletins/{ID}/")
    assert english.startswith(f"Bulletin · by template · {ID}")
    assert "Filled in by template from the register's facts of 22 November 2026, approved by Ben" in english
    assert "Taliban was taken off" in english
    assert "between 2 November 2015 and 20 December 2023" in english
    assert "Sources disagree about the day: 20 December 2023" in english
    assert "document not held here" in english

    dari, french, indonesian = (newsroom.read(f"/{code}/bulletins/{ID}/") for code in ("prs", "fr", "id"))
    assert "طالبان" in dari
    assert "۲۹ قوس ۱۴۰۲ (۲۰ دسمبر ۲۰۲۳)" in dari
    assert "20 décembre 2023" in french
    assert "20 Desember 2023" in indonesian

    draft = newsroom.app.settings.home / "text.txt"
    draft.write_text("It ended, by all accounts, by then.\n\nNobody has shown an act.", encoding="utf-8")
    corrected = newsroom.json(
        "correct", ID, "--author", "Ann", "--reason", "Said in plainer words", "--title", "Kazakhstan and the Taliban",
        "--text", str(draft),
    )  # fmt: skip
    assert corrected["state"] == "correction drafted"
    assert "plainer words" not in newsroom.read(f"/en/bulletins/{ID}/")
    newsroom.json("approve", ID, "--author", "Ben")
    assert newsroom.json("publish", ID, "--author", "Ben")["state"] == "corrected"

    english = newsroom.read(f"/en/bulletins/{ID}/")
    assert english.startswith(
        f"Bulletin · original · {ID} Kazakhstan and the Taliban Original: written by Ann, approved"
    )
    assert "Nobody has shown an act." in english
    assert "The reason given: Said in plainer words" in english
    assert "An editor's own text took the place of the one made by template." in english
    assert "As first published, on 22 November 2026 Taliban was taken off" in english
    for code in ("prs", "fr", "id"):
        other = newsroom.read(f"/{code}/bulletins/{ID}/")
        assert "Said in plainer words" in other
        assert "Nobody has shown an act." not in other

    before = published_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    then = newsroom.read(f"/en/bulletins/{ID}/?known_at={before}")
    assert "Kazakhstan and the Taliban Original" not in then
    assert "Since then this bulletin was corrected or withdrawn." in then


def test_a_bulletin_is_linked_from_where_one_looks_for_it(newsroom):
    """Home, the subject, the list and the decision that it is about."""
    newsroom("draft", ID, "--author", "Ann")
    for address in ("/en/", "/en/subjects/taliban/", "/en/lists/kz-list/", "/en/bulletins/"):
        assert ID not in newsroom.site.get(address).text
    newsroom("approve", ID, "--author", "Ben")
    newsroom("publish", ID, "--author", "Ann")

    for address in ("/en/", "/en/subjects/taliban/", "/en/lists/kz-list/", "/en/bulletins/", "/en/bulletins.json"):
        assert f"/en/bulletins/{ID}/" in newsroom.site.get(address).text, address
    assert ID not in newsroom.site.get("/en/lists/ru-fed/").text
    assert ID not in newsroom.site.get("/en/bulletins/?as_of=2010-01-01").text  # it had not happened
    assert ID not in newsroom.site.get("/en/bulletins/?known_at=2026-11-21").text  # it was not published


def test_a_decision_entered_here_has_its_bulletin_and_a_correction_of_it_makes_no_second_one(newsroom):
    """The decision is corrected, so the bulletin is."""
    enter = ["decide", "delist", "Лашкар-и-Тайба", "--list", "kz-list", "--author", "Ann"]
    main([*enter, "--act", "judgment No. 7", "--effective", "2026-11-02", "--body", "High Court", "--json"])
    decision = json.loads(newsroom._capsys.readouterr().out)["id"]
    (proposed,) = newsroom.json("propose", "--since", "2026-11-01", "--list", "kz-list")
    own = proposed["id"]
    assert (proposed["facts"]["when"], proposed["facts"]["decision"]) == ("2026-11-02", decision)
    assert "no act has been seen" not in proposed["title"]
    for step in (("draft", "Ann"), ("approve", "Ben"), ("publish", "Ann")):
        newsroom.json(step[0], own, "--author", step[1])
    assert f"/en/bulletins/{own}/" in newsroom.site.get("/en/decisions/").text
    assert f"as decision {decision}" in newsroom.read(f"/en/bulletins/{own}/")

    main(
        [*enter, "--act", "judgment No. 7", "--effective", "2026-11-12", "--body", "High Court", "--corrects", decision]
    )
    newsroom._capsys.readouterr()

    assert newsroom.json("propose", "--since", "2026-11-01", "--list", "kz-list") == []
    newsroom.json("correct", own, "--author", "Ann", "--reason", "The decision was corrected")
    newsroom.json("approve", own, "--author", "Ben")
    newsroom.json("publish", own, "--author", "Ann")
    page = newsroom.read(f"/en/bulletins/{own}/")
    assert "The day is now read as 12 November 2026, before as 2 November 2026." in page
    assert "1 statement that it rested on does not stand any more." in page


def test_two_copies_that_differ_have_a_bulletin_that_says_no_more_than_they_do(newsroom):
    """Four entries came to the list of Sudan between two copies; nobody is told to have been delisted."""
    found = newsroom.json("propose", "--since", "2026-02-01", "--list", "un-1591")
    assert [one["id"] for one in found] == ["2026-02-27-un-1591-copies"]
    assert found[0]["facts"]["came"]["count"] == 4
    for step in (("draft", "Ann"), ("approve", "Ben"), ("publish", "Ann")):
        newsroom.json(step[0], found[0]["id"], "--author", step[1])

    page = newsroom.read("/en/bulletins/2026-02-27-un-1591-copies/")

    assert "4 entries came:" in page
    assert "the copy of 10 December 2025 and the copy of 27 February 2026" in page
    assert "taken off" not in page


def test_a_withdrawn_bulletin_says_when_and_why_and_nothing_else(newsroom):
    """And its act may have a bulletin again, under an id of its own."""
    for step in (("draft", "Ann"), ("approve", "Ben"), ("publish", "Ann")):
        newsroom.json(step[0], ID, "--author", step[1])
    assert newsroom.json("withdraw", ID, "--author", "Ben", "--reason", "Of another country")["state"] == "withdrawn"

    page = newsroom.read(f"/en/bulletins/{ID}/")

    assert "Of another country" in page
    assert "Taliban was taken off" not in page
    assert "withdrawn 22 November 2026" in newsroom.read("/en/bulletins/")
    assert ID not in newsroom.site.get("/en/subjects/taliban/").text
    (again,) = newsroom.json("propose", "--since", "2023-12-01", "--list", "kz-list")
    assert again["id"] == f"{ID}-delisted"
    assert newsroom.json("draft", again["id"], "--author", "Ann")["state"] == "draft"


def test_a_name_that_is_withheld_is_not_told_by_a_bulletin_either(newsroom):
    """The value leaves the register for good; the page of the bulletin then has a mark in its place."""
    newsroom("draft", "2026-02-27-un-1591-copies", "--author", "Ann")
    newsroom("approve", "2026-02-27-un-1591-copies", "--author", "Ben")
    newsroom("publish", "2026-02-27-un-1591-copies", "--author", "Ann")
    name = "TIJANI IBRAHIM MOUSSA MOHAMED"
    assert name in newsroom.read("/en/bulletins/2026-02-27-un-1591-copies/")
    came = newsroom.json("show", "2026-02-27-un-1591-copies")["published"]["facts"]["came"]["named"]
    subject = next(one["subject"] for one in came if one["name"] == name)
    main(["history", subject, "--statements", "--json"])
    statements = json.loads(newsroom._capsys.readouterr().out)["records_say"]
    own = next(one["statement"] for one in statements if one["value"] == name)

    main(["withhold", own, "--author", "Ann", "--ground", "to show it", "--scope", "subject"])

    page = newsroom.read("/en/bulletins/2026-02-27-un-1591-copies/")
    assert name not in page
    assert "(withheld)" in page


def test_a_register_speaks_its_main_language(newsroom, monkeypatch):
    """What an editor wrote stands there alone; all other versions say which language counts."""
    monkeypatch.setenv("TIZIM_MAIN_LANGUAGE", "fr")
    text = newsroom.app.settings.home / "texte.txt"
    text.write_text("Un texte de la rédaction.", encoding="utf-8")
    newsroom.json("draft", ID, "--author", "Ann", "--title", "Le Kazakhstan et les talibans", "--text", str(text))
    newsroom.json("approve", ID, "--author", "Ben")
    newsroom.json("publish", ID, "--author", "Ann")

    french, english = (newsroom.read(f"/{code}/bulletins/{ID}/") for code in ("fr", "en"))

    assert "Un texte de la rédaction." in french
    assert "Un texte de la rédaction." not in english
    assert "The main language is français; if versions differ, that one counts." in english


def test_foreign_text_of_an_editor_is_inert(newsroom):
    """Who writes for a register writes no markup into its pages."""
    text = newsroom.app.settings.home / "text.txt"
    text.write_text("<script>alert(1)</script>\n\nGood \u202eevil", encoding="utf-8")
    newsroom.json("draft", ID, "--author", '"><b>Ann', "--title", '" onmouseover="x', "--text", str(text))
    newsroom.json("approve", ID, "--author", "Ben")
    newsroom.json("publish", ID, "--author", "Ann")
    newsroom.json("correct", ID, "--author", "Ann", "--reason", "<img src=x>", "--by-template")
    newsroom.json("approve", ID, "--author", "Ben")
    newsroom.json("publish", ID, "--author", "Ann")

    page = newsroom.site.get(f"/en/bulletins/{ID}/").text

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<b>Ann" not in page
    assert 'onmouseover="x' not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page
