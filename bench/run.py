"""Run every benchmark; results are written to bench/results.

    .venv/bin/python bench/run.py [--quick]

The figures are medians of several runs on the machine named in each result; they are floors to be
held by hand, never tests that can fail by a busy machine.
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PARTS = (
    "register.py",
    "answers.py",
    "jobs.py",
    "lists.py",
    "worksheet.py",
    "resolve.py",
    "audit.py",
    "match_dated.py",
    "site.py",
    "publish.py",
    "export.py",
    "paper.py",
    "asking.py",
)


def main() -> None:
    """Run the parts one after another, so that none disturbs another's figures."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}  # one part shares its makers with the tests
    for part in PARTS:
        print(f"== {part}", flush=True)
        subprocess.run([sys.executable, str(HERE / part), *sys.argv[1:]], check=True, env=environment)


if __name__ == "__main__":
    main()
