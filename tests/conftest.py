"""What every test gets: no network beyond loopback; real files and servers only where they are present."""

import ipaddress
import os
import socket
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url, text
from tests.makers import Ticking

from tizim.app import App
from tizim.keep.starter import load
from tizim.settings import Settings

REAL_FILES = "TIZIM_REAL_FILES"
POSTGRES_URL = "TIZIM_TEST_POSTGRES_URL"

LONGEST = (
    "tests/properties/test_memory_laws.py", "tests/batch/test_local.py", "tests/batch/test_spark.py",
    "tests/properties/", "tests/real/test_un_sc_", "tests/site_files/",
    "tests/browser/test_pages.py", "tests/real/", "tests/browser/", "tests/docs/",
    "tests/soak/",
)  # fmt: skip
"""beginnings of the names of files that take long"""

# How long one example takes says something of the machine and of what else it does; benchmarks measure speed.
# Continuous integration asks the same examples each time, so that what failed fails again; others look for new ones.
settings.register_profile("tizim", deadline=None, derandomize="TIZIM_TEST_SAME_EXAMPLES" in os.environ)
settings.load_profile("tizim")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by what they ask for, so that no test forgets its marker; among several workers, the longest first."""
    if hasattr(config, "workerinput"):
        # Each worker takes a whole file at a time: none is to be left alone with a long one at the end.
        ranks = {name: at for at, name in enumerate(LONGEST)}
        items.sort(
            key=lambda item: min((ranks[one] for one in ranks if item.nodeid.startswith(one)), default=len(ranks))
        )
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "real_files" in fixtures:
            item.add_marker(pytest.mark.real)
        if "postgres_url" in fixtures:
            item.add_marker(pytest.mark.postgres)
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument: packed ones hold the time of packing, and workers must agree on every name."""
    return argname if isinstance(val, bytes) else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests were skipped and why: a skipped test must not look like a passed one."""
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        _, _, reason = report.longrepr
        reasons[reason.removeprefix("Skipped: ")] += 1
    if reasons:
        terminalreporter.section("skipped")
        for reason, count in reasons.most_common():
            terminalreporter.line(f"{count} skipped: {reason}")


def is_loopback(host: object) -> bool:
    """Tell without looking the name up."""
    if isinstance(host, bytes):
        host = host.decode()
    if host is None or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the starter: it is copied, never written to."""
    folder = tmp_path_factory.mktemp("filled")
    app = App(Settings(home=folder, register_url=f"sqlite:///{folder / 'register.sqlite'}"))
    load(app.made(), Ticking())
    app.close()
    return folder


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    """Fail a test that reaches beyond this machine; looking a name up counts as reaching."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse_beyond(host: object) -> None:
        # pytest's failure is no Exception: code that retries or wraps network errors cannot swallow it.
        if not is_loopback(host):
            pytest.fail(f"a test reached for the network: {host!r}")

    def guarded_connect(self, address):
        if self.family != socket.AF_UNIX:
            refuse_beyond(address[0])
        return connect(self, address)

    def guarded_connect_ex(self, address):
        if self.family != socket.AF_UNIX:
            refuse_beyond(address[0])
        return connect_ex(self, address)

    def guarded_getaddrinfo(host, *args, **kwargs):
        refuse_beyond(host)
        return getaddrinfo(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


@pytest.fixture(scope="session")
def real_files() -> Path:
    """Return the folder of real official files."""
    given = os.environ.get(REAL_FILES)
    if not given:
        pytest.skip(f"{REAL_FILES} is not set to the folder of real official files")
    folder = Path(given)
    if not folder.is_dir():
        pytest.skip(f"{REAL_FILES} names {given}, which is no folder")
    return folder


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """Yield the URL of a database made for this test alone, dropped after it."""
    given = os.environ.get(POSTGRES_URL)
    if not given:
        pytest.skip(f"{POSTGRES_URL} is not set to a PostgreSQL server (tools/postgres.sh starts one)")
    server = create_engine(given, isolation_level="AUTOCOMMIT")
    name = f"t_{uuid.uuid4().hex}"
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
        try:
            yield make_url(given).set(database=name).render_as_string(hide_password=False)
        finally:
            with server.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        server.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def register_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database without tables: a file of the test's folder, and one on the server."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'register.sqlite'}"
