"""A table of your own: a spreadsheet becomes a list, by a plan that says which column means what.

Owns the way from any CSV, XLSX or ODS to records and claims; knows no list and no publisher. Start with
``plan.py`` (what is said once by whoever keeps the list) and ``meanings.py`` (what a column can mean); then
``layout.py`` (where the table stands in its file), ``read.py`` and ``map.py``. ``days.py`` reads dates,
``names.py`` takes cells of names apart, and the words of many languages that both need stand in
``months.csv`` and ``words.csv``.
"""

from tizim.sources.protocol import Part, SourceInfo, SourceOf
from tizim.sources.table.map import Mapper
from tizim.sources.table.meanings import MEANINGS, help_text, markdown
from tizim.sources.table.plan import DELIMITERS, Column, Plan, checked, columns_of, mapping, of_toml
from tizim.sources.table.read import SOURCE_ID, notices, read

__all__ = [
    "DELIMITERS", "MEANINGS", "SOURCE_ID", "Column", "Plan", "TableSource", "checked", "columns_of", "help_text",
    "mapping", "markdown", "of_toml", "source_of",
]  # fmt: skip


class TableSource(SourceOf, frozen=True, kw_only=True):
    """A source made of a plan."""

    plan: Plan

    def notices(self, data: bytes, name: str) -> tuple[str, ...]:
        """What was found out by looking at a file, in words, and what to say so that more of it is read."""
        return notices(self.plan, data, name)


def source_of(plan: Plan) -> TableSource:
    """The source that reads tables by *plan*. Raises `BadInput` for a plan that cannot be carried out."""
    plan = checked(plan)
    mapper = Mapper(plan)
    return TableSource(
        info=info_of(plan),
        reading=lambda data, name, hints: read(plan, data, name, hints),
        mapping=mapper.map_record,
        grouping=mapper.readings,
        plan=plan,
    )


def info_of(plan: Plan) -> SourceInfo:
    """What is known of the list before any table of it is read."""
    keeper = plan.issuer or f"whoever keeps {plan.title}"
    return SourceInfo(
        id=SOURCE_ID,
        publisher=keeper,
        authority=keeper,
        lists=(plan.list_id,),
        url=plan.url,
        format="table: CSV, XLSX or ODS",
        licence="that of whoever keeps the table",
        rhythm_days=183,
        complete=True,
        parts=(Part(id=plan.list_id, lists=(plan.list_id,), complete=True),),
        max_unread=1.0,
        prints_date=False,
    )
