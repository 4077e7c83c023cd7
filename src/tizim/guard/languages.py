"""What the guard knows of each language beside the files of ``tizim.news``: one TOML file for each.

Negation, numbers in words, the verbs of lists in four senses, and habits of writing. Patterns are in the notation
that ``tizim.news.lexicon`` explains.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

import msgspec

from tizim.errors import Broken, NotSupported
from tizim.news.grammar import Grammar
from tizim.news.lexicon import Automaton, split
from tizim.news.tokens import cut

Patterns = str

SENSES: Final = ("on", "off", "suspend", "extend")
"""what can be done with a listing: put on, taken off, suspended, extended"""
_ACTS: Final = {
    "on": ("add", "designate", "ban", "sanction"),
    "off": ("remove", "delist", "revoke", "annul"),
    "suspend": ("suspend",),
    "extend": ("extend", "keep"),
}
"""acts of ``tizim.news`` that are accepted for a sense"""


class Habits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One language file."""

    length: float
    """characters of a text for one of the same text in English"""
    decimal: str
    """the mark before a fraction"""
    on: Patterns
    """words that surely say that somebody is put on a list; so for the other senses"""
    on_also: Patterns
    """words that may stand for it in a translation; so for the other senses"""
    off: Patterns
    off_also: Patterns
    suspend: Patterns
    suspend_also: Patterns
    extend: Patterns
    extend_also: Patterns
    freeze: Patterns = ""
    """words that say that assets are frozen"""
    free: Patterns = ""
    """words that say that they are so no more"""
    forbid: Patterns = ""
    """words that say that something is forbidden"""
    allow: Patterns = ""
    """words that say that it is allowed"""
    fail: Patterns = ""
    """words that say that an attempt failed"""
    manage: Patterns = ""
    """words that say that it succeeded"""
    entry: Patterns = ""
    """words for what stands on a list, beside which an act is one on a listing: "entry", "the name of" """
    neg: Patterns
    """words that negate"""
    neg_words: str = ""
    """a regular expression for folded words that carry a negation in them: Turkish ``almadı`` """
    never: str = ""
    """a regular expression for folded words that are no negation, though they look like one with a small word before"""
    neg_before: Patterns = ""
    """words behind which such a word negates nothing: Turkish ``almadan önce`` is "before taking" """
    neg_lead: Patterns = ""
    """words that negate where they open a clause, and only go with a negation elsewhere: Spanish ``nadie``"""
    neg_drop: Patterns = ""
    """phrases that look like negations and are none: "not only" """
    neg_soft: Patterns = ""
    """words that may stand for a negation, or be said by one: "refused", "without" """
    neg_refuse: Patterns = ""
    """those of them that say no as surely as "not" does where the other side has none of all these words"""
    soft_words: str = ""
    """a regular expression for folded words that may do so: Turkish ``sessiz`` """
    verbs: Patterns = ""
    """auxiliary verbs, before which a second half wants its first"""
    half: Patterns = ""
    """first halves of negations in two parts: French ``ne``"""
    other: Patterns = ""
    """second halves"""
    other_lead: Patterns = ""
    """second halves that may come first, and negate by themselves where there is no first half: "aucun" """
    respelt: Patterns = ""
    """letters of English spellings of names and what this language may write for them: ``sh ch`` """
    homonyms: Patterns = ""
    """words that are names of countries and other words, too: Persian for Mali is "financial" """
    letters_as: Patterns = ""
    """letters of names in this language and how English would write their sound, for comparing with another script"""
    evening: str = ""
    """a regular expression for what stands behind or before an hour of the second half of the day: "p.m." """
    attached: Patterns = ""
    """short signs that stand right behind a number, and what they multiply it by: ``bn 1000000000`` """
    whether: str = ""
    """a regular expression for two folded words of which the second negates nothing: Turkish ``olup olmadığı`` """
    units_first: bool = False
    """whether ones are said before tens: Arabic"""
    percent: Patterns = ""
    letters: bool = False
    elision: bool = False
    """whether small words lose their vowel before another: ``d'armes``"""
    article: bool = False
    """whether the article is ``an`` before a vowel"""
    say: dict[str, str]
    """the word that is suggested for each sense"""
    numbers: dict[str, Patterns]
    scale: dict[str, Patterns]
    nations: dict[str, Patterns] = {}
    """words by which a country may be meant that are not like its name, by its code: "Danish", "Dutch" """
    wrong: dict[str, Patterns]
    """words that machines choose wrongly for an act on lists, by the right one"""


