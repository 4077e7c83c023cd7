import pytest

from tizim.match.writing import written_alike


def test_equal_texts_and_only_they_are_written_alike():
    """The graded key orders what the score calls equal."""
    assert written_alike("Owen Example", "Owen Example") == 1
    assert written_alike("Owen Example", "OWEN EXAMPLE") < 1


def test_the_key_falls_with_case_order_and_letters():
    """Among namesakes the one written most alike comes first."""
    keys = [
        written_alike("Owen Example", other)
        for other in ("Owen example", "OWEN EXAMPLE", "Owen Exemple", "Someone Else")
    ]

    assert keys == sorted(keys, reverse=True)
    assert all(0 <= key <= 1 for key in keys)


@pytest.mark.parametrize(
    ("one", "other"),
    [("", "a"), ("\ud800", "a"), ("ß" * 90, "SS" * 90), ("习近平", "Xi"), ("a" * 100_000, "b" * 100_000), ("\0", "")],
)
def test_any_two_texts_have_a_key_in_bounds_and_the_same_both_ways(one, other):
    """It is asked of whatever was sent and whatever is listed."""
    assert 0 <= written_alike(one, other) <= 1
    assert written_alike(one, other) == written_alike(other, one)
