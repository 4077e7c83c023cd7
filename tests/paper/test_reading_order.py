"""Pages on paper as a program meets that reads them aloud: language, title, structure, and words in their order."""

import datetime as dt

import pytest
import typst

from tizim.paper import pdf

from .reading import reader_of, structure

AT = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
PARAGRAPHS = {
    "fa": "یادداشت: شبکهٔ حقانی در فهرست (QDe.004) بود، از ۱۵ مارس ۲۰۰۵ تا ۳ ژوئن ۲۰۲۴؛ «هیچ سند جدیدتری» نیست.",
    "ar": "كانت الشبكة في قائمة الأمم المتحدة (QDe.004) منذ 15 مارس 2005 حتى 3 يونيو 2024، ولا وثيقة أحدث.",
    "en": "The network شبکه حقانی was on the list of the United Nations (QDe.004) from 15 March 2005, سراج الدین too.",
    "zh": "该网络（شبکه حقانی）自 2005 年 3 月 15 日起列入联合国名单 (QDe.004)。",
}
TABLE = (
    ("نام", "شماره", "از کی"),
    ("Анвар Тестов (Anvar)", "QDi.001", "۱۵ مارس ۲۰۰۵"),
    ("أنور عبد الله بن سعيد", "TAe.001", "پیش از ۳ ژوئن"),
    ("שם של אדם", "IRe.002", "2024-06-03"),
)


def page(paragraph):
    """A page with a heading, a paragraph and a table of names in several scripts."""
    head, *rows = TABLE
    told = "".join(f"<tr>{''.join(f'<td><bdi>{one}</bdi></td>' for one in row)}</tr>" for row in rows)
    heads = "".join(f"<th>{one}</th>" for one in head)
    return (
        f"<main><h1>{head[0]} و {head[1]}</h1><p>{paragraph}</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{told}</tbody></table></main>"
    )


@pytest.fixture(scope="module", params=sorted(PARAGRAPHS))
def printed(request):
    """A page in a language: its code, what was printed, and the file."""
    if not {"Noto Naskh Arabic", "Noto Sans Arabic"} & set(typst.Fonts().families()):
        pytest.skip("no font with Arabic letters is installed (Debian, Ubuntu: fonts-noto-core)")
    if request.param == "zh" and not any("CJK" in family for family in typst.Fonts().families()):
        pytest.skip("no font with Chinese letters is installed (Debian, Ubuntu: fonts-noto-cjk)")
    text = PARAGRAPHS[request.param]
    direction = "rtl" if request.param in {"ar", "fa"} else "ltr"
    data = pdf(page(text), title=TABLE[0][0], lang=request.param, direction=direction, foot=["پانوشت"], at=AT)
    return request.param, text, reader_of(data)


def test_the_file_says_its_language_and_title_and_is_tagged(printed):
    """By these a reader picks a voice, and a program shows the title instead of the file's name."""
    language, _, reader = printed

    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language, True)
    assert (reader.metadata.title, root["/ViewerPreferences"]["/DisplayDocTitle"]) == (TABLE[0][0], True)


def test_words_stand_in_the_file_as_they_are_read(printed):
    """In both directions, whatever stands on which side of the sheet: no word before the one it follows."""
    _, text, reader = printed

    document = structure(reader)

    # The one sign is canonically the other two as they are written in Persian, and is read once and not twice.
    assert [one.text for one in document.all("P")] == [text.replace("\u0647\u0654", "\u06c0")]
    assert [one.text for one in document.all("H1")] == [f"{TABLE[0][0]} و {TABLE[0][1]}"]


def test_a_table_of_several_directions_is_read_row_by_row_from_its_first_column(printed):
    """Cell by cell as they were told, each under a head that says what it is."""
    _, _, reader = printed

    (table,) = structure(reader).all("Table")

    assert [one.text for one in table.all("TH")] == list(TABLE[0])
    assert [tuple(cell.text for cell in row.all("TD")) for row in table.all("TR")][1:] == list(TABLE[1:])


def test_a_long_text_is_set():
    """Of a subject with much history much is told: a text of many hundred words is none too many."""
    if not {"Noto Naskh Arabic", "Noto Sans Arabic"} & set(typst.Fonts().families()):
        pytest.skip("no font with Arabic letters is installed (Debian, Ubuntu: fonts-noto-core)")
    words = " ".join(["طالبان،", "در", "فهرست:", "QDe.004."] * 200)

    data = pdf(f"<main><p>{words}</p></main>", title="t", lang="fa", direction="rtl", foot=["f"], at=AT)

    assert structure(reader_of(data)).text.count("QDe.004.") == 200
