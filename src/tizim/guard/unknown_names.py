"""Names that nobody knows: paired with the words of the other text, and told where these depart from them."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from tizim.guard import sentences
from tizim.guard.attested import known_in
from tizim.guard.capitals import (
    ABD,
    ARTICLES,
    PARTICLES,
    beside_of,
    can_be_name,
    candidates,
    is_article,
    is_common,
    rows_of,
)
from tizim.guard.findings import Finding
from tizim.guard.han import garbled
from tizim.guard.name_parts import odd_parts
from tizim.guard.nearest import HALF, NEAR, SAME, departure_of, nearest, size_of
from tizim.guard.pinyin import from_cyrillic, syllables
from tizim.guard.readings import sounds
from tizim.guard.sides import Part, Span
from tizim.guard.vocabulary import given_name, is_light, is_translated, is_vocabulary
from tizim.news.spelling import likeness

_SHORT: Final = 3  # letters of such a word, at most
_HYPHENS: Final = frozenset("-‐‑–")
_NEAR_BY: Final = 2  # words between two of one name, at most
_OF_A_WORD: Final = 0.34  # the same for what may be no name
_OF_FAMILY: Final = 4  # letters of a family name that is missed, at least
_OF_PERSON: Final = 2  # words of the name of a person at least
_SLIP: Final = 1.25  # what one letter costs, with what is small beside it
_STRANGE: Final = 0.42  # share of letters from which no word of a text is like a name
_BESIDE: Final = 0.6  # the same where the rest of the name stands beside it


class _Row(NamedTuple):
    """A word of a name, whether it surely is a person's, and the nearest word of the other text with what it costs."""

    place: int
    person: bool
    cost: float
    at: int | None


def check_han(source: Part, target: Part, taken: set[int]) -> Iterator[Finding]:
    """Names that nobody knows, in Chinese signs on one side."""
    han, other = (target, source) if target.side.language.letters else (source, target)
    if not other.side.language.capitals:
        return
    tokens = other.side.tokens
    seen = {place for place, _ in candidates(other)} - taken
    rows = [row for row in rows_of(other, seen | _short(other, seen)) if len(row) > 1]
    places = {tokens.words[place]: place for row in rows for place in row}
    span = han.span
    text = han.side.text[span.start : span.end]
    known = [
        (first - span.start, last - span.start)
        for mark in han.names
        for first, last in [han.side.tokens.span(mark.start, mark.end)]
    ]
    capital = [
        tokens.words[place]
        for place in range(other.start, other.end)
        if tokens.raw[place][0].isupper() and len(tokens.words[place]) > 1
    ]
    for one in garbled([[tokens.words[place] for place in row] for row in rows], capital, text, known):
        signs = text[one.start : one.end]
        place = Span(span.start + one.start, span.start + one.end)
        if not one.word:
            said = sentences.NAMED_NEW.said(target=signs) if han is target else sentences.NOT_NAMED.said(source=signs)
            yield han.found("name", "severe", place, said)
            continue
        at = places[one.word]
        word = other.said(at, at + 1)
        if han is target:
            yield target.found("name", "severe", place, sentences.SPELT_OTHERWISE.said(target=signs, source=word))
        else:
            said = sentences.SPELT_OTHERWISE.said(target=word, source=signs)
            yield target.found("name", "severe", (at, at + 1), said, None)


