"""Why a score is what it is: words side by side, words that contradict, and what each kind of observation added.

Contributions follow the path through the trees: at every question the expected outcome moves, and the move is
put to the account of the measure that was asked about. They add up to the log-odds of the score exactly.
"""

from collections import defaultdict
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from tizim.match import features as f
from tizim.match.analysis import Name, reading_of
from tizim.match.compare import analyser, as_name, compare_names, costs
from tizim.match.entities import Facts, Reason, adjusted
from tizim.match.features import NAMES
from tizim.match.model import ALGORITHM, LEAN, MATCH_THRESHOLD, log_odds, model, moves
from tizim.match.pairing import DIFFER, HOW, MOST_TOLD, NOTHING, REVERSED, How, pair_words
from tizim.match.record import MOST_WORDS

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
_LEGAL_FORM = NAMES.index("legal_form")
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
    one, other, reading = _two(query, listed, schema)
    measures, alike = np.zeros(f.COUNT, dtype=np.float32), np.ones(MOST_WORDS, dtype=np.float32)
    told = _paired(one, other, reading, measures, alike)
    likenesses = [*alike.tolist()[: len(told.pairs)]]
    if measures[_LEGAL_FORM] > 0:
        likenesses[-1] = float(measures[_LEGAL_FORM])
    return Explanation(
        algorithm=ALGORITHM, score=judged.score, threshold=MATCH_THRESHOLD,
        aligned=tuple(
            Aligned(query=mine, listed=theirs, how=how, alike=round(likeness, 3))
            for (mine, theirs, how), likeness in zip(told.pairs, likenesses, strict=True)
        ),
        contradicted=tuple(told.contradicted), omitted=tuple(told.omitted), rules=tuple(told.rules),
        contributions=_contributions(measures) if one.forms and other.forms else (),
        facts=judged.reasons, summary=_summary(judged.score, told),
    )  # fmt: skip


def summary(query: str, listed: str, schema: str, score: float) -> str:
    """The one sentence of an explanation, for names that have *score*: quicker than the whole of it."""
    one, other, reading = _two(query, listed, schema)
    measures, alike = np.empty(f.COUNT, dtype=np.float32), np.empty(MOST_WORDS, dtype=np.float32)
    return _summary(score, _paired(one, other, reading, measures, alike))


def summary_of(told: Sequence[int], query: Sequence[str], listed: Sequence[str], score: float, *, same: bool) -> str:
    """The same for names whose words are known, and what `tizim.match.pairing` tells of them."""
    return _summary(score, _in_words(told, query, listed, same=same))


class _Words(msgspec.Struct, frozen=True):
    """Two names word by word."""

    pairs: list[tuple[str, str, How]]
    """words of the query, words of the listed name, and how they go together"""
    contradicted: list[tuple[str, str]]
    omitted: list[str]
    rules: list[str]


_Measures = npt.NDArray[np.float32]
_Alike = npt.NDArray[np.float32]


def _two(query: str, listed: str, schema: str) -> tuple[Name, Name, int]:
    reading = reading_of(schema)
    read = analyser().read
    return read(as_name(query, "the left name"), reading), read(as_name(listed, "the right name"), reading), reading


def _paired(one: Name, other: Name, reading: int, measures: _Measures, alike: _Alike) -> _Words:
    """Two names word by word. Fills *measures*, and how *alike* each pair of words is."""
    told = np.empty(MOST_TOLD, dtype=np.int64)
    end = pair_words(one.words, len(one.forms), other.words, len(other.forms), reading, *costs(), measures, told, alike)
    return _in_words(told[:end].tolist(), one.forms, other.forms, same=one.exact == other.exact)


def _in_words(told: Sequence[int], query: Sequence[str], listed: Sequence[str], *, same: bool) -> _Words:
    """What `tizim.match.pairing` tells of two names whose words are given. *same*: whether they are written alike."""
    rules, legal, count = told[0], told[1], told[2]
    at = 3
    pairs: list[tuple[str, str, How]] = []
    for _ in range(count):
        mine, end = _said(told, at + 1, query)
        theirs, end = _said(told, end, listed)
        pairs.append((mine, theirs, HOW[told[at]]))
        at = end
    alone, at = _rows(told, at, query)
    others, at = _rows(told, at, listed)
    contradicted = list(zip(alone, others, strict=False))
    omitted = (alone if len(alone) > len(others) else others)[len(contradicted) :]
    if legal:
        mine, at = _said(told, at, query)
        theirs, at = _said(told, at, listed)
        if legal > 0:
            how: How = "the same" if mine == theirs else "another spelling" if legal == _SAME_FORM else "a kindred form"
            pairs.append((mine, theirs, how))
        else:
            contradicted.append((mine, theirs))
    return _Words(pairs, contradicted, omitted, _rules(rules, same=same, comparable=bool(query and listed)))


_SAME_FORM = 2


def _rows(told: Sequence[int], at: int, forms: Sequence[str]) -> tuple[list[str], int]:
    """The words that are told from *at* on, and where the next ones are."""
    end = at + 1 + told[at]
    return [forms[row] for row in told[at + 1 : end]], end


def _said(told: Sequence[int], at: int, forms: Sequence[str]) -> tuple[str, int]:
    """The same as one text."""
    if told[at] == 1:
        return forms[told[at + 1]], at + 2
    found, end = _rows(told, at, forms)
    return " ".join(found), end


def _rules(holding: int, *, same: bool, comparable: bool) -> list[str]:
    if not comparable:
        return ["a name without letters or digits matches nothing"]
    if same:
        return ["written alike but for case, marks and punctuation: 1 by rule"]
    return [told for rule, told in _RULES if holding & rule] if holding else []


_RULES = (
    (DIFFER, "numbers or series marks differ: no match"),
    (REVERSED, "father and son are exchanged: no match"),
    (NOTHING, "no word of one is like a word of the other: no match"),
)


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
    parts = [f"{mine} = {theirs} ({how})" for mine, theirs, how in told.pairs]
    parts += [f"{mine} against {theirs}" for mine, theirs in told.contradicted]
    if told.omitted:
        parts.append(f"{' '.join(told.omitted)} in one name only")
    parts += told.rules
    return f"{score:.3f}, {verdict}: {'; '.join(parts) or 'nothing in common'}"
