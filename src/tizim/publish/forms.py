"""The forms in which a page is given beside itself: its data, its feeds, its calendar. `File` is what comes of each."""

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec


class Form(enum.StrEnum):
    """A form of a page."""

    PAGE = "page"
    DATA = "data"
    ATOM = "atom"
    FEED = "feed"
    """JSON Feed"""
    CALENDAR = "calendar"


SUFFIXES: Final[Mapping[Form, str]] = MappingProxyType({
    Form.FEED: ".feed.json", Form.DATA: ".json", Form.ATOM: ".atom", Form.CALENDAR: ".ics",
})  # fmt: skip
"""what the address of a form ends with; a longer one before a shorter that it ends with"""
MEDIA_TYPES: Final[Mapping[Form, str]] = MappingProxyType({
    Form.PAGE: "text/html", Form.DATA: "application/json", Form.ATOM: "application/atom+xml",
    Form.FEED: "application/feed+json", Form.CALENDAR: "text/calendar",
})  # fmt: skip


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A form of a page, ready to be sent or written."""

    body: bytes
    media_type: str
    lang: str
    status: int = 200


def form_of(address: str) -> tuple[str, Form]:
    """The address of the page, and the form that is asked for."""
    for form, suffix in SUFFIXES.items():
        if address.endswith(suffix):
            return address.removesuffix(suffix), form
    return address, Form.PAGE


def in_form(address: str, form: Form) -> str:
    """The address of a page in another form: the page's with the suffix of the form, before its query. A page that is
    not there is in no form.
    """
    if not address:
        return ""
    path, mark, query = address.partition("?")
    return f"{path.rstrip('/')}{SUFFIXES[form]}{mark}{query}"


def of_data(value: Any, language: str, status: int = 200, form: Form = Form.DATA) -> File:  # noqa: ANN401 - JSON
    """JSON values as a file."""
    body = msgspec.json.format(msgspec.json.encode(value, enc_hook=_text), indent=2) + b"\n"
    return File(body=body, media_type=typed(form), lang=language, status=status)


def _text(value: object) -> str:
    """A title is text that knows that it is escaped; what else JSON has no form for is a mistake of ours."""
    if isinstance(value, str):
        return "".join(value)
    raise TypeError(f"JSON has no form for {type(value).__name__}")


def of_bytes(body: bytes, form: Form, language: str) -> File:
    """A feed or a calendar as a file."""
    return File(body=body, media_type=typed(form), lang=language)


def typed(form: Form) -> str:
    """The media type of a form, with its encoding."""
    return f"{MEDIA_TYPES[form]}; charset=utf-8"
