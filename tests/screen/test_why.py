"""Explanations of listed names are made of what the index holds; they say what reading the two names anew says."""

from itertools import product

import pytest

from tizim.match.compare import compare_names
from tizim.match.explain import explain_names, summary
from tizim.screen import Screener

PERSONS = [
    "Owen Example", "EXAMPLE, Owen", "O. Example", "Jon bin Ali Smith", "Ali bin Jon Smith", "Zia Ur Rahman",
    "Ziaurrahman", "Abdul Rahman al-Khalidi", "عبد الرحمن خالدي", "Владимир Путин", "習近平", "김정은", "Smith 3",
    "Smith 4", "...",
    "Abu Bakr Muhammad Ali Hassan Ahmad Mahmud ibn Salim", "Putin  Vladimir",
]  # fmt: skip
ORGANISATIONS = [
    "Acme Bank Ltd", "Acme Bank Limited Liability Company", "ACME Банк ООО", "IBM",
    "International Business Machines Corp", "Front for the Liberation of Examples", "Example Front 17", "Owen Example",
]  # fmt: skip
VESSELS = ["Ocean Star", "MV Ocean Star II", "Ocean Queen", "Oceanstar"]
ROWS = [
    *((f"p{at}", "Person", [name]) for at, name in enumerate(PERSONS)),
    *((f"o{at}", "Organization", [name]) for at, name in enumerate(ORGANISATIONS)),
    *((f"l{at}", "LegalEntity", [name]) for at, name in enumerate(ORGANISATIONS)),
    *((f"v{at}", "Vessel", [name]) for at, name in enumerate(VESSELS)),
]


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """A list that was saved and mapped, as those that are served are."""
    path = tmp_path_factory.mktemp("why") / "names.tizim"
    Screener.build(ROWS).save(path)
    return Screener.open(path)


@pytest.mark.parametrize(
    ("schema", "queries"), [("Person", PERSONS), ("Organization", ORGANISATIONS), ("Vessel", VESSELS)]
)
def test_a_listed_name_is_explained_as_if_both_names_were_read_anew(listed, schema, queries):
    """A reviewer gets one sentence for one pair of names, wherever the words of the listed one were kept."""
    for asked, number in product(queries, range(listed.names)):
        name = listed.name(number)
        score = compare_names(asked, name, schema)

        assert listed.why(asked, number, schema, score) == summary(asked, name, schema, score)


@pytest.mark.parametrize(
    ("schema", "queries"), [("Person", PERSONS), ("Organization", ORGANISATIONS), ("Vessel", VESSELS)]
)
def test_the_sentence_is_the_summary_of_the_whole_explanation(schema, queries):
    """The short way and the long way tell one thing."""
    for asked, other in product(queries, queries):
        whole = explain_names(asked, other, schema)

        assert summary(asked, other, schema, whole.score) == whole.summary


def test_words_of_a_listed_name_are_kept_in_the_order_of_its_records(listed):
    """Records and words are told apart by their place alone."""
    for number, name in enumerate(map(listed.name, range(listed.names))):
        index = listed.stored.index

        assert len(index.forms(number)) == int(index.name_start[number + 1]) - int(index.name_start[number]), name
