"""The site and the screening interface over HTTP: addresses in, pages and data out, with headers, limits and errors.

Knows no SQL and makes no sentence: pages come from `tizim.publish`, readings of the register from `tizim.app`, what
is screened against from `tizim.screen`. Start with ``site.py`` for pages, with ``wire/`` for screening.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tizim.api.site import application

__all__ = ["application"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is asked for
    """Load the site when it is asked for: what answers tools alone does without it."""
    if name not in __all__:
        raise AttributeError(f"module 'tizim.api' has no attribute '{name}'")
    from tizim.api.site import application  # noqa: PLC0415

    return application
