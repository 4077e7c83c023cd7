"""Translation engines that answer over real HTTP what a test has them answer. Everything they translate is invented."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tizim.errors import EngineProblem
from tizim.translate import Answered, Choice, EngineLimits, Protected, engine_of

TITLE = "Ruritania and the Zenda Front"
FIRST = "The Ministry took the Zenda Front off its list on 3 February 2026."
SECOND = "It had been on that list since 2005, by a decision of the court."
NAMES = (Protected(forms=("Zenda Front", "Front of Zenda"), put="Front Zenda"),)
FRENCH = {
    "Ruritania and the [[1]]": "La Ruritanie et le [[1]]",
    "The Ministry took the [[1]] off its list on 3 February 2026.": (
        "Le ministère a radié le [[1]] de sa liste le 3 février 2026."
    ),
    SECOND: "Il figurait sur cette liste depuis 2005, par une décision du tribunal.",
}
"""by what an engine is given"""


def faithful(sentences, _target):
    """What a good engine answers."""
    return [FRENCH.get(one, f"Ceci est la traduction de la phrase, et elle dit : {one}") for one in sentences]


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        self._send(200, json.dumps([{"code": "en", "targets": ["fr", "fa", "ru", "en"]}]).encode())

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append((self.path, dict(self.headers), asked))
        if self.path == "/translate":
            sentences, target = asked["q"], asked["target"]
        else:
            inner = json.loads(asked["messages"][1]["content"])
            sentences, target = inner["sentences"], inner["to"]
        said = self.server.behaviour(sentences, target)
        if callable(said):
            said(self)
            return
        status, body = 200, said
        if isinstance(said, tuple):
            status, body = said
        if isinstance(body, list):
            body = self._wrapped(body)
        self._send(status, body if isinstance(body, bytes) else body.encode())

    def _wrapped(self, sentences):
        if self.path == "/translate":
            return json.dumps({"translatedText": sentences})
        content = json.dumps({"sentences": sentences}, ensure_ascii=False)
        return json.dumps({"model": "mirror-7", "choices": [{"message": {"content": content}}]})

    def _send(self, status, body):
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def dripping(handler):
    """An answer that never ends: a byte now and then."""
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.end_headers()
    try:
        for _ in range(200):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:  # whoever asked has gone
        return


def silent(handler):
    """No answer at all, for as long as a test waits."""
    time.sleep(2)
    handler.close_connection = True


@contextmanager
def serving(behaviour):
    """A server, on a port of its own, that answers by *behaviour*."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        server.behaviour = behaviour
        server.asked = []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def a_choice(kind, server=None, **given):
    """Settings of an engine at a server."""
    url = "" if server is None else f"http://127.0.0.1:{server.server_address[1]}"
    base = {"kind": kind, "url": url, "model": "mirror", "key": "", "folder": "", "seconds": "30"}
    return Choice(**(base | given))


def an_engine(kind, server, seconds=None, **given):
    """An engine at a server; *seconds* shortens what it may take."""
    made = engine_of(a_choice(kind, server, **given))
    if seconds is not None:
        made._limits = EngineLimits(seconds=seconds)
    return made


class Scripted:
    """An engine in memory that gives what it is told to."""

    name = "scripted"

    def __init__(self, behaviour=faithful, version="1"):
        self.behaviour = behaviour
        self.version = version
        self.orders = []

    def translate(self, order):
        """What the script says, or the error that it is."""
        self.orders.append(order)
        said = self.behaviour(order.sentences, order.target)
        if isinstance(said, Exception):
            raise EngineProblem(str(said))
        return Answered(sentences=tuple(said), version=self.version)
