import pytest
from tests.sources.us_ofac.makers import NEW, OLD, an_entry, an_xml, said, told, unread, values, xml_reading

from tizim.domain.statements import Property
from tizim.errors import SourceRefused
from tizim.sources.us_ofac import CONS_XML, SDN_XML


@pytest.mark.parametrize("namespace", [NEW, OLD, ""])
def test_both_namespaces_read_alike(namespace):
    """The publisher's new service changed the namespace and nothing else."""
    facts, records = CONS_XML.read(an_xml(an_entry(), namespace=namespace), "consolidated.xml")

    assert (facts.source, facts.entries, facts.complete) == ("us-ofac-cons-xml", 1, True)
    assert (str(facts.date), facts.instant.hour) == ("2031-05-04", 0)
    assert facts.title == "OFAC consolidated non-SDN lists (XML), published 2031-05-04"
    assert [reading.subject for reading in CONS_XML.readings(records)] == ["us-ofac:901"]


def test_the_sdn_list_in_this_form_is_experimental_and_says_so():
    """No real file of it was at hand."""
    facts, records = SDN_XML.read(an_xml(an_entry(program="SDGT")), "sdn.xml")

    assert SDN_XML.info.experimental
    assert not SDN_XML.info.proven
    assert "experimental" in facts.title
    assert values(SDN_XML.map(records[0]), Property.MEMBER) == ["us-ofac-sdn", "us-sdgt"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<html/>", "HTML"),
        (an_xml(an_entry())[:-20], "cut off"),
        (an_xml(an_entry(), count=2), "has 1 entries, but its Record_Count says 2"),
        (an_xml(), "no entries"),
        (an_xml(an_entry(), date="31/12/2030"), "is not a day"),
        (an_xml(an_entry(), date=""), "is not a day"),
        (an_xml(an_entry()).replace(b"<Record_Count>1<", b"<Record_Count>x<"), "Record_Count 'x' is not a number"),
        (an_xml(an_entry(), an_entry()), "has the uid 901, as has"),
        (an_xml(an_entry(uid="")), "has no uid"),
        (an_xml(an_entry(), "<other/>", count=1), "not a part that this list is known to have"),
        (an_xml(an_entry(), "stray", count=1), "text between entries"),
        (an_xml(an_entry()).replace(b"publshInformation", b"sdnEntry"), "0 elements publshInformation"),
        (an_xml(an_entry("<a><b><c><d><e>deep</e></d></c></b></a>")), "deeper"),
        (an_xml(an_entry(), root="sanctionsData"), "enhanced XML: give it to us-ofac-enhanced-xml"),
        (an_xml(an_entry(), root="Sanctions"), "advanced XML"),
        (an_xml(an_entry(), root="list"), "the root element is list, not sdnList"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + an_xml(an_entry())[40:], "document type"),
        (an_xml(an_entry(program="SDNTK")), "this document is of the SDN list"),
    ],
)
def test_what_is_not_a_whole_list_is_refused_whole(data, reason):
    """Nothing is guessed and no part is returned."""
    with pytest.raises(SourceRefused, match=reason):
        CONS_XML.read(data, "consolidated.xml")


def test_a_non_sdn_document_is_refused_as_sdn_list_where_it_shows():
    """A deputy of the Palestinian council who is nothing else is no SDN."""
    with pytest.raises(SourceRefused, match="consolidated non-SDN lists: give it to us-ofac-cons"):
        SDN_XML.read(an_xml(an_entry(program="SDGT"), an_entry(uid="902", program="NS-PLC")), "sdn.xml")


def test_names_titles_and_remarks():
    """Family and given name are joined as the flat files print them; remarks have the same grammar."""
    reading = xml_reading(
        "<firstName>Ana</firstName><lastName>GREY</lastName><title>Clerk; Cook</title>"
        "<remarks>HAMAS - Nowhere; (Linked To: GREY SEA)</remarks>",
        kind="Individual",
    )

    assert told(reading, Property.NAME) == [("GREY, Ana", {"form": "family name first"})]
    assert values(reading, Property.TITLE) == ["Clerk", "Cook"]
    assert values(reading, Property.COMMENT) == ["HAMAS - Nowhere"]
    assert values(reading, Property.RELATED_NAME) == ["GREY SEA"]
    assert unread(reading) == []


