"""The addresses of pages. Every one carries the language, and the two times of whoever reads, where they were given."""

import functools
import re
from collections.abc import Callable, Container, Mapping
from typing import Final
from urllib.parse import quote, urlencode

import msgspec

from tizim.answer.times import Asked
from tizim.domain.dates import AsOf
from tizim.publish.forms import Form, in_form

NOW: Final = Asked()
"""no dates given: today, as known now"""


PAGING: Final = frozenset({"letter", "page"})
"""what a query says of pages that a long page goes on to; a copy of the site has these"""


class Still(msgspec.Struct, frozen=True, kw_only=True):
    """What a copy of the site as files has. There are no other pages, and none takes a query: what a query says of a
    page of the served site stands in the address of one of the copy (``letter/A/`` for ``?letter=A``).
    """

    languages: tuple[str, ...]
    has: Callable[[str], bool]
    """whether there is a page, by its address after the language: ``lists/kz-list``"""
    day_of: Callable[[str, str], str]
    """the newest day, up to a day, of which there is a page of a list; empty if there is none"""
    page_of: Callable[[str], int]
    """on which page of its document a statement stands"""
    days: Callable[[str], tuple[str, ...]]
    """the days of which there is a page of a list"""
    prefix: str = ""
    """what addresses begin with where the copy lies in a folder of its host: ``/register``"""
    answers: tuple[tuple[str, str], ...] = ()
    """questions that have an answer: subject and list"""
    folds: bool = True
    """whether addresses say what a query would: those of other forms of a page do not"""

    def address(self, language: str, path: str, day: str | None, query: Mapping[str, str]) -> str:
        """Where a page is; empty where there is none."""
        own = path.strip("/")
        if language not in self.languages or not self.has(own):
            return ""
        if any(value and name not in PAGING for name, value in query.items()):
            return ""
        at = f"at/{found}/" if day and (found := self.day_of(own, day)) else ""
        given = [(name, str(value)) for name, value in query.items() if value and self.folds]
        folded = "".join(f"{name}/{quote(value, safe='')}/" for name, value in given)
        return f"{self.prefix}/{language}/{f'{own}/' if own else ''}{at}{folded}"


