"""What the prose of ``Additional Information`` says in a fixed form: papers, offices, contacts, kin, reviews.

The whole prose is kept beside; what is drawn out of it here is only what stands behind a label of its own.
"""

import re
from collections.abc import Iterator
from typing import Final

from tizim.domain.statements import Property
from tizim.sources.crossing import say_un_numbers
from tizim.sources.entries import Making
from tizim.sources.un_sc import comments
from tizim.sources.un_sc.references import MENTIONED, mentioned_key, regime_of_reference, renumbered
from tizim.text import one_line

_OWN_NUMBER: Final = re.compile(
    rf"(?:UN (?:permanent )?reference (?:number|no\.?):?\s*)?({MENTIONED.pattern})", re.IGNORECASE
)
_LETTERED: Final = re.compile(r"(?:^|(?<=[\s,;.:]))\(?[a-p]\)\s*")
# A sentence or clause ends here, but not after an initial, a title or an abbreviated month or number.
_END: Final = re.compile(
    r"(?<!\b[A-Z])(?<!\bDr)(?<!\bMr)(?<!\b[Nn]o)(?<!\b[Nn]os)(?<!Jan)(?<!Feb)(?<!Mar)(?<!Apr)(?<!Jun)(?<!Jul)(?<!Aug)"
    r"(?<!Sep)(?<!Sept)(?<!Oct)(?<!Nov)(?<!Dec)\.(?=\s|$)|\n|\.(?=[A-Z][a-z])"
)
_LABELS: Final = (
    r"Title\b|Designation\b|Other information|Physical description|National [Ii]dentification n|Gender\b"
    r"|Review pursuant|Website\b|Believed to be|Father[’']s name|Mother[’']s name"
)
_NEXT_LABEL: Final = re.compile(rf"[\s.,;]*\b(?:{_LABELS}|(?:[A-Z][a-z]+ )?[Pp]assport n|Height\b)")
_NEXT_LABEL_OF_PAPERS: Final = re.compile(rf"[\s.,;]*\b(?:{_LABELS})")
_OFFICE: Final = re.compile(r"(?<!other )(?<!Alternative )\b(Title|Designation)\s?:\s*", re.IGNORECASE)
_POSITION: Final = re.compile(r"\bLast known (?:rank and )?position\s*(?::|[-–‑])\s*", re.IGNORECASE)
_FORMER_NAMES: Final = re.compile(r"\bPrevious names? includes?:?\s+", re.IGNORECASE)
_KIN: Final = re.compile(r"\b(Father|Mother)[’']?s name(?: is|\s?:)\s+", re.IGNORECASE)
_BODY: Final = re.compile(r"\bPhysical description\s?:\s*", re.IGNORECASE)
_GENDER: Final = re.compile(r"\b(?:Gender|Sex)\s?:\s*((?:fe)?male)\b", re.IGNORECASE)
_WEB: Final = re.compile(r"(?:https?://|\bwww\.)[^\s;,)\]<>\"“”]+", re.IGNORECASE)
_MAIL: Final = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE: Final = re.compile(
    r"\b(Tel(?:ephone)?(?: numbers?)?|Phone(?: number)?|Mob(?:ile)?|Fax|Facsimile(?: number)?)\s?(?::|\.:)"
    r"\s*(\+?[\d(][\d\s()/.-]{5,30}\d)",
    re.IGNORECASE,
)
_NUMBER: Final = r"(?=[A-Z0-9./ -]{0,25}\d)[A-Z]{0,4}(?:[ ./-]{0,2}[A-Z0-9]+)*"
_PAPER: Final = re.compile(
    r"(?P<of>\b(?!Passport|National|Company|State|Registration|Personal|Social|Military|Ration|Government|Italian|Business|Tax"
    r"|Identi|Employer|Republic|IMO)[A-Z][a-z]+(?: foreign travel| diplomatic)? )?"
    r"(?P<type>passport|national identification|national identity card|national identity|national id(?: card)?"
    r"|identity card|identification card|id card|ID|national tax|tax id(?:entification)?|company identification"
    r"|state registration|registration|registration id|social security|military service|ration card"
    r"|government gazette|personal identification card|employer identification|identification|italian fiscal code"
    r"|business registration"
    r"|imo(?: identification)?|swift(?:/bic)?|ogrn|inn|nif)"
    r"(?P<label>(?:\s+(?:numbers?|nos?|code|information)\b\.?|\s?\.)*)"
    r"(?:\s*\([^()\d]{1,25}\))?"
    r"\s*(?P<mark>[:–-]?)\s*"
    rf"(?P<rest>(?:na\s+)?(?:\(?a\)\s*(?:[A-Za-z ]{{0,40}}?)|{_NUMBER}))",
    re.IGNORECASE,
)
_ISSUED: Final = re.compile(r"\bissued\b|\bborn\b", re.IGNORECASE)
_AND_KIN: Final = re.compile(r"[,;]?\s+(?:and\s+)?(?:his\s+)?(?:mother|father)[’']?s name\b.*", re.IGNORECASE)
_NO_WORD: Final = re.compile(r"(?<=Security Council) (?=\d{4}\s?\()")
_NO_SPACE: Final = re.compile(r"(?<=\bresolution \d{4})(?=\(\d{4}\))")
_VALUE: Final = re.compile(r"\b[A-Z]{0,4}[ -]?\d[\dA-Z./-]*(?:[ -]\d[\dA-Z./-]*)*|\b[A-Z0-9][A-Z0-9./-]*\d[A-Z0-9./-]*")
_AND_NUMBER: Final = re.compile(r"\s*(?:;|,?\s+and)\s+(?=(?=[A-Z\d-]*\d{5})[A-Z]{0,2}[\d-]+(?:\s*\(|;|,?\s+and\b|$))")
"""Another number of the same kind follows, bare or with a note in brackets: ``199110092; 472220503``."""
_SWIFT: Final = re.compile(r"\bSWIFT(?:/BIC)?(?: code)?:?\s+([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")
_IMO: Final = re.compile(r"\bIMO(?: identification)?(?: (?:number|no\.?))?\s?:?\s*(\d{7})\b", re.IGNORECASE)
_ISSUED_IN: Final = re.compile(r"\bissued in (?:the )?([A-Z][^();,.0-9]{2,60}?)(?=\s+(?:in|on)\s|\s*[();,.0-9]|\s*$)")


