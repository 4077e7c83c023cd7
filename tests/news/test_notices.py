"""Notices that a machine translated a text."""

import pytest

from tizim.news import read_news
from tizim.news.notices import SIGNS, STEMS, machine_translated


@pytest.mark.parametrize(
    ("text", "original"),
    [
        ("Text. This article was translated by AI; please refer to the Russian original.", "ru"),
        ("Texte. Cet article a été traduit automatiquement. Version originale en arabe.", "ar"),
        ("Текст. Это машинный перевод, оригинал на казахском языке.", None),
        ("متن. این متن ترجمه ماشینی است.", None),
        ("Teks. Artikel ini diterjemahkan secara otomatis.", None),
        ("正文。本文由AI翻译。", None),
    ],
)
def test_a_notice_is_recognised(text, original):
    """In the words of many languages, with the original's language where the notice names it."""
    locale = {"T": "en", "Т": "ru", "م": "fa", "正": "zh"}.get(text[0], "en")
    found = machine_translated(text, "fr" if text.startswith("Texte") else locale)

    assert found is not None
    assert text[found["start"] : found["end"]] == found["notice"]
    assert original is None or found["original_language"] == original


def test_a_text_about_machines_is_not_made_by_one():
    """Only a notice is a notice."""
    assert machine_translated("The ministry bought machines. A translator spoke of artificial minds.", "en") is None


def test_the_notice_is_in_the_answer():
    """Provenance goes with the claims."""
    reading = read_news("Russia banned Hamas. This page is a machine translation, see the Persian original.", "en")

    assert reading.machine_translated is not None
    assert reading.machine_translated["original_language"] == "fa"


@pytest.mark.parametrize("sign", SIGNS)
def test_no_sign_of_a_notice_is_passed_over_for_its_stems(sign):
    """The patterns are tried only where one of the stems stands, so each of them must have one."""
    assert any(stem in sign for stem in STEMS)


@pytest.mark.parametrize(
    "notice",
    [
        "ترجم آليا",
        "ترجمت آليا",
        "ترجمة آليا",
        "ترجمة آلية",
        "ترجمه ماشینی",
        "ترجمه خودکار",
        "مشینی ترجمہ",
        "ماشیني ژباړه",
    ],
)
def test_notices_in_the_arabic_script_are_recognised(notice):
    """Each of their words, whichever of the stems leads to the patterns."""
    found = machine_translated(f"{notice}.", "ar")

    assert found is not None
    assert found["notice"] == f"{notice}."


def test_a_spokesman_is_no_reason_to_look_for_a_notice():
    """His word in Urdu begins as "translation" does, and nearly every article has it: the patterns are slow."""
    assert not [stem for stem in STEMS if stem in "ترجمان نے کہا"]
