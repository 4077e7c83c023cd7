"""The plan of a table: which column means what, said once by whoever keeps the list."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Final

import msgspec

from tizim.domain.lists import ListId
from tizim.domain.names import Kind
from tizim.errors import BadInput
from tizim.sources.table.meanings import MEANINGS
from tizim.sources.table.near import nearest
from tizim.sources.table.vocabulary import CALENDARS
from tizim.text import one_line

_LIST_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAX_ID: Final = 60
_MAX_MAPPING: Final = 256 * 1024

SEPARATORS: Final = (";", "|", "\n", "words", "brackets", "numbers")
"""What parts several names in a cell: marks, words such as *alias*, brackets at the end, ``1) … 2) …``."""
_ORDERS: Final = ("", "dmy", "mdy")
DELIMITERS: Final = {"": "", "comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A meaning and the header of the column that has it."""

    meaning: str
    headers: tuple[str, ...]
    """the header; of several every one that the table has is taken, and one must be there"""
    optional: bool = False
    """whether the table may be without it"""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How a table is read: all that its bytes do not say."""

    list_id: ListId
    list_name: str = ""
    jurisdiction: str = ""
    issuer: str = ""
    url: str = ""
    columns: tuple[Column, ...] = ()
    separators: tuple[str, ...] = SEPARATORS
    sheet: str = ""
    """empty: the one that has the columns"""
    header_row: int = 0
    """as people count; 0: the first row that has the columns"""
    delimiter: str = ""
    encoding: str = ""
    kind: Kind = Kind.UNKNOWN
    """what entries are of which no column says it"""
    date_order: str = ""
    """``dmy`` or ``mdy``, for dates in digits; empty: as the columns prove"""
    calendar: str = ""
    """of dates that do not say it themselves; empty: gregorian"""

    @property
    def title(self) -> str:
        """The list's name; its id where it has none."""
        return self.list_name or self.list_id

    def headers_of(self, *meanings: str) -> tuple[str, ...]:
        """The headers that have one of *meanings*, in order."""
        return tuple(header for column in self.columns if column.meaning in meanings for header in column.headers)

    def has(self, *meanings: str) -> bool:
        """Whether a column has one of *meanings*."""
        return any(column.meaning in meanings for column in self.columns)


def checked(plan: Plan) -> Plan:
    """The *plan*, if it can be carried out. Raises `BadInput` with what to write instead."""
    if not plan.list_id:
        raise BadInput("say which list the table is, by an id of your choice: --list ID, such as min-list")
    if not _LIST_ID.fullmatch(plan.list_id) or len(plan.list_id) > _MAX_ID:
        raise BadInput(
            f"'{one_line(plan.list_id)[:_MAX_ID]}' cannot be the id of a list: use small letters of a to z, digits and"
            f" single hyphens, at most {_MAX_ID}, such as min-list"
        )
    for column in plan.columns:
        if column.meaning not in MEANINGS:
            known = nearest(column.meaning, MEANINGS) or f"known are {', '.join(MEANINGS)}"
            raise BadInput(f"a column cannot mean '{column.meaning}': {known}")
    headers = [header for column in plan.columns for header in column.headers if column.meaning == "ignore"]
    both = next((header for header in headers if header in plan.headers_of(*(MEANINGS.keys() - {"ignore"}))), None)
    if both is not None:
        raise BadInput(f"the column '{both}' cannot be read and ignored: name it once")
    if plan.date_order not in _ORDERS:
        raise BadInput(f"the order of dates is dmy or mdy, not '{plan.date_order}'")
    if plan.calendar and plan.calendar not in CALENDARS:
        raise BadInput(f"the calendar is {', '.join(CALENDARS)}, not '{plan.calendar}'")
    if len(plan.delimiter) > 1:
        raise BadInput(f"the delimiter is one character or one of {_words(DELIMITERS)}, not '{plan.delimiter}'")
    if plan.encoding and not _is_encoding(plan.encoding):
        raise BadInput(f"'{plan.encoding}' is no encoding that is known here; windows-1251 is one")
    unknown = [mark for mark in plan.separators if len(mark) > 3 and mark not in SEPARATORS]
    if unknown:
        raise BadInput(f"'{unknown[0]}' cannot part names: use marks, or words, brackets, numbers")
    return plan


def _is_encoding(name: str) -> bool:
    try:
        "a".encode(name)
    except LookupError:
        return False
    return True


