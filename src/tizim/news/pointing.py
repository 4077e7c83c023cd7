"""Words that point back: "the group", "it", "this list"."""

from typing import Final

from tizim.news import acts as telling
from tizim.news import arguments
from tizim.news.acts import Act
from tizim.news.lexicon import Mark
from tizim.news.scene import Sentence
from tizim.news.story import Story

_PRONOUN: Final = 3  # words between a pronoun and the verb whose subject or object it is
_PRONOUN_OF_FINAL: Final = 7  # the same where the verb stands last, behind the list
_TAKEN_UP: Final = frozenset({telling.LIST, telling.IT, telling.PRONOUN, telling.STATUS, telling.BAN})


def points_back(story: Story, sentence: Sentence, act: Act, acts: list[Act], swallowed: set[int]) -> bool:
    """Whether a pronoun or "the group" stands for a subject named before; *swallowed* words only describe a list."""
    start, end = arguments.region(sentence, act, acts)
    own = _words(act)
    for group in sentence.of("group", "person"):
        if not start <= group.start < end or group.start in own:
            continue
        if story.language.adjective == "before" and any(
            0 <= part.start - group.end <= 1 for part in sentence.of("part")
        ):
            continue
        if _is_pointed(story, sentence, group, act, swallowed):
            return True
    if _is_its_ban(story, sentence, act):
        return True
    of_list = sentence.places("fromit")
    farthest = _PRONOUN_OF_FINAL if story.language.verb == "final" and sentence.lists else _PRONOUN
    return any(
        start <= it.start < end and abs(it.start - act.verb.start) <= farthest and it.start not in of_list
        for it in sentence.of("it")
        if it.start < act.end or sentence.starts_at("say", it.end) is None  # "…, he said"
    )


def is_new(story: Story, sentence: Sentence, act: Act, swallowed: set[int]) -> bool:
    """Whether the act is about somebody not named yet: "took an Iranian opposition group off its list"."""
    if act.meaning not in {"delist", "list"} or sentence.mentions:
        return False
    if act.complement is None or act.complement.kind != telling.LIST:
        return False
    own = _words(act)
    first, last = act.verb.start, max(act.verb.end, act.complement.end)
    if story.language.verb == "final" or "member" in sentence.kinds:
        return False
    return any(
        first < group.start < last + _PRONOUN and group.start not in own and group.start not in swallowed
        for group in sentence.of("group")
    )


def _is_its_ban(story: Story, sentence: Sentence, act: Act) -> bool:
    """Whether "the ban" can only be the one just told of."""
    complement = act.complement
    if complement is None or complement.kind not in {telling.BAN, telling.STATUS} or sentence.mentions:
        return False
    is_pointed = story.language.bare or any(this.end == complement.start for this in sentence.of("this", "own"))
    return is_pointed and bool(story.found)


def _words(act: Act) -> set[int]:
    verb = act.verb
    is_parted = verb.end - verb.start > _PRONOUN  # "lists the group on": what stands between is not the verb
    found = {verb.start, verb.end - 1} if is_parted else set(range(verb.start, verb.end))
    if act.complement is not None:
        found.update(range(act.complement.start, act.complement.end))
    return found


def _is_pointed(story: Story, sentence: Sentence, group: Mark, act: Act, swallowed: set[int]) -> bool:
    """Whether a noun for organisations has an article or "this" beside it, or needs none in this language."""
    language = story.language
    for this in sentence.of("this"):
        if this.start == group.end or this.end == group.start:
            return True
        if this.end == group.start - 1 and _is_plain(story, sentence, this.end):
            return True
    if not language.bare:
        return False
    if language.article and story.tokens.raw[group.start].startswith(language.article):
        return True
    if _has_own_noun(story, sentence, group, act):
        return False
    return group.start not in swallowed and not _is_described(sentence, group, act)


def _is_plain(story: Story, sentence: Sentence, place: int) -> bool:
    """Whether the word at *place* is an adjective that says nothing of lists, as in "the Shiite group"."""
    return story.tokens.raw[place].islower() and not any(
        mark.start <= place < mark.end and mark.kind != "people" for mark in (*sentence.marks, *sentence.names)
    )


def _has_own_noun(story: Story, sentence: Sentence, group: Mark, act: Act) -> bool:
    """Whether a word that plays no part stands beside the noun, and says whose or of what sort it is."""
    tokens, is_behind = story.tokens, story.language.adjective == "after"
    place = group.end if is_behind else group.start - 1
    if not is_behind:  # "four parties near to Moscow"
        if story.focus or place < sentence.start or tokens.border[group.start] or story.language.letters:
            return False
        is_verb = act.verb.start <= place < act.verb.end
        return (
            not is_verb
            and place not in sentence.covering
            and not story.scene.is_small(place)
            and tokens.words[place] not in story.scene.grammar.common
        )
    if place >= sentence.end or tokens.border[place] or act.start <= place < act.end or story.scene.is_small(place):
        return False
    return place not in sentence.covering and tokens.words[place] not in story.scene.grammar.common


def _is_described(sentence: Sentence, group: Mark, act: Act) -> bool:
    """Whether a noun for organisations has words of its own beside it, so that it means others."""
    own = range(act.complement.start, act.complement.end) if act.complement is not None else range(0)
    return any(
        group.start - 1 <= mark.start <= group.end and mark.start not in own
        for mark in sentence.of("terror", "terrorist", "people", "list")
    )


def is_pointed_list(sentence: Sentence, complement: Mark) -> bool:
    """Whether a list is one told of before: no words of its own say of whom it is."""
    if complement.kind == telling.PRONOUN:
        return True
    first, last = telling.phrase_of(complement)
    is_bare = last - first == complement.end - complement.start
    return complement.kind == telling.LIST and is_bare and sentence.starts_at("blacklist", complement.start) is None


def takes_up(act: Act) -> bool:
    """Whether the list, status or ban of an act can be one told of before."""
    return act.complement is not None and act.complement.kind in _TAKEN_UP
