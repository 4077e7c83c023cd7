"""Texts of bulletins: made of the facts alone, in every language, with who says so and what nobody says."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bulletins_made import a_subject, a_telling, an_act, drafting, two_copies

from tizim.domain.acts import Action
from tizim.domain.bulletin_facts import ActKind
from tizim.domain.bulletins import Own, apply
from tizim.publish.bulletins import text_of, what_changed
from tizim.publish.words import LANGUAGES, words

HOSTILE = '<script>alert(1)</script>" onmouseover="x" \u202eevil'


def said(facts, language="en"):
    """Title and paragraphs, as read."""
    own = words(language)
    made = text_of(own, facts)
    return " | ".join(own.text(part) for part in (made.title, *made.paragraphs))


def test_a_delisting_that_sources_disagree_about_is_told_with_what_they_say():
    """Both days, both deciders, who announced it, and that no act has been seen."""
    first = a_telling(statement="1-1", date="2026-02-03", decided_by="Supreme Court", source="Herald")
    other = a_telling(
        statement="2-2", date="2026-02-10", decided_by="Government", source="Gazette, evening", announced_by="Rupert"
    )
    late = a_telling(statement="3-3", action=Action.ANNOUNCED, date="2026-03", source="Radio", announced_by="Flavia")

    text = said(an_act(first, other, also=[late], when="2025-11-02/2026-02-03", is_bounded=True))

    assert text.startswith(
        "Zenda Front was taken off List of Ruritania between 2 November 2025 and 3 February 2026, as sources tell;"
        " no act has been seen | 2 statements tell of it: “Herald”, published by 4 February 2026"
    )
    assert (
        "Sources disagree about the day: 3 February 2026 (“Herald”) and 10 February 2026 (“Gazette, evening”)." in text
    )
    assert (
        "The register reads between 2 November 2025 and 3 February 2026: after the last evidence of the listing, and by"
        " the first that it had ended." in text
    )
    assert "Sources disagree about who decided: Supreme Court (“Herald”) and Government (“Gazette, evening”)." in text
    assert "Told on 10 February 2026 by Rupert: “Gazette, evening”." in text
    assert "Announced in March 2026 by Flavia: “Radio”." in text


def test_what_no_source_says_is_said_to_be_so():
    """No day, no decider, no act: three sentences, and nothing is made up."""
    text = said(an_act(a_telling(date="", when="", published=""), when=""))

    assert "taken off List of Ruritania on a day not known, as sources tell; no act has been seen" in text
    assert "1 statement tells of it: “Ruritania Herald”." in text
    assert "None of them gives a day." in text
    assert "Who decided is not stated." in text
    assert "No act has been seen." in text


def test_an_act_that_is_cited_is_told_with_it():
    """And then the title does not say that none has been seen."""
    text = said(an_act(a_telling(act="judgment 7", decided_by="Court"), decision="D-1"))

    assert text.startswith("Zenda Front was taken off List of Ruritania on 3 February 2026 | ")
    assert "The act cited is judgment 7." in text
    assert "Named as deciding: Court." in text
    assert "It was entered into this register as decision D-1." in text
    assert "disagree" not in text


def test_a_month_stays_a_month():
    """No day of it is told."""
    assert "was taken off List of Ruritania in February 2026" in said(an_act(a_telling(date="2026-02"), when="2026-02"))


def test_a_day_read_otherwise_than_by_bounds_says_by_what():
    """The strongest source, where two days are given; nothing, where the one source gives a span."""
    one, other = a_telling(statement="1-1"), a_telling(statement="2-2", date="2026-02-10")

    assert "The register reads 3 February 2026, after the strongest source." in said(an_act(one, other))
    assert "The very day is not known." in said(an_act(when="2026-02-01/2026-02-03"))
    assert "The register reads" not in said(an_act(when="2026-02-01/2026-02-03"))


def test_a_suspension_and_an_annulment_take_nothing_off():
    """What the press calls a removal is none."""
    assert "The listing itself stands." in said(an_act(act=ActKind.SUSPENDED))
    assert "An annulment alone takes nothing off a list." in said(an_act(act=ActKind.ANNULLED))


def test_copies_that_differ_are_told_as_copies():
    """A missing entry is no delisting; of many names some are shown, and all are counted."""
    text = said(two_copies([f"Name {number}" for number in range(12)], ["Gone One"], came_count=300))

    assert text.startswith("List of Ruritania: what changed between the copies of 1 January 2026 and 1 February 2026")
    assert "300 entries came: Name 0, Name 1," in text
    assert "Name 9 and 290 more." in text
    assert "1 entry is missing: Gone One. That an entry is missing from a copy is no delisting" in text
    assert "what came and went between them would not show" in text


def test_names_are_those_attested_in_the_language():
    """A language without one takes the main name; none is made up."""
    facts = an_act(subject=a_subject(prs="جبهه زندا", ru="Фронт Зенда"))

    assert "جبهه زندا" in said(facts, "prs")
    assert "Фронт Зенда" in said(facts, "ru")
    assert "Zenda Front" in said(facts, "fr")


def test_days_are_those_of_the_language_in_both_calendars():
    """Solar Hijri first for readers of Dari and Persian."""
    assert "۱۴ دلو ۱۴۰۴ (۳ فبروری ۲۰۲۶)" in said(an_act(), "prs")
    assert "3 février 2026" in said(an_act(), "fr")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "facts", [*(an_act(act=kind) for kind in ActKind), two_copies(["A"], ["B"])], ids=lambda f: f.kind
)
def test_every_kind_is_told_in_every_language(language, facts):
    """No placeholder is left, and nothing fails for want of a message."""
    text = said(facts, language)

    assert not re.search(r"\{\w+\}|None", text)
    assert len(text) > 40


texts = st.text(max_size=30)


@given(name=texts, source=texts, act=texts, who=texts, speaker=texts)
@settings(deadline=None)  # the first of all fills what is remembered
def test_text_is_a_function_of_the_facts_and_foreign_text_is_inert_in_it(name, source, act, who, speaker):
    """Whatever a source prints: escaped, isolated, the same each time."""
    facts = an_act(
        a_telling(source=HOSTILE + source, act=act, decided_by=who, announced_by=speaker),
        subject=a_subject(HOSTILE + name),
    )  # fmt: skip

    made = text_of(words("en"), facts)

    assert made == text_of(words("en"), facts)
    html = str(made.title) + "".join(map(str, made.paragraphs))
    outside = re.sub(r"</?(?:bdi|time|span)(?: [a-z]+=\"[^\"<>]*\")*>", "", html)
    assert "<" not in outside
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)


def test_a_name_that_is_held_no_more_is_not_told():
    """What was withheld leaves a mark where it stood."""
    assert said(an_act(subject=a_subject(""))).startswith("(withheld) was taken off")


# -- what a correction changed -----------------------------------------------------------------------


def changed(before, after):
    """What is said to have changed between two drafts."""
    own = words("en")
    versions = [apply(None, one).version.version for one in (before, after)]
    return [own.text(one) for one in what_changed(own, *versions)]


OWN = Own(title="One", text="Text")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (drafting(), drafting(own=OWN), ["An editor's own text took the place of the one made by template."]),
        (drafting(own=OWN), drafting(), ["A text made by template took the place of the editor's own."]),
        (drafting(own=OWN), drafting(own=Own(title="Two", text="Text")), ["The title was changed."]),
        (drafting(own=OWN), drafting(own=Own(title="One", text="Other")), ["The text was changed."]),
        (
            drafting(), drafting(facts=an_act(when="2026-02")),
            ["The day is now read as February 2026, before as 3 February 2026."],
        ),
        (
            drafting(), drafting(facts=an_act(a_telling(), a_telling(statement="b-b"))),
            ["It rests on 1 statement more."],
        ),
        (
            drafting(facts=an_act(a_telling(), a_telling(statement="b-b"))), drafting(),
            ["1 statement that it rested on does not stand any more."],
        ),
        (drafting(), drafting(facts=an_act(act=ActKind.EXPIRED)), ["What was done is now told otherwise."]),
        (
            drafting(), drafting(facts=an_act(subject=a_subject("Zenda Fronts"))),
            ["Names or details of its facts were filled in anew."],
        ),
        (
            drafting(facts=two_copies(["A"])), drafting(facts=two_copies(["B"])),
            ["The names of the entries that came or are missing were filled in anew."],
        ),
    ],
)  # fmt: skip
def test_what_a_correction_changed_is_said(before, after, said):
    """A reader need not compare two texts by eye."""
    assert changed(before, after) == said
