"""What ``read_news`` answers, and what it refuses."""

import time

import pytest

import tizim
from tizim.errors import BadInput, NotSupported
from tizim.news import Known, Official, Subject, read_news
from tizim.news.known import starter
from tizim.news.read import LONGEST

CLAIM = {
    "subject", "subject_name", "list", "action", "modality", "date", "date_text", "date_kind", "announcer",
    "announcer_role", "decider", "reason", "act", "chain", "start", "end", "evidence", "rule", "confidence",
}  # fmt: skip
STORY = (
    "Kyrgyzstan has taken the Taliban off its list of banned organisations, Foreign Ministry spokesman Nurlan Asanov"
    " told Kabar on Friday.\nHe said that the group is not on the UN list."
)


def test_a_story_gives_claims_of_its_speakers():
    """Subject, list, action, speaker with office, date by the day of publication, outlet: all of one sentence."""
    claims = read_news(STORY, "en", "2024-09-07").claims

    first = claims[0]
    assert (first.subject, first.list, first.action, first.modality) == ("taliban", "kg", "delist", "done")
    assert (first.date, first.date_text, first.date_kind) == ("2024-09-06", "Friday", "announced")
    assert (first.announcer, first.announcer_role) == ("Nurlan Asanov", "Foreign Ministry spokesman")
    assert first.chain == ("Kabar",)
    assert (claims[1].list, claims[1].action, claims[1].announcer) == ("un", "not_listed", "Nurlan Asanov")


def test_the_answer_has_the_fixed_names():
    """Programs rest on these names: a new one is a new version."""
    made = tizim.read_news(STORY, published="2024-09-07").to_dict()

    assert set(made) == {"language", "machine_translated", "published", "claims", "spelling"}
    assert set(made["claims"][0]) == CLAIM
    assert made["language"] == "en"
    assert made["published"] == "2024-09-07"


def test_without_a_day_of_publication_no_day_is_made_up():
    """A weekday is a date only to those who know when it was written."""
    claim = read_news(STORY, "en").claims[0]

    assert claim.date is None
    assert claim.date_text == "Friday"


def test_a_subject_nobody_knows_has_no_id():
    """A new name is told in the text's words; an id that the register does not have is never made up."""
    claim = read_news("Spain has designated Antifa Ost as a terrorist organisation.", "en").claims[0]

    assert claim.subject is None
    assert claim.subject_name == "Antifa Ost"


def test_names_come_from_whoever_asks():
    """A register gives its own names, and only those are looked for."""
    known = Known(
        key="test",
        subjects=(Subject(id="blue-river", is_person=False, names=("Blue River Front",)),),
        officials=(Official(name="Ada Moore", state="nz", names=("Ada Moore",)),),
        outlets=(),
    )
    text = "New Zealand has put the Blue River Front on its list of terrorist entities. The Taliban are on it too."

    assert [one.subject for one in read_news(text, "en", known=known).claims] == ["blue-river"]


def test_what_ships_has_the_names_of_the_starter():
    """With no register the names of the starter are known, and how newspapers write them."""
    ids = {one.id for one in starter().subjects}

    assert {"taliban", "isil", "pkk", "al-nusrah-hts"} <= ids


def test_a_headline_and_its_story_are_one_claim():
    """What is told twice adds nothing but what the first left out."""
    text = (
        "Canada lists Hamas as a terrorist organisation\n\nCanada listed Hamas as a terrorist organisation on 3 June."
    )

    claims = [one for one in read_news(text, "en", "2024-06-04").claims if one.modality == "done"]

    assert len(claims) == 1
    assert claims[0].date == "2024-06-03"


@pytest.mark.parametrize("language", ["xx", "klingon"])
def test_a_language_without_a_file_is_refused(language):
    """The message names the languages there are."""
    with pytest.raises(NotSupported, match="en"):
        read_news(STORY, language)


def test_a_day_that_is_none_is_refused():
    """The message says how a day is written."""
    with pytest.raises(BadInput, match="YYYY-MM-DD"):
        read_news(STORY, "en", "last Friday")


def test_a_text_in_no_known_language_says_so():
    """Silence in an unknown language proves nothing, so the answer names the language as unknown."""
    reading = read_news("საქართველოს პარლამენტმა კანონი მიიღო.")

    assert reading.language == "und"
    assert reading.claims == ()


@pytest.mark.parametrize(
    "text",
    [
        "word " * 500_000,
        "a" * 2_000_000,
        "e" + "\u0301" * 500_000,
        "\u202e\u200b" * 300_000,
        "(" * 200_000 + "Russia removed the Taliban from its terror list",
        "Russia removed the Taliban from its list of terrorist organisations and " * 2_000,
        "removed added banned listed " * 5_000,
        "terror list banned list " * 5_000,
        "将塔利班列入恐怖组织名单" * 10_000,
        "Russia banned “Alpha Beta” and the Gamma Delta Front, " * 4_000,
        "“Alpha Group " * 15_000,
        "designated Alpha Beta Front as a terrorist organisation. " * 3_000,
    ],
    ids=[
        "words",
        "one word",
        "marks",
        "unseen",
        "brackets",
        "one sentence",
        "verbs",
        "lists",
        "Chinese",
        "names",
        "quotes",
        "new names",
    ],
)
def test_hostile_texts_are_read_in_bounded_time(text):
    """No text takes more than seconds, whatever it is made of; what was not read is told."""
    begun = time.process_time()

    reading = read_news(text, "zh" if "将" in text else "en")

    assert time.process_time() - begun < 30
    assert reading.unread == max(0, len(text) - LONGEST)
    assert ("unread" in reading.to_dict()) == (reading.unread > 0)


def test_a_word_of_signs_only_stops_nothing():
    """The line by which Arabic print stretches words is no letter; alone between blanks it is a word without any."""
    text = "أزالت كازاخستان حركة طالبان ـ من قائمة المنظمات الإرهابية يوم 3 يونيو 2024."

    (claim,) = read_news(text, "ar", "2024-06-04").claims

    assert (claim.subject, claim.list, claim.action, claim.date) == ("taliban", "kz", "delist", "2024-06-03")
