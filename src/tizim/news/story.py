"""What a story has told so far: its scene, its dates, and what later sentences may point back to."""

import datetime as dt

from tizim.news.dates import Told, almanac, resolve
from tizim.news.found import Found
from tizim.news.grammar import Grammar
from tizim.news.lexicon import Mark
from tizim.news.scene import Mention, Scene, Sentence
from tizim.news.tokens import Tokens


class Story:
    """One text being read, sentence by sentence."""

    def __init__(self, text: str, grammar: Grammar, published: dt.date | None) -> None:
        self.published = published
        self.tokens = Tokens(text, grammar.language)
        self.scene = Scene(self.tokens, grammar)
        self.language = grammar.language
        self.sentences = self.scene.sentences
        self.focus: list[Mention] = []
        """the subjects named last"""
        self.owner = ""
        """the state whose list was told of last"""
        self.topic = ""
        """the state that acted last"""
        self.listed = False
        """whether a list of terrorists was told of, so that "the list" means it"""
        self.named: dict[tuple[str, ...], str] = {}
        """names that nobody knows yet, by their words, with the key by which the story tells them apart"""
        self.found: list[Found] = []
        self._almanac = almanac(grammar.language.code)
        self._dates: dict[int, list[Told]] = {}
        self._marks: dict[int, list[Mark]] | None = None
        """the words for dates, sentence by sentence, once somebody asked"""

    def dates(self, sentence: Sentence) -> list[Told]:
        """The dates that *sentence* tells."""
        known = self._dates.get(sentence.start)
        if known is None:
            if self._marks is None:
                self._marks = self._almanac.marks(self.tokens)
            start = sentence.start
            known = self._dates[start] = self._almanac.read(self.tokens, start, sentence.end, self._marks[start])
        return known

    def iso(self, told: Told | None) -> str | None:
        """The ISO date of *told*, by the day of publication."""
        return None if told is None else resolve(told, self.published)

    def is_past(self, one: Found) -> bool:
        """Whether an act is told as one of another year."""
        date = self.iso(one.date)
        return date is not None and self.published is not None and not date.startswith(str(self.published.year))

    def end_of(self, sentence: Sentence) -> int:
        """The character at which the next sentence begins."""
        return self.tokens.starts[sentence.end] if sentence.end < len(self.tokens) else len(self.tokens.text)
