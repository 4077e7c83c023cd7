"""What checks find in a text, told beside it: a text with marks in it, and each finding in words."""

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from tizim.domain.versions import Severity, VersionFinding
from tizim.guard import sentences
from tizim.publish.words import Words
from tizim.publish.words.shown import shown


def marked(words: Words, text: str, span: tuple[int, int], findings: Sequence[VersionFinding], language: str) -> Markup:
    """A sentence, with what findings are about marked in it.

    It is isolated as a whole: parts that were isolated each by itself would stand in the order of the page's language.
    """
    sentence = text[span[0] : span[1]]
    if not sentence:
        return Markup("")
    inside = Markup("").join(_pieces(text, span, findings))
    return Markup("<bdi{}>{}</bdi>").format(words.lang_of(sentence, language), inside)


def _pieces(text: str, span: tuple[int, int], findings: Sequence[VersionFinding]) -> Iterator[Markup]:
    at = span[0]
    for one in sorted(findings, key=lambda each: (each.start, -each.end)):
        if one.start < at or one.end <= one.start or (one.start, one.end) == span:
            continue  # within another that is marked, or about all of it
        if text[at : one.start]:
            yield shown(text[at : one.start])
        kind = Markup("") if one.severity is Severity.SEVERE else Markup(' class="small"')
        yield Markup("<mark{}>{}</mark>").format(kind, shown(text[one.start : one.end]))
        at = one.end
    if text[at : span[1]]:
        yield shown(text[at : span[1]])


def said(words: Words, message: str, languages: tuple[str, str]) -> Markup:
    """What was found, in the language of the page; what the guard did not say stays as it was said.

    *languages*: those of the source and of the text made from it, which words quoted in the message are of.
    """
    found = sentences.read(message)
    if found is None:
        return words.data(message, "en")
    sentence, values = found
    of_source, of_target = languages
    return words.say(
        sentence.english,
        **{name: words.data(text, of_source if name == "source" else of_target) for name, text in values.items()},
    )


def finding(
    words: Words, one: VersionFinding, about: str, language: str, languages: tuple[str, str], take: int = 0
) -> dict[str, Any]:
    """A finding in words; *about*: the words of the text that it is about, in *language*; *languages* as in `said`;
    *take*: its number, where its suggestion can be taken into the text.
    """
    is_severe = one.severity is Severity.SEVERE
    return {
        "is_severe": is_severe,
        "weight": words.say_in("finding", "grave") if is_severe else words.say_in("finding", "small"),
        "code": words.machine(one.code), "message": said(words, one.message, languages),
        "about": words.data(about, language) if about else None,
        "suggestion": words.say("Write: {text}", text=words.data(one.suggestion, language)) if one.suggestion else None,
        "take": take,
        "taking": words.say("Put into the text: {text}", text=words.data(one.suggestion, language)) if take else None,
    }  # fmt: skip
