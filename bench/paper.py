"""How quickly dossiers and audits are put on paper, each by its command from its start.

    PYTHONPATH=. .venv/bin/python bench/paper.py [--quick] [--home DIR]

A register is made of one subject that comes and goes in a hundred copies of two lists, which print other names, numbers
and addresses of it from copy to copy, and of a thousand others on one of the lists: a dossier of more than twenty
sheets, and an audit of a thousand findings. With ``--home`` the same is done with what lies in that folder (a
``TIZIM_HOME``, only read): the subject of whom most is stated, and one of its audits. Code is compiled once, as where
tizim is installed.
"""

import datetime as dt
import statistics
import tempfile
from pathlib import Path

import pypdfium2
import sqlalchemy as sa
from measuring import options, write
from tests.makers import Ticking, a_claim, a_document, an_entry

from publish import run
from tizim.app import App
from tizim.domain.statements import Property
from tizim.register import schema as t
from tizim.settings import Settings

LANGUAGES = ("en", "fa")
FLOOR = "20 pages under 5 s with start"
DAY = "2026-11-26"
Row = tuple[str, str, str]


def filled(home: Path) -> None:
    """The register of one subject with much history, and of a thousand others."""
    app = App(Settings.read({"TIZIM_HOME": str(home)}))
    others = [
        an_entry(f"QDi.{number:04}", [a_claim(Property.LISTED_ON, "2001-10-06")], name=f"Anvar Number {number:04}")
        for number in range(1_000)
    ]
    register, clock = app.made(), Ticking(dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    for copy in range(110):
        told = [
            claim
            for own in range(3 * copy, 3 * copy + 90)
            for claim in (
                a_claim(Property.ALIAS, f"Anvar the {own}th of Testov", quality="good"),
                a_claim(Property.ADDRESS, f"{own} Long Street, House {own * 7}, Kabul", country="Afghanistan"),
                a_claim(Property.IDENTIFIER, f"AB {1_000_000 + own}", type="Passport"),
            )
        ]
        # It comes and goes, and is on two lists by turns, so that there is much to tell of each.
        on = [name for name, every in (("un-1267", 2), ("un-1988", 3)) if copy % every == 0]
        moves = [a_claim(Property.MEMBER, one) for one in on[1:]]
        subject = [an_entry("QDi.9999", [*moves, *told], on=on[0], name="Anvar Testov")] if on else []
        register.append(a_document(str(dt.date(2022, 1, 1) + dt.timedelta(days=15 * copy)), [*subject, *others]), clock)
    app.close()


def richest(home: Path) -> str:
    """The subject of whom most is stated."""
    app = App(Settings.read({"TIZIM_HOME": str(home)}))
    subject, span = t.entry.c.subject, t.span.c.entry_id
    with app.existing().view() as view:
        count = sa.func.count().label("count")
        query = sa.select(subject).join(t.span, span == t.entry.c.id).group_by(subject).order_by(count.desc())
        found = str(view._db.execute(query.limit(1)).scalar())  # noqa: SLF001 - no page asks for it
    app.close()
    return found


def printed(home: Path, what: str, floor: str, times: int, *command: str) -> Row:
    """A command several times: its median, by the clock and of the processor, and what came of it."""
    out = home.parent / "out.pdf"
    run(home, *command, "--pdf", str(out), "--as-of", DAY)  # its code is compiled
    took = [run(home, *command, "--pdf", str(out), "--as-of", DAY)[1:] for _ in range(times)]
    clock, worked = (statistics.median(one) for one in zip(*took, strict=True))
    document = pypdfium2.PdfDocument(out)
    told = f"{len(document)} pages, {out.stat().st_size / 1e6:.1f} MB"
    document.close()
    return f"{what} ({told})", floor, f"{clock:.1f} s; {worked:.1f} s of the processor"


def main() -> None:
    """Measure, and write what came of it."""
    given = options().parse_args()
    times = 1 if given.quick else 3
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "made"
        home.mkdir()
        filled(home)
        for language in LANGUAGES:
            own = ("--language", language)
            rows += [
                printed(home, f"dossier, {language}", FLOOR, times, "dossier", "un-sc:QDi.9999", *own),
                printed(home, f"audit of 1,001 findings, {language}", "", times, "audit", "kz-list", "--against",
                        "un-1267", *own),
            ]  # fmt: skip
        if given.home is not None:
            name, subject = f"register of {given.home.name}", richest(given.home)
            rows += [
                printed(given.home, f"{name}: dossier of {subject}", FLOOR, times, "dossier", subject),
                printed(given.home, f"{name}: audit of kz-list against un-sc", "", times, "audit", "kz-list",
                        "--against", "un-sc"),
            ]  # fmt: skip
    write("paper.md", "Pages on paper", rows)


if __name__ == "__main__":
    main()
