"""Reference numbers, and the regime that each stands under."""

import re
from typing import Final

from tizim.domain.lists import ListId
from tizim.text import one_line

# The type that entries print, the letters of their numbers, the official list.
_REGIMES: Final = (
    ("Al-Qaida", "QD", "un-1267"),
    ("Taliban", "TA", "un-1988"),
    ("Somalia", "SO", "un-751"),
    ("Iraq", "IQ", "un-1518"),
    ("Liberia", "LR", "un-1521"),
    ("DRC", "CD", "un-1533"),
    ("CdI", "CI", "un-1572"),
    ("Sudan", "SD", "un-1591"),
    ("DPRK", "KP", "un-1718"),
    ("Iran", "IR", "un-1737"),
    ("Libya", "LY", "un-1970"),
    ("GB", "GB", "un-2048"),
    ("CAR", "CF", "un-2127"),
    ("Yemen", "YE", "un-2140"),
    ("SouthSudan", "SS", "un-2206"),
    ("Mali", "ML", "un-2374"),
    ("Haiti", "HT", "un-2653"),
)

REGIMES: Final = tuple(ListId(regime) for _, _, regime in _REGIMES)
"""The lists that the consolidated list is a view of."""

_OF_TYPE: Final = {kind.casefold(): ListId(regime) for kind, _, regime in _REGIMES} | {
    # Resolution 2653 (2022), printed so in the files of 2022 and 2023.
    "26532022": ListId("un-2653"),
}
_OF_PREFIX: Final = {prefix: ListId(regime) for _, prefix, regime in _REGIMES} | {
    # The numbers of before March 2015: QI.A.1.01. and TE.H.12.12.
    "QI": ListId("un-1267"),
    "QE": ListId("un-1267"),
    "TI": ListId("un-1988"),
    "TE": ListId("un-1988"),
}

_NUMBER: Final = re.compile(r"([A-Za-z]{2})([ie])\.(\d{3})\.?", re.IGNORECASE)
_SPACE: Final = re.compile(r"\s+")
_PREFIX: Final = re.compile(r"([A-Z]{2})(?:[ie]\.\d|\.[A-Z]\.)")

MENTIONED: Final = re.compile(
    rf"\b(?:(?:{'|'.join(prefix for _, prefix, _ in _REGIMES)})[ie]\.\s?\d{{3}}"
    r"|[QT][IE]\.[A-Z]\.\s?\d{1,3}\.\d{2})(?!\d)",
    re.IGNORECASE,
)
"""A reference number within prose, of today's form or of the form before March 2015."""


def reference_key(printed: str) -> str:
    """The number in the form that is the same in all documents: ``TAI.171`` and ``TAi.171 `` are ``TAi.171``.

    Numbers of the form before March 2015 (``QI.A.12.01.``) keep their letters and lose the last dot, which
    was printed or not.
    """
    close = _SPACE.sub("", printed)
    match = _NUMBER.fullmatch(close)
    if match:
        return f"{match[1].upper()}{match[2].lower()}.{match[3]}"
    return one_line(printed).rstrip(".").rstrip()


def mentioned_key(printed: str) -> str:
    """`reference_key` of a number found in prose, where a blank may follow a dot by mistake."""
    return reference_key(_SPACE.sub("", printed))


def regime_of_type(printed: str) -> ListId | None:
    """The list that the printed type names."""
    return _OF_TYPE.get(one_line(printed).casefold())


def regime_of_reference(key: str) -> ListId | None:
    """The list that the first letters of a normalised number name."""
    match = _PREFIX.match(key)
    return _OF_PREFIX.get(match[1]) if match else None


def regime_of_entry(printed_type: str, key: str) -> ListId | None:
    """The list that an entry stands on: the one its type names, else the one its number names."""
    return regime_of_type(printed_type) or regime_of_reference(key)


_OLD: Final = re.compile(r"([QT])([IE])\.[A-Z]\.(\d{1,3})\.\d\d")
_SINCE: Final = {"Q": "QD", "T": "TA"}


def renumbered(key: str) -> str | None:
    """Today's number of an entry that had the number *key* before March 2015; nothing for one of today's form.

    The serial number stayed: ``QI.A.12.01`` is ``QDi.012``. That is so of all 268 entries of both forms that
    share a database number, and the other 36 with both forms have the same names under the two.
    """
    match = _OLD.fullmatch(key)
    return f"{_SINCE[match[1]]}{match[2].lower()}.{int(match[3]):03d}" if match else None
