"""Exports as files: each appears whole, with its record beside it, and a folder of them with a catalogue."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final

from tizim.batch.places import is_address, writing
from tizim.errors import BadInput
from tizim.export import catalogue
from tizim.export.job import FORMATS, Output, Progress, export
from tizim.export.record import ENDING, Record, Written, as_json, record
from tizim.export.supplied import Supplied
from tizim.text import one_line

_OURS: Final = ("https://", "http://")


def to_file(
    supplied: Supplied, form: str, place: str, *, raw: bool = False, progress: Progress | None = None
) -> Record:
    """Write one format to *place*, a file or an address in a store, and the record beside it.

    Raises `BadInput` where nothing can be written, `NotSupported` where an extra is missing.
    """
    name = place.rstrip("/").rpartition("/")[2] if is_address(place) else Path(place).name
    with writing(place) as file:
        (written,) = export(supplied, [Output(format=form, name=name, file=file)], raw=raw, progress=progress)
    return _beside(supplied, written, place)


def to_stream(
    supplied: Supplied, form: str, file: IO[bytes], *, raw: bool = False, progress: Progress | None = None
) -> Record:
    """Write one format to an open file; returns its record, which stands nowhere else."""
    (written,) = export(supplied, [Output(format=form, name="-", file=file)], raw=raw, progress=progress)
    return record(supplied, written)


def to_folder(
    supplied: Supplied, formats: Sequence[str], folder: Path, *, base: str = "", raw: bool = False,
    progress: Progress | None = None,
) -> list[Record]:  # fmt: skip
    """Write several formats into a folder, each with its record, and the catalogue of them for the address *base*.

    Files of an earlier export are replaced one after the other, the catalogue last.
    Raises `BadInput` where nothing can be written or *base* is no address, `NotSupported` where an extra is missing.
    """
    if base and not base.startswith(_OURS):
        raise BadInput(f"--base wants an address such as https://register.example/data, not '{one_line(base)}'")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"no folder can be made at {folder}: {error.strerror or error}") from None
    with ExitStack() as files:
        outputs = [
            Output(format=form, name=FORMATS[form], file=files.enter_context(writing(str(folder / FORMATS[form]))))
            for form in formats
        ]
        written = export(supplied, outputs, raw=raw, progress=progress)
    found = [_beside(supplied, one, str(folder / one.file)) for one in written]
    _put(str(folder / catalogue.CATALOGUE), catalogue.catalogue(supplied, written, base, folder))
    _put(str(folder / catalogue.MANIFEST), catalogue.manifest(base, folder))
    return found


def _beside(supplied: Supplied, written: Written, place: str) -> Record:
    found = record(supplied, written)
    _put(f"{place}{ENDING}", found)
    return found


def _put(place: str, value: object) -> None:
    with writing(place) as file:
        file.write(as_json(value))