class Addresses(msgspec.Struct, frozen=True, kw_only=True):
    """Where pages are, in one language and for the dates that were given. Of a copy of the site as files, the address
    of a page that it does not have is empty.
    """

    language: str
    asked: Asked = NOW
    still: Still | None = None

    # -- pages -----------------------------------------------------------------------------------

    def home(self) -> str:
        """The first page of a language."""
        return self._made("")

    def lists(self) -> str:
        """All lists."""
        return self._made("lists/")

    def list(self, list_id: str, letter: str = "", **more: str) -> str:
        """One list; of a long one the members of a letter."""
        return self._made(f"{self.path_of_list(list_id)}/", letter=letter, **more)

    @staticmethod
    def path_of_list(list_id: str) -> str:
        """The part of the address of a list that is the same in every language and on every day."""
        return f"lists/{_part(list_id)}"

    def subject(self, subject_id: str, **more: str) -> str:
        """One subject; of its statements those that *more* leaves."""
        return self._made(f"subjects/{_part(subject_id)}/", **more)

    def ask(self, subject: str = "", list_id: str = "") -> str:
        """The question whether a subject was on a list."""
        if self.still is not None and subject and list_id:
            return self._made(f"ask/{_part(list_id)}/{_part(subject)}/")
        return self._made("ask", subject=subject, list=list_id)

    def search(self, words: str = "") -> str:
        """Subjects by name."""
        return self._made("search", q="" if self.still is not None else words)

    def names(self, script: str = "", beginning: str = "") -> str:
        """All names, by script and first letters."""
        return self._made(f"names/{script}/{_part(beginning)}/" if script else "names/")

    def statement(self, statement_id: str) -> str:
        """One statement."""
        return self._made(f"statements/{_part(statement_id)}/")

    def document(self, sha256: str, page: int = 1, statement: str = "") -> str:
        """One document, by the hash of its bytes; *statement* is found on whichever of its pages has it."""
        if self.still is not None:
            page = self.still.page_of(statement) if statement else page
            own = self._made(f"documents/{_part(sha256)}/", page=str(page) if page > 1 else "")
        else:
            own = self._made(
                f"documents/{_part(sha256)}/", page=str(page) if page > 1 else "", statement=statement
            )  # fmt: skip
        return f"{own}#s-{quote(statement, safe='')}" if own and statement else own

    def changes(self, span: str = "") -> str:
        """What changed; of a year or a month (``2024``, ``2024-06``) where there is too much for one page."""
        return self._made(f"changes/{_part(span)}/" if span else "changes/")

    def reviews(self, list_id: str = "") -> str:
        """What falls due, on one list or on all."""
        return self._made("reviews/", list=list_id)

    def sources(self) -> str:
        """What is read, and how old it is."""
        return self._made("sources/")

    def claims(self, show: str = "") -> str:
        """What articles claim: what is open, or all."""
        return self._made("claims/", show=show)

    def decisions(self) -> str:
        """Decisions entered here."""
        return self._made("decisions/")

    def decision(self, decision_id: str) -> str:
        """One decision entered here."""
        return self._made(f"decisions/{_part(decision_id)}/")

    def act(self, act_id: str) -> str:
        """An act as statements tell of it."""
        return self._made(f"acts/{_part(act_id)}/")

    def listing(self, list_id: str, subject_id: str) -> str:
        """One subject on one list."""
        return self._made(f"listings/{_part(list_id)}--{_part(subject_id)}/")

    def audits(self) -> str:
        """All audits."""
        return self._made("audits/")

    def audit(self, audit_id: str) -> str:
        """One list against another."""
        return self._made(f"audits/{_part(audit_id)}/")

    def glossary(self) -> str:
        """The words of the field in every language, and where they come from."""
        return self._made("glossary/")

    def bulletins(self, page: int = 1) -> str:
        """Short texts about acts and changes, the newest first."""
        return self._made("bulletins/", page=str(page) if page > 1 else "")

    def bulletin(self, bulletin_id: str) -> str:
        """One bulletin."""
        return self._made(f"bulletins/{_part(bulletin_id)}/")

    def held(self, version: str = "") -> str:
        """Versions of bulletins that wait for a person, or one version; in no copy of the site."""
        return self._made(f"held/{_part(version)}/" if version else "held/")

    def draft(self, bulletin: str = "") -> str:
        """The form in which news is drafted, or a draft that was kept; in no copy of the site."""
        return self._made(f"draft/{_part(bulletin)}/" if bulletin else "draft/")

    def how_to_read(self) -> str:
        """What the words and marks mean."""
        return self._made("how-to-read/")

    # -- the same page otherwise -----------------------------------------------------------------

    def in_language(self, language: str) -> "Addresses":
        """The same dates in another language."""
        return msgspec.structs.replace(self, language=language)

    def on(self, day: str) -> "Addresses":
        """The same knowledge of another day."""
        return msgspec.structs.replace(self, asked=msgspec.structs.replace(self.asked, as_of=day))

    def fixed(self, as_of: AsOf) -> "Addresses":
        """The same page for good: with both days, where they were not given."""
        asked = Asked(
            as_of=as_of.valid_at.isoformat(), known_at=self.asked.known_at or as_of.known_at.date().isoformat(),
            basis=self.asked.basis,
        )  # fmt: skip
        return msgspec.structs.replace(self, asked=asked)

    def undated(self) -> "Addresses":
        """Today, as known now."""
        return msgspec.structs.replace(self, asked=NOW)

    @property
    def dates(self) -> dict[str, str]:
        """The dates as they stand in an address."""
        given = {"as_of": self.asked.as_of, "known_at": self.asked.known_at, "basis": self.asked.basis}
        return {key: value for key, value in given.items() if value}

    def whole(self) -> "Addresses":
        """Of a copy of the site the pages that have other forms: of a list by letters it is the first."""
        if self.still is None:
            return self
        return msgspec.structs.replace(self, still=msgspec.structs.replace(self.still, folds=False))

    def _made(self, path: str, **query: str) -> str:
        asked = self.asked
        if self.still is not None:
            return self.still.address(self.language, path, asked.as_of, query)
        given = (
            *query.items(), ("as_of", asked.as_of), ("known_at", asked.known_at), ("basis", asked.basis),
        )  # fmt: skip
        return f"/{self.language}/{path}{_query(given)}"


@functools.lru_cache(maxsize=1_024)  # the links of a page carry the same dates
def _query(given: tuple[tuple[str, str | None], ...]) -> str:
    """What stands after the path: those that have a value."""
    query = urlencode({key: value for key, value in given if value})
    return f"?{query}" if query else ""


def data_of(address: str) -> str:
    """The address of a page's data: the page's, with ``.json``; none where there is no page."""
    return in_form(address, Form.DATA)


_AT: Final = "at"


def unfolded(key: str, parameters: Container[str], *, dated: bool) -> tuple[str, dict[str, str]]:
    """The id in an address of a copy of the site, and what a query of the served site would say: of
    ``kz-list/at/2024-06-03/letter/A`` it is ``kz-list``, ``as_of`` and ``letter``, where *parameters* has the latter.
    """
    query: dict[str, str] = {}
    while True:
        own, _, value = key.rpartition("/")
        before, _, name = own.rpartition("/")
        if dated and name == _AT and _DAY.fullmatch(value) and before:
            query["as_of"] = value
        elif name in parameters and name not in query and value and before:
            query[name] = value
        else:
            return key, query
        key = before


_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def path_of(room: str, key: str = "") -> str:
    """The address of a page after its language, without strokes around it."""
    parts = key.split("/", 1) if room in _OF_TWO_PARTS else [key]
    return "/".join((room, *map(_part, parts))) if key else room


_OF_TWO_PARTS: Final = frozenset({"ask", "names"})
"""rooms whose keys are two: a list and a subject, a script and the first letters of names"""


def path_and_query(address: str) -> tuple[str, str]:
    """An address in its two parts."""
    path, _, query = address.partition("?")
    return path, query


def _part(text: str) -> str:
    """An id as one part of a path; ids hold colons, and those of lists of one's own a slash."""
    return quote(text, safe=":")
