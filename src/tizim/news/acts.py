"""Acts told in a sentence: a verb or noun of an act with what completes it, and what it amounts to.

"Removed" is an act only with a list, a status or a ban; which verb belongs to which list is decided by what stands
between them. What an act and its complement amount to stands in one table, the same for every language.
"""

from typing import Final

import msgspec

from tizim.news.lexicon import Mark
from tizim.news.scene import Scene, Sentence, bits
from tizim.news.tokens import Border

LIST: Final = "list"
PREDICATE: Final = "terrorist"
STATUS: Final = "status"
BAN: Final = "ban"
SANCTIONS: Final = "sanctions"
PRONOUN: Final = "fromit"
IT: Final = "it"
NOTHING: Final = ""

_MEANING: Final[dict[tuple[str, str], str]] = {
    ("remove", LIST): "delist",
    ("remove", PRONOUN): "delist",
    ("add", PRONOUN): "list",
    ("keep", PRONOUN): "keep",
    ("stand", PRONOUN): "stand",
    ("hold", PRONOUN): "stand",
    ("lack", PRONOUN): "lack",
    ("remove", STATUS): "delist",
    ("remove", BAN): "delist",
    ("remove", SANCTIONS): "delist",
    ("delist", NOTHING): "delist",
    ("delist", LIST): "delist",
    ("revoke", STATUS): "delist",
    ("revoke", BAN): "delist",
    ("revoke", SANCTIONS): "delist",
    ("revoke", LIST): "delist",
    ("revoke", PREDICATE): "delist",
    ("add", LIST): "list",
    ("add", SANCTIONS): "list",
    ("add", STATUS): "list",
    ("designate", PREDICATE): "list",
    ("designate", LIST): "list",
    ("ban", NOTHING): "list",
    ("ban", PREDICATE): "list",
    ("ban", LIST): "list",
    ("ban", BAN): "list",
    ("sanction", NOTHING): "list",
    ("suspend", STATUS): "suspend",
    ("suspend", BAN): "suspend",
    ("suspend", LIST): "suspend",
    ("suspend", SANCTIONS): "suspend",
    ("extend", STATUS): "renew",
    ("extend", BAN): "renew",
    ("extend", LIST): "renew",
    ("extend", SANCTIONS): "renew",
    ("keep", LIST): "keep",
    ("keep", STATUS): "keep",
    ("keep", BAN): "keep",
    ("keep", SANCTIONS): "keep",
    ("stand", LIST): "stand",
    ("stand", PREDICATE): "stand",
    ("stand", SANCTIONS): "stand",
    ("stand", BAN): "stand",
    ("hold", LIST): "stand",
    ("hold", IT): "stand",
    ("lack", LIST): "lack",
    ("annul", STATUS): "annul",
    ("annul", BAN): "annul",
    ("annul", LIST): "annul",
    ("annul", SANCTIONS): "annul",
    ("review", LIST): "review",
    ("review", STATUS): "weigh",
    ("review", BAN): "weigh",
    ("review", SANCTIONS): "weigh",
}
_ALONE: Final = frozenset(act for act, complement in _MEANING if complement == NOTHING)
_FARTHEST: Final = 30
_FARTHEST_OF_BAN: Final = 16  # "outlawed" says it by itself, and needs no complement far away
_PRONOUN_NEAR: Final = 8
_UNDOING: Final = frozenset(
    {"act/revoke", "act/suspend", "act/annul", "act/extend", "act/keep", "act/remove", "act/review"}
)
_UNDONE: Final = 3.0  # "revoked the designation as" is one act, not a revocation and a designation
_UNSAID: Final = {"remove": "delist", "add": "list", "stand": "stand"}
"""what is meant where the list was told of before and is not said again"""
_OVER_ACTS: Final = frozenset({"act/revoke", "act/annul", "act/extend", "act/keep"})
"""verbs whose object may be another act: "revoked the designation", "upheld the decision to ban" """
_NESTED: Final = 22
_HEAD: Final = 3  # words at the head of a sentence where a word that may be a verb is one
_ASKED: Final = 12  # words over which "asked that" governs a verb whose form leaves it open
_GOVERNING: Final = ("decide", "plan", "may", "ask", "order", "refuse", "need", "done")
_GOVERNED: Final = 3  # words between "decided to" and its verb, and between the verb and whom it is about
_ASKED_OF: Final = 7  # words between "asked" and its verb, where whoever is asked stands between
_OBJECT: Final = 3  # words between "the designation of" and whoever is designated
_PREDICATE: Final = 24
_PHRASE: Final = 14
_LEFT: Final = 4  # words before the noun of a list that say of whom it is
_RELATIVE: Final = 6  # words of "organisations that the courts of the country recognise"
_ATTRIBUTES: Final = ("act/designate", "act/ban", "act/stand", "act/sanction")
"""acts whose participles say what sort of organisations a list is of"""
_FULL: Final = ("act/remove", "act/add", "act/revoke", "act/suspend", "act/extend", "act/keep", "act/delist")
_ATTRIBUTE_BITS: Final = bits(*_ATTRIBUTES)
_TERROR: Final = bits("terror", "terrorist")
_OF_TERROR: Final = bits("terror", "terrorist", "group")
_HOLDING: Final = bits("act/hold")
_STOPPING: Final = bits("rel", "say", "subject", "since", "neg", *_FULL)
"""where the phrase around a list's noun ends"""
_BELONGING: Final = bits("state", "people", "organ", "this", "own", "at", "by", "list")
_BEFORE: Final = _OF_TERROR | bits("conj", "people")
"""what may stand in the phrase before a list's noun"""
_BEFORE_OF_LETTERS: Final = _BEFORE | bits("of")
_HOLDER: Final = 8  # words between a list and "names"
_HELD: Final = 4  # words between "names" and "terrorist organisations"
_OTHER: Final = (4, 6)  # words before and behind a list over which "tax havens" says what it is of
_OTHER_NEAR: Final = (2, 3)  # the same where the list is of terrorists by its own words
_AWAY: Final = 6.0  # what it costs when the complement stands on the side where it seldom stands
_RIVAL: Final = 6.0  # what another verb between costs


