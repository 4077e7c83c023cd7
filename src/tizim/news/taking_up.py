"""Sentences that take up the act told last without saying it again: somebody does the same, somebody fights it."""

from typing import Final

import msgspec

from tizim.news import arguments, attribution
from tizim.news.acts import Act
from tizim.news.arguments import Owner
from tizim.news.attribution import Speaker
from tizim.news.found import COMMENTED, Found
from tizim.news.lexicon import Mark
from tizim.news.modality import modality, negation
from tizim.news.scene import Actor, Sentence
from tizim.news.story import Story

_BACK: Final = 3  # sentences back to the act that is taken up
_BACK_TO_NEWS: Final = 5  # the same to what somebody else did too
_BESIDE: Final = 10  # words between a fight and the "decision" that is fought
_DENIED: Final = 2  # words between "not" and "appealed"
_SETTLED: Final = frozenset({"done", "decided", "in_force", "planned"})
_LISTING: Final = frozenset({"list", "renew"})
_ENDING: Final = frozenset({"delist", "suspend", "annul"})


def taken_up(
    story: Story, number: int, sentence: Sentence, fresh: list[Found], acts: list[Act], said: Speaker | None
) -> list[Found]:
    """What *sentence* tells of the act told last, by it (*fresh*, of *acts*) or by the sentences before."""
    return [
        *_same(story, number, sentence, fresh, acts, said),
        *_fought(story, number, sentence, fresh, acts, said),
    ]


def _same(
    story: Story, number: int, sentence: Sentence, fresh: list[Found], acts: list[Act], said: Speaker | None
) -> list[Found]:
    """That another state does as the last one: "Norway has already done so", "Paris followed suit"."""
    if "elsewhere" in sentence.kinds:
        return []
    for mark in sentence.of("same"):
        if any(act.start <= mark.start < act.end for act in acts):
            continue
        targets = [one for one in fresh if one.span[1] <= mark.start] or _last(story, number, is_news=True)
        targets = [one for one in targets if one.action in COMMENTED and one.modality not in {"in_force", "denied"}]
        act = Act("same", "noun", mark, None)
        if not targets:
            continue
        actor = _who(story, sentence, mark, {one.owner.state for one in targets})
        if actor is None or any(one.owner.state == actor.state for one in fresh):
            continue
        how, governor = modality(story.scene, sentence, act, acts)
        if how == "requested" and governor is not None and actor.end <= governor.start:
            actor = _asked(sentence, governor, mark)  # "urged the others to do the same"
            if actor is None:
                continue
        if (
            governor is not None
            and governor.end <= actor.start
            and story.scene.border_between(governor.end - 1, actor.start)
        ):
            how = "done"  # "one considers it; the other has done so"
        how = "done" if how == "decided" else how  # "took the same decision"
        how = "denied" if negation(story.scene, sentence, act) else how
        owner = Owner(actor.state, actor.start, actor.end, "agent")
        rows = arguments.row_of_states(story.scene, sentence, owner, sentence.actors)
        return [found for one in rows for found in _told(story, number, sentence, mark, targets, said, how, one)]
    return []


def _asked(sentence: Sentence, governor: Mark, mark: Mark) -> Actor | None:
    """Which state somebody asks to do the same."""
    return next(
        (
            one
            for one in sentence.actors
            if one.state and one.kind in {"state", "organ"} and governor.end <= one.start < mark.start
        ),
        None,
    )


def _who(story: Story, sentence: Sentence, mark: Mark, others: set[str]) -> Actor | None:
    """Who does the same: the state nearest before, or where there is none the nearest behind, that is no other's."""
    fit = sorted(
        (
            one
            for one in sentence.actors
            if one.state and one.state not in others and one.kind in {"state", "organ", "title"}
        ),
        key=lambda one: one.start,
    )
    before = [one for one in fit if one.end <= mark.start]
    nearest = before[-1] if before else next((one for one in fit if one.start >= mark.end), None)
    if nearest is None or story.scene.border_between(nearest.end - 1, mark.start) <= 1:
        return nearest
    return nearest if len(fit) == 1 else None


