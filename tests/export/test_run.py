"""Publishing again: only what changed, whatever happened in between, and always what a fresh copy would be."""

import contextlib
import datetime as dt
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.export.made import DAY, GROUPS, a_small_register, files_in
from tests.whole import WHOLE

from tizim.domain.dates import AsOf, Basis
from tizim.domain.decisions import DecisionKind
from tizim.errors import BadInput, Busy, NotFound
from tizim.export.manifest import FOLDER, opened
from tizim.export.plan import Contributed, Plan, by_year, catalogue_digest, newest, year_of
from tizim.publish.site import Head
from tizim.publish.words.languages import LANGUAGES

RUN = """
import sys
from tizim.cli.main import main
main(sys.argv[1:])
"""


_PLAN = Plan(
    as_of=AsOf(valid_at=dt.date(2026, 2, 1), known_at=dt.datetime(2026, 2, 1, tzinfo=dt.UTC), basis=Basis.RECORDED),
    asked_basis=None, languages=("en",), base="", prefix="", head=Head(sequence=1, hash=""), entered=Contributed(),
    jobs=(), days={}, places={}, answers=(), left_out=(), fingerprint="", known_is_last=True,
)  # fmt: skip


def differing(one, other):
    """Paths at which two copies are not the same."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def fresh(small, folder, **wanted):
    """A copy into a new folder."""
    small.copied(folder, **wanted)
    return files_in(folder)


def published(small, out, *more, seed="0", **popen):
    """The command in a process of its own."""
    environment = {**os.environ, "TIZIM_HOME": str(small.home), "PYTHONHASHSEED": seed}
    arguments = ["publish", str(out), "--languages", "en,prs", "--as-of", DAY, *more]
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-c", RUN, *arguments], env=environment, **both, **popen)  # noqa: S603


def gone(group):
    """Whether no process of a group is left, after a moment for the last to end."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_a_second_run_makes_nothing(small, tmp_path):
    """What has not changed is not even looked at."""
    out = tmp_path / "out"
    first = small.copied(out)
    times = {path: (out / path).stat().st_mtime_ns for path in files_in(out)}

    second = small.copied(out)

    assert first.new == first.files > 0
    assert (second.made, second.new, second.changed, second.removed, second.same) == (0, 0, 0, 0, first.files)
    assert {path: (out / path).stat().st_mtime_ns for path in files_in(out)} == times


def test_a_decision_touches_what_tells_of_it_and_nothing_else(small, tmp_path):
    """The work is in proportion to the change, not to the site."""
    out = tmp_path / "out"
    first = small.copied(out)
    before = files_in(out)
    small.decides("hts", "2024-07-01", DecisionKind.LIST)

    second = small.copied(out)

    after = files_in(out)
    changed = differing(before, after)
    assert second.made < len(before) / 2 / 4
    assert second.made < first.made / 2
    assert [path for path in changed if path.startswith("en/changes/20")] == [
        f"en/changes/{span}{form}" for span in ("2024-07", "2024") for form in (".json", "/index.html")
    ]
    assert "en/subjects/hts/index.html" in changed
    assert "en/lists/kz-list/index.html" in changed
    assert "head.json" in changed
    assert not [path for path in changed if path.startswith(("en/subjects/un-sc", "en/lists/un-sc/", "en/how-to-read"))]
    assert after == fresh(small, tmp_path / "fresh")


def test_a_link_into_a_day_rests_on_the_days_of_its_year():
    """A new day of a list is nothing to links into other years, unless it is the last before them."""
    before = by_year(_PLAN, ("2014-05-06", "2016-01-01", "2024-02-03"))
    after = by_year(_PLAN, ("2014-05-06", "2016-01-01", "2016-07-01", "2024-02-03"))

    differing_years = {year for year in before.keys() | after.keys() if before.get(year) != after.get(year)}

    assert differing_years == {str(year) for year in range(2016, 2025)}
    assert before["2026"] == ["2024-02-03"]
    assert year_of(_PLAN, "2030-01-01") == "2026"


