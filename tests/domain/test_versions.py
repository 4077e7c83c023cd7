"""Machine-made versions: what may be read follows from what was said, in whatever order it is heard."""

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.bulletins_made import (
    ID,
    OWN,
    approving,
    at,
    correcting,
    drafting,
    publishing,
)

from tizim.domain.bulletin_facts import NewsFacts, id_of_news
from tizim.domain.bulletins import Own, Standing, as_known, checked, in_language, replay, texts_of
from tizim.domain.dates import AsOf, Basis
from tizim.domain.versions import (
    Holding,
    Making,
    Mending,
    Pair,
    Releasing,
    Severity,
    Side,
    TakingBack,
    VersionFinding,
    checked_version_step,
    spans,
    version_id,
    whole,
)
from tizim.errors import BadInput

NEWS = NewsFacts(day="2026-02-03", on=None, subjects=())
CHANGED = Own(title="Another title", text="Other words.")
PAIRS = (
    Pair(paragraph=0, source="A title of one's own", target="Un titre"),
    Pair(paragraph=1, source="A first paragraph.", target="Un premier."),
    Pair(paragraph=1, source="More.", target="Encore."),
    Pair(paragraph=2, source="A second one.", target="Un second."),
)
SEVERE = VersionFinding(
    code="number", severity=Severity.SEVERE, side=Side.TARGET, start=0, end=2, message="5 became 6", suggestion="5"
)


def making(minute=10, *, own=OWN, findings=(), pairs=PAIRS, language="fr", **given):
    """A version of a text, made at a minute."""
    base = {
        "bulletin": ID, "language": language, "source_language": "en", "text": own.digest, "by": "Ann",
        "at": at(minute), "engine": "mirror", "engine_version": "1", "pairs": pairs, "findings": tuple(findings),
        "checks": "answers/1",
    }  # fmt: skip
    return Making(**(base | given))


def releasing(step, minute=20, by="Ben", reason="It is right"):
    """A release of what a step made."""
    return Releasing(bulletin=ID, version=version_id(step), by=by, at=at(minute), reason=reason)


def mending(step, minute=15, *, by="Dee", sentences=None, findings=()):
    """What a step made, its last sentence written anew by hand."""
    return Mending(
        bulletin=ID, version=version_id(step), by=by, at=at(minute), findings=tuple(findings), checks="answers/1",
        sentences=tuple(sentences or ["Un titre", "Un premier.", "Encore.", "Un second, mieux dit."]),
    )  # fmt: skip


def holding(step, minute=18, by="Eve", reason="Ask the author"):
    """That what a step made waits further."""
    return Holding(bulletin=ID, version=version_id(step), by=by, at=at(minute), reason=reason)


def taking_back(step, minute=30, by="Cy", reason="It is not"):
    """The end of what a step made."""
    return TakingBack(bulletin=ID, version=version_id(step), by=by, at=at(minute), reason=reason)


def published(own=OWN):
    """News in an editor's words, published."""
    return [drafting(1, facts=NEWS, own=own), approving(2), publishing(3)]


def corrected(own=CHANGED):
    """The same, and a correction of its words."""
    return [*published(), correcting(4, facts=NEWS, own=own), approving(5), publishing(6)]


def in_french(steps):
    """What a reader of French has, and the bulletin."""
    one = replay(steps).bulletins[ID]
    assert isinstance(one, Standing)
    return in_language(one, "fr"), one


def test_a_version_without_a_severe_finding_is_read_at_once():
    """Nobody has to do anything more."""
    there, _ = in_french([*published(), making()])

    assert (there.version.title, there.version.paragraphs) == ("Un titre", ("Un premier. Encore.", "Un second."))
    assert (there.version.state, there.is_older, there.waits) == ("checked", False, False)


