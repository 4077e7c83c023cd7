"""What can be said of a string: its script, its folded form, its words.

Knows nothing of names, people or lists. Start with :func:`fold`.
"""

from tizim.text.folding import fold, one_line, words
from tizim.text.scripts import script_of

__all__ = ["fold", "one_line", "script_of", "words"]
