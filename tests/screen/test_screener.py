import datetime as dt
import threading
import unicodedata

import pytest

from tizim.errors import BadInput
from tizim.match import ALGORITHM, MATCH_THRESHOLD, MATCHABLE, compare_names
from tizim.match.asking import _Known
from tizim.screen import Screener


def ids(matches):
    """Who was found, best first."""
    return [one.id for one in matches]


@pytest.mark.parametrize(
    ("query", "schema", "best"),
    [
        ("Vladimir Putin", "Person", "p1"),
        ("PUTIN, Vladimir", "Person", "p1"),
        ("ولادیمیر پوتین", "Person", "p1"),
        ("弗拉基米尔 普京", "Person", "p1"),
        ("Володимир Зеленський", "Person", "p2"),
        ("Acme Банк", "Company", "o1"),
        ("Putin Trading Limited", "Organization", "o2"),
        ("Ocean Star", "Vessel", "v1"),
        ("Ocean Star", "Airplane", "a1"),
    ],
)
def test_a_name_in_any_script_finds_its_entity_first(screener, query, schema, best):
    """What the list is for."""
    found = screener.match(query, schema)

    assert ids(found)[:1] == [best]


def test_a_match_carries_id_name_schema_score_order_and_explanation(screener):
    """All that an answer is made of."""
    (best, *_) = screener.match("Putin, Vladimir")

    assert (best.id, best.name, best.schema, best.score) == ("p1", "Vladimir Putin", "Person", 1.0)
    assert 0 < best.order < 1
    assert best.explain().score == best.score
    assert best.explain().algorithm == screener.algorithm == ALGORITHM
    assert "p1" in repr(best)


def test_an_entity_is_found_once_by_its_best_name(screener):
    """Two spellings of one entity are no two matches."""
    found = screener.match("Vladimir Putin", limit=50)

    assert ids(found).count("p1") == 1
    assert found[0].name == "Vladimir Putin"
    assert screener.match("Владимир Путин")[0].name == "Владимир Путин"


def test_matches_come_best_first_and_no_more_than_asked_for(screener):
    """The first is the one to look at first."""
    found = screener.match("Owen Example", limit=50)

    assert len(found) >= 3
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    for limit in range(4):
        assert ids(screener.match("Owen Example", limit=limit)) == ids(found)[:limit]


def test_matches_below_the_threshold_are_left_out(screener):
    """The threshold itself is in."""
    found = screener.match("Owen Example", limit=50)
    scores = sorted({one.score for one in found})

    for threshold in scores:
        kept = screener.match("Owen Example", limit=50, threshold=threshold)
        assert ids(kept) == [one.id for one in found if one.score >= threshold]
    assert screener.match("Owen Example", threshold=1.5) == []


def test_equal_scores_are_put_in_order_by_how_alike_the_names_are_written():
    """Namesakes score 1 alike; the one spelt like the query comes first, whatever the order of the list."""
    names = ["EXAMPLE OWEN", "example owen", "Owen-Example", "Owen Example", "OWEN EXAMPLE"]
    for listed in (names, names[::-1]):
        screener = Screener.build((name, "Person", [name]) for name in listed)

        found = screener.match("Owen Example", limit=5)

        assert {one.score for one in found} == {1.0}
        assert found[0].name == "Owen Example"
        assert [one.order for one in found] == sorted((one.order for one in found), reverse=True)


def test_of_tied_matches_the_best_ordered_stay_when_there_are_too_many():
    """The limit cuts the list after it was put in order."""
    screener = Screener.build(
        [(str(number), "Person", ["OWEN EXAMPLE"]) for number in range(4)] + [("x", "Person", ["Owen Example"])]
    )

    assert ids(screener.match("Owen Example", limit=1)) == ["x"]


