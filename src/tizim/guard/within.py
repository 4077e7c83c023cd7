"""Checks within one text: names under varying spellings, words that are none, elisions, wrongly chosen words."""

import re
from collections.abc import Iterator
from typing import Final

from tizim.guard import sentences
from tizim.guard.findings import Finding
from tizim.guard.sides import Side, Span
from tizim.news.known import Known
from tizim.news.read import read_news
from tizim.text.scripts import scripts_in

_MIXED: Final = frozenset({"Latn", "Cyrl", "Grek", "Arab", "Hebr", "Armn", "Geor"})
_ELIDED: Final = {
    "de": "d’", "le": "l’", "la": "l’", "que": "qu’", "ne": "n’", "je": "j’", "se": "s’", "me": "m’", "te": "t’",
    "jusque": "jusqu’", "lorsque": "lorsqu’", "puisque": "puisqu’",
}  # fmt: skip
_OPEN: Final = re.compile(
    "[aàâäeéèêëiîïoôöuùûüœæ]|h(?:omme|omicid|istoire|istori|eure|ôpita|abit|umani|ier|ostil|onneur)"
)
_PRONOUNS: Final = frozenset({"le", "la"})
_VOWEL: Final = re.compile("[aeio]|u(?!ni|s|ti|ra|ka|kr|ru|ga|be|zb)|ho(?:ur|nest|nou)|heir")
_CONSONANT: Final = re.compile("[bcdfgjklmnpqrstvwxz](?!\\.)|h(?!our|onest|onou|eir|istor)|uni(?!n|m)|one(?!r)|eu|use")
_NEAR: Final = 8  # words between a wrongly chosen word and what it is about


def check(side: Side, known: Known, *, has_source: bool) -> Iterator[Finding]:
    """What a reader of *side* alone can see; with its source at hand (*has_source*), names are compared with that."""
    yield from _spelling(side, known, has_source=has_source)
    yield from _mixed(side)
    if side.habits.elision:
        yield from _elisions(side)
    if side.habits.article:
        yield from _articles(side)
    yield from _wrong(side)


def _spelling(side: Side, known: Known, *, has_source: bool) -> Iterator[Finding]:
    """Forms of one name that differ, or depart from what is attested; those without a capital are no words at all."""
    for one in read_news(side.text, side.code, known=known).spelling:
        if has_source and len(one.forms) == 1:
            continue
        if side.language.capitals and one.suggestion is None and not any(form[0].isupper() for form in one.forms):
            continue  # words alike that stand beside verbs of saying, none of them written as a name
        for start, end in one.spans:
            said = side.text[start:end]
            if len(one.forms) > 1:
                message = sentences.VARYING.said(target=said)
            else:
                message = sentences.NEAR_KNOWN.said(target=said)
            yield side.whole.found("spelling", "severe", Span(start, end), message, one.suggestion)
            if side.language.capitals and said[0].islower():
                yield side.whole.found(
                    "non-word", "severe", Span(start, end),
                    sentences.NO_WORD.said(target=said),
                    one.suggestion,
                )  # fmt: skip


def _mixed(side: Side) -> Iterator[Finding]:
    """Words with letters of two scripts in them."""
    tokens = side.tokens
    for place, raw in enumerate(tokens.raw):
        if raw.isascii() or len(raw) < 3:
            continue
        if len(scripts_in(raw) & _MIXED) > 1 and not any(c.isdecimal() for c in raw):
            yield side.whole.found(
                "non-word", "severe", (place, place + 1), sentences.MIXED.said(target=raw),
            )  # fmt: skip


def _elisions(side: Side) -> Iterator[Finding]:
    """``de armes`` for ``d'armes``."""
    tokens = side.tokens
    for place in range(len(tokens) - 1):
        small, after = tokens.raw[place].lower(), tokens.raw[place + 1]
        if small not in _ELIDED or tokens.text[tokens.ends[place] : tokens.starts[place + 1]] != " ":
            continue
        if after[0].isupper() and (small not in {"de", "que"} or not after[1:].islower()):
            continue
        if after[0].isupper() and place and tokens.raw[place - 1][0].isupper() and not tokens.border[place]:
            continue  # a part of a name: "Catarina de Albuquerque"
        if after[0].isupper() and any(m.start <= place + 1 < m.end and m.kind == "subject" for m in side.names):
            continue
        lower = after.lower()
        if not _OPEN.match(lower) or lower.startswith(("onz", "oui", "yaourt", "ululer")):
            continue
        if small in _PRONOUNS and (lower in {"une", "un", "à", "a", "y", "en", "où", "ou", "et"} or len(lower) < 3):
            continue
        if lower in {"un", "une", "à"} and small == "la":
            continue
        yield side.whole.found(
            "elision", "minor", (place, place + 2),
            sentences.ELIDED.said(target=f"{small} {after}", right=f"{_ELIDED[small]}{after}"),
            f"{_ELIDED[small]}{after}",
        )  # fmt: skip


def _articles(side: Side) -> Iterator[Finding]:
    """``a act`` for ``an act``."""
    tokens = side.tokens
    for place in range(len(tokens) - 1):
        small, after = tokens.raw[place], tokens.raw[place + 1]
        if small not in {"a", "an"} or tokens.text[tokens.ends[place] : tokens.starts[place + 1]] != " ":
            continue
        if not after[0].islower():
            continue
        wrong = (
            _VOWEL.match(after) and not _CONSONANT.match(after)
            if small == "a"
            else (_CONSONANT.match(after) and not _VOWEL.match(after))
        )
        if wrong:
            right = f"{'an' if small == 'a' else 'a'} {after}"
            yield side.whole.found(
                "elision",
                "minor",
                (place, place + 2),
                sentences.ELIDED.said(target=f"{small} {after}", right=right),
                right,
            )


def _wrong(side: Side) -> Iterator[Finding]:
    """Words that machines choose for an act on lists, where a listed subject or a list stands beside them."""
    for part in side.sentences:
        for mark in part.of("guard/wrong"):
            near = range(mark.start - _NEAR, mark.end + _NEAR)
            about = any(name.kind == "subject" and name.start in near for name in part.names) or any(
                one.start in near for one in part.of("list")
            )
            if about:
                said = part.said(mark.start, mark.end)
                yield part.found(
                    "wrong-word", "severe", (mark.start, mark.end),
                    sentences.WRONG_WORD.said(target=said), mark.value,
                )  # fmt: skip
