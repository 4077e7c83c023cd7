"""What the list puts into one ALIAS_NAME or NOTE: names, the same names in another script, and remarks.

A name is bundled with the register, a remark is not, so the two are kept apart here: dates of birth, numbers
of passports and stories that stand in the field of a name leave it as remarks.
"""

import re
from typing import Final

import msgspec

from tizim.sources.un_sc.references import MENTIONED
from tizim.text import one_line, script_of


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """The names and the remarks that one field holds, each in printed order."""

    names: tuple[str, ...]
    remarks: tuple[str, ...]


_NOTHING: Final = Names(names=(), remarks=())

# "Zahir Sapt b) Z. Sapti": the letter of an enumeration parts names as a semicolon does.
_ENUMERATED: Final = re.compile(r"(?:^|\s)[a-h]\)\s")
_BORN: Final = re.compile(r",?\s+(?=born\b)", re.IGNORECASE)
_YEAR: Final = re.compile(r"\d{4}")
_KIND_OF_NAME: Final = re.compile(
    r"(?:previously|formerly) listed as|(?:prominently )?known .*|nom de guerre|combat name|birth name"
    r"|alias|initials|call sign|original script",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"^(?P<before>sub-unit name)\s*:\s*|\s+-\s+(?P<after>sub-unit name)$|\s*\((?P<script>original script)\)$",
    re.IGNORECASE,
)
_DETAILS: Final = re.compile(r"\d{5}|passport|\bborn\b|\bissued\b|identity|identification", re.IGNORECASE)
_IN_SCRIPT: Final = re.compile(
    r"(?:original script|in \w+(?: script)?)\s*:\s*(?P<name>[^\x00-\x7f](?:[^\x00-\x7f]|[ '-])*)",
    re.IGNORECASE,
)
_VERB: Final = re.compile(r"\b(?:has|have|is|was|were)\b")
_NAME_IN_LIST: Final = re.compile(r"(?:[^\W\d_][^\d;:,()]{2,60})")
_BRACKETS: Final = re.compile(r"\(([^()]*)\)")
_TRANSLITERATIONS: Final = re.compile(r"transliterations\s*:\s*(?P<names>[^()]+)", re.IGNORECASE)
_TRANSLITERATED: Final = re.compile(r"\(transliterations? of [^()]*\)", re.IGNORECASE)
_LONGEST: Final = 5_000
"""characters of an alias; the longest of all real ones has 323, and no name is looked for in more"""


def alias(text: str) -> Names:
    """The names in an ``ALIAS_NAME``.

    Names are parted by semicolons; brackets at the end hold the name in another script, further spellings of
    it, or a remark. Brackets that belong to the name (``(HTS)``, ``(The American)``) stay with it.
    """
    names: list[str] = []
    remarks: list[str] = []
    line = one_line(text)
    if len(line) > _LONGEST:
        return Names(names=(), remarks=(line,))
    for part in _parts(_ENUMERATED.sub("; ", line)):
        _one(part, names, remarks)
    return Names(names=_distinct(names), remarks=_distinct(remarks))


def note(text: str) -> Names:
    """The names in an alias's ``NOTE``: its form in another script and lists of spellings.

    The whole note is a remark too, so that nothing said between the names is lost.
    """
    line = one_line(text)
    if not line:
        return _NOTHING
    inner = line[1:-1].strip() if line.startswith("(") and _closes_at_end(line) else line
    names = [match["name"].strip(" .-") for match in _IN_SCRIPT.finditer(inner)]
    candidates = [(inner, ";"), *((match[1], ";") for match in _BRACKETS.finditer(inner))]
    candidates += [(match["names"], ";") for match in _TRANSLITERATIONS.finditer(inner)]
    transliterated = _TRANSLITERATED.search(inner)
    if transliterated:
        before = inner[: transliterated.start()]
        candidates.append((before[before.rfind(")") + 1 :], ","))
    for text_of_names, mark in candidates:
        listed = [piece.strip(" .") for piece in text_of_names.split(mark)]
        if len(listed) > 1 and all(_is_plain_name(piece) for piece in listed):
            names.extend(listed)
    return Names(names=_distinct(names), remarks=(inner,) if inner else ())


