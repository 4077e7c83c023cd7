"""One folder per publisher of lists: ``fetch.py``, ``read.py``, ``map.py`` and a README each.

A source returns statements and never stores; it does not know the register. Start with
``protocol.py``; ``catalogue.py`` names the sources and the official lists they fill.
"""
