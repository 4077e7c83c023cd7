"""``POST /match``: what every client of the field's interface relies on."""

import json
import re

import pytest

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
ENTITY = ("id", "caption", "schema", "properties", "datasets", "referents", "target", "first_seen", "last_seen")


def is_entity(told):
    """Whether it has the shape of an entity."""
    assert all(key in told for key in (*ENTITY, "last_change"))
    assert told["caption"]
    assert all(isinstance(values, list) for values in told["properties"].values())
    for key in ("first_seen", "last_seen", "last_change"):
        assert told[key] is None or TIME.fullmatch(told[key])
    return True


def first(answer, key="a"):
    """The first hit for a query."""
    assert answer.status_code == 200, answer.text
    return answer.json()["responses"][key]["results"][0]


def ids(answer, key="a"):
    """The ids of the hits for a query."""
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["responses"][key]["results"]]


def detail(answer, status):
    """What is told of a refusal."""
    assert answer.status_code == status, answer.text
    return answer.json()["detail"]


def test_an_answer_has_the_shape_that_clients_read(client, person):
    """Hits are entities with a score, a verdict and reasons; the query is told as it was understood."""
    answer = client.match(queries={"a": person("Anvar Testov")})

    told = answer.json()
    assert set(told) == {"responses", "limit", "algorithm", "data_version"}
    assert (told["limit"], answer.headers["x-batch-size"]) == (5, "1")
    one = told["responses"]["a"]
    assert set(one) == {"status", "results", "total", "query"}
    assert (one["status"], one["total"]) == (200, {"value": 1, "relation": "eq"})
    assert one["query"] == {"id": None, "schema": "Person", "properties": {"name": ["Anvar Testov"]}}
    hit = one["results"][0]
    assert is_entity(hit)
    assert (hit["id"], hit["match"], hit["datasets"], hit["target"]) == ("tz-anvar", True, ["eu_fsf"], True)
    assert 0.7 < hit["score"] <= 1
    assert set(hit["explanations"]["name_match"]) == {"score", "detail", "query", "candidate"}


def test_an_answer_names_what_really_scored_whatever_it_was_asked_for_as(client, person):
    """Another system's name is an alias; nobody is told that its algorithm scored."""
    scores = set()
    for name in ("best", "BEST", "logic-v2", "Logic-V1", "name-based", "name-qualified", "regression-v1", "tizim-1"):
        answer = client.match(queries={"a": person("Anvar Testov")}, parameters=f"?algorithm={name}")
        assert answer.json()["algorithm"] == "tizim-1"
        scores.add(first(answer)["score"])

    assert len(scores) == 1


def test_the_same_query_thrice_in_a_batch_is_answered_thrice_alike(client, person):
    """Nothing of one query shows in another."""
    told = client.match(queries={key: person("Anvar Testov") for key in "abc"}).json()["responses"]

    assert told["a"] == told["b"] == told["c"]


def test_a_query_is_told_cleaned(client, person):
    """Texts for lists, names of countries for their codes, numbers for texts, no value that is none of its type."""
    given = person("Anvar Testov", nationality="Russia", birthDate=[1971, "soon"], gender="M")

    told = client.match(queries={"a": {**given, "id": "mine"}}).json()["responses"]["a"]["query"]

    assert told["id"] == "mine"
    assert told["properties"] == {
        "name": ["Anvar Testov"],
        "nationality": ["ru"],
        "birthDate": ["1971"],
        "gender": ["male"],
    }


def test_names_are_put_together_of_their_parts(client, person):
    """Who has only a first and a last name to give has a name."""
    answer = client.match(queries={"a": person(firstName="Anvar", lastName="Testov")})

    assert ids(answer) == ["tz-anvar"]
    assert answer.json()["responses"]["a"]["query"]["properties"]["alias"] == ["Anvar Testov"]


@pytest.mark.parametrize("name", ["Anvar Testov", "Testov, Anvar", "Анвар Тестов", "anvartestov", "ANWAR TESTOV"])
def test_a_name_is_found_in_any_order_script_and_spacing(client, person, name):
    """Transliterations and a lost space are what names meet on their way."""
    assert ids(client.match(queries={"a": person(name)})) == ["tz-anvar"]


