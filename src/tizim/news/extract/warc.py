"""A web archive (WARC, packed or not): the pages in it, each with the address and the day it was fetched from."""

import io
from collections.abc import Iterator
from typing import Final

from tizim.errors import BadInput

_LARGEST: Final = 8_000_000  # bytes of one page
_MOST: Final = 20_000  # pages


def is_archive(data: bytes) -> bool:
    """Whether *data* begins as a web archive does."""
    return data.startswith(b"WARC/") or (data[:2] == b"\x1f\x8b" and _unpacked_head(data).startswith(b"WARC/"))


def _unpacked_head(data: bytes) -> bytes:
    import zlib  # noqa: PLC0415 - only a packed file needs it

    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data[:4096], 64)
    except zlib.error:
        return b""


def pages_of(data: bytes) -> Iterator[tuple[str, bytes, str]]:
    """Address, bytes and character set of each HTML or text page in the archive *data*."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - loaded when an archive is read

    count = 0
    try:
        for record in ArchiveIterator(io.BytesIO(data), record_types=WarcRecordType.response, parse_http=True):
            kind = (record.http_content_type or "").lower()
            if kind not in {"text/html", "application/xhtml+xml", "text/plain"}:
                continue
            count += 1
            if count > _MOST:
                raise BadInput(f"the archive holds more than the {_MOST:,} pages that are read at once")
            body = record.reader.read(_LARGEST + 1)
            if len(body) <= _LARGEST:
                yield record.headers.get("WARC-Target-URI") or "", body, record.http_charset or ""
    except (OSError, ValueError, EOFError) as error:
        raise BadInput(f"the web archive is damaged: {error}") from error
