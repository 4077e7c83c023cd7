"""Days as readers type them: in the calendar and the digits of their language."""

import re
import unicodedata
from typing import Final

from tizim.domain.solar import read_day
from tizim.publish.words.languages import Language

_DAY: Final = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,2}")


def typed_day(typed: str, language: Language) -> str:
    """The ISO day that was meant; what is none stays as it was typed, for whoever says so."""
    plain = "".join(_digit(sign) for sign in typed.strip())
    if not _DAY.fullmatch(plain):
        return plain
    year, month, day = (int(part) for part in re.split(r"[-./]", plain))
    return read_day(year, month, day, solar_allowed=language.solar) or plain


def _digit(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)
