"""A list that several lines of documents show, lists of users' own, and numbers that one publisher changed."""

import datetime as dt

import msgspec
import pytest
from tests.makers import NOON, Ticking, a_claim, a_document, a_register, an_entry

from tizim.answer import prose
from tizim.answer.ask import ask
from tizim.answer.changes import difference
from tizim.answer.history import history
from tizim.answer.members import members
from tizim.answer.official import official_list, official_lists, parts_of
from tizim.answer.overview import overview
from tizim.answer.subjects import Clusters, find
from tizim.domain.dates import AsOf, Basis
from tizim.domain.lists import ListId
from tizim.domain.statements import Property
from tizim.errors import NotFound

CSV, XML, SEARCH = "us-ofac-cons-csv", "us-ofac-cons-xml", "us-ofac-enhanced-xml/search"
CONS = ListId("us-ofac-cons")


def at(day):
    """The end of *day*, as recorded by now."""
    return AsOf(valid_at=dt.date.fromisoformat(day), known_at=NOON + dt.timedelta(days=1), basis=Basis.RECORDED)


def ofac(key, *, on="us-ofac-cons", name=None, prefix="us-ofac"):
    """An entry by its uid, which all of the publisher's forms print."""
    return msgspec.structs.replace(an_entry(key, on=on, name=name), subject=f"{prefix}:{key}")


@pytest.fixture
def register(tmp_path):
    """An empty register."""
    made = a_register(tmp_path)
    yield made
    made.close()


@pytest.fixture
def keep(register):
    """Appends documents."""
    clock = Ticking()

    def keep(*batches):
        for batch in batches:
            register.append(batch, clock)

    return keep


def states(register, list_id, day):
    """Each member's status and beginning, by subject."""
    with register.view() as view:
        return {one.subject: (one.status.value, one.since) for one in members(view, ListId(list_id), at(day)).members}


def test_an_entry_that_two_forms_of_a_list_show_is_one_member(register, keep):
    """The same list in CSV and in XML is one list, and an entry of both is on it once."""
    keep(a_document("2024-01-01", [ofac("1"), ofac("2")], source=CSV))
    keep(a_document("2024-02-01", [ofac("1"), ofac("2"), ofac("3")], source=XML))

    found = states(register, CONS, "2024-02-01")

    assert found == {
        "us-ofac:1": ("listed", "../2024-01-01"),
        "us-ofac:2": ("listed", "../2024-01-01"),
        "us-ofac:3": ("listed", "2024-01-01/2024-02-01"),
    }


def test_a_newer_copy_in_another_form_without_the_entry_shows_that_it_is_gone(register, keep):
    """Both forms number their entries alike, so the one speaks of what the other shows."""
    keep(a_document("2024-01-01", [ofac("1"), ofac("2")], source=CSV))
    keep(a_document("2024-02-01", [ofac("1")], source=XML))

    assert states(register, CONS, "2024-02-01").keys() == {"us-ofac:1"}
    assert states(register, CONS, "2024-01-15")["us-ofac:2"] == ("unknown", "../2024-01-01")


def test_a_copy_that_numbers_its_entries_otherwise_says_nothing_of_the_others(register, keep):
    """Absence can be told only of an entry that would have been recognised."""
    keep(a_document("2024-01-01", [ofac("1")], source=CSV))
    keep(a_document("2024-02-01", [ofac("X", prefix="another")], source=XML))

    assert states(register, CONS, "2024-03-01") == {
        "us-ofac:1": ("not_observed", "../2024-01-01"),
        "another:X": ("not_observed", "../2024-02-01"),
    }


def test_an_export_limited_to_a_programme_shows_members_and_no_absences(register, keep):
    """A row that a search did not return was not looked for."""
    keep(a_document("2024-01-01", [ofac("1"), ofac("2")], source=XML))
    keep(a_document("2024-02-01", [ofac("2")], source=SEARCH, complete=False))

    found = states(register, CONS, "2024-02-01")

    assert found["us-ofac:1"][0] == "not_observed"
    assert found["us-ofac:2"][0] == "listed"


