"""One text in, its claims out."""

import datetime as dt
from typing import Final

import msgspec

from tizim.errors import BadInput, NotSupported
from tizim.news import acts as telling
from tizim.news import arguments, attribution
from tizim.news.acts import Act, Complements
from tizim.news.arguments import Owner
from tizim.news.attribution import Speaker
from tizim.news.claims import Claim, Reading, Spelling
from tizim.news.dates import Told, almanac, resolve
from tizim.news.grammar import grammar
from tizim.news.identify import UNKNOWN, known_code, language_of
from tizim.news.known import Known, starter
from tizim.news.language import codes
from tizim.news.lexicon import Mark
from tizim.news.modality import modality, negation
from tizim.news.notices import machine_translated
from tizim.news.scene import Mention, Scene, Sentence
from tizim.news.spelling import Named, guard
from tizim.news.tokens import Tokens, fold

LONGEST: Final = 400_000
"""characters that are read; no article is longer"""
_LEAD: Final = 2  # sentences after the first in which the source of the first may be named
_RECENT: Final = 3  # sentences over which "the decision of 17 April" reaches back
_POINTING: Final = 8  # words at the head of a sentence that may point back to the one before
_SHORT: Final = 10
_BESIDE: Final = 3
_COURT: Final = 10  # words between a court and its deciding
_OBJECT: Final = 2
_COMMENTED: Final = frozenset({"delist", "list", "suspend", "renew"})
_REACHES: Final = 12


def read_news(
    text: str, language: str | None = None, published: str | dt.date | None = None, *, known: Known | None = None
) -> Reading:
    """What the article *text* says of lists, as claims of its speakers.

    *language* is found out if it is not given; *published* is the day by which "on Friday" is understood.
    """
    day = _day(published)
    read = text[:LONGEST]
    code = known_code(language) if language else language_of(read)
    if code is None:
        raise NotSupported(f"no language file for '{language}': there are {', '.join(codes())}")
    if code == UNKNOWN:
        return Reading(
            language=code, machine_translated=machine_translated(read, "en"),
            published=day.isoformat() if day else None, claims=(), spelling=(), unread=len(text) - len(read),
        )  # fmt: skip
    reader = _Reader(read, code, day, known or starter())
    claims = reader.read()
    return Reading(
        language=code,
        machine_translated=machine_translated(read, reader.language.locale),
        published=day.isoformat() if day else None,
        claims=tuple(claims),
        spelling=reader.spelling,
        unread=len(text) - len(read),
    )


def _day(published: str | dt.date | None) -> dt.date | None:
    if not isinstance(published, str):
        return published
    try:
        return dt.date.fromisoformat(published[:10])
    except ValueError:
        raise BadInput(f"'{published}' is no day of publication: write YYYY-MM-DD") from None


class _Found(msgspec.Struct, kw_only=True):
    """A claim in the making."""

    sentence: int
    mention: Mention
    owner: Owner
    action: str
    modality: str
    date: Told | None
    speaker: Speaker | None
    decider: str | None
    span: tuple[int, int]
    rule: str
    confidence: float
    chain: list[str]
    reason: tuple[int, int] | None
    instrument: tuple[int, int] | None


