import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.us_ofac.makers import main_reading, remarks_reading, said, told, unread, values

from tizim.domain.statements import Property
from tizim.sources.entries import Making
from tizim.sources.us_ofac.remarks import closed, is_cut, segments, tell

P = Property


@pytest.mark.parametrize(
    ("text", "prop", "value", "facets"),
    [
        ("DOB 07 Mar 1960", P.BIRTH_DATE, "1960-03-07", {}),
        ("DOB Mar 1960", P.BIRTH_DATE, "1960-03", {}),
        ("alt. DOB 1961", P.BIRTH_DATE, "1961", {"alternative": "yes"}),
        ("DOB circa 1960", P.BIRTH_DATE, "1960", {"about": "circa", "printed": "circa 1960"}),
        ("DOB 1960 to 1962", P.BIRTH_DATE, "1960/1962", {"printed": "1960 to 1962"}),
        ("DOB circa 1983-1984", P.BIRTH_DATE, "1983/1984", {"about": "circa", "printed": "circa 1983-1984"}),
        (
            "DOB 01 Jan 1961 to 31 Dec 1962", P.BIRTH_DATE, "1961-01-01/1962-12-31",
            {"printed": "01 Jan 1961 to 31 Dec 1962"},
        ),
        ("POB Nowhere, Cyprus", P.BIRTH_PLACE, "Nowhere, Cyprus", {}),
        ("alt. POB Elsewhere", P.BIRTH_PLACE, "Elsewhere", {"alternative": "yes"}),
        ("nationality Korea, North", P.NATIONALITY, "Korea, North", {}),
        ("nationality Region: Gaza", P.NATIONALITY, "Gaza", {"note": "region"}),
        ("nationality possibly Cyprus", P.NATIONALITY, "Cyprus", {"note": "possibly"}),
        ("citizen Cyprus", P.NATIONALITY, "Cyprus", {"kind": "citizenship"}),
        ("Nationality of Registration Cyprus", P.COUNTRY, "Cyprus", {"kind": "nationality of registration"}),
        ("Gender Female", P.GENDER, "female", {}),
        ("Position: Clerk", P.POSITION, "Clerk", {}),
        ("Alt. Position: Cook", P.POSITION, "Cook", {}),
        ("Linked To: GREY SEA LIMITED", P.RELATED_NAME, "GREY SEA LIMITED", {"phrase": "Linked To"}),
        ("(Linked To: GREY SEA)", P.RELATED_NAME, "GREY SEA", {"phrase": "Linked To"}),
        ("a.k.a. 'THE GREY'", P.ALIAS, "THE GREY", {"quality": "low"}),
        ("f.k.a. 'OLD O'GREY'", P.ALIAS, "OLD O'GREY", {"quality": "low", "kind": "former name"}),
        ("n.k.a. 'NEW'", P.ALIAS, "NEW", {"quality": "low", "printed_kind": "n.k.a."}),
        ("Website www.example.org", P.CONTACT, "www.example.org", {"kind": "website"}),
        ("Email Address a@example.org", P.CONTACT, "a@example.org", {"kind": "e-mail"}),
        ("alt. Phone Number 99 999", P.CONTACT, "99 999", {"kind": "phone"}),
        ("Telephone: 99 999", P.CONTACT, "99 999", {"kind": "phone"}),
        ("PHONE 850 2 999", P.CONTACT, "850 2 999", {"kind": "phone"}),
        ("Fax (99)(9)", P.CONTACT, "(99)(9)", {"kind": "fax"}),
        (
            "Organization Established Date 12 Sep 2017", P.FEATURE, "2017-09-12",
            {"field": "Organization Established Date"},
        ),
        ("Organization Type: Mixed farming", P.FEATURE, "Mixed farming", {"field": "Organization Type"}),
        ("Target Type Private Company", P.FEATURE, "Private Company", {"field": "Target Type"}),
        ("Former Vessel Flag Malta", P.FEATURE, "Malta", {"field": "Former Vessel Flag"}),
        ("Vessel Year of Build 1970", P.FEATURE, "1970", {"field": "Vessel Year of Build"}),
        ("Aircraft Model B.747-422", P.FEATURE, "B.747-422", {"field": "Aircraft Model"}),
        ("All offices worldwide", P.FEATURE, "All offices worldwide", {"field": "offices"}),
        (
            "Additional Sanctions Information - Subject to Secondary Sanctions", P.IMPOSED_MEASURE,
            "Subject to Secondary Sanctions", {"kind": "Additional Sanctions Information"},
        ),
        (
            "Executive Order 13662 Directive Determination - Subject to Directive 2", P.IMPOSED_MEASURE,
            "Subject to Directive 2", {"kind": "Executive Order 13662 Directive Determination"},
        ),
        ("Listing Date (CMIC) 10 Dec 2021", P.LISTED_ON, "2021-12-10", {"programme": "CMIC"}),
        ("Effective Date (CMIC) 08 Feb 2022", P.EFFECTIVE_ON, "2022-02-08", {"programme": "CMIC"}),
        (
            "Listing Date (EO 14024 Directive 2): 24 Feb 2022", P.FEATURE, "2022-02-24",
            {"field": "Listing Date (EO 14024 Directive 2)"},
        ),
        (
            "For more information on things, please visit the following link: http://example.org/a.", P.LINK,
            "http://example.org/a",
            {"kind": "for more information on things, please visit the following link"},
        ),
        ("ICTY indictee", P.COMMENT, "ICTY indictee", {}),
    ],
)  # fmt: skip
def test_a_segment_says_what_its_first_words_announce(text, prop, value, facets):
    """The kinds met in the real files, one by one; nothing of them is unread."""
    reading = remarks_reading(text)

    assert told(reading, prop) == [(value, facets)]
    assert unread(reading) == []


