"""A catalogue of what was exported, by which programs of the FollowTheMoney model find and check it.

``catalog.json`` names every list as a dataset and all together as ``default``, whose resources are the files.
``manifest.json`` is what yente is started with (``YENTE_MANIFEST``).
"""

import urllib.parse
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import msgspec

from tizim.export.record import Written, reached
from tizim.export.statements import REGISTER
from tizim.export.supplied import Supplied
from tizim.screen.entities import Dataset

CATALOGUE: Final = "catalog.json"
MANIFEST: Final = "manifest.json"
WHOLE: Final = "default"
"""the dataset that has the files"""
_MIME_TYPES: Final[Mapping[str, str]] = MappingProxyType({
    "ftm": "application/json+ftm", "statements": "text/csv", "targets": "text/csv",
    "senzing": "application/json+senzing", "parquet": "application/vnd.apache.parquet",
})  # fmt: skip
_TITLES: Final[Mapping[str, str]] = MappingProxyType({
    "ftm": "FollowTheMoney entities", "statements": "Statements, each with who says so and when",
    "targets": "Those on lists, as a simple table", "senzing": "Senzing records", "parquet": "Entities as a table",
})  # fmt: skip


def version(supplied: Supplied) -> str:
    """Names the data. Of two exports of now the later one's comes later in the order of letters, as yente expects."""
    about, head = supplied.about, supplied.head
    found = f"{about.as_of.replace('-', '')}-{head.sequence:010d}-{head.hash[:8]}"
    # What was known at another time, or is by another basis, is another version: the service's own version says so.
    _, _, known = about.version.partition(f"-{head.hash[:12]}-")
    own = f"{found}-{known}" if known else found
    return "".join(sign if sign.isalnum() or sign == "-" else "-" for sign in own.lower())


def catalogue(supplied: Supplied, written: Sequence[Written], base: str, folder: Path) -> dict[str, Any]:
    """The catalogue of the files *written* into *folder*, which will be found under the address *base*."""
    named = version(supplied)
    found = [_dataset(one, named, supplied) for one in supplied.datasets if one.name != WHOLE]
    leaves = [one["name"] for one in found if "children" not in one]
    if any(one.format == "statements" for one in written):
        found.append({
            "name": REGISTER, "title": "Values that no list states, such as names of the register's ledger",
            "version": named, "load": False,
        })  # fmt: skip
        leaves.append(REGISTER)
    whole: dict[str, Any] = {
        "name": WHOLE,
        "title": f"Terrorist and sanctions lists, as of {supplied.about.as_of}",
        "version": named,
        "updated_at": supplied.about.known_at,
        "children": leaves,
        "load": True,
        "resources": [_resource(one, base) for one in written],
        "tizim": _dates(supplied),
    }
    entities = next((one.file for one in written if one.format == "ftm"), "")
    if entities and not base:  # a resource has its address and its sum, but only the web's
        whole["entities_url"] = address(base, folder, entities)
    return {"datasets": [*found, whole], "updated_at": supplied.about.known_at, "tizim": _dates(supplied)}


def manifest(base: str, folder: Path) -> dict[str, Any]:
    """What yente is started with to serve the files: the catalogue's address, and which of its datasets to load."""
    return {
        "catalogs": [{"url": address(base, folder, CATALOGUE), "scope": WHOLE, "resource_type": _MIME_TYPES["ftm"]}]
    }


def address(base: str, folder: Path, name: str) -> str:
    """Where a file will be found; without a *base* on this machine."""
    return f"{base.rstrip('/')}/{urllib.parse.quote(name)}" if base else (folder.resolve() / name).as_uri()


def _dates(supplied: Supplied) -> dict[str, Any]:
    head = msgspec.to_builtins(reached(supplied))
    return {**supplied.about.dates, "head": head, "data_version": supplied.about.version}


def _dataset(one: Dataset, named: str, supplied: Supplied) -> dict[str, Any]:
    found: dict[str, Any] = {"name": one.name, "title": one.title, "version": named, "load": False}
    if one.children:
        return {**found, "children": list(one.children)}
    if one.updated_at:
        found["updated_at"] = one.updated_at.isoformat()
    observed = one.last_observed.isoformat() if one.last_observed else None
    return {
        **found, "thing_count": one.entities,
        "tizim": {"list": one.list, "last_observed": observed, "stale": one.stale, **supplied.about.dates},
    }  # fmt: skip


def _resource(one: Written, base: str) -> dict[str, Any]:
    found = {
        "name": one.file, "title": _TITLES[one.format], "mime_type": _MIME_TYPES[one.format], "size": one.bytes,
        "checksum": one.sha1, "sha256": one.sha256,
    }  # fmt: skip
    return {**found, "url": f"{base.rstrip('/')}/{urllib.parse.quote(one.file)}"} if base else found
