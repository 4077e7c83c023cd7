"""Why a score is what it is: words side by side, words that contradict, and what each kind of observation added.

Contributions follow the path through the trees: at every question the expected outcome moves, and the move is
put to the account of the measure that was asked about. They add up to the log-odds of the score exactly.
"""

from collections import defaultdict
from collections.abc import Sequence
from operator import itemgetter
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt

from tizim.match import features as f
from tizim.match.analysis import Name, reading_of
from tizim.match.compare import analyser, as_name, compare_names, costs
from tizim.match.entities import Facts, Reason, adjusted
from tizim.match.features import NAMES, measure_and_pair
from tizim.match.model import ALGORITHM, LEAN, MATCH_THRESHOLD, log_odds, model, moves
from tizim.match.record import GROUP, KIN, KIND, MOST_WORDS, PLACE, SIZE, Kind

How = Literal[
    "the same", "sounds alike", "another spelling", "a kindred form", "initial", "written together", "acronym"
]

_ACCOUNTS = {
    "words aligned": {
        "covered_most", "covered_least", "alike", "mean", "aligned", "joined", "acronym", "exact_words", "exact_share",
        "initials",
    },
    "how differently they are spelt": {
        "worst", "second_worst", "worst_edits", "worst_edits_share", "worst_first_differs", "inexact", "edits",
        "shortest_inexact", "variants", "kin",
    },
    "words that contradict": {
        "contradicted", "contradicted_words", "heaviest_contradicted", "nearest_contradicted", "initial_contradicted",
        "descriptor_contradicted", "place_contradicted", "lineage_contradicted",
    },
    "words of one name only": {"omitted", "omitted_words", "unaligned_letters"},
    "how rare the words are": {"rarity", "least_rarity", "fewer_words", "more_words"},
    "numbers and series marks": {"numbers_differ"},
    "legal forms": {"legal_form", "legal_form_omitted"},
    "order of descent": {"reversed"},
    "scripts": {"vowel_less", "syllabic"},
    "kind of subject": {"schema"},
}  # fmt: skip
"""accounts of an explanation, and the measures that each holds"""
_NUMBERS_DIFFER, _REVERSED, _ALIGNED, _ACRONYM, _LEGAL_FORM = map(
    NAMES.index, ("numbers_differ", "reversed", "aligned", "acronym", "legal_form")
)
_ACCOUNT_OF = {name: account for account, names in _ACCOUNTS.items() for name in names}


class Aligned(msgspec.Struct, frozen=True, kw_only=True):
    """Words that go together."""

    query: str
    listed: str
    how: How
    alike: float


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why two names got their score."""

    algorithm: str
    score: float
    threshold: float
    summary: str
    """one sentence"""
    aligned: tuple[Aligned, ...]
    contradicted: tuple[tuple[str, str], ...]
    """words of one name against words of the other, both without a counterpart"""
    omitted: tuple[str, ...]
    """words that only one of the names has, with nothing against them"""
    rules: tuple[str, ...]
    """rules that decided over the sum of observations"""
    contributions: tuple[Reason, ...]
    """what each kind of observation added to the log-odds of the names' score, largest first"""
    facts: tuple[Reason, ...]
    """the same for what is known besides names"""


def explain_names(left: str, right: str, schema: str = "Person") -> Explanation:
    """Why `compare_names` gives two names their score. Raises `BadInput` as it does."""
    return explain(left, right, schema, Facts(), Facts())


def explain(query: str, listed: str, schema: str, query_facts: Facts, facts: Facts) -> Explanation:
    """Why *query* and *listed* got their score, facts included."""
    score = compare_names(query, listed, schema)
    judged = adjusted(score, query_facts, facts)
    told = _words(query, listed, schema)
    return Explanation(
        algorithm=ALGORITHM, score=judged.score, threshold=MATCH_THRESHOLD, aligned=told.aligned,
        contradicted=told.contradicted, omitted=told.omitted, rules=told.rules,
        contributions=_contributions(told.measures) if told.comparable else (),
        facts=judged.reasons, summary=_summary(judged.score, told),
    )  # fmt: skip


