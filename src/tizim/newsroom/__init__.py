"""The newsroom: an editor's text in other languages, made by an engine, checked, and held where it must be.

Owns: which of a bulletin's texts is translated, the register's names and the field's terms that go with it
(``names.py``, ``glossary.py``), the checks that a version has to stand (``checking.py``), what a person makes of a
version by hand (``mending.py``), and the file in which an editor writes (``writing.py``). Does not know: how engines
work (`tizim.translate`), how pages look, HTTP, settings.
Nothing here decides that a version with a severe finding may be read: a person does. Start with ``versions.py``.
"""

from tizim.newsroom.checking import CHECKS, Check, as_one, look_over, the_guard, unchecked
from tizim.newsroom.mending import check_seen, check_stands, mended, rewritten, state_seen, written
from tizim.newsroom.versions import Held, found, held, latest_of, names_for, to_translate, version, versions_of, wanted
from tizim.newsroom.writing import parse

__all__ = [
    "CHECKS",
    "Check",
    "Held",
    "as_one",
    "check_seen",
    "check_stands",
    "found",
    "held",
    "latest_of",
    "look_over",
    "mended",
    "names_for",
    "parse",
    "rewritten",
    "state_seen",
    "the_guard",
    "to_translate",
    "unchecked",
    "version",
    "versions_of",
    "wanted",
    "written",
]
