"""Pages as PDF: tagged, from right to left where they are, and without a letter that nobody can read."""

import datetime as dt
import unicodedata

import pypdfium2
import pytest
import typst

from tizim.errors import BadInput
from tizim.paper import pdf
from tizim.paper.tree import texts, tree

AT = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
PAGE = """<html><body><nav>menu</nav><main><h1>{title}</h1><p>{text}</p>
<table><thead><tr><th>{one}</th><th>{two}</th></tr></thead>
<tr><td>1</td><td><bdi dir="ltr">QDe.004</bdi></td></tr></table>
<form><input name="q"></form><svg><text>drawn</text></svg></main></body></html>"""
DARI = PAGE.format(title="دوسیه", text="طالبان در فهرست بود.", one="نام", two="شماره")
ENGLISH = PAGE.format(
    title="Dossier", text="Was on the list: #sys.inputs *no* $markup$ &lt;script&gt;", one="Name", two="Number"
)


def made(html, lang="en", direction="ltr"):
    """A page as PDF."""
    return pdf(html, title="Dossier", lang=lang, direction=direction, foot=["State of a day", "row 7"], at=AT)


def text_of(data):
    """The text of the first page, in the order in which it stands in the file."""
    document = pypdfium2.PdfDocument(data)
    try:
        return document[0].get_textpage().get_text_range()
    finally:
        document.close()


def lefts(data):
    """The left edge of each letter and figure, by what it is."""
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[0].get_textpage()
        return [(page.get_text_range(at, 1), page.get_charbox(at)[0]) for at in range(page.count_chars())]
    finally:
        document.close()


def needs_arabic():
    """Skips where no font has Arabic letters."""
    if not any("Arabic" in family for family in typst.Fonts().families()):
        pytest.skip("no font with Arabic letters is installed (Debian, Ubuntu: fonts-noto-core)")


def test_what_is_printed_is_the_content_of_the_page():
    """No menu, form or drawing; what stands between blocks apart is apart."""
    said = " ".join(" ".join(texts(tree(ENGLISH))).split())

    assert said == "Dossier Was on the list: #sys.inputs *no* $markup$ <script> Name Number 1 QDe.004"
    assert "".join(texts(tree("<main><p><small>a</small><span>b</span></p></main>"))) == "a b"


def test_a_pdf_is_tagged_and_the_same_each_time():
    """Programs that read aloud need its structure; the same page is the same bytes."""
    data = made(ENGLISH)

    assert data == made(ENGLISH)
    for sign in (b"/StructTreeRoot", b"/Lang", b"/MarkInfo"):
        assert sign in data
    text = text_of(data)
    assert "State of a day" in text
    assert "#sys.inputs *no* $markup$" in text


def test_arabic_letters_are_joined_and_go_from_right_to_left():
    """The first column is the right one, letters take their shapes, and numbers within stay as they are."""
    needs_arabic()
    data = made(DARI, "prs", "rtl")

    found = lefts(data)
    text = unicodedata.normalize("NFKC", "".join(one for one, _ in found))
    assert "QDe.004" in text
    number = next(left for one, left in found if one == "1")
    code = next(left for one, left in found if one == "Q")
    assert number > code


def test_a_letter_without_a_font_is_an_error_and_no_box():
    """Who gets the file must be able to read every name in it."""
    with pytest.raises(BadInput, match="cannot be set"):
        made("<main><h1>Name</h1><p>\U0010fffd</p></main>")


def test_an_empty_page_is_not_printed():
    """An empty sheet would look like an empty dossier."""
    with pytest.raises(BadInput, match="nothing to print"):
        made("<main><p> </p></main>")
