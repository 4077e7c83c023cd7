"""OpenRefine's reconciliation: manifest, queries, values to be added, suggestions."""

import json

import pytest


def post(client, dataset="eu_fsf", **fields):
    """Send a form, each field as JSON."""
    return client.post(
        f"/reconcile/{dataset}",
        data={name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()},
    )


def test_the_manifest_says_what_is_offered(client):
    """In our own name spaces; with the query string passed on, as keys travel in it."""
    told = client.get("/reconcile/eu_fsf?api_key=1").json()

    assert told["versions"] == ["0.2"]
    assert told["batchSize"] == 3
    assert told["identifierSpace"].startswith("http://desk.test/")
    assert (told["preview"]["width"], told["preview"]["height"]) == (430, 600)
    assert told["suggest"]["entity"] == {
        "service_url": "http://desk.test/reconcile/eu_fsf",
        "service_path": "/suggest/entity?api_key=1",
    }
    assert [one["name"] for one in told["extend"]["propose_settings"]] == ["limit", "render"]
    assert {"Person", "Company", "Thing"} < {one["id"] for one in told["defaultTypes"]}


def test_a_foreign_name_space_is_called_only_by_who_was_told_to(client, compatible):
    """A service does not pass for another by itself."""
    assert compatible.get("/reconcile/eu_fsf").json()["identifierSpace"].startswith("https://www.opensanctions.org/")
    assert "opensanctions" not in client.get("/reconcile/eu_fsf").text


def test_queries_are_matched(client):
    """Candidates too, so that a person can choose."""
    answer = post(
        client,
        queries={
            "q1": {"query": "Anvar Testov"},
            "q2": {
                "query": "Testov Trading",
                "type": "Company",
                "properties": [{"pid": "LegalEntity:jurisdiction", "v": "ru"}],
            },
            "q3": {"query": "Anvar Testov", "type": ["Person"], "limit": 1},
        },
    )

    assert answer.headers["x-batch-size"] == "3"
    told = answer.json()
    best = told["q1"]["result"][0]
    assert set(best) == {"id", "name", "description", "type", "score", "match"}
    assert (best["id"], best["match"], best["description"]) == ("tz-anvar", True, "Person")
    assert best["type"][0]["id"] == "Person"
    assert told["q2"]["result"][0]["id"] == "tz-trade"
    assert len(told["q3"]["result"]) == 1


def test_a_form_in_parts_is_read_too(client):
    """Some clients send multipart."""
    parts = {"queries": (None, json.dumps({"q": {"query": "Anvar Testov"}}))}

    answer = client.post("/reconcile/eu_fsf", files=parts)

    assert answer.json()["q"]["result"][0]["id"] == "tz-anvar"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"queries": "xx"},
        {"queries": "[]"},
        {"queries": {"q": {"query": "x", "type": "Banana"}}},
        {"queries": {str(at): {"query": "x"} for at in range(101)}},
        {"extend": "xx"},
        {"extend": "{}"},
        {"extend": {"ids": ["old-anvar"], "properties": []}},
        {"extend": {"ids": ["x"] * 101, "properties": []}},
        {"queries": {"q": {"query": 5}}},
    ],
)
def test_what_cannot_be_read_is_refused(client, fields):
    """400 with the reason."""
    answer = post(client, **fields)

    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_values_are_added_to_rows(client):
    """As people read them, or raw; at most so many; a row for every id."""
    wanted = [
        {"id": "nationality"},
        {"id": "name", "settings": {"limit": 1}},
        {"id": "country", "settings": {"render": "raw"}},
        {"id": "bogus"},
    ]

    answer = post(client, extend={"ids": ["tz-anvar", "nobody"], "properties": wanted})

    told = answer.json()
    assert [one["id"] for one in told["meta"]] == ["nationality", "name", "country"]
    row = told["rows"]["tz-anvar"]
    assert (row["nationality"], row["country"], len(row["name"])) == ([{"str": "Russia"}], [{"str": "ru"}], 1)
    assert told["rows"]["nobody"] == {}
    assert answer.headers["x-batch-size"] == "2"


def suggested(client, what, parameters):
    """What is suggested."""
    told = client.get(f"/reconcile/eu_fsf/suggest/{what}{parameters}").json()
    assert (told["code"], told["status"]) == ("/api/status/ok", "200 OK")
    return told["result"]


def test_entities_are_suggested_as_their_name_is_typed(client):
    """The last word begun; nothing where nothing is typed."""
    assert suggested(client, "entity", "?prefix=alexander zak")[0]["id"] == "tz-zakharov"
    assert suggested(client, "entity", "?prefix=алекс")[0]["id"] == "tz-zakharov"
    assert suggested(client, "entity", "") == []
    assert len(suggested(client, "entity", "?prefix=test&limit=1")) == 1


def test_properties_and_types_are_suggested_by_name_and_label(client):
    """Five at most, by qualified names."""
    found = {one["id"] for one in suggested(client, "property", "?prefix=country")}
    assert {"LegalEntity:mainCountry", "Thing:country"} <= found
    assert len(suggested(client, "property", "?prefix=p")) == 5
    assert [one["id"] for one in suggested(client, "type", "?prefix=organ")] == ["Organization"]
    assert suggested(client, "type", "") == []


def test_properties_are_proposed_for_a_type(client):
    """The featured ones first, then cut, then by label."""
    told = client.get("/reconcile/eu_fsf/extend/property?type=LegalEntity&limit=5").json()

    assert (told["limit"], told["type"], len(told["properties"])) == (5, "LegalEntity", 5)
    assert {"name", "country"} <= {one["id"] for one in told["properties"]}
    labels = [one["name"] for one in told["properties"]]
    assert labels == sorted(labels)
    assert client.get("/reconcile/eu_fsf/extend/property?type=Nothing").status_code == 400


def test_a_dataset_that_there_is_not_is_not_found(client):
    """404 everywhere."""
    assert client.get("/reconcile/nothing").status_code == 404
    assert client.get("/reconcile/nothing/suggest/entity?prefix=x").status_code == 404
    assert post(client, "nothing", queries={}).status_code == 404
