"""``tizim serve`` and the end of ``tizim up``: the site on loopback, where it is said to be."""

import os
import re
import signal
import socket
import subprocess
import sys

import httpx
import pytest

from tizim.cli import main, serve, up


class Ran:
    """What a command printed, and its code."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def tizim(tmp_path, monkeypatch, capsys):
    """Runs a command in a home of its own."""
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TIZIM_REGISTER_URL", raising=False)

    def run(*arguments):
        try:
            main(list(arguments))
            code = 0
        except SystemExit as end:
            code = end.code or 0
        read = capsys.readouterr()
        return Ran(code, read.out, read.err)

    run.home = tmp_path / "home"
    return run


def listening(command, home):
    """The command's process, and the address that it says it serves at."""
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", "from tizim.cli import main; main()", *command],
        env={**os.environ, "TIZIM_HOME": str(home)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    for line in process.stderr:
        if found := re.search(r"Serving at (http://\S+)", line):
            return process, found[1]
    raise AssertionError(process.stdout.read())


@pytest.mark.slow
def test_the_site_is_served_where_it_is_said_and_ends_when_told(tizim, tmp_path):
    """Somebody starts it, opens the address that was printed, and stops it."""
    tizim("up", "--no-serve", "--offline")
    process, address = listening(["serve", "--port", "0"], tizim.home)
    try:
        assert httpx.get(f"{address}healthz", timeout=20, trust_env=False).status_code == 200
        page = httpx.get(f"{address}en/subjects/taliban/", timeout=20, trust_env=False)
        assert '<html lang="en" dir="ltr">' in page.text
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)

    assert process.returncode == 0, errors
    assert "Traceback" not in errors


def test_a_port_that_is_taken_is_said_in_one_sentence(tizim):
    """The caller's turn: another port will do."""
    tizim("up", "--no-serve", "--offline")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        ran = tizim("serve", "--port", str(port))

    assert ran.code == 2
    assert f"nothing can listen at 127.0.0.1, port {port}" in ran.err
    assert "--port" in ran.err


def test_without_a_register_nothing_is_served(tizim):
    """A site of nothing would look like a register without anybody in it."""
    ran = tizim("serve", "--port", "0")

    assert ran.code == 2
    assert "there is no register" in ran.err


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_up_serves_after_the_first_audit_unless_told_not_to(tizim, monkeypatch, more):
    """A newcomer's first command ends in a site to look at."""
    served = []
    monkeypatch.setattr(up, "serve", lambda app: served.append(app.where))

    first = tizim("up", "--offline", *more)
    second = tizim("up", "--offline", "--no-serve", *more)

    assert (first.code, second.code) == (0, 0)
    assert len(served) == 1


def test_the_site_listens_at_home_unless_told_otherwise():
    """Nobody else can reach it by accident."""
    assert serve.HOST == "127.0.0.1"
