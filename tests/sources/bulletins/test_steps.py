"""Steps of bulletins as documents: what was written is read again, and what is no step is refused."""

import pytest
from tests.bulletins_made import OWN, a_life, correcting, drafting, two_copies, withdrawing

from tizim.errors import SourceRefused
from tizim.sources.bulletins import SOURCE, decode, encode


@pytest.mark.parametrize("step", [*a_life(), withdrawing(), drafting(facts=two_copies(["A"])), correcting(own=OWN)])
def test_a_step_comes_back_from_its_document(step):
    """The document is all that a register keeps of it."""
    assert decode(encode(step), "step.json") == step


def test_the_facts_of_a_document_tell_no_draft():
    """Titles of documents are shown to everybody."""
    facts, records = SOURCE.read(encode(drafting(own=OWN)), "step.json")

    assert facts.source == "bulletins"
    assert "zenda" not in facts.title
    assert OWN.title not in facts.title
    assert list(SOURCE.readings(records)) == []
    assert SOURCE.map(records[0]).claims == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", "not a step of a bulletin"),
        (b"\xff", "not a step of a bulletin"),
        (b'{"format": "tizim-bulletin/1"}', "not a step of a bulletin"),
        (encode(drafting()).replace(b"tizim-bulletin/1", b"tizim-bulletin/9"), "has the format 'tizim-bulletin/9'"),
        (encode(drafting()).replace(b'"Ann"', b'" "'), "needs its author"),
        (encode(drafting()).replace(b'"type": "draft"', b'"type": "praise"'), "not a step of a bulletin"),
        (encode(drafting()).replace(b"+00:00", b"").replace(b"00Z", b"00"), "has no zone"),
        (b" " * (4 * 1024 * 1024 + 1), "more than a step of a bulletin has"),
    ],
)
def test_what_is_no_step_is_refused_with_the_reason(data, reason):
    """Nothing is half taken."""
    with pytest.raises(SourceRefused, match=reason):
        SOURCE.read(data, "step.json")