_LONGEST: Final = 1500
"""No clause of any document held has more letters; so a cell of nothing but labels costs no more than its length."""


def say_information(making: Making, text: str, place: str, *, of_person: bool) -> None:
    """The whole prose as `comment`, and what its labels say apart."""
    making.say(Property.COMMENT, one_line(text), place)
    own = _OWN_NUMBER.match(text)
    if own:
        say_un_numbers(making, own[0], place)
    for named in comments.relations(one_line(text[own.end() if own else 0 :]), mentioned_key(own[1]) if own else ""):
        if regime_of_reference(named.key):
            pairs = {"phrase": named.phrase, "name": named.name, "with": f"un-sc:{renumbered(named.key) or named.key}"}
            making.say(Property.RELATION, named.key, place, **pairs)
    # Of an organisation "Designation" says what it did, in prose.
    for match, clause in _clauses(_OFFICE, text) if of_person else ():
        prop = Property.TITLE if match[1].casefold() == "title" else Property.POSITION
        for value in _listed(clause):
            making.say(prop, value, place)
    for _, clause in _clauses(_POSITION, text):
        making.say(Property.POSITION, clause.strip(" ;,."), place, note="last known")
    for _, clause in _clauses(_FORMER_NAMES, text):
        for name in re.split(r",\s*|;\s*|\s+and\s+", clause):
            making.say(Property.ALIAS, name.strip(" .;,"), place, kind="former name")
    for match, clause in _clauses(_KIN, text):
        name = _AND_KIN.sub("", clause).strip(" ;,.")
        making.say(Property.FEATURE, name, place, field=f"{match[1].lower()}'s name")
    for _, clause in _clauses(_BODY, text):
        making.say(Property.FEATURE, clause.strip(" ;,."), place, field="physical description")
    for match in _GENDER.finditer(text):
        making.say(Property.GENDER, match[1].casefold(), place)
    _say_contacts(making, text, place)
    _say_papers(making, text, place)
    told, other = comments.reviews(_NO_SPACE.sub(" ", _NO_WORD.sub(" resolution ", one_line(text))))
    for review in told:
        making.say(Property.REVIEWED_ON, review.date, place, resolution=review.resolution)
    for sentence in [review.text for review in told if not review.date] + other:
        making.leave(place, "Additional Information (review)", sentence)


