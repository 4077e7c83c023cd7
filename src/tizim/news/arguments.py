"""Who is listed, and on whose list: the arguments of an act, by grammar and not by the nearest name."""

from typing import Final

import msgspec

from tizim.news.acts import IT, LIST, PREDICATE, PRONOUN, Act, phrase_of
from tizim.news.lexicon import Mark
from tizim.news.scene import Actor, Mention, Scene, Sentence, bits
from tizim.news.tokens import Border

_PARTING: Final = bits("rel", "say", "part", "by", "alias")
"""what stands between no members of a row"""
_IN_ROW: Final = bits("group", "people", "state", "this", "terror", "terrorist", "title", "organ", "person", "member")
"""what may stand between them"""
_BELONGING: Final = bits(
    "terror", "terrorist", "group", "this", "own", "status", "list", "blacklist", "sanctions", "conj", "at", "by"
)
"""what may stand between a state and its list"""
_STOPPING: Final = bits("rel", "say", "since", "per", "subject", "neg")
_ROW: Final = 9  # words between two members of a row
_PART: Final = 3
_SOLID: Final = 3  # words of a verb that has no gap in which a name could stand
_POSSESSOR: Final = 4
_OF_LIST: Final = 9
_AGENT: Final = 30
_FAR: Final = 28
_APOSTROPHES: Final = frozenset("'’‘ʼ`´")


class Owner(msgspec.Struct, frozen=True, gc=False):
    """Whose list it is, and the words that say so."""

    state: str
    start: int
    end: int
    how: str
    """possessor, place, agent, context"""


def region(sentence: Sentence, act: Act, acts: list[Act]) -> tuple[int, int]:
    """The words around *act* that no other act of the sentence stands between."""
    if len(acts) <= 1:
        return sentence.start, sentence.end
    before = [one.end for one in acts if one is not act and one.end <= act.start]
    after = [one.start for one in acts if one is not act and one.start >= act.end]
    return max(before, default=sentence.start), min(after, default=sentence.end)


# -- subjects ----------------------------------------------------------------------------------------------------


def subjects(scene: Scene, sentence: Sentence, act: Act, acts: list[Act]) -> list[Mention]:
    """The subjects of *act* named in its sentence: the likeliest one, and those in a row with it."""
    if act.meaning in {"stand", "list"} and act.form in {"past", "present"}:
        for mention in sentence.mentions:
            if (
                mention.end == act.start
                and not scene.border_between(mention.end - 1, act.start)
                and scene.language.adjective == "after"
            ):
                return row(scene, sentence, mention)
    start, end = region(sentence, act, acts)
    if scene.tokens.inside[act.start]:
        before = [one for one in sentence.mentions if one.end <= act.start]
        if before and sentence.kinds.get("both"):
            return row(scene, sentence, before[-1])
        return before[-1:]
    if is_of_its_people(scene, sentence, act):
        return []
    best: tuple[float, Mention] | None = None
    for mention in sentence.mentions:
        if is_part(scene, sentence, mention) or _within(act, mention) or _names_list(scene, act, mention):
            continue
        cost = _subject_cost(scene, sentence, act, mention)
        if not start <= mention.start < end:
            cost += 8
        if any(one is not act and one.start < mention.start < one.end for one in acts):
            cost += 12 if start <= mention.start < end else 2 * _FAR
        if cost <= _FAR and (best is None or cost < best[0]):
            best = (cost, mention)
    if best is not None:
        return row(scene, sentence, best[1])
    named = [one for one in sentence.mentions if one.end <= act.start and not is_part(scene, sentence, one)]
    return named[:1] if len({one.key for one in named}) == 1 and len(acts) > 1 else []


def is_of_its_people(scene: Scene, sentence: Sentence, act: Act) -> bool:
    """Whether the act is about "its leaders", and so not about the subject itself."""
    kinds = sentence.kinds
    if "part" not in kinds or "own" not in kinds or act.complement is None:
        return False
    return _is_between(scene, sentence, act.verb, act.complement)


