"""Decisions and documents that come over HTTP: only where it was allowed, only with a key for it, and once."""

import datetime as dt
import json
import threading

import pytest
from tests.contracts.screening.conftest import Client, the_site

from tizim.api.wire import Answering, Door, Screening, Supply, Terms
from tizim.api.wire import application as wire_application
from tizim.api.wire.deciding import Deciding
from tizim.api.wire.guarding import Guard
from tizim.app import App, clock
from tizim.customers.desk import Desk
from tizim.customers.keys import KeyScope, new_key, revoke
from tizim.errors import Broken
from tizim.screen.current import Current
from tizim.settings import Settings
from tizim.sources import catalogue

NOW = dt.datetime(2026, 11, 27, 1, tzinfo=dt.UTC)
LISTED = {
    "kind": "list", "subject": "Zenda Front", "list": "kz-list", "new": "organisation", "effective": "2024-06-03",
    "act": "judgment No. 2-16", "reason": "as told",
}  # fmt: skip
FILE = (
    b'<CONSOLIDATED_LIST dateGenerated="2024-01-05T01:00:00Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>'
    b"<FIRST_NAME>Invented One</FIRST_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>"
    b"<REFERENCE_NUMBER>QDi.901</REFERENCE_NUMBER><LISTED_ON>2010-01-01</LISTED_ON></INDIVIDUAL></INDIVIDUALS>"
    b"<ENTITIES></ENTITIES></CONSOLIDATED_LIST>"
)
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
    b"<CONSOLIDATED_LIST><INDIVIDUALS>&d;</INDIVIDUALS></CONSOLIDATED_LIST>"
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    b"<CONSOLIDATED_LIST><INDIVIDUALS>&secret;</INDIVIDUALS></CONSOLIDATED_LIST>"
)


class Service(Client):
    """A client of a service over a register of its own, with a key that may decide."""

    def __init__(self, folder, *, enters=True, required=False, longest=60.0, url=""):
        self.own = App(Settings(home=folder, register_url=url or f"sqlite:///{folder / 'register.sqlite'}"))
        self.own.made()
        self.store = self.own.customers
        self.ahead = dt.timedelta()
        self.desk = Desk(self.store)

        async def update(waits):
            pass

        door = Door(
            guard=Guard(lambda: self.desk.held.keys, NOW.date, required=required),
            deciding=Deciding(self.own, lambda: clock() + self.ahead, longest) if enters else None,
        )
        supply = Supply(
            update=update, of=lambda _: None,
            answering=Answering(asking=self.own.asking, decisions=self.own.last_decisions),
        )  # fmt: skip
        super().__init__(Screening(Current(), the_site, Terms(), supply, door))
        self.bearing = self.key("The desk", KeyScope.DECIDE)

    def key(self, name, *scopes, until=None):
        """The header of a new key."""
        key, text = new_key(self.store, name, scopes, until, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        self.desk.look()
        return {"authorization": f"Bearer {text}", "x-id": key.id}

    def enter(self, told=LISTED, token="one", path="/decisions", bearing=None, **more):  # noqa: S107 - no password
        """POST with the key, under a token of one's own."""
        content = told if isinstance(told, bytes) else json.dumps(told)
        headers = {**(self.bearing if bearing is None else bearing), "idempotency-key": token}
        return self.post(path, content=content, headers=headers, **more)

    def decisions(self):
        """What was entered."""
        return self.get("/decisions").json()


@pytest.fixture
def service(tmp_path):
    """A service where things may be entered."""
    made = Service(tmp_path)
    yield made
    made.own.close()


@pytest.fixture(scope="module")
def quiet(tmp_path_factory):
    """One where nothing that is asked for is entered."""
    made = Service(tmp_path_factory.mktemp("quiet"))
    yield made
    made.own.close()


def test_a_decision_is_entered_in_the_name_of_whose_key_it_is(service):
    """What is decided counts at once, everywhere, and says who entered it."""
    answer = service.enter()

    assert answer.status_code == 201, answer.text
    (decision,) = service.decisions()
    assert answer.json() == {**decision, "state_before": None}
    assert (decision["author"], decision["subject"]) == ("The desk", "kz-list:zenda front")
    assert decision["legal_basis"] == "judgment No. 2-16"
    told = service.get("/ask?subject=Zenda%20Front&list=kz-list&as_of=2024-07-01").json()
    assert told["own_entry"]["since"] == "2024-06-03"
    assert service.enter({**LISTED, "author": "Somebody else"}, "two").status_code == 422


def test_what_is_told_twice_is_entered_once(service):
    """A sender that lost the answer asks again and gets it; the same token for something else is refused."""
    first, again = service.enter(), service.enter()

    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotent-replay"] == "true"
    assert "idempotent-replay" not in first.headers
    assert len(service.decisions()) == 1
    other = service.enter({**LISTED, "subject": "Ruritania Front"})
    assert other.status_code == 400
    assert "Idempotency-Key" in other.json()["detail"]
    assert service.enter(bearing=service.key("Another", KeyScope.DECIDE)).status_code == 400  # on the list already
    assert service.enter({**LISTED, "subject": "Ruritania Front"}, "two").status_code == 201
    assert len(service.decisions()) == 2


def test_many_at_once_enter_one(service):
    """A sender that asks again before the first answer came."""
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(service.enter().status_code)) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert answers == [201] * 4
    assert len(service.decisions()) == 1


