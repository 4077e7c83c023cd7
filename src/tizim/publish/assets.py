"""Files that pages need beside themselves, such as style sheet and font, under names that change with their content."""

import functools
import hashlib
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from typing import Final

import msgspec

_TYPES: Final = {
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2",
    ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8", ".png": "image/png",
}  # fmt: skip
PREFIX: Final = "/static/"


class Asset(msgspec.Struct, frozen=True, kw_only=True):
    """A file, and the name under which it is served."""

    name: str
    data: bytes
    media_type: str

    @property
    def address(self) -> str:
        """Where it is."""
        return PREFIX + self.name


@functools.cache
def assets() -> Mapping[str, Asset]:
    """The files by their own names. Style sheets refer to the others, so they are named last."""
    folder = resources.files("tizim.publish").joinpath("static")
    files = {one.name: one.read_bytes() for one in folder.iterdir() if _suffix(one.name) in _TYPES}
    made: dict[str, Asset] = {}
    for name in sorted(files, key=lambda name: (name.endswith(".css"), name)):
        data = files[name]
        if name.endswith(".css"):
            for other, asset in made.items():
                data = data.replace(f'"{other}"'.encode(), f'"{asset.name}"'.encode())
        stem, suffix = name.removesuffix(_suffix(name)), _suffix(name)
        digest = hashlib.sha256(data).hexdigest()[:12]
        made[name] = Asset(name=f"{stem}.{digest}{suffix}", data=data, media_type=_TYPES[suffix])
    return MappingProxyType(made)


def _suffix(name: str) -> str:
    return f".{name.rpartition('.')[2]}"
