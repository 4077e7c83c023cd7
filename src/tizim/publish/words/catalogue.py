"""A language's messages, as its catalogue has them."""

import functools
import gettext
import re
from collections.abc import Callable, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

import msgspec
from babel.messages.pofile import read_po

_REVIEWED: Final = re.compile(r"^#?\s*Reviewed by:\s*(?!nobody\b)(?P<who>\S.*)$", re.MULTILINE)


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """Messages by context and English text, each in its plural forms."""

    messages: Mapping[tuple[str, str], tuple[str, ...]]
    form_of: Callable[[int], int]
    """which plural form a number takes"""
    reviewed_by: str
    """who read it and stands for it; empty: nobody"""


_NONE: Final = Catalogue(messages={}, form_of=lambda n: int(n != 1), reviewed_by="")


@functools.cache
def is_there(language: str) -> bool:
    """Whether a language has a catalogue, which is known sooner than what is in it."""
    return _file(language).is_file()


def _file(language: str) -> Traversable:
    return resources.files("tizim.publish.words").joinpath(f"{language}.po")


@functools.cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language; an empty one where it has none."""
    if not is_there(language):
        return _NONE
    with _file(language).open("rb") as opened:
        read = read_po(opened, locale=None)
    messages: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in read:
        if not one.id or one.fuzzy:
            continue
        text = [str(form or "") for form in (one.string if isinstance(one.string, list | tuple) else (one.string,))]
        english = one.id[0] if isinstance(one.id, list | tuple) else one.id
        if all(text):
            messages[one.context or "", english] = tuple(text)
    reviewed = _REVIEWED.search(read.header_comment or "")
    return Catalogue(
        messages=messages, form_of=gettext.c2py(str(read.plural_expr)),
        reviewed_by=reviewed["who"].strip() if reviewed else "",
    )  # fmt: skip
