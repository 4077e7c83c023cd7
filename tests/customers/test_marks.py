import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.customers.conftest import SECRET

from tizim.customers import Marks
from tizim.errors import BadInput

TEXTS = st.dictionaries(st.text(max_size=5), st.lists(st.text(max_size=8), max_size=4), max_size=4)


@given(st.text(max_size=3), TEXTS, st.randoms())
def test_a_query_has_one_mark_whatever_its_order(schema, properties, chance):
    """Clients send the same customer with properties and values in any order."""
    marks = Marks(SECRET)
    names = list(properties)
    chance.shuffle(names)
    other = {name: chance.sample(properties[name], len(properties[name])) for name in names}

    assert marks.of_query(schema, properties) == marks.of_query(schema, other)


def test_marks_differ_by_the_key_the_kind_and_the_customer():
    """Who has another key cannot find a customer by trying, and no mark passes for one of another kind."""
    marks, others = Marks(SECRET), Marks(SECRET[::-1])

    found = {
        marks.of_customer("1"), marks.of_customer("2"), others.of_customer("1"), marks.of_facts(b"1"),
        marks.of_query("1", {}),
    }  # fmt: skip

    assert len(found) == 5
    assert marks.of_customer("1") == Marks(SECRET).of_customer("1")
    assert marks.of_customer("") == ""


@pytest.mark.parametrize("key", ["", "short"])
def test_a_key_that_protects_nothing_is_refused(key):
    """It says which setting, and never the key."""
    with pytest.raises(BadInput, match="TIZIM_CUSTOMERS_KEY") as told:
        Marks(key)

    assert "short" not in str(told.value).replace("shortest", "")
