"""Names put together of their parts, in the order that the list gives, and in every spelling it has of them."""

from typing import Final

import msgspec

from tizim.sources.entries import Group
from tizim.text import script_of

_FAMILY: Final = frozenset({"family-name", "maiden-name"})
_GIVEN: Final = frozenset({"given-name", "further-given-name"})


class Spelling(msgspec.Struct, frozen=True, kw_only=True):
    """A part in other letters or another transcription."""

    text: str
    language: str
    script: str


class NamePart(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a name with its kind (*given-name*, *family-name*, *whole-name*, …)."""

    text: str
    kind: str
    spellings: tuple[Spelling, ...]


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """A whole name in one spelling."""

    text: str
    language: str = ""
    form: str = ""


def parts_of(name: Group) -> list[NamePart]:
    """The parts of a ``name`` in their order; what a part holds beside them stays to be left."""
    found: list[tuple[int, NamePart]] = []
    for number, part in enumerate(name.groups("name-part")):
        order, kind = part.take("@order"), part.take("@name-part-type")
        text = part.take("value") or part.take("")
        spellings = []
        for variant in part.groups("spelling-variant"):
            spelled, language, script = variant.take(""), variant.take("@lang"), variant.take("@script")
            if spelled:
                spellings.append(Spelling(text=spelled, language=language, script=script))
            variant.take("@ssid")
            _back(variant, part)
        part.take("@ssid")
        if text:
            made = NamePart(text=text, kind=kind, spellings=tuple(spellings))
            found.append((int(order) if order.isascii() and order.isdigit() and len(order) < 6 else number, made))
        _back(part, name)
    return [part for _, part in sorted(found, key=lambda pair: pair[0])]


def _back(inner: Group, outer: Group) -> None:
    """Give what was not understood back to the element around it, to be left with it."""
    step = inner.place.rpartition("/")[2]
    for leaf, found in inner.leaves.items():
        outer.leaves[f"{step}/{leaf}" if leaf else step] = found


def whole(parts: list[NamePart]) -> Whole:
    """The name as printed, with the form told where the family name stands first."""
    kinds = [part.kind for part in parts]
    family_first = bool(kinds) and kinds[0] in _FAMILY and any(kind in _GIVEN for kind in kinds[1:])
    return Whole(text=" ".join(part.text for part in parts), form="family name first" if family_first else "")


def spellings(parts: list[NamePart]) -> list[Whole]:
    """The name in each other spelling: the first ones of all parts together, the second ones, and so on.

    A part without a spelling of that script keeps its own letters where they are of it; where they are not,
    the spelling would be of a part only, and is none of the name.
    """
    found: list[Whole] = []
    for language, script in dict.fromkeys((s.language, s.script) for part in parts for s in part.spellings):
        of_parts = [[s.text for s in part.spellings if (s.language, s.script) == (language, script)] for part in parts]
        for number in range(max(map(len, of_parts))):
            words = [
                spelled[min(number, len(spelled) - 1)] if spelled else part.text
                for part, spelled in zip(parts, of_parts, strict=True)
            ]
            text = " ".join(words)
            if len({script_of(word) for word in words}) == 1:
                found.append(Whole(text=text, language=language))
    return found


def stray(parts: list[NamePart]) -> list[Spelling]:
    """Spellings of single parts that make no whole name."""
    made = " ".join(spelled.text for spelled in spellings(parts)).split()
    return [s for part in parts for s in part.spellings if not set(s.text.split()) <= set(made)]
