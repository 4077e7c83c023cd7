"""Numbers of other lists that a list prints: whose they are, and how they are written there.

A printed number is its publisher's word that two entries are one; what comes of it is not decided here.
"""

from tizim.domain.statements import Property
from tizim.sources.entries import Making
from tizim.sources.un_sc.references import MENTIONED, mentioned_key, regime_of_reference


def say_un_numbers(making: Making, text: str, place: str) -> None:
    """A `cross_reference` for each reference number of the UN that *text* prints, of today's form or the old.

    The value is the number as the UN's list is keyed (``TAi.002``), the facets name the list and the source.
    """
    for found in MENTIONED.finditer(text):
        key = mentioned_key(found[0])
        regime = regime_of_reference(key)
        if regime is not None:
            making.say(Property.CROSS_REFERENCE, key, place, list=regime, source="un-sc")
