"""An immutable index of many names: flat arrays that can be written to a file and mapped from it.

    words       every distinct word once, as records; ``places`` has what differs from use to use
    forms       those of each name as its text has them: explanations need not read the text again
    names       for each name the numbers of its words; for each word the names that have it (postings)
    keys        for each key (`tizim.match.keys`) the words that have it

`build` makes one, `tizim.match.search` asks it. Knows names, numbers and schemata; what an entity is, when it
was listed and who asks is the caller's.
"""

from collections.abc import Callable, Iterable

import msgspec
import numpy as np
import numpy.typing as npt

from tizim.match.analysis import PERSON, SCHEMATA, Analyser, reading_of
from tizim.match.compiled import compiled
from tizim.match.features import is_core, weight_of
from tizim.match.keys import CONSONANTS, MOST_KEYS, keys_of
from tizim.match.record import BONES, FLAGS, HASH, KIND, PLACE, SIZE

SCHEMA_NAMES = tuple(SCHEMATA)
"""schemata by their number in an index"""
_AS_PERSONS = "LegalEntity"
AS_PERSONS = SCHEMA_NAMES.index(_AS_PERSONS)
"""the schema whose names are kept as a person's are read, too: nobody said what they are, so persons may be meant"""

Progress = Callable[[int], None]
"""told how many names are done"""


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """The arrays; see the head of this module. Numbers of names are in the order in which they were given."""

    words: npt.NDArray[np.uint8]
    """distinct words, shape (words, 88)"""
    name_start: npt.NDArray[np.uint32]
    """where each name begins in ``name_word``, shape (names + 1)"""
    name_word: npt.NDArray[np.uint32]
    name_place: npt.NDArray[np.uint16]
    """place in the text, and flags times 256"""
    form_text: npt.NDArray[np.uint8]
    """the words of each name as its text has them, in the order of its records, with line ends between them"""
    form_start: npt.NDArray[np.uint64]
    """where those of each name begin, shape (names + 1)"""
    name_weight: npt.NDArray[np.float32]
    """weight of the core words of each name"""
    name_schema: npt.NDArray[np.uint8]
    name_exact: npt.NDArray[np.uint64]
    """hash of what is equal for names written alike"""
    exact_order: npt.NDArray[np.uint32]
    """names in the order of ``name_exact``"""
    person_start: npt.NDArray[np.uint32]
    """where the words of each name as a person's (`AS_PERSONS`) begin in ``person_word``, shape (names + 1)"""
    person_word: npt.NDArray[np.uint8]
    """their records, shape (words, 88)"""
    person_exact: npt.NDArray[np.uint64]
    """the same as ``name_exact``; 0 for names that are not kept in this way"""
    post_start: npt.NDArray[np.uint32]
    """where each word's postings begin, shape (words + 1)"""
    post_name: npt.NDArray[np.uint32]
    keys: npt.NDArray[np.uint64]
    """distinct keys, sorted"""
    key_start: npt.NDArray[np.uint32]
    """where each key's words begin, shape (keys + 1)"""
    key_word: npt.NDArray[np.uint32]

    @property
    def size(self) -> int:
        """How many names there are."""
        return len(self.name_schema)

    def forms(self, name: int) -> list[str]:
        """The words of the name of that number, as its text has them, in the order of its records."""
        text = self.form_text[int(self.form_start[name]) : int(self.form_start[name + 1])].tobytes()
        return text.decode("utf-8", "surrogatepass").split(_BETWEEN) if text else []


_BETWEEN = "\n"
"""between the words of a name: no word has it, since it parts them"""


