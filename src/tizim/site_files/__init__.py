"""The site written as files: every page there is, made again only where something it rests on has changed.

Knows the pages of `tizim.publish` and a register's readings; decides nothing of how a page looks. What a page rests
on is what was read while it was made (`tizim.register.account`); the manifest in the folder remembers it from one run
to the next. Start with ``run.py``.
"""

from tizim.site_files.plan import Contributed, Wanted
from tizim.site_files.run import Summary, Tools, publish

__all__ = ["Contributed", "Summary", "Tools", "Wanted", "publish"]