def test_an_export_limited_to_a_programme_does_not_make_a_list_newer(register, keep):
    """It shows a few entries: of all others it says nothing, so what is known of the list is as old as before."""
    keep(a_document("2024-01-01", [ofac("1"), ofac("2")], source=XML))
    keep(a_document("2024-06-01", [ofac("2")], source=SEARCH, complete=False))

    with register.view() as view:
        found = members(view, CONS, at("2024-06-02"))
        line = next(one for one in overview(view, at("2024-06-02")).lists if one.official.id == CONS)
        shown, silent = (history(view, key, at("2024-06-02")).lists[0] for key in ("us-ofac:2", "us-ofac:1"))

    assert (found.last_observed, found.stale, found.copy_before) == (dt.date(2024, 1, 1), True, dt.date(2024, 1, 1))
    assert (line.copies, line.last_observed, line.stale) == (1, dt.date(2024, 1, 1), True)
    assert (shown.last_observed, shown.stale) == (dt.date(2024, 6, 1), False)
    assert (silent.last_observed, silent.stale) == (dt.date(2024, 1, 1), True)


def test_a_list_that_only_exports_show_is_as_old_as_they_are(register, keep):
    """Where no whole copy is held, a part is all that tells anything."""
    keep(a_document("2024-06-01", [ofac("2")], source=SEARCH, complete=False))

    with register.view() as view:
        assert members(view, CONS, at("2024-06-02")).last_observed == dt.date(2024, 6, 1)


def test_an_incomplete_copy_between_two_whole_ones_does_not_hide_that_an_entry_had_gone(register, keep):
    """What it lacks it says nothing of, so the whole copy before it goes on speaking."""
    keep(a_document("2024-01-01", [ofac("1"), ofac("2")], source=CSV))
    keep(a_document("2024-02-01", [ofac("2")], source=CSV))
    keep(a_document("2024-03-01", [ofac("2", name="TWO")], source=CSV, complete=False))
    keep(a_document("2024-04-01", [ofac("2", name="TWO B")], source=CSV))

    assert states(register, CONS, "2024-03-15").keys() == {"us-ofac:2"}


def test_the_history_of_a_subject_counts_the_copies_of_all_forms(register, keep):
    """History and members must tell the same story."""
    keep(a_document("2024-01-01", [ofac("1"), ofac("2")], source=CSV))
    keep(a_document("2024-02-01", [ofac("1")], source=XML))

    with register.view() as view:
        one, other = (history(view, key, at("2024-03-01")).lists[0] for key in ("us-ofac:1", "us-ofac:2"))

    assert (one.copies_with, one.copies_without) == (2, 0)
    assert (other.copies_with, other.copies_without) == (1, 1)
    assert [period.ended for period in other.periods] == ["2024-01-01/2024-02-01"]


def test_copies_of_two_forms_are_not_compared_with_each_other(register, keep):
    """Two forms print different fields; what differs between them is no change of the list."""
    keep(a_document("2024-01-01", [ofac("1", name="INVENTED ONE")], source=CSV))
    keep(a_document("2024-02-01", [ofac("1", name="INVENTED ONE, Inc."), ofac("2")], source=CSV))
    keep(a_document("2024-02-15", [ofac("1", name="One Invented")], source=XML))

    with register.view() as view:
        found = difference(view, CONS, dt.date(2024, 1, 1), dt.date(2024, 3, 1), at("2024-03-01"))

    assert (found.from_document, found.to_document) == (dt.date(2024, 1, 1), dt.date(2024, 2, 1))
    assert [one.reference for one in found.added] == ["2"]


def test_a_list_shown_whole_has_each_entry_once_and_its_part_has_its_own(register, keep):
    """SDGT is a programme of the SDN list: its entries stand on both, and the whole counts them once."""
    both = (a_claim(Property.MEMBER, "us-sdgt"),)
    sdgt = msgspec.structs.replace(an_entry("6636", both, on="us-ofac-sdn"), subject="us-ofac:6636")
    keep(a_document("2024-01-01", [sdgt, ofac("7", on="us-ofac-sdn")], source="us-ofac-sdn-csv"))

    assert states(register, "us-ofac-sdn", "2024-01-01").keys() == {"us-ofac:6636", "us-ofac:7"}
    assert states(register, "us-sdgt", "2024-01-01").keys() == {"us-ofac:6636"}
    with register.view() as view:
        assert len(members(view, ListId("us-ofac-sdn"), at("2024-01-01")).members) == 2
        assert parts_of(view, ListId("us-ofac-sdn"))[0] == "us-ofac-sdn"
        assert ListId("un-sc") not in parts_of(view, ListId("un-sc"))


