import datetime as dt

import pytest

from tizim.errors import NotFound
from tizim.sources.catalogue import LISTS, OWN, SOURCES, official_list, source, source_of_line


def test_the_whole_un_list_is_a_view_of_its_regimes():
    """Who is listed under any regime is on the consolidated list, and on nothing else of it."""
    parts = official_list("un-sc").parts

    assert set(parts) == {list_id for list_id in LISTS if list_id.startswith("un-") and list_id != "un-sc"}


def test_the_parts_of_a_view_are_lists_that_exist_and_are_no_views():
    """A view is unfolded in one step."""
    views = [made for made in LISTS.values() if made.parts]

    assert {made.id for made in views} == {"un-sc", "us-ofac-sdn", "eu-fsf"}
    assert all(not LISTS[part].parts for made in views for part in made.parts)


def test_the_taliban_list_began_when_one_list_was_parted():
    """Before 17 June 2011 there was no list under resolution 1988, so nobody could be on it."""
    taliban, al_qaida = official_list("un-1988"), official_list("un-1267")

    assert taliban.begins == dt.date(2011, 6, 17)
    assert taliban.before == "one list with un-1267 under resolution 1267"
    assert taliban.about == ("taliban",)
    assert al_qaida.begins == dt.date(1999, 10, 15)
    assert al_qaida.about == ("al-qaida", "isil")


def test_a_un_list_is_stale_after_a_week_and_most_others_after_half_a_year():
    """The UN prints a new file within days of a change, and the EU annexes follow it."""
    weekly = {made.id for made in LISTS.values() if made.rhythm_days == 7}

    assert weekly == {list_id for list_id in LISTS if list_id.startswith("un-")} | {"eu-881", "eu-753"}
    assert {made.rhythm_days for made in LISTS.values()} == {7, 183}


def test_every_list_has_a_name_and_a_jurisdiction():
    """Both are shown wherever the list is named."""
    nameless = [made.id for made in LISTS.values() if not made.name or not made.jurisdiction]

    assert nameless == []


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("un-1998", "un-1988"), ("UN_1267", "un-1267"), ("kz list", "kz-list"), ("uk-tac", "uk-tact")],
)
def test_a_slip_in_the_id_of_a_list_is_answered_with_the_nearest_ids(asked, meant):
    """The caller's turn: the message says what to write instead."""
    with pytest.raises(NotFound, match=rf"'{asked}'.*did you mean .*{meant}"):
        official_list(asked)


@pytest.mark.parametrize("asked", ["@@@", "nope", ""])
def test_an_id_like_no_other_is_answered_with_where_all_are_named(asked):
    """No suggestion is better than a silly one, but the caller must get on."""
    with pytest.raises(NotFound, match=f"no official list has the id '{asked}'; 'tizim lists' names them all"):
        official_list(asked)
    with pytest.raises(NotFound, match=f"known are {', '.join(sorted(SOURCES))}"):
        source("@@@")


@pytest.mark.parametrize("source_id", SOURCES)
def test_a_source_is_found_by_its_id(source_id):
    """The id in the catalogue is the source's own, and it speaks of no list that nobody can ask for."""
    info = source(source_id).info

    assert info.id == source_id
    assert set(info.lists) <= set(LISTS)
    assert {shown for part in info.lines for shown in part.lists} <= set(LISTS)


@pytest.mark.parametrize("source_id", SOURCES)
def test_a_line_of_documents_leads_back_to_its_source(source_id):
    """The register stores the line; what is known of its documents is the source's to say."""
    info = source(source_id).info
    lines = [info.line_id(part.id) for part in info.lines]

    assert len(set(lines)) == len(lines)
    assert all(source_of_line(line).info.id == source_id for line in lines)


def test_a_source_is_proven_or_experimental_or_its_users_own():
    """Who reads a list by it must be told how well it is known to read; only documents of one's own need no proof."""
    neither = {one for one in SOURCES if not source(one).info.proven and not source(one).info.experimental}

    assert not [one for one in SOURCES if source(one).info.proven and source(one).info.experimental]
    assert neither == OWN | {"ledger", "decisions", "judgements", "news", "standings", "bulletins"}


def test_a_slip_in_the_id_of_a_source_is_answered_with_the_nearest_ids():
    """As with lists."""
    with pytest.raises(NotFound, match="no source has the id 'unsc'; did you mean un-sc"):
        source("unsc")
