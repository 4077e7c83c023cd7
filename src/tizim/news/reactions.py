"""That somebody welcomes or criticises an act that the story tells."""

from typing import Final

import msgspec

from tizim.news import attribution
from tizim.news.acts import Act
from tizim.news.attribution import Speaker
from tizim.news.found import COMMENTED, Found
from tizim.news.lexicon import Mark
from tizim.news.scene import Sentence
from tizim.news.speakers import Speakers
from tizim.news.story import Story

_REACHES: Final = 12  # words between a reaction and the "decision" it is about
_OBJECT: Final = 2  # what may stand between a reaction and the act it is about
_SHORT: Final = 10  # words of a sentence that says nothing but how somebody took the news
_SHORT_OF_OTHERS: Final = 14  # the same where another state than that of the list answers
_SHORTEST: Final = 4
_BESIDE: Final = 2
_LATE: Final = 2  # sentences back to what a short answer can be about


def reactions(
    story: Story, speakers: Speakers, number: int, sentence: Sentence, fresh: list[Found], acts: list[Act]
) -> list[Found]:
    """The reactions of *sentence*, to what it tells itself (*fresh*, by *acts*) or to what was told last."""
    found = []
    for action in ("welcome", "criticise"):
        if action not in sentence.kinds:
            continue
        mark = sentence.kinds[action][0]
        targets = _own(story, sentence, mark, fresh) or _before(story, number, sentence, mark, acts)
        if not targets:
            continue
        speaker = _reacting(story, speakers, sentence, mark)
        start = speaker.start if speaker is not None and sentence.start <= speaker.start < mark.start else mark.start
        dates = story.dates(sentence)
        found += [
            msgspec.structs.replace(
                target, sentence=number, action=action, modality="stated", date=dates[0] if dates else None,
                speaker=speaker, span=(start, mark.end), rule=action, decider=None, reason=None, instrument=None,
                chain=attribution.outlets(sentence),
            )
            for target in {(one.mention.key, one.owner.state): one for one in reversed(targets)}.values()
        ]  # fmt: skip
    return found


def _own(story: Story, sentence: Sentence, mark: Mark, fresh: list[Found]) -> list[Found]:
    """What of the same sentence the reaction is about."""
    return [
        one
        for one in fresh
        if one.action in COMMENTED
        and one.modality not in {"in_force", "requested"}
        and _is_object(story, sentence, mark, one)
    ]


def _is_object(story: Story, sentence: Sentence, mark: Mark, one: Found) -> bool:
    first, last = one.span
    if first >= mark.end:
        return story.scene.crossed(mark.end - 1, first, sentence) <= _OBJECT
    return last <= mark.start and (story.language.verb == "final" or _names_a_move(sentence, mark))


def _before(story: Story, number: int, sentence: Sentence, mark: Mark, acts: list[Act]) -> list[Found]:
    """What was told last, where the sentence speaks of "the decision" or says nothing else."""
    if any(act.form in {"noun", "base"} and _is_about(sentence, mark, act) for act in acts):
        return []  # it is about an act of its own, whose subject nobody knows
    last = [one for one in story.found if one.action in COMMENTED and one.modality != "in_force"]
    is_answer = bool(last) and _is_answer(story, number, sentence, last[-1])
    if not last or not (_names_a_move(sentence, mark) or is_answer):
        return []
    last = [one for one in last if one.rule != "same"] or last
    last = [one for one in last if not story.is_past(one)] or last
    states = {
        land.value
        for land in sentence.of("people", "state")
        for move in sentence.of("move")
        if (story.language.adjective != "after" and 0 <= move.start - land.end <= _BESIDE)
        or 0 <= land.start - move.end <= _BESIDE
    }
    if not states:  # "thanked Trump"
        states = {one.state for one in sentence.actors if one.kind == "person" and one.start >= mark.end and one.state}
    last = [one for one in last if one.owner.state in states] or last
    last = [one for one in last if not one.rule.startswith("stand")] or last
    return [one for one in last if one.sentence == last[-1].sentence]


def _is_answer(story: Story, number: int, sentence: Sentence, last: Found) -> bool:
    """Whether the sentence says nothing else, and what was told last stands right before.

    It may stand a sentence farther where "it" takes it up or next to nothing is said; who answers for another state
    may use more words.
    """
    size = sentence.end - sentence.start
    other = next((one.state for one in sentence.actors if one.state and one.kind != "people"), "")
    if size > (_SHORT if other in {"", last.owner.state} else _SHORT_OF_OTHERS):
        return False
    apart = number - story.found[-1].sentence
    return apart == 1 or (apart <= _LATE and (size <= _SHORTEST or any(sentence.of("it"))))


def _is_about(sentence: Sentence, mark: Mark, act: Act) -> bool:
    """Whether an act behind the reaction is its object, and not a second thing that is told."""
    return act.start > mark.end and not any(mark.end <= conj.start < act.start for conj in sentence.of("conj"))


def _names_a_move(sentence: Sentence, mark: Mark) -> bool:
    return any(abs(move.start - mark.start) <= _REACHES for move in sentence.of("move"))


def _reacting(story: Story, speakers: Speakers, sentence: Sentence, mark: Mark) -> Speaker | None:
    """Who reacts: who was introduced to speak, stands right behind a noun, speaks the sentence, or stands before."""
    if speakers.introduced:
        return speakers.last
    people = attribution.candidates(story.scene, sentence)
    behind = next((one for one in people if 0 <= one.start - mark.end <= 1), None)
    if behind is not None and story.language.adjective == "after":
        return speakers.full(behind)
    said = attribution.speaker(story.scene, sentence)
    if said is not None:
        return speakers.full(said)
    before = [one for one in people if one.end <= mark.start]
    before = [one for one in before if sentence.ends_at("per", one.start) is None] or before
    named = [one for one in before if one.name] or before
    if not named:
        return None
    return speakers.full(named[0] if story.language.verb == "final" else named[-1])
