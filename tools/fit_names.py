"""Fit the frozen score: writes src/tizim/match/model.json.

    TIZIM_REAL_FILES=../shared .venv/bin/python tools/fit_names.py [--check]

Rows are pairs with labels (the development half of the labelled pairs, the project's own pairs by language, and
changes made to listed names whose outcome is certain), and what the index finds for queries of which the right
subject is known, or known to be none. Of the UN list's original-script names and aliases only references whose
SHA-256 ends in an even digit take part. Figures printed are of models that have not seen the row's name: five
folds by subject or pair. ``--check`` prints them and writes nothing. Everything is seeded: the same data gives
the same file.
"""

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "bench"))

import names_data as data  # noqa: E402 - bench is not a package
import names_made as made  # noqa: E402 - bench is not a package

from tizim.match.analysis import reading_of  # noqa: E402 - after the path is set
from tizim.match.asking import Periods, Searcher  # noqa: E402 - after the path is set
from tizim.match.compare import analyser, measures_of  # noqa: E402 - after the path is set
from tizim.match.features import NAMES  # noqa: E402 - after the path is set
from tizim.match.index import build  # noqa: E402 - after the path is set
from tizim.match.model import ALGORITHM, DEPTH, MATCH_THRESHOLD, no_model  # noqa: E402 - after the path is set

TARGET = ROOT / "src" / "tizim" / "match" / "model.json"
FOLDS = 5
RISING = {"covered_most", "covered_least", "alike", "worst", "mean", "exact_share", "rarity", "joined"}
FALLING = {
    "contradicted", "contradicted_words", "numbers_differ", "reversed", "heaviest_contradicted", "initial_contradicted",
}  # fmt: skip

Floats = npt.NDArray[np.float32]


class Rows(NamedTuple):
    """Measured rows of one kind."""

    kind: str
    measures: Floats
    label: npt.NDArray[np.bool_]
    weight: npt.NDArray[np.float64]
    fold: npt.NDArray[np.int64]
    query: npt.NDArray[np.int64]
    """number of the query, or of the pair"""
    exact: npt.NDArray[np.bool_]
    """names written alike, whose score is 1 by rule"""


