"""Regimes that name a subject without listing it: the Security Council's of 1988 is about the Taliban."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tizim.answer.official import official_list, parts_of
from tizim.answer.profiles import Profile
from tizim.domain.dates import AsOf
from tizim.domain.lists import ListId
from tizim.domain.names import Kind
from tizim.match.compare import compare_names, says_only_what
from tizim.match.explain import explain_names
from tizim.register.view import View
from tizim.screen.screener import Screener


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


def named(entries: Mapping[str, Profile], among: Sequence[Regime]) -> dict[str, tuple[Regime, str]]:
    """For each entry a name of which names a regime's subject and nothing more: that regime, and the name.

    Words that only say what sort of thing it is may stand beside it: *movement* Taliban is the Taliban, the
    Taliban *of Pakistan* are not. Only organisations are a regime's subject.
    """
    strong = {one: it.strong_names for one, it in entries.items() if it.kind in _KINDS and it.strong_names}
    if not strong or not among:
        return {}
    screener = Screener.build((one, "Organization", list(names)) for one, names in strong.items())
    near: dict[str, dict[tuple[int, str], None]] = defaultdict(dict)
    for number, regime in enumerate(among):
        for known in regime.names:
            for match in screener.match(known, "Organization", limit=_MOST, threshold=_LEAST):
                near[match.id][number, known] = None
    found: dict[str, tuple[Regime, str]] = {}
    for one, knowns in near.items():
        told = (
            (among[number], name)
            for name in strong[one]
            for number, known in sorted(knowns, key=lambda pair: pair[0])
            if _is_just(name, known)
        )
        first = next(told, None)
        if first is not None:
            found[one] = first
    return found


def names_its_subject(names: Iterable[str], regime: Regime) -> bool:
    """Whether one of *names* names the regime's subject and nothing more."""
    return any(_is_just(name, known) for name in names for known in regime.names)


def _is_just(name: str, known: str) -> bool:
    if compare_names(name, known, "Organization") < _LEAST:
        return False
    explained = explain_names(name, known, "Organization")
    if explained.score >= _SAME and not explained.omitted and not explained.contradicted:
        return True
    return (
        bool(explained.aligned)
        and not explained.contradicted
        and all(says_only_what(words) for words in explained.omitted)
        and all(two.alike >= _ALIKE for two in explained.aligned)
    )


_KINDS = frozenset({Kind.ORGANISATION, Kind.UNKNOWN})
_SAME, _ALIKE = 0.95, 0.85
_LEAST = 0.3
"""names that score less have more in them than the regime's subject"""
_MOST = 50
"""entries that one name of a regime's subject brings"""
