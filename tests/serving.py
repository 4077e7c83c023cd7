"""A server on loopback that says exactly the bytes a test gives it: honest, lying, slow or cut off."""

import contextlib
import datetime as dt
import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path

from tizim.sources.network import Policy

NOW = dt.datetime(2024, 6, 3, 12, 0, tzinfo=dt.UTC)
TLS = Path(__file__).parent / "data" / "tls" / "list.example.pem"


def answer(body=b"", status=200, *more, length=None, **headers) -> bytes:
    """A whole answer; *length* is what it says of its body, if not the truth."""
    lines = [f"HTTP/1.1 {status} Said", "Connection: close", *more]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if length != "none":
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*lines, "", ""]).encode() + body


class Asked:
    """One request as it came."""

    def __init__(self, head: bytes, body: bytes = b"") -> None:
        self.body = body
        first, *lines = head.decode("latin-1").split("\r\n")
        self.path = first.split(" ")[1]
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


class Server:
    """Answers each path with what stands in ``says``: in turn, the last one for ever.

    What stands there is bytes, or a function of the connection that sends them itself and may wait for
    ``over``, which is set when the test ends.
    """

    def __init__(self, tls: Path | None = None) -> None:
        self.says: dict[str, list[bytes | Callable]] = {}
        self.asked: list[Asked] = []
        self.over = threading.Event()
        self._tls = None
        if tls is not None:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(tls)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    def url(self, path="/list.xml", host="127.0.0.1", scheme="http") -> str:
        """The address of *path* here."""
        return f"{scheme}://{host}:{self.port}{path}"

    def allows(self, *hosts, schemes=("http",), permits=lambda address: address.is_loopback) -> Policy:
        """A policy that permits this server, under *hosts* or its bare address, and nothing else."""
        places = {f"{host}:{self.port}" for host in hosts or ("127.0.0.1",)}
        return Policy(places=frozenset(places), schemes=frozenset(schemes), permits=permits)

    def close(self) -> None:
        """Stop; every socket is closed and every thread has ended."""
        self.over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _listen(self) -> None:
        while not self.over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(5)
            with contextlib.suppress(OSError):
                if self._tls is not None:
                    connection = self._tls.wrap_socket(connection, server_side=True)
                with connection:
                    self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            more = connection.recv(65536)
            if not more:
                return
            head += more
        head, _, body = head.partition(b"\r\n\r\n")
        asked = Asked(head)
        while len(body) < int(asked.headers.get("content-length", "0")):
            body += connection.recv(65536)
        asked.body = body
        self.asked.append(asked)
        says = self.says[asked.path]
        said = says.pop(0) if len(says) > 1 else says[0]
        if isinstance(said, bytes):
            connection.sendall(said)
        else:
            said(connection)

    def drip(self, first: bytes, drop: bytes) -> Callable:
        """Say *first*, and then *drop* again and again until the test is over."""

        def say(connection: socket.socket) -> None:
            connection.sendall(first)
            while not self.over.wait(0.01):
                connection.sendall(drop)

        return say

    def stall(self, first: bytes) -> Callable:
        """Say *first*, and then nothing."""

        def say(connection: socket.socket) -> None:
            connection.sendall(first)
            self.over.wait()

        return say
