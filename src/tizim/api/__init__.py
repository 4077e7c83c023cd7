"""The site and the screening interface over HTTP: addresses in, pages and data out, with headers, limits and errors.

Knows no SQL and makes no sentence: pages come from `tizim.publish`, readings of the register from `tizim.app`, what
is screened against from `tizim.screen`. Start with ``site.py`` for pages, with ``wire/`` for screening.
"""

from tizim.api.site import application

__all__ = ["application"]
