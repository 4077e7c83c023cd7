"""Figures as SVG: what is drawn, what is said of it, and the same picture for readers from right to left."""

import datetime as dt
import re
import xml.etree.ElementTree as ET

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from tests.publish.figures_made import NOW, SPAN, a_piece, a_statement, on_a_list, overdue

from tizim.answer.evidence import Copies
from tizim.domain.listing import Evidence, Mark, Status
from tizim.domain.lists import ListId, OfficialList
from tizim.publish.figures import (
    DayShown,
    Group,
    Moved,
    Say,
    Sign,
    Span,
    defs,
    lane_of,
    mark,
    rails,
    sign_of,
    silent_lane,
    strip,
    timeline,
    units,
)
from tizim.publish.figures.figure import drawn, keys
from tizim.publish.figures.places import Plane, ticks
from tizim.publish.words import words
from tizim.register.view import Doc, Line

ENGLISH = Say(words("en"))
MIRRORED = Say(words("en"))
MIRRORED.mirrored = True
HOSTILE = "<script>alert(1)</script>\u202e\"'&"
EVERYTHING = [
    a_piece(Mark.PROPOSED, "2001-02-28"), a_piece(Mark.BEGUN, "2002"), a_piece(Mark.SEEN, "2006-10-12"),
    Evidence.of_copy(dt.date(2007, 1, 1), seen=True), Evidence.of_copy(dt.date(2008, 1, 1), seen=False),
    a_piece(Mark.BEGUN, "2009-01"), a_piece(Mark.PAUSED, "2012-05-05"), a_piece(Mark.SEEN, "2014-01-01"),
    a_piece(Mark.ANNULLED, "2016-01-01"), a_piece(Mark.SEEN, "2018-01-01"), a_piece(Mark.ENDED, "../2020-01-01"),
    a_piece(Mark.PROPOSED, "2024-02-28"),
]  # fmt: skip


def tree(markup):
    """Markup as a tree: it must be well-formed."""
    text = re.sub(r"&(?!amp;|lt;|gt;|quot;|#)", "&amp;", str(markup)).replace(" hidden>", ' hidden="">')
    closed = re.sub(r"<input([^>]*)>", r"<input\1/>", text)
    return ET.fromstring(f"<x>{closed}</x>")  # noqa: S314 - our own markup


def placed(markup):
    """Each shape of a picture with its place, from where reading starts to where it ends."""
    found = []
    for one in tree(markup).iter():
        if one.tag == "svg" or ("x" not in one.attrib and "x1" not in one.attrib):
            continue
        x = float((one.get("x") or one.get("x1") or "").rstrip("%"))
        width = float((one.get("width") or "0").rstrip("%"))
        found.append((one.tag, one.get("class"), one.get("href"), x, width, one.text))
    return found


def turned(shape):
    """A shape as it stands in the mirrored picture."""
    tag, of, href, x, width, text = shape
    other = {"#m-from": "#m-to", "#m-to": "#m-from"}.get(href, href)
    if other in {"#m-mooted", "#m-cap-annulled"}:
        other += "-r"
    return (tag, of, other, pytest.approx(100 - x - width, abs=0.002), pytest.approx(width, abs=0.002), text)


def test_the_mirrored_lane_is_the_exact_mirror_image():
    """Time runs with the reading direction, and brackets, crosses and arrows turn with it."""
    lane = lane_of(on_a_list(EVERYTHING), SPAN, NOW)

    straight = placed(drawn(lane, Plane(span=SPAN, mirrored=False), ENGLISH))
    mirrored = placed(drawn(lane, Plane(span=SPAN, mirrored=True), MIRRORED))

    assert [turned(shape) for shape in straight] == mirrored
    assert {"#m-from", "#m-to", "#m-mooted", "#m-cap-annulled"} <= {shape[2] for shape in straight}


@given(st.integers(0, 9000), st.integers(1, 900))
def test_mirroring_twice_is_no_change(start, length):
    """A bar keeps its width, and its distance from where reading starts."""
    days = SPAN.start + min(start, SPAN.end - SPAN.start - length)

    x, width = (float(text.rstrip("%")) for text in Plane(span=SPAN, mirrored=False).bar(days, days + length))
    mirrored, same = (float(text.rstrip("%")) for text in Plane(span=SPAN, mirrored=True).bar(days, days + length))

    assert width == same
    assert 100 - mirrored - width == pytest.approx(x, abs=0.002)


def test_a_figure_has_no_style_and_no_script():
    """The policy of the pages refuses both, and a picture that needs them would be lost."""
    figure = timeline([lane_of(overdue(on_a_list(EVERYTHING), "2021-01-01"), SPAN, NOW)], SPAN, ENGLISH) + defs()

    assert not re.search(r"\sstyle=|<script|\son\w+=|data:|javascript:", figure)


