"""What can be told of an engine's answer without knowing what it says: whether it is an answer to what was asked.

An engine that fails, answers in another language, loses a name, leaves a sentence out or does what the text told it
to is caught here or by whoever compares the two texts in their sense; each finding says in plain words what it is.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from tizim.domain.versions import Pair, Severity, Side, VersionFinding, spans, whole
from tizim.translate.protecting import Kept, Restored, protect
from tizim.translate.sentences import split

LanguageOf = Callable[[str, str], str]
"""the code of the language of a text, given what it should be; ``und`` where that cannot be told"""

_BOUNDS: Final = {False: (0.3, 3.5), True: (0.08, 1.6)}
"""how long a sentence may become, in parts of its length; in languages that write a word with one or two signs"""
_DENSE: Final = frozenset({"zh", "ja"})
_SHORT: Final = 24
"""characters below which lengths tell nothing"""
_TELLING: Final = 25
"""words from which on the language of a text is believed"""
_NEAR: Final = {"fa": frozenset({"fa", "prs"}), "prs": frozenset({"fa", "prs"})}
_ORDERS: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.!?]{0,40}\b(?:instructions?|prompts?|rules?|above|previous)\b"
    r"|\b(?:system|developer)\s+(?:prompt|message)\b"
    r"|\byou are (?:now |)(?:an? )?(?:ai|assistant|translator|language model|chatbot)\b"
    r"|\b(?:do not|don't|instead of) translat(?:e|ing)\b"
    r"|\b(?:reply|respond|answer|output|write|say) only\b"
    r"|\bignor(?:e|ez|er|iere|a|ar|ieren)\b[^.!?]{0,40}\b(?:instructions?|instrucciones|anweisungen|consignes)\b"
    r"|игнорир\w+[^.!?]{0,40}(?:инструкци|указани)\w*"
    r"|تجاهل[^.!?]{0,40}تعليمات|دستور\w*[^.!?]{0,40}نادیده"
    r"|忽略[^。！？]{0,20}(?:指令|指示|提示)",
    re.IGNORECASE,
)
"""a sentence that speaks to whoever translates it"""
_LETTERS: Final = re.compile(r"[^\W\d_]")
_SCRIPTS: Final = {
    "ar": ("ARABIC",), "fa": ("ARABIC",), "prs": ("ARABIC",), "ru": ("CYRILLIC",), "kk": ("CYRILLIC",),
    "zh": ("CJK",), "ja": ("HIRAGANA", "KATAKANA", "CJK"),
}  # fmt: skip
"""the beginnings of the names of letters, by language; all others are written in Latin letters"""


class Sent:
    """A sentence as an engine got it, and what came back, its names in place."""

    def __init__(self, number: int, pair: Pair, kept: Sequence[Kept], restored: Restored) -> None:
        self.number = number
        self.pair = pair
        self.kept = kept
        self.restored = restored


def look(sent: Sequence[Sent], source: str, target: str, language_of: LanguageOf) -> list[VersionFinding]:
    """What is wrong with the answers, in the order of the text."""
    pairs = [one.pair for one in sent]
    places = {side: spans(pairs, side, source if side is Side.SOURCE else target) for side in Side}
    found: list[VersionFinding] = []

    def say(one: Sent, code: str, side: Side, message: str, suggestion: str = "") -> None:
        start, end = places[side][one.number]
        found.append(
            VersionFinding(
                code=code, severity=Severity.SEVERE, side=side, start=start, end=end, message=message,
                suggestion=suggestion,
            )
        )  # fmt: skip

    before: dict[str, str] = {}
    for one in sent:
        text = one.pair.target
        if _ORDERS.search(one.pair.source):
            say(
                one, "instruction", Side.SOURCE, "this sentence gives orders to whoever translates it, who may be a"
                " machine that follows them: a person has to compare the whole version",
            )  # fmt: skip
        if not text.strip():
            say(one, "dropped", Side.SOURCE, "the engine left this sentence out")
            continue
        if hidden := sorted({f"U+{ord(sign):04X}" for sign in text if _is_hidden(sign)}):
            say(one, "hidden", Side.TARGET, f"this sentence has signs that nobody sees: {', '.join(hidden)}")
        for kept in one.restored.dropped:
            say(one, "placeholder", Side.TARGET, f"'{kept.source}' was lost from this sentence", kept.put)
        for kept in one.restored.doubled:
            say(one, "placeholder", Side.TARGET, f"'{kept.put}' stands more often here than in the source")
        for mark in one.restored.invented:
            say(one, "placeholder", Side.TARGET, f"the engine made up the mark '{mark}', which stands for nothing")
        if _is_same(one.pair.source, text) and source != target and _words_beside(one) > 2:
            say(one, "untranslated", Side.TARGET, "this sentence was given back as it was")
        elif _has_other_script(one, target):
            say(one, "language", Side.TARGET, f"this sentence is not in the letters of the language '{target}'")
        ratio = _ratio(one.pair, source, target)
        if ratio:
            say(one, "length", Side.TARGET, ratio)
        folded = " ".join(text.casefold().split())
        earlier = before.setdefault(folded, one.pair.source)
        if earlier != one.pair.source and _words_beside(one) > 2:
            say(one, "repeated", Side.TARGET, "the engine gave the same words for two different sentences")
    text = whole(pairs, Side.TARGET, target)
    spoken = language_of(text, target)
    # A few words may read as any of several languages; that they are still in the source's is seen sooner.
    tells = spoken == source or len(text.split()) >= _TELLING
    if spoken not in {"und", target, *_NEAR.get(target, ())} and tells:
        found.append(
            VersionFinding(
                code="language", severity=Severity.SEVERE, side=Side.TARGET, start=0, end=len(text),
                message=f"the version reads as '{spoken}', not as '{target}'", suggestion="",
            )
        )  # fmt: skip
    return found


def _is_hidden(sign: str) -> bool:
    """Whether a sign is one of control or order; joiners are spelling in some languages."""
    return unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cn"} and sign not in "\u200c\u200d"


def nothing(message: str) -> VersionFinding:
    """That there is no version, and why."""
    return VersionFinding(
        code="engine", severity=Severity.SEVERE, side=Side.TARGET, start=0, end=0, message=message, suggestion=""
    )


def _is_same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _beside(one: Sent) -> str:
    """The answer without what was protected: what the engine itself wrote."""
    text = one.pair.target
    for kept in one.kept:
        text = text.replace(kept.put, " ")
    return protect(text, ())[0]


def _words_beside(one: Sent) -> int:
    return len([word for word in _beside(one).split() if _LETTERS.search(word)])


def _has_other_script(one: Sent, target: str) -> bool:
    """Whether most of what the engine wrote is in letters of another script than the language's."""
    letters = _LETTERS.findall(_beside(one))
    if len(letters) < 8:
        return False
    wanted = _SCRIPTS.get(target, ("LATIN",))
    own = sum(unicodedata.name(sign, "").startswith(wanted) for sign in letters)
    return own * 2 < len(letters)


def _ratio(pair: Pair, source: str, target: str) -> str:
    """What is wrong with the length of a sentence; empty where nothing is."""
    if len(pair.source) < _SHORT or source in _DENSE:
        return ""
    least, most = _BOUNDS[target in _DENSE]
    part = len(pair.target) / len(pair.source)
    if part < least:
        return "this sentence became far shorter than its source: something was left out"
    if part > most or len(split(pair.target)) > len(split(pair.source)) + 1:
        return "this sentence became far longer than its source: something was added"
    return ""
