"""The spelling guard within one text: one name under several spellings, and names close to a known official's.

A form that is like a known official's name and is not among its attested spellings is itself the alarm: it was
misspelt, misheard or mistranslated on its way. The register's form is suggested, nothing is changed in the text.
"""

from functools import lru_cache
from typing import Final

import msgspec

from tizim.news.claims import Spelling
from tizim.news.known import Known, Official
from tizim.news.scene import Scene, Sentence
from tizim.news.tokens import Border, fold

_SHORTEST: Final = 5  # letters of a last name that can be told from others
_CLOSE: Final = 0.72  # likeness from which a form is close to a known name
_SAME: Final = 0.75  # likeness from which two forms in one text may be one name
_HEAD: Final = 4  # letters that two garbled forms of one name have in common at its beginning
_MOST: Final = 60  # names that are compared; no article names more persons


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A person's name in the text, by its words."""

    start: int
    end: int
    state: str
    """whose state or body the person speaks for; empty if unknown"""


class Guarded(msgspec.Struct, frozen=True, kw_only=True):
    """What the guard found, and which forms it takes for which official."""

    findings: tuple[Spelling, ...]
    officials: dict[str, Official]
    """by the folded form"""


def guard(scene: Scene, named: list[Named], known: Known) -> Guarded:
    """The spellings in the text that need a person's eye; *named* are the persons named with an office."""
    forms = _forms(scene, named)
    officials: dict[str, Official] = {}
    findings: list[Spelling] = []
    rows: list[list[Named]] = []
    for one in forms:
        home = next((row for row in rows if any(_are_one(scene, one, other) for other in row)), None)
        if home is None:
            rows.append([one])
        else:
            home.append(one)
    for row in rows:
        official = next((found for one in row if (found := _official(scene, one, row, known)) is not None), None)
        spelt = list(dict.fromkeys(scene.tokens.said(one.start, one.end) for one in row))
        differing = {_last(scene, one) for one in row}
        if official is None and len(differing) < 2:
            continue
        if official is None and any(_is_form(scene, first, second) for first in differing for second in differing):
            continue
        for one in row:
            if official is not None:
                officials[fold(scene.tokens.said(one.start, one.end))] = official
        findings.append(
            Spelling(
                forms=tuple(spelt),
                suggestion=official.name if official is not None else None,
                spans=tuple(scene.tokens.span(one.start, one.end) for one in row),
            )
        )
    return Guarded(findings=tuple(findings), officials=officials)


def _forms(scene: Scene, named: list[Named]) -> list[Named]:
    """Persons named with an office, and words beside a verb of saying that are no words of the language."""
    found = {(one.start, one.end): one for one in named}
    for sentence in scene.sentences:
        for place in _beside_saying(scene, sentence):
            if not any(start <= place < end for start, end in found):
                found[place, place + 1] = Named(start=place, end=place + 1, state="")
    unknown = [one for _, one in sorted(found.items()) if not _is_attested(scene, one)]
    return unknown[:_MOST]


def _beside_saying(scene: Scene, sentence: Sentence) -> list[int]:
    """Places of unmarked words right before or right after a verb of saying that can be names."""
    places = []
    for say in sentence.kinds.get("say", ()):
        for place in (say.start - 1, say.end):
            if not sentence.start <= place < sentence.end:
                continue
            border = max(place, say.start) if place < say.start else place
            if scene.tokens.border[border] != Border.NONE:
                continue
            word = scene.tokens.words[place]
            if len(word) < _SHORTEST or not word.isalpha() or word in scene.grammar.common:
                continue
            if not any(mark.start <= place < mark.end for mark in (*sentence.marks, *sentence.names)):
                places.append(place)
    return places


def _is_attested(scene: Scene, one: Named) -> bool:
    return any(
        name.kind == "official" and name.start <= one.start and one.end <= name.end
        for sentence in scene.sentences
        if sentence.start <= one.start < sentence.end
        for name in sentence.names
    )


def _last(scene: Scene, one: Named) -> str:
    """The last name, which two broken pieces may make up: "Smad Tarov"."""
    words = scene.tokens.words[one.start : one.end]
    return "".join(words[1:]) if len(words) > 1 else words[0]


def _are_one(scene: Scene, one: Named, other: Named) -> bool:
    """Whether two forms in the text may be one person's name."""
    first, second = _last(scene, one), _last(scene, other)
    if first == second:
        return True
    if min(len(first), len(second)) < _SHORTEST or first[0] != second[0]:
        return False
    return likeness(first, second) >= _SAME or (first[:_HEAD] == second[:_HEAD] and first[-2:] == second[-2:])


def _is_form(scene: Scene, one: str, other: str) -> bool:
    """Whether one form is the other with an ending of the language."""
    bases = {other, *scene.grammar.bases(other)}
    return one != other and not bases.isdisjoint({one, *scene.grammar.bases(one)})


@lru_cache(maxsize=8)
def _attested(known: Known) -> dict[str, list[tuple[str, str, Official]]]:
    """First name (empty if a spelling has none), last name and official, by the first letter of the last name."""
    found: dict[str, list[tuple[str, str, Official]]] = {}
    for official in known.officials:
        for name in official.names:
            parts = [fold(part) for part in name.split()]
            last = "".join(parts[1:]) if len(parts) > 1 else parts[0]
            if len(last) >= _SHORTEST:
                found.setdefault(last[0], []).append((parts[0] if len(parts) > 1 else "", last, official))
    return found


def _official(scene: Scene, one: Named, row: list[Named], known: Known) -> Official | None:
    """The official whose name *one* misspells, if there is one."""
    words = scene.tokens.words[one.start : one.end]
    last = _last(scene, one)
    if len(last) < _SHORTEST:
        return None
    best: tuple[float, Official] | None = None
    state = next((each.state for each in row if each.state), "")
    for first, attested, official in _attested(known).get(last[0], ()):
        if (state and official.state != state) or abs(len(attested) - len(last)) > len(last) // 2:
            continue
        if len(words) > 1 and first and likeness(words[0], first) < _CLOSE:
            continue
        like = likeness(last, attested)
        if like >= (_CLOSE if len(words) > 1 or state else _SAME + 0.05) and (best is None or like > best[0]):
            best = (like, official)
    return best[1] if best else None


@lru_cache(maxsize=16_384)
def likeness(one: str, other: str) -> float:
    """How alike two words are, 1 for equal: one less the share of letters to be changed."""
    if one == other:
        return 1.0
    longest = max(len(one), len(other))
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        last, row[0] = row[0], place
        for at, against in enumerate(other, 1):
            last, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, last + (letter != against))
    return 1 - row[-1] / longest
