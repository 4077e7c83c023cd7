"""An engine that speaks LibreTranslate's interface: ``/languages`` and ``/translate``."""

from collections.abc import Sequence
from typing import Final

import msgspec

from tizim.errors import EngineProblem
from tizim.models import Bounds, ask, checked_address
from tizim.translate.protocol import Answered, EngineLimits, Order

_CODES: Final = {"prs": ("prs", "fa-AF", "fa"), "zh": ("zh", "zh-Hans", "zh-CN")}
"""codes by which an engine may have a language, the nearest first; for all others the code itself"""


class _Speaks(msgspec.Struct, frozen=True):
    code: str
    targets: list[str] = []


class _Said(msgspec.Struct, frozen=True):
    translatedText: list[str]  # noqa: N815 - the interface's own word


class LibreEngine:
    """A LibreTranslate server, or another that answers as one."""

    name: Final = "LibreTranslate"

    def __init__(self, url: str, *, key: str, limits: EngineLimits) -> None:
        self._url = checked_address(url, "TIZIM_TRANSLATE_URL")
        self._key = key
        self._limits = limits

    @property
    def _bounds(self) -> Bounds:
        return Bounds(seconds=self._limits.seconds, most_bytes=self._limits.most_bytes)

    def translate(self, order: Order) -> Answered:
        """Translate all sentences with one request."""
        source, target = self._codes(order.source, order.target)
        body = {"q": list(order.sentences), "source": source, "target": target, "format": "text"}
        if self._key:
            body["api_key"] = self._key
        data = ask(f"{self._url}/translate", body, self._bounds, headers={})
        try:
            said = msgspec.json.decode(data, type=_Said)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise EngineProblem(f"the engine did not answer with a list of sentences: {error}") from None
        version = "" if target == order.target else f"as {target}"
        return Answered(sentences=tuple(said.translatedText), version=version)

    def _codes(self, source: str, target: str) -> tuple[str, str]:
        """The codes by which the server has a pair. Raises `EngineProblem` where it has it not."""
        data = ask(f"{self._url}/languages", None, self._bounds, headers={})
        try:
            known = {one.code: one.targets for one in msgspec.json.decode(data, type=list[_Speaks])}
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise EngineProblem(f"the engine did not say which languages it has: {error}") from None
        for own in _names(source):
            for other in _names(target):
                if own in known and other in known[own]:
                    return own, other
        raise EngineProblem(f"the engine does not translate from '{source}' to '{target}'")


def _names(code: str) -> Sequence[str]:
    return _CODES.get(code, (code,))