def _clauses(label: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], str]]:
    """What stands behind each *label*, up to the end of its sentence or the next label."""
    for match in label.finditer(text):
        limit = min(match.end() + _LONGEST, len(text))
        following = _NEXT_LABEL.search(text, match.end(), limit)
        limit = following.start() if following else limit
        end = _END.search(text, match.end(), limit)
        yield match, one_line(text[match.end() : end.start() if end else limit])


def _listed(clause: str) -> list[str]:
    """``a) Mullah b) Hadji`` is two; a clause without letters is one."""
    return [value for part in _LETTERED.split(clause) if (value := part.strip(" ;,.")) and value.lower() != "na"]


def _say_contacts(making: Making, text: str, place: str) -> None:
    for match in _WEB.finditer(text):
        link = match[0].rstrip(".")
        if "interpol.int" in link.casefold():
            making.say(Property.LINK, link, place, kind="Interpol notice")
        else:
            making.say(Property.CONTACT, link, place, kind="website")
    for match in _MAIL.finditer(text):
        making.say(Property.CONTACT, match[0], place, kind="e-mail")
    for match in _PHONE.finditer(text):
        kind = "fax" if match[1].casefold().startswith("fa") else "phone"
        making.say(Property.CONTACT, one_line(match[2]), place, kind=kind)


def _say_papers(making: Making, text: str, place: str) -> None:
    for match in _SWIFT.finditer(text):
        making.say(Property.IDENTIFIER, match[1], place, type="SWIFT/BIC")
    for match in _IMO.finditer(text):
        making.say(Property.IDENTIFIER, match[1], place, type="IMO number")
    at = 0
    for match in _PAPER.finditer(text):
        kind = match["type"].casefold()
        has_label = bool(match["label"].strip() or match["mark"] == ":" or kind == "passport")
        if match.start() < at or not has_label or kind.startswith(("swift", "imo")) or _IMO.match(text, match.start()):
            continue
        start = match.start("rest")
        limit = min(start + _LONGEST, len(text))
        end = _END.search(text, start, limit)
        at = end.start() if end else limit
        clause = text[start:at]
        label = _NEXT_LABEL_OF_PAPERS.search(clause)
        if label and label.start() > 0:
            at = start + label.start()
            clause = text[start:at]
        nested = _PAPER.search(clause)
        if nested and nested.start() > 0 and not _LETTERED.match(clause):
            at = start + nested.start()
            clause = text[start:at]
        for part in _LETTERED.split(clause):
            _say_paper(making, match, one_line(part).strip(" ;,."), place)


def _say_paper(making: Making, match: re.Match[str], part: str, place: str) -> None:
    """Each number with what stands beside it; a part without a number of its own says nothing."""
    part, *others = _AND_NUMBER.split(part)
    for other in others:
        _say_paper(making, match, other, place)
    value = _VALUE.search(part)
    if value is None or len(re.sub(r"\D", "", value[0])) < 3:
        return
    before = re.sub(r"\s*\b(?:passport\s+)?numbers?$", "", part[: value.start()].strip(" :("), flags=re.IGNORECASE)
    after = part[value.end() :].strip(" ,;")
    if _ISSUED.search(before):
        return
    issued = _ISSUED_IN.search(after)
    of = (match["of"] or "").strip()
    note = "; ".join(piece for piece in (of if not of.islower() else "", before, after) if piece)
    kind = match["type"].casefold()
    making.say(
        Property.IDENTIFIER, value[0].strip(" .-/"), place,
        type="driving licence" if "driving licence" in before.casefold() else _TYPES.get(kind, kind),
        issued_in=one_line(issued[1]) if issued else "", note=note,
    )  # fmt: skip


_TYPES: Final = {
    "national identification": "national identification number",
    "national identity": "national identification number",
    "national id": "national identification number",
    "national id card": "national identity card",
    "id card": "identity card",
    "id": "identification number",
    "identification": "identification number",
    "national tax": "tax number",
    "tax id": "tax number",
    "tax identification": "tax number",
    "employer identification": "employer identification number",
    "company identification": "company identification number",
    "state registration": "state registration number",
    "registration": "registration number",
    "registration id": "registration number",
    "social security": "social security number",
    "military service": "military service number",
    "ogrn": "OGRN",
    "inn": "INN",
    "nif": "NIF",
}
