"""Every kind of page, in five languages: it fits, it is quiet, it can be read, and axe-core finds nothing."""

import pytest
from tools.browsing import PLACES, PROBLEMS, every_place, sampled

from tizim.publish.rooms import ROOMS

LANGUAGES = ["en", "ar", "prs", "zh", "kk"]
"""left to right, two from right to left with calendars of their own, one without spaces, one with long words"""

TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """() => [...document.querySelectorAll('.scroll')]
  .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth)
  .map(e => `${e.scrollWidth} in ${e.clientWidth}: ${e.textContent.trim().slice(0, 60)}`)"""
SMALL = """() => {
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.data.trim(), on = texts.currentNode.parentElement;
    if (!text || on.closest('.vh, script') || !on.checkVisibility({ visibilityProperty: true })) continue;
    const size = parseFloat(getComputedStyle(on).fontSize);
    if (size < (on.closest('.t2') ? 11 : 13)) found.push(`${size} px: ${text.slice(0, 60)}`);
  }
  return found;
}"""
ALL = """{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }"""
COLOURS = "{ runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }, resultTypes: ['violations'] }"
"""all that a theme changes of a page"""
FROM_RIGHT = """() => [...document.querySelectorAll('[lang=ar] > mark')].filter(one => {
  const before = document.createRange();
  before.selectNodeContents(one.previousSibling);
  return before.getBoundingClientRect().left >= one.getBoundingClientRect().right - 1;
}).map(one => one.textContent)"""
AXE = """async () => (await axe.run(document, OPTIONS)).violations.flatMap(
  one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`))"""


@pytest.fixture(scope="module")
def axe(node_modules):
    """The source of axe-core, the judge of whether everybody can use a page."""
    return (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def rooms(kinds, before=""):
    """Names of all rooms, and of those for an id within them."""
    for name, room in kinds.items():
        yield f"{before}{name}"
        if room.keyed is not None:
            yield f"{before}{name}/*"


def test_every_room_has_a_page_that_is_looked_at():
    """A new kind of page is looked at too: whoever adds a room gives addresses of it in tools/browsing.py."""
    looked_at = set(PLACES)
    for room, places in PLACES.items():
        for address in places.values():
            path = (address if isinstance(address, str) else f"{address.start}*").partition("?")[0]
            if room and path.removeprefix(f"{room}").strip("/"):
                looked_at.add(f"{room}/*")

    assert set(rooms(ROOMS)) <= looked_at


@pytest.mark.parametrize(("place", "language"), sampled(LANGUAGES))
def test_a_page_fits_is_quiet_and_can_be_used_by_everybody(tab, axe, place, language):
    """Phone and desk, light and dark: nothing is cut or too small, nothing fails, nobody is shut out."""
    status = PROBLEMS[place][1] if place in PROBLEMS else 200
    opened = tab(width=1280)
    page = opened.go(language, every_place()[place], status)

    assert wrong_with(page, axe) + opened.trouble() == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_desk_for_versions_that_wait_does_too(tab, axe, site, language):
    """It is asked for with a key, and shows source and target side by side whatever their directions."""
    known = {"username": "Ben", "password": site.key, "send": "always"}
    opened = tab(width=1280, http_credentials=known)
    page = opened.go(language, "held/")
    wrong = wrong_with(page, axe)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("main table a[href*='/held/']").first.click()
    page.wait_for_load_state()

    assert page.evaluate(FROM_RIGHT) == ["32"]
    wrong += wrong_with(page, axe) + opened.trouble()
    page.locator("textarea").nth(1).evaluate(
        "one => { one.closest('details').open = true; one.value = 'x y'.repeat(99) }"
    )
    opened.expect(400)
    page.locator("button[value=hold]").click()
    page.locator("#problem").wait_for()
    assert wrong + wrong_with(page, axe) + opened.trouble() == []


def wrong_with(page, axe):
    """What is wrong with a page, each once: for axe-core, beyond the edges, cut, or too small to read."""
    page.evaluate(axe)
    wrong = []

    # A theme changes colours alone, a width the order alone: each is looked at once.
    for theme, width, rules in (("light", 1280, ALL), ("dark", 390, COLOURS)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 800})
        wrong += [f"axe, {theme}: {one}" for one in page.evaluate(AXE.replace("OPTIONS", rules))]
        if over := page.evaluate(TOO_WIDE):
            wrong.append(f"{over} px wider than a screen of {width}")
        wrong += [f"cut at {width}: {one}" for one in page.evaluate(CUT)]
        wrong += [f"small at {width}: {one}" for one in page.evaluate(SMALL)]

    return list(dict.fromkeys(wrong))


def test_what_goes_wrong_in_a_page_is_noticed(tab, axe):
    """A watch that sees nothing would find every page in order."""
    opened = tab(width=390)
    page = opened.go("en", "how-to-read/")
    page.evaluate(axe)
    assert opened.trouble() == []

    page.evaluate("""async () => {
      const wide = document.createElement('div'), image = document.createElement('img');
      wide.setAttribute('style', 'color: red');
      wide.className = 'wide';
      document.body.append(wide, image);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.wide { inline-size: 900px; font-size: 9px; color: #777; background: #888 }');
      document.adoptedStyleSheets = [sheet];
      wide.textContent = 'small';
      await fetch('/nothing').catch(() => null);
    }""")

    troubles = opened.trouble()
    assert any("against the policy: style-src" in one for one in troubles)
    assert any("answered 404" in one for one in troubles)
    assert page.evaluate(TOO_WIDE) > 0
    assert page.evaluate(SMALL) == ["9 px: small"]
    assert any(one.startswith("image-alt: ") for one in page.evaluate(AXE.replace("OPTIONS", ALL)))
    page.emulate_media(color_scheme="dark")
    assert any(one.startswith("color-contrast: ") for one in page.evaluate(AXE.replace("OPTIONS", COLOURS)))
