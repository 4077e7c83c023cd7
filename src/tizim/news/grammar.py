"""A language made ready: its words and all names it is read by, compiled; once for each language and `Known`."""

import copy
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Final

from tizim.news import states
from tizim.news.known import Known, Subject
from tizim.news.language import FORMS, Language, load
from tizim.news.lexicon import Automaton, Mark, split
from tizim.news.tokens import Tokens, cut, fold

_SHORTEST_BASE: Final = 3
_ACRONYM: Final = 4
_SHORT_NAME: Final = 6
_PREFIX_BASE: Final = 2
_TELLING_CONSONANTS: Final = 7
_SAME_SOUND: Final = str.maketrans({**dict.fromkeys("aeiouyhw"), "c": "k", "q": "k", "z": "s"})
"""vowels and breaths, which spellings leave out, and letters that they change"""
_BREAKING: Final = frozenset("-‐‑*.·_|/")


class Grammar:
    """The automata of a language, and how names are told from words that look alike."""

    def __init__(self, language: Language, known: Known) -> None:
        self.language = language
        self._clitics = [_pair(one) for one in split(language.proclitics)]
        self._endings = sorted((_pair(one) for one in split(language.endings)), key=lambda pair: -len(pair[0]))
        self.words = Automaton(lambda text: cut(text, language), self._bare if self._clitics else None)
        self.names = Automaton(lambda text: cut(text, language), self.bases)
        self.shipped: Automaton | None = None
        """the names that many articles are read by, where `names` holds those for one of them"""
        self.genitives = frozenset(fold(one) for one in split(language.words.of))
        """small words of belonging: "of", "de" """
        self.noun_leads = tuple(fold(one) for one in split(language.noun_leads))
        """what is written together with nouns only"""
        self.possessing = tuple(fold(one) for one in split(language.genitive))
        """endings of the possessor: "ның" """
        self.described = tuple(fold(one) for one in split(language.described))
        """endings by which adjectives are told from names that nothing marks"""
        leads = {lead for lead, _ in self._clitics}
        self.joining = tuple(one for one in map(fold, split(language.words.conj)) if one in leads)
        """words for "and" that are written together with the next"""
        self.subjects = known.subjects
        self.by_consonants: dict[str, str] | None = None
        """the subjects by the consonants of their names, once a new name was met"""
        self.common = frozenset(fold(one) for one in split(language.common))
        self._take_words()
        self._take_states()
        self._take_known(known)

    def knowing(self, subjects: Iterable[Subject]) -> "Grammar":
        """The same language with the names of *subjects* besides; only these are compiled anew."""
        made = copy.copy(self)
        made.names = Automaton(lambda text: cut(text, self.language), self.bases)
        made.shipped = self.names
        subjects = tuple(subjects)
        made.subjects, made.by_consonants = (*self.subjects, *subjects), None
        for subject in subjects:
            for name in subject.names:
                made.add_name(name, "subject", subject.id)
        return made

    def alike(self, name: str) -> str | None:
        """The subject whose name *name* spells otherwise ("Mujahadin-e Khalq"): one of the same consonants."""
        if self.by_consonants is None:
            self.by_consonants = _by_consonants(self.subjects)
        return self.by_consonants.get(_consonants(name))

    def base(self, word: str) -> str | None:
        """The word of a name that *word* is a form of, if it is none itself."""
        return self.names.base(word) or (self.shipped.base(word) if self.shipped is not None else None)

    def marks(self, tokens: Tokens) -> tuple[list[Mark], list[Mark]]:
        """The words and the names found in *tokens*, in their order; no name overlaps another."""
        stops = [end - 1 for _, end in tokens.sentences]
        words = self.words.find(tokens.words, stops)
        names = self.names.find(tokens.words, stops)
        if self.shipped is not None:
            names += self.shipped.find(tokens.words, stops)
        names += self._broken(tokens)
        return words, _apart([mark for mark in names if self._is_name(mark, tokens)])

    def _broken(self, tokens: Tokens) -> Iterator[Mark]:
        """Names that a sign inside breaks in two, to slip by filters: "Tali-ban"."""
        text, words = tokens.text, tokens.words
        for place in tokens.apart:
            end, start = tokens.ends[place - 1], tokens.starts[place]
            if start - end == 1 and text[end] in _BREAKING:
                for kind, value in (self.shipped or self.names).whole(words[place - 1] + words[place]):
                    yield Mark(kind, value, place - 1, place + 1)

    def _bare(self, word: str) -> tuple[str, ...]:
        """*word* without letters that are written together with it."""
        found = []
        for lead, instead in self._clitics:
            if word.startswith(lead) and len(word) - len(lead) >= _PREFIX_BASE:
                found.append(instead + word[len(lead) :])
        return tuple(found)

    def bases(self, word: str) -> tuple[str, ...]:
        """What *word* may be a form of."""
        found = list(self._bare(word))
        for form in (word, *found):
            for ending, base in self._endings:
                if form.endswith(ending) and len(form) - len(ending) + len(base) >= _SHORTEST_BASE:
                    found.append(form[: len(form) - len(ending)] + base)
        return tuple(dict.fromkeys(found))

    def _take_words(self) -> None:
        language = self.language
        for act, forms in language.acts.items():
            for form in FORMS:
                for pattern in split(getattr(forms, form)):
                    self.words.add(pattern, f"act/{act}", form)
        for part in language.words.__struct_fields__:
            for pattern in split(getattr(language.words, part)):
                self.words.add(pattern, part, "")
        for kind, table in (("organ", language.organs), ("title", language.titles)):
            for code, patterns in table.items():
                for pattern in split(patterns):
                    self.words.add(pattern, kind, code)

    def _take_states(self) -> None:
        for code, names in states.names(self.language).items():
            for name in names:
                self.add_name(name, "state", code)
        for code, patterns in self.language.people.items():
            for pattern in split(patterns):
                self.add_name(pattern, "people", code)

    def _take_known(self, known: Known) -> None:
        for subject in known.subjects:
            for name in subject.names:
                self.add_name(name, "subject", subject.id)
        for official in known.officials:
            for name in official.names:
                self.add_name(name, "official", f"{official.state}\t{official.name}")
        for outlet, names in known.outlets:
            for name in names:
                self.add_name(name, "outlet", outlet)

    def add_name(self, name: str, kind: str, value: str) -> None:
        """Take in a name of *kind*, with what it stands for."""
        letters = "".join(c for c in name if c.isalpha())
        if not letters or not self._is_written(letters):
            return
        case = ""
        if letters.upper() != letters.lower():
            if letters.isupper() and len(letters) <= _ACRONYM:
                case = "A"
            elif (
                name[0].isupper()
                and self.language.capitals
                and (len(letters) < _SHORT_NAME or kind in {"state", "official", "outlet"})
            ):
                case = "C"
        self.names.add(name.replace("/", " "), kind + case, value)

    def _is_written(self, letters: str) -> bool:
        """Whether a name in these letters can stand in a text of this language: in its own scripts, or in Latin."""
        language = self.language
        return _script(letters) in {"Latn", language.script.replace("Hant", "Hans"), language.second_script}

    def _is_name(self, mark: Mark, tokens: Tokens) -> bool:
        case = mark.kind[-1]
        if case == "A":
            return all(raw.upper() == raw for raw in tokens.raw[mark.start : mark.end])
        if case == "C":
            first = tokens.raw[mark.start]
            return not first[0].islower() or not self.language.capitals
        return True


