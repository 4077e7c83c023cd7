"""In which encoding the text of a table is, where nothing says it: by what its letters would be in each."""

import re
from collections.abc import Callable
from typing import Final

import msgspec

from tizim.errors import BadInput, SourceRefused
from tizim.sources.tables import decode
from tizim.text import scripts_in

_SAMPLE: Final = 400_000
"""bytes that are looked at to tell encodings of one byte a letter apart"""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_RUSSIAN: Final = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_OF_1251: Final = _RUSSIAN | frozenset("іїєґў")
_OF_KZ: Final = _RUSSIAN | frozenset("әғқңөұүһі")
_OF_TURKISH: Final = frozenset("çğıöşüâîû")
_OF_WESTERN: Final = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüÿßœšž")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The text of a file, and how its encoding is known."""

    text: str
    encoding: str
    notice: str = ""
    """in words, where it had to be found out"""


def text_of(data: bytes, name: str, said: str = "") -> Found:
    """The text of *data*, in the encoding *said* or in the one that the bytes show.

    Raises `SourceRefused` where it is in none, and `BadInput` where it could be in two.
    """
    found = _found(data, name, said)
    if "\0" in found.text:
        line = found.text.count("\n", 0, found.text.index("\0")) + 1
        raise SourceRefused(f"{name}: line {line}: holds a character that no text has (NUL): damaged, or no text")
    return found


def _found(data: bytes, name: str, said: str) -> Found:
    if said:
        return Found(text=decode(data, name, encodings=(said,)), encoding=said)
    marked = _byte_order_mark(data)
    if marked:
        return Found(text=decode(data, name), encoding=marked)
    wide = _wide(data)
    if wide:
        return Found(text=decode(data, name, encodings=(wide,)), encoding=wide, notice=f"read as {wide.upper()}")
    if _is_utf8(data):
        return Found(text=decode(data, name, encodings=("utf-8",)), encoding="utf-8")
    return _narrow(data, name)


def _byte_order_mark(data: bytes) -> str:
    marks = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
    return next((encoding for mark, encoding in marks if data.startswith(mark)), "")


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: of a delimiter or a line break every second byte is zero."""
    head = data[:4096]
    if head.count(0) < 3 or head.count(0) * 40 < len(head):
        return ""  # a stray zero is damage, no encoding
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > even * 4:
        return "utf-16-le"
    return "utf-16-be" if even > odd * 4 else ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _narrow(data: bytes, name: str) -> Found:
    """An encoding of one byte a letter: the one in which the words with foreign letters are words."""
    decode(data, name, encodings=("latin-1",))  # refuses what is empty, too large or a page of HTML
    scored: list[tuple[tuple[int, int], str, str]] = []
    seen: list[list[str]] = []
    for encoding, (is_word, common) in _CANDIDATES.items():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        words = [word for word in _WORD.findall(text[:_SAMPLE]) if not word.isascii()]
        if words in seen:
            continue  # makes the same words as a more usual one
        seen.append(words)
        letters = sum(c in common for word in words for c in word.casefold())
        scored.append(((_fit(text[:_SAMPLE], words, is_word), letters), encoding, text))
    scored.sort(key=lambda one: one[0], reverse=True)
    known = ", ".join(_CANDIDATES)
    if not scored or scored[0][0][0] <= 0:
        raise SourceRefused(
            f"{name}: is text in no encoding in which its letters make words (tried: utf-8, utf-16, {known});"
            " save it as UTF-8, or name its encoding with --encoding"
        )
    best, encoding, text = scored[0]
    equal = [other for score, other, _ in scored[1:] if score == best]
    if equal:
        raise BadInput(
            f"{name}: could be in {encoding} or in {' or '.join(equal)}: save it as UTF-8, or say which:"
            f" --encoding {encoding}"
        )
    shown = [word for word in _WORD.findall(text[:_SAMPLE]) if not word.isascii()][:2]
    return Found(text=text, encoding=encoding, notice=f"read as {encoding}, by its letters: {', '.join(shown)}")


def _fit(text: str, words: list[str], is_word: Callable[[str], bool]) -> int:
    """How many foreign signs make words, less those that make none."""
    foreign = sum(not c.isascii() and c not in _USUAL for c in text)
    good = sum(not c.isascii() for word in words if is_word(word) for c in word)
    return 2 * good - foreign


def _is_cyrillic(letters: frozenset[str]) -> Callable[[str], bool]:
    return lambda word: _is_cased(word) and set(word.casefold()) - set("'’-") <= letters


def _is_cased(word: str) -> bool:
    """Whether case changes as it does in words: not from small to capital within one."""
    return all(part.islower() or part.isupper() or part[1:].islower() for part in re.split(r"['’-]", word) if part)


def _is_latin(letters: frozenset[str]) -> Callable[[str], bool]:
    """Words of Latin letters, of which most are plain."""

    def is_word(word: str) -> bool:
        foreign = [c for c in word.casefold() if c.isalpha() and not c.isascii()]
        return _is_cased(word) and set(foreign) <= letters | {"̇"} and len(foreign) * 2 <= len(word)

    return is_word


def _is_arabic(word: str) -> bool:
    return scripts_in(word) == {"Arab"} and len(word) > 1


_USUAL: Final = frozenset("«»“”„‘’–—…№§°\xa0،؛؟")
"""Signs beside letters that tables in many encodings have."""
_OFTEN: Final = frozenset("оеаинтсрвл")
_CANDIDATES: Final[dict[str, tuple[Callable[[str], bool], frozenset[str]]]] = {
    "windows-1251": (_is_cyrillic(_OF_1251), _OFTEN),
    "kz1048": (_is_cyrillic(_OF_KZ), _OFTEN),
    "windows-1252": (_is_latin(_OF_WESTERN), frozenset("éèäöüßáíóñç")),
    "windows-1254": (_is_latin(_OF_TURKISH), frozenset("ıüşğçö")),
    "windows-1256": (_is_arabic, frozenset("اليمونرتهب")),
    "koi8-r": (_is_cyrillic(_RUSSIAN), _OFTEN),
    "cp866": (_is_cyrillic(_RUSSIAN), _OFTEN),
}
"""Encodings that tables are saved in, what a word with foreign letters looks like in each, and its usual letters,
by which capitals of one encoding that are small letters of another are told apart."""
