"""Screening by a policy over HTTP: its lists, its scores, its weak aliases, its stale lists."""

import datetime as dt
import json

import msgspec
from tests.contracts.screening.conftest import Client, the_site

from tizim.api.wire import Door, Screening, Supply, Terms
from tizim.customers.policies import Policies, approve, propose, read_policies
from tizim.screen.current import Current
from tizim.screen.policy import Policy, Stale, Threshold
from tizim.screen.snapshot import Snapshot

NOW = dt.datetime(2026, 11, 27, 1, tzinfo=dt.UTC)


def by(held, store, *, default="", **policies):
    """A client of a service that knows *policies*."""
    for name, policy in policies.items():
        propose(store, name, policy, "A. Clerk", "to test", NOW)
        approve(store, name, 0, "B. Chief", "to test", NOW)
    known = Policies(read_policies(store))

    async def update(waits):
        pass

    door = Door(policy=lambda name: known.of(name or default) if name or default else None)
    return Client(Screening(Current(held), the_site, Terms(), Supply(update=update, of=lambda _: None), door))


def asked(client, name, parameters="", **more):
    """The whole answer, and the ids of who was found."""
    queries = {"a": {"schema": "Person", "properties": {"name": [name]}, **more}}
    answer = client.post(f"/match/default{parameters}", content=json.dumps({"queries": queries}))
    assert answer.status_code == 200, answer.text
    return answer.json(), [one["id"] for one in answer.json()["responses"]["a"]["results"]]


def aged(held):
    """The same data, with one list that was not seen for long."""
    datasets = tuple(
        msgspec.structs.replace(one, stale=True) if one.name == "eu_fsf" else one for one in held.about.datasets
    )
    return Snapshot(msgspec.structs.replace(held.about, datasets=datasets), held.screener, held.held, held.inverted)


def test_no_policy_changes_nothing(held, store):
    """Clients of the interface get what they ever got."""
    told, _ = asked(by(held, store), "Anvar Testov")

    assert "policy" not in told
    assert "ignored" not in told


def test_a_policy_is_named_and_its_scores_count_in_the_place_of_the_requests(held, store):
    """A client cannot ask a policy away, by the request or by one query of it."""
    client = by(held, store, default="wide", wide=Policy(thresholds=(Threshold(score=0.3),)),
                never=Policy(thresholds=(Threshold(score=1.0),)))  # fmt: skip
    wide, found = asked(client, "Anvar Tistoff", "?threshold=0.99")
    never, none = asked(client, "Anvar Tistoff", "?policy=never&cutoff=0.1", params={"threshold": 0.1})

    assert (wide["policy"], wide["ignored"]) == ("wide@1", ["threshold"])
    assert found == ["tz-anvar"]
    assert wide["responses"]["a"]["results"][0]["match"] is True
    assert wide["responses"]["a"]["total"]["value"] == 1
    assert (never["policy"], none) == ("never@1", [])
    assert never["ignored"] == ["threshold", "cutoff"]


def test_only_the_lists_of_a_policy_are_screened_against(held, store):
    """Under either spelling; a list that is not held is no silent nothing."""
    client = by(held, store, other=Policy(lists=("parteispenden",)), same=Policy(lists=("eu-fsf",)),
                gone=Policy(lists=("eu-fsf", "no-list")))  # fmt: skip

    assert asked(client, "Anvar Testov", "?policy=other")[1] == []
    assert asked(client, "Anvar Testov", "?policy=same")[1] == ["tz-anvar"]
    assert asked(client, "Anvar Testov", "?policy=same&exclude_dataset=eu_fsf")[1] == []
    refused = client.match(
        queries={"a": {"schema": "Person", "properties": {"name": "x y"}}}, parameters="?policy=gone"
    )
    assert refused.status_code == 503
    assert "no-list" in refused.json()["detail"]


def test_a_weak_alias_makes_a_match_only_where_the_policy_says_so(held, store):
    """The same entity is still found by its other names."""
    client = by(held, store, weak=Policy(weak_aliases=True), strong=Policy(weak_aliases=False))

    told, found = asked(client, "Tester", "?policy=weak")
    assert found == ["tz-anvar"]
    assert told["responses"]["a"]["results"][0]["score"] == 1.0
    told, found = asked(client, "Tester", "?policy=strong")
    assert all(one["score"] < 1 and one["explanations"]["name_match"]["candidate"] != "Tester"
               for one in told["responses"]["a"]["results"])  # fmt: skip
    assert asked(client, "Anvar Qodirovich Testov", "?policy=strong")[1] == ["tz-anvar"]


