"""``tizim serve`` while many ask at once: lists change, workers die, and thousands of connections say nothing.

With ``TIZIM_TEST_WHOLE=1`` each goes on for longer, and ten thousand connections say nothing.
"""

import contextlib
import http.client
import json
import os
import random
import resource
import signal
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest
from tests.cli.test_serve_screening import below, got, served, until
from tests.whole import WHOLE

SECONDS = 30.0 if WHOLE else 3.0
PAUSE = 0.0 if WHOLE else 0.05
"""seconds between two requests of a client"""
SUBJECTS = 60
QUERIES = 20
SYLLABLES = ("ba", "do", "fi", "gu", "ke", "lo", "mi", "nu", "pa", "ri")
pytestmark = pytest.mark.slow


def name(at):
    """The name of a made-up person, unlike that of the next."""
    return f"{SYLLABLES[at // 10].title()}{SYLLABLES[at % 10]}ko {SYLLABLES[at % 10].title()}{SYLLABLES[at // 10]}len"


def written(path, edition):
    """A list in a file, renamed into its place: the same persons under ids of this edition."""
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("w", encoding="utf-8") as file:
        for at in range(SUBJECTS):
            one = {"id": f"{edition}-{at}", "schema": "Person", "properties": {"name": [name(at)]}}
            file.write(json.dumps(one) + "\n")
    unfinished.replace(path)


BODY = json.dumps({
    "queries": {f"q{at}": {"schema": "Person", "properties": {"name": name(at)}} for at in range(QUERIES)}
})  # fmt: skip


class Clients:
    """Threads that ask without end; what they got, and what went wrong."""

    def __init__(self, address, count, *, keep):
        self._host = urlsplit(address).netloc
        self._keep = keep
        self._over = threading.Event()
        self.answers = []
        """version, and by query the ids found"""
        self.broken = []
        """connections that ended without an answer"""
        self.wrong = []
        """answers that were none"""
        self._threads = [threading.Thread(target=self._ask) for _ in range(count)]

    def __enter__(self):
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        for one in self._threads:
            one.join()

    def _ask(self):
        connection = None
        while not self._over.is_set():
            connection = connection or http.client.HTTPConnection(self._host, timeout=20)
            try:
                connection.request("POST", "/match/default", BODY)
                answer = connection.getresponse()
                data = answer.read()
            except (OSError, http.client.HTTPException) as error:
                self.broken.append(repr(error))
                connection.close()
                connection = None
                continue
            self._take(answer.status, data)
            time.sleep(PAUSE)
            if not self._keep:
                connection.close()
                connection = None
        if connection is not None:
            connection.close()

    def _take(self, status, data):
        try:
            told = json.loads(data)
            found = {key: tuple(one["id"] for one in got["results"]) for key, got in told["responses"].items()}
            self.answers.append((told["data_version"], found))
        except (ValueError, KeyError):
            self.wrong.append((status, data[:200]))


def test_lists_that_change_under_load_lose_no_request_and_are_never_mixed(tmp_path):
    """Every query of a request is answered by the edition that the request began with, by whichever worker."""
    path = tmp_path / "list.json"
    written(path, "first")
    options = ("--workers", "2", "--entities", f"{path}=one")
    with served(tmp_path, *options, TIZIM_UPDATE_TOKEN="token") as (address, _):
        until(lambda: got(address, "/readyz").status_code == 200)
        editions = 0
        with Clients(address, 3, keep=True) as clients:
            end = time.monotonic() + SECONDS
            while (WHOLE and time.monotonic() < end) or editions < 1:
                editions += 1
                written(path, f"edition{editions}")
                assert got_newer(address)
                until(lambda edition=f"edition{editions}": edition in current(clients))

    assert not clients.broken
    assert not clients.wrong
    editions_of = {}
    for version, found in clients.answers:
        assert len(found) == QUERIES
        (edition,) = {one.partition("-")[0] for ids in found.values() for one in ids}
        assert {key: ids[0] for key, ids in found.items()} == {f"q{at}": f"{edition}-{at}" for at in range(QUERIES)}
        assert editions_of.setdefault(version, edition) == edition
    assert len(set(editions_of.values())) >= (3 if WHOLE else 2)


