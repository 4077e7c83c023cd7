"""What the prose of COMMENTS1 says in a fixed form: reviews, old numbers, other entries, links."""

import re
from typing import Final

import msgspec

from tizim.sources.dates import written
from tizim.sources.un_sc.references import MENTIONED, mentioned_key


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """A review that the entry says was concluded; ``date`` is empty where the sentence lacks the year."""

    date: str
    resolution: str
    text: str


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """Another entry that the prose names; ``phrase`` is how it is tied, where that is printed clearly."""

    key: str
    phrase: str
    name: str


# In words: the review pursuant to Security Council resolution 1822 (2008) was concluded on 21 Jun. 2010.
_REVIEW: Final = re.compile(
    r"\breview pursuant to (?:the )?(?:Security Council )?resolution (\d{3,4}) \((\d{4})\) "
    r"was (?:concluded|completed) on (?:(\d{1,2}) )?([A-Za-z]{3,9})\.?(?: (\d{4})\b)?",
    re.IGNORECASE,
)
_REVIEW_WORDS: Final = re.compile(r"\breview pursuant to\b.{0,90}", re.IGNORECASE)
_OLD: Final = re.compile(r"\[\s?Old Ref\w{0,10}\s?#?\s?([^\[\]]{1,60})\]", re.IGNORECASE)
_LINK: Final = re.compile(r"(?:https?:/{1,2}|www\.)[^\s)\]<>\"“”]+", re.IGNORECASE)
# A full stop ends a sentence unless it follows an initial or a title.
_SENTENCE_END: Final = re.compile(r"(?<=[.;!?])(?<!\b[A-Z]\.)(?<!Dr\.)(?<!Mr\.)(?<!\baka\.)\s+(?=[A-Z“\"‘(])")
_PHRASE: Final = re.compile(
    r"\b((?:associated|affiliated|linked) with|(?:linked|connected|married) to|(?:founder and )?leader of"
    r"|(?:associate|member|founder|head|emir|amir|commander|deputy) of|deputy to"
    r"|spokes(?:man|person) (?:of|for)"
    r"|(?:brother|sister|father|mother|son|daughter|uncle|nephew|cousin|wife|husband|widow|spouse) of"
    r"|(?:brother|sister|father|son)-in-law of|(?:co-)?owner of|(?:owned (?:or|and) )?controlled by"
    r"|(?:owned|led|headed|founded) by|on behalf of|(?:subsidiary|branch|faction|affiliate|splinter group) of"
    r"|successor (?:of|to)|fighter with|(?:recruiter|facilitator|fundraiser) for|financier (?:of|for))\b",
    re.IGNORECASE,
)
_OTHER_CLAUSE: Final = re.compile(r"\b(?:who|whom|which|that|has|have|had|is|was|were|by|when|where)\b|[;:]")
_NEXT_IN_LIST: Final = re.compile(r"^\.?\)?\s*(?:,|and\b|or\b|as well as\b|,\s*and\b)", re.IGNORECASE)
_OPENS: Final = re.compile(r"\s*[(\[]\s*(?:listed (?:as|under)(?: permanent reference number)?\s*)?$")
_QUOTED: Final = re.compile(r"[“\"]([^“”\"]+)[”\"]$")
_NO_FIRST_WORD: Final = frozenset({"of", "the", "in", "and", "for", "de", "du", "des", "et", "/", "&"})
_PARTICLES: Final = _NO_FIRST_WORD | {
    "la", "le", "en", "pour", "el", "al", "ag", "ul", "ur", "i", "e", "ben", "bin", "ibn", "ould", "wal",
}  # fmt: skip
# Words between phrase and name that leave it clear whom the phrase is about.
_CLEAR_BETWEEN: Final = _PARTICLES | {"listed", "as", "senior", "former", "deceased", "leader", "also", ""}
_OF_A_NAME: Final = re.compile(r"[‘’'`“\"(]*(?:[^\W\d_a-z]|(?:a[dlnrstz]|u[dlnrs]|el|ash|abd|ibn|bin)-\w|[ld][’']\w)")


def reviews(line: str) -> tuple[list[Review], list[str]]:
    """The reviews told in *line*, and review sentences that are not of the known form."""
    found, spans = [], []
    for match in _REVIEW.finditer(line):
        number, year_of_resolution, day, month, year = match.groups()
        date = written(day or "", month, year) if year else None
        resolution = f"{number} ({year_of_resolution})"
        found.append(Review(date=date or "", resolution=resolution, text=match[0]))
        spans.append(match.start())
    other = [match[0] for match in _REVIEW_WORDS.finditer(line) if match.start() not in spans]
    return found, other


def old_references(line: str) -> list[str]:
    """The numbers an entry had before, from ``[Old Reference # E.29.I.6]``."""
    return [key for match in _OLD.finditer(line) if (key := mentioned_key(match[1]))]


def links(line: str) -> list[str]:
    """Addresses of pages, as printed."""
    return [match[0].rstrip(".,;") for match in _LINK.finditer(line)]


def relations(line: str, own: str) -> list[Relation]:
    """The other entries that *line* names by number; *own* is the entry's own number."""
    if not MENTIONED.search(line):
        return []
    prose = _OLD.sub("", line)
    return [
        relation
        for sentence in _SENTENCE_END.split(prose)
        for relation in _in_sentence(sentence)
        if relation.key != own
    ]


def _in_sentence(sentence: str) -> list[Relation]:
    """The numbers of one sentence. A phrase holds for the names listed after it, up to another clause."""
    found = []
    phrase, end = "", 0
    for match in MENTIONED.finditer(sentence):
        before = sentence[end : match.start()]
        printed = list(_PHRASE.finditer(before))
        if printed:
            phrase, before = printed[-1][1].lower(), before[printed[-1].end() :]
        elif not (end and _NEXT_IN_LIST.match(before)):
            phrase = ""
        name, between = _name_before(before)
        if name.endswith(("’s", "'s")):  # "Al-Qaida's (QDe.004) affiliate": the phrase is about the affiliate
            name, phrase = name[:-2], ""
        if _OTHER_CLAUSE.search(before) or any(word.strip("().,") not in _CLEAR_BETWEEN for word in between):
            phrase = ""
        if not end and not printed and not between:
            name = ""  # the sentence begins with it, so its first capital letter says nothing
        found.append(Relation(key=mentioned_key(match[0]), phrase=phrase or "mentions", name=name))
        end = match.end()
    return found


def _name_before(text: str) -> tuple[str, list[str]]:
    """The name that ends just before the bracket with the number, and the other words before it.

    The name is empty where it is not clear.
    """
    opens = _OPENS.search(text)
    if not opens:
        return "", []
    text = text[: opens.start()].rstrip()
    quoted = _QUOTED.search(text)
    if quoted:
        return quoted[1], [word for word in text[: quoted.start()].split() if not _is_of_a_name(word)]
    words = text.split()
    first = len(words)
    while first and _is_of_a_name(words[first - 1]):
        if first < len(words) and words[first - 1][-1] in ",;)":
            break
        first -= 1
    between = [word for word in words[:first] if not _is_of_a_name(word)]
    while first < len(words) and words[first] in _NO_FIRST_WORD:
        first += 1
    name = " ".join(words[first:]).strip(" ,")
    return ("" if name.startswith("(") else name), between


def _is_of_a_name(word: str) -> bool:
    return word.lower() in _PARTICLES or bool(_OF_A_NAME.match(word))