def fold_of(text: str) -> int:
    """Which fold a subject or pair belongs to."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % FOLDS


def of_pairs(kind: str, pairs: Sequence[data.Pair], weigh: Callable[[data.Pair], float]) -> Rows:
    """Rows of labelled pairs."""
    return Rows(
        kind, np.array([measures_of(one.left, one.right, one.schema) for one in pairs]),
        np.array([one.same for one in pairs]), np.array([weigh(one) for one in pairs]),
        np.array([fold_of(min(one.left, one.right).lower()) for one in pairs]), np.arange(len(pairs)),
        np.array([exact_of(one.left, one.schema) == exact_of(one.right, one.schema) for one in pairs]),
    )  # fmt: skip


def exact_of(name: str, schema: str) -> int:
    """What is equal for names written alike."""
    return analyser().records(name, reading_of(schema))[1]


def searcher(rows: Sequence[data.Listed]) -> Searcher:
    """An index of listed names."""
    index = build(((row.schema, row.name) for row in rows), analyser())
    none = np.zeros(0, dtype=np.int32)
    numbers = {key: number for number, key in enumerate(dict.fromkeys(row.key for row in rows))}
    entity = np.array([numbers[row.key] for row in rows], dtype=np.uint32)
    periods = Periods(entity=entity, start=np.zeros(len(numbers) + 1, dtype=np.uint32), first=none, end=none)
    return Searcher(index, periods, no_model())


def of_queries(
    kind: str, asked: Iterable[tuple[str, frozenset[str]]], where: Searcher, listed: Sequence[data.Listed],
    most: int, weight: float, *, only_un: bool = False,
) -> Rows:  # fmt: skip
    """Rows of what the index finds: the right subject's best name is a match, other subjects' names are not."""
    measures, labels, weights, folds, queries, exacts = [], [], [], [], [], []
    for number, (name, right) in enumerate(asked):
        found, exact = analyser().records(name, reading_of("Person"))
        best = where.ask(found, exact, "Person", reading_of("Person"), -1, most, most)[0].copy()
        if not len(best):
            continue
        rows = where.measures(found, reading_of("Person"), best)
        own = [at for at, place in enumerate(best) if listed[place].key in right]
        keep = max(own, key=lambda at: (int(where.index.name_exact[best[at]]) == exact, float(rows[at][2])), default=-1)
        fold = fold_of(min(right)) if right else fold_of(name)
        for at, place in enumerate(best):
            key = listed[place].key
            if (key in right and at != keep) or (only_un and key not in right and not key.startswith("un-")):
                continue
            if right and key not in right and rows[at][2] > 0.8:  # the same person on another list, perhaps
                continue
            measures.append(rows[at])
            labels.append(key in right)
            weights.append(weight * (2.0 if key in right else 1.0))
            folds.append(fold)
            queries.append(number)
            exacts.append(int(where.index.name_exact[place]) == exact)
    return Rows(
        kind, np.array(measures), np.array(labels), np.array(weights), np.array(folds), np.array(queries),
        np.array(exacts),
    )  # fmt: skip


def weigh_pair(pair: data.Pair) -> float:
    """How much a labelled pair counts: doubtful labels little, contradicted ones not at all."""
    if pair.state == "contradicted":
        return 0.0
    if pair.state == "suspect":
        return 2.0
    return {"STRONG": 30.0, "MEDIUM": 14.0, "WEAK": 7.0}[pair.tier]


def all_rows() -> list[Rows]:
    """Everything that is fitted on."""
    both, primary = list(data.both_lists()), data.primary_list()
    whole, short = searcher(both), searcher(primary)
    rows = [of_pairs("pairs", data.pairs(), weigh_pair)]
    for language, pairs in data.language_pairs().items():
        rows.append(of_pairs(f"language {language}", pairs, lambda _: 0.7))
    rows.append(of_pairs("made", made.pairs(data.un_names(), data.sdn_names(), random.Random(11)), lambda _: 2.0))
    rows.append(of_queries("treated", data.un_queries(treated=True), whole, both, 12, 2.0, only_un=True))
    rows.append(of_queries("untreated", data.un_queries(treated=False), whole, both, 6, 0.5, only_un=True))
    even = [(one.name, one.right) for one in data.original_queries() if one.even]
    rows.append(of_queries("original", even, short, primary, 16, 3.0))
    even = [(one.name, one.right) for one in data.alias_queries() if one.even]
    rows.append(of_queries("alias", even, short, primary, 8, 0.8))
    for which in ("global", "us"):
        chosen = data.negatives(which)[:8000]
        rows.append(of_queries(f"negative {which}", [(one, frozenset()) for one in chosen], whole, both, 5, 1.0))
        chosen = data.negatives(which)[8000:11000]
        rows.append(
            of_queries(f"negative short {which}", [(one, frozenset()) for one in chosen], short, primary, 4, 1.0)
        )
    return rows


def fresh() -> HistGradientBoostingClassifier:
    """A model not fitted yet."""
    sign = [1 if name in RISING else -1 if name in FALLING else 0 for name in NAMES]
    return HistGradientBoostingClassifier(
        max_depth=DEPTH, max_leaf_nodes=2**DEPTH, learning_rate=0.07, max_iter=260, min_samples_leaf=12,
        l2_regularization=2.0, monotonic_cst=sign, early_stopping=False, random_state=3,
    )  # fmt: skip


def fitted(rows: Sequence[Rows], left_out: int | None) -> HistGradientBoostingClassifier:
    """A model of all rows but those of one fold."""
    use = [one.fold != left_out if left_out is not None else np.ones(len(one.fold), dtype=bool) for one in rows]
    x = np.concatenate([one.measures[keep] for one, keep in zip(rows, use, strict=True)])
    y = np.concatenate([one.label[keep] for one, keep in zip(rows, use, strict=True)])
    w = np.concatenate([one.weight[keep] for one, keep in zip(rows, use, strict=True)])
    return fresh().fit(x, y, sample_weight=w)


def ruled(measures: Floats, odds: npt.NDArray[np.float64], exact: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Log-odds with the rules of `tizim.match.model`."""
    at = {name: place for place, name in enumerate(NAMES)}
    out = (measures[:, at["numbers_differ"]] == 1) | (measures[:, at["reversed"]] > 0)
    nothing = (measures[:, at["aligned"]] == 0) & (measures[:, at["acronym"]] == 0)
    return np.where(exact, 20.0, np.where(out, np.minimum(odds, -3.0), np.where(nothing, -6.0, odds)))


