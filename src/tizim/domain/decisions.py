"""Decisions: what a person enters about a listing, with the basis for it; never edited, only followed or corrected."""

import datetime as dt
import enum
import unicodedata

import msgspec

from tizim.domain.acts import Action
from tizim.domain.dates import PartialDate
from tizim.errors import BadInput


class DecisionKind(enum.StrEnum):
    """What can be decided about a subject on a list."""

    LIST = "list"
    AMEND = "amend"
    RENEW = "renew"
    RETAIN = "retain"
    SUSPEND = "suspend"
    RESUME = "resume"
    DELIST = "delist"
    ANNUL = "annul"


ACTION_OF = {
    DecisionKind.LIST: Action.LISTED,
    DecisionKind.AMEND: Action.AMENDED,
    DecisionKind.RENEW: Action.RENEWED,
    DecisionKind.RETAIN: Action.RETAINED,
    DecisionKind.SUSPEND: Action.SUSPENDED,
    DecisionKind.RESUME: Action.RESUMED,
    DecisionKind.DELIST: Action.DELISTED,
    DecisionKind.ANNUL: Action.ANNULLED,
}


class Basis(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The act that a decision rests on, or the source that tells of the decision without showing one."""

    kind: str = ""
    """what sort of act: judgment, order, regulation, resolution"""
    number: str = ""
    date: str = ""
    """partial date of the act"""
    article: str = ""
    issuer: str = ""
    text: str = ""
    """how the act is cited, where it is cited in words"""
    not_stated_by: str = ""
    """who tells of the decision without an act; exclusive of all others"""

    @property
    def cited(self) -> str:
        """The act in a line, empty if none is stated."""
        if self.text:
            return self.text
        number = f"No. {self.number}" if self.number else ""
        cited = " ".join(
            part for part in (self.issuer, self.kind, number, f"of {self.date}" if self.date else "") if part
        )
        article = f"article {self.article}" if self.article[:1].isdecimal() else self.article
        return ", ".join(part for part in (cited, article) if part)


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """That the decision was announced: on which day, by whom."""

    date: str
    by: str = ""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about one subject on one list. Dates are partial ISO dates, as far as known."""

    id: str
    kind: DecisionKind
    list: str
    subject: str
    name: str
    """the subject's name as the list has it"""
    basis: Basis
    body: str
    """who decided; empty: not known"""
    effective: str
    """from when it holds; empty: not known"""
    author: str
    """who entered it here"""
    reason: str
    recorded: dt.datetime
    decided: str = ""
    expires: str = ""
    """until when a listing or renewal runs, where the act says so"""
    announced: tuple[Announcement, ...] = ()
    published: str = ""
    needs_second: bool = False
    approved_by: str = ""
    """the second person, where one is needed; until then the decision is pending and changes nothing"""
    new_kind: str = ""
    """what the subject is, where the decision is the first that this register knows of it"""
    corrects: str = ""
    """id of the decision that this one stands in the place of"""

    @property
    def is_pending(self) -> bool:
        """Whether it still waits for a second person."""
        return self.needs_second and not self.approved_by

    @property
    def key(self) -> str:
        """What it is known by: a correction takes the place of what it corrects."""
        return self.corrects or self.id

    def checked(self) -> "Decision":
        """The decision itself. Raises `BadInput` for one that nobody could follow."""
        for field in ("list", "subject", "author"):
            if not getattr(self, field).strip():
                raise BadInput(f"a decision needs its {field}")
        dates = {"effective": self.effective, "decided": self.decided, "published": self.published}
        dates |= {"expires": self.expires, "date of the act": self.basis.date}
        dates |= {f"announcement {number}": one.date for number, one in enumerate(self.announced, start=1)}
        for name, date in dates.items():
            if date:
                try:
                    PartialDate.parse(date)
                except BadInput as error:
                    raise BadInput(f"{name}: {error}") from None
        if self.expires and self.effective:
            begins, ends = PartialDate.parse(self.effective), PartialDate.parse(self.expires)
            if ends.latest < begins.earliest:
                raise BadInput(f"it would run out on {self.expires}, before it takes effect on {self.effective}")
        if not self.basis.cited and not self.basis.not_stated_by:
            raise BadInput(
                "a decision needs its legal basis: the act (--act-kind, --act-number, --act-date, --article, or --act"
                " in words), or --basis-not-stated-by naming the source that tells of it without one"
            )
        if self.basis.cited and self.basis.not_stated_by:
            raise BadInput("a basis is stated or it is not: give the act, or --basis-not-stated-by, not both")
        if self.approved_by and self.approved_by.casefold() == self.author.casefold():
            raise BadInput(f"{self.author} entered decision {self.id}: another person must approve it")
        if self.approved_by and not self.needs_second:
            raise BadInput("only a decision that needs a second person is approved")
        return self


def is_one_person(one: str, other: str) -> bool:
    """Whether two names are one written otherwise: capitals, spaces and signs between words tell nobody apart."""
    first, second = (
        "".join(letter for letter in unicodedata.normalize("NFKC", name).casefold() if letter.isalnum())
        for name in (one, other)
    )
    return first == second
