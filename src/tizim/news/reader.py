"""A story read from its first sentence to its last: from acts with arguments to claims."""

import datetime as dt
from typing import Final

import msgspec

from tizim.news import acts as telling
from tizim.news import arguments, attribution, naming
from tizim.news.acts import Act, Complements, phrase_of
from tizim.news.arguments import Owner
from tizim.news.attribution import Speaker
from tizim.news.claims import Claim, Spelling
from tizim.news.found import Found, distinct
from tizim.news.grammar import grammar
from tizim.news.known import Known
from tizim.news.lexicon import Mark
from tizim.news.meaning import date_of, meaning
from tizim.news.modality import negation
from tizim.news.pointing import is_new, is_pointed_list, points_back, takes_up
from tizim.news.reactions import reactions
from tizim.news.scene import Mention, Sentence
from tizim.news.speakers import Speakers
from tizim.news.story import Story
from tizim.news.taking_up import taken_up
from tizim.news.tokens import written

_RECENT: Final = 3  # sentences over which "the decision of 17 April" reaches back
_LEAD: Final = 2
_CLOSE: Final = 2
_BESIDE: Final = 3
_REASON: Final = 20  # words of a reason that are told
_REACHES: Final = 12


class Reader:
    """One reading of one text."""

    def __init__(self, text: str, code: str, published: dt.date | None, known: Known) -> None:
        self._known = known
        self._story = Story(text, grammar(code, known), published)
        self._speakers = Speakers(self._story)
        self.language = self._story.language
        self.spelling: tuple[Spelling, ...] = ()

    def read(self) -> list[Claim]:
        """The claims of the text, in its order."""
        for number, sentence in enumerate(self._story.sentences):
            self._sentence(number, sentence, self._speakers.next(sentence))
        self._place()
        self._speakers.lead()
        self.spelling = self._speakers.spell(self._known)
        return distinct(self._claim(one) for one in self._story.found)

    def _sentence(self, number: int, sentence: Sentence, said: Speaker | None) -> None:
        story = self._story
        story.listed = story.listed or "terrorist" in sentence.kinds
        acts: list[Act] = []
        fresh: list[Found] = []
        lists: list[Mark] = []
        if sentence.tells:
            complements = Complements(story.scene, sentence, listed_before=story.listed)
            lists = complements.lists
            acts = self._acts(sentence, complements)
            for act in acts:
                fresh += self._act(number, sentence, act, acts, said, complements.swallowed)
        if "same" in sentence.kinds or "contest" in sentence.kinds:
            fresh += taken_up(story, number, sentence, fresh, acts, said)
        if not fresh:
            self._add_date(number, sentence)
            if lists:
                self._note_owner(sentence, lists[0])
        story.listed = story.listed or bool(lists)
        fresh += reactions(story, self._speakers, number, sentence, fresh, acts)
        story.found += fresh
        self._note_topic(sentence)

    def _acts(self, sentence: Sentence, complements: Complements) -> list[Act]:
        """The acts of *sentence*; whom they name for the first time is then one of its subjects."""
        story = self._story
        sentence.lists = [one for one in complements.all if one.kind == telling.LIST]
        if complements.all or not sentence.kinds.keys().isdisjoint(("act/ban", "act/sanction", "act/delist")):
            sentence.dated = {place for told in story.dates(sentence) for place in range(told.start, told.end)}
        acts = telling.find(story.scene, sentence, complements)
        if acts:
            new = naming.names(story.scene, sentence, acts, story.named)
            sentence.mentions = sorted((*sentence.mentions, *new))
        return acts

    def _note_topic(self, sentence: Sentence) -> None:
        """Keep in mind of whom the sentence spoke."""
        story = self._story
        mentions = [one for one in sentence.mentions if not arguments.is_part(story.scene, sentence, one)]
        if mentions or not story.focus:
            story.focus = mentions or sentence.mentions
        story.topic = next(
            (one.state for one in sentence.actors if one.state and one.kind in {"state", "organ"}), story.topic
        )

    def _note_owner(self, sentence: Sentence, noun: Mark) -> None:
        """Keep in mind whose list it is that only later sentences tell something of."""
        act = Act("stand", "present", Mark("act/stand", "present", noun.start, noun.start), noun)
        owners = arguments.owners(self._story.scene, sentence, act, [], [])
        if owners and owners[0].state:
            self._story.owner = owners[0].state

    def _add_date(self, number: int, sentence: Sentence) -> None:
        """Take the date and the signer of "the decision of 17 April" for the act told just before, if it has none."""
        found = self._story.found
        if "move" not in sentence.kinds or not found or number - found[-1].sentence > _LEAD:
            return
        dates = self._story.dates(sentence)
        named = [one for one in attribution.candidates(self._story.scene, sentence) if one.name]
        for one in found:
            if number - one.sentence > _RECENT or one.owner.state != found[-1].owner.state:
                continue
            if dates and one.date is None and one.modality in {"done", "decided", "requested"}:
                one.date = dates[0]
            is_open = one.speaker is None or one.speaker.name is None
            if named and is_open and named[0].state in {"", one.owner.state}:
                one.speaker = named[0]

    # -- one act -------------------------------------------------------------------------------------------------

    def _act(
        self, number: int, sentence: Sentence, act: Act, acts: list[Act], said: Speaker | None, swallowed: set[int]
    ) -> list[Found]:
        story = self._story
        mentions = arguments.subjects(story.scene, sentence, act, acts)
        is_open = not mentions and not arguments.is_of_its_people(story.scene, sentence, act)
        if is_open and points_back(story, sentence, act, acts, swallowed):
            border = story.scene.border_between
            before = [one for one in sentence.mentions if one.end <= act.start and border(one.end - 1, act.start)]
            mentions = story.focus[:1] or before[:1] or self._next_mention(number)
        elif is_open and not story.focus and is_new(story, sentence, act, swallowed):
            mentions = self._next_mention(number) if self._names_one(number + 1) else []
        if not mentions:
            return []
        action, how, governor = meaning(story, sentence, act, acts)
        if action is None:
            return []
        told = arguments.owners(story.scene, sentence, act, acts, mentions)
        owners = self._owners(number, sentence, act, told, mentions[0], said, how)
        if not owners:
            return []
        if action != "not_listed" and owners[0].state:
            story.owner = owners[0].state
        story.listed = True
        decider = story.tokens.said(told[0].start, told[0].end) if told and told[0].end > told[0].start else None
        found = []
        chain = attribution.outlets(sentence)
        reason, instrument = self._phrase(sentence, "cause", act), self._phrase(sentence, "instrument", act)
        for owner in owners:
            if owner.how in {"agent", "place"}:
                decider = story.tokens.said(owner.start, owner.end)
            date = date_of(story, sentence, act, acts, owner if len(owners) > 1 else None)
            speaker = self._speaking(sentence, act, owner, said, decider, governor, is_asked=how == "requested")
            found += [
                Found(
                    sentence=number, mention=mention, owner=owner, action=action, modality=how, date=date,
                    speaker=speaker, decider=decider, span=self._span(sentence, act, mention, owner, governor),
                    rule=_rule(act, owner), confidence=_confidence(sentence, act, mention, owner),
                    chain=chain, reason=reason, instrument=instrument,
                )
                for mention in mentions
            ]  # fmt: skip
        return found

    def _next_mention(self, number: int) -> list[Mention]:
        """Whom a first sentence means that only the next one names."""
        following = self._story.sentences[number + 1 : number + 2]
        return following[0].mentions[:1] if following else []

    def _names_one(self, number: int) -> bool:
        """Whether a sentence names one subject, and no more."""
        return any(len({one.key for one in each.mentions}) == 1 for each in self._story.sentences[number : number + 1])

    def _owners(
        self,
        number: int,
        sentence: Sentence,
        act: Act,
        told: list[Owner],
        mention: Mention,
        said: Speaker | None,
        how: str,
    ) -> list[Owner]:
        """Whose lists the act is about, by its sentence (*told*) or by what was told before."""
        story = self._story
        if told and told[0].state:
            asked = how == "requested" and told[0].how == "agent" and act.complement is not None and story.owner
            if asked and act.complement is not None and is_pointed_list(sentence, act.complement):
                return [Owner(story.owner, act.start, act.end, "context")]
            return told
        if not told and ("elsewhere" in sentence.kinds or self._is_said_of_nobody(sentence, act)):
            return []
        state = self._context(sentence, act, said)
        if act.meaning in {"stand", "lack"} and negation(story.scene, sentence, act):
            state = self._other_list(number, mention, state)
        return [Owner(state, act.start, act.end, "context")]

    def _is_said_of_nobody(self, sentence: Sentence, act: Act) -> bool:
        """Whether somebody is called a terrorist, and the sentence does not say by whom."""
        if act.meaning != "stand" or act.complement is None or act.complement.kind != telling.PREDICATE:
            return False
        return not any(one.kind in {"home", "organ"} for one in sentence.actors)

    def _other_list(self, number: int, mention: Mention, state: str) -> str:
        """Whose list a subject is said not to be on, where *state* was just told to have taken it off its own."""
        story = self._story
        if not any(
            one.mention.key == mention.key and one.owner.state == state and one.action == "delist"
            for one in story.found
        ):
            return state
        for sentence in reversed(story.sentences[max(0, number - _LEAD) : number + 1]):
            for actor in reversed(sentence.actors):
                if actor.state and actor.state != state and actor.kind in {"state", "organ"}:
                    return actor.state
        return state

    def _context(self, sentence: Sentence, act: Act, said: Speaker | None) -> str:
        """Whose list it must be by what was told before."""
        story = self._story
        if said is not None and said.state and any(we.end <= act.end for we in sentence.of("we")):
            return said.state
        if act.complement is None and act.meaning == "delist" and story.owner:
            return story.owner
        first, last = phrase_of(act.complement or act.verb)
        is_own = any(mark.end == first or first <= mark.start <= last for mark in sentence.of("own"))
        if takes_up(act) and story.owner and not is_own:
            return story.owner
        before = [
            one.state
            for one in sentence.actors
            if one.state and one.kind in {"state", "organ"} and one.end <= act.start
            if not arguments.is_venue(story.scene, sentence, one, act)
        ]
        if (
            not before
            and story.owner
            and any(one.kind == "organ" and not one.state and one.end <= act.verb.start for one in sentence.actors)
            and (said is None or not said.state)
        ):
            return story.owner  # "the Supreme Court had banned it"
        if not before and (land := _deciding(sentence, act)):
            return land
        return (before[-1] if before else "") or (said.state if said else "") or story.topic or story.owner

    def _speaking(
        self,
        sentence: Sentence,
        act: Act,
        owner: Owner,
        said: Speaker | None,
        decider: str | None,
        governor: Mark | None,
        *,
        is_asked: bool,
    ) -> Speaker | None:
        """Who says it: who speaks the sentence; where nobody with a name does, the person or body that does the act.

        Who promises or asks it (*governor*) says it too, whatever clause the act itself stands in.
        """
        if said is not None and said.name is not None:
            return said
        scene = self._story.scene
        for one in attribution.candidates(scene, sentence):
            if one.name is None or (one.role is None and one.named is not None) or one.end > act.verb.start:
                continue
            if not is_asked and one.state not in {"", owner.state}:
                continue
            is_governed = governor is not None and one.end <= governor.start < act.verb.start
            place = governor.start if governor is not None and is_governed else act.verb.start
            if scene.crossed(one.end - 1, place, sentence) <= _CLOSE:
                return self._speakers.full(one)
        if said is not None or decider is None or owner.how not in {"agent", "place"}:
            return said
        return Speaker(name=None, role=decider, state=owner.state, start=owner.start, end=owner.end)

    def _span(
        self, sentence: Sentence, act: Act, mention: Mention, owner: Owner, governor: Mark | None
    ) -> tuple[int, int]:
        """The words a claim rests on."""
        first, last = act.start, act.end
        parts: list[Mention | Owner | Mark] = [
            one for one in (mention, owner) if sentence.start <= one.start < sentence.end
        ]
        if governor is not None and first - governor.end <= _BESIDE and governor.start - last <= _BESIDE:
            parts.append(governor)
        for one in parts:
            first, last = min(first, one.start), max(last, one.end)
        return first, last

    def _phrase(self, sentence: Sentence, kind: str, act: Act) -> tuple[int, int] | None:
        """The words from a mark of *kind* up to the next border."""
        if kind not in sentence.kinds:
            return None
        mark = next((m for m in sentence.kinds[kind] if m.start >= act.end or m.end <= act.start), None)
        if mark is None:
            return None
        end = mark.end
        while end < sentence.end and self._story.tokens.border[end] == 0 and end - mark.start < _REASON:
            end += 1
        return mark.start, end

    # -- once all sentences are read -------------------------------------------------------------------------------

    def _place(self) -> None:
        """Find the state of what was told before any state was: by what is told later of the same subject."""
        story = self._story
        states = {
            one.state
            for sentence in story.sentences
            for one in sentence.actors
            if one.state and one.kind in {"state", "organ"}
        }
        if not states:  # "the Home Secretary" has a state, where no state is named at all
            states = {one.state for sentence in story.sentences for one in sentence.actors if one.state}
        for one in story.found:
            if one.owner.state:
                continue
            later = next((each.owner.state for each in story.found if each.owner.state and _is_same(one, each)), "")
            state = later or (next(iter(states)) if len(states) == 1 else "")
            one.owner = msgspec.structs.replace(one.owner, state=state)
        story.found = [one for one in story.found if one.owner.state]

    def _claim(self, one: Found) -> Claim:
        tokens = self._story.tokens
        start, end = tokens.span(*one.span)
        speaker, date = one.speaker, one.date
        return Claim(
            subject=one.mention.id, subject_name=written(one.mention.name), list=one.owner.state, action=one.action,
            modality=one.modality,
            date=self._story.iso(date),
            date_text=tokens.said(date.start, date.end) if date else None,
            date_kind=self._kind_of_date(one),
            announcer=speaker.name if speaker else None,
            announcer_role=speaker.role if speaker else None,
            decider=one.decider if one.modality in {"done", "decided"} else None,
            reason=tokens.said(*one.reason) if one.reason else None,
            act=tokens.said(*one.instrument) if one.instrument else None,
            chain=tuple(one.chain), start=start, end=end, evidence=tokens.text[start:end],
            rule=one.rule, confidence=one.confidence,
        )  # fmt: skip

    def _kind_of_date(self, one: Found) -> str | None:
        """What the date told is of: the event, its announcement, or the beginning of what still holds."""
        told, sentence = one.date, self._story.sentences[one.sentence]
        if told is None:
            return None
        if not sentence.start <= told.start < sentence.end:
            return "announced"
        if any(0 <= told.start - since.end <= 1 for since in sentence.of("since")):
            return "since"
        first, last = one.span
        act = 0 if first <= told.start < last else min(abs(told.start - last), abs(first - told.end))
        saying = (min(abs(told.start - m.end), abs(m.start - told.end)) for m in sentence.kinds.get("say", ()))
        return "announced" if one.speaker is not None and min(saying, default=_REACHES) < act else "event"


def _is_same(one: Found, other: Found) -> bool:
    return (one.mention.key, one.action, one.modality) == (other.mention.key, other.action, other.modality)


def _deciding(sentence: Sentence, act: Act) -> str:
    """Whose decision it is that tells of the act: "the American decision to revoke it"."""
    return next(
        (
            land.value
            for move in sentence.of("decide", "move")
            if move.end <= act.verb.start
            for land in sentence.of("people")
            if land.end == move.start or land.start == move.end
        ),
        "",
    )


def _rule(act: Act, owner: Owner) -> str:
    """Which rule a claim comes from: the act and its complement, and how the list was found."""
    complement = act.complement.kind if act.complement is not None else "alone"
    return f"{act.verb.kind.removeprefix('act/')} {complement}, {owner.how}"


def _confidence(sentence: Sentence, act: Act, mention: Mention, owner: Owner) -> float:
    """How sure the reading is, by what had to be taken from the context: a grade, not a probability."""
    sure = 0.95
    if owner.how == "context":
        sure -= 0.2
    if not sentence.start <= mention.start < sentence.end:
        sure -= 0.15
    if act.complement is None:
        sure -= 0.1
    if act.form == "noun":
        sure -= 0.05
    return round(sure, 2)
