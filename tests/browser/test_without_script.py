"""Without a script everything can be read and asked."""

import re

import pytest
from playwright.sync_api import expect
from tests.whole import some
from tools.browsing import PROBLEMS, every_place

TEXT = """() => {
  const main = document.querySelector('main').cloneNode(true);
  for (const one of main.querySelectorAll('.range')) one.remove();
  return main.textContent;
}"""
HIDDEN = """() => [...document.querySelectorAll('main [hidden], main noscript')]
  .filter(e => !e.matches('.range')).map(e => e.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("place", some(list(every_place()), 3))
def test_a_page_says_the_same_without_a_script(tab, place):
    """A script adds ways to move; no word of a page waits for it."""
    status = PROBLEMS[place][1] if place in PROBLEMS else 200
    plain = tab(java_script_enabled=False).go("en", every_place()[place], status)
    scripted = tab().go("en", every_place()[place], status)

    assert plain.evaluate(TEXT) == scripted.evaluate(TEXT)
    assert plain.evaluate(HIDDEN) == []
    assert plain.locator("button[data-copy]:visible, button[data-theme-choice]:visible, .range:visible").count() == 0


def test_a_name_is_searched_a_question_asked_and_a_day_chosen_without_a_script(tab):
    """Forms go to addresses, which can be kept and sent on."""
    page = tab(java_script_enabled=False).go("en", "")

    page.locator(".find input[type=search]").fill("طالبان")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/search\?q=%D8%B7"))
    assert page.locator(".results a").count() > 0

    page.locator("nav.main a", has_text="Ask").click()
    page.locator("[name=subject]").fill("Taliban")
    page.locator("select[name=list]").select_option("kz-list")
    page.locator(".ask [name=as_of]").fill("2015-11-30")
    page.locator(".ask button").click()
    expect(page).to_have_url(re.compile(r"/en/ask\?subject=Taliban&list=kz-list&as_of=2015-11-30"))
    assert page.locator("#own").is_visible()

    page.locator("main a", has_text="National list").first.click()
    expect(page).to_have_url(re.compile(r"/en/lists/kz-list/"))
    page.locator("#day-t").fill("2005-03-16")
    page.locator(".pick button").click()
    expect(page.locator(".asof time[datetime='2005-03-16']")).to_have_count(1)

    page.locator(".dates summary").click()
    page.locator(".dates [name=as_of]").fill("2016-01-01")
    page.locator(".dates button").click()
    expect(page.locator(".asof time[datetime='2016-01-01']")).to_have_count(1)


def _come(page):
    """Wait until all of a page has come, its fonts too: what is left behind half-way counts as a failure."""
    page.wait_for_load_state("networkidle")


def test_a_version_is_mended_and_taken_back_by_keys_alone_without_a_script(tab, site):
    """A suggestion is one button; a decision needs its reason, and nothing typed is lost for want of one."""
    known = {"username": "Ben", "password": site.key, "send": "always"}
    opened = tab(java_script_enabled=False, http_credentials=known)
    page = opened.go("fa", "held/")
    _come(page)
    page.locator("main table a[href*='/held/']").first.press("Enter")
    expect(page.locator("main mark")).to_have_text("32")
    before = page.url

    _come(page)
    page.locator("button[value=hold]").press("Enter")
    expect(page.locator("#problem")).to_be_visible()
    assert page.url == before
    page.locator("details summary", has_text=re.compile("[۱1]")).first.press("Enter")
    page.locator("textarea[name=s1]").fill("كازاخستان وحركة طالبان")
    _come(page)
    page.locator("button.take").press("Enter")
    expect(page.locator("main mark")).to_have_count(0)
    assert page.url != before
    assert "كازاخستان وحركة طالبان" in page.locator("td bdi[lang=ar]").first.inner_text()
    assert "23" in page.locator("td bdi[lang=ar]").nth(2).inner_text()
    page.locator("#reason").fill("A test")
    _come(page)
    page.locator("button[value=take_back]").press("Enter")
    expect(page.locator("button[value=take_back]")).to_have_count(0)

    _come(page)
    page.goto(before)
    expect(page.locator("button[value=release]")).to_be_visible()
    assert [one for one in opened.trouble() if "400" not in one] == []
