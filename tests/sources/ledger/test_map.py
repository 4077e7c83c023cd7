import pytest

from tizim.domain.documents import Record
from tizim.domain.statements import Claim, EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.ledger import SOURCE, bundle_only, records


@pytest.fixture
def reading(ledger_file):
    """Map a file with one record."""

    def make(kind: str, *changes: dict[str, str]) -> EntryReading:
        [made] = SOURCE.readings(records(ledger_file(kind, *changes), "x.csv"))
        return made

    return make


def the(reading: EntryReading, wanted: Property) -> Claim:
    """The one claim of that property."""
    [claim] = [claim for claim in reading.claims if claim.property is wanted]
    return claim


def properties(reading: EntryReading) -> list[Property]:
    """The properties of the claims, in order."""
    return [claim.property for claim in reading.claims]


def unread(reading: EntryReading) -> list[tuple[str, str]]:
    """Field and value of what was not understood."""
    return [(value.field, value.value) for value in reading.unread]


# designations.csv


def test_a_row_becomes_one_act_with_every_cell_beside_it(reading):
    """The register builds states from these facets alone: a cell that is lost here is lost for good."""
    row = reading("designations.csv", {"announced_by": "a minister", "conflict_group": "kz-red", "note": "kept"})

    act = the(row, Property.ACT)

    assert (row.key, row.subject) == ("L0000000001", "ledger:red-kite")
    assert row.place == "designations.csv row_id=L0000000001"
    assert act.value == "listed"
    assert dict(act.facets) == {
        "list": "kz-list",
        "name": "Red Kite",
        "jurisdiction": "KZ",
        "authority": "Courts of Kazakhstan",
        "date": "2005-03",
        "precision": "month",
        "date_kind": "decision",
        "legal_act": "Law No. 1",
        "decided_by": "Supreme Court",
        "announced_by": "a minister",
        "conflict_group": "kz-red",
        "note": "kept",
        "source_title": "Agency 2005-04-02: court bans a group",
        "source_address": "https://example.org/1",
        "source_class": "press",
        "vk": "V",
        "published": "2005-04-02",
    }
    assert row.unread == ()


def test_whether_a_row_may_ship_is_no_part_of_the_act(reading):
    """A row that is freed for shipping later is still the same act."""
    open_row, closed_row = reading("designations.csv"), reading("designations.csv", {"bundle": "no: trap"})

    kept = the(closed_row, Property.HOUSEKEEPING)

    assert the(open_row, Property.ACT).identity == the(closed_row, Property.ACT).identity
    assert (kept.value, kept.facet("field")) == ("no: trap", "bundle")


@pytest.mark.parametrize("kind", ["report", "announcement"])
def test_the_day_of_a_report_counts_for_when_it_was_out(kind, reading):
    """What the row dates is then the word itself."""
    row = reading(
        "designations.csv",
        {
            "date": "2005-05-01",
            "date_precision": "day",
            "date_kind": kind,
            "source_title": "Agency 2005-04-02",
        },
    )

    assert the(row, Property.ACT).facet("published") == "2005-05-01"


def test_an_interval_without_a_dated_source_was_out_by_its_last_day(reading):
    """Until the second copy nobody could tell that the entry had gone."""
    row = reading(
        "designations.csv",
        {
            "action": "delisted",
            "date": "2020-12-01",
            "date_until": "2022-10-21",
            "date_precision": "between",
            "date_kind": "between_snapshots",
            "source_title": "two copies compared",
        },
    )

    act = the(row, Property.ACT)

    assert act.facet("published") == "2022-10-21"
    assert act.facet("date_until") == "2022-10-21"


def test_the_end_of_a_term_does_not_date_the_source(reading):
    """A listing of 2010 that runs to 2013 was known in 2010."""
    row = reading(
        "designations.csv",
        {
            "date": "2010-02-10",
            "date_precision": "day",
            "date_until": "2013-02-10",
            "source_title": "a gazette",
        },
    )

    act = the(row, Property.ACT)

    assert act.facet("published") == "2010-02-10"
    assert act.facet("date_until") == "2013-02-10"


def test_an_undated_row_of_an_undated_source_is_an_act_without_a_day(reading):
    """Unknown is not an error: the statement stands, its day does not."""
    row = reading("designations.csv", {"date": "", "date_precision": "unknown", "source_title": "page (undated)"})

    act = the(row, Property.ACT)

    assert (act.facet("date"), act.facet("precision"), act.facet("published")) == ("", "unknown", "")
    assert row.unread == ()


