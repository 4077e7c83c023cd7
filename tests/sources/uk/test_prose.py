import pytest
from tests.sources.uk.makers import unread, values

from tizim.domain.statements import Property
from tizim.sources.entries import Making
from tizim.sources.uk.prose import is_about_right, say_all


def _said(prose, *, is_person=True):
    making = Making("1", "uk-ofsi:1", "row 3")
    say_all(making, prose, "row 3/Other Information", is_person=is_person)
    return making.made()


def _pairs(reading, prop):
    return [(claim.value, dict(claim.facets)) for claim in reading.claims if claim.property is prop]


def test_the_prose_is_kept_whole():
    """What its sentences say is told beside it, never instead of it."""
    reading = _said("Brother of  Rupert.\nUN Ref QI.Z.901.03.")

    assert values(reading, Property.COMMENT) == ["Brother of Rupert. UN Ref QI.Z.901.03."]
    assert unread(reading) == []


@pytest.mark.parametrize(
    ("prose", "number", "regime"),
    [
        ("UN Ref QI.Z.901.03. Wanted.", "QI.Z.901.03", "un-1267"),
        ("UN Ref:QI.Z.901.03", "QI.Z.901.03", "un-1267"),
        ("UN REF QI.Z.901.03.", "QI.Z.901.03", "un-1267"),
        ("UN Ref TAi.901", "TAi.901", "un-1988"),
        ("UN Ref E.29.II.91. Owned by X.", "E.29.II.91", "un-1737"),
        ("Until 2007 he was also listed under number TI.Z.91.01", "TI.Z.91.01", "un-1988"),
        ("(UK Sanctions List Ref):AFG9001 (UN Ref):TAi.901 (Gender):Male", "TAi.901", "un-1988"),
    ],
)
def test_its_own_number_on_the_list_of_the_un_joins_the_entry(prose, number, regime):
    """The publisher's word that both are one, in the form in which the UN prints it."""
    pairs = [pair for pair in _pairs(_said(prose), Property.CROSS_REFERENCE) if pair[1]["source"] == "un-sc"]

    assert pairs == [(number, {"list": regime, "source": "un-sc"})]


def test_a_number_that_is_mentioned_otherwise_is_another_entry_s():
    """Associates are named with their numbers; the entry must not be joined to them."""
    assert values(_said("Associated with Rupert (QDi.901)."), Property.CROSS_REFERENCE) == []


@pytest.mark.parametrize(
    ("prose", "authority"),
    [
        ("EU listing. Not UN. Owned by X.", "EU"),
        ("EU listing only.", "EU"),
        ("UK listing only.", "UK"),
        ("Annex IV. UN Listing. X.", "UN"),
    ],
)
def test_who_listed_it_is_told(prose, authority):
    """Until 2020 the list carried listings of the UN and the European Union beside its own."""
    assert values(_said(prose), Property.AUTHORITY) == [authority]


def test_names_in_a_sentence_are_weak_aliases_of_a_person():
    """What the list keeps out of its rows of names is not as good a name as those."""
    reading = _said(
        "UN Ref QI.Z.901.03. Also referred to as Black Michael, El Zenda (combat name) and Abu Strelsau. Tall."
    )

    assert _pairs(reading, Property.ALIAS) == [
        (name, {"form": "prose", "quality": "low"}) for name in ("Black Michael", "El Zenda", "Abu Strelsau")
    ]


def test_such_a_sentence_about_an_organisation_is_left_in_the_prose():
    """Names of organisations hold commas and *and*, so where one ends cannot be told."""
    assert values(_said("Also known as Zenda, Hofbau and Sons.", is_person=False), Property.ALIAS) == []


def test_words_that_are_no_names_are_not_taken_for_names():
    """One part that does not look like a name makes the whole doubtful."""
    reading = _said("Also referred to as the leader of a group in Zenda and Hofbau.")

    assert values(reading, Property.ALIAS) == []


def test_parents_and_gender_are_told():
    """Sentences of a fixed form."""
    reading = _said("Male. Father's name is Otto Zenda. Mother’s name is Flavia and father's name is Otto.")

    assert values(reading, Property.GENDER) == ["male"]
    assert _pairs(reading, Property.RELATED_NAME) == [
        ("Otto Zenda", {"phrase": "father", "form": "prose"}),
        ("Flavia", {"phrase": "mother", "form": "prose"}),
        ("Otto", {"phrase": "father", "form": "prose"}),
    ]


def test_ways_to_reach_it_are_told():
    """Telephones come in lists."""
    reading = _said(
        "Tel: +000 11-222-8200, +000 11-222-7910. Fax 000 11-222-8412. Email a@zenda.invalid, b@zenda.invalid. "
        "Website: www.zenda.invalid."
    )

    assert _pairs(reading, Property.CONTACT) == [
        ("+000 11-222-8200", {"kind": "phone"}),
        ("+000 11-222-7910", {"kind": "phone"}),
        ("000 11-222-8412", {"kind": "fax"}),
        ("a@zenda.invalid", {"kind": "e-mail"}),
        ("b@zenda.invalid", {"kind": "e-mail"}),
        ("www.zenda.invalid", {"kind": "website"}),
    ]


def test_numbers_in_the_prose_are_told():
    """Ships and registers of companies; the SWIFT code, where it is one."""
    reading = _said(
        "Business Registration Document # HRA000001 (Germany), issued 2006. IMO No 9000001. SWIFT/BIC ZENDRU2X."
    )

    assert _pairs(reading, Property.IDENTIFIER) == [
        ("9000001", {"type": "IMO number", "form": "prose"}),
        ("HRA000001", {"type": "business registration", "country": "Germany", "form": "prose"}),
        ("ZENDRU2X", {"type": "SWIFT/BIC", "form": "prose"}),
    ]


def test_labels_of_newer_files_say_what_a_part_is():
    """Since about 2021 the prose carries labels in brackets; an unknown one stays within the prose."""
    reading = _said(
        "(UK Sanctions List Ref):RUR9001 (Gender):Male (Phone number):(1) +000 1 (2) +000 2 (IMO number):9000001 "
        "(Parent company):Zenda Holding (Colour):Red (Other Information):Also known as Black Michael."
    )

    assert _pairs(reading, Property.REFERENCE) == [("RUR9001", {"of": "UK Sanctions List"})]
    assert values(reading, Property.GENDER) == ["male"]
    assert values(reading, Property.CONTACT) == ["+000 1", "+000 2"]
    assert values(reading, Property.IDENTIFIER) == ["9000001"]
    assert values(reading, Property.RELATED_NAME) == ["Zenda Holding"]
    assert values(reading, Property.ALIAS) == ["Black Michael"]
    assert "(Colour):Red" in values(reading, Property.COMMENT)[0]


def test_a_birth_date_that_is_about_right_is_known():
    """Two spellings of the remark stand in the list."""
    assert is_about_right("Tall. DOB is approximate.")
    assert is_about_right("DOB is appoximate")
    assert is_about_right("Date of birth is approximate")
    assert not is_about_right("In approximately 2005, ran a camp.")