@pytest.mark.parametrize(
    ("text", "value", "facets"),
    [
        ("Passport AA000 (Cyprus)", "AA000", {"type": "Passport", "country": "Cyprus"}),
        ("alt. Passport AA000", "AA000", {"type": "Passport"}),
        (
            "Passport AA000 (Korea, North) issued 01 Jan 2001 expires 2011", "AA000",
            {"type": "Passport", "country": "Korea, North", "issued": "2001-01-01", "expires": "2011"},
        ),
        ("Passport D000, Diplomatic (Syria)", "D000", {"type": "Passport", "country": "Syria", "note": "Diplomatic"}),
        ("File Number 000 (Delaware) (United States)", "000",
         {"type": "File Number", "country": "United States", "note": "Delaware"}),
        ("Matricula Mercantil No 000-2 (Cali)", "000-2", {"type": "Matricula Mercantil No", "note": "Cali"}),
        ("C.I.F. B000 (Spain)", "B000", {"type": "C.I.F.", "country": "Spain"}),
        ("V.A.T. Number BE 000,000", "BE 000,000", {"type": "V.A.T. Number"}),
        ("R.F.C. # IPR-000", "IPR-000", {"type": "R.F.C."}),
        ("SWIFT/BIC ABCDEFGH", "ABCDEFGH", {"type": "SWIFT/BIC"}),
        ("Unified Social Credit Code (USCC) 000X (China)", "000X",
         {"type": "Unified Social Credit Code (USCC)", "country": "China"}),
        ("Vessel Registration Identification IMO 0000000", "0000000", {"type": "IMO number"}),
        ("Company Number IMO 0000000", "0000000", {"type": "IMO number", "detail": "Company Number"}),
        ("Digital Currency Address - XBT 0abc", "0abc", {"type": "Digital Currency Address", "currency": "XBT"}),
        ("National ID No. 00/ABC(N)000 (Burma)", "00/ABC(N)000", {"type": "National ID No.", "country": "Burma"}),
        ("National ID No. K000000(0) (Hong Kong)", "K000000(0)",
         {"type": "National ID No.", "country": "Hong Kong"}),
        ("Passport 000 issued under the name Ana Grey", "000",
         {"type": "Passport", "note": "issued under the name Ana Grey"}),
    ],
)  # fmt: skip
def test_numbers_come_with_kind_country_and_days(text, value, facets):
    """What stands in brackets is a country if OFAC has a country of that name, else a remark."""
    reading = remarks_reading(text)

    assert told(reading, Property.IDENTIFIER) == [(value, facets)]
    assert unread(reading) == []


def test_segments_are_parted_by_semicolons_outside_values():
    """A semicolon within quotes, brackets or a known value does not part; one without a blank does."""
    reading = remarks_reading(
        "Organization Type: Accounting, bookkeeping and auditing activities; tax consultancy; a.k.a. 'ONE; TWO'; "
        "Additional Sanctions Information - Not on the List; U.S. Persons Must Continue to Block it;arrested; "
        "prose (with; a remark); Gender Male"
    )

    assert values(reading, Property.FEATURE) == ["Accounting, bookkeeping and auditing activities; tax consultancy"]
    assert values(reading, Property.ALIAS) == ["ONE; TWO"]
    assert values(reading, Property.IMPOSED_MEASURE) == ["Not on the List; U.S. Persons Must Continue to Block it"]
    assert values(reading, Property.COMMENT) == ["arrested", "prose (with; a remark)"]
    assert values(reading, Property.GENDER) == ["male"]


