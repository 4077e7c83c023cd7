"""Proposals over a whole register, those that a threshold takes, and what a new document costs."""

import datetime as dt

import msgspec
import pytest
from tests.makers import NOON
from tests.resolve.makers import LATER, a_table, an_entry_of, by, judge, record

from tizim.answer.subjects import Clusters
from tizim.errors import NotFound
from tizim.resolve.propose import MATCHER, accepted, judgements_of, propose
from tizim.resolve.since import moment_of, told_since

FRONT = ("a-list:1", "b-list:7")
RUDOLF = ("a-list:2", "b-list:8")


def proposed(register, as_of=LATER, **asked):
    """The proposals of a register."""
    with register.view() as view:
        return propose(view, as_of, **asked)


def pairs(found):
    """Their two sides."""
    return [(one.left.subject, one.right.subject) for one in found]


def verdicts(found):
    """What is proposed of each pair."""
    return {(one.left.subject, one.right.subject): one.judgement for one in found}


def the(found, pair):
    """The one about a pair."""
    return next(one for one in found if (one.left.subject, one.right.subject) == pair)


def test_subjects_of_like_names_on_different_lists_are_proposed_once(register):
    """Both sides are looked up; a person wants to see a pair once."""
    found = pairs(proposed(register))

    assert {FRONT, RUDOLF} <= set(found)
    assert len(found) == len(set(found))
    assert all(left < right for left, right in found)


def test_a_proposal_says_what_it_rests_on(register):
    """Whoever judges must not have to look for the grounds."""
    one = the(proposed(register), RUDOLF)

    assert one.judgement == "same"
    assert one.author == MATCHER
    assert one.left.lists == ("a-list",)
    assert "the names “Rudolf Rassendyll” and “RASSENDYLL, Rudolf” score 1.000" in one.grounds
    assert "the same day of birth, 1861-05-04" in one.grounds


def test_what_speaks_against_it_is_said_too(register, clock):
    """A score hides a contradiction; words do not."""
    register.append(
        a_table("d-list", an_entry_of("d-list", "1", "Rudolf Rassendyll", kind="person", born="1899")), clock
    )

    one = the(proposed(register, least=0), ("a-list:2", "d-list:1"))

    assert "against it: born 38 years apart, 1861-05-04 and 1899" in one.grounds


def test_two_entries_of_one_publisher_are_two(register):
    """Whoever keeps a list has told them apart; the names of the third list are as alike as names can be."""
    assert ("c-list:x", "c-list:y") not in pairs(proposed(register, least=0))


def test_of_two_entries_that_are_as_near_none_is_proposed_as_the_same(register):
    """Taking either would be a guess."""
    found = proposed(register)

    assert the(found, ("a-list:2", "c-list:x")).judgement == "unsure"
    assert "are both as near to it" in the(found, ("a-list:2", "c-list:x")).grounds


def test_one_likeness_of_an_alias_is_not_enough(register, clock):
    """Short aliases of strangers are like each other by chance."""
    register.append(a_table("d-list", an_entry_of("d-list", "1", "Elphberg Metal Works", "Strelsau Shiping")), clock)
    register.append(a_table("e-list", an_entry_of("e-list", "1", "Hentzau Bakery", "Strelsau Shipping")), clock)

    one = the(proposed(register), ("d-list:1", "e-list:1"))

    assert one.score > 0.7
    assert one.judgement == "unsure"


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_what_was_judged_is_not_proposed_again(register, clock, verdict):
    """A question that has an answer is closed."""
    judge(register, clock, *FRONT, verdict)

    assert FRONT not in pairs(proposed(register))


def test_what_was_judged_unsure_comes_last_with_whose_word_it_is(register, clock):
    """It may be looked at again, once all others are done."""
    judge(register, clock, *FRONT, "unsure")

    last = proposed(register)[-1]

    assert (last.left.subject, last.right.subject) == FRONT
    assert (last.judgement, last.author) == ("unsure", "A. Person")


def test_a_pair_is_proposed_again_to_whoever_asks_as_known_before_the_judgement(register, clock):
    """What was known then does not change."""
    before = clock()
    judge(register, clock, *FRONT, "same")

    assert FRONT in pairs(proposed(register, by(before)))


def test_a_subject_is_known_by_the_names_of_then(register, clock):
    """A name that a later document brought proposes nothing before it."""
    before = clock()
    register.append(a_table("d-list", an_entry_of("d-list", "1", "Strelsau Shipping Company")), clock)

    assert ("a-list:3", "d-list:1") not in pairs(proposed(register, by(before)))
    assert ("a-list:3", "d-list:1") in pairs(proposed(register))


def test_a_list_limits_who_is_looked_up(register):
    """An auditor asks about one list, among all."""
    found = proposed(register, lists=["b-list"])

    assert pairs(found)
    assert all(any(side.lists == ("b-list",) for side in (one.left, one.right)) for one in found)


def test_a_list_that_there_is_not_is_refused_by_name(register):
    """A slip must not be answered with silence."""
    with pytest.raises(NotFound, match="z-list"):
        proposed(register, lists=["z-list"])


def test_a_few_subjects_get_the_proposals_that_they_have_among_all(register):
    """Looking up less must not change what is found of it, nor the judgement proposed."""
    every = verdicts(proposed(register))

    for subject in ("a-list:1", "a-list:2", "b-list:8", "c-list:x"):
        some = verdicts(proposed(register, subjects={subject}))

        assert some == {pair: verdict for pair, verdict in every.items() if subject in pair}, subject


