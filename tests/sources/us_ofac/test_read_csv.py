import gzip

import pytest
from tests.sources.us_ofac.makers import EMPTY, END, a_file, hints, main_row, told, unread, values

from tizim.domain.documents import DocumentFacts
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.protocol import Hints, Source
from tizim.sources.us_ofac import CONS_CSV, SDN_CSV

ALIASES = a_file('901,11,"aka","NORTHERN STAR",-0- ', '901,12,"fka","POLE STAR",-0- ', '902,13,"nka","SEA",-0- ')
ADDRESSES = a_file('901,21,"1 Long Street","Port Nowhere 1234","Cyprus",-0- ')


def _all(
    data: bytes, name: str = "sdn.csv", *, source: Source = SDN_CSV, given: Hints | None = None
) -> tuple[DocumentFacts, dict[str, EntryReading]]:
    facts, records = source.read(data, name, given or hints())
    return facts, {reading.key: reading for reading in source.readings(records)}


def test_the_main_file_says_who_is_listed():
    """It shows the list, is complete where its end mark stands, and is dated by whoever gave it."""
    facts, readings = _all(a_file(main_row(), main_row("902", "GREY, Ana", "individual", program="FTO] [SDGT")))

    assert (facts.source, facts.entries, facts.complete) == ("us-ofac-sdn-csv", 2, True)
    assert (str(facts.date), facts.title) == ("2031-05-04", "OFAC SDN list (sdn.csv), dated by its file name")
    assert facts.url == "https://www.treasury.gov/ofac/downloads/sdn.csv"
    assert values(readings["901"], Property.MEMBER) == ["us-ofac-sdn", "us-sdgt"]
    assert values(readings["902"], Property.MEMBER) == ["us-ofac-sdn", "us-sdgt", "us-fto"]
    assert values(readings["902"], Property.PROGRAMME) == ["FTO", "SDGT"]
    assert told(readings["902"], Property.NAME) == [("GREY, Ana", {"form": "family name first"})]
    assert readings["902"].subject == "us-ofac:902"


def test_aliases_of_one_entry_are_one_reading_of_its_subject():
    """The file adds to entries of the main file, and its line shows no list."""
    facts, readings = _all(ALIASES, "alt.csv")

    assert (facts.source, facts.entries) == ("us-ofac-sdn-csv/alt", 2)
    assert SDN_CSV.info.part_of(facts.source).lists == ()
    assert readings["901"].subject == "us-ofac:901"
    assert told(readings["901"], Property.ALIAS) == [
        ("NORTHERN STAR", {"quality": "good"}),
        ("POLE STAR", {"quality": "good", "kind": "former name"}),
    ]
    assert told(readings["902"], Property.ALIAS) == [("SEA", {"quality": "good", "printed_kind": "n.k.a."})]
    assert not values(readings["901"], Property.MEMBER)


def test_the_number_of_an_alias_is_its_place_and_no_claim():
    """A renumbering would else look like a change of names."""
    _, before = _all(ALIASES)
    _, after = _all(ALIASES.replace(b",11,", b",99,"))

    assert [c.identity for c in before["901"].claims] == [c.identity for c in after["901"].claims]
    assert before["901"].claims[0].place == "alt 11/alt_name"


def test_addresses_keep_a_locality_whole_where_it_is_not_clear():
    """City, province and postal code stand in one cell, and nothing tells them apart for sure."""
    _, readings = _all(
        a_file(
            '901,21,"1 Long Street","Port Nowhere 1234","Cyprus",-0- ',
            '901,22,-0- ,"Port Nowhere",-0- ,"summer only"',
            '901,23,-0- ,-0- ,"Region: Gaza",-0- ',
            "902,24,-0- ,-0- ,-0- ,-0- ",
        )
    )

    assert told(readings["901"], Property.ADDRESS) == [
        (
            "1 Long Street, Port Nowhere 1234, Cyprus",
            {"street": "1 Long Street", "locality": "Port Nowhere 1234", "country": "Cyprus"},
        ),
        ("Port Nowhere", {"city": "Port Nowhere", "note": "summer only"}),
        ("Gaza", {"region": "Gaza"}),
    ]
    assert readings["902"].claims == ()


@pytest.mark.parametrize("delimiter", ["@", "|", "\t"])
def test_the_delimiter_is_told_from_the_content(delimiter):
    """Files called .del and .pip were met that hold another form than their name says."""
    row = delimiter.join(["901", '"NORTH, STAR"', EMPTY, '"SDGT"', *[EMPTY] * 7, '"DOB 1960."'])

    for name in ("sdn.csv", "sdn.del", "sdn.pip"):
        _, readings = _all(a_file(row), name)
        assert values(readings["901"], Property.NAME) == ["NORTH, STAR"]
        assert values(readings["901"], Property.BIRTH_DATE) == ["1960"]


