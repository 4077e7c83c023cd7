"""What is done about a bulletin at the desk."""

from collections.abc import Mapping
from typing import Final

import msgspec

from tizim.api.sent import fields_of
from tizim.domain.bulletins import Approving, Going, Publishing, Withdrawing
from tizim.errors import BadInput

_LONGEST_REASON: Final = 500
_KINDS: Final[Mapping[str, type[Going]]] = {"approve": Approving, "publish": Publishing, "withdraw": Withdrawing}


_REWRITE: Final = "rewrite"


class StepAct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be done about a bulletin."""

    do: str
    """``approve``, ``publish``, ``withdraw``, or ``rewrite``"""
    seen: int | None = None
    """the number of the last step that was seen of it; ``None``: not asked"""
    reason: str = ""
    """of a withdrawal or a correction, in words that readers will see"""
    title: str = ""
    """where it is written anew"""
    text: str = ""

    @property
    def kind(self) -> type[Going] | None:
        """The step; none where it is written anew. Raises `BadInput` for nothing that can be done."""
        if self.do == _REWRITE:
            return None
        found = _KINDS.get(self.do)
        if found is None:
            raise BadInput(f"say what is to be done with the bulletin: do is one of {', '.join((*_KINDS, _REWRITE))}")
        return found

    @property
    def checked_reason(self) -> str:
        """The reason in a line. Raises `BadInput` for one that is too long."""
        reason = " ".join(self.reason.split())
        if len(reason) > _LONGEST_REASON:
            raise BadInput(f"say why, in at most {_LONGEST_REASON} signs")
        return reason


def step_of_form(body: bytes) -> StepAct:
    """What the form of a bulletin asks for. Raises `BadInput`."""
    given = fields_of(body)
    seen = given.get("seen", "")
    if seen and not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        raise BadInput(f"'{seen[:40]}' is no number of a step")
    return StepAct(
        do=given.get("do", ""), seen=int(seen) if seen else None, reason=given.get("reason", ""),
        title=given.get("title", ""), text=given.get("text", "").replace("\r\n", "\n"),
    )  # fmt: skip