def columns_of(pairs: Iterable[str]) -> tuple[Column, ...]:
    """Columns from ``MEANING=HEADER`` pairs, as they are typed. Raises `BadInput`."""
    columns = []
    for pair in pairs:
        meaning, equals, header = pair.partition("=")
        name = meaning.strip().casefold().replace("-", "_")
        if not equals or not header.strip():
            raise BadInput(f"'{pair}' is no pair of a meaning and a header: write --column name=HEADER")
        columns.append(Column(meaning=name, headers=(one_line(header),)))
    return tuple(columns)


# -- mapping files -------------------------------------------------------------------------------

_TEXTS: Final = {
    "list": "list_id", "name": "list_name", "jurisdiction": "jurisdiction", "issuer": "issuer", "url": "url",
    "sheet": "sheet", "delimiter": "delimiter", "encoding": "encoding", "kind": "kind",
    "date_order": "date_order", "calendar": "calendar",
}  # fmt: skip
"""Keys of a mapping file that hold text, and the fields of a plan that they fill."""
_SECTIONS: Final = ("columns", "optional")
_OTHERS: Final = ("header_row", "separators")


def bundled() -> tuple[str, ...]:
    """The names of the mapping files that come with tizim."""
    folder = resources.files("tizim.sources.table")
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


def mapping(named: str) -> Plan:
    """The plan in a mapping file: a file's path, or the name of one that comes with tizim. Raises `BadInput`."""
    if named in bundled():
        return of_toml(resources.files("tizim.sources.table").joinpath(f"{named}.toml").read_bytes(), named)
    try:
        path = Path(named)
        if path.stat().st_size > _MAX_MAPPING:
            raise BadInput(f"{named}: larger than any mapping file ({_MAX_MAPPING:,} bytes)")
        return of_toml(path.read_bytes(), named)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        known = ", ".join(bundled())
        raise BadInput(f"the mapping file {named} cannot be read: {reason}; with tizim comes {known}") from None


def of_toml(data: bytes, name: str) -> Plan:
    """The plan that a mapping file says; a list id may be lacking, it is given apart. Raises `BadInput`."""
    try:
        said = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(f"{name}: is no TOML in UTF-8: {error}") from None
    known = (*_TEXTS, *_OTHERS, *_SECTIONS)
    for key in said:
        if key not in known:
            raise BadInput(f"{name}: '{key}' is no key of a mapping file: {nearest(key, known) or ', '.join(known)}")
    texts = {field: _text(said[key], key, name) for key, field in _TEXTS.items() if key in said}
    kind = texts.pop("kind", Kind.UNKNOWN.value)
    if kind not in set(Kind):
        raise BadInput(f"{name}: kind is one of {_words(Kind)}, not '{kind}'")
    delimiter = texts.pop("delimiter", "")
    columns = [
        column
        for section in _SECTIONS
        for column in _columns(said.get(section, {}), name, section, optional=section == "optional")
    ]
    row = said.get("header_row", 0)
    if not isinstance(row, int) or isinstance(row, bool) or row < 0:
        raise BadInput(f"{name}: header_row is the number of a row, such as 3")
    separators = said.get("separators", list(SEPARATORS))
    if not isinstance(separators, list) or not all(isinstance(mark, str) and mark for mark in separators):
        raise BadInput(f'{name}: separators is a list of marks, such as [";", "words"]')
    return Plan(
        list_id=ListId(texts.pop("list_id", "")),
        kind=Kind(kind),
        delimiter=DELIMITERS.get(delimiter, delimiter),
        columns=tuple(columns),
        header_row=row,
        separators=tuple(separators),
        **texts,
    )


def _columns(said: object, name: str, section: str, *, optional: bool) -> list[Column]:
    if not isinstance(said, Mapping):
        raise BadInput(f'{name}: {section} is a table: [{section}], then lines such as name = "HEADER"')
    columns = []
    for meaning, value in said.items():
        headers = value if isinstance(value, list) else [value]
        if not headers:
            raise BadInput(f"{name}: {section}.{meaning}: names no header")
        texts = tuple(one_line(_text(header, f"{section}.{meaning}", name)) for header in headers)
        columns.append(Column(meaning=meaning, headers=texts, optional=optional))
    return columns


def _text(value: object, key: str, name: str) -> str:
    if not isinstance(value, str):
        raise BadInput(f"{name}: {key} wants text in quotes, not {value!r}")
    return value


def _words(values: Iterable[str]) -> str:
    return ", ".join(str(value) for value in values if value)