def phrase_of(complement: Mark) -> tuple[int, int]:
    """The words around the noun of a list that say of whom it is."""
    start, _, end = complement.value.partition(" ")
    return (int(start), int(end)) if end else (complement.start, complement.end)


Pair = tuple[float, Mark, Mark | None]
"""a verb and what completes it, with what stands between them as a cost"""


class Act(msgspec.Struct, frozen=True):
    """One act told: what it amounts to, the form of its verb, and the words of verb and complement."""

    meaning: str
    form: str
    verb: Mark
    complement: Mark | None
    start: int = -1
    """the first word of verb and complement"""
    end: int = -1
    """where the last word of verb and complement ends"""

    def __post_init__(self) -> None:
        first, last = self.verb, self.complement or self.verb
        msgspec.structs.force_setattr(self, "start", min(first.start, last.start))
        msgspec.structs.force_setattr(self, "end", max(first.end, last.end))


class _List(msgspec.Struct, frozen=True):
    """A list told of: its noun, and the phrase around it that says of whom it is ("list of banned organisations")."""

    noun: Mark
    start: int
    end: int


class Complements:
    """What may complete an act in a sentence: lists, predicates, statuses, bans, sanctions."""

    def __init__(self, scene: Scene, sentence: Sentence, *, listed_before: bool) -> None:
        self._scene = scene
        self._sentence = sentence
        self.listed_before = listed_before
        lists: list[_List] = []
        marks = sorted(sentence.of("blacklist", "list"), key=lambda mark: mark.start)
        verbs = sentence.of("act/designate", "act/stand") if marks else ()
        calling = {one.start for one in verbs if one.end - one.start > 1}
        for mark in marks:
            if mark.start in calling:
                continue  # "lists the Guards as terrorists"
            phrase = self._phrase(mark)
            if self._is_other(phrase):
                continue
            before = listed_before or bool(lists)
            pointed = self._is_pointed(mark) if before else self._is_of_a_known_subject(mark)
            if mark.kind == "blacklist" or pointed or self._is_of_terror(phrase) or self._holds_terrorists(mark):
                lists.append(phrase)
        self.swallowed = {place for one in lists for place in range(one.start, one.end)}
        """words that only say what sort of list it is"""
        self.lists = [one.noun for one in lists]
        found = [Mark(LIST, f"{one.start} {one.end}", one.noun.start, one.noun.end) for one in lists]
        first = 0 if listed_before else min((one.noun.end for one in lists), default=sentence.end)
        found += [Mark(PRONOUN, "", mark.start, mark.end) for mark in sentence.of("fromit") if mark.start >= first]
        if listed_before:
            found += [Mark(IT, "", mark.start, mark.end) for mark in sentence.kinds.get("it", ())]
        found += [one for one in self._predicates() if self.swallowed.isdisjoint(range(one.start, one.end))]
        for kind in (STATUS, BAN, SANCTIONS):
            if kind in sentence.kinds:
                marks = sentence.kinds[kind]
                found += [Mark(kind, "", m.start, m.end) for m in marks if m.start not in self.swallowed]
        self.all = _longest(found)

    def _phrase(self, mark: Mark) -> _List:
        """The words around a list's noun that say of whom it is."""
        scene, sentence = self._scene, self._sentence
        covering = sentence.covering
        start, end = mark.start, mark.end
        place, unknown = mark.end, 0
        while place < sentence.end and place - mark.end < _PHRASE:
            border = scene.tokens.border[place]
            if border > Border.COMMA or (border == Border.COMMA and not self._is_attribute_clause(place)):
                break
            kinds = covering.get(place, 0)
            if kinds & _HOLDING:
                break
            if kinds & _OF_TERROR:
                end, unknown = place + 1, 0
            elif self._is_joining(place):
                pass
            elif kinds & _STOPPING:
                break
            elif not kinds & _BELONGING:
                unknown += 1
                if unknown > 2:
                    break
            place += 1
        place = mark.start - 1
        farthest = _LEFT * (3 if scene.language.letters else 1)
        joining = _BEFORE_OF_LETTERS if scene.language.letters else _BEFORE
        while (
            place >= sentence.start and mark.start - place <= farthest and scene.tokens.border[place + 1] == Border.NONE
        ):
            kinds = covering.get(place, 0)
            if kinds & _TERROR:
                start = place
            elif not kinds & joining:
                break
            place -= 1
        return _List(mark, start, end)

    def _is_attribute_clause(self, place: int) -> bool:
        """Whether "recognised as terrorist" begins here, behind the noun for organisations."""
        sentence = self._sentence
        if not sentence.covering.get(place, 0) & _ATTRIBUTE_BITS:
            return False
        verb = next(m for kind in _ATTRIBUTES for m in sentence.of(kind) if m.start <= place < m.end)
        for group in sentence.of("group"):
            gap = verb.start - group.end
            if 0 <= gap <= 2 or (2 < gap <= _RELATIVE and any(rel.start == group.end for rel in sentence.of("rel"))):
                return True
        return False

    def _is_joining(self, place: int) -> bool:
        """Whether the word at *place* belongs to a phrase without saying anything by itself."""
        sentence = self._sentence
        if self._scene.is_small(place) or sentence.is_at("conj", place) or self._is_attribute_clause(place):
            return True
        return sentence.is_at("rel", place) and self._opens_attribute(place)

    def _opens_attribute(self, place: int) -> bool:
        """Whether the clause that begins at *place* says what sort of organisations the list is of."""
        return any(
            self._is_attribute_clause(one) for one in range(place + 1, min(place + _RELATIVE, self._sentence.end))
        )

    def _is_other(self, phrase: _List) -> bool:
        """Whether the list is of another sort: of tax havens, players, airlines."""
        if "otherlist" not in self._sentence.kinds:
            return False
        before, behind = _OTHER_NEAR if self._is_of_terror(phrase) else _OTHER
        return any(
            phrase.start - before <= other.start < phrase.end + behind
            and self._scene.border_between(min(other.start, phrase.start), max(other.end, phrase.end) - 1)
            <= Border.COMMA
            for other in self._sentence.of("otherlist")
        )

    def _is_of_terror(self, phrase: _List) -> bool:
        return any(
            phrase.start <= mark.start < phrase.end
            for kind in ("terror", "terrorist", "sanctions")
            for mark in self._sentence.kinds.get(kind, ())
        )

    def _holds_terrorists(self, mark: Mark) -> bool:
        """Whether it is said of the list that it "names 83 terrorist organisations"."""
        return "act/hold" in self._sentence.kinds and any(
            0 <= verb.start - mark.end <= _HOLDER
            and any(0 <= one.start - verb.end <= _HELD for one in self._sentence.of("terrorist"))
            for verb in self._sentence.of("act/hold")
        )

    def _is_pointed(self, mark: Mark) -> bool:
        """Whether "this list", "its list" takes up one told of before."""
        if self._scene.language.bare or self._is_owned(mark, "this", "own", "state", "people", "both"):
            return True
        place = mark.start - 1  # "the national register"
        return (
            place >= self._sentence.start
            and place not in self._sentence.covering
            and self._scene.tokens.border[mark.start] == Border.NONE
            and any(one.end == place for one in self._sentence.of("this", "own"))
        )

    def _is_of_a_known_subject(self, mark: Mark) -> bool:
        """Whether "its list" must be one of terrorists, since the sentence names one, and says no more of the list."""
        if not any(one.id is not None for one in self._sentence.mentions):
            return False
        words = self._scene.tokens.words
        is_described = mark.end < self._sentence.end and words[mark.end] in self._scene.genitives
        return not is_described and self._is_owned(mark, "own", "state")

    def _is_owned(self, mark: Mark, *kinds: str) -> bool:
        """Whether a word of *kinds* stands beside the noun of a list."""
        return any(one.end == mark.start or one.start == mark.end for one in self._sentence.of(*kinds))

    def _is_definite(self, mark: Mark) -> bool:
        """Whether an article is written together with a word."""
        raw = self._scene.tokens.raw[mark.start]
        return self._scene.language.article in raw[: len(self._scene.language.article) + 1]

    def _predicates(self) -> list[Mark]:
        """What says "terrorist organisation": one word, or by an adjective beside a noun for organisations."""
        sentence = self._sentence
        language = self._scene.language
        found = [
            Mark(PREDICATE, "", mark.start, mark.end)
            for mark in sentence.kinds.get("terrorist", ())
            if not language.article
            or self._is_definite(mark) == self._is_definite(Mark("", "", mark.end - 1, mark.end))
        ]
        farthest = 0 if language.adjective == "after" else 1
        behind = (
            0 if language.adjective == "after" else -1
        )  # elsewhere "calls the movement terrorist" is no noun phrase
        for adjective in sentence.kinds.get("terror", ()):
            if sentence.starts_at("sanctions", adjective.start) or sentence.starts_at("ban", adjective.start):
                continue
            for group in sentence.of("group"):
                is_behind = group.start >= adjective.end
                gap = group.start - adjective.end if is_behind else adjective.start - group.end
                if not 0 <= gap <= (farthest if is_behind else behind):
                    continue  # far apart, or one in the other
                if gap == 1 and sentence.is_at("this", group.start - 1):
                    continue  # "outlawed the group"
                if language.article and self._is_definite(group) and not self._is_definite(adjective):
                    continue  # "designated the movement terrorist": the noun has the article, the adjective has none
                first, last = min(adjective.start, group.start), max(adjective.end, group.end)
                if not self._scene.border_between(first, last - 1):
                    found.append(Mark(PREDICATE, "", first, last))
        return found