@pytest.mark.parametrize(
    ("change", "carrier"),
    [
        ({"org_name_as_stated": "Red Kite (as alias of Al-Hawk)"}, "Al-Hawk"),
        ({"note": "listed as an alias of Al-Hawk in 2017"}, "Al-Hawk"),
        ({"note": "computed; alias of Al-Hawk revoked, the carrier entry stays"}, "Al-Hawk"),
        ({"note": "alias Kestrel Brigade added"}, ""),
        ({"note": "names and aliases restated"}, ""),
    ],
)
def test_the_entry_that_carries_an_alias_is_named(change, carrier, reading):
    """To take an alias off amends its carrier and delists nobody; an alias that was added has no carrier."""
    row = reading("designations.csv", change)

    assert the(row, Property.ACT).facet("carrier") == carrier


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"action": "vaporised"}, "action"),
        ({"action": ""}, "action"),
        ({"list_id": "kz-lst"}, "list_id"),
        ({"date_precision": "roughly"}, "date_precision"),
        ({"date": "2005-03-15"}, "date"),
        ({"date": "2005-13"}, "date"),
        ({"date": ""}, "date"),
        ({"date": "2005-02-30", "date_precision": "day"}, "date"),
        ({"date_precision": "unknown"}, "date"),
        ({"date": "2005-03-15", "date_precision": "between"}, "date_until"),
        ({"date": "2005-03-15", "date_precision": "between", "date_until": "2005-03-14"}, "date_until"),
    ],
)
def test_a_row_whose_list_action_or_date_is_not_understood_makes_no_act(change, field, reading):
    """An act on an unknown list or day would enter a state by guesswork; the value is shown instead."""
    row = reading("designations.csv", change)

    assert Property.ACT not in properties(row)
    assert (field, {"date": "2005-03", "date_until": "", **change}[field]) in unread(row)


@pytest.mark.parametrize(
    ("change", "facet"),
    [
        ({"source_class": "hearsay"}, "source_class"),
        ({"date_kind": "guess"}, "date_kind"),
        ({"vk": "?"}, "vk"),
        ({"date_until": "2006-01-01", "action": "delisted"}, "date_until"),
        ({"date_until": "2004-01-01"}, "date_until"),
        ({"date_until": "later"}, "date_until"),
    ],
)
def test_a_value_beside_the_act_that_is_not_understood_is_unread_and_the_act_stands(change, facet, reading):
    """The act is told all the same; what is not understood about it is shown and not passed on."""
    row = reading("designations.csv", change)

    assert the(row, Property.ACT).facet(facet) == ""
    assert unread(row) == [(facet, change[facet])]


def test_a_value_in_an_unknown_column_is_unread_and_an_empty_one_is_not(reading):
    """Columns are added over time: what stands in them is shown, and the file is not refused."""
    row = reading("designations.csv", {"judge": "A. Smith", "room": ""})

    assert unread(row) == [("judge", "A. Smith")]
    assert Property.ACT in properties(row)


@pytest.mark.parametrize("list_id", ["un-1267", "un-1988", "eu-881", "eu-753"])
def test_a_un_number_is_a_judgement_that_the_subject_is_that_entry(list_id, reading):
    """The UN's own numbers, and the EU annexes that repeat them, tie the ledger to the UN list."""
    row = reading("designations.csv", {"list_id": list_id, "ref_no": "QDe.004"})

    same = the(row, Property.JUDGEMENT)

    assert (same.value, same.facet("with"), same.facet("author")) == ("same", "un-sc:QDe.004", "ledger")
    assert the(row, Property.ACT).facet("reference") == "QDe.004"


def test_a_number_of_another_list_is_no_judgement(reading):
    """The shape of a number says nothing on a list that numbers its own entries."""
    row = reading("designations.csv", {"ref_no": "QDe.004"})

    assert Property.JUDGEMENT not in properties(row)
    assert row.unread == ()


def test_a_un_number_that_is_none_is_unread(reading):
    """Two numbers in a cell, or a slip, must be looked at by a person."""
    row = reading("designations.csv", {"list_id": "un-1267", "ref_no": "QDe.004; QDe.115"})

    assert Property.JUDGEMENT not in properties(row)
    assert unread(row) == [("ref_no", "QDe.004; QDe.115")]


