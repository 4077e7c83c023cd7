import pytest
from tests.sources.us_ofac_enhanced.documents import (
    a_document,
    a_feature,
    a_name,
    a_part,
    an_entity,
    dated,
    on_list,
    said,
    the_reading,
)

from tizim.domain.documents import Record
from tizim.domain.statements import Property
from tizim.errors import SourceRefused
from tizim.sources.us_ofac_enhanced import SOURCE
from tizim.sources.us_ofac_enhanced.dated import interval

P = Property
CONS = on_list("Consolidated List", "2031-01-02")
SDN = on_list("SDN List", "2032-03-04")


def _programmes(*names: str) -> str:
    inner = "".join(f'<sanctionsProgram refId="2" id="1">{name}</sanctionsProgram>' for name in names)
    return f"<sanctionsPrograms>{inner}</sanctionsPrograms>"


def test_the_number_is_the_key_and_the_subject_of_all_documents_of_ofac():
    """The same number in another format of OFAC's is the same subject."""
    reading = the_reading(an_entity("70001"))

    assert (reading.key, reading.subject) == ("70001", "us-ofac:70001")
    assert said(reading, P.REFERENCE) == [("70001", {})]
    assert reading.unread == ()


def test_each_list_has_its_own_membership_and_date():
    """An entity may stand on the consolidated list by one of its parts, and on the SDN list since another day."""
    part = on_list("Sectoral Sanctions Identifications List", "2030-05-06")

    reading = the_reading(an_entity(on=part + CONS + SDN))

    ssi = {"part": "Sectoral Sanctions Identifications List"}
    assert said(reading, P.MEMBER) == [("us-ofac-cons", ssi), ("us-ofac-cons", {}), ("us-ofac-sdn", {})]
    assert said(reading, P.LISTED_ON) == [
        ("2030-05-06", {"list": "us-ofac-cons", **ssi}),
        ("2031-01-02", {"list": "us-ofac-cons"}),
        ("2032-03-04", {"list": "us-ofac-sdn"}),
    ]


@pytest.mark.parametrize(("on", "members"), [(SDN, ["us-ofac-sdn", "us-sdgt", "us-fto"]), (CONS, ["us-ofac-cons"])])
def test_programmes_are_lists_only_of_the_sdn_list(on, members):
    """An entity of another list may be under such a programme without being blocked."""
    reading = the_reading(an_entity(on=on, more=_programmes("SDGT", "FTO", "IRGC")))

    assert [value for value, _ in said(reading, P.MEMBER)] == members
    assert [value for value, _ in said(reading, P.PROGRAMME)] == ["SDGT", "FTO", "IRGC"]


def test_a_list_that_is_not_known_is_unread():
    """A new list of OFAC's is told by its name, and never taken for one of the old."""
    reading = the_reading(an_entity(on=CONS + on_list("Non-SDN Moon List", "2031-09-09")))

    assert [value for value, _ in said(reading, P.MEMBER)] == ["us-ofac-cons"]
    assert [(u.field, u.value) for u in reading.unread] == [
        ("sanctionsLists/sanctionsList", "Non-SDN Moon List"),
        ("sanctionsLists/sanctionsList/@datePublished", "2031-09-09"),
    ]


def test_a_day_that_is_none_is_unread():
    """No date of listing is made up."""
    reading = the_reading(an_entity(on=on_list("Consolidated List", "soon")))

    assert said(reading, P.LISTED_ON) == []
    assert [(u.field, u.value) for u in reading.unread] == [("sanctionsLists/sanctionsList/@datePublished", "soon")]


def test_names_keep_their_order_script_and_parts():
    """A name is told as printed, with what each part of it is; marks of direction are no part of it."""
    parts = a_part("Last Name", "Petrov") + a_part("First Name", "Ivan") + a_part("Patronymic", "Ilyich")
    name = a_name("PETROV, Ivan Ilyich", ("Cyrillic", "\u202bПЕТРОВ, Иван\u202c"), parts=parts)

    reading = the_reading(an_entity(names=name))

    assert said(reading, P.NAME) == [
        ("PETROV, Ivan Ilyich", {
            "script": "Latn", "form": "family name first", "family_name": "Petrov", "given_name": "Ivan",
            "patronymic": "Ilyich",
        })
    ]  # fmt: skip
    assert said(reading, P.ORIGINAL_NAME) == [("ПЕТРОВ, Иван", {"script": "Cyrl", "form": "family name first"})]
    assert said(reading, P.ALIAS) == []
    assert reading.unread == ()


