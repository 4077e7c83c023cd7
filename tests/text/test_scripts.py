import pytest

from tizim.text import is_vowelless, script_of, scripts_in


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Latin", "Latn"),
        ("Şahin", "Latn"),
        ("Ｆｕｌｌ", "Latn"),
        ("Путин", "Cyrl"),
        ("Τσίπρας", "Grek"),
        ("محمود", "Arab"),
        ("ﻣﺤﻤﺪ", "Arab"),
        ("נתניהו", "Hebr"),
        ("김정은", "Hang"),
        ("习近平", "Hani"),
        ("ひらがな", "Hira"),
        ("カタカナ", "Kana"),
        ("ﾄﾖﾀ", "Kana"),
        ("სააკაშვილი", "Geor"),
        ("Փաշինյան", "Armn"),
        ("मोदी", "Deva"),
        ("হাসিনা", "Beng"),
        ("ਸਿੰਘ", "Guru"),
        ("મોદી", "Gujr"),
        ("ଓଡ଼ିଶା", "Orya"),
        ("ஸ்டாலின்", "Taml"),
        ("రామ", "Telu"),
        ("ಕನ್ನಡ", "Knda"),
        ("രാമൻ", "Mlym"),
        ("මහින්ද", "Sinh"),
        ("ทักษิณ", "Thai"),
        ("ລາວ", "Laoo"),
        ("བསྟན", "Tibt"),
        ("မြန်မာ", "Mymr"),
        ("ហ៊ុន", "Khmr"),
        ("አብይ", "Ethi"),
        ("ܝܫܘܥ", "Syrc"),
        ("ސޯލިހް", "Thaa"),
        ("ᏣᎳᎩ", "Cher"),
        ("12 - 34", "Zyyy"),
        ("١٢", "Zyyy"),
        ("", "Zyyy"),
        ("\ud800", "Zyyy"),
    ],
)
def test_a_text_has_the_script_of_most_of_its_letters(text, script):
    """What is done with a text depends on its script, so each one that lists use is told apart."""
    assert script_of(text) == script


def test_all_scripts_of_a_text_are_told():
    """A mixed name is a name in each of its scripts."""
    assert scripts_in("Путин Putin 普京 12") == {"Cyrl", "Latn", "Hani"}
    assert scripts_in("12, 34") == frozenset()


def test_scripts_without_written_vowels_are_known():
    """Where vowels are not written their absence says nothing about a name."""
    assert {s for s in ("Arab", "Hebr", "Syrc", "Latn", "Deva", "Ethi", "Thaa") if is_vowelless(s)} == {
        "Arab",
        "Hebr",
        "Syrc",
    }
