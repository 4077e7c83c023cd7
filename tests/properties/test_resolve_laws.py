"""Laws of judging: a judgement is undone by another one, and what was known never changes."""

import datetime as dt
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.makers import NOON, Ticking, a_register
from tests.resolve.makers import a_table, an_entry_of, by, judge

from tizim.answer.subjects import Clusters

KEYS = [f"{on}:1" for on in ("a-list", "b-list", "c-list", "d-list")]
PAIRS = [(left, right) for left in KEYS for right in KEYS if left < right]
ENOUGH = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

judged = st.tuples(st.sampled_from(PAIRS), st.sampled_from(["same", "same", "different", "unsure"]))
histories = st.lists(judged, max_size=6)


@pytest.fixture
def folder(tmp_path):
    """A folder for the registers of all examples."""
    return tmp_path


def a_register_of_four(folder, clock):
    """Four lists with one entry each, of the same name."""
    register = a_register(folder / uuid.uuid4().hex)
    for key in KEYS:
        on = key.partition(":")[0]
        register.append(a_table(on, an_entry_of(on, "1", "Zenda Front")), clock)
    return register


def clusters(register, as_of):
    """Who is one subject with whom."""
    with register.view() as view:
        known = Clusters(view, as_of)
        return {key: known.of(key)[0] for key in KEYS}


def now(clock):
    """As known at the next tick."""
    return by(clock())


@given(history=histories, pair=st.sampled_from(PAIRS))
@ENOUGH
def test_accepting_then_judging_different_gives_the_clusters_of_before(folder, history, pair):
    """A wrong merge costs nothing but the two judgements that tell of it."""
    clock = Ticking()
    register = a_register_of_four(folder, clock)
    for two, verdict in history:
        judge(register, clock, *two, verdict)
    judge(register, clock, *pair, "different")  # whatever was said of the two, they are apart
    before = clusters(register, now(clock))

    judge(register, clock, *pair, "same")
    judge(register, clock, *pair, "different")

    assert clusters(register, now(clock)) == before
    register.close()


@given(history=histories)
@ENOUGH
def test_clusters_as_known_at_a_moment_never_change(folder, history):
    """An answer of last year must be found again as it was, whatever was judged since."""
    clock = Ticking()
    register = a_register_of_four(folder, clock)
    told = [(now(clock), {key: (key,) for key in KEYS})]
    for two, verdict in history:
        judge(register, clock, *two, verdict)
        moment = now(clock)
        told.append((moment, clusters(register, moment)))

        for then, said in told:
            assert clusters(register, then) == said
    register.close()


@given(history=histories)
@ENOUGH
def test_the_last_word_on_each_pair_makes_the_clusters(folder, history):
    """How often people changed their minds on the way there does not matter."""
    clock = Ticking(NOON + dt.timedelta(days=1))
    register = a_register_of_four(folder, clock)
    for two, verdict in history:
        judge(register, clock, *two, verdict)

    last = dict(history)
    groups = {key: {key} for key in KEYS}
    for (left, right), verdict in last.items():
        if verdict == "same" and groups[left] is not groups[right]:
            groups[left] |= groups[right]
            for key in groups[right]:
                groups[key] = groups[left]
    assert clusters(register, now(clock)) == {key: tuple(sorted(groups[key])) for key in KEYS}
    register.close()