def test_several_names_of_one_query_each_count(client, person):
    """Somebody known under seven spellings is found by any of them."""
    names = ["Xx Yyy", "Qqq Zzz", "Anwar Testow", "Rrr Sss", "Ttt Uuu", "Vvv Www", "Анвар Тестов"]

    assert ids(client.match(queries={"a": person(*names)})) == ["tz-anvar"]


def test_both_names_misspelt_are_found_at_a_low_threshold(client, person):
    """Candidates are shown to who asks for them, and are matches by that threshold."""
    answer = client.match(queries={"a": person("Anwer Tastow")}, parameters="?threshold=0.2")

    assert first(answer)["id"] == "tz-anvar"
    assert first(answer)["match"] is True


def test_only_scores_above_the_lower_of_cutoff_and_threshold_are_shown(client, person):
    """The cutoff is old and may not lie above the threshold."""

    def asked(parameters):
        return client.match(queries={"a": person("Anvar Tastov")}, parameters=parameters)

    assert ids(asked("?threshold=1.1&cutoff=1.2")) == []
    for parameters in ("?threshold=1.1", "?threshold=1.1&cutoff=0.1"):
        assert first(asked(parameters))["match"] is False
        assert asked(parameters).json()["responses"]["a"]["total"]["value"] == 0


def test_facts_beside_the_name_raise_and_lower_its_score(client, person):
    """The same birth date speaks for a match, another one against."""

    def score(**more):
        return first(client.match(queries={"a": person("Anvar Tastov", **more)}, parameters="?threshold=0.1"))["score"]

    assert score(birthDate="1930") < score() < score(birthDate="1971-05-06")


def test_an_identifier_alone_finds_its_bearer(client, person):
    """A number that was given out once is enough to be shown the one who has it."""
    assert ids(client.match(queries={"a": person(passportNumber="ab 1234567")})) == ["tz-anvar"]
    by_number = {"schema": "Company", "properties": {"innCode": ["7707083893"]}}
    hit = first(client.match(queries={"a": by_number}))
    assert (hit["id"], hit["match"]) == ("tz-trade", True)
    ship = {"schema": "Vessel", "properties": {"imoNumber": "9074729"}}
    assert ids(client.match(queries={"a": ship})) == ["tz-ship"]


def test_another_name_with_the_same_number_is_no_match(client, person):
    """A number never makes a match against the names."""
    answer = client.match(
        queries={"a": person("Jane Roe", passportNumber="AB1234567")}, parameters="?threshold=0.7&cutoff=0"
    )

    assert first(answer)["id"] == "tz-anvar"
    assert first(answer)["match"] is False


def test_the_scope_is_the_dataset_asked(client, person):
    """What is on one list is not shown to who asks another."""
    assert ids(client.match("parteispenden", {"a": person("Anvar Testov")})) == []
    assert ids(client.match("default", {"a": person("Anvar Testov")})) == ["tz-anvar"]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ("?include_dataset=eu_fsf", True),
        ("?include_dataset=parteispenden", False),
        ("?exclude_dataset=eu_fsf", False),
        ("?include_dataset=eu_fsf&exclude_dataset=eu_fsf", False),
        ("?exclude_dataset=parteispenden", True),
        ("?exclude_schema=Person", False),
        ("?exclude_schema=Company", True),
        ("?topics=role.pep", False),
        ("?topics=role.pep&topics=crime.terror", True),
        ("?changed_since=2023-03-04T05:06:06", True),
        ("?changed_since=2023-03-04T05:06:07", False),
        ("?changed_since=2024-01-01", False),
        ("?changed_since=2023-03-04T05", True),
        ("?exclude_entity_ids=tz-anvar", False),
        ("?exclude_entity_ids=old-anvar-2", False),
        ("?exclude_entity_ids=tz-bunyod", True),
        ("?fuzzy=false", True),
    ],
)
def test_what_is_left_out_is_not_found(client, person, parameters, found):
    """Exclusion wins over inclusion; topics are alternatives; any id of a merged entity leaves it out."""
    assert ids(client.match("default", {"a": person("Anvar Testov")}, parameters=parameters)) == ["tz-anvar"] * found