def test_aliases_have_quality_kind_and_the_name_they_render():
    """Another script of an alias is an alias of the same quality, and says of which name it is the form."""
    names = (
        a_name("BETA TRADING CO", parts=a_part("Entity Name", "Beta Trading Co"))
        + a_name("BETA", ("Arabic", "\u202bبيتا\u202c"), primary=False, low="true")
        + a_name("ALPHA CO", primary=False, alias="F.K.A.")
        + a_name("GAMMA CO", primary=False, alias="N.K.A.")
        + a_name("DELTA CO", primary=False, alias="X.K.A.")
    )

    reading = the_reading(an_entity(names=names))

    assert said(reading, P.NAME) == [("BETA TRADING CO", {"script": "Latn", "written": "Beta Trading Co"})]
    assert said(reading, P.ALIAS) == [
        ("BETA", {"script": "Latn", "quality": "low"}),
        ("بيتا", {"script": "Arab", "quality": "low", "of": "BETA"}),
        ("ALPHA CO", {"script": "Latn", "quality": "good", "kind": "former name"}),
        ("GAMMA CO", {"script": "Latn", "quality": "good", "kind": "new name"}),
        ("DELTA CO", {"script": "Latn", "quality": "good"}),
    ]
    assert [(u.field, u.value) for u in reading.unread] == [("names/name/aliasType", "X.K.A.")]


def test_a_script_or_part_that_is_not_known_is_unread_beside_the_name():
    """The name is kept, and what is said of it is not lost."""
    name = a_name("PETROV", ("Glagolitic", "ⰀⰁ"), parts=a_part("House Name", "Petrovo"))

    reading = the_reading(an_entity(names=name))

    assert said(reading, P.NAME) == [("PETROV", {"script": "Latn"})]
    assert {(u.field.rpartition("/")[2], u.value) for u in reading.unread} == {
        ("script", "Glagolitic"), ("type", "House Name"), ("value", "Petrovo"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("days", "about", "ranging", "printed", "date", "years"),
    [
        (("1962-05-07",) * 4, "false", "false", "07 May 1962", "1962-05-07", "1962"),
        (("1962-01-01", "1962-01-01", "1962-12-31", "1962-12-31"), "false", "false", "1962", "1962", "1962"),
        (("1964-02-01", "1964-02-01", "1964-02-29", "1964-02-29"), "false", "false", "Feb 1964", "1964-02", "1964"),
        (("1951-01-01", "1951-12-31", "1953-01-01", "1953-12-31"), "false", "true", "1951 to 1953", "1951/1953",
         "1951/1953"),
        (("1955-03-01", "1955-03-31", "1956-03-01", "1956-03-31"), "false", "true", "Mar 1955 to Mar 1956",
         "1955-03/1956-03", "1955/1956"),
        (("1965-03-21", "1965-03-21", "1966-03-20", "1966-03-20"), "false", "true", "21 Mar 1965 to 20 Mar 1966",
         "1965-03-21/1966-03-20", "1965/1966"),
        (("1956-01-01", "1956-01-01", "1956-12-31", "1956-12-31"), "true", "false", "circa 1956", "1956", "1956"),
    ],
)  # fmt: skip
def test_birth_dates_are_as_precise_as_printed(days, about, ranging, printed, date, years):
    """A year is a year, a month a month, and a range keeps the precision of both its ends."""
    feature = a_feature("Birthdate", printed, days=dated(*days, about=about, ranging=ranging))

    reading = the_reading(an_entity(more=feature))

    facets = {} if printed == date else {"printed": printed}
    if about == "true":
        facets["about"] = "circa"
    assert said(reading, P.BIRTH_DATE) == [(date, facets)]
    assert said(reading, P.BIRTH_YEAR) == [(years, {})]
    assert reading.unread == ()


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        ("08 May 1962", dated("1962-05-07", "1962-05-07", "1962-05-07", "1962-05-07")),
        ("1962", dated("1962-01-01", "1962-01-01", "1962-12-31", "1962-12-31", about="true")),
        ("1962", dated("1962-13-01", "1962-01-01", "1962-12-31", "1962-12-31")),
        ("1962", dated("1963-01-01", "1963-01-01", "1962-12-31", "1962-12-31")),
        ("1962", dated("1962-01-01", "1962-01-01", "1962-12-31", "1962-12-31", ranging="perhaps")),
        ("1962", ""),
    ],
)
def test_a_date_that_says_two_things_or_none_is_unread(printed, days):
    """Words and days must agree; neither is believed over the other."""
    reading = the_reading(an_entity(more=a_feature("Birthdate", printed, days=days)))

    assert said(reading, P.BIRTH_DATE) == said(reading, P.BIRTH_YEAR) == []
    assert ("features/feature/value", printed) in [(u.field, u.value) for u in reading.unread]


