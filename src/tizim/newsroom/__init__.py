"""The newsroom: an editor's text in other languages, made by an engine, checked, and held where it must be.

Owns: which of a bulletin's texts is translated, the register's names and the field's terms that go with it
(``names.py``, ``glossary.py``), the checks that a version has to stand (``checking.py``), and the file in which an
editor writes (``writing.py``). Does not know: how engines work (`tizim.translate`), how pages look, HTTP, settings.
Nothing here decides that a version with a severe finding may be read: a person does. Start with ``versions.py``.
"""

from tizim.newsroom.checking import CHECKS, Check, as_one, look_over, the_guard, unchecked
from tizim.newsroom.versions import Held, found, held, latest_of, to_translate, version, wanted
from tizim.newsroom.writing import parse

__all__ = [
    "CHECKS",
    "Check",
    "Held",
    "as_one",
    "found",
    "held",
    "latest_of",
    "look_over",
    "parse",
    "the_guard",
    "to_translate",
    "unchecked",
    "version",
    "wanted",
]