@pytest.mark.parametrize("programme", [50, 200])
def test_the_fixed_form_is_cut_by_the_specification(programme):
    """Programmes had 50 characters in the specification of 2018 and have 200 in that of 2023."""
    widths = (10, 350, 12, programme, 200, 8, 25, 14, 8, 40, 150, 1000)
    cells = ("901".rjust(10), "NORTH STAR", "-0-", "SDGT] [IFSR", *["-0-"] * 7, 'a.k.a. "POLE"; DOB 1960.')
    line = "".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))

    facts, readings = _all(a_file(line), "sdn.ff")

    assert "sdn.ff" in facts.title
    assert values(readings["901"], Property.PROGRAMME) == ["SDGT", "IFSR"]
    assert told(readings["901"], Property.ALIAS) == [("POLE", {"quality": "low"})]
    assert values(readings["901"], Property.BIRTH_DATE) == ["1960"]


def test_fixed_aliases_addresses_and_comments_are_read():
    """Their widths are those of the specification; only the comments have no limit."""
    alias = "901".ljust(10) + "11".ljust(10) + "fka".ljust(8) + "POLE STAR".ljust(350) + "-0-".ljust(200)
    address = (
        "901".ljust(10)
        + "21".ljust(10)
        + "-0-".ljust(750)
        + "Nowhere".ljust(116)
        + "Cyprus".ljust(250)
        + "-0-".ljust(200)
    )
    comments = "901".rjust(10) + "f word; Gender Male."

    assert values(_all(a_file(alias), "alt.ff")[1]["901"], Property.ALIAS) == ["POLE STAR"]
    assert values(_all(a_file(address), "add.ff")[1]["901"], Property.ADDRESS) == ["Nowhere, Cyprus"]
    assert values(_all(a_file(comments), "sdn_comments.ff")[1]["901"], Property.GENDER) == ["male"]


def test_a_file_without_its_end_mark_is_read_but_not_taken_as_complete():
    """It may have lost its last rows: what it lacks says nothing."""
    facts, readings = _all(a_file(main_row(), end=""))

    assert not facts.complete
    assert "not taken as complete" in facts.title
    assert values(readings["901"], Property.NAME) == ["NORTH STAR TRADING"]


def test_half_an_empty_cell_at_the_end_of_a_cut_file_stays_unread():
    """A real file of addresses ends so; the cut fell within a cell that says nothing."""
    _, readings = _all(b'901,21,-0- ,"Nowhere","Cyprus",-0', "add.csv")

    assert unread(readings["901"]) == [("Add_remarks", "-0")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (END.encode(), "no entries"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "HTML"),
        (b"<?xml version='1.0'?><sdnList/>", "HTML or XML"),
        (a_file(main_row(), main_row("902"))[:-60], "cut off|unexpected end of data"),
        (a_file(main_row(), '902,"HALF A ROW",-0- ', end=""), "has 3 cells, the others 12: cut off"),
        (a_file(main_row(), main_row()), "row 2: is uid 901, as is row 1"),
        (a_file('901,11,"aka","A",-0- ', '901,11,"aka","B",-0- '), "is uid 901, alt 11, as is row 1"),
        (a_file(main_row(), main_row("x1").replace('"x1"', "x1")), "begins with 'x1', not with a number"),
        (a_file('901,x,"aka","A",-0- '), "alt_num is 'x', not a number"),
        (a_file(main_row()) + a_file(main_row("902")), "end mark stands before the end"),
        (b"ent_num,SDN_Name\r\n", "not with the number of an entry"),
        (b"  OFFICE OF NOTHING\r\n  DATA SPECIFICATION\r\n", "specification, not a list"),
        (a_file(main_row(remarks='one" quote')), "expected after"),
    ],
)
def test_what_is_not_a_whole_list_is_refused_whole(data, reason):
    """Nothing is guessed and no part is returned."""
    with pytest.raises(SourceRefused, match=reason):
        _all(data)


def test_a_file_with_columns_that_no_file_has_goes_to_a_person():
    """The publisher has changed the form."""
    with pytest.raises(SourceSuspicious, match="has 4 columns"):
        _all(a_file('901,"A","B","C"'))


