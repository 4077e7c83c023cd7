import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizim.errors import SourceRefused
from tizim.sources.xml import parse

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
    + "]><r>&k;</r>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>'


def _refusal(data: bytes, **bounds: int) -> str:
    with pytest.raises(SourceRefused) as refused:
        parse(data, "list.xml", **bounds)
    return str(refused.value)


def test_a_well_formed_document_gives_its_root():
    """Comments and processing instructions are no part of what a list says."""
    text = '<?xml version="1.0" encoding="UTF-8"?><?made by="x"?><!-- made --><r a="1">п<!-- - --><b/></r>'

    root = parse(text.encode(), "list.xml")

    assert root.tag == "r"
    assert root.get("a") == "1"
    assert root.text == "п"
    assert [child.tag for child in root] == ["b"]


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\n"])
def test_a_file_without_content_is_refused_as_empty(data):
    """A failed fetch leaves a file of nothing, which must not read as a list of nobody."""
    assert "list.xml: the file is empty" in _refusal(data)


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><body>Not found</body></html>",
        "<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'><html></html>",
        "\n <html lang='en'><p>Access denied<br></html>",
        '<?xml version="1.0"?><!-- error --><HTML xmlns="http://www.w3.org/1999/xhtml"></HTML>',
        "<head><title>502</title></head>",
    ],
)
def test_a_web_page_under_an_xml_name_is_called_a_web_page(page):
    """Servers answer errors with pages; whoever reads the message should know at once."""
    assert "this is an HTML page" in _refusal(page.encode())


@pytest.mark.parametrize("text", ['{"error": "limit"}', "Service unavailable", "%PDF-1.7"])
def test_what_is_no_markup_at_all_is_shown_by_its_beginning(text):
    """The first letters tell a person what came instead."""
    message = _refusal(text.encode())

    assert "not XML" in message
    assert text[:5] in message


@pytest.mark.parametrize("end", [1, 30, -1])
def test_a_document_cut_off_anywhere_is_refused_with_line_and_column(end):
    """Half a list reads as a mass delisting."""
    whole = b"<list>\n<entry>one</entry>\n<entry>two</entry>\n</list>"

    message = _refusal(whole[:end])

    assert message.startswith("list.xml: line ")
    assert "not well-formed or cut off" in message


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("<r>\n <a></b>\n</r>", 2, 9), ("<r>\n\n&nbsp;</r>", 3, 7), ("<r/><r/>", 1, 5), ("<p:r/>", 1, 5)],
)
def test_a_mistake_in_the_markup_is_placed(text, line, column):
    """Somebody has to find it in a file of three megabytes."""
    message = _refusal(text.encode())

    assert f"line {line}, column {column}: " in message
    assert message.count("column") == 1


def test_a_byte_that_is_not_of_the_declared_encoding_is_placed():
    """Files declared UTF-8 with single-byte letters inside exist; guessing the letter would alter a name."""
    message = _refusal(b'<?xml version="1.0" encoding="UTF-8"?>\n<r>caf\xe9</r>')

    assert "line 2, column 7: byte 0xe9 is not utf-8" in message


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: text.encode("utf-32"),
        lambda text: text.encode("utf-32-be"),
        lambda text: text.replace("?>", ' encoding="windows-1252"?>', 1).encode("windows-1252"),
    ],
)
@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE, '<?xml version="1.0"?><!-- --> <!DOCTYPE r><r/>'])
def test_a_document_type_is_refused_unparsed_in_every_encoding(text, encode):
    """An entity can grow without bound or fetch a file; no list has ever needed one."""
    begun = time.thread_time()

    message = _refusal(encode(text))

    assert "declares a document type or entities" in message
    assert time.thread_time() - begun < 1


@pytest.mark.parametrize("encoding", ["utf-7", "utf-16", "ebcdic-cp-us", "hz-gb-2312"])
def test_an_encoding_that_could_hide_markup_is_refused(encoding):
    """What is looked at must be what is parsed: some encodings write "<" as other bytes."""
    message = _refusal(f'<?xml version="1.0" encoding="{encoding}"?><r/>'.encode())

    assert f"declares the encoding '{encoding}'" in message


def test_a_declaration_that_contradicts_the_byte_order_mark_changes_nothing():
    """The parser is given what was looked at, whatever the document says of itself."""
    data = '<?xml version="1.0" encoding="UTF-8"?><r>é</r>'.encode("utf-16")

    assert parse(data, "list.xml").text == "é"


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252"])
def test_old_files_in_a_single_byte_encoding_are_read_in_it(encoding):
    """Lists of before 2018 are in these."""
    data = f'<?xml version="1.0" encoding="{encoding}"?><r>Müller</r>'.encode(encoding)

    assert parse(data, "list.xml").text == "Müller"


@pytest.mark.parametrize(
    "data",
    [
        b"<a>" * 100_000 + b"</a>" * 100_000,
        b"<a>" * 1_000_000,
        b"<a " + b" ".join(b'a%d=""' % n for n in range(600_000)) + b"/>",
        b"<a " + b'a="" ' * 300_000 + b"/>",
        b"<" + b"a" * 5_000_000 + b"/>",
        b"<r>" + b"a" * 20_000_000 + b"</r>",
        b"<r>" + b"<a/>" * 2_500_000 + b"</r>",
        b"<!--" * 1_000_000,
        b"<?x" * 1_000_000,
        b"<r>" + b"<!--x-->" * 1_000_000 + b"</r><r/>",
        b"<r>\x00</r>",
    ],
    ids=[
        "deep", "deep and cut off", "many attributes", "one attribute often", "long name", "long text",
        "many tags", "open comments", "open instructions", "many comments", "zero byte",
    ],
)  # fmt: skip
def test_a_document_made_to_exhaust_the_parser_is_refused_within_a_second(data):
    """A hostile file costs a message, not a machine."""
    begun = time.thread_time()

    _refusal(data, max_marks=500_000)

    assert time.thread_time() - begun < 1


def test_a_document_larger_than_its_source_may_be_is_refused_unparsed():
    """Sizes of real lists are known; a hundredfold one is not the list."""
    assert "more than the 10 this source may have" in _refusal(b"<list></list>", max_bytes=10)


def test_tags_and_attributes_together_are_bounded():
    """Both cost a hundred times their bytes in memory."""
    data = b'<r a="1" b="2"><c/></r>'

    assert parse(data, "list.xml", max_marks=5).tag == "r"
    assert "more than 4 tags and attributes" in _refusal(data, max_marks=4)


@given(st.binary(max_size=200) | st.text(alphabet="<>!-?/ae \"'=&;[]DOCTYPE", max_size=60).map(str.encode))
def test_any_bytes_are_parsed_or_refused(data):
    """There is no third outcome, so a caller needs to catch one error only."""
    try:
        told = f"list.xml: {parse(data, 'list.xml').tag}"
    except SourceRefused as refused:
        told = str(refused)

    assert told.startswith("list.xml: ")
