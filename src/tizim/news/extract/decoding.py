"""Bytes to text, by what they say of themselves: byte order mark, declaration, UTF-8, and the old code pages."""

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{2,40})",
    re.IGNORECASE,
)
_HEAD: Final = 4096
_KNOWN: Final = frozenset(
    codecs.lookup(name).name
    for name in (
        "utf-8", "ascii", "iso-8859-1", "iso-8859-2", "iso-8859-5", "iso-8859-6", "iso-8859-9", "iso-8859-15",
        "windows-1250", "windows-1251", "windows-1252", "windows-1254", "windows-1256", "koi8-r", "koi8-u",
        "gb2312", "gbk", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be",
    )
)  # fmt: skip
"""encodings that are believed; any other name in a page is passed over"""


def text_of(data: bytes, charset: str = "") -> str:
    """*data* as text; *charset* is what came with it. What cannot be decoded becomes U+FFFD, never an error."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace")
    found = _DECLARED.search(data[:_HEAD])
    declared = (found[1] or found[2]).decode("ascii") if found else ""
    for name in (charset, declared):
        if _is_known(name):
            text = data.decode(name, errors="replace")
            if text.count("\ufffd") * 50 <= len(text):
                return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


def _is_known(name: str) -> bool:
    try:
        return bool(name) and codecs.lookup(name).name in _KNOWN
    except LookupError:
        return False


def _guessed(data: bytes) -> str:
    """Text in no declared encoding: UTF-8 with a few damaged places, or the code page with the most letters in it."""
    text = data.decode("utf-8", errors="replace")
    if text.count("\ufffd") * 100 <= len(text):
        return text
    sample = data[:_HEAD]
    best = max(("windows-1252", "windows-1251", "windows-1256", "gb18030"), key=lambda name: _letters(sample, name))
    return data.decode(best, errors="replace")


def _letters(sample: bytes, name: str) -> float:
    """The share of small letters of one script among the letters beyond ASCII."""
    text = sample.decode(name, errors="replace")
    beyond = [letter for letter in text if ord(letter) > 127]
    if not beyond:
        return 0.0
    script = {"windows-1251": (0x400, 0x460), "windows-1256": (0x600, 0x700), "gb18030": (0x4E00, 0x9FFF)}.get(
        name, (0xC0, 0x180)
    )
    return sum(script[0] <= ord(letter) < script[1] and letter == letter.lower() for letter in beyond) / len(beyond)
