"""Names of the real UN list, found by themselves, by their original script and in five scripts."""

import names_data as data
import pytest

from tizim.match import MATCH_THRESHOLD, compare_names
from tizim.screen import Screener


@pytest.fixture(scope="module")
def un_names(real_files):
    """The names of the UN list of 2026-02-27."""
    return data.un_names()


@pytest.fixture(scope="module")
def screener(un_names):
    """All of them, an entity for each entry."""
    return Screener.build((row.key, row.schema, [row.name]) for row in un_names)


def test_every_primary_name_finds_its_own_entity_first(un_names, screener):
    """1 by rule, whoever else is called so; the equals stand in the order of their spelling."""
    same = data.same_persons()
    lost = []
    for row in un_names:
        if row.primary:
            best = screener.match(row.name, row.schema, limit=1)
            if not best or best[0].score != 1 or best[0].id not in {row.key} | same[row.key]:
                lost.append((row.key, row.name, best))

    assert lost == []


def test_every_listed_name_is_found_among_those_written_alike(un_names, screener):
    """Aliases too, though several entries may share one."""
    lost = []
    for row in un_names:
        found = screener.match(row.name, row.schema, limit=20, threshold=1)
        if any(letter.isalnum() for letter in row.name) and row.key not in {one.id for one in found}:
            lost.append((row.key, row.name, found))

    assert lost == []


def test_names_in_original_script_find_their_entity_first(un_names):
    """By its Latin main name, nine in ten of those that the score may be fitted on; the others are held out."""
    screener = Screener.build((row.key, row.schema, [row.name]) for row in un_names if row.primary)
    asked = [query for query in data.original_queries() if query.even]

    right = sum(
        bool(found) and found[0].id in query.right for query in asked for found in [screener.match(query.name, limit=1)]
    )

    assert len(asked) > 100
    assert right >= 0.9 * len(asked)


@pytest.mark.parametrize(
    "spellings",
    [
        [
            "Vladimir Putin",
            "Владимир Путин",
            "ولادیمیر پوتین",
            "ვლადიმერ პუტინი",
            "Βλαντίμιρ Πούτιν",
            "ולדימיר פוטין",
            "व्लादिमीर पुतिन",
        ],
        ["Benjamin Netanyahu", "בנימין נתניהו", "Биньямин Нетаньяху", "بنيامين نتنياهو", "ბენიამინ ნეთანიაჰუ"],
        ["Emmanuel Macron", "Эмманюэль Макрон", "إيمانويل ماكرون", "עמנואל מקרון", "ემანუელ მაკრონი"],
    ],
    ids=lambda spellings: spellings[0],
)
def test_a_public_figure_is_known_in_five_scripts(spellings):
    """The spelling that each press uses, against the Latin one."""
    latin, *others = spellings
    below = {other: score for other in others if (score := compare_names(latin, other)) < MATCH_THRESHOLD}

    assert below == {}


def test_the_pairs_by_language_hold_in_the_main():
    """Put together by hand for each language; the benchmark measures them, this notices a language lost."""
    for language, pairs in data.language_pairs().items():
        right = sum((compare_names(one.left, one.right, one.schema) >= MATCH_THRESHOLD) == one.same for one in pairs)
        assert right >= 0.7 * len(pairs), language