def test_a_caption_is_the_last_thing_of_its_figure():
    """HTML allows it first or last; the table stands behind the figure."""
    lane = lane_of(on_a_list(EVERYTHING), SPAN, NOW)
    statements = [a_statement(one, date="2023-12-29", published="2024-01-01") for one in "ab"]

    for made in (timeline([lane], SPAN, ENGLISH), rails(statements, ENGLISH)):
        assert re.search(r"</figcaption></figure><details", made)


def test_every_shape_referred_to_is_defined():
    """A reference to nothing draws nothing."""
    found = lane_of(overdue(on_a_list(EVERYTHING), "2021-01-01"), SPAN, NOW)
    groups = [
        Group(count=1, look=look, words=Markup("x"), address="#x")
        for look in ("same", "other", "doubt", "late", "gone")
    ]
    both = [
        part
        for say in (ENGLISH, MIRRORED)
        for part in (
            timeline([found], SPAN, say),
            units(groups, say),
            *(mark(s, "x", mirrored=say.mirrored) for s in Sign),
        )
    ]

    used = set(re.findall(r'href="#(m-[\w-]+)"', "".join(both)))

    assert used - {"m-cap-superseded"} <= set(re.findall(r'id="([\w-]+)"', defs()))


def test_a_lane_is_said_in_whole_sentences():
    """Who, state, from, to, evidence and doubt: nothing stands in the picture alone."""
    evidence = [
        a_piece(Mark.BEGUN, "2005-03-15"),
        a_piece(Mark.SEEN, "2015-11-02"),
        a_piece(Mark.ENDED, "../2023-12-20"),
    ]
    lane = lane_of(on_a_list(evidence, statements=[a_statement()]), SPAN, NOW)

    said = ENGLISH.lane(lane)

    assert said == (
        "Kazakhstan, A list. State on 22 November 2026: delisted. Listed on 15 March 2005."
        " It ended between 2 November 2015 and 20 December 2023, on a day not known."
        " 3 statements rest on no act that is held here."
    )


def test_the_label_of_a_lane_never_reads_as_an_event_of_the_day_asked_for():
    """'Delisted on 22 November' would say that it was delisted that day."""
    lane = lane_of(on_a_list([a_piece(Mark.BEGUN, "2005-03-15"), a_piece(Mark.ENDED, "2013-02-10")]), SPAN, NOW)

    said = ENGLISH.lane(lane)

    assert "delisted on 22 November 2026" not in said
    assert "It ended on 10 February 2013." in said


def test_text_from_outside_is_escaped_and_shown_as_what_it_is():
    """A list's own name, or a source's title, can neither run nor reorder what stands around it."""
    found = on_a_list([a_piece(Mark.BEGUN, "2005-03-15")], name=HOSTILE,
                      statements=[msgspec.structs.replace(a_statement(), source_title=HOSTILE)])  # fmt: skip

    figure = timeline([lane_of(found, SPAN, NOW)], SPAN, ENGLISH)

    assert "<script" not in figure
    assert "\u202e" not in figure
    assert figure.count("U+202E") == 4  # the lane and its label, its rows in the table, the source
    tree(figure)


def test_a_silent_list_has_a_ring_for_each_copy_and_no_bar():
    """23 copies without it are 23 sights of nothing, and no duration."""
    docs = tuple(_doc(i, dt.date(2015, 2, 26) + dt.timedelta(days=150 * i)) for i in range(23))
    copies = Copies(
        source="un-sc", line=Line.of(docs), rhythm_days=7, lists=(ListId("un-1988"),)
    )  # fmt: skip
    official = OfficialList(id=ListId("un-1988"), jurisdiction="UN", name="1988 List")

    lane = silent_lane(official, [copies], SPAN, NOW)
    picture = drawn(lane, Plane(span=SPAN, mirrored=False), ENGLISH)

    assert picture.count('href="#m-missing"') == 23
    assert "<rect" not in picture
    assert ">23 copies<" in picture
    assert "23 copies have no entry, among those from 26 February 2015 to" in picture


def _doc(i, day):
    return Doc(
        id=i, source="un-sc", sha256="", moment=i, day=day, instant=NOON, recorded_at=NOON, held=False, entries=1,
        complete=True, url="", title="", method="read", retrieved_at=None,
    )  # fmt: skip


NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


def test_the_key_has_at_most_six_items_in_the_order_of_appearance():
    """What a reader meets first is explained first."""
    found = lane_of(overdue(on_a_list(EVERYTHING), "2021-01-01"), SPAN, NOW)

    assert len(keys([found])) == 6
    assert keys([lane_of(on_a_list([a_piece(Mark.BEGUN, "2005-03-15")]), SPAN, NOW)]) == ["carried", "acts"]


