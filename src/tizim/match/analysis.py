"""A name as the kernel reads it: its words, what each does in the name, and how much each says.

Text goes in, records come out (`tizim.match.record`). Most words mean the same wherever they stand and are
looked up ready made; names with words that change their neighbours (bin, abd, limited liability ...) take the
long way. Knows the tables, no list of persons.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec
import numpy as np

from tizim.errors import BadInput
from tizim.match.frequencies import Frequencies
from tizim.match.record import LONGEST, MOST_WORDS, PLACE, SIZE, Flag, Kind, Words, pack
from tizim.match.sounds import bones_of, mask_of, sounds_of, sounds_of_syllables
from tizim.match.tables import table
from tizim.text import is_vowelless, romanise, script_of, tokens

PERSON, ORGANISATION, VESSEL = 0, 1, 2
"""the three ways of reading a name"""

SCHEMATA = {
    "Person": PERSON, "Organization": ORGANISATION, "Company": ORGANISATION, "LegalEntity": ORGANISATION,
    "PublicBody": ORGANISATION, "Vessel": VESSEL, "Airplane": VESSEL,
}  # fmt: skip
"""FollowTheMoney's schemata, and how their names are read"""

MATCHABLE = {
    "Person": {"Person", "LegalEntity"},
    "Organization": {"Organization", "Company", "PublicBody", "LegalEntity"},
    "Company": {"Organization", "Company", "PublicBody", "LegalEntity"},
    "PublicBody": {"Organization", "Company", "PublicBody", "LegalEntity"},
    "LegalEntity": {"Person", "Organization", "Company", "PublicBody", "LegalEntity"},
    "Vessel": {"Vessel"},
    "Airplane": {"Airplane"},
}
"""schemata that may be the same subject"""

_CACHED_WORDS = 200_000
_LONGEST_CACHED_NAME = 200
_TOGETHER = ("", b"")
"""stands for a word that cannot be read by itself"""
_LONGEST_CACHED = 64
"""letters of words that are remembered: longer ones are rare, and could fill the memory"""
_LONGEST_TEXT = 2_000
"""characters read of one name; longer ones are no names, and their equality is decided by the whole text"""
_MOST_TOKENS = 128
"""words of a text that are looked at, each with those around it"""
_LETTER = re.compile(r"[^\W_]")


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """A name read for comparing."""

    data: bytes
    """records of its words (`tizim.match.record`) in an order that does not depend on that of the text"""
    forms: tuple[str, ...]
    """the word behind each record, as the text has it"""
    exact: int
    """equal for two names that are written alike but for case, marks and punctuation (of persons: and order)"""

    @property
    def words(self) -> Words:
        """The records as a matrix of one's own, shape (words, 88)."""
        return as_words(self.data)


def reading_of(schema: str) -> int:
    """How names of a FollowTheMoney *schema* are read. Raises `BadInput` for one that is not compared."""
    try:
        return SCHEMATA[schema]
    except (KeyError, TypeError):
        known = ", ".join(SCHEMATA)
        raise BadInput(f"no schema '{schema}' that names can be compared for: use one of {known}") from None


def hash64(text: str) -> int:
    """A stable hash, the same on every machine and in every run."""
    return int.from_bytes(hashlib.blake2b(text.encode(errors="replace"), digest_size=8).digest(), "little")


@lru_cache(maxsize=16_384)
def hash32(text: str) -> int:
    """A stable hash that is never 0."""
    return (hash64(text) & 0xFFFFFFFF) or 1


