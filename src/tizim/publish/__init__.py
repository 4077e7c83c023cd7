"""Pages of the register as strings, in many languages and both directions, from one reading of it.

Knows no HTTP, no clock and no way to write. Every sentence is a message of a gettext catalogue (``words/``);
every address comes from ``addresses.py``; a page is made by a module of ``pages/`` and a template of its name.
Start with ``site.py``.
"""
