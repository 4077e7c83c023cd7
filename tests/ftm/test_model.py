"""The FollowTheMoney model as data."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tizim.ftm import MODEL
from tizim.screen.snapshot import OF_WORDS

ROOT = Path(__file__).parents[2]


def test_schemata_inherit_properties_and_ancestors():
    """A company is an organisation, a legal entity, a thing and an asset, with all their properties."""
    company = MODEL.schemata["Company"]

    assert company.ancestors >= {"Company", "Organization", "LegalEntity", "Thing", "Asset"}
    assert company.is_a("LegalEntity")
    assert not company.is_a("Person")
    assert company.properties["name"].qname == "Thing:name"
    assert company.properties["jurisdiction"].type == "country"


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("Person", {"Person", "LegalEntity"}),
        ("Company", {"Company", "Organization", "LegalEntity"}),
        ("LegalEntity", {"LegalEntity", "Person", "Organization", "Company", "PublicBody"}),
        ("Vessel", {"Vessel", "Vehicle"}),
        ("Sanction", set()),
    ],
)
def test_what_may_be_the_same_stands_above_or_below(schema, expected):
    """A company may be the organisation of another list, and never a person."""
    assert MODEL.comparable(schema) == expected


def test_of_what_is_not_compared_itself_the_descendants_are_meant():
    """A search for things finds all that are things."""
    assert {"Person", "Vessel", "Address"} <= MODEL.comparable("Thing")
    assert "Sanction" not in MODEL.comparable("Thing")
    assert "Thing" not in MODEL.comparable("Thing")


def test_every_other_end_has_its_end():
    """What is only seen from the other side names the property that is seen."""
    for prop in MODEL.own_properties():
        if prop.stub:
            other = MODEL.schemata[prop.range].properties[prop.reverse]
            assert (other.type, other.stub, other.reverse) == ("entity", False, prop.name)


def test_properties_are_called_with_their_own_schema():
    """An inherited one under its heir's name is none."""
    assert MODEL.prop("Thing:country") is not None
    assert MODEL.prop("Person:country") is None
    assert MODEL.prop("Nothing:country") is None
    assert MODEL.prop("country") is None


def test_values_of_few_have_labels():
    """Countries by their names; what has no label is called by itself."""
    assert MODEL.label("country", "ru") == "Russia"
    assert MODEL.label("name", "ru") == "ru"
    assert "sanction" in MODEL.risks


def test_words_and_whole_values_are_never_mixed_in_one_property():
    """A filter by a property means the same for every schema that has it."""
    assert {"position", "name", "address"} <= OF_WORDS
    assert not {"birthDate", "country", "innCode"} & OF_WORDS


def test_the_file_holds_no_prose_of_others():
    """Names, types, labels and flags; no description and no example."""
    told = json.loads((ROOT / "src" / "tizim" / "ftm" / "model.json").read_text(encoding="utf-8"))

    for schema in told["schemata"]:
        assert not {"description", "examples"} & set(schema)
        for prop in schema["properties"]:
            assert set(prop) <= {
                "name", "label", "type", "range", "reverse", "format", "hidden", "stub", "deprecated", "matchable",
            }  # fmt: skip
    assert "FollowTheMoney" in (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_the_file_is_what_the_library_says():
    """Where the library is installed, the script gives the same file."""
    if importlib.util.find_spec("followthemoney") is None:
        pytest.skip("followthemoney is not installed here (tools/peers.sh makes an environment that has it)")

    done = subprocess.run([sys.executable, ROOT / "tools" / "build_ftm_schema.py", "--check"], check=False)  # noqa: S603

    assert done.returncode == 0