@cache
def codes() -> tuple[str, ...]:
    """The languages that translations are checked in."""
    names = (one.name for one in files(__package__).joinpath("languages").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def habits(code: str) -> Habits:
    """The file of the language *code*; `NotSupported` if there is none, `Broken` if it is not as it must be."""
    if code not in codes():
        raise NotSupported(f"translations in '{code}' are not checked yet: there are {', '.join(codes())}")
    try:
        return msgspec.convert(_tables(code), Habits)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Broken(f"guard/languages/{code}.toml: {error}") from error


def _tables(code: str) -> dict[str, Any]:
    tables = tomllib.loads(files(__package__).joinpath("languages", f"{code}.toml").read_text(encoding="utf-8"))
    like = tables.pop("like", None)
    return tables if like is None else _tables(like) | tables


_KINDS: Final = (
    "freeze", "free", "forbid", "allow", "fail", "manage", "entry", "homonyms",
    "neg", "neg_before", "neg_lead", "neg_drop", "neg_soft", "neg_refuse",
    "half", "other", "other_lead", "verbs", "percent",
)  # fmt: skip
"""the patterns of a file that are sought as they are"""


@cache
def respelling(code: str) -> tuple[tuple[str, str], ...]:
    """Letters of English spellings of names, and what the language *code* may write for them."""
    rows = (one.split() for one in split(habits(code).respelt))
    return tuple((mine, "" if theirs == "-" else theirs) for mine, theirs in rows)


@lru_cache(maxsize=16_384)
def read_as(code: str, word: str) -> tuple[str, ...]:
    """*word* of a name, and as English would spell it, where the language *code* has letters of its own for sounds."""
    read = word
    for one in split(habits(code).letters_as):
        letters, _, said = one.partition(" ")
        read = read.replace(letters, said)
    return (word,) if read == word else (word, read)


class Lexicon:
    """The patterns of one language, compiled."""

    def __init__(self, code: str, grammar: Grammar) -> None:
        self.habits = habits(code)
        language = grammar.language
        joined = bool(language.proclitics) and not language.endings
        self.words = Automaton(lambda text: cut(text, language), grammar.bases if joined else None)
        self.softly = re.compile(self.habits.soft_words) if self.habits.soft_words else None
        self.never = re.compile(self.habits.never) if self.habits.never else None
        self.evening = re.compile(self.habits.evening, re.IGNORECASE) if self.habits.evening else None
        self.evening_before = re.compile(f"(?:{self.habits.evening})$", re.IGNORECASE) if self.evening else None
        self.attached = dict(one.split() for one in split(self.habits.attached))
        self.whether = re.compile(self.habits.whether) if self.habits.whether else None
        self.negated = re.compile(self.habits.neg_words) if self.habits.neg_words else None
        for kind in _KINDS:
            self._take(f"guard/{kind}", "", getattr(self.habits, kind))
        for kind, table in (
            ("number", self.habits.numbers),
            ("scale", self.habits.scale),
            ("wrong", self.habits.wrong),
            ("nation", self.habits.nations),
        ):
            for value, patterns in table.items():
                self._take(f"guard/{kind}", value, patterns)
        for sense in SENSES:
            self._take(f"guard/sure/{sense}", "", getattr(self.habits, sense))
            self._take(f"guard/also/{sense}", "", getattr(self.habits, f"{sense}_also"))
            for act in _ACTS[sense]:
                forms = language.acts.get(act)  # type: ignore[call-overload]  # the keys above are acts
                if forms is not None:
                    for form in ("past", "present", "future", "base", "noun"):
                        self._take(f"guard/also/{sense}", "", getattr(forms, form))

    def _take(self, kind: str, value: str, patterns: Patterns) -> None:
        for pattern in split(patterns):
            self.words.add(pattern, kind, value)
