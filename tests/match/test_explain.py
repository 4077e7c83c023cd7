import json
import math

import msgspec
import pytest

from tizim.errors import BadInput
from tizim.match.compare import compare_names, measures_of
from tizim.match.entities import Facts
from tizim.match.explain import _ACCOUNTS, explain, explain_names, total_of
from tizim.match.features import NAMES
from tizim.match.model import ALGORITHM, HIGHEST, MATCH_THRESHOLD

PAIRS = [
    ("Jon Smith", "John Smith", "Person"),
    ("Ali Hassan Mahmoud", "Ali Tariq Mahmoud", "Person"),
    ("习近平", "Xi Jinping", "Person"),
    ("عبد الرحمن خالدي", "Abdulrahman Khalidi", "Person"),
    ("Acme Bank Ltd", "Acme Insurance", "Company"),
    ("International Business Machines", "IBM", "Company"),
    ("Ocean Star", "Ocean Queen", "Vessel"),
]


@pytest.mark.parametrize(("left", "right", "schema"), PAIRS)
def test_contributions_add_up_to_the_log_odds_of_the_score(left, right, schema):
    """An account that does not add up hides something."""
    found = explain_names(left, right, schema)

    total = sum(one.gain for one in found.contributions)
    assert total == pytest.approx(total_of(measures_of(left, right, schema)), abs=0.002)
    assert min(1 / (1 + math.exp(-total)), HIGHEST) == pytest.approx(found.score, abs=0.001)


@pytest.mark.parametrize(("left", "right", "schema"), PAIRS)
def test_an_explanation_tells_the_score_that_comparing_gives(left, right, schema):
    """Two numbers for one pair would end all trust."""
    found = explain_names(left, right, schema)

    assert found.score == compare_names(left, right, schema)
    assert (found.algorithm, found.threshold) == (ALGORITHM, MATCH_THRESHOLD)
    assert f"{found.score:.3f}, {'a match' if found.score >= MATCH_THRESHOLD else 'no match'}" in found.summary


def aligned(left, right, schema="Person"):
    """The aligned words, as the text has them."""
    return {(one.query, one.listed, one.how) for one in explain_names(left, right, schema).aligned}


@pytest.mark.parametrize(
    ("left", "right", "schema", "words"),
    [
        ("Owen Example", "EXAMPLE, Owen", "Person", {("owen", "owen", "the same"), ("example", "example", "the same")}),
        ("Jon Smith", "John Smith", "Person", {("jon", "john", "another spelling"), ("smith", "smith", "the same")}),
        ("J. Smith", "John Smith", "Person", {("j", "john", "initial"), ("smith", "smith", "the same")}),
        ("John Smith", "J. Smith", "Person", {("john", "j", "initial"), ("smith", "smith", "the same")}),
        ("Zia Ur Rahman", "Ziaurrahman", "Person", {("zia ur rahman", "ziaurrahman", "written together")}),
        ("Ziaurrahman", "Zia Ur Rahman", "Person", {("ziaurrahman", "zia ur rahman", "written together")}),
        ("IBM", "International Business Machines", "Company", {("ibm", "international business machines", "acronym")}),
        ("Vladimir Putin", "Путин", "Person", {("putin", "путин", "the same")}),
        (
            "Osama Zarqawi",
            "Osama Zarkaoui",
            "Person",
            {("osama", "osama", "the same"), ("zarqawi", "zarkaoui", "sounds alike")},
        ),
    ],
)
def test_words_that_go_together_are_told_as_written_and_how(left, right, schema, words):
    """A reviewer reads the words of the two names, not forms of ours."""
    assert aligned(left, right, schema) == words


def test_words_against_each_other_are_told_in_pairs():
    """Mary Jones and Mary Smith differ in one word."""
    found = explain_names("Mary Jones", "Mary Smith")

    assert found.contradicted == (("jones", "smith"),)
    assert found.omitted == ()
    assert "jones against smith" in found.summary


@pytest.mark.parametrize(
    ("left", "right"), [("Ali Hassan Mahmoud", "Ali Mahmoud"), ("Ali Mahmoud", "Ali Hassan Mahmoud")]
)
def test_words_that_only_one_name_has_are_omitted_and_not_contradicted(left, right):
    """Whichever of the two has them."""
    found = explain_names(left, right)

    assert found.contradicted == ()
    assert found.omitted == ("hassan",)
    assert "hassan in one name only" in found.summary


def test_what_contradicts_is_told_from_the_side_of_the_query():
    """Turned round, the pair is turned round."""
    assert explain_names("Mary Smith", "Mary Jones").contradicted == (("smith", "jones"),)


@pytest.mark.parametrize(
    ("left", "right", "schema", "rule"),
    [
        ("OWEN Example", "owen example", "Person", "written alike"),
        ("Fund VII", "Fund VIII", "Company", "numbers or series marks differ"),
        ("Ali bin Omar", "Omar bin Ali", "Person", "father and son are exchanged"),
        ("Owen", "Smith", "Person", "no word of one is like a word of the other"),
        ("...", "Owen", "Person", "without letters or digits"),
    ],
)
def test_a_rule_that_decided_is_told(left, right, schema, rule):
    """Else the contributions would speak for another score."""
    (told,) = explain_names(left, right, schema).rules

    assert rule in told


def test_nothing_to_compare_is_explained_too():
    """A caller need not ask first whether there is a name."""
    found = explain_names("", "...")

    assert (found.score, found.aligned, found.contributions) == (0, (), ())


def test_every_measure_is_in_one_account():
    """A measure in none would break the sum; one in two would be told twice."""
    found = [name for names in _ACCOUNTS.values() for name in names]

    assert len(found) == len(set(found))
    assert set(found) == set(NAMES)


def test_facts_are_told_beside_the_names():
    """The score with facts is another one, and both accounts are there."""
    found = explain("Jon Smith", "John Smith", "Person", Facts(genders=("male",)), Facts(genders=("female",)))

    assert found.score < compare_names("Jon Smith", "John Smith")
    assert [one.what for one in found.facts] == ["another gender, male and female"]


def test_an_explanation_goes_over_the_wire():
    """It is part of the JSON of an answer."""
    found = msgspec.to_builtins(explain_names("Jon Smith", "Джон Смит"))

    assert json.loads(json.dumps(found)) == json.loads(msgspec.json.encode(found))


def test_bad_input_is_refused_as_in_comparing():
    """The two take the same names and schemata."""
    with pytest.raises(BadInput, match="must be text"):
        explain_names("Owen", None)
    with pytest.raises(BadInput, match="no schema"):
        explain_names("Owen", "Owen", "Thing")
