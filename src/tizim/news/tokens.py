"""Text as given, parted into words and sentences; every word knows its characters in the text as given.

Words are folded one by one, so no second text has to be kept beside the first: the place of a word is the map
between the two. What is not seen (joiners, controls, zero-width blanks) belongs to the word around it and is not
in its folded form, so that a keyword broken by it is still that keyword.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from tizim.news.language import Language, load
from tizim.news.lexicon import split
from tizim.text.bounding import bounded

_UNSEEN: Final = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_APOSTROPHE: Final = "'’‘ʼʻ`´′＇"
_WORD: Final = re.compile(rf"\w[\w\u0300-\u036f{_UNSEEN}]*(?:[{_APOSTROPHE}][\w\u0300-\u036f{_UNSEEN}]+)*")
_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_STRIP: Final = re.compile(rf"[{_UNSEEN}\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
# Joiners are spelling between letters of the Arabic script, and nothing elsewhere.
_UNWRITTEN: Final = re.compile(
    rf"(?<![\u0600-\u06ff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u06ff])|(?![\u200c\u200d])[{_UNSEEN}]"
)
_SPLIT_APOSTROPHE: Final = re.compile(f"[{_APOSTROPHE}]")
_PLAIN: Final = re.compile(r"[a-z0-9\u00e0-\u024f\u0430-\u052f\u0620-\u06ff\u200c]+")
"""letters of one word, in scripts that part words by blanks"""
_PIECES: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|\d+|[^\W\d]+")
_END: Final = re.compile("[!?。！？؟۔…]|\\.(?=[\\s\"'»”’)\\]])|\n")
_COMMA: Final = re.compile("[,،、，]")
_STRONG: Final = re.compile("[;:؛；：()\\[\\]（）]|\\s[-–—]|[—–]\\s")
_BRACKET: Final = re.compile("[()\\[\\]（）]")
_QUOTE: Final = re.compile("[\"«»“”„‟「」『』《》]|''")
_LONGEST_WORD: Final = 80
_LONGEST_SENTENCE: Final = 120  # words; what goes on longer without a full stop is cut, so that no text takes for ever
_KEPT: Final = 60_000

_LETTERS: Final = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ئ": "ی", "ك": "ک", "ګ": "گ", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه",
        "ە": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ё": "е", "ı": "i", "’": "", "ʼ": "", "ʻ": "",
        "‘": "",         "'": "", "`": "", "´": "", "′": "", "ß": "ss",
    }
)  # fmt: skip


def _fold(word: str) -> str:
    word = word[:_LONGEST_WORD]
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    word = unicodedata.normalize("NFKC", _STRIP.sub("", bounded(word))).replace("İ", "i").casefold()
    return word.replace("i̇", "i").translate(_LETTERS)


class Folding(dict[str, str]):
    """Words met so far, and the folded form of each."""

    def __missing__(self, word: str) -> str:
        folded = _fold(word)
        if len(self) < _KEPT:
            self[word] = folded
        return folded


_FOLDED: Final = Folding()
fold: Final = _FOLDED.__getitem__
"""The form of a word in which spellings that readers do not tell apart are equal."""


class Border:
    """What stands between a word and the one before it, from nothing to a new sentence."""

    NONE: Final = 0
    COMMA: Final = 1
    STRONG: Final = 2
    SENTENCE: Final = 3
    PARAGRAPH: Final = 4


def written(name: str) -> str:
    """*name* without the characters that nobody sees and that are no spelling."""
    return _UNWRITTEN.sub("", name)


class Tokens:
    """The words of a text, as rows of equal length."""

    __slots__ = ("border", "ends", "inside", "language", "quoted", "raw", "sentences", "starts", "text", "words")

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        self.raw: list[str] = []
        self.border: list[int] = []
        """what stands before each word: a `Border`"""
        self.inside: list[bool] = []
        """whether each word stands in brackets"""
        self.quoted: list[bool] = []
        """whether a quotation mark stands before each word"""
        self.sentences: list[tuple[int, int]] = []
        self._part()
        if language.respelt:
            letters = respelling(language.code)
            self.words = [fold(raw.casefold().translate(letters)) for raw in self.raw]
        self._sentences()

    def __len__(self) -> int:
        return len(self.words)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the words from *start* up to, not with, *end*."""
        return self.starts[start], self.ends[end - 1]

    def said(self, start: int, end: int) -> str:
        """The text of the words from *start* up to, not with, *end*, as given."""
        return self.text[self.starts[start] : self.ends[end - 1]]

    def _put(self, start: int, end: int) -> None:
        raw = self.text[start:end]
        self.starts.append(start)
        self.ends.append(end)
        self.raw.append(raw)
        self.words.append(fold(raw))

    def _part(self) -> None:
        language, text = self.language, self.text
        how = language.apostrophe
        has_han = not text.isascii() and _HAN.search(text) is not None
        has_apostrophes = how != "letter" and _SPLIT_APOSTROPHE.search(text) is not None
        join, lead = _folded(language.join), _folded(language.lead)
        dated = _folded(language.dates.parts) if lead else frozenset[str]()
        starts, ends, raws, words = self.starts, self.ends, self.raw, self.words
        led = False
        for found in _WORD.finditer(text):
            raw = found[0]
            start, end = found.span()
            if has_han and _HAN.search(raw):
                for piece in _PIECES.finditer(raw):
                    one = piece[0]
                    starts.append(start + piece.start())
                    ends.append(start + piece.end())
                    raws.append(one)
                    words.append(_FOLDED[one])
                continue
            if has_apostrophes and _SPLIT_APOSTROPHE.search(raw):
                for first, last in _apostrophes(raw, how):
                    self._put(start + first, start + last)
                continue
            folded = _FOLDED[raw]
            if (join or lead) and words:
                if (led or folded in join) and start - ends[-1] == 1 and text[start - 1] in " \u200c":
                    ends[-1] = end
                    raws[-1] = text[starts[-1] : end]
                    words[-1] += folded
                    led = False
                    continue
                # "26 May said" is no "was saying": what leads a verb leads none behind a number or a word for month.
                led = folded in lead and not (words[-1].isdigit() or words[-1] in dated)
            starts.append(start)
            ends.append(end)
            raws.append(raw)
            words.append(folded)

    def _sentences(self) -> None:
        text, raw = self.text, self.raw
        capitals = self.language.capitals
        count = len(raw)
        self.border = [Border.NONE] * count
        self.quoted = [False] * count
        self.inside = [False] * count
        longest = _LONGEST_SENTENCE * (3 if self.language.letters else 1)
        first = 0
        inside = False
        before = 0
        for place, start in enumerate(self.starts):
            last, before = before, self.ends[place]
            if place - first >= longest:
                self.border[place] = Border.SENTENCE
                self.sentences.append((first, place))
                first, inside = place, False
                continue
            if place and start - last <= 1 and (start == last or text[last] == " "):
                self.inside[place] = inside
                continue
            between = text[last:start] if place else "\n"
            border = self._border(place, between, capitals=capitals) if place else Border.NONE
            self.border[place] = border
            self.quoted[place] = _QUOTE.search(between) is not None
            if brackets := _BRACKET.findall(between):
                inside = brackets[-1] in "([（"
            inside = inside and border < Border.SENTENCE
            self.inside[place] = inside
            if place and border >= Border.SENTENCE:
                self.sentences.append((first, place))
                first = place
        if count > first:
            self.sentences.append((first, count))

    def _border(self, place: int, between: str, *, capitals: bool) -> int:
        """What stands before the word at *place*."""
        end = _END.search(between)
        if end is not None:
            if "\n" in between:
                return Border.PARAGRAPH
            after = self.raw[place][0]
            if end[0] != "." or not (
                (capitals and not after.isupper() and not after.isdigit()) or _is_initial(self.raw[place - 1])
            ):
                return Border.SENTENCE
            return Border.NONE
        if _STRONG.search(between):
            return Border.STRONG
        return Border.COMMA if _COMMA.search(between) else Border.NONE


