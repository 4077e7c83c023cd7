"""Pairs of texts and their translations, clean and spoilt: what the guard is measured by.

The pairs stand in ``bench/guard/*.txt``, a block for each text with a line for each language. In a line ``{a name}`` is
a name, ``[a|b]`` a negation and the same without it, ``<a|b>`` a term and a wrong one; in front of the stroke stands
what is right. Each way of spoiling a translation that mistakes are known for is made here, by chance that a seed fixes.
"""

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel import Locale

FOLDER = Path(__file__).parent / "guard"
_MARKED = re.compile(r"\{([^{}]*)\}|\[([^\[\]|]*)\|([^\[\]|]*)\]|<([^<>|]*)\|([^<>|]*)>")
_QUOTES = re.compile('[«»“”„"「」]')
_ALPHABETS = {
    "Latn": "abcdefghijklmnopqrstuvwxyz", "Cyrl": "абвгдежзийклмнопрстуфхцчшэюя", "Arab": "بپتجچحخدرزسشصطعفقکگلمنوهی",
    "Hans": "东西南北大小山水木石天文明德海云",
}  # fmt: skip
_LOCALES = {"prs": "fa_AF"}
_MONTHS = {
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "prs": "جنوری فبروری مارچ اپریل می جون جولای اگست سپتمبر اکتوبر نومبر دسمبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "sw": "Januari Februari Machi Aprili Mei Juni Julai Agosti Septemba Oktoba Novemba Desemba",
}
"""months as they stand in dates, for putting one in the place of another"""


class Text(NamedTuple):
    """A text in one language, with the places of what can be spoilt."""

    language: str
    text: str
    names: tuple[tuple[int, int], ...]
    swaps: tuple[tuple[str, int, int, str], ...]
    """``negation`` or ``term``, the characters that are right, and what would be wrong there"""


class Spoilt(NamedTuple):
    """A translation with one mistake in it."""

    how: str
    text: str


def blocks(name: str) -> list[dict[str, Text]]:
    """The texts of a file, each in all its languages."""
    found: list[dict[str, Text]] = [{}]
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if not line.strip():
            found.append({})
        elif not line.startswith("#"):
            language, _, marked = line.partition(": ")
            found[-1][language] = read(language, marked)
    return [one for one in found if one]


def read(language: str, marked: str) -> Text:
    """A line without its marks."""
    text, names, swaps, at = "", [], [], 0
    for found in _MARKED.finditer(marked):
        text += marked[at : found.start()]
        at = found.end()
        right = next(group for group in (found[1], found[2], found[4]) if group is not None)
        start = len(text)
        text += right
        if found[1] is not None:
            names.append((start, len(text)))
        elif found[2] is not None:
            swaps.append(("negation", start, len(text), found[3]))
        else:
            swaps.append(("term", start, len(text), found[5]))
    return Text(language, text + marked[at:], tuple(names), tuple(swaps))


def spoil(source: Text, target: Text, chance: random.Random) -> Iterator[Spoilt]:
    """*target* with one mistake of each kind that it can have."""
    text = target.text
    digits = [place for place, sign in enumerate(text) if sign.isdecimal()]
    for place in chance.sample(digits, min(2, len(digits))):
        zero = ord(text[place]) - int(text[place])
        other = chance.choice([n for n in range(10) if n != int(text[place])])
        yield Spoilt("digit", text[:place] + chr(zero + other) + text[place + 1 :])
    yield from _months(target, chance)
    for how, start, end, wrong in target.swaps:
        yield Spoilt(how, text[:start] + wrong + text[end:])
    for start, end in target.names:
        for _ in range(2):
            yield Spoilt("name", text[:start] + _garbled(text[start:end], chance) + text[end:])
    yield from _other_names(target, chance)
    yield from _countries(target, chance)
    if _QUOTES.search(source.text) and _QUOTES.search(text):
        yield Spoilt("quote", _QUOTES.sub("", text))
    cut = re.search(r"(?<=\w\w\.)\s+(?=\w)|(?<=。)(?=\w)", text)
    if cut is not None and len(text) - cut.end() > 8:
        yield Spoilt("sentence dropped", text[: cut.start()])
        yield Spoilt("sentence added", f"{text} {text[cut.end() :]}")
    if len(source.text) > 50:
        yield Spoilt("not translated", source.text)


