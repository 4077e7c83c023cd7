"""An article becomes documents: its bytes, and each reading of it."""

import msgspec
import pytest
from tests.claims.making import JUNE, OUTLETS, an_app, an_article, claim, december, december_in_french

from tizim.answer.times import Asked
from tizim.claims.asking import by_article, claimed
from tizim.errors import BadInput, SourceRefused
from tizim.sources import news
from tizim.sources.news import Reader
from tizim.sources.news.map import likeness, sketch

DELISTED = "Kazakhstan has struck the Taliban off its register"


@pytest.fixture
def app(tmp_path):
    """An empty register."""
    made = an_app(tmp_path / "home", starter=False)
    yield made
    made.close()


def told(app, **times):
    """The ids and standings of all claims known."""
    with app.asking(Asked(**times)) as (view, at):
        found = claimed(view, at)
        return {one.id: one for act in found.acts for one in act.group.news}


def test_an_article_is_archived_chained_and_known_by_its_facts(app):
    """Its bytes are proved like those of any official document."""
    taken = december()

    kept = app.keep_article(taken)

    assert kept.outcome == "kept"
    assert app.archive.get(kept.sha256) == OUTLETS.encode()
    assert not app.existing().verify().faults
    with app.existing().view() as view:
        docs = {doc.sha256: doc for doc in view.documents()}
    article, reading = docs[kept.sha256], docs[kept.reading]
    assert (article.source, article.title, article.day.isoformat()) == ("news", "Off the register", "2023-12-30")
    assert article.url == "https://courier.example/a?utm=1"
    assert (reading.source, reading.held) == ("news/readings", True)
    found = next(iter(told(app).values()))
    assert (found.article.outlet, found.article.language, found.article.reader) == ("Port Courier", "en", "rules")


def test_a_machine_made_version_is_told_as_one(app):
    """The notice at the foot of the page is part of what is known of its claims."""
    app.keep_article(december_in_french())

    (one,) = told(app).values()

    assert one.article.machine_translated == "Version traduite automatiquement."
    assert one.source_class.name == "machine translation of press"


def test_each_claim_is_anchored_in_the_text(app):
    """Whoever doubts a claim finds the words."""
    kept = app.keep_article(december())

    reading = news.decode(app.archive.get(kept.reading), "reading")

    assert [one.evidence for one in reading.claims] == [OUTLETS[one.start : one.end] for one in reading.claims]
    for one in told(app).values():
        (quote,) = one.quotes
        assert quote.text == OUTLETS[quote.start : quote.end]


def test_a_reading_whose_words_are_not_in_its_text_is_refused(app):
    """Nobody can put words into an article."""
    made = december().reading
    forged = msgspec.structs.replace(made.claims[0], evidence="Kazakhstan has listed the Taliban")

    with pytest.raises(BadInput, match="does not have its evidence"):
        msgspec.structs.replace(made, claims=(forged,)).checked()
    data = news.encode(msgspec.structs.replace(made, claims=(forged,)))
    with pytest.raises(SourceRefused, match="claim 1"):
        news.SOURCE.read(data, "forged.json")


def test_an_article_kept_as_a_reading_is_refused_with_what_to_do():
    """A journalist tries `tizim keep news`."""
    with pytest.raises(SourceRefused, match="tizim read FILE --keep"):
        news.SOURCE.read(b"<html>News</html>", "page.html")


def test_a_story_told_twice_adds_nothing(app):
    """The same bytes, read by the same reader, are held already."""
    app.keep_article(december())
    head = app.existing().head()

    again = app.keep_article(december())

    assert (again.outcome, again.reading) == ("unchanged", "")
    assert app.existing().head() == head


def test_a_near_copy_is_another_document_and_the_same_story(app):
    """Another outlet prints the wire's words: one more sighting, and no second witness."""
    long = f"{OUTLETS} {OUTLETS.replace('Friday', 'that day')}"
    first = an_article(long, [claim(long, DELISTED)], title="One")
    copy = an_article(f"By our staff. {long}", [claim(f"By our staff. {long}", DELISTED)], title="Two")
    app.keep_article(first)

    kept = app.keep_article(copy)

    assert kept.copies == ("One",)
    with app.asking(Asked()) as (view, at):
        (act,) = claimed(view, at).acts
    assert len(act.group.news) == 2
    assert len(act.group.origins) == 1


def test_a_story_without_claims_says_so(app):
    """That somebody looked and found none is known too."""
    kept = app.keep_article(an_article("The club was taken off the list of the league.", []))

    assert (kept.outcome, kept.claims) == ("kept", 0)
    assert told(app) == {}
    with app.asking(Asked()) as (view, at):
        assert claimed(view, at).articles == 1


