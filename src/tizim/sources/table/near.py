"""What somebody who made a slip may have meant."""

import difflib
from collections.abc import Iterable

from tizim.text import fold


def near(asked: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Those of *known* that are most like *asked*, letters' case and marks aside."""
    by_form: dict[str, str] = {}
    for one in known:
        by_form.setdefault(fold(one), one)
    form = fold(asked)
    found = difflib.get_close_matches(form, by_form, n=most, cutoff=0.5)
    found += [
        other for other in by_form if form and other not in found and (form in other or (other and other in form))
    ]
    return [by_form[one] for one in found[:most]]


def nearest(asked: str, known: Iterable[str]) -> str:
    """``did you mean …?``, or nothing where nothing is near."""
    found = near(asked, known)
    return f"did you mean {' or '.join(found)}?" if found else ""
