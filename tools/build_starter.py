"""Build the starter that ships with the package from the real files in TIZIM_REAL_FILES.

    TIZIM_REAL_FILES=… .venv/bin/python tools/build_starter.py

Takes the core facts (references, names, aliases, scripts, birth years, dates, sightings) of every
dated copy of the UN list, and the ledger's rows marked for bundling. No prose of comments, no numbers of
identity documents, no addresses leave the files: those properties are not part of the core.
"""

import gzip
import os
import sys
from pathlib import Path

from tizim.domain.documents import DocumentFacts, Method
from tizim.domain.statements import CORE, EntryReading, Property
from tizim.keep.starter import write
from tizim.sources import ledger
from tizim.sources.catalogue import source

TARGET = Path(__file__).parent.parent / "src" / "tizim" / "keep" / "starter.jsonl.xz"
LEDGER_FILES = ("organisations.csv", "lists.csv", "measures.csv", "designations.csv")
NEVER = {Property.COMMENT, Property.IDENTIFIER, Property.ADDRESS, Property.BIRTH_DATE, Property.BIRTH_PLACE}


def main() -> None:
    given = os.environ.get("TIZIM_REAL_FILES")
    if not given:
        sys.exit("TIZIM_REAL_FILES must name the folder of the real files")
    folder = Path(given)
    if NEVER & CORE:
        sys.exit(f"the core must not carry {sorted(prop.value for prop in NEVER & CORE)}")
    documents: list[tuple[DocumentFacts, str, list[EntryReading]]] = []
    for name in LEDGER_FILES:
        path = folder / "ledger" / name
        facts, records = ledger.SOURCE.read(path.read_bytes(), name)
        readings = list(ledger.SOURCE.readings(ledger.bundle_only(records)))
        documents.append((facts, Method.TYPED_IN.value, readings))
    un = source("un-sc")
    for path in sorted((folder / "lists" / "un-sc").glob("*.xml.gz")):
        facts, records = un.read(gzip.decompress(path.read_bytes()), path.name)
        documents.append((facts, Method.READ.value, list(un.readings(records))))
    write(TARGET, documents)
    print(f"{TARGET.name}: {len(documents)} documents, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
