import datetime as dt
import json

import pytest

from tizim.domain.statements import EntryReading, Property, facets
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.catalogue import LISTS
from tizim.sources.fr_dgt import SOURCE

P = Property


def an_entry(
    *details: tuple[str, list[dict[str, object]]], number: object = 901, nature: str = "Personne physique",
    name: str = "ZENDA", **more: object,
) -> dict[str, object]:  # fmt: skip
    """An entry with fields, each of a type with values."""
    made = [{"TypeChamp": kind, "Valeur": values} for kind, values in details]
    return {"IdRegistre": number, "Nature": nature, "Nom": name, "RegistreDetail": made, **more}


def a_document(*entries: object, date: object = "2031-05-04T10:00:00", **more: object) -> bytes:
    """A document of the register's form."""
    publication = {"DatePublication": date, "PublicationDetail": list(entries), **more}
    return json.dumps({"Publications": publication}).encode()


def the_reading(*details: tuple[str, list[dict[str, object]]], nature: str = "Personne physique") -> EntryReading:
    """What an entry with these fields says."""
    _, records = SOURCE.read(a_document(an_entry(*details, nature=nature)), "list.json")
    return SOURCE.map(records[0])


def said(reading: EntryReading, prop: Property) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Values and facets of one property, in order."""
    return [(claim.value, claim.facets) for claim in reading.claims if claim.property is prop]


@pytest.mark.parametrize(
    ("printed", "instant"),
    [
        ("2031-05-04T10:00:00", "2031-05-04T10:00:00+00:00"),
        ("2031-05-04", "2031-05-04T00:00:00+00:00"),
        ("2031-05-04T00:30:00+02:00", "2031-05-03T22:30:00+00:00"),
    ],
)
def test_the_facts_of_a_document_are_those_it_prints(printed, instant):
    """The day is the printed one, the moment is in UTC."""
    facts, records = SOURCE.read(a_document(an_entry(), date=printed), "list.json")

    assert facts.source == "fr-gels"
    assert facts.date == dt.date(2031, 5, 4)
    assert facts.instant.isoformat() == instant
    assert facts.entries == len(records) == 1
    assert facts.complete
    assert "experimental" in facts.title
    assert SOURCE.info.experimental
    assert set(SOURCE.info.lists) <= set(LISTS)
    assert records[0].place == "PublicationDetail[IdRegistre=901]"
    assert ("IdRegistre", "901") in records[0].fields


def test_a_person_is_named_with_the_given_names_first():
    """The family name stands apart in the register."""
    reading = the_reading(
        ("PRENOM", [{"Prenom": "Rudolf"}]), ("ALIAS", [{"Alias": "Rassendyll", "Commentaire": "old"}])
    )

    assert (reading.key, reading.subject) == ("901", "fr-gels:901")
    assert said(reading, P.MEMBER) == [("fr-gels", ())]
    assert said(reading, P.KIND) == [("person", ())]
    assert said(reading, P.NAME) == [("Rudolf ZENDA", facets(given="Rudolf", family="ZENDA", script="Latn"))]
    assert said(reading, P.ALIAS) == [("Rassendyll", facets(script="Latn", note="old"))]
    assert reading.unread == ()


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ({"Jour": "3", "Mois": "7", "Annee": "1960"}, "1960-07-03"),
        ({"Jour": "", "Mois": "07", "Annee": "1960"}, "1960-07"),
        ({"Jour": None, "Mois": None, "Annee": 1960}, "1960"),
    ],
)
def test_birth_dates_are_as_precise_as_their_parts(value, date):
    """A part that is empty is not known."""
    assert said(the_reading(("DATE_DE_NAISSANCE", [value])), P.BIRTH_DATE) == [(date, ())]


def test_a_birth_date_that_is_none_is_unread():
    """Nothing is guessed."""
    reading = the_reading(("DATE_DE_NAISSANCE", [{"Jour": "31", "Mois": "2", "Annee": "1960"}]))

    assert said(reading, P.BIRTH_DATE) == []
    assert {(left.field, left.value) for left in reading.unread} == {
        ("DATE_DE_NAISSANCE/Jour", "31"), ("DATE_DE_NAISSANCE/Mois", "2"), ("DATE_DE_NAISSANCE/Annee", "1960"),
    }  # fmt: skip


def test_each_field_becomes_its_claim():
    """Of a type that is known, with its comment as a note."""
    reading = the_reading(
        ("SEXE", [{"Sexe": "Féminin"}]),
        ("NATIONALITE", [{"Pays": "Ruritanie"}]),
        ("LIEU_DE_NAISSANCE", [{"Lieu": "Zenda", "Pays": "Ruritanie"}]),
        ("ADRESSE_PP", [{"Adresse": "1 rue du Château", "Pays": "Ruritanie"}]),
        ("PASSEPORT", [{"NumeroPasseport": "A1", "Commentaire": "expiré"}]),
        ("REFERENCE_UE", [{"ReferenceUe": "EU.9999.99"}]),
        ("REFERENCE_ONU", [{"ReferenceOnu": "TAi.901"}, {"ReferenceOnu": "X-1"}]),
        ("MOTIFS", [{"Motifs": "Couronnement"}]),
        ("TELEPHONE", [{"Telephone": "+99 1"}]),
    )

    assert said(reading, P.GENDER) == [("female", ())]
    assert said(reading, P.NATIONALITY) == [("Ruritanie", ())]
    assert said(reading, P.BIRTH_PLACE) == [("Zenda, Ruritanie", facets(city="Zenda", country="Ruritanie"))]
    assert said(reading, P.ADDRESS) == [
        ("1 rue du Château, Ruritanie", facets(street="1 rue du Château", country="Ruritanie"))
    ]
    assert said(reading, P.IDENTIFIER) == [("A1", facets(type="passport", note="expiré"))]
    assert said(reading, P.CROSS_REFERENCE) == [
        ("EU.9999.99", facets(list="eu-fsf")),
        ("TAi.901", facets(list="un-1988", source="un-sc")),
        ("X-1", facets(source="un-sc")),
    ]
    assert said(reading, P.COMMENT) == [("Couronnement", facets(kind="reasons"))]
    assert said(reading, P.CONTACT) == [("+99 1", facets(kind="phone"))]
    assert reading.unread == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            {"FondementJuridiqueLabel": "Arrêté du 1er août 2030", "FondementJuridique": "https://x.example/a"},
            ("Arrêté du 1er août 2030", facets(date="2030-08-01", link="https://x.example/a")),
        ),
        (
            {"FondementJuridiqueLabel": "Règlement (UE) 2030/123 du 5 mars 2030", "FondementJuridique": "UE_RUR"},
            ("Règlement (UE) 2030/123 du 5 mars 2030", facets(date="2030-03-05", number="2030/123", code="UE_RUR")),
        ),
        ({"FondementJuridique": "Décision"}, ("Décision", ())),
    ],
)
def test_the_act_has_the_day_and_number_of_its_words(value, expected):
    """And the address of its text, where one is printed."""
    assert said(the_reading(("FONDEMENT_JURIDIQUE", [value])), P.LEGAL_BASIS) == [expected]


@pytest.mark.parametrize(("nature", "kind"), [("Personne morale", "organisation"), ("Navire", "vessel")])
def test_organisations_and_vessels_are_told_apart(nature, kind):
    """A vessel has its IMO number, and neither has a nationality or a birth."""
    reading = the_reading(
        ("NUMERO_OMI", [{"NumeroOMI": "9999999"}]), ("NATIONALITE", [{"Pays": "Ruritanie"}]),
        ("DATE_DE_NAISSANCE", [{"Annee": "1990"}]), nature=nature,
    )  # fmt: skip

    assert said(reading, P.KIND) == [(kind, ())]
    assert said(reading, P.IDENTIFIER) == [("9999999", facets(type="IMO number"))]
    assert said(reading, P.COUNTRY) == [("Ruritanie", ())]
    assert said(reading, P.FEATURE) == [("1990", facets(field="founded on"))]


def test_what_is_not_known_is_unread_by_its_name():
    """A new type of field breaks nothing."""
    entry = an_entry(
        ("CHAPEAU", [{"Couleur": "rouge"}]), ("ALIAS", [{"Alias": "R", "Langue": "fr"}]), nature="Ballon", X=1
    )
    _, records = SOURCE.read(a_document(entry), "list.json")

    reading = SOURCE.map(records[0])

    assert {(left.field, left.value) for left in reading.unread} == {
        ("Nature", "Ballon"), ("RegistreDetail/TypeChamp", "CHAPEAU"), ("RegistreDetail/Valeur/Couleur", "rouge"),
        ("ALIAS/Langue", "fr"), ("X", "1"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (b" ", SourceRefused, "the file is empty"),
        (b"<html></html>", SourceRefused, "a page of HTML"),
        (a_document(an_entry())[:-3], SourceRefused, "not whole JSON"),
        (b'{"Publications": {"a": 1, "a": 2}}', SourceRefused, "one key twice"),
        (b"[" * 200_000, SourceRefused, "not whole JSON"),
        (b"[]", SourceSuspicious, "has no Publications"),
        (b'{"Publications": {"DatePublication": "2031-05-04"}}', SourceSuspicious, "no list PublicationDetail"),
        (a_document(an_entry(), Autres=[1]), SourceSuspicious, "has other lists"),
        (a_document(an_entry(), date="hier"), SourceRefused, "'hier' is not a date"),
        (a_document(an_entry(), date=None), SourceRefused, "'None' is not a date"),
        (a_document(), SourceRefused, "no entries"),
        (a_document("x"), SourceRefused, r"PublicationDetail\[1\]: is no entry"),
        (a_document(an_entry(number="")), SourceRefused, "has no IdRegistre"),
        (a_document(an_entry(), an_entry(number="901")), SourceRefused, r"has the IdRegistre 901, as has .*\[1\]"),
        (a_document(an_entry(X=[[[[[[[[[1]]]]]]]]])), SourceRefused, "deeper"),
    ],
)
def test_what_is_not_the_whole_register_is_refused_or_set_aside(data, error, reason):
    """No part of a document is taken."""
    with pytest.raises(error, match=reason):
        SOURCE.read(data, "list.json")


def test_the_same_bytes_give_the_same_readings():
    """A statement's id rests on this."""
    data = a_document(an_entry(), an_entry(number=902))

    once, again = (SOURCE.read(data, name) for name in ("a.json", "b.json"))

    assert once == again
    assert list(SOURCE.readings(once[1])) == list(SOURCE.readings(again[1]))