def got_newer(address):
    """Have it looked for newer data at once, and wait until they are answered from."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    with contextlib.closing(connection):
        connection.request("POST", "/updatez?token=token&sync=true")
        return connection.getresponse().status == 200


def current(clients):
    """The editions of the last answers."""
    return {found["q0"][0].partition("-")[0] for _, found in clients.answers[-6:]}


def test_a_connection_that_was_answered_is_kept_for_longer_than_clients_keep_theirs(tmp_path):
    """Whoever asks again after some seconds is not reset by a server that was just closing."""
    path = tmp_path / "list.json"
    written(path, "first")
    with served(tmp_path, "--entities", f"{path}=one") as (address, _):
        until(lambda: got(address, "/readyz").status_code == 200)
        one = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        with contextlib.closing(one):
            for pause in (0.0, 6.0):  # clients' pools keep a connection for five seconds, as a rule
                time.sleep(pause)
                one.request("GET", "/healthz")
                assert one.getresponse().read()


def test_workers_killed_at_random_leave_the_others_answering_and_no_half_answer(tmp_path):
    """Whoever was in the hands of one that died gets no answer, which is not an answer cut off; all others get it."""
    path = tmp_path / "list.json"
    written(path, "only")
    chance = random.Random(3)
    kills = 0
    with served(tmp_path, "--workers", "3", "--entities", f"{path}=one") as (address, process):
        until(lambda: len(below(process)) == 3)
        with Clients(address, 3, keep=False) as clients:
            end = time.monotonic() + SECONDS
            while time.monotonic() < end:
                time.sleep(chance.uniform(0.2, 0.8))
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(below(process)), signal.SIGKILL)
                    kills += 1
                before = len(clients.answers)
                until(lambda before=before: len(clients.answers) > before + 3)
        until(lambda: len(below(process)) == 3)

    assert kills >= 3
    assert not clients.wrong
    assert len(clients.broken) <= 3 * kills
    expected = {f"q{at}": f"only-{at}" for at in range(QUERIES)}
    assert all({key: ids[0] for key, ids in found.items()} == expected for _, found in clients.answers)


@pytest.mark.skipif(not WHOLE, reason="takes half a minute: set TIZIM_TEST_WHOLE=1")
def test_thousands_of_connections_that_say_nothing_do_not_keep_a_client_from_its_answer(tmp_path):
    """They are bounded and closed in their time: some silent, some sending a head a byte at a time."""
    path = tmp_path / "list.json"
    written(path, "only")
    wanted = 10_000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted + 200:
        if hard != resource.RLIM_INFINITY and hard < wanted + 200:
            pytest.skip(f"this system lets a process open no more than {hard} files")
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted + 200, hard))
    with served(tmp_path, "--entities", f"{path}=one") as (address, process), contextlib.ExitStack() as open_:
        until(lambda: got(address, "/readyz").status_code == 200)
        place = urlsplit(address)
        silent = []
        took = []
        with Clients(address, 1, keep=True) as clients:
            for at in range(wanted):
                one = open_.enter_context(socket.create_connection((place.hostname, place.port), timeout=20))
                one.setblocking(False)
                silent.append(one)
                if at % 10 == 0:
                    with contextlib.suppress(OSError):  # it was closed to make room
                        one.send(b"GET / HTTP/1.1\r\nX: d")
            end = time.monotonic() + 5
            while time.monotonic() < end:
                for one in silent[::10]:
                    with contextlib.suppress(OSError):
                        one.send(b"r")
                begun = time.monotonic()
                assert got(address, "/healthz").status_code == 200
                took.append(time.monotonic() - begun)
                time.sleep(0.2)
            held = len(os.listdir(f"/proc/{process.pid}/fd")) if os.path.isdir("/proc/self/fd") else 0  # noqa: PTH112, PTH208 - as quick as can be
        until(lambda: sum(map(is_closed, silent)) == wanted, seconds=60)
        assert got(address, "/healthz").status_code == 200

    assert held <= 4_096 + 256
    assert not clients.wrong
    assert not clients.broken
    assert len(clients.answers) > 20
    assert sorted(took)[len(took) // 2] < 1


def is_closed(one):
    """Whether the other side has ended a connection."""
    try:
        while data := one.recv(1_000):
            del data
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
