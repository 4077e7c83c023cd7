import gzip
import json

import msgspec
import pytest
import sqlalchemy as sa
from tests.makers import Ticking, a_claim, a_document, a_register, an_entry, archived, the_core_of
from tests.saying import everything, names, projections

from tizim.domain.documents import Layer
from tizim.domain.statements import Property, claim_key, statement_id
from tizim.errors import BadInput, Busy, NotFound
from tizim.register import schema as t
from tizim.register.projector import Projector
from tizim.register.protocol import Withholding
from tizim.register.withhold import redact_bytes
from tizim.text import fold

SECRET = "Zoë Q'uux & Sons"
ACT = Withholding(author="a court", ground="published by mistake", scope="statement", act="Order 7 of 2026")
WIDE = msgspec.structs.replace(ACT, scope="subject")


def called(day, *claims, key="A", name="Plain Name", source="un-sc"):
    """A document with one entry, of that name and with *claims*."""
    return a_document(day, [an_entry(key, claims, name=name), an_entry("Z")], source=source)


def kept(register, *batches):
    """The batches as appended, their bytes in the archive."""
    clock = Ticking()
    made = [archived(register, batch) for batch in batches]
    for batch in made:
        register.append(batch, clock)
    return made


def statement_of(batch, prop, value, *, key="A"):
    """The id of what *batch* says of *key*."""
    claim = next(
        claim
        for e in batch.entries
        if e.key == key
        for claim in e.claims
        if (claim.property, claim.value) == (prop, value)
    )
    return statement_id(claim_key(batch.facts.source, key, claim), batch.facts.sha256)


def bytes_held(register, tmp_path):
    """Every byte that the register has anywhere: all files of its folder, archives unpacked, and all tables."""
    found = []
    for path in tmp_path.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            found += [data, gzip.decompress(data)] if path.suffix == ".gz" else [data]
    if register._engine.dialect.name == "postgresql":
        with register._engine.connect() as connection:
            tables = connection.exec_driver_sql(
                "SELECT quote_ident(nspname) || '.' || quote_ident(relname) FROM pg_class"
                " JOIN pg_namespace n ON n.oid = relnamespace"
                " WHERE relkind IN ('r', 't') AND (nspname IN ('public', 'pg_toast') OR relname = 'pg_statistic')"
            ).scalars().all()  # fmt: skip
            for table in tables:
                if not table.startswith("pg_toast"):
                    rows = connection.exec_driver_sql(f"SELECT x::text FROM {table} x").scalars()  # noqa: S608 - names are the catalogue's
                    found += [row.encode() for row in rows]
            # What lies in the files of the tables, freed rows included.
            connection.exec_driver_sql("CHECKPOINT")
            names = [
                name
                for table in tables
                if (name := connection.exec_driver_sql(f"SELECT pg_relation_filepath('{table}')").scalar())
            ]
            for name in names:
                found.append(connection.exec_driver_sql(f"SELECT pg_read_binary_file('{name}')").scalar())
    return found


def traces(register, tmp_path, value):
    """The forms of *value* that can still be read anywhere."""
    forms = {value, json.dumps(value)[1:-1], fold(value), value.encode().hex(), value.replace("&", "&amp;")}
    split = "".join(f"<word>{word.replace('&', '&amp;')}</word>" for word in value.split())
    held = bytes_held(register, tmp_path)
    return {form for form in (*forms, split) if any(form.encode() in data for data in held)}


def analysed(register):
    """What a server does by itself after a while: gather statistics."""
    if register._engine.dialect.name == "postgresql":
        with register._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")


def test_no_byte_of_a_withheld_value_stays(register, tmp_path):
    """The point of it: whoever gets hold of the folder or the database learns nothing of the name."""
    first, second = kept(register, called("2015-01-01", name=SECRET), called("2016-01-01", name=SECRET))
    analysed(register)
    assert traces(register, tmp_path, SECRET)

    count = register.withhold(statement_of(first, "name", SECRET), ACT, Ticking())

    assert count == 1
    assert traces(register, tmp_path, SECRET) == set()
    assert register.archive.is_redacted(first.facts.sha256)
    assert register.archive.is_redacted(second.facts.sha256)


