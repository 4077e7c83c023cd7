"""What is known of subjects besides their listings: names, birth dates, countries, numbers, for comparing them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from tizim.answer.official import official_lists
from tizim.domain.dates import AsOf
from tizim.domain.documents import Layer
from tizim.domain.lists import ListId, OfficialList
from tizim.domain.names import Kind
from tizim.domain.statements import CORE, Property
from tizim.match.countries import country_code
from tizim.match.entities import Facts
from tizim.register.view import Line, SightedClaim, View

_LONGEST_SPAN = 12
"""years of a span of birth that are compared one by one; a longer one says too little"""
_SHORTEST_NUMBER = 5
"""signs of the shortest number that may be compared: shorter ones are shared by chance"""


class Called(msgspec.Struct, frozen=True, kw_only=True):
    """A name of a subject, and what it is to it."""

    text: str
    is_main: bool
    """whether a list prints it as the name, or as the name in its original script"""
    is_weak: bool
    """whether its list says that it is not enough to go by"""


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A subject as known, for comparing it with others."""

    subject: str
    keys: tuple[str, ...]
    kind: Kind
    names: tuple[Called, ...]
    facts: Facts
    references: tuple[str, ...]
    """its numbers on the lists that print it"""
    regimes: tuple[str, ...] = ()
    """the programmes it is listed under, as printed, and the names of the lists it is on"""
    nationalities: tuple[str, ...] = ()
    """codes of the countries that a list prints as its nationality: the facts know those of residence as well"""

    @property
    def main_names(self) -> tuple[str, ...]:
        """Its main names."""
        return tuple(name.text for name in self.names if name.is_main)

    @property
    def strong_names(self) -> tuple[str, ...]:
        """Its names but for weak ones."""
        return tuple(name.text for name in self.names if not name.is_weak)


_NAMES = frozenset({Property.NAME.value, Property.ORIGINAL_NAME.value, Property.ALIAS.value})
_ALIAS = Property.ALIAS.value
READ = frozenset({
    Property.NAME, Property.ORIGINAL_NAME, Property.ALIAS, Property.REFERENCE, Property.KIND, Property.BIRTH_DATE,
    Property.BIRTH_YEAR, Property.NATIONALITY, Property.COUNTRY, Property.ADDRESS, Property.GENDER,
    Property.IDENTIFIER, Property.PROGRAMME, Property.MEMBER,
})  # fmt: skip
"""what a profile is made of"""
_GENDERS = frozenset({"male", "female"})
"""others are ways of saying that it is not known"""
LAYER_OF = {prop.value: Layer.CORE if prop in CORE else Layer.REST for prop in Property}
"""in which layer of a document each property is read"""


def profiles(view: View, keys_of: Mapping[str, Sequence[str]], as_of: AsOf) -> dict[str, Profile]:
    """The profile of each subject from its records *keys_of* it, by what was known."""
    return of_claims(view, keys_of, known_claims(view, keys_of, READ, as_of))


def known_claims(
    view: View, keys_of: Mapping[str, Sequence[str]], properties: Collection[Property], as_of: AsOf
) -> dict[str, list[SightedClaim]]:
    """By subject, the claims of *properties* of its records *keys_of* it that a document known makes."""
    owner = {key: subject for subject, keys in keys_of.items() for key in keys}
    entries = view.entries_of(owner)
    lines: dict[tuple[str, str], Line] = {}
    found: dict[str, list[SightedClaim]] = defaultdict(list)
    for claim in view.claims(owner, properties):
        source, _, key = entries[claim.entry_id]
        line = lines.get((source, claim.property))
        if line is None:
            line = lines[source, claim.property] = view.line(source, as_of, LAYER_OF[claim.property])
        first, end = line.within(claim.first, claim.last)
        if first < end:
            found[owner[key]].append(claim)
    return found


