"""Takes pictures of pages of the site, for a person to look at.

    .venv/bin/python tools/look.py FOLDER [--pages subject,ask] [--languages en,prs] [--themes dark] [--widths 390]

A picture is called PAGE.LANGUAGE.THEME-WIDTH.png. Without options: every kind of page in every language, light and
dark, on a phone and on a desk, which are some thousand pictures.
"""

import argparse
import sys
import tempfile
from itertools import product
from pathlib import Path

from browsing import chromium, chromium_path, every_place, filled, served
from tizim.publish.words.languages import LANGUAGES

THEMES = ("light", "dark")
WIDTHS = ("390", "1280")


def some(allowed: list[str], given: str | None, what: str) -> list[str]:
    """Those of *allowed* that were asked for."""
    if given is None:
        return allowed
    asked = given.split(",")
    if unknown := [one for one in asked if one not in allowed]:
        sys.exit(f"look: no {what} is called {', '.join(unknown)}; there are {', '.join(allowed)}")
    return asked


def main() -> None:
    """Read the options, and take the pictures."""
    parser = argparse.ArgumentParser(description="Takes pictures of pages of the site.")
    parser.add_argument("folder", type=Path, help="where the pictures go; made if it is not there")
    parser.add_argument("--pages", help="kinds of pages, with commas between")
    parser.add_argument("--languages", help="languages, with commas between")
    parser.add_argument("--themes", help="light, dark or both")
    parser.add_argument("--widths", help="widths in pixels of the screen, with commas between")
    parser.add_argument("--screen", type=int, metavar="PIXELS", help="no more than this much of each page")
    options = parser.parse_args()
    places = every_place()
    pages = some(list(places), options.pages, "page")
    languages = some(list(LANGUAGES), options.languages, "language")
    themes = some(list(THEMES), options.themes, "theme")
    widths = [int(one) for one in (options.widths or ",".join(WIDTHS)).split(",")]
    path = chromium_path()
    if path is None:
        sys.exit("look: no Chromium was found; apt install chromium, or name one in TIZIM_TEST_CHROMIUM")
    options.folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        served(filled(Path(home))) as site,
        chromium(path) as browser,
    ):
        for theme, width in product(themes, widths):
            context = browser.new_context(
                viewport={"width": width, "height": options.screen or 800},
                color_scheme="dark" if theme == "dark" else "light",
            )
            tab = context.new_page()
            for page, language in product(pages, languages):
                tab.goto(site.page(language, places[page]))
                tab.evaluate("document.fonts.ready.then(() => 0)")
                name = f"{page}.{language}.{theme}-{width}.png"
                tab.screenshot(path=options.folder / name, full_page=options.screen is None)
                print(name)
            context.close()


if __name__ == "__main__":
    main()
