"""Regimes that name a subject without listing it: the Security Council's of 1988 is about the Taliban."""

from collections.abc import Iterable, Sequence

import msgspec

from tizim.answer.official import official_list, parts_of
from tizim.domain.dates import AsOf
from tizim.domain.lists import ListId
from tizim.match.compare import says_only_what
from tizim.match.explain import explain_names
from tizim.register.view import View


class Regime(msgspec.Struct, frozen=True, kw_only=True):
    """A list whose regime names a subject, and the names of that subject."""

    list: ListId
    subject: str
    """the subject's public id"""
    names: tuple[str, ...]


def regimes(view: View, reference: ListId, as_of: AsOf) -> list[Regime]:
    """The regimes of *reference* and its parts; a subject is called by its id where nothing else is known of it."""
    found = []
    for part in parts_of(view, reference):
        for subject in official_list(view, part).about:
            known = [row.text for row in view.names_of([f"ledger:{subject}"], as_of)]
            plain = " ".join(word.capitalize() for word in subject.replace("-", " ").split())
            found.append(Regime(list=part, subject=subject, names=(plain, *known)))
    return found


def named(names: Iterable[str], among: Sequence[Regime]) -> tuple[Regime, str] | None:
    """The regime whose subject one of *names* names and nothing more, and that name; ``None`` if there is none.

    Words that only say what sort of thing it is may stand beside it: *movement* Taliban is the Taliban, the
    Taliban *of Pakistan* are not.
    """
    for name in names:
        for regime in among:
            if any(_is_just(name, known) for known in regime.names):
                return regime, name
    return None


def _is_just(name: str, known: str) -> bool:
    explained = explain_names(name, known, "Organization")
    if explained.score >= _SAME and not explained.omitted and not explained.contradicted:
        return True
    return (
        bool(explained.aligned)
        and not explained.contradicted
        and all(says_only_what(words) for words in explained.omitted)
        and all(two.alike >= _ALIKE for two in explained.aligned)
    )


_SAME, _ALIKE = 0.95, 0.85
