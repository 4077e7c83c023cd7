"""Which official lists an entry of the Commission's file stands on: the whole, and its parts by programme.

Most programmes have no list of their own here; their entries stand on the whole only.
"""

import re
from collections.abc import Iterable
from typing import Final

from tizim.domain.lists import ListId

WHOLE: Final = ListId("eu-fsf")
TERRORISTS: Final = ListId("eu-931")
AL_QAIDA: Final = ListId("eu-881")
TALIBAN: Final = ListId("eu-753")
AUTONOMOUS: Final = ListId("eu-1686")
LISTS: Final = (WHOLE, TERRORISTS, AL_QAIDA, TALIBAN, AUTONOMOUS)

_OF_PROGRAMME: Final = {"TERR": TERRORISTS, "TAQA": AL_QAIDA, "AFG": TALIBAN, "EUAQ": AUTONOMOUS}
_OF_2016: Final = re.compile(r"(?<![\d/])2016/1686(?!\d)")
"""Regulation (EU) 2016/1686: listings of the Union's own. Both they and the UN's carry the programme TAQA."""


def lists_of(programme: str, bases: Iterable[str]) -> tuple[ListId, ...]:
    """The lists of an entry under *programme* whose parts rest on *bases*."""
    part = _OF_PROGRAMME.get(programme.strip().upper())
    if part is AL_QAIDA and any(map(_OF_2016.search, bases)):
        part = AUTONOMOUS
    return (WHOLE,) if part is None else (WHOLE, part)
