"""How long the server needs for each kind of page, and how heavy the pages are, on the register of the starter.

    .venv/bin/python bench/site.py [--quick]

Pages are asked in one warm process, none twice: as no page was made before, each is made anew from the register,
and only what several pages share is remembered. Dates differ from page to page in the rows that say so. The last
rows ask the same pages again, and from eight threads at once.
"""

import datetime as dt
import gzip
import random
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from urllib.parse import parse_qsl, unquote

from measuring import median_ms, write

from tizim.answer.official import official_lists
from tizim.answer.times import Asked
from tizim.api.site import Server, application
from tizim.app import App
from tizim.publish.assets import assets
from tizim.settings import Settings

QUICK = "--quick" in sys.argv
EACH = 20 if QUICK else 150
FLOOR = "< 50 ms (p95)"


def addresses(app: App) -> dict[str, list[str]]:
    """Addresses of each kind of page, in an order of chance that is always the same."""
    chance = random.Random(1)
    with app.asking(Asked()) as (view, _):
        lists = list(official_lists(view))
        subjects = [
            one.removeprefix("ledger:") for one in view.all_subjects() if ":*" not in one and "list:" not in one
        ]
        subjects = [one for one in subjects if not one.startswith("topic:")]
        documents = [doc.sha256 for doc in view.documents()]
        names = [row.text for row in view.names_of(view.all_subjects())]
    chance.shuffle(subjects)
    chance.shuffle(names)
    days = [str(dt.date(2003, 1, 1) + dt.timedelta(days=chance.randrange(8_500))) for _ in range(EACH)]
    some = chance.choices(lists, k=EACH)
    known = ["taliban", "hamas", "al-qaida", "isil", "ltte", "farc", "haqqani-network", "hezbollah", "pkk"]
    return {
        "home": ["/en/"],
        "home, another day each": [f"/en/?as_of={day}" for day in days[: EACH // 5]],
        "all lists, another day each": [f"/en/lists/?as_of={day}" for day in days[: EACH // 5]],
        "list": [f"/en/lists/{one}/" for one in lists],
        "list, another day each": [f"/en/lists/{one}/?as_of={day}" for one, day in zip(some, days, strict=True)],
        "the UN's whole list, another day each": [f"/en/lists/un-sc/?as_of={day}" for day in days[: EACH // 3]],
        "subject": [f"/en/subjects/{one}/" for one in subjects[:EACH]],
        "subject, well known, another day each": [
            f"/en/subjects/{chance.choice(known)}/?as_of={day}" for day in days[: EACH // 2]
        ],
        "ask, another list each": [f"/en/ask?subject={one}&list={a_list}" for one in known for a_list in lists[::4]],
        "search": [f"/en/search?q={name[:30]}" for name in names[:EACH]],
        "search, as data": [f"/en/search.json?q={name[:4]}" for name in names[:EACH]],
        "reviews": ["/en/reviews/"],
        "sources": ["/en/sources/"],
        "document": [f"/en/documents/{one}/" for one in documents],
        "how to read this": ["/en/how-to-read/"],
    }


def ask(server: Server, address: str) -> tuple[float, int, int]:
    """Seconds for a page, its bytes as sent packed, and its status."""
    path, _, query = address.partition("?")
    start = perf_counter()
    try:
        sent = server.answer(unquote(path), query, dict(parse_qsl(query)), "http://bench.test", "")
    except Exception as error:  # noqa: BLE001 - a subject unknown on a day is a page too
        sent = server.problem(path, {}, error, "en", "http://bench.test")
    seconds = perf_counter() - start
    return seconds, len(sent.packed), sent.status


def main() -> None:
    """Ask, and write what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        app = App(Settings(home=home, register_url=f"sqlite:///{home / 'register.sqlite'}"))
        app.fill(None)
        every = addresses(app)
        ask(application(app).state.server, "/en/sources/")  # what a process loads once
        server = application(app).state.server
        rows: list[tuple[str, str, str]] = []
        all_times: list[float] = []
        for kind, asked in every.items():
            found = [ask(server, one) for one in asked]
            times = [seconds for seconds, _, _ in found]
            all_times += times
            size = max(size for _, size, _ in found)
            rows.append((
                f"{kind} ({len(asked)})", FLOOR, f"{median_ms(times)}, heaviest {size / 1000:.1f} kB packed",
            ))  # fmt: skip
        rows.append((f"every page above ({len(all_times)})", FLOOR, median_ms(all_times)))
        mixed = [one for asked in every.values() for one in asked[:20]]
        rows.append((f"pages asked again ({len(mixed)})", FLOOR, median_ms([ask(server, one)[0] for one in mixed])))
        fresh = application(app).state.server
        with ThreadPoolExecutor(8) as pool:
            start = perf_counter()
            statuses: defaultdict[int, int] = defaultdict(int)
            for _, _, status in pool.map(lambda one: ask(fresh, one), mixed * 3):
                statuses[status] += 1
            seconds = perf_counter() - start
        rows.append((
            f"eight threads, {len(mixed) * 3} pages", "none fails",
            f"{len(mixed) * 3 / seconds:.0f} a second; answers {dict(sorted(statuses.items()))}",
        ))  # fmt: skip
        first = ask(server, "/en/")[1] + sum(
            len(gzip.compress(one.data, 9)) for name, one in assets().items() if name.endswith((".css", ".js"))
        )
        rows.append(("first page with style sheet and script", "< 100 kB", f"{first / 1000:.1f} kB"))
        rows += [
            (f"{name}", "", f"{len(gzip.compress(one.data, 9)) / 1000:.1f} kB packed")
            for name, one in assets().items()
            if name.endswith((".css", ".js", ".woff2"))
        ]
        app.close()
    write("site.md", "The site: server time and weight of pages, register of the starter", rows)


if __name__ == "__main__":
    main()