def _is_between(scene: Scene, sentence: Sentence, verb: Mark, complement: Mark) -> bool:
    """Whether "its leaders" stands between a verb and what completes it, and no subject does."""
    first, last = sorted(((verb.start, verb.end), (complement.start, complement.end)))
    between = range(first[1], last[0])
    if any(mention.start in between for mention in sentence.mentions):
        return False
    return any(
        own.start == part.end or own.end == part.start
        for part in sentence.of("part")
        if part.start in between and part.end != last[0]  # "its official list"
        if not scene.border_between(first[1] - 1, last[0])
        for own in sentence.of("own")
    )


def _within(act: Act, mention: Mention) -> bool:
    """Whether the name is a word of the act itself, and does not only stand in its gap: "took the group off"."""
    verb = act.verb
    is_in_gap = verb.start < mention.start and mention.end < verb.end
    return verb.end - verb.start <= _SOLID and verb.start <= mention.start < verb.end and not is_in_gap


def _names_list(scene: Scene, act: Act, mention: Mention) -> bool:
    """Whether the name only says which list is meant: "the Al-Qaida sanctions list"."""
    if act.complement is None or act.complement.kind != LIST or scene.language.adjective != "before":
        return False
    if scene.language.verb == "final":
        return False  # there the object stands right before the list it is taken off
    start = min(phrase_of(act.complement)[0], act.complement.start)
    return mention.end == start and scene.tokens.border[start] == Border.NONE and not scene.language.letters


def _subject_cost(scene: Scene, sentence: Sentence, act: Act, mention: Mention) -> float:
    inside = act.start < mention.start < act.end
    if inside:
        of_other = any(mark.start == mention.end for mark in sentence.kinds.get("otherlist", ()))
        return -5 + 0.1 * abs(mention.start - act.verb.end) + (6 if of_other else 0)
    if mention.start >= act.end:
        start, end = act.end - 1, mention.start
    else:
        start, end = mention.end - 1, act.start
    cost = 0.6 * scene.far(start + 1, end) + scene.crossed(start, end, sentence)
    kinds = sentence.kinds
    if "say" in kinds and _spoken_by(sentence, mention):
        cost += 12
    if "by" in kinds and any(by.end <= mention.start <= by.end + 2 for by in kinds["by"]):
        cost += 10
    if "per" in kinds and any(mention.start - 3 <= per.end <= mention.start for per in kinds["per"]):
        cost += 4
    return cost


def _spoken_by(sentence: Sentence, mention: Mention) -> bool:
    """Whether the subject is itself the one who speaks."""
    return any(mention.end == say.start for say in sentence.of("say"))


def is_part(scene: Scene, sentence: Sentence, mention: Mention) -> bool:
    """Whether a noun beside the name makes it mean something else: its leader, its fighters, its affiliate."""
    if "part" not in sentence.kinds:
        return False
    known = sentence.parts.get(mention.start)
    if known is None:
        known = sentence.parts[mention.start] = _is_part(scene, sentence, mention)
    return known


def _is_part(scene: Scene, sentence: Sentence, mention: Mention) -> bool:
    if scene.language.adjective != "after":
        behind = mention.end + (1 if sentence.starts_at("of", mention.end) is not None else 0)
        after = sentence.starts_at("part", behind)
        if after is not None and scene.tokens.border[mention.end] == Border.NONE:
            return True
        if scene.language.apostrophe in {"suffix", "possessive"} and _is_of_counted(scene, sentence, mention):
            return True
    for part in sentence.of("part"):
        if any(one.state and one.start <= part.start < one.end for one in sentence.actors):
            continue
        if 0 <= mention.start - part.end <= _PART and part.end <= mention.start:
            between = range(part.end, mention.start)
            if any(sentence.is_at("organ", place) for place in between):
                continue  # "the head of the ministry, Ahmed"
            if scene.language.adpositions == "after" and any(sentence.is_at("by", place) for place in between):
                continue  # an agent before its object
            if not scene.border_between(part.end - 1, mention.start) and all(
                scene.is_small(place) or sentence.is_at("group", place) or sentence.is_at("people", place)
                for place in between
            ):
                return True
    return False


