"""Names of the advanced XML, which are printed in parts only."""

from typing import Final

from tizim.domain.statements import Property
from tizim.sources.entries import Making
from tizim.sources.us_ofac_enhanced.names import PARTS, SCRIPTS, bare_name
from tizim.sources.us_ofac_enhanced.tree import Node
from tizim.text import script_of

_ORDER: Final = (
    "given_name", "middle_name", "patronymic", "matronymic", "nickname", "family_name", "maiden_name", "",
)  # fmt: skip
_ALIASES: Final = {"Name": "", "A.K.A.": "", "F.K.A.": "former name", "N.K.A.": "new name", "": ""}


def say_names(making: Making, identity: Node) -> None:
    """The names of one identity, main and others, in each script."""
    groups = _groups(identity)
    primary, untrue = _said(identity, "@Primary"), _said(identity, "@False")
    other = "false" if untrue == "true" else "secondary" if primary == "false" else ""
    for alias in identity.each("Alias"):
        _alias(making, alias, groups, other)


def _said(node: Node, tag: str) -> str:
    """A word that is either true or false; another is left."""
    value = node.take(tag)
    if value not in {"true", "false"}:
        node.put_back(tag, value)
    return value


def _groups(identity: Node) -> dict[str, str]:
    """What the parts of each group are."""
    found: dict[str, str] = {}
    for group in identity.each("NamePartGroups", "MasterNamePartGroup", "NamePartGroup"):
        sort, number = group.first("@NamePartType"), group.first("@ID")
        known = PARTS.get(sort.value) if sort else None
        if sort and number and known is not None:
            sort.own()
            found[number.value] = known
    return found


def _alias(making: Making, alias: Node, groups: dict[str, str], other: str) -> None:
    """A name in each script; *other* says what the identity is, if it is not the primary one."""
    main = _said(alias, "@Primary") == "true" and not other
    low, sort = _said(alias, "@LowQuality"), alias.take("@AliasType")
    kind = _ALIASES.get(sort)
    if kind is None:
        alias.put_back("@AliasType", sort)
    pairs = {"kind": kind or "", "identity": other}
    if not main or low == "true":
        pairs["quality"] = "low" if low == "true" else "good"
    first = ""
    for documented in alias.each("DocumentedName"):
        documented.take("@DocNameStatus")
        full, found = _whole(documented, groups)
        first = first or full
        script = script_of(full)
        prop = Property.ALIAS
        if main:
            prop = Property.NAME if full == first else Property.ORIGINAL_NAME if script != "Latn" else Property.ALIAS
        told = {"script": script, **pairs, **found}
        if not main and full != first:
            told["of"] = first
        making.say(prop, full, documented.place, **told)


def _whole(documented: Node, groups: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The name as it is spoken, given names first, and its parts by what they are; the printed script if known."""
    found: dict[str, list[str]] = {}
    pairs: dict[str, str] = {}
    for value in documented.each("DocumentedNamePart", "NamePartValue"):
        group = value.first("@NamePartGroupID")
        sort = groups.get(group.value, "") if group else ""
        found.setdefault(sort, []).append(bare_name(value.own()))
        script = value.first("@Script")
        if script is not None and script.value in SCRIPTS:
            pairs["script"] = SCRIPTS[script.own()]
        value.take("@ScriptStatus")
        if (acronym := value.take("@Acronym")) != "false":
            value.put_back("@Acronym", acronym)
    whole = " ".join(" ".join(found[sort]) for sort in _ORDER if sort in found)
    return whole, pairs | {sort: " ".join(values) for sort, values in found.items() if sort}
