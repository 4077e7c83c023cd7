import json

import pytest
from tests.audit.making import HOME, WORLD, a_finding, a_side, an_audit, many, one_of_each

from tizim.audit.findings import FindingKind
from tizim.audit.wire import audit_digest, key_of, row_key, to_json, to_lines

FIXED = {"kind", "national", "reference", "reasons", "statements"}


def test_the_names_that_others_rely_on_are_there():
    """Programs that read audits break when a key is renamed."""
    audit = one_of_each()

    made = to_json(audit)

    assert (made["national"], made["reference"]) == (HOME.id, WORLD.id)
    assert made["as_of"] == {"valid_at": "2031-05-04", "known_at": "2031-05-04T12:00:00Z", "basis": "recorded"}
    assert [one["kind"] for one in made["findings"]] == [kind.value for kind in FindingKind]
    assert all(one.keys() >= FIXED for one in made["findings"])


def test_an_entry_has_its_name_as_printed_and_both_scripts():
    """Whoever compares two lists wants to see what each of them prints."""
    audit = one_of_each()

    missing = to_json(audit)["findings"][4]

    assert missing["national"] is None
    assert missing["reference"]["name"] == "Unlisted Union"
    assert missing["reference"]["reference"] == "ZZe.5"
    assert missing["reference"]["original_names"] == ["اتحادیه خیالی"]
    assert missing["reference"]["age_days"] == 3


def test_statements_of_both_sides_are_named_once():
    """An auditor follows each finding to what it rests on."""
    both = a_finding("same", a_side("A", statements=("S1", "S2")), a_side("B", on=WORLD, statements=("S2", "S3")))

    made = to_json(an_audit(both))

    assert made["findings"][0]["statements"] == ["S1", "S2", "S3"]


def test_the_whole_is_plain_json():
    """What cannot be written as JSON would fail only where somebody asks for it."""
    made = to_json(one_of_each())

    assert json.loads(json.dumps(made)) == made


def test_the_digest_changes_with_what_was_found():
    """A worksheet of one audit must not pass for that of another."""
    audit = one_of_each()
    other = an_audit(*audit.findings, seen=audit.seen + 1)
    fewer = an_audit(*audit.findings[1:])

    digests = {audit_digest(one) for one in (audit, other, fewer)}

    assert len(digests) == 3
    assert to_json(audit)["sha256"] == audit_digest(audit) == audit_digest(one_of_each())


def test_each_finding_has_a_key_of_its_own():
    """A decision is tied to one finding, never to two."""
    audit = many(30)

    keys = [one["key"] for one in to_json(audit)["findings"]]

    assert len(set(keys)) == 30
    assert keys[0] == row_key(audit_digest(audit), audit, audit.findings[0])


def test_a_key_holds_against_what_programs_do_to_names():
    """Blanks, quotes and cases change when a table passes through programs; another name is another key."""
    ids = ("digest", "extra", "xx-list", "zz-world", "xx-list:1", "", "7")

    plain = key_of(*ids, "Invented  “Front”", "")

    assert plain == key_of(*ids, 'Invented "Front"\n', "")
    assert plain != key_of(*ids, "Invented Force", "")


def test_the_text_tells_ages_counts_and_every_entry():
    """An auditor reads first how old both lists are, then each class under its heading."""
    audit = one_of_each()

    text = "\n".join(to_lines(audit))

    assert "xx-list rests on what was seen up to 1 May 2031, 3 days before." in text
    assert "8 findings: 1 expired, 1 overdue, 1 extra, 1 members only, 1 missing, 1 ambiguous, 1 differing" in text
    for name in ("Lapsed League", "Вымышленный Союз", "اتحادیه خیالی", "Komon Neim", "אגודה בדויה"):
        assert name in text
    assert "differs: birth date: 1970-01-01 ↔ 1970" in text
    assert text.index("Expired (1)") < text.index("Extra (1)") < text.index("Missing (1)") < text.index("Same (1)")


def test_the_text_says_neither_yes_nor_no_and_takes_no_absence_for_a_delisting():
    """That nothing was found is told as that."""
    text = " ".join(" ".join(to_lines(one_of_each())).split())

    assert "no proof that there is none" in text
    assert "an absence, not a delisting" in text
    assert not {"yes", "Yes", "No"} & set(text.replace(",", " ").split())


def test_a_stale_list_and_one_never_seen_are_told():
    """A gap is told as a gap."""
    audit = an_audit(national_stale=True, reference_observed=None, reference_stale=True)

    text = " ".join(to_lines(audit))

    assert "that is stale: newer documents were to be expected within 183 days" in text
    assert "Nothing held here shows zz-world on that day or before it." in text
    assert "No findings" in text


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\x07", "\r"])
def test_a_name_cannot_speak_to_the_terminal(character):
    """A list from outside must not move the cursor or colour what follows."""
    audit = an_audit(a_finding("extra", a_side(f"Red{character}[31m Name")))

    text = "\n".join(to_lines(audit))

    assert character not in text
    assert "Name" in text