def _is_of_counted(scene: Scene, sentence: Sentence, mention: Mention) -> bool:
    """Whether the name possesses a part of its own with a number between: "Hamas's two commanders"."""
    words = scene.tokens.words
    text, end = scene.tokens.text, scene.tokens.ends[mention.end - 1]
    if mention.end >= sentence.end or text[end : end + 1] not in _APOSTROPHES or not scene.is_small(mention.end):
        return False
    place = mention.end + 1
    while place < sentence.end and place - mention.end <= _PART and (scene.is_small(place) or words[place].isdigit()):
        if scene.tokens.border[place] != Border.NONE:
            return False
        place += 1
    return place < sentence.end and sentence.starts_at("part", place) is not None


def row(scene: Scene, sentence: Sentence, mention: Mention) -> list[Mention]:
    """*mention* and the subjects that stand in a row with it."""
    mentions = [one for one in sentence.mentions if not is_part(scene, sentence, one)]
    if mention not in mentions:
        return [mention]
    place = mentions.index(mention)
    first = last = place
    while last + 1 < len(mentions) and _are_in_row(scene, sentence, mentions[last].end, mentions[last + 1].start):
        last += 1
    while first > 0 and _are_in_row(scene, sentence, mentions[first - 1].end, mentions[first].start):
        first -= 1
    seen: dict[str, Mention] = {}
    for one in mentions[first : last + 1]:
        seen.setdefault(one.key, one)
    return list(seen.values())


def _are_in_row(scene: Scene, sentence: Sentence, end: int, start: int) -> bool:
    """Whether only what joins members of a row stands between two of them."""
    if start - end > _ROW:
        return False
    joined, unknown = False, 0
    for place in range(end, start):
        joined = joined or scene.is_joined(place)
        if sentence.is_at("conj", place):
            joined = True
        elif sentence.is_at("title", place):
            continue
        elif sentence.covering.get(place, 0) & _PARTING or any(
            mark.start <= place < mark.end and mark.end - mark.start <= _SOLID for mark in sentence.verbs
        ):
            return False
        elif not (
            scene.is_small(place) or sentence.covering.get(place, 0) & _IN_ROW or scene.tokens.raw[place].istitle()
        ):
            unknown += 1
            if unknown > 1:
                return False
    borders = scene.tokens.border[end : start + 1]
    return joined or scene.is_joined(start) or Border.COMMA in borders


# -- owners of lists ---------------------------------------------------------------------------------------------


def owners(scene: Scene, sentence: Sentence, act: Act, acts: list[Act], mentions: list[Mention]) -> list[Owner]:
    """Whose list *act* is about, as far as its sentence says; nothing where only the context can tell."""
    start, end = region(sentence, act, acts)
    inside = scene.tokens.inside
    whole = [one for one in sentence.actors if inside[one.start] == inside[act.start]]
    actors = [one for one in whole if not _is_home_of(scene, sentence, one, mentions) and not _is_inside(one, mentions)]
    found = _possessor(scene, sentence, act, actors)
    if found is None and not _is_own(scene, sentence, act):
        found = _placed(scene, sentence, act, actors, start, end)
    if found is None:
        found = _agent(scene, sentence, act, actors, start)
    if found is None:
        return []
    return row_of_states(scene, sentence, found, actors)


def _is_own(scene: Scene, sentence: Sentence, act: Act) -> bool:
    """Whether "its list" is that of the one who acts, so that no "in" or "to" beside says whose it is."""
    if act.complement is None or act.complement.kind != LIST or "own" not in sentence.kinds:
        return False
    if scene.language.adpositions == "after":
        return False
    first, last = phrase_of(act.complement)
    return any(own.end in {act.complement.start, first} or first <= own.start < last for own in sentence.of("own"))


def _is_inside(actor: Actor, mentions: list[Mention]) -> bool:
    return any(one.start <= actor.start < one.end for one in mentions)