# organisations.csv


def test_an_organisation_has_its_main_name_and_each_name_with_who_uses_it(reading):
    """Who uses a name decides what it proves; the letters stay as printed."""
    row = reading(
        "organisations.csv",
        {},
        {
            "name": "Red Kite Army",
            "lang": "en",
            "script": "Latn",
            "name_kind": "as stated on us-fto (completed by us)",
        },
        {"name": "R.K.", "lang": "und", "script": "Latn", "name_kind": "alias (UN; low quality)"},
    )

    aliases = [claim for claim in row.claims if claim.property is Property.ALIAS]

    assert (row.key, row.subject) == ("org:red-kite", "ledger:red-kite")
    assert the(row, Property.NAME).value == "Red Kite"
    assert the(row, Property.NAME).facet("script") == "Latn"
    assert the(row, Property.KIND).value == "organisation"
    assert [(a.value, a.facet("stated_by"), a.facet("quality"), a.place) for a in aliases] == [
        ("Красный коршун", "", "", "2/name"),
        ("Red Kite Army", "us-fto", "", "3/name"),
        ("R.K.", "un-sc", "low", "4/name"),
    ]
    assert (aliases[0].facet("language"), aliases[0].facet("script")) == ("ru", "Cyrl")
    assert (aliases[0].facet("name_kind"), aliases[0].facet("source")) == ("alias", "Agency 2005-04-02")
    assert row.unread == ()


def test_a_name_that_two_lists_use_is_kept_for_both_and_once_for_each(reading):
    """Each list's use of a name is a fact of its own; the same fact twice is one."""
    row = reading(
        "organisations.csv",
        {"name_kind": "as stated on us-fto"},
        {"name_kind": "as stated on uk-tact"},
        {"name_kind": "as stated on uk-tact"},
    )

    stated_by = [claim.facet("stated_by") for claim in row.claims if claim.property is Property.ALIAS]

    assert stated_by == ["us-fto", "uk-tact"]


def test_a_un_number_ties_the_organisation_once_to_that_entry(reading):
    """The number is repeated with every name; the judgement is one."""
    row = reading("organisations.csv", {"un_ref": "QDe.999"}, {"un_ref": "QDe.999", "name": "B"})

    assert the(row, Property.JUDGEMENT).facet("with") == "un-sc:QDe.999"
    assert the(row, Property.KIND).value == "organisation"


def test_a_subject_with_the_number_of_a_person_is_a_person(reading):
    """The UN numbers persons with an i and entities with an e."""
    row = reading("organisations.csv", {"un_ref": "QDi.999"})

    assert the(row, Property.KIND).value == "person"


def test_what_does_not_fit_an_organisation_is_unread_with_its_line(reading):
    """Two main names, a number that is none, a list nobody knows: each is shown at its own row."""
    row = reading(
        "organisations.csv",
        {"judge": "A"},
        {"main_name": "Blue Kite", "un_ref": "Q-1", "name_kind": "as stated on mars", "judge": ""},
    )

    assert unread(row) == [
        ("2/judge", "A"),
        ("3/main_name", "Blue Kite"),
        ("3/name_kind", "as stated on mars"),
        ("3/un_ref", "Q-1"),
    ]


def test_a_source_that_points_at_the_row_before_is_left_out(reading):
    """The row before may be another's or not ship: ``same`` would then name the wrong source."""
    row = reading("organisations.csv", {"source": "same"})

    assert the(row, Property.ALIAS).facet("source") == ""


def test_an_id_of_another_base_is_a_link(reading):
    """The column is empty so far; once filled, it must not be lost."""
    row = reading("organisations.csv", {"wikidata_id": "Q1"})

    link = the(row, Property.LINK)

    assert (link.value, link.facet("kind")) == ("Q1", "wikidata")


def test_what_ships_of_an_organisation_makes_the_same_claims_as_the_whole(ledger_file):
    """The starter's statements must be those that the full file makes, or they would be doubled."""
    found = records(
        ledger_file("organisations.csv", {"name": "A"}, {"name": "B", "bundle": "no"}, {"name": "C", "source": "same"}),
        "o.csv",
    )

    [whole], [shipped] = SOURCE.readings(found), SOURCE.readings(bundle_only(found))

    assert {claim.identity for claim in shipped.claims} < {claim.identity for claim in whole.claims}
    assert whole.key == shipped.key


