"""From a file as fetched to articles: pages, plain texts, feeds and web archives of many.

Knows nothing of claims. Start with `articles`; every other module here reads one form.
"""

from tizim.news.extract.article import Article
from tizim.news.extract.forms import articles

__all__ = ["Article", "articles"]