def _is_home_of(scene: Scene, sentence: Sentence, actor: Actor, mentions: list[Mention]) -> bool:
    """Whether it says whose the subject is, not whose list: "the Lebanese group Hezbollah"."""
    if (
        scene.language.verb == "both"
        and actor.kind == "state"
        and any(
            0 < mention.start - actor.end <= 2
            and any(mark.end == actor.start for mark in sentence.of("at"))
            and not scene.border_between(actor.end - 1, mention.start)
            for mention in sentence.mentions
        )
    ):
        return True
    if _is_of_branch(scene, sentence, actor):
        return True
    if actor.kind == "state":
        if any(one.start == actor.end and one.id is None for one in sentence.mentions):
            return True  # "the US Central Command"
        return any(
            _is_genitive(scene, actor, mention)
            for mention in sentence.mentions
            if 0 <= mention.start - actor.end <= 1 or 0 <= actor.start - mention.end <= 1
        )
    if actor.kind == "title" and any(_is_beside(scene, actor, mention) for mention in mentions):
        return True
    if actor.kind != "people":
        return False
    for mention in sentence.mentions or mentions:
        if 0 <= mention.start - actor.end <= 2 and not scene.border_between(actor.end - 1, mention.start):
            return True
        if 0 <= actor.start - mention.end <= 1 and not scene.border_between(mention.end - 1, actor.start):
            return True
    return False


def _is_beside(scene: Scene, actor: Actor, mention: Mention) -> bool:
    """Whether an office is that of the person listed: "Syria's president Ahmed", "Ahmed, president of Syria"."""
    end, start = (actor.end, mention.start) if actor.end <= mention.start else (mention.end, actor.start)
    return 0 <= start - end <= 1 and scene.border_between(end - 1, start) <= Border.COMMA


def _is_of_branch(scene: Scene, sentence: Sentence, actor: Actor) -> bool:
    """Whether it only says where a branch is that is listed: "the group's chapters in Egypt and Jordan"."""
    branches = sentence.kinds.get("branch")
    if not branches or actor.kind not in {"state", "people"}:
        return False
    lands = sentence.places("state", "people")
    joining = sentence.places("conj", "at", "of", "subject")
    for branch in branches:
        if actor.end <= branch.start and scene.language.adjective == "after":
            continue  # whose branch it is stands behind the noun there
        steps = range(branch.end, sentence.end) if actor.start >= branch.end else range(branch.start - 1, -1, -1)
        apart = 0
        for place in steps:
            if scene.tokens.border[max(place, branch.end)] > Border.COMMA:
                break
            if place == actor.start:
                return True
            if place in lands or place in joining or scene.is_small(place):
                continue
            apart += 1
            if apart > 1:
                break
    return False


def _is_genitive(scene: Scene, actor: Actor, mention: Mention) -> bool:
    """Whether it is the possessor of the subject: "Yemen's Houthis", "the Gamaa of Egypt"."""
    words = scene.tokens.words
    if mention.start - actor.end == 1 and words[actor.end] == "s":
        return True
    if scene.language.letters and actor.end == mention.start:
        return True
    possessing = scene.grammar.possessing
    if possessing and scene.language.apostrophe == "suffix":
        if mention.start - actor.end == 1 and words[actor.end] in possessing:
            return True
    elif possessing and actor.end == mention.start and words[actor.end - 1].endswith(possessing):
        return True
    gap = range(mention.end, actor.start)
    if not gap and scene.language.adjective == "after" and not scene.genitives and mention.end == actor.start:
        return not scene.border_between(mention.end - 1, actor.start)
    return len(gap) == 1 and words[gap[0]] in scene.genitives and not scene.border_between(mention.end - 1, actor.start)


def _possessor(scene: Scene, sentence: Sentence, act: Act, actors: list[Actor]) -> Owner | None:
    """The state whose list, status or ban the words beside it say it is: "Russia's list", "list of the EU"."""
    complement = act.complement
    if complement is None or complement.kind in {PREDICATE, PRONOUN, IT}:
        return None
    found = _possessor_of(scene, sentence, act, complement, actors)
    if found is None and complement.kind != LIST:
        for noun in sentence.lists:
            if 0 <= noun.start - act.end <= _AGENT and not scene.border_between(act.end - 1, noun.start):
                found = _possessor_of(scene, sentence, act, noun, actors)
                break
    return found


