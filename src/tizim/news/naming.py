"""Names that nobody knows yet: read as names where they stand as one who is put on a list or taken off it.

A name is words in quotation marks or, where a language writes names with capitals, words with capitals. It is one of a
subject only where the grammar says so: beside a noun for organisations or listed persons, right behind or before the
verb of an act, or in a row with another subject. What is a state, an organ, an office, an outlet or a date is none.
"""

from collections.abc import Iterator
from typing import Final

from tizim.news.acts import BAN, SANCTIONS, STATUS, Act, phrase_of
from tizim.news.known.names import OTHERS
from tizim.news.lexicon import Mark
from tizim.news.scene import Mention, Scene, Sentence, bits
from tizim.news.tokens import Border

_LONGEST: Final = 7  # words of a name
_LONGEST_OF_LETTERS: Final = 14
_UNMARKED: Final = 3  # words of a name that no sign marks
_SOLID: Final = 3  # words of a mark that has no gap in which a name could stand
_BESIDE: Final = 1
_OPENING: Final = "«“„「『《‹"
_CLOSING: Final = "»”“」』》›"
_EVEN: Final = "\"'"
_FOREIGN: Final = frozenset({"official", "outlet", "subject"})
_LANDS: Final = bits("state", "people")
_EDGES: Final = bits("this", "conj", "per", "at", "by")
_THIS: Final = bits("this")
"""what is no part of a name at either end of it"""
_INSIDE: Final = frozenset({
    "group", "bearer", "conj", "this", "of", "at", "people", "state", "person", "it", "own", "still", "home", "by",
    "per", "part", "move", "rel", "say", "cause", "member", "since", "neg",
})  # fmt: skip
"""marks that a word of a name may bear by chance"""
_OFFICES: Final = ("organ", "title", "outlet", "official")


def names(scene: Scene, sentence: Sentence, acts: list[Act], known: dict[tuple[str, ...], str]) -> list[Mention]:
    """The new names in *sentence* whom *acts* can be about; *known* are those found before, by their words."""
    taken = {place for mark in sentence.names if mark.kind in _FOREIGN for place in range(mark.start, mark.end)}
    taken |= sentence.dated
    found: list[Mention] = []
    spans = list(_quoted(scene, sentence, taken))
    taken |= {place for start, end in spans for place in range(start, end)}
    spans += _capitals(scene, sentence, taken)
    if not spans and (sentence.mentions or not _is_unmarked(scene)):
        return []
    heads = [mark for mark in sentence.of("group", "person", "bearer") if not sentence.is_at("blacklist", mark.start)]
    if not spans:
        spans += _unmarked(scene, sentence, heads)
    for start, end in sorted(spans):
        if not _can_be_name(scene, sentence, start, end) or _describes(scene, sentence, end):
            continue
        words = tuple(scene.tokens.words[start:end])
        before = next((one for one in (*sentence.mentions, *found) if one.end == start), None)
        if before is not None and scene.tokens.inside[start] and not scene.tokens.inside[start - 1]:
            known[words] = before.key  # "Liberation Front (LF)": a second name of the same
            continue
        if (
            words in known
            or _has_noun(scene, sentence, heads, start, end)
            or any(_is_object(scene, sentence, act, start, end) for act in acts)
            or (scene.tokens.quoted[start] and any(_is_banned(scene, act, start) for act in acts))
            or _is_in_row(scene, sentence, [*sentence.mentions, *found], start, end)
        ):
            said = scene.tokens.said(start, end)
            key = known.setdefault(words, scene.grammar.alike(said) or OTHERS + " ".join(words))
            found.append(Mention(start, end, key, said))
    return found


def _describes(scene: Scene, sentence: Sentence, end: int) -> bool:
    """Whether a noun and a known name stand behind: "the Islamist group Hizb ut-Tahrir"."""
    noun = sentence.starts_at("group", end)
    return noun is not None and any(
        one.start == noun.end and not scene.border_between(end - 1, one.start) for one in sentence.mentions
    )


