"""An article as found in a file: its text, and what its page says about it."""

from typing import Literal

import msgspec


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One article; what its file does not say is empty."""

    text: str
    """the main text, by whose characters claims are placed"""
    url: str = ""
    title: str = ""
    outlet: str = ""
    published: str = ""
    """the day that the page gives, as YYYY-MM-DD"""
    language: str = ""
    """the BCP 47 tag that the page gives"""
    direction: Literal["", "ltr", "rtl"] = ""
    translated_from: str = ""
    """the language of the original, where the page's data say that it is a translation"""
    notice: str = ""
    """text outside the main text that says that a machine made it"""