def _forms_told(scene: Scene, sentence: Sentence) -> list[Mark]:
    """The verbs of *sentence*, each in one form: what may be a verb or a noun is a noun where only a noun can stand."""
    if len(sentence.verbs) == 1:
        return sentence.verbs
    places: dict[tuple[str, int], list[Mark]] = {}
    for verb in sentence.verbs:
        places.setdefault((verb.kind, verb.start), []).append(verb)
    found = []
    if len(places) == len(sentence.verbs):
        return sentence.verbs
    for verbs in places.values():
        longest = max(verb.end for verb in verbs)
        fit = [verb for verb in verbs if verb.end == longest]
        found.append(fit[0] if len(fit) == 1 else _form_of(scene, sentence, fit))
    return found


def _is_in_longer(verb: Mark, verbs: list[Mark]) -> bool:
    """Whether "contains" is only the beginning of another verb, as in Persian."""
    return verb.kind == "act/hold" and any(one.start == verb.start and one.end > verb.end for one in verbs)


def _is_of_sanctioning(sentence: Sentence, complement: Mark) -> bool:
    """Whether the noun "sanctions" belongs to another verb: "imposes sanctions on the one and adds the other"."""
    return any(mark.start <= complement.start < mark.end for mark in sentence.of("act/sanction"))


