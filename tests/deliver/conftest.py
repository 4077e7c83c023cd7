"""A receiver of webhooks that does as it is told, a server for e-mail, and stores in both databases."""

import datetime as dt
import socketserver
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tizim.customers import Store
from tizim.deliver import Message, put
from tizim.deliver.posting import Limits

NOW = dt.datetime(2026, 11, 27, 8, tzinfo=dt.UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request, tmp_path):
    """A store in which nothing was kept yet."""
    url = (
        request.getfixturevalue("postgres_url")
        if request.param == "postgresql"
        else f"sqlite:///{tmp_path / 'customers.sqlite'}"
    )
    made = Store(str(url))
    yield made
    made.close()


def a_message(event_id, kind="hit", at=NOW):
    """An event."""
    return Message(id=event_id, kind=kind, at=at, text=f"{event_id} happened", event={"number": event_id})


def give(store, *messages, now=NOW):
    """Have *messages* sent."""
    with store.writing() as connection:
        return put(connection, messages, now)


ALLOWED = Limits(is_private_allowed=True)


class Receiver:
    """Takes what is posted to it."""

    def __init__(self) -> None:
        self.got = []
        self.answer = lambda _: 200
        self.location = ""
        self.over = threading.Event()
        own = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                own.got.append((self.path, dict(self.headers), body))
                status = own.answer(body)
                if status == "stall":
                    own.over.wait()
                    return
                if status == "drip":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                    while not own.over.wait(0.05):
                        self.wfile.write(b"x-more: 1\r\n")
                    return
                self.send_response(status)
                if own.location:
                    self.send_header("location", own.location)
                self.end_headers()

            def log_message(self, *_):
                """Say nothing."""

            def handle(self):
                try:
                    super().handle()
                except OSError:
                    return  # whoever asked has gone

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()
        self.port = self.server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}/hook?a=1"

    def close(self):
        """Listen no longer."""
        self.over.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def receiver():
    """A receiver that takes everything."""
    made = Receiver()
    yield made
    made.close()


class Mailbox:
    """Takes letters, as far as they are sent in the plainest way."""

    def __init__(self) -> None:
        self.letters = []
        self.refuses = False
        own = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                self.wfile.write(b"220 mail.test\r\n")
                while line := self.rfile.readline():
                    word = line[:4].upper()
                    if word == b"DATA":
                        self.wfile.write(b"354 go on\r\n")
                        letter = b""
                        while (part := self.rfile.readline()) != b".\r\n":
                            letter += part
                        own.letters.append(letter.decode())
                        self.wfile.write(b"250 taken\r\n")
                    elif word == b"RCPT" and own.refuses:
                        self.wfile.write(b"550 nobody here\r\n")
                    elif word == b"QUIT":
                        self.wfile.write(b"221 bye\r\n")
                        return
                    else:
                        self.wfile.write(b"250 mail.test\r\n")

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()
        self.port = self.server.server_address[1]

    def close(self):
        """Listen no longer."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def mailbox():
    """A server for e-mail."""
    made = Mailbox()
    yield made
    made.close()
