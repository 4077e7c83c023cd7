"""What answers rest on: a reading of the register that keeps account of everything that was asked of it.

A page rests on what was read while it was made. If none of that has changed in the register since, neither has the
page, and it need not be made again. What was read is named by words, such as ``s un-sc:QDe.004`` (all rows about a
subject) or ``h un-1267`` (the entries of a list); ``marks.py`` says of each whether it changed between two heads.

| word | what was read |
| --- | --- |
| ``s SUBJECT`` | every row about the records of a subject |
| ``m SUBJECT`` | the names of the records of a subject |
| ``c SUBJECT`` | which records are one subject with it |
| ``n WORDS`` | which names hold the folded words |
| ``k KEY`` | which records are called by an id or number |
| ``a`` | which subjects there are |
| ``h LIST`` | entries of a list, of all documents |
| ``e LINE`` | the records of a line of documents |
| ``l LINE LAYER`` | the documents of a line, as read in a layer |
| ``L`` | which lines there are |
| ``d ID`` | the facts of one document |
| ``D LINE`` | the documents of a line, and when their bytes came |
| ``H SHA256`` | the documents that have a hash, and their facts |
| ``D`` | every document |
| ``w`` | of which lines all documents were known |
| ``f KIND LIST`` | statements of a kind about a list |
| ``f KIND`` | every statement of a kind |
| ``v KEY`` | statements that make a claim |
| ``t SHA256`` | statements that stand by the word of a document |
| ``P KIND`` | claims of a kind that any entry makes, for a few kinds |
| ``o SUBJECT`` | relations that are printed to a subject |
| ``*`` | something of which no better account is kept: it changes whenever the register grows |

Whoever makes pages adds words of its own by `View.rests_on`. Words of many subjects of one publisher become one:
``S un-sc`` for ``s``, ``C un-sc`` for ``c``, ``M un-sc`` for ``m``; and so do those of many
pages of one kind, ``X subjects`` for ``x``.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy.engine import Connection

from tizim.domain.dates import AsOf
from tizim.domain.documents import Layer
from tizim.domain.lists import ListId
from tizim.domain.statements import Property
from tizim.register.view import Doc, Fact, Headline, Line, Made, NameRow, Shared, SightedClaim, Tie, View
from tizim.text import fold

EVERYTHING: Final = "*"
FOLLOWED: Final = frozenset({Property.EXPIRES_ON, Property.DATA_ID})
"""kinds of claims that are asked for from all entries at once"""
NAMING: Final = frozenset(prop.value for prop in (Property.NAME, Property.ALIAS, Property.ORIGINAL_NAME))
"""kinds of claims that are names: many pages call a subject by its name and tell nothing else of it"""
MOST: Final = 200
"""words of subjects of one publisher that are kept one by one"""
COARSE: Final = {"s ": ("S ", ":"), "m ": ("M ", ":"), "c ": ("C ", ":"), "x ": ("X ", "/")}


class Account:
    """What was read since the account was last taken."""

    def __init__(self) -> None:
        self._read: list[str | frozenset[str]] = []

    def note(self, word: str) -> None:
        """Something was read."""
        self._read.append(word)

    def note_all(self, words: frozenset[str]) -> None:
        """What an answer rests on that was remembered."""
        if words:
            self._read.append(words)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Keep a separate account meanwhile, of which nothing is left afterwards but what was remembered by it."""
        before, self._read = self._read, []
        try:
            yield
        finally:
            self._read = before

    def place(self) -> int:
        """How far the account goes now, for `since`."""
        return len(self._read)

    def since(self, place: int) -> frozenset[str]:
        """What was read since *place*."""
        found: set[str] = set()
        for one in self._read[place:]:
            if isinstance(one, str):
                found.add(one)
            else:
                found |= one
        return compact(found)

    def take(self) -> frozenset[str]:
        """What was read since the last time, and begin anew."""
        found = self.since(0)
        self._read.clear()
        return found


def compact(words: set[str]) -> frozenset[str]:
    """The same with one word for many subjects of one publisher."""
    if len(words) <= MOST:
        return frozenset(words)
    groups: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if word[:2] in COARSE:
            groups[coarse(word)].append(word)
    for group, own in groups.items():
        if len(own) > MOST or group in words:
            words.difference_update(own)
            words.add(group)
    return frozenset(words)


