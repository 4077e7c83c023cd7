"""Feeds: what changed, for programs that follow it. An `Entry` is told of once a language, and keeps its id for good.

``feed.py`` has the values and the ids; ``bulletins.py`` makes entries of bulletins; ``atom.py`` and
``json_feed.py`` write them. Whoever has more to tell makes entries of it and hands them to `newest`.
"""

from tizim.publish.feeds.atom import atom
from tizim.publish.feeds.bulletins import bulletins_of
from tizim.publish.feeds.feed import Entry, Feed, entries_of, key_of, newest
from tizim.publish.feeds.json_feed import json_feed

__all__ = ["Entry", "Feed", "atom", "bulletins_of", "entries_of", "json_feed", "key_of", "newest"]
