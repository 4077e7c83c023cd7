"""Who may ask over HTTP: keys, rates, sizes and times; and answers without keys are as they ever were."""

import asyncio
import datetime as dt
import json
import logging
import os
from pathlib import Path

import pytest
from tests.contracts.screening.conftest import Client, the_site

from tizim.api.failing import where_of
from tizim.api.wire import Door, Screening, Supply, Terms
from tizim.api.wire.guarding import Guard
from tizim.api.wire.rates import Rates, TooMany
from tizim.customers.keys import Keys, KeyScope, new_key, read_keys
from tizim.screen.current import Current

NOW = dt.datetime(2026, 11, 27, 1, tzinfo=dt.UTC)
QUERIES = {"a": {"schema": "Person", "properties": {"name": ["Anvar Testov"]}}}
ASKED = {
    "/search/default?q=testov": KeyScope.READ, "/entities/tz-anvar": KeyScope.READ, "/catalog": KeyScope.READ,
    "/algorithms": KeyScope.READ, "/reconcile/default": KeyScope.SCREEN,
    "/reconcile/default/suggest/entity?prefix=an": KeyScope.SCREEN,
}  # fmt: skip


def a_key(store, *scopes, until=None):
    """The text of a new key."""
    return new_key(store, "desk", scopes, until, NOW)[1]


def a_service(held, store=None, rates=None, terms=None, *, required=True):
    """A client of a service behind a door."""

    async def update(waits):
        pass

    guard = None
    if store is not None:
        keys = Keys(read_keys(store))
        guard = Guard(lambda: keys, NOW.date, required=required)
    door = Door(guard=guard, rates=rates)
    return Client(Screening(Current(held), the_site, terms or Terms(), Supply(update=update, of=lambda _: None), door))


def bearing(text, form="Bearer"):
    """The header of a key."""
    return {"authorization": f"{form} {text}"}


def same(answer):
    """An answer without what is made by chance."""
    headers = {name: value for name, value in answer.headers.items() if name not in {"traceparent", "tracestate"}}
    return answer.status_code, headers, answer.content


def test_without_keys_a_door_changes_nothing(held, store):
    """Clients of the interface need no change: byte for byte, header for header."""
    a_key(store, KeyScope.SCREEN)
    bare, behind = a_service(held), a_service(held, store, required=False)

    for address in (*ASKED, "/healthz", "/readyz", "/openapi.json", "/nothing", "/match/default"):
        for headers in ({}, bearing("tizim_no_key"), bearing("somebody else's", "ApiKey")):
            assert same(bare.get(address, headers=headers)) == same(behind.get(address, headers=headers))
    body = json.dumps({"queries": QUERIES})
    assert same(bare.post("/match/default", content=body)) == same(behind.post("/match/default", content=body))


def test_where_keys_are_required_each_route_wants_its_scope(held, store):
    """A key for reading screens nobody; one for screening reads no list."""
    reads, screens = a_key(store, KeyScope.READ), a_key(store, KeyScope.SCREEN)
    client = a_service(held, store)

    for address, scope in ASKED.items():
        good, bad = (reads, screens) if scope is KeyScope.READ else (screens, reads)
        assert client.get(address, headers=bearing(good)).status_code == 200
        assert client.get(address, headers=bearing(good, "ApiKey")).status_code == 200
        assert client.get(address, headers=bearing(bad)).status_code == 403
        refused = client.get(address)
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, 'Bearer realm="tizim"')
    assert client.match(queries=QUERIES).status_code == 401
    body = json.dumps({"queries": QUERIES})
    answer = client.post("/match/default", content=body, headers=bearing(screens))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"


def test_those_who_watch_over_a_service_need_no_key(held, store):
    """Whether it runs is no secret, and who asks has no key at hand."""
    client = a_service(held, store, Rates(1, lambda: 0.0))

    assert [client.get(address).status_code for address in ("/healthz", "/readyz") * 3] == [200] * 6


def test_a_key_in_the_address_counts_for_reconciliation_alone(held, store):
    """OpenRefine can add nothing else; addresses of all else end in logs of others."""
    text = a_key(store, KeyScope.SCREEN, KeyScope.READ)
    client = a_service(held, store)

    manifest = client.get(f"/reconcile/default?api_key={text}")
    assert manifest.status_code == 200
    suggest = manifest.json()["suggest"]["entity"]
    address = suggest["service_url"].removeprefix("http://desk.test") + suggest["service_path"]
    assert client.get(f"{address}&prefix=an").status_code == 200
    assert client.get(f"/search/default?api_key={text}").status_code == 401


