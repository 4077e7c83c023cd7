"""What somebody found to be another is not shown again, until something changes that matters."""

import datetime as dt
import json

import pytest
from tests.contracts.screening.conftest import DATA, FILES, MADE, Client, the_site

from tizim.api.wire import Door, Screening, Supply, Terms
from tizim.api.wire.clearing import Clearing
from tizim.api.wire.guarding import Guard
from tizim.cli import main
from tizim.customers import Marks, Store
from tizim.customers.clearances import Clearances, cleared_for, end, read_clearances
from tizim.customers.desk import Desk
from tizim.customers.keys import KeyScope, new_key
from tizim.customers.log import delete_customer
from tizim.errors import BadInput, NotFound
from tizim.screen.current import Current
from tizim.screen.from_files import EntityFile, snapshot

NOW = dt.datetime(2026, 11, 27, 1, tzinfo=dt.UTC)
MARKS = Marks("a secret of more than thirty-two characters")
PROPERTIES = {"name": ["Anvar Testov"], "birthDate": ["1971"]}
QUERY = {"id": "customer-77", "schema": "Person", "properties": PROPERTIES}
ENTERED = {"query": QUERY, "entity": "tz-anvar", "author": "A. Clerk", "reason": "born elsewhere"}


class Service(Client):
    """A client of a service that knows what was cleared."""

    def __init__(self, held, store, day=NOW):
        self.desk = desk = Desk(store)

        def cleared(answered_from):
            known = desk.held.clearances
            if not known:
                return None
            return lambda example: cleared_for(known, MARKS, answered_from, example, day.date())

        async def update(waits):
            pass

        door = Door(
            guard=Guard(lambda: desk.held.keys, NOW.date, required=False), cleared=cleared,
            clearing=Clearing(store=store, marks=MARKS, now=lambda: NOW),
        )  # fmt: skip
        super().__init__(Screening(Current(held), the_site, Terms(), Supply(update=update, of=lambda _: None), door))
        self.bearing = {}

    def send(self, path, told):
        """POST with the key."""
        return self.post(path, content=json.dumps(told), headers=self.bearing)

    def found(self, parameters="", **changed):
        """The ids of who is found, and the whole answer to the query."""
        self.desk.look()
        answer = self.match("default", {"a": {**QUERY, **changed}}, parameters=parameters)
        told = answer.json()["responses"]["a"]
        return [one["id"] for one in told["results"]], told


@pytest.fixture
def service(held, store):
    """A service, with a key that may decide."""
    text = new_key(store, "The desk", [KeyScope.DECIDE], None, NOW)[1]
    made = Service(held, store)
    made.bearing = {"authorization": f"Bearer {text}"}
    return made


def test_only_a_key_that_may_decide_clears_anything(service, store):
    """Without one nobody does, whatever else is open."""
    screens = new_key(store, "x", [KeyScope.SCREEN], None, NOW)[1]
    service.desk.look()
    body = json.dumps(ENTERED)

    for path in ("/clearances", "/clearances/00/end"):
        assert service.post(path, content=body).status_code == 401
        bearing = {"authorization": f"Bearer {screens}"}
        assert service.post(path, content=body, headers=bearing).status_code == 403
    assert service.get("/clearances?customer=customer-77").status_code == 401
    assert read_clearances(store) == []


def test_what_is_cleared_is_shown_as_such_when_asked_for_and_else_not(service):
    """With who cleared it and why; other customers still find it."""
    assert service.found()[0] == ["tz-anvar"]

    answer = service.send("/clearances", ENTERED)

    assert answer.status_code == 201
    found, told = service.found()
    assert (found, told["total"]["value"], "cleared" in told) == ([], 0, False)
    _, told = service.found("?cleared=true")
    (shown,) = told["cleared"]
    assert (shown["id"], shown["reason"], shown["author"]) == ("tz-anvar", "born elsewhere", "A. Clerk (The desk)")
    assert service.found(id="customer-78")[0] == service.found(id=None)[0] == ["tz-anvar"]
    (listed,) = service.get("/clearances?customer=customer-77", headers=service.bearing).json()["clearances"]
    assert listed["id"] == answer.json()["id"]


def test_it_is_shown_again_when_the_customer_changes_in_what_it_is_compared_by(service):
    """Another birth date or name; not another order, case or address."""
    service.send("/clearances", ENTERED)

    assert service.found(properties={**PROPERTIES, "address": ["1 Street"], "name": ["ANVAR  testov"]})[0] == []
    assert service.found(properties={**PROPERTIES, "birthDate": ["1971-05-06"]})[0] == ["tz-anvar"]
    assert service.found(properties={"name": ["Anvar Testov", "Anvar Testoff"]})[0] == ["tz-anvar"]


def test_it_is_shown_again_when_the_entity_changes_in_what_it_is_compared_by(service, store, tmp_path):
    """A new alias or birth date on the list; not a new address."""
    service.send("/clearances", ENTERED)
    line, *others = (DATA / "sanctions.ftm.json").read_text(encoding="utf-8").splitlines()

    def found(changed):
        path = tmp_path / "list.json"
        path.write_text("\n".join([changed, *others]), encoding="utf-8")
        return Service(snapshot((EntityFile(path=path, dataset="eu_fsf"),), MADE, []), store).found()[0]

    assert found(line) == []
    assert found(line.replace("1 Test Street", "2 Test Street")) == []
    assert found(line.replace("Anvar the Tester", "Anvar the Third")) == ["tz-anvar"]
    assert found(line.replace("1971-05-06", "1971-05-07")) == ["tz-anvar"]