def test_overdue_stands_beside_the_state_and_not_in_its_place():
    """A suspended listing whose review is late is still suspended."""
    evidence = [a_piece(Mark.BEGUN, "2005-03-15"), a_piece(Mark.PAUSED, "2016-09-30")]

    figure = timeline([lane_of(overdue(on_a_list(evidence), "2018-01-01"), SPAN, NOW)], SPAN, ENGLISH)

    assert ">suspended<" in figure
    assert ">review overdue<" in figure


def test_what_was_learned_later_is_counted_under_the_figure():
    """A picture of what was known then says that more is known now."""
    lane = lane_of(on_a_list([a_piece(Mark.BEGUN, "2005-03-15")]), SPAN, NOW)

    figure = timeline([lane], SPAN, ENGLISH, learned_later=2)

    assert "2 statements that bear on it were learned since then and are not drawn." in figure


@given(st.dates(dt.date(1950, 1, 1), dt.date(2030, 1, 1)), st.integers(1, 40000))
def test_an_axis_has_at_most_nine_ticks_and_five_on_a_phone(first, days):
    """More would touch each other."""
    found = ticks(Span(first=first, last=first + dt.timedelta(days=days)))

    assert len(found) <= 9
    assert sum(not one.wide_only for one in found) <= 5


def test_solar_years_stand_under_the_years_for_readers_who_date_by_them():
    """Both calendars are on the axis; the new year's day has its own place."""
    lane = lane_of(on_a_list([a_piece(Mark.BEGUN, "2005-03-15")]), SPAN, NOW)

    figure = timeline([lane], SPAN, Say(words("prs")))

    assert 'class="two"' in figure
    assert "۱۳۸۳" in figure
    assert 'direction="rtl"' in figure


# -- marks ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", list(Status))
def test_every_state_has_a_shape_of_its_own(status):
    """Shape and word first: two states never share a mark."""
    shapes = {sign: re.search(rf'<g id="m-{sign.value.replace("_", "-")}">(.*?)</g>', defs())[1] for sign in Sign}

    assert list(shapes.values()).count(shapes[Sign(status.value)]) == 1
    assert ">a word<" in mark(status, "a word")


def test_only_arrows_of_direction_turn():
    """A clock and a cross are the same for every reader."""
    turning = {sign for sign in Sign if mark(sign, "x", mirrored=True) != mark(sign, "x")}

    assert turning == {Sign.PROPOSED, Sign.DELISTED, Sign.SUPERSEDED}


def test_an_absence_after_sightings_is_an_end_without_a_day():
    """Never seen and no longer seen are two things."""
    gone = on_a_list(
        [Evidence.of_copy(dt.date(2010, 1, 1), seen=True), Evidence.of_copy(dt.date(2012, 1, 1), seen=False)]
    )
    never = on_a_list([Evidence.of_copy(dt.date(2012, 1, 1), seen=False)])

    assert (sign_of(gone.state), sign_of(never.state), sign_of(None)) == (
        Sign.ENDED_ON_UNKNOWN_DAY, Sign.ABSENT, Sign.ABSENT
    )  # fmt: skip


# -- changes, units, rails --------------------------------------------------------------------------

MOVES = [
    Moved(when="2004-10", added=4, gone=0), Moved(when="2005-03-15", added=7, gone=0),
    Moved(when="2008", added=1, gone=0), Moved(when="2015-10-15", added=1, gone=0),
    Moved(when="../2023-12-20", added=0, gone=1),
]  # fmt: skip


def chosen(moves=MOVES, say=ENGLISH):
    """The strip of a list on a day."""
    return strip(
        moves, SPAN, dt.date(2015, 11, 30), say, action="/en/lists/kz-list/", kept=[("known_at", "2020-01-01")],
        before=DayShown(address="/en/lists/kz-list/?as_of=2015-10-15", words=Markup("before")),
        after=DayShown(address="/en/lists/kz-list/?as_of=2023-12-20", words=Markup("after")),
    )  # fmt: skip


def test_a_day_is_chosen_without_a_script():
    """A field, a button and two links; the slider, which needs one, is hidden until it is there."""
    found = tree(chosen())

    form = found.find(".//form")
    assert (form.get("method"), form.get("action")) == ("get", "/en/lists/kz-list/")
    assert {one.get("name") for one in form.iter("input")} == {"as_of", "known_at"}
    assert [one.get("rel") for one in found.iter("a")] == ["prev", "next"]
    assert found.find(".//div[@class='range']").get("hidden") is not None


