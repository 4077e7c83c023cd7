"""Everything works by keyboard: focus goes in the order of reading, its ring is seen, and keys do what they say.

Read in English and in Dari: what turns with the direction of reading must turn here too.
"""

import re

import pytest
from playwright.sync_api import expect
from tests.whole import some
from tools.browsing import every_place

STOP = """() => {
  const on = document.activeElement, style = getComputedStyle(on), box = on.getBoundingClientRect();
  return { index: [...document.querySelectorAll('*')].indexOf(on), what: on.outerHTML.slice(0, 120),
    ring: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0 && on.checkVisibility() };
}"""
CAN_BE_USED = """() => {
  const every = [...document.querySelectorAll('*')];
  return every.filter(e => e.matches('a[href], button, input:not([type=hidden]), select, summary')
    && !e.disabled && e.checkVisibility({ visibilityProperty: true })).map(e => every.indexOf(e));
}"""
# Of two stops after another, the parts of the page that hold one and not the other: the second is below or further on.
BACKWARDS = """(stops) => {
  const every = [...document.querySelectorAll('*')], found = [];
  // A run of words may be of several lines, and of several pieces in each.
  const line = (boxes, which) => {
    const at = which(...boxes.map(box => box.bottom)), on = boxes.filter(box => Math.abs(box.bottom - at) < 4);
    const [top, left] = [Math.min(...on.map(box => box.top)), Math.min(...on.map(box => box.left))];
    return { top, left, bottom: at, right: Math.max(...on.map(box => box.right)) };
  };
  for (let i = 1; i < stops.length; i++) {
    let [one, two] = [every[stops[i - 1]], every[stops[i]]];
    const above = new Set();
    for (let e = one; e; e = e.parentElement) above.add(e);
    while (!above.has(two.parentElement)) two = two.parentElement;
    while (one.parentElement !== two.parentElement) one = one.parentElement;
    const rtl = getComputedStyle(one.parentElement).direction === 'rtl';
    // Runs of both directions that share lines are put in order by the bidirectional algorithm, not by the page.
    if (rtl && [one, two].every(e => getComputedStyle(e).display === 'inline')) continue;
    const a = line([...one.getClientRects()], Math.max), b = line([...two.getClientRects()], Math.min);
    const below = b.top >= a.bottom - 2, further = rtl ? b.right <= a.left + 2 : b.left >= a.right - 2;
    if (!below && !(further && b.bottom > a.top))
      found.push(`${one.outerHTML.slice(0, 100)} -> ${two.outerHTML.slice(0, 100)}`);
  }
  return found;
}"""


@pytest.mark.parametrize(("language", "width"), some([("en", 1280), ("prs", 1280), ("en", 390), ("prs", 390)], 3))
@pytest.mark.parametrize("place", ["home", "list-on-a-day", "ask-answered", "subject-person", "search-found"])
def test_focus_goes_through_a_page_in_the_order_of_reading(tab, place, language, width):
    """Whoever has no mouse meets everything once, in the order in which it stands there, and sees where they are."""
    page = tab(width=width).go(language, every_place()[place])
    expected = page.evaluate(CAN_BE_USED)

    stops = []
    for _ in range(len(expected) + 1):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))
        if stops[-1]["what"].startswith("<body"):
            stops.pop()
            break

    assert 'class="skip"' in stops[0]["what"]
    assert {one["index"] for one in stops} == set(expected)
    assert [one for one in stops if one["ring"] < 2 or not one["seen"]] == []
    page.reload()  # the browser tells other places of wrapped links once they have had the focus
    assert page.evaluate(BACKWARDS, [one["index"] for one in stops[1:]]) == []