def test_place_leaf_and_mark_stay_and_the_chain_is_whole(register):
    """That something was taken away, where, and on whose word, stays visible for ever."""
    (batch,) = kept(register, called("2015-01-01", name=SECRET))
    head = register.head()
    register.withhold(statement_of(batch, "name", SECRET), ACT, Ticking())

    assert register.verify(head).faults == ()
    with register.view() as view:
        rows = [row for row in view.claims(["un-sc:A"]) if row.property == "name"]
        bodies = view._db.execute(sa.select(t.log.c.body).where(t.log.c.kind == "withheld")).scalars().all()
    assert [row.value for row in rows] == [None]
    body = json.loads(bodies[0])
    assert {name: body[name] for name in ("author", "ground", "scope", "act")} == {
        "author": "a court", "ground": "published by mistake", "scope": "statement", "act": "Order 7 of 2026"
    }  # fmt: skip
    assert body["claims"] == [rows[0].claim_id]
    assert len(body["marks"][0]) == 128


def test_the_rest_of_the_entry_stays(register):
    """One value is withheld, not the listing."""
    (batch,) = kept(register, called("2015-01-01", a_claim(Property.ALIAS, "Other Name"), name=SECRET))
    register.withhold(statement_of(batch, "name", SECRET), ACT, Ticking())

    with register.view() as view:
        (row,) = view.headlines_of(["un-sc:A"])
        named = [one.text for one in view.names_of(["un-sc:A"])]
    assert (row.reference, row.list, row.name) == ("A", "un-1267", "")
    assert named == ["Other Name"]
    assert b"Other" in register.archive.get(batch.facts.sha256)


def test_rebuilding_keeps_a_value_withheld(register, tmp_path):
    """The log has the act and no longer the value, so the projections cannot bring it back."""
    batches = kept(register, called("2015-01-01", name=SECRET), called("2016-01-01", name=SECRET))
    register.withhold(statement_of(batches[0], "name", SECRET), ACT, Ticking())
    before = projections(register)

    register.rebuild()

    assert projections(register) == before
    assert traces(register, tmp_path, SECRET) == set()


@pytest.mark.parametrize("day", ["2014-01-01", "2016-01-01", "2018-01-01"])
def test_a_document_that_prints_the_value_again_does_not_bring_it_back(register, tmp_path, day):
    """Publishers go on printing; what came back would have been withheld in vain."""
    documents = kept(register, called("2015-01-01", name=SECRET), called("2017-01-01", name=SECRET))
    register.withhold(statement_of(documents[0], "name", SECRET), ACT, Ticking())

    (again,) = kept(register, called(day, a_claim(Property.TITLE, day), name=SECRET))

    assert traces(register, tmp_path, SECRET) == set()
    assert register.archive.is_redacted(again.facts.sha256)
    assert register.verify().faults == ()
    with register.view() as view:
        spans = [(row.first, row.last) for row in view.claims(["un-sc:A"]) if row.property == "name"]
        moments = [doc.moment for doc in view.documents()]
    assert all(spans[0][0] <= moment <= spans[0][1] for moment in moments), "it is the same claim as before"
    before = projections(register)
    register.rebuild()
    assert projections(register) == before


def test_the_file_of_a_document_known_from_the_starter_does_not_bring_it_back(register, tmp_path):
    """The starter may have brought the name, and the file comes after the court."""
    whole = archived(register, called("2015-01-01", a_claim(Property.TITLE, "Dr"), name=SECRET))
    (path,) = (tmp_path / "archive").rglob(f"{whole.facts.sha256}.gz")
    path.unlink()
    register.append(the_core_of(whole), Ticking())
    register.withhold(statement_of(whole, "name", SECRET), ACT, Ticking())

    (again,) = kept(register, called("2015-01-01", a_claim(Property.TITLE, "Dr"), name=SECRET))

    assert again.facts.sha256 == whole.facts.sha256
    assert traces(register, tmp_path, SECRET) == set()
    assert register.verify().faults == ()
    with register.view() as view:
        (doc,) = view.documents()
        assert view.covered(doc, Layer.REST)


