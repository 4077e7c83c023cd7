"""The site in the machine's Chromium: one server for all of these tests, and a browser for each file."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tools.browsing import CHROMIUM, PATIENCE, chromium, chromium_path, filled, served

NODE_MODULES = "TIZIM_TEST_NODE_MODULES"


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site of the starter's register, served on loopback."""
    with served(filled(tmp_path_factory.mktemp("browser"))) as it:
        yield it


@pytest.fixture(scope="module")  # as long as it is there, nothing else in this thread can use asyncio
def browser():
    """The machine's Chromium, without a screen."""
    path = chromium_path()
    if path is None:
        pytest.skip(f"no Chromium was found, on the path or in {CHROMIUM} (apt install chromium)")
    expect.set_options(timeout=PATIENCE * 1000)
    with chromium(path) as it:
        yield it


@pytest.fixture(scope="session")
def node_modules():
    """The folder of what is not Python and not tizim: axe-core and html-validate."""
    given = os.environ.get(NODE_MODULES)
    if not given:
        pytest.skip(f"{NODE_MODULES} is not set to a folder of modules (tools/browser/install.sh makes one)")
    folder = Path(given)
    if not folder.is_dir():
        pytest.skip(f"{NODE_MODULES} names {given}, which is no folder")
    return folder


class Tab:
    """A page of the browser that remembers all that went wrong in it."""

    def __init__(self, context, site):
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.site = site
        self.troubles = []
        self.page.on("console", lambda one: self.troubles.append(f"console {one.type}: {one.text}"))
        self.page.on("pageerror", lambda one: self.troubles.append(f"error of the script: {one}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)
        self.page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('against the policy:',"
            " e.effectiveDirective, e.blockedURI, e.sample))"
        )
        self._expected = 200

    def _failed(self, request):
        # A search is withdrawn by the page itself as more is typed or another page opens: on a slow machine only,
        # where a letter takes longer than the page waits for the next.
        withdrawn = request.resource_type == "fetch" and request.failure == "net::ERR_ABORTED"
        if not withdrawn:
            self.troubles.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response):
        if response.status >= 400 and not (response.request.is_navigation_request() and self._expected >= 400):
            self.troubles.append(f"answered {response.status}: {response.url}")

    def go(self, language, address, status=200):
        """Open a page of the site, which answers with *status*."""
        self.expect(status)
        answer = self.page.goto(self.site.page(language, address))
        assert answer is not None
        assert answer.status == status
        return self.page

    def expect(self, status):
        """With which status whatever is opened next answers."""
        self._expected = status

    def trouble(self):
        """All that went wrong since this was last asked; what the browser says of an expected status is nothing."""
        told = f"console error: Failed to load resource: the server responded with a status of {self._expected} "
        found = [one for one in self.troubles if self._expected < 400 or not one.startswith(told)]
        self.troubles.clear()
        return found


@pytest.fixture
def tab(browser, site):
    """Opens tabs, each with a profile of its own, of a width and whatever else a browser may be set to."""
    contexts = []

    def opened(width=1280, height=800, **more):
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        return Tab(context, site)

    yield opened
    for context in contexts:
        context.close()
