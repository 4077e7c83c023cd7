"""An article as a file or a page: its words, what the page says of itself, and what is refused."""

import time

import pytest

from tizim.errors import SourceRefused
from tizim.sources.story import LONGEST, story

PAGE = """<!doctype html><html lang="ru-RU"><head><meta charset="{0}"><title>Газета - Суд исключил</title>
<meta property="og:title" content="Суд исключил Фронт"><meta property="og:site_name" content="Газета">
<script type="application/ld+json">{{"@graph": [{{"datePublished": "2026-02-03T01:00:00Z", "headline": "x"}}]}}</script>
<style>p {{ color: red }}</style></head><body><nav><p>Меню: всё о спорте и о погоде на завтра и послезавтра</p></nav>
<article><h1>Суд исключил Фронт</h1><p>Суд   исключил
Фронт из <b>перечня</b>.</p><aside><p>Читайте также: другое</p></aside><p>Решение вступило в силу.</p></article>
<footer><p>Подвал</p></footer></body></html>"""


def page(encoding="utf-8"):
    """The page in an encoding that it names."""
    return PAGE.format(encoding).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r"])
def test_a_page_gives_its_words_in_order_and_what_it_says_of_itself(encoding):
    """Menus, footers and boxes beside the article are none of its words."""
    found = story(page(encoding), "a.html")

    assert found.text == "Суд исключил Фронт\n\nСуд исключил Фронт из перечня.\n\nРешение вступило в силу."
    assert (found.title, found.outlet, found.language) == ("Суд исключил Фронт", "Газета", "ru-RU")
    assert (found.published, found.media_type) == ("2026-02-03", "text/html")


def test_a_plain_text_is_its_own_words():
    """Pasted or saved, with the mark that some editors put before it."""
    assert story("\ufeffСуд исключил.\n".encode(), "a.txt").text == "Суд исключил.\n"
    assert story("Суд исключил.".encode("utf-16"), "a.txt").text.lstrip("\ufeff") == "Суд исключил."


@pytest.mark.parametrize(
    "told",
    ["<time datetime='2026-02-03'>", "<meta name='pubdate' content='2026-02-03'>",
     "<meta itemprop='datePublished' content='2026-02-03T23:59:59+06:00'>"],
)  # fmt: skip
def test_the_day_is_found_where_pages_put_it(told):
    """By one of the many ways in which they say it."""
    assert story(f"<html><body>{told}<p>Words of an article.</p></body></html>".encode(), "a").published == "2026-02-03"


def test_a_page_that_gives_no_day_gives_none():
    """Half a date, a date of next year's calendar that there is not, and broken data for machines."""
    script = "<script type='application/ld+json'>{}</script>"
    dates = ("<time datetime='yesterday'>", "<time datetime='2026-02-31'>", "<time>")
    for told in (*dates, script.format("[{"), script.format("7")):
        assert story(f"<html><body>{told}<p>Words.</p></body></html>".encode(), "a").published == ""


@pytest.mark.parametrize(
    "data",
    [b"", b"\xef\xbb\xbf \n", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff\xe0\0\x10JFIF",
     b"PK\x03\x04\0\0\0\0\x80", b"<html><body><script>var a</script></body></html>", b"<html>" + b"<i>" * 500_001],
)  # fmt: skip
def test_what_is_no_article_is_refused_with_its_name(data):
    """A picture, an archive, a page that only a script fills, and tags without end."""
    with pytest.raises(SourceRefused, match=r"^a\.html"):
        story(data, "a.html")


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>" + b"<div>" * 200_000 + b"<p>Words of an article.</p>",
        b"<html><body><p>Words. " + b"<b>" * 200_000,
        b"<html><body><p>" + b"word " * 2_000_000,
        b"word" * 2_500_000,
        b"<html><body>" + b"<p>" * 200_000 + b"Words.",
        "слово\u200b\u202e ".encode() * 300_000,
    ],
    ids=["nested", "nested in words", "one line", "one word", "empty paragraphs", "invisible signs"],
)
def test_a_hostile_page_is_read_or_refused_within_bounds(data):
    """Megabytes of nested tags, or a line of ten megabytes: bounded time, and never more than an article's length."""
    begin = time.monotonic()

    try:
        found = story(data, "a.html")
    except SourceRefused:
        found = None

    assert time.monotonic() - begin < 20
    assert found is None or len(found.text) <= LONGEST
