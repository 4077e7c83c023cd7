"""What can be said of a string: its script, its folded form, its words, its letters in Latin.

Knows nothing of names, people or lists. Start with :func:`fold`, or with :func:`tokens` and
:func:`romanise` where strings of several scripts are compared.
"""

from tizim.text.cells import neutral
from tizim.text.folding import fold, one_line, words
from tizim.text.romanising import han_syllables, hangul_syllables, romanise
from tizim.text.scripts import is_vowelless, script_of, scripts_in
from tizim.text.tokenising import tokens

__all__ = [
    "fold",
    "han_syllables",
    "hangul_syllables",
    "is_vowelless",
    "neutral",
    "one_line",
    "romanise",
    "script_of",
    "scripts_in",
    "tokens",
    "words",
]
