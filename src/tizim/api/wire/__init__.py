"""The screening interface that clients of the field speak already, answered from a snapshot.

Owns routes, parameters, shapes, status codes and their oddities; knows no SQL, no score and no page. Start with
``application.py`` (which route answers what), then ``asking.py`` (parameters) and ``matching.py`` (the hot path).
"""

from tizim.api.wire.application import Door, Screening, Supply, Terms

__all__ = ["Door", "Screening", "Supply", "Terms"]
