"""What people made of claims: confirmed, rejected or set aside, one decision to a document.

Knows the form of the document and nothing of the register. A later decision on the same claim stands in the
place of an earlier; nothing is lost. Start with ``read.py``; ``map.py`` says what a decision states.
"""

from typing import Final

from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf
from tizim.sources.standings.map import map_record, readings
from tizim.sources.standings.read import FORMAT, SOURCE_ID, Judged, Standings, decode, encode, read

__all__ = ["FORMAT", "SOURCE", "SOURCE_ID", "Judged", "Standings", "decode", "encode"]

SOURCE: Final[Source] = SourceOf(
    info=SourceInfo(
        id=SOURCE_ID,
        publisher="whoever keeps this register",
        authority="each decision about a claim names its author",
        lists=(),
        url="",
        format=f"JSON, {FORMAT}",
        licence="none: the register's own",
        rhythm_days=36_500,
        complete=False,
        parts=(Part(complete=False),),  # it shows no list
    ),
    reading=lambda data, name, _: read(data, name),
    mapping=map_record,
    grouping=readings,
)
