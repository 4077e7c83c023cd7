"""How commands write pages as PDF."""

from pathlib import Path

from tizim.answer.times import Asked
from tizim.app import App, clock
from tizim.batch.places import writing
from tizim.publish.addresses import Addresses
from tizim.publish.bulletins import main_language
from tizim.publish.site import Head, Site
from tizim.publish.words import words
from tizim.register.protocol import Head as Reached


def site_of(wired: App, dates: Asked, language: str, head: Reached) -> Site:
    """The site that a page is printed of, as the register stands at *head*.

    Raises `BadInput` for a language that there is none of.
    """
    bulletins = wired.bulletins().bulletins
    return Site(
        words=words(language), to=Addresses(language=language, asked=dates), now=clock(),
        head=Head(sequence=head.sequence, hash=head.hash), decisions=tuple(wired.last_decisions()),
        bulletins=tuple(bulletins[name] for name in sorted(bulletins)),
        main_language=main_language(wired.settings.main_language), is_alone=True,
    )  # fmt: skip


def write(data: bytes, out: Path) -> int:
    """Write a file, whole or not at all; returns how many bytes it has. Raises `BadInput`."""
    with writing(str(out)) as file:
        file.write(data)
    return len(data)
