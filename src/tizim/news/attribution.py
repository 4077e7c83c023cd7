"""Who says it: the speaker of a sentence, by name and office, and the outlets it came through."""

from typing import Final

import msgspec

from tizim.news.lexicon import Mark
from tizim.news.scene import Actor, Scene, Sentence
from tizim.news.tokens import Border

_NEAR: Final = 14
_NAME: Final = 4
_QUOTED: Final = 6  # words from which on what stands in quotation marks is a quotation
_FIELD: Final = 3  # words between an office and the name of its holder that say what it is for
_PLACED: Final = 7  # what it costs that "in" stands before a state or body
_INVERTED: Final = 4  # words between a verb of saying and a speaker behind it
_TITLE_TAIL: Final = 7  # words of an office before the name of its holder: "ministre de l'Intérieur"


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """Who speaks, as far as the text says."""

    name: str | None
    """a person's name, as the register spells it if it knows the person"""
    role: str | None
    """office and body, in the text's words"""
    state: str
    """whose state or body the speaker speaks for; empty if unknown"""
    start: int
    end: int
    named: tuple[int, int] | None = None
    """the words of a name that is no known official's"""


def speaker(scene: Scene, sentence: Sentence, *, quoted: bool = False) -> Speaker | None:
    """The speaker of *sentence*: who stands nearest to its verb of saying, or after "according to".

    *quoted* says that the sentence begins inside a quotation; whom a quotation names does not say it.
    """
    best: tuple[float, Speaker] | None = None
    kinds = sentence.kinds
    if "say" not in kinds and "accord" not in kinds and not _has_colon(scene, sentence):
        return None
    people = candidates(scene, sentence)
    for one in people:
        if _before_colon(scene, sentence, one):
            return one
    verbs = sentence.of("say", "accord")
    if not verbs or not people:
        return None
    within = _quotation(scene, sentence, quoted=quoted)
    for verb in verbs:
        for one in people:
            if (one.start in within) != (verb.start in within):
                continue
            cost = _distance(scene, sentence, verb, one)
            if cost is not None and (best is None or cost < best[0]):
                best = (cost, one)
    return best[1] if best else None


def _quotation(scene: Scene, sentence: Sentence, *, quoted: bool) -> set[int]:
    """The words of *sentence* inside quotations; a few words in quotation marks are a name, and no quotation."""
    found: set[int] = set()
    opened = sentence.start if quoted else None
    for place in range(sentence.start, sentence.end):
        if scene.tokens.quoted[place]:
            if opened is None:
                opened = place
            else:
                if place - opened >= _QUOTED:
                    found.update(range(opened, place))
                opened = None
    if opened is not None and sentence.end - opened >= _QUOTED:
        found.update(range(opened, sentence.end))
    return found


def _has_colon(scene: Scene, sentence: Sentence) -> bool:
    text = scene.tokens.text
    start, end = scene.tokens.span(sentence.start, sentence.end)
    return text.find(":", start, end) >= 0 or text.find("：", start, end) >= 0


def _before_colon(scene: Scene, sentence: Sentence, one: Speaker) -> bool:
    """Whether the sentence is what somebody named before a colon says."""
    tokens = scene.tokens
    if one.start > sentence.start + 1 or one.end >= sentence.end:
        return False
    return tokens.text[tokens.ends[one.end - 1] : tokens.starts[one.end]].strip()[:1] in {":", "："}


def _distance(scene: Scene, sentence: Sentence, verb: Mark, one: Speaker) -> float | None:
    if one.end <= verb.start:
        far = verb.start - one.end
        cost: float = far + scene.crossed(one.end - 1, verb.start, sentence)
        if verb.kind == "accord":
            return None
    elif one.start >= verb.end:
        far = one.start - verb.end
        cost = far + scene.crossed(verb.end - 1, one.start, sentence) + (0 if verb.kind == "accord" else 2)
        farthest = _INVERTED if one.name is None else 2 * _INVERTED
        if verb.kind != "accord" and (far > farthest or scene.language.verb == "final"):
            return None
        if _INVERTED < far <= farthest and verb.kind != "accord" and scene.border_between(verb.end - 1, one.start):
            return None
    else:
        return None
    if one.name is None and scene.language.adpositions == "before" and sentence.ends_at("at", one.start) is not None:
        cost += _PLACED  # "on a visit to Buenos Aires, he said"
    if scene.language.verb == "final":
        after = scene.language.adpositions == "after"
        if any(0 <= (per.start - one.end if after else one.start - per.end) <= 1 for per in sentence.of("per")):
            cost += _NEAR
        cost = 0.3 * far + 0.5 * (cost - far)
        far //= 2
    if far > _NEAR:
        return None
    return cost - (3 if one.name else 0) + (0 if one.role is None or one.state or one.name else 1)


