"""``tizim serve`` as a screening service: processes that share data, newer data, workers that die."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tizim.cli import main
from tizim.cli.screening import Keeper, Plan, first, make
from tizim.screen.from_files import given
from tizim.settings import Settings

DATA = Path(__file__).parents[1] / "data" / "ftm"
QUERY = json.dumps({"queries": {"a": {"schema": "Person", "properties": {"name": "Anvar Testov"}}}})
pytestmark = pytest.mark.slow


@contextmanager
def served(home, *options, **environment):
    """A service in a process of its own; its address and the process."""
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", "from tizim.cli import main; main()", "serve", "--port", "0", *options],
        env={**os.environ, "TIZIM_HOME": str(home), **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        said = []
        for line in process.stderr:
            said.append(line)
            if found := re.search(r"Serving at (http://\S+)/", line):
                break
        else:
            raise AssertionError((process.wait(), said))
        yield found[1], process
    finally:
        process.send_signal(signal.SIGTERM)
        process.stderr.close()
        process.wait(timeout=60)


def asked(address, path="/match/default", body=QUERY):
    """A match request."""
    return httpx.post(f"{address}{path}", content=body, timeout=30, trust_env=False)


def got(address, path):
    """A GET request."""
    return httpx.get(f"{address}{path}", timeout=30, trust_env=False)


def until(check, seconds=120):
    """Wait until *check* holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return
        time.sleep(0.1)
    raise AssertionError("it never came to be")


def ids(answer):
    """The ids of the hits."""
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["responses"]["a"]["results"]]


def below(process):
    """The processes that a process began."""
    told = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not told.exists():
        pytest.skip("this system does not say which processes a process began")
    return [int(one) for one in told.read_text().split()]


def files(*names):
    """Options that serve the small files under names."""
    return [part for name, path in names for part in ("--entities", f"{path}={name}")]


def test_files_are_served_without_a_register(tmp_path):
    """Each as a dataset of its own; a suite of tests needs nothing else."""
    options = files(("one", DATA / "sanctions.ftm.json"), ("two", DATA / "donations.ftm.json"))
    with served(tmp_path / "nowhere", *options) as (address, _):
        assert got(address, "/readyz").status_code == 200
        assert ids(asked(address)) == ["tz-anvar"]
        assert ids(asked(address, "/match/two")) == []
        assert {one["name"] for one in got(address, "/catalog").json()["datasets"]} == {"one", "two", "default", "all"}
    assert not (tmp_path / "nowhere").exists()


def test_newer_files_are_taken_while_it_serves(tmp_path):
    """Made aside and swapped: no request is refused meanwhile, and each is answered by one version."""
    path = tmp_path / "list.json"
    shutil.copy(DATA / "sanctions.ftm.json", path)
    with served(tmp_path, *files(("one", path)), TIZIM_UPDATE_TOKEN="token") as (address, _):
        before = asked(address).json()["data_version"]
        path.write_text(
            '{"id": "new", "schema": "Person", "properties": {"name": ["Anvar Testov"]}}\n', encoding="utf-8"
        )
        assert httpx.post(f"{address}/updatez?token=token", timeout=30, trust_env=False).status_code == 200

        seen = set()

        def swapped():
            answer = asked(address)
            seen.add((answer.json()["data_version"] == before, tuple(ids(answer))))
            return ids(answer) == ["new"]

        until(swapped)
        assert seen == {(True, ("tz-anvar",)), (False, ("new",))}
        assert got(address, "/catalog").json()["index_stale"] is False


def test_workers_share_the_work_and_one_that_dies_is_replaced(tmp_path):
    """Those that are left go on answering."""
    with served(tmp_path, "--workers", "3", *files(("one", DATA / "sanctions.ftm.json"))) as (address, process):
        until(lambda: len(below(process)) == 3)
        first = below(process)
        os.kill(first[0], signal.SIGKILL)

        answered = 0
        for _ in range(30):
            try:
                answered += ids(asked(address)) == ["tz-anvar"]
            except httpx.TransportError:  # it was in the hands of the one that died
                continue
        until(lambda: len(below(process)) == 3 and first[0] not in below(process))

        assert answered >= 29
        assert ids(asked(address)) == ["tz-anvar"]
    until(lambda: not Path(f"/proc/{first[1]}").exists())


def test_workers_end_when_the_process_that_began_them_is_killed(tmp_path):
    """Otherwise they would go on answering, unseen, from lists that nobody renews."""
    with served(tmp_path, "--workers", "2", *files(("one", DATA / "sanctions.ftm.json"))) as (_, process):
        until(lambda: len(below(process)) == 2)
        workers = below(process)

        process.kill()

        until(lambda: not any(map(_lives, workers)))


def _lives(number):
    """Whether a process is at work: one that has ended may wait for somebody to take note of it."""
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_the_register_is_screened_against_beside_its_pages(tmp_path, monkeypatch, capsys):
    """The site answers at once; the lists as soon as they are indexed, and at once when they are served again."""
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path))
    monkeypatch.delenv("TIZIM_REGISTER_URL", raising=False)
    main(["up", "--no-serve", "--offline"])
    capsys.readouterr()
    body = json.dumps({"queries": {"a": {"schema": "Organization", "properties": {"name": "Al-Qaida"}}}})

    taliban = body.replace("Al-Qaida", "Taliban")

    for turn in range(2):
        with served(tmp_path) as (address, _):
            assert got(address, "/en/").status_code == 200
            assert got(address, "/healthz").json() == {"status": "ok"}
            if turn == 0:
                until(lambda: got(address, "/readyz").status_code == 200)
            told = asked(address, "/match/un-1267", body).json()
            best = told["responses"]["a"]["results"][0]
            assert "un_1267" in best["datasets"]
            assert got(address, f"/entities/{best['id']}").json()["properties"]["sanctions"]
            assert told["data_version"] in got(address, "/catalog").text
            then = "/match/kz-list?as_of=2015-11-30"
            until(lambda there=address, then=then: asked(there, then, taliban).status_code == 200)
            dated = asked(address, then, taliban).json()
            assert (dated["as_of"], dated["responses"]["a"]["results"][0]["id"]) == ("2015-11-30", "taliban")
            assert asked(address, "/match/kz-list?as_of=soon", taliban).status_code == 400


def test_a_damaged_snapshot_is_taken_off_the_shelf_and_made_anew(tmp_path, capsys):
    """It is the one of today, so nothing else would lead to another: the service would say for ever that it waits."""
    own = given(f"{DATA / 'sanctions.ftm.json'}=one")
    plan = Plan(settings=Settings(home=tmp_path, register_url="sqlite://"), files=(own,), folder=tmp_path / "screening")
    make(plan)
    path = plan.shelf.marked()
    data = bytearray(path.read_bytes())
    data[-9] ^= 1
    path.write_bytes(data)

    assert first(plan).snapshot is None
    assert "is damaged" in capsys.readouterr().err
    assert plan.shelf.marked() is None

    keeper = Keeper(plan)
    keeper.look()
    until(lambda: keeper.look() or plan.shelf.marked() == path)
    assert first(plan).snapshot.about.version == plan.version()


def test_what_cannot_be_served_is_refused_at_once(tmp_path, monkeypatch, capsys):
    """Before anything listens."""
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path))
    for options in (["--entities", "gone.json=x"], ["--entities", "x"], []):
        with pytest.raises(SystemExit) as end:
            main(["serve", *options])
        assert end.value.code == 2
        assert capsys.readouterr().err