def original(text: str) -> tuple[str, ...]:
    """The names in a ``NAME_ORIGINAL_SCRIPT``: parted by semicolons; a line break is layout."""
    return _distinct([part.strip(" ,") for part in re.split("[;؛]", one_line(text))])


def primary(parts: list[str]) -> tuple[str, ...]:
    """The names in ``FIRST_NAME`` to ``FOURTH_NAME``: parts of one name unless a semicolon parts them."""
    joined = " ".join(one_line(part) for part in parts)
    return _distinct([part.strip() for part in joined.split(";")])


def _one(part: str, names: list[str], remarks: list[str]) -> None:
    """Take one part of an alias apart, from its end."""
    if part.endswith(".") and _VERB.search(part) and len(part.split()) > 7:
        remarks.append(part)
        return
    text = part
    own_remarks: list[str] = []
    further: list[str] = []
    born = _BORN.search(text)
    if born and _YEAR.search(text, born.end()):
        _remarks_of_tail(text[born.end() :], own_remarks)
        text = text[: born.start()]
    while group := _last_brackets(text):
        head, inner = group
        if _KIND_OF_NAME.fullmatch(inner) or _DETAILS.search(inner) or MENTIONED.fullmatch(inner):
            own_remarks.insert(0, inner)
        elif script := _IN_SCRIPT.fullmatch(inner):
            further.insert(0, script["name"])
        elif ";" in inner or _other_script(head, inner):
            further[:0] = [_unlabelled(piece, own_remarks) for piece in _parts(inner)]
        else:
            break
        text = head.rstrip(" ,")
    names.append(_trim(text))
    names.extend(_trim(name) for name in further)
    remarks.extend(own_remarks)


def _remarks_of_tail(tail: str, remarks: list[str]) -> None:
    """``born 5 Feb. 1970 in Zenda (formerly listed as)``: the bracket is a remark of its own."""
    group = _last_brackets(tail)
    if group and _KIND_OF_NAME.fullmatch(group[1]):
        remarks.extend(group)
    else:
        remarks.append(tail)


def _last_brackets(text: str) -> tuple[str, str] | None:
    """What stands before, and within, the brackets that end *text*; the last one may be missing."""
    if "(" not in text:
        return None
    depth = 0
    for at in range(len(text) - (2 if text.endswith(")") else 1), 0, -1):
        if text[at] == ")":
            depth += 1
        elif text[at] == "(" and depth:
            depth -= 1
        elif text[at] == "(":
            head = text[:at].strip()
            return (head, text[at + 1 :].removesuffix(")").strip()) if head else None
    return None


def _unlabelled(piece: str, remarks: list[str]) -> str:
    """*piece* without a label such as ``sub-unit name``, which becomes a remark."""
    match = _LABEL.search(piece)
    if not match:
        return piece
    if not match["script"]:
        remarks.append(match["before"] or match["after"])
    return (piece[: match.start()] + piece[match.end() :]).strip()


def _parts(text: str) -> list[str]:
    """*text* at its semicolons outside brackets; a bracket that never closes closes at the end."""
    if ";" not in text:
        return [trimmed] if (trimmed := _trim(text)) else []
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(0, depth - 1)
        elif letter == ";" and not depth:
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    return [trimmed for part in parts if (trimmed := _trim(part))]


def _trim(text: str) -> str:
    """*text* without marks that no name begins or ends with, such as half a bracket."""
    text = text.strip(" ,;")
    if text.startswith(")"):
        text = text.lstrip(") ")
    if text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].rstrip()
    return text


def _other_script(head: str, inner: str) -> bool:
    scripts = {script_of(head), script_of(inner)} - {"Zyyy"}
    return len(scripts) > 1 and "Latn" in scripts


def _is_plain_name(text: str) -> bool:
    return bool(_NAME_IN_LIST.fullmatch(text)) and text[0].isupper() and len(text.split()) <= 8


def _closes_at_end(text: str) -> bool:
    """Whether the bracket that opens *text* closes it."""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return at == len(text) - 1
    return False


def _distinct(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
