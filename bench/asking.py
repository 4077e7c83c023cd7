"""How quickly the register is asked over HTTP: ``/lists``, ``/history`` and ``/changes``.

    .venv/bin/python bench/asking.py [--quick] [--home DIR]

The register is that of the starter, made anew, and with ``--home`` also the one that lies in that folder (a
``TIZIM_HOME``), which is only read. Each question is put to what answers it behind the door, in one warm process, and
the answer is made as it is sent; what is told is the processor's time. Dates differ from question to question where a
row says so: what was asked before is remembered.
"""

import random
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any
from urllib.parse import quote, unquote

import msgspec
from measuring import median_ms, options, write

from publish import run
from tizim.answer.members import members
from tizim.answer.official import official_lists
from tizim.answer.times import Asked as Dates
from tizim.api.wire.answering import Answering
from tizim.api.wire.asking import Asked
from tizim.app import App
from tizim.settings import Settings

Row = tuple[str, str, str]


class Door:
    """Puts questions."""

    def __init__(self, app: App) -> None:
        self._answering = Answering(asking=app.asking, decisions=list)

    def ask(self, address: str) -> Any:  # noqa: ANN401 - JSON
        """The answer to an address."""
        path, _, query = address.partition("?")
        return msgspec.json.decode(self._answering.answer(_parts(path), Asked(query.encode())).body)

    def timed(self, addresses: Iterable[str]) -> list[float]:
        """Seconds of the processor for each."""
        return [self._one(address) for address in addresses]

    def _one(self, address: str) -> float:
        path, _, query = address.partition("?")
        parts, asked = _parts(path), Asked(query.encode())
        began = process_time()
        self._answering.answer(parts, asked)
        return process_time() - began

    def followed(self, first: str) -> Iterator[str]:
        """The addresses by which changes are followed, page after page."""
        found = self.ask(first)
        while found["more"]:
            address = f"changes?since={found['next']}&limit={first.rpartition('=')[2]}"
            yield address
            found = self.ask(address)


def _parts(path: str) -> list[str]:
    """As the service takes an address apart: an id may have a slash in it, which is quoted."""
    return [unquote(part) for part in path.split("/")]


def _each(quick: bool) -> int:  # noqa: FBT001 - an option of the command
    return 5 if quick else 50


def measured(app: App, name: str, each: int) -> list[Row]:
    """Every question."""
    chance, door = random.Random(1), Door(app)
    with app.asking(Dates()) as (view, at):
        lists = list(official_lists(view))
        subjects = sorted({one.subject for each_list in lists for one in members(view, each_list, at).members})
    days = [f"{chance.randint(2005, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" for _ in range(each)]
    some = chance.sample(subjects, min(each, len(subjects)))
    questions: dict[str, Callable[[], Iterable[str]]] = {
        "/lists": lambda: ["lists"] * each,
        "/lists, another day each": lambda: [f"lists?as_of={day}" for day in days],
        "/lists/ID, every list": lambda: [f"lists/{one}" for one in lists],
        "/lists/ID, every list, another day each": lambda: [
            f"lists/{one}?as_of={day}" for one, day in zip(lists, days * len(lists), strict=False)
        ],
        "/history/ID": lambda: [f"history/{quote(one, safe='')}" for one in some],
        "/history/ID, another day each": lambda: [
            f"history/{quote(one, safe='')}?as_of={day}" for one, day in zip(some, days, strict=False)
        ],
        "/history/ID?statements=true": lambda: [f"history/{quote(one, safe='')}?statements=true" for one in some],
        "/changes, the first page": lambda: ["changes?limit=100"] * 3,
        "/changes, a page after another": lambda: list(
            islice(door.followed("changes?since=2010-01-01&limit=100"), each)
        ),
        "/changes, a page of 1,000 after another": lambda: list(
            islice(door.followed("changes?since=2010-01-01&limit=1000"), 20)
        ),
        "/changes since a day, another each": lambda: [f"changes?since={day}" for day in days[:10]],
        "/changes of a list": lambda: [f"changes?list={one}" for one in lists[:20]],
    }
    rows = []
    for what, make in questions.items():
        addresses = list(make())
        if not addresses:
            continue
        first = door.timed(addresses[:1])
        took = door.timed(addresses[1:]) or first
        rows.append(
            (f"{name}: {what} ({len(took)})", "", f"{median_ms(took)} of the processor; the first {first[0]:.2f} s")
        )
        print(*rows[-1], flush=True)
    return rows


def main() -> None:
    """Measure, and write what came of it."""
    given = options().parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        starter = Path(folder) / "starter"
        starter.mkdir()
        run(starter, "up", "--no-serve", "--offline")
        for home in filter(None, (starter, given.home)):
            app = App(Settings.read({"TIZIM_HOME": str(home)}))
            rows += measured(app, "starter" if home == starter else f"register of {home.name}", _each(given.quick))
            app.close()
    write("asking.md", "The register asked over HTTP", rows)


if __name__ == "__main__":
    main()