def test_which_schemata_may_be_one_subject_decides_what_is_searched(screener):
    """A person is no ship; a legal entity may be either of two."""
    for schema, others in MATCHABLE.items():
        found = [
            one
            for name in ("Owen Example", "Ocean Star", "Acme Bank")
            for one in screener.match(name, schema, limit=50)
        ]
        assert {one.schema for one in found} <= others
    assert "l1" in ids(screener.match("Owen Example", "Person", limit=50))
    assert {"p3", "l1"} <= set(ids(screener.match("Owen Example", "LegalEntity", limit=50)))
    assert ids(screener.match("Ocean Star", "Vessel", limit=50)) == ["v1"]


@pytest.mark.parametrize("schema", list(MATCHABLE))
@pytest.mark.parametrize(
    "query", ["Owen Example", "Example Owen Holdings", "Acme Bank", "Fund 7", "Ocean Star", "Salman al-Tamimi"]
)
def test_a_match_has_the_very_score_that_comparing_the_two_names_gives(screener, schema, query):
    """One pair has one score, however it was found."""
    for one in screener.match(query, schema, limit=50):
        assert one.score == compare_names(query, one.name, schema)


def test_an_id_that_comes_twice_is_one_entity_with_the_names_of_both():
    """Rows of a list that carry one alias each."""
    screener = Screener.build(
        [("a", "Person", ["Owen Example"]), ("b", "Person", ["Jane Roe"]), ("a", "Person", ["Ivan Petrov"])]
    )

    assert len(screener) == 2
    assert screener.names == 3
    assert ids(screener.match("Ivan Petrov")) == ids(screener.match("Owen Example")) == ["a"]


def test_an_entity_is_compared_by_all_its_names_of_a_schema_that_may_be_meant():
    """One id may come with a company's name and a ship's: a question about a company is not answered by the ship's."""
    screener = Screener.build(
        [
            ("a", "Company", ["Owen Exemple Shipping"]),
            ("b", "Person", ["Jane Roe"]),
            ("a", "Vessel", ["Owen Example Shipping"]),
            ("a", "Company", ["Shipping of Owen Example"]),
        ]
    )

    for schema in ("Company", "LegalEntity", "Vessel"):
        (found,) = screener.match("Owen Example Shipping", schema)
        assert found.schema in MATCHABLE[schema]


def test_the_best_of_many_names_of_an_entity_counts():
    """Aliases that the index did not bring are compared too, once one of them is near."""
    aliases = [
        f"Osama {word}" for word in ("Laden", "Ladin", "Ladan", "Lawden", "Loden", "Ludin", "Lodan", "Leden", "Liden")
    ]
    screener = Screener.build([("o", "Person", [*aliases, "Osama bin Laden"])])

    (found,) = screener.match("Osama bin Laden", limit=1)

    assert (found.score, found.name) == (1.0, "Osama bin Laden")
    assert screener.match("Usama Ladn", limit=1)[0].score == max(
        compare_names("Usama Ladn", name) for name in [*aliases, "Osama bin Laden"]
    )


def test_a_name_that_comes_from_several_lists_has_one_score_wherever_it_stands():
    """What is compared once for all who have the name is told of each as if it had been compared alone."""
    names = ["Osama Ladin", "Usama Mohammed Ladin", "Ladin Usama"]
    screener = Screener.build([(f"p{at}", "Person", [*names, *names[: at % 3]]) for at in range(80)])

    found = screener.match("Usama Ladn", limit=100)

    assert len(found) == 80
    assert {one.score for one in found} == {max(compare_names("Usama Ladn", name) for name in names)}


def test_an_empty_screener_finds_nobody():
    """A list may have lost all its entries; asking it is no error."""
    for screener in (
        Screener.build([]),
        Screener.build([("a", "Person", [])]),
        Screener.build([("a", "Person", ["..."])]),
    ):
        assert screener.match("Owen Example") == []
        assert screener.match_many(["Owen Example", ""]) == [[], []]