@given(st.sets(st.dates(dt.date(2014, 1, 1), dt.date(2029, 12, 31)), max_size=6), st.dates(), st.dates())
def test_where_no_word_of_a_year_differs_its_links_lead_where_they_led(days, new, asked):
    """The law behind it: what a link into a day leads to changes only with the word of that day's year."""
    old = tuple(sorted(day.isoformat() for day in days))
    more = tuple(sorted({*old, new.isoformat()}))
    day = asked.isoformat()
    year = year_of(_PLAN, day)

    if by_year(_PLAN, old).get(year) == by_year(_PLAN, more).get(year):
        assert newest(old, day) == newest(more, day)


def test_the_next_day_is_stamped_on_pages_that_did_not_change(small, tmp_path):
    """The day of knowing moves with the register; to print it anew no page has to be made."""
    out = tmp_path / "out"
    small.copied(out)
    untouched = (out / "en/how-to-read/index.html").read_text()
    small.clock.now += dt.timedelta(days=40)
    small.tells("2026-01-09", "hts", "delisted", "2024-01-01", on="kg-list")

    second = small.copied(out)

    stamped = (out / "en/how-to-read/index.html").read_text()
    assert untouched != stamped
    assert "10 April 2026" in stamped
    assert second.known_at == "2026-04-10T23:59:59Z"
    assert second.made < 100
    assert files_in(out) == fresh(small, tmp_path / "fresh")


def test_the_same_whatever_makes_it(small, tmp_path):
    """Byte for byte, by one process or by several, under any seed of hashing, on any day and in any zone."""
    copies = []
    for number, (workers, seed, zone) in enumerate((("1", "0", "UTC"), ("3", "77", "Asia/Tokyo"))):
        out = tmp_path / f"out{number}"
        done = published(small, out, "--workers", workers, seed=seed)
        _, said = done.communicate(timeout=300)
        assert done.returncode == 0, said.decode() + zone
        copies.append(files_in(out))

    assert len(copies[0]) > 500
    assert differing(*copies) == []


def test_a_run_that_is_killed_is_completed_by_the_next(small, tmp_path):
    """Nothing half written is ever in its place, and nothing is lost or left over."""
    whole = fresh(small, tmp_path / "whole")
    out = tmp_path / "out"
    began = time.monotonic()
    published(small, tmp_path / "timed", "--workers", "2").communicate()
    took = time.monotonic() - began
    stops = 0
    for share in (0.3, 0.45, 0.6, 0.75, 0.9):
        run = published(small, out, "--workers", "2", start_new_session=True)
        time.sleep(share * took)
        if run.poll() is None:
            stops += 1
            os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        there = files_in(out) if out.exists() else {}
        for path, data in there.items():
            if path.endswith(".html"):
                assert data.rstrip().endswith(b"</html>"), path
            if path in whole:
                assert data == whole[path], path

    small.copied(out)

    assert stops
    assert files_in(out) == whole


def test_ctrl_c_ends_it_and_says_so(small, tmp_path):
    """Whoever stops it gets their prompt back, with the code of having stopped it, and no worker is left."""
    out = tmp_path / "out"
    run = published(small, out, "--workers", "2", start_new_session=True)
    deadline = time.monotonic() + 60
    while not (out / "en").exists() and time.monotonic() < deadline and run.poll() is None:
        time.sleep(0.05)

    with contextlib.suppress(ProcessLookupError):  # a quick machine may have done it all by now
        os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=60)

    assert run.returncode in {130, 0}, said
    if run.returncode == 130:
        assert said.decode().strip().endswith("tizim: stopped")
    assert b"Traceback" not in said
    assert gone(run.pid)
    small.copied(out)
    assert files_in(out) == fresh(small, tmp_path / "fresh")


def test_a_worker_that_is_ended_from_outside_is_told(small, tmp_path):
    """Memory runs out where it is used; the copy is then completed by the next run."""
    out = tmp_path / "out"
    run = published(small, out, "--workers", "2", start_new_session=True)
    workers = []
    deadline = time.monotonic() + 60
    while not workers and time.monotonic() < deadline and run.poll() is None:
        time.sleep(0.05)
        workers = [pid for pid in children_of(run.pid) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]

    os.kill(workers[0], signal.SIGKILL)
    _, said = run.communicate(timeout=120)

    assert run.returncode == 1
    assert b"fewer --workers" in said
    assert gone(run.pid)
    small.copied(out)
    assert files_in(out) == fresh(small, tmp_path / "fresh")