def check_unknown(one: Part, other: Part, taken: set[int], told: set[int], *, is_turned: bool) -> Iterator[Finding]:
    """Names with capitals in *one* whose counterpart in *other* departs from them."""
    target = one if is_turned else other
    lost: list[int] = []
    matched: set[int] = set()
    both = known_in(one).keys() & known_in(other).keys()
    named = {
        place
        for mark in other.names
        if mark.value in both or mark.kind in {"state", "people"}
        for place in range(mark.start, mark.end)
    }
    found = [_Row(place, person, *nearest(one, place, other, named | taken)) for place, person in candidates(one)]
    rows = _in_place(one, other, found)
    matched |= {
        at
        for place, _, cost, at in rows
        if cost < SAME and at is not None and not ABD.fullmatch(one.side.tokens.words[place])
    }
    homes = {place: at for place, _, cost, at in rows if cost < SAME and at is not None}
    for place, is_sure, cost, at in rows:
        if cost < SAME:
            continue
        # Beside a word that is there anew even a name of no known people is one.
        person = is_sure or any(step in homes for step in beside_of(one, place))
        beside = _by_place(one, place, other, homes, matched | named | taken) if person else None
        if beside is not None:
            cost, at = 0.0, beside  # noqa: PLW2901 - it stands where the name has to be
        share = NEAR if person or other.side.language.capitals else _OF_A_WORD
        if not person and cost > _SLIP:
            continue
        if (
            at is not None
            and at not in matched
            and cost <= max(share * size_of(one, place, other), 1.05 if person else 0.0)
            and can_be_name(other, at, is_sure=person and _is_beside(one, place, other, at, homes))
            and (person or not is_translated(other.side.tokens.raw[at]))
        ):
            matched.add(at)
            where = place if is_turned else at
            if where not in told:
                told.add(where)
                yield _unlike(one, other, place, at, target, where)
        elif person and not any(at in homes for at in beside_of(one, place)):
            lost.append(place)
        elif is_sure and _is_cut(one, place, other, cost, homes):
            yield one.found("name", "severe", (place, place + 1), _missing(one, place, is_turned=is_turned))
    for place, at in odd_parts(one, other, homes, is_turned=is_turned):
        where = place if is_turned else at
        if where not in told:
            told.add(where)
            yield _unlike(one, other, place, at, target, where)
    if one.side.language.script == other.side.language.script == "Latn":
        yield from _small_words(one, other, homes, target)
    if other.side.language.capitals:
        yield from _articles(one, other, homes, target)
    told_rows = {place for place, _, _, at in rows if at in matched}
    if lost and other.side.language.capitals:
        mine = {place for place, _ in candidates(other)} - matched - taken - told
        free = sorted(at for at in mine if nearest(other, at, one, set())[0] >= SAME)
        for place, at in zip(lost, free, strict=False):
            where = place if is_turned else at
            told_rows.add(place)
            yield _unlike(one, other, place, at, target, where)
    if not is_turned and other.side.language.capitals:
        yield from _once_more(one, other, matched | taken | told)
        yield from _new(one, other, matched | taken | told | named)
    costs = {place: cost / max(1.0, size_of(one, place, other)) for place, _, cost, _ in rows}
    for row in rows_of(part=one, capital=set(lost)):
        whole = [place for place in row if place in costs]
        if not any(given_name(one.side.tokens.words[place]) for place in whole):
            continue
        if told_rows.isdisjoint(whole) and all(costs[place] > _STRANGE for place in whole):
            span = (whole[0], whole[-1] + 1)
            said = one.said(*span)
            if is_turned:
                yield target.found("name", "severe", span, sentences.NAMED_NEW.said(target=said))
            else:
                yield one.found("name", "severe", span, sentences.NOT_NAMED.said(source=said))


def _is_beside(one: Part, place: int, other: Part, at: int, homes: dict[int, int]) -> bool:
    """Whether the word at *at* stands right beside the rest of the name, as the one at *place* does, and is like it."""
    return likeness(one.side.tokens.words[place], other.side.tokens.words[at]) >= HALF and any(
        abs(homes[step] - at) == 1 for step in beside_of(one, place) if step in homes
    )


def _missing(one: Part, place: int, *, is_turned: bool) -> str:
    said = one.said(place, place + 1)
    return sentences.NAMED_NEW.said(target=said) if is_turned else sentences.NOT_NAMED.said(source=said)


def _is_cut(one: Part, place: int, other: Part, cost: float, homes: dict[int, int]) -> bool:
    """Whether the family name of a person, whose given name the other text has here, is nowhere in that text.

    The other way round nothing is told: a person is named by the family name alone in many languages.
    """
    before = place - 1
    word = one.side.tokens.words[place]
    if before not in homes or before not in beside_of(one, place) or one.side.tokens.quoted[place]:
        return False
    if any(at > place and one.side.tokens.raw[at][0].isupper() for at in beside_of(one, place)):
        return False  # it is no last word of the name
    if len(word) < _OF_FAMILY or is_vocabulary(word):
        return False
    least = _STRANGE * size_of(one, place, other)
    return cost > least and nearest(one, place, other.side.whole, set())[0] > least


def _short(part: Part, seen: set[int]) -> set[int]:
    """Words with a capital beside those of names and too short to be names by themselves: family names of Chinese."""
    tokens = part.side.tokens
    return {
        at
        for place in seen
        for at in beside_of(part, place)
        if tokens.raw[at][0].isupper()
        and len(tokens.raw[at]) <= _SHORT
        and (syllables(tokens.words[at]) or from_cyrillic(tokens.words[at]))
        and not is_common(part, at)
    }


