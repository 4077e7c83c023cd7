"""Pages of the register on paper: the content of a page as PDF, tagged, with right-to-left text as it is read.

Owns what of a page is printed (``tree``), how it is set (``page.typ``) and the call of the typesetter (``pdf``, the
extra ``pdf``). Knows nothing of lists or subjects: a page of the site goes in, a file comes out.
"""

from tizim.paper.pdf import pdf

__all__ = ["pdf"]