def test_an_empty_cell_goes_to_a_person():
    """The publisher writes -0- for nothing; a copy was met into which a row had been written by hand."""
    with pytest.raises(SourceSuspicious, match="row 2: has an empty cell"):
        _all(a_file('901,11,"aka","SEA",-0- ', "902,12,aka,Another name,"))


def test_a_cut_row_of_the_fixed_form_is_refused():
    """All rows of it are of one length."""
    whole = "901".ljust(10) + "11".ljust(10) + "aka".ljust(8) + "POLE".ljust(350) + "-0-".ljust(200)

    with pytest.raises(SourceRefused, match="line 2: 300 characters, the others have 578"):
        _all(a_file(whole, whole[:300]), "alt.ff")
    with pytest.raises(SourceSuspicious, match="as no file of the fixed form has"):
        _all(a_file(whole[:300]), "alt.ff")


def test_an_unknown_column_is_unread_by_its_number():
    """A new column breaks nothing and is not lost."""
    _, readings = _all(a_file(f'{main_row()},"new"'))

    assert unread(readings["901"]) == [("column 13", "new")]


def test_old_files_are_in_windows_letters():
    """UTF-8 is tried first; what cannot be it is taken as windows-1252."""
    old = a_file(main_row(name="COMPAÑIA")).decode().encode("windows-1252")

    assert values(_all(old)[1]["901"], Property.NAME) == ["COMPAÑIA"]
    assert values(_all(a_file(main_row(name="COMPAÑIA")))[1]["901"], Property.NAME) == ["COMPAÑIA"]


@pytest.mark.parametrize(
    ("source", "name", "programme"),
    [
        (SDN_CSV, "list.csv", "CMIC-EO13959"),
        (SDN_CSV, "list.csv", "NS-PLC"),
        (CONS_CSV, "list.csv", "SDNTK"),
        (CONS_CSV, "list.csv", "SDGT] [FTO"),
        (SDN_CSV, "2031.cons_prim.csv", "SDGT"),
        (CONS_CSV, "2031-05-04.sdn.csv", "NS-PLC"),
    ],
)
def test_a_file_of_the_other_list_is_refused_where_it_shows(source, name, programme):
    """By programmes that the other list alone can have, or by the publisher's own name for the file."""
    with pytest.raises(SourceRefused, match="is of the"):
        _all(a_file(main_row(program=programme)), name, source=source)


@pytest.mark.parametrize("programme", ["SDGT", "SDGT] [NS-PLC", "UKRAINE-EO13662", EMPTY])
@pytest.mark.parametrize("source", [SDN_CSV, CONS_CSV])
def test_programmes_that_both_lists_have_decide_nothing(source, programme):
    """What cannot be told for sure is not guessed."""
    facts, _ = _all(a_file(main_row(program=programme)), "list.csv", source=source)

    assert facts.entries == 1


@pytest.mark.parametrize(
    ("name", "comments"),
    [
        ("sdn.csv", "sdn_comments.csv"),
        ("SDN.CSV", "SDN_COMMENTS.CSV"),
        ("2019-01-04-commit.sdn.csv.gz", "2019-01-04-commit.sdn_comments.csv"),
        ("2018.cons_prim.csv", "2018.cons_comments.csv"),
        ("CONS_PRIM.FF", "CONS_COMMENTS.FF"),
        ("folder/sdn.pip", "folder/sdn_comments.pip"),
    ],
)
def test_the_rest_of_remarks_is_sought_beside_the_main_file(name, comments):
    """As the publisher calls it, plain or packed."""
    assert SDN_CSV.beside(name) == (comments, f"{comments}.gz")


@pytest.mark.parametrize("name", ["alt.csv", "sdn_comments.csv", "sdn.xml", "wisdn.csv", ""])
def test_other_files_have_nothing_beside_them(name):
    """Only the main file is cut."""
    assert SDN_CSV.beside(name) == ()


_LAST = "; Linked To: NOR"
CUT = "DOB 1960; POB ".ljust(1000 - len(_LAST), "x") + _LAST
REST = a_file('901,"TH WIND; Gender Male."')


def test_cut_remarks_are_joined_with_the_file_beside():
    """The cut falls in the midst of a word; joined, the fact is whole."""
    for rest in (REST, gzip.compress(REST, mtime=0)):
        facts, readings = _all(a_file(main_row(remarks=CUT)), given=hints(sdn_comments__csv=rest))

        assert facts.title.startswith("OFAC SDN list (sdn.csv with sdn_comments.csv)")
        assert values(readings["901"], Property.RELATED_NAME) == ["NORTH WIND"]
        assert values(readings["901"], Property.GENDER) == ["male"]
        assert not values(readings["901"], Property.COMMENT)


