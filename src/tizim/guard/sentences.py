"""What the guard can say, each sentence once: in English here, in other languages where a page says it.

A finding holds its sentence filled in. As there are few sentences, `read` tells which one that is and what fills it, so
that a finding that was kept in English can be said in the language of whoever looks at it.
"""

import re
from functools import cache
from typing import Final

import msgspec


class Sentence(msgspec.Struct, frozen=True):
    """One sentence; ``{source}`` stands for words of the source, ``{target}`` for words of the translation."""

    english: str

    def said(self, **values: str) -> str:
        """The sentence in English, filled."""
        return self.english.format(**values)


TWICE: Final = Sentence("The translation has this sentence twice.")
ADDED: Final = Sentence("The source has no such sentence.")
DROPPED: Final = Sentence("The translation leaves this sentence out.")
SHORT: Final = Sentence("The translation leaves out much of this.")
LONG: Final = Sentence("This says much that the source does not.")
OTHER_COUNTRY: Final = Sentence("The source names “{source}” where this names “{target}”.")
NOT_NAMED: Final = Sentence("The translation does not name “{source}”.")
NAMED_NEW: Final = Sentence("The source does not name “{target}”.")
OTHER_DATE: Final = Sentence("The source has the date “{source}” where this has “{target}”.")
NO_DATE: Final = Sentence("The date “{source}” is not in the translation.")
NEW_DATE: Final = Sentence("The source has no date “{target}”.")
NO_YEAR: Final = Sentence("The year of “{source}” is missing.")
MISSPELT: Final = Sentence("“{target}” is not how the source spells this name.")
UNATTESTED: Final = Sentence("“{target}” is no attested spelling of this name.")
SPELT_OTHERWISE: Final = Sentence("“{target}” is not how “{source}” of the source is spelt.")
NEGATION_LOST: Final = Sentence("The source says no with “{source}”; the translation has no such word.")
NEGATION_NEW: Final = Sentence("The translation says no with “{target}”; the source does not.")
OTHER_NUMBER: Final = Sentence("The source has {source} where this has {target}.")
NEW_NUMBER: Final = Sentence("The source has no number {target}.")
NO_NUMBER: Final = Sentence("The number {source} is not in the translation.")
NO_CODE: Final = Sentence("{source} is not in the translation as it is written here.")
NO_PLACEHOLDER: Final = Sentence("“{source}” is not in the translation.")
NEW_PLACEHOLDER: Final = Sentence("The source has no “{target}”.")
QUOTE_LOST: Final = Sentence("This is quoted; the translation has no quotation marks.")
QUOTE_NEW: Final = Sentence("This is quoted; the source has no quotation marks.")
OTHER_QUOTE: Final = Sentence("What is quoted here is not what the source quotes.")
FEWER_QUOTES: Final = Sentence("The translation has fewer quotations.")
HALF_QUOTE: Final = Sentence("One of two quotation marks is missing.")
OTHER_ACT: Final = Sentence("The source says “{source}” of a listing; this says another thing, “{target}”.")
NEW_ACT: Final = Sentence("This says “{target}” of a listing; no word of the source says so.")
NO_ACT: Final = Sentence("The source says “{source}” of a listing; no word of the translation says so.")
OTHER_SCRIPT: Final = Sentence("This is not in the script of the language that it should be in.")
OTHER_LANGUAGE: Final = Sentence("This is not in the language that it should be in.")
UNTRANSLATED: Final = Sentence("This sentence is not translated.")
VARYING: Final = Sentence("“{target}” is one of several spellings of one name in this text.")
NEAR_KNOWN: Final = Sentence("“{target}” is close to a known name and no attested spelling of it.")
NO_WORD: Final = Sentence("“{target}” is no word of this language, and no name begins with a small letter.")
MIXED: Final = Sentence("“{target}” has letters of two scripts in it.")
ELIDED: Final = Sentence("“{target}” is written “{right}”.")
WRONG_WORD: Final = Sentence("“{target}” is not what is done with a listing.")

ALL: Final = tuple(one for one in globals().values() if isinstance(one, Sentence))
"""every sentence that the guard can say"""


def read(message: str) -> tuple[Sentence, dict[str, str]] | None:
    """The sentence that *message* is, and what fills it; ``None`` if the guard does not say so."""
    for sentence, pattern in _patterns():
        if found := pattern.fullmatch(message):
            return sentence, found.groupdict()
    return None


@cache
def _patterns() -> tuple[tuple[Sentence, re.Pattern[str]], ...]:
    """The sentences as patterns, those that say more by themselves first."""
    rows = []
    for one in sorted(ALL, key=lambda each: -len(re.sub(r"\{\w+\}", "", each.english))):
        pieces = re.split(r"\{(\w+)\}", one.english)
        made = "".join(f"(?P<{piece}>.+?)" if number % 2 else re.escape(piece) for number, piece in enumerate(pieces))
        rows.append((one, re.compile(made, re.DOTALL)))
    return tuple(rows)