def test_a_list_of_ones_own_is_called_by_the_name_last_given(register, keep):
    """Whoever keeps it says its name once; a later table without one does not take it away."""
    first = a_document("2024-01-01", [ofac("1", on="zb-list", prefix="zb-list")], source="table/zb-list")
    second = a_document("2024-02-01", [ofac("2", on="zb-list", prefix="zb-list")], source="table/zb-list")
    named = msgspec.structs.replace(first, facts=msgspec.structs.replace(first.facts, title="Zurbagan's list"))
    unnamed = msgspec.structs.replace(second, facts=msgspec.structs.replace(second.facts, title="zb-list"))
    keep(named, unnamed)

    with register.view() as view:
        assert official_list(view, "zb-list").name == "Zurbagan's list"
        assert "zb-list" in official_lists(view)
        with pytest.raises(NotFound, match="did you mean zb-list"):
            official_list(view, "zb-lits")
    assert states(register, "zb-list", "2024-02-01") == {"zb-list:2": ("listed", "2024-01-01/2024-02-01")}


def numbered(key, number):
    """An entry of the Security Council's with its database number."""
    return an_entry(key, [a_claim(Property.DATA_ID, number)])


def test_an_old_number_and_a_new_one_with_one_database_number_are_one_subject(register, keep):
    """The Council renumbered its entries in 2015; the listing went on."""
    keep(a_document("2015-01-02", [numbered("QI.A.901.01", "77")], source="un-sc-committee/1267"))
    keep(a_document("2015-02-26", [numbered("QDi.901", "77")]))

    with register.view() as view:
        subject = find(view, "QI.A.901.01", at("2015-02-26"))
        found = members(view, ListId("un-1267"), at("2015-02-26")).members

    assert subject.keys == ("un-sc:QDi.901", "un-sc:QI.A.901.01")
    assert subject.judgements[0].author == "un-sc (DATAID 77)"
    assert [(one.reference, one.since) for one in found] == [("QDi.901", "../2015-01-02")]


def test_where_the_database_number_changed_too_the_serial_number_tells(register, keep):
    """Both numbers of entries of 2014 changed; the serial number within the reference stayed."""
    keep(a_document("2015-01-02", [numbered("QE.A.902.14", "78")], source="un-sc-committee/1267"))
    keep(a_document("2015-02-26", [numbered("QDe.902", "6908999"), numbered("QDi.902", "79")]))

    with register.view() as view:
        keys, judgements = Clusters(view, at("2015-02-26")).of("un-sc:QE.A.902.14")

    assert keys == ("un-sc:QDe.902", "un-sc:QE.A.902.14")
    assert judgements[0].author == "un-sc (serial number)"


def pointing(source, key, *numbers):
    """An entry of another publisher's list that prints numbers of the Security Council."""
    claims = [a_claim(Property.CROSS_REFERENCE, number, source="un-sc", list="un-1533") for number in numbers]
    return msgspec.structs.replace(an_entry(key, claims, on=source), subject=f"{source}:{key}")


def tied(register, subject):
    """The records of a subject, and its public id."""
    with register.view() as view:
        clusters = Clusters(view, at("2024-02-01"))
        return clusters.of(subject)[0], clusters.id_of(subject)


def test_a_printed_number_ties_and_the_one_that_it_belongs_to_gives_the_id(register, keep):
    """Whose list is kept beside must not change what the Security Council's entry is called."""
    keep(a_document("2024-01-01", [numbered("CDi.902", "1")]))
    keep(a_document("2024-01-01", [pointing("au-dfat", "6", "CDi.902")], source="au-dfat"))

    assert tied(register, "au-dfat:6") == (("au-dfat:6", "un-sc:CDi.902"), "un-sc:CDi.902")


