"""The guard: what is wrong with a translation is found before anybody reads it.

Owns the comparison of a text with its translation, sentence by sentence, and what can be seen in one text alone. Knows
neither engines nor pages nor the register: names that the register attests come in as a `Known`. One data file for
each language stands in ``languages``, beside those of ``tizim.news``.

Start with `check_translation`. The texts are made ready (``sides``), their sentences are put side by side
(``aligning``), and small checks look at each pair: ``numbers``, ``days``, ``negation``, ``terms``, ``countries``,
``quotes``, ``names``; ``within`` looks at one text alone, ``tongues`` at its language, ``placeholders`` at the rest.
"""

from tizim.guard.check import check_message, check_translation
from tizim.guard.findings import Checked, Finding

__all__ = ["Checked", "Finding", "check_message", "check_translation"]
