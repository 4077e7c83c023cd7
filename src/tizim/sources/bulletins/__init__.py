"""Steps of bulletins, one to a document: drafted, approved, published, corrected, withdrawn.

Knows the form of the document and nothing of the register. A step is kept like any other document, so that it can
be proved and carried to another register; it makes no statement about anybody. What steps amount to is computed by
`tizim.domain.bulletins.replay`. Start with ``read.py``.
"""

from typing import Final

from tizim.sources.bulletins.map import map_record, readings
from tizim.sources.bulletins.read import SOURCE_ID, decode, encode, read
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf

__all__ = ["SOURCE", "decode", "encode"]

SOURCE: Final[Source] = SourceOf(
    info=SourceInfo(
        id=SOURCE_ID,
        publisher="whoever keeps this register",
        authority="each step names its author",
        lists=(),
        url="",
        format="JSON, tizim-bulletin/1",
        licence="none: the register's own",
        rhythm_days=36_500,
        complete=False,
        parts=(Part(complete=False),),  # it shows no list, and says nothing of any
    ),
    reading=lambda data, name, _: read(data, name),
    mapping=map_record,
    grouping=readings,
)