def test_cut_remarks_of_the_fixed_form_keep_the_blank_at_the_cut():
    """Its rows are padded with blanks, so that one at the cut must be made again."""
    widths = (10, 350, 12, 50, 200, 8, 25, 14, 8, 40, 150, 1000)
    cut = "POB ".ljust(1000 - len("; Linked To: NORTH "), "x") + "; Linked To: NORTH "
    lines = [
        "".join(cell.ljust(width) for cell, width in zip((*row, *["-0-"] * 7, text), widths, strict=True))
        for row, text in (
            (("901".rjust(10), "SEA", "-0-", "SDGT"), cut),
            (("902".rjust(10), "POLE", "-0-", "SDGT"), "-0-"),
        )
    ]
    rest = a_file("901".rjust(10) + "WIND; Gender Male.")

    facts, readings = _all(a_file(*lines), "sdn.ff", given=hints(sdn_comments__ff=rest))

    assert "with sdn_comments.ff" in facts.title
    assert values(readings["901"], Property.RELATED_NAME) == ["NORTH WIND"]


def test_without_it_the_cut_segment_is_told_as_cut():
    """Half a name is no name."""
    _, readings = _all(a_file(main_row(remarks=CUT)))

    assert told(readings["901"], Property.COMMENT) == [("Linked To: NOR", {"form": "cut"})]
    assert not values(readings["901"], Property.RELATED_NAME)
    assert values(readings["901"], Property.BIRTH_DATE) == ["1960"]


@pytest.mark.parametrize(
    "rest",
    [
        a_file('901,"TH WIND."', '902,"more."'),
        a_file('903,"TH WIND."'),
        a_file(main_row()),
        END.encode(),
    ],
)
def test_a_file_beside_that_is_of_another_state_is_not_joined(rest):
    """It speaks of entries that are not cut here, so the two were published on different days."""
    facts, readings = _all(a_file(main_row(remarks=CUT), main_row("902")), given=hints(sdn_comments__csv=rest))

    assert "with" not in facts.title
    assert told(readings["901"], Property.COMMENT) == [("Linked To: NOR", {"form": "cut"})]


@pytest.mark.parametrize("rest", [b"", b"\x1f\x8b\x08 no", gzip.compress(REST, mtime=0)[:-20], b"<html>"])
def test_a_damaged_file_beside_is_refused(rest):
    """An empty one means that nothing was too long; any other damage must be seen."""
    given = hints(sdn_comments__csv=rest)

    if rest:
        with pytest.raises(SourceRefused, match=r"beside sdn\.csv"):
            _all(a_file(main_row(remarks=CUT)), given=given)
    else:
        assert _all(a_file(main_row(remarks=CUT)), given=given)[0].entries == 1


def test_the_rest_alone_begins_in_the_midst_of_a_segment():
    """Its first fragment is told as such; the whole segments after it are read."""
    facts, readings = _all(REST, "sdn_comments.csv")

    assert facts.source == "us-ofac-sdn-csv/comments"
    assert told(readings["901"], Property.COMMENT) == [("TH WIND", {"form": "continued"})]
    assert values(readings["901"], Property.GENDER) == ["male"]


def test_an_unchanged_row_comes_back_as_the_same_object():
    """In 281 versions nearly all rows are those of the version before; places hold no line numbers for that."""
    _, before = _all(a_file(main_row(), main_row("902", "GREY SEA")))
    _, after = _all(a_file(main_row("900", "NEW"), main_row(), main_row("902", "GREY SEAS")))

    assert after["901"] is before["901"]
    assert after["902"] is not before["902"]


def test_the_two_lists_do_not_share_what_they_remember():
    """The same row means another list."""
    row = a_file(main_row(program="UKRAINE-EO13662"))

    assert values(_all(row, "x.csv")[1]["901"], Property.MEMBER) == ["us-ofac-sdn"]
    assert values(_all(row, "x.csv", source=CONS_CSV)[1]["901"], Property.MEMBER) == ["us-ofac-cons"]


def test_the_same_bytes_give_the_same_document():
    """A statement's id rests on this."""
    assert _all(ADDRESSES) == _all(ADDRESSES)


def test_a_file_without_a_day_is_refused():
    """No flat file prints one."""
    with pytest.raises(SourceRefused, match="prints no date"):
        SDN_CSV.read(ALIASES, "alt.csv")
