"""A small list of persons, organisations and ships."""

import pytest

from tizim.screen import Screener

ENTITIES = [
    ("p1", "Person", ["Vladimir Putin", "Владимир Путин"], {"birth_dates": "1952-10-07", "countries": "ru"}),
    ("p2", "Person", ["Volodymyr Zelenskyy"], {"countries": "ua"}),
    ("p3", "Person", ["Owen Example", "Owain Exempel"]),
    ("p4", "Person", ["Owen Exemple"]),
    ("p5", "Person", ["Salman bin Ahmed al-Tamimi"]),
    ("o1", "Organization", ["Acme Bank", "Acme Banque"]),
    ("o2", "Company", ["Putin Trading Ltd", "Fund VII"]),
    ("o3", "PublicBody", ["Ministry of Trade"]),
    ("l1", "LegalEntity", ["Owen Example Holdings", "Owen Example"]),
    ("v1", "Vessel", ["Ocean Star"]),
    ("a1", "Airplane", ["Ocean Star"]),
]


@pytest.fixture(scope="session")
def screener():
    """All of them."""
    return Screener.build(ENTITIES)


@pytest.fixture
def told():
    """What can be seen of matches: id, name, score and order of each."""

    def told(matches):
        return [(one.id, one.name, one.schema, one.score, one.order) for one in matches]

    return told
