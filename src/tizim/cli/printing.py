"""How commands write pages as PDF."""

from pathlib import Path

from tizim.answer.times import Asked
from tizim.app import App, clock
from tizim.batch.places import writing
from tizim.publish import dossier
from tizim.publish.addresses import Addresses
from tizim.publish.bulletins import main_language
from tizim.publish.site import Head, Site
from tizim.publish.words import words


def printed(wired: App, dates: Asked, language: str, out: Path, kind: str, key: str) -> int:
    """Write the page of a subject or an audit, whole or not at all; returns how many bytes it has.

    Raises `BadInput` for a language that there is none of, and as the page and `tizim.paper.pdf` do.
    """
    made = dossier.of_subject if kind == "subject" else dossier.of_audit
    bulletins = wired.bulletins().bulletins
    with wired.at_head(dates) as (view, at, head):
        site = Site(
            words=words(language), to=Addresses(language=language, asked=dates), now=clock(),
            head=Head(sequence=head.sequence, hash=head.hash), decisions=tuple(wired.last_decisions()),
            bulletins=tuple(bulletins[name] for name in sorted(bulletins)),
            main_language=main_language(wired.settings.main_language),
        )  # fmt: skip
        data = made(view, site, at, key)
    with writing(str(out)) as file:
        file.write(data)
    return len(data)
