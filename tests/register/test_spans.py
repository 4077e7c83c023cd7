import itertools
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from tizim.register.schema import EARLIEST, LATEST
from tizim.register.spans import Sighted, place

Line = dict[int, frozenset[int]]
"""claims by the moment of the document that makes them"""


def row(claim: int, first: int = 0, last: int = 0) -> Sighted:
    """A claim with a span."""
    return Sighted(claim, 1, claim, "name", first, last)


def placed(documents: Sequence[tuple[int, frozenset[int]]]) -> set[tuple[int, int, int]]:
    """The spans (claim, first, last) after documents came in the order given."""
    spans: dict[tuple[int, int], Sighted] = {}
    moments: list[int] = []
    for moment, claims in documents:
        before = max((m for m in moments if m < moment), default=None)
        after = min((m for m in moments if m > moment), default=None)
        sides = [
            None if m is None else (m, {s.claim_id: s for s in spans.values() if s.first <= m <= s.last})
            for m in (before, after)
        ]
        edits = place(moment, {claim: row(claim) for claim in claims}, sides[0], sides[1])
        for one in edits.remove:
            del spans[one.claim_id, one.first]
        for one in edits.insert:
            assert (one.claim_id, one.first) not in spans
            spans[one.claim_id, one.first] = one
        moments.append(moment)
    return {(s.claim_id, s.first, s.last) for s in spans.values()}


def spelled_out(line: Line) -> set[tuple[int, int, int]]:
    """The spans by their definition: the longest runs of documents that make a claim."""
    moments = sorted(line)
    found = set()
    for claim in set().union(*line.values()):
        for makes, run in itertools.groupby(moments, key=lambda m, claim=claim: claim in line[m]):
            if makes:
                own = list(run)
                first = EARLIEST if own[0] == moments[0] else own[0]
                last = LATEST if own[-1] == moments[-1] else own[-1]
                found.add((claim, first, last))
    return found


def test_the_first_document_spans_everything():
    """A span reaches the ends of what is known, so that the next document in order touches only what changed."""
    assert placed([(10, frozenset({1, 2}))]) == {(1, EARLIEST, LATEST), (2, EARLIEST, LATEST)}


def test_the_next_document_in_order_touches_only_what_changed():
    """Keeping a list whose entries stay costs nothing for them."""
    newest = {1: row(1, EARLIEST, LATEST), 2: row(2, EARLIEST, LATEST)}

    edits = place(20, {1: row(1), 3: row(3)}, (10, newest), None)

    assert {one.claim_id for one in (*edits.remove, *edits.insert)} == {2, 3}


def test_a_document_between_two_others_splits_what_it_lacks_and_joins_nothing():
    """A claim gone in the middle was made twice."""
    spans = placed([(10, frozenset({1})), (30, frozenset({1})), (20, frozenset())])

    assert spans == {(1, EARLIEST, 10), (1, 30, LATEST)}


@settings(max_examples=500, deadline=None)
@given(
    line=st.dictionaries(st.integers(1, 9), st.frozensets(st.integers(1, 4)), min_size=1, max_size=7),
    data=st.data(),
)
def test_in_any_order_of_arrival_spans_are_the_longest_runs(line, data):
    """The fold ignores arrival order: spans follow from the set of documents alone."""
    order = data.draw(st.permutations(sorted(line.items())))

    assert placed(order) == spelled_out(line)
