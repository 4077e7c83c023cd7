"""Measure the worksheet of 3,000 findings in each of its forms, and the reading of one filled in on every row.

    PYTHONPATH=. .venv/bin/python bench/worksheet.py

The audit is an invented one, with entries as long as real ones; what making it costs is not counted.
"""

import statistics
from collections.abc import Callable

from measuring import timed, write
from tests.audit.making import many
from tests.audit.test_worksheet_read_back import DELIST, as_workbook, table_of

from tizim.audit.wire import to_json, to_lines
from tizim.audit.worksheet import filled, to_page, to_workbook

FINDINGS = 3_000
RUNS = 5


def median(function: Callable[[], object]) -> str:
    """The median of several runs, in seconds."""
    return f"{statistics.median(timed(function) for _ in range(RUNS)):.2f} s"


def main() -> None:
    """Measure and write the table."""
    audit = many(FINDINGS)
    book = to_workbook(audit)
    third = FINDINGS // 3
    written = {
        row: DELIST if not third < row - 1 <= 2 * third else DELIST | {"decision": "list"}
        for row in range(2, FINDINGS + 2)
    }
    given = as_workbook(table_of(audit, written, book=book))
    back = filled(given, "worksheet.xlsx", audit)
    rows = [
        ("workbook (XLSX)", "5 s", median(lambda: to_workbook(audit))),
        ("page (HTML)", "5 s", median(lambda: to_page(audit))),
        ("JSON", "5 s", median(lambda: to_json(audit))),
        ("text", "5 s", median(lambda: to_lines(audit))),
        (
            f"filled-in workbook read back ({len(back.filled):,} drafts, {len(back.refused)} refused)",
            "–",
            median(lambda: filled(given, "worksheet.xlsx", audit)),
        ),
    ]
    sizes = f"workbook {len(book) / 1e6:.1f} MB, page {len(to_page(audit).encode()) / 1e6:.1f} MB"
    write("worksheet.md", f"The worksheet of {FINDINGS:,} findings ({sizes})", rows)


if __name__ == "__main__":
    main()