def _possessor_of(scene: Scene, sentence: Sentence, act: Act, complement: Mark, actors: list[Actor]) -> Owner | None:
    language = scene.language
    actors = [one for one in actors if one.kind not in {"title", "person"}]
    first, last = phrase_of(complement)
    for actor in actors:
        if first <= actor.start < last and actor.state and (actor.kind != "people" or actor.start < complement.start):
            return Owner(actor.state, actor.start, actor.end, "possessor")
    if any(own.end in {complement.start, first} or first <= own.start < last for own in sentence.of("own")):
        return None
    if language.adjective != "after":
        for actor in reversed(actors):
            if language.adjective == "both" and actor.kind != "people":
                continue
            if (
                actor.end <= complement.start
                and complement.start - actor.end <= _POSSESSOR
                and _is_phrase(scene, sentence, actor.end, complement.start, act)
            ):
                return Owner(actor.state, actor.start, actor.end, "possessor") if actor.state else None
    if language.adjective != "before" or complement.kind == LIST:
        for actor in actors:
            if (
                actor.start >= complement.end
                and actor.start - complement.end <= _OF_LIST
                and _is_phrase(scene, sentence, complement.end, actor.start, act)
            ):
                return Owner(actor.state, actor.start, actor.end, "possessor") if actor.state else None
    return None


def _is_phrase(scene: Scene, sentence: Sentence, start: int, end: int, act: Act) -> bool:
    """Whether the words from *start* to *end* can all belong to one noun phrase about a list."""
    if scene.border_between(start - 1, end) != Border.NONE:
        return False
    unknown, covering = 0, sentence.covering
    for place in range(start, end):
        if act.verb.start <= place < act.verb.end:
            return False
        kinds = covering.get(place, 0)
        if kinds & _BELONGING:
            continue
        if kinds & _STOPPING:
            return False
        if not scene.is_small(place):
            unknown += 1
    return unknown <= 2


def _adposes(scene: Scene, mark: Mark, actor: Actor, limit: int) -> bool:
    """Whether *mark* is the "in" or "by" of *actor*, with at most *limit* words between."""
    if scene.language.adpositions == "after":
        return 0 <= mark.start - actor.end <= limit
    apart = actor.start - mark.end if scene.border_between(mark.end - 1, actor.start) == Border.NONE else -1
    return 0 <= apart <= limit


def _placed(scene: Scene, sentence: Sentence, act: Act, actors: list[Actor], start: int, end: int) -> Owner | None:
    """The state in which, or by which, something is listed or banned: "in Russia", "by the UK"."""
    best: tuple[float, Actor] | None = None
    kinds = sentence.kinds
    if "by" not in kinds and "at" not in kinds:
        return None
    for actor in actors:
        if actor.kind == "people" or not actor.state or not start <= actor.start < end:
            continue
        if not any(_adposes(scene, mark, actor, 2) for mark in sentence.of("by", "at")):
            continue
        if _is_where(scene, sentence, act, actor, actors) or is_venue(scene, sentence, actor, act):
            continue
        if scene.language.adpositions == "after" and actor.start >= act.end:
            continue  # where the verb stands last, what follows it is another clause
        if scene.language.adpositions == "after" and any(actor.end <= m.start < act.start for m in sentence.of("ask")):
            continue  # who asks it of another
        if any(_adposes(scene, mark, actor, 0) for mark in kinds.get("per", ())) and not any(
            _adposes(scene, mark, actor, 0) for mark in sentence.of("by")
        ):
            continue
        far = actor.start - act.end if actor.start >= act.end else act.start - actor.end
        cost = max(far, 0) + scene.crossed(min(act.start, actor.start), max(act.end - 1, actor.start), sentence)
        if any(_adposes(scene, mark, actor, 2) for mark in kinds.get("by", ())):
            cost -= 6
        if cost <= _OF_LIST + 2 and (best is None or cost < best[0]):
            best = (cost, actor)
    return Owner(best[1].state, best[1].start, best[1].end, "place") if best else None


def is_venue(scene: Scene, sentence: Sentence, actor: Actor, act: Act) -> bool:
    """Whether it only says where somebody spoke of the act: "promised in Kabul that they would be taken off"."""
    if not sentence.rel or scene.language.adpositions == "after" or actor.end > act.start or actor.kind == "people":
        return False
    opened = next((rel for rel in sentence.rel if actor.end <= rel <= act.start), None)
    if opened is None or not any(_adposes(scene, mark, actor, 1) for mark in sentence.of("at")):
        return False
    return any(one.end <= actor.start for one in sentence.of("say", "plan", "decide", "may"))


