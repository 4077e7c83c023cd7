"""What holds for every route: headers, errors, packing, what is told about the service, swapping of data."""

import asyncio
import gzip
import json

import httpx
import pytest
from tests.contracts.screening.conftest import FILES, MADE, a_client

from tizim.api.wire import Terms
from tizim.screen.current import Current
from tizim.screen.from_files import snapshot

BODY = json.dumps({"queries": {"a": {"schema": "Person", "properties": {"name": "Anvar Testov"}}}})


def test_all_else_is_the_sites(client):
    """The pages keep their addresses, the first one too."""
    for address in ("/", "/en/", "/favicon.ico", "/matching"):
        assert client.get(address).text == "the site"


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/match/eu_fsf", 405),
        ("POST", "/search/eu_fsf", 405),
        ("GET", "/updatez", 405),
        ("GET", "/match", 404),
        ("GET", "/search/eu_fsf/x", 404),
        ("GET", "/reconcile/eu_fsf/bogus", 404),
        ("DELETE", "/entities/tz-anvar", 405),
        ("GET", "/catalog/", 307),
        ("HEAD", "/catalog", 200),
        ("GET", "/entities", 404),
    ],
)
def test_routes_say_what_they_are_not(client, method, address, status):
    """In JSON, with the methods that there are."""
    answer = client.ask(method, address)

    assert answer.status_code == status
    if status == 405:
        assert answer.json() == {"detail": "Method Not Allowed"}
        assert answer.headers["allow"]


def test_an_address_too_long_is_refused(client):
    """Servers cut longer ones without a word."""
    answer = client.get(f"/search/eu_fsf?q={'x' * 60_000}")

    assert (answer.status_code, answer.json()) == (414, {"detail": "Request URI too long"})


def test_a_body_too_long_is_refused(client):
    """Before it is read."""
    answer = client.post("/match/eu_fsf", content=b" " * (16 * 1024 * 1024 + 1))

    assert answer.status_code == 413


def test_what_nobody_foresaw_is_told_without_particulars(held, caplog):
    """The log tells where it happened, and nobody what: the words of an error may be somebody's name."""

    class Broken(Current):
        @property
        def snapshot(self):
            raise RuntimeError("a secret")

        @snapshot.setter
        def snapshot(self, value):
            pass

    answer = a_client(Broken(held)).get("/search/eu_fsf")

    assert (answer.status_code, answer.json()) == (500, {"status": "error"})
    assert "RuntimeError" in caplog.text
    assert "a secret" not in caplog.text + answer.text


def test_a_trace_goes_on(client):
    """The id that came in, a place of our own, other systems' states kept behind ours."""
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    headers = client.get(
        "/healthz", headers={"traceparent": parent, "tracestate": "congo=t61rcWkgMzE,yente=x,bad"}
    ).headers

    version, trace, own, flags = headers["traceparent"].split("-")
    assert (version, trace, flags) == ("00", "0af7651916cd43dd8448eb211c80319c", "01")
    assert own != "b7ad6b7169203331"
    assert headers["tracestate"] == f"yente={own},congo=t61rcwkgmze"


@pytest.mark.parametrize(
    "parent", ["", "x", "00-0-0-0", f"00-{'0' * 32}-b7ad6b7169203331-01", "ff-" + "a" * 32 + "-" + "b" * 16 + "-00"]
)
def test_a_broken_trace_is_begun_anew(client, parent):
    """And never a reason to refuse."""
    headers = client.get("/healthz", headers={"traceparent": parent}).headers

    version, trace, own, flags = headers["traceparent"].split("-")
    assert (version, len(trace), len(own), flags) == ("00", 32, 16, "00")
    assert trace not in parent


def test_other_sites_scripts_may_ask_only_where_that_was_said(client, compatible, held):
    """Closed by default; one origin; or all, as the other system does."""
    origin = {"origin": "https://desk.example"}
    one = a_client(Current(held), Terms(origins=("https://desk.example",)))

    assert "access-control-allow-origin" not in client.get("/healthz", headers=origin).headers
    assert one.get("/healthz", headers=origin).headers["access-control-allow-origin"] == "https://desk.example"
    assert "access-control-allow-origin" not in one.get("/healthz", headers={"origin": "https://x.example"}).headers
    assert compatible.get("/healthz", headers=origin).headers["access-control-allow-origin"] == "https://desk.example"
    asked = {**origin, "access-control-request-method": "POST"}
    assert compatible.ask("OPTIONS", "/match/eu_fsf", headers=asked).status_code == 200


def test_long_answers_are_packed_for_who_takes_them(client):
    """From 500 bytes on."""
    packed = client.post("/match/eu_fsf", content=BODY, headers={"accept-encoding": "gzip"})
    plain = client.post("/match/eu_fsf", content=BODY, headers={"accept-encoding": "identity"})
    short = client.get("/healthz", headers={"accept-encoding": "gzip"})

    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json() == plain.json()
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in short.headers
    assert len(gzip.compress(plain.content)) < len(plain.content)


def test_the_catalogue_names_lists_and_their_versions(client):
    """Collections too, with what they are made of."""
    for address in ("/catalog", "/manifest"):
        told = client.get(address).json()
        assert {"datasets", "current", "outdated", "index_stale"} <= set(told)
        assert (told["current"], told["outdated"], told["index_stale"]) == (["eu_fsf", "parteispenden"], [], False)
        by_name = {one["name"]: one for one in told["datasets"]}
        assert set(by_name) == {"eu_fsf", "parteispenden", "default", "all"}
        for one in by_name.values():
            assert {"version", "index_version", "index_current", "children"} <= set(one)
        assert by_name["default"]["children"] == ["eu_fsf", "parteispenden"]
        assert by_name["eu_fsf"]["index_current"] is True


