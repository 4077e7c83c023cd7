"""Acts as statements tell of them: which statements speak of one act, and what that act is called in an address.

An act is known by what is said of it, not by a document of its own: most acts are told of and not seen.

* Statements that the ledger has put into one group (a conflict group), and that do the same to a listing, tell of
  one act: the delisting that was announced twice. What announces or confirms goes with the end that it tells of.
* Else statements that cite the same act for the same date do: ``SI 2016/770``, made for four organisations.
* Else a statement stands for itself.

The text of an act without a date is an address too: of everything done under it.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from tizim.answer.conflicts import ranked
from tizim.answer.evidence import designations
from tizim.answer.official import official_lists
from tizim.answer.subjects import LEDGER
from tizim.domain.acts import EFFECT_OF, Action, Effect
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.lists import ListId, OfficialList
from tizim.domain.statements import StatementId
from tizim.errors import NotFound
from tizim.publish.addresses import Addresses
from tizim.register.view import View
from tizim.sources.decisions import SOURCE as DECIDING
from tizim.text import fold, romanise

_KNOWN: Final = 8
"""times of knowing of which the acts are remembered"""
_LONGEST: Final = 60
"""letters of an act's text in an address"""
_OF: Final = "--"
_KEPT: Final = 8
"""moments of knowing whose acts are remembered"""
_DECISION: Final = re.compile(r"Decision (D-[0-9]{8}-[0-9a-f]{8})\b")
"""how the document of a decision entered here is titled"""
_WORD: Final[Mapping[Effect, str]] = {
    Effect.END: "end", Effect.PAUSE: "pause", Effect.ANNUL: "annulment", Effect.BEGIN: "begin",
    Effect.AFFIRM: "change", Effect.PROPOSE: "proposal", Effect.NOTHING: "told",
}  # fmt: skip
"""what an act does, in an address; in the order in which a group's announcements go with one of its acts"""


class Acts:
    """The acts that statements known tell of.

    An answer rests on the acts that are asked for, not on all from which they were put together.
    """

    def __init__(self, view: View, as_of: AsOf) -> None:
        self._lists = official_lists(view)
        self._rests_on = view.rests_on
        with view.aside():
            told = designations(view, as_of)
        every = [one for one in told if one.provenance.source != DECIDING.info.id]
        effects: dict[str, set[Effect]] = defaultdict(set)
        for one in every:
            if one.conflict_group and one.verified:
                effects[one.conflict_group].add(EFFECT_OF[one.action])
        self._main = {group: next(effect for effect in _WORD if effect in own) for group, own in effects.items()}
        self._ids: dict[StatementId, str] = {}
        self._acts: dict[str, list[Designation]] = defaultdict(list)
        self._texts: dict[str, list[Designation]] = defaultdict(list)
        for one in every:
            act = self._ids[one.id] = self._id_of(one)
            if act:
                self._acts[act].append(one)
            if one.act.text:
                self._texts[text_id(one, self._lists)].append(one)

    def _id_of(self, one: Designation) -> str:
        effect = EFFECT_OF[one.action]
        if one.conflict_group:
            if effect is Effect.NOTHING:
                effect = self._main.get(one.conflict_group, Effect.NOTHING)
            return f"{one.conflict_group}{_OF}{_WORD[effect]}"
        if one.act.text:
            return f"{text_id(one, self._lists)}{_OF}{one.date or 'undated'}"
        if one.action is Action.ON_LIST:
            return ""  # a sighting, and nobody's act
        subject = one.subject.removeprefix(LEDGER)
        return _OF.join((one.list, subject, one.action.value.replace("_", "-"), one.date or "undated"))

    def id_of(self, one: Designation) -> str:
        """The id of the act of which a statement tells; empty for a sighting, and for a decision entered here."""
        act = self._ids.get(one.id, "")
        self._rests_on("A", act)
        return act

    def address(self, to: Addresses, one: Designation) -> str:
        """The page of the act, or of the decision, of which a statement tells; empty where there is none."""
        if one.provenance.source == DECIDING.info.id:
            decision = _DECISION.match(one.provenance.title)
            return to.decision(decision[1]) if decision else ""
        act = self.id_of(one)
        return to.act(act) if act else ""

    def text_of(self, to: Addresses, one: Designation) -> str:
        """The page of everything done under the text that a statement cites; empty where it cites none."""
        return to.act(text_id(one, self._lists)) if one.act.text else ""

    def find(self, act_id: str) -> Sequence[Designation]:
        """What tells of an act, or of everything done under its text, the strongest source first.

        Raises `NotFound` for one of which nothing known tells.
        """
        self._rests_on("A", act_id)
        found = self._acts.get(act_id) or self._texts.get(act_id)
        if not found:
            raise NotFound(f"nothing known then tells of an act '{act_id[:200]}'")
        return ranked(found)

    def under(self, text: str) -> Mapping[str, Sequence[Designation]]:
        """The acts done under a text, by their ids and in the order of their days."""
        self._rests_on("A", text)
        own: dict[str, list[Designation]] = defaultdict(list)
        for one in sorted(self._texts.get(text, ()), key=lambda one: (one.date, one.id)):
            own[self._ids[one.id]].append(one)
        return own

    def is_text(self, act_id: str) -> bool:
        """Whether an id is that of a text, under which several things may have been done."""
        self._rests_on("A", act_id)
        return act_id not in self._acts and act_id in self._texts

    @property
    def ids(self) -> list[str]:
        """The ids of all acts, and of the texts under which they were done."""
        return sorted(self._acts.keys() | self._texts.keys())


def acts_of(view: View, as_of: AsOf) -> Acts:
    """The acts, remembered: they follow from what was known, and most pages lead to some."""
    return view.shared.recent("acts", view.knowledge(as_of), lambda: Acts(view, as_of), _KEPT)


def text_id(one: Designation, lists: Mapping[ListId, OfficialList]) -> str:
    """The text of an act in an address: who acted, and its words in Latin letters; a digest where letters are lost."""
    official = lists.get(one.list)
    whose = official.jurisdiction.lower() if official is not None and official.jurisdiction else one.list
    text = one.act.text
    words = fold(" ".join(romanise(word) for word in fold(text).split()))
    slug = re.sub(r"[^a-z0-9]+", "-", words).strip("-")
    if len(slug) > _LONGEST or not text.isascii():
        digest = hashlib.sha256(fold(text).encode()).hexdigest()[:6]
        slug = f"{slug[:_LONGEST].rpartition('-')[0] if len(slug) > _LONGEST else slug}-{digest}"
    return f"{whose}-{slug}"