_KINDS_THAT_CONVERT = {Kind.LEGAL_FORM, Kind.LIGHT, Kind.TITLE, Kind.FATHER}
_ROMAN = {
    "ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12, "xiii": 13, "xiv": 14,
    "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20, "xxi": 21, "xxii": 22, "xxiii": 23, "xxiv": 24,
    "xxv": 25,
}  # fmt: skip
_ROMAN_ONE = {"i": 1, "v": 5, "x": 10}
_BRACKETS = re.compile(r"\(([^)]*)\)?")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|er|eme|e|й|я|го)?$")
_SUN = {
    "ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az", "ed", "en", "er", "es", "esh", "et", "ez", "ud", "un",
    "ur", "us", "ush", "ut", "uz",
}  # fmt: skip
"""forms of the Arabic article that are one only before the letter they end in"""
_SURE_ARTICLES = {"al", "el", "ul", "ال", "the", "der", "die", "das", "le", "la", "les", "los", "las", "l"}
_ABD_LATIN = re.compile(r"^abd(?:[aeou]l|[aeu]l|u|e|i|a)?([a-z]{4,})$")
_WHOLE_ABD = {
    "abdullah", "abdallah", "abdulla", "abdalla", "abdoullah", "abdullahi", "abdullo", "abdollah", "abdulloh",
    "abdillah", "abdoulaye", "abdelwahid",
}  # fmt: skip
_DIN = re.compile(r"^([a-z]{3,}?)(?:[aeiou]l?d?)(?:din|deen|dine|dean|ddin|ddine|ddeen)$")
_ALLAH = {"allah", "ullah", "ollah", "alla", "ulla", "الله", "اللہ"}
_DIN_WORDS = {"din", "deen", "dine", "dean", "ddin"}
_AL_ARABIC = "ال"
_AL_KEPT = ("الله", "اللہ", "الیاس", "الياس", "الهام", "إلهام", "الطاف", "الیزا", "الكس", "الیکس", "الن")
_SHORT_PLACES = {"us", "uk", "eu", "un"}
"""two letters that are a place in names; other codes of countries are not (MV is a motor vessel)"""
_LONG_NAME = 4
"""words from which on a letter of its own may be a conjunction: José Ortega y Gasset, but Y. Smith"""
_PART_MARKS = frozenset("·・･")
"""marks between the parts of a foreign name in Han and kana: such parts are words, not family and given name"""
_COMPOUND_SURNAMES = {
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "司徒", "慕容", "令狐", "皇甫", "尉迟", "公孙", "公孫",
    "夏侯", "东方", "長孫", "长孙",
}  # fmt: skip
_PLACES = [bytes([place]) for place in range(4 * MOST_WORDS)]
_SHARE = {
    Kind.LIGHT: 0.05, Kind.TITLE: 0.1, Kind.FATHER: 0.05, Kind.LEGAL_FORM: 0.15, Kind.INITIAL: 0.25, Kind.PART: 0.3,
}  # fmt: skip
_DESCRIPTOR_MOST = 0.55


