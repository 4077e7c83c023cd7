"""The European Commission's consolidated list of those under financial sanctions of the European Union.

Owns the layouts of this one file: the form 1.0, in use in 2016 (``read_old.py``, ``map_old.py``), and the form
1.1 of today (``read.py``, ``map.py``; experimental). ``lists.py`` says which lists an entry stands on, ``remarks.py``
takes apart what remarks say in fixed words. Knows nothing of the register.
"""

from typing import Final

from tizim.sources.eu import map as map_new
from tizim.sources.eu import map_old, read_old
from tizim.sources.eu import read as read_new
from tizim.sources.eu.lists import LISTS
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf

__all__ = ["FSF", "FSF_OLD"]

_PUBLISHER: Final = "European Commission, for the Council of the European Union"
_AUTHORITY: Final = "Council of the European Union; the Commission, where it transposes listings of the United Nations"
_LICENCE: Final = "reuse notice of the European Commission: reuse is allowed if the source is named"

FSF_OLD: Final[Source] = SourceOf(
    info=SourceInfo(
        id=read_old.SOURCE_ID,
        publisher=_PUBLISHER,
        authority=_AUTHORITY,
        lists=LISTS,
        url=read_old.ADDRESS,
        format="XML 1.0, root WHOLE, UTF-8, no namespace",
        licence=_LICENCE,
        rhythm_days=7,
        complete=True,
        # The one file held (595 entities) was cut by whoever kept it, so the band is wide on both sides.
        parts=(Part(lists=LISTS, band=(300, 6_000)),),
        required=("@Type", "@legal_basis", "@programme", "NAME/WHOLENAME"),
        proven=True,
    ),
    reading=read_old.read,
    mapping=map_old.map_record,
    grouping=map_old.readings,
)

FSF: Final[Source] = SourceOf(
    info=SourceInfo(
        id=read_new.SOURCE_ID,
        publisher=_PUBLISHER,
        authority=_AUTHORITY,
        lists=LISTS,
        url=read_new.ADDRESS,
        format="XML 1.1, root export",
        licence=_LICENCE,
        rhythm_days=7,
        complete=True,
        parts=(Part(lists=LISTS, band=(1_500, 20_000), urls=(read_new.ADDRESS,)),),
        required=("regulation/@programme", "nameAlias/@wholeName"),
        fetched=True,
        experimental=True,
    ),
    reading=read_new.read,
    mapping=map_new.map_record,
    grouping=map_new.readings,
)