def summary(query: str, listed: str, schema: str, score: float) -> str:
    """The one sentence of an explanation, for names that have *score*: quicker than the whole of it."""
    return _summary(score, _words(query, listed, schema))


class _Words(msgspec.Struct, frozen=True):
    """Two names word by word."""

    aligned: tuple[Aligned, ...]
    contradicted: tuple[tuple[str, str], ...]
    omitted: tuple[str, ...]
    rules: tuple[str, ...]
    measures: npt.NDArray[np.float32]
    comparable: bool
    """whether both have any"""


def _words(query: str, listed: str, schema: str) -> _Words:
    reading = reading_of(schema)
    read = analyser().read
    one, other = read(as_name(query, "the left name"), reading), read(as_name(listed, "the right name"), reading)
    measures = np.zeros(f.COUNT, dtype=np.float32)
    pairs, mine, theirs = _aligned(one, other, reading, measures)
    contradicted = tuple(zip(mine, theirs, strict=False))
    legal = float(measures[_LEGAL_FORM])
    forms = (_legal_forms(one), _legal_forms(other)) if legal else ("", "")
    if legal > 0:
        how: How = "the same" if forms[0] == forms[1] else "another spelling" if legal == 1 else "a kindred form"
        pairs = (*pairs, Aligned(query=forms[0], listed=forms[1], how=how, alike=legal))
    omitted = tuple((mine if len(mine) > len(theirs) else theirs)[len(contradicted) :])
    if legal < 0:
        contradicted = (*contradicted, forms)
    comparable = bool(one.forms and other.forms)
    return _Words(pairs, contradicted, omitted, _rules(one, other, measures), measures, comparable)


def _aligned(
    one: Name, other: Name, reading: int, measures: npt.NDArray[np.float32]
) -> tuple[tuple[Aligned, ...], list[str], list[str]]:
    """Pairs of words, and the core words on both sides that have no counterpart, in the order of the text.

    Fills *measures* with those of the two names on the way.
    """
    pairs = np.empty((3, MOST_WORDS), dtype=np.int64)
    alikes = np.empty(MOST_WORDS, dtype=np.float32)
    turned = measure_and_pair(
        one.words, len(one.forms), other.words, len(other.forms), reading, *costs(), measures, pairs, alikes
    )
    left, right = (other, one) if turned else (one, other)
    (partner, how, back), alike = pairs.tolist(), alikes.tolist()
    shared_by: dict[int, list[int]] = {}
    for j in range(len(right.forms)):
        shared_by.setdefault(back[j], []).append(j)
    groups: dict[tuple[int, ...], list[int]] = {}
    for i in range(len(left.forms)):
        if partner[i] >= 0:
            groups.setdefault(tuple(shared_by.get(i, (partner[i],))), []).append(i)
    found = []
    for js, own in groups.items():
        first = own[0]
        mine, theirs = _in_order(left, own), _in_order(right, js)
        query, listed = (theirs, mine) if turned else (mine, theirs)
        what = _how(left.data, first, right.data, js[0], how[first])
        found.append(
            (
                left.data[first * SIZE + PLACE],
                Aligned(query=query, listed=listed, how=what, alike=round(alike[first], 3)),
            )
        )
    found.sort(key=_by_place)
    free_left = _free(left, partner)
    free_right = _free(right, back)
    rows = tuple([row for _, row in found])
    return (rows, free_right, free_left) if turned else (rows, free_left, free_right)


_by_place = itemgetter(0)


def _in_order(name: Name, rows: Sequence[int]) -> str:
    """Words of a name in the order of the text."""
    forms = name.forms
    if len(rows) == 1:
        return forms[rows[0]]
    places = name.data[PLACE::SIZE]
    return " ".join([forms[row] for row in sorted(rows, key=places.__getitem__)])