def test_it_holds_until_its_day_and_until_it_is_ended(service, store, held):
    """Who ended it and why stays."""
    service.send("/clearances", {**ENTERED, "until": "2026-12-01"})
    assert service.found()[0] == []
    assert Service(held, store, NOW + dt.timedelta(days=4)).found()[0] == ["tz-anvar"]

    (one,) = read_clearances(store)
    ended = service.send(f"/clearances/{one.id}/end", {"author": "B. Chief", "reason": "a mistake"})

    assert (ended.status_code, ended.json()["ended"]) == (200, True)
    assert service.found()[0] == ["tz-anvar"]
    assert read_clearances(store)[0].ended.reason == "a mistake"
    again = service.send(f"/clearances/{one.id}/end", {"author": "B. Chief", "reason": "again"})
    assert again.status_code == 400
    with pytest.raises(BadInput):
        end(store, one.id, "B", "again", NOW)
    with pytest.raises(NotFound):
        end(store, "none", "B", "why", NOW)


def test_the_limit_counts_what_is_shown(service):
    """What is cleared takes no place of another."""
    both = {"name": ["Anvar Testov", "Bunyod Examplov"]}
    assert service.found("?limit=1", properties=both)[0] == ["tz-bunyod"]
    service.send("/clearances", {**ENTERED, "entity": "tz-bunyod", "query": {**QUERY, "properties": both}})

    assert service.found("?limit=1", properties=both)[0] == ["tz-anvar"]


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"entity": "nobody"}, 404), ({"author": " "}, 400), ({"reason": ""}, 400), ({"until": "2026-11-27"}, 400),
     ({"until": "soon"}, 422), ({"query": {**QUERY, "id": ""}}, 400), ({"query": {**QUERY, "schema": "X"}}, 400),
     ({"query": {**QUERY, "properties": {}}}, 400), ({"more": 1}, 422), ({"query": 5}, 422)],
)  # fmt: skip
def test_what_clears_nothing_is_refused(service, store, changed, status):
    """Nothing is kept of it."""
    assert service.send("/clearances", {**ENTERED, **changed}).status_code == status
    assert read_clearances(store) == []


def test_nothing_of_a_customer_stands_in_the_store_and_all_of_it_can_be_deleted(service, store, tmp_path):
    """Neither its id, nor its name, nor a hash that could be found by trying names."""
    service.send("/clearances", ENTERED)
    told = b"".join(one.read_bytes() for one in tmp_path.iterdir() if one.is_file())
    assert b"customer-77" not in told
    assert b"Testov" not in told

    assert delete_customer(store, MARKS.of_customer("customer-77")) == (0, 1)
    assert service.found()[0] == ["tz-anvar"]
    assert not Clearances(read_clearances(store))


def test_clearing_at_the_command_line_is_the_same(tmp_path, monkeypatch, capsys):
    """Entered, listed and ended without a service."""
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TIZIM_CUSTOMERS_KEY", "a secret of more than thirty-two characters")
    for name in ("TIZIM_REGISTER_URL", "TIZIM_CUSTOMERS_URL"):
        monkeypatch.delenv(name, raising=False)
    who = ("--author", "A. Clerk", "--reason", "born elsewhere")
    files = ("--entities", f"{DATA / 'sanctions.ftm.json'}=eu_fsf")
    facts = ("--property", "name=Anvar Testov", "--property", "birthDate=1971")

    main(["clear", "enter", "customer-77", "tz-anvar", *facts, *who, *files, "--json"])
    (entered,) = json.loads(capsys.readouterr().out)
    main(["clear", "--customer", "customer-77"])
    assert entered["id"] in capsys.readouterr().out
    store = Store(f"sqlite:///{tmp_path / 'home' / 'customers.sqlite'}")
    assert Service(snapshot(FILES, MADE, []), store).found()[0] == []
    store.close()
    main(["clear", "end", entered["id"], *who])
    assert "ended by A. Clerk" in capsys.readouterr().out
    for words in (["clear", "enter", "a", "b", "--property", "name"], ["clear", "end", "x", *who]):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 2


def test_reconciliation_shows_nobody_who_was_cleared_for_the_customer_that_it_names(service):
    """The customer's id stands among the properties of a query; without one nobody is left out."""
    service.send("/clearances", ENTERED)
    service.desk.look()

    def found(parameters="", **customer):
        properties = [{"pid": "Person:birthDate", "v": "1971"}, *({"pid": "id", "v": one} for one in customer.values())]
        query = {"query": "Anvar Testov", "type": "Person", "properties": properties}
        answer = service.post(f"/reconcile/default{parameters}", data={"queries": json.dumps({"a": query})})
        told = answer.json()["a"]
        return "tz-anvar" in {one["id"] for one in told["result"]}, told

    assert found()[0]
    assert found(id="customer-78")[0]
    is_found, told = found("?cleared=true", id="customer-77")
    assert (is_found, [one["id"] for one in told["cleared"]]) == (False, ["tz-anvar"])
    assert "cleared" not in found(id="customer-77")[1]