# lists.csv


def test_a_rule_says_what_time_does_to_a_listing(reading):
    """The calendar of reviews rests on these facets."""
    row = reading("lists.csv", {"removal": "-"})

    rule = the(row, Property.RULE)

    assert (row.key, row.subject) == ("list:eu-931:review:2001-12-27", "list:eu-931")
    assert rule.value == "review"
    assert dict(rule.facets) == {
        "list": "eu-931",
        "jurisdiction": "EU",
        "list_name": "EU terrorist list",
        "decides": "Council",
        "legal_act": "CP 2001/931",
        "period": "P6M",
        "rule_from": "2001-12-27",
        "machine_rule": "review_due = last_act + 6 months",
        "effect": "asset freeze",
        "published": "Official Journal",
        "vk": "V",
        "source": "Journal 2023",
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"list_id": "mars"}, "list_id"),
        ({"rule_kind": "mood"}, "rule_kind"),
        ({"period": "half a year"}, "period"),
        ({"period": ""}, "period"),
        ({"rule_from": "lately"}, "rule_from"),
        ({"rule_to": "2019-13"}, "rule_to"),
    ],
)
def test_a_rule_that_cannot_be_computed_is_unread(change, field, reading):
    """A wrong period would declare listings overdue that are not."""
    row = reading("lists.csv", change)

    assert row.claims == ()
    assert (field, change[field]) in unread(row)


# measures.csv


def test_a_measure_says_what_a_listing_brings(reading):
    """What, for whom, since when and by which act."""
    row = reading("measures.csv")

    measure = the(row, Property.MEASURE)

    assert (row.key, row.subject) == ("measure:un-1988:measure:asset freeze:2011-06-17", "list:un-1988")
    assert measure.value == "asset freeze"
    assert dict(measure.facets) == {
        "list": "un-1988",
        "kind": "measure",
        "scope": "listed persons and entities",
        "valid_from": "2011-06-17",
        "legal_act": "UNSCR 1988 (2011)",
        "source_title": "Committee page",
        "source_address": "https://example.org/2",
        "vk": "V",
    }


@pytest.mark.parametrize(
    ("field", "value"), [("list_id", "mars"), ("kind", "hint"), ("valid_from", "x"), ("valid_to", "x")]
)
def test_a_measure_that_is_not_understood_is_unread(field, value, reading):
    """Nobody is to be told of a measure that tizim did not understand."""
    row = reading("measures.csv", {field: value})

    assert Property.MEASURE not in properties(row)
    assert unread(row) == [(field, value)]


# seed_claims.csv


@pytest.mark.parametrize(
    ("subject", "about"),
    [
        ("red-kite", "ledger:red-kite"),
        ("red-kite; the list", "ledger:red-kite"),
        ("Red Kite Emirate = red-kite", "ledger:red-kite"),
        ("reaction", "topic:reaction"),
        ("KZ-AF relations", "topic:KZ-AF relations"),
    ],
)
def test_a_claim_is_about_an_organisation_or_about_a_topic(subject, about, reading):
    """Only what names an organisation joins the rest of what is known of it."""
    row = reading("seed_claims.csv", {"subject": subject})

    claim = the(row, Property.CLAIM)

    assert (row.key, row.subject) == ("claim:F1", about)
    assert claim.value == "A country took Red Kite off its list"
    assert claim.facet("subject") == subject
    assert claim.facet("quote_original") == "« retiré »"
    assert claim.facet("corroborates") == ""


# all files


def test_two_files_with_one_row_are_refused_when_read_together(ledger_file):
    """Each key is yielded once: a row given in two files is a slip."""
    found = records(ledger_file("designations.csv"), "d.csv") * 2

    with pytest.raises(SourceRefused, match=r"the same entry as .* row_id=L0000000001"):
        list(SOURCE.readings(found))


def test_a_record_of_another_source_is_refused():
    """A record that is none of the ledger's has no identity here."""
    record = Record(place="list.xml entry 1", fields=(("name", "x"),))

    with pytest.raises(SourceRefused, match="no record of the ledger"):
        SOURCE.map(record)


def test_a_record_without_its_key_is_refused():
    """Without an id there is nothing that a statement could be about."""
    record = Record(place="designations.csv row_id=", fields=(("row_id", " "), ("org_id", "red-kite")))

    with pytest.raises(SourceRefused, match="column row_id"):
        SOURCE.map(record)