def test_a_statement_is_withheld_alone(register, tmp_path):
    """The narrow scope takes one claim: the same words under another property stand on their own."""
    alias = a_claim(Property.ALIAS, SECRET, quality="low")
    (batch,) = kept(register, called("2015-01-01", alias, name=SECRET))

    assert register.withhold(statement_of(batch, "name", SECRET), ACT, Ticking()) == 1
    with register.view() as view:
        assert [one.property for one in view.names_of(["un-sc:A"])] == ["alias"]


def test_the_scope_subject_takes_the_value_wherever_records_of_the_subject_say_it(register, tmp_path):
    """A name is withheld from a person, not from one cell."""
    alias = a_claim(Property.ALIAS, SECRET, quality="low")
    remark = a_claim(Property.COMMENT, SECRET)
    other = msgspec.structs.replace(an_entry("row 1", [alias]), subject="un-sc:A")
    batch, _ = kept(
        register, called("2015-01-01", alias, remark, name=SECRET), a_document("2015-01-01", [other], source="other")
    )

    assert register.withhold(statement_of(batch, "name", SECRET), WIDE, Ticking()) == 4
    assert traces(register, tmp_path, SECRET) == set()
    assert register.verify().faults == ()


@pytest.mark.parametrize("prop", [Property.ALIAS, Property.COMMENT])
def test_under_the_scope_subject_a_value_does_not_come_back_in_another_form(register, tmp_path, prop):
    """What is withheld from a subject is not stored when the next file prints it elsewhere in its entry."""
    (batch,) = kept(register, called("2015-01-01", name=SECRET))
    register.withhold(statement_of(batch, "name", SECRET), WIDE, Ticking())

    elsewhere = a_claim(prop, SECRET, quality="low")
    kept(register, called("2016-01-01", elsewhere), called("2017-01-01", elsewhere))

    assert traces(register, tmp_path, SECRET) == set()
    assert register.verify().faults == ()
    with register.view() as view:
        (row,) = [row for row in view.claims(["un-sc:A"]) if row.property == prop.value]
    assert row.value is None
    before = projections(register)
    register.rebuild()
    assert projections(register) == before


def test_a_name_of_somebody_else_is_no_business_of_the_act(register):
    """Namesakes keep their names."""
    (batch,) = kept(register, a_document("2015-01-01", [an_entry("A", name=SECRET), an_entry("B", name="Somebody")]))
    register.withhold(statement_of(batch, "name", SECRET), WIDE, Ticking())

    kept(register, a_document("2016-01-01", [an_entry("B", name=SECRET)]))

    with register.view() as view:
        assert SECRET in [one.text for one in view.names_of(["un-sc:B"])]


def test_a_fact_is_withheld_with_all_that_it_says(register, tmp_path):
    """An act of the ledger names people in its facets."""
    act = a_claim(Property.ACT, "listed", list="kz-list", name=SECRET, note="a note")
    other = a_claim(Property.ACT, "listed", list="kz-list", name="Somebody")
    entries = [
        msgspec.structs.replace(an_entry(key), subject="ledger:x", claims=(one,))
        for key, one in (("r1", act), ("r2", other))
    ]
    (batch,) = kept(register, a_document("2015-01-01", entries, source="ledger", complete=False))

    register.withhold(statement_of(batch, "act", "listed", key="r1"), WIDE, Ticking())

    assert traces(register, tmp_path, SECRET) == set()
    with register.view() as view:
        assert [fact.facets["name"] for fact in view.facts(Property.ACT, None)] == ["Somebody"]
    before = projections(register)
    register.rebuild()
    assert projections(register) == before


