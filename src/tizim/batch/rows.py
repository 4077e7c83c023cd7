"""The rows of a file, in their order, in chunks of so many: what the columns that are needed say of each.

A row that cannot be read becomes a reason, with its line, and the rows after it are read all the same. Nothing is
held but the chunk at hand, however long the file, its lines or its cells.
"""

import csv
import io
import math
from collections import deque
from collections.abc import Container, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any, Final

import msgspec

from tizim.batch import places
from tizim.batch.terms import Layout, Terms, layout
from tizim.errors import BadInput
from tizim.text import one_line

_LONGEST_LINE: Final = 1 << 20
"""characters or bytes of a line; customers need fewer, and a file without line ends must not fill the memory"""
_PARQUET_ROWS: Final = 4_096
_FIRST_LINES: Final = 100
"""lines of a file without a head that are looked at for what its columns are called"""

Cell = str | list[str] | None
Cells = list[Cell]


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A row: its number, counted from 1 without the head, and the cells of the columns that are needed."""

    number: int
    line: int
    """of the file, where it begins; of a file without lines the row's number"""
    cells: Cells


class Reject(msgspec.Struct, frozen=True, array_like=True):
    """A row that was not screened, and why."""

    row: int
    line: int
    reason: str


class Chunk(msgspec.Struct, frozen=True, array_like=True):
    """Rows that are handed out together."""

    number: int
    rows: list[Row]
    rejects: list[Reject]
    """those between them that cannot be read"""
    share: float
    """how much of the file lies before its end, from 0 to 1"""


class Table:
    """A file of customers. Raises `BadInput` where there is none, or it has not the columns that *terms* name."""

    def __init__(self, place: str, form: str, terms: Terms, delimiter: str = ",") -> None:
        self.form = form
        self.files = places.files_at(place)
        self._place = place
        self._delimiter = delimiter
        self._size = sum(size for _, size in self.files) or 1
        if form != "parquet" and len(self.files) > 1:
            raise BadInput(f"{one_line(place)} is a folder; of files of lines one is read at a time")
        self.layout = self._layout(terms)

    def _layout(self, terms: Terms) -> Layout:
        if self.form == "jsonl":
            return layout(terms, self._keys(), sure=False)
        return layout(terms, _schema(self.files) if self.form == "parquet" else self._head())

    def _head(self) -> list[str]:
        with places.reading(self._place) as stream:
            for _, found in _records(stream, self._delimiter):
                if isinstance(found, str):
                    raise BadInput(f"the first line of {one_line(self._place)} cannot be read: {found}")
                return found
        raise BadInput(f"{one_line(self._place)} is empty: its first line names the columns")

    def _keys(self) -> list[str]:
        found: dict[str, None] = {}
        with places.reading(self._place) as stream:
            for (_, _, said), _ in zip(_objects(stream), range(_FIRST_LINES), strict=False):
                if not isinstance(said, str):
                    found |= dict.fromkeys(said)
        return list(found)

    def chunks(self, size: int, done: Container[int] = ()) -> Iterator[Chunk]:
        """Chunks of *size* rows each, but those whose numbers are *done*."""
        number, rows, rejects, share = 0, list[Row](), list[Reject](), 0.0
        for one, reached in self._rows():
            share = max(share, reached)
            (rejects if isinstance(one, Reject) else rows).append(one)  # type: ignore[arg-type]  # each to its like
            if len(rows) + len(rejects) == size:
                if number not in done:
                    yield Chunk(number, rows, rejects, share)
                number, rows, rejects = number + 1, [], []
        if (rows or rejects) and number not in done:
            yield Chunk(number, rows, rejects, 1.0)

    def _rows(self) -> Iterator[tuple[Row | Reject, float]]:
        if self.form == "parquet":
            yield from self._of_parquet()
            return
        read = self._of_csv if self.form == "csv" else self._of_jsonl
        with places.reading(self._place) as stream:
            for at, one in enumerate(read(stream), 1):
                yield one, min(stream.tell() / self._size, 1.0) if at % 512 == 0 else 0.0

    def _of_csv(self, stream: IO[bytes]) -> Iterator[Row | Reject]:
        records = _records(stream, self._delimiter)
        _, head = next(records)
        width = len(head)
        wanted = [head.index(column) for column in self.layout.columns] if not isinstance(head, str) else []
        for number, (first, record) in enumerate(records, 1):
            if isinstance(record, str):
                yield Reject(number, first, record)
            elif len(record) != width:
                yield Reject(number, first, f"it has {len(record)} cells, the head has {width}")
            else:
                cells: Cells = [record[at].strip() or None for at in wanted]
                if any(cell is not None and _is_no_text(str(cell)) for cell in cells):
                    yield Reject(number, first, "it is no text in UTF-8")
                else:
                    yield Row(number, first, cells)

    def _of_jsonl(self, stream: IO[bytes]) -> Iterator[Row | Reject]:
        for number, line, said in _objects(stream):
            if isinstance(said, str):
                yield Reject(number, line, said)
                continue
            try:
                cells = [_cell(said.get(column), column) for column in self.layout.columns]
            except BadInput as error:
                yield Reject(number, line, str(error))
                continue
            yield Row(number, line, cells)

    def _of_parquet(self) -> Iterator[tuple[Row | Reject, float]]:
        pa = places.arrow()
        number, before = 0, 0
        columns = list(self.layout.columns)
        for place, size in self.files:
            try:
                with places.reading(place) as stream, pa.parquet.ParquetFile(stream) as file:
                    total, begun = file.metadata.num_rows or 1, number
                    for batch in file.iter_batches(_PARQUET_ROWS, columns=columns):
                        for one in _of_batch(batch, columns, number):
                            number += 1
                            yield one, (before + size * (number - begun) / total) / self._size
            except (pa.ArrowException, OSError) as error:
                raise BadInput(f"{one_line(place)} cannot be read as Parquet: {one_line(str(error))}") from None
            before += size


