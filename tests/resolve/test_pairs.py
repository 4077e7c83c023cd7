"""The score of two subjects as one."""

import pytest
from tests.resolve.makers import a_profile

from tizim.domain.names import Kind
from tizim.match.entities import Facts
from tizim.resolve.pairs import Comparer


def others(*profiles):
    """A comparer of these."""
    return Comparer({one.subject: one for one in profiles})


@pytest.fixture(scope="module")
def comparer():
    """A front with an alias, a namesake elsewhere, and a person."""
    return others(
        a_profile("b:1", "Zenda Liberation Front", aliases=("Zenda Front", "Фронт освобождения Зенды")),
        a_profile("b:2", "Zenda Liberation Front of Ruritania"),
        a_profile("b:3", "Rudolf Rassendyll", kind=Kind.PERSON, facts=Facts(birth_dates=("1861-05-04",))),
    )


def test_candidates_come_best_first(comparer):
    """The first is the one to look at."""
    found = comparer.candidates(a_profile("a:1", "Zenda Liberation Front"))

    assert [pair.right for pair in found][:2] == ["b:1", "b:2"]
    assert [pair.rank for pair in found] == sorted(pair.rank for pair in found)


def test_a_name_in_another_script_brings_the_subject(comparer):
    """Lists of two countries seldom share a script."""
    (pair, *_) = comparer.candidates(a_profile("a:1", "Фронт освобождения Зенды"))

    assert (pair.right, pair.names.right) == ("b:1", "Фронт освобождения Зенды")


def test_a_subject_is_no_candidate_of_itself_nor_of_those_left_out(comparer):
    """It scores highest and says nothing."""
    one = a_profile("b:1", "Zenda Liberation Front")

    assert "b:1" not in [pair.right for pair in comparer.candidates(one)]
    assert comparer.candidates(one, but=["b:2"]) == []


def test_names_that_a_list_calls_weak_bring_nobody():
    """A list that says so has a reason."""
    one = a_profile("a:1", "Zenda Liberation Front")
    weak = a_profile("a:1").__class__(
        subject="a:1", keys=("a:1",), kind=one.kind, facts=one.facts, references=(),
        names=tuple(type(name)(text=name.text, is_main=False, is_weak=True) for name in one.names),
    )  # fmt: skip

    assert others(a_profile("b:1", "Zenda Liberation Front")).candidates(weak) == []


def test_names_are_counted_that_both_have(comparer):
    """Three names in common say more than one."""
    one = a_profile("a:1", "Zenda Liberation Front", aliases=("Zenda Front", "Another Name"))

    assert comparer.candidates(one)[0].alike == 2


def test_main_names_are_compared_by_themselves(comparer):
    """An alias may be that of another."""
    pair = comparer.candidates(a_profile("a:1", "Quite Another League", aliases=("Zenda Front",)))[0]

    assert pair.score == 1
    assert pair.main < 0.5


@pytest.mark.parametrize(
    ("born", "gains"), [("1861-05-04", True), ("1861-05", True), ("1899", False)], ids=["day", "month", "another year"]
)
def test_what_is_known_besides_names_counts(comparer, born, gains):
    """A birth date tells namesakes apart."""
    one = a_profile("a:1", "Rassendyll Rudolph", kind=Kind.PERSON, facts=Facts(birth_dates=(born,)))

    pair = comparer.candidates(one, least=0)[0]

    assert (pair.score > pair.names.score) is gains
    assert (pair.reasons[0].gain > 0) is gains


def test_one_name_brings_as_many_as_asked_for():
    """A subject may be on every list of a whole register."""
    comparer = others(*(a_profile(f"b:{number}", "Zenda Liberation Front") for number in range(12)))
    one = a_profile("a:1", "Zenda Liberation Front")

    assert len(comparer.candidates(one, most=12)) == 12
    assert len(comparer.candidates(one, most=3)) == 3


def test_two_given_subjects_are_compared_by_all_their_names(comparer):
    """Whoever asks about two wants an answer, however unlike they are."""
    one = a_profile("a:1", "Quite Another League", aliases=("Zenda Front",))
    other = a_profile("b:1", "Zenda Liberation Front", aliases=("Zenda Front",))

    assert comparer.pair(one, other).names.left == "Zenda Front"
    assert comparer.pair(a_profile("a:2"), other) is None


def test_a_pair_seen_from_the_other_side_is_the_same_pair(comparer):
    """Left and right change places, and nothing else does."""
    pair = comparer.candidates(a_profile("a:1", "Zenda Front"))[0]
    turned = pair.turned()

    assert (turned.left, turned.right) == (pair.right, pair.left)
    assert (turned.names.left, turned.names.right) == (pair.names.right, pair.names.left)
    assert turned.turned() == pair
