import pytest
from tests.working import work

from tizim.sources.un_sc import names


@pytest.mark.parametrize(
    ("text", "found", "remarks"),
    [
        ("Ardvan Selmuri", ("Ardvan Selmuri",), ()),
        ("Ardvan\n     Selmuri ", ("Ardvan Selmuri",), ()),
        ("Selmuri, Ardvan", ("Selmuri, Ardvan",), ()),
        ("Sapt; Sapti ;Sapty;", ("Sapt", "Sapti", "Sapty"), ()),
        ("Sapt; Sapti b) S. Sapt; S. Sapti", ("Sapt", "Sapti", "S. Sapt", "S. Sapti"), ()),
        ("Sapt; Sapt", ("Sapt",), ()),
        (") Sapt Zahir", ("Sapt Zahir",), ()),
        ("Sapt (سلموري ),", ("Sapt", "سلموري"), ()),
        ("El Sapti (السلموري)", ("El Sapti", "السلموري"), ()),
        ("سلموري (Sapt; Sapti)", ("سلموري", "Sapt", "Sapti"), ()),
        ("سلموري (Sapt; Sapti", ("سلموري", "Sapt", "Sapti"), ()),
        ("سلموري (Sapt in Zenda (SZ))", ("سلموري", "Sapt in Zenda (SZ)"), ()),
        ("Jin Sapt (金铁)", ("Jin Sapt", "金铁"), ()),
        ("Abu Sapt (original script: Абу Сапт)", ("Abu Sapt", "Абу Сапт"), ()),
        (
            "Zenda Front (ZF) (جبهة (original script); Front of Zenda; Zendan Front)",
            ("Zenda Front (ZF)", "جبهة", "Front of Zenda", "Zendan Front"), (),
        ),
        ("Sapt (previously listed as)", ("Sapt",), ("previously listed as",)),
        ("SAPT (COMBAT NAME)", ("SAPT",), ("COMBAT NAME",)),
        (
            "Sapt (سلموري) (prominently known by this nom de guerre)",
            ("Sapt", "سلموري"), ("prominently known by this nom de guerre",),
        ),
        ("سلموري (sub-unit name: Sapt Unit)", ("سلموري", "Sapt Unit"), ("sub-unit name",)),
        ("سلموري (Sapt Unit - sub-unit name)", ("سلموري", "Sapt Unit"), ("sub-unit name",)),
        ("Sapt, born 1 Jan. 1953", ("Sapt",), ("born 1 Jan. 1953",)),
        ("Sapt born in 1963", ("Sapt",), ("born in 1963",)),
        (
            "Sapt, born 5 Feb. 1970 in Zenda (formerly listed as)",
            ("Sapt",), ("born 5 Feb. 1970 in Zenda", "formerly listed as"),
        ),
        ("Sapt (Butaev), born in 1955", ("Sapt (Butaev)",), ("born in 1955",)),
        ("Sapt (related to false passport 434021161)", ("Sapt",), ("related to false passport 434021161",)),
        ("ACADEMY OF ZENDA (KPE.918)", ("ACADEMY OF ZENDA",), ("KPE.918",)),
        (
            "A group that has carried out attacks with the Zenda Front (QDe.902).",
            (), ("A group that has carried out attacks with the Zenda Front (QDe.902).",),
        ),
        ("Zenda Relief of the Poor (ZRP)", ("Zenda Relief of the Poor (ZRP)",), ()),
        ("Al-Amriki, Sapt (The American)", ("Al-Amriki, Sapt (The American)",), ()),
        ("(Sheikh) Sapt Hilal", ("(Sheikh) Sapt Hilal",), ()),
        ("The Newborn Church", ("The Newborn Church",), ()),
        ("“Tek”", ("“Tek”",), ()),
        ("", (), ()),
        (";", (), ()),
    ],
)  # fmt: skip
def test_an_alias_is_taken_apart_into_names_and_remarks(text, found, remarks):
    """Each shape is one that the list has printed, with other names."""
    made = names.alias(text)

    assert made.names == found
    assert made.remarks == remarks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("previously listed as", ()),
        ("original script: Абу Сапт", ("Абу Сапт",)),
        ("Previously listed as. In Arabic: سلموري ", ("سلموري",)),
        ("in Arabic script: سلموري", ("سلموري",)),
        ("Born: 1963. In Arabic: سلموري سلموري", ("سلموري سلموري",)),
        ("Sapt al-Zendi; Sapti al-Zendi", ("Sapt al-Zendi", "Sapti al-Zendi")),
        ("(Sapt; Sapti) prominently known by this nom de guerre", ("Sapt", "Sapti")),
        ("born in 1971 in Zenda (Sapt Zendi; Sapti Zendi)", ("Sapt Zendi", "Sapti Zendi")),
        ("(transliterations: Sapt; Sapti ) (Translation: The Victor) (Nom de guerre)", ("Sapt", "Sapti")),
        ("Abu Sapt, Abu Sapti (transliterations of original script name)", ("Abu Sapt", "Abu Sapti")),
        ("ID: 1; POB: Zenda", ()),
        ("DOB: a) 11 Apr. 1960 b) 11 Apr. 1963", ()),
        ("address one; address two", ()),
    ],
)
def test_a_note_gives_up_the_names_in_it_and_stays_a_remark(text, found):
    """Names in notes are found by nobody unless they are aliases; what stands around them is not lost."""
    made = names.note(text)

    assert made.names == found
    assert len(made.remarks) == 1


def test_brackets_around_a_whole_note_are_layout():
    """The same note is printed with and without them in different years."""
    assert names.note("(previously listed as)") == names.note("previously listed as")


def test_a_line_break_does_not_part_an_original_name():
    """Long names are wrapped in old documents."""
    assert names.original("سلموري\n  سلموري; Сапт") == ("سلموري سلموري", "Сапт")


@pytest.mark.parametrize("text", ["(" * 100_000, "(a) " * 50_000, "a; " * 50_000, " born" * 50_000, ")(" * 50_000])
@pytest.mark.parametrize("read", [names.alias, names.note, names.original])
def test_a_name_made_to_be_slow_is_not(text, read):
    """Prose from outside is read in time proportional to its length."""
    with work() as done:
        read(text)

    assert done.seconds < 1
