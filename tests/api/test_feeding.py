"""What became other of watched customers is fed to whoever has a key, from where they had read."""

import pytest
from tests.api.test_operations import HELD, a_service
from tests.contracts.screening.conftest import Client
from tests.watch.conftest import NOW, Desk, a_customer, an_entity, lists_of

from tizim.api.wire.application import Door
from tizim.api.wire.feeding import Feeding
from tizim.api.wire.guarding import Guard
from tizim.customers import Store
from tizim.customers.keys import Keys, KeyScope, new_key, read_keys
from tizim.watch import watched


@pytest.fixture
def store(tmp_path):
    """A store with three hits of one customer and another."""
    made = Store(f"sqlite:///{tmp_path / 'customers.sqlite'}")
    desk = Desk(made, tmp_path)
    watched.enter(made, desk.marks, [a_customer("c1", "Anwar Testov"), a_customer("c2", "Owen Example")], NOW)
    desk.run(lists_of([an_entity("p1", "Anvar Testov"), an_entity("p2", "Anwar Testow")], "1"))
    desk.run(lists_of([an_entity("p1", "Anvar Testov")], "2"))
    yield made
    made.close()


def a_client(store, *scopes):
    """A client of a service in front of a store, and what a key of *scopes* adds to its requests."""
    _, text = new_key(store, "desk", list(scopes), None, NOW)
    keys = Keys(read_keys(store))
    door = Door(guard=Guard(lambda: keys, NOW.date, required=False), feeding=Feeding(store=store))
    return Client(a_service(HELD, door)), {"authorization": f"Bearer {text}"}


def test_a_feed_goes_on_from_its_cursor(store):
    """Whoever reads page after page reads each event once and none twice, and nobody keeps it for others."""
    client, bearing = a_client(store, KeyScope.SCREEN)

    first = client.get("/watched?limit=2", headers=bearing)
    second = client.get(first.json()["next_url"], headers=bearing)
    third = client.get(second.json()["next_url"], headers=bearing)

    assert [len(one.json()["items"]) for one in (first, second, third)] == [2, 1, 0]
    assert [one.json()["more"] for one in (first, second, third)] == [True, False, False]
    assert third.json()["cursor"] == second.json()["cursor"]
    items = [*first.json()["items"], *second.json()["items"]]
    assert [(one["_tizim"]["what"], one["_tizim"]["customer"]) for one in items] == [
        ("new", "c1"), ("new", "c1"), ("gone", "c1"),
    ]  # fmt: skip
    assert len({one["id"] for one in items}) == 3
    assert first.headers["content-type"] == "application/feed+json"
    assert first.headers["cache-control"] == "no-store"


def test_nobody_reads_it_without_a_key_whatever_is_set(store):
    """Keys are asked for nowhere else here; what is about customers is told to nobody without one."""
    client, _ = a_client(store, KeyScope.SCREEN)
    _, reading = a_client(store, KeyScope.READ)

    assert client.get("/watched").status_code == 401
    assert a_client(store, KeyScope.READ)[0].get("/watched", headers=reading).status_code in {401, 403}
    assert client.get("/catalog").status_code == 200


@pytest.mark.parametrize("query", ["since=x", "limit=1001", f"since={10**30}", "limit=0"])
def test_a_cursor_that_is_none_is_refused(store, query):
    """With a reason, and by no fault of ours."""
    client, bearing = a_client(store, KeyScope.SCREEN)

    assert client.get(f"/watched?{query}", headers=bearing).status_code in {400, 422}
