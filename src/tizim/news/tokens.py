"""Text as given, parted into words and sentences; every word knows its characters in the text as given.

Words are folded one by one, so no second text has to be kept beside the first: the place of a word is the map
between the two. What is not seen (joiners, controls, zero-width blanks) belongs to the word around it and is not
in its folded form, so that a keyword broken by it is still that keyword.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate
from typing import Final

import msgspec

from tizim.news.language import Language, load
from tizim.news.lexicon import split
from tizim.text.bounding import bounded

_UNSEEN: Final = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_APOSTROPHE: Final = "'’‘ʼʻ`´′＇"
_APOSTROPHES: Final = frozenset(_APOSTROPHE)
_INNER: Final = rf"\w\u0300-\u036f\u064b-\u065f\u0670{_UNSEEN}"  # letters, and the marks that are written over them
_WORD: Final = re.compile(rf"\w[{_INNER}]*+(?:[{_APOSTROPHE}][{_INNER}]+)*+")
_WORDS: Final = re.compile(f"({_WORD.pattern})")
_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_ALL_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_STRIP: Final = re.compile(rf"[{_UNSEEN}\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_HIDDEN: Final = re.compile(f"[{_UNSEEN}]")
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
_SHORT: Final = 16  # signs between words that are remembered; rows that are longer do not come again

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
    return name if name.isascii() or _HIDDEN.search(name) is None else _UNWRITTEN.sub("", name)


class Tokens:
    """The words of a text, as rows of equal length."""

    __slots__ = (
        "_first",
        "_opened",
        "apart",
        "border",
        "ends",
        "inside",
        "language",
        "quoted",
        "raw",
        "sentences",
        "starts",
        "text",
        "words",
    )

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
        pieces = _WORDS.split(text)
        raws = pieces[1::2]
        places = list(accumulate(map(len, pieces)))
        starts, ends = places[:-1:2], places[1::2]
        has_han = not text.isascii() and _HAN.search(text) is not None
        has_apostrophes = language.apostrophe != "letter" and _SPLIT_APOSTROPHE.search(text) is not None
        if has_han or has_apostrophes:
            self._part_words(raws, starts, ends, has_apostrophes=has_apostrophes)
        else:
            self.starts, self.ends, self.raw, self.words = starts, ends, raws, list(map(fold, raws))
        if language.join or language.lead:
            self._join()

    def _part_words(self, raws: list[str], starts: list[int], ends: list[int], *, has_apostrophes: bool) -> None:
        """Take words as they were found, but part those with apostrophes and those of Chinese letters."""
        how = self.language.apostrophe
        for raw, start, end in zip(raws, starts, ends, strict=True):
            if _ALL_HAN.fullmatch(raw):
                self.starts += range(start, end)
                self.ends += range(start + 1, end + 1)
                self.raw += raw
                self.words += map(fold, raw)
            elif not raw.isascii() and _HAN.search(raw):
                for piece in _PIECES.finditer(raw):
                    first, last = piece.span()
                    one = piece[0]
                    self.starts.append(start + first)
                    self.ends.append(start + last)
                    self.raw.append(one)
                    self.words.append(fold(one))
            elif has_apostrophes and not _APOSTROPHES.isdisjoint(raw):
                for first, last in _apostrophes(raw, how):
                    self._put(start + first, start + last)
            else:
                self.starts.append(start)
                self.ends.append(end)
                self.raw.append(raw)
                self.words.append(fold(raw))

    def _join(self) -> None:
        """Make one of words that the language writes apart, as Persian does with prefixes and endings."""
        language, text = self.language, self.text
        join, lead = _folded(language.join), _folded(language.lead)
        dated = _folded(language.dates.parts) if lead else frozenset[str]()
        given = zip(self.starts, self.ends, self.raw, self.words, strict=True)
        starts: list[int] = []
        ends: list[int] = []
        raws: list[str] = []
        words: list[str] = []
        led = False
        for start, end, raw, word in given:
            if words:
                if (led or word in join) and start - ends[-1] == 1 and text[start - 1] in " \u200c":
                    ends[-1] = end
                    raws[-1] = text[starts[-1] : end]
                    words[-1] += word
                    led = False
                    continue
                # "26 May said" is no "was saying": what leads a verb leads none behind a number or a word for month.
                led = word in lead and not (words[-1].isdigit() or words[-1] in dated)
            starts.append(start)
            ends.append(end)
            raws.append(raw)
            words.append(word)
        self.starts, self.ends, self.raw, self.words = starts, ends, raws, words

    def _sentences(self) -> None:
        text, count = self.text, len(self.raw)
        self.border = [Border.NONE] * count
        self.quoted = [False] * count
        self.inside = [False] * count
        longest = _LONGEST_SENTENCE * (3 if self.language.letters else 1)
        self._first = 0
        self._opened: int | None = None
        self.apart: list[int] = []
        """the words before which more than a blank stands"""
        for place, (end, start) in enumerate(zip(self.ends, self.starts[1:], strict=False), 1):
            if start == end or (start - end == 1 and text[end] == " "):
                continue
            self.apart.append(place)
            self._cut(place, longest)
            if place - self._first == longest:
                self._begin(place, Border.SENTENCE)
                continue
            signs = _SIGNS[text[end:start]]
            border = self._border(place, signs)
            self.border[place] = border
            self.quoted[place] = signs.quoted
            if border >= Border.SENTENCE:
                self._begin(place, border)
            elif signs.closes:
                self._close(place)
            if signs.opens and border < Border.SENTENCE and self._opened is None:
                self._opened = place
        self._cut(count, longest)
        self._close(count)
        if count > self._first:
            self.sentences.append((self._first, count))

    def _cut(self, place: int, longest: int) -> None:
        """Cut what goes on for more than *longest* words up to *place*."""
        while place - self._first > longest:
            self._begin(self._first + longest, Border.SENTENCE)

    def _begin(self, place: int, border: int) -> None:
        """Begin a sentence with the word at *place*; no bracket goes on into it."""
        self._close(place)
        self.border[place] = border
        self.sentences.append((self._first, place))
        self._first = place

    def _close(self, place: int) -> None:
        """Close the bracket that is open before the word at *place*."""
        if self._opened is not None:
            self.inside[self._opened : place] = [True] * (place - self._opened)
            self._opened = None

    def _border(self, place: int, signs: "_Signs") -> int:
        """What stands before the word at *place*."""
        if not signs.end or signs.border == Border.PARAGRAPH:
            return signs.border
        after, before = self.raw[place][0], self.raw[place - 1]
        if signs.end == "." and (
            (after.isdigit() and before.lower() in _SHORT_BEFORE_NUMBERS)
            or (self.language.capitals and not after.isupper() and not after.isdigit())
            or _is_initial(before)
            or (self.language.capital_nouns and before.isdigit() and len(before) < 3)  # "22. Juni"
        ):
            return Border.NONE
        return Border.SENTENCE


class _Signs(msgspec.Struct, frozen=True, gc=False):
    """What signs between two words say."""

    end: str
    """the sign that ends a sentence there, if there is one"""
    border: int
    """the `Border` that they are, wherever they stand; where a sentence may end it is seen by the words around"""
    quoted: bool
    opens: bool
    """whether the last bracket opens"""
    closes: bool
    """whether the last bracket closes"""


def _read_signs(between: str) -> _Signs:
    end = _END.search(between)
    if "\n" in between:
        border = Border.PARAGRAPH
    elif end is not None:
        border = Border.SENTENCE
    elif _STRONG.search(between):
        border = Border.STRONG
    else:
        border = Border.COMMA if _COMMA.search(between) else Border.NONE
    brackets = _BRACKET.findall(between)
    opens = bool(brackets) and brackets[-1] in "([（"
    return _Signs(
        end[0] if end else "", border, _QUOTE.search(between) is not None, opens, bool(brackets) and not opens
    )


class _Between(dict[str, _Signs]):
    """Rows of signs met so far, and what they say."""

    def __missing__(self, between: str) -> _Signs:
        signs = _read_signs(between)
        if len(self) < _KEPT and len(between) <= _SHORT:
            self[between] = signs
        return signs


_SIGNS: Final = _Between()


def _is_initial(word: str) -> bool:
    """Whether a full stop after *word* belongs to it: an initial, a short form."""
    return (len(word) == 1 and word.isalpha() and not _HAN.match(word)) or word.lower() in _SHORT_FORMS


_SHORT_FORMS: Final = frozenset({
    "mr", "mrs", "ms", "dr", "st", "sr", "jr", "gen", "col", "lt", "sen", "rep", "gov", "prof", "hon", "art", "no",
    "mme", "mlle", "nr", "dra", "drs", "гр", "см", "стр", "руб", "vgl",
    "vs", "etc", "eu", "us", "uk", "un", "г", "гг", "им", "ст", "ул", "тыс", "млн", "ред",
})  # fmt: skip

_SHORT_BEFORE_NUMBERS: Final = frozenset({
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "janv", "févr", "avr",
    "juil", "déc", "ene", "abr", "ago", "dic", "okt", "dez", "agt", "des", "янв", "февр", "фев", "мар", "апр",
    "авг", "сент", "сен", "окт", "нояб", "ноя", "дек", "січ", "лют", "бер", "квіт", "трав", "черв", "лип", "серп",
    "вер", "жовт", "лист", "груд", "az", "nos", "num", "núm", "n", "nº", "№", "abs", "kap", "ziff", "pt", "para",
    "paras", "arts", "sec", "ch", "pp", "ср", "ч", "п", "пп", "см",
})  # fmt: skip
"""short forms behind whose full stop a number goes on with the sentence: "Sept. 4", "Nr. 12" """


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