def _quoted(scene: Scene, sentence: Sentence, taken: set[int]) -> Iterator[tuple[int, int]]:
    """What stands in quotation marks and is short enough for a name."""
    tokens = scene.tokens
    longest = _LONGEST_OF_LETTERS if scene.language.letters else _LONGEST
    place = sentence.start
    if True not in tokens.quoted[place : sentence.end]:
        return
    while place < sentence.end:
        if tokens.quoted[place] and _opened(tokens.text[tokens.ends[place - 1] if place else 0 : tokens.starts[place]]):
            end = place + 1
            while end < sentence.end and end - place <= longest and not tokens.quoted[end]:
                end += 1
            after = tokens.text[
                tokens.ends[end - 1] : tokens.starts[end] if end < len(tokens.starts) else len(tokens.text)
            ]
            is_closed = after[:1] in _CLOSING + _EVEN and after != ""
            if is_closed and end - place <= longest and taken.isdisjoint(range(place, end)):
                yield place, end
                place = end
                continue
        place += 1


def _opened(between: str) -> bool:
    last = between.rstrip()[-1:]
    return last != "" and (last in _OPENING or last in _EVEN)


def _capitals(scene: Scene, sentence: Sentence, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Rows of words with capitals, with small words inside them."""
    language, tokens = scene.language, scene.tokens
    if not language.capitals:
        return
    behind = None
    if language.capital_nouns:  # a name is told there only by a noun for organisations before it or in it
        heads = sentence.of("group", "person", "bearer")
        apart = [mark for mark in heads if mark.kind != "person" and _is_apart(scene, mark.start)]
        behind = {mark.end for mark in heads} | {mark.start - 1 for mark in apart}
        behind |= {mark.start - 2 for mark in apart if mark.kind == "bearer"}
        behind -= {mark.start for mark in heads}
    place = sentence.start
    for first in [n for n, raw in enumerate(tokens.raw[place : sentence.end], place) if raw[0].isupper()]:
        if first < place or first in taken or (behind is not None and first not in behind):
            continue
        place = first
        end = place + 1
        while end < sentence.end and end - place < _LONGEST and end not in taken:
            if tokens.border[end] != Border.NONE:
                break
            if _is_capital(tokens.raw[end]):
                end += 1
            elif (
                end + 1 < sentence.end
                and scene.is_small(end)
                and _is_capital(tokens.raw[end + 1])
                and end + 1 not in taken
                and tokens.border[end + 1] == Border.NONE
            ):
                end += 2
            elif _is_long_link(scene, sentence, taken, end):
                end += 3
            elif end == place + 1 and _is_described_noun(scene, sentence, place):
                end += 1
            else:
                break
        for start, last in _parted(sentence, place, end):
            yield _without_edges(sentence, start, last)
        place = end


def _is_apart(scene: Scene, place: int) -> bool:
    """Whether a blank stands before the word at *place*, and no hyphen."""
    return place > 0 and scene.tokens.text[scene.tokens.ends[place - 1] : scene.tokens.starts[place]] == " "


def _is_long_link(scene: Scene, sentence: Sentence, taken: set[int], place: int) -> bool:
    """Whether "of the" stands at *place*, and a capital behind it."""
    last = place + 2
    return (
        last < sentence.end
        and scene.tokens.words[place] in scene.genitives
        and scene.is_small(place + 1)
        and _is_capital(scene.tokens.raw[last])
        and last not in taken
        and scene.tokens.border[place + 1] == scene.tokens.border[last] == Border.NONE
    )


def _is_described_noun(scene: Scene, sentence: Sentence, place: int) -> bool:
    """Whether a noun for organisations with a capital has an adjective behind it: "Front patriotique du Sahel"."""
    after = place + 1
    tokens = scene.tokens
    return (
        scene.language.adjective == "after"
        and sentence.is_at("group", place)
        and place > sentence.start
        and tokens.border[after] == Border.NONE
        and not scene.is_small(after)
        and tokens.words[after] not in scene.grammar.common
        and not any(mark.start <= after < mark.end for mark in (*sentence.marks, *sentence.names))
    )


def _parted(sentence: Sentence, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A row of capitals, parted at an "and" that has a noun for organisations on either side of it."""
    nouns = [mark.start for mark in sentence.of("group") if start <= mark.start < end]
    for mark in sentence.of("conj"):
        if start < mark.start < end and any(noun < mark.start for noun in nouns) and nouns[-1] > mark.start:
            yield start, mark.start
            start = mark.end
    yield start, end


def _is_unmarked(scene: Scene) -> bool:
    """Whether the language is written so that nothing but its place shows a name."""
    language = scene.language
    return not (language.capitals or language.letters or language.direction == "ltr")


def _unmarked(scene: Scene, sentence: Sentence, heads: list[Mark]) -> Iterator[tuple[int, int]]:
    """Names in a script without capitals that nothing marks: the words right behind a noun for organisations.

    Read only where the sentence names nobody else, and only up to the first word that has a part of its own to play.
    """
    tokens = scene.tokens
    busy = {
        place
        for mark in (*sentence.marks, *sentence.names)
        if mark.end - mark.start <= _SOLID
        for place in range(mark.start, mark.end)
    }
    described = {place for one in sentence.lists for place in range(*phrase_of(one))}
    for head in heads:
        if head.start in described or _is_definite(scene, sentence, head):
            continue
        start = end = head.end
        while (
            end < sentence.end
            and end - start < _UNMARKED
            and end not in busy
            and tokens.border[end] == Border.NONE
            and tokens.words[end] not in scene.grammar.common
            and not tokens.words[end].isdigit()
        ):
            end += 1
            if end - 1 == start and scene.grammar.described and tokens.words[start].endswith(scene.grammar.described):
                start = end
        if end > start and _is_like_name(scene, start, end):
            yield start, end


def _is_definite(scene: Scene, sentence: Sentence, head: Mark) -> bool:
    """Whether the noun points back, so that what follows it is no name."""
    article = scene.language.article
    if article and any(scene.tokens.raw[place].startswith(article) for place in range(head.start, head.end)):
        return True
    return any(this.end == head.start for this in sentence.of("this"))


def _is_like_name(scene: Scene, start: int, end: int) -> bool:
    """Whether the words are rather a name than adjectives: in Arabic, by an article in it."""
    article = scene.language.article
    return not article or any(raw.startswith(article) for raw in scene.tokens.raw[start : min(end, start + 2)])


def _without_edges(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """A row without the states, adjectives of states and articles at its edges that are no part of the name."""
    kinds = sentence.covering
    has_noun = any(start <= mark.start < end for mark in sentence.kinds.get("group", ()))
    edges = _EDGES
    if kinds.get(start, 0) & edges and any(mark.end == start for mark in sentence.of("group", "bearer")):
        edges &= ~_THIS  # "the gang Los Choneros"
    while start < end:
        first = kinds.get(start, 0)
        if not first & edges and not (first & _LANDS and not (has_noun and end - start > 2)):
            break
        start += 1
    while end > start:
        last = kinds.get(end - 1, 0)
        if not last & edges and not (last & _LANDS and not has_noun):
            break
        end -= 1
    return start, end


def _is_capital(raw: str) -> bool:
    return raw[0].isupper()


def _can_be_name(scene: Scene, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words are none of an office, a law, a list, a speech."""
    if end <= start:
        return False
    tokens = scene.tokens
    language = scene.language
    raw = tokens.raw[start:end]
    if not any(c.isalpha() for word in raw for c in word):
        return False
    if language.capitals and not _is_capital(raw[0]):
        return False
    kinds = sentence.covering
    if all(
        kinds.get(place, 0) & _LANDS or (scene.is_small(place) and not language.letters) for place in range(start, end)
    ):
        return False
    if (
        end - start == 1
        and not tokens.quoted[start]
        and (start == sentence.start or tokens.words[start] in scene.grammar.common or sentence.is_at("group", start))
    ):
        return False
    for mark in (*sentence.marks, *sentence.names):
        stands_around = mark.start < start and mark.end > end  # "took the Front off"
        if mark.start < end and start < mark.end and mark.kind not in _INSIDE and not stands_around:
            return False
    return not any(
        0 <= start - mark.end <= _BESIDE or 0 <= mark.start - end <= _BESIDE
        for mark in sentence.of(*_OFFICES)
        if not (mark.kind == "organ" and tokens.quoted[start])
        if not scene.border_between(min(mark.end, end) - 1, max(mark.start, start))
    ) and not any(mark.start == end and not scene.border_between(end - 1, end) for mark in sentence.of("say"))


def _has_noun(scene: Scene, sentence: Sentence, heads: list[Mark], start: int, end: int) -> bool:
    """Whether a noun for organisations or listed persons stands beside the name or in it."""
    for head in heads:
        if start <= head.start < end:
            if end - start > 1:
                return True
            continue
        if head.end == start and not scene.border_between(head.end - 1, start) & Border.PARAGRAPH:
            return scene.tokens.border[start] <= Border.COMMA or scene.tokens.quoted[start]
        if (
            head.end == start - 1
            and not sentence.mentions
            and scene.language.adjective != "before"
            and not scene.border_between(head.end - 1, start)
            and not any(mark.start == head.end for mark in (*sentence.marks, *sentence.names))
            and scene.tokens.raw[head.end].islower()
        ):
            return True
        if (
            head.end == start - 1
            and sentence.starts_at("people", head.end) is not None
            and scene.language.adjective != "before"
            and scene.border_between(head.end - 1, start) <= Border.COMMA
        ):
            return True  # "un homme d'affaires syrien, Nabil Kharrat"
        if head.start == end and scene.tokens.border[end] == Border.NONE:
            is_plain = end - start > 1 and scene.language.adjective != "after"
            return is_plain or scene.tokens.quoted[end]
    return False


def _is_object(scene: Scene, sentence: Sentence, act: Act, start: int, end: int) -> bool:
    """Whether the name stands right beside the verb of an act that has its complement."""
    if act.complement is None and act.verb.kind not in {"act/ban", "act/sanction", "act/delist"}:
        return False
    verb = act.verb
    if start >= verb.end:
        if scene.language.verb == "final" or act.meaning in {"stand", "lack", "keep"}:
            return False
        gap = range(verb.end, start)
    elif end <= verb.start:
        is_agent = end - start == 1 or any(one.start >= verb.end for one in sentence.mentions)
        if scene.language.verb != "final" and is_agent and not scene.tokens.quoted[start]:
            return False
        gap = range(end, verb.start)
    else:
        return True
    if len(gap) > _BESIDE + 1 or scene.crossed(max(gap.start - 1, 0), gap.stop, sentence) > Border.COMMA:
        return False
    if any(sentence.is_at(kind, place) for place in gap for kind in ("by", "at", "per", "rel", "say")):
        return False
    return all(
        scene.is_small(place) or sentence.is_at("this", place) or sentence.is_at("people", place) for place in gap
    )


def _is_banned(scene: Scene, act: Act, start: int) -> bool:
    """Whether a name in quotation marks stands right behind the ban or status that an act is about."""
    noun = act.complement
    if noun is None or noun.kind not in {BAN, STATUS, SANCTIONS} or not 0 <= start - noun.end <= _BESIDE:
        return False
    return scene.border_between(noun.end - 1, start) == Border.NONE and all(
        scene.is_small(place) for place in range(noun.end, start)
    )


def _is_in_row(scene: Scene, sentence: Sentence, mentions: list[Mention], start: int, end: int) -> bool:
    """Whether "and" or a comma joins the name to a subject."""
    tokens = scene.tokens
    for one in mentions:
        first, last = (one.end, start) if one.end <= start else (end, one.start)
        if not 0 <= last - first <= _BESIDE + 1:
            continue
        joined = tokens.border[last] == Border.COMMA or any(
            sentence.is_at("conj", place) for place in range(first, last)
        )
        if joined and all(scene.is_small(place) or sentence.is_at("conj", place) for place in range(first, last)):
            return True
    return False
