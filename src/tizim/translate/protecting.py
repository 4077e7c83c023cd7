"""Names and numbers of reference that no engine is to touch: marks stand for them, and their own form comes back.

Every place has a mark of its own, so that one lost, doubled or made up is seen. Marks are plain signs, which engines
mostly leave alone; spaces or digits of another script within one are forgiven, nothing else is.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

_MARK: Final = re.compile(r"[\[［【]\s*[\[［【]\s*(\d{1,4})\s*[\]］】]\s*[\]］】]")
_VERBATIM: Final = re.compile(
    r"https?://[^\s<>\"»”]+[^\s<>\"»”.,;:!?)]"  # addresses
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[A-Z]{1,4}[A-Za-z]?\.\d+\b"  # QDi.430, TAe.011
    r"|\b[A-Z]+/[A-Z]+/\d+(?:/\d+)*(?:\s?\(\d{4}\))?"  # S/RES/2368 (2017)
)


class Protected(msgspec.Struct, frozen=True, kw_only=True):
    """A name, in every form in which a text may have it, and the form that is put in its place."""

    forms: tuple[str, ...]
    put: str


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What a mark stands for."""

    number: int
    source: str
    """as the text has it"""
    put: str


def protect(text: str, names: Sequence[Protected]) -> tuple[str, tuple[Kept, ...]]:
    """*text* with marks, and what each stands for. Longer names come before shorter ones that stand in them."""
    found: list[tuple[int, int, str | None]] = [(*one.span(), None) for one in _MARK.finditer(text)]
    found += [(*one.span(), None) for one in _VERBATIM.finditer(text)]
    for name in names:
        for form in name.forms:
            if form.strip():
                own = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.IGNORECASE)
                found += [(*one.span(), name.put) for one in own.finditer(text) if _may_be(form, one[0])]
    found.sort(key=lambda one: (one[0], -one[1]))
    made: list[str] = []
    kept: list[Kept] = []
    at = 0
    for start, end, put in found:
        if start < at:
            continue
        mark = Kept(number=len(kept) + 1, source=text[start:end], put=text[start:end] if put is None else put)
        kept.append(mark)
        made += [text[at:start], f"[[{mark.number}]]"]
        at = end
    return "".join([*made, text[at:]]), tuple(kept)


def _may_be(form: str, written: str) -> bool:
    """Whether what is written may be a name: one that begins with a capital is no common word of the same letters."""
    return form[0].islower() or not written[0].islower()


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """A text with its names in place, and what became of their marks."""

    text: str
    dropped: tuple[Kept, ...]
    doubled: tuple[Kept, ...]
    invented: tuple[str, ...]
    """marks that stand for nothing"""


def restore(text: str, kept: Sequence[Kept]) -> Restored:
    """Put back what the marks of *text* stand for."""
    by_number = {one.number: one for one in kept}
    seen: Counter[int] = Counter()
    invented: list[str] = []

    def put(found: re.Match[str]) -> str:
        one = by_number.get(int(found[1]))
        if one is None:
            invented.append(found[0])
            return found[0]
        seen[one.number] += 1
        return one.put

    made = _MARK.sub(put, text)
    return Restored(
        text=made, dropped=tuple(one for one in kept if not seen[one.number]),
        doubled=tuple(one for one in kept if seen[one.number] > 1), invented=tuple(invented),
    )  # fmt: skip