def test_a_misprinted_number_does_not_make_two_entries_of_a_list_one(register, keep):
    """One who prints two numbers of one list, or two who print the same, say nothing clear; the others do."""
    keep(a_document("2024-01-01", [numbered(f"CDi.90{n}", str(n)) for n in range(2, 6)]))
    others = [
        pointing("au-dfat", "1", "CDi.902", "CDi.903"), pointing("au-dfat", "2", "CDi.902"),
        pointing("au-dfat", "3", "CDi.904"), pointing("au-dfat", "4", "CDi.904"), pointing("au-dfat", "5", "CDi.905"),
    ]  # fmt: skip
    keep(a_document("2024-01-01", others, source="au-dfat"))

    assert tied(register, "un-sc:CDi.903")[0] == ("un-sc:CDi.903",)
    assert tied(register, "un-sc:CDi.904")[0] == ("un-sc:CDi.904",)
    assert tied(register, "un-sc:CDi.905")[0] == ("au-dfat:5", "un-sc:CDi.905")
    with register.view() as view:
        found = members(view, ListId("un-1267"), at("2024-02-01")).members
    assert len(found) == 4


def test_entries_of_a_merged_list_that_are_kept_by_a_number_are_all_tied_by_it(register, keep):
    """One who stands on three of the merged lists has one number on all."""
    keep(a_document("2024-01-01", [numbered("CDi.902", "1")]))
    several = [pointing("us-csl", f"{part}:CDi.902", "CDi.902") for part in ("cap", "sdn")]
    keep(a_document("2024-01-01", several, source="us-csl"))

    assert tied(register, "us-csl:cap:CDi.902")[0] == ("un-sc:CDi.902", "us-csl:cap:CDi.902", "us-csl:sdn:CDi.902")


def test_the_printed_relation_of_one_form_is_found_from_the_other_end(register, keep):
    """The other is named by the number that all forms share, not by the form that printed it."""
    linked = (a_claim(Property.RELATION, "2", phrase="linked to"),)
    one = msgspec.structs.replace(an_entry("1", linked, on="us-ofac-cons"), subject="us-ofac:1")
    keep(a_document("2024-01-01", [one, ofac("2")], source=XML))

    with register.view() as view:
        found = view.relations(["us-ofac:2"])

    assert [(fact.subject, source) for fact, source, _, _ in found] == [("us-ofac:1", XML)]


def test_the_last_copy_of_a_form_given_up_is_no_gap_where_another_shows_the_list_later(register, keep):
    """A committee's own file of 2015 says nothing against the list of the day; an export of a part closes no gap."""
    keep(a_document("2015-01-02", [ofac("1")], source=CSV), a_document("2024-01-05", [ofac("1")], source=XML))
    keep(a_document("2024-01-08", [ofac("1")], source=SEARCH))

    with register.view() as view:
        text = "\n".join(prose.answer(ask(view, "us-ofac:1", CONS, at("2024-01-10"))))

    assert "No copy after 2 January 2015" not in text
    assert "No copy after 5 January 2024 was known." in text


def changed(register, first, second):
    """The keys that came and went, the days of the copies, and whether amendments were compared."""
    with register.view() as view:
        found = difference(view, CONS, dt.date.fromisoformat(first), dt.date.fromisoformat(second), at(second))
    came, went = ([one.subject for one in side] for side in (found.added, found.gone))
    return came, went, (str(found.from_document), str(found.to_document)), found.amendments_compared


def test_a_copy_that_may_not_be_whole_does_not_take_the_others_out_of_a_comparison(register, keep):
    """Among hundreds of whole copies one lost its end mark: the days around it are compared all the same."""
    keep(a_document("2024-01-01", [ofac("1"), ofac("2")], source=CSV))
    keep(a_document("2024-01-02", [ofac("1")], source=CSV, complete=False))
    keep(a_document("2024-01-03", [ofac("1"), ofac("3")], source=CSV))

    assert changed(register, "2024-01-02", "2024-01-04") == (
        ["us-ofac:3"], ["us-ofac:2"], ("2024-01-01", "2024-01-03"), True,
    )  # fmt: skip


def test_two_days_shown_by_two_forms_only_are_compared_by_who_is_on_the_list(register, keep):
    """One form was given up before the other began; what entries say is of each form, and is not compared."""
    keep(a_document("2014-04-02", [ofac("1"), ofac("2")], source=CSV))
    keep(a_document("2024-01-03", [ofac("1"), ofac("3")], source=XML))

    assert changed(register, "2015-01-01", "2024-01-04") == (
        ["us-ofac:3"], ["us-ofac:2"], ("2014-04-02", "2024-01-03"), False,
    )  # fmt: skip
