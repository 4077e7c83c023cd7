"""What a name may sound like: once as English spells, and once for each other habit of spelling that it may be of.

A newspaper writes a French name as it is said in French and a Chinese one as its own school of transcription has it:
``Guillaume`` is ``Гийом``, ``Zhao`` is ``Чжао``. A habit is a short table, applied to words that have the look of it;
the reading that is nearest to the other spelling counts, as long as the whole word is read in one habit.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from tizim.guard.pinyin import in_cyrillic, syllables
from tizim.text import romanise
from tizim.text.scripts import script_of

_UNITS: Final = (
    ("oo", "u"), ("ee", "i"), ("ou", "u"), ("x", "ks"),
    ("shch", "S"), ("tsch", "C"), ("tch", "C"), ("dsch", "J"), ("sch", "S"), ("dzh", "J"), ("tsh", "C"),
    ("sh", "S"), ("ch", "C"), ("kh", "x"), ("zh", "Z"), ("dj", "J"), ("gh", "g"), ("ph", "f"), ("th", "t"),
    ("dh", "d"), ("bh", "b"), ("ts", "T"), ("tz", "T"), ("ck", "k"), ("lj", "J"), ("j", "J"), ("q", "Q"),
    ("w", "v"),
)  # fmt: skip
_ELSEWHERE: Final = (
    ("ie", "i"),
    ("oe", "o"),
    ("ue", "u"),
    ("ei", "i"),
    ("gui", "gi"),
    ("gue", "ge"),
    ("aa", "a"),
    ("ii", "i"),
    ("ai", "ei"),
)
"""letters that are one sound in some languages and two in others"""
_QU: Final = re.compile("qu(?=[aeio])")
_SOFT_C: Final = re.compile("c(?=[eiy])")
_DOUBLED: Final = re.compile(r"(.)\1+")
_DOUBLED_CONSONANT: Final = re.compile(r"([^aeiou])\1+")


class _Habit(NamedTuple):
    """A habit of spelling: what words of it look like, and what stands for each of its letters in English."""

    look: re.Pattern[str]
    letters: re.Pattern[str]
    said: tuple[str, ...]

    def read(self, word: str) -> str:
        return self.letters.sub(lambda found: self.said[found.lastindex - 1] if found.lastindex else "", word)


def _habit(look: str, *rows: tuple[str, str]) -> _Habit:
    """Rows stand in the order in which they are tried at each place."""
    letters = "|".join(f"({pattern})" for pattern, _ in rows)
    return _Habit(re.compile(look), re.compile(letters), tuple(said for _, said in rows))


_FRENCH: Final = (
    ("eaux?|aux?$|aud$|ault$|aut$|au", "o"), ("gu(?=[eiéèê])", "g"), ("ouill", "uy"), ("ill(?=[aeiouyéè])", "iy"),
    ("œu|oeu|eux$|eu", "e"), ("oin", "uen"), ("o[iîy]", "ua"), ("o[uùû]", "u"), ("ch", "sh"), ("gn", "ny"),
    ("qu", "k"), ("ç", "s"), ("ph", "f"), ("th", "t"), ("[ae]in(?![aeiouynm])|in(?![aeiouynm])", "en"),
    ("e[nm](?=[tdcspb])", "an"), ("iers?$", "ye"), ("e[rzt]$|ets$|é", "e"), ("ge(?=[ao])|g(?=[eiéèy])|j", "zh"),
    ("b(?=vr)", ""), ("(?<=[^aeiouéè])e?[stdxpz]+$", ""), ("(?<=[^aeiouéè])es?$", ""), ("[stdxpz]+$", ""),
    ("h", ""), ("a[iîy]|ei", "e"),
)  # fmt: skip
_LOOK_FRENCH: Final = (
    "[èêëîïûçœ]|eau|aux|aul[td]|eu[xrl]|ouill|uill|oi[nrsxe]|gn[eoa]|iers?$|[ae]nts?$|lle$|tte$|ques?$|bvr|aul$"
)
_HABITS: Final = (
    _habit(_LOOK_FRENCH, *_FRENCH),
    # "Le" and "de" are said with a vowel that scripts write as an o.
    _habit(
        f"^(?=.*(?:{_LOOK_FRENCH})).*[^aeioué]e[^aeiou][aeiour]", ("(?<=[^aeioué])e(?=[^aeiou][aeiour])", "o"), *_FRENCH
    ),
    _habit(
        "w|sch|ei|eu|äu|[äöüß]|tz|ch$|chs|[^aeiou]ae",
        ("dsch", "j"), ("tsch", "ch"), ("sch", "sh"), ("ch", "kh"), ("tz|z", "ts"), ("w", "v"), ("v", "f"),
        ("ei|ey|ay", "ai"), ("eu|äu", "oi"), ("ie", "i"), ("ä|ö|ae", "e"), ("ü", "yu"), ("s(?=[aeiouäöü])", "z"),
        ("^s(?=[pt])", "sh"), ("j", "y"), ("(?<=[aeiouäöü])h", ""), ("ck", "k"), ("qu", "kv"),
    ),
    _habit(
        "[łśćżźńąę]|rz|sz|cz|w|j",
        ("szcz", "shch"), ("dzi(?=[aeou])|dź", "dz"), ("dż", "j"), ("sz", "sh"), ("cz", "ch"), ("rz|ż", "zh"),
        ("ź|zi(?=[aeou])", "z"), ("ś", "sh"), ("ć|ci(?=[aeou])", "ch"), ("ch", "kh"), ("c(?!k)", "ts"),
        ("w", "v"), ("ł", "l"), ("ó", "u"), ("j", "y"), ("ą", "on"), ("ę", "en"), ("ń|ni(?=[aeou])", "n"),
    ),
    _habit(
        "[çşğıöüc]|j",
        ("ç", "ch"), ("c(?![hk])", "j"), ("ş", "sh"), ("ğ", ""), ("j", "zh"), ("ö", "e"), ("ü", "u"), ("ı", "y"),
    ),
    _habit(
        "[jxñáíóú]|illa|qu|gu[ei]|[eí]z$",
        ("j|x(?=[aeiouáéíóú])|^x|g(?=[eiéí])", "kh"), ("ll", "y"), ("ñ", "ny"), ("qu", "k"), ("gu(?=[eiéí])", "g"),
        ("ch", "ch"), ("z|c(?=[eiéí])", "s"),
    ),
    _habit(
        "[ãõçâêôáéíóú]|lh|nh|x|ch|[eo]$",
        ("lh", "ly"), ("nh", "ny"), ("ç", "s"), ("ão", "an"), ("x|ch", "sh"), ("j|g(?=[ei])", "zh"), ("e$", "i"),
        ("qu", "k"), ("os$", "us"), ("o$", "u"),
    ),
    _habit(
        "[áéőűíöü]|sz|zs|gy|cs",
        ("sz", "s"), ("zs", "zh"), ("cs", "ch"), ("gy", "g"), ("s", "sh"), ("ly|j", "y"), ("c", "ts"), ("ö|ő", "e"),
    ),
    # Czech, Slovak, Croatian and Serbian, Slovene, Latvian, Lithuanian
    _habit(
        "[čšžřěůćđďťňģķļņ]|dž|[nl]j",
        ("dž|đ", "j"), ("č|ć", "ch"), ("š", "sh"), ("ž", "zh"), ("ř", "rzh"), ("ě", "e"), ("ch", "kh"), ("c", "ts"),
        ("j", "y"), ("w", "v"),
    ),
    # Albanian
    _habit(
        "xh|gj|[^aeiou]q|q[^u]|q$|x|ë|th|dh",
        ("xh", "j"), ("x", "dz"), ("gj", "gy"), ("q|ç", "ch"), ("dh", "z"), ("th", "s"), ("j", "y"), ("c(?!h)", "ts"),
    ),
    # Romanian
    _habit(
        "[ăâîșțţş]|escu$|eanu$|oiu$|c[ei]|ch[ei]|gh[ei]",
        ("ch(?=[ei])", "k"), ("c(?=[ei])", "ch"), ("gh(?=[ei])", "g"), ("g(?=[ei])", "j"), ("ș|ş", "sh"),
        ("ț|ţ", "ts"), ("ă", "e"), ("â|î", "y"), ("j", "zh"), ("ea", "ia"),
    ),
    # Italian
    _habit(
        "cc|gg|gli|gn|c[ei]|g[ei]|c?ch[ei]|zz",
        ("sc(?=[ei])", "sh"), ("c?ch", "k"), ("c+i(?=[aou])|c+(?=[ei])", "ch"), ("gh", "g"),
        ("g+i(?=[aou])|g+(?=[ei])", "j"), ("gli(?=[aeo])", "ly"), ("gn", "ny"), ("zz|z", "ts"),
        ("(?<=[aeiou])s(?=[aeiou])", "z"), ("qu", "kv"),
    ),
    # Danish, Norwegian, Swedish
    _habit(
        "[åøæöä]|aa|skj|sj|kj|gj|hj",
        ("skj|sj", "sh"), ("å|aa", "o"), ("ø|ö", "e"), ("æ|ä", "e"), ("kj", "kh"), ("gj|hj|j", "y"), ("w", "v"),
    ),
    # Dutch
    _habit(
        "ij|oe|uy|ui|sch|aa|ee|oo",
        ("sch", "skh"), ("ij|ui|uy", "ei"), ("oe", "u"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("ch", "kh"),
        ("g", "kh"), ("j", "y"), ("w", "v"),
    ),
    # Japanese, as the school of transcription into Cyrillic has it
    _habit(
        "^(?=.*(?:sh|ch|j))(?:(?:sh|ch|ts|[kgnhbpmr]y|[kgsztdnhfbpmrwyj])?[aeiou]+n?(?![aeiou]))+$",
        ("sh", "s"), ("ch", "t"), ("j", "dz"),
    ),
    # Belarusian, whose short u is a v in Russian
    _habit("[aeiou]u(?![aeiou])", ("(?<=[aeiou])u(?![aeiou])", "v")),
    _habit(
        "w|igh|^kn|a[^aeiou]i?e[rs]?$",
        ("ow(?=[^aeiou]|$)", "au"), ("wh|w(?=[aeiouy])", "u"), ("wr", "r"), ("^kn", "n"), ("igh", "ai"),
        ("a(?=[^aeiou]i?e[rs]?$)", "ei"), ("ie(?=rs?$)", "e"),
        ("y(?=[^aeiou])", "i"),
    ),
    _habit("ow", ("ow(?=[^aeiou]|$)", "o"), ("w(?=[aeiouy])", "u")),
    _habit("[iy][iyj]$", ("[iy][iyj]$", "i")),
)  # fmt: skip
_CYRILLIC: Final = (
    _habit("ая$|ый$|ій$|ой$", ("с?ький$|ский$", "ski"), ("ая$", "а"), ("[иыіо]й$", "и")),
    _habit("г", ("г", "ґ")),
    _habit("^г", ("^г", "х")),
    _habit("[бгдкпт]х", ("(?<=[бгдкпт])х", "")),
    _habit("[^аеиоуыэюяі]е", ("(?<=[^аеиоуыэюяі])е", "о")),
)
"""endings of adjectives; a letter that Ukrainian reads otherwise; one that stands for another, too"""


@lru_cache(maxsize=65_536)
def sounds(word: str) -> str:
    """*word* as a row of sounds, read as English spells."""
    return _sounds(romanise(word))


def _sounds(made: str) -> str:
    made = _DOUBLED_CONSONANT.sub(r"\1", made)
    made = _QU.sub("k", made)
    for letters, sound in _UNITS:
        made = made.replace(letters, sound)
    made = _SOFT_C.sub("s", made).replace("c", "k")
    return _DOUBLED.sub(r"\1", made)


@lru_cache(maxsize=65_536)
def plain_readings(word: str) -> tuple[str, str]:
    """What *word* sounds like as English spells, and with letters that are one sound elsewhere."""
    plain = romanise(word)
    other = plain
    for letters, sound in _ELSEWHERE:
        other = other.replace(letters, sound)
    return _sounds(plain), _sounds(other)


@lru_cache(maxsize=65_536)
def readings(word: str) -> tuple[str, ...]:
    """What *word* may sound like; the first is what English would say."""
    plain = romanise(word)
    found = [*plain_readings(word)]
    if "ou" in plain:  # Dutch: "Хаутен" for Houten
        found.append(_sounds(plain.replace("ou", "au")))
    if "ew" in plain:  # English: "Эндрюс", "اندروز" for Andrews
        found += [_sounds(plain.replace("ew", "yu")), _sounds(plain.replace("ews", "uz").replace("ew", "u"))]
    script = script_of(word)
    if script == "Latn":
        found += [_sounds(romanise(habit.read(word))) for habit in _HABITS if habit.look.search(word)]
        if _LOOK_CHINESE.search(word) and (row := syllables(word)) is not None:
            found += [_sounds(romanise(in_cyrillic(row))), _sounds(_AS_SAID.read(word))]
    elif script == "Cyrl":
        found += [_sounds(romanise(habit.read(word))) for habit in _CYRILLIC if habit.look.search(word)]
    return tuple(dict.fromkeys(one for one in found if one))


_LOOK_CHINESE: Final = re.compile("zh|[xqj]|^[cz](?!h)|[aeo]ng|uo|ue|ian|iao")
_AS_SAID: Final = _habit("", ("zh", "zh"), ("x", "sh"), ("q", "ch"), ("z|c(?!h)", "ts"))
"""the letters of pinyin that English reads otherwise"""