def build(names: Iterable[tuple[str, str]], analyser: Analyser, progress: Progress | None = None) -> Index:
    """Index *names*, as (schema, text). Raises `BadInput` for a schema that is not compared."""
    words: dict[bytes, int] = {}
    starts, word_numbers, places, schemata, exacts = [0], [], [], [], []
    forms, form_starts = bytearray(), [0]
    persons, person_starts, person_exacts = bytearray(), [0], []
    numbers = {name: at for at, name in enumerate(SCHEMA_NAMES)}
    for count, (schema, text) in enumerate(names):
        reading = reading_of(schema)
        name = analyser.read(text, reading)
        rows = name.data
        forms += _BETWEEN.join(name.forms).encode("utf-8", "surrogatepass")
        form_starts.append(len(forms))
        for at in range(0, len(rows), SIZE):
            record = rows[at : at + SIZE]
            place = record[PLACE] | record[FLAGS] << 8
            record = record[:FLAGS] + b"\0\0" + record[PLACE + 1 :]
            number = words.setdefault(record, len(words))
            word_numbers.append(number)
            places.append(place)
        starts.append(len(word_numbers))
        schemata.append(numbers[schema])
        exacts.append(name.exact)
        as_person = analyser.records(text, PERSON) if schema == _AS_PERSONS else (b"", 0)
        persons += as_person[0]
        person_starts.append(len(persons) // SIZE)
        person_exacts.append(as_person[1])
        if progress is not None and count % 10_000 == 9_999:
            progress(count + 1)
    matrix = np.frombuffer(bytearray(b"".join(words)), dtype=np.uint8).reshape(-1, SIZE)
    name_start = np.array(starts, dtype=np.uint32)
    # Words of the same consonants are looked at together, so they lie together.
    order = np.lexsort((matrix.view(np.uint64)[:, HASH], matrix.view(np.uint64)[:, BONES]))
    number_of = np.empty(len(order), dtype=np.uint32)
    number_of[order] = np.arange(len(order), dtype=np.uint32)
    matrix = matrix[order]
    name_word = number_of[np.array(word_numbers, dtype=np.int64)]
    name_exact = np.array(exacts, dtype=np.uint64)
    post_start, post_name = _postings(name_start, name_word, len(matrix))
    keys, key_start, key_word = _key_table(matrix)
    return Index(
        words=matrix, name_start=name_start, name_word=name_word, name_place=np.array(places, dtype=np.uint16),
        form_text=np.frombuffer(forms, dtype=np.uint8), form_start=np.array(form_starts, dtype=np.uint64),
        name_weight=_name_weights(matrix, name_start, name_word), name_schema=np.array(schemata, dtype=np.uint8),
        name_exact=name_exact, exact_order=np.argsort(name_exact, kind="stable").astype(np.uint32),
        person_start=np.array(person_starts, dtype=np.uint32),
        person_word=np.frombuffer(persons, dtype=np.uint8).reshape(-1, SIZE),
        person_exact=np.array(person_exacts, dtype=np.uint64),
        post_start=post_start, post_name=post_name, keys=keys, key_start=key_start, key_word=key_word,
    )  # fmt: skip


def _postings(
    start: npt.NDArray[np.uint32], word: npt.NDArray[np.uint32], count: int
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    names = np.repeat(np.arange(len(start) - 1, dtype=np.uint32), np.diff(start))
    order = np.argsort(word, kind="stable")
    sizes = np.bincount(word, minlength=count)
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint32), names[order]


def _key_table(
    words: npt.NDArray[np.uint8],
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    every, owner = _all_keys(words, CONSONANTS)
    order = np.lexsort((owner, every))
    every, owner = every[order], owner[order]
    keep = np.ones(len(every), dtype=bool)
    keep[1:] = (every[1:] != every[:-1]) | (owner[1:] != owner[:-1])
    every, owner = every[keep], owner[keep]
    keys, start = np.unique(every, return_index=True)
    return keys, np.append(start, len(every)).astype(np.uint32), owner.astype(np.uint32)


@compiled
def _all_keys(words, consonants):
    into = np.empty(MOST_KEYS, dtype=np.uint64)
    spaces = np.zeros(3, dtype=np.int64)
    total = 0
    for row in range(len(words)):
        total += keys_of(words, row, consonants, np.uint8(0), into, spaces)
    every, owner = np.empty(total, dtype=np.uint64), np.empty(total, dtype=np.uint32)
    at = 0
    for row in range(len(words)):
        count = keys_of(words, row, consonants, np.uint8(0), into, spaces)
        for k in range(count):
            every[at] = into[k]
            owner[at] = row
            at += 1
    return every, owner


@compiled
def _name_weights(words, start, word):
    found = np.zeros(len(start) - 1, dtype=np.float32)
    for name in range(len(found)):
        for at in range(start[name], start[name + 1]):
            row = word[at]
            if is_core(words[row, KIND]):
                found[name] += weight_of(words, row)
    return found
