"""Names of datasets as clients write them."""

from tizim.api.wire.replies import Refused
from tizim.screen.snapshot import Snapshot


def dataset_of(snapshot: Snapshot, name: str) -> str:
    """The dataset called *name*; a list's id in the register counts too. Raises `Refused` where there is none."""
    if name in snapshot.datasets:
        return name
    written = name.replace("-", "_")
    if written in snapshot.datasets:
        return written
    raise Refused(404, "No such dataset.")
