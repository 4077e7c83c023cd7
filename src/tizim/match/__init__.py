"""What two names have in common: how likely they are the same subject's, and why; and an index of many names.

Owns the word lists (`tables`), how a name is read into words (`analysis`, `record`, `sounds`, `costs`,
`frequencies`), what two words and two names are measured by (`distance`, `features`), the frozen score (`model`),
explanations (`explain`), facts besides names (`entities`), and the index of many names with its search (`keys`,
`index`, `search`, `asking`, `writing`).

Knows no lists, dates of listing, files of others, SQL, HTTP or command line, and not who asks: intervals of days
are numbers to it, and saving an index is the caller's.

Start reading with `compare`, which goes from two texts to a score in one page; then `analysis` and `features`.
`record` says how a word lies in memory: from there on everything is compiled and works on bytes.

The public names below are loaded when first asked for: reading a table must not load the compiler.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tizim.match.analysis import MATCHABLE, SCHEMATA, reading_of
    from tizim.match.compare import compare_names
    from tizim.match.entities import Facts, Judged, Reason, adjusted, facts_of
    from tizim.match.explain import Aligned, Explanation, explain_names
    from tizim.match.index import Index, build
    from tizim.match.model import ALGORITHM, MATCH_THRESHOLD

__all__ = [
    "ALGORITHM",
    "MATCHABLE",
    "MATCH_THRESHOLD",
    "SCHEMATA",
    "Aligned",
    "Explanation",
    "Facts",
    "Index",
    "Judged",
    "Reason",
    "adjusted",
    "build",
    "compare_names",
    "explain_names",
    "facts_of",
    "reading_of",
]

_WHERE = {
    "ALGORITHM": "model",
    "Aligned": "explain",
    "Explanation": "explain",
    "Facts": "entities",
    "Index": "index",
    "Judged": "entities",
    "MATCHABLE": "analysis",
    "MATCH_THRESHOLD": "model",
    "Reason": "entities",
    "SCHEMATA": "analysis",
    "adjusted": "entities",
    "build": "index",
    "compare_names": "compare",
    "explain_names": "explain",
    "facts_of": "entities",
    "reading_of": "analysis",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is asked for
    """Load what is asked for."""
    if name not in _WHERE:
        raise AttributeError(f"module 'tizim.match' has no attribute '{name}'")
    return getattr(importlib.import_module(f"tizim.match.{_WHERE[name]}"), name)
