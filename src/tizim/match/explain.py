"""Why a score is what it is: words side by side, words that contradict, and what each kind of observation added.

Contributions follow the path through the trees: at every question the expected outcome moves, and the move is
put to the account of the measure that was asked about. They add up to the log-odds of the score exactly.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
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
from tizim.match.record import GROUP, KIN, KIND, MOST_WORDS, PLACE, Kind

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
_LONGEST_KEPT = 200
"""signs of names that are remembered as read"""
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


@lru_cache(maxsize=8_192)
def _read(text: str, reading: int) -> Name:
    return analyser().read(text, reading)


def _name(text: str, what: str, reading: int) -> Name:
    name = as_name(text, what)
    return _read(name, reading) if len(name) <= _LONGEST_KEPT else analyser().read(name, reading)


def _words(query: str, listed: str, schema: str) -> _Words:
    reading = reading_of(schema)
    one, other = _name(query, "the left name", reading), _name(listed, "the right name", reading)
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
    comparable = bool(len(one.words) and len(other.words))
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
        one.words, len(one.words), other.words, len(other.words), reading, *costs(), measures, pairs, alikes
    )
    left, right = (other, one) if turned else (one, other)
    n, m = len(left.words), len(right.words)
    (partner, how, back), alike = pairs.tolist(), alikes[:n].tolist()
    del back[m:]
    places, others = left.words[:, PLACE].tolist(), right.words[:, PLACE].tolist()
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for i in range(n):
        if partner[i] >= 0:
            shared = tuple([j for j in range(m) if back[j] == i]) or (partner[i],)
            groups[shared].append(i)
    found = []
    for js, own in groups.items():
        mine = " ".join(left.forms[i] for i in sorted(own, key=places.__getitem__))
        theirs = " ".join(right.forms[j] for j in sorted(js, key=others.__getitem__))
        what = _how(left.words, own[0], right.words, js[0], how[own[0]])
        query, listed = (theirs, mine) if turned else (mine, theirs)
        found.append(
            (
                places[own[0]],
                Aligned(query=query, listed=listed, how=what, alike=round(alike[own[0]], 3)),
            )
        )
    free_left = _free(left, partner)
    free_right = _free(right, back)
    rows = tuple(row for _, row in sorted(found, key=lambda pair: pair[0]))
    return (rows, free_right, free_left) if turned else (rows, free_left, free_right)


def _legal_forms(name: Name) -> str:
    """The words of a name that are legal forms, in the order of the text."""
    rows = [row for row in range(len(name.words)) if name.words[row, KIND] == Kind.LEGAL_FORM]
    return " ".join(name.forms[row] for row in sorted(rows, key=lambda row: name.words[row, PLACE]))


_PASSED_OVER = frozenset(map(int, (Kind.LEGAL_FORM, Kind.LIGHT, Kind.TITLE, Kind.FATHER)))


def _free(name: Name, partner: Sequence[int]) -> list[str]:
    kinds, places = name.words[:, KIND].tolist(), name.words[:, PLACE].tolist()
    core = [row for row, kind in enumerate(kinds) if partner[row] < 0 and kind not in _PASSED_OVER]
    return [name.forms[row] for row in sorted(core, key=places.__getitem__)]


def _how(left: npt.NDArray[np.uint8], i: int, right: npt.NDArray[np.uint8], j: int, how: int) -> How:
    if how == f.EXACT:
        return "the same"
    if how == f.INITIAL:
        return "initial"
    if how == f.JOINED:
        return "written together"
    if how == f.ACRONYM:
        return "acronym"
    mine, theirs = left[i].view(np.uint32), right[j].view(np.uint32)
    if mine[GROUP] and mine[GROUP] == theirs[GROUP]:
        return "another spelling"
    if mine[KIN] and mine[KIN] == theirs[KIN]:
        return "a kindred form"
    return "sounds alike"


def _rules(one: Name, other: Name, measures: npt.NDArray[np.float32]) -> tuple[str, ...]:
    found = []
    if not len(one.words) or not len(other.words):
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