def test_a_stale_list_answers_warns_or_refuses(held, store):
    """As the policy says; a list that is not searched says nothing."""
    client = by(aged(held), store, silent=Policy(stale=Stale.ANSWER), warns=Policy(stale=Stale.WARN),
                refuses=Policy(stale=Stale.REFUSE))  # fmt: skip
    query = {"a": {"schema": "Person", "properties": {"name": ["Anvar Testov"]}}}

    assert "stale" not in asked(client, "Anvar Testov", "?policy=silent")[0]
    assert asked(client, "Anvar Testov", "?policy=warns")[0]["stale"] == ["eu_fsf"]
    refused = client.match("default", query, parameters="?policy=refuses")
    assert (refused.status_code, "eu_fsf" in refused.json()["detail"]) == (503, True)
    assert client.match("parteispenden", query, parameters="?policy=refuses").status_code == 200


def test_a_policy_that_nobody_approved_is_none(held, store):
    """It says so, rather than screen by something else."""
    propose(store, "draft", Policy(), "A. Clerk", "to test", NOW)
    client = by(held, store)
    for name in ("draft", "draft@1", "nothing"):
        answer = client.match("default", {"a": {"schema": "Person", "properties": {}}}, parameters=f"?policy={name}")
        assert (answer.status_code, name in answer.json()["detail"]) == (400, True)


def reconciled(client, name, parameters="", **more):
    """The whole answer of reconciliation to one query."""
    form = {"queries": json.dumps({"a": {"query": name, "type": "Person", **more}})}
    return client.post(f"/reconcile/default{parameters}", data=form)


def test_reconciliation_tells_whom_a_policy_takes_for_a_match(held, store):
    """The same as a match request does; without a policy candidates too, as ever."""
    policies = {"wide": Policy(thresholds=(Threshold(score=0.3),)), "never": Policy(thresholds=(Threshold(score=1.0),)),
                "other": Policy(lists=("parteispenden",))}  # fmt: skip
    client = by(held, store, **policies)
    plain = reconciled(client, "Anvar Tistoff").json()["a"]
    assert "policy" not in plain
    for name in policies:
        told = reconciled(client, "Anvar Tistoff", f"?policy={name}").json()["a"]
        whole, _ = asked(client, "Anvar Tistoff", f"?policy={name}")
        found = whole["responses"]["a"]["results"]
        assert told["policy"] == f"{name}@1"
        assert [(one["id"], one["score"]) for one in told["result"]] == [(one["id"], one["score"]) for one in found]
        assert all(one["match"] for one in told["result"])
    assert reconciled(client, "Anvar Tistoff", "?policy=wide").json()["a"]["result"]
    assert reconciled(client, "Anvar Tistoff", "?policy=nothing").status_code == 400


def test_a_search_under_a_policy_is_on_its_lists_alone(held, store):
    """It is named; what a stale list does holds for words as well as for names."""
    client = by(held, store, other=Policy(lists=("parteispenden",)), missing=Policy(lists=("nolist",)))
    everything = client.get("/search/default?limit=500").json()
    told = client.get("/search/default?limit=500&policy=other").json()

    assert "policy" not in everything
    assert told["policy"] == "other@1"
    assert {name for one in told["results"] for name in one["datasets"]} == {"parteispenden"}
    assert 0 < told["total"]["value"] < everything["total"]["value"]
    assert client.get("/search/default?policy=nothing").status_code == 400
    assert client.get("/search/default?policy=missing").status_code == 503


def test_a_stale_list_does_what_the_policy_says_by_every_door(held, store):
    """It is told, or not answered from."""
    client = by(aged(held), store, warns=Policy(), refuses=Policy(stale=Stale.REFUSE))

    assert client.get("/search/default?policy=warns").json()["stale"] == ["eu_fsf"]
    assert reconciled(client, "Anvar Testov", "?policy=warns").json()["a"]["stale"] == ["eu_fsf"]
    assert client.get("/search/default?policy=refuses").status_code == 503
    assert reconciled(client, "Anvar Testov", "?policy=refuses").status_code == 503
    assert client.get("/search/parteispenden?policy=refuses").status_code == 200
