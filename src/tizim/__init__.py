"""tizim: the open register of who is on which terrorist or sanctions list, since when, and on whose word.

Rooms, from the ground up (imports go down only): ``errors`` and ``settings``; ``text`` (strings);
``domain`` (the words of the field); ``register`` and ``sources`` (tools); ``keep``, ``answer`` and
``audit`` (the jobs); ``app`` (wiring); ``cli`` (the door).
"""

__version__ = "0.1.0"
