"""Making an entry's claims out of a record: whatever nobody takes is unread, by its name."""

import pytest

from tizim.domain.documents import Record
from tizim.domain.statements import Property, Unread
from tizim.errors import SourceRefused
from tizim.sources.crossing import say_un_numbers
from tizim.sources.entries import Fields, Making, each_once, groups, split


def a_making(key="1"):
    """An entry in the making."""
    return Making(key, f"invented:{key}", f"row {key}")


def test_a_field_that_nobody_took_is_unread_under_its_name():
    """A new column must show in the report."""
    making = a_making()
    fields = Fields(Record(place="row 1", fields=(("name", " A  B "), ("shoe size", "44"), ("blank", "  "))))

    making.say(Property.NAME, fields.take("name"), "name")
    fields.leave(making)

    made = making.made()
    assert [claim.value for claim in made.claims] == ["A B"]
    assert made.unread == (Unread(place="shoe size", field="shoe size", value="44"),)


def test_a_value_put_back_is_unread_again():
    """What was taken and not understood is not lost."""
    making = a_making()
    fields = Fields(Record(place="row 1", fields=(("born", "long ago"),)))

    fields.put_back("born", fields.take("born", "birth"))
    fields.leave(making)

    assert [one.value for one in making.made().unread] == ["long ago"]


def test_a_name_that_stands_twice_gives_its_values_in_their_order():
    """Some tables have two columns of one name after a change."""
    fields = Fields(Record(place="row 1", fields=(("a", "1"), ("a", "2"))))

    assert [fields.take("a"), fields.take("a"), fields.take("a")] == ["1", "2", ""]


def test_an_empty_value_or_facet_says_nothing_and_a_claim_is_made_once():
    """Silence is no claim."""
    making = a_making()

    making.say(Property.NAME, "", "a")
    making.say(Property.ALIAS, "A", "a", quality="", kind="former name")
    making.say(Property.ALIAS, "A", "b", kind="former name")

    assert [(claim.value, claim.facets) for claim in making.made().claims] == [("A", (("kind", "former name"),))]


def test_elements_of_one_record_are_grouped_and_their_leaves_taken_once():
    """Whatever is left of an element is unread under its path, without ordinals."""
    record = Record(
        place="entry", fields=(("alias[1]/name", "A"), ("alias[2]/name", "B"), ("alias[2]/odd", "x"), ("kind", "P"))
    )
    making = a_making()
    found = groups(record)

    names = [group.take("name") for group in found if group.tag == "alias"]
    for group in found:
        group.leave(making)

    assert names == ["A", "B"]
    assert [(one.place, one.field, one.value) for one in making.made().unread] == [
        ("alias[2]/odd", "alias/odd", "x"),
        ("kind", "kind", "P"),
    ]


def test_elements_within_an_element_are_groups_of_their_own():
    """Deep documents are read level by level."""
    group = groups(Record(place="e", fields=(("list/item[1]/a", "1"), ("list/item[2]/a", "2"), ("list/b", "3"))))[0]

    inner = group.groups("item")

    assert [one.take("a") for one in inner] == ["1", "2"]
    assert inner[1].place == "list/item[2]"
    assert list(group.leaves) == ["b"]
    assert split("a[2]/b/c") == ("a[2]", "a", "b/c")


def test_two_entries_of_one_key_are_refused():
    """They could not be told apart in any later document."""
    with pytest.raises(SourceRefused, match="row 1: has the key 1, as has row 1"):
        list(each_once(iter([a_making().made(), a_making().made()])))


def test_numbers_of_the_security_council_are_found_in_prose_in_both_forms():
    """A printed number is its publisher's word."""
    making = a_making()

    say_un_numbers(making, "UN Ref QI.A.12.01., now QDi.012; not ILQ-001", "remarks")

    assert [(claim.value, claim.facet("list"), claim.facet("source")) for claim in making.made().claims] == [
        ("QI.A.12.01", "un-1267", "un-sc"),
        ("QDi.012", "un-1267", "un-sc"),
    ]
