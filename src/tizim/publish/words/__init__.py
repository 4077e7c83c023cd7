"""What the site says, in the language of a page: messages, plural forms, dates, numbers and directions.

One gettext catalogue a language, ``{language}.po``, read by Babel; English stands in the code and needs none.
`words` gives the `Words` of a language. Start with ``speaking.py``.
"""

from tizim.publish.words.languages import LANGUAGES, Language
from tizim.publish.words.marking import noted, noted_in
from tizim.publish.words.shown import directed, plain, shown
from tizim.publish.words.speaking import Words, is_spoken, words

__all__ = ["LANGUAGES", "Language", "Words", "directed", "is_spoken", "noted", "noted_in", "plain", "shown", "words"]