def candidates(scene: Scene, sentence: Sentence) -> list[Speaker]:
    """Everyone in *sentence* who can speak: officials, persons with an office, organs, states."""
    if sentence.people is None:
        sentence.people = _candidates(scene, sentence)
    return sentence.people


def _candidates(scene: Scene, sentence: Sentence) -> list[Speaker]:
    found: list[Speaker] = []
    actors = [one for one in sentence.actors if one.kind in {"organ", "title", "state"}]
    used: set[int] = set()
    for mark in sentence.kinds.get("official", ()):
        state, _, name = mark.value.partition("\t")
        office = _office(scene, mark.start, mark.end, actors)
        start, end = mark.start, mark.end
        role: str | None = None
        if office is not None:
            used.add(office.start)
            role = scene.tokens.said(office.start, office.end)
            start, end = min(start, office.start), max(end, office.end)
            state = office.state or state
        found.append(Speaker(name=name, role=role, state=state, start=start, end=end))
    for actor in actors:
        if actor.start in used:
            continue
        office_of = scene.tokens.said(actor.start, actor.end)
        start, end = actor.start, actor.end
        person_name: str | None = None
        person = _person(scene, sentence, actor) if actor.kind == "title" else None
        if person is not None:
            person_name = scene.tokens.said(*person)
            start, end = min(start, person[0]), max(end, person[1])
        found.append(Speaker(name=person_name, role=office_of, state=actor.state, start=start, end=end, named=person))
    return found


def _office(scene: Scene, start: int, end: int, actors: list[Actor]) -> Actor | None:
    """The office that stands beside a person's name."""
    for actor in actors:
        if actor.kind == "state":
            continue
        if 0 <= start - actor.end <= 1 and scene.border_between(actor.end - 1, start) <= Border.COMMA:
            return actor
        if actor.kind == "title" and 1 < start - actor.end <= _FIELD and not scene.border_between(actor.end - 1, start):
            return actor  # "special envoy for Afghanistan Zamir Kabulov"
        if 0 <= actor.start - end <= 2 and scene.border_between(end - 1, actor.start) <= Border.COMMA:
            return actor
    return None


def _person(scene: Scene, sentence: Sentence, actor: Actor) -> tuple[int, int] | None:
    """The words of a person's name beside an office: after it, or before it and a comma."""
    after = _name_from(scene, sentence, actor.end)
    if after is not None:
        return after
    if scene.language.capitals:
        for place in range(actor.end + 1, min(actor.end + _TITLE_TAIL, sentence.end)):
            if scene.border_between(actor.end - 1, place) > Border.COMMA:
                break
            found = _name_from(scene, sentence, place)
            if found is not None and found[1] - found[0] >= 2 and not scene.tokens.raw[place - 1].istitle():
                return found
            if found is not None and found[1] - found[0] >= 3:
                return found[0] + 1, found[1]
    if scene.tokens.border[actor.start] == Border.COMMA:
        return _name_until(scene, sentence, actor.start)
    return None


def _is_name(scene: Scene, sentence: Sentence, place: int) -> bool:
    if not sentence.start <= place < sentence.end:
        return False
    raw = scene.tokens.raw[place]
    if any(
        mark.start <= place < mark.end and mark.kind not in {"this", "conj", "part", "it"} for mark in sentence.marks
    ):
        return False
    if any(mark.start <= place < mark.end for mark in sentence.names):
        return False
    return raw[0].isupper() if scene.language.capitals else raw.isalpha()


def _name_from(scene: Scene, sentence: Sentence, place: int) -> tuple[int, int] | None:
    if place < sentence.end and scene.tokens.border[place] == Border.COMMA:
        if not scene.language.capitals:
            return None
    elif place < sentence.end and scene.tokens.border[place] > Border.COMMA:
        return None
    end = place
    while (
        end - place < _NAME
        and _is_name(scene, sentence, end)
        and (end == place or scene.tokens.border[end] == Border.NONE)
    ):
        end += 1
    if not scene.language.capitals:
        end = min(end, place + 2)
    return (place, end) if end > place else None


def _name_until(scene: Scene, sentence: Sentence, place: int) -> tuple[int, int] | None:
    start = place
    while place - start < _NAME and _is_name(scene, sentence, start - 1):
        start -= 1
        if scene.tokens.border[start] != Border.NONE:
            break
    return (start, place) if start < place else None


def outlets(sentence: Sentence) -> list[str]:
    """The outlets and agencies that *sentence* names."""
    marks = sentence.kinds.get("outlet")
    return list(dict.fromkeys(mark.value for mark in marks)) if marks else []
