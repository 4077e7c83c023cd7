import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizim.translate import Protected, protect, restore

NAMES = (
    Protected(forms=("Zenda", "Front of Zenda"), put="جبهه زندا"),
    Protected(forms=("Zenda Front Abroad",), put="جبهه خارج"),
)


def test_the_longest_name_comes_first_and_each_place_has_a_mark_of_its_own():
    """A name within another is not another mention."""
    text, kept = protect("Zenda, ZENDA and the Zenda Front Abroad, see QDe.132 at https://un.org/a.", NAMES)

    assert text == "[[1]], [[2]] and the [[3]], see [[4]] at [[5]]."
    assert [one.put for one in kept] == ["جبهه زندا", "جبهه زندا", "جبهه خارج", "QDe.132", "https://un.org/a"]
    assert protect("Zendaism", NAMES)[0] == "Zendaism"
    assert protect("a base, the Base", (Protected(forms=("Base",), put="القاعدة"),))[0] == "a base, the [[1]]"


@pytest.mark.parametrize("mark", ["[[1]]", "[ [ 1 ] ]", "［［１］］", "【【1】】", "[[۱]]"])
def test_spaces_and_digits_of_another_script_within_a_mark_are_forgiven(mark):
    """Engines set marks as their languages do."""
    _, kept = protect("Zenda", NAMES)

    assert restore(f"x {mark} y", kept).text == "x جبهه زندا y"


def test_a_mark_in_the_text_itself_is_kept_as_it_is():
    """Nobody writes a name into a version by writing its mark."""
    text, kept = protect("Zenda and [[1]]", NAMES)

    assert text == "[[1]] and [[2]]"
    assert restore(text, kept).text == "جبهه زندا and [[1]]"


def test_what_became_of_marks_is_told():
    """Lost, doubled, made up."""
    _, kept = protect("Zenda and Zenda and Zenda", NAMES)

    found = restore("[[1]] [[1]] [[9]] [[3]]", kept)

    assert [one.number for one in found.dropped] == [2]
    assert [one.number for one in found.doubled] == [1]
    assert found.invented == ("[[9]]",)


@given(st.lists(st.sampled_from(["Zenda", "[[2]]", "QDi.1", "front", " ", "Zenda Front Abroad", "[", "]", "1"])))
def test_an_engine_that_changes_nothing_gives_back_every_name(parts):
    """Whatever the text is."""
    text, kept = protect("".join(parts), NAMES)

    found = restore(text, kept)

    assert (found.dropped, found.doubled, found.invented) == ((), (), ())