def test_a_second_withholding_is_refused(register):
    """There is nothing left to withhold, and the first act stands."""
    (batch,) = kept(register, called("2015-01-01", name=SECRET))
    statement = statement_of(batch, "name", SECRET)
    register.withhold(statement, ACT, Ticking())
    head = register.head()

    with pytest.raises(NotFound, match="has a value"):
        register.withhold(statement, ACT, Ticking())

    assert register.head() == head


def test_what_cannot_be_withheld_is_refused_and_nothing_is_done(register):
    """Membership is an observation; an unknown statement or scope is a mistake of the caller's."""
    (batch,) = kept(register, called("2015-01-01"))
    head, before = register.head(), everything(register)

    for statement, act, reason in [
        (statement_of(batch, "member", "un-1267"), ACT, "membership"),
        (statement_of(batch, "name", "Plain Name"), msgspec.structs.replace(ACT, scope="world"), "scope"),
        ("0000000000000001-000000000000", ACT, "no statement"),
        (statement_of(batch, "name", "Plain Name")[:17] + "0" * 12, ACT, "no statement"),
        (statement_of(batch, "name", "Plain Name")[:16], ACT, "no statement"),
        ("no id", ACT, "not a statement's id"),
    ]:
        with pytest.raises(BadInput, match=reason):
            register.withhold(statement, act, Ticking())

    assert register.head() == head
    assert everything(register) == before
    assert not register.archive.is_redacted(batch.facts.sha256)


def test_an_act_that_is_not_committed_redacts_nothing(register, monkeypatch):
    """Evidence must not be blacked out without an act in the log."""
    (batch,) = kept(register, called("2015-01-01", name=SECRET))
    data, head = register.archive.get(batch.facts.sha256), register.head()

    with monkeypatch.context() as patch:
        patch.setattr(Projector, "withheld", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            register.withhold(statement_of(batch, "name", SECRET), ACT, Ticking())

    assert register.head() == head
    assert register.archive.get(batch.facts.sha256) == data
    kept(register, called("2016-01-01"))
    assert register.archive.get(batch.facts.sha256) == data
    assert not register.archive.copies_begun
    assert register.verify().faults == ()


@pytest.mark.parametrize("stopped_at", ["_settle_copies", "_settle_store"])
def test_what_a_stopped_withholding_left_undone_the_next_writer_does(register, tmp_path, monkeypatch, stopped_at):
    """The machine may stop between the act and the removal of the last byte."""
    (batch,) = kept(register, called("2015-01-01", name=SECRET))

    head = register.head()

    def stop(_register):
        if register.head() != head:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(type(register), stopped_at, stop)
        with pytest.raises(KeyboardInterrupt):
            register.withhold(statement_of(batch, "name", SECRET), ACT, Ticking())
    assert traces(register, tmp_path, SECRET)

    other = a_register(tmp_path, register._url)
    kept(other, called("2016-01-01"))
    other.close()

    assert traces(register, tmp_path, SECRET) == set()
    assert register.verify().faults == ()


def test_while_a_reader_holds_on_the_act_stands_and_the_bytes_go_later(register, tmp_path):
    """A reader of the old state cannot be robbed of it; the caller is told, and the next writer cleans up."""
    (batch,) = kept(register, called("2015-01-01", name=SECRET))
    hasty = a_register(tmp_path, register._url)
    hasty._wait = 0.2

    with register.view() as view:
        assert view.names_of(["un-sc:A"])
        with pytest.raises(Busy, match="the value is withheld, but"):
            hasty.withhold(statement_of(batch, "name", SECRET), ACT, Ticking())
        assert view.names_of(["un-sc:A"])[0].text == SECRET
        kept(hasty, called("2016-01-01"))

    kept(hasty, called("2017-01-01"))
    hasty.close()
    assert traces(register, tmp_path, SECRET) == set()
    assert names(register) == [
        ("un-sc:A", "plain name", "Plain Name", "name"), ("un-sc:Z", "name of z", "NAME OF Z", "name")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "first"),
    [("REPEATABLE READ", "SELECT 1"), ("READ COMMITTED", "SELECT pg_current_xact_id()")],
    ids=["a look at the rows", "the number of a transaction alone"],
)
def test_whoever_may_still_see_old_rows_is_waited_for_though_they_read_nothing_of_ours(
    register, tmp_path, level, first
):  # fmt: skip
    """A server rewrites a table without a word about rows that it keeps for them."""
    if register._engine.dialect.name != "postgresql":
        pytest.skip("SQLite knows readers of the whole file only")
    (batch,) = kept(register, called("2015-01-01", name=SECRET))
    hasty = a_register(tmp_path, register._url)
    hasty._wait = 0.2

    with register._engine.connect().execution_options(isolation_level=level) as idle:
        idle.exec_driver_sql(first)
        with pytest.raises(Busy, match="the value is withheld, but"):
            hasty.withhold(statement_of(batch, "name", SECRET), ACT, Ticking())

    kept(hasty, called("2017-01-01"))
    hasty.close()
    assert traces(register, tmp_path, SECRET) == set()


