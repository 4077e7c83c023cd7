import hashlib

import pytest

from tizim.register.chain import GENESIS, LEAF, blanked, leaves_of, mark_of, row_hash, seal, unseal

STATED = [("Name", {"script": "Latn"}), ('ہلی\n\t"', {}), ("", {})]


def test_a_row_hash_is_sha256_over_the_lines_of_the_row():
    """Anyone can recompute the chain with nothing but SHA-256: the form is public and must not drift."""
    text = f"{GENESIS}\n1\n1700000000000000\ndocument\n{{}}\n"

    assert (
        row_hash(GENESIS, 1, 1_700_000_000_000_000, "document", "{}", "") == hashlib.sha256(text.encode()).hexdigest()
    )


@pytest.mark.parametrize("part", range(6))
def test_every_part_of_a_row_counts_for_its_hash(part):
    """Nothing of a row may change without its hash changing."""
    row = [GENESIS, 1, 5, "claims", "{}", "ab"]
    changed = list(row)
    changed[part] = {0: "1" * 64, 1: 2, 2: 6, 3: "held", 4: "{ }", 5: "ac"}[part]

    assert row_hash(*row) != row_hash(*changed)


def test_sealed_values_come_back():
    """A payload holds each value on a line of its own, whatever characters the value has."""
    data, leaves = seal(STATED)

    assert unseal(data) == STATED
    assert data.count("\n") == len(STATED) - 1
    assert len(leaves) == LEAF * len(STATED)
    assert leaves == leaves_of(data.split("\n"))


def test_equal_values_have_unlike_leaves():
    """A leaf outlives its value, so it must not tell which value it was of: it is salted."""
    _, first = seal([("Name", {})])
    _, second = seal([("Name", {})])

    assert first != second


def test_a_blanked_line_leaves_its_place_and_the_others():
    """Withholding takes one line and moves none."""
    data, leaves = seal(STATED)

    gone = blanked(data, {1})

    assert unseal(gone) == [STATED[0], None, STATED[2]]
    kept = leaves_of(gone.split("\n"))
    assert [kept[i : i + LEAF] == leaves[i : i + LEAF] for i in range(0, len(leaves), LEAF)] == [True, False, True]


def test_a_value_withheld_from_the_start_is_never_in_the_payload():
    """What a publisher prints again after it was withheld gets a place and a leaf, and is not stored."""
    data, leaves = seal(STATED, withheld={0})

    assert unseal(data) == [None, *STATED[1:]]
    assert len(leaves) == LEAF * len(STATED)
    assert "Name" not in data


def test_a_mark_is_the_same_for_the_same_value_and_salt_only():
    """A withheld value is recognised when it is printed again; nothing else is."""
    mark = mark_of("Name", b"salt")

    assert mark == mark_of("Name", b"salt")
    assert mark != mark_of("Name", b"other")
    assert mark != mark_of("Game", b"salt")
