"""Articles, and what readers took from them: claims of the people they quote, each with its place in the text.

Knows the form of the document that holds one reading of one article, and neither how an article is read nor
the register. An article's own bytes are a document of the main line; each reading of it is a document of the
line ``news/readings``, which holds the text as it was read, so that every claim can be checked against it.
A newer reading by the same reader stands in the place of the earlier. Start with ``reading.py``.
"""

from typing import Final

from tizim.sources.news.map import key_of, map_record, readings, subject_of
from tizim.sources.news.reading import (
    FORMAT,
    LINE,
    SOURCE_ID,
    Article,
    Found,
    MachineTranslated,
    Reader,
    Reading,
    decode,
    encode,
    read,
)
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf

__all__ = [
    "FORMAT",
    "LINE",
    "SOURCE",
    "SOURCE_ID",
    "Article",
    "Found",
    "MachineTranslated",
    "Reader",
    "Reading",
    "decode",
    "encode",
    "key_of",
    "subject_of",
]

SOURCE: Final[Source] = SourceOf(
    info=SourceInfo(
        id=SOURCE_ID,
        publisher="each article's outlet",
        authority="none: what an article reports is the word of those it names",
        lists=(),
        url="",
        format=f"articles in any form; their readings in JSON, {FORMAT}",
        licence="that of each outlet; the register quotes",
        rhythm_days=36_500,
        complete=False,
        # An article without a claim is read all the same.
        parts=(Part(complete=False), Part(id=LINE.partition("/")[2], complete=False, band=(0, 2_000))),
    ),
    reading=lambda data, name, _: read(data, name),
    mapping=map_record,
    grouping=readings,
)
