import hashlib

import msgspec
import pytest
import sqlalchemy as sa
from tests.makers import Ticking, a_claim, a_document, an_entry, archived

from tizim.domain.statements import Property
from tizim.register import schema as t
from tizim.register.chain import GENESIS, leaves_of, row_hash
from tizim.register.protocol import Head


@pytest.fixture
def filled(register):
    """A register with three documents whose bytes lie in its archive."""
    clock = Ticking()
    for year in (2015, 2016, 2017):
        entries = [an_entry(key, [a_claim(Property.COMMENT, f"{key} in {year}")]) for key in ("A", "B")]
        register.append(archived(register, a_document(f"{year}-01-01", entries)), clock)
    assert register.verify().faults == ()
    return register


def the_faults(register, expected=None):
    """What verification finds."""
    return " | ".join(register.verify(expected).faults)


@pytest.mark.parametrize(
    ("column", "value"),
    [("body", "{}"), ("kind", "held"), ("recorded_us", 1), ("leaves", "0" * 32), ("hash", "0" * 64)],
)
def test_a_changed_row_is_found(filled, tampering, column, value):
    """Whoever holds the file can write to it; nobody can do so unseen."""
    with tampering() as connection:
        connection.execute(t.log.update().where(t.log.c.seq == 4).values({column: value}))

    assert "row 4 " in the_faults(filled)


def test_a_changed_value_is_found(filled, tampering):
    """The leaf of a value is in the chain."""
    with tampering() as connection:
        seq, data = connection.execute(sa.select(t.payload.c.seq, t.payload.c.data).limit(1)).one()
        changed = data.replace("un-1267", "un-1988")
        connection.execute(t.payload.update().where(t.payload.c.seq == seq).values(data=changed))

    assert the_faults(filled) == f"value 0 of row {seq} was changed: it does not fit its leaf"


@pytest.mark.parametrize("data", ["", "x\ny\nz\nmore\nlines"])
def test_a_value_added_or_taken_as_a_whole_line_is_found(filled, tampering, data):
    """A row has as many values as leaves."""
    with tampering() as connection:
        connection.execute(t.payload.update().where(t.payload.c.seq == 2).values(data=data))

    assert "row 2 has" in the_faults(filled)


def test_a_value_taken_away_without_an_act_is_found(filled, tampering):
    """Withholding is an act of somebody on some ground; silence is tampering."""
    with tampering() as connection:
        data = connection.execute(sa.select(t.payload.c.data).where(t.payload.c.seq == 2)).scalar_one()
        lines = data.split("\n")
        blank = "\n".join([lines[0], "", *lines[2:]])
        connection.execute(t.payload.update().where(t.payload.c.seq == 2).values(data=blank))
        # A line in a projection is no act: projections prove nothing.
        connection.exec_driver_sql("INSERT INTO withheld VALUES (8193, 2, 1, 'name', 5, 'statement', '', '')")

    assert the_faults(filled) == "value 1 of row 2 was taken away without an act"


def test_values_that_are_gone_are_found(filled, tampering):
    """A missing payload row is not a withheld one."""
    with tampering() as connection:
        connection.execute(t.payload.delete().where(t.payload.c.seq == 2))

    assert the_faults(filled) == "the values of row 2 are gone"


def test_values_that_belong_to_no_row_are_found(filled, tampering):
    """Nothing lies in the register that the chain does not know."""
    with tampering() as connection:
        connection.execute(t.payload.insert().values(seq=999, data="x"))

    assert "1 payload rows belong to no row" in the_faults(filled)


def test_a_row_taken_out_of_the_middle_is_found(filled, tampering):
    """The rows after it follow from it."""
    with tampering() as connection:
        connection.execute(t.log.delete().where(t.log.c.seq == 4))

    assert "row 4 is missing: the next one is 5" in the_faults(filled)


def test_rows_that_changed_places_are_found(filled, tampering):
    """Order is knowledge: what came first was known first."""
    with tampering() as connection:
        for old, new in ((4, -4), (5, 4), (-4, 5)):
            connection.execute(t.log.update().where(t.log.c.seq == old).values(seq=new))

    assert "row 4 was changed" in the_faults(filled)


def test_a_cut_tail_is_found_by_a_published_head(filled, tampering):
    """A shorter chain is whole in itself; only somebody who knew the longer one can tell."""
    head = filled.head()
    with tampering() as connection:
        for table in (t.payload, t.log):
            connection.execute(table.delete().where(table.c.seq > head.sequence - 2))
    found = the_faults(filled, head)
    filled.rebuild()

    assert "its tail was cut" in found
    assert filled.verify().faults == ()
    assert "its tail was cut" in the_faults(filled, head)


