"""The options of ``tizim keep table`` and ``tizim keep ftm``, made into plans."""

from collections.abc import Sequence

import msgspec

from tizim.domain.lists import ListId
from tizim.domain.names import Kind
from tizim.errors import BadInput
from tizim.sources import ftm, table
from tizim.text import one_line


def plan_from_options(
    *,
    list_id: str = "",
    list_name: str = "",
    jurisdiction: str = "",
    columns: Sequence[str] = (),
    mapping: str = "",
    sheet: str = "",
    kind: str = "",
    date_order: str = "",
    encoding: str = "",
    delimiter: str = "",
) -> table.Plan:
    """The plan that the options say; *mapping* names a file, or one that comes with tizim (``kz-list``).

    What is given by itself goes before what the mapping file says; a meaning that ``--column`` gives replaces
    that meaning of the file. Raises `BadInput` with what to write instead.
    """
    plan = table.mapping(mapping) if mapping else table.Plan(list_id=ListId(""))
    own = table.columns_of(columns)
    meanings = {column.meaning for column in own}
    headers = {header for column in own for header in column.headers}
    kept = tuple(
        column
        for column in plan.columns
        if column.meaning not in meanings and not (column.meaning == "ignore" and headers & set(column.headers))
    )
    if kind and kind not in set(Kind):
        raise BadInput(f"--kind is one of {', '.join(Kind)}, not '{kind}'")
    said = {
        "list_id": list_id.strip(), "list_name": one_line(list_name), "jurisdiction": one_line(jurisdiction),
        "sheet": one_line(sheet), "date_order": date_order, "encoding": encoding,
        "delimiter": table.DELIMITERS.get(delimiter, delimiter),
    }  # fmt: skip
    changed: dict[str, object] = {field: value for field, value in said.items() if value}
    if list_id.strip() and list_id.strip() != plan.list_id and not list_name:
        changed["list_name"] = ""  # the name in the file is that of another list
    if kind:
        changed["kind"] = Kind(kind)
    return table.checked(msgspec.structs.replace(plan, columns=(*own, *kept), **changed))


def source_from_options(source: str, plan: table.Plan) -> table.TableSource | ftm.FtmSource:
    """The source called *source* (``table`` or ``ftm``) for the list that *plan* names."""
    if source == ftm.SOURCE_ID:
        return ftm.source_of(plan.list_id, plan.list_name)
    return table.source_of(plan)


def notices_of(source: object, data: bytes, name: str) -> tuple[str, ...]:
    """What was found out by looking at a file of a user's own list; nothing for other sources."""
    return source.notices(data, name) if isinstance(source, table.TableSource) else ()
