import pytest
from tests.working import work

from tizim.sources.un_sc import comments
from tizim.sources.un_sc.comments import Relation


@pytest.mark.parametrize(
    ("text", "date", "resolution"),
    [
        (
            "Review pursuant to Security Council resolution 1822 (2008) was concluded on 21 Jun. 2010.",
            "2010-06-21", "1822 (2008)",
        ),
        (
            "The review pursuant to resolution 2368 (2017) was completed on 4 December 2019 INTERPOL-UN",
            "2019-12-04", "2368 (2017)",
        ),
        (
            "review pursuant to Security Council resolution 2610 (2021) was concluded on 8 Nov. 2022.Left",
            "2022-11-08", "2610 (2021)",
        ),
        (
            "Review pursuant to Security Council resolution 1989 (2011) was concluded on 6 May 2010..",
            "2010-05-06", "1989 (2011)",
        ),
        (
            "Review pursuant to Security Council resolution 2253 (2015) was concluded on Sept. 2016.",
            "2016-09", "2253 (2015)",
        ),
    ],
)  # fmt: skip
def test_a_concluded_review_is_read_in_every_spelling(text, date, resolution):
    """Audits count from the last review, so none may be missed."""
    (review,), other = comments.reviews(text)

    assert (review.date, review.resolution) == (date, resolution)
    assert other == []


def test_a_review_without_a_year_has_no_date():
    """The next sentence may begin with a number that is not the year."""
    text = (
        "Review pursuant to Security Council resolution 1822 (2008) was concluded on 27 Jul. "
        "Review pursuant to Security Council resolution 2253 (2015) was concluded on 21 Feb. 2019."
    )

    (first, second), _ = comments.reviews(text)

    assert first.date == ""
    assert second.date == "2019-02-21"


def test_a_review_sentence_of_an_unknown_form_is_handed_back():
    """The list will change its words one day, and must not fall silent on that day."""
    found, other = comments.reviews("Review pursuant to paragraph 97 of resolution 2734 (2024) ended in May 2026.")

    assert found == []
    assert other == ["Review pursuant to paragraph 97 of resolution 2734 (2024) ended in May 2026."]


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("Cover of X. [Old Reference # E.29.I.6]", ["E.29.I.6"]),
        ("[Old Reference #I.47.D.4].", ["I.47.D.4"]),
        ("[Old Refence # I.AC.50.18.04.12.(1)]", ["I.AC.50.18.04.12.(1)"]),
        ("no number", []),
    ],
)
def test_old_numbers_bridge_renumberings(text, old):
    """Sources of before the renumbering know the entry by these only."""
    assert comments.old_references(text) == old


def test_links_end_where_the_sentence_does():
    """A full stop after an address is not part of it."""
    text = "See www.un.org/sc/a.shtml). Notice link:https://www.interpol.int/x/1. Page: http:/zenda.example/"

    assert comments.links(text) == [
        "www.un.org/sc/a.shtml",
        "https://www.interpol.int/x/1",
        "http:/zenda.example/",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Associated with Zenda Front (QDe.902).", [("QDe.902", "associated with", "Zenda Front")]),
        ("Linked to the Sapt Group (ZG) (QDe.902)", [("QDe.902", "linked to", "Sapt Group (ZG)")]),
        (
            "Member of A Front (QDe.902), B Front (QDe.903) and C Front (QDe.904).",
            [("QDe.902", "member of", "A Front"), ("QDe.903", "member of", "B Front"),
             ("QDe.904", "member of", "C Front")],
        ),
        (
            "Senior member of A (QDe.902) and brother of Kerim al-Sapti (TAi.903).",
            [("QDe.902", "member of", "A"), ("TAi.903", "brother of", "Kerim al-Sapti")],
        ),
        (
            "Associated with Front in Ruritania and the Hills (FRH), listed as Front in Zenda (QDe.902).",
            [("QDe.902", "associated with", "Front in Zenda")],
        ),
        ("Associated with people who trained Sapt (QDi.902).", [("QDi.902", "mentions", "Sapt")]),
        ("Responsible for finances of A Front (QDe.902).", [("QDe.902", "mentions", "A Front")]),
        ("Member of Sapt’s (TAi.903) guard.", [("TAi.903", "mentions", "Sapt")]),
        ("Sapt Front (QDe.902) paid him.", [("QDe.902", "mentions", "")]),
        ("Tied to it (AQX – Qde.902).", [("QDe.902", "mentions", "")]),
        ("Associated with X (QE.A.4.01.).", [("QE.A.4.01", "associated with", "X")]),
        ("Associated with X (QE.M. 134.12).", [("QE.M.134.12", "associated with", "X")]),
        ('Also as "Aid to Zenda, Inc" (QDe.902).', [("QDe.902", "mentions", "Aid to Zenda, Inc")]),
        ("Brother of X. Known to Y (TAi.903).", [("TAi.903", "mentions", "Y")]),
        ("[Old Reference # E.29.I.6] Resolution 1822 (2008), C.V.901", []),
        ("Associated with himself (QDi.901).", []),
    ],
)  # fmt: skip
def test_another_entry_is_tied_by_a_phrase_only_where_that_is_plain(text, expected):
    """A wrong tie accuses somebody; where the sentence is not plain it only mentions."""
    found = comments.relations(text, "QDi.901")

    assert found == [Relation(key=key, phrase=phrase, name=name) for key, phrase, name in expected]


@pytest.mark.parametrize(
    "text",
    [
        "[Old Ref" * 50_000,
        "(QDe.902), " * 20_000,
        "review pursuant to " * 20_000,
        "member of " * 50_000 + "(QDe.902)",
        "A " * 100_000 + "(QDe.902)",
        '"' * 100_000 + "(QDe.902)",
        " " * 100_000 + "(QDe.902)",
    ],
)
def test_prose_made_to_be_slow_is_not(text):
    """Prose from outside is read in time proportional to its length."""
    with work() as done:
        comments.reviews(text)
        comments.old_references(text)
        comments.links(text)
        comments.relations(text, "QDi.901")

    assert done.seconds < 1