def test_the_catalogue_is_not_sent_twice(client):
    """Who has it is told so, without a body; tags may be weak, several, or any."""
    first = client.get("/catalog")
    etag = first.headers["etag"]

    assert first.headers["cache-control"] == "public, max-age=300"
    for told in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = client.get("/catalog", headers={"if-none-match": told})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert client.get("/catalog", headers={"if-none-match": '"other"'}).status_code == 200


def test_the_catalogue_tells_that_newer_data_wait(held):
    """An answer is never told as newer than what it rests on."""
    current = Current(held)
    current.newest = "20990101-newer"

    told = a_client(current).get("/catalog").json()

    assert (told["current"], told["outdated"], told["index_stale"]) == ([], ["eu_fsf", "parteispenden"], True)


def test_algorithms_are_told_with_what_is_behind_their_names(client):
    """Each alias says that it is one."""
    told = client.get("/algorithms").json()

    by_name = {one["name"]: one for one in told["algorithms"]}
    assert len(by_name) > 3
    assert (told["default"], told["best"]) == ("best", "tizim-1")
    assert "nm_number_mismatch" in by_name["logic-v2"]["docs"]["config"]
    for name, one in by_name.items():
        assert {"name", "description", "features", "docs"} <= set(one)
        assert name == "tizim-1" or "scored by tizim-1" in one["description"]


def test_a_service_without_data_says_so():
    """It runs, but is not ready; nobody is told that a name is on no list."""
    for terms, status in ((Terms(), 503), (Terms(compatible=True), 500)):
        client = a_client(Current(), terms)
        assert client.get("/healthz").json() == {"status": "ok"}
        assert (client.get("/readyz").status_code, client.get("/readyz").json()) == (
            503,
            {"detail": "Index not ready."},
        )
        assert client.post("/match/eu_fsf", content=BODY).status_code == status
        assert client.get("/search/eu_fsf").status_code == status


def test_a_service_with_data_is_ready(client):
    """Both are asked by those who watch over machines."""
    assert client.get("/readyz").json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("known", "sent", "status"),
    [("", "", 403), ("", "x", 403), ("token", "", 403), ("token", "other", 403), ("token", "token", 200)],
)
def test_only_who_has_the_token_may_ask_for_newer_data(held, known, sent, status):
    """Where there is none, nobody may."""
    asked = []
    client = a_client(Current(held), Terms(update_token=known), asked)

    answer = client.post(f"/updatez?token={sent}&sync=true")

    assert answer.status_code == status
    assert asked == [True] * (status == 200)


def test_the_interface_is_described(client):
    """Every route that there is, with parameters and statuses."""
    told = client.get("/openapi.json").json()

    assert told["openapi"].startswith("3.")
    assert {"/match/{dataset}", "/search/{dataset}", "/entities/{entity_id}", "/reconcile/{dataset}"} <= set(
        told["paths"]
    )
    names = {one["name"] for one in told["paths"]["/match/{dataset}"]["post"]["parameters"]}
    assert {"dataset", "limit", "threshold", "exclude_entity_ids"} <= names


def test_an_answer_is_of_one_snapshot(held, tmp_path):
    """What is swapped while a request is answered changes nothing of its answer; the next one has the new data."""
    current = Current(held)
    client = a_client(current)
    path = tmp_path / "other.json"
    path.write_text('{"id": "new", "schema": "Person", "properties": {"name": ["Anvar Testov"]}}\n', encoding="utf-8")
    other = snapshot([FILES[0].__class__(path=path, dataset="eu_fsf")], MADE, [])

    before = client.post("/match/eu_fsf", content=BODY).json()
    current.take(other)
    after = client.post("/match/eu_fsf", content=BODY).json()

    assert before["data_version"] != after["data_version"]
    assert [one["responses"]["a"]["results"][0]["id"] for one in (before, after)] == ["tz-anvar", "new"]


def test_another_day_is_answered_from_its_own_snapshot(held):
    """Not ready at first, then as of that day; dates that are none are told by the parameter's name."""
    wanted = []

    def of(dates):
        wanted.append((dates.as_of, dates.known_at, dates.basis))
        return held if len(wanted) > 1 else None

    client = a_client(Current(), of=of)
    address = "/match/eu_fsf?as_of=2024-01-15&known_at=2024-02-01&basis=recorded"

    first, second = client.post(address, content=BODY), client.post(address, content=BODY)

    assert (first.status_code, first.headers["retry-after"]) == (503, "10")
    assert second.json()["responses"]["a"]["results"]
    assert wanted == [("2024-01-15", "2024-02-01", "recorded")] * 2
    assert client.get("/search/eu_fsf?as_of=2024-01-15").status_code == 200
    refused = a_client(Current(held)).get("/search/eu_fsf?as_of=soon")
    assert (refused.status_code, refused.json()["detail"]) == (400, "as_of wants a day, not 'soon'")


def test_a_request_of_many_queries_lets_others_in_between(client):
    """Who asks for one name need not wait until a hundred of somebody else's are answered."""
    queries = {f"q{at}": {"schema": "Person", "properties": {"name": [f"Anvar Testov {at}"]}} for at in range(100)}
    body = json.dumps({"queries": queries})
    order = []

    async def ask(http, name, content):
        answer = await http.post("/match/eu_fsf", content=content)
        order.append(name)
        return answer

    async def both():
        transport = httpx.ASGITransport(app=client.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://desk.test") as http:
            one = json.dumps({"queries": {"one": queries["q0"]}})
            return await asyncio.gather(ask(http, "many", body), ask(http, "one", one))

    many, one = asyncio.run(both())

    assert order == ["one", "many"]
    responses = many.json()["responses"]
    assert list(responses) == list(queries)
    assert responses["q0"] == one.json()["responses"]["one"]