def _schema(files: Sequence[tuple[str, int]]) -> list[str]:
    """The columns of Parquet files, which must be the same in all."""
    pa = places.arrow()
    found: list[str] | None = None
    for place, _ in files:
        try:
            with places.reading(place) as stream:
                own = list(pa.parquet.read_schema(stream).names)
        except (pa.ArrowException, OSError) as error:
            raise BadInput(f"{one_line(place)} cannot be read as Parquet: {one_line(str(error))}") from None
        if found is not None and sorted(own) != sorted(found):
            raise BadInput(f"{one_line(place)} has other columns than {one_line(files[0][0])}")
        found = found or own
    return found or []


def _of_batch(batch: Any, columns: Sequence[str], before: int) -> Iterator[Row | Reject]:  # noqa: ANN401 - Arrow's
    values = [batch.column(batch.schema.get_field_index(column)).to_pylist() for column in columns]
    for number, said in enumerate(zip(*values, strict=True) if values else (), before + 1):
        try:
            yield Row(number, number, [_cell(value, column) for value, column in zip(said, columns, strict=True)])
        except BadInput as error:
            yield Reject(number, number, str(error))


# -- lines ---------------------------------------------------------------------------------------------


class _Lines:
    """Lines of a text, counted; those of a record that cannot be read are given again, but for the first."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._size = 0
        self.count = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._stream.readline(_LONGEST_LINE)
        if not line:
            raise StopIteration
        self.count += 1
        self._taken.append(line)
        self._size += len(line)
        if len(line) == _LONGEST_LINE and not line.endswith(("\n", "\r")):
            self._pass_over()
        if self._size >= _LONGEST_LINE:
            raise csv.Error(f"it is longer than {_LONGEST_LINE:,} characters")
        return line

    def _pass_over(self) -> None:
        """Go to the end of a line that is too long."""
        while (more := self._stream.readline(_LONGEST_LINE)) and not more.endswith(("\n", "\r")):
            pass

    def begin(self) -> None:
        """Another record begins."""
        self._taken.clear()
        self._size = 0

    def back(self) -> None:
        """Give the lines after the first of this record again."""
        self._again.extendleft(reversed(self._taken[1:]))
        self.count -= len(self._taken) - 1


def _records(stream: IO[bytes], delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """The first line of each record of a CSV, and its cells, or what is wrong with it.

    What comes after a quotation mark that is never closed are records all the same.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        lines = _Lines(text)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            lines.begin()
            first = lines.count + 1
            try:
                found: list[str] | str = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                found = _reason(str(error))
                lines.back()
            if found:  # empty lines are no records
                yield first, found
    finally:
        text.detach()  # the stream is closed by whoever opened it


def _reason(error: str) -> str:
    if "unexpected end" in error or "field limit" in error:
        return "a quotation mark is opened and never closed"
    if "expected after" in error:
        return "something stands between a closing quotation mark and the end of the cell"
    return error


def _is_no_text(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text)


_decode: Final = msgspec.json.Decoder(dict[str, Any]).decode


def _objects(stream: IO[bytes]) -> Iterator[tuple[int, int, dict[str, Any] | str]]:
    """The number and line of each object of a file of JSON lines, and what it says, or what is wrong with it."""
    number = 0
    for count, line in enumerate(_bounded(stream), 1):
        told = line.removeprefix(b"\xef\xbb\xbf").strip() if count == 1 else line.strip()
        if not told:
            continue
        number += 1
        if len(told) >= _LONGEST_LINE:
            yield number, count, f"its line is longer than {_LONGEST_LINE:,} bytes"
            continue
        try:
            yield number, count, _decode(told)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield number, count, f"it is no JSON object: {one_line(str(error))}"


def _bounded(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines; of one that is too long the beginning."""
    while line := stream.readline(_LONGEST_LINE):
        yield line
        while len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(_LONGEST_LINE)


def _cell(value: object, column: str) -> Cell:
    """A value of a table as text. Raises `BadInput` for what is neither text, number, day nor several of them."""
    if value is None:
        return None
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list | tuple):
        return [text for one in value if (text := _text(one, column))] or None
    return _text(value, column) or None


def _text(value: object, column: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, int | Decimal):
        return str(value)
    told = getattr(value, "isoformat", None)
    if told is not None:
        return str(told())
    raise BadInput(f"column '{one_line(column)}' holds neither text nor number nor day")
