"""Connections on which nothing comes: they are closed, and those that ask are answered meanwhile."""

import asyncio
import contextlib
import socket
import threading
import time

import pytest
import uvicorn

from tizim.api.patience import Patient, most_open, patient

MOST = 8


async def app(scope, receive, send):
    """Answers; what is asked of /slow only when its body is there, and a little later."""
    if scope["path"] == "/slow":
        await receive()
        await asyncio.sleep(1.5)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@contextlib.contextmanager
def served(connection):
    """The port of a server whose connections are such."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, http=connection, log_level="critical", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join()


@pytest.fixture
def port():
    """The port of a server that waits for no head longer than a moment."""
    with served(type("Hasty", (patient(MOST),), {"longest": 0.3})) as found:
        yield found


@pytest.fixture
def narrow():
    """The port of a server of few connections, which waits long."""
    with served(patient(MOST)) as found:
        yield found


def connected(port):
    """A connection."""
    one = socket.create_connection(("127.0.0.1", port))
    one.settimeout(5)
    return one


def asked(one, path="/"):
    """The first bytes of an answer."""
    one.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return one.recv(1000)


def test_a_connection_that_never_asks_is_closed(port):
    """Neither silence nor a head that drips in holds a place."""
    silent, dripping = (socket.create_connection(("127.0.0.1", port)) for _ in range(2))
    with silent, dripping:
        silent.settimeout(5)
        dripping.settimeout(5)
        begun = time.monotonic()
        dripping.sendall(b"GET / HTTP/1.1\r\n")
        with contextlib.suppress(OSError):
            while time.monotonic() - begun < 5:
                dripping.sendall(b"X: y\r\n")
                time.sleep(0.05)
        assert time.monotonic() - begun < 5
        assert silent.recv(10) == b""


def test_one_that_asks_again_and_again_is_answered(port):
    """The time counts anew for each request."""
    with socket.create_connection(("127.0.0.1", port)) as one:
        one.settimeout(5)
        for _ in range(4):
            one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b" 200 " in one.recv(1000)
            time.sleep(0.15)


def test_where_there_are_too_many_the_one_goes_that_has_waited_longest(narrow):
    """Thousands that say nothing leave room for whoever asks; who was answered lately stays."""
    with contextlib.ExitStack() as open_:
        regular = open_.enter_context(connected(narrow))
        assert b" 200 " in asked(regular)
        silent = [open_.enter_context(connected(narrow)) for _ in range(MOST - 1)]
        silent[-1].sendall(b"GET / HTTP/1.1\r\nX: drip")
        time.sleep(0.3)  # they are connected to the machine; now to the server too, and before the next request
        assert b" 200 " in asked(regular)

        for _ in range(3):
            assert b" 200 " in asked(open_.enter_context(connected(narrow)))

        assert b" 200 " in asked(regular)
        assert [one.recv(10) for one in silent[:3]] == [b"", b"", b""]
        assert b" 200 " in asked(silent[3])


def test_whoever_is_being_answered_keeps_the_place_and_a_further_one_is_told_so(narrow):
    """No answer is cut off to make room: the next is refused at once, and answered when there is room again."""
    with contextlib.ExitStack() as open_:
        busy = [open_.enter_context(connected(narrow)) for _ in range(MOST)]
        for one in busy:
            one.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.3)

        refused = open_.enter_context(connected(narrow)).recv(1000)

        assert b" 503 " in refused
        assert b"retry-after" in refused
        assert [b" 200 " in one.recv(1000) for one in busy] == [True] * MOST
        assert b" 200 " in asked(open_.enter_context(connected(narrow)))


def test_a_connection_that_ended_holds_no_place(narrow):
    """However many come and go."""
    for _ in range(3 * MOST):
        with connected(narrow) as one:
            assert b" 200 " in asked(one)


@pytest.mark.parametrize(("files", "connections"), [(1_024, 768), (100, 16), (1_000_000, 4_096)])
def test_a_process_holds_as_many_connections_as_its_files_allow(files, connections):
    """Some are needed for databases and snapshots."""
    assert most_open(files) == connections
    assert issubclass(patient(connections), Patient)