def test_a_process_that_dies_between_entering_and_noting_it_enters_nothing_twice(service, monkeypatch):
    """The next who asks under the token is told the decision that was entered."""

    def dies(*_):
        raise Broken("the process died")

    with monkeypatch.context() as patched:
        patched.setattr("tizim.api.wire.deciding.end", dies)
        assert service.enter().status_code == 500
    assert len(service.decisions()) == 1
    assert service.enter().status_code == 503

    service.ahead = dt.timedelta(minutes=2)
    answer = service.enter()
    assert answer.status_code == 201
    assert [answer.json()] == service.decisions()


def test_what_was_refused_may_be_tried_again_under_the_same_token(service):
    """Nothing was entered, so nothing is held against the sender."""
    wrong = {**LISTED, "list": "nolist"}
    assert service.enter(wrong).status_code == 404
    assert service.enter({**LISTED, "act": ""}).status_code == 400
    assert "--" not in service.enter({**LISTED, "act": ""}).json()["detail"]
    assert service.enter().status_code == 201


def test_a_second_person_is_another_holder_of_a_key(service):
    """Whoever entered it does not approve it, by any key of that name."""
    identifier = service.enter({**LISTED, "second": True}).json()["id"]
    path = f"/decisions/{identifier}/approve"
    assert [one["id"] for one in service.get("/decisions?pending=true").json()] == [identifier]

    assert service.enter({}, "two", path).status_code == 400
    assert service.enter({}, "two", path, service.key("the  DESK", KeyScope.DECIDE)).status_code == 400
    chief = service.key("The chief", KeyScope.DECIDE)
    assert service.enter({}, "two", path, chief).status_code == 201
    assert service.enter(b"", "three", "/decisions/D-nothing/approve", chief).status_code == 404
    (decision,) = service.decisions()
    assert (decision["pending"], decision["approved_by"]) == (False, "The chief")


def test_who_decided_without_having_seen_anothers_decision_is_told(service):
    """The row up to which they had seen the register says so."""
    service.enter()
    seen = service.own.register.head().sequence
    suspended = {"kind": "suspend", "subject": "Zenda Front", "list": "kz-list", "act": "judgment", "effective": "2025"}
    assert service.enter({**suspended, "seen": seen}, "two").status_code == 201

    late = service.enter({**suspended, "kind": "delist", "seen": seen}, "three")
    assert late.status_code == 409