def test_entities_may_come_from_a_generator_and_so_may_names():
    """A list of a million names need not be in memory twice."""
    screener = Screener.build((str(at), "Person", (name for name in ["Owen Example"])) for at in range(2))

    assert screener.names == 2


def test_many_names_are_matched_in_their_order(screener, told):
    """Each answer is that of asking alone."""
    names = ["Vladimir Putin", "", "Owen Example", "Vladimir Putin"]

    found = screener.match_many(names, limit=3, threshold=0.1)

    assert [told(one) for one in found] == [told(screener.match(name, limit=3, threshold=0.1)) for name in names]


# -- days ---------------------------------------------------------------------------------------------------

PERIODS = [("2001-01-25", "2005-03-01"), ("2010-01-01", "2010-01-02"), ("2020-06-01", None)]


@pytest.fixture(scope="module")
def dated():
    """One listed in three periods, one always, one never, one until 2005."""
    return Screener.build(
        [
            ("thrice", "Person", ["Owen Example"], {"periods": PERIODS}),
            ("always", "Person", ["Owen Example"]),
            ("never", "Person", ["Owen Example"], {"periods": []}),
            ("until", "Person", ["Owen Example"], {"periods": [(None, dt.date(2005, 1, 1))]}),
        ]
    )


@pytest.mark.parametrize(
    ("day", "there"),
    [
        ("2001-01-24", {"always", "until"}),
        ("2001-01-25", {"always", "until", "thrice"}),
        ("2004-12-31", {"always", "until", "thrice"}),
        ("2005-01-01", {"always", "thrice"}),
        ("2005-02-28", {"always", "thrice"}),
        ("2005-03-01", {"always"}),
        ("2010-01-01", {"always", "thrice"}),
        ("2010-01-02", {"always"}),
        ("2020-06-01", {"always", "thrice"}),
        ("9999-12-31", {"always", "thrice"}),
        ("0001-01-01", {"always", "until"}),
    ],
)
def test_only_those_listed_on_the_day_are_found(dated, day, there):
    """The first day of a period is in, its end is out."""
    assert set(ids(dated.match("Owen Example", as_of=day))) == there
    assert set(ids(dated.match("Owen Example", as_of=dt.date.fromisoformat(day)))) == there
    assert set(ids(dated.match_many(["Owen Example"], as_of=day)[0])) == there


def test_without_a_day_all_are_searched_whatever_their_periods(dated):
    """The undated question is about the whole list."""
    assert set(ids(dated.match("Owen Example"))) == {"thrice", "always", "never", "until"}


def test_those_not_listed_take_no_place_from_those_who_are():
    """A hundred namesakes delisted before must not push out the one who is listed."""
    entities = [
        (f"was{at}", "Person", ["Owen Example"], {"periods": [("2001-01-01", "2002-01-01")]}) for at in range(100)
    ]
    screener = Screener.build([*entities, ("is", "Person", ["Owen Exampel"])])

    assert ids(screener.match("Owen Example", limit=1, as_of="2024-01-01")) == ["is"]


# -- facts --------------------------------------------------------------------------------------------------


def test_facts_raise_and_lower_the_scores_of_names(screener):
    """Of two candidates the one with the other country falls behind."""
    plain = {one.id: one.score for one in screener.match("Vladimir Putyn", limit=50)}

    agreeing = screener.match("Vladimir Putyn", limit=50, facts={"birth_dates": "1952-10-07", "countries": "ru"})
    other = screener.match("Vladimir Putyn", limit=50, facts={"birth_dates": "1990-01-01", "countries": "fr"})

    assert {one.id: one.score for one in agreeing}["p1"] > plain["p1"]
    assert {one.id: one.score for one in other}["p1"] < plain["p1"]
    assert agreeing[0].explain().score == agreeing[0].score
    assert [one.what for one in agreeing[0].explain().facts] == [
        "the same day of birth, 1952-10-07",
        "the same country, ru",
    ]