def best_f1(label: npt.NDArray[np.bool_], odds: npt.NDArray[np.float64]) -> tuple[float, float]:
    """The best F1 and its threshold (the middle of the plateau of nearly best ones)."""
    tried = []
    for threshold in np.linspace(-4, 4, 161):
        taken = odds >= threshold
        right = int((taken & label).sum())
        tried.append((2 * right / max(int(taken.sum()) + int(label.sum()), 1), float(threshold)))
    top = max(tried)[0]
    near = [threshold for f1, threshold in tried if f1 >= top - 0.004]
    return top, float(np.median(near))


def f1_at(label: npt.NDArray[np.bool_], odds: npt.NDArray[np.float64], threshold: float) -> float:
    """F1 at a threshold."""
    taken = odds >= threshold
    return 2 * int((taken & label).sum()) / max(int(taken.sum()) + int(label.sum()), 1)


def tops(rows: Rows, odds: npt.NDArray[np.float64], queries: int | None = None) -> npt.NDArray[np.float64]:
    """The highest log-odds of each query."""
    found = np.full(int(rows.query.max()) + 1 if queries is None else queries, -99.0)
    np.maximum.at(found, rows.query, odds)
    return found


def report(rows: Sequence[Rows], odds: Sequence[npt.NDArray[np.float64]]) -> tuple[dict[str, float], float]:
    """Figures of predictions that had not seen the rows, and the threshold."""
    by_kind = {one.kind: (one, found) for one, found in zip(rows, odds, strict=True)}
    pair_rows, pair_odds = by_kind["pairs"]
    states = data.pairs()
    clean = np.array([one.state in {"ok", "typo"} for one in states])
    strong = np.array([one.tier == "STRONG" and one.state in {"ok", "typo"} for one in states])
    figures: dict[str, float] = {}
    top, threshold = best_f1(pair_rows.label[clean], pair_odds[clean])
    figures["pairs clean F1 (best)"] = top
    figures["pairs clean F1 at threshold"] = f1_at(pair_rows.label[clean], pair_odds[clean], threshold)
    figures["pairs clean AP"] = average_precision_score(pair_rows.label[clean], pair_odds[clean])
    figures["pairs all F1"] = f1_at(pair_rows.label, pair_odds, threshold)
    figures["pairs all AP"] = average_precision_score(pair_rows.label, pair_odds)
    figures["STRONG wrong"] = float(((pair_odds[strong] >= threshold) != pair_rows.label[strong]).sum())
    negatives = np.concatenate([tops(*by_kind[f"negative {which}"], 8000) for which in ("global", "us")])
    shorts = np.concatenate([tops(*by_kind[f"negative short {which}"], 3000) for which in ("global", "us")])
    for kind, total, rates, pool in (
        ("treated", 339, (0.001, 0.005), negatives), ("untreated", 339, (0.001,), negatives),
        ("original", sum(q.even for q in data.original_queries()), (0.01,), shorts),
        ("alias", sum(q.even for q in data.alias_queries()), (0.01,), shorts),
    ):  # fmt: skip
        one, found = by_kind[kind]
        right = np.full(total, -99.0)
        np.maximum.at(right, one.query[one.label], found[one.label])
        wrong = np.full(total, -99.0)
        np.maximum.at(wrong, one.query[~one.label], found[~one.label])
        figures[f"{kind} @1"] = float((right > wrong).mean())
        for rate in rates:
            figures[f"{kind} at FPR {rate:.1%}"] = float((right >= np.quantile(pool, 1 - rate)).mean())
        if kind == "original":
            figures["original at FPR 5%, own script"] = float((right > np.quantile(wrong, 0.95)).mean())
    for kind, (one, found) in by_kind.items():
        if kind.startswith("language"):
            figures[f"{kind} F1"] = f1_at(one.label, found, threshold)
    return figures, threshold