def test_a_time_that_is_no_whole_month_or_year_is_an_interval():
    """From February to a day of March is neither; whole years in a row are years, and the calendar has a last day."""
    assert interval("1964-02-01", "1964-02-01", "1964-03-05", "1964-03-05", ranging=False) == "1964-02-01/1964-03-05"
    assert interval("1964-02-01", "1964-02-01", "1964-02-28", "1964-02-28", ranging=False) == "1964-02-01/1964-02-28"
    assert interval("1960-01-01", "1960-01-01", "1969-12-31", "1969-12-31", ranging=False) == "1960/1969"
    assert interval("9999-12-01", "9999-12-01", "9999-12-31", "9999-12-31", ranging=False) == "9999-12"


@pytest.mark.parametrize(
    ("kind", "value", "prop", "told", "facets"),
    [
        ("Gender", "Female", P.GENDER, "female", {}),
        ("Place of Birth", "Omsk, Russia", P.BIRTH_PLACE, "Omsk, Russia", {}),
        ("Citizenship Country", "Malta", P.NATIONALITY, "Malta", {"kind": "citizenship"}),
        ("Nationality of Registration", "Malta", P.COUNTRY, "Malta", {"kind": "registration"}),
        ("Website", "www.example.org", P.CONTACT, "www.example.org", {"kind": "website"}),
        ("Digital Currency Address - XBT", "1abc", P.IDENTIFIER, "1abc", {"type": "Digital Currency Address - XBT"}),
        ("Digital Currency Address - NEWCOIN", "1abc", P.IDENTIFIER, "1abc",
         {"type": "Digital Currency Address - NEWCOIN"}),
        ("Vessel Call Sign", "ABCD", P.FEATURE, "ABCD", {"field": "call sign"}),
        ("VESSEL TYPE", "Tug", P.FEATURE, "Tug", {"field": "vessel type"}),
        ("Secondary sanctions risk:", "See Section 11.", P.IMPOSED_MEASURE, "See Section 11.",
         {"kind": "Secondary sanctions risk"}),
        ("Executive Order 14999 Directive Information -", "Subject to Directive 9", P.IMPOSED_MEASURE,
         "Subject to Directive 9", {"kind": "Executive Order 14999 Directive Information"}),
    ],
)  # fmt: skip
def test_features_are_told_by_their_kind(kind, value, prop, told, facets):
    """The mark that joins a kind to a value in running text is no part of the kind."""
    reading = the_reading(an_entity(more=a_feature(kind, value)))

    assert said(reading, prop) == [(told, facets)]
    assert reading.unread == ()


def test_what_is_said_of_a_feature_goes_with_it():
    """A value that is not the primary one, how sure it is, and a note."""
    more = "<reliability>Reported</reliability><comments>(HKEX)</comments>"

    reading = the_reading(an_entity(more=a_feature("Equity Ticker", "12 HK", primary="false", more=more)))

    assert said(reading, P.IDENTIFIER) == [
        ("12 HK", {"type": "Equity Ticker", "primary": "no", "reliability": "reported", "note": "(HKEX)"})
    ]


def test_dates_of_directives_name_their_directive():
    """The day on which a directive took hold of an entity is not the day of another."""
    days = dated("2031-05-04", "2031-05-04", "2031-05-04", "2031-05-04")
    effective = a_feature("Effective Date (EO 14024 Directive 3):", "04 May 2031", days=days)
    listing = a_feature("Listing Date (EO 14024 Directive 3):", "04 May 2031", days=days)

    reading = the_reading(
        an_entity(on=CONS, more=listing.replace("</features>", "") + effective.replace("<features>", ""))
    )

    under = {"under": "EO 14024 Directive 3", "printed": "04 May 2031"}
    assert said(reading, P.EFFECTIVE_ON) == [("2031-05-04", under)]
    assert ("2031-05-04", {**under, "list": "us-ofac-cons"}) in said(reading, P.LISTED_ON)


def test_where_to_read_more_is_prose_with_a_link():
    """A sentence that only points to a page is no measure."""
    text = "For more information on directives, please visit the following link: https://example.org/d#directives."

    reading = the_reading(an_entity(more=a_feature("Executive Order 14024 Directive Information -", text)))

    assert said(reading, P.IMPOSED_MEASURE) == []
    assert said(reading, P.COMMENT) == [(text, {"of": "Executive Order 14024 Directive Information"})]
    assert said(reading, P.LINK) == [("https://example.org/d#directives", {})]


