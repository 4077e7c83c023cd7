"""Customers are entered once, and what lists change of who they may be is told: new, changed and gone hits.

Owns which customers are watched (`watched`), their names kept ready to be asked again (`blocks`), what differs between
two snapshots of the lists (`differing`), how a customer is answered (`answering`), the run that brings hits up to date
(`running`, by processes: `working`) and what became of it (`events`).

Each customer is answered by `tizim.screen.matching`, as a query of ``POST /match`` is. Knows no HTTP and no command
line, writes nothing to the register, and does not know who is told (`tizim.deliver`). Start reading with `running`.
"""

from tizim.watch.answering import Way
from tizim.watch.events import Event
from tizim.watch.running import Summary, Tools, run
from tizim.watch.watched import Given

__all__ = ["Event", "Given", "Summary", "Tools", "Way", "run"]