def _is_in_refusal(sentence: Sentence, verb: Mark) -> bool:
    """Whether what looks like a verb is only part of a refusal: "is not on the table"."""
    return verb.value in {"past", "present"} and any(
        mark.start <= verb.start and verb.end <= mark.end and mark.end - mark.start > verb.end - verb.start
        for mark in sentence.kinds.get("refuse", ())
    )


def _form_of(scene: Scene, sentence: Sentence, verbs: list[Mark]) -> Mark:
    noun = next((verb for verb in verbs if verb.value == "noun"), None)
    if noun is None:
        base = next((verb for verb in verbs if verb.value == "base"), None)
        is_asked = any(0 <= verbs[0].start - mark.end <= _ASKED for mark in sentence.of("ask", "order"))
        return base if base is not None and is_asked else verbs[0]
    start = noun.start
    led = bool(scene.grammar.noun_leads) and scene.tokens.words[start].startswith(scene.grammar.noun_leads)
    governed = any(mark.end == start for mark in sentence.of("per", "at", *_GOVERNING))
    return noun if led or governed or start > sentence.start + _HEAD else verbs[0]


def _predicate_of(scene: Scene, status: Mark, complements: list[Mark]) -> set[int]:
    """The words of "as a terrorist organisation" behind "designation of the group"."""
    inside = scene.tokens.inside
    for one in complements:
        if (
            one.kind == PREDICATE
            and inside[one.start] == inside[status.start]
            and 0 <= one.start - status.end <= _PREDICATE
            and scene.far(status.end, one.start) <= _PREDICATE // 2
        ):
            return set(range(one.start, one.end))
    return set()