def _in_place(one: Part, other: Part, rows: list[_Row]) -> list[_Row]:
    """The same, but that a word like one of a name does not count where it stands far from the rest of that name, if
    there is another with the rest.
    """
    homes = {row.place: row for row in rows if row.cost < SAME and row.at is not None}
    found = []
    for row in rows:
        beside = [homes[step] for step in beside_of(one, row.place) if step in homes]
        claimed = any(each.at == row.at and each.place != row.place for each in homes.values())
        near = [
            sibling
            for sibling in beside
            if abs((sibling.at or 0) - (row.at or 0)) <= _NEAR_BY
            and not (claimed and ((sibling.at or 0) < (row.at or 0)) != (sibling.place < row.place))
        ]
        if row.place not in homes or not beside or near:
            found.append(row)
            continue
        if claimed or row.cost > min(sibling.cost for sibling in beside):
            rest = {sibling.place: sibling.at for sibling in beside if sibling.at is not None}
            taken = {each.at for each in homes.values() if each is not row and each.at is not None}
            if (at := _by_place(one, row.place, other, rest, taken)) is not None:
                words = one.side.tokens.words[row.place], other.side.tokens.words[at]
                cost = departure_of(one, words[0], other, words[1])
                found.append(row._replace(cost=cost, at=at))
                continue
        found.append(row)
    return found


def _small_words(one: Part, other: Part, homes: dict[int, int], target: Part) -> Iterator[Finding]:
    """Small words between two words of a name, which are there and are another: "Maria dfl Carmen"."""
    for place, at in homes.items():
        if homes.get(place + 2) != at + 2 or any(
            part.side.tokens.border[n] for part, n in ((one, place + 1), (other, at + 1))
        ):
            continue
        word, against = one.side.tokens.words[place + 1], other.side.tokens.words[at + 1]
        if word not in PARTICLES or against == word or against in PARTICLES or is_light(against):
            continue
        where = place + 1 if target is one else at + 1
        yield _unlike(one, other, place + 1, at + 1, target, where)


def _articles(one: Part, other: Part, homes: dict[int, int], target: Part) -> Iterator[Finding]:
    """The Arabic article before a word of a name that is there, where the translation has none: "La-Obaidi"."""
    for place, at in homes.items():
        if not one.start < place or not other.start < at or one.side.tokens.words[place - 1] not in ARTICLES:
            continue
        tokens = other.side.tokens
        between = tokens.text[tokens.ends[at - 1] : tokens.starts[at]]
        if between not in _HYPHENS and (between != " " or homes.get(place - 2) != at - 2):
            continue
        if not is_article(tokens.words[at - 1], tokens.words[at]):
            where = place - 1 if target is one else at - 1
            yield _unlike(one, other, place - 1, at - 1, target, where)


def _new(one: Part, other: Part, seen: set[int]) -> Iterator[Finding]:
    """Persons whom the translation names and the source does not: no word of their names is like one of the source."""
    persons = {place for place, is_person in candidates(other) if is_person} - seen
    for row in rows_of(other, persons):
        if len(row) < _OF_PERSON or not any(given_name(other.side.tokens.words[place]) for place in row):
            continue
        if all(nearest(other, place, one, set())[0] > _STRANGE * size_of(other, place, one) for place in row):
            span = (row[0], row[-1] + 1)
            yield other.found("name", "severe", span, sentences.NAMED_NEW.said(target=other.said(*span)))


def _once_more(one: Part, other: Part, seen: set[int]) -> Iterator[Finding]:
    """A name that the translation says a second time, and otherwise than the first."""
    for place, is_person in candidates(other):
        if not is_person or place in seen:
            continue
        cost, at = nearest(other, place, one, set())
        if at is not None and SAME <= cost <= NEAR * size_of(other, place, one) and not is_common(one, at):
            yield _unlike(one, other, at, place, other, place)


def _by_place(one: Part, place: int, other: Part, homes: dict[int, int], taken: set[int]) -> int | None:
    """The word that stands where the name at *place* has to be, beside the rest of the name, and is much like it."""
    for step in (1, -1):
        home = homes.get(place + step)
        if home is None:
            home = homes.get(place + 2 * step)
        if home is None:
            continue
        for at in (home - step, home + step, home - 2 * step):
            if at in taken or not other.start <= at < other.end or not can_be_name(other, at, is_sure=True):
                continue
            word, against = one.side.tokens.words[place], other.side.tokens.words[at]
            if len(against) < 2 or (is_translated(other.side.tokens.raw[at]) and given_name(word) is None):
                continue
            if likeness(word, against) >= HALF or (
                departure_of(one, word, other, against) <= _BESIDE * max(len(sounds(word)), 3)
            ):
                return at
    return None


def _unlike(one: Part, other: Part, place: int, at: int, target: Part, where: int) -> Finding:
    mine, theirs = one.said(place, place + 1), other.said(at, at + 1)
    source, said = (theirs, mine) if target is one else (mine, theirs)
    is_same = one.side.language.script == other.side.language.script
    return target.found(
        "name", "severe", (where, where + 1), sentences.SPELT_OTHERWISE.said(target=said, source=source),
        source if is_same else None,
    )  # fmt: skip
