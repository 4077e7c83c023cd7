"""Deciding between rivals: whether the best candidate stands alone, and for which of two subjects it stands."""

import enum
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from tizim.answer.grounds import Ground, ground, read_back
from tizim.answer.profiles import Profile
from tizim.domain.names import Kind
from tizim.match.compare import countries_in
from tizim.match.entities import MESSAGES, Reason, noted
from tizim.match.explain import explain_names
from tizim.match.model import MATCH_THRESHOLD
from tizim.resolve.pairs import Pair
from tizim.text import fold

_CLOSE = 0.02
"""scores nearer than this are those of rivals"""
_NEARER = 0.1
"""by how much the main names of one rival must be nearer to decide between them"""
WHOLE = 0.95
"""how alike main names are that are the same as wholes"""
BY_ANY_NAME = 0.9
"""score from which on an alias of the subject counts as much as its main name"""
_REGIME_WORD = 4
"""letters of the shortest word that names a regime; numbers may be shorter"""
_AGAINST = -0.6
"""what reasons may take away in sum before they speak against a match: less than another country does"""
_SEVERAL = 2
"""names in common from which on it is no chance"""
_TWO = 2
_MOSTLY = 0.5
"""share of an entry's names that name a country, from which on that belongs to its name"""


_SAME_REGIME = noted("of entries as near to it, the one under the same regime ({words})")
TWICE = noted("the list has it twice: “{other}” stands for it too")
"""of an entry whose counterpart another one has already"""


class Verdict(enum.StrEnum):
    """What is made of the best candidate."""

    SAME = "same"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """The counterpart of one subject among others, or why there is none."""

    subject: str
    verdict: Verdict
    best: Pair | None
    rivals: tuple[Pair, ...]
    """candidates that could be meant as well, best first"""
    against: Ground | None
    """what speaks against taking the best; ``None`` where nothing does"""

    @property
    def why(self) -> str:
        """The same in English; empty where nothing speaks against it."""
        return self.against.text if self.against is not None else ""


def choose(
    ranked: Mapping[str, Sequence[Pair]],
    mine: Mapping[str, Profile],
    theirs: Mapping[str, Profile],
    *,
    accept: float = MATCH_THRESHOLD,
) -> dict[str, Choice]:
    """The choice for each subject in *ranked*, whose candidates stand best first.

    A candidate is taken at a score of *accept* or more if no other is as near (of those that are, the one under
    the regime that the subject's entry names), if its names do not say where it is while the subject's do not, and
    if no other subject is nearer to it.
    """
    found = {subject: _alone(subject, pairs, mine, theirs, accept) for subject, pairs in ranked.items()}
    claimed: dict[str, list[Pair]] = defaultdict(list)
    for choice in found.values():
        if choice.verdict is Verdict.SAME and choice.best is not None:
            claimed[choice.best.right].append(choice.best)
    for pairs in claimed.values():
        first, *others = sorted(pairs, key=_nearness)
        for pair in others:
            if first.main >= WHOLE and is_one_of_two(pair) and mine[pair.left].kind == mine[first.left].kind:
                continue  # a list may well have one subject twice
            name = (mine[first.left].main_names or (first.left,))[0]
            found[pair.left] = msgspec.structs.replace(
                found[pair.left], verdict=Verdict.AMBIGUOUS,
                against=ground(
                    "“{name}” is a name of {entry} ({number}), to which another entry, “{other}”, is nearer",
                    name=pair.names.right, other=name, **_called(theirs[pair.right]),
                ),
            )  # fmt: skip
    return found


def _nearness(pair: Pair) -> tuple[float, float, int, str]:
    """Sorts those who claim one counterpart: the nearest main name first, where both names match."""
    return (-round(pair.main, 2), -round(pair.score, 3), -pair.alike, pair.left)


def is_one_of_two(pair: Pair) -> bool:
    """Whether an entry may well be a second one for its counterpart: the main names match as well as can be, and
    what else is known does not speak against it.
    """
    return pair.main >= WHOLE and pair.score >= BY_ANY_NAME and sum(reason.gain for reason in pair.reasons) >= 0