def test_a_birth_date_alone_is_no_match(screener):
    """Thousands share it."""
    found = screener.match("Vladimir Kuznetsov", limit=50, facts={"birth_dates": "1952-10-07", "countries": "ru"})

    assert all(one.score < MATCH_THRESHOLD for one in found)


def test_facts_of_rows_with_one_id_are_joined():
    """Each row of a list may print another fact."""
    screener = Screener.build(
        [
            ("a", "Person", ["Owen Exampel"], {"birth_dates": "1965"}),
            ("a", "Person", [], {"countries": ["af"], "periods": [("2001-01-01", None)]}),
        ]
    )
    (found,) = screener.match("Owen Example", facts={"birth_dates": "1965", "countries": "af"})

    assert len(found.explain().facts) == 2
    assert screener.match("Owen Example", as_of="2000-01-01") == []


# -- bad input ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entity", "message"),
    [
        (("a", "Person"), r"entity 2 must be \(id, schema, \[names\]\)"),
        ("abc", "entity 2 must be"),
        (7, "entity 2 must be"),
        ((7, "Person", ["Owen"]), "the id of entity 2 must be text, not int"),
        (("a", "Thing", ["Owen"]), r"entity 2 \(a\) has the schema 'Thing': use one of Person"),
        (("a", ["Person"], ["Owen"]), "has the schema"),
        (("a", "Person", "Owen"), r"the names of entity 2 \(a\) must be a list of texts"),
        (("a", "Person", ["Owen", None]), "must be a list of texts"),
        (("a", "Person", None), "must be a list of texts"),
        (("a", "Person", ["Owen"], ["af"]), "the facts of entity 2"),
        (("a", "Person", ["Owen"], {"birthday": "1965"}), "entity a: no fact 'birthday'"),
        (
            ("a", "Person", ["Owen"], {"periods": [("2002-01-01", "2001-01-01")]}),
            "entity a: a period ends before it begins",
        ),
        (("a", "Person", ["Owen"], {"periods": ["2001"]}), "entity a: periods must be pairs"),
        (("a", "Person", ["Owen"], {"periods": 7}), "entity a: periods must be pairs"),
        (
            ("a", "Person", ["Owen"], {"periods": [("May", None)]}),
            "entity a: first wants a day such as 2024-06-03, not 'May'",
        ),
    ],
)
def test_an_entity_of_another_form_is_refused_by_its_number_or_id(entity, message):
    """In a list of a million the caller must know which."""
    with pytest.raises(BadInput, match=message):
        Screener.build([("ok", "Person", ["Jane Roe"]), entity])


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"name": None}, "the name must be text, not NoneType"),
        ({"name": b"Owen"}, "must be text, not bytes"),
        ({"schema": "Thing"}, "no schema 'Thing'"),
        ({"limit": -1}, "limit must be from 0 to 500, not -1"),
        ({"limit": 501}, "limit must be"),
        ({"as_of": "yesterday"}, "as_of wants a day such as 2024-06-03, not 'yesterday'"),
        ({"as_of": 7}, "as_of wants a day"),
        ({"facts": {"birthday": "1965"}}, "no fact 'birthday'"),
    ],
)
def test_a_question_of_another_form_is_the_callers_mistake(screener, asked, message):
    """Each names what was wrong."""
    with pytest.raises(BadInput, match=message):
        screener.match(**({"name": "Owen"} | asked))


BAD = {
    "empty": "",
    "blank": " " * 100_000,
    "punctuation": "!?.-" * 25_000,
    "bidi": "\u202e\u2066\u202c",
    "surrogate": "\udfff",
    "zero width": "\u200b\u200c\u200d\ufeff",
    "NUL": "\0",
    "emoji": "😀" * 1000,
    "marks": "\u0301" * 100_000,
}


