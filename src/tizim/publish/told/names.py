"""The names of a subject as a page shows them: as printed, with script, language and who uses them."""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec
from markupsafe import Markup

from tizim.answer.records import names_known
from tizim.answer.subjects import main_names
from tizim.domain.dates import AsOf
from tizim.domain.lists import ListId, OfficialList
from tizim.domain.names import Entity, Name, NameKind
from tizim.publish.told.lists import place
from tizim.publish.vocabulary import NAME_KIND
from tizim.publish.words import Words
from tizim.register.view import View

_FIRST_LOOK = 6
_CLDR = {"prs": "fa_AF", "zh-Hant": "zh_Hant", "zh-Hans": "zh_Hans"}


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A name, once, with everybody who uses it."""

    name: Markup
    beside: Markup
    """its language, or who uses it"""
    kind: Markup


_NEAR = {"prs": ("prs", "fa"), "fa": ("fa", "prs")}
_BEST = (NameKind.PRIMARY, NameKind.AS_STATED, NameKind.ORIGINAL_SCRIPT, NameKind.ALIAS)


def own_name(words: Words, entity: Entity) -> Markup:
    """What to call a subject in the language of the page: a name that somebody uses in it, never one made up.

    What a list prints comes before what others call it; without a name in the language it is the main one.
    """
    return _own(words, entity.names, entity.main_name)


def own_names(view: View, words: Words, clusters: Mapping[str, tuple[str, ...]], as_of: AsOf) -> dict[str, Markup]:
    """The same for many subjects, by their ids; *clusters* has the records of each."""
    main = main_names(view, clusters, as_of)
    names = {} if words.is_main else names_known(view, clusters, as_of)
    return {one: _own(words, names.get(one, ()), main[one]) for one in clusters}


def _own(words: Words, names: Sequence[Name], main: str) -> Markup:
    best = None if words.is_main else attested(words.code, names)
    return words.data(main) if best is None else words.data(best.text, best.language)


def attested(language: str, names: Sequence[Name]) -> Name | None:
    """The name that is used most, and best attested, in a language; ``None`` where nobody is known to use one."""
    near = _NEAR.get(language, (language,))
    own = [one for one in names if one.language in near and one.kind in _BEST]
    users = Counter(one.text for one in own)
    return min(
        own, key=lambda one: (_BEST.index(one.kind), near.index(one.language), -users[one.text], one.text), default=None
    )


def names_of(words: Words, entity: Entity, lists: dict[ListId, OfficialList]) -> tuple[list[Named], list[Named]]:
    """The names to see at first, one of each script and language, and all of them."""
    grouped: dict[str, list[Name]] = {}
    for one in entity.names:
        grouped.setdefault(one.text, []).append(one)
    ordered = sorted(grouped.values(), key=lambda own: (own[0].text != entity.main_name, *_weight(words, own)))
    every = [_named(words, own, lists) for own in ordered]
    # One of each script before a second of any, and then one of each language.
    first: dict[str, Named] = {}
    for own, made in zip(ordered, every, strict=True):
        first.setdefault(own[0].script, made)
    taken = list(first.values())
    spoken: dict[str, Named] = {}
    for own, made in zip(ordered, every, strict=True):
        language = next((one.language for one in own if one.language != "und"), "")
        if language and made not in taken:
            spoken.setdefault(language, made)
    return [*taken, *spoken.values()][:_FIRST_LOOK], every


def _weight(words: Words, own: Sequence[Name]) -> tuple[bool, bool, int, str]:
    weak = all(one.kind is NameKind.WEAK_ALIAS for one in own)
    return weak, not any(one.language == words.code for one in own), -len(own), own[0].text


def _named(words: Words, own: Sequence[Name], lists: dict[ListId, OfficialList]) -> Named:
    language = next((one.language for one in own if one.language not in {"", "und"}), "")
    users = []
    for one in own:
        official = lists.get(ListId(one.stated_by))
        if official is not None:
            users.append(str(place(words, official)) or official.id)
    kinds = {one.kind for one in own}
    strongest = next((kind for kind in NameKind if kind in kinds), NameKind.OTHER)
    said = words.listed(Markup(user) for user in dict.fromkeys(users))  # noqa: S704 - made of escaped text
    spoken = _language(words, language)
    return Named(
        name=words.name(own[0].text, language), beside=Markup(" · ").join(part for part in (spoken, said) if part),
        kind=words.say(NAME_KIND[strongest]),
    )  # fmt: skip


def _language(words: Words, code: str) -> Markup:
    """A language by its name in the language of the page; nothing where it is not known."""
    if not code or code.startswith("und"):
        return Markup("")
    languages = words.locale.languages
    found = languages.get(_CLDR.get(code, code)) or languages.get(code.partition("-")[0])
    return Markup("{}").format(found) if found else Markup("")
