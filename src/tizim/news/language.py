"""Language files: what one of them holds, and how it is read and checked.

A language is one TOML file below ``languages``: patterns of words by the part they play, nothing more.
``docs/how-to/read-a-new-language.md`` says how to write one.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

import msgspec

from tizim.errors import Broken, NotSupported

Act = Literal[
    "remove", "delist", "add", "designate", "ban", "revoke", "suspend", "extend", "keep", "stand", "lack", "hold",
    "sanction", "annul", "amend", "review",
]  # fmt: skip
Form = Literal["past", "present", "future", "base", "noun"]
FORMS: Final[tuple[Form, ...]] = ("past", "present", "future", "base", "noun")

Patterns = str
"""Patterns with commas between them, in the notation that ``lexicon`` explains."""


class Forms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The forms of the verbs of one act, by what each says of time; active or passive does not matter."""

    past: Patterns = ""
    """it has happened: "removed", "a retiré", "исключена" """
    present: Patterns = ""
    """it happens, or is the state of things: "removes", "считается" """
    future: Patterns = ""
    """it will happen: "retirera" """
    base: Patterns = ""
    """infinitives, subjunctives: what they say depends on the words around: "to remove", "be removed" """
    noun: Patterns = ""
    """nouns and gerunds of the act: "removal", "removing" """


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words by the part they play around an act."""

    list: Patterns
    """lists, registers: "list", "реестр" """
    blacklist: Patterns = ""
    """lists that are of terrorists or sanctions by their name alone: "blacklist" """
    otherlist: Patterns = ""
    """what makes a list one of another sort: tax havens, airlines, heritage, players, foreign agents"""
    terror: Patterns
    """adjectives of such lists and organisations: "terrorist", "banned", "sanctions" """
    terrorist: Patterns = ""
    """nouns that say terrorist organisation by themselves: "terrorists", "terror group" """
    status: Patterns = ""
    """nouns for being listed: "designation", "proscription", "terrorist label" """
    ban: Patterns = ""
    """nouns for a ban: "ban", "запрет" """
    sanctions: Patterns = ""
    group: Patterns
    """nouns for organisations: "group", "movement" """
    person: Patterns = ""
    """nouns by which a listed person is taken up again: "the militant" """
    bearer: Patterns = ""
    """nouns whose names may stand on lists but that take no name up again: "tanker", "bank" """
    this: Patterns = ""
    """words that point back when a group stands beside them: "this", "the" """
    it: Patterns = ""
    """pronouns that can stand for an organisation"""
    we: Patterns = ""
    """by which a speaker means the own state: "we", "our" """
    fromit: Patterns = ""
    """what takes up a list told of before: "from it", "из него" """
    own: Patterns = ""
    """possessives that point to the state that acts: "its", "свой" """
    home: Patterns = ""
    """nouns for the state last spoken of: "the country", "the kingdom" """
    part: Patterns = ""
    """nouns that beside an organisation mean something else than it: "spokesman", "leader", "affiliate" """
    branch: Patterns = ""
    """nouns for parts of an organisation that a state beside them only places: "chapters", "branches" """
    of: Patterns = ""
    """small words of belonging: "of", "de" """
    by: Patterns = ""
    at: Patterns = ""
    """prepositions, postpositions or endings of place: "in" """
    per: Patterns = ""
    """what makes a state or body a mere measure: "in line with", "as in" """
    rel: Patterns = ""
    """words that open a clause of its own: "which", "that", "because" """
    conj: Patterns = ""
    """words between the members of a row: "and", "as well as" """
    neg: Patterns = ""
    nolonger: Patterns = ""
    same: Patterns = ""
    """what says that another does as was just told: "followed suit", "did the same" """
    temporary: Patterns = ""
    """what makes the lifting of a ban a suspension: "temporarily" """
    deny: Patterns = ""
    """what says that a thing told is not so: "denied that" """
    contest: Patterns = ""
    """what says that a decision is fought: "appeals against" """
    still: Patterns = ""
    alias: Patterns = ""
    """what stands between two names of one subject: "also known as", "formerly" """
    member: Patterns = ""
    """what opens the names of members of a row: "including", "such as" """
    decide: Patterns = ""
    plan: Patterns = ""
    may: Patterns = ""
    """possible, and weighed: "could", "considers" """
    topic: Patterns = ""
    """what only names a matter: "the question of", "в вопросе о" """
    both: Patterns = ""
    """words by which a bracket speaks of all names before it: "both", "обе" """
    ask: Patterns = ""
    order: Patterns = ""
    refuse: Patterns = ""
    need: Patterns = ""
    """what makes the act a condition of something else: "without", "only after" """
    grant: Patterns = ""
    """what makes a request a fact: "granted", "upheld" """
    done: Patterns = ""
    """what makes a noun or infinitive a fact: "announced", "following", "approved" """
    recur: Patterns = ""
    """regularly, from time to time"""
    move: Patterns = ""
    """nouns for the act last told: "decision", "step" """
    welcome: Patterns = ""
    criticise: Patterns = ""
    say: Patterns = ""
    accord: Patterns = ""
    """what opens the name of a source: "according to" """
    since: Patterns = ""
    court: Patterns = ""
    """what makes "annulled" the word of a court"""
    cause: Patterns = ""
    """what opens a reason: "because of", "in line with" """
    instrument: Patterns = ""
    """nouns for the act in law: "resolution", "decree" """
    elsewhere: Patterns = ""
    """states spoken of without a name: "many countries" """
    drop: Patterns = ""
    """phrases that are none of this, though they look like it"""


class Dates(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How dates are told, beside what CLDR knows: months, weekdays and relative words."""

    months: dict[str, Patterns] = {}
    """more names of Gregorian months, by number"""
    solar: dict[str, Patterns] = {}
    """months of the Solar Hijri year, by number"""
    hijri: dict[str, Patterns] = {}
    """months of the lunar Hijri year, by number"""
    weekdays: dict[str, Patterns] = {}
    """more names of weekdays, by number, Monday is 1"""
    numbers: dict[str, Patterns] = {}
    """words for days of a month, by number"""
    relative: dict[str, Patterns] = {}
    """phrases by what they mean: ``day-1``, ``week-1``, ``month-1``, ``year-1``, ``season``, ``day+0``"""
    last: Patterns = ""
    next: Patterns = ""
    this: Patterns = ""
    parts: Patterns = ""
    """words that may stand inside a date: "of", "день", "года" """
    year: Patterns = ""
    """what stands beside a year: "year", "سال", "年" """
    month_unit: Patterns = ""
    """what makes a number a month: "月" """
    day_unit: Patterns = ""
    """what makes a number a day: "日" """
    vague: Patterns = ""
    """words that say earlier or later without a date"""


