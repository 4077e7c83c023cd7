"""Rules and faces that reach the reader, large letters, small windows, paper, and colours that a reader has set."""

import re
from importlib import resources

import pytest
from tests.browser.test_pages import TOO_WIDE
from tests.whole import some
from tools.browsing import PROBLEMS, every_place, sampled

LARGE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':root { font-size: 200% }');
  document.adoptedStyleSheets = [sheet];
}"""
COLOUR = "(one) => getComputedStyle(one).color"
MARKS = """() => {
  const probe = document.createElement('div');
  document.body.append(probe);
  const colour = (name) => { probe.style.color = name; return getComputedStyle(probe).color; };
  const ground = colour('Canvas'), shapes = 'path, rect, line, circle, polygon';
  const unseen = [...document.querySelectorAll(`.lane :is(${shapes}), .key svg :is(${shapes}), .sg :is(${shapes})`)]
    .filter((one) => {
      if (one.matches('.gridl, .gp')) return false;
      const { fill, stroke } = getComputedStyle(one);
      return [fill, stroke].every(paint => paint === 'none' || paint === ground);
    }).map(one => one.outerHTML);
  return { unseen, shapes: document.querySelectorAll('.lane rect').length };
}"""


RULES = """() => {
  const count = (rules) => [...rules].reduce((n, one) => n + 1 + (one.cssRules ? count(one.cssRules) : 0), 0);
  return count(document.styleSheets[0].cssRules);
}"""
FACES = "() => [...document.fonts].map(one => one.status)"
FAMILY = "(one) => getComputedStyle(one).fontFamily.split(',')[0].replaceAll('\"', '')"


def test_the_browser_understands_every_rule_of_the_style_sheet(tab):
    """A selector that it does not know takes its whole rule away, silently."""
    text = (resources.files("tizim.publish") / "static" / "style.css").read_text(encoding="utf-8")
    rules = re.findall(r"[^{}]+(?=\{)", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
    of_others = [one for one in rules if "::-moz-" in one]

    assert tab().go("en", "how-to-read/").evaluate(RULES) == len(rules) - len(of_others)


@pytest.mark.parametrize(
    ("language", "voice", "source", "face"),
    [
        ("en", "system-ui", "Charter", "unloaded"), ("kk", "system-ui", "Charter", "unloaded"),
        ("ar", "Vazirmatn", "Charter", "loaded"), ("fa", "Vazirmatn", "Charter", "loaded"),
        ("prs", "Vazirmatn", "Charter", "loaded"), ("zh", "PingFang SC", "Charter", "unloaded"),
        ("ja", "Hiragino Sans", "Charter", "unloaded"),
    ],
)  # fmt: skip
def test_each_script_has_its_two_voices(tab, language, voice, source, face):
    """The register and its sources are told apart by their faces; the one that we ship is fetched where it is read."""
    page = tab().go(language, "lists/nz-tsa/")
    page.evaluate("document.fonts.ready.then(() => 0)")

    assert page.locator("body").evaluate(FAMILY) == voice
    assert page.locator("main .src[lang=und-Latn], main .src:not([lang])").first.evaluate(FAMILY) == source
    assert page.evaluate(FACES) == [face]


def test_a_name_in_another_script_is_set_in_the_face_of_its_script(tab):
    """Arabic letters in a Latin face are another height, and of some languages half is missing."""
    page = tab().go("en", "subjects/taliban/")

    assert page.locator(".src[lang=prs]").first.evaluate(FAMILY) == "Noto Naskh Arabic"
    assert page.locator(".src[lang=ru]").first.evaluate(FAMILY) == "Charter"
    dari = tab().go("prs", "subjects/taliban/")
    assert dari.locator(".kick .hash").evaluate(FAMILY) == "ui-monospace"


@pytest.mark.parametrize(("place", "language"), some(sampled(["en", "prs", "kk"]), 2))
def test_a_page_fits_when_letters_are_large_and_windows_small(tab, place, language):
    """Letters of twice the size, a window at twice the size, and the narrowest phone: nothing hangs over the edge."""
    page = tab().go(language, every_place()[place], PROBLEMS[place][1] if place in PROBLEMS else 200)
    over = {}

    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 800})
        over[width] = page.evaluate(TOO_WIDE)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate(LARGE)
    over["letters"] = page.evaluate(TOO_WIDE)

    assert over == {640: 0, 320: 0, "letters": 0}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_paper_a_page_is_black_on_white_and_says_its_addresses(tab, theme):
    """Whoever reads it on paper can follow a link by typing it; nothing that only a screen can do is printed."""
    page = tab(color_scheme=theme).go("en", every_place()["document"])
    page.emulate_media(media="print", color_scheme=theme)

    inks = {page.locator(one).first.evaluate(COLOUR) for one in ("html", "h1", "main p", "main a", ".box .bt", "dd")}
    assert inks <= {"rgb(0, 0, 0)", "rgb(51, 51, 51)"}
    assert page.locator("html").evaluate("(one) => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
    away = page.locator("main a[href^=http]").first
    shown = away.evaluate("(one) => getComputedStyle(one, '::after').content")
    assert re.search(r"https?://", shown)
    for gone in (".skip", ".top nav", ".find", ".lang", "button"):
        assert page.locator(f"{gone}:visible").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_are_seen_in_the_colours_that_a_reader_has_set(tab, theme):
    """Where the system's few colours replace ours, shapes stand out by outline and ink."""
    page = tab(color_scheme=theme, forced_colors="active").go("en", "subjects/taliban/")

    marks = page.evaluate(MARKS)

    assert marks["shapes"] > 5
    assert marks["unseen"] == []
