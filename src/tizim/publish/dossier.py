"""Pages as PDF: what is known of a subject, or an audit, to be put into a file, sent, or kept."""

from typing import Final

from tizim.audit.findings import Audit
from tizim.domain.dates import AsOf
from tizim.errors import BadInput
from tizim.paper import pdf
from tizim.publish.pages import audit, subject
from tizim.publish.site import Page, Site
from tizim.register.view import View

MOST: Final = 5_000
"""findings that are printed: each takes a third of a megabyte while it is set"""


def of_subject(view: View, site: Site, as_of: AsOf, subject_id: str) -> bytes:
    """The page of a subject. Raises as the page does, and as `tizim.paper.pdf` does."""
    return _printed(subject.page(view, site, as_of, subject_id), site, as_of)


def of_audit(view: View, site: Site, as_of: AsOf, found: Audit) -> bytes:
    """Every finding of an audit, on wide sheets.

    Raises `BadInput` for more findings than are set in the memory of a small machine, and as the page does and
    `tizim.paper.pdf`.
    """
    if len(found.findings) > MOST:
        raise BadInput(
            f"an audit of {len(found.findings):,} findings is too long for a PDF, which has {MOST:,} at most: print"
            " some kinds of them (--kind), or write a worksheet (--worksheet FILE.xlsx)"
        )
    return _printed(audit.whole(view, site, as_of, found), site, as_of, is_wide=True)


def _printed(page: Page, site: Site, as_of: AsOf, *, is_wide: bool = False) -> bytes:
    words = site.words
    state = words.say(
        "State of {day}, as known on {known}.", day=words.time(as_of.valid_at),
        known=words.known_day(as_of.known_at.date()),
    )  # fmt: skip
    reached = words.say(
        "The register reaches to row {row}, whose hash is {hash}.", row=site.head.sequence,
        hash=words.machine(site.head.hash),
    )  # fmt: skip
    foot = [words.text(state), words.text(reached)]
    return pdf(
        page.body, title=page.title, lang=words.code, direction=words.direction, foot=foot, at=as_of.known_at,
        is_wide=is_wide,
    )  # fmt: skip