def coarse(word: str) -> str:
    """The word that stands for all subjects of the publisher of one, or for all pages of a kind."""
    group, between = COARSE[word[:2]]
    return group + word[2:].partition(between)[0]


class _Memo(dict[object, object]):
    """Derived values, each with what it rests on: whoever uses it rests on the same.

    A value is looked for first and set when it has been made, so what is read between the two is what it rests on.
    """

    def __init__(self, account: Account) -> None:
        super().__init__()
        self._account = account
        self._begun: dict[object, int] = {}
        self._rests_on: dict[object, frozenset[str]] = {}

    def get(self, key: object, default: Any = None) -> Any:  # noqa: ANN401 - as a dictionary has it
        """The value, if it is there; else what is read from now on is what it will rest on."""
        found = super().get(key)
        if found is None:
            self._begin(key)
            return default
        self._account.note_all(self._rests_on.get(key, frozenset()))
        return found

    def __contains__(self, key: object) -> bool:
        found = super().__contains__(key)
        if not found:
            self._begin(key)
        return found

    def __getitem__(self, key: object) -> object:
        found = super().__getitem__(key)
        self._account.note_all(self._rests_on.get(key, frozenset()))
        return found

    def __setitem__(self, key: object, value: object) -> None:
        begun = self._begun.pop(key, None)
        if begun is not None:
            self._rests_on[key] = self._account.since(begun)
        super().__setitem__(key, value)

    def _begin(self, key: object) -> None:
        self._begun[key] = self._account.place()


class _Shared(Shared):
    """What one reading remembers, with what each of it rests on."""

    def __init__(self, head: int, account: Account) -> None:
        super().__init__(head)
        self._account = account
        self.memo = _Memo(account)

    def recent(self, slot: str, key: object, make: Callable[[], Made], most: int) -> Made:
        """As `Shared` has it."""
        place = self._account.place()

        def noted() -> tuple[Made, frozenset[str]]:
            made = make()
            return made, self._account.since(place)

        found, words = super().recent(slot, key, noted, most)
        self._account.note_all(words)
        return found


