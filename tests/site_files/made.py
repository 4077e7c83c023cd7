"""Small registers, and copies of their sites."""

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from tests.makers import NOON, Ticking, a_claim, a_document, an_entry, archived

from tizim.answer.times import Asked
from tizim.app import App
from tizim.audit.decide import Draft
from tizim.domain.bulletins import Approving, Drafting, Publishing
from tizim.domain.decisions import Announcement, Basis, DecisionKind
from tizim.domain.statements import EntryReading, Property, claim_key, statement_id
from tizim.publish.bulletins import proposals
from tizim.publish.whole import Choice
from tizim.register.protocol import Withholding
from tizim.settings import Settings
from tizim.site_files import Contributed, Tools, Wanted, publish
from tizim.sources.judgements import Judged, Judgements

DAY = "2026-02-01"
WITHHOLDING = Withholding(author="a court", ground="published by mistake", scope="statement", act="Order 7 of 2026")
GROUPS = ("taliban", "hts", "boz-gurd")
NAMES = {
    "A": "HAQQANI NETWORK", "B": "Tehrik-e Taliban Pakistan", "C": "Джамаат Ансаруллах", "D": "حركة طالبان",
    "E": "Ansar al-Islam & <Sons>",
}  # fmt: skip


class Small:
    """A register that grows a document at a time, by a clock of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.clock = Ticking()
        self.app = App(Settings(home=home, register_url=f"sqlite:///{home / 'register.sqlite'}"))
        self.register = self.app.made()
        self.batches = []

    def close(self) -> None:
        self.app.close()

    def keeps(self, batch) -> None:
        made = archived(self.register, batch)
        self.batches.append(made)
        self.register.append(made, self.clock)

    def shows(self, day: str, keys: str, *, also: str = "") -> None:
        """A copy of the Security Council's list with entries of these keys; *also* have a second name."""
        entries = [
            an_entry(
                key, (a_claim(Property.REFERENCE, key), a_claim(Property.LISTED_ON, "2014-05-06"),
                      *((a_claim(Property.ALIAS, f"Second Name of {key}"),) if key in also else ())),
                name=NAMES[key], on="un-1988" if key in "AB" else "un-1267",
            )
            for key in keys
        ]  # fmt: skip
        self.keeps(a_document(day, entries))

    def tells(
        self, day: str, group: str, action: str, date: str, *, on: str = "kz-list", act: str = "", note: str = ""
    ) -> None:
        """A document of the ledger with one statement about an act."""
        said = self._said(group, action, date, on=on, act=act, note=note, number=f"{day}{group}{action}{date}{on}")
        self.keeps(a_document(day, [said], source="ledger", complete=False))

    def tells_all(self, day: str, several: list[tuple[str, str, str]]) -> None:
        """A document of the ledger with several statements."""
        said = [self._said(*one, on="kz-list", act="", note="", number=f"{day}{one}") for one in several]
        self.keeps(a_document(day, said, source="ledger", complete=False))

    def _said(self, group: str, action: str, date: str, *, on: str, act: str, note: str, number: str) -> EntryReading:
        number = hashlib.sha256(number.encode()).hexdigest()[:8]
        claim = a_claim(
            Property.ACT, action, list=on, name=f"the {group}", date=date, precision="day", legal_act=act,
            source_title=f"A gazette of {date}", source_class="act", published=date, vk="V",
            announced_by="a spokesman", conflict_group=f"{group}-{on}", note=note,
        )  # fmt: skip
        named = a_claim(Property.NAME, f"The {group.title()}")
        return EntryReading(key=number, subject=f"ledger:{group}", place=f"row {number}", claims=(claim, named))

    def ties(self, left: str, right: str, verdict: str = "same") -> None:
        """A judgement on two records."""
        one, other = sorted((left, right))
        self.app.judge(
            Judgements(author="a reader", at=self.clock(), judgements=(
                Judged(left=one, right=other, verdict=verdict, grounds="by hand"),
            ))
        )  # fmt: skip

    def decides(self, subject: str, date: str, kind: DecisionKind = DecisionKind.DELIST) -> None:
        """A decision about the Kazakh list."""
        self.app.decide(
            Draft(
                kind=kind, subject=subject, list="kz-list", body="a court", effective=date, author="an auditor",
                reason="not on the Council's list",
                basis=Basis(kind="judgment", number="2-1", issuer="a court", date=date),
                announced=(Announcement(date=date, by="a spokesman"),), anyway=True,
            ),
            None,
        )  # fmt: skip

    def issues(self, number: int) -> None:
        """A bulletin, drafted and published, about one of the things that have none."""
        with self.app.asking(Asked(as_of=DAY)) as (view, at):
            waiting = proposals(view, at, dt.date(2000, 1, 1), bulletins=self.app.bulletins().bulletins)
        if not waiting:
            return
        one, moment = waiting[number % len(waiting)], self.clock()
        self.app.take_step(
            Drafting(
                bulletin=one.id, number=1, by="Ann", at=moment, language="en", facts=one.facts, own=None,
                needs_second=True,
            )
        )  # fmt: skip
        self.app.take_step(Approving(bulletin=one.id, number=2, by="Ben", at=moment))
        self.app.take_step(Publishing(bulletin=one.id, number=3, by="Ann", at=moment))

    def withholds(self, key: str) -> None:
        """The name of an entry is withheld."""
        for batch in self.batches:
            for entry in batch.entries:
                if batch.facts.source == "un-sc" and entry.key == key:
                    claim = next(one for one in entry.claims if one.property is Property.NAME)
                    statement = statement_id(claim_key("un-sc", key, claim), batch.facts.sha256)
                    self.register.withhold(statement, WITHHOLDING, self.clock)
                    return

    def copied(self, out: Path, *, languages=("en", "prs"), workers=1, as_of=DAY, now=None, **choice):
        """Bring the copy in a folder up to date."""
        asked = {name: choice.pop(name) for name in ("known_at", "basis") if name in choice}
        base = choice.pop("base", "")
        tools = Tools(url=self.app.settings.register_url, archive=self.home / "archive")
        wanted = Wanted(
            languages=tuple(languages), asked=Asked(as_of=as_of, **asked), base=base, choice=Choice(**choice)
        )
        moment = now or NOON + dt.timedelta(days=3650)
        bulletins = self.app.bulletins().bulletins
        entered = Contributed(
            decisions=tuple(sorted(self.app.last_decisions(), key=lambda one: one.id)),
            bulletins=tuple(bulletins[name] for name in sorted(bulletins)),
        )
        return publish(tools, out, wanted, entered, lambda: moment, workers=workers)


def a_small_register(home: Path, patch: pytest.MonkeyPatch) -> Small:
    """Two copies of a list, acts upon another, a judgement and a decision, all by one clock."""
    small = Small(home)
    patch.setattr("tizim.app.clock", small.clock)
    small.shows("2015-01-01", "AB")
    small.shows("2016-01-01", "ABCDE", also="B")
    small.tells("2026-01-01", "taliban", "listed", "2005-03-15", act="Judgment of 15 March 2005")
    small.tells("2026-01-02", "taliban", "delisted", "2023-12-29")
    small.tells("2026-01-03", "hts", "listed", "2010-01-01", on="kg-list")
    small.ties("ledger:hts", "un-sc:C")
    small.decides("taliban", "2024-06-03")
    small.issues(0)
    return small


def files_in(out: Path) -> dict[str, bytes]:
    """Every file of a copy but for its manifest, by its path."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".tizim-publish" not in path.parts
    }
