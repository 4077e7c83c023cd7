"""How an act is told: done, decided, planned, possible, requested, denied and so on, by the words that govern it."""

from collections.abc import Sequence
from typing import Final

import msgspec

from tizim.news.acts import Act
from tizim.news.lexicon import Mark
from tizim.news.scene import Scene, Sentence
from tizim.news.tokens import Border

_RANK: Final = ("refuse", "need", "grant", "order", "ask", "may", "plan", "decide", "done", "topic")
"""governors, the one that prevails first"""
_MODALITY: Final = {
    "refuse": "denied", "need": "precondition", "grant": "done", "order": "ordered", "ask": "requested",
    "may": "possible", "plan": "planned", "decide": "decided", "done": "done",
    "topic": "possible",
}  # fmt: skip
_BEFORE: Final = 24
_AFTER: Final = 12
_NEGATION: Final = 4
_DEAREST: Final = 6
_CLOSE: Final = {"may", "plan", "refuse", "ask", "order"}
_CLOSE_TO_PAST: Final = 3


class Governor(msgspec.Struct, frozen=True):
    """A word that says how an act is meant, and what stands between the two."""

    kind: str
    mark: Mark
    cost: int


def modality(scene: Scene, sentence: Sentence, act: Act, others: list[Act]) -> tuple[str, Mark | None]:
    """The modality of *act*, and the word that makes it; *others* are the other acts of the sentence."""
    negated = negation(scene, sentence, act)
    found = governors(scene, sentence, act, others)
    if act.form in {"past", "present"}:
        found = [one for one in found if _governs_finite(scene, sentence, one, act)]
    elif act.form == "future":
        found = [one for one in found if one.kind in _CLOSE]
    best = min(found, key=lambda one: (one.cost, _tier(sentence, one), _distance(one, act)), default=None)
    if _is_denied(scene, sentence, act):
        return "denied", None
    if negated and (best is None or best.kind not in {"refuse", "need"}):
        return "denied", None
    if best is not None and best.kind in {"may", "plan", "decide"} and _is_negated(sentence, best.mark):
        return "denied", best.mark
    if best is not None:
        return _MODALITY[best.kind], best.mark
    return {"future": "planned", "base": "planned"}.get(act.form, "done"), None


def _is_negated(sentence: Sentence, governor: Mark) -> bool:
    """Whether "not" stands right before what governs the act: "is not considering"."""
    return sentence.ends_at("neg", governor.start) is not None and not any(
        mark.start < governor.start < mark.end for kind in _RANK for mark in sentence.of(kind)
    )


def _is_denied(scene: Scene, sentence: Sentence, act: Act) -> bool:
    """Whether somebody denies that it is so: "denied that it had removed"."""
    for mark in sentence.kinds.get("deny", ()):
        if mark.end <= act.verb.start:
            start, end = mark.end - 1, act.verb.start
        elif scene.language.verb == "final" and mark.start >= act.verb.end:
            start, end = act.verb.end - 1, mark.start
        else:
            continue
        if end - start <= _BEFORE and scene.crossed(start, end, sentence) <= _DEAREST:
            return True
    return False


def _tier(sentence: Sentence, governor: Governor) -> int:
    """Plans, decisions and announcements prevail by being nearest; all others before them, "announced that" last."""
    if governor.kind == "topic":
        return len(_RANK) + 1
    if governor.kind == "done" and sentence.starts_at("rel", governor.mark.end):
        return len(_RANK)
    return min(_RANK.index(governor.kind), _RANK.index("plan"))


def _distance(governor: Governor, act: Act) -> int:
    mark = governor.mark
    return act.verb.start - mark.end if mark.end <= act.verb.start else abs(mark.start - act.end)


def negation(scene: Scene, sentence: Sentence, act: Act) -> bool:
    """Whether the act is told as not having been, or not being."""
    for mark in sentence.kinds.get("neg", ()):
        if any(sentence.is_at(kind, mark.start) for kind in ("still", "may", "plan", "done", "terror", "terrorist")):
            continue
        if mark.start < act.verb.end and mark.end > act.verb.start:
            return True
        farthest = _NEGATION * (3 if scene.language.letters else 1)
        if 0 <= act.verb.start - mark.end <= farthest and not scene.border_between(mark.end - 1, act.verb.start):
            between = [m for m in sentence.of("decide", "plan", "may", "ask") if mark.end <= m.start < act.verb.start]
            if not between or act.form == "base":
                return True
        if act.start < mark.start < act.end and not any(act.start < rel.start < act.end for rel in sentence.of("rel")):
            return True
        if (
            scene.language.verb == "final"
            and 0 <= mark.start - act.verb.end <= 1
            and not scene.border_between(act.verb.end - 1, mark.start)
        ):
            return True
    return False