def test_progress_reaches_its_end(register):
    """A bar that stops short looks like a fault."""
    told = []

    proposed(register, progress=lambda *step: told.append(step))

    assert told[-1][1] == told[-1][2]


# -- what came since --------------------------------------------------------------------------------


def since(register, moment):
    """Of whom anything was told since."""
    with register.view() as view:
        return told_since(view, moment, LATER)


def test_a_new_copy_tells_of_those_of_whom_it_says_something_new(register, clock):
    """A copy of ten thousand rows with one new name costs one look."""
    moment = clock()
    register.append(
        a_table(
            "b-list",
            an_entry_of("b-list", "7", "Фронт освобождения Зенды"),
            an_entry_of("b-list", "8", "RASSENDYLL, Rudolf", "Rudolf V", kind="person", born="1861-05-04"),
            an_entry_of("b-list", "9", "Rupert of Hentzau", kind="person"),
            day="2024-02-01",
        ),
        clock,
    )

    assert since(register, moment) == {"b-list:8", "b-list:9"}


def test_a_new_list_tells_of_all_its_subjects(register, clock):
    """There is nothing to compare it with."""
    moment = clock()
    register.append(a_table("d-list", an_entry_of("d-list", "1", "Black Michael", kind="person")), clock)

    assert since(register, moment) == {"d-list:1"}


def test_an_older_copy_that_came_late_tells_of_names_that_no_newer_one_has(register, clock):
    """An archive that is filled afterwards brings names as well."""
    moment = clock()
    register.append(a_table("b-list", an_entry_of("b-list", "7", "Zenda Front"), day="2023-01-01"), clock)

    assert since(register, moment) == {"b-list:7"}


def test_judgements_tell_of_nobody(register, clock):
    """Who is who adds no name."""
    moment = clock()
    judge(register, clock, *FRONT, "same")

    assert since(register, moment) == frozenset()


def test_a_row_of_the_register_stands_for_the_moment_of_its_document(register):
    """Whoever kept a head knows a row; whoever kept a diary knows a day."""
    with register.view() as view:
        rows = [doc.id for doc in view.documents()]
        moments = [moment_of(view, row) for row in rows]

        assert moment_of(view, 0) < min(moments)
        assert told_since(view, moment_of(view, max(rows)), LATER) == frozenset()
        assert told_since(view, moment_of(view, 0), LATER) == set(view.all_subjects())


# -- taking proposals -------------------------------------------------------------------------------


def test_a_threshold_takes_what_is_proposed_as_the_same(register):
    """Unsure is unsure at any score."""
    found = proposed(register)

    assert set(pairs(accepted(found, 0.9))) == {pair for pair, verdict in verdicts(found).items() if verdict == "same"}
    assert accepted([msgspec.structs.replace(one, score=0.89) for one in found], 0.9) == []


def test_a_chain_that_would_make_one_of_two_entries_of_a_list_is_not_taken_whole(register):
    """Each step looks well, and the whole is wrong: the weakest link is left to a person."""
    found = proposed(register)
    one = the(found, RUDOLF)
    first = msgspec.structs.replace(the(found, ("a-list:2", "c-list:x")), judgement="same", score=0.99)
    second = msgspec.structs.replace(the(found, ("b-list:8", "c-list:y")), judgement="same", score=0.95)

    taken = accepted([second, one, first], 0.9)

    assert pairs(taken) == [RUDOLF, ("a-list:2", "c-list:x")]


def test_a_chain_past_a_judgement_of_different_is_not_taken_whole(register, clock):
    """What a person said of two holds for what a machine makes of them by way of a third."""
    judge(register, clock, "b-list:8", "c-list:x", "different")
    found = proposed(register)
    one = the(found, RUDOLF)
    other = msgspec.structs.replace(the(found, ("a-list:2", "c-list:x")), judgement="same", score=0.95)

    assert pairs(accepted([one, other], 0.9)) == [RUDOLF]


def test_judgements_say_whose_they_are_and_by_what(register, clock):
    """A machine's judgement must never pass for a person's."""
    found = accepted(proposed(register), 0.9)

    made = judgements_of(found, MATCHER, "accepted at 0.9", NOON)
    record(register, clock, made)

    assert (made.author, made.method, made.at) == (MATCHER, "accepted at 0.9", NOON)
    assert made.judgements[0].grounds == found[0].grounds
    with register.view() as view:
        _, ties = Clusters(view, LATER).of("a-list:1")
    assert {tie.author for tie in ties} == {MATCHER}


def test_of_a_merge_and_its_split_both_stay_in_the_register(register, clock):
    """A wrong judgement is mended by another one, and the answers of then stay explained."""
    judge(register, clock, *FRONT, "same", author=MATCHER)
    between = clock()
    judge(register, clock, *FRONT, "different")

    with register.view() as view:
        assert Clusters(view, by(between)).of("a-list:1")[0] == FRONT
        assert Clusters(view, LATER).of("a-list:1")[0] == ("a-list:1",)
        assert [tie.verdict for tie in view.ties()["a-list:1"]] == ["same", "different"]


def test_a_day_without_documents_tells_of_nobody(register):
    """Nothing came, nothing is looked up."""
    moment = NOON + dt.timedelta(hours=1)

    assert since(register, moment) == frozenset()
    assert proposed(register, subjects=frozenset()) == []