def test_the_slider_has_a_step_for_each_day_and_says_its_day():
    """Its thumb then stands under the line of the day, which is told in words."""
    slider = next(one for one in tree(chosen()).iter("input") if one.get("type") == "range")

    assert int(slider.get("max")) == SPAN.end - SPAN.start - 1
    assert int(slider.get("value")) == dt.date(2015, 11, 30).toordinal() - SPAN.start
    assert slider.get("aria-valuetext") == "30 November 2015"


def test_bars_nearer_than_eight_pixels_are_one_with_both_counts():
    """On a phone October 2004 and March 2005 touch: they are one bar of eleven there, and two on a desk."""
    picture = tree(chosen()).find(".//svg[@class='moves']")
    texts = {of: [t.text for t in picture.find(f".//g[@class='{of}']").iter("text")] for of in ("desk", "phone")}

    assert {"\u200e+7"} <= set(texts["desk"])
    assert {"\u200e+11"} <= set(texts["phone"])


def test_a_change_known_by_its_bounds_is_a_band_and_no_bar():
    """'By 20 December 2023' is no day: it is hatched up to there."""
    picture = tree(chosen([Moved(when="../2023-12-20", added=0, gone=1)])).find(".//g[@class='desk']")

    (band,) = picture.iter("rect")
    assert band.get("class") == "dn-w"
    assert float(band.get("x").rstrip("%")) == 0
    assert float(band.get("width").rstrip("%")) == pytest.approx(SPAN.percent(dt.date(2023, 12, 21).toordinal()))


def test_every_change_stands_in_the_table_of_the_strip():
    """A label without room is dropped; its count is not."""
    table = tree(chosen()).find(".//table")

    rows = ["".join(row.itertext()) for row in table.find("tbody").iter("tr")]
    assert rows == ["October 200440", "15 March 200570", "200810", "15 October 201510", "by 20 December 202301"]


def test_units_are_one_square_an_entry_and_each_group_leads_to_its_findings():
    """Counts under sixty can be counted by eye; above that the key alone says them."""
    few = [Group(count=8, look="same", words=Markup("8 on both"), address="#both"),
           Group(count=0, look="late", words=Markup("none"), address="#late"),
           Group(count=7, look="other", words=Markup("7 only here"), address="#extra")]  # fmt: skip
    many = [Group(count=400, look="same", words=Markup("400 on both"), address="#both")]

    assert units(few, ENGLISH).count('class="u"') == 15 + 2
    assert 'aria-label="15 entries: 8 on both and 7 only here"' in units(few, ENGLISH)
    assert '<a href="#extra">7 only here</a>' in units(few, ENGLISH)
    assert units(many, ENGLISH).count('class="u"') == 1


def test_two_announcements_of_one_event_are_joined_to_the_day_that_they_claim():
    """An upright line is a statement of its own day; what was told later slants back."""
    statements = [
        a_statement("a", date="2023-12-29", published="2023-12-29"),
        a_statement("b", date="2023-12-20", published="2024-06-06"),
        a_statement("c", date="2023-12", published="2024-06-03"),
    ]

    picture = tree(rails(statements, ENGLISH)).find(".//svg")

    lines = [one for one in picture.iter("line") if (one.get("class") or "").startswith("sl")]
    assert [one.get("class") for one in lines] == ["sl", "sl dashed", "sl dashed", "sl hi"]
    assert lines[-1].get("x1") == lines[-1].get("x2")
    assert "3: December 2023, said on 3 June 2024." in picture.get("aria-label")


def test_the_table_behind_the_rails_names_each_statement_by_its_number():
    """The numbers in the picture lead somewhere on every page."""
    statements = [
        a_statement("a", date="2023-12-29", published="2023-12-29"),
        a_statement("b", date="2023"),
        a_statement("c", date="2023-12", published="2024-06-03"),
    ]

    table = tree(rails(statements, ENGLISH)).find(".//table")

    rows = [[" ".join(cell.itertext()) for cell in row] for row in table.find("tbody").iter("tr")]
    assert rows == [
        ["1", "29 December 2023", "29 December 2023", "A source"], ["3", "December 2023", "3 June 2024", "A source"]
    ]  # fmt: skip


def test_fewer_than_two_statements_with_both_days_make_no_rails():
    """One line shows no disagreement."""
    assert rails([a_statement(date="2023-12-29"), a_statement(date="2023", published="2024-01-01")], ENGLISH) == ""


def test_rails_turn_with_the_reading_direction():
    """The first day stands at the right for those who read from there."""
    statements = [
        a_statement("a", date="2023-12-29", published="2023-12-29"),
        a_statement("b", date="2023-12", published="2024-06-06"),
    ]

    straight, mirrored = (
        [shape for shape in placed(rails(statements, say)) if not shape[5] or not shape[5].startswith("Day")]
        for say in (ENGLISH, MIRRORED)
    )

    assert [turned(shape) for shape in straight] == mirrored
