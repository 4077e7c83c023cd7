"""Pairs made from listed names by changes whose outcome is certain: what screening must tell apart, and must not.

Each kind of change stands for a class of errors (another clan name, another father, roles reversed, another
series, a slip of the keyboard ...); none is taken from a labelled pair.
"""

import random
from collections.abc import Sequence

from names_data import Listed, Pair

_LEGAL = [
    ("Limited", "Ltd"), ("LLC", "Limited Liability Company"), ("Inc", "Incorporated"), ("Corp", "Corporation"),
    ("GmbH", "Gesellschaft mit beschraenkter Haftung"), ("AG", "Aktiengesellschaft"), ("JSC", "Joint Stock Company"),
    ("OOO", "Limited Liability Company"), ("PJSC", "Public Joint Stock Company"), ("Co Ltd", "Company Limited"),
]  # fmt: skip
_OTHER_LEGAL = [
    ("AG", "GmbH"), ("Ltd", "plc"), ("LLC", "LLP"), ("Inc", "LLC"), ("GmbH", "KG"), ("SA", "SARL"),
    ("Foundation", "LLC"),
]  # fmt: skip
_PLACES = [
    "London", "Paris", "Dubai", "Texas", "Chile", "Mexico", "Boston", "Atlanta", "Kenya", "Russia", "China", "Syria",
    "Iraq", "Ukraine", "Berlin", "Tokyo", "Panama", "Cyprus",
]  # fmt: skip
_DESCRIPTORS = [
    "Systems", "Trading", "Holding", "Bank", "Shipping", "Energy", "Construction", "Insurance", "Capital", "Aviation",
    "Services", "Petroleum", "Media", "Foods",
]  # fmt: skip
_TITLES = ["Haji", "Mullah", "Dr", "General", "Sheikh", "Mr", "Qari", "Maulvi", "Colonel"]
_VOWELS = "aeiou"
_LETTERS = "abdefghiklmnoprstuvyz"


def slip(word: str, chance: random.Random) -> str:
    """One slip of the keyboard in a word of five letters or more, its first letter kept."""
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    other = _VOWELS if word[at].lower() in _VOWELS else _LETTERS
    return word[:at] + chance.choice(other) + word[at + 1 :]


def pairs(un: Sequence[Listed], sdn: Sequence[Listed], chance: random.Random, each: int = 130) -> list[Pair]:
    """*each* pairs of every kind."""
    ascii_rows = [row for row in (*un, *sdn) if row.name.isascii() and "," not in row.name]
    persons = [row.name.split() for row in ascii_rows if row.schema == "Person" and 2 <= len(row.name.split()) <= 6]
    others = [
        row.name.split()
        for row in sdn
        if row.schema == "Organization" and row.name.isascii() and 2 <= len(row.name.split()) <= 6
    ]
    pool = sorted({word for name in persons for word in name if len(word) >= 4 and word.isalpha()})
    names = sorted({word for name in others for word in name if len(word) >= 4 and word.isalpha()})
    found: list[Pair] = []

    def add(left: Sequence[str], right: Sequence[str], schema: str, kind: str, *, same: bool) -> None:
        if " ".join(left).lower() != " ".join(right).lower():
            found.append(Pair(" ".join(left), " ".join(right), schema, same, "MEDIUM", "ok", kind))

    def replaced(name: Sequence[str], at: int, word: str) -> list[str]:
        return [*name[:at], word, *name[at + 1 :]]

    long = [name for name in persons if any(len(word) >= 6 and word.isalpha() for word in name)]
    for _ in range(each):
        name = chance.choice(long)
        at = chance.choice([place for place, word in enumerate(name) if len(word) >= 6 and word.isalpha()])
        add(name, replaced(name, at, slip(name[at], chance)), "Person", "slip", same=True)
        name = chance.choice(persons)
        mixed = name[:]
        chance.shuffle(mixed)
        if not {"bin", "ben", "ibn", "ould"} & {word.lower() for word in name}:
            add(name, mixed, "Person", "order", same=True)
        add(name, [chance.choice(_TITLES), *name], "Person", "title", same=True)
        name = chance.choice([name for name in persons if len(name) >= 3])
        at = chance.randrange(1, len(name) - 1)
        if len(name[at]) > 3:
            add(name, replaced(name, at, name[at][0]), "Person", "initial", same=True)
            add(name, [*name[:at], *name[at + 1 :]], "Person", "omitted", same=True)
        at = chance.randrange(len(name) - 1)
        add(name, [*name[:at], name[at] + name[at + 1], *name[at + 2 :]], "Person", "joined", same=True)
        for _ in range(2):
            name = chance.choice(persons)
            at = chance.choice([place for place, word in enumerate(name) if len(word) >= 3])
            add(name, replaced(name, at, chance.choice(pool)), "Person", "other word", same=False)
        add(name, replaced(name, len(name) - 1, "AL-" + chance.choice(pool)), "Person", "other clan", same=False)
        one, two, three = chance.sample(pool, 3)
        add([one, "bin", two, "al-" + three], [two, "bin", one, "al-" + three], "Person", "reversed", same=False)
        name = chance.choice(others)
        legal, other = chance.choice(_LEGAL)
        add([*name, legal], [*name, other], "Company", "legal form", same=True)
        add([*name, legal], name, "Company", "legal form omitted", same=True)
        one, two = chance.choice(_OTHER_LEGAL)
        add([*name, one], [*name, two], "Company", "other legal form", same=False)
        one, two = chance.sample(_PLACES, 2)
        add([*name, one], [*name, two], "Company", "other place", same=False)
        add([*name, "of", one, legal], [*name, "of", two, legal], "Company", "other place", same=False)
        one, two = chance.sample(_DESCRIPTORS, 2)
        add([*name, one], [*name, two], "Company", "other descriptor", same=False)
        add([*name, one, legal], [*name, legal], "Company", "descriptor omitted", same=False)
        add([*name, "Fund", "VII"], [*name, "Fund", "VIII"], "Company", "other series", same=False)
        add([*name, "Trust", "2004-1"], [*name, "Trust", "2004-2"], "Company", "other series", same=False)
        name = chance.choice([name for name in others if any(len(word) >= 6 and word.isalpha() for word in name)])
        at = chance.choice([place for place, word in enumerate(name) if len(word) >= 6 and word.isalpha()])
        add(name, replaced(name, at, slip(name[at], chance)), "Company", "slip", same=True)
        add(name, replaced(name, at, chance.choice(names)), "Company", "other word", same=False)
    return found
