"""Draw the picture that stands beside a link to the site: the mark, and nothing else, as a PNG of 1200 by 630.

Run it after the mark in ``base.html.j2`` has changed; a test compares what it draws with what is packaged.
It needs no library of pictures: the mark is made of rectangles, and a PNG of two colours is a few lines.

There is no picture for each subject. One would have to set names in twelve scripts, for which no fonts ship, and a
timeline without words says less than the sentence beside the link.
"""

import struct
import zlib
from pathlib import Path

WIDTH, HEIGHT = 1200, 630
PAPER, INK, FORCE = (0xFB, 0xFA, 0xF6), (0x19, 0x1B, 0x1F), (0x1C, 0x54, 0x70)
UNIT = 20
"""pixels of the picture for one unit of the mark, which is 22 units wide and high"""
LINES = ((8, 4, 13, 2), (8, 10, 9, 2), (8, 16, 13, 2))
ENTRIES = ((1, 3, 4, 4), (1, 15, 4, 4))
EMPTY = (1, 9, 4, 4)
"""the place without an entry: drawn as a frame"""
FRAME = 0.8
PLACE = Path(__file__).parent.parent / "src" / "tizim" / "publish" / "static" / "card.png"


def drawn() -> bytes:
    """The picture, the same bytes in every run."""
    rows = [bytearray(bytes(PAPER) * WIDTH) for _ in range(HEIGHT)]
    for box in LINES:
        _fill(rows, box, INK)
    for box in ENTRIES:
        _fill(rows, box, FORCE)
    _fill(rows, EMPTY, FORCE)
    x, y, width, height = EMPTY
    _fill(rows, (x + FRAME, y + FRAME, width - 2 * FRAME, height - 2 * FRAME), PAPER)
    data = b"".join(b"\0" + bytes(row) for row in rows)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(data, 9)) + _chunk(b"IEND", b"")
    )


def _fill(rows: list[bytearray], box: tuple[float, float, float, float], colour: tuple[int, int, int]) -> None:
    left, top = (WIDTH - 22 * UNIT) / 2, (HEIGHT - 22 * UNIT) / 2
    x, y, width, height = box
    first, last = round(left + x * UNIT), round(left + (x + width) * UNIT)
    for row in rows[round(top + y * UNIT) : round(top + (y + height) * UNIT)]:
        row[first * 3 : last * 3] = bytes(colour) * (last - first)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    PLACE.write_bytes(drawn())
    print(f"{PLACE}: {PLACE.stat().st_size} bytes")