def test_a_version_with_a_severe_finding_is_read_by_nobody_until_a_person_releases_it():
    """The release has a name and a reason; taken back, it is gone."""
    made = making(findings=[SEVERE])
    there, _ = in_french([*published(), made])
    assert there.version is None
    assert there.waits

    there, _ = in_french([*published(), made, releasing(made)])
    assert there.version.state == "released"
    assert (there.version.released.by, there.version.released.reason) == ("Ben", "It is right")

    there, _ = in_french([*published(), made, releasing(made), taking_back(made)])
    assert (there.version, there.waits) == (None, False)


def test_a_version_mended_by_hand_stands_in_the_place_of_the_one_before():
    """It is read as soon as nothing grave is found in it; taken back, the one before is open again."""
    made = making(findings=[SEVERE])
    mended, bad = mending(made), mending(made, findings=[SEVERE])

    there, one = in_french([*published(), made, mended])
    assert (there.version.id, there.version.paragraphs[-1]) == (version_id(mended), "Un second, mieux dit.")
    assert (there.version.mended.by, there.version.made.by, there.version.made.engine) == ("Dee", "Ann", "mirror")
    assert [each.may_be_read for each in one.versions] == [False, True]

    there, _ = in_french([*published(), made, bad])
    assert (there.version, there.waits) == (None, True)
    there, _ = in_french([*published(), made, bad, releasing(bad)])
    assert there.version.id == version_id(bad)

    late = [releasing(made, 20), holding(made, 21), mending(made, 22, by="Fay")]
    reasons = [one.reason for one in replay([*published(), made, mended, *late]).refused_versions]
    assert all(f"decide about {version_id(mended)}" in one for one in reasons)
    assert len(reasons) == 3
    again = [*published(), made, bad, taking_back(bad, 25), releasing(made, 26)]
    assert in_french(again)[0].version.id == version_id(made)


def test_a_version_that_is_held_on_waits_with_a_reason():
    """For whoever looks at it next; a release ends it."""
    made = making(findings=[SEVERE])

    there, one = in_french([*published(), made, holding(made)])
    assert (there.version, there.waits) == (None, True)
    assert (one.versions[0].held_on.by, one.versions[0].held_on.reason) == ("Eve", "Ask the author")
    assert in_french([*published(), made, holding(made), releasing(made)])[0].version is not None


def test_one_made_anew_that_is_held_leaves_the_one_before_in_its_place():
    """What was right stays right while a person looks at the other."""
    good, bad = making(10), making(11, findings=[SEVERE])

    there, _ = in_french([*published(), good, bad])

    assert there.version.id == version_id(good)
    assert there.waits


def test_a_changed_original_marks_its_versions_as_older_until_they_are_made_anew():
    """They say what was published before, and that it was."""
    old, new = making(3), making(12, own=CHANGED, pairs=PAIRS[:2])

    there, _ = in_french([*corrected(), old])
    assert there.version.id == version_id(old)
    assert there.is_older

    there, _ = in_french([*corrected(), old, new])
    assert there.version.id == version_id(new)
    assert not there.is_older


def test_versions_of_a_correction_that_waits_come_with_it():
    """So that all languages are corrected together, and none before."""
    old, new = making(3), making(5, own=CHANGED)
    before = corrected()[:-1]

    there, one = in_french([*before, old, new])
    assert there.version.id == version_id(old)
    assert CHANGED.digest in texts_of(one)

    there, _ = in_french([*corrected(), old, new])
    assert (there.version.id, there.is_older) == (version_id(new), False)


def test_readers_of_an_earlier_moment_have_what_was_known_then():
    """Neither what was made later nor what was decided later, and never anything of a text that was not out."""
    made, waiting = making(10, findings=[SEVERE]), making(11, own=CHANGED)
    better = mending(made, 30)
    steps = [
        *published(),
        correcting(4, facts=NEWS, own=CHANGED),
        approving(5),
        made,
        waiting,
        releasing(made, 20),
        better,
    ]
    one = replay(steps).bulletins[ID]

    def known(minute):
        moment = at(minute)
        return as_known(one, AsOf(valid_at=moment.date(), known_at=moment, basis=Basis.RECORDED))

    assert known(9).versions == ()
    assert in_language(known(15), "fr").waits
    assert in_language(known(25), "fr").version.state == "released"
    assert in_language(known(35), "fr").version.id == version_id(better)
    assert all(each.made.text == OWN.digest for each in known(25).versions)


