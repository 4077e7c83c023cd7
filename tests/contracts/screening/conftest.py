"""The screening interface over small files of our own, asked over HTTP without a network."""

import asyncio
import datetime as dt
import json
from pathlib import Path

import httpx
import pytest

from tizim.api.wire import Screening, Supply, Terms
from tizim.errors import BadInput
from tizim.screen.current import Current
from tizim.screen.from_files import EntityFile, snapshot

DATA = Path(__file__).parents[2] / "data" / "ftm"
MADE = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
FILES = (
    EntityFile(path=DATA / "sanctions.ftm.json", dataset="eu_fsf"),
    EntityFile(path=DATA / "donations.ftm.json", dataset="parteispenden"),
)


class Client:
    """Asks an application; every answer is told to be one that clients can rely on."""

    def __init__(self, app):
        self.app = app

    def ask(self, method, address, **more):
        """The answer to a request."""
        return asyncio.run(self._ask(method, address, more))

    async def _ask(self, method, address, more):
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://desk.test") as client:
            return await client.request(method, address, **more)

    def get(self, address, **more):
        """GET."""
        return self.ask("GET", address, **more)

    def post(self, address, **more):
        """POST."""
        return self.ask("POST", address, **more)

    def match(self, dataset="eu_fsf", queries=None, *, parameters="", **more):
        """Match *queries*, or one person of the names given."""
        return self.post(f"/match/{dataset}{parameters}", content=json.dumps({"queries": queries, **more}))


async def the_site(scope, receive, send):
    """What stands behind the interface."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"the site"})


def a_client(current, terms=None, asked=None, of=None):
    """A client of a service that answers from *current*; *asked* gathers who asked for newer data."""

    async def update(waits):
        if asked is not None:
            asked.append(waits)

    return Client(Screening(current, the_site, terms or Terms(), Supply(update=update, of=of or no_dates)))


def no_dates(asked):
    """Files have no dates."""
    raise BadInput(f"--as-of wants a day, not '{asked.as_of}'")


@pytest.fixture(scope="session")
def held():
    """The snapshot of both files."""
    left_out = []
    found = snapshot(FILES, MADE, left_out)
    assert left_out == []
    return found


@pytest.fixture(scope="session")
def client(held):
    """A client of a service of its own terms."""
    return a_client(Current(held))


@pytest.fixture(scope="session")
def compatible(held):
    """A client of a service that passes for another."""
    return a_client(Current(held), Terms(compatible=True))


def a_person(*names, **properties):
    """An example of a person."""
    given = {"name": list(names), **properties} if names else properties
    return {"schema": "Person", "properties": given}


@pytest.fixture
def person():
    """Makes examples of persons."""
    return a_person