def _fought(
    story: Story, number: int, sentence: Sentence, fresh: list[Found], acts: list[Act], said: Speaker | None
) -> list[Found]:
    """That the act told last is fought in court: by the side listed, or, where an entry was ended, by the state."""
    mark = next(iter(sentence.of("contest")), None)
    if (
        mark is None
        or _is_not_fought(story, sentence, mark)
        or any(one.modality == "requested" for one in fresh)
        or not _is_named(sentence, mark, acts)
    ):
        return []
    recent = [one for one in story.found if one.action in COMMENTED | {"annul"} and number - one.sentence <= _BACK]
    recent = [one for one in recent if not story.is_past(one)] or recent
    targets = [one for one in (*recent, *fresh) if one.modality in _SETTLED | {"ordered"}]
    if not targets:
        return []
    last = next((one for one in targets if one.action == "annul" and one.sentence == targets[-1].sentence), targets[-1])
    targets = [one for one in targets if (one.sentence, one.owner.state) == (last.sentence, last.owner.state)]
    if last.action in _LISTING:
        action = "delist"
    elif last.action in _ENDING and any(
        one.end <= mark.start and one.kind in {"organ", "title", "person"} for one in sentence.actors
    ):
        action = "renew"
    else:
        return []
    targets = [msgspec.structs.replace(one, action=action) for one in targets if one.action == last.action]
    return _told(story, number, sentence, mark, targets, said, "requested", last.owner)


def _is_not_fought(story: Story, sentence: Sentence, mark: Mark) -> bool:
    """Whether it is said that nobody fights it, or what holds "unless it is appealed"."""
    return any(
        0 <= mark.start - word.end <= _DENIED and not story.scene.border_between(word.end - 1, mark.start)
        for word in sentence.of("neg", "need")
    )


def _is_named(sentence: Sentence, mark: Mark, acts: list[Act]) -> bool:
    """Whether what is fought is the act told of: "the decision", "the ban", "it"; and no act of the sentence's own."""
    if any(abs(act.verb.start - mark.end) <= _BESIDE and act.form in {"noun", "base"} for act in acts):
        return False
    return any(
        one.start < mark.end + _BESIDE and mark.start - _BESIDE < one.end
        for one in sentence.of("move", "ban", "status", "it", "instrument", "court")
    )


def _last(story: Story, number: int, *, is_news: bool = False) -> list[Found]:
    """What was told last, of one act; of news rather than of what happened in another year, where *is_news*."""
    back = _BACK_TO_NEWS if is_news else _BACK
    found = [one for one in story.found if one.action in COMMENTED | {"annul"} and number - one.sentence <= back]
    if is_news:
        found = [one for one in found if not story.is_past(one)] or found
    if not found:
        return []
    last = found[-1]
    return [
        one
        for one in found
        if (one.sentence, one.action, one.owner.state) == (last.sentence, last.action, last.owner.state)
    ]


def _told(
    story: Story, number: int, sentence: Sentence, mark: Mark, targets: list[Found], said: Speaker | None, how: str,
    owner: Owner,
) -> list[Found]:  # fmt: skip
    start = owner.start if sentence.start <= owner.start < mark.start else mark.start
    dates = story.dates(sentence)
    if said is None or said.name is None:
        people = [one for one in attribution.candidates(story.scene, sentence) if one.name and one.end <= mark.start]
        said = people[-1] if people else said
    decider = story.tokens.said(owner.start, owner.end) if owner.how == "agent" else None
    return [
        msgspec.structs.replace(
            one, sentence=number, modality=how, owner=owner, date=dates[0] if dates else None, speaker=said,
            decider=decider, span=(start, mark.end), rule=mark.kind, confidence=min(one.confidence, 0.6),
            chain=attribution.outlets(sentence), reason=None, instrument=None,
        )
        for one in {one.mention.key: one for one in reversed(targets)}.values()
    ]  # fmt: skip