class _Reader:
    """One reading, sentence by sentence, with what was told before."""

    def __init__(self, text: str, code: str, published: dt.date | None, known: Known) -> None:
        self.published = published
        made = grammar(code, known)
        self.tokens = Tokens(text, made.language)
        self.scene = Scene(self.tokens, made)
        self.language = made.language
        self.almanac = almanac(code)
        self.focus: list[Mention] = []
        self.owner = ""
        """the state whose list was told of last"""
        self.topic = ""
        """the state that acted last"""
        self.listed = False
        self.speaker: Speaker | None = None
        self.persons: dict[str, Speaker] = {}
        self.found: list[_Found] = []
        self.told: dict[int, list[Told]] = {}
        self.known = known
        self.spelling: tuple[Spelling, ...] = ()
        self.topic_of: dict[int, str] = {}
        """the state that a speaker named at a place must speak for"""
        self.introduced = False
        """whether a colon before this sentence said who speaks it"""

    def read(self) -> list[Claim]:
        quoted = False
        speakers: list[Speaker | None] = []
        introduced: Speaker | None = None
        for number, sentence in enumerate(self.scene.sentences):
            before = quoted
            said, quoted = self._said(sentence, quoted)
            self.introduced = introduced is not None
            if introduced is not None:
                self.speaker = said = introduced
            opens = self.tokens.text[self.tokens.ends[sentence.end - 1] : self._end_of(sentence)].lstrip()[:1] in {":", "："}
            introduced = self.speaker if opens and sentence.kinds.get("say") else introduced if quoted and (before or introduced) else None
            speakers.append(said)
            self._sentence(number, sentence, said)
        self._spell()
        self._lead(speakers)
        return _distinct([self._claim(one) for one in self.found])

    def _spell(self) -> None:
        """Look at how persons are spelt; who is an official under a wrong spelling is named as the register does."""
        named = []
        for sentence in self.scene.sentences:
            for one in attribution.candidates(self.scene, sentence):
                if one.named is not None:
                    named.append(Named(start=one.named[0], end=one.named[1], state=one.state or self.topic_of.get(one.named[0], "")))
        found = guard(self.scene, named, self.known)
        self.spelling = found.findings
        for one in self.found:
            if one.speaker is not None and one.speaker.name is not None:
                official = found.officials.get(fold(one.speaker.name))
                if official is not None:
                    one.speaker = msgspec.structs.replace(one.speaker, name=official.name)

    # -- speakers ------------------------------------------------------------------------------------------------

    def _said(self, sentence: Sentence, quoted: bool) -> tuple[Speaker | None, bool]:
        """Who says *sentence*, and whether its quotation goes on behind it."""
        text = self.tokens.text[self.tokens.starts[sentence.start] - 1 if sentence.start else 0 : self._end_of(sentence)]
        opened = sum(text.count(c) for c in "“«„「『") - sum(text.count(c) for c in "”»」』")
        goes_on = opened > 0 or (quoted and opened == 0)
        said = attribution.speaker(self.scene, sentence, quoted=quoted)
        if said is not None:
            said = self._full(said)
            if said.name and not said.state:
                here = next((one.state for one in sentence.actors if one.state and one.kind == "state"), "")
                said = msgspec.structs.replace(said, state=here or self.topic)
                if said.named is not None:
                    self.topic_of[said.named[0]] = said.state
                self.persons[said.name.split()[-1].casefold()] = said
            self.speaker = said
        elif ((quoted or goes_on or any(c in text for c in '“”«»"„')) and (quoted or sentence.kinds.get("say"))) or (sentence.kinds.get("say") and any(abs(it.start - say.start) <= 2 for it in sentence.of("it") for say in sentence.of("say"))):
            said = self.speaker
        return said, goes_on

    def _end_of(self, sentence: Sentence) -> int:
        return self.tokens.starts[sentence.end] if sentence.end < len(self.tokens) else len(self.tokens.text)

    def _full(self, said: Speaker) -> Speaker:
        """A speaker named by the last name only, with what was said of the person before."""
        if said.name is None:
            return self._by_title(said)
        known = self.persons.get(said.name.split()[-1].casefold())
        if known is not None and (said.role is None or len(known.name or "") > len(said.name)):
            said = msgspec.structs.replace(known, start=said.start, end=said.end, role=said.role or known.role, state=said.state or known.state)
        self.persons[(said.name or "").split()[-1].casefold()] = said
        return said

    def _by_title(self, said: Speaker) -> Speaker:
        """The person whom "the minister" means, where one with that title spoke last."""
        last = self.speaker
        if last is None or last.name is None or not last.role or not said.role or said.state not in {"", last.state}:
            return said
        if " " not in said.role and said.role.casefold() in last.role.casefold().split():
            return msgspec.structs.replace(last, start=said.start, end=said.end)
        return said

    def _lead(self, speakers: list[Speaker | None]) -> None:
        """Give what the first sentence tells without a source the source that the next ones name."""
        first = next((one.sentence for one in self.found), 0)
        for one in self.found:
            if one.speaker is not None and one.speaker.name is not None:
                if one.sentence == first and one.date is None:
                    self._date_of_speech(one, speakers)
                continue
            for number in range(one.sentence + 1, min(one.sentence + 1 + _LEAD, len(speakers))):
                said = speakers[number]
                if said is None or said.name is None or not said.state:
                    continue
                near = one.sentence == first or self._points_to_before(self.scene.sentences[number])
                if near and said.state == one.owner.state and one.action in {"delist", "list", "suspend", "renew"}:
                    one.speaker = said
                    if one.date is None and (dates := self._dates(self.scene.sentences[number])):
                        one.date = dates[0]
                break

    def _date_of_speech(self, one: _Found, speakers: list[Speaker | None]) -> None:
        """Take for the news the day on which the next sentence says that its speaker spoke."""
        number = one.sentence + 1
        said = speakers[number] if number < len(speakers) else None
        if said is None or one.speaker is None or said.name not in {one.speaker.name, None}:
            return
        dates = self._dates(self.scene.sentences[number])
        if dates and any(self.scene.sentences[number].of("say")) and said.name is not None:
            one.date = dates[0]

    def _points_to_before(self, sentence: Sentence) -> bool:
        """Whether *sentence* only says who told the one before: "this was announced by …"."""
        return any(this.start < sentence.start + _POINTING for this in sentence.of("this", "it")) and any(sentence.of("say"))

    # -- sentences -----------------------------------------------------------------------------------------------

    def _sentence(self, number: int, sentence: Sentence, said: Speaker | None) -> None:
        self.listed = self.listed or any(sentence.of("terrorist"))
        complements = Complements(self.scene, sentence, listed_before=self.listed)
        sentence.lists = [one for one in complements.all if one.kind == telling.LIST]
        if sentence.lists or complements.all:
            sentence.dated = {place for told in self._dates(sentence) for place in range(told.start, told.end)}
        acts = telling.find(self.scene, sentence, complements)
        fresh: list[_Found] = []
        for act in acts:
            fresh += self._act(number, sentence, act, acts, said, complements.swallowed)
        if not fresh:
            self._add_date(number, sentence)
        if not fresh and complements.lists:
            self._note_owner(sentence, complements.lists[0])
        self.listed = self.listed or bool(complements.lists)
        fresh += self._reactions(number, sentence, fresh, acts)
        self.found += fresh
        mentions = [one for one in sentence.mentions if not arguments.is_part(self.scene, sentence, one)]
        if mentions:
            self.focus = mentions
        for actor in sentence.actors:
            if actor.state and actor.kind in {"state", "organ"}:
                self.topic = actor.state
                break

    def _next_mention(self, number: int) -> list[Mention]:
        """Whom a first sentence means that only the next one names."""
        following = self.scene.sentences[number + 1 : number + 2]
        return following[0].mentions[:1] if following else []

    def _add_date(self, number: int, sentence: Sentence) -> None:
        """Take the date of "the decision of 17 April" for the act told just before, if that has none."""
        if not sentence.kinds.get("move") or not self.found or number - self.found[-1].sentence > _LEAD:
            return
        dates = self._dates(sentence)
        named = [one for one in attribution.candidates(self.scene, sentence) if one.name]
        for one in self.found:
            near = number - one.sentence <= _RECENT and one.owner.state == self.found[-1].owner.state
            if dates and near and one.date is None and one.modality in {"done", "decided"}:
                one.date = dates[0]
            if named and near and (one.speaker is None or one.speaker.name is None) and named[0].state in {"", one.owner.state}:
                one.speaker = named[0]

    def _note_owner(self, sentence: Sentence, noun: Mark) -> None:
        """Keep in mind whose list it is that only later sentences tell something of."""
        act = Act("stand", "present", Mark("act/stand", "present", noun.start, noun.start), noun)
        owners = arguments.owners(self.scene, sentence, act, [], [])
        if owners and owners[0].state:
            self.owner = owners[0].state

    def _act(self, number: int, sentence: Sentence, act: Act, acts: list[Act], said: Speaker | None, swallowed: set[int]) -> list[_Found]:
        scene = self.scene
        mentions = arguments.subjects(scene, sentence, act, acts)
        if not mentions and self._points_back(sentence, act, acts, swallowed):
            mentions = self.focus[:1] or self._next_mention(number)
        if not mentions:
            return []
        owners = arguments.owners(scene, sentence, act, acts, mentions)
        if not owners and sentence.kinds.get("elsewhere"):
            return []
        if not owners or not owners[0].state:
            state = self._context(sentence, act, said)
            if act.meaning == "stand" and act.complement is not None and act.complement.kind == telling.PREDICATE and not owners and not any(one.kind in {"home", "organ"} for one in sentence.actors):
                return []
            if act.meaning in {"stand", "lack"} and negation(scene, sentence, act):
                state = self._other_list(number, mentions[0], state)
            if not state:
                return []
            decider = scene.tokens.said(owners[0].start, owners[0].end) if owners else None
            owners = [Owner(state, act.start, act.end, "context")]
        else:
            decider = None
        action, how, governor = self._meaning(sentence, act, acts)
        if action is None:
            return []
        if how == "requested" and owners[0].how == "agent" and act.complement is not None and self.owner and self._is_pointed(sentence, act.complement):
            owners = [Owner(self.owner, act.start, act.end, "context")]
        if action != "not_listed":
            self.owner = owners[0].state
        self.listed = True
        found = []
        for owner in owners:
            if owner.how in {"agent", "place"} and owner.end > owner.start:
                decider = scene.tokens.said(owner.start, owner.end)
            date = self._date(sentence, act, acts, owner if len(owners) > 1 else None)
            for mention in mentions:
                found.append(
                    _Found(
                        sentence=number, mention=mention, owner=owner, action=action, modality=how, date=date,
                        speaker=self._deciding(sentence, act, owner, said, decider), decider=decider,
                        span=self._span(sentence, act, mention, owner, governor),
                        rule=f"{act.verb.kind.removeprefix('act/')} {act.complement.kind if act.complement else 'alone'}, {owner.how}",
                        confidence=self._confidence(act, owner, mention, sentence), chain=attribution.outlets(sentence), reason=self._phrase(sentence, "cause", act),
                        instrument=self._phrase(sentence, "instrument", act),
                    )
                )  # fmt: skip
        return found

    def _confidence(self, act: Act, owner: Owner, mention: Mention, sentence: Sentence) -> float:
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

    def _deciding(
        self, sentence: Sentence, act: Act, owner: Owner, said: Speaker | None, decider: str | None
    ) -> Speaker | None:
        """Who says it: who speaks the sentence; where nobody with a name does, the person or body that does the act."""
        if said is not None and said.name is not None:
            return said
        for one in attribution.candidates(self.scene, sentence):
            doing = one.name is not None and one.role is not None and one.end <= act.verb.start
            if doing and one.state in {"", owner.state} and self.scene.crossed(one.end - 1, act.verb.start, sentence) <= _OBJECT:
                return self._full(one)
        if said is not None or decider is None or owner.how not in {"agent", "place"}:
            return said
        return Speaker(name=None, role=decider, state=owner.state, start=owner.start, end=owner.end)

    def _span(
        self, sentence: Sentence, act: Act, mention: Mention, owner: Owner, governor: Mark | None
    ) -> tuple[int, int]:
        """The words a claim rests on."""
        inside: list[Mention | Owner | Mark] = [one for one in (mention, owner) if sentence.start <= one.start < sentence.end]
        if governor is not None and act.start - governor.end <= _BESIDE and governor.start - act.end <= _BESIDE:
            inside.append(governor)
        return min(act.start, *(one.start for one in inside), act.end), max(act.end, *(one.end for one in inside), act.start)

    def _phrase(self, sentence: Sentence, kind: str, act: Act) -> tuple[int, int] | None:
        mark = next((m for m in sentence.of(kind) if m.start >= act.end or m.end <= act.start), None)
        if mark is None:
            return None
        end = mark.end
        while end < sentence.end and self.tokens.border[end] == 0 and end - mark.start < 20:
            end += 1
        return mark.start, end

    def _meaning(self, sentence: Sentence, act: Act, acts: list[Act]) -> tuple[str | None, str, Mark | None]:
        """Action, modality, and the word that makes the modality."""
        scene = self.scene
        meaning = act.meaning
        negated = negation(scene, sentence, act)
        if any(0 <= act.verb.start - mark.end <= 2 or act.verb.start <= mark.start < act.verb.end or (scene.language.verb == "final" and act.start - 4 <= mark.start < act.end) for mark in sentence.of("nolonger")):
            return "delist", "done", None
        if meaning == "stand":
            if negated:
                return "not_listed", "stated", None
            if (act.form == "past" or act.complement is None) and self._date(sentence, act, acts, None) is not None:
                return "list", "done", None
            if act.form == "present" and (since := next(iter(sentence.of("since")), None)) and abs(since.start - act.end) <= _REACHES and not scene.border_between(act.end - 1, since.start) and self._date(sentence, act, acts, None) is not None:
                return "list", "done", None
            return "list", "in_force", None
        if meaning == "lack":
            return "not_listed", "stated", None
        if meaning == "keep":
            return "renew", *modality(scene, sentence, act, acts)
        if meaning == "annul":
            return "annul", "ordered", None
        if meaning == "review":
            return None, "", None
        if meaning == "weigh":
            return "delist", "possible", None
        how, governor = modality(scene, sentence, act, acts)
        if how == "decided" and self._is_of_court(sentence, act, governor):
            how = "done"
        if meaning == "list" and how == "done" and self.tokens.inside[act.start] and self._date(sentence, act, acts, None) is None:
            return "list", "in_force", None
        if meaning == "list" and negated and governor is None and act.form in {"past", "present"}:
            return "not_listed", "stated", None
        return meaning, how, governor

    def _is_plain(self, sentence: Sentence, place: int) -> bool:
        """Whether the word at *place* is an adjective that says nothing of lists, as in "the Shiite group"."""
        return self.tokens.raw[place].islower() and not any(
            mark.start <= place < mark.end for mark in (*sentence.marks, *sentence.names) if mark.kind not in {"people"}
        )

    def _is_of_court(self, sentence: Sentence, act: Act, governor: Mark | None) -> bool:
        """Whether a court decides: its decision is the act itself."""
        if governor is None:
            return False
        first, last = min(governor.start, act.start), max(governor.end, act.end)
        return any(
            first - _COURT <= court.start < last + _COURT
            and self.scene.crossed(min(court.start, governor.start), max(court.start, governor.start), sentence) <= _OBJECT
            for court in sentence.of("court")
        )

    def _is_described(self, sentence: Sentence, group: Mark, act: Act) -> bool:
        """Whether a noun for organisations has words of its own beside it, so that it means others."""
        own = range(act.complement.start, act.complement.end) if act.complement is not None else range(0)
        return any(
            group.start - 1 <= mark.start <= group.end and mark.start not in own
            for mark in sentence.of("terror", "terrorist", "people", "list")
        )

    def _points_back(self, sentence: Sentence, act: Act, acts: list[Act], swallowed: set[int]) -> bool:
        """Whether a pronoun or "the group" stands for a subject named before."""
        start, end = arguments.region(sentence, act, acts)
        for group in sentence.of("group", "person"):
            pointed = any(
                this.start == group.end or this.end == group.start or (this.end == group.start - 1 and self._is_plain(sentence, this.end))
                for this in sentence.of("this")
            )
            if self.language.bare and not pointed:
                pointed = group.start not in swallowed and not self._is_described(sentence, group, act)
                if self.language.article and self.tokens.raw[group.start].startswith(self.language.article):
                    pointed = True
            if any(0 <= part.start - group.end <= 1 for part in sentence.of("part")) and self.language.adjective == "before":
                continue
            if start <= group.start < end and pointed and not act.verb.start <= group.start < act.verb.end and not (act.complement is not None and act.complement.start <= group.start < act.complement.end):
                return True
        return any(start <= it.start < end and abs(it.start - act.verb.start) <= 3 for it in sentence.of("it"))

    def _is_pointed(self, sentence: Sentence, complement: Mark) -> bool:
        """Whether a list is one told of before: no words of its own say of whom it is."""
        first, last = telling.phrase_of(complement)
        return complement.kind == telling.PRONOUN or (
            complement.kind == telling.LIST and last - first == complement.end - complement.start
            and not any(mark.start == complement.start for mark in sentence.of("blacklist"))
        )

    def _is_told_before(self, act: Act) -> bool:
        """Whether the list, status or ban is one told of before."""
        return act.complement is not None and act.complement.kind in {telling.LIST, telling.IT, telling.PRONOUN, telling.STATUS, telling.BAN}

    def _other_list(self, number: int, mention: Mention, state: str) -> str:
        """Whose list a subject is said not to be on, where *state* was just told to have taken it off its own."""
        if not any(one.mention.key == mention.key and one.owner.state == state and one.action == "delist" for one in self.found):
            return state
        for sentence in reversed(self.scene.sentences[max(0, number - 2) : number + 1]):
            for actor in reversed(sentence.actors):
                if actor.state and actor.state != state and actor.kind in {"state", "organ"}:
                    return actor.state
        return state

    def _context(self, sentence: Sentence, act: Act, said: Speaker | None) -> str:
        """Whose list it must be by what was told before."""
        if said is not None and said.state and any(we.end <= act.end for we in sentence.of("we")):
            return said.state
        if act.complement is None and act.meaning == "delist" and self.owner:
            return self.owner
        if self._is_told_before(act) and self.owner and not any(mark.end == (act.complement or act.verb).start for mark in sentence.of("own")):
            return self.owner
        before = [one.state for one in sentence.actors if one.state and one.kind in {"state", "organ"} and one.end <= act.start]
        return (before[-1] if before else "") or (said.state if said else "") or self.topic or self.owner

    # -- dates ---------------------------------------------------------------------------------------------------

    def _date(self, sentence: Sentence, act: Act, acts: list[Act], owner: Owner | None) -> Told | None:
        """The date nearest to the act, or to the state whose list it is where several are told of."""
        best: tuple[float, Told] | None = None
        start, end = arguments.region(sentence, act, acts)
        first, last = (owner.start, owner.end) if owner is not None else (act.start, act.end)
        for told in self._dates(sentence):
            far = told.start - last if told.start >= last else first - told.end
            cost = max(far, 0) + self.scene.crossed(min(told.start, first), max(told.end, last) - 1, sentence)
            if owner is not None and told.start < first:
                cost += 4
            if not start <= told.start < end:
                cost += 8
            if best is None or cost < best[0]:
                best = (cost, told)
        return best[1] if best else None

    def _dates(self, sentence: Sentence) -> list[Told]:
        if sentence.start not in self.told:
            self.told[sentence.start] = self.almanac.find(self.tokens, sentence.start, sentence.end)
        return self.told[sentence.start]

    # -- reactions -----------------------------------------------------------------------------------------------

    def _reactions(self, number: int, sentence: Sentence, fresh: list[_Found], acts: list[Act]) -> list[_Found]:
        """That somebody welcomes or criticises an act of this sentence, or the one told of last."""
        reactions = []
        for action in ("welcome", "criticise"):
            mark = next(iter(sentence.of(action)), None)
            if mark is None:
                continue
            targets = [one for one in fresh if one.action in _COMMENTED and one.modality not in {"in_force", "requested"} and self._is_object(sentence, mark, one)]
            targets = [one for one in targets if one.modality not in {"in_force", "requested"}]
            if not targets and (self._names_a_move(sentence, mark) or self._is_answer(number, sentence)) and not any(act.start > mark.end and act.form in {"noun", "base"} for act in acts):
                last = [one for one in self.found if one.action in _COMMENTED and one.modality != "in_force"]
                states = {
                    land.value
                    for land in sentence.of("people", "state")
                    for move in sentence.of("move")
                    if 0 <= move.start - land.end <= _BESIDE - 1 or 0 <= land.start - move.end <= _BESIDE - 1
                }
                last = [one for one in last if one.owner.state in states] or last
                last = [one for one in last if not one.rule.startswith("stand")] or last
                targets = [one for one in last if one.sentence == last[-1].sentence] if last else []
            if not targets:
                continue
            speaker = self._reacting(sentence, mark)
            seen = set()
            for target in targets:
                key = (target.mention.key, target.owner.state)
                if key in seen:
                    continue
                seen.add(key)
                dates = self._dates(sentence)
                reactions.append(
                    msgspec.structs.replace(
                        target, sentence=number, action=action, modality="stated", date=dates[0] if dates else None,
                        speaker=speaker, span=(speaker.start if speaker and speaker.start < mark.start else mark.start, mark.end),
                        rule=f"{action}", decider=None, reason=None, instrument=None, chain=attribution.outlets(sentence),
                    )
                )  # fmt: skip
        return reactions

    def _is_object(self, sentence: Sentence, mark: Mark, one: _Found) -> bool:
        """Whether an act of the same sentence is what the reaction is about."""
        first, last = one.span
        if first >= mark.end:
            return self.scene.crossed(mark.end - 1, first, sentence) <= _OBJECT
        return last <= mark.start and (self.language.verb == "final" or self._names_a_move(sentence, mark))

    def _is_answer(self, number: int, sentence: Sentence) -> bool:
        """Whether a short sentence right after the news says how somebody took it."""
        return sentence.end - sentence.start <= _SHORT and bool(self.found) and self.found[-1].sentence == number - 1

    def _names_a_move(self, sentence: Sentence, mark: Mark) -> bool:
        return any(abs(move.start - mark.start) <= _REACHES for move in sentence.of("move"))

    def _reacting(self, sentence: Sentence, mark: Mark) -> Speaker | None:
        """Who welcomes: who stands nearest before the verb, or speaks the sentence."""
        if self.introduced:
            return self.speaker
        people = attribution.candidates(self.scene, sentence)
        behind = next((one for one in people if 0 <= one.start - mark.end <= 1), None)
        if behind is not None and self.language.adjective == "after":
            return self._full(behind)
        said = attribution.speaker(self.scene, sentence)
        if said is not None:
            return self._full(said)
        before = [one for one in people if one.end <= mark.start]
        named = [one for one in before if one.name] or before
        return self._full(named[-1]) if named else None

    # -- claims --------------------------------------------------------------------------------------------------

    def _kind_of_date(self, one: _Found) -> str:
        """What the date told is of."""
        told, sentence = one.date, self.scene.sentences[one.sentence]
        if told is None or not sentence.start <= told.start < sentence.end:
            return "announced"
        if any(0 <= told.start - since.end <= 1 for since in sentence.of("since")):
            return "since"
        first, last = one.span
        act = min(abs(told.start - last), abs(first - told.end)) if not first <= told.start < last else 0
        say = min((min(abs(told.start - m.end), abs(m.start - told.end)) for m in sentence.of("say")), default=_REACHES)
        return "announced" if say < act and one.speaker is not None else "event"

    def _claim(self, one: _Found) -> Claim:
        start, end = self.tokens.span(*one.span)
        speaker = one.speaker
        return Claim(
            subject=one.mention.id, subject_name=one.mention.name, list=one.owner.state, action=one.action,
            modality=one.modality,
            date=resolve(one.date, self.published) if one.date else None,
            date_text=self.tokens.said(one.date.start, one.date.end) if one.date else None,
            date_kind=self._kind_of_date(one) if one.date else None,
            announcer=speaker.name if speaker else None, announcer_role=speaker.role if speaker else None,
            decider=one.decider if one.modality in {"done", "decided"} else None, reason=self.tokens.said(*one.reason) if one.reason else None,
            act=self.tokens.said(*one.instrument) if one.instrument else None,
            chain=tuple(one.chain), start=start, end=end, evidence=self.tokens.text[start:end],
            rule=one.rule, confidence=one.confidence,
        )  # fmt: skip