class Trees(NamedTuple):
    """A model as full trees of `DEPTH` levels."""

    base: float
    feature: list[list[int]]
    threshold: list[list[float]]
    value: list[list[float]]
    inner: list[list[float]]
    """what the rows that come through an inner node get on average: for explanations"""


def trees(model: HistGradientBoostingClassifier) -> Trees:
    """The model as full trees."""
    features, thresholds, values, inners = [], [], [], []
    for (predictor,) in model._predictors:  # noqa: SLF001 - scikit-learn has no public way to read the trees
        feature, threshold, value = [0] * (2**DEPTH - 1), [0.0] * (2**DEPTH - 1), [0.0] * 2**DEPTH
        inner = [0.0] * (2**DEPTH - 1)
        nodes = predictor.nodes
        todo = [(0, 0, 0)]
        while todo:
            node, place, depth = todo.pop()
            if depth == DEPTH:
                value[place - (2**DEPTH - 1)] = float(nodes[node]["value"])
                continue
            inner[place] = mean_of(nodes, node)
            if nodes[node]["is_leaf"]:
                todo += [(node, 2 * place + 1, depth + 1), (node, 2 * place + 2, depth + 1)]
                continue
            feature[place] = int(nodes[node]["feature_idx"])
            threshold[place] = float(np.nextafter(np.float32(nodes[node]["num_threshold"]), np.float32(np.inf)))
            todo += [
                (int(nodes[node]["left"]), 2 * place + 1, depth + 1),
                (int(nodes[node]["right"]), 2 * place + 2, depth + 1),
            ]
        features.append(feature)
        thresholds.append(threshold)
        values.append([round(one, 6) for one in value])
        inners.append([round(one, 6) for one in inner])
    return Trees(float(model._baseline_prediction[0, 0]), features, thresholds, values, inners)  # noqa: SLF001 - as above


def mean_of(nodes: npt.NDArray[np.void], node: int) -> float:
    """What rows that come through a node get on average."""
    if nodes[node]["is_leaf"]:
        return float(nodes[node]["value"])
    left, right = int(nodes[node]["left"]), int(nodes[node]["right"])
    a, b = float(nodes[left]["count"]), float(nodes[right]["count"])
    return (a * mean_of(nodes, left) + b * mean_of(nodes, right)) / (a + b)


def checksums() -> dict[str, str]:
    """SHA-256 of the files fitted on."""
    root = data.real_files()
    files = {
        path.name: path
        for path in (
            root / "bench" / "name_pairs_dev_review.csv", root / "bench" / "negatives_global_dev.csv",
            root / "bench" / "negatives_us_dev.csv", root / "bench" / "positives_un_treated_dev.csv",
            root / "bench" / "positives_un_untreated_dev.csv", root / "lists" / "un-sc" / "2026-02-27.xml.gz",
            root / "lists" / "us-ofac-sdn-csv" / "2022-01-31-commit.sdn.csv.gz",
            root / "lists" / "us-ofac-sdn-csv" / "2022-01-31-commit.alt.csv",
            *sorted((ROOT / "bench" / "names").glob("*.csv")),
        )
    }  # fmt: skip
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}


def main() -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print figures, write nothing")
    given = parser.parse_args()
    rows = all_rows()
    odds = [np.zeros(len(one.label)) for one in rows]
    for fold in range(FOLDS):
        model = fitted(rows, fold)
        for one, into in zip(rows, odds, strict=True):
            here = one.fold == fold
            if here.any():
                into[here] = ruled(one.measures[here], model.decision_function(one.measures[here]), one.exact[here])
    figures, threshold = report(rows, odds)
    for name, value in figures.items():
        print(f"{value:8.3f}  {name}")
    print(f"{threshold:8.3f}  threshold (log-odds); {sum(len(one.label) for one in rows)} rows")
    if given.check:
        return
    made_trees = trees(fitted(rows, None))
    shift = float(np.log(MATCH_THRESHOLD / (1 - MATCH_THRESHOLD)) - threshold)
    found = {
        "algorithm": ALGORITHM, "measures": list(NAMES), "depth": DEPTH, "shift": shift, **made_trees._asdict(),
        "data": checksums(),
        "figures": {name: round(value, 4) for name, value in figures.items()},
    }  # fmt: skip
    TARGET.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {len(made_trees.feature)} trees, {TARGET.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
