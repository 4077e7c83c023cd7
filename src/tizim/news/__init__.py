"""News: an article in any language in, attributed claims with offsets out.

Owns what an article says of lists: who was put on, taken off or kept on whose list, told how, by whom, when. Knows
neither the register nor which claims are true: names come in as a `Known`, made elsewhere; with none, those that ship
with tizim. One data file for each language stands in ``languages``; no code knows a language.

Start with `read_news`. A text becomes words (``tokens``), the words are marked by the language's patterns (``lexicon``,
``grammar``, ``scene``), marks become acts with arguments (``acts``, ``arguments``, ``modality``), acts become claims of
speakers (``attribution``, ``read``). ``extract`` finds the text in pages, feeds and archives.
"""

from tizim.news.claims import Claim, Reading, Spelling
from tizim.news.known import Known, Official, Subject
from tizim.news.read import read_news

__all__ = ["Claim", "Known", "Official", "Reading", "Spelling", "Subject", "read_news"]
