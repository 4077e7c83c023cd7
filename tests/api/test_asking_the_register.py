"""What the register says over HTTP: the same as on the command line, and everything that becomes known once."""

import datetime as dt
import json
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.api.conftest import NOW
from tests.contracts.screening.conftest import Client, the_site
from tests.contracts.screening.test_hostile import NASTY
from tests.makers import a_register, some_documents

from tizim.answer.times import as_of
from tizim.api.wire import Answering, Door, Screening, Supply, Terms
from tizim.api.wire.guarding import Guard
from tizim.app import App
from tizim.customers.keys import Keys, KeyScope, new_key, read_keys
from tizim.screen.current import Current
from tizim.settings import Settings


async def update(waits):
    """Nothing newer."""


def a_service(asking, current=None, door=None, terms=None):
    """A service that answers from a register, with a snapshot or none."""
    supply = Supply(
        update=update, of=lambda _: None, answering=Answering(asking=asking, decisions=tuple) if asking else None
    )
    return Client(Screening(current or Current(), the_site, terms or Terms(), supply, door))


@pytest.fixture
def client(home, monkeypatch):
    """A client of a service over the starter, without a snapshot: none is needed for these questions."""
    monkeypatch.setattr("tizim.app.clock", lambda: NOW)
    app = App(home)
    yield a_service(app.asking)
    app.close()


SAME = [
    ("/ask?subject=taliban&list=kz-list", ("ask", "taliban", "--list", "kz-list")),
    ("/ask?subject=%D8%B7%D8%A7%D9%84%D8%A8%D8%A7%D9%86&list=un-1988&as_of=2018-10-29",
     ("ask", "طالبان", "--list", "un-1988", "--as-of", "2018-10-29")),
    ("/lists", ("lists",)),
    ("/lists?as_of=2012-01-01&known_at=2013-01-01&basis=published",
     ("lists", "--as-of", "2012-01-01", "--known-at", "2013-01-01", "--basis", "published")),
    ("/lists/un-1988?as_of=2019-06-01", ("show", "un-1988", "--as-of", "2019-06-01")),
    ("/lists/un-1267/diff?from=2018-10-29&to=2025-04-19",
     ("diff", "un-1267", "--from", "2018-10-29", "--to", "2025-04-19")),
    ("/history/QDe.137", ("history", "QDe.137")),
    ("/history/QDe.137?statements=true", ("history", "QDe.137", "--statements")),
    (f"/history/{quote('Аль-Каида')}?as_of=2015-11-30", ("history", "Аль-Каида", "--as-of", "2015-11-30")),
]  # fmt: skip


