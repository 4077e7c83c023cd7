"""Every source with a real file: what is read rests on the bytes alone.

In processes of their own, because sources remember rows that they have mapped: a second reading in the same
process would be compared with itself.
"""

import json
import os
import subprocess
import sys

import pytest
from tests.whole import WHOLE

from tizim.sources.catalogue import SOURCES, source

pytestmark = [pytest.mark.real, pytest.mark.slow]

FILES = {
    "ae-local": "*.csv",
    "au-dfat": "*.xlsx.gz",
    "ca-sema": "*.xml.gz",
    "eu-fsf-old-xml": "*.xml.gz",
    "id-dttot": "*.xlsx",
    "uk-ofsi-conlist": "*.csv.gz",
    "uk-sanctions-list-search": "*.ods",
    "un-sc": "2026-02-27.xml.gz",
    "un-sc-committee": "1267-2015-03-26.xml",
    "us-bis-dpl": "*.dpl.txt",
    "us-csl": "2025-*.csv.gz",
    "us-ofac-cons-csv": "2025-12-19-*_prim.csv",
    "us-ofac-cons-xml": "2026-01-08.xml",
    "us-ofac-enhanced-xml": "CONS_*.zip",
    "us-ofac-sdn-csv": "2021-07-07-commit.*",
}
"""the newest of each form that is held, the main file of a set of OFAC and a whole set"""

LONG = () if WHOLE else ("au-dfat", "us-csl")
"""half of the time goes into them"""

READER = """
import datetime as dt, hashlib, json, sys
from pathlib import Path
import msgspec
from tizim.keep.files import Spool, open_all
from tizim.sources.catalogue import source
from tizim.sources.protocol import Hints
folder, backwards, files = sys.argv[1], sys.argv[2] == "backwards", json.loads(sys.argv[3])
read = [(name, path) for name, pattern in files.items() for path in sorted((Path(folder) / name).glob(pattern))]
found = {}
for name, path in reversed(read) if backwards else read:
    given, = open_all([path], Spool())
    hints = Hints(instant=dt.datetime(2026, 1, 2, tzinfo=dt.UTC), by="as given")
    facts, records = source(name).read(given.read(), given.name, hints)
    made = msgspec.json.encode((facts, records, list(source(name).readings(records))))
    found[f"{name} {path.name}"] = [facts.entries, hashlib.sha256(made).hexdigest()]
print(json.dumps(found))
"""


def read(folder, order: str, zone: str, seed: str) -> dict[str, list[object]]:
    """The number of entries of each file, and the digest of all that was read of it."""
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
    words = [
        sys.executable,
        "-c",
        READER,
        str(folder / "lists"),
        order,
        json.dumps({name: files for name, files in FILES.items() if name not in LONG}),
    ]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 0, done.stderr
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


def test_every_source_proven_on_real_files_is_among_them():
    """A source that is proven on real files and not read here would go unwatched."""
    proven = {name for name in SOURCES if source(name).info.proven}

    assert proven - set(FILES) <= {"table", "ftm", "ledger", "decisions", "judgements"}


def test_what_is_read_depends_on_no_machine_zone_order_or_hash(real_files):
    """Statement ids rest on it, and so does the proof that two registers hold the same."""
    one = read(real_files, "forwards", "Pacific/Kiritimati", "1")
    other = read(real_files, "backwards", "America/New_York", "2")

    assert {key.partition(" ")[0] for key in one} == set(FILES) - set(LONG)
    assert all(entries for entries, _ in one.values())
    assert one == other
