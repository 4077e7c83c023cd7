"""Laws of the register: the order of keeping changes no answer, and what was known stays known."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.makers import Ticking, a_claim, a_document, a_register, the_core_of
from tests.saying import everything, names, periods, projections, relations

from tizim.domain.dates import AsOf, Basis
from tizim.domain.statements import Claim, EntryReading, Property
from tizim.register.protocol import DocumentBatch
from tizim.register.sql import SqlRegister

pytestmark = pytest.mark.slow  # each law keeps many registers
ENOUGH = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

DAYS = ("2015-01-01", "2015-01-02", "2016-03-04", "2017-05-06", "2018-07-08", "2019-09-10")
KEYS = ("A", "B", "C")
CLAIMS: Sequence[Claim] = (
    a_claim(Property.MEMBER, "un-1267"),
    a_claim(Property.MEMBER, "un-1988"),
    a_claim(Property.MEMBER, "un-1988", note="twice"),
    a_claim(Property.NAME, "One"),
    a_claim(Property.NAME, "Two"),
    a_claim(Property.ALIAS, "Two", quality="low"),
    a_claim(Property.LISTED_ON, "2001-01-01"),
    a_claim(Property.REVIEWED_ON, "2014-01-01"),
    a_claim(Property.NATIONALITY, "Nowhere"),
    a_claim(Property.COMMENT, "Remark"),
    a_claim(Property.ACT, "listed", list="kz-list", published="2015-01-01"),
    a_claim(Property.ACT, "delisted", list="kz-list", published="2016-01-01"),
    a_claim(Property.JUDGEMENT, "same", **{"with": "un-sc:B"}),
    a_claim(Property.RELATION, "B", phrase="leader of"),
)

entries = st.builds(
    lambda key, claims, other: EntryReading(
        key=key,
        subject=f"other:{key}" if other else f"un-sc:{key}",
        place=f"entry {key}",
        claims=tuple(CLAIMS[n] for n in sorted(claims)),
    ),
    st.sampled_from(KEYS),
    st.frozensets(st.integers(0, len(CLAIMS) - 1), min_size=1, max_size=6),
    st.integers(0, 9).map(lambda n: n == 0),
)


@st.composite
def documents(draw: st.DrawFn, complete: st.SearchStrategy[bool]) -> list[DocumentBatch]:
    """Documents of one source, no two with the same bytes."""
    made: dict[str, DocumentBatch] = {}
    for day in draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=5)):
        readings = draw(st.lists(entries, max_size=3, unique_by=lambda entry: entry.key))
        one = a_document(day, readings, complete=draw(complete))
        made[one.facts.sha256] = one
    return sorted(made.values(), key=lambda one: (one.facts.date, one.facts.sha256))


any_documents = st.one_of(documents(st.just(True)), documents(st.just(False)), documents(st.booleans()))


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[DocumentBatch], list[DocumentBatch]]:
    """Documents in order, and what is appended: in any order, repeated, some first without their bytes."""
    ordered = draw(any_documents)
    steps: list[DocumentBatch] = []
    final: list[DocumentBatch] = []
    for one in ordered:
        core = the_core_of(one)
        if not one.facts.complete:
            # The starter carries only some rows of a partial document, and some claims of a row.
            some = [e for e in core.entries if draw(st.booleans())]
            core = a_document(
                str(one.facts.date), some, held=False, complete=False, layers=core.layers, sha256=one.facts.sha256
            )
        form = draw(st.sampled_from(["held", "held", "both", "core"]))
        steps += {"held": [one], "both": [core, one], "core": [core]}[form]
        final.append(core if form == "core" else one)
    steps += draw(st.lists(st.sampled_from(steps), max_size=2)) if steps else []
    return final, draw(st.permutations(steps))


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty register, to be copied."""
    folder = tmp_path_factory.mktemp("blank")
    a_register(folder).close()
    return folder / "register.sqlite"


def kept(blank: Path, folder: Path, batches: Sequence[DocumentBatch]) -> SqlRegister:
    """A register in *folder* that took in *batches* in the order given."""
    folder.mkdir()
    shutil.copy(blank, folder / "register.sqlite")
    register, clock = a_register(folder), Ticking()
    for batch in batches:
        register.append(batch, clock)
    return register


@ENOUGH
@given(plan=plans())
def test_the_order_of_keeping_changes_no_answer(blank, plan):
    """Kept in random order, some twice and some first from the starter, documents give the same answers."""
    final, steps = plan
    with tempfile.TemporaryDirectory() as name:
        in_order = kept(blank, Path(name) / "in order", final)
        at_random = kept(blank, Path(name) / "at random", steps)

        assert everything(at_random) == everything(in_order)
        assert names(at_random) == names(in_order)
        assert relations(at_random) == relations(in_order)
        if len(steps) == len(final):
            assert periods(at_random) == periods(in_order)
        in_order.close()
        at_random.close()


@ENOUGH
@given(plan=plans())
def test_a_document_makes_just_the_claims_it_was_read_with(blank, plan):
    """The spans of claims, taken at the moment of each document, give back what it says: nothing lost or added."""
    final, steps = plan
    with tempfile.TemporaryDirectory() as name:
        register = kept(blank, Path(name) / "r", steps)

        said = everything(register)["documents"]

        assert {key: one["claims"] for key, one in said.items()} == {
            (batch.facts.source, str(batch.facts.date), batch.facts.sha256): {
                (entry.key, entry.subject, claim.property.value, claim.value, claim.facets)
                for entry in batch.entries
                for claim in entry.claims
                if claim.layer in batch.layers
            }
            for batch in final
        }
        register.close()


@ENOUGH
@given(plan=plans())
def test_what_was_known_at_a_moment_never_changes(blank, plan):
    """Later documents, also between and before those held, add knowledge and rewrite none."""
    _, steps = plan
    with tempfile.TemporaryDirectory() as name:
        register, clock = kept(blank, Path(name) / "r", []), Ticking()
        known = []
        for batch in steps:
            register.append(batch, clock)
            for moment in (clock.now, clock.now + dt.timedelta(milliseconds=1)):
                at = AsOf(valid_at=moment.date(), known_at=moment, basis=Basis.RECORDED)
                known.append((at, everything(register, at)))

        for at, said in known:
            assert everything(register, at) == said
        assert everything(register, known[-1][0]) == everything(register)
        register.close()


@ENOUGH
@given(plan=plans())
def test_rebuilding_gives_the_same_projections_row_by_row(blank, plan):
    """Projections follow from the log alone."""
    _, steps = plan
    with tempfile.TemporaryDirectory() as name:
        register = kept(blank, Path(name) / "r", steps)
        before = projections(register)

        register.rebuild()

        assert projections(register) == before
        register.close()


@ENOUGH
@given(plan=plans())
def test_it_does_not_matter_whether_one_writer_goes_on_or_another_takes_over(blank, plan):
    """What a writer remembers between documents is what a new one reads from the register."""
    _, steps = plan
    with tempfile.TemporaryDirectory() as name:
        one = kept(blank, Path(name) / "one", steps)
        many, clock = kept(blank, Path(name) / "many", []), Ticking()
        for batch in steps:
            many.close()
            many = a_register(Path(name) / "many")
            many.append(batch, clock)

        assert projections(many) == projections(one)
        one.close()
        many.close()