def test_a_newer_reader_adds_and_ends_statements_and_leaves_the_rest(app):
    """The same claim is the same statement, wherever in the text a newer reader finds it."""
    first = an_article(OUTLETS, [
        claim(OUTLETS, DELISTED), claim(OUTLETS, "is not on the Security Council's lists", whose="un",
                                        action="not_listed", modality="stated"),
    ])  # fmt: skip
    second = an_article(
        OUTLETS,
        [claim(OUTLETS, "struck the Taliban off its register of terrorist groups"),
         claim(OUTLETS, "Aibek Smadiyarov", action="suspend")],
        reader=Reader(name="rules", version="2"),
    )  # fmt: skip
    app.keep_article(first)
    before = told(app)
    moment = app.existing().head().time

    app.keep_article(second)

    after = told(app)
    delisted = {ident for ident, one in before.items() if one.reported.action == "delist"}
    assert delisted == {ident for ident, one in after.items() if one.reported.action == "delist"}
    assert {one.reported.action.value for one in after.values()} == {"delist", "suspend"}
    assert after[delisted.pop()].quotes[0].text.startswith("struck the Taliban")
    assert {one.article.version for one in after.values()} == {"2"}
    assert told(app, known_at=moment.isoformat()).keys() == before.keys()


def test_a_newer_reading_without_claims_ends_them_all(app):
    """A reader that learned that it was about football takes its claims back."""
    app.keep_article(an_article(OUTLETS, [claim(OUTLETS, DELISTED)]))

    app.keep_article(an_article(OUTLETS, [], reader=Reader(name="rules", version="2")))

    assert told(app) == {}


def test_two_readers_of_one_article_stand_side_by_side(app):
    """What a model read does not take away what the rules read."""
    app.keep_article(an_article(OUTLETS, [claim(OUTLETS, DELISTED)]))
    app.keep_article(
        an_article(OUTLETS, [claim(OUTLETS, DELISTED, decider="the court")], reader=Reader(name="a model", version="7"))
    )

    assert sorted(one.article.reader for one in told(app).values()) == ["a model", "rules"]
    with app.asking(Asked()) as (view, at):
        (act,) = claimed(view, at).acts
    assert len(act.group.origins) == 1


def test_the_claims_of_an_article_are_found_by_its_hash(app):
    """The page of the document shows them in the order of the text."""
    kept = app.keep_article(december())

    with app.asking(Asked()) as (view, at):
        by_bytes = [one.reported.action.value for one in by_article(view, at, kept.sha256)]
        by_reading = [one.reported.action.value for one in by_article(view, at, kept.reading)]

    assert by_bytes == by_reading == ["delist", "not_listed"]


def test_a_hostile_text_is_kept_as_it_is_and_shown_with_care(app):
    """Null characters and halves of signs break no store, and move no place."""
    text = f"\0\ud800 {JUNE} \ud83d <script>alert(1)</script>"
    taken = an_article(text, [claim(text, f"{text[:40]}")], title="\0\udfff")

    app.keep_article(taken)

    (one,) = told(app).values()
    assert one.quotes[0].start == 0
    assert "\0" not in one.quotes[0].text


def test_a_claim_outside_the_text_is_refused():
    """A reader that counts wrong is told so, and nothing is kept."""
    wrong = {**claim(OUTLETS, DELISTED), "end": 10_000}

    with pytest.raises(BadInput, match="claim 1"):
        an_article(OUTLETS, [wrong])


def test_an_action_or_modality_that_the_register_has_no_word_for_is_a_plain_statement():
    """A reader may learn new words; what they mean for a listing is for people to say."""
    taken = an_article(OUTLETS, [claim(OUTLETS, DELISTED, action="recognise", modality="hoped")])

    (found,) = taken.reading.claims
    assert (found.claim.action.value, found.claim.modality.value) == ("statement", "stated")


def test_the_published_basis_counts_an_article_from_its_own_day(app):
    """What was published in December was out in January, whenever it was kept."""
    app.keep_article(december())

    assert told(app, known_at="2023-12-29", basis="published") == {}
    assert len(told(app, known_at="2023-12-30", basis="published")) == 2
    assert told(app, known_at="2024-01-01", basis="recorded") == {}


def test_texts_are_alike_in_any_script():
    """Near copies are told by pieces, and not by words that a script may not part."""
    assert likeness(sketch(JUNE * 2), sketch(f"{JUNE}{JUNE}۱۲")) > 0.5
    assert likeness(sketch(JUNE * 2), sketch(OUTLETS)) == 0
    assert likeness(sketch("short"), sketch("short")) == 0