def children_of(pid):
    """The processes that a process began."""
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def test_a_folder_of_somebody_else_is_left_alone(small, tmp_path):
    """Nothing that was not written here is overwritten or removed."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    out = tmp_path / "out"
    small.copied(out)
    (out / "robots.txt").write_text("mine")

    with pytest.raises(BadInput, match="did not write"):
        small.copied(other)
    small.copied(out, languages=("en",))

    assert (other / "letter.txt").read_text() == "mine"
    assert (out / "robots.txt").read_text() == "mine"
    assert not (out / "prs").exists()


def test_what_is_damaged_is_made_again(small, tmp_path):
    """A file that somebody deleted or cut is as if it had changed."""
    out = tmp_path / "out"
    small.copied(out)
    whole = files_in(out)
    (out / "en/subjects/taliban/index.html").unlink()
    (out / "prs/lists/index.html").write_text("cut")

    small.copied(out)

    assert files_in(out) == whole


def test_fewer_lists_and_languages_take_their_pages_away_and_their_links(small, tmp_path):
    """A page that is not there is named as text."""
    out = tmp_path / "out"
    small.copied(out)

    small.copied(out, languages=("prs",), lists=("kz-list",))

    files = files_in(out)
    assert not [path for path in files if path.startswith("en/")]
    assert "prs/subjects/hts/index.html" not in files
    assert "prs/subjects/taliban/index.html" in files
    assert b"/subjects/hts/" not in b"".join(files.values())
    assert files == fresh(small, tmp_path / "fresh", languages=("prs",), lists=("kz-list",))


def test_other_dates_make_another_copy_in_its_place(small, tmp_path):
    """The dates are the copy's: with others every page says something else."""
    out = tmp_path / "out"
    small.copied(out)

    small.copied(out, as_of="2015-06-01")
    assert files_in(out) == fresh(small, tmp_path / "fresh", as_of="2015-06-01")
    small.copied(out, basis="published", known_at="2024-01-01")

    assert files_in(out) == fresh(small, tmp_path / "published", basis="published", known_at="2024-01-01")


def test_a_catalogue_that_changed_makes_its_own_pages_again(small, tmp_path, monkeypatch):
    """The others say what they said."""
    out = tmp_path / "out"
    first = small.copied(out)
    monkeypatch.setattr(
        "tizim.export.run.catalogue_digest", lambda language: "new" if language == "prs" else catalogue_digest(language)
    )

    second = small.copied(out)

    assert second.made == first.made
    assert (second.new, second.changed, second.removed) == (0, 0, 0)
    assert files_in(out) == fresh(small, tmp_path / "fresh")


def test_every_statement_can_have_a_page(small, tmp_path):
    """By default those about acts have; what documents print of an entry stands on the page of its subject."""
    few = small.copied(tmp_path / "few", languages=("en",))

    many = small.copied(tmp_path / "many", languages=("en",), of_records=True)

    assert many.pages > few.pages + 10
    page = (tmp_path / "many/en/subjects/un-sc:A/index.html").read_text()
    assert "/en/statements/" in page
    assert "/en/statements/" not in (tmp_path / "few/en/subjects/un-sc:A/index.html").read_text()


def test_answers_are_those_asked_for(small, tmp_path):
    """Whoever publishes decides which questions are answered; one about nobody is refused."""
    out = tmp_path / "out"

    small.copied(out, languages=("en",), answers=(("un-sc:A", "kg-list"),))

    asked = sorted(path for path in files_in(out) if path.startswith("en/ask/"))
    assert asked == ["en/ask/index.html", "en/ask/kg-list/un-sc:A.json", "en/ask/kg-list/un-sc:A/index.html"]
    with pytest.raises(NotFound, match="nobody"):
        small.copied(out, answers=(("nobody", "kg-list"),))


def test_one_run_at_a_time(small, tmp_path):
    """Two would each undo what the other did."""
    out = tmp_path / "out"
    small.copied(out)

    with opened(out), pytest.raises(Busy, match="another run"):
        small.copied(out)