def of_claims(
    view: View, keys_of: Mapping[str, Sequence[str]], claims: Mapping[str, Sequence[SightedClaim]]
) -> dict[str, Profile]:
    """The profile of each subject from the claims of its records."""
    lists = official_lists(view)
    return {subject: _profile(subject, keys, claims.get(subject, ()), lists) for subject, keys in keys_of.items()}


def _profile(
    subject: str, keys: Sequence[str], claims: Iterable[SightedClaim], lists: Mapping[ListId, OfficialList]
) -> Profile:
    names: dict[str, Called] = {}
    found: dict[str, list[SightedClaim]] = defaultdict(list)
    for claim in claims:
        if claim.value is None:
            continue
        found[claim.property].append(claim)
        if claim.property in _NAMES and claim.value:
            is_main = claim.property != _ALIAS
            before = names.get(claim.value)
            if before is None or (is_main and not before.is_main):
                is_weak = claim.facets.get("quality") == "low"
                names[claim.value] = Called(text=claim.value, is_main=is_main, is_weak=is_weak)
    regimes = {claim.value: None for claim in found[Property.PROGRAMME] if claim.value}
    for claim in found[Property.MEMBER]:
        if claim.value:
            official = lists.get(ListId(claim.value))
            regimes[official.name if official else claim.value] = None
    kinds = [claim.value for claim in found[Property.KIND] if claim.value]
    return Profile(
        subject=subject, keys=tuple(keys), kind=Kind(kinds[0]) if kinds else Kind.UNKNOWN,
        names=tuple(sorted(names.values(), key=lambda one: (not one.is_main, one.text))),
        facts=_facts(found),
        references=tuple(
            claim.value for claim in found[Property.REFERENCE] if claim.value and not claim.facets
        ),
        regimes=tuple(regimes),
        nationalities=_codes(claim.value or "" for claim in found[Property.NATIONALITY]),
    )  # fmt: skip


def _facts(found: Mapping[str, Sequence[SightedClaim]]) -> Facts:
    births: dict[str, None] = {}
    for claim in (*found[Property.BIRTH_DATE], *found[Property.BIRTH_YEAR]):
        if not claim.facets.get("of") and not claim.facets.get("form"):
            births |= dict.fromkeys(_dates(claim.value or ""))
    stated = [*found[Property.NATIONALITY], *found[Property.COUNTRY]]
    codes = _codes(claim.value or "" for claim in stated)
    if not codes:  # a country of residence says less than one of nationality, and is all that some lists print
        codes = _codes(claim.facets.get("country", "") for claim in found[Property.ADDRESS])
    return Facts(
        birth_dates=_most_exact(births),
        countries=codes,
        identifiers=tuple(
            dict.fromkeys(
                number
                for claim in found[Property.IDENTIFIER]
                if not claim.facets.get("form") and len(number := _plain(claim.value or "")) >= _SHORTEST_NUMBER
                and any(sign.isdigit() for sign in number)
            )
        ),
        genders=tuple(
            dict.fromkeys(
                gender for claim in found[Property.GENDER] if (gender := (claim.value or "").casefold()) in _GENDERS
            )
        ),
    )  # fmt: skip


def _codes(countries: Iterable[str]) -> tuple[str, ...]:
    """The codes of countries, each once, without those that are none."""
    return tuple(dict.fromkeys(code for country in countries if (code := country_code(country))))


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _dates(text: str) -> list[str]:
    """An ISO date as it is; of a span every year, if they are few."""
    first, slash, last = text.partition("/")
    if not slash:
        return [first] if first[:4].isdigit() else []
    if not (first[:4].isdigit() and last[:4].isdigit()):
        return []
    years = range(int(first[:4]), int(last[:4]) + 1)
    return [f"{year:04d}" for year in years] if len(years) <= _LONGEST_SPAN else []


def _most_exact(dates: Iterable[str]) -> tuple[str, ...]:
    """The dates without those that another says more exactly."""
    every = list(dates)
    return tuple(one for one in every if not any(other != one and other.startswith(f"{one}-") for other in every))
