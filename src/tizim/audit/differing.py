"""What two lists say differently of one subject."""

from collections.abc import Iterable, Sequence

from tizim.answer.profiles import Profile
from tizim.audit.findings import Difference, Side
from tizim.domain.names import Kind
from tizim.match.model import MATCH_THRESHOLD
from tizim.resolve.pairs import Pair, like_names

# Measures by the words that lists in use for them; what has none of these words is not compared.
_MEASURES = (
    ("asset freeze", ("freez", "frozen", "financial sanction", "block", "gel", "замораж", "блокир")),
    ("travel ban", ("travel", "entry", "visa", "въезд")),
    ("arms embargo", ("arms", "weapon", "оруж")),
)


def differences(
    mine: Profile, theirs: Profile, national: Side, reference: Side, own_measures: Sequence[str],
    other_measures: Sequence[str], pair: Pair | None,
) -> tuple[Difference, ...]:  # fmt: skip
    """Names, kinds, dates, nationalities, scope and measures in which the two entries contradict each other.

    Silence of one side is no difference, and neither is another spelling.
    """
    found = []
    if not _share_a_name(mine, theirs, pair):
        found.append(Difference(what="name", national=national.names[0] if national.names else "",
                                reference=reference.names[0] if reference.names else ""))  # fmt: skip
    if mine.kind != theirs.kind and Kind.UNKNOWN not in {mine.kind, theirs.kind}:
        found.append(Difference(what="kind", national=mine.kind.value, reference=theirs.kind.value))
    found += _persons(mine, theirs)
    if national.member.carrier != reference.member.carrier:
        one, other = (_scope(side) for side in (national, reference))
        found.append(Difference(what="scope", national=one, reference=other))
    one_measures, others = _measures(own_measures), _measures(other_measures)
    if one_measures and others and one_measures != others:
        found.append(Difference(what="measures", national=", ".join(one_measures), reference=", ".join(others)))
    return tuple(found)


def _share_a_name(mine: Profile, theirs: Profile, pair: Pair | None) -> bool:
    if pair is not None or not mine.names or not theirs.names:
        return True  # found by a name, or no name to compare
    return like_names(mine, theirs) >= MATCH_THRESHOLD


def _persons(mine: Profile, theirs: Profile) -> Iterable[Difference]:
    """What is said of a person. Where one list prints a nationality and the other where he lives, neither differs."""
    one, other = mine.facts, theirs.facts
    if one.birth_dates and other.birth_dates and not _dates_meet(one.birth_dates, other.birth_dates):
        yield Difference(what="birth date", national=", ".join(one.birth_dates), reference=", ".join(other.birth_dates))
    for what, said, told in (
        ("nationality", mine.nationalities, theirs.nationalities),
        ("gender", one.genders, other.genders),
    ):
        if said and told and not set(said) & set(told):
            yield Difference(what=what, national=", ".join(said), reference=", ".join(told))


def _dates_meet(one: Sequence[str], other: Sequence[str]) -> bool:
    return any(a.startswith(b) or b.startswith(a) for a in one for b in other)


def _scope(side: Side) -> str:
    return f"within the entry {side.member.carrier}" if side.member.carrier else "an entry of its own"


def _measures(texts: Iterable[str]) -> tuple[str, ...]:
    said = " ".join(texts).casefold()
    return tuple(name for name, words in _MEASURES if any(word in said for word in words))
