"""The field's terms in a text, and how each is said in another language on somebody's word."""

from tizim.publish.words.terms import Term, terms


def glossary(text: str, source: str, target: str) -> dict[str, str]:
    """The terms that *text* uses, as it is told in the language of the source, with their wording in the target."""
    found = {}
    for term in terms().terms:
        wording = _said(term, target)
        if wording and _uses(term, source, text):
            found[_said(term, source)] = wording
    return found


def _said(term: Term, language: str) -> str:
    if language == "en":
        return term.english
    own = term.words.get(language)
    return "" if own is None else own.say


def _uses(term: Term, source: str, text: str) -> bool:
    if source == "en":
        return term.is_in(text)
    return source in term.words and term.is_said(source, text)