def test_a_step_without_effect_is_named_with_its_reason():
    """Nothing is lost without a word."""
    good, bad, empty = making(10), making(11, findings=[SEVERE]), making(12, findings=[SEVERE], pairs=())
    steps = [
        *published(), good, bad, empty, releasing(good), releasing(empty), taking_back(bad, 21), releasing(bad, 22),
        msgspec.structs.replace(releasing(bad), version="0" * 16),
    ]  # fmt: skip

    reasons = [one.reason for one in replay(steps).refused_versions]

    assert any("does not wait: it is checked" in one for one in reasons)
    assert any("no text that could be read" in one for one in reasons)
    assert any("was taken back by Cy" in one for one in reasons)
    assert any("has no version 0000000000000000" in one for one in reasons)


@given(st.integers(0, 2**32))
def test_the_order_in_which_steps_arrive_changes_nothing(seed):
    """A register filled from another's documents says the same."""
    made, other = making(10, findings=[SEVERE]), making(10, language="ru")
    better = mending(made, findings=[SEVERE])
    steps = [
        *corrected(), made, other, better, holding(better), releasing(better), taking_back(other),
        taking_back(better, 39), releasing(made, 40), mending(made, 41), taking_back(made, 42),
    ]  # fmt: skip
    mixed = list(steps)
    random.Random(seed).shuffle(mixed)

    assert replay(mixed) == replay(steps)


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (making(language="en"), "another language"),
        (making(language="français"), "no code of a language"),
        (making(by=" "), "needs its author"),
        (making(pairs=()), "says why there is none"),
        (making(pairs=(*PAIRS[:3], msgspec.structs.replace(PAIRS[3], target=" "))), "left out says so"),
        (making(pairs=PAIRS[1:]), "its title first"),
        (making(pairs=PAIRS[::-1]), "in the order"),
        (making(engine=" "), "which engine"),
        (making(at=at(1).replace(tzinfo=None)), "no zone"),
        (releasing(making(), reason=" "), "say why"),
        (msgspec.structs.replace(taking_back(making()), version="x"), "no id of a version"),
        (mending(making(), sentences=["One", " "]), "sentence 2 is empty"),
        (mending(making(), sentences=["\ud800"]), "no text"),
    ],
)
def test_a_step_that_nobody_could_follow_is_refused(step, reason):
    """Wherever it comes from."""
    with pytest.raises(BadInput, match=reason):
        checked_version_step(step)


@given(st.lists(st.tuples(st.integers(0, 3), st.text("ab. ", min_size=1)), min_size=1), st.sampled_from(["fr", "zh"]))
def test_each_sentence_is_found_again_in_the_whole_text(rows, language):
    """Findings point into the whole, pages show sentences."""
    pairs = [Pair(paragraph=number, source="x", target=text) for number, text in sorted(rows, key=lambda row: row[0])]

    text = whole(pairs, Side.TARGET, language)

    places = spans(pairs, Side.TARGET, language)
    assert [text[start:end] for start, end in places] == [one.target for one in pairs]
    assert places[-1][1] == len(text)


def test_news_are_in_words_and_have_an_id_that_can_be_read():
    """No template can make a text of them."""
    with pytest.raises(BadInput, match="words of one's own"):
        checked(drafting(1, facts=NEWS, own=None))
    assert id_of_news("2026-02-03", "The Zenda Front: a word", ()) == "2026-02-03-the-zenda-front-a-word"
    assert id_of_news("2026-02-03", "A b", {"2026-02-03-a-b"}) == "2026-02-03-a-b-2"
    assert id_of_news("2026-02-03", "!", ()) == "2026-02-03-news"
