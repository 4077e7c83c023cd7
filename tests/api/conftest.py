"""The site of a register filled from the packaged starter, asked over HTTP without a network."""

import asyncio
import datetime as dt
import json

import httpx
import pytest
from click.testing import CliRunner
from tests.contracts.screening.conftest import FILES, MADE
from tests.makers import Ticking

from tizim.api import application
from tizim.app import App
from tizim.cli.main import tizim as command
from tizim.customers import Store
from tizim.keep.starter import load
from tizim.screen.from_files import snapshot
from tizim.settings import Settings

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


class Browser:
    """Asks an application as a browser does that has no script and follows no redirect by itself."""

    def __init__(self, app):
        self.app = app

    def get(self, address, headers=None):
        """The answer to a request."""
        return asyncio.run(self._get(address, headers or {}))

    async def _get(self, address, headers):
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://register.test") as client:
            return await client.get(address, headers=headers)


def a_site(app, now=NOW):
    """A browser at the site of *app*."""
    return Browser(application(app, lambda: now))


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """The starter, loaded once (nobody writes to it)."""
    folder = tmp_path_factory.mktemp("site")
    settings = Settings(home=folder, register_url=f"sqlite:///{folder / 'register.sqlite'}")
    app = App(settings)
    load(app.made(), Ticking())
    yield settings
    app.close()


@pytest.fixture(scope="session")
def site(home):
    """A reader's browser, without a script."""
    app = App(home)
    yield a_site(app)
    app.close()


@pytest.fixture
def cli_json(home, monkeypatch):
    """What a command prints with ``--json``, on the day and by the knowledge of the site's clock."""
    monkeypatch.setenv("TIZIM_HOME", str(home.home))
    monkeypatch.setattr("tizim.app.clock", lambda: NOW)

    def run(*arguments):
        found = CliRunner().invoke(command, [*arguments, "--json"], catch_exceptions=False)
        assert found.exit_code == 0, found.output
        return json.loads(found.stdout)

    return run


@pytest.fixture(scope="session")
def held():
    """The entities of small files, to screen against."""
    return snapshot(FILES, MADE, [])


@pytest.fixture
def store(tmp_path):
    """An empty customers' store."""
    made = Store(f"sqlite:///{tmp_path / 'customers.sqlite'}")
    yield made
    made.close()