def test_a_log_that_is_shorter_than_what_answers_rest_on_was_cut(filled, tampering):
    """Who cuts the log and forgets what was made from it is found without a published head."""
    with tampering() as connection:
        newest = connection.execute(sa.select(sa.func.max(t.log.c.seq)).where(t.log.c.kind == "document")).scalar_one()
        for table in (t.payload, t.log):
            connection.execute(table.delete().where(table.c.seq >= newest))

    assert f"the log ends at row {newest - 1}, answers rest on row " in the_faults(filled)


def rewritten(connection, seq, change):
    """Change the row *seq* and compute the chain anew from there, as a careful forger would."""
    previous = GENESIS
    for row in connection.execute(sa.select(t.log).order_by(t.log.c.seq)).all():
        one = row._asdict()
        if row.seq == seq:
            one |= change(one)
        one["hash"] = row_hash(previous, *[one[name] for name in ("seq", "recorded_us", "kind", "body", "leaves")])
        connection.execute(t.log.update().where(t.log.c.seq == row.seq).values(one))
        previous = one["hash"]


def test_a_chain_rewritten_from_a_changed_row_on_is_found_by_a_published_head(filled, tampering):
    """Who owns the machine can recompute every hash, but not the head that others wrote down."""
    middle, head = None, filled.head()

    def other_value(row):
        data = connection.execute(sa.select(t.payload.c.data).where(t.payload.c.seq == 2)).scalar_one()
        forged = data.replace("NAME OF A", "ANOTHER")
        assert forged != data
        connection.execute(t.payload.update().where(t.payload.c.seq == 2).values(data=forged))
        return {"leaves": leaves_of(forged.split("\n"))}

    with tampering() as connection:
        middle = connection.execute(sa.select(t.log.c.hash).where(t.log.c.seq == 5)).scalar_one()
        rewritten(connection, 2, other_value)

    assert filled.verify().faults == (), "a forgery that is careful enough is whole in itself"
    assert "the chain was rewritten" in the_faults(filled, head)
    assert "the chain was rewritten" in the_faults(filled, Head(sequence=5, hash=middle, time=None))
    assert the_faults(filled, Head(sequence=0, hash=GENESIS, time=None)) == ""


def test_a_head_that_never_was_is_not_proved(filled):
    """Proving is comparing: a made-up head must not pass."""
    head = filled.head()

    assert the_faults(filled, head) == ""
    assert the_faults(filled, msgspec.structs.replace(head, hash="0" * 64))
    assert the_faults(filled, msgspec.structs.replace(head, sequence=head.sequence - 1))
    assert the_faults(filled, Head(sequence=0, hash="1" * 64, time=None))
    assert the_faults(filled, Head(sequence=10**6, hash=head.hash, time=None))


def test_a_document_whose_file_is_gone_or_altered_is_found(filled, tmp_path):
    """A register without its evidence is not whole."""
    with filled.view() as view:
        first, second, _ = (doc.sha256 for doc in view.documents())
    (tmp_path / "archive" / first[:2] / f"{first}.gz").unlink()
    (tmp_path / "archive" / second[:2] / f"{second}.gz").write_bytes(b"something else")

    found = the_faults(filled)

    assert f"document {first[:12]} is held by the log, but its file is not in the archive" in found
    assert f"{second}.gz is damaged" in found


def test_a_copy_redacted_without_an_act_is_found(filled, tmp_path):
    """Only the log orders a redaction, and says what its result is."""
    with filled.view() as view:
        sha256 = view.documents()[0].sha256
    filled.archive.begin({sha256: b"less"}, store=False)
    filled.archive.settle({sha256: hashlib.sha256(b"less").hexdigest()})

    assert "is not the one that the log orders" in the_faults(filled)


def test_no_more_faults_are_told_than_a_person_reads(filled, tampering):
    """A wholly spoilt register must not print a million lines."""
    with tampering() as connection:
        connection.execute(t.log.update().values(kind="spoilt"))
        connection.execute(t.payload.update().values(data="spoilt"))

    faults = filled.verify().faults

    assert 0 < len(faults) <= 25


def test_an_empty_register_is_whole(register):
    """There is nothing to doubt."""
    found = register.verify(Head(sequence=0, hash=GENESIS, time=None))

    assert found.faults == ()
    assert found.head == Head(sequence=0, hash=GENESIS, time=None)