def _is_in_act(verb: Mark, verbs: list[Mark]) -> bool:
    """Whether "outlawed in" is no state of things but the end of "be outlawed"."""
    return any(
        one.kind in {"act/ban", "act/designate"} and one.start < verb.start < one.end < verb.end and one.value != "noun"
        for one in verbs
    )


def _is_attribute(scene: Scene, sentence: Sentence, verb: Mark) -> bool:
    """Whether "banned" only describes, as in "the already banned military wing"."""
    if verb.value != "past" or verb.end - verb.start > 1:
        return False
    if scene.language.adjective != "before" or scene.language.verb == "final":
        return False
    return (
        any(0 <= group.start - verb.end <= 1 for group in sentence.of("group"))
        and any(0 <= verb.start - this.end <= 1 for this in sentence.of("this", "own"))
        and not scene.border_between(max(verb.start - 2, 0), verb.end)
    )


def _is_of_ban(sentence: Sentence, verb: Mark) -> bool:
    """Whether "is banned" says by itself that somebody is on a list; "was banned" and "be banned" are acts."""
    if any(mark.start < verb.start < mark.end for mark in sentence.of("act/ban")):
        return False
    return any(
        verb.start <= mark.start < verb.end
        for kind in ("act/ban", "act/sanction")
        for mark in sentence.of(kind)
        if mark.value == "past"
    )


def _has_object(sentence: Sentence, verb: Mark) -> bool:
    """Whether whoever is designated stands right behind "the designation of", or is a pronoun in it."""
    if any(0 <= one.start - verb.end <= _OBJECT for one in sentence.mentions):
        return True
    if any(0 <= mark.start - verb.end <= _OBJECT for mark in sentence.of("group", "person", "bearer")):
        return True
    return any(mark.start < verb.end + 1 and verb.start < mark.end for mark in sentence.of("it"))


def _is_definite(scene: Scene, sentence: Sentence, group: Mark) -> bool:
    """Whether a noun for organisations has the article or "this" that makes it one told of before."""
    language = scene.language
    if any(this.end == group.start for this in sentence.of("this")):
        return True
    return bool(language.article) and scene.tokens.raw[group.start].startswith(language.article)


def _is_of_list_before(scene: Scene, sentence: Sentence, verb: Mark) -> bool:
    """Whether an act needs no list of its own: "decided to exclude the group", "Brussels added it in 2004"."""
    if verb.value == "base":
        return _is_governed(sentence, verb)
    if verb.value != "past" or sentence.starts_at("say", verb.start) is not None:
        return False
    has_state = any(one.state and one.kind in {"state", "organ"} for one in sentence.actors)
    if not has_state:
        return False
    if any(it.end == verb.start or it.start == verb.end or it.start < verb.end <= it.end for it in sentence.of("it")):
        return True
    return any(
        0 <= group.start - verb.end <= 1 and _is_definite(scene, sentence, group) for group in sentence.of("group")
    )