def _months(target: Text, chance: random.Random) -> Iterator[Spoilt]:
    text = target.text
    if target.language == "zh":
        found = re.search(r"(?<=年)(\d+)(?=月)", text)
        if found:
            other = chance.choice([n for n in range(1, 13) if n != int(found[1])])
            yield Spoilt("month", text[: found.start()] + str(other) + text[found.end() :])
        return
    months = _MONTHS[target.language].split()
    found = re.search(r"(?<!\w)(?:" + "|".join(months) + r")(?![\w\u200c])", text, re.IGNORECASE)
    if found:
        here = next(month for month in months if month.lower() == found[0].lower())
        other = chance.choice([month for month in months if month != here])
        yield Spoilt("month", text[: found.start()] + other + text[found.end() :])


def _garbled(name: str, chance: random.Random) -> str:
    """*name* with one letter changed, left out or put before the one that it followed."""
    places = [place for place, sign in enumerate(name) if sign.isalpha()]
    inner = [place for place in places if place and name[place - 1].isalpha()]
    while True:
        place = chance.choice(inner)
        sign = name[place]
        how = chance.choice(["change", "change", "drop", "swap"])
        alphabet = _ALPHABETS[_script(sign)]
        if how == "change":
            other = chance.choice(alphabet)
            made = name[:place] + (other.upper() if sign.isupper() else other) + name[place + 1 :]
        elif how == "drop":
            made = name[:place] + name[place + 1 :]
        else:
            one, two = name[place - 1], name[place]
            made = name[: place - 1] + (two.upper() if one.isupper() else two) + one.lower() + name[place + 1 :]
        if made.lower() != name.lower():
            return made


def _other_names(target: Text, chance: random.Random) -> Iterator[Spoilt]:
    text = target.text
    for start, end in target.names:
        name = text[start:end]
        yield Spoilt("name replaced", text[:start] + chance.choice(_STRANGERS[_script(name[0])]) + text[end:])
        if len(words := name.split()) > 1:
            # Of three and more, one word is left out; of two, the family name.
            left = words[:-1] if len(words) == 2 else [word for word in words if word != chance.choice(words)]
            yield Spoilt("name cut", text[:start] + " ".join(left) + text[end:])


def _script(sign: str) -> str:
    return next((script for script, first, last in _RANGES if first <= ord(sign) <= last), "Latn")


_STRANGERS = {
    "Latn": ("Peter Lindqvist", "Rosa Almeida", "Tomasz Grabowski"),
    "Cyrl": ("Пётр Линдквист", "Роза Алмейда", "Томаш Грабовский"),
    "Arab": ("بيتر ليندكفيست", "روزا ألميدا", "توماش غرابوفسكي"),
    "Hans": ("彼得·林德奎斯特", "罗莎·阿尔梅达", "托马什·格拉博夫斯基"),
}
"""names that no text here has, by script"""
_RANGES = (("Latn", 0x41, 0x24F), ("Cyrl", 0x400, 0x52F), ("Arab", 0x600, 0x6FF), ("Hans", 0x3400, 0x9FFF))


@cache
def _territories(language: str) -> dict[str, str]:
    names = Locale.parse(_LOCALES.get(language, language)).territories
    return {code: name for code, name in names.items() if len(code) == 2 and code.isalpha()}


def _countries(target: Text, chance: random.Random) -> Iterator[Spoilt]:
    names = _territories(target.language)
    others = [names[code] for code in ("BR", "NO", "TH", "KE", "PE") if code in names]
    for name in sorted(names.values(), key=len, reverse=True):
        found = re.search(
            rf"(?<!\w){re.escape(name)}(?!\w)" if target.language != "zh" else re.escape(name), target.text
        )
        if found and name not in others:
            other = chance.choice(others)
            yield Spoilt("country", target.text[: found.start()] + other + target.text[found.end() :])
            return