def test_an_unknown_feature_is_unread_by_its_name():
    """A new kind of feature breaks nothing and is not lost."""
    reading = the_reading(an_entity(more=a_feature("Shoe Size", "47")))

    assert {(u.field, u.value) for u in reading.unread} == {
        ("features/feature/type", "Shoe Size"), ("features/feature/value", "47"),
        ("features/feature/isPrimary", "true"),
    }  # fmt: skip


def test_an_unknown_element_is_unread_by_its_path():
    """So is one at any other place."""
    reading = the_reading(an_entity(more="<moods><mood><colour>blue</colour></mood></moods>", general="<age>9</age>"))

    assert {(u.field, u.value) for u in reading.unread} == {("moods/mood/colour", "blue"), ("generalInfo/age", "9")}


def test_an_unknown_kind_of_entity_is_said_to_be_unknown():
    """It is still an entry of the list."""
    reading = the_reading(an_entity(kind="Individual").replace('refId="600">Individual', ">Satellite"))

    assert said(reading, P.KIND) == [("unknown", {})]
    assert [(u.field, u.value) for u in reading.unread] == [("generalInfo/entityType", "Satellite")]


def test_remarks_are_kept_whole_and_their_contacts_told():
    """Telephones, pages and numbers of the UN stand in the prose."""
    text = "Telephone: 4411222333; Alt. Fax: 4411222334; see https://example.org/a.; UN Ref: QDi.999"

    reading = the_reading(an_entity(general=f"<title>Dr; Head of Nothing</title><remarks>{text}</remarks>"))

    assert said(reading, P.COMMENT) == [(text, {})]
    assert said(reading, P.CONTACT) == [("4411222333", {"kind": "phone"}), ("4411222334", {"kind": "fax"})]
    assert said(reading, P.LINK) == [("https://example.org/a", {})]
    assert said(reading, P.CROSS_REFERENCE) == [("QDi.999", {"list": "un-1267", "source": "un-sc"})]
    assert said(reading, P.TITLE) == [("Dr", {}), ("Head of Nothing", {})]


def _address(country: str, *translations: str) -> str:
    inner = f"<translations>{''.join(translations)}</translations>" if translations else ""
    printed = f"<country>{country}</country>" if country else ""
    return f'<addresses><address id="1">{printed}{inner}</address></addresses>'


def _translation(script: str, **parts: str) -> str:
    inner = "".join(
        f'<addressPart id="1"><type>{kind.replace("_", " ")}</type><value>{value}</value></addressPart>'
        for kind, value in parts.items()
    )
    return (
        f"<translation><isPrimary>true</isPrimary><script>{script}</script>"
        f"<addressParts>{inner}</addressParts></translation>"
    )


def test_an_address_is_told_in_each_script():
    """Lines of the street are joined; the place of a part in the file does not matter."""
    latin = _translation("Latin", CITY="Omsk", ADDRESS1="1 Lenin St", ADDRESS2="Flat 2", POSTAL_CODE="644000")
    cyrillic = _translation("Cyrillic", CITY="Омск")

    reading = the_reading(an_entity(more=_address("Russia", latin, cyrillic)))

    assert said(reading, P.ADDRESS) == [
        ("1 Lenin St, Flat 2, Omsk, 644000, Russia",
         {"street": "1 Lenin St, Flat 2", "city": "Omsk", "postal_code": "644000", "country": "Russia"}),
        ("Омск, Russia", {"city": "Омск", "country": "Russia", "script": "Cyrl"}),
    ]  # fmt: skip
    assert reading.unread == ()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (_address("Russia", _translation("Latin")), [("Russia", {"country": "Russia"})]),
        (_address("Russia"), [("Russia", {"country": "Russia"})]),
        (_address("", _translation("Latin")), []),
        (_address(""), []),
    ],
)
def test_an_address_may_be_a_country_or_nothing(address, told):
    """An empty address says nothing; it is no error either."""
    reading = the_reading(an_entity(more=address))

    assert said(reading, P.ADDRESS) == told
    assert reading.unread == ()


def _document(inner: str) -> str:
    return f'<identityDocuments><identityDocument id="1">{inner}</identityDocument></identityDocuments>'


