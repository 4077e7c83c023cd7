"""``GET /entities``: an entity, what is around it, and where it went."""

import pytest


def test_an_entity_has_its_neighbours_inside(client):
    """Listings and ties stand under the names of the other end, with the other side of a tie inside."""
    told = client.get("/entities/tz-anvar").json()["properties"]

    assert {one["id"] for one in told["sanctions"]} == {"san-1", "san-2"}
    assert told["sanctions"][0]["properties"]["entity"] == ["tz-anvar"]
    assert [one["id"] for one in told["addressEntity"]] == ["addr-1"]
    (owned,) = told["ownershipOwner"]
    assert owned["properties"]["owner"] == ["tz-anvar"]
    (firm,) = owned["properties"]["asset"]
    assert firm["id"] == "tz-trade"
    assert "sanctions" not in firm["properties"]  # no walk beyond the first thing
    (tie,) = told["familyPerson"]
    assert tie["properties"]["relative"][0]["caption"] == "Bunyod Examplov"


def test_without_neighbours_there_are_only_ids(client):
    """And nothing from the other end."""
    told = client.get("/entities/tz-anvar?nested=false").json()["properties"]

    assert told["addressEntity"] == ["addr-1"]
    assert not {"sanctions", "ownershipOwner", "familyPerson"} & set(told)


@pytest.mark.parametrize("rest", ["", "/adjacent", "/adjacent/sanctions"])
def test_an_older_id_leads_on(client, rest):
    """For good: 308 keeps the method."""
    answer = client.get(f"/entities/old-anvar{rest}")

    assert (answer.status_code, answer.headers["location"]) == (308, "/entities/tz-anvar")


@pytest.mark.parametrize("rest", ["", "/adjacent", "/adjacent/sanctions"])
def test_an_id_of_nobody_is_not_found(client, rest):
    """404."""
    answer = client.get(f"/entities/nobody{rest}")

    assert (answer.status_code, answer.json()["detail"]) == (404, "No such entity!")


def test_neighbours_are_counted_by_property(client):
    """Only of properties by which there are any."""
    told = client.get("/entities/don-party/adjacent").json()

    assert told["entity"]["id"] == "don-party"
    assert set(told["adjacent"]) == {"paymentBeneficiary"}
    page = told["adjacent"]["paymentBeneficiary"]
    assert (page["total"], page["limit"], page["offset"]) == ({"value": 3, "relation": "eq"}, 10, 0)
    payer = next(one for one in page["results"] if one["id"] == "pay-2")["properties"]["payer"]
    assert payer[0]["caption"] == "Ramona Beispiel"


def test_neighbours_come_in_pages(client):
    """Each page has the whole number."""
    address = "/entities/don-party/adjacent/paymentBeneficiary"
    pages = [client.get(f"{address}?limit=1&offset={at}").json() for at in range(4)]

    assert [len(page["results"]) for page in pages] == [1, 1, 1, 0]
    assert len({page["results"][0]["id"] for page in pages[:3]}) == 3
    assert {page["total"]["value"] for page in pages} == {3}
    assert (
        client.get("/entities/don-party/adjacent?limit=1").json()["adjacent"]["paymentBeneficiary"]["total"]["value"]
        == 3
    )


def test_neighbours_come_in_an_order_asked_for(client):
    """By a property of their own."""
    told = client.get("/entities/don-party/adjacent/paymentBeneficiary?sort=properties.date:desc").json()

    assert [one["id"] for one in told["results"]] == ["pay-3", "pay-2", "pay-1"]


@pytest.mark.parametrize("name", ["name", "bogus"])
def test_a_property_that_names_no_entities_is_not_found(client, name):
    """404."""
    answer = client.get(f"/entities/tz-anvar/adjacent/{name}")

    assert (answer.status_code, answer.json()["detail"]) == (404, "No such property!")


def test_both_ends_of_a_tie_are_neighbours(client):
    """Seen from the tie, and from each side."""
    assert client.get("/entities/own-1/adjacent/owner").json()["results"][0]["id"] == "tz-anvar"
    assert client.get("/entities/tz-trade/adjacent/ownershipAsset").json()["results"][0]["id"] == "own-1"


def test_bounds_hold_here_too(client):
    """422."""
    assert client.get("/entities/tz-anvar/adjacent?limit=501").status_code == 422
    assert client.get("/entities/tz-anvar/adjacent/sanctions?offset=9500").status_code == 422
    assert client.get("/entities/tz-anvar?nested=perhaps").status_code == 422
