"""``GET /search``: entities by words, filters, order and counts."""

import pytest

THINGS = ["tz-anvar", "tz-bunyod", "tz-zakharov", "tz-fund", "tz-trade", "tz-ship", "tz-body", "tz-legal", "addr-1"]


def ids(answer):
    """The ids found, in their order."""
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["results"]]


def found(client, parameters, dataset="eu_fsf"):
    """The ids found."""
    return ids(client.get(f"/search/{dataset}{parameters}"))


def test_an_answer_has_the_shape_that_clients_read(client):
    """Results, how many there are, and counts of kinds with labels."""
    told = client.get("/search/eu_fsf?q=testov").json()

    assert set(told) == {"limit", "offset", "total", "results", "facets", "data_version"}
    assert (told["limit"], told["offset"], told["total"]) == (10, 0, {"value": 2, "relation": "eq"})
    assert set(told["facets"]) == {"countries", "topics", "datasets"}
    countries = told["facets"]["countries"]
    assert countries == {"label": "Countries", "values": [{"name": "ru", "label": "Russia", "count": 2}]}
    assert told["facets"]["datasets"]["label"] == "Data sources"


def test_no_words_find_everything_that_is_a_thing(client):
    """Listings and ties are no things; who wants them asks for them."""
    assert sorted(found(client, "")) == sorted(THINGS)
    assert found(client, "?schema=Sanction") == []  # they are neither compared nor have they descendants


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("anvar", ["tz-anvar"]),
        ("ANVAR testov", ["tz-anvar"]),
        ("Тестов", ["tz-anvar"]),
        ("anvar nobody", []),
        ('"anvar qodirovich"', ["tz-anvar"]),
        ('"qodirovich anvar"', []),
        ("exampl*", None),
        ("bunyod AND examplov", ["tz-bunyod"]),
        ("bunyod OR zakharov", None),
        ("examplov -bunyod", []),
        ("examplov NOT bunyod", []),
        ("+bunyod +examplov", ["tz-bunyod"]),
        ("(bunyod OR zakharov) AND alexander", ["tz-zakharov"]),
        ("anvr~", ["tz-anvar"]),
        ("anvr~1", ["tz-anvar"]),
        ("zzzz~2", []),
        ("names:anvar", ["tz-anvar"]),
        ("properties.birthDate:1985-07-05", ["tz-bunyod"]),
        ("b?nyod", ["tz-bunyod"]),
        ("properties.birthDate:[1984 TO 1986]", ["tz-bunyod"]),
        ("samarkand", None),
        ("schema:Vessel", ["tz-ship"]),
        ("7707083893", ["tz-trade"]),
    ],
)
def test_words_are_found_by_the_usual_syntax(client, query, expected):
    """All words must be there, in any field; signs of the syntax mean what they always do."""
    answer = found(client, f"?q={query.replace('+', '%2B')}")

    if expected is None:
        assert len(answer) > 1
    else:
        assert answer == expected


@pytest.mark.parametrize("query", ["invalid/query", "((anvar)", "anvar)", '"anvar', "[1 TO", "names:", "a" * 5000])
def test_what_cannot_be_read_is_refused_but_in_the_simple_syntax(client, query):
    """A person's query box sends simple=true, where nothing is an error."""
    refused = client.get("/search/eu_fsf", params={"q": query})

    assert refused.status_code == 400
    assert refused.json()["detail"].startswith("Search error")
    assert client.get("/search/eu_fsf", params={"q": query, "simple": "true"}).status_code == 200


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("?schema=Person", {"tz-anvar", "tz-bunyod", "tz-zakharov", "tz-legal"}),
        ("?schema=Vessel", {"tz-ship"}),
        ("?countries=kz", {"tz-bunyod"}),
        ("?countries=kz&countries=uz&filter_op=AND", {"tz-bunyod"}),
        ("?countries=kz&countries=ru", {"tz-bunyod", "tz-anvar", "tz-zakharov", "tz-trade"}),
        ("?topics=crime.terror", {"tz-anvar"}),
        ("?topics=crime.terror&topics=role.pep&filter_op=AND", set()),
        ("?datasets=parteispenden", set()),
        ("?filter=properties.birthDate:1985-07-05", {"tz-bunyod"}),
        ("?filter=properties.programId:TZ-1", {"tz-anvar"}),
        ("?filter=schema:Vessel", {"tz-ship"}),
        ("?filter=nothing:1", set()),
        ("?target=false", {"addr-1", "tz-body"}),
        ("?changed_since=2023-06-01", {"tz-zakharov"}),
        ("?q=testov&exclude_schema=Company", {"tz-anvar"}),
        ("?include_dataset=nothing", set()),
        ("?exclude_dataset=eu_fsf", set()),
        ("?q=testov&bogus=1&fuzzy=false", {"tz-anvar", "tz-trade"}),
    ],
)
def test_filters_hold(client, parameters, expected):
    """Several values of one field are alternatives unless AND is asked for; fields all count."""
    assert set(found(client, parameters)) == expected