class Language(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One language file."""

    code: str
    """ISO 639 code, as answers give it"""
    name: str
    locale: str
    """CLDR locale whose names of countries, months and weekdays are taken"""
    direction: Literal["ltr", "rtl"] = "ltr"
    verb: Literal["medial", "both", "final"] = "medial"
    """where the verb stands: between subject and object, at the end, or now here, now there"""
    adjective: Literal["before", "after", "both"] = "both"
    """where the adjective and the possessor of a noun stand"""
    adpositions: Literal["before", "after"] = "before"
    """where "in" and "by" stand"""
    bare: bool = False
    """whether a noun by itself, without an article, may point back: "движение", "örgüt" """
    article: str = ""
    """an article written together with its noun, which makes it point back: "ال" """
    capitals: bool = False
    """whether names begin with capital letters, and other words do not"""
    capital_nouns: bool = False
    """whether every noun begins with a capital letter, as in German"""
    apostrophe: Literal["split", "possessive", "suffix", "letter"] = "split"
    """what an apostrophe inside a word is: an elision, an English possessive, a Turkish suffix, or a letter"""
    letters: bool = False
    """whether each letter is a word of its own, as in Chinese"""
    join: Patterns = ""
    """words that are one with the word before: Persian ``ها``"""
    lead: Patterns = ""
    """words that are one with the word after: Persian ``می``"""
    proclitics: Patterns = ""
    """letters that may be written together with the word after them: Arabic ``و``"""
    noun_leads: Patterns = ""
    """those of them that only stand before nouns: Arabic ``ب``"""
    endings: Patterns = ""
    """endings of names, as ``ending`` or ``ending=base``: ``ами``, ``ии=ия``"""
    genitive: Patterns = ""
    """endings of the possessor, where it has any: Kazakh ``ның``"""
    described: Patterns = ""
    """endings of adjectives, by which they are told from names that no sign marks: Persian ``ی``"""
    common: Patterns
    """the commonest small words, by which the language is known"""
    telling: Patterns = ""
    """words and letters that no other of the languages in this script has"""
    script: str
    """ISO 15924 code"""
    second_script: str = ""
    """ISO 15924 code of another script that the language is written in"""
    respelt: dict[str, str] = {}
    """letters of the second script, with those of the first that the patterns are written in: ``ш`` is ``sh``"""
    acts: dict[Act, Forms]
    words: Words
    states: dict[str, Patterns] = {}
    """more names of states, capitals and palaces, by list code, after CLDR's"""
    people: dict[str, Patterns] = {}
    """adjectives of states, by list code"""
    organs: dict[str, Patterns] = {}
    """organs of a state that speak and decide, by list code; under ``""`` those that every state has"""
    titles: dict[str, Patterns] = {}
    """titles of persons who speak, by list code; under ``""`` those that every state has"""
    dates: Dates = Dates()


@cache
def codes() -> tuple[str, ...]:
    """The languages there are files for."""
    names = (one.name for one in files(__package__).joinpath("languages").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def load(code: str) -> Language:
    """The language *code*; `NotSupported` if there is no file for it, `Broken` if the file is not as it must be."""
    if code not in codes():
        raise NotSupported(f"no language file for '{code}': there are {', '.join(codes())}")
    try:
        return msgspec.convert(_tables(code), Language)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Broken(f"languages/{code}.toml: {error}") from error


def _tables(code: str) -> dict[str, Any]:
    """What the file says, put over what the file of the language it is like says."""
    text = files(__package__).joinpath("languages", f"{code}.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    like = tables.pop("like", None)
    return tables if like is None else _tables(like) | tables