def test_kinds_that_may_be_the_same_are_compared(client):
    """A person may be a legal entity and the reverse; a company no person."""

    def found(schema, name):
        return ids(client.match(queries={"a": {"schema": schema, "properties": {"name": name}}}))

    assert found("LegalEntity", "Anvar Testov") == ["tz-anvar"]
    assert found("Person", "Examplia Holding") == ["tz-legal"]
    assert found("Company", "Anvar Testov") == []
    assert found("Thing", "Ocean Example") == ["tz-ship"]
    assert found("Vessel", "Ocean Example") == ["tz-ship"]
    assert found("Person", "Ocean Example") == []


def test_a_limit_of_nothing_still_counts(client, person):
    """How many matches there are may be all that somebody wants to know."""
    told = client.match(queries={"a": person("Anvar Testov")}, parameters="?limit=0").json()

    assert (told["limit"], told["responses"]["a"]["results"]) == (0, [])
    assert told["responses"]["a"]["total"]["value"] == 1


def test_a_body_needs_no_content_type(client):
    """Clients of old send none."""
    body = json.dumps({"queries": {"a": {"schema": "Person", "properties": {"name": "Anvar Testov"}}}})

    assert client.post("/match/eu_fsf", content=body, headers={"content-type": "text/plain"}).status_code == 200


def test_settings_of_another_algorithm_are_accepted_and_said_to_be_without_effect(client, person):
    """Nobody is left to believe that a weight was used."""
    answer = client.match(
        queries={"a": person("Anvar Testov")}, config={"nm_number_mismatch": 0.4}, weights={"name_match": 0.1}
    )

    assert answer.json()["ignored"] == ["weights", "config.nm_number_mismatch"]


@pytest.mark.parametrize(
    ("queries", "more", "parameters", "words"),
    [
        ({}, {}, "", "No queries provided."),
        ({str(at): {"schema": "Person", "properties": {}} for at in range(101)}, {}, "", "limit: 100"),
        ({"a": {"schema": "Sanction", "properties": {}}}, {}, "", "Non-matchable schema"),
        (
            {"a": {"schema": "Person", "properties": {}}, "b": {"schema": "Nothing", "properties": {}}},
            {},
            "",
            "Nothing",
        ),
        ({"a": {"schema": "Person", "properties": {}}}, {"config": {"bogus": 1}}, "", "bogus"),
        ({"a": {"schema": "Person", "properties": {}}}, {}, "?algorithm=bogus", "Invalid algorithm: bogus"),
    ],
)
def test_what_cannot_be_answered_is_refused_whole(client, queries, more, parameters, words):
    """One bad query in a batch fails the batch: nobody mistakes a part for the whole."""
    assert words in detail(client.match(queries=queries, parameters=parameters, **more), 400)


def test_a_dataset_that_there_is_not_is_not_found(client, person):
    """An empty answer would read as: nobody is on that list."""
    assert detail(client.match("nothing", {"a": person("X")}), 404) == "No such dataset."


def wrong(body, *where, kind):
    """The fault of that kind at that place."""
    found = [one for one in body if one["type"] == kind and tuple(one["loc"]) == where]
    assert len(found) == 1, body
    assert set(found[0]) >= {"type", "loc", "msg", "input"}
    return found[0]


