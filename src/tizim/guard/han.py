"""Names in Chinese signs against names in letters, syllable by syllable.

A foreign name is written with signs for its syllables, its parts with a dot between them (``莫娜·尤尔``). Which sign is
chosen for a syllable is free within a class of sounds, so what is compared is the row of consonants: each must have its
syllable, and each syllable its consonant. A Chinese name is its reading in pinyin.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from tizim.guard.pinyin import from_cyrillic, syllables
from tizim.guard.readings import readings
from tizim.guard.vocabulary import given_name, is_translated_name
from tizim.text import romanise

_DOTTED: Final = re.compile("[\u3400-\u9fff]{1,60}(?:[·•・‧][\u3400-\u9fff]{1,60})+")
_AND: Final = re.compile("[和与與及]")
_NG: Final = re.compile("ng(?![aeiouy])")  # one sound, which a nasal syllable ends with
_PART: Final = re.compile("[㐀-鿿]+")
_INITIAL: Final = re.compile("^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?")
_CLASS: Final = {
    "b": "P", "p": "P", "d": "T", "t": "T", "g": "K", "k": "K", "Q": "K", "x": "X", "h": "H", "f": "F", "v": "F",
    "m": "M", "n": "N", "l": "L", "r": "R", "s": "S", "z": "S", "S": "S", "Z": "S", "C": "S", "J": "J", "T": "S",
}  # fmt: skip
"""classes of the sounds of letters; what is not here is a vowel"""
_INITIALS: Final = {
    "b": "P", "p": "P", "d": "T", "t": "T", "g": "KJH", "k": "KX", "h": "HX", "f": "FH", "m": "M", "n": "N",
    "l": "LR", "r": "RLJ", "z": "SJ", "c": "S", "s": "S", "zh": "SJ", "ch": "SJ", "sh": "S", "j": "JSKT", "q": "SKJ",
    "x": "SHX", "w": "F", "y": "J",
}  # fmt: skip
"""classes that a syllable may stand for, by its first sound in pinyin"""
_WEAK: Final = frozenset("wy")  # first sounds that may be none
_UNSAID: Final = {"r": 0.3, "H": 0.3, "n": 0.6, "J": 0.7}
_VOWELS: Final = frozenset("aeiouy")
_PARTICLES: Final = frozenset("德迪达冯范杜")
_INNER: Final = 6  # signs of a part that stands between two dots, at most
_LONGEST: Final = 8  # signs of one part of a name
_OTHER: Final = 0.7  # the cost below which a part of a strange name may be a word of the other text
_SHOWN: Final = 3  # signs of the last part of a strange name that are told
_WRONG: Final = 0.75
"""the cost from which a part of a name is another"""


_OPEN: Final = frozenset(("a", "an", "ang", "ia", "ian", "iang", "ua", "uan", "uang"))
_CLOSE: Final = frozenset(("i", "in", "ing"))
_ROUND: Final = frozenset(("u", "un", "ong", "o", "uo", "ou"))
_STRAYED: Final = 0.8
"""what a syllable costs whose vowel no reading of the name has there"""
_ODD: Final = 0.4  # the same for a sign that transcriptions hardly use
_NEVER: Final = {"水": 0.8, "小": 0.8, "天": 0.8, "北": 0.8}
"""the same for signs that they never use"""
_USED: Final = frozenset(
    "阿埃艾爱安昂敖奥澳巴班邦包保鲍贝本比彼毕边别宾波博伯勃布采策查昌琴切奇恰钱乔丘楚茨蔡达戴丹当道得德登邓狄迪底第蒂丁东杜敦顿多"
    "厄恩尔耳法凡范方菲费芬丰冯佛夫弗福富盖甘冈高戈哥格葛根贡古瓜圭郭果哈海汉杭豪赫黑亨洪侯胡华霍怀惠基吉季加贾嘉简江杰捷金津久居"
    "卡凯坎康考柯科克肯孔库夸宽奎昆廓拉腊莱来赖兰朗劳勒雷蕾累黎里理丽利莉莲廉列林琳龄留柳隆龙卢鲁露路吕伦罗洛马玛迈麦曼芒毛茂梅"
    "门蒙孟米密敏明缪摩莫默姆穆木慕拿纳娜乃奈南瑙讷内嫩尼妮年娘涅宁牛纽农努诺女欧帕派潘庞佩彭皮匹平珀朴普齐强钦青曲屈然让热仁日荣"
    "茹瑞若撒萨赛桑瑟森沙莎山珊尚绍舍申沈圣生施什石史士舒朔斯丝思松苏素索孙所塔泰坦唐陶特滕提田铁廷通图吐土托陀瓦娃万旺威韦维魏温"
    "文翁沃武乌西希锡夏香肖萧谢辛欣新星雄休修许雪逊雅亚娅延杨耶叶伊衣依义因英永尤优于约云赞早泽曾扎詹章张兆哲珍真郑芝知治忠朱茱准"
    "卓兹孜子宗祖佐晓琼汗敕妲玫薇婕缇荷蓓赵仪易卜拉欣穆罕默优素福侯赛因迪开纪尧戎梭娄罕沁其额图拜吾若贡坚措仓央"
)
"""signs that foreign names are written with"""
_CONVENTIONAL: Final = {
    "joseph": "约瑟夫", "michael": "迈克尔", "george": "乔治", "john": "约翰", "paul": "保罗", "peter": "彼得",
    "david": "大卫", "james": "詹姆斯", "charles": "查尔斯", "thomas": "托马斯", "william": "威廉", "robert": "罗伯特",
    "richard": "理查德", "mary": "玛丽", "elizabeth": "伊丽莎白", "alexander": "亚历山大", "andrew": "安德鲁",
    "anthony": "安东尼", "daniel": "丹尼尔", "martin": "马丁", "philip": "菲利普", "henry": "亨利", "edward": "爱德华",
    "matthew": "马修", "jacob": "雅各布", "catherine": "凯瑟琳",
    "ibrahim": "易卜拉欣",
}  # fmt: skip
"""given names for which Chinese has a form of its own"""
_READ_ALSO: Final = {
    "曾": "zeng", "单": "shan", "解": "xie", "乐": "yue", "仇": "qiu", "查": "zha", "盖": "ge", "重": "chong",
    "长": "chang", "行": "xing", "朝": "chao", "覃": "qin", "尉": "wei", "褚": "chu", "晟": "cheng",
}  # fmt: skip
"""other readings of signs in the names of Chinese"""
_HEARD: Final = {"什": "shi"}
"""what a sign is read as in foreign names"""
_FAMILIES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
    "韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
"""signs of family names of Chinese"""
_SPOILT: Final = 3  # signs of a form that is known when one of them is another
_FEWEST: Final = 2  # signs of the name of a Chinese
_MOST: Final = 4


class Garbled(NamedTuple):
    """A name in signs that departs from one in letters, by its characters in the text."""

    start: int
    end: int
    word: str
    """the part of the name in letters that it departs from"""


class _Sound(NamedTuple):
    """A consonant that must have its syllable, and the vowel behind it."""

    sort: str
    vowel: str


@lru_cache(maxsize=16_384)
def _rows(word: str) -> tuple[tuple[_Sound, ...], ...]:
    """The consonants of each reading of *word*."""
    return tuple(dict.fromkeys(_consonants(reading) for reading in readings(word)))


def _consonants(reading: str) -> tuple[_Sound, ...]:
    said = _NG.sub("n", reading)
    found = []
    for place, sound in enumerate(said):
        one = _CLASS.get(sound)
        if one is None:
            continue
        behind = said[place + 1 : place + 2]
        vowel = behind if behind in _VOWELS else ""
        if one in {"R", "N"} and not vowel:
            one = one.lower()  # in front of no vowel it may be left out
        found.append(_Sound(one, vowel))
    return tuple(found)


class _Syllable(NamedTuple):
    classes: str
    """the classes that it may begin with"""
    is_nasal: bool
    alone: float
    """what it costs as a vowel alone"""
    astray: str
    """vowels that it cannot have"""
    odd: float
    """what it costs to stand in a foreign name"""


@lru_cache(maxsize=16_384)
def _syllable(sign: str) -> _Syllable:
    reading = _HEARD.get(sign) or romanise(sign)
    odd = 0.0 if sign in _USED else _NEVER.get(sign, _ODD)
    if reading in {"er", "r"}:
        return _Syllable("LRr", is_nasal=False, alone=1.0, astray="", odd=odd)
    initial = _INITIAL.match(reading)
    first = initial[0] if initial else ""
    final = reading[len(first) :]
    classes = _INITIALS.get(first, "")
    alone = 0.05 if not first or reading in {"yi", "wu"} else 0.3 if first in _WEAK else 1.0
    astray = "iu" if final in _OPEN else "aou" if final in _CLOSE else "i" if final in _ROUND else ""
    if first in {"zh", "ch", "sh", "r", "z", "c", "s"}:
        astray = astray if final in _OPEN else ""  # "si" and "zi" stand for no vowel at all
    return _Syllable(classes + classes.lower(), reading.endswith(("n", "ng")), alone, astray, odd)


@lru_cache(maxsize=16_384)
def departure(word: str, signs: str) -> float:
    """How far *signs* are from sounding like *word*: about the number of consonants that differ."""
    key = given_name(word)
    if key is not None and _CONVENTIONAL.get(key) == signs:
        return 0.0
    return min(_of_row(row, signs) for row in _rows(word))


def _of_row(wanted: tuple[_Sound, ...], signs: str) -> float:
    size = len(wanted)
    row = [0.0]
    for sound in wanted:
        row.append(row[-1] + _UNSAID.get(sound.sort, 1.0))
    for sign in signs:
        syllable = _syllable(sign)
        made = [float("inf")] * (size + 1)
        for at in range(size + 1):
            _take(made, wanted, at, row[at] + syllable.alone + syllable.odd, is_nasal=syllable.is_nasal)
            if at < size and wanted[at].sort in syllable.classes:
                strayed = _STRAYED if wanted[at].vowel and wanted[at].vowel in syllable.astray else 0.0
                _take(made, wanted, at + 1, row[at] + syllable.odd + strayed, is_nasal=syllable.is_nasal)
        for at in range(size):
            made[at + 1] = min(made[at + 1], made[at] + _UNSAID.get(wanted[at].sort, 1.0))
        row = made
    return row[size]


def _take(made: list[float], wanted: tuple[_Sound, ...], at: int, cost: float, *, is_nasal: bool) -> None:
    made[at] = min(made[at], cost + (0.5 if is_nasal else 0.0))
    if is_nasal and at < len(wanted) and wanted[at].sort in "nNM":
        made[at + 1] = min(made[at + 1], cost)


def garbled(names: list[list[str]], words: list[str], text: str, known: list[tuple[int, int]]) -> Iterator[Garbled]:
    """The names of *text* that are like one of *names*, by its words, and depart from it in a part.

    *known*: characters of names that are known to be right. A dotted name of which no part is like one of *words*, all
    those with a capital, is one that the other text has not.
    """
    free = []
    for name in names:
        read = _chinese(name)
        if read is None:
            free.append(name)
        elif (place := _strayed(read, text)) is not None:
            yield Garbled(place[0], place[1], name[0])
    free = [name for name in free if len(name) > 1]
    strangers = []
    for begin, said in _chains(text):
        parts = [(part.start() + begin, part[0]) for part in _PART.finditer(said)]
        fitted = [(row, name) for name in free if (row := _fitted(name, parts)) is not None]
        row, name = min(fitted, key=lambda each: sum(cost for cost, _, _ in each[0]), default=([], []))
        name = name[len(name) - len(row) :]
        size = sum(max(1, len(_rows(word)[0])) for word in name)
        if not fitted or sum(cost for cost, _, _ in row) > max(1.0, size * 0.55):
            strangers.append(parts)
            continue  # another name
        free = [one for one in free if one[len(one) - len(name) :] != name]
        for (cost, start, end), word in zip(row, name, strict=True):
            strayed = cost >= _WRONG and (not _is_conventional(word) or _is_like_its_form(word, text[start:end]))
            spoilt = _spoilt_form(word, text, start, end, is_first=word is name[0]) if cost > 0 else None
            if spoilt is not None:
                yield Garbled(*spoilt, word)
            elif strayed:
                yield Garbled(start, end, word)
    for parts in strangers:
        start, end = parts[0][0], parts[-1][0] + len(parts[-1][1])
        is_known = any(a < end and start < b for a, b in known)
        if not is_known and not any(_is_in(words, parts, number) for number in range(len(parts))):
            yield Garbled(max(start, start + len(parts[0][1]) - _INNER), min(end, parts[-1][0] + _SHOWN), "")


def _is_in(words: list[str], parts: list[tuple[int, str]], number: int) -> bool:
    """Whether the part of that number may be one of *words*; the first and the last run on into the text."""
    signs = parts[number][1]
    sizes = range(2, min(len(signs), _LONGEST) + 1)
    spans = [signs]
    if number == 0:
        spans = [signs[-size:] for size in sizes]
    elif number == len(parts) - 1:
        spans = [signs[:size] for size in sizes]
    return any(departure(word, each) < _OTHER for word in words if len(_rows(word)[0]) > 1 for each in spans)


def _chinese(name: list[str]) -> tuple[str, ...] | None:
    """The syllables of the name of a Chinese; ``None`` if it is none."""
    if not _FEWEST <= len(name) <= _MOST:
        return None
    found: list[str] = []
    for word in name:
        row = syllables(word) or from_cyrillic(word)
        if row is None:
            return None
        found += row
    return tuple(found) if _FEWEST <= len(found) <= _MOST else None


def _strayed(row: tuple[str, ...], text: str) -> tuple[int, int] | None:
    """Where *text* has the signs of a Chinese name but for one of them, or in another order; nowhere if it has them."""
    read = [_readings_of(sign) for sign in text]
    size = len(row)
    best: tuple[int, int, int] | None = None
    for start in range(len(text) - 1):
        same = [place for place in range(min(size, len(text) - start)) if row[place] in read[start + place]]
        if len(same) == size:
            return None
        is_family = size == _FEWEST and 0 in same and text[start] in _FAMILIES
        if len(same) == size - 1 and (size > _FEWEST or is_family):
            best = max(best or (0, 0, 0), (len(same), start, start + size))
        window = read[start : start + size]
        if len(window) == size and _is_turned(row, window):
            best = max(best or (0, 0, 0), (size - 1, start, start + size))
        if size > _FEWEST and _lacks_one(row, read[start : start + size - 1]):
            best = max(best or (0, 0, 0), (size - 1, start, start + size - 1))
    return None if best is None else (best[1], best[2])


def _is_turned(row: tuple[str, ...], window: list[frozenset[str]]) -> bool:
    rows = ((*row[:at], row[at + 1], row[at], *row[at + 2 :]) for at in range(len(row) - 1))
    return any(all(wanted in said for wanted, said in zip(each, window, strict=True)) for each in rows)


def _lacks_one(row: tuple[str, ...], window: list[frozenset[str]]) -> bool:
    return len(window) == len(row) - 1 and any(
        all(wanted in said for wanted, said in zip((*row[:at], *row[at + 1 :]), window, strict=True))
        for at in range(len(row))
    )


@lru_cache(maxsize=16_384)
def _readings_of(sign: str) -> frozenset[str]:
    return frozenset((romanise(sign), _READ_ALSO.get(sign, ""))) - {""}


def _is_like_its_form(word: str, signs: str) -> bool:
    """Whether *signs* are nearly the form that Chinese has for a given name, and not it."""
    form = _CONVENTIONAL.get(given_name(word) or "", "")
    return len(set(form) & set(signs)) * 2 >= max(len(form), 3)


def _spoilt_form(word: str, text: str, start: int, end: int, *, is_first: bool) -> tuple[int, int] | None:
    """Where the form that Chinese has for a given name stands spoilt: before the end, or from the start of a part."""
    full = len(_CONVENTIONAL.get(given_name(word) or "", ""))
    for size in (full, full - 1):
        span = (end - size, end) if is_first else (start, start + size)
        if size > 0 and span[0] >= 0 and _is_its_form_spoilt(word, text[span[0] : span[1]]):
            return span
    return None


def _is_its_form_spoilt(word: str, signs: str) -> bool:
    """Whether *signs* are the form that Chinese has for a given name, but for one of them or in another order."""
    form = _CONVENTIONAL.get(given_name(word) or "", "")
    if len(form) < _SPOILT or not signs:
        return False
    if sorted(form) == sorted(signs):
        return form != signs
    if len(form) == len(signs):
        differ = [(a, b) for a, b in zip(form, signs, strict=True) if a != b]
        return len(differ) == 1 and not set(_syllable(differ[0][0]).classes) & set(_syllable(differ[0][1]).classes)
    return any(form[:at] + form[at + 1 :] == signs for at in range(len(form)))


def _chains(text: str) -> Iterator[tuple[int, str]]:
    """The names with dots in *text*. What stands between two dots and is too long for a part is the end of one name
    and the beginning of the next.
    """
    for found in _DOTTED.finditer(text):
        start = found.start()
        parts = list(_PART.finditer(text, found.start(), found.end()))
        for part in parts[1:-1]:
            if len(part[0]) > _INNER or _AND.search(part[0]):
                yield start, text[start : part.end()]
                start = part.start()
        yield start, text[start : found.end()]


def _is_conventional(word: str) -> bool:
    """Whether Chinese has a form of its own for the given name, which its sounds do not make: Michael, George."""
    return is_translated_name(word) and given_name(word) == word


def _fitted(name: list[str], parts: list[tuple[int, str]]) -> list[tuple[float, int, int]] | None:
    """Cost and place of each word of *name* among *parts*, of which the first and the last run on into the text."""
    if len(name) < len(parts):
        return None
    name = name[-len(parts) :]  # what stands before it is an office
    row = []
    for number, (word, (start, signs)) in enumerate(zip(name, parts, strict=True)):
        sizes = range(1, min(len(signs), _LONGEST) + 1)
        if number == 0:
            spans = [(start + len(signs) - size, start + len(signs)) for size in sizes]
        elif number == len(parts) - 1:
            spans = [(start, start + size) for size in sizes]
        else:
            spans = [(start, start + len(signs))]
        if len(signs) > 2 and signs[0] in _PARTICLES:
            spans.append((start + 1, start + len(signs)))
        row.append(min((departure(word, signs[a - start : b - start]), -abs(b - a), a, b) for a, b in spans))
    return [(cost, a, b) for cost, _, a, b in row]
