"""Values of properties, cleaned by the rules of their types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizim.ftm import MODEL, cleaned
from tizim.ftm.model import Prop
from tizim.ftm.values import as_text, country_of
from tizim.match.countries import country_code


def a_prop(kind, number=""):
    """A property of a type, of numbers of a form."""
    return Prop(schema="Thing", name="x", label="X", type=kind, format=number)


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        ("date", 1985, "1985"),
        ("date", "1985-7", "1985-07"),
        ("date", "1985-07-05 10:11", "1985-07-05T10:11"),
        ("date", "1985-00-00", "1985"),
        ("date", "1985-07-00", "1985-07"),
        ("date", "1985-02-30", ""),
        ("date", "1985-13-01", ""),
        ("date", "05.07.1985", ""),
        ("date", "2000-02-29", "2000-02-29"),
        ("date", "1900-02-29", ""),
        ("date", "soon", ""),
        ("date", "1985-07-05T25:00", ""),
        ("country", "Russia", "ru"),
        ("country", "GB", "gb"),
        ("country", "USA", "us"),
        ("country", "Россия", "ru"),
        ("country", "Soviet Union", "suhh"),
        ("country", "Atlantis", ""),
        ("gender", "M", "male"),
        ("gender", "женский", "female"),
        ("gender", "x", ""),
        ("topic", "SANCTION", "sanction"),
        ("topic", "bogus", ""),
        ("language", "en", "eng"),
        ("language", "English", "eng"),
        ("language", "qq", ""),
        ("name", '  "Foo   Bar"  ', "Foo Bar"),
        ("address", " a\n b ", "a, b"),
        ("email", "mailto:A@Example.COM", "A@example.com"),
        ("email", "nobody", ""),
        ("phone", "+49 (30) 123-456", "+4930123456"),
        ("phone", "0049 30 123456", "+4930123456"),
        ("phone", "030 123", ""),
        ("url", "example.com", "http://example.com/"),
        ("url", "foo", ""),
        ("url", "javascript:x", ""),
        ("ip", "::1", "::1"),
        ("ip", "1.2.3", ""),
        ("mimetype", "text/HTML", "text/html"),
        ("string", 1.50, "1.5"),
        ("string", None, ""),
        ("string", True, "True"),
        ("text", "a\x00b", "ab"),
    ],
)
def test_values_are_read_by_their_type(kind, given, expected):
    """What is no value of its type is none; nothing is made up for it."""
    assert cleaned(a_prop(kind), given, country_code) == expected


@pytest.mark.parametrize(
    ("number", "sound", "unsound"),
    [
        ("imo", ("9074729", "IMO9074729"), "9074728"),
        ("lei", ("5493001KJTIIGC8Y1R12",) * 2, "5493001KJTIIGC8Y1R13"),
        ("isin", ("us0378331005", "US0378331005"), "US0378331006"),
        ("inn", ("7707083893",) * 2, "7707083894"),
        ("inn", ("500100732259",) * 2, "500100732258"),
        ("ogrn", ("1027700132195",) * 2, "1027700132196"),
        ("iban", ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000"), "DE88370400440532013000"),
        ("npi", ("1234567893",) * 2, "1234567894"),
        ("uscc", ("91350211M000100Y46",) * 2, "91350211M000100Y43"),
        ("bic", ("deutdeff500", "DEUTDEFF"), "DEUT"),
        ("wikidata", ("https://www.wikidata.org/wiki/Q42", "Q42"), "Q"),
        ("ssn", ("078-05-1120", "078051120"), "000051120"),
        ("figi", ("BBG000B9XRY4",) * 2, "BBG"),
        ("uei", ("ZQGGHJH74DW7",) * 2, "zq"),
    ],
)
def test_numbers_with_a_check_are_checked(number, sound, unsound):
    """A slip in such a number must not find somebody else."""
    given, expected = sound

    assert cleaned(a_prop("identifier", number), given, country_code) == expected
    assert cleaned(a_prop("identifier", number), unsound, country_code) == ""


def test_an_account_hints_at_its_country():
    """The first letters of an IBAN."""
    assert country_of("DE89370400440532013000", a_prop("identifier", "iban")) == "de"
    assert country_of("DE89", a_prop("identifier")) == ""


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("+4930123456", "de"),
        ("+77011234567", "kz"),
        ("+79161234567", "ru"),
        ("+998711234567", "uz"),
        ("+12125550100", ""),
    ],
)
def test_a_telephone_number_hints_at_its_country(number, code):
    """Where no other country has the calling code."""
    assert country_of(number, a_prop("phone")) == code


@given(
    kind=st.sampled_from(sorted(MODEL.types)),
    value=st.one_of(st.text(max_size=60), st.integers(), st.floats(allow_nan=True), st.none(), st.booleans()),
)
def test_cleaning_twice_is_cleaning_once(kind, value):
    """Whatever is sent: no error, and what was read is read again as itself."""
    prop = a_prop(kind)
    once = cleaned(prop, value, country_code)

    assert once == once.strip()
    if once and kind not in {"name", "address"}:
        assert cleaned(prop, once, country_code) == once


@given(st.text())
def test_any_text_can_be_sent_on(text):
    """Unpaired surrogates and controls too."""
    as_text(text).encode()
