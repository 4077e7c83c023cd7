"""Connections on which nothing comes: they are closed, and those that ask are answered meanwhile."""

import contextlib
import socket
import threading
import time

import pytest
import uvicorn

from tizim.api.patience import Patient


class Hasty(Patient):
    """Waits for less time than a service does."""

    longest = 0.3


async def app(scope, receive, send):
    """Answers."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
def port():
    """The port of a server that waits for no head longer than that."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, http=Hasty, log_level="critical", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join()


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
