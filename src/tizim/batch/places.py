"""Where files are: on this machine, or in a store that an address names (``s3://…``, ``gs://…``, ``hdfs://…``).

Stores are reached by Arrow, which brings its own ways in; credentials are what its clients find in the environment.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from tizim.errors import BadInput, NotSupported
from tizim.text import one_line

FORMATS: Final = ("csv", "jsonl", "parquet")
_ENDINGS: Final = {
    ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
_READ_AT_ONCE: Final = 1 << 20


def is_address(place: str) -> bool:
    """Whether *place* names something in a store."""
    return "://" in place


def form_of(place: str, given: str, option: str) -> str:
    """The form of a file: as *given*, else by its ending. Raises `BadInput` where neither tells."""
    ending = os.path.splitext(place.rstrip("/"))[1].lower()  # noqa: PTH122 - an address is no path
    found = given or _ENDINGS.get(ending, "")
    if found not in FORMATS:
        raise BadInput(f"the form of {one_line(place)} is not told by its ending: say it with {option}")
    return found


def arrow() -> Any:  # noqa: ANN401 - a module that is not always there
    """Arrow's module. Raises `NotSupported` where the extra is not installed."""
    try:
        import pyarrow  # noqa: ICN001, PLC0415 - an extra
        import pyarrow.fs  # noqa: PLC0415
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError:
        raise NotSupported(
            "Parquet files and files in a store need the extra 'batch': ./tizim.sh --with batch, or pip install"
            " 'tizim[batch]'"
        ) from None
    return pyarrow


def _in_store(place: str) -> tuple[Any, str]:
    pa = arrow()
    try:
        store, path = pa.fs.FileSystem.from_uri(place)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise BadInput(f"{one_line(place)} cannot be reached: {one_line(str(error))}") from None
    return store, path


def files_at(place: str) -> list[tuple[str, int]]:
    """The files that *place* means with their sizes in bytes: itself, or of a folder those with Parquet's ending.

    Raises `BadInput` if there is none.
    """
    if is_address(place):
        pa = arrow()
        store, path = _in_store(place)
        scheme = place.partition("://")[0]
        (told,) = store.get_file_info([path])
        if told.type == pa.fs.FileType.File:
            return [(place, told.size)]
        if told.type == pa.fs.FileType.Directory:
            inside = store.get_file_info(pa.fs.FileSelector(path, recursive=True))
            paths = sorted((one.path, one.size) for one in inside if _is_part(one.path))
            found = [(f"{scheme}://{one}", size) for one, size in paths]
            return _some(found, place)
        raise BadInput(f"there is no file {one_line(place)}")
    folder = Path(place)
    if folder.is_dir():
        inside = sorted(one for one in folder.rglob("*") if one.is_file() and _is_part(str(one.relative_to(folder))))
        return _some([(str(one), one.stat().st_size) for one in inside], place)
    try:
        return [(place, folder.stat().st_size)]
    except OSError as error:
        raise BadInput(f"{place} cannot be read: {error.strerror or error}") from None


def _is_part(path: str) -> bool:
    """Whether a file in a folder belongs to a table: Spark and others leave marks beside them."""
    parts = path.split("/")
    return path.endswith((".parquet", ".pq")) and not any(one.startswith(("_", ".")) for one in parts[-1:])


def _some(found: list[tuple[str, int]], place: str) -> list[tuple[str, int]]:
    if not found:
        raise BadInput(f"the folder {one_line(place)} holds no Parquet files")
    return found


@contextmanager
def reading(place: str) -> Iterator[IO[bytes]]:
    """The bytes of a file. Raises `BadInput` where it cannot be opened."""
    try:
        if is_address(place):
            store, path = _in_store(place)
            stream: Any = store.open_input_file(path)
        else:
            stream = Path(place).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise BadInput(f"{one_line(place)} cannot be read: {error.strerror or error}") from None
    with stream:
        yield stream


def sha256_of(files: list[tuple[str, int]]) -> str:
    """SHA-256 of the bytes of *files*, one after the other. Raises `BadInput`."""
    digest = hashlib.sha256()
    for place, _ in files:
        with reading(place) as stream:
            while piece := stream.read(_READ_AT_ONCE):
                digest.update(piece)
    return digest.hexdigest()


def exists(place: str) -> bool:
    """Whether there is anything at *place*."""
    if is_address(place):
        store, path = _in_store(place)
        (told,) = store.get_file_info([path])
        return bool(told.type != arrow().fs.FileType.NotFound)
    return Path(place).exists()


def content(place: str) -> bytes | None:
    """The whole of a small file; ``None`` where there is none."""
    if not exists(place):
        return None
    with reading(place) as stream:
        return stream.read()


@contextmanager
def writing(place: str) -> Iterator[IO[bytes]]:
    """A file that is there whole once this has ended well, and not at all before. Raises `BadInput`.

    On this machine it is written beside its place and renamed; a store shows a file when it is closed.
    """
    if is_address(place):
        store, path = _in_store(place)
        beside, final = path, ""
        if getattr(store, "type_name", "") in {"local", "hdfs"}:  # those show a file while it grows
            beside, final = f"{path}.unfinished", path
        stream = store.open_output_stream(beside)
        try:
            yield stream
        except BaseException:
            if final:
                stream.close()
                store.delete_file(beside)
            raise  # a store's file that is never closed is never shown
        stream.close()
        if final:
            store.move(beside, final)
        return
    target = Path(place)
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except OSError as error:
        raise BadInput(f"{place} cannot be written: {error.strerror or error}") from None
    finally:
        unfinished.unlink(missing_ok=True)


def remove(place: str) -> None:
    """See to it that there is no file at *place*."""
    if not is_address(place):
        Path(place).unlink(missing_ok=True)
    elif exists(place):
        store, path = _in_store(place)
        store.delete_file(path)