def test_what_cannot_be_had_is_refused(small, tmp_path):
    """With what was wrong, before anything is written."""
    for wanted, words in (
        ({"languages": ("tlh",)}, "no pages are made"), ({"base": "ftp://x"}, "--base"), ({"as_of": "soon"}, "--as-of"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match=words):
            small.copied(tmp_path / "out", **wanted)
    with pytest.raises(NotFound):
        small.copied(tmp_path / "out", lists=("no-list",))

    assert [path for path in (tmp_path / "out").rglob("*") if FOLDER not in path.parts] == []


def test_all_languages_that_have_a_catalogue_are_published_unless_others_are_asked_for(small, tmp_path):
    """The copy has what the site has."""
    found = small.copied(tmp_path / "out", languages=(), lists=("kg-list",), days="none")

    assert found.languages == tuple(LANGUAGES)
    assert json.loads((tmp_path / "out/head.json").read_text())["languages"] == list(LANGUAGES)
    assert {path.name for path in (tmp_path / "out").iterdir() if path.is_dir()} >= set(LANGUAGES)


CHANGES = {
    "a copy": lambda small, n: small.shows(
        f"201{7 + n % 3}-0{1 + n % 9}-01", "".join(sorted(set("ABCDE") - {"ABCDE"[n % 5]})), also="ABCDE"[n % 4]
    ),
    "a statement": lambda small, n: small.tells(
        f"2026-01-{10 + n % 15}", GROUPS[n % 3], ("listed", "delisted", "suspended")[n % 3 - n % 2],
        f"202{n % 5}-03-0{1 + n % 9}",
        on=("kz-list", "kg-list", "un-1988")[n % 3], act=("", "Judgment of 15 March 2005")[n % 2],
    ),
    "a decision": lambda small, n: small.decides(GROUPS[n % 2], f"2025-0{1 + n % 9}-01"),
    "a judgement": lambda small, n: small.ties(
        f"ledger:{GROUPS[n % 2]}", f"un-sc:{'ABCDE'[n % 5]}", ("same", "different")[n % 2]
    ),
    "a bulletin": lambda small, n: small.issues(n),
    "a value withheld": lambda small, n: small.withholds("ABCDE"[n % 5]),
    "a day": lambda small, _: setattr(small.clock, "now", small.clock.now + dt.timedelta(days=1)),
}  # fmt: skip


@pytest.mark.slow
@settings(
    max_examples=6 if WHOLE else 3,  # each writes the whole copy twice
    deadline=None, suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(st.lists(st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 89)), min_size=1, max_size=3),
                min_size=1, max_size=3))  # fmt: skip
def test_bringing_up_to_date_is_publishing_afresh(rounds):
    """Whatever came into the register since, the copy is what a fresh one would be, byte for byte."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        home, out = Path(folder) / "home", Path(folder) / "out"
        home.mkdir()
        small = a_small_register(home, patch)
        small.copied(out)
        for number, some in enumerate(rounds):
            for what, n in some:
                try:
                    CHANGES[what](small, n)
                except (BadInput, NotFound):
                    continue  # refused: the register is as it was
            small.copied(out)
            again = Path(folder) / f"again{number}"
            small.copied(again)

            assert differing(files_in(out), files_in(again)) == [], (number, some)
            shutil.rmtree(again)
        small.close()


def test_long_pages_go_on_in_files_of_their_own(small, tmp_path, monkeypatch):
    """What the served site asks for with a letter or a number is a part of the path, and every part is linked."""
    for module in ("tizim.publish.pages.list", "tizim.publish.pages.document", "tizim.export.plan"):
        monkeypatch.setattr(f"{module}.PAGED", 1)
    several = [
        ("taliban", "listed", "2005-03-15"),
        ("hts", "listed", "2006-01-01"),
        ("boz-gurd", "listed", "2006-02-01"),
    ]
    small.tells_all("2026-01-05", several)
    out = tmp_path / "out"

    small.copied(out, languages=("en",))

    files = files_in(out)
    letters = [path for path in files if path.startswith("en/lists/un-sc/letter/")]
    numbers = [path for path in files if re.match(r"en/documents/\w+/page/[23]/index.html", path)]
    assert "en/lists/un-sc/letter/T/index.html" in letters
    assert [path for path in files if path.startswith("en/lists/un-sc/at/2016-01-01/letter/")]
    assert any("/page/3/" in path for path in numbers)
    linked = re.findall(rb'href="/(en/documents/\w+/(?:page/\d/)?)#(s-[^"]+)"', b"".join(files.values()))
    assert len(linked) > 3
    assert all(f'id="{place.decode()}"'.encode() in files[f"{page.decode()}index.html"] for page, place in linked)
