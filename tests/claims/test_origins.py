"""Which tellings rest on one report, and where they disagree."""

from tests.claims.making import a_telling

from tizim.claims.origins import origins
from tizim.claims.points import points
from tizim.claims.tellings import Judged
from tizim.domain.claims import Standing

LONG = "The cabinet of the republic said in the evening that the movement is no longer on the list of banned groups. "


def bundles(*made):
    """Ids, by origin."""
    return [[one.id for one in bundle] for bundle in origins(made)]


def point(about, *made):
    """One of the questions."""
    return next((one for one in points(made) if one.about == about), None)


def test_copies_of_a_wire_are_one_origin():
    """Three outlets that have it from one agency's talk with one man are one witness."""
    first = a_telling("a", date="2023-12-29", chain=["Steppe Wire"], text="one")
    second = a_telling("b", date="2023-12-29", chain=["STEPPE WIRE", "Antara"], text="two")
    other = a_telling("c", date="2023-12-29", chain=["Other Wire"], text="three")

    assert bundles(first, second, other) == [["a", "b"], ["c"]]


def test_an_agency_that_speaks_again_on_another_day_is_another_origin():
    """A wire is a report, and not an agency."""
    first = a_telling("a", date="2023-12-29", chain=["Steppe Wire"])
    second = a_telling("b", date="2024-06-03", chain=["Steppe Wire"])

    assert bundles(first, second) == [["a"], ["b"]]


def test_a_statement_of_the_register_that_names_the_wire_is_of_the_same_origin():
    """The ledger holds what a paper had from the wire, and the paper's article was kept."""
    news = a_telling("a", date="2023-12-29", chain=["Kazinform"])
    held = a_telling("held", date="2023-12-29", announcer="A. Speaker, to Kazinform", news=False)
    apart = a_telling("apart", date="2023-12-29", announcer="A. Speaker", news=False)

    assert bundles(news, held, apart) == [["a", "held"], ["apart"]]


def test_near_equal_texts_and_equal_words_are_one_origin():
    """A story copied by another outlet is told once, with or without its own first line."""
    first = a_telling("a", text=LONG * 3)
    copied = a_telling("b", text=f"Our correspondent. {LONG * 3}")
    other = a_telling("c", text="A quite different story of another paper about the same evening in the capital.")

    assert bundles(first, copied, other) == [["a", "b"], ["c"]]


def test_one_address_is_one_origin_whatever_stands_behind_it():
    """Counters in an address make no other page."""
    first = a_telling("a", url="https://www.courier.example/x/?utm=1")
    held = a_telling("held", url="http://courier.example/x", news=False)

    assert bundles(first, held) == [["a", "held"]]


def test_statements_of_the_register_are_told_apart_as_they_were_entered():
    """Who entered two statements meant two."""
    one = a_telling("a", announcer="to Kazinform", news=False)
    other = a_telling("b", announcer="to Kazinform", news=False)

    assert bundles(one, other) == [["a"], ["b"]]


def test_days_of_one_kind_that_cannot_be_one_contradict():
    """A month that holds the day agrees with it."""
    agree = point("date", a_telling("a", date="2005-03"), a_telling("b", date="2005-03-15"))
    differ = point("date", a_telling("a", date="2005-03"), a_telling("b", date="2015"))
    other_kind = point("date", a_telling("a", date="2025-06-23", role="decided"), a_telling("b", date="2025-07-07"))

    assert (agree.is_conflict, differ.is_conflict, other_kind.is_conflict) == (False, True, False)


def test_deciders_are_seen_to_differ_within_one_script_only():
    """A name in another script may be the same body."""
    differ = point("decider", a_telling("a", decider="Supreme Court"), a_telling("b", decider="Government"))
    other_script = point("decider", a_telling("a", decider="Supreme Court"), a_telling("b", decider="ستره محکمه"))
    same = point("decider", a_telling("a", decider="Supreme Court"), a_telling("b", decider="supreme court (judge N.)"))

    shorter = point("decider", a_telling("a", decider="Kazakhstan"), a_telling("b", decider="Government of Kazakhstan"))

    found = [one.is_conflict for one in (differ, other_script, same, shorter)]
    assert found == [True, False, False, False]
    assert len(other_script.answers) == 2


def test_planned_before_and_done_after_is_no_contradiction():
    """What was planned in May and done in June happened as told."""
    done = a_telling("a", date="2024-06-03", published="2024-06-04")
    before = a_telling("b", modality="planned", published="2024-05-27")
    after = a_telling("c", modality="planned", published="2024-06-05")

    assert not point("modality", done, before).is_conflict
    assert point("modality", done, after).is_conflict


def test_a_denial_contradicts():
    """Said to be done, and denied the day after."""
    done = a_telling("a", date="2024-06-03", published="2024-06-04")

    assert point("modality", done, a_telling("b", modality="denied", published="2024-06-05")).is_conflict


def test_what_is_wrong_rejected_or_set_aside_is_not_asked():
    """It stays in sight, and nothing is weighed by it."""
    dismissed = [
        Judged(standing=standing, author="a", reason="r", at=None)
        for standing in (Standing.REJECTED, Standing.SET_ASIDE)
    ]
    one = a_telling("a", date="2005")
    rest = [a_telling("b", date="2015", judged=dismissed[0]), a_telling("c", date="2016", judged=dismissed[1]),
            a_telling("d", date="2017", news=False, wrong=True)]  # fmt: skip

    found = point("date", one, *rest)

    assert [answer.value for answer in found.answers] == ["2005"]
