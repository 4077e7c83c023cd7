"""One article, as found in a page or feed, read with what its page says of it."""

import datetime as dt

import msgspec

from tizim.news.claims import Reading
from tizim.news.extract import Article
from tizim.news.identify import known_code, language_of
from tizim.news.known import Known
from tizim.news.notices import machine_translated
from tizim.news.read import read_news


def read_article(
    article: Article,
    *,
    language: str | None = None,
    published: str | dt.date | None = None,
    known: Known | None = None,
) -> Reading:
    """What *article* says of lists; *language* and *published* come before what its page says."""
    code: str | None = language or language_of(article.text, article.language)
    if language is None and known_code(code) is None:
        code = None
    reading = read_news(article.text, code, published or article.published or None, known=known)
    if reading.machine_translated is not None or not (article.notice or article.translated_from):
        return reading
    noticed = machine_translated(article.notice, "en") if article.notice else None
    original = article.translated_from.split("-")[0].lower() or (noticed or {}).get("original_language")
    return msgspec.structs.replace(
        reading,
        machine_translated={"notice": article.notice or None, "original_language": original, "start": None, "end": None}
        if article.notice
        else None,
    )
