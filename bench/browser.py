"""How soon a reader sees the first page, and what it costs to get there, in the machine's Chromium.

    .venv/bin/python bench/browser.py [--quick]

Each visit is a new profile with nothing kept from before, on loopback: what is measured is the server, the weight of
the page, and the browser's work. A warm server is asked; the very first request is told apart.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from measuring import write
from playwright.sync_api import Browser

sys.path.append(str(Path(__file__).parents[1] / "tools"))

from browsing import PATIENCE, Site, chromium, chromium_path, filled, served

QUICK = "--quick" in sys.argv
EACH = 3 if QUICK else 15
PAGES = {"home": "", "list": "lists/kz-list/", "subject": "subjects/taliban/", "reviews": "reviews/"}
LANGUAGES = ("en", "prs", "zh")
PAINTED = """() => new Promise((done) => {
  const found = performance.getEntriesByName('first-contentful-paint')[0];
  if (found) done(found.startTime);
  else new PerformanceObserver((list, self) => {
    const seen = list.getEntriesByName('first-contentful-paint')[0];
    if (seen) { self.disconnect(); done(seen.startTime); }
  }).observe({ type: 'paint', buffered: true });
})"""


def visit(browser: Browser, site: Site, language: str, address: str) -> tuple[float, int, int]:
    """Milliseconds until the first text is seen, bytes as transferred, and requests, of a first visit."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    sizes: list[int] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(site.page(language, address), wait_until="networkidle")
    painted = float(page.evaluate(PAINTED))
    context.close()
    return painted, sum(sizes), len(sizes)


def main() -> None:
    """Visit, and write what came of it."""
    path = chromium_path()
    if path is None:
        sys.exit("no Chromium was found; apt install chromium, or name one in TIZIM_TEST_CHROMIUM")
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory() as home, served(filled(Path(home))) as site, chromium(path) as browser:
        first, _, _ = visit(browser, site, "en", "")
        for name, address in PAGES.items():
            for language in LANGUAGES:
                visit(browser, site, language, address)  # the page is made once
                found = [visit(browser, site, language, address) for _ in range(EACH)]
                times = sorted(time for time, _, _ in found)
                rows.append((
                    f"{name}, {language} ({EACH} first visits)",
                    "home: < 1 s until the first text, < 100 kB" if name == "home" else "",
                    (f"first text after {statistics.median(times):.0f} ms (longest {times[-1]:.0f}),"
                    f" {max(size for _, size, _ in found) / 1000:.1f} kB in {max(n for _, _, n in found)} requests"),
                ))  # fmt: skip
        rows.append(("home, en, the very first request of the server", "", f"first text after {first:.0f} ms"))
    write("browser.md", "Pages in a browser: first contentful paint and weight, register of the starter", rows)


if __name__ == "__main__":
    main()