def test_the_skip_link_leads_past_the_masthead(tab):
    """Nobody hears the same links before each page."""
    page = tab().go("en", "lists/kz-list/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("language", ["en", "prs"])
def test_names_are_found_as_they_are_typed(tab, language):
    """Arrows choose, Escape closes, Enter opens; what was found is announced."""
    opened = tab()
    page = opened.go(language, "how-to-read/")
    field, found = page.locator("#find"), page.locator("#find-found")

    def typed(text):
        page.keyboard.type(text)
        expect(page.locator("#find-found:not([aria-busy])")).to_be_visible()

    page.keyboard.press("/")
    typed("talib")

    assert field.get_attribute("aria-expanded") == "true"
    assert re.search(r"[0-9۰-۹]", page.locator(".find [role=status]").inner_text())

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")

    assert chosen.get_attribute("aria-selected") == "true"
    assert found.locator("[aria-selected=true]").count() == 1
    assert found.locator("li").first.get_attribute("id") == chosen.get_attribute("id")

    page.keyboard.press("Escape")

    assert found.is_hidden()
    assert field.get_attribute("aria-expanded") == "false"

    typed("an")
    page.keyboard.press("ArrowDown")
    address = found.locator("li").first.get_attribute("data-href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")

    assert f"/{language}/subjects/" in page.url
    assert opened.trouble() == []


@pytest.mark.parametrize("language", ["en", "prs"])
def test_the_slider_turns_the_list_to_another_day(tab, language):
    """A step back is a day earlier, Page keys go from change to change, and the address always says the day shown."""
    opened = tab()
    page = opened.go(language, "lists/kz-list/?as_of=2015-11-30")
    slider = page.locator("#day-r")
    slider.focus()

    def stands(day):
        expect(page.locator(f".asof time[datetime='{day}']")).to_have_count(1)
        expect(page.locator("#day:not([aria-busy])")).to_have_count(1)
        assert page.url.endswith(f"/lists/kz-list/?as_of={day}")
        assert page.locator("#day-t").input_value() == day
        assert page.evaluate("document.activeElement.id") == "day-r"
        assert slider.get_attribute("aria-valuetext") in page.locator(".asof b").first.inner_text()

    page.keyboard.press("ArrowDown")
    stands("2015-11-29")

    page.keyboard.press("PageDown")
    stands("2015-10-15")

    page.keyboard.press("PageDown")
    stands("2011-11-25")

    page.keyboard.press("PageUp")
    stands("2015-10-15")
    assert opened.trouble() == []


def test_the_slider_stands_under_the_line_of_the_day(tab):
    """What the thumb points at is what the page shows, in both directions."""
    for language in ("en", "prs"):
        page = tab().go(language, "lists/kz-list/?as_of=2012-06-01")
        off = page.evaluate("""() => {
          const slider = document.getElementById('day-r'), box = slider.getBoundingClientRect();
          const part = (Number(slider.value) + 0.5) / (Number(slider.max) + 1), way = box.width - 24;
          const rtl = document.documentElement.dir === 'rtl';
          const thumb = rtl ? box.right - 12 - part * way : box.left + 12 + part * way;
          const line = document.getElementById('day-now').getBoundingClientRect();
          return Math.abs(thumb - (line.left + line.right) / 2);
        }""")

        assert off < 2


def test_an_address_to_cite_is_copied(tab):
    """The address of the page with both its days is what lands in the clipboard, and the button says so."""
    opened = tab(permissions=["clipboard-read", "clipboard-write"])
    page = opened.go("en", "lists/kz-list/")

    page.locator("footer summary").focus()
    page.keyboard.press("Enter")
    page.locator("[data-copy]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-copy]")).to_have_text("Copied")

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#address").inner_text()
    assert "as_of=2026-11-22" in copied
    assert "known_at=2026-11-22" in copied
    assert opened.trouble() == []


def test_a_theme_stays_chosen(tab):
    """Chosen once, it holds on every page, also where the server renders it before any script runs."""
    opened = tab(color_scheme="light")
    page = opened.go("en", "how-to-read/")
    dark = page.locator("[data-theme-choice=dark]")

    dark.focus()
    page.keyboard.press("Enter")

    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert dark.get_attribute("aria-pressed") == "true"

    answer = page.goto(page.url.replace("how-to-read", "reviews"))
    assert '<html lang="en" dir="ltr" data-theme="dark">' in answer.text()

    page.locator("[data-theme-choice=auto]").focus()
    page.keyboard.press("Enter")

    assert page.evaluate("document.documentElement.dataset.theme") is None
    assert "data-theme=" not in page.reload().text().split("<head>")[0]
    assert opened.trouble() == []


def test_a_folded_part_opens_by_key(tab):
    """The table behind a figure is there for whoever does not see the figure."""
    page = tab().go("en", "subjects/taliban/")
    folded = page.locator("details.more").first

    folded.locator("summary").focus()
    page.keyboard.press("Space")

    assert folded.locator("table").is_visible()