class Accounted(View):
    """A reading that keeps account of what was asked of it. For one thread."""

    def __init__(self, connection: Connection, head: int, account: Account) -> None:
        super().__init__(connection, _Shared(head, account))
        self.account = account
        self.connection = connection
        self._aside = account.aside

    def rests_on(self, kind: str, key: str) -> None:
        """Note it."""
        self.account.note(f"{kind} {key}")

    def rests_on_names(self, subjects: Iterable[str]) -> None:
        """Note them as `names_of` does."""
        self._subjects(subjects)
        self.account.note("w")

    def aside(self) -> Any:  # noqa: ANN401 - a context manager
        """Note nothing meanwhile."""
        return self._aside()

    def _subjects(self, subjects: Iterable[str], what: str = "s") -> list[str]:
        every = list(subjects)
        for one in every:
            self.account.note(f"{what} {one}")
        return every

    # -- documents -------------------------------------------------------------------------------

    def first_recorded(self) -> Any:  # noqa: ANN401 - as View has it; it never changes
        """As `View` has it."""
        with self._aside():
            return super().first_recorded()

    def last_learned(self) -> Any:  # noqa: ANN401 - as View has it
        """As `View` has it: every new document moves it."""
        self.account.note("D")
        with self._aside():
            return super().last_learned()

    def documents(self) -> tuple[Doc, ...]:
        """As `View` has it."""
        self.account.note("D")
        with self._aside():
            return super().documents()

    def documents_of(self, source: str) -> tuple[Doc, ...]:
        """As `View` has it."""
        self.account.note(f"D {source}")
        with self._aside():
            return super().documents_of(source)

    def documents_with(self, sha256: str) -> tuple[Doc, ...]:
        """As `View` has it."""
        self.account.note(f"H {sha256}")
        with self._aside():
            return super().documents_with(sha256)

    def document(self, number: int) -> Doc | None:
        """As `View` has it."""
        self.account.note(f"d {number}")
        with self._aside():
            return super().document(number)

    def knowledge(self, as_of: AsOf | None) -> tuple[object, ...]:
        """As `View` has it: a key for what was known, and nothing that is told."""
        with self._aside():
            return super().knowledge(as_of)

    def hash_of(self, sequence: int) -> str:
        """As `View` has it: rows are never changed, and a page asks of none that has not come."""
        with self._aside():
            return super().hash_of(sequence)

    def touched(self, after: int) -> frozenset[str] | None:
        """Not of a page: it rests on the whole log, so no account of less would be true. Raises `TypeError`."""
        raise TypeError(f"what the log tells after its row {after} is nothing that pages are made of")

    def readings_held(self, source: str) -> int:
        """As `View` has it."""
        self.account.note(f"l {source} {int(Layer.CORE)}")
        with self._aside():
            return super().readings_held(source)

    def line(self, source: str, as_of: AsOf, layer: Layer = Layer.CORE) -> Line:
        """As `View` has it."""
        self.account.note(f"l {source} {int(layer)}")
        with self._aside():
            return super().line(source, as_of, layer)

    def lines_held(self) -> tuple[str, ...]:
        """As `View` has it."""
        self.account.note("L")
        with self._aside():
            return super().lines_held()

    def covered(self, document: Doc, layer: Layer, as_of: AsOf | None = None) -> bool:
        """As `View` has it."""
        self.account.note(f"l {document.source} {int(layer)}")
        with self._aside():
            return super().covered(document, layer, as_of)

    # -- entries of lists ------------------------------------------------------------------------

    def headlines(
        self, source: str, lists: Sequence[ListId], moments: Sequence[int], begun: tuple[str, str] | None
    ) -> list[Headline]:
        """As `View` has it."""
        for one in lists:
            self.account.note(f"h {one}")
        with self._aside():
            return super().headlines(source, lists, moments, begun)

    def headlines_on(self, list_id: ListId) -> Sequence[Headline]:
        """As `View` has it."""
        self.account.note(f"h {list_id}")
        with self._aside():
            return super().headlines_on(list_id)

    def redated(self, lists: Sequence[ListId]) -> set[tuple[str, int]]:
        """As `View` has it."""
        for one in lists:
            self.account.note(f"h {one}")
        with self._aside():
            return super().redated(lists)

    def headlines_of(self, subjects: Iterable[str], lists: Sequence[ListId] = ()) -> list[Headline]:
        """As `View` has it."""
        every = self._subjects(subjects)
        with self._aside():
            return super().headlines_of(every, lists)

    def memberships(
        self, lists: Sequence[ListId], entry_ids: Iterable[int]
    ) -> dict[tuple[str, int], list[tuple[int, int]]]:
        """As `View` has it. The entries come from headlines, which the account has already: both change together."""
        with self._aside():
            return super().memberships(lists, entry_ids)

    def entries(self, source: str) -> dict[int, tuple[str, str]]:
        """As `View` has it."""
        self.account.note(f"e {source}")
        with self._aside():
            return super().entries(source)

    def claims(self, subjects: Iterable[str], properties: Collection[str] | None = None) -> list[SightedClaim]:
        """As `View` has it."""
        wanted = None if properties is None else frozenset(properties)
        every = self._subjects(subjects, "m" if wanted is not None and wanted <= NAMING else "s")
        with self._aside():
            return super().claims(every, wanted)

    def entries_of(self, subjects: Iterable[str]) -> dict[int, tuple[str, str, str]]:
        """As `View` has it."""
        every = self._subjects(subjects)
        with self._aside():
            return super().entries_of(every)

    def subjects_saying(self, claim_key: int) -> list[str]:
        """As `View` has it."""
        self.account.note(f"v {claim_key}")
        with self._aside():
            found = super().subjects_saying(claim_key)
        return self._subjects(found)

    def places(self, claims: Iterable[int]) -> dict[int, str]:
        """As `View` has it. Where a claim stands never changes, and the claims come from what the account has."""
        with self._aside():
            return super().places(claims)

    def differing(self, source: str, first: int, second: int) -> list[SightedClaim]:
        """As `View` has it."""
        self.account.note(EVERYTHING)
        with self._aside():
            return super().differing(source, first, second)

    def saying(self, prop: Property, moment: int, entry_ids: Iterable[int]) -> set[int]:
        """As `View` has it."""
        self.account.note(EVERYTHING)
        with self._aside():
            return super().saying(prop, moment, entry_ids)

    # -- facts -----------------------------------------------------------------------------------

    def facts(
        self,
        prop: Property,
        as_of: AsOf | None,
        *,
        subjects: Iterable[str] | None = None,
        lists: Sequence[ListId] | None = None,
    ) -> list[Fact]:
        """As `View` has it."""
        wanted = None if subjects is None else self._subjects(subjects)
        if wanted is None and lists is None:
            self.account.note(f"f {prop.value}")
        elif wanted is None:
            for one in lists or ():
                self.account.note(f"f {prop.value} {one}")
        with self._aside():
            return super().facts(prop, as_of, subjects=wanted, lists=lists)

    def relations(self, others: Iterable[str]) -> list[tuple[Fact, str, int, int]]:
        """As `View` has it."""
        every = list(others)
        for one in every:
            self.account.note(f"o {one}")
        with self._aside():
            return super().relations(every)

    def ties(self) -> dict[str, list[Tie]]:
        """As `View` has it."""
        self.account.note(f"f {Property.JUDGEMENT.value}")
        with self._aside():
            return super().ties()

    def printed_numbers(self) -> list[tuple[str, str, str, int]]:
        """As `View` has it."""
        self.account.note(f"f {Property.CROSS_REFERENCE.value}")
        with self._aside():
            return super().printed_numbers()

    def said_first(self, prop: Property, prefix: str) -> list[tuple[str, str, int]]:
        """As `View` has it."""
        self.account.note(f"P {prop.value}" if prop in FOLLOWED else EVERYTHING)
        with self._aside():
            return super().said_first(prop, prefix)

    # -- finding ---------------------------------------------------------------------------------

    def subjects_called(self, name: str) -> list[str]:
        """As `View` has it."""
        self.account.note(f"n {fold(name)}")
        with self._aside():
            found = super().subjects_called(name)
        return self._subjects(found)

    def names_called(self, names: Iterable[str]) -> list[NameRow]:
        """As `View` has it."""
        wanted = list(names)
        for name in wanted:
            self.account.note(f"n {fold(name)}")
        with self._aside():
            found = super().names_called(wanted)
        self._subjects(row.subject for row in found)
        return found

    def concord(self) -> None:
        """As `View` has it; whoever looks for names afterwards notes which."""
        with self._aside():
            super().concord()

    def names_with(self, words: str) -> Iterator[NameRow]:
        """As `View` has it."""
        self.account.note(f"n {fold(words)}")
        for row in super().names_with(words):  # whoever has found enough does not read on
            self.account.note(f"s {row.subject}")
            yield row

    def names_of(self, subjects: Iterable[str], as_of: AsOf | None = None) -> list[NameRow]:
        """As `View` has it."""
        every = self._subjects(subjects, "m")
        self.account.note("w")
        with self._aside():
            return super().names_of(every, as_of)

    def known_in_part(self, as_of: AsOf) -> tuple[tuple[str, int], ...]:
        """As `View` has it."""
        self.account.note("w")
        with self._aside():
            return super().known_in_part(as_of)

    def subject_with_key(self, key: str) -> list[str]:
        """As `View` has it."""
        self.account.note(f"k {key.lower()}")
        with self._aside():
            return super().subject_with_key(key)

    def subjects_among(self, ids: Sequence[str]) -> list[str]:
        """As `View` has it."""
        with self._aside():
            found = super().subjects_among(ids)
        # Ids of publishers that are not there differ in the publisher only: one word stands for all of them.
        for one in {called(one) for one in ids if one not in found}:
            self.account.note(f"k {one}")
        return found

    def all_subjects(self, prefix: str = "") -> list[str]:
        """As `View` has it."""
        self.account.note("a")
        with self._aside():
            return super().all_subjects(prefix)


def called(subject: str) -> str:
    """By what a record is called within its publisher's, as ``k`` names it."""
    source, colon, key = subject.partition(":")
    return (key if colon else source).lower()