def test_what_is_no_key_opens_nothing(held, store):
    """A key of yesterday, one that is another store's, and whatever anybody makes up."""
    text = a_key(store, KeyScope.SCREEN, until=NOW.date() + dt.timedelta(days=1))
    client = a_service(held, store)
    for wrong in ("", "x", text[:-1], text.upper(), "tizim_" + "0" * 8 + "_" + "A" * 43):
        assert client.get("/reconcile/default", headers=bearing(wrong)).status_code == 401
    assert client.get("/reconcile/default", headers=bearing(text, "Basic")).status_code == 401


def test_who_asks_too_often_is_told_when_to_ask_again(held, store):
    """By key, else by address; others are not slowed, and time makes up for it."""
    now = [1_000.0]
    first, second = a_key(store, KeyScope.READ), a_key(store, KeyScope.READ)
    client = a_service(held, store, Rates(3, lambda: now[0]))

    def ask(text):
        return client.get("/algorithms", headers=bearing(text)).status_code

    assert [ask(first) for _ in range(4)] == [200, 200, 200, 429]
    assert ask(second) == 200
    assert [ask("none") for _ in range(4)] == [401, 401, 401, 429]
    assert client.get("/en/").status_code == 429  # pages of the site are asked for by the same address
    refused = client.get("/algorithms", headers=bearing(first))
    wait = int(refused.headers["retry-after"])
    assert 1 <= wait <= 21
    now[0] += wait
    assert ask(first) == 200
    now[0] += 3600
    assert [ask(first) for _ in range(4)] == [200, 200, 200, 429]


def test_rates_are_counted_together_by_all_workers():
    """Asking another worker is no way round."""
    rates = Rates(2, lambda: 5.0)
    child = os.fork()
    if not child:
        rates.take("a")
        rates.take("a")
        os._exit(0)
    os.waitpid(child, 0)

    with pytest.raises(TooMany):
        rates.take("a")
    rates.take("b")


def test_a_body_that_never_comes_is_not_waited_for(held):
    """A slow sender holds a connection for a bounded time."""
    client = a_service(held, terms=Terms(longest_body=0.05))
    sent = []

    async def ask():
        async def receive():
            await asyncio.sleep(30)

        async def send(message):
            sent.append(message)

        scope = {"type": "http", "path": "/match/default", "raw_path": b"/match/default", "query_string": b"",
                 "headers": [], "method": "POST", "scheme": "http"}  # fmt: skip
        await client.app(scope, receive, send)

    asyncio.run(ask())
    assert sent[0]["status"] == 408


def test_an_answer_that_takes_too_long_is_given_up(held):
    """Whoever asked may ask again; others are not kept waiting for ever."""
    client = a_service(held, terms=Terms(longest_answer=0.0))
    answer = client.get("/entities/tz-anvar")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")


def test_nothing_of_a_request_is_logged_when_answering_fails(held, store, monkeypatch, caplog):
    """A fault of ours tells where it happened; the name that was asked for and the key stay unsaid."""
    text = a_key(store, KeyScope.SCREEN)
    client = a_service(held, store)

    def fails(*_):
        raise ValueError("Zebediah Unforgettable")

    monkeypatch.setattr("tizim.api.wire.matching.answered", fails)
    queries = {"Unforgettable": {"schema": "Person", "properties": {"name": ["Zebediah Unforgettable"]}}}
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/match/default?x=Unforgettable", content=json.dumps({"queries": queries}),
                             headers=bearing(text))  # fmt: skip

    assert (answer.status_code, answer.json()) == (500, {"status": "error"})
    said = [one for one in caplog.records if one.name.startswith("tizim")]
    assert "ValueError < test_doors.py" in said[0].getMessage()
    told = "".join(f"{one.getMessage()}{one.exc_text or ''}" for one in caplog.records if one.name != "httpx")
    assert "Unforgettable" not in told
    assert text not in told


def test_where_an_error_was_is_told_by_files_alone():
    """Paths of a machine are nobody's business either."""
    try:
        Path("/nowhere/at/all").read_text(encoding="utf-8")
    except OSError as error:
        told = where_of(error)

    assert told.startswith("FileNotFoundError < ")
    assert "/" not in told