def _is_governed(sentence: Sentence, verb: Mark) -> bool:
    """Whether "decided to exclude the group" stands without the list that was told of before."""
    leading = [
        mark
        for mark in sentence.of(*_GOVERNING)
        if 0 <= verb.start - mark.end <= (_ASKED_OF if mark.kind == "ask" else _GOVERNED)
    ]
    return bool(leading) and any(
        0 <= one.start - verb.end <= _GOVERNED or any(0 <= mark.start - one.end <= 1 for mark in leading)
        for one in sentence.mentions
    )


def _longest(marks: list[Mark]) -> list[Mark]:
    """*marks* of one kind that do not lie in one another."""
    if len(marks) <= 1:
        return marks
    if len({mark.kind for mark in marks}) == len(marks):
        return sorted(marks, key=lambda mark: (mark.start, mark.start - mark.end))
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start - mark.end, mark.start)):
        if not any(one.kind == mark.kind and one.start < mark.end and mark.start < one.end for one in kept):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.start)


def find(scene: Scene, sentence: Sentence, found: Complements) -> list[Act]:
    """The acts of *sentence*, in order, of what may complete them."""
    if not sentence.verbs:
        return []
    verbs = _forms_told(scene, sentence)
    complements = found.all
    if "act/hold" in sentence.kinds:
        verbs = [verb for verb in verbs if not _is_in_longer(verb, verbs)]
    if "refuse" in sentence.kinds:
        verbs = [verb for verb in verbs if not _is_in_refusal(sentence, verb)]
    # What looks like a verb may be the noun itself: "list".
    nouns = {place for one in complements if one.kind == LIST for place in range(one.start, one.end)}
    verbs = [
        verb
        for verb in verbs
        if verb.start not in found.swallowed
        and verb.start not in nouns
        and not (verb.kind == "act/ban" and _is_attribute(scene, sentence, verb))
        and not (verb.kind == "act/stand" and _is_in_act(verb, verbs))
    ]
    pairs: list[Pair] = []
    in_court = "court" in sentence.kinds
    annulling = {verb.start for verb in verbs if verb.kind == "act/annul"} if in_court else set()
    is_undoing = any(verb.kind in _UNDOING for verb in verbs)
    for verb in verbs:
        act = verb.kind.removeprefix("act/")
        if (act == "annul" and not in_court) or (act == "revoke" and verb.start in annulling):
            continue
        farthest = _FARTHEST if act != "ban" else _FARTHEST_OF_BAN
        for one in complements:
            if (act, one.kind) not in _MEANING or (
                act == "add" and one.kind == SANCTIONS and _is_of_sanctioning(sentence, one)
            ):
                continue
            cost = _cost(scene, sentence, verb, one, verbs)
            if act == "review" and one.kind == LIST:
                cost += _RIVAL
            if cost <= farthest:
                pairs.append((cost, verb, one))
        if act == "stand" and verb.value == "present" and _is_of_ban(sentence, verb):
            pairs.append((_FARTHEST - 2, verb, None))
        is_nominal = act == "ban" and verb.value == "noun" and sentence.places("status", "ban") & {verb.start}
        is_alone = act in _ALONE and not (is_nominal and (is_undoing or not _has_object(sentence, verb)))
        if is_alone or (act in {"remove", "add"} and found.listed_before and _is_of_list_before(scene, sentence, verb)):
            pairs.append((_FARTHEST - 1, verb, None))
    if not pairs:
        return []
    taken, used = _taken(scene, pairs, complements)
    return sorted((_undone(scene, sentence, act, verbs, used) for act in taken), key=lambda act: act.start)


def _taken(scene: Scene, pairs: list[Pair], complements: list[Mark]) -> tuple[list[Act], set[int]]:
    """The acts that *pairs* make, each word used once, the cheapest first; and the words that are used."""
    undone = {
        one.start
        for cost, verb, one in pairs
        if one is not None and one.kind in {STATUS, BAN} and verb.kind in _UNDOING and cost <= _NESTED
    }
    ordered = sorted(
        (cost + (_NESTED if verb.value == "noun" and verb.start in undone else 0), verb.start, -verb.end, number)
        for number, (cost, verb, _) in enumerate(pairs)
    )
    taken: list[Act] = []
    used: set[int] = set()
    for *_, number in ordered:
        _, verb, complement = pairs[number]
        words = range(verb.start, verb.end)
        others = range(complement.start, complement.end) if complement is not None else range(0)
        if not used.isdisjoint(words) or not used.isdisjoint(others):
            continue
        act = verb.kind.removeprefix("act/")
        meaning = _MEANING.get((act, complement.kind if complement is not None else NOTHING)) or _UNSAID[act]
        taken.append(Act(meaning, verb.value, verb, complement))
        used.update(words, others)
        if complement is not None and complement.kind == STATUS:
            used |= _predicate_of(scene, complement, complements)
    return taken, used


