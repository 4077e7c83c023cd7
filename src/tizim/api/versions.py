"""What is done about a version at the desk, by the functions behind the commands."""

import re
import threading
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from tizim.api.sent import fields_of
from tizim.app import App
from tizim.domain.bulletins import Bulletin
from tizim.domain.versions import Holding, MachineVersion, Releasing, Rules, TakingBack
from tizim.errors import BadInput, Busy
from tizim.newsroom import check_stands, found, rewritten, to_translate
from tizim.publish.pages.held import Typed
from tizim.translate import Engine, engine_of

LONGEST_REASON: Final = 500
_RULES: Final[Mapping[str, type[Rules]]] = {"release": Releasing, "hold": Holding, "take_back": TakingBack}
_ACTS: Final = ("mend", "make_anew", *_RULES)
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,3}")
_SENTENCE: Final = re.compile(r"s([1-9][0-9]{0,3})")


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be done about a version."""

    do: str
    """one of ``mend``, ``make_anew``, ``release``, ``hold``, ``take_back``"""
    reason: str = ""
    seen: str = ""
    """what was seen of the version, as its page and its data give it; empty: not asked"""
    take: int = 0
    """the number of a finding whose suggestion is taken into the text; 0: none"""
    sentences: Mapping[int, str] = {}
    """sentences that were written by hand, by their numbers"""

    @property
    def typed(self) -> Typed:
        """What stands in the fields of the form."""
        return Typed(reason=self.reason, sentences=self.sentences)


def of_form(body: bytes) -> Act:
    """What the form of the page asks for. Raises `BadInput` for a finding by no number."""
    fields = fields_of(body)
    take = fields.get("take", "")
    if take and not _NUMBER.fullmatch(take):
        raise BadInput(f"'{take[:40]}' is no number of a finding")
    sentences = {_SENTENCE.fullmatch(name): text for name, text in fields.items()}
    return Act(
        do="mend" if take else fields.get("do", ""), reason=fields.get("reason", ""),
        seen=fields.get("seen", "").strip(), take=int(take or 0),
        sentences={int(at[1]): text.replace("\r\n", "\n") for at, text in sentences.items() if at is not None},
    )  # fmt: skip


class Versions:
    """Does what is asked about versions; an engine works for one at a time."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._at_work = threading.Lock()
        self._engine: Engine | None = None

    def may_make_anew(self, one: Bulletin) -> bool:
        """Whether an engine is named here and could be asked about a bulletin."""
        if not self._app.settings.translate_engine:
            return False
        return _is_allowed(lambda: to_translate(one))

    @staticmethod
    def may_mend(one: Bulletin, version: MachineVersion) -> bool:
        """Whether the text of a version stands, so that a correction of it can be read."""
        return bool(version.made.pairs) and _is_allowed(lambda: check_stands(one, version))

    def do(self, act: Act, version: str, by: str) -> MachineVersion:
        """Do it, under the name of a key; gives the version that came of it.

        Raises `BadInput` for what cannot be done, `Overtaken` where somebody decided since, `Busy` where the engine is
        at work for somebody else.
        """
        if act.do not in _ACTS or not version:
            raise BadInput(f"say what is to be done with which version: do is one of {', '.join(_ACTS)}")
        if act.do == "mend":
            return self._app.mend(version, by, act.sentences, act.take, act.seen)
        _, own = found(self._app.bulletins(), version)
        if rewritten(own, act.sentences):
            raise BadInput("the text was changed here and not checked: have it checked first, or undo the change")
        if act.do == "make_anew":
            return self._made_anew(act, version, by)
        reason = " ".join(act.reason.split())
        if not reason or len(reason) > LONGEST_REASON:
            raise BadInput(f"say why, in at most {LONGEST_REASON} signs")
        return self._app.rule(_RULES[act.do], version, by, reason, act.seen)

    def _made_anew(self, act: Act, version: str, by: str) -> MachineVersion:
        if not self._at_work.acquire(blocking=False):
            raise Busy("the engine is at work on another version: try again in a moment")
        try:
            if self._engine is None:
                self._engine = engine_of(self._app.translating)
            return self._app.make_anew(version, by, engine=self._engine, seen=act.seen)
        finally:
            self._at_work.release()


def _is_allowed(check: Callable[[], object]) -> bool:
    try:
        check()
    except BadInput:
        return False
    return True
