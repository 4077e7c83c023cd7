import hashlib
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tools import prepare

WHEEL = b"not really a wheel"
SHA256 = hashlib.sha256(WHEEL).hexdigest()


@pytest.fixture
def index(monkeypatch):
    """Serve a package index on loopback, holding whatever pages the test puts into the dictionary it gets."""
    pages: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path in pages else 404)
            self.end_headers()
            self.wfile.write(pages.get(self.path, b""))

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple/")
        yield pages
        server.shutdown()
        thread.join()


def _link(name: str, sha256: str = SHA256, more: str = "") -> str:
    return f'<a href="../../files/{name}#sha256={sha256}" {more}>{name}</a><br>'


def _page(*links: str) -> bytes:
    return f"<!DOCTYPE html><html><body>{''.join(links)}</body></html>".encode()


def test_pip_comes_from_the_index_the_person_names(index, tmp_path):
    """Institutions serve packages from an index of their own, named as pip itself lets them name it."""
    index["/simple/pip/"] = _page(_link("pip-26.0-py3-none-any.whl"))
    index["/files/pip-26.0-py3-none-any.whl"] = WHEEL

    wheel = prepare.fetch_pip(tmp_path)

    assert wheel == tmp_path / "pip-26.0-py3-none-any.whl"
    assert wheel.read_bytes() == WHEEL


def test_a_wheel_that_is_not_what_the_index_states_is_refused(index, tmp_path):
    """What was changed on its way would run as the person who prepares tizim, so nothing of it is kept."""
    index["/simple/pip/"] = _page(_link("pip-26.0-py3-none-any.whl"))
    index["/files/pip-26.0-py3-none-any.whl"] = WHEEL + b"!"

    with pytest.raises(prepare.NotPrepared, match="does not have the sha256"):
        prepare.fetch_pip(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_an_index_that_does_not_answer_is_explained(index, tmp_path):
    """The person is told the other way out: the package their system has for this."""
    index.clear()

    with pytest.raises(prepare.NotPrepared, match="apt install python3-venv"):
        prepare.fetch_pip(tmp_path)


def test_the_newest_usable_pip_is_chosen():
    """Versions are numbers; one withdrawn, unfinished, unhashed or for newer Pythons is no use."""
    links = [
        _link("pip-9.0.1-py3-none-any.whl"),
        _link("pip-26.1-py3-none-any.whl", more='data-requires-python="&gt;=3.10"'),
        _link("pip-26.2-py3-none-any.whl", more='data-yanked="broken"'),
        _link("pip-27.0b1-py3-none-any.whl"),
        _link("pip-28.0-py3-none-any.whl", more='data-requires-python="&gt;=3.99"'),
        _link("pip-29.0-py3-none-any.whl", sha256="").replace("#sha256=", ""),
        _link("pip-30.0.tar.gz"),
    ]

    url, sha256 = prepare.newest_pip("https://index.example/simple/pip/", _page(*links).decode())

    assert url == "https://index.example/files/pip-26.1-py3-none-any.whl"
    assert sha256 == SHA256


def test_an_unknown_extra_is_refused_before_anything_is_touched(tmp_path):
    """A slip of the pen must not cost a working environment."""
    (tmp_path / "pyproject.toml").write_text("[project.optional-dependencies]\npostgres = []\n")

    with pytest.raises(prepare.NotPrepared, match="no extra is called postgre; there are postgres"):
        prepare.prepare(tmp_path, "1 2", ["postgre"])

    assert not (tmp_path / ".venv").exists()


def test_what_tizim_did_not_make_is_not_removed(tmp_path):
    """A .venv without our stamp may be somebody's own work."""
    (tmp_path / "pyproject.toml").write_text("[project.optional-dependencies]\n")
    theirs = tmp_path / ".venv" / "theirs"
    theirs.mkdir(parents=True)

    with pytest.raises(prepare.NotPrepared, match=r"was not made by tizim\.sh"):
        prepare.prepare(tmp_path, "1 2", [])

    assert theirs.exists()
