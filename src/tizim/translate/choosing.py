"""The engine that a register was told to use."""

from pathlib import Path
from typing import Final

import msgspec

from tizim.errors import BadInput
from tizim.translate.chat import ChatEngine
from tizim.translate.libre import LibreEngine
from tizim.translate.protocol import Engine, EngineLimits

KINDS: Final = ("libre", "chat", "local")


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Which engine, and where it is, as settings have it."""

    kind: str
    url: str
    model: str
    key: str
    folder: str
    seconds: str

    def __repr__(self) -> str:
        """No key: a value may end in a log."""
        return f"Choice(kind={self.kind!r})"


def limits_of(choice: Choice) -> EngineLimits:
    """What one answer may cost. Raises `BadInput` for seconds that are none."""
    seconds = int(choice.seconds) if choice.seconds.isascii() and choice.seconds.isdigit() else 0
    if not 1 <= seconds <= 3600:
        raise BadInput(f"TIZIM_TRANSLATE_SECONDS is '{choice.seconds}': write a number from 1 to 3600")
    return EngineLimits(seconds=float(seconds))


def engine_of(choice: Choice) -> Engine:
    """The engine. Raises `BadInput` where none was named or one cannot be asked, `NotSupported` without its extra."""
    limits = limits_of(choice)
    match choice.kind:
        case "libre":
            return LibreEngine(choice.url, key=choice.key, limits=limits)
        case "chat":
            return ChatEngine(choice.url, choice.model, key=choice.key, limits=limits)
        case "local":
            if not choice.folder:
                raise BadInput("TIZIM_TRANSLATE_FOLDER: name the folder of the models")
            from tizim.translate.local import LocalEngine  # noqa: PLC0415 - loads what only few need

            return LocalEngine(Path(choice.folder).expanduser())
        case "":
            raise BadInput("nothing translates here: set TIZIM_TRANSLATE_ENGINE to libre, chat or local")
        case _:
            raise BadInput(f"TIZIM_TRANSLATE_ENGINE is '{choice.kind}': write {', '.join(KINDS[:-1])} or {KINDS[-1]}")
