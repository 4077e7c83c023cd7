"""Pages as PDF: what is known of a subject, or an audit, to be put into a file, sent, or kept."""

from tizim.domain.dates import AsOf
from tizim.paper import pdf
from tizim.publish.pages import audit, subject
from tizim.publish.site import Page, Site
from tizim.register.view import View


def of_subject(view: View, site: Site, as_of: AsOf, subject_id: str) -> bytes:
    """The page of a subject. Raises as the page does, and as `tizim.paper.pdf` does."""
    return _printed(subject.page(view, site, as_of, subject_id), site, as_of)


def of_audit(view: View, site: Site, as_of: AsOf, audit_id: str) -> bytes:
    """The page of an audit. Raises as the page does, and as `tizim.paper.pdf` does."""
    return _printed(audit.page(view, site, as_of, audit_id), site, as_of)


def _printed(page: Page, site: Site, as_of: AsOf) -> bytes:
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
    return pdf(page.body, title=page.title, lang=words.code, direction=words.direction, foot=foot, at=as_of.known_at)
