"""What is no language and must be in the translation as it is: placeholders, tags, addresses."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from tizim.guard import sentences
from tizim.guard.findings import Finding
from tizim.guard.sides import Part, Span

PLACEHOLDER: Final = re.compile(
    r"\{\{?\s*[\w.]*\s*\}?\}|%\(\w+\)[sd]|%[sd](?!\w)|</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>|⟦[^⟦⟧]*⟧|\[\[[^\[\]]*\]\]"
    r"|__\w+?__|https?://[^\s<>\"“”»]+[\w/]|[\w.+-]+@[\w-]+\.[\w.]+\w"
)


def check(source: Part, target: Part) -> Iterator[Finding]:
    """Placeholders that are on one side only, or more often on one side."""
    mine, theirs = list(PLACEHOLDER.finditer(source.side.text)), list(PLACEHOLDER.finditer(target.side.text))
    here, there = Counter(one[0] for one in mine), Counter(one[0] for one in theirs)
    for one in mine:
        if here[one[0]] > there[one[0]]:
            here[one[0]] -= 1
            yield source.found(
                "placeholder", "severe", Span(*one.span()), sentences.NO_PLACEHOLDER.said(source=one[0]), one[0]
            )
    for one in theirs:
        if there[one[0]] > Counter(x[0] for x in mine)[one[0]]:
            there[one[0]] -= 1
            yield target.found(
                "placeholder", "severe", Span(*one.span()), sentences.NEW_PLACEHOLDER.said(target=one[0])
            )