def test_a_transaction_of_another_database_of_the_server_keeps_no_withheld_rows(register, tmp_path):
    """Every look at rows is as old as the oldest transaction of the whole server, and frees none that ended since."""
    if register._engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one database in a file")
    (batch,) = kept(register, called("2015-01-01", name=SECRET))
    elsewhere = sa.create_engine(sa.make_url(register._url).set(database="postgres"))
    with elsewhere.connect() as other:
        other.exec_driver_sql("SELECT pg_current_xact_id()")

        register.withhold(statement_of(batch, "name", SECRET), ACT, Ticking())

        assert traces(register, tmp_path, SECRET) == set()
    elsewhere.dispose()


@pytest.mark.parametrize(
    ("data", "text", "expected"),
    [
        ("<N>Abu Bakr</N>", "Abu Bakr", "<N>█████ █████</N>"),
        ("<A>Abu</A>\n  <B>Bakr</B>", "Abu Bakr", "<A>█████</A>\n  <B>█████</B>"),
        ("Abu\u00a0 Bakr, Abubakr", "Abu Bakr", "█████\u00a0 █████, Abubakr"),
        ("<N>A &amp; B</N>", "A & B", "<N>█████ █████ █████</N>"),
        ("<N>Zo&#235; O&#x27;Neil</N>", "Zoë O'Neil", "<N>█████ █████</N>"),
        ('"say ""no"" more",x', 'say "no" more', '"█████ █████ █████",x'),
        ("Ali Alison Al-Ali", "Ali", "█████ Alison Al-█████"),
        ("名前は山田太郎です", "山田太郎", "名前は█████です"),
        ("a b c, b", "b", "a █████ c, █████"),
    ],
)
def test_values_are_found_as_documents_write_them(data, text, expected):
    """Between value and bytes stand markup, line breaks and references; the copy stays readable around it."""
    assert redact_bytes(data.encode(), {text}).decode() == expected


def test_a_value_that_cannot_be_found_takes_the_whole_copy_with_it():
    """In a packed file nothing can be blacked out: rather too much is lost than a value kept."""
    assert redact_bytes(gzip.compress(b"Abu Bakr"), {"Abu Bakr"}) == b""
    assert redact_bytes(b"born in 1965", {"1965-01-01"}) == b""


def test_longer_texts_are_blacked_out_before_their_parts():
    """A name may be part of another one that is withheld with it."""
    assert redact_bytes(b"Abu Bakr Ali", {"Abu Bakr", "Abu Bakr Ali"}) == "█████ █████ █████".encode()


def test_bytes_that_are_no_text_stay_as_they_were():
    """Redaction touches the value and nothing else."""
    assert redact_bytes(b"\xff\xfe Abu \x80", {"Abu"}) == b"\xff\xfe \xe2\x96\x88" + b"\xe2\x96\x88" * 4 + b" \x80"
