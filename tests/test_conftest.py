import http.client
import socket

import pytest
from sqlalchemy import create_engine, text


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "tizim.example"])
def test_a_test_cannot_reach_beyond_this_machine(host):
    """A test that needs the network would fail elsewhere, so it fails here, whatever the code swallows."""
    connection = http.client.HTTPConnection(host, timeout=1)

    with pytest.raises(pytest.fail.Exception, match="reached for the network"):
        connection.connect()


def test_a_test_may_talk_to_a_server_of_its_own():
    """Loopback stays open: the fetching code is tested against a real server."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname(), timeout=1) as client:
            client.sendall(b"salom")

        accepted, _ = server.accept()
        with accepted:
            assert accepted.recv(5) == b"salom"


def test_a_database_of_its_own(postgres_url):
    """Each PostgreSQL test begins with an empty database, sorted by code point as SQLite sorts."""
    engine = create_engine(postgres_url)

    with engine.connect() as connection:
        tables = connection.scalar(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
        in_order = connection.scalar(text("SELECT 'Z' < 'a' AND 'z' < 'é'"))
    engine.dispose()

    assert tables == 0
    assert in_order


def test_the_real_files_are_the_official_lists(real_files):
    """A wrong folder would make every test of real files pass over nothing."""
    assert (real_files / "lists").is_dir()