@pytest.mark.parametrize(("address", "command"), SAME, ids=[one for one, _ in SAME])
def test_an_answer_is_what_the_command_prints(client, cli_json, address, command):
    """There is one truth, whoever asks for it by which door."""
    answer = client.get(address)

    assert answer.status_code == 200, answer.text
    assert answer.json() == cli_json(*command)
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/ask?subject=taliban", 422, "list"), ("/ask?list=kz-list", 422, "subject"),
        ("/ask?subject=nobody-at-all&list=kz-list", 404, "nobody-at-all"),
        ("/ask?subject=taliban&list=nolist", 404, "nolist"), ("/lists/nolist", 404, "nolist"),
        ("/history/nobody-at-all", 404, "nobody-at-all"), ("/lists?as_of=soon", 400, "as_of"),
        ("/lists?basis=guessed", 400, "basis"), ("/lists/un-1267/diff?from=2025-01-01&to=2020-01-01", 400, "from"),
        ("/lists/un-1267/diff?from=soon&to=2020-01-01", 400, "from"),
        ("/lists/un-1267/diff?to=2020-01-01", 422, "from"),
        ("/lists/un-1267/other", 404, "Not Found"), (f"/history/{'x' * 301}", 414, "300"),
        ("/changes?since=nonsense", 400, "cursor"),
        ("/changes?since=W10", 200, ""), ("/changes?since=W251bGxd", 200, ""),
        ("/changes?limit=0", 400, "limit"), ("/changes?limit=1001", 422, "1000"),
        ("/changes?list=nolist", 404, "nolist"), ("/changes?basis=published", 400, "recorded"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_said_in_the_words_of_a_request(client, address, status, says):
    """Parameters have no dashes here, and commands are of no use."""
    answer = client.get(address)

    assert answer.status_code == status, answer.text
    assert says in answer.text
    if status != 200:
        assert "--" not in answer.json()["detail"]
        assert "'tizim " not in answer.text


def test_lists_are_read_with_a_key_for_it_and_never_written(client, home, store):
    """Where keys are asked for these routes are for who may read; other methods are refused."""
    _, screens = new_key(store, "screens", [KeyScope.SCREEN], None, NOW)
    _, reads = new_key(store, "reads", [KeyScope.READ], None, NOW)
    keys = Keys(read_keys(store))
    app = App(home)
    door = Door(guard=Guard(lambda: keys, NOW.date, required=True))
    closed = a_service(app.asking, door=door)
    for address in ("/ask?subject=taliban&list=kz-list", "/lists", "/history/taliban", "/changes?limit=1"):
        assert closed.get(address).status_code == 401
        assert closed.get(address, headers={"authorization": f"Bearer {screens}"}).status_code == 403
        assert closed.get(address, headers={"authorization": f"Bearer {reads}"}).status_code == 200
        assert client.post(address).status_code == 405
    app.close()

    assert a_service(None).get("/lists").status_code == 404


# -- what becomes known ---------------------------------------------------------------------------------

DAYS = ("2024-01-05", "2024-02-05", "2024-03-05", "2024-04-05")


class Follower:
    """Whoever follows: what was told, by id, as it was told last."""

    def __init__(self, client):
        self.client = client
        self.held = {}
        self.next = ""

    def follow(self, limit=2):
        """Take all that there is by now; returns the pages."""
        pages = []
        while True:
            page = self.client.get(f"/changes?since={self.next}&limit={limit}").json()
            pages.append(page)
            for one in page["changes"]:
                if one.pop("change") == "withdrawn":
                    assert self.held.pop(one["id"]) == one
                else:
                    assert self.held.get(one["id"]) != one
                    self.held[one["id"]] = one
            self.next = page["next"]
            if not page["more"]:
                return pages


class Growing:
    """A register that grows, and a service over it on a day."""

    def __init__(self, folder):
        self.register = a_register(folder)
        self.now = NOW
        self.client = a_service(self.asking)

    def asking(self, dates):
        return _Reading(self, dates)

    def keep(self, batch):
        self.now += dt.timedelta(days=1)
        self.register.append(batch, lambda: self.now)


class _Reading:
    def __init__(self, growing, dates):
        self.growing, self.dates = growing, dates
        self.opened = growing.register.view()

    def __enter__(self):
        view = self.opened.__enter__()
        return view, as_of(self.dates, view, self.growing.now)

    def __exit__(self, *given):
        return self.opened.__exit__(*given)


PLANS = st.lists(
    st.lists(st.sampled_from(["QDi.001", "QDi.002", "QDe.003", "TAi.004"]), min_size=1, max_size=4, unique=True),
    min_size=len(DAYS), max_size=len(DAYS),
)  # fmt: skip


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(PLANS, st.permutations(range(len(DAYS))))
def test_whoever_follows_knows_what_whoever_asks_for_everything_does(tmp_path_factory, rows, order):
    """Whatever is kept in whichever order of the days: nothing is passed over and nothing told for nothing."""
    growing = Growing(tmp_path_factory.mktemp("growing"))
    follower = Follower(growing.client)
    follower.follow()
    batches = some_documents(dict(zip(DAYS, rows, strict=True)))
    for at in order:
        growing.keep(batches[at])
        follower.follow()

    everything = Follower(growing.client)
    everything.follow(limit=1000)
    assert follower.held == everything.held
    (again,) = follower.follow()
    assert again["changes"] == []
    assert again["next"] == follower.next
    growing.register.close()


def test_a_page_stays_the_same_while_the_register_grows(tmp_path):
    """A cursor on its way goes on through the reading that it began; what came meanwhile is told after it."""
    growing = Growing(tmp_path)
    plan = {"2024-01-05": ["QDi.001"], "2024-02-05": ["QDi.001", "QDi.002"], "2024-03-05": ["QDi.002"]}
    *first, last = some_documents({**plan, "2024-04-05": ["QDe.003"]})
    for one in first:
        growing.keep(one)
    begun = growing.client.get("/changes?limit=1").json()
    assert begun["more"]
    second = growing.client.get(f"/changes?limit=1&since={begun['next']}").json()
    growing.keep(last)

    assert growing.client.get(f"/changes?limit=1&since={begun['next']}").json() == second
    assert growing.client.get(f"/changes?limit=1&since={begun['next']}&as_of=2020-01-01").status_code == 400
    assert not second["more"]
    (third,) = growing.client.get(f"/changes?since={second['next']}").json()["changes"]
    assert {one["subject"] for one in third["added"]} == {"un-sc:QDe.003"}
    then = (growing.now - dt.timedelta(days=1)).isoformat().replace("+00:00", "Z")
    assert growing.client.get(f"/changes?known_at={then}").json()["changes"] == [
        *begun["changes"], *second["changes"],
    ]  # fmt: skip
    assert growing.client.get(f"/changes?since={then}").json()["changes"] == [third]
    assert growing.client.get("/changes?list=un-1988").json()["changes"] == []
    growing.register.close()


# -- what stands behind a hit -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def screened(tmp_path_factory):
    """A client of a service over a register of a few entries, and their snapshot."""
    folder = tmp_path_factory.mktemp("screened")
    settings_ = Settings(home=folder, register_url=f"sqlite:///{folder / 'register.sqlite'}")
    app = App(settings_)
    app.made()
    for batch in some_documents({"2024-01-05": ["QDi.001", "QDe.002"], "2024-02-05": ["QDe.002"]}):
        app.register.append(batch, lambda: NOW)
    yield a_service(app.asking, Current(app.snapshot()))
    app.close()


def test_behind_a_hit_stand_its_listing_statement_document_and_how_old_it_is(screened):
    """A reviewer sees on whose word somebody is listed, and when it was last seen."""
    found = screened.get("/search/default").json()["results"]
    name = found[0]["caption"]
    query = {"a": {"schema": "Thing", "properties": {"name": [name]}}}
    told = screened.match("default", query, parameters="?evidence=true").json()
    plain = screened.match("default", query).json()

    (hit,) = told["responses"]["a"]["results"]
    evidence = told.pop("evidence")
    assert told == plain
    assert list(evidence) == [hit["id"]]
    (listing,) = evidence[hit["id"]]["listings"]
    assert (listing["list"], listing["status"], listing["last_observed"]) == ("un-1267", "not_observed", "2024-02-05")
    assert listing["stale"] is True
    member = next(one for one in evidence[hit["id"]]["records_say"] if one["property"] == "member")
    assert (member["value"], member["last"]["date"]) == ("un-1267", "2024-02-05")
    assert len(member["last"]["sha256"]) == 64
    assert screened.get("/search/default?evidence=true").json()["evidence"].keys() == {one["id"] for one in found}
    assert screened.get("/search/default?evidence=maybe").status_code == 422


def test_there_is_no_evidence_behind_files(held):
    """Nobody said anything of their entities here; that is told, and not answered with nothing."""
    served = a_service(None, Current(held))
    body = json.dumps({"queries": {"a": {"schema": "Person", "properties": {"name": ["Anvar Testov"]}}}})

    assert served.post("/match/default?evidence=true", content=body).status_code == 400
    assert served.get("/search/default?evidence=true").status_code == 400


# -- whoever means harm ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", NASTY)
def test_what_is_meant_to_break_something_is_only_text_here_too(client, text):
    """In the path, the query and a header: an answer that names no fault of ours, and nothing of it is taken for more
    than text.
    """
    quoted = quote(text.encode("utf-8", "replace"), safe="")
    for address in (
        f"/ask?subject={quoted}&list=un-1988", f"/ask?subject=taliban&list={quoted}", f"/lists/{quoted}",
        f"/lists/un-1988/diff?from={quoted}&to={quoted}", f"/history/{quoted}", f"/changes?since={quoted}",
        f"/changes?list={quoted}", f"/lists?as_of={quoted}", f"/lists?known_at={quoted}", f"/lists?basis={quoted}",
        f"/decisions?list={quoted}", f"/decisions?pending={quoted}", f"/decisions/{quoted}", f"/imports/{quoted}",
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code in {200, 307, 400, 401, 404, 405, 414, 422}, (address, answer.text)
        assert answer.headers.get("content-type", "application/json") == "application/json"
        assert "set-cookie" not in answer.headers
    header = text.encode("latin-1", "ignore").replace(b"\r\n", b" ").replace(b"\x00", b"").decode("latin-1")
    headers = dict.fromkeys(("authorization", "idempotency-key", "traceparent"), header)
    assert client.get("/lists", headers=headers).status_code == 200
    assert client.post("/decisions", content=text.encode("utf-8", "replace"), headers=headers).status_code == 401


ADDRESSES = ("/ask?subject=taliban&list=kz-list", "/lists", "/history/taliban", "/changes?limit=1", "/decisions",
             "/imports/un-sc")  # fmt: skip


def test_scripts_of_other_sites_may_ask_only_where_they_were_let_in(home):
    """Nobody by default; and what comes back is data that no browser runs, frames or keeps."""
    app = App(home)
    origin = {"origin": "https://desk.example"}
    closed, named = a_service(app.asking), a_service(app.asking, terms=Terms(origins=("https://desk.example",)))
    for address in ADDRESSES:
        answer = closed.get(address, headers=origin)
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert (answer.headers["x-content-type-options"], answer.headers["referrer-policy"]) == (
            "nosniff", "no-referrer",
        )  # fmt: skip
        assert named.get(address, headers=origin).headers["access-control-allow-origin"] == "https://desk.example"
        other = named.get(address, headers={"origin": "https://evil.test"})
        assert "access-control-allow-origin" not in other.headers
        assert "access-control-allow-credentials" not in named.get(address, headers=origin).headers
    app.close()
