"""The typesetter called: a page of the site in, the bytes of a tagged PDF out."""

import datetime as dt
import json
import re
from collections.abc import Sequence
from importlib import resources
from typing import Any, Final

from tizim.errors import BadInput, NotSupported
from tizim.paper.tree import texts, tree
from tizim.text import one_line

_EZAFE: Final = re.compile("\u0647\u0654(?![\u0620-\u06ff])")
"""a last letter with the mark that stands high above it: two shapes, of which the typesetter gives each the text of
both, so that it would be heard twice; as one letter it looks the same"""


def pdf(
    html: str, *, title: str, lang: str, direction: str, foot: Sequence[str], at: dt.datetime, is_wide: bool = False
) -> bytes:
    """The content of the page *html* as a tagged PDF to be kept (PDF/UA-1 and PDF/A-2a), with the lines *foot* under
    each sheet; *at* is the moment that the file says it is of. The same page gives the same bytes. *is_wide*: sheets
    lie on their long side, for tables of many columns.

    Raises `NotSupported` where the extra is not installed, `BadInput` where there is nothing to print, or no font for
    a letter of it: a letter that nobody can read is not left as a box.
    """
    typst = _typst()
    page = tree(html)
    if not any(text.strip() for text in texts(page)):
        raise BadInput(f"there is nothing to print on the page '{title}'")
    given = {
        "title": title,
        "lang": lang.partition("-")[0],
        "dir": direction,
        "foot": list(foot),
        "page": page,
        "wide": is_wide,
        "date": [at.year, at.month, at.day],
    }
    told = json.dumps(given, ensure_ascii=False)
    source = resources.files("tizim.paper").joinpath("page.typ").read_bytes()
    try:
        compiler = typst.Compiler(source, sys_inputs={"page": _EZAFE.sub("\u06c0", told)})
        made: bytes = compiler.compile(format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=int(at.timestamp()))
    except typst.TypstError as error:
        raise BadInput(
            f"the page '{title}' cannot be set: {one_line(error.message)}; where a letter has no font, install one"
            " that has it, such as Noto Sans and Noto Naskh Arabic"
        ) from None
    return made


def _typst() -> Any:  # noqa: ANN401 - a module that is not always there
    try:
        import typst  # noqa: PLC0415 - an extra
    except ImportError:
        raise NotSupported("PDF needs the extra 'pdf': ./tizim.sh --with pdf, or pip install 'tizim[pdf]'") from None
    return typst
