"""The register as files of data that other programs load, of any date: who is on which list then, as known then.

Owns the formats (``lines``: FollowTheMoney JSON; ``statements`` and ``targets``: CSV; ``senzing``: Senzing JSON;
``tables``: Parquet), what is told beside each file (``record``), and the catalogue by which others find them
(``catalogue``). The entities are those that are screened against (`tizim.screen`), so that whoever loads an export
gets the same answers for the same dates; worked out once, they are kept for the next export (``kept``). Decides nothing
of who is on a list. Start reading with ``job``.

The site as files is another room: `tizim.site_files`.
"""

from tizim.export.job import FORMATS, Output, Progress, export
from tizim.export.record import Record, Written, record
from tizim.export.supplied import Supplied, from_kept, from_snapshot, from_view

__all__ = [
    "FORMATS",
    "Output",
    "Progress",
    "Record",
    "Supplied",
    "Written",
    "export",
    "from_kept",
    "from_snapshot",
    "from_view",
    "record",
]
