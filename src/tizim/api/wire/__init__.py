"""The screening interface that clients of the field speak already, answered from a snapshot.

Owns routes, parameters, shapes, status codes and their oddities; knows no SQL, no score and no page. Start with
``application.py`` (which route answers what), then ``asking.py`` (parameters), ``matching.py`` (the hot path) and
``answering.py`` (what the register itself is asked).
"""

from tizim.api.wire.answering import Answering
from tizim.api.wire.application import Door, Screening, Supply, Terms

__all__ = ["Answering", "Door", "Screening", "Supply", "Terms"]
