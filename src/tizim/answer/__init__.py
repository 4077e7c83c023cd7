"""Questions to the register, answered for two times: members, changes, history, and *ask* in parts.

Reads a `View`, folds evidence by ``domain.listing`` and says in words what it found. Never writes and
never asks the clock. Start with ``ask.py``; ``evidence.py`` gathers what states are computed from.
"""
