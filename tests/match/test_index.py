import itertools

import numpy as np
import pytest

from tizim.errors import BadInput
from tizim.match.compare import analyser
from tizim.match.index import SCHEMA_NAMES, build
from tizim.match.keys import CONSONANTS, MOST_KEYS, keys_of
from tizim.match.record import MOST_WORDS

NAMES = [
    ("Person", "Osama bin Laden"),
    ("Person", "Osama Zarqawi"),
    ("Company", "Acme Trading Ltd"),
    ("Vessel", "Osama"),
    ("Person", "..."),
]


@pytest.fixture(scope="module")
def index():
    """An index of a few names."""
    return build(NAMES, analyser())


def test_a_word_is_stored_once_and_has_the_names_it_is_in(index):
    """Lists repeat words many times over."""
    words = [index.name_word[a:b] for a, b in itertools.pairwise(index.name_start)]
    shared = set(words[0].tolist()) & set(words[1].tolist())

    assert len({row.tobytes() for row in index.words}) == len(index.words)
    assert len(shared) == 1
    (word,) = shared
    postings = index.post_name[index.post_start[word] : index.post_start[word + 1]]
    assert postings.tolist()[:2] == [0, 1]


def test_names_keep_their_order_schema_and_even_those_without_words(index):
    """Numbers of names are the caller's key to what they belong to."""
    assert index.size == len(NAMES)
    assert [SCHEMA_NAMES[number] for number in index.name_schema] == [schema for schema, _ in NAMES]
    assert index.name_start[4] == index.name_start[5]


def test_keys_are_sorted_and_each_word_stands_once_below_a_key(index):
    """They are found by halving."""
    assert (np.diff(index.keys.astype(object)) > 0).all()
    for a, b in itertools.pairwise(index.key_start):
        assert len(set(index.key_word[a:b].tolist())) == b - a


def test_names_written_alike_stand_together(index):
    """They are found first, however common their words."""
    assert (np.diff(index.name_exact[index.exact_order].astype(object)) >= 0).all()


def test_an_index_of_nothing_is_one():
    """A list may have lost all its names."""
    empty = build([], analyser())

    assert (empty.size, len(empty.words), len(empty.keys)) == (0, 0, 0)


def test_building_tells_how_far_it_is():
    """A million names take a minute."""
    told = []

    build([("Person", "Owen Example")] * 25_000, analyser(), told.append)

    assert told == [10_000, 20_000]


def test_an_unknown_schema_is_the_callers_mistake():
    """As everywhere."""
    with pytest.raises(BadInput, match="no schema 'Thing'"):
        build([("Thing", "Owen")], analyser())


@pytest.mark.parametrize(
    "text", ["a" * 40, "bcdfghjklmnpqrstvwxz", "習近平習近", "김정은", "قذافی" * 4, "7" * 30, "j", "ab" * 500]
)
def test_a_word_has_no_more_keys_than_there_is_room_for(text):
    """The kernel writes past no end, whatever the word."""
    for reading in (0, 1, 2):
        words = analyser().read(text, reading).words
        assert len(words) <= MOST_WORDS
        for row in range(len(words)):
            for asking in (True, False):
                into, spaces = np.zeros(4 * MOST_KEYS, dtype=np.uint64), np.zeros(8, dtype=np.int64)
                assert keys_of(words, row, CONSONANTS, asking, into, spaces) <= MOST_KEYS
