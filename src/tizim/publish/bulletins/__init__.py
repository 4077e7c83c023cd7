"""Bulletins as readers have them: what there is to tell, the texts in each language, and what is published.

``gathering.py`` finds acts and changes that have no bulletin yet and fills in their facts; ``texts.py`` makes
title and text of facts, in any language; ``published.py`` gives what was published by a moment, for pages and
feeds; ``differing.py`` says what a correction changed. Knows nothing of the steps by which a bulletin comes about:
those are `tizim.domain.bulletins`.
"""

from tizim.publish.bulletins.differing import what_changed
from tizim.publish.bulletins.gathering import Proposal, facts_again, named_in_register, news_facts, proposals
from tizim.publish.bulletins.languages import main_language
from tizim.publish.bulletins.published import (
    Mark,
    Told,
    Written,
    known,
    known_about,
    mark_in,
    published,
    telling_of_decisions,
    told_by,
    written,
)
from tizim.publish.bulletins.texts import Text, text_of

__all__ = [
    "Mark",
    "Proposal",
    "Text",
    "Told",
    "Written",
    "facts_again",
    "known",
    "known_about",
    "main_language",
    "mark_in",
    "named_in_register",
    "news_facts",
    "proposals",
    "published",
    "telling_of_decisions",
    "text_of",
    "told_by",
    "what_changed",
    "written",
]