def _is_initial(word: str) -> bool:
    """Whether a full stop after *word* belongs to it: an initial, a short form."""
    return (len(word) == 1 and word.isalpha() and not _HAN.match(word)) or word.lower() in _SHORT_FORMS


_SHORT_FORMS: Final = frozenset({
    "mr", "mrs", "ms", "dr", "st", "sr", "jr", "gen", "col", "lt", "sen", "rep", "gov", "prof", "hon", "art", "no",
    "vs", "etc", "eu", "us", "uk", "un", "г", "гг", "им", "ст", "ул", "тыс", "млн", "ред",
})  # fmt: skip


def _apostrophes(raw: str, how: str) -> list[tuple[int, int]]:
    """The parts of a word with apostrophes in it."""
    cuts = [0]
    for found in _SPLIT_APOSTROPHE.finditer(raw):
        place = found.start()
        left, right = place - cuts[-1], len(raw) - place - 1
        if how == "possessive" and raw[place + 1 :].lower() in {"t", "re", "ve", "ll", "d", "m"}:
            continue
        if how != "suffix" and left >= 3 and right >= 2:
            continue  # a letter of a name: "Hay'at"
        cuts.append(place + 1)
    parts = []
    for first, last in zip(cuts, [*(cut - 1 for cut in cuts[1:]), len(raw)], strict=True):
        if last > first:
            parts.append((first, last))
    return parts


@lru_cache(maxsize=8)
def respelling(code: str) -> dict[int, str]:
    """The letters of the second script of the language *code*, as `str.translate` takes them."""
    return str.maketrans(load(code).respelt)


@lru_cache(maxsize=256)
def _folded(patterns: str) -> frozenset[str]:
    return frozenset(fold(one) for one in split(patterns))


def cut(text: str, language: Language) -> list[str]:
    """The folded words of a pattern or name, parted as text is."""
    if not language.respelt and _PLAIN.fullmatch(text):
        return [fold(text)]
    return Tokens(text, language).words
