"""Whatever is sent: an answer of a known status, never a fault of ours, and what comes back of it is data."""

import contextlib
import json
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tizim.api.wire import bodies
from tizim.api.wire.asking import Asked
from tizim.api.wire.replies import Invalid

KNOWN = {200, 304, 307, 308, 400, 404, 405, 413, 414, 422}
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
EXAMPLE = st.fixed_dictionaries(
    {},
    optional={
        "id": st.none() | st.text(max_size=5) | ANY_JSON,
        "schema": st.sampled_from(["Person", "Company", "Thing", "Sanction", "Nothing", ""]) | ANY_JSON,
        "properties": st.dictionaries(
            st.sampled_from(["name", "birthDate", "country", "passportNumber", "phone", "bogus"]),
            st.text(max_size=30) | st.lists(st.text(max_size=30) | ANY_JSON, max_size=3) | ANY_JSON, max_size=4,
        ) | ANY_JSON,
    },
)  # fmt: skip
BODY = st.fixed_dictionaries(
    {}, optional={"queries": st.dictionaries(st.text(max_size=5), EXAMPLE, max_size=3) | ANY_JSON, "weights": ANY_JSON,
                  "config": ANY_JSON},
)  # fmt: skip
PARAMETERS = [
    "limit",
    "offset",
    "threshold",
    "q",
    "schema",
    "sort",
    "filter",
    "facets",
    "countries",
    "simple",
    "changed_since",
    "filter_op",
    "target",
    "fuzzy",
    "topics",
    "exclude_schema",
]
HARD = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NASTY = [
    "' OR 1=1 --", "<script>alert(1)</script>", "../../etc/passwd", "%00", "\x00", "\ud800", "${7*7}", "a" * 3_000,
    "\r\nSet-Cookie: x=1", "*" * 50, "(" * 50, "~" * 30, "AND OR NOT", "[* TO *]", "names:[a TO z]", "\\", "“”",
    "\u202eabc",
]  # fmt: skip


@HARD
@given(BODY)
def test_any_body_is_answered_or_told_what_is_wrong_with_it(client, body):
    """400 and 422 are the sender's; there is no 500."""
    answer = client.post("/match/default", content=json.dumps(body).encode("utf-8", "replace"))

    assert answer.status_code in {200, 400, 422}, answer.text
    if answer.status_code == 422:
        assert all({"type", "loc", "msg", "input"} <= set(one) for one in answer.json()["detail"])


@HARD
@given(BODY)
def test_a_body_that_is_read_has_nothing_wrong_with_it(body):
    """The quick way of reading and the slow way of telling what is wrong agree."""
    text = json.dumps(body).encode("utf-8", "replace")
    told = list(bodies.faults(text))
    if told:
        with pytest.raises(Invalid):
            bodies.match_query(text)
    else:
        with contextlib.suppress(Invalid):  # a number that no machine holds
            assert bodies.match_query(text) is not None


@HARD
@given(st.binary(max_size=60))
def test_any_bytes_are_no_fault_of_ours(client, body):
    """What is no JSON is said to be none."""
    assert client.post("/match/default", content=body).status_code in {200, 400, 422}


@HARD
@given(
    st.dictionaries(
        st.sampled_from(PARAMETERS),
        st.text(max_size=15), max_size=5,
    )
)  # fmt: skip
def test_any_parameters_are_answered_or_refused(client, parameters):
    """In the address nothing is believed either."""
    given = "&".join(f"{name}={quote(value.encode('utf-8', 'replace'))}" for name, value in parameters.items())

    assert client.get(f"/search/default?{given}").status_code in KNOWN


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80))
def test_any_query_string_can_be_read(raw):
    """Bytes that are no text are read as some."""
    asked = Asked(raw)

    assert isinstance(asked.text("q"), str)
    assert isinstance(asked.many("q"), tuple)


@pytest.mark.parametrize("text", NASTY)
def test_what_is_meant_to_break_something_is_only_text(client, text):
    """In the path, the query, a header and the body."""
    quoted = quote(text.encode("utf-8", "replace"), safe="")
    for address in (
        f"/search/default?q={quoted}", f"/search/default?q={quoted}&simple=true",
        f"/search/default?filter=names:{quoted}",
        f"/search/{quoted}", f"/entities/{quoted}", f"/entities/{quoted}/adjacent",
        f"/entities/tz-anvar/adjacent/{quoted}",
        f"/reconcile/default/suggest/entity?prefix={quoted}", f"/reconcile/default/suggest/type?prefix={quoted}",
        f"/reconcile/default?key={quoted}", f"/search/default?sort={quoted}", f"/search/default?changed_since={quoted}",
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code in KNOWN, (address, answer.text)
        assert answer.headers.get("content-type", "application/json") == "application/json"
        assert "set-cookie" not in answer.headers
    queries = {"queries": {text: {"schema": "Person", "properties": {"name": [text], "birthDate": text}}}}
    answer = client.post("/match/default", content=json.dumps(queries).encode("utf-8", "replace"))
    assert answer.status_code == (422 if text == "\ud800" else 200)  # half a character is no text
    header = text.encode("latin-1", "ignore").replace(b"\r\n", b" ").replace(b"\x00", b"").decode("latin-1")
    headers = dict.fromkeys(("traceparent", "tracestate", "accept-encoding"), header)
    assert client.get("/healthz", headers=headers).status_code == 200


def test_an_address_of_a_host_that_is_none_is_not_repeated(client):
    """The manifest names addresses, which must not be somebody else's words."""
    told = client.get("/reconcile/default", headers={"host": 'evil.test/"><script>'}).text

    assert "<script>" not in told