def _undone(scene: Scene, sentence: Sentence, act: Act, verbs: list[Mark], used: set[int]) -> Act:
    """The act itself, or, of a designation that is revoked ("revoked the decision to designate"), its revocation."""
    if act.meaning == "stand" and any(sentence.of("court")):
        wrong = next((one for one in verbs if one.kind == "act/annul" and act.start <= one.start < act.end), None)
        return act if wrong is None else Act("annul", wrong.value, act.verb, act.complement)  # "was wrongly listed"
    if act.meaning != "list" or act.form not in {"noun", "base"}:
        return act
    for verb in verbs:
        if verb.kind not in _OVER_ACTS or not used.isdisjoint(range(verb.start, verb.end)):
            continue
        if verb.kind == "act/revoke" and any(sentence.of("court")) and sentence.starts_at("act/annul", verb.start):
            continue
        start, end = (verb.end, act.verb.start) if verb.end <= act.verb.start else (act.end, verb.start)
        if 0 <= end - start <= _NESTED and not scene.crossed(max(start - 1, 0), end, sentence):
            if verb.kind in {"act/extend", "act/keep"}:
                if any(start <= one.start <= end for one in sentence.of("decide", "move")) and verb.value != "noun":
                    return Act("renew", verb.value, verb, act.complement or act.verb)  # "upheld the decision to ban"
                continue
            meaning = "delist" if verb.kind == "act/revoke" else "annul"
            if meaning == "delist" or any(sentence.of("court")):
                return Act(meaning, verb.value, verb, act.complement or act.verb)
    return act


def _follows(scene: Scene, verb: Mark) -> bool:
    """Whether a complement stands behind its verb: so it is but where the verb, or the noun of the act, comes last."""
    if scene.language.verb != "final":
        return True
    return verb.value == "noun" and scene.language.adjective != "before"


def _cost(scene: Scene, sentence: Sentence, verb: Mark, complement: Mark, verbs: list[Mark]) -> float:
    """How far *complement* is from *verb*, in words and in what stands between."""
    if complement.start < verb.end and verb.start < complement.end:
        longer = verb.end - verb.start > complement.end - complement.start
        fits = verb.kind == "act/stand" or (
            complement.kind == PREDICATE and (verb.kind == "act/ban" or (verb.kind == "act/designate" and longer))
        )
        if fits:
            return 0.5
        is_parted = verb.start < complement.start and complement.end < verb.end  # "setzt das Verbot aus"
        return 1.0 if is_parted and complement.kind != PREDICATE else _FARTHEST + 1
    after = complement.start >= verb.end
    start, end = (verb.end, complement.start) if after else (complement.end, verb.start)
    cost: float = scene.far(start, end)
    if verb.kind == "act/hold":
        cost += 0 if not after else 2 * _AWAY
    elif scene.language.verb != "both" and after != _follows(scene, verb):
        cost += _AWAY
    inside = scene.tokens.inside
    if inside[verb.start] != inside[complement.start]:
        cost += _AWAY
    cost += scene.crossed(start - 1, end, sentence)
    same = len(verbs) > 1 and {
        other.start
        for other in verbs
        if start <= other.start < end
        and other is not verb
        and other.start != verb.start
        and other.value != "noun"
        and other.kind not in ("act/ban", "act/designate")
    }
    if complement.kind == PRONOUN and any(complement.start <= rel < complement.end for rel in sentence.rel):
        cost -= 3  # "from which": the word that opens the clause is the pronoun's own
    if complement.kind == PRONOUN and cost > _PRONOUN_NEAR:
        return _FARTHEST + 1
    if complement.kind == STATUS and scene.border_between(start - 1, end) >= Border.STRONG:
        cost += _FARTHEST  # "it has no effect on the status: it stays"
    if complement.kind in {STATUS, BAN} and verb.kind in _UNDOING:
        cost -= _UNDONE
    return cost + _RIVAL * len(same) if same else cost