def _consonants(name: str) -> str:
    """What spellings of one name in Latin letters have in common; nothing where that is too little to tell names by."""
    letters = "".join(c for c in name.casefold() if c.isalpha()).translate(_SAME_SOUND)
    found = "".join(one for one, before in zip(letters, " " + letters, strict=False) if one != before)
    return found if len(found) >= _TELLING_CONSONANTS and " " in name.replace("-", " ").strip() else ""


def _by_consonants(subjects: Iterable[Subject]) -> dict[str, str]:
    """Subjects by the consonants of their names, without those that two subjects share."""
    found: dict[str, set[str]] = {}
    for subject in subjects:
        for name in subject.names:
            if name.isascii() and (key := _consonants(name)):
                found.setdefault(key, set()).add(subject.id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _script(letters: str) -> str:
    letter = next((c for c in letters if c.isalpha()), "a")
    number = ord(letter)
    if number < 0x250:
        return "Latn"
    if 0x370 <= number < 0x400:
        return "Grek"
    if 0x400 <= number < 0x530:
        return "Cyrl"
    if 0x600 <= number < 0x780 or 0xFB50 <= number < 0xFF00:
        return "Arab"
    if 0x980 <= number < 0xA00:
        return "Beng"
    if 0x3400 <= number < 0xA000:
        return "Hans"
    return "Latn" if 0x1E00 <= number < 0x1F00 else "other"


_RANK: Final = {"subject": 0, "official": 1, "state": 2, "people": 3, "outlet": 4}
"""which of two names of one length is meant"""


def _apart(names: list[Mark]) -> list[Mark]:
    """The longest of names that overlap, in order, without the sign of their case."""
    plain = [
        Mark(mark.kind[:-1], mark.value, mark.start, mark.end) if mark.kind[-1] in "AC" else mark for mark in names
    ]
    plain.sort(key=attrgetter("start"))
    kept: list[Mark] = []
    row: list[Mark] = []
    end = 0
    for mark in plain:
        if mark.start >= end and row:
            kept += row if len(row) == 1 else _longest(row)
            row = []
        row.append(mark)
        end = max(end, mark.end)
    return kept + (row if len(row) == 1 else _longest(row))


def _longest(row: list[Mark]) -> list[Mark]:
    """The longest of names that overlap, in order."""
    taken: set[int] = set()
    kept = []
    for mark in sorted(row, key=lambda mark: (mark.start - mark.end, _RANK[mark.kind], mark.start)):
        places = range(mark.start, mark.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(mark)
    return sorted(kept, key=attrgetter("start"))


def _pair(text: str) -> tuple[str, str]:
    """``ending`` or ``ending=base``, folded."""
    ending, _, base = text.partition("=")
    return fold(ending.strip()), fold(base.strip())


_grammars: dict[tuple[str, str], Grammar] = {}


def grammar(code: str, known: Known) -> Grammar:
    """The language *code* with the names of *known*."""
    key = (code, known.base)
    if key not in _grammars:
        _grammars[key] = Grammar(load(code), known)
    return _grammars[key].knowing(known.more) if known.more else _grammars[key]
