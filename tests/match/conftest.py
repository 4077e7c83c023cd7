"""Names as the kernel reads them, for tests that look at one step."""

import numpy as np
import pytest

from tizim.match.analysis import ORGANISATION, PERSON, VESSEL
from tizim.match.compare import analyser, costs
from tizim.match.distance import words_alike
from tizim.match.features import room
from tizim.match.record import KIND, NUMBER, PLACE, Kind

READINGS = {"Person": PERSON, "Company": ORGANISATION, "Vessel": VESSEL}


@pytest.fixture
def read():
    """``read(text, schema)``: the words of a name in the order of the text, each with its kind."""

    def read(text, schema="Person"):
        name = analyser().read(text, READINGS[schema])
        order = sorted(range(len(name.words)), key=lambda at: name.words[at, PLACE])
        return [(name.forms[at], Kind(name.words[at, KIND]).name.lower()) for at in order]

    return read


@pytest.fixture
def numbers():
    """``numbers(text, schema)``: what the numbers in a name stand for."""

    def numbers(text, schema="Company"):
        words = analyser().read(text, READINGS[schema]).words
        return sorted(int(word.view(np.uint32)[NUMBER]) for word in words if word[KIND] == Kind.NUMBER)

    return numbers


@pytest.fixture
def alike():
    """``alike(one, other)``: how alike two single words are, in [0, 1]."""

    def alike(one, other, schema="Person"):
        left, right = (analyser().read(word, READINGS[schema]).words for word in (one, other))
        assert len(left) == len(right) == 1
        r = room()
        return float(words_alike(left, 0, right, 0, *costs(), np.float32(0.0), r.rows, r.places))

    return alike