@pytest.mark.parametrize(
    ("inner", "value", "facets"),
    [
        (
            '<type>Passport</type><name nameId="6">PETROV, Ivan</name><documentNumber>X000</documentNumber>'
            "<isValid>false</isValid><issuingCountry>Malta</issuingCountry><issuingAuthority>Army</issuingAuthority>"
            + dated("2030-01-01", "2030-01-01", "2030-12-31", "2030-12-31", tag="issueDate")
            + dated("2031-05-04", "2031-05-04", "2031-05-04", "2031-05-04", tag="expirationDate")
            + "<idFeatures><idFeature>Gender: Male</idFeature></idFeatures>",
            "X000",
            {"type": "Passport", "country": "Malta", "authority": "Army", "issued": "2030", "expires": "2031-05-04",
             "valid": "no", "feature": "Gender: Male"},
        ),
        (
            ("<type>Passport</type><name>PETROFF, Ivan</name><documentNumber>X000</documentNumber>"
             "<isValid>true</isValid><issuingLocation>Valletta</issuingLocation><comments>lost</comments>"),
            "X000",
            {"type": "Passport", "name": "PETROFF, Ivan", "issued_in": "Valletta", "note": "lost"},
        ),
        (
            ("<type>Vessel Registration Identification</type><documentNumber>IMO 0000001</documentNumber>"
             "<isValid>true</isValid>"),
            "0000001",
            {"type": "IMO number", "printed": "IMO 0000001"},
        ),
        (
            "<type>Tax ID No.</type><documentNumber>0001 (Malta)</documentNumber><isValid>true</isValid>",
            "0001",
            {"type": "Tax ID No.", "country": "Malta", "printed": "0001 (Malta)"},
        ),
        ("<type>Passport</type><isValid>true</isValid>", "Passport", {"type": "Passport", "form": "prose"}),
    ],
)  # fmt: skip
def test_identity_documents(inner, value, facets):
    """A number with its kind and whatever is printed of it; the name only where it is not the main one."""
    reading = the_reading(an_entity(more=_document(inner)))

    assert said(reading, P.IDENTIFIER) == [(value, facets)]
    assert reading.unread == ()


def test_a_relation_names_the_other_by_its_number():
    """The other need not be in the document, and its name may be missing."""
    more = (
        '<relationships><relationship id="1"><type>Owned or Controlled By</type><relatedEntity entityId="70009">'
        "BETA CO</relatedEntity><quality>High</quality></relationship>"
        '<relationship id="2"><type>Family member of</type><relatedEntity entityId="70008" /></relationship>'
        "</relationships>"
    )

    reading = the_reading(an_entity(more=more))

    assert said(reading, P.RELATION) == [
        ("70009", {
            "phrase": "Owned or Controlled By", "name": "BETA CO", "quality": "high", "with": "us-ofac:70009",
        }),
        ("70008", {"phrase": "Family member of", "with": "us-ofac:70008"}),
    ]  # fmt: skip
    assert reading.unread == ()


def test_acts_are_told_with_their_number():
    """Executive orders and regulations are recognised; others stand as printed."""
    inner = "".join(
        f'<legalAuthority id="1">{act}</legalAuthority>'
        for act in ("Executive Order 13224 (Terrorism)", "31 CFR 594.201(a)(5)", "INA")
    )

    reading = the_reading(an_entity(more=f"<legalAuthorities>{inner}</legalAuthorities>"))

    assert said(reading, P.LEGAL_BASIS) == [
        ("Executive Order 13224 (Terrorism)", {"kind": "executive order", "number": "13224"}),
        ("31 CFR 594.201(a)(5)", {"kind": "regulation"}),
        ("INA", {}),
    ]


def test_numbers_of_rows_are_told_once():
    """They are kept, but are no statements about the entity."""
    [(value, facets)] = said(the_reading(an_entity()), P.HOUSEKEEPING)

    assert value.split("; ") == [
        "generalInfo/identityId 901",
        "sanctionsLists/sanctionsList/@id 5",
        "names/name/@id 6",
        "names/name/translations/translation/@id 7",
    ]
    assert facets == {"field": "row numbers"}


def test_the_same_bytes_twice_give_the_same_readings():
    """Nothing depends on what was read before."""
    data = a_document(an_entity("70001"), an_entity("70002", names=a_name("BETA CO")))

    first, second = ([*SOURCE.readings(SOURCE.read(data, "list.xml")[1])] for _ in range(2))

    assert first == second
    assert [reading.key for reading in first] == ["70001", "70002"]


def test_a_record_without_a_number_is_refused():
    """Without it nothing could be told of the same entity in another document."""
    with pytest.raises(SourceRefused):
        SOURCE.map(Record(place="entity[?]", fields=(("generalInfo/entityType", "Vessel"),)))