@pytest.mark.parametrize("name", BAD.values(), ids=BAD)
def test_a_name_of_nothing_finds_nobody(screener, name):
    """It is an answer, and no error."""
    assert unicodedata.normalize("NFC", name) is not None
    for schema in MATCHABLE:
        assert screener.match(name, schema) == []


DISGUISED = {
    "look-alikes": "Vlаdimir Рutin",
    "zero width": "Vla\u200bdimir Pu\u200dtin",
    "bidi": "\u202eVladimir\u202c \u2067Putin\u2069",
    "NUL": "Vladimir\0 Pu\0tin",
    "surrogate": "Vladimir \ud800Putin",
    "emoji": "Vladimir 😀 Putin",
    "soft hyphen": "Vla\u00addimir Putin",
    "full width": "ＶＬＡＤＩＭＩＲ ＰＵＴＩＮ",
    "marks": "Vl\u0301ad\u0323imir Putin" + "\u0301" * 1000,
    "punctuation": "...Vladimir!!! Putin",
    "five thousand dots": "." * 5000 + "Vladimir Putin",
}


@pytest.mark.parametrize("name", DISGUISED.values(), ids=DISGUISED)
def test_a_name_in_disguise_still_finds_its_entity(screener, name):
    """What nobody sees must not hide anybody."""
    best = screener.match(name)[0]

    assert (best.id, best.score) == ("p1", 1.0)


LONG = {
    "letters": "abcdefghij" * 10_000,
    "marks": "Putin" + "\u0301\u0323" * 50_000,
    "words": "vladimir putin " * 6_700,
    "digits": "7" * 100_000,
    "mixed": "aбγ習ع" * 20_000,
    "legal forms": "ab " * 33_000,
    "bin": "bin " * 25_000,
}


@pytest.mark.parametrize("name", LONG.values(), ids=LONG)
@pytest.mark.parametrize("schema", list(MATCHABLE))
def test_a_name_of_a_hundred_thousand_characters_is_answered(screener, name, schema):
    """Whatever is found has a score, and the same as by comparing."""
    for one in screener.match(name, schema):
        assert 0 <= one.score <= 1
        assert one.score == compare_names(name, one.name, schema)


def test_listed_names_may_be_anything_a_string_can_hold(told):
    """Lists have errors too; one bad name must not spoil the rest."""
    screener = Screener.build(
        [("bad", "Person", [*BAD.values(), *LONG.values(), *DISGUISED.values()]), ("ok", "Person", ["Owen Example"])]
    )

    assert ids(screener.match("Owen Example"))[0] == "ok"
    assert screener.match(LONG["letters"])[0].id == "bad"


def test_words_that_nothing_is_like_do_not_fill_the_memory(screener, monkeypatch):
    """What was asked before is remembered, up to a number of words."""
    monkeypatch.setattr("tizim.match.asking._MOST_KNOWN", 100)
    searcher = screener._searcher
    monkeypatch.setattr(searcher, "_known", _Known())

    for number in range(500):
        screener.match(f"qxz{number:b}".replace("0", "v").replace("1", "w"))
        assert len(searcher._known.places) <= 100 + 16


# -- threads ------------------------------------------------------------------------------------------------


def test_four_threads_get_the_answers_that_one_gets(screener, told):
    """A screener is shared by all who ask at the same time."""
    names = [
        "Vladimir Putin",
        "Owen Example",
        "Salman bin Ahmed",
        "Acme",
        "Володимир Зеленський",
        "Jane Roe",
        "",
        "Tamimi Salman",
        "Exemple",
    ]
    expected = [told(screener.match(name, limit=10)) for name in names]
    fresh = Screener(screener._stored)
    wrong, start = [], threading.Barrier(4)

    def ask(turn):
        start.wait()
        for _ in range(30):
            turned = (*range(turn, len(names)), *range(turn))
            wrong.extend(names[at] for at in turned if told(fresh.match(names[at], limit=10)) != expected[at])

    threads = [threading.Thread(target=ask, args=(turn,)) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
