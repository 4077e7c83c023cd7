import datetime as dt

import pytest

from tizim.customers.desk import Desk
from tizim.customers.policies import approve, propose, read_policies, version_of
from tizim.errors import BadInput, NotFound, Overtaken
from tizim.ftm import MODEL
from tizim.screen.policy import Policy, Stale, Threshold

NOW = dt.datetime(2026, 11, 27, 1, tzinfo=dt.UTC)
STRICT = Policy(lists=("un-1267",), thresholds=(Threshold(score=0.8),), weak_aliases=False, stale=Stale.REFUSE)


def test_a_version_counts_once_another_person_approved_it(store):
    """Who wrote it, who stands for it, when and why is all there; the one before stays as it was."""
    propose(store, "strict", Policy(), "A. Clerk", "to begin", NOW)
    desk = Desk(store)
    with pytest.raises(NotFound, match="approved"):
        desk.held.policies.of("strict")
    with pytest.raises(BadInput, match="another person"):
        approve(store, "strict", 0, "a.  clerk", "it is mine", NOW)

    approve(store, "strict", 0, "B. Chief", "it is right", NOW)
    propose(store, "strict", STRICT, "B. Chief", "stricter", NOW)
    desk.look()

    assert desk.held.policies.of("strict").id == "strict@1"
    with pytest.raises(Overtaken):
        approve(store, "strict", 1, "C. Other", "late", NOW)
    approve(store, "strict", 2, "A. Clerk", "so be it", NOW)
    desk.look()
    found = desk.held.policies.of("strict")
    assert (found.id, found.policy) == ("strict@2", STRICT)
    assert desk.held.policies.of("strict@1").policy == Policy()
    assert [(one.id, one.proposed.author, one.approved.author) for one in read_policies(store)] == [
        ("strict@1", "A. Clerk", "B. Chief"), ("strict@2", "B. Chief", "A. Clerk"),
    ]  # fmt: skip


def test_what_is_no_policy_is_refused(store):
    """Before it is kept."""
    for name, author, reason in (("No Name", "A", "b"), ("a", "", "b"), ("a", "A", " "), ("a", "A", "x" * 1001)):
        with pytest.raises(BadInput):
            propose(store, name, Policy(), author, reason, NOW)
    with pytest.raises(NotFound):
        version_of(store, "none", 0)
    for thresholds in ([(0, "", "")], [(1.1, "", "")], [(0.5, "", "Nobody")], [(0.5, "a", ""), (0.6, "a", "")]):
        with pytest.raises(BadInput):
            Policy(thresholds=tuple(Threshold(score=s, list=a, kind=k) for s, a, k in thresholds))


def test_the_threshold_that_says_most_counts():
    """Of a list and a kind, else of the list, else of the kind, else of all; a kind stands for those below it."""
    policy = Policy(thresholds=(
        Threshold(score=0.6), Threshold(score=0.65, kind="LegalEntity"), Threshold(score=0.72, kind="Person"),
        Threshold(score=0.8, list="un-1267"), Threshold(score=0.9, list="un-1267", kind="Person"),
    ))  # fmt: skip
    of = {name: MODEL.schemata[name] for name in ("Person", "Company", "Vessel")}

    assert [policy.threshold("un_1267", of[one]) for one in of] == [0.9, 0.8, 0.8]
    assert [policy.threshold("us_sdn", of[one]) for one in of] == [0.72, 0.65, 0.6]
    assert Policy().threshold("us_sdn", of["Person"]) == 0.7
    assert policy.lowest == 0.6
