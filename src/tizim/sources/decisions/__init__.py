"""Decisions that people enter into this register, one to a document.

Knows the form of the document and nothing of the register. A decision is kept like any other document: its
bytes are archived, read and mapped, so that it can be proved and carried to another register. Start with
``read.py``; ``map.py`` says what a decision claims.
"""

from typing import Final

from tizim.sources.decisions.map import map_record, readings
from tizim.sources.decisions.read import SOURCE_ID, decode, encode, read
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf

__all__ = ["SOURCE", "decode", "encode"]

_INFO: Final = SourceInfo(
    id=SOURCE_ID,
    publisher="whoever keeps this register",
    authority="each decision names the body that decided",
    lists=(),
    url="",
    format="JSON, tizim-decision/1",
    licence="none: the register's own",
    rhythm_days=36_500,
    complete=False,
    parts=(Part(complete=False),),  # it shows no list: a decision is a statement
)

SOURCE: Final[Source] = SourceOf(
    info=_INFO, reading=lambda data, name, _: read(data, name), mapping=map_record, grouping=readings
)
