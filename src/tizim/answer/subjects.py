"""Who a question is about: an id, a reference number or a name in any script, with all that is tied to it."""

import bisect
import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from tizim.domain.dates import AsOf, Basis
from tizim.domain.names import Kind
from tizim.domain.statements import Property
from tizim.errors import BadInput, NotFound
from tizim.register.view import NameRow, Tie, View, stands
from tizim.sources import catalogue
from tizim.sources.un_sc.references import regime_of_reference, renumbered
from tizim.text import fold

LEDGER = "ledger:"
WHOLE_LIST = "ledger:*"
"""the subject of statements about a list as a whole"""


class Judgement(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A judgement that ties two records to one subject, and whose it is."""

    subject: str
    same_as: str
    author: str


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """A subject as known: its id, its records' subjects, the judgements that tie them, and the names known."""

    id: str
    keys: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    names: tuple[NameRow, ...]
    asked: str
    """the words by which it was asked for; empty if nobody did"""

    @property
    def main_name(self) -> str:
        """The name to call it by: the ledger's, else the first a list prints, else the words of the question."""
        ordered = sorted(self.names, key=lambda row: (not row.subject.startswith(LEDGER), row.property != "name"))
        return ordered[0].text if ordered else self.asked or self.id


class Clusters:
    """Which records are one subject, by the judgements known."""

    def __init__(self, view: View, as_of: AsOf | None) -> None:
        self._rests_on = view.rests_on
        self._ties = ties_of(view)
        self._moments: Mapping[str, Sequence[int]] = view.shared.once("moments of ties", lambda: _moments(self._ties))
        self._recorded_by = as_of.known_us if as_of is not None and as_of.basis is Basis.RECORDED else None
        # Between two moments at which ties of its records changed a cluster is the same, whoever asks for it.
        self._walked: dict[tuple[str, int], _Cluster] = view.shared.once("clusters", dict)

    def of(self, subject: str) -> tuple[tuple[str, ...], tuple[Judgement, ...]]:
        """Every record subject tied to *subject*, itself included, and the judgements between them."""
        self._rests_on("c", subject)
        if subject not in self._ties:
            return (subject,), ()
        found = self._cluster(subject)
        return found.keys, found.judgements

    def id_of(self, subject: str) -> str:
        """The public id: the ledger's organisation id where a judgement ties one, else the record's own."""
        self._rests_on("c", subject)
        return self._cluster(subject).id if subject in self._ties else subject.removeprefix(LEDGER)

    def moments_of(self, subjects: Iterable[str]) -> tuple[int, ...]:
        """The moments at which the clusters of *subjects* changed."""
        own = {id(found): found for subject in subjects if (found := self._moments.get(subject)) is not None}
        return tuple(sorted({moment for found in own.values() for moment in found}))

    def place_in(self, moments: Sequence[int]) -> int:
        """A key of what was known, among *moments*: between two of them clusters are the same.

        Under *published* every judgement counts that nothing supersedes: those that count after the last moment.
        """
        return len(moments) if self._recorded_by is None else bisect.bisect_right(moments, self._recorded_by)

    def _cluster(self, subject: str) -> "_Cluster":
        place = self.place_in(self._moments[subject])
        found = self._walked.get((subject, place))
        if found is None:
            found = self._walk(subject)
            for key in found.keys:  # whoever is in it has been tied to the others at the same moments
                self._walked[key, place] = found
        return found

    def _walk(self, subject: str) -> "_Cluster":
        seen, todo, used = {subject}, [subject], {}
        while todo:
            for tie in self._joining(todo.pop()):
                used[tie.subject, tie.other, tie.author] = tie
                for end in (tie.subject, tie.other):
                    if end not in seen:
                        seen.add(end)
                        todo.append(end)
        judgements = tuple(
            Judgement(subject=tie.subject, same_as=tie.other, author=tie.author) for _, tie in sorted(used.items())
        )
        keys = tuple(sorted(seen))
        return _Cluster(keys=keys, judgements=judgements, id=public_id(keys))

    def _joining(self, subject: str) -> Iterator[Tie]:
        """The judgements that tie *subject* to another: of those on one pair the last recorded decides, whoever's
        it is; *different* and *unsure* tie nothing, and prevail over a *same* of the same moment.
        """
        standing = [tie for tie in self._ties.get(subject, ()) if stands(tie, self._recorded_by)]
        if len(standing) == 1:
            yield from (tie for tie in standing if tie.verdict == "same")
            return
        pairs: dict[frozenset[str], list[Tie]] = defaultdict(list)
        for tie in standing:
            pairs[frozenset((tie.subject, tie.other))].append(tie)
        for ties in pairs.values():
            last = max(ties, key=lambda tie: (tie.known_us, tie.verdict != "same"))
            if last.verdict == "same":
                yield from (tie for tie in ties if tie.verdict == "same")


class _Cluster(msgspec.Struct, frozen=True, gc=False):
    """Records that are one subject, as known."""

    keys: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    id: str


def _moments(ties: Mapping[str, Sequence[Tie]]) -> dict[str, tuple[int, ...]]:
    """For each subject of ties, the moments at which the ties between all records ever tied to it changed."""
    found: dict[str, tuple[int, ...]] = {}
    for begun in ties:
        if begun in found:
            continue
        seen, todo, moments = {begun}, [begun], set()
        while todo:
            for tie in ties[todo.pop()]:
                moments |= {tie.known_us} if tie.superseded_us is None else {tie.known_us, tie.superseded_us}
                for end in (tie.subject, tie.other):
                    if end not in seen:
                        seen.add(end)
                        todo.append(end)
        found |= dict.fromkeys(seen, tuple(sorted(moments)))
    return found


def ties_of(view: View) -> Mapping[str, Sequence[Tie]]:
    """The judgements recorded, and what follows from the numbers that publishers print: each is its publisher's
    word that two records are one subject. An answer rests on the ties of the subjects that it asks `Clusters` for.
    """
    with view.aside():
        found = view.shared.memo.get("ties")
        if not isinstance(found, dict):
            found = {subject: list(ties) for subject, ties in view.ties().items()}
            renumbered_as = list(_renumberings(view))
            for tie in (*renumbered_as, *_clear(_printed(view), renumbered_as)):
                found.setdefault(tie.subject, []).append(tie)
                found.setdefault(tie.other, []).append(tie)
            view.shared.memo["ties"] = found
    return found


def _printed(view: View) -> Iterator[Tie]:
    """Ties by a number of another list that an entry prints; one from before March 2015 is its entry's of today."""
    rows = view.printed_numbers()
    others = {other for _, other, _, _ in rows}
    held = set(view.subjects_among(sorted(others))) if others else set()
    today = {other: f"{_COUNCIL}:{renumbered(other.partition(':')[2])}" for other in others - held}
    held |= set(view.subjects_among(sorted(today.values()))) if today else set()
    for subject, other, line, known_us in rows:
        target = other if other in held else today[other]
        if target in held and target != subject:
            yield Tie(subject, target, "same", line, known_us, None)


def _clear(printed: Iterable[Tie], renumberings: Iterable[Tie]) -> Iterator[Tie]:
    """Those of the *printed* numbers that name one entry: a misprint must not make two entries of a list one.

    A number that several entries of a publisher print ties none of them, unless they are kept by that number
    itself; nor do the numbers of an entry that prints two of one list, unless both are one entry's there.
    """
    ties = list(printed)
    same = {frozenset((tie.subject, tie.other)) for tie in renumberings}
    printing: dict[tuple[str, str], set[str]] = defaultdict(set)
    printed_by: dict[tuple[str, str], set[str]] = defaultdict(set)
    for tie in ties:
        source, _, key = tie.subject.partition(":")
        if key.rpartition(":")[2] != tie.other.partition(":")[2]:
            printing[source, tie.other].add(tie.subject)
        printed_by[tie.subject, _numbering(tie.other)].add(tie.other)
    for tie in ties:
        others = printed_by[tie.subject, _numbering(tie.other)] - {tie.other}
        is_alone = len(printing[tie.subject.partition(":")[0], tie.other]) < 2
        if is_alone and all(frozenset((tie.other, other)) in same for other in others):
            yield tie


def _numbering(subject: str) -> str:
    """Whose numbers they are: for the Security Council's, those of one regime."""
    source, _, key = subject.partition(":")
    return f"{source}:{regime_of_reference(key) or ''}" if source == _COUNCIL else source


def _renumberings(view: View) -> Iterator[Tie]:
    """Ties between the numbers of the Security Council's entries: by their database number, and by the serial
    number, which stayed where the database number changed too. Only files of single committees show the numbers
    of before, so there is nothing to derive where none is held.
    """
    if not any(line.startswith(_COMMITTEES) for line in view.lines_held()):
        return
    numbered: dict[str, dict[str, int]] = defaultdict(dict)
    known: dict[str, int] = {}
    for number, subject, known_us in view.said_first(Property.DATA_ID, f"{_COUNCIL}:"):
        numbered[number][subject] = max(known_us, numbered[number].get(subject, 0))
        known[subject] = min(known_us, known.get(subject, known_us))
    tied = set()
    for number, subjects in sorted(numbered.items()):
        (first, first_us), *others = sorted(subjects.items())
        for other, known_us in others:
            tied |= {first, other}
            yield Tie(first, other, "same", f"{_COUNCIL} (DATAID {number})", max(known_us, first_us), None)
    for subject in sorted(known.keys() - tied):
        today = renumbered(subject.partition(":")[2])
        other = f"{_COUNCIL}:{today}"
        if today is not None and other in known:
            moment = max(known[subject], known[other])
            yield Tie(other, subject, "same", f"{_COUNCIL} (serial number)", moment, None)


_COUNCIL, _COMMITTEES = "un-sc", "un-sc-committee"


def public_id(keys: Iterable[str]) -> str:
    """The id of a cluster: the ledger's organisation id if it has one, else its first record's.

    First are the records whose numbers others print, and of them the Security Council's numbers of today: so the
    id is the same whoever else's list is kept beside.
    """
    ordered = sorted(keys, key=_rank)
    own = [key.removeprefix(LEDGER) for key in ordered if key.startswith(LEDGER)]
    return own[0] if own else ordered[0]


_POINTED_AT: Final = ("un-sc", "us-ofac")
"""whose numbers others print, the first before the second"""


def _rank(key: str) -> tuple[int, bool, str]:
    source, _, number = key.partition(":")
    rank = _POINTED_AT.index(source) if source in _POINTED_AT else len(_POINTED_AT)
    return rank, renumbered(number) is not None, key


def find(view: View, text: str, as_of: AsOf | None) -> Subject:
    """The subject that *text* names: an id, a reference number, or a name in any script.

    Raises `NotFound` with the nearest names, or `BadInput` if the name is that of several subjects.
    """
    key = (text, view.knowledge(as_of))
    return view.shared.recent("subjects found", key, lambda: _find(view, text, as_of), _SUBJECTS)


_SUBJECTS: Final = 1_024
"""words by which subjects were asked for that are remembered"""


def _find(view: View, text: str, as_of: AsOf | None) -> Subject:
    clusters = Clusters(view, as_of)
    found = _by_id(view, text) or view.subject_with_key(text.strip().rstrip(".")) or _by_name(view, text)
    groups = {clusters.of(key)[0] for key in found if not is_no_subject(key)}
    if not groups:
        raise NotFound(_nothing(view, text))
    if len(groups) > 1:
        groups = _ledger_first(groups)
    if len(groups) > 1:
        listed = "; ".join(sorted(f"{public_id(keys)} ({subject(view, keys, (), as_of).main_name})" for keys in groups))
        raise BadInput(f"'{text}' is a name of several subjects: ask for one by its id: {listed}")
    keys = groups.pop()
    return subject(view, keys, clusters.of(keys[0])[1], as_of, asked=text.strip())


def subject(
    view: View, keys: tuple[str, ...], judgements: tuple[Judgement, ...], as_of: AsOf | None, *, asked: str = ""
) -> Subject:
    """The subject made of the records *keys*, with the names known."""
    names = tuple(view.names_of(keys, as_of))
    return Subject(id=public_id(keys), keys=keys, judgements=judgements, names=names, asked=asked)


def kind_of(view: View, keys: Iterable[str]) -> Kind:
    """What the records say the subject is."""
    for row in view.headlines_of(keys):
        if row.kind:
            return Kind(row.kind)
    return Kind.UNKNOWN


def _by_id(view: View, text: str) -> list[str]:
    wanted = text.strip()
    # An id as it stands, one of the ledger's, or a reference number as a source's key.
    ids = (
        wanted,
        LEDGER + wanted,
        LEDGER + wanted.lower(),
        *(f"{source}:{wanted}" for source in catalogue.SOURCES),
    )
    found = view.subjects_among(ids)
    return [key for key in ids if key in found][:1]


def _by_name(view: View, text: str) -> list[str]:
    if not fold(text):
        raise BadInput(f"'{text}' has no letters to look for")
    exact = view.subjects_called(text)
    if exact:
        return exact
    return sorted({row.subject for row in view.names_with(text)})


def _ledger_first(groups: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Among several, those with an id in the ledger, if there is just one: the others are its namesakes."""
    own = {keys for keys in groups if any(key.startswith(LEDGER) for key in keys)}
    return own if len(own) == 1 else groups


def is_no_subject(key: str) -> bool:
    """Whether statements filed under *key* are about a list as a whole, a topic, an article or a claim of nobody
    known, and so about no subject.
    """
    return key.startswith(("list:", "topic:", "article:", "claim:")) or key == WHOLE_LIST


def _nothing(view: View, text: str) -> str:
    # Ids made of names: a number that is like another is no hint of it.
    ids = [key.removeprefix(LEDGER) for key in view.all_subjects(LEDGER) if not is_no_subject(key)]
    near = difflib.get_close_matches(text.strip().lower(), ids, n=3, cutoff=0.6)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    return f"no subject called '{text}' in this register{hint}"


def main_names(view: View, keys: Mapping[str, tuple[str, ...]], as_of: AsOf) -> Mapping[str, str]:
    """A name to call each cluster by, all in one query; of a few clusters remembered, for no day changes it."""
    if len(keys) > _FEW:
        named = names_by_record(view, {key for cluster in keys.values() for key in cluster}, as_of)
        return {name_id: main_name(cluster, named) or name_id for name_id, cluster in keys.items()}
    view.rests_on_names(key for cluster in keys.values() for key in cluster)
    with view.aside():
        known: dict[tuple[str, ...], str] = view.shared.recent("main names", view.knowledge(as_of), dict, _TIMES)
        missing = {cluster for cluster in keys.values() if cluster not in known}
        if missing:
            named = names_by_record(view, {key for cluster in missing for key in cluster}, as_of)
            found = {cluster: main_name(cluster, named) for cluster in missing}
            if len(known) < _NAMED:
                known.update(found)
            else:
                known = {**known, **found}
    return {name_id: known[cluster] or name_id for name_id, cluster in keys.items()}


_FEW: Final = 1_000
"""clusters whose names are remembered; who asks for those of more asks but once"""
_TIMES: Final = 8
"""times of knowing of which names are remembered"""
_NAMED: Final = 20_000
"""clusters whose names are remembered for one of them"""


def names_by_record(view: View, keys: Iterable[str], as_of: AsOf) -> Mapping[str, Sequence[NameRow]]:
    """The names known of each record, all in one query."""
    found: dict[str, list[NameRow]] = defaultdict(list)
    for row in view.names_of(keys, as_of):
        found[row.subject].append(row)
    return found


def main_name(cluster: Iterable[str], named: Mapping[str, Sequence[NameRow]]) -> str:
    """The name to call a cluster by: the ledger's, else the first that a list prints as its name; or nothing."""
    rows = [row for key in cluster for row in named.get(key, ())]
    best = min(
        rows, key=lambda row: (not row.subject.startswith(LEDGER), row.property != Property.NAME.value), default=None
    )
    return best.text if best is not None else ""
