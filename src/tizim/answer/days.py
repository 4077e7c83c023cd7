"""Days in words, as answers tell them."""

import datetime as dt

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day(text: str | dt.date | None) -> str:
    """An ISO date or interval in words: ``15 March 2005``, ``March 2005``, ``between … and …``, ``by …``."""
    if not text:
        return "a day not known"
    raw = str(text)
    if "/" in raw:
        first, last = raw.split("/")
        if first == "..":
            return f"by {day(last)}"
        return f"between {day(first)} and {day(last)}"
    parts = raw.split("-")
    if len(parts) == 1:
        return parts[0]
    month = _MONTHS[int(parts[1]) - 1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"


def on(text: str | dt.date | None) -> str:
    """A date with its preposition: ``on 15 March 2005``, ``in March 2005``, ``between … and …``."""
    raw = str(text or "")
    if not raw or "/" in raw:
        return "on a day not known" if not raw else day(raw)
    return f"{'on' if len(raw) == 10 else 'in'} {day(raw)}"


def since(text: str) -> str:
    """An ISO date or interval as the beginning of something that goes on: ``since 17 April 2025``."""
    if text.startswith("../"):
        return f"since {day(text[3:])} at the latest"
    return f"since a day {day(text)}" if "/" in text else f"since {day(text)}"
