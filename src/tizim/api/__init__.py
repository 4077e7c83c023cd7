"""The site over HTTP: addresses in, pages and data out, with headers, limits and errors.

Knows no SQL and makes no sentence: pages come from `tizim.publish`, readings of the register from `tizim.app`.
Start with ``site.py``.
"""

from tizim.api.site import application

__all__ = ["application"]