@pytest.mark.parametrize("path", ["/decisions", "/decisions/D-1/approve", "/imports/un-sc?file=a.xml"])
def test_nobody_enters_anything_without_a_key_for_it(tmp_path, path):
    """A missing, wrong, expired, revoked or lesser key; a browser's form, which can send none; a service that was
    not told to.
    """
    service = Service(tmp_path)
    expired = service.key("Late", KeyScope.DECIDE, until=NOW.date())
    revoked = service.key("Gone", KeyScope.DECIDE)
    revoke(service.store, revoked["x-id"], NOW)
    service.desk.look()
    for bearing in ({}, {"authorization": "Bearer nonsense"}, {"authorization": "Basic dTpw"}, expired, revoked):
        answer = service.enter(LISTED, "one", path, bearing)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"]
    lesser = service.key("Reader", KeyScope.READ, KeyScope.SCREEN)
    assert service.enter(LISTED, "one", path, lesser).status_code == 403
    text = service.bearing["authorization"].removeprefix("Bearer ")
    form = {"content-type": "text/plain", "cookie": f"key={text}", "idempotency-key": "one"}
    assert (
        service.post(f"{path}{'&' if '?' in path else '?'}api_key={text}", content="{}", headers=form).status_code
        == 401
    )
    answer = service.ask(
        "OPTIONS", path, headers={"origin": "https://evil.test", "access-control-request-method": "POST"}
    )
    assert "access-control-allow-origin" not in answer.headers

    off = Service(tmp_path / "off", enters=False)
    assert off.enter(LISTED, "one", path).status_code == 404
    assert off.enter(LISTED, "one", path, {}).status_code == 401
    for each in (service, off):
        assert each.decisions() == []
        assert each.own.register.head().sequence == 0
        each.own.close()


def test_decisions_are_read_with_a_key_for_reading_where_keys_are_asked_for(tmp_path):
    """Scopes are not ranks: who decides need not read."""
    service = Service(tmp_path, required=True)
    assert service.get("/decisions").status_code == 401
    assert service.get("/decisions", headers=service.bearing).status_code == 403
    assert service.get("/decisions", headers=service.key("Reader", KeyScope.READ)).json() == []
    assert service.enter().status_code == 201
    assert service.get("/decisions/D-1/approve", headers=service.key("R", KeyScope.READ)).status_code == 405
    service.own.close()


