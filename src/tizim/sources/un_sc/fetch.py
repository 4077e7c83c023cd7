"""Where the newest document lies."""

from typing import Final

ADDRESS: Final = "https://scsanctions.un.org/resources/xml/en/consolidated.xml"
"""The whole list in English, rebuilt every night whether or not an entry changed."""