def _is_where(scene: Scene, sentence: Sentence, act: Act, actor: Actor, actors: list[Actor]) -> bool:
    """Whether it only says where the listed one is: "the US listed the group in Chad as a terrorist organisation"."""
    if act.complement is None or scene.language.adpositions == "after":
        return False
    if not act.verb.end <= actor.start < act.complement.start:
        return False
    beside = any(
        one.end == mark.start and mark.end == actor.start for one in sentence.mentions for mark in sentence.of("at")
    )
    return beside and any(one.state and one.kind != "people" and one.end <= act.verb.start for one in actors)


def _agent(scene: Scene, sentence: Sentence, act: Act, actors: list[Actor], start: int) -> Owner | None:
    """The state or organ that does it."""
    best: tuple[float, Actor] | None = None
    last = max(act.end, phrase_of(act.complement)[1]) if act.complement is not None else act.end
    # "took off its list Kazakhstan": where the verb may come first, the one whose list it is may come last
    measures = sentence.of("per", "accord")
    is_last = (
        scene.language.bare
        and "own" in sentence.kinds
        and any(act.start <= own.start < last for own in sentence.of("own"))
    )
    for actor in actors:
        if actor.kind == "people" or (not actor.state and actor.kind not in {"home", "organ"}):
            continue
        if is_venue(scene, sentence, actor, act):
            continue
        if (
            measures
            and any(_adposes(scene, mark, actor, 1) for mark in measures)
            and not _decides(scene, sentence, actor, act)
            and (sentence.ends_at("done", actor.start) is None or sentence.ends_at("per", actor.start) is not None)
        ):
            continue
        if actor.end <= act.verb.start:
            cost = 0.3 * scene.far(actor.end, act.verb.start) + scene.crossed(actor.end - 1, act.verb.start, sentence)
            if actor.start < start:
                cost += 6
        elif (
            scene.language.verb != "final"
            and 0 <= actor.start - act.verb.end <= 2
            and not scene.border_between(act.verb.end - 1, actor.start)
        ):
            cost = 2.0
        elif is_last and 0 <= actor.start - last <= 1 and not scene.border_between(last - 1, actor.start):
            cost = 3.0
        else:
            continue
        if cost <= _AGENT and (best is None or cost < best[0]):
            best = (cost, actor)
    return Owner(best[1].state, best[1].start, best[1].end, "agent") if best else None


def _decides(scene: Scene, sentence: Sentence, actor: Actor, act: Act) -> bool:
    """Whether "the minister's decision" to do it makes the actor the one who does, whatever stands before."""
    return any(
        0 <= (mark.start - actor.end if mark.start >= actor.end else actor.start - mark.end) <= 1
        and 0 <= act.verb.start - mark.end <= _PART
        for mark in sentence.of("decide")
        if not scene.border_between(min(mark.start, actor.start), max(mark.end, actor.end) - 1)
    )


def row_of_states(scene: Scene, sentence: Sentence, owner: Owner, actors: list[Actor]) -> list[Owner]:
    """*owner* and the states that stand in a row with it."""
    states = [
        one for one in actors if one.kind in {"state", "people"} or (one.start, one.end) == (owner.start, owner.end)
    ]
    place = next((n for n, one in enumerate(states) if one.start == owner.start), None)
    if place is None:
        return [owner]
    first = last = place
    while last + 1 < len(states) and _joined(scene, sentence, states[last].end, states[last + 1].start):
        last += 1
    while first > 0 and _joined(scene, sentence, states[first - 1].end, states[first].start):
        first -= 1
    return [Owner(one.state, one.start, one.end, owner.how) for one in states[first : last + 1] if one.state]


def _joined(scene: Scene, sentence: Sentence, end: int, start: int) -> bool:
    """Whether two states are members of one row: a comma or "and", and nothing but small words, between them."""
    between = [place for place in range(end, start) if place not in sentence.dated]
    if len(between) > 3:
        return False
    joined = scene.is_joined(start) or Border.COMMA in scene.tokens.border[end : start + 1]
    for place in between:
        if sentence.is_at("rel", place) and not sentence.is_at("conj", place):
            return False
        if sentence.is_at("conj", place):
            joined = True
        elif not scene.is_small(place):
            return False
    return joined
