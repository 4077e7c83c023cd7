"""What happened to a target: listed, amended, de-listed, remains; each with the days it was published and held."""

from collections.abc import Sequence
from typing import Final

import msgspec

from tizim.domain.statements import Property
from tizim.sources.dates import iso_day

LISTED, AMENDED, DELISTED, REMAINS = "listed", "amended", "de-listed", "remains"
PROPERTIES: Final = {
    LISTED: Property.LISTED_ON,
    AMENDED: Property.AMENDED_ON,
    DELISTED: Property.DELISTED_ON,
    REMAINS: Property.REVIEWED_ON,
}


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One modification; days that are not printed are empty."""

    kind: str
    effective: str
    published: str
    enacted: str
    place: str

    @property
    def day(self) -> str:
        """When it held: the effective day, else that of publication, else of enactment; empty if none is known."""
        return self.effective or self.published or self.enacted


def day_of(printed: str) -> str:
    """An ISO day, or nothing."""
    return iso_day(printed.strip()) or ""


def is_delisted(steps: Sequence[Step]) -> bool | None:
    """Whether the newest listing or de-listing took it off; ``None`` where both are of one day or of no day."""
    listed = max((step.day for step in steps if step.kind == LISTED), default="")
    delisted = [step.day for step in steps if step.kind == DELISTED]
    if not delisted:
        return False
    last = max(delisted)
    if not last or last == listed:
        return None
    return last > listed
