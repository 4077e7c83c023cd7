"""The two sources of lists that users keep themselves, before it is said which list a file is.

``table`` and ``ftm`` read nothing until a plan names the list and says what the columns mean; these stand for
them where sources are told of.
"""

from typing import Final, NoReturn

from tizim.domain.documents import Record
from tizim.errors import BadInput
from tizim.sources.protocol import Hints, Part, Source, SourceInfo, SourceOf


def _unplanned(source: str, kind: str) -> Source:
    def refuse(_data: bytes, name: str, _hints: Hints) -> NoReturn:
        raise BadInput(f"{name}: say which list it is: tizim keep {source} --list ID --from FILE")

    def none(record: Record) -> NoReturn:
        raise BadInput(f"{record.place}: say which list it is: tizim keep {source} --list ID --from FILE")

    return SourceOf(
        info=SourceInfo(
            id=source,
            publisher="whoever keeps the list",
            authority="whoever keeps the list",
            lists=(),
            url="",
            format=kind,
            licence="that of whoever keeps the list",
            rhythm_days=183,
            complete=True,
            parts=(Part(),),
            prints_date=False,
        ),
        reading=refuse,
        mapping=none,
        grouping=lambda records: (none(record) for record in records),
    )


TABLE: Final = _unplanned("table", "table: CSV, XLSX or ODS")
FTM: Final = _unplanned("ftm", "FollowTheMoney entities, JSON: one a line, or an array")
