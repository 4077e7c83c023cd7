"""Job 3: a name in, scored matches out, over an immutable list of names as of a day.

Knows `match`; knows no SQL and no wire format. Start with `Screener`.
"""

from tizim.screen.screener import Match, Screener

__all__ = ["Match", "Screener"]
