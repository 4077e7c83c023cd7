"""The tools, and what each is asked with: the schema that a client is shown is made of what is read here."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from tizim.domain.findings import FindingKind
from tizim.errors import BadInput

MOST_FINDINGS: Final = 100
_LONGEST: Final = 300
_LONGEST_DATE: Final = 40
_LONGEST_CURSOR: Final = 1_000

Subject = Annotated[
    str, Meta(min_length=1, max_length=_LONGEST, description="An id, a reference number, or a name in any script.")
]
List = Annotated[str, Meta(min_length=1, max_length=_LONGEST, description="The id of a list, such as un-1988.")]


class Dated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The two times of a question."""

    as_of: Annotated[
        str, Meta(max_length=_LONGEST_DATE, description="The day in the world, as 2024-06-03; empty: today.")
    ] = ""
    known_at: Annotated[
        str,
        Meta(max_length=_LONGEST_DATE, description="As known then: a day (its end, UTC) or an instant; empty: now."),
    ] = ""
    basis: Annotated[
        Literal["recorded", "published"] | None,
        Meta(description="Known by what was recorded here, or by what had been published; null: as fits the dates."),
    ] = None


class Ask(Dated, frozen=True, kw_only=True):
    """Was somebody on a list?"""

    subject: Subject
    list: List


class Match(Dated, frozen=True, kw_only=True):
    """Who may a name be?"""

    name: Annotated[str, Meta(min_length=1, max_length=_LONGEST, description="A name in any script and spelling.")]
    schema: Annotated[
        Literal["LegalEntity", "Person", "Organization", "Company", "PublicBody", "Vessel", "Airplane"],
        Meta(description="What the name is of, by FollowTheMoney; LegalEntity: a person or an organisation."),
    ] = "LegalEntity"
    lists: Annotated[
        tuple[List, ...], Meta(max_length=50, description="The lists to search; none: all of which anything is held.")
    ] = ()
    limit: Annotated[int, Meta(ge=1, le=20, description="How many subjects at most.")] = 5
    threshold: Annotated[
        float, Meta(ge=0, le=1, description="The lowest score to tell; scores from 0.7 on are matches.")
    ] = 0.5


class History(Dated, frozen=True, kw_only=True):
    """All listing periods of somebody."""

    subject: Subject
    statements: Annotated[bool, Meta(description="Also every statement that documents make of it; long.")] = False


class Audit(Dated, frozen=True, kw_only=True):
    """One list beside another."""

    national: List
    against: List
    kinds: Annotated[
        tuple[FindingKind, ...], Meta(max_length=len(FindingKind), description="Only these kinds; none: all.")
    ] = ()
    limit: Annotated[int, Meta(ge=0, le=MOST_FINDINGS, description="Findings at most; all are counted.")] = 25
    offset: Annotated[int, Meta(ge=0, le=1_000_000, description="Findings to pass over.")] = 0


class Lists(Dated, frozen=True, kw_only=True):
    """All lists."""


class Changes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is told otherwise than before."""

    since: Annotated[
        str,
        Meta(max_length=_LONGEST_CURSOR, description="A day, an instant, or 'next' of an earlier answer; empty: all."),
    ] = ""
    list: Annotated[str, Meta(max_length=_LONGEST, description="Only of this list; empty: of all.")] = ""
    limit: Annotated[int, Meta(ge=1, le=100, description="Changes at most.")] = 50


Arguments = Ask | Match | History | Audit | Lists | Changes


class Tool(msgspec.Struct, frozen=True, kw_only=True):
    """A tool: what it is called, what it is for, what it is asked with, and which scope of a key it takes."""

    name: str
    title: str
    description: str
    arguments: type[Arguments]
    scope: Literal["read", "screen"] = "read"

    @property
    def schema(self) -> dict[str, Any]:
        """What it is asked with, as JSON Schema."""
        (_,), found = msgspec.json.schema_components([self.arguments], ref_template="#/$defs/{name}")
        own = found.pop(self.arguments.__name__)
        own.pop("title", None)
        return {**own, "$defs": found} if found else own

    def told(self) -> dict[str, Any]:
        """The tool as plain JSON values."""
        return {
            "name": self.name, "title": self.title, "description": self.description, "scope": self.scope,
            "arguments": self.schema,
        }  # fmt: skip

    def read(self, given: Mapping[str, Any]) -> Arguments:
        """The arguments. Raises `BadInput` that says what is wrong with them and what they may be."""
        try:
            return msgspec.convert(given, self.arguments)
        except msgspec.ValidationError as error:
            known = ", ".join(self.arguments.__struct_fields__)
            raise BadInput(f"{self.name}: {error}; its arguments are {known}") from None


TOOLS: Final[Mapping[str, Tool]] = {
    one.name: one
    for one in (
        Tool(
            name="ask",
            title="Was this subject on that list?",
            description=(
                "Whether a subject was on a list on a day, as known on a day: its own entry, entries of associated"
                " subjects, other lists, measures, statements with their documents, and where sources disagree."
                " Absence from a copy is no delisting, and 'last_observed' says how old what is held is."
            ),
            arguments=Ask,
        ),
        Tool(
            name="match",
            title="Who may this name be?",
            description=(
                "Those on lists whose names are like a name in any script and spelling, with scores and reasons."
                " A like name is not yet the person: compare what else is known."
            ),
            arguments=Match,
            scope="screen",
        ),
        Tool(
            name="history",
            title="All listing periods of a subject",
            description="When a subject was on which lists, by whose decision and on whose word, with statements.",
            arguments=History,
        ),
        Tool(
            name="audit",
            title="One list beside another",
            description=(
                "Entries of a national list beside those of another: the same, extra, missing, expired, overdue,"
                " differing, ambiguous; each with reasons. Nothing is decided by it."
            ),
            arguments=Audit,
        ),
        Tool(
            name="lists",
            title="Which lists there are",
            description="Every list with its id: who decides, how many members are known, how old what is held is.",
            arguments=Lists,
        ),
        Tool(
            name="changes",
            title="What changed",
            description="What is told otherwise than at an earlier time, in pages: go on with 'next' as 'since'.",
            arguments=Changes,
        ),
    )
}
"""by name"""
