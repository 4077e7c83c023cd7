from hypothesis import given
from hypothesis import strategies as st

from tizim.register.concordance import Concordance

WORDS = st.lists(st.sampled_from(["al", "ali", "bank", "of", "тигр", "علی"]), min_size=1, max_size=4).map(" ".join)


@given(names=st.lists(WORDS, max_size=12), words=WORDS)
def test_names_are_found_by_the_words_that_stand_together_in_them(names, words):
    """The quick way finds what reading all names would find, and nothing else."""
    made = Concordance([(name, number) for number, name in enumerate(names)], [])

    found = list(made.holding(words))

    assert sorted(found) == [number for number, name in enumerate(names) if f" {words} " in f" {name} "]


@given(names=st.lists(WORDS, max_size=12), words=WORDS)
def test_the_shortest_names_come_first(names, words):
    """Whoever wants the nearest fifty stops after them."""
    made = Concordance([(name, name) for name in names], [])

    lengths = [len(name) for name in made.holding(words)]

    assert lengths == sorted(lengths)


def test_numbers_are_found_in_any_case_with_all_their_subjects():
    """Two publishers may give the same number, and readers type it as they please."""
    made = Concordance([], [("QDe.004", "un-sc:QDe.004"), ("QDE.004", "other:QDE.004"), ("X", "un-sc:X")])

    assert made.numbered("qde.004") == ["other:QDE.004", "un-sc:QDe.004"]
    assert made.numbered("x") == ["un-sc:X"]
    assert made.numbered("nobody") == []


def test_nothing_is_found_for_no_words():
    """An empty question is not a question about everybody."""
    assert list(Concordance([("al", 1)], []).holding("")) == []
