"""Makers of invented audits: you state only what a test is about."""

import datetime as dt

from tizim.answer.grounds import told
from tizim.answer.members import Member
from tizim.audit.findings import Audit, Difference, Finding, FindingKind, Side
from tizim.domain.dates import AsOf, Basis
from tizim.domain.listing import Status
from tizim.domain.lists import ListId, OfficialList
from tizim.text import script_of

DAY = dt.date(2031, 5, 4)
KNOWN = dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)
HOME = OfficialList(id=ListId("xx-list"), jurisdiction="XX", name="Home List of the Land of X")
WORLD = OfficialList(id=ListId("zz-world"), jurisdiction="", name="World List Z")
AT = AsOf(valid_at=DAY, known_at=KNOWN, basis=Basis.RECORDED)


def a_side(name: str, *, on: OfficialList = HOME, reference: str = "", **stated) -> Side:
    """An entry called *name*; *stated* are fields of its member, or ``names``, ``act`` and ``statements``."""
    names = (name, *stated.pop("names", ()))
    act, statements = stated.pop("act", ""), stated.pop("statements", (f"S-{on.id}-{name[:6]}",))
    plain = {
        "subject": f"{on.id}:{reference or name}", "status": Status.LISTED, "since": "2030-02-01", "kind": "person",
        "listed_on": "2030-02-01", "last_observed": dt.date(2031, 5, 1), "overdue": False, "review_due": None,
        "carrier": "", "keys": (), "by_judgement_of": (), "list": on.id,
    }  # fmt: skip
    return Side(
        member=Member(name=name, reference=reference, **plain | stated),
        names=names, original_names=tuple(one for one in names if script_of(one) != "Latn"),
        statements=statements, act=act,
    )  # fmt: skip


def a_finding(kind: FindingKind | str, national: Side | None = None, reference: Side | None = None, **stated):
    """A finding of *kind*; *stated* are fields that the test is about, or its ``reasons`` in words."""
    reasons = stated.pop("reasons", ("a reason invented for this test",))
    plain = {
        "rivals": (), "grounds": tuple(told(text) for text in reasons), "differences": (), "judged_by": (),
        "score": None, "associated": 0, "associated_on": "", "lag_days": None, "action": "look at it",
        "basis_needed": "an act of the Council of X",
    }  # fmt: skip
    return Finding(kind=FindingKind(kind), national=national, reference=reference, **plain | stated)


def an_audit(*findings: Finding, **stated) -> Audit:
    """An audit of the invented home list against the invented world list."""
    plain = {
        "national": HOME, "reference": WORLD, "as_of": AT, "reference_as_of": AT,
        "national_observed": dt.date(2031, 5, 1), "reference_observed": dt.date(2031, 4, 30),
        "national_stale": False, "reference_stale": False, "seen": 4711,
    }  # fmt: skip
    return Audit(findings=findings, **plain | stated)


def one_of_each() -> Audit:
    """An audit with a finding of every class, in several scripts."""
    review = dt.date(2031, 1, 31)
    return an_audit(
        a_finding("expired", a_side("Lapsed League", status=Status.EXPIRED, since="2030-03")),
        a_finding("overdue", a_side("Late Lodge", overdue=True, review_due=review, reference="X.7")),
        a_finding(
            "extra", a_side("Вымышленный Союз", since="", status=Status.NOT_OBSERVED, act="Ruling No. 9 of Court X")
        ),
        a_finding(
            "members_only", a_side("Circle of Nowhere"), associated=3, associated_on="zz-circle",
            basis_needed="", action="",
        ),
        a_finding("missing", None, a_side("Unlisted Union", on=WORLD, reference="ZZe.5", names=("اتحادیه خیالی",))),
        a_finding(
            "ambiguous", a_side("Common Name"),
            rivals=(a_side("Common Name", on=WORLD, reference="ZZi.1"), a_side("Komon Neim", on=WORLD)),
        ),
        a_finding(
            "differing", a_side("אגודה בדויה"), a_side("Made-up Society", on=WORLD, reference="ZZe.8"),
            differences=(Difference(what="birth date", national="1970-01-01", reference="1970"),), score=0.9312,
            lag_days=37,
        ),
        a_finding("same", a_side("Same Society"), a_side("Same Society", on=WORLD), judged_by=("ledger",), lag_days=-1),
    )  # fmt: skip


def many(number: int) -> Audit:
    """An audit of *number* findings, as long as real ones."""
    made = []
    for place in range(number):
        own = a_side(f"Invented Organisation {place}", reference=f"X.{place}", names=("Вымышленная организация",))
        other = a_side(f"Invented Organization {place}", on=WORLD, reference=f"ZZe.{place}", names=("منظمة وهمية",))
        kind = ("extra", "missing", "same")[place * 3 // number]
        sides = {"extra": (own, None), "missing": (None, other), "same": (own, other)}[kind]
        made.append(a_finding(kind, *sides, reasons=("no entry was found for it, by number, judgement or name",) * 2))
    return an_audit(*made)