@pytest.mark.parametrize(
    ("told", "token", "status"),
    [
        ({**LISTED, "reason": "x" * 30_000}, "one", 413), (b"[", "one", 422), (b"\xff", "one", 422), (b"", "one", 422),
        ({**LISTED, "kind": "rename"}, "one", 422), ({**LISTED, "seen": "x"}, "one", 422),
        ({**LISTED, "seen": 10**9}, "one", 400), ({**LISTED, "reason": "a\x00b"}, "one", 400),
        ({**LISTED, "announced": [{"date": "2024", "by": "\x1b[2J"}]}, "one", 400),
        ({**LISTED, "effective": "soon"}, "one", 400), ({**LISTED, "new": "ghost"}, "one", 400),
        (LISTED, "", 400), (LISTED, "x" * 201, 400), (LISTED, "two words", 400),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_what_no_decision_can_be_is_refused_and_leaves_nothing(quiet, told, token, status):
    """Too long, no JSON, no text, no token: the register stays as it was."""
    answer = quiet.enter(told, token)

    assert answer.status_code == status, answer.text
    assert quiet.own.register.head().sequence == 0


# -- documents ------------------------------------------------------------------------------------------


def test_a_document_is_kept_as_by_the_command(service):
    """Archived, read, reported; the same bytes add nothing, and the same token gets the same answer."""
    path = "/imports/un-sc?file=consolidated.xml&retrieved_at=2024-01-06"
    answer = service.enter(FILE, "one", path)

    assert answer.status_code == 201, answer.text
    (document,) = answer.json()["documents"]
    assert (document["outcome"], document["new_references"]) == ("kept", ["QDi.901"])
    assert service.get("/history/QDi.901").json()["lists"][0]["list"] == "un-1267"
    assert service.enter(FILE, "one", path).json() == answer.json()
    again = service.enter(FILE, "two", path)
    assert (again.status_code, again.json()["documents"][0]["outcome"]) == (200, "unchanged")
    assert list((service.own.settings.home / "incoming").iterdir()) == []


@pytest.mark.parametrize("data", [BOMB, OUTSIDE, b"", b"<html>", b"\x1f\x8bnot really", FILE[:200]], ids=range(6))
def test_a_hostile_document_is_refused_whole(quiet, data):
    """Entities that swell or reach outside, what is cut off, what is no list: told, and nothing is kept of it."""
    name = "a.xml.gz" if data.startswith(b"\x1f") else "a.xml"
    answer = quiet.enter(data, "one", f"/imports/un-sc?file={name}")

    assert answer.status_code == 422, answer.text
    assert answer.json()["documents"][0]["outcome"] == "refused"
    assert "root:" not in answer.text
    assert quiet.own.register.head().sequence == 0
    assert list((quiet.own.settings.home / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/imports/un-sc", 400), ("/imports/un-sc?file=../../a.xml", 400), ("/imports/un-sc?file=%2Fetc%2Fpasswd", 400),
        ("/imports/un-sc?file=a.tar.gz", 400), ("/imports/un-sc?file=.a", 400), ("/imports/un-sc?file=a%00.xml", 400),
        ("/imports/nothing?file=a.xml", 404), ("/imports/table?file=a.csv", 404),
        *((f"/imports/{one}?file=a.json", 404) for one in sorted(catalogue.MADE_HERE)),
        ("/imports/..%2F..%2Fetc?file=a.xml", 404), ("/imports/un-sc?file=a.xml&dated=soon", 400),
        ("/imports/un-sc?file=a.xml&accept_drop=perhaps", 422), ("/imports/un-sc?file=a.xml&retrieved_at=soon", 400),
    ],
)  # fmt: skip
def test_a_name_or_a_source_that_is_none_is_refused(quiet, path, status):
    """Nothing that a sender says is a path, and no document comes over HTTP that names an author of its own."""
    assert quiet.enter(FILE, "one", path).status_code == status
    assert quiet.own.register.head().sequence == 0


def test_a_document_that_is_too_large_is_given_up(service, monkeypatch):
    """By what it says of itself, and by what comes."""
    monkeypatch.setattr(wire_application, "LONGEST_DOCUMENT", 100)

    async def pieces():
        for _ in range(5):
            yield b"x" * 30

    path = "/imports/un-sc?file=a.xml"
    headers = {**service.bearing, "idempotency-key": "one"}
    assert service.enter(FILE, "one", path).status_code == 413
    assert service.post(path, content=pieces(), headers=headers).status_code == 413
    assert list((service.own.settings.home / "incoming").iterdir()) == []


def test_one_who_waits_too_long_is_told_to_ask_again_and_it_goes_on(tmp_path, monkeypatch):
    """What was begun is ended, and the answer is there for who asks under the same token."""
    service = Service(tmp_path, longest=0.05)
    gate = threading.Event()
    keep = service.own.keep

    def slowly(*given, **more):
        gate.wait(10)
        return keep(*given, **more)

    monkeypatch.setattr(service.own, "keep", slowly)
    path = "/imports/un-sc?file=a.xml"
    waiting = service.enter(FILE, "one", path)
    assert (waiting.status_code, waiting.headers["retry-after"]) == (503, "10")
    gate.set()
    for _ in range(200):
        answer = service.enter(FILE, "one", path)
        if answer.status_code != 503:
            break
    assert (answer.status_code, answer.json()["documents"][0]["outcome"]) == (201, "kept")
    service.own.close()


def test_in_the_other_database_it_is_the_same(tmp_path, postgres_url):
    """Entered once, followed by a cursor, and a sign that it cannot hold is refused and no fault of ours."""
    service = Service(tmp_path, url=postgres_url)
    path = "/imports/un-sc?file=consolidated.xml"
    assert service.enter(FILE, "one", path).status_code == 201
    following = service.get("/changes").json()["next"]
    for _ in range(2):
        assert service.enter(LISTED, "two").status_code == 201
    assert len(service.decisions()) == 1
    (change,) = service.get(f"/changes?since={following}").json()["changes"]
    assert (change["change"], change["subject"], change["action"]) == ("new", "kz-list:zenda front", "listed")
    for address in (
        "/ask?subject=%00&list=kz-list", "/ask?subject=a&list=%00", "/lists/%00", "/history/%00", "/changes?list=%00",
        "/decisions?list=%00", "/lists/%00/diff?from=2020-01-01&to=2021-01-01",
    ):  # fmt: skip
        assert service.get(address).status_code in {400, 404}, address
    assert service.enter({**LISTED, "subject": "a\x00"}, "three").status_code == 400
    service.own.close()
