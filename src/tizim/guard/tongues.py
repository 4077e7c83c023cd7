"""Which language a text is in, where nobody says so, and whether a translation is in the one it should be in."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from tizim.errors import NotSupported
from tizim.guard import sentences
from tizim.guard.findings import Finding
from tizim.guard.languages import codes
from tizim.guard.sides import Part, Side
from tizim.news.grammar import grammar
from tizim.news.identify import UNKNOWN, known_code, language_of
from tizim.news.known import Known
from tizim.news.language import load
from tizim.news.lexicon import split
from tizim.news.tokens import Tokens, fold
from tizim.text.scripts import script_of

_SURE: Final = 120  # characters of a text whose language is surely told
_SENTENCE: Final = 40
_SAME: Final = {frozenset(("fa", "prs"))}


def code_of(text: str, tag: str | None, known: Known) -> str:
    """The code for *tag*, or of the language of *text*; `NotSupported` if it is none that can be checked."""
    if tag:
        code = known_code(tag)
        if code is None or code not in codes():
            raise NotSupported(f"translations in '{tag}' are not checked yet: there are {', '.join(codes())}")
        return code
    found = language_of(text)
    if len(text) >= _SURE and found != UNKNOWN:
        return found
    best = _by_words(text, known)
    if best is None:
        raise NotSupported(
            f"the language of “{text.strip()[:40]}” was not recognised: name it, one of {', '.join(codes())}"
        )
    return best


def _by_words(text: str, known: Known) -> str | None:
    """The language of whose words a short text has the most."""
    script = script_of(text)
    script = "Hans" if script in {"Hani", "Hant"} else script
    best: tuple[float, str] | None = None
    for code in codes():
        language = load(code)
        if language.script != script:
            continue
        made = grammar(code, known)
        tokens = Tokens(text, language)
        marks, names = made.marks(tokens)
        covered = {place for mark in marks for place in range(mark.start, mark.end)}
        named = {place for mark in names for place in range(mark.start, mark.end)}
        common = sum(word in made.common for word in tokens.words)
        telling, letters = _telling(code)
        special = sum(word in telling for word in tokens.words) * 3 + sum(text.casefold().count(x) for x in letters)
        score = (len(covered) + len(named) + 1.5 * common + special) / max(1, len(tokens)) + (code == "fa") * 0.01
        if best is None or score > best[0]:
            best = (score, code)
    return best[1] if best and best[0] > 0 else None


@cache
def _telling(code: str) -> tuple[frozenset[str], str]:
    """Words and letters that only this language has."""
    telling = split(load(code).telling)
    return frozenset(fold(one) for one in telling if len(one) > 1), "".join(one for one in telling if len(one) == 1)


def check(source: Side, target: Side) -> Iterator[Finding]:
    """A translation in another language than it should be, and sentences that were left as they were."""
    whole = target.whole
    said, meant = script_of(target.text), target.language.script
    said = "Hans" if said in {"Hani", "Hant"} else said
    if not whole.length:
        return
    if said not in {meant, "Zyyy"} and not _has_han(target, whole):
        yield whole.found("language", "severe", whole.words, sentences.OTHER_SCRIPT.said())
        return
    found = language_of(target.text, target.code)
    is_sure = whole.length >= _SURE and found not in {UNKNOWN, target.code}
    if is_sure and frozenset((found, target.code)) not in _SAME:
        yield whole.found(
            "language", "severe", whole.words,
            sentences.OTHER_LANGUAGE.said(),
        )  # fmt: skip
        return
    if source.code == target.code:
        return
    mine = {_plain(part) for part in source.sentences}
    for part in target.sentences:
        if part.length < _SENTENCE:
            continue
        script = script_of(target.text[slice(*part.words)])
        script = "Hans" if script in {"Hani", "Hant"} else script
        if _plain(part) in mine or (script not in {meant, "Zyyy"} and not _has_han(target, part)):
            yield part.found("language", "severe", part.words, sentences.UNTRANSLATED.said())


def _has_han(side: Side, part: Part) -> bool:
    """Whether names in Latin letters are all that a text of Chinese signs has more of: a sign is a word."""
    if not side.language.letters:
        return False
    words = side.tokens.raw[part.start : part.end]
    return sum("\u3400" <= word[0] <= "\u9fff" for word in words) * 2 >= len(words)


def _plain(part: Part) -> str:
    return " ".join(part.side.tokens.words[part.start : part.end])
