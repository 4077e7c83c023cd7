"""Two names: how likely they are the same. `compare_names` is the whole of it; `measures_of` is what it goes by."""

from functools import cache

import numpy as np
import numpy.typing as npt

from tizim.errors import BadInput
from tizim.match.analysis import ORGANISATION, Analyser, as_words, reading_of
from tizim.match.features import COUNT, measure, room
from tizim.match.frequencies import frequencies
from tizim.match.model import model, score_pair
from tizim.match.record import KIND, Kind
from tizim.match.sounds import insert_costs, swap_costs
from tizim.match.tables import table


@cache
def analyser() -> Analyser:
    """The reader of names of this process."""
    return Analyser(frequencies())


@cache
def costs() -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """What swapping and inserting sounds costs."""
    return swap_costs(), insert_costs()


def as_name(text: object, what: str) -> str:
    """*text*, which must be a string. Raises `BadInput`."""
    if not isinstance(text, str):
        raise BadInput(f"{what} must be text, not {type(text).__name__}")
    return text


def measures_of(left: str, right: str, schema: str) -> npt.NDArray[np.float32]:
    """The measures of two names (`tizim.match.features.NAMES`)."""
    reading = reading_of(schema)
    mine, _ = analyser().records(left, reading)
    theirs, _ = analyser().records(right, reading)
    out = np.zeros(COUNT, dtype=np.float32)
    one, other = as_words(mine), as_words(theirs)
    measure(one, len(one), other, len(other), reading, *costs(), room(), out)
    return out


def compare_names(left: str, right: str, schema: str = "Person") -> float:
    """How likely two names are the same subject's: a number in [0, 1], symmetric, blind to order and case.

    *schema* is FollowTheMoney's (Person, Organization, Company, LegalEntity, PublicBody, Vessel, Airplane).
    1 is given to names written alike but for case, marks and punctuation; names without letters or digits get 0.
    Scores from `MATCH_THRESHOLD` on are matches. Raises `BadInput` for another schema, or if a name is no text.
    """
    reading = reading_of(schema)
    mine, exact = analyser().records(as_name(left, "the left name"), reading)
    theirs, other_exact = analyser().records(as_name(right, "the right name"), reading)
    return score_records(mine, exact, theirs, other_exact, reading)


def score_records(mine: bytes, exact: int, theirs: bytes, other_exact: int, reading: int) -> float:
    """The score of two names that have been read already (`Analyser.records`)."""
    if not mine or not theirs:
        return 0.0
    if exact == other_exact:
        return 1.0
    m = model()
    one, other = as_words(mine), as_words(theirs)
    return float(
        score_pair(one, len(one), other, len(other), reading, *costs(), m.feature, m.threshold, m.value, m.base)
    )


def countries_in(name: str) -> frozenset[int]:
    """The countries that a name of an organisation names, as numbers: one country is one number in all languages."""
    return _places_in(name) & _countries()


def _places_in(name: str) -> frozenset[int]:
    words = as_words(analyser().records(as_name(name, "the name"), ORGANISATION)[0])
    groups = words[:, 16:20].copy().view(np.uint32)[:, 0]
    return frozenset(int(group) for group, kind in zip(groups, words[:, KIND], strict=True) if kind == Kind.PLACE)


@cache
def _countries() -> frozenset[int]:
    """The numbers of the places that are countries; the others are towns and regions, which names share freely."""
    countries = (names[1] for code, names in table("places").items() if len(code) == 2 and len(names) > 1)
    return frozenset().union(*map(_places_in, countries))


def says_only_what(words: str) -> bool:
    """Whether *words* only say what sort of organisation it is: movement, front, the party of."""
    found = as_words(analyser().records(as_name(words, "the words"), ORGANISATION)[0])
    return len(found) > 0 and all(kind in _SORTS for kind in found[:, KIND])


_SORTS = frozenset({Kind.DESCRIPTOR, Kind.LIGHT, Kind.LEGAL_FORM})