def _alone(
    subject: str, pairs: Sequence[Pair], mine: Mapping[str, Profile], theirs: Mapping[str, Profile], accept: float
) -> Choice:
    """The choice for one subject, by itself."""
    if not pairs or pairs[0].score < accept:
        return Choice(subject=subject, verdict=Verdict.NONE, best=None, rivals=tuple(pairs[:2]), against=None)
    best, *others = pairs
    if best.score < BY_ANY_NAME and best.names.left not in mine[subject].main_names:
        return Choice(subject=subject, verdict=Verdict.NONE, best=None, rivals=tuple(pairs[:2]), against=None)
    close = [pair for pair in others if pair.score >= accept and best.score - pair.score < _CLOSE]
    rivals = [pair for pair in close if not _is_nearer(best, pair)]
    meant = _by_regime(mine[subject], (best, *rivals), theirs) if rivals else None
    if meant is not None:
        best, rivals = meant, []
        others = [pair for pair in pairs if pair.right != meant.right]
    if rivals:
        entries = tuple(ground("{entry} ({number})", **_called(theirs[pair.right])) for pair in (best, *rivals))
        near = ground("{entries} are both as near to it", entries=entries)
        if len(entries) > _TWO:
            near = ground("{entries} are all {count} as near to it", entries=entries, count=len(entries))
        return Choice(
            subject=subject, verdict=Verdict.AMBIGUOUS, best=best, rivals=tuple(rivals), against=near
        )  # fmt: skip
    doubt = _elsewhere(mine[subject], theirs[best.right], best) or _spoken_against(
        mine[subject], theirs[best.right], best
    )
    if doubt is not None:
        return Choice(subject=subject, verdict=Verdict.AMBIGUOUS, best=best, rivals=(), against=doubt)
    return Choice(subject=subject, verdict=Verdict.SAME, best=best, rivals=tuple(others[:2]), against=None)


def _is_nearer(best: Pair, other: Pair) -> bool:
    """Whether main names, or the number of names in common, decide between two of like score."""
    if best.main - other.main >= _NEARER:
        return True
    return best.main >= other.main and best.alike >= 2 * max(other.alike, 1)


def _by_regime(one: Profile, rivals: Sequence[Pair], theirs: Mapping[str, Profile]) -> Pair | None:
    """Of several that are as near, the one under a regime that the subject's own entry names, if it names no other's.

    A list may have one person twice, under two regimes, each with a number of its own.
    """
    said = _regime_words(one)
    words = {pair.right: said & _regime_words(theirs[pair.right]) for pair in rivals}
    common = frozenset.intersection(*words.values())
    named = [pair for pair in rivals if words[pair.right] - common]
    if len(named) != 1:
        return None
    (meant,) = named
    told = ", ".join(sorted(words[meant.right] - common))
    reason = Reason(what=_SAME_REGIME.format(words=told), gain=0.0)
    return msgspec.structs.replace(meant, reasons=(*meant.reasons, reason))


def _regime_words(one: Profile) -> frozenset[str]:
    """The words that name its programmes and lists, without small ones, and the numbers of resolutions in them."""
    words = (word for text in one.regimes for word in fold(text).split())
    return frozenset(word for word in words if len(word) >= _REGIME_WORD or word.isdecimal())


def _elsewhere(one: Profile, other: Profile, pair: Pair) -> Ground | None:
    """Why an organisation may be a namesake: the names of the other mostly say where it is, and this one's do not."""
    if one.kind is Kind.PERSON or other.kind is Kind.PERSON:
        return None
    if pair.main >= WHOLE and not any(countries_in(name) for name in other.main_names):
        return None
    names = other.strong_names
    saying = [name for name in names if countries_in(name)]
    if len(saying) <= len(names) * _MOSTLY or any(_says_where(name, saying) for name in one.strong_names):
        return None
    return ground(
        "“{name}” is a name of {entry} ({number}), most of whose names say where it is, which the names of this one do"
        " not",
        name=pair.names.right, **_called(other),
    )  # fmt: skip


def _spoken_against(one: Profile, other: Profile, pair: Pair) -> Ground | None:
    """Why two that share an alias may be two: what else is known of them is not the same.

    The main name, or several names in common, say more than a birth date or a country, which lists get wrong; of
    organisations only the main name does, for a firm's short names are anybody's.
    """
    is_person = Kind.PERSON in {one.kind, other.kind}
    if pair.main >= WHOLE or (is_person and pair.alike >= _SEVERAL):
        return None
    if sum(reason.gain for reason in pair.reasons) >= _AGAINST:
        return None
    return ground(
        "“{name}” is a name of {entry} ({number}), but {reasons}", name=pair.names.right, **_called(other),
        reasons=tuple(of_reason(reason) for reason in pair.reasons if reason.gain < 0),
    )  # fmt: skip


def of_reason(reason: Reason) -> Ground:
    """A reason of the matcher, or of those who chose, as a ground: it can be said in any language."""
    return read_back(reason.what, (*MESSAGES, _SAME_REGIME, TWICE))


def _says_where(name: str, names: Sequence[str]) -> bool:
    """Whether *name* has a word for a place that one of *names* has: found by comparing, for words are declined.

    A letter or two that might be short for a place are none.
    """
    places = countries_in(name)
    if places and any(places & countries_in(other) for other in names):
        return True
    return any(
        two.how != "initial" and countries_in(two.listed)
        for other in names
        for two in explain_names(name, other, "Organization").aligned
    )


def _called(profile: Profile) -> dict[str, str]:
    """The name and the number of an entry, as grounds have them."""
    name = (profile.main_names or profile.strong_names or (profile.subject,))[0]
    number = (*profile.references, profile.subject.partition(":")[2], profile.subject)
    return {"entry": name, "number": next(one for one in number if one)}
