"""Words of organisations and ships that stand by themselves are looked up; names read so are read the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizim.match.analysis import ORGANISATION, VESSEL, Analyser
from tizim.match.frequencies import frequencies

WORDS = (
    "Acme", "Bank", "of", "the", "Ltd", "Limited", "Liability", "Company", "No", "7", "2nd", "seven", "II", "I", "V",
    "Fund", "Series", "B", "MV", "Ocean", "Star", "al", "شركة", "البنك", "الخليج", "de", "A.", "(Banque)", "United",
    "中国", "建设银行", "한국", "Arab", "Emirates", "S.A.",
    "Общество", "с", "ограниченной", "ответственностью", "Ромашка",
)  # fmt: skip


class _InContext(Analyser):
    """Reads every word beside the others."""

    def _apart(self, words, reading):  # noqa: ARG002 - as the analyser has it
        return None


QUICK, LONG = Analyser(frequencies()), _InContext(frequencies())


@given(words=st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=20))
@pytest.mark.parametrize("reading", [ORGANISATION, VESSEL])
def test_a_name_is_read_the_same_whether_its_words_are_looked_up_or_not(reading, words):
    """Speed is no reason for another score."""
    name = " ".join(words)

    quick, long = QUICK.read(name, reading), LONG.read(name, reading)

    assert (quick.words.tobytes(), quick.forms, quick.exact) == (long.words.tobytes(), long.forms, long.exact)
