import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizim.sources.un_sc.references import MENTIONED, REGIMES, reference_key, regime_of_reference


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("TAi.171", "TAi.171"), ("TAI.171", "TAi.171"), ("tae.011", "TAe.011"), ("KPE.018", "KPe.018"),
        ("QDi.343.", "QDi.343"), (" QDi.328 ", "QDi.328"), ("QDi. 328", "QDi.328"), ("QDi.3280", "QDi.3280"),
        ("QI.A.12.01.", "QI.A.12.01"), ("QI.A.12.01", "QI.A.12.01"), ("E.29.I.6", "E.29.I.6"), ("", ""),
    ],
)  # fmt: skip
def test_a_number_has_one_form(printed, key):
    """Spellings that the documents have had over the years are one number."""
    assert reference_key(printed) == key


@given(st.text(max_size=20) | st.from_regex(r"\s?[A-Za-z]{2}[ieIE]\.\s?\d{3}\.?\s?", fullmatch=True))
def test_the_form_of_the_form_is_the_form(printed):
    """A key can be normalised again without harm."""
    assert reference_key(reference_key(printed)) == reference_key(printed)


@pytest.mark.parametrize("key", ["XXi.001", "QX.A.1.01", "12", "", "QDi", "Taliban"])
def test_a_number_of_no_regime_names_no_list(key):
    """A list is never guessed."""
    assert regime_of_reference(key) is None


def test_every_regime_has_letters():
    """The fallback by number covers every list that the types do."""
    letters = "QD TA SO IQ LR CD CI SD KP IR LY GB CF YE SS ML HT".split()  # noqa: SIM905  as they are read aloud

    assert {regime_of_reference(f"{two}i.001") for two in letters} == set(REGIMES)


@pytest.mark.parametrize("text", ["resolution 1822", "KPi.0345", "aQDe.902", "C.V.901", "III.9"])
def test_prose_that_only_looks_like_a_number_is_none(text):
    """Numbers of resolutions and old paragraphs are no entries."""
    assert MENTIONED.search(text) is None
