"""The word tables of name matching: their form, and what they hold together and apart."""

import functools
import unicodedata
from importlib import resources

import pytest

FILES = (
    "legal_forms",
    "organisation_words",
    "places",
    "number_words",
    "series_marks",
    "titles",
    "particles",
    "given_names",
    "translated_names",
    "nisba_places",
    "patronymics",
)
LABELLED = ("titles", "particles", "patronymics")  # keys are classes, not words
EXTRA = " &№º\u200c"  # besides letters, marks and digits
APOSTROPHES = "'\u2019\u2018\u02bc\u02bb`\u02b9\u02bf\u02be\u00b4"


def lines_of(name: str) -> list[str]:
    """The lines of a table that are neither blank nor comments."""
    text = (resources.files("tizim.match") / "tables" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@functools.cache
def table(name: str) -> dict[str, list[str]]:
    """The variants by key, families left out; the key itself only where it is written again."""
    pairs = [line.partition(": ") for line in lines_of(name) if not line.startswith("=")]
    assert len({key for key, _, _ in pairs}) == len(pairs), "a key twice"
    return {key: variants.split(", ") for key, _, variants in pairs}


@functools.cache
def key_of(name: str) -> dict[str, str]:
    """Each word of a table with its key."""
    words = {}
    for key, variants in table(name).items():
        is_word = "_" not in key and name not in LABELLED and not (name == "places" and len(key) == 2)
        words.update(dict.fromkeys([*variants, *([key] if is_word else [])], key))
    return words


@functools.cache
def family_of() -> dict[str, str]:
    """Each kind of legal form with its family."""
    rows = [line[1:].partition(": ") for line in lines_of("legal_forms") if line.startswith("=")]
    return {key: family for family, _, keys in rows for key in keys.split(", ")}


def form(word: str) -> str:
    """The family of a legal form, or its key where it has no family."""
    key = key_of("legal_forms")[word]
    return family_of().get(key, key)


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_key_and_its_variants_in_plain_form(name):
    """Lower-case, composed letters, single blanks, no apostrophes or punctuation."""
    faults = []
    for key, variants in table(name).items():
        for word in [key.replace("_", ""), *variants]:
            plain = word and word == " ".join(word.split()) == unicodedata.normalize("NFC", word.lower())
            marks = [c for c in word if not (c.isalnum() or unicodedata.category(c).startswith("M") or c in EXTRA)]
            if not plain or marks or any(c in word for c in APOSTROPHES):
                faults.append((key, word))

    assert faults == []


@pytest.mark.parametrize("name", FILES)
def test_a_variant_occurs_under_one_key_only(name):
    """Else the order of lines would decide what a word means."""
    seen, faults = {}, []
    for key, variants in table(name).items():
        is_word = "_" not in key and name not in LABELLED and not (name == "places" and len(key) == 2)
        for word in [*([key] if is_word and key not in variants else []), *variants]:
            if word in seen:
                faults.append((word, seen[word], key))
            seen[word] = key

    assert faults == []


@pytest.mark.parametrize("name", FILES)
def test_no_word_mixes_scripts_or_hides_a_lost_comma(name):
    """A Latin letter in a Cyrillic word never matches; a variant of eight words is two variants."""
    faults = []
    for word in key_of(name):
        for part in word.split():
            scripts = {unicodedata.name(c).split()[0] for c in part if c.isalpha() and c not in "№º"}
            if len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARABIC", "ARMENIAN", "GEORGIAN", "HEBREW"}) > 1:
                faults.append(word)
        if len(word.split()) > 7:
            faults.append(word)

    assert faults == []


@pytest.mark.parametrize("name", FILES)
def test_a_table_says_at_its_head_what_it_is(name):
    """The first line is a comment, and the first column is explained."""
    text = (resources.files("tizim.match") / "tables" / f"{name}.txt").read_text(encoding="utf-8")
    head = text[: text.index("\n\n")]

    assert all(line.startswith("#") for line in head.splitlines())
    assert "First column" in head


def test_families_name_kinds_that_exist_and_none_twice():
    """A key is in one family at most."""
    rows = [line.partition(": ")[2].split(", ") for line in lines_of("legal_forms") if line.startswith("=")]
    keys = [key for row in rows for key in row]

    assert set(keys) <= set(table("legal_forms"))
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("llc", "limited liability company"),
        ("inc", "incorporated"),
        ("ag", "aktiengesellschaft"),
        ("оао", "open joint stock company"),
        ("jsc", "акционерное общество"),
        ("mbh", "gesellschaft mit beschränkter haftung"),
    ],
)
def test_spellings_of_one_legal_form_share_its_key(one, other):
    """The nearest kind of equality."""
    assert key_of("legal_forms")[one] == key_of("legal_forms")[other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("oao", "jsc"),
        ("gmbh", "llc"),
        ("ооо", "limited liability company"),
        ("ltd şti", "limited"),
        ("شرکت سهامی", "joint stock company"),
        ("有限公司", "ltd"),
        ("sarl", "mchj"),
        ("a ş", "sa"),
    ],
)
def test_translations_of_a_legal_form_are_of_one_family(one, other):
    """What a reviewer would take for the same form in another country."""
    assert form(one) == form(other)


@pytest.mark.parametrize(("one", "other"), [("ag", "gmbh"), ("llc", "jsc"), ("lp", "ltd"), ("ип", "ооо")])
def test_forms_that_tell_two_companies_apart_are_of_different_families(one, other):
    """An AG and a GmbH of one name are two companies."""
    assert form(one) != form(other)


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("given_names", "ted", "theodore"),
        ("given_names", "bibi", "benjamin"),
        ("given_names", "mohd", "muhammad"),
        ("given_names", "yevhen", "evgeny"),
        ("given_names", "hossein", "husayn"),
        ("organisation_words", "banque", "банк"),
        ("organisation_words", "organisation", "organization"),
        ("organisation_words", "sherkat", "company"),
        ("number_words", "forty", "40th"),
        ("places", "deutsche", "germany"),
        ("nisba_places", "takriti", "tikriti"),
    ],
)
def test_variants_of_a_word_are_under_one_key(name, one, other):
    """One pair for each class the tables are for."""
    assert key_of(name)[one] == key_of(name)[other]


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("places", "atlanta", "boston"),
        ("places", "méxico", "chile"),
        ("nisba_places", "mosuli", "tikriti"),
        ("nisba_places", "mosuli", "qaduli"),
        ("given_names", "boris", "viktor"),
        ("given_names", "omar", "ammar"),
        ("given_names", "salah", "salih"),
        ("given_names", "hasan", "husayn"),
        ("given_names", "rashid", "rashad"),
    ],
)
def test_words_that_tell_two_names_apart_are_under_different_keys(name, one, other):
    """A table that joins too much hides a difference."""
    words = key_of(name)

    assert words.get(one, one) != words.get(other, other)


def test_the_tables_are_of_the_size_they_were_asked_for():
    """A table cut short by a bad edit is noticed."""
    least = {"organisation_words": 220, "given_names": 480, "nisba_places": 150, "places": 300, "number_words": 28}

    assert {name: len(table(name)) for name in least if len(table(name)) < least[name]} == {}