class _Phrases:
    """Sequences of words that are one word: the longest that begins at a place."""

    def __init__(self) -> None:
        self._starting: dict[str, list[tuple[tuple[str, ...], tuple[Kind, str]]]] = {}

    def add(self, words: Sequence[str], what: tuple[Kind, str]) -> None:
        if words:
            self._starting.setdefault(words[0], []).append((tuple(words), what))

    def sort(self) -> None:
        for rows in self._starting.values():
            rows.sort(key=lambda row: -len(row[0]))

    def starts(self, word: str) -> bool:
        return word in self._starting

    def at(self, words: Sequence[str], place: int) -> tuple[int, tuple[Kind, str]] | None:
        """How many words it takes, and what they are."""
        for phrase, what in self._starting.get(words[place], ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                return len(phrase), what
        return None


class _Word(msgspec.Struct, frozen=True):
    """One word on its way to a record."""

    text: str
    kind: Kind
    group: str = ""
    kin: str = ""
    native: tuple[int, ...] = ()
    number: int = 0
    flags: int = 0


class Analyser:
    """Reads names. One per process is enough; it may be shared by threads (its caches only ever gain equal values)."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self._legal = _Phrases()
        self._descriptors = _Phrases()
        families = {
            key: family for family, keys in table("legal_forms").items() if family.startswith("=") for key in keys
        }
        for key, variants in table("legal_forms").items():
            if not key.startswith("="):
                what = (Kind.LEGAL_FORM, f"legal:{key}|{families.get(key, '')}")
                for variant in variants:
                    self._legal.add(tokens(variant.replace("_", " ")), what)
        for key, variants in table("places").items():
            for variant in variants:
                if len(variant) > 2 or not variant.isascii() or variant in _SHORT_PLACES:
                    self._descriptors.add(tokens(variant), (Kind.PLACE, f"place:{key}"))
        for key, variants in table("organisation_words").items():
            for variant in variants:
                self._descriptors.add(tokens(variant), (Kind.DESCRIPTOR, f"word:{key}"))
        self._legal.sort()
        self._descriptors.sort()
        self._numbers = {
            found[0]: int(key)
            for key, variants in table("number_words").items()
            for variant in variants
            if len(found := tokens(variant)) == 1
        }
        self._series = {one for row in table("series_marks").values() for one in _singles(row)}
        particles = {key: _singles(variants) for key, variants in table("particles").items()}
        self._father = particles["father"] | particles["daughter"]
        self._articles = particles["article"]
        self._from = particles["from"]
        self._kunya = particles["kunya"]
        self._servant = particles["servant"]
        self._tribe = particles["tribe"]
        titles = table("titles")
        self._vessel_titles = _singles(titles["vessel"])
        self._ambiguous = _singles(titles["ambiguous"])
        self._ambiguous |= {one for key, row in titles.items() if key != "vessel" for one in _singles(row)}
        self._ambiguous -= self._father | self._servant
        own = table("person_words")
        self._titles = _singles(own["title"])
        self._light = _singles(own["light"])
        self._letters = _singles(own["letter"])
        self._given = _groups("given_names")
        self._translated = _groups("translated_names")
        self._nisbas = _groups("nisba_places")
        self._east_asian = _groups("east_asian_names")
        suffixes = table("patronymics")
        self._patronymic = tuple(
            dict.fromkeys(one for key in ("m", "f") for one in suffixes[key] if len(one) >= 4 and one not in {"m", "f"})
        )
        self._context = (
            self._father
            | self._articles
            | self._light
            | self._letters
            | self._servant
            | self._kunya
            | self._titles
            | _ALLAH
            | _DIN_WORDS
        )
        # Who compares lists meets the same names again and again.
        self._lately = lru_cache(maxsize=8_192)(self._name_of)
        # And who does not know what is meant has names read in each of the ways, one after the other.
        self._words = lru_cache(maxsize=4_096)(tokens)
        self._records: dict[_Word, bytes] = {}
        self._alone: dict[str, list[tuple[str, bytes]]] = {}
        self._alone_in: dict[int, dict[str, tuple[str, bytes]]] = {ORGANISATION: {}, VESSEL: {}}

    def read(self, text: str, reading: int) -> Name:
        """The name *text*, read as that of a person, an organisation or a vessel."""
        return self._lately(text, reading) if len(text) <= _LONGEST_CACHED_NAME else self._name_of(text, reading)

    def records(self, text: str, reading: int) -> tuple[bytes, int]:
        """The same in short: the records of the words, and the hash of what is equal for names written alike."""
        name = self.read(text, reading)
        return name.data, name.exact

    def _name_of(self, text: str, reading: int) -> Name:
        rows, exact = self._rows(text, reading)
        return Name(
            data=b"".join([row for _, row in rows]), forms=tuple([form for form, _ in rows]), exact=hash64(exact)
        )

    # -- the way of a text --------------------------------------------------------------------------------

    def _rows(self, text: str, reading: int) -> tuple[list[tuple[str, bytes]], str]:
        whole, cut = text, False
        if len(text) > _LONGEST_TEXT:
            first = _LETTER.search(text)
            begin = first.start() if first else 0
            text = text[begin : begin + _LONGEST_TEXT]
            cut = _LETTER.search(whole, begin + _LONGEST_TEXT) is not None
        every = found = self._words(text) if len(text) <= _LONGEST_CACHED_NAME else tokens(text)
        if not text.isascii() and "(" in text and (outside := _outside(text)):
            found = outside
        if reading == PERSON and not text.isascii() and _is_foreign(text):
            made = [(word, self._record(_Word(word, Kind.WORD, native=_native(word)))) for word in found[:MOST_WORDS]]
        elif reading == PERSON and len(found) <= MOST_WORDS and self._context.isdisjoint(found):
            made = self._simple(found)
        else:
            apart = None if reading == PERSON or len(found) > MOST_WORDS else self._apart(found, reading)
            made = self._in_context(found, reading) if apart is None else apart
        rows = [(row, place, form) for place, (form, row) in enumerate(made)]
        rows.sort(key=_by_hash)
        placed = [(form, row[:PLACE] + _PLACES[place] + row[PLACE + 1 :]) for row, place, form in rows]
        return placed, self._exact(_long(whole) if cut else every, reading)

    def _simple(self, words: Sequence[str]) -> list[tuple[str, bytes]]:
        """Words of a person's name none of which changes its neighbours."""
        known = self._alone
        found: list[tuple[str, bytes]] = []
        for word in words:
            made = known.get(word)
            if made is None:
                made = [(one.text, self._record(one)) for one in self._person_word(word)]
                if len(known) >= _CACHED_WORDS:
                    known.clear()
                if len(word) <= _LONGEST_CACHED:
                    known[word] = made
            found += made
        return found[:MOST_WORDS]

    def _apart(self, words: Sequence[str], reading: int) -> list[tuple[str, bytes]] | None:
        """Words of a name that is no person's, if none of them changes what another is; else nothing."""
        known = self._alone_in[reading]
        found: list[tuple[str, bytes]] = []
        for word in words:
            made = known.get(word)
            if made is None:
                made = self._made_apart(word, reading)
                if len(known) >= _CACHED_WORDS:
                    known.clear()
                if len(word) <= _LONGEST_CACHED:
                    known[word] = made
            if made is _TOGETHER:
                return None
            found.append(made)
        return found

    def _made_apart(self, word: str, reading: int) -> tuple[str, bytes]:
        """The word by itself; `_TOGETHER` if it may be another one beside others, or several."""
        form = word if word.isascii() else _romanised(word)
        if (
            self._legal.starts(word)
            or self._descriptors.starts(word)
            or len(form) == 1
            or form in _ROMAN
            or word in self._from
            or word in self._articles
            or word in self._vessel_titles
            or _script(word) in {"Arab", "Hani"}
        ):
            return _TOGETHER
        (one,) = self._organisation_word([word], 0, reading)
        return one.text, self._record(one)

    def _in_context(self, found: Sequence[str], reading: int) -> list[tuple[str, bytes]]:
        found = found[:_MOST_TOKENS]
        words = self._person(found) if reading == PERSON else self._organisation(found, reading)
        words = words[: 4 * MOST_WORDS]
        if words and all(word.kind in _KINDS_THAT_CONVERT for word in words):
            words = [msgspec.structs.replace(word, kind=Kind.WORD) for word in words]
        if len(words) > MOST_WORDS:
            core = [word for word in words if word.kind not in _KINDS_THAT_CONVERT]
            words = (core or words)[:MOST_WORDS]
        return [(word.text, self._record(word)) for word in words]

    def _exact(self, words: Sequence[str], reading: int) -> str:
        if reading == PERSON and self._father.isdisjoint(words):
            return " ".join(sorted(words))
        return " ".join(words)

    def _record(self, word: _Word) -> bytes:
        found = self._records.get(word)
        if found is None:
            found = self._made(word)
            if len(word.text) > _LONGEST_CACHED:
                return found
            if len(self._records) >= _CACHED_WORDS:
                self._records.clear()
            self._records[word] = found
        return found

    def _made(self, word: _Word) -> bytes:
        script = _script(word.text)
        form = str(word.number) if word.kind is Kind.NUMBER and word.number else _romanised(word.text)
        vowel_less = is_vowelless(script)
        if script in {"Hani", "Hang"}:
            sounds = sounds_of_syllables(form, hangul=script == "Hang")
        else:
            sounds = sounds_of(form, vowel_less=vowel_less)
        writing = 1 if vowel_less else 2 if script == "Hani" else 3 if script == "Hang" else 0
        weight = self._frequencies.weight(word.group or form)
        if word.kind in _SHARE:
            weight = weight * _SHARE[word.kind]
        elif word.kind in {Kind.DESCRIPTOR, Kind.PLACE}:
            weight = min(self._frequencies.weight(form), _DESCRIPTOR_MOST)
        return _packed(word, form, sounds, writing, weight)

    # -- persons ------------------------------------------------------------------------------------------

    def _person(self, words: Sequence[str]) -> list[_Word]:
        found: list[_Word] = []
        after_father = False
        chain = False
        place = 0
        while place < len(words):
            word = words[place]
            following = words[place + 1] if place + 1 < len(words) else ""
            taken = 1
            made: list[_Word]
            if word in self._father and following:
                after_father = chain = True
                found.append(_Word(word, Kind.FATHER))
                place += 1
                continue
            if self._is_article(word, following):
                made = [_Word(word, Kind.LIGHT)]
            elif word in self._servant and following and word not in _WHOLE_ABD:
                made, taken = self._servant_of(words, place)
            elif word in _ALLAH and found and found[-1].kind in {Kind.WORD, Kind.PART}:
                joined = found.pop()
                made = [msgspec.structs.replace(self._plain(joined.text + _allah(joined.text)), flags=joined.flags)]
            elif word in _DIN_WORDS and found:
                made = [_Word(word, Kind.PART, group="part:din")]
            elif word in self._kunya and following:
                made = [_Word(word, Kind.PART, group="part:" + ("umm" if "m" in romanise(word) else "abu"))]
            elif following and (word in self._light or (word in self._letters and len(words) >= _LONG_NAME)):
                made = [_Word(word, Kind.LIGHT)]
            elif word in self._titles and len(words) > 1:
                made = [_Word(word, Kind.TITLE)]
            else:
                article_before = bool(found) and found[-1].kind is Kind.LIGHT and found[-1].text in self._articles
                made = self._person_word(word, article_before=article_before)
            if after_father and any(one.kind not in {Kind.LIGHT, Kind.TITLE} for one in made):
                made = [msgspec.structs.replace(one, flags=one.flags | Flag.AFTER_FATHER) for one in made]
                after_father = False
            found += made
            place += taken
        if chain:
            found = [msgspec.structs.replace(one, flags=one.flags | Flag.FATHER_CHAIN) for one in found]
        return found

    def _is_article(self, word: str, following: str) -> bool:
        if not following or word not in self._articles:
            return False
        if word in _SURE_ARTICLES:
            return True
        return word in _SUN and following[:1] == word[-1:]

    def _servant_of(self, words: Sequence[str], place: int) -> tuple[list[_Word], int]:
        """``abd al-X`` and the like: a light part, and X."""
        at = place + 1
        while at < len(words) - 1 and words[at] in self._articles:
            at += 1
        following = words[at]
        if following in _ALLAH:
            return [self._plain("abdullah")], at + 1 - place
        return [_Word(words[place], Kind.PART, group="part:abd"), *self._person_word(following)], at + 1 - place

    def _person_word(self, word: str, *, article_before: bool = False) -> list[_Word]:
        """A word of a person's name, alone or parted."""
        script = _script(word)
        if len(word) == 1 and script in {"Latn", "Cyrl", "Grek"}:
            return [_Word(word, Kind.INITIAL)]
        if word.isdecimal():
            return [_Word(word, Kind.NUMBER, number=_number(word))]
        if word in {"ii", "iii"}:
            return [_Word(word, Kind.NUMBER, number=_ROMAN[word])]
        if script == "Arab":
            return self._arabic(word)
        if script == "Hani":
            return self._han_person(word)
        if script == "Hang":
            return self._hangul(word) if len(word) <= 4 else [_Word(word, Kind.WORD, native=_native(word))]
        form = word if word.isascii() else _romanised(word)
        if form.startswith("abd") and form not in _WHOLE_ABD and (inside := _ABD_LATIN.match(form)):
            rest = inside.group(1)
            if rest not in {"ullah", "allah"} and not rest.startswith(("llah", "ulla")):
                return [_Word("abd", Kind.PART, group="part:abd"), self._plain(rest)]
        if len(form) >= 7 and (inside := _DIN.match(form)):
            return [self._plain(inside.group(1)), _Word("din", Kind.PART, group="part:din")]
        made = self._plain(word)
        if made.kind is Kind.WORD and article_before and len(form) >= 4 and form.endswith(("i", "y")):
            made = msgspec.structs.replace(made, kind=Kind.NISBA)
        return [made]

    def _arabic(self, word: str) -> list[_Word]:
        for start in ("عبدال", "عبدآل"):
            if word.startswith(start) and len(word) >= len(start) + 3 and not word.endswith(("عبدالله", "عبداللہ")):
                return [_Word("عبد", Kind.PART, group="part:abd"), self._plain(word[len(start) :])]
        for end in ("الدين", "الدین"):
            if word.endswith(end) and len(word) > len(end) + 1:
                return [self._plain(word[: -len(end)]), _Word("دین", Kind.PART, group="part:din")]
        if word in {"الدين", "الدین"}:
            return [_Word("دین", Kind.PART, group="part:din")]
        if word.startswith(_AL_ARABIC) and len(word) >= 5 and not word.startswith(_AL_KEPT):
            rest = self._plain(word[2:])
            if rest.kind is Kind.WORD and rest.text.endswith(("ي", "ی", "ى")):
                rest = msgspec.structs.replace(rest, kind=Kind.NISBA)
            return [_Word(_AL_ARABIC, Kind.LIGHT), rest]
        return [self._plain(word)]

    def _plain(self, word: str) -> _Word:
        """A word that is looked at by itself."""
        kind = Kind.WORD
        form = word if word.isascii() else _romanised(word)
        group = self._east_asian.get(word) or self._given.get(word) or self._given.get(form) or ""
        kin = self._translated.get(word) or self._translated.get(form) or ""
        if not group and (nisba := self._nisbas.get(word) or self._nisbas.get(form)):
            return _Word(word, Kind.NISBA, group=nisba)
        if not group and len(form) >= 6 and form.endswith(self._patronymic):
            kind = Kind.PATRONYMIC
        if not group and (form in self._ambiguous or word in self._ambiguous or word in self._tribe):
            kind = Kind.PART
        return _Word(word, kind, group=group, kin=kin)

    def _han_person(self, word: str) -> list[_Word]:
        """Family name and given name of two to four characters; longer words stay whole."""
        if not 2 <= len(word) <= 4:
            return [_Word(word, Kind.WORD, native=_native(word))]
        cut = 2 if word[:2] in _COMPOUND_SURNAMES or len(word) == 4 else 1
        family, given = word[:cut], word[cut:]
        found = [_Word(family, Kind.WORD, group=self._east_asian.get(family, ""), native=_native(family))]
        return [*found, _Word(given, Kind.WORD, native=_native(given))] if given else found

    def _hangul(self, word: str) -> list[_Word]:
        return [
            _Word(syllable, Kind.WORD, group=self._east_asian.get(syllable, ""), native=(ord(syllable) & 0xFFFF,))
            for syllable in word
        ]

    # -- organisations and vessels ------------------------------------------------------------------------

    def _organisation(self, words: Sequence[str], reading: int) -> list[_Word]:
        found: list[_Word] = []
        place, last = 0, len(words) - 1
        while place <= last:
            legal = self._legal.at(words, place)
            if legal is not None and self._may_be_form(words, place, legal[0]):
                taken, (_, what) = legal
                group, _, family = what.partition("|")
                found.append(_Word(" ".join(words[place : place + taken]), Kind.LEGAL_FORM, group=group, kin=family))
                place += taken
                continue
            descriptor = self._descriptors.at(words, place)
            if descriptor is not None and not (reading == VESSEL and descriptor[1][0] is Kind.DESCRIPTOR):
                taken, (kind, group) = descriptor
                found.append(_Word(" ".join(words[place : place + taken]), kind, group=group))
                place += taken
                continue
            found += self._organisation_word(words, place, reading)
            place += 1
        return found

    def _may_be_form(self, words: Sequence[str], place: int, taken: int) -> bool:
        """Short forms (as, sa, co) are forms at the edges of a name only, beside other forms there."""
        if place == 0 and taken == len(words):
            return False
        letters = sum(len(word) for word in words[place : place + taken])
        if letters > 2:
            return True
        at = place + taken
        while at < len(words) and (after := self._legal.at(words, at)) is not None:
            at += after[0]
        return at == len(words) or place == 0

    def _organisation_word(self, words: Sequence[str], place: int, reading: int) -> list[_Word]:
        word = words[place]
        before = words[place - 1] if place else ""
        form = word if word.isascii() else _romanised(word)
        if (ordinal := _ORDINAL.match(word)) is not None:
            return [_Word(word, Kind.NUMBER, number=_number(ordinal.group(1)))]
        if word in self._numbers:
            return [_Word(word, Kind.NUMBER, number=self._numbers[word] or 1_000_000_007)]
        if form in _ROMAN and place:
            return [_Word(word, Kind.NUMBER, number=_ROMAN[form])]
        if len(form) == 1 and form.isalpha():
            if before in self._series:
                return [_Word(word, Kind.NUMBER, number=_ROMAN_ONE.get(form, hash32(f"mark:{form}")))]
            if form == "i" and place and place == len(words) - 1:
                return [_Word(word, Kind.NUMBER, number=1)]
        if (word in self._from or word in self._articles) and len(form) <= 4 and len(words) > 1:
            return [_Word(word, Kind.LIGHT)]
        if reading == VESSEL and word in self._vessel_titles and len(words) > 1:
            return [_Word(word, Kind.TITLE)]
        if len(form) == 1 and form.isalpha():
            return [_Word(word, Kind.INITIAL)]
        script = _script(word)
        if script == "Arab" and word.startswith(_AL_ARABIC) and len(word) >= 5 and not word.startswith(_AL_KEPT):
            rest = word[2:]
            known = self._descriptors.at([rest], 0)
            if known is not None:
                return [_Word(rest, known[1][0], group=known[1][1])]
            return [_Word(rest, Kind.WORD)]
        if script == "Hani":
            return self._han_organisation(word)
        if script == "Hang":
            return [_Word(word, Kind.WORD, native=_native(word))]
        return [_Word(word, Kind.WORD, group=self._given.get(form, ""))]

    def _han_organisation(self, word: str) -> list[_Word]:
        """Chinese writes words together: known ones are taken out, longest first."""
        found: list[_Word] = []
        rest, place = "", 0
        while place < len(word):
            for size in range(min(6, len(word) - place), 1, -1):
                piece = word[place : place + size]
                known = self._legal.at([piece], 0) or self._descriptors.at([piece], 0)
                if known is not None:
                    if rest:
                        found.append(_Word(rest, Kind.WORD, native=_native(rest)))
                        rest = ""
                    kind, group = known[1]
                    group, _, family = group.partition("|")
                    found.append(_Word(piece, kind, group=group, kin=family))
                    place += size
                    break
            else:
                rest += word[place]
                place += 1
        if rest:
            found.append(_Word(rest, Kind.WORD, native=_native(rest)))
        return found


# A word met for the first time is looked at several times on its way to a record.
_script = lru_cache(maxsize=2_048)(script_of)
_romanised = lru_cache(maxsize=2_048)(romanise)


def _outside(text: str) -> tuple[str, ...]:
    """The words outside brackets where those inside repeat the name in another script; none where they do not."""
    inside = " ".join(_BRACKETS.findall(text))
    outside = _BRACKETS.sub(" ", text)
    one, other = script_of(outside), script_of(inside)
    return tokens(outside) if "Zyyy" not in {one, other} and one != other else ()


def _long(text: str) -> tuple[str, ...]:
    """The words of a text too long to be read whole: as written, but for case."""
    return ("", *text.casefold().split())


def _is_foreign(text: str) -> bool:
    """Whether Han or kana writes a name of another language, its parts kept apart by a mark."""
    return not _PART_MARKS.isdisjoint(text) and script_of(text) in {"Hani", "Hira", "Kana"}


def as_words(data: bytes) -> Words:
    """Records as the matrix that the kernel reads."""
    # Of a bytearray, because calls of compiled code take ten times as long for arrays that may not be written to.
    return np.frombuffer(bytearray(data), dtype=np.uint8).reshape(-1, SIZE)


def _by_hash(row: tuple[bytes, int, str]) -> bytes:
    return row[0][:8]


def _packed(word: _Word, form: str, sounds: bytes, writing: int, weight: float) -> bytes:
    letters = form.encode()
    return pack(
        form_hash=hash64(form or word.text), native=word.native,
        group=hash32(word.group) if word.group else 0, kin=hash32(word.kin) if word.kin else 0,
        mask=mask_of(sounds), weight=max(weight, 0.001), sounds=sounds, letters=letters, kind=word.kind,
        writing=writing, flags=word.flags | (Flag.CUT if len(letters) > LONGEST else 0),
        number=word.number & 0xFFFFFFFF, bones=bones_of(sounds),
    )  # fmt: skip


def _singles(variants: Iterable[str]) -> set[str]:
    return {found[0] for one in variants if len(found := tokens(one)) == 1}


def _groups(name: str) -> dict[str, str]:
    """Word to group of the table *name*; the first group that a word is in counts."""
    found: dict[str, str] = {}
    for key, variants in table(name).items():
        for variant in variants:
            words = tokens(variant)
            if len(words) == 1:
                found.setdefault(words[0], f"{name}:{key}")
                if not is_vowelless(script_of(words[0])):
                    found.setdefault(romanise(words[0]), f"{name}:{key}")
    return found


def _number(digits: str) -> int:
    value = int(digits[:18])
    return (value if len(digits) <= 9 else hash32(digits)) or 1_000_000_007


def _allah(before: str) -> str:
    return "الله" if script_of(before) == "Arab" else "ullah"


def _native(word: str) -> tuple[int, ...]:
    return tuple(ord(letter) & 0xFFFF for letter in word[:4]) if len(word) <= 4 else ()