def test_one_dataset_does_not_show_anothers_entities(client):
    """Also where everything is asked for."""
    assert found(client, "?q=testov", "parteispenden") == []
    assert set(found(client, "", "parteispenden")) == {"don-party", "don-firm", "don-person"}


def test_pages_follow_each_other(client):
    """Limit and offset cut one order."""
    whole = found(client, "?limit=500")

    assert [one for at in range(0, 9, 2) for one in found(client, f"?limit=2&offset={at}")] == whole
    assert found(client, "?limit=0") == []
    assert client.get("/search/eu_fsf?limit=2&offset=2").json()["total"]["value"] == len(THINGS)


@pytest.mark.parametrize(
    ("parameters", "first", "last"),
    [
        ("?sort=caption", "addr-1", "tz-trade"),
        ("?sort=caption:desc", "tz-trade", "addr-1"),
        ("?sort=last_change:desc", "tz-zakharov", "tz-fund"),
        ("?sort=last_change", "tz-anvar", "tz-fund"),
        ("?sort=properties.birthDate", "tz-zakharov", None),
        ("?sort=properties.birthDate:desc", "tz-bunyod", None),
        ("?sort=first_seen&sort=caption:desc", "tz-trade", "addr-1"),
    ],
)
def test_orders_put_what_has_no_value_last(client, parameters, first, last):
    """In both directions."""
    answer = found(client, parameters)

    assert answer[0] == first
    assert last is None or answer[-1] == last


@pytest.mark.parametrize(
    ("parameters", "name", "kind"),
    [
        ("?limit=501", "limit", "less_than_equal"),
        ("?offset=9999", "offset", "less_than_equal"),
        ("?target=zz", "target", "bool_parsing"),
        ("?filter_op=XOR", "filter_op", "enum"),
        ("?facets=x", "facets", "enum"),
        ("?changed_since=soon", "changed_since", "string_pattern_mismatch"),
        ("?simple=perhaps", "simple", "bool_parsing"),
    ],
)
def test_parameters_out_of_bounds_are_told(client, parameters, name, kind):
    """422 with the place."""
    answer = client.get(f"/search/eu_fsf{parameters}")

    assert answer.status_code == 422
    assert [(one["loc"][1], one["type"]) for one in answer.json()["detail"]] == [(name, kind)]


@pytest.mark.parametrize("parameters", ["?schema=Nothing", "?filter=nothing", "?sort=bogus"])
def test_what_cannot_be_answered_is_refused(client, parameters):
    """400."""
    assert client.get(f"/search/eu_fsf{parameters}").status_code == 400


def test_a_dataset_that_there_is_not_is_not_found(client):
    """404, as for matching."""
    assert client.get("/search/nothing").status_code == 404


def test_facets_are_just_those_asked_for(client):
    """Each with the label of its kind."""
    told = client.get("/search/eu_fsf?facets=schema&facets=genders&facets=identifiers").json()["facets"]

    assert {name: one["label"] for name, one in told.items()} == {
        "schema": "Entity types",
        "genders": "Genders",
        "identifiers": "Identifiers",
    }
    assert {"name": "Person", "label": "People", "count": 3} in told["schema"]["values"]
    counts = [one["count"] for one in told["schema"]["values"]]
    assert counts == sorted(counts, reverse=True)