def test_aliases_addresses_births_and_countries():
    """Numbers of items are their places; ``mainEntry`` false is an alternative."""
    reading = xml_reading(
        "<akaList><aka><uid>11</uid><type>a.k.a.</type><category>strong</category><lastName>GREY</lastName>"
        "<firstName>Anna</firstName></aka><aka><uid>12</uid><type>f.k.a.</type><category>weak</category>"
        "<lastName>POLE</lastName></aka><aka><uid>13</uid><type>n.k.a.</type><category>strong</category>"
        "<lastName>SEA</lastName></aka></akaList>"
        "<addressList><address><uid>21</uid><address1>1 Long Street</address1><address2>Old Town</address2>"
        "<city>Nowhere</city><stateOrProvince>West</stateOrProvince><postalCode>999</postalCode>"
        "<country>Cyprus</country></address></addressList>"
        "<dateOfBirthList><dateOfBirthItem><uid>31</uid><dateOfBirth>circa 1960</dateOfBirth>"
        "<mainEntry>true</mainEntry></dateOfBirthItem><dateOfBirthItem><uid>32</uid><dateOfBirth>1961</dateOfBirth>"
        "<mainEntry>false</mainEntry></dateOfBirthItem></dateOfBirthList>"
        "<placeOfBirthList><placeOfBirthItem><uid>41</uid><placeOfBirth>Nowhere</placeOfBirth>"
        "<mainEntry>false</mainEntry></placeOfBirthItem></placeOfBirthList>"
        "<nationalityList><nationality><uid>51</uid><country>Cyprus</country><mainEntry>true</mainEntry>"
        "</nationality></nationalityList><citizenshipList><citizenship><uid>61</uid><country>Malta</country>"
        "<mainEntry>true</mainEntry></citizenship></citizenshipList>",
        kind="Individual",
    )

    assert told(reading, Property.ALIAS) == [
        ("GREY, Anna", {"form": "family name first", "quality": "good"}),
        ("POLE", {"kind": "former name", "quality": "low"}),
        ("SEA", {"printed_kind": "n.k.a.", "quality": "good"}),
    ]
    assert said(reading, Property.ALIAS)[0].place == "akaList/aka 11"
    assert told(reading, Property.ADDRESS) == [
        (
            "1 Long Street, Old Town, Nowhere, West 999, Cyprus",
            {
                "street": "1 Long Street, Old Town", "city": "Nowhere", "state": "West", "postal_code": "999",
                "country": "Cyprus",
            },
        )
    ]  # fmt: skip
    assert told(reading, Property.BIRTH_DATE) == [
        ("1960", {"about": "circa", "printed": "circa 1960"}),
        ("1961", {"alternative": "yes"}),
    ]
    assert told(reading, Property.BIRTH_PLACE) == [("Nowhere", {"alternative": "yes"})]
    assert told(reading, Property.NATIONALITY) == [("Cyprus", {}), ("Malta", {"kind": "citizenship"})]
    assert unread(reading) == []


def test_ids_are_the_kinds_that_remarks_have():
    """Their country and days stand in elements of their own."""
    reading = xml_reading(
        "<idList><id><uid>1</uid><idType>Passport</idType><idNumber>AA000</idNumber><idCountry>Cyprus</idCountry>"
        "<issueDate>10 Jul 1991</issueDate><expirationDate>2001</expirationDate></id>"
        "<id><uid>2</uid><idType>Website</idType><idNumber>www.example.org</idNumber></id>"
        "<id><uid>3</uid><idType>Gender</idType><idNumber>Male</idNumber></id>"
        "<id><uid>4</uid><idType>For more information, please see:</idType>"
        "<idNumber>https://example.org/x</idNumber></id>"
        "<id><uid>5</uid><idType>Strange Thing</idType><idNumber>000</idNumber><idCountry>Malta</idCountry></id>"
        "</idList>"
    )

    assert told(reading, Property.IDENTIFIER) == [
        ("AA000", {"type": "Passport", "country": "Cyprus", "issued": "1991-07-10", "expires": "2001"})
    ]
    assert values(reading, Property.CONTACT) == ["www.example.org"]
    assert values(reading, Property.GENDER) == ["male"]
    assert values(reading, Property.LINK) == ["https://example.org/x"]
    assert unread(reading) == [("id: Strange Thing", "000 (Malta)")]


def test_a_vessel_has_its_features():
    """As in the flat files."""
    reading = xml_reading("<vesselInfo><callSign>AB1</callSign><tonnage>318000</tonnage></vesselInfo>", kind="Vessel")

    assert values(reading, Property.KIND) == ["vessel"]
    assert told(reading, Property.FEATURE) == [("AB1", {"field": "call sign"}), ("318000", {"field": "tonnage"})]


def test_unknown_elements_and_words_are_unread_by_their_names():
    """New things of the publisher break nothing and are not lost."""
    reading = xml_reading(
        "<newList><new>a</new></newList><akaList><aka><uid>1</uid><type>x.k.a.</type><category>odd</category>"
        "<lastName>SEA</lastName><extra>b</extra></aka></akaList>"
        "<dateOfBirthList><dateOfBirthItem><dateOfBirth>long ago</dateOfBirth><mainEntry>maybe</mainEntry>"
        "</dateOfBirthItem></dateOfBirthList>",
        kind="Ghost",
    )

    assert values(reading, Property.ALIAS) == ["SEA"]
    assert values(reading, Property.KIND) == ["unknown"]
    assert sorted(unread(reading)) == [
        ("aka/category", "odd"), ("aka/extra", "b"), ("aka/type", "x.k.a."),
        ("dateOfBirthItem/dateOfBirth", "long ago"), ("dateOfBirthItem/mainEntry", "maybe"),
        ("newList/new", "a"), ("sdnType", "Ghost"),
    ]  # fmt: skip


def test_the_same_bytes_give_the_same_document():
    """A statement's id rests on this."""
    data = an_xml(an_entry("<lastName>SEA</lastName>"))

    first, again = (CONS_XML.read(data, "consolidated.xml") for _ in range(2))
    assert first == again
    assert list(CONS_XML.readings(first[1])) == list(CONS_XML.readings(again[1]))
