"""Who speaks each sentence of a story, by what its other sentences say of the same persons."""

import re
from typing import Final

import msgspec

from tizim.news import attribution
from tizim.news.attribution import Speaker
from tizim.news.claims import Spelling
from tizim.news.found import COMMENTED, Found
from tizim.news.known import Known
from tizim.news.lexicon import Mark
from tizim.news.scene import Sentence
from tizim.news.spelling import Named, guard
from tizim.news.story import Story
from tizim.news.tokens import fold

_LEAD: Final = 2  # sentences after the first in which the source of the first may be named
_POINTING: Final = 8  # words at the head of a sentence that may point back to the one before
_BESIDE: Final = 2
_TOLD: Final = frozenset({"done", "decided", "planned", "possible", "requested", "denied"})
_OPENING, _CLOSING = "“«„「『", "”»」』"
_MARKS: Final = '“”«»"„'
_QUOTES: Final = re.compile(f"[{_OPENING}{_CLOSING}{_MARKS}]")
_COLONS: Final = frozenset({":", "："})


class Speakers:
    """The persons of a story, and who speaks at the moment."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self.last: Speaker | None = None
        self.introduced = False
        """whether a colon before this sentence said who speaks it"""
        self.by_sentence: list[Speaker | None] = []
        self._persons: dict[str, Speaker] = {}
        self._states: dict[int, str] = {}
        """the state that a person named at a place must speak for"""
        self._quoted = False
        self._introduced: Speaker | None = None

    def next(self, sentence: Sentence) -> Speaker | None:
        """Who speaks *sentence*, which follows the one asked for before."""
        before, end = self._quoted, self._story.end_of(sentence)
        said = self._said(sentence, end)
        self.introduced = self._introduced is not None
        if self._introduced is not None:
            self.last = said = self._introduced
        tokens = self._story.tokens
        if "say" in sentence.kinds and tokens.text[tokens.ends[sentence.end - 1] : end].lstrip()[:1] in _COLONS:
            self._introduced = self.last
        elif not (self._quoted and (before or self._introduced)):
            self._introduced = None
        self.by_sentence.append(said)
        return said

    def _said(self, sentence: Sentence, end: int) -> Speaker | None:
        story = self._story
        first = story.tokens.starts[sentence.start]
        text = story.tokens.text[max(first - 1, 0) : end]
        marked = _QUOTES.search(text) is not None
        opened = sum(text.count(c) for c in _OPENING) - sum(text.count(c) for c in _CLOSING) if marked else 0
        before, self._quoted = self._quoted, opened > 0 or (self._quoted and opened == 0)
        said = attribution.speaker(story.scene, sentence, quoted=before)
        if said is not None:
            self.last = said = self._placed(sentence, self.full(said))
            return said
        says = sentence.kinds.get("say", [])
        in_marks = before or self._quoted or (marked and any(c in text for c in _MARKS))
        if (in_marks and (before or says)) or self._is_pronoun(sentence, says):
            return self.last
        return None

    def _is_pronoun(self, sentence: Sentence, says: list[Mark]) -> bool:
        """Whether "he said" means who spoke before."""
        its = sentence.kinds.get("it", []) if says else []
        return any(abs(it.start - say.start) <= _BESIDE for it in its for say in says)

    def _placed(self, sentence: Sentence, said: Speaker) -> Speaker:
        """A person without a state, with the state of which the sentence or the story tells."""
        if said.name is None or said.state:
            return said
        here = next((one.state for one in sentence.actors if one.state and one.kind == "state"), "")
        said = msgspec.structs.replace(said, state=here or self._story.topic)
        if said.named is not None:
            self._states[said.named[0]] = said.state
        self._persons[_key(said)] = said
        return said

    def full(self, said: Speaker) -> Speaker:
        """A speaker named by the last name or by the title only, with what was said of the person before."""
        if said.name is None:
            return self._by_title(said)
        known = self._persons.get(_key(said))
        if known is not None and (said.role is None or len(known.name or "") > len(said.name)):
            said = msgspec.structs.replace(
                known, start=said.start, end=said.end, role=said.role or known.role, state=said.state or known.state
            )
        self._persons[_key(said)] = said
        return said

    def _by_title(self, said: Speaker) -> Speaker:
        """The person whom "the minister" means, where one with that title spoke last."""
        last = self.last
        if last is None or last.name is None or not last.role or not said.role or said.state not in {"", last.state}:
            return said
        if " " not in said.role and said.role.casefold() in last.role.casefold().split():
            return msgspec.structs.replace(last, start=said.start, end=said.end)
        return said

    # -- once all sentences are read -------------------------------------------------------------------------------

    def spell(self, known: Known) -> tuple[Spelling, ...]:
        """What the spelling guard finds; an official under a wrong spelling is named as the register does."""
        story = self._story
        offices = (each for each in story.sentences if "title" in each.kinds)
        people = [one for each in offices for one in attribution.candidates(story.scene, each)]
        named = [
            Named(start=one.named[0], end=one.named[1], state=one.state or self._states.get(one.named[0], ""))
            for one in people
            if one.named is not None
        ]
        guarded = guard(story.scene, named, known)
        for one in story.found:
            if one.speaker is not None and one.speaker.name is not None:
                official = guarded.officials.get(fold(one.speaker.name))
                if official is not None:
                    one.speaker = msgspec.structs.replace(one.speaker, name=official.name)
        return guarded.findings

    def lead(self) -> None:
        """Give what the first sentence tells without a source the source that the next ones name."""
        first = next((one.sentence for one in self._story.found), 0)
        telling = {one.sentence for one in self._story.found}
        for one in self._story.found:
            self._date_of_telling(one, telling)
            if one.speaker is None or one.speaker.name is None:
                self._source_of(one, is_first=one.sentence == first)
            elif one.sentence == first and one.date is None:
                self._date_of_speech(one)

    def _source_of(self, one: Found, *, is_first: bool) -> None:
        story = self._story
        for number in range(one.sentence + 1, min(one.sentence + 1 + _LEAD, len(self.by_sentence))):
            said = self.by_sentence[number]
            if said is None or said.name is None or not said.state:
                continue
            near = is_first or self._points_to_before(story.sentences[number])
            if near and said.state == one.owner.state and one.action in COMMENTED:
                one.speaker = said
                if one.date is None and (dates := story.dates(story.sentences[number])):
                    one.date = dates[0]
            return

    def _date_of_speech(self, one: Found) -> None:
        """Take for the news the day on which the next sentence says that its speaker spoke."""
        number = one.sentence + 1
        said = self.by_sentence[number] if number < len(self.by_sentence) else None
        if said is None or said.name is None or one.speaker is None or said.name != one.speaker.name:
            return
        sentence = self._story.sentences[number]
        dates = self._story.dates(sentence)
        if dates and sentence.kinds.get("say"):
            one.date = dates[0]

    def _date_of_telling(self, one: Found, telling: set[int]) -> None:
        """Take for news without a day the one on which "the ministry said this", where that sentence tells no more."""
        number = one.sentence + 1
        sentences = self._story.sentences
        if one.date is not None or one.action not in COMMENTED or number >= len(sentences) or number in telling:
            return
        if one.modality in _TOLD and self._says_it(sentences[number]):
            dates = self._story.dates(sentences[number])
            one.date = dates[0] if dates else None

    def _says_it(self, sentence: Sentence) -> bool:
        """Whether somebody says something of the news just told: "the decision", "it", "this" that is no article."""
        language = self._story.language
        kinds = ["it", "move"]
        if language.bare or language.article or language.verb == "final":
            kinds.append("this")
        head = sentence.start + _POINTING
        return "say" in sentence.kinds and any(one.start < head for one in sentence.of(*kinds))

    def _points_to_before(self, sentence: Sentence) -> bool:
        """Whether *sentence* only says who told the one before: "this was announced by …"."""
        head = sentence.start + _POINTING
        return any(this.start < head for this in sentence.of("this", "it")) and "say" in sentence.kinds


def _key(said: Speaker) -> str:
    """What tells a person within one story: the last name."""
    return (said.name or "").split()[-1].casefold()
