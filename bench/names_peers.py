"""The yardsticks: scores of nomenklatura's logic-v2 and of rapidfuzz. Runs in bench/.peers, never beside tizim.

Reads tasks as JSON lines on standard input and answers each with one line, scores and seconds of CPU time:

    {"do": "pairs", "method": "logic-v2", "pairs": [[left, right, schema], ...]}    logic-v2, WRatio, token_sort
    {"do": "candidates", "asked": [[query, [name, ...]], ...]}                      logic-v2 for given candidates
    {"do": "cdist", "queries": [...], "names": [...], "most": 50}                   brute force over sorted words

`bench/names.py` starts it; `tools/peers.sh` makes its environment.
"""

import json
import re
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from time import process_time
from typing import Any

import numpy as np
from followthemoney import EntityProxy, model
from nomenklatura.matching import get_algorithm
from nomenklatura.matching.types import ScoringConfig
from normality import ascii_text
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

LOGIC = get_algorithm("logic-v2")
CONFIG = ScoringConfig.defaults()
CHUNK = 200
_WORD = re.compile(r"\w+")


def entity(name: str, schema: str) -> EntityProxy:
    """An entity that has a name and nothing else, as in the peer's own harness."""
    return EntityProxy.from_dict({"id": name, "schema": schema, "properties": {"name": [name]}})


def logic(left: str, right: str, schema: str) -> float:
    """Score of logic-v2, both entities built."""
    return float(LOGIC.compare(entity(left, schema), entity(right, schema), CONFIG).score)


def words(name: str) -> str:
    """Lower-case words in ASCII letters, sorted."""
    return " ".join(sorted(_WORD.findall((ascii_text(name) or "").lower())))


def wratio(left: str, right: str, _: str) -> float:
    """The baseline of one line."""
    return float(fuzz.WRatio(left.lower(), right.lower())) / 100


def token_sort(left: str, right: str, _: str) -> float:
    """Edit distance of sorted words."""
    return float(fuzz.token_sort_ratio(left.lower(), right.lower())) / 100


METHODS: dict[str, Callable[[str, str, str], float]] = {"logic-v2": logic, "WRatio": wratio, "token_sort": token_sort}


def pairs(method: str, given: Sequence[tuple[str, str, str]]) -> list[float]:
    """Scores of pairs."""
    score = METHODS[method]
    return [score(left, right, schema) for left, right, schema in given]


def candidates(asked: Sequence[tuple[str, Sequence[str]]]) -> list[list[float]]:
    """Scores of logic-v2 for persons: each query against the candidates found for it."""
    found = []
    for query, names in asked:
        mine = entity(query, "Person")
        found.append([float(LOGIC.compare(mine, entity(name, "Person"), CONFIG).score) for name in names])
    return found


def cdist(queries: Sequence[str], names: Sequence[str], most: int) -> list[list[tuple[int, float]]]:
    """The *most* best names of each query by brute force, as (number, score)."""
    listed = [words(name) for name in names]
    start = process_time()
    found: list[list[tuple[int, float]]] = []
    for at in range(0, len(queries), CHUNK):
        asked = [words(query) for query in queries[at : at + CHUNK]]
        scores = process.cdist(asked, listed, scorer=Levenshtein.normalized_similarity, dtype=np.float32, workers=1)
        for row in scores:
            best = np.argpartition(row, -most)[-most:]
            found.append([(int(number), float(row[number])) for number in best])
    cdist_seconds.append(process_time() - start)
    return found


cdist_seconds: list[float] = []
"""what asking took, without preparing the list"""


def answer(task: dict[str, Any]) -> dict[str, Any]:
    """Do one task."""
    start = process_time()
    if task["do"] == "pairs":
        scores: Any = pairs(task["method"], task["pairs"])
    elif task["do"] == "candidates":
        scores = candidates(task["asked"])
    else:
        scores = cdist(task["queries"], task["names"], task["most"])
        return {"scores": scores, "seconds": cdist_seconds.pop()}
    return {"scores": scores, "seconds": process_time() - start}


def main() -> None:
    """Say who is here, then answer tasks until there are no more."""
    model.get("Person")
    logic("Jane Warm", "Jane Worm", "Person")  # loads its tables, which takes seconds once
    versions = {name: version(name) for name in ("nomenklatura", "rigour", "rapidfuzz")}
    print(json.dumps(versions), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