def test_a_quote_or_bracket_that_never_closes_swallows_nothing():
    """A damaged value must not take the next facts with it."""
    reading = remarks_reading("a.k.a. 'OPEN; (open; DOB 1960; Linked To: SEA; Gender Male")

    assert values(reading, Property.BIRTH_DATE) == ["1960"]
    assert values(reading, Property.GENDER) == ["male"]
    assert values(reading, Property.COMMENT) == ["a.k.a. 'OPEN", "(open"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Linked To: GREY, Ana.", "GREY, Ana"),
        ("Linked To: SEA S.A.", "SEA S.A."),
        ("Linked To: SEA, S.A. DE C.V.", "SEA, S.A. DE C.V."),
        ("Linked To: SEA CO., LTD.", "SEA CO., LTD."),
        ("Linked To: SEA CO LTD.", "SEA CO LTD"),
        ("Linked To: services n.e.c.", "services n.e.c."),
    ],
)
def test_one_dot_closes_the_whole_and_an_abbreviation(text, name):
    """The publisher prints one dot for both, so that of an abbreviation that is dotted throughout stays."""
    assert closed(text) == f"Linked To: {name}"


def test_titles_repeated_in_remarks_are_said_once():
    """Older files print the titles in both cells; the dot of the last also closes the remarks."""
    reading = main_reading(
        kind="individual", title="Clerk; Director, Sea Ltd.", remarks="DOB 1960; Clerk; Director, Sea Ltd."
    )

    assert values(reading, Property.TITLE) == ["Clerk", "Director, Sea Ltd."]
    assert values(reading, Property.COMMENT) == []


def test_a_title_that_fills_its_cell_is_told_as_cut():
    """The flat files leave two hundred characters for titles."""
    reading = main_reading(kind="individual", title="Clerk; " + "x" * 193)

    assert told(reading, Property.TITLE) == [("Clerk", {}), ("x" * 193, {"form": "cut"})]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Strange Document No. 12345 (Cyprus)", "remarks: Strange Document No."),
        ("Passport 000 issued 01 Jan 2008 to 31 Dec 2010", "Passport"),
        ("DOB unknown", "birth date"),
        ("Passport No.: 000, Eritrea, Issue Date 21 August 2006", "Passport"),
        ("Passport 000 and National ID No. 001", "Passport"),
        ("Website www.example.org. Offices Worldwide", "website"),
        ("Organization Established Date long ago", "Organization Established Date"),
        ("Digital Currency Address - XBT", "Digital Currency Address"),
        ("1A2b3C", "remarks:"),
    ],
)
def test_what_is_not_understood_is_unread_by_its_kind(text, field):
    """Never half a fact, and never silence."""
    reading = remarks_reading(text)

    assert unread(reading) == [(field, text)]
    assert len(said(reading, Property.COMMENT)) == 0


def test_remarks_that_fill_their_cell_or_lack_the_dot_are_cut():
    """The publisher closes whole remarks with a dot."""
    assert is_cut("x" * 999 + ".")
    assert is_cut("DOB 19")
    assert not is_cut("DOB 1960.")
    assert not is_cut("")


@given(st.text(alphabet="aB1';(). \"", max_size=60))
def test_segments_hold_every_character_that_parts_nothing(text):
    """Taking remarks apart loses nothing but semicolons and the blanks after them."""
    bare = "".join(text.split()).replace(";", "")

    assert "".join("".join(segments(text)).split()).replace(";", "") == bare


@given(st.text(max_size=200), st.booleans(), st.booleans())
def test_no_text_breaks_the_reading(text, cut, continued):
    """Whatever is printed there, each word of it is in a claim or unread."""
    making = Making("1", "us-ofac:1", "uid 1")

    tell(making, text, "Remarks", cut=cut, continued=continued)

    assert making.made().place == "uid 1"


@pytest.mark.parametrize(
    "unit",
    ["#", "a.k.a. '", "(", ";", "(a)", "issued in the name ", "no. ", " ", "to ", "a, ", "1 to ", "Number", "1"],
)
@pytest.mark.parametrize("begin", ["", "Passport 0 ", "DOB ", "for more information ", "Linked To: ", "a.k.a. '"])
def test_hostile_remarks_cost_no_more_than_their_length(begin, unit):
    """A cell may hold two million characters; a pattern that looks back over all of them would take hours."""
    making = Making("1", "us-ofac:1", "uid 1")

    tell(making, begin + unit * 30_000, "Remarks")
    tell(making, "; ".join([(begin + unit * 2_000)[:1_990] + "!"] * 15), "Remarks")

    assert making.made().key == "1"
