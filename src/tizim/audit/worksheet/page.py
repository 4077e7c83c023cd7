"""The findings as one web page that needs nothing else: no scripts, no files beside it, no network.

Every text is escaped by the template's environment. The policy in the page allows its own style, known by its
digest, and nothing more: what a list printed can neither run nor fetch anything.
"""

import base64
import functools
import hashlib
from collections.abc import Iterator
from importlib import resources
from itertools import groupby
from typing import Any, Final

import jinja2
from markupsafe import Markup

from tizim.answer import prose
from tizim.audit import telling
from tizim.audit.findings import Audit, Finding
from tizim.audit.wire import audit_digest
from tizim.audit.worksheet.columns import is_right_to_left
from tizim.errors import BadInput
from tizim.text import script_of

_WORDS: Final = "en"
"""the language of the page's own words"""


def to_page(audit: Audit, language: str = "en") -> str:
    """The worksheet as an HTML page; the same text for the same audit.

    *language* (BCP 47) is that of its reader: it decides the direction of the page. The page's words are English
    and marked as such. Raises `BadInput` for what is no language tag.
    """
    if not language.replace("-", "").isalnum() or not language.isascii():
        raise BadInput(f"'{language}' is no language tag such as en, ru or fa")
    template, style = _template()
    national, reference = telling.short_names(audit)
    return template.render(
        audit=audit,
        title=telling.title(audit),
        language=language,
        direction="rtl" if is_right_to_left(language) else "ltr",
        words_language="" if language.split("-", maxsplit=1)[0] == _WORDS else Markup(' lang="en"'),
        policy=_policy(style),
        style=Markup(style),  # noqa: S704 - our own file
        times=prose.times(audit.as_of),
        reference_times=prose.times(audit.reference_as_of),
        over_time=telling.is_over_time(audit),
        ages=list(zip(telling.ages(audit), (audit.national_stale, audit.reference_stale), strict=True)),
        counts=telling.counts(audit),
        rules=telling.RULES,
        national=national,
        reference=reference,
        groups=list(_groups(audit)),
        sha256=audit_digest(audit),
    )


def _groups(audit: Audit) -> Iterator[dict[str, Any]]:
    """The findings by class, each numbered as in all forms of the worksheet."""
    numbered = enumerate(audit.findings, start=1)
    for kind, group in groupby(numbered, key=lambda pair: pair[1].kind):
        yield {
            "kind": kind.value,
            "words": telling.KINDS[kind],
            "heading": telling.heading(audit, kind),
            "rows": [
                {
                    "number": number,
                    "finding": one,
                    "statements": telling.statements(one),
                    "acts": list(_acts(one, telling.short_names(audit))),
                }
                for number, one in group
            ],
        }


def _acts(one: Finding, lists: tuple[str, str]) -> Iterator[tuple[str, str]]:
    for name, side in zip(lists, (one.national, one.reference), strict=True):
        if side is not None and side.act:
            yield name, side.act


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _language_of(name: str) -> Markup:
    """The attribute that says in which script a name is, so that a reader picks a fitting face; nothing for Latin."""
    script = script_of(name)
    return Markup("") if script in {"Latn", "Zyyy"} else Markup(' lang="und-{}"').format(script)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


@functools.cache
def _template() -> tuple[jinja2.Template, str]:
    folder = resources.files(__package__ or "tizim.audit.worksheet")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.filters["capitalised"] = _capitalised
    environment.globals |= {
        "language_of": _language_of, "other_names": telling.other_names, "status": telling.status,
        "begun": telling.begun, "ties": telling.ties, "associates": telling.associates, "lag": telling.lag,
    }  # fmt: skip
    style = (folder / "page.css").read_text(encoding="utf-8")
    return environment.from_string((folder / "page.html.j2").read_text(encoding="utf-8")), style
