"""Translating a text with an engine that is not trusted.

Owns: engines behind one port (``protocol.py``), each in a module of its own; the marks that stand for names while an
engine works (``protecting.py``); what can be told of an answer without knowing the languages (``answering.py``).
Does not know: bulletins, the register, which names there are, or what makes a translation wrong in its sense: whoever
calls says which names are to be kept, and has the result checked. Start with ``making.py``.
"""

from tizim.translate.choosing import Choice, engine_of, limits_of
from tizim.translate.making import Made, Wanted, look_again, make
from tizim.translate.protecting import Kept, Protected, protect, restore
from tizim.translate.protocol import Answered, Engine, EngineLimits, Order
from tizim.translate.sentences import Sentence, sentences

__all__ = [
    "Answered",
    "Choice",
    "Engine",
    "EngineLimits",
    "Kept",
    "Made",
    "Order",
    "Protected",
    "Sentence",
    "Wanted",
    "engine_of",
    "limits_of",
    "look_again",
    "make",
    "protect",
    "restore",
    "sentences",
]
