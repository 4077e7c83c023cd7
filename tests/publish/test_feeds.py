"""Feeds as documents: valid whatever they tell, with ids that stay, and nothing dropped unseen."""

import datetime as dt
import json
from pathlib import Path

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup

from tizim.publish.addresses import Addresses
from tizim.publish.feeds import Entry, Feed, atom, json_feed, key_of, newest
from tizim.publish.feeds.atom import marked
from tizim.publish.feeds.feed import MOST, id_of
from tizim.publish.forms import Form, form_of, in_form
from tizim.publish.linked import inert
from tizim.publish.rendering import here_of
from tizim.publish.site import Head, Site
from tizim.publish.words import words

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "data" / "feeds" / "atom.rng"))
ATOM = "{http://www.w3.org/2005/Atom}"
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
"""surrogates and controls too"""


def a_site(language="en"):
    """What pages share, in a language."""
    return Site(
        words=words(language), to=Addresses(language=language), now=NOON, head=Head(sequence=1, hash="00"),
        base="https://register.example",
    )  # fmt: skip


def an_entry(key="one", title="A title", *, said="A sentence.", hours=0):
    """An entry about something."""
    moment = NOON + dt.timedelta(hours=hours)
    return Entry(
        key=("thing", key), title=Markup("{}: listed").format(words("en").name(title)),
        said=[words("en").say("Announced by {who}.", who=said)], links=[], address="/en/lists/", published=NOON,
        updated=moment, about=[("kz-list", words("en").data("A list"))],
    )  # fmt: skip


def a_feed(*entries):
    """A feed of entries."""
    return Feed(
        key=("changes",), title=Markup("What changed"), subtitle=Markup("Everything."), here=here_of("changes"),
        entries=entries,
    )  # fmt: skip


def read(data):
    """An Atom document as a tree; fails if it is none by the schema."""
    tree = etree.fromstring(data)
    assert SCHEMA.validate(tree), SCHEMA.error_log
    return tree


def test_the_schema_refuses_what_the_rfc_refuses():
    """A check that lets everything pass would prove nothing."""
    whole = atom(a_site(), a_feed(an_entry()))

    for needed in ("id", "title", "updated", "author"):
        tree = etree.fromstring(whole)
        tree.remove(tree.find(f"{ATOM}{needed}"))
        assert not SCHEMA.validate(tree), needed
    read(whole)


@pytest.mark.parametrize("language", ["en", "prs", "zh"])
def test_a_feed_without_entries_is_a_feed(language):
    """Nothing has changed yet: whoever follows gets a valid document and waits."""
    tree = read(atom(a_site(language), a_feed()))

    assert tree.find(f"{ATOM}updated").text == "1970-01-01T00:00:00Z"
    assert json_feed(a_site(language), a_feed())["items"] == []


@settings(deadline=None)  # the first feed reads the catalogues of all languages
@given(ANY_TEXT, ANY_TEXT)
def test_whatever_a_name_holds_the_feed_is_valid_and_shows_it(title, said):
    """A list may print anything; a feed that a reader cannot parse tells nothing at all."""
    site, feed = a_site(), a_feed(an_entry(title=title, said=said))

    tree = read(atom(site, feed))
    item = json.loads(json.dumps(json_feed(site, feed)))["items"][0]

    content = tree.find(f"{ATOM}entry/{ATOM}content").text
    for html in (content, item["content_html"]):
        shown = html5lib.parseFragment(html, namespaceHTMLElements=False)
        assert {one.tag for one in shown.iter()} <= {"DOCUMENT_FRAGMENT", "div", "p", "bdi", "span"}
    assert "\x00" not in item["content_text"]


def test_what_xml_cannot_hold_is_marked_and_not_dropped():
    """A character that vanishes makes two names one."""
    assert marked("a\ufffeb\x00c\x1bd") == "a[U+FFFE]b[U+0000]c[U+001B]d"
    assert marked("a\tb\nc 名 𐐷") == "a\tb\nc 名 𐐷"


def test_the_same_thing_has_one_id_for_good_and_another_in_each_language():
    """A reader that follows two languages keeps both texts; one that follows two feeds of a language shows it once."""
    first = id_of(("told", "58f9-985b"), "en")

    assert first == "urn:uuid:e24ceeb5-60ce-51fc-8e2f-71f8525037f3"
    assert id_of(("told", "58f9-985b"), "prs") != first
    assert id_of(("told", "58f9-985c"), "en") != first


def test_a_feed_of_given_dates_is_another_feed():
    """What was known in May and what is known now must not be mixed by a reader."""
    dated = Addresses(language="en").on("2024-06-03")
    site = Site(words=words("en"), to=dated, now=NOON, head=Head(sequence=1, hash="00"))

    assert key_of(site, "changes") != key_of(a_site(), "changes")


def test_only_the_newest_are_told_whoever_makes_them():
    """A feed that grew without end would be fetched whole each day."""
    changes = [an_entry(f"c{n}", hours=-24 * n) for n in range(MOST)]
    bulletins = [an_entry("b", hours=24)]

    both = newest(changes, bulletins)

    assert len(both) == MOST
    assert both[0] is bulletins[0]
    assert changes[-1] not in both


def test_lines_of_right_to_left_languages_carry_their_marks():
    """A title has no markup: without isolates a Latin name would pull its neighbours to its own side."""
    said = words("prs").name("Taliban", "en") + Markup(" · ") + words("prs").name("طالبان", "prs")

    assert words("prs").line(said) == "\u200f\u2068Taliban\u2069 · \u2068طالبان\u2069"
    assert words("en").line(said) == "Taliban · \u2068طالبان\u2069"


def test_a_mark_of_direction_inside_a_name_is_a_box_beside_our_own():
    """Only the register's own marks steer."""
    assert words("ar").line(words("ar").name("a\u2069b")) == "\u200f\u2068aU+2069b\u2069"


@given(st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=3))
def test_data_in_a_script_element_cannot_leave_it_and_reads_as_it_was(value):
    """The element ends at its end, whatever a name holds; what it holds is still the name."""
    text = str(inert(value))

    assert not set(text) & set("<>&\u2028\u2029\u202e\u2066")
    assert json.loads(text) == value


def test_a_form_is_told_by_the_end_of_an_address():
    """The longest end counts: a feed in JSON is no data of a page called feed."""
    for form in (Form.DATA, Form.ATOM, Form.FEED, Form.CALENDAR):
        assert form_of(in_form("en/lists/kz-list/", form)) == ("en/lists/kz-list", form)
    assert form_of("en/lists/kz-list") == ("en/lists/kz-list", Form.PAGE)
    assert in_form("/en/reviews/?list=x", Form.CALENDAR) == "/en/reviews.ics?list=x"
