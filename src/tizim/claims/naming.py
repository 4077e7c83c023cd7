"""The names by which an article is read where a register is there: those that ship with tizim, and the register's own.

A register has many more names than a language can be compiled with for every article, so the article is asked first:
each of its rows of words that may be a name is looked up, and only the names found are read by.
"""

import hashlib
from collections.abc import Iterator
from typing import Final

import msgspec

from tizim.answer.subjects import LEDGER, Clusters
from tizim.domain.statements import Property
from tizim.news import Known, Subject
from tizim.news.known import starter
from tizim.news.known.names import OTHERS
from tizim.register.view import View
from tizim.text import fold

_LONGEST: Final = 7  # words of a name
_MOST: Final = 40_000  # rows of words that are looked up; no article has more
_SHORTEST: Final = 2  # words: a name of one word may be any word of the language
_NAMES: Final = frozenset({Property.NAME.value, Property.ALIAS.value, Property.ORIGINAL_NAME.value})


def known(view: View, text: str, shipped: Known | None = None) -> Known:
    """The names to read *text* by: what ships with tizim, and those of the register's other subjects that it has.

    Subjects that ship have been gone through: which of their names mean something else in a sentence is known.
    """
    shipped = shipped or starter()
    ids = {one.id for one in shipped.subjects}
    names: dict[str, list[str]] = {}
    clusters: Clusters | None = None
    has = {fold(name) for one in shipped.subjects for name in one.names}
    for row in view.names_called(_rows(text)):
        if row.property not in _NAMES or row.folded in has:
            continue
        clusters = clusters or Clusters(view, None)  # which takes all judgements: most articles name nobody new
        subject = clusters.id_of(row.subject)
        if subject in ids:
            continue
        is_ledgers = f"{LEDGER}{subject}" in clusters.of(row.subject)[0]
        found = names.setdefault(subject if is_ledgers else OTHERS + subject, [])
        if row.text not in found:
            found.append(row.text)
    if not names:
        return shipped
    told = hashlib.sha256(repr(sorted(names.items())).encode()).hexdigest()
    subjects = [Subject(id=key, is_person=False, names=tuple(found)) for key, found in sorted(names.items())]
    return msgspec.structs.replace(shipped, key=f"{shipped.key} {told}", more=tuple(subjects))


def _rows(text: str) -> Iterator[str]:
    """Rows of words of *text* that may be names."""
    words = fold(text).split()
    seen: set[str] = set()
    for start in range(len(words)):
        for size in range(_SHORTEST, _LONGEST + 1):
            if start + size > len(words) or len(seen) >= _MOST:
                break
            row = " ".join(words[start : start + size])
            if row not in seen:
                seen.add(row)
                yield row
