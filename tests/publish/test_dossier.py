"""Audits on paper: every finding, with its legal basis and what it rests on, after a summary of them all."""

import datetime as dt

import msgspec
import pypdfium2
import pytest
import typst
from tests.makers import Ticking, a_claim, a_document, a_register, an_entry
from tests.paper.reading import reader_of, structure

from tizim.answer.times import Asked, as_of
from tizim.audit.compare import compare_lists
from tizim.audit.telling import statements
from tizim.domain.lists import ListId
from tizim.domain.statements import Property
from tizim.errors import BadInput
from tizim.publish import dossier
from tizim.publish.addresses import Addresses
from tizim.publish.site import Head, Site
from tizim.publish.words import words

NOW = dt.datetime(2024, 6, 10, 12, tzinfo=dt.UTC)
MANY = 230
"""more of one kind than a page of the site shows"""


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    """A list that is held against one of which nothing is held: a view, the two times and the audit."""
    register = a_register(tmp_path_factory.mktemp("register"))
    people = [
        an_entry(f"QDi.{number:03}", [a_claim(Property.LISTED_ON, "2001-10-06")], name=f"ANVAR NUMBER {number:03}")
        for number in range(1, MANY + 1)
    ]
    register.append(a_document("2024-06-03", people), Ticking(NOW - dt.timedelta(days=1)))
    with register.view() as view:
        at = as_of(Asked(as_of="2024-06-10"), view, NOW)
        yield view, at, compare_lists(view, ListId("kz-list"), ListId("un-1267"), at, register.head().sequence)
    register.close()


def site(language):
    """A site of one page."""
    dates = Asked(as_of="2024-06-10")
    return Site(
        words=words(language), to=Addresses(language=language, asked=dates), now=NOW,
        head=Head(sequence=1, hash="00"), is_alone=True,
    )  # fmt: skip


def squeezed(text):
    """Text without spaces: where a line ends the file has none."""
    return "".join(text.split())


def needs_arabic():
    """Skips where no font has Arabic letters."""
    if not {"Noto Naskh Arabic", "Noto Sans Arabic"} & set(typst.Fonts().families()):
        pytest.skip("no font with Arabic letters is installed (Debian, Ubuntu: fonts-noto-core)")


@pytest.mark.parametrize(("language", "most"), [("en", MANY), ("fa", 40)])
def test_every_finding_is_printed_with_its_basis_and_the_statements_it_rests_on(audited, language, most):
    """In the order of the audit, in both directions, after the summary, under heads that each sheet repeats."""
    needs_arabic()
    view, at, found = audited
    found = msgspec.structs.replace(found, findings=found.findings[:most])

    data = dossier.of_audit(view, site(language), at, found)

    document = structure(reader_of(data))
    (table,) = document.all("Table")
    rows = [[cell.text for cell in (*row.all("TH"), *row.all("TD"))] for row in table.all("TR")][1:]
    assert len(rows) == len(found.findings) == most
    for row, one in zip(rows, found.findings, strict=True):
        assert f"{one.reference.member.name} {one.reference.member.reference}" in row[0]
        assert squeezed(one.action) in squeezed(row[-1])
        assert squeezed(one.basis_needed) in squeezed(row[-1])
        assert all(each in row[-1] for each in statements(one))
    before = document.text[: document.text.index("ANVAR NUMBER")]
    assert words(language).text(words(language).number(most)) in before
    opened = pypdfium2.PdfDocument(data)
    head = next(iter(table.all("TH"))).text.split()[0].rstrip(":")
    assert len(opened) > 3
    assert all(head in sheet.get_textpage().get_text_range() for sheet in list(opened)[:-1])
    opened.close()


def test_only_the_kinds_asked_for_are_printed(audited):
    """Who asked for what has expired gets no list of what is missing."""
    view, at, found = audited

    text = structure(reader_of(dossier.of_audit(view, site("en"), at, found.only({"expired"})))).text

    assert "ANVAR" not in text


def test_an_audit_too_long_for_the_machine_is_refused_with_what_to_do(audited, monkeypatch):
    """Better than a machine that stops."""
    view, at, found = audited
    monkeypatch.setattr(dossier, "MOST", MANY - 1)

    with pytest.raises(BadInput, match=r"230 findings is too long for a PDF.*--kind"):
        dossier.of_audit(view, site("en"), at, found)