def governors(scene: Scene, sentence: Sentence, act: Act, others: list[Act]) -> list[Governor]:
    """The words of *sentence* that can govern *act*."""
    found = []
    verb = act.verb
    if sentence.governing is None:
        sentence.governing = _longest(sentence.of(*_RANK))
    for mark in sentence.governing:
        kind = mark.kind
        if kind == "decide" and not 0 <= verb.start - mark.end <= 2 and _is_taken_up(sentence, mark):
            continue
        is_before, is_after = mark.end <= verb.start, mark.start >= verb.end
        if mark.start < verb.start < mark.end <= verb.end:
            is_before = True  # "will revoke", told by one pattern
        if act.meaning == "same" and kind in _CLOSE and act.start <= mark.start and mark.end <= act.end:
            found.append(Governor(kind, mark, 0))  # "will do the same"
            continue
        if act.start <= mark.start and mark.end <= act.end and not is_before and not is_after:
            continue
        if mark.start < act.start and mark.end >= act.end and (kind in _CLOSE or kind == "grant"):
            found.append(Governor(kind, mark, 0))
            continue
        if is_before:
            start, end, limit = mark.end - 1, verb.start, _BEFORE
        elif is_after:
            start, end, limit = act.end - 1, mark.start, _AFTER
            if mark.start < act.end:
                start, end = verb.end - 1, mark.start
            if scene.language.verb != "final" and not (
                act.form in {"noun", "base"} and kind in {"may", "plan", "refuse", "grant", "done", "decide"}
            ):
                continue
            is_cut = scene.border_between(start, end) and not _is_around(scene, start, end, kind)
            if is_cut and scene.language.verb != "final":
                continue
        else:
            continue
        if end - start > limit:
            continue
        cost = _cost(scene, sentence, start, end)
        if any(start < other.verb.start < end and other is not act for other in others):
            cost += 4
        if cost <= _DEAREST:
            found.append(Governor(kind, mark, cost))
    return found


def _is_around(scene: Scene, start: int, end: int, kind: str) -> bool:
    """Whether only a pair of commas stands between: "the ban, voted in May, will take effect"."""
    borders = [one for one in scene.tokens.border[start + 1 : end + 1] if one]
    return kind in {"plan", "grant"} and borders == [Border.COMMA, Border.COMMA]


def _longest(marks: Sequence[Mark]) -> Sequence[Mark]:
    """Those of *marks* that are no part of a longer one: "approved the decision" is no decision."""
    longer = [mark for mark in marks if mark.end - mark.start > 1]
    if not longer:
        return marks
    return [
        mark
        for mark in marks
        if not any(
            one.start <= mark.start and mark.end <= one.end and one.end - one.start > mark.end - mark.start
            for one in longer
        )
    ]


def _is_taken_up(sentence: Sentence, mark: Mark) -> bool:
    """Whether "this decision" takes up one told of before, instead of saying how the act is meant."""
    if not sentence.starts_at("move", mark.start):
        return False
    return any(
        this.end == mark.start or this.start == mark.end for this in sentence.of("this")
    ) and not sentence.starts_at("this", mark.start)


def _cost(scene: Scene, sentence: Sentence, start: int, end: int) -> int:
    cost = 0
    for border in scene.tokens.border[start + 1 : end + 1]:
        if not border:
            continue
        if border == Border.COMMA:
            cost += 1
        elif border == Border.STRONG:
            cost += 3
    if "rel" in sentence.kinds and end - start > 3:
        cost += 2 * sum(start + 2 < mark.start < end for mark in sentence.kinds["rel"])
    return cost


def _governs_finite(scene: Scene, sentence: Sentence, governor: Governor, act: Act) -> bool:
    """A finite verb speaks for itself, unless a word close to it takes that away."""
    if governor.kind not in _CLOSE:
        return False
    if governor.mark.end <= act.verb.start:
        kinds = {"may", "plan"} if scene.language.verb != "final" else {"may", "refuse"}
        limit = _CLOSE_TO_PAST if scene.language.verb != "final" else 2 * _CLOSE_TO_PAST
        return act.verb.start - governor.mark.end <= limit and governor.cost == 0 and governor.kind in kinds
    if any(act.verb.end <= conj.start < governor.mark.start for conj in sentence.of("conj")):
        return False  # "outlawed it and refused their request"
    return (
        scene.language.verb == "final" and governor.cost == 0 and governor.mark.start - act.verb.end <= _CLOSE_TO_PAST
    )
