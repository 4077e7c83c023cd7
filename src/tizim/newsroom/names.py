"""Names of the register in a text: what no engine is to spell by itself, and how each is spelled in a language."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from tizim.answer.subjects import Clusters
from tizim.domain.bulletin_facts import Named
from tizim.domain.dates import AsOf
from tizim.publish.bulletins import named_in_register
from tizim.publish.words.languages import MAIN
from tizim.register.view import View
from tizim.text.folding import fold
from tizim.translate import Protected

_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ.-][^\W_]+)*")
_MOST: Final = 6
"""words of a name that is looked for"""
_LEAST: Final = 2
"""a single word may be anybody's: it is a name only where the editor says whom the text is about"""


def names_in(view: View, as_of: AsOf, text: str, about: Sequence[Named], target: str) -> tuple[Protected, ...]:
    """The names in a text: those of whom it is about, in any spelling that the register has, and all others of two
    words or more that somebody in the register bears.

    Each is put as somebody writes it in the language; where nobody is known to, it stays as the text has it.
    """
    made: dict[str, str] = {}
    for one in about:
        put = _put(one, target)
        forms = {one.name, *(row.text for row in view.names_of(one.records))}
        for form in sorted({_bare(form) for form in forms} - {""}):
            if form.casefold() in text.casefold():
                made.setdefault(form, put or form)
    for form, put in _others(view, as_of, text, target):
        made.setdefault(_bare(form), put or _bare(form))
    return tuple(Protected(forms=(form,), put=put) for form, put in sorted(made.items()))


def _bare(form: str) -> str:
    """A name without the article that a list prints before it: articles are the engine's to set."""
    return re.sub(r"^the\s+", "", form, flags=re.IGNORECASE)


def _put(one: Named, target: str) -> str:
    own = one.in_language(target)
    if own is not None:
        return own.text
    return one.name if target == MAIN else ""


def _others(view: View, as_of: AsOf, text: str, target: str) -> Iterator[tuple[str, str]]:
    runs: dict[str, set[str]] = defaultdict(set)
    for run in _runs(text):
        runs[fold(run)].add(run)
    bearers: dict[str, set[str]] = defaultdict(set)
    for row in view.names_called(runs):
        bearers[row.folded].add(row.subject)
    clusters = Clusters(view, as_of)
    for folded, subjects in sorted(bearers.items()):
        whole = {clusters.of(one)[0] for one in sorted(subjects)}
        # Namesakes may be written differently elsewhere; the text does not say which of them it means.
        spelled = {_put(named_in_register(view, as_of, keys), target) for keys in whole}
        put = next(iter(spelled)) if len(spelled) == 1 else ""
        for run in sorted(runs.get(folded, ())):
            yield run, put


def _runs(text: str) -> Iterator[str]:
    """Runs of words that could be a name: those that begin and end as names do in their script."""
    for sentence in re.split(r"[.!?؟۔。！？…]\s|\n", text):
        words = list(_WORD.finditer(sentence))
        for start, first in enumerate(words):
            if not _may_begin(first[0]):
                continue
            for last in words[start + _LEAST - 1 : start + _MOST]:
                if _may_begin(last[0]):
                    yield sentence[first.start() : last.end()]


def _may_begin(word: str) -> bool:
    return not word[0].islower()
