"""Entities in the FollowTheMoney model, as many open data sets publish them: a file of JSON becomes a list.

Owns the names of that model's schemata and properties (``properties.csv``); knows no data set. Start with
``read.py`` (lines of JSON to records), then ``map.py`` (an entity with what stands around it to claims).
"""

from tizim.domain.lists import ListId
from tizim.errors import BadInput
from tizim.sources.ftm.map import Mapper
from tizim.sources.ftm.read import SOURCE_ID, read
from tizim.sources.protocol import Part, SourceInfo, SourceOf
from tizim.sources.table.plan import Plan, checked

__all__ = ["SOURCE_ID", "FtmSource", "source_of"]

FtmSource = SourceOf


def source_of(list_id: str, name: str = "") -> FtmSource:
    """The source that reads files of entities as the list *list_id*. Raises `BadInput` for an id that is none."""
    plan = checked(Plan(list_id=ListId(list_id), list_name=name))
    if not plan.list_id:
        raise BadInput("say which list the file is: --list ID")
    mapper = Mapper(plan.list_id)
    return SourceOf(
        info=SourceInfo(
            id=SOURCE_ID,
            publisher=f"whoever keeps {plan.title}",
            authority=f"whoever keeps {plan.title}",
            lists=(plan.list_id,),
            url="",
            format="FollowTheMoney entities, JSON: one a line, or an array",
            licence="that of whoever publishes the entities",
            rhythm_days=183,
            complete=True,
            parts=(Part(id=plan.list_id, lists=(plan.list_id,), complete=True),),
            max_unread=1.0,
            prints_date=False,
        ),
        reading=lambda data, given, hints: read(plan.list_id, plan.title, data, given, hints),
        mapping=mapper.map_record,
        grouping=mapper.readings,
    )