def _legal_forms(name: Name) -> str:
    """The words of a name that are legal forms, in the order of the text."""
    return _in_order(name, [row for row, kind in enumerate(name.data[KIND::SIZE]) if kind == Kind.LEGAL_FORM])


_PASSED_OVER = frozenset(map(int, (Kind.LEGAL_FORM, Kind.LIGHT, Kind.TITLE, Kind.FATHER)))


def _free(name: Name, partner: Sequence[int]) -> list[str]:
    core = [
        row for row, kind in enumerate(name.data[KIND::SIZE]) if partner[row] < 0 and kind not in _PASSED_OVER
    ]  # fmt: skip
    core.sort(key=name.data[PLACE::SIZE].__getitem__)
    return [name.forms[row] for row in core]


_NUMBER = 4
"""bytes of the number of a group"""
_UNGROUPED = bytes(_NUMBER)


def _how(left: bytes, i: int, right: bytes, j: int, how: int) -> How:
    if how == f.EXACT:
        return "the same"
    if how == f.INITIAL:
        return "initial"
    if how == f.JOINED:
        return "written together"
    if how == f.ACRONYM:
        return "acronym"
    if _is_grouped(left, i, right, j, GROUP):
        return "another spelling"
    if _is_grouped(left, i, right, j, KIN):
        return "a kindred form"
    return "sounds alike"


def _is_grouped(left: bytes, i: int, right: bytes, j: int, what: int) -> bool:
    """Whether two words are of one group, which *what* stands for."""
    mine, theirs = i * SIZE + what * _NUMBER, j * SIZE + what * _NUMBER
    group = left[mine : mine + _NUMBER]
    return group != _UNGROUPED and group == right[theirs : theirs + _NUMBER]


def _rules(one: Name, other: Name, measures: npt.NDArray[np.float32]) -> tuple[str, ...]:
    found = []
    if not one.forms or not other.forms:
        found.append("a name without letters or digits matches nothing")
    elif one.exact == other.exact:
        found.append("written alike but for case, marks and punctuation: 1 by rule")
    else:
        if measures[_NUMBERS_DIFFER] == 1:
            found.append("numbers or series marks differ: no match")
        if measures[_REVERSED] > 0:
            found.append("father and son are exchanged: no match")
        if measures[_ALIGNED] == 0 and measures[_ACRONYM] == 0:
            found.append("no word of one is like a word of the other: no match")
    return tuple(found)


def _contributions(measures: npt.NDArray[np.float32]) -> tuple[Reason, ...]:
    m = model()
    accounts: dict[str, float] = defaultdict(float)
    start = m.base + float(m.inner[:, 0].sum())
    moved = np.zeros(f.COUNT, dtype=np.float64)
    moves(measures, m.feature, m.threshold, m.value, m.inner, moved)
    for name, gain in zip(NAMES, moved.tolist(), strict=True):
        accounts[_ACCOUNT_OF[name]] += gain
    accounts[_ACCOUNT_OF["alike"]] += LEAN * float(measures[NAMES.index("alike")])
    rows = [Reason(what=what, gain=round(gain, 4)) for what, gain in accounts.items() if abs(gain) >= 0.00005]
    rows.sort(key=lambda row: -abs(row.gain))
    return (Reason(what="before anything is known of the names", gain=round(start, 4)), *rows)


def total_of(measures: npt.NDArray[np.float32]) -> float:
    """The log-odds that contributions add up to."""
    m = model()
    return float(log_odds(measures, m.feature, m.threshold, m.value, m.base))


def _summary(score: float, told: _Words) -> str:
    verdict = "a match" if score >= MATCH_THRESHOLD else "no match"
    parts = [f"{one.query} = {one.listed} ({one.how})" for one in told.aligned]
    parts += [f"{mine} against {theirs}" for mine, theirs in told.contradicted]
    if told.omitted:
        parts.append(f"{' '.join(told.omitted)} in one name only")
    parts += told.rules
    return f"{score:.3f}, {verdict}: {'; '.join(parts) or 'nothing in common'}"