@pytest.mark.parametrize(
    ("body", "where", "kind"),
    [
        (b"", ("body",), "missing"),
        (b"[]", ("body",), "model_attributes_type"),
        (b"{}", ("body", "queries"), "missing"),
        (b'{"queries":[]}', ("body", "queries"), "dict_type"),
        (b'{"queries":', ("body", 11), "json_invalid"),
        (b'{"queries":{"a":null}}', ("body", "queries", "a"), "model_attributes_type"),
        (b'{"queries":{"a":{"properties":{}}}}', ("body", "queries", "a", "schema"), "missing"),
        (b'{"queries":{"a":{"schema":"Person"}}}', ("body", "queries", "a", "properties"), "missing"),
        (b'{"queries":{"a":{"schema":5,"properties":{}}}}', ("body", "queries", "a", "schema"), "string_type"),
        (b'{"queries":{"a":{"schema":"Person","properties":[]}}}', ("body", "queries", "a", "properties"), "dict_type"),
        (
            b'{"queries":{"a":{"id":4,"schema":"Person","properties":{}}}}',
            ("body", "queries", "a", "id"),
            "string_type",
        ),
        (
            b'{"queries":{"a":{"schema":"Person","properties":{"birthDate":1985}}}}',
            ("body", "queries", "a", "properties", "birthDate", "list[any]"),
            "list_type",
        ),
        (b'{"queries":{},"weights":{"x":"y"}}', ("body", "weights", "x"), "float_parsing"),
        (b'{"queries":{},"config":{"x":[]}}', ("body", "config", "x", "str"), "string_type"),
        (b"\xff", ("body", 0), "json_invalid"),
    ],
)
def test_a_body_of_the_wrong_form_is_told_place_by_place(client, body, where, kind):
    """422, with what is wrong, where, and what stood there."""
    wrong(detail(client.post("/match/eu_fsf", content=body), 422), *where, kind=kind)


@pytest.mark.parametrize(
    ("parameters", "name", "kind"),
    [
        ("?limit=501", "limit", "less_than_equal"),
        ("?limit=x", "limit", "int_parsing"),
        ("?limit=", "limit", "int_parsing"),
        ("?threshold=x", "threshold", "float_parsing"),
        ("?changed_since=2020", "changed_since", "string_pattern_mismatch"),
        ("?" + "&".join(["exclude_entity_ids=x"] * 51), "exclude_entity_ids", "too_long"),
    ],
)
def test_a_parameter_out_of_bounds_is_told(client, person, parameters, name, kind):
    """422 as well."""
    answer = client.match(queries={"a": person("X")}, parameters=parameters)

    wrong(detail(answer, 422), "query", name, kind=kind)


def test_all_that_is_wrong_is_told_at_once(client, person):
    """Nobody has to mend a request one fault at a time."""
    answer = client.match(queries={"a": person("X")}, parameters="?limit=x&threshold=y")

    assert [one["loc"][1] for one in detail(answer, 422)] == ["limit", "threshold"]


def test_answers_are_those_of_the_matcher_itself(client, held, person):
    """The interface adds nothing to a score and takes nothing away."""
    for name in ("Anvar Testov", "Bunyad Examplov", "Aleksandr Zakharov"):
        hit = first(client.match(queries={"a": person(name)}))
        best = held.screener.match(name, "Person", limit=1)[0]
        assert hit["score"] == best.score
        assert hit["id"] == held.id(int(best.id))
        assert hit["explanations"]["name_match"]["detail"] == best.explain().summary


def test_one_query_of_a_request_may_want_something_else(client, person):
    """Its own threshold, lists, kinds and people left out; the others are as the request says."""
    queries = {
        "a": person("Anvar Testov"),
        "b": {**person("Anvar Testov"), "params": {"exclude_entity_ids": ["old-anvar"]}},
        "c": {**person("Anvar Testov"), "params": {"include_dataset": ["parteispenden"]}},
        "d": {**person("Anvar Testov"), "params": {"threshold": 1.1, "cutoff": 0.5, "limit": 1}},
        "e": {**person("Anvar Testov"), "params": {"limit": 0}},
        "f": {**person("Anvar Testov"), "params": None},
    }
    answer = client.match("default", queries)

    assert [ids(answer, key) for key in "abcdef"] == [["tz-anvar"], [], [], ["tz-anvar"], [], ["tz-anvar"]]
    assert first(answer, "d")["match"] is False


@pytest.mark.parametrize("params", [{"bogus": 1}, {"limit": 501}, {"changed_since": "soon"}, {"topics": "x"}, []])
def test_what_a_query_wants_otherwise_is_held_to_bounds(client, person, params):
    """422 with the place."""
    answer = client.match(queries={"a": {**person("X"), "params": params}})

    wrong(detail(answer, 422), "body", "queries", "a", "params", kind="value_error")
