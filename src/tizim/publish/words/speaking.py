"""Messages of a catalogue with their placeholders filled: what every sentence of the site goes through."""

import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from tizim.errors import NotFound
from tizim.publish.words.catalogue import catalogue, is_there
from tizim.publish.words.days import Days
from tizim.publish.words.languages import LANGUAGES, MAIN, Language
from tizim.publish.words.marking import InContext
from tizim.publish.words.order import order
from tizim.publish.words.shown import directed, plain, shown
from tizim.text import script_of

_WITHOUT_BLANKS: Final = frozenset({"zh", "ja"})

Value = Markup | str | int | dt.date
"""what a placeholder may hold: text from outside is isolated, markup of our own stands as it is"""

_FIELD: Final = re.compile(r"\{(\w+)\}")
_SCRIPT_OF_LANGUAGE: Final = {
    "ar": "Arab", "fa": "Arab", "prs": "Arab", "ps": "Arab", "ur": "Arab", "ru": "Cyrl", "kk": "Cyrl", "ky": "Cyrl",
    "uk": "Cyrl", "tg": "Cyrl", "zh": "Hani", "ja": "Jpan",
}  # fmt: skip


_NUMBERS: Final = 20_000
"""numbers remembered as they are told"""


class Words(Days):
    """How a page speaks in one language. Immutable, but for the count of the messages that it lacked."""

    def __init__(self, language: Language) -> None:
        super().__init__(language)
        own = catalogue(language.code)
        self._messages = own.messages
        self._form_of = own.form_of
        self.is_main = language.code == MAIN
        self.reviewed_by = own.reviewed_by
        self.order = order(language.code)
        """how a reader of the language looks things up"""
        self._numbers: dict[int, Markup] = {}
        self.missing: Counter[str] = Counter()
        """messages that were said in English, by how often"""

    @property
    def code(self) -> str:
        """The language's code, as it stands in addresses and in ``lang``."""
        return self.language.code

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self.language.direction

    # -- sentences -------------------------------------------------------------------------------

    def say(self, message: str | InContext, /, **values: Value) -> Markup:
        """*message* in the language of the page; each ``{name}`` is filled from *values*."""
        context, english = message if isinstance(message, InContext) else ("", message)
        return self._said(context, english, self._translated(context, english), values)

    def say_in(self, context: str, message: str, /, **values: Value) -> Markup:
        """The same for a message that needs its context to be translated."""
        return self._said(context, message, self._translated(context, message), values)

    def known(self, context: str, english: str) -> Markup | None:
        """A name that the register has in English, in the page's language; ``None`` where the catalogue has it not."""
        text = self._translated(context, english)
        return None if text is None else _joined(("<bdi>", shown(text), "</bdi>"))

    def count(self, singular: str, plural: str, n: int, /, **values: Value) -> Markup:
        """The form of a message that the number *n* takes, which is ``{n}`` in it."""
        forms = self._messages.get(("", singular))
        text = None if forms is None else forms[min(self._form_of(n), len(forms) - 1)]
        return self._said("", singular if n == 1 else plural, text, {"n": n, **values})

    def _translated(self, context: str, english: str) -> str | None:
        forms = self._messages.get((context, english))
        return None if forms is None else forms[0]

    def _said(self, context: str, english: str, text: str | None, values: dict[str, Value]) -> Markup:
        if text is not None or self.is_main:
            return self._filled(english if text is None else text, values)
        self.missing[f"{context}|{english}" if context else english] += 1
        # What is filled in speaks the language of the page, and may run the other way.
        own = Markup('<span lang="{}" dir="{}">{}</span>')
        made = self._filled(
            english, {name: own.format(self.code, self.direction, self.value(one)) for name, one in values.items()}
        )
        return Markup('<span lang="en" dir="ltr" class="untranslated">{}</span>').format(made)

    def _filled(self, text: str, values: dict[str, Value]) -> Markup:
        parts = _parts(text)
        if len(parts) == 1:
            return parts[0]
        return _joined(part if number % 2 == 0 else self.value(values[part]) for number, part in enumerate(parts))

    def value(self, value: Value) -> Markup:
        """A value as it stands inside a sentence."""
        if isinstance(value, Markup):
            return value
        if isinstance(value, str):
            return _joined(("<bdi>", shown(value), "</bdi>"))
        if isinstance(value, dt.date):
            return self.day(value)
        return self.number(value)

    def text(self, said: Markup | str) -> str:
        """What is read of a sentence, for titles and attributes."""
        return plain(said)

    def line(self, said: Markup) -> str:
        """The same for a file that knows no markup and no direction: a feed, a card."""
        return directed(said, self.direction)

    # -- parts of sentences ----------------------------------------------------------------------

    def number(self, number: int) -> Markup:
        """A number in the digits of the language."""
        found = self._numbers.get(number)
        if found is None:
            found = escape(self.digits(format_decimal(number, locale=self.locale, numbering_system="default")))
            if len(self._numbers) < _NUMBERS:
                self._numbers[number] = found
        return found

    def listed(self, items: Iterable[Value]) -> Markup:
        """Several things in a row, as the language joins them."""
        every = [self.value(item) for item in items]
        if len(every) == 1:
            return every[0]
        # The marks between are the language's own; the things are markup, and never go through its patterns.
        slots = format_list([f"\x00{number}\x00" for number in range(len(every))], locale=self.locale) if every else ""
        parts = slots.split("\x00")
        return _joined(every[int(part)] if number % 2 else escape(part) for number, part in enumerate(parts))

    def run(self, sentences: Iterable[Markup]) -> Markup:
        """Whole sentences one after the other: with blanks between them, but in languages that write none."""
        blank = Markup("") if self.code in _WITHOUT_BLANKS else Markup(" ")
        return blank.join(sentences)

    def name(self, text: str, language: str = "") -> Markup:
        """A name as its source prints it: isolated, with its language, in the voice of sources."""
        return _joined(('<bdi class="src"', self.lang_of(text, language), ">", shown(text), "</bdi>"))

    def data(self, text: str, language: str = "") -> Markup:
        """Other text from outside: isolated, with its language, in the register's voice."""
        return _joined(("<bdi", self.lang_of(text, language), ">", shown(text), "</bdi>"))

    def machine(self, text: str) -> Markup:
        """A hash, an id or an address: what is read from left to right in every language, and may break anywhere."""
        return _joined(('<bdi class="hash" dir="ltr">', shown(text), "</bdi>"))

    def lang_of(self, text: str, language: str = "") -> Markup:
        """The attribute ``lang`` of a text from outside; by its script where its language is not known."""
        if language in {"", "und"} or not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", language):
            script = script_of(text)
            if script == "Zyyy" or script == _SCRIPT_OF_LANGUAGE.get(self.code, "Latn"):
                return Markup("")
            language = f"und-{script}"
        return Markup(' lang="{}"').format(language)

    def link(self, address: str, text: Markup | str, rel: Literal["", "prev", "next"] = "") -> Markup:
        """A link within the site; the text alone where there is no such page."""
        if not address:
            return escape(text)
        if rel:
            return Markup('<a href="{}" rel="{}">{}</a>').format(address, rel, text)
        return _joined(('<a href="', escape(address), '">', escape(text), "</a>"))

    def link_out(self, address: str, text: Markup | str) -> Markup:
        """A link away from the site where the address is one of the web's; else the text alone."""
        if not address.lower().startswith(("http://", "https://")):
            return escape(text)
        return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(plain(address), text)


def _joined(parts: Iterable[str]) -> Markup:
    """Parts that are escaped already, or written here, as one: what is done thousands of times for a page."""
    return Markup("".join(parts))  # noqa: S704 - whoever calls has escaped what is from outside


@functools.cache
def _parts(text: str) -> Sequence[Markup]:
    """A message in parts: words of our own, escaped, and names of placeholders, by turns."""
    return [escape(part) for part in _FIELD.split(text)]


def is_spoken(language: str) -> bool:
    """Whether pages can be made in a language: there is a catalogue of it, or it is that of the messages themselves."""
    return language == MAIN or is_there(language)


@functools.cache
def words(language: str) -> Words:
    """The words of a language. Raises `NotFound` for one in which no pages are made."""
    found = LANGUAGES.get(language)
    if found is None:
        raise NotFound(f"no pages are made in '{language}': the languages are {', '.join(LANGUAGES)}")
    return Words(found)
