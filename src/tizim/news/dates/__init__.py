"""Dates as stories tell them: found in the words of a text, and resolved by the day of publication.

Knows calendars (Gregorian, Solar Hijri, lunar Hijri), months and weekdays by CLDR and by the language file. Start
with ``find``.
"""

from tizim.news.dates.find import Almanac, Told, almanac
from tizim.news.dates.resolve import resolve

__all__ = ["Almanac", "Told", "almanac", "resolve"]
