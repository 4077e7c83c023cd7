"""Parameters of a request, read by their types and bounds; everything that is wrong is told at once."""

import re
from collections import defaultdict
from typing import Final
from urllib.parse import parse_qsl

from tizim.answer.times import Asked as Dates
from tizim.api.wire.replies import Fault, Invalid

MOST_PARAMETERS: Final = 2_000
SINCE: Final = r"^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$"
_DATES: Final = ("as_of", "known_at", "basis")
_TRUE: Final = frozenset({"1", "on", "t", "true", "y", "yes"})
_FALSE: Final = frozenset({"0", "off", "f", "false", "n", "no"})
_INTEGER: Final = re.compile(r"[+-]?\d{1,18}(?:\.0+)?")


class Asked:
    """The parameters of a query string. Unknown ones are passed over, as clients of old still send some."""

    def __init__(self, query_string: bytes) -> None:
        self.raw = query_string.decode("latin-1")
        self._values: dict[str, list[str]] = defaultdict(list)
        self._faults: list[Fault] = []
        if query_string:
            try:
                pairs = parse_qsl(self.raw, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
            except ValueError:
                self._wrong("too_long", "", f"At most {MOST_PARAMETERS} parameters are read", None)
                pairs = []
            for name, value in pairs:
                self._values[name].append(value)

    def _wrong(self, kind: str, name: str, words: str, given: object, **ctx: object) -> None:
        loc = ("query", name) if name else ("query",)
        self._faults.append(Fault(kind, loc, words, given, ctx or None))

    def checked(self, *others: Fault) -> None:
        """Raise `Invalid` if anything read so far, or any of *others*, was wrong."""
        if self._faults or others:
            raise Invalid([*self._faults, *others])

    def has(self, name: str) -> bool:
        """Whether the parameter was given."""
        return name in self._values

    def text(self, name: str, default: str = "") -> str:
        """The last value given."""
        own = self._values.get(name)
        return own[-1] if own else default

    def since(self, name: str) -> str | None:
        """A day, with a time or without."""
        own = self._values.get(name)
        if not own:
            return None
        if re.fullmatch(SINCE, own[-1]) is None:
            self._wrong(
                "string_pattern_mismatch", name, f"String should match pattern '{SINCE}'", own[-1], pattern=SINCE
            )
        return own[-1]

    def dates(self) -> Dates | None:
        """The day and the moment of knowing that are asked for; none where they are today's."""
        given = {name: self._values[name][-1].strip() or None for name in _DATES if name in self._values}
        return Dates(**given) if any(given.values()) else None

    def number(self, name: str, default: int, most: int | None = None) -> int:
        """A whole number, of *most* at most; lower ones than 0 count as 0."""
        own = self._values.get(name)
        if not own:
            return default
        text = own[-1].strip()
        if _INTEGER.fullmatch(text) is None:
            words = "Input should be a valid integer, unable to parse string as an integer"
            self._wrong("int_parsing", name, words, own[-1])
            return default
        found = int(text.partition(".")[0])
        if most is not None and found > most:
            self._wrong("less_than_equal", name, f"Input should be less than or equal to {most}", own[-1], le=most)
        return max(0, found)

    def share(self, name: str, default: float) -> float:
        """A number with a point."""
        own = self._values.get(name)
        if not own:
            return default
        try:
            return float(own[-1])
        except ValueError:
            words = "Input should be a valid number, unable to parse string as a number"
            self._wrong("float_parsing", name, words, own[-1])
            return default

    def flag(self, name: str, *, default: bool | None = False) -> bool | None:
        """Yes or no."""
        own = self._values.get(name)
        if not own:
            return default
        text = own[-1].lower()
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        words = "Input should be a valid boolean, unable to interpret input"
        self._wrong("bool_parsing", name, words, own[-1])
        return default

    def many(self, name: str, most: int | None = None) -> tuple[str, ...]:
        """Every value given, *most* at most."""
        own = tuple(self._values.get(name, ()))
        if most is not None and len(own) > most:
            words = f"List should have at most {most} items after validation, not {len(own)}"
            ctx = {"field_type": "List", "max_length": most, "actual_length": len(own)}
            self._wrong("too_long", name, words, list(own), **ctx)
        return own

    def among(self, name: str, allowed: tuple[str, ...], default: tuple[str, ...]) -> tuple[str, ...]:
        """Every value given, each one of *allowed*."""
        own = self._values.get(name)
        if not own:
            return default
        for at, value in enumerate(own):
            self._one_of((name, at), value, allowed)
        return tuple(own)

    def one(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """One of *allowed*."""
        own = self._values.get(name)
        if not own:
            return default
        self._one_of((name,), own[-1], allowed)
        return own[-1]

    def _one_of(self, where: tuple[str | int, ...], value: str, allowed: tuple[str, ...]) -> None:
        if value not in allowed:
            quoted = [f"'{one}'" for one in allowed]
            told = " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
            ctx = {"expected": told}
            self._faults.append(Fault("enum", ("query", *where), f"Input should be {told}", value, ctx))


def window(limit: int, offset: int, most: int = 9_999) -> tuple[int, int]:
    """How many from where, so that nothing beyond the first *most* is shown."""
    start = min(most, offset)
    return (limit if limit + start <= most else max(0, most - start)), start
