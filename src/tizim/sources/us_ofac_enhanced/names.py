"""Names in each script that they are printed in, whole and in parts."""

import re
from typing import Final

from tizim.domain.statements import Property
from tizim.sources.entries import Making
from tizim.sources.us_ofac_enhanced.tree import Node
from tizim.text import one_line, script_of

SCRIPTS: Final = {
    "Arabic": "Arab", "Armenian": "Armn", "Chinese Simplified": "Hans", "Chinese Traditional": "Hant",
    "Cyrillic": "Cyrl", "Georgian": "Geor", "Greek": "Grek", "Hangul": "Hang", "Hebrew": "Hebr",
    "Japanese": "Jpan", "Korean": "Kore", "Latin": "Latn",
}  # fmt: skip
# Marks of direction that the publisher writes around names in Arabic script; no letter of the name.
_DIRECTION: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
PARTS: Final = {
    "Last Name": "family_name", "First Name": "given_name", "Middle Name": "middle_name",
    "Maiden Name": "maiden_name", "Patronymic": "patronymic", "Matronymic": "matronymic",
    "Nickname": "nickname", "Entity Name": "", "Vessel Name": "", "Aircraft Name": "",
}  # fmt: skip
_ALIASES: Final = {"A.K.A.": "", "F.K.A.": "former name", "N.K.A.": "new name"}


def script(translation: Node) -> str:
    """The script that is printed of a name or address; one that is not known is left."""
    printed = translation.take("script")
    found = SCRIPTS.get(printed, "")
    if not found:
        translation.put_back("script", printed)
    return found


def bare_name(text: str) -> str:
    """A name without marks of direction."""
    return one_line(_DIRECTION.sub("", text))


def say(making: Making, name: Node) -> None:
    """The main name or an alias, in Latin letters and in others.

    Only the main name in another script is an original name: of an alias the other form is an alias too.
    """
    main = name.take("isPrimary")
    low = name.take("isLowQuality")
    alias = name.take("aliasType")
    kind = _ALIASES.get(alias)
    if main not in {"true", "false"}:
        name.put_back("isPrimary", main)
    if low not in {"true", "false"}:
        name.put_back("isLowQuality", low)
    if alias and kind is None:
        name.put_back("aliasType", alias)
    pairs = {"kind": kind or ""}
    if main != "true" or low == "true":
        pairs["quality"] = "low" if low == "true" else "good"
    translations = name.each("translations", "translation")
    first = next((one.value for t in translations for one in t.each("formattedFullName")), "")
    for translation in translations:
        _say_one(making, translation, pairs, main=main == "true", first=bare_name(first))


def _say_one(making: Making, translation: Node, pairs: dict[str, str], *, main: bool, first: str) -> None:
    full = bare_name(translation.take("formattedFullName"))
    given, family = translation.take("formattedFirstName"), translation.take("formattedLastName")
    inverted = bool(given and family) and full == bare_name(f"{family}, {given}")
    if not full:
        full = bare_name(f"{given} {family}")
    elif not inverted and (given or full != bare_name(family)):
        translation.put_back("formattedFirstName", given)
        translation.put_back("formattedLastName", family)
    primary = translation.take("isPrimary")
    if primary not in {"true", "false"}:
        translation.put_back("isPrimary", primary)
    printed = script(translation)
    told = dict(pairs)
    seen = script_of(full)
    told["script"] = printed or seen
    if inverted:
        told["form"] = "family name first"
    told |= _parts(translation, full)
    prop = Property.ALIAS
    if main:
        prop = Property.NAME if primary == "true" else Property.ORIGINAL_NAME if seen != "Latn" else Property.ALIAS
    if not main and full != first:
        told["of"] = first
    making.say(prop, full, translation.place, **told)


def _parts(translation: Node, full: str) -> dict[str, str]:
    """The parts of a name with what each is; they keep the small letters that the whole name has lost."""
    found: dict[str, str] = {}
    for part in translation.each("nameParts", "namePart"):
        field = part.first("type")
        known = PARTS.get(field.value) if field else None
        if field is None or known is None:
            continue
        field.own()
        value = bare_name(part.take("value"))
        if known:
            found[known] = f"{found[known]} {value}" if known in found else value
        elif value != full:
            found["written"] = f"{found['written']} {value}" if "written" in found else value
    return found