def _distinct(claims: list[Claim]) -> list[Claim]:
    """One claim of each kind from each speaker; what is told again adds only what the first did not say."""
    kept: dict[tuple[str | None, ...], list[Claim]] = {}
    for claim in claims:
        key = (claim.subject, claim.subject_name if claim.subject is None else "", claim.list, claim.action, claim.modality)
        rows = kept.setdefault(key, [])
        for place, known in enumerate(rows):
            if _are_one(known, claim):
                rows[place] = _merged(known, claim)
                break
        else:
            rows.append(claim)
    return sorted((one for rows in kept.values() for one in rows), key=lambda claim: (claim.start, claim.end))


def _are_one(one: Claim, other: Claim) -> bool:
    """Whether two claims of one kind can be one: no different speakers by name, no different dates."""
    if one.announcer and other.announcer and one.announcer != other.announcer:
        return False
    if one.action in {"welcome", "criticise"}:
        mine, theirs = one.announcer_role or "", other.announcer_role or ""
        if mine not in theirs and theirs not in mine:
            return False
    return not (one.date and other.date and not (one.date.startswith(other.date) or other.date.startswith(one.date)))


def _merged(one: Claim, other: Claim) -> Claim:
    merged = one
    if one.date_text is None and other.date_text is not None:
        merged = msgspec.structs.replace(merged, date=other.date, date_text=other.date_text, date_kind=other.date_kind)
    if one.announcer is None and other.announcer is not None:
        merged = msgspec.structs.replace(merged, announcer=other.announcer, announcer_role=other.announcer_role)
    elif one.announcer_role is None:
        merged = msgspec.structs.replace(merged, announcer_role=other.announcer_role)
    return msgspec.structs.replace(merged, chain=tuple(dict.fromkeys((*one.chain, *other.chain))))
