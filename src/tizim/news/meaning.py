"""What an act amounts to as it is told: the action and the modality of a claim."""

from typing import Final

from tizim.news import acts as telling
from tizim.news import arguments
from tizim.news.acts import Act
from tizim.news.arguments import Owner
from tizim.news.dates import Told
from tizim.news.lexicon import Mark
from tizim.news.modality import governors, modality, negation
from tizim.news.scene import Sentence
from tizim.news.story import Story

_REACHES: Final = 12  # words over which "since 2004" belongs to an act
_COURT: Final = 10  # words between a court and its deciding
_NEAR: Final = 2
_NO_LONGER: Final = 4
_ELSEWHERE: Final = 8.0  # what a date behind another act costs
_FIXED: Final[dict[str, tuple[str | None, str]]] = {
    "lack": ("not_listed", "stated"),
    "annul": ("annul", "ordered"),
    "review": (None, ""),
    "weigh": ("delist", "possible"),
}


def meaning(story: Story, sentence: Sentence, act: Act, acts: list[Act]) -> tuple[str | None, str, Mark | None]:
    """Action and modality, and the word that makes the modality; no action for what claims nothing of a subject."""
    scene = story.scene
    if _is_over(story, sentence, act):
        return "delist", "done", None
    if act.meaning == "annul" and _is_for_a_time(story, sentence, act):
        return "suspend", "done", None
    if act.meaning == "weigh" and _is_weighed_anew(story, sentence, act):
        return "list", "possible", None
    if act.meaning == "annul" and act.form in {"base", "noun"}:
        how, governor = modality(scene, sentence, act, acts)
        if how == "requested":
            return "delist", how, governor
        if how == "denied":
            return "renew", "done", governor
    if act.meaning in _FIXED:
        return *_FIXED[act.meaning], None
    negated = negation(scene, sentence, act)
    dated = bool(story.dates(sentence))
    if act.meaning == "list" and act.form == "present" and not negated and _is_calling(sentence, act):
        return "list", "done" if _is_head(story, sentence, act) else "in_force", None
    if act.meaning == "stand":
        if not negated and act.form == "present" and _is_head(story, sentence, act):
            return "list", "done", None
        return *_standing(story, sentence, act, negated=negated, dated=dated), None
    how, governor = modality(scene, sentence, act, acts)
    if act.meaning == "delist" and negated and act.form != "past" and (asked := _asked(story, sentence, act, acts)):
        return "renew", "requested", asked
    if act.meaning == "list" and act.form in {"noun", "base"} and (mark := _contest(story, sentence, act)) is not None:
        return "delist", "requested", mark
    if act.meaning == "delist" and _is_for_a_time(story, sentence, act):
        return "suspend", how, governor
    if act.meaning == "keep":
        return ("list", "in_force", None) if _is_state_of_things(sentence, act, how) else ("renew", how, governor)
    if how == "decided" and _is_of_court(story, sentence, act, governor):
        how = "done"
    if act.meaning == "list" and how == "done" and story.tokens.inside[act.start] and not dated:
        return "list", "in_force", None
    if (
        act.meaning == "list"
        and how == "done"
        and act.form == "present"
        and not dated
        and _is_since(story, sentence, act)
    ):
        return "list", "in_force", None
    is_told = act.form in {"past", "present"} or story.language.letters
    if act.meaning == "list" and negated and governor is None and is_told:
        return "not_listed", "stated", None
    return act.meaning, how, governor


def _is_over(story: Story, sentence: Sentence, act: Act) -> bool:
    """Whether the act is one that holds no longer: "no longer considers the group banned"."""
    if "nolonger" not in sentence.kinds:
        return False
    start = act.verb.start
    final = story.language.verb == "final"
    return any(
        0 <= start - mark.end <= _NEAR
        or (mark.start < act.end and mark.end > act.start)
        or (final and act.start - _NO_LONGER <= mark.start < act.end)
        for mark in sentence.of("nolonger")
        if not sentence.starts_at("may", mark.start)  # "no longer rules out"
        if not any(
            one.start <= mark.start and mark.end < one.end for one in sentence.of("refuse")
        )  # "stopped short of"
    )


def _is_weighed_anew(story: Story, sentence: Sentence, act: Act) -> bool:
    """Whether "a designation as a terrorist organisation" is weighed, and not the one there is."""
    noun = act.complement
    if noun is None or story.language.bare or sentence.starts_at("may", act.verb.start) is None:
        return False
    if any(mark.end == noun.start for mark in sentence.of("this", "own")):
        return False
    return any(0 <= mark.start - noun.end <= _REACHES for mark in sentence.of("terror", "terrorist"))


def _asked(story: Story, sentence: Sentence, act: Act, acts: list[Act]) -> Mark | None:
    """What says that somebody asks for it: "urged them not to remove the group"."""
    found = (one.mark for one in governors(story.scene, sentence, act, acts) if one.kind == "ask")
    return next((mark for mark in found if mark.end <= act.verb.start), None)


def _contest(story: Story, sentence: Sentence, act: Act) -> Mark | None:
    """What says that the act is contested: "appealed against the decision to ban it"."""
    return next(
        (
            mark
            for mark in sentence.of("contest")
            if mark.start < act.verb.start
            and act.verb.start - mark.end <= _REACHES
            and story.scene.crossed(mark.end - 1, act.verb.start, sentence) <= _NEAR
        ),
        None,
    )


def _is_for_a_time(story: Story, sentence: Sentence, act: Act) -> bool:
    """Whether a ban is lifted "temporarily", and so suspended."""
    if "temporary" not in sentence.kinds or act.complement is None:
        return False
    if act.complement.kind not in {telling.BAN, telling.STATUS, telling.SANCTIONS}:
        return False
    return any(
        act.start - _NEAR <= mark.start < act.end + _NEAR
        and not story.scene.crossed(min(mark.start, act.start), max(mark.end, act.end) - 1, sentence)
        for mark in sentence.of("temporary")
    )


def _is_calling(sentence: Sentence, act: Act) -> bool:
    """Whether the verb of designating may say how things stand as well: "Canada lists the group as terrorist"."""
    stand = sentence.starts_at("act/stand", act.verb.start)
    return stand is not None and stand.end == act.verb.end


def _is_head(story: Story, sentence: Sentence, act: Act) -> bool:
    """Whether "Canada lists the Guards as terrorists" is a headline, which tells in the present what has happened."""
    if sentence.starts_at("act/designate", act.verb.start) is None or sentence.start or len(story.sentences) == 1:
        return False
    return story.tokens.text[story.tokens.ends[sentence.end - 1] :][:1] == "\n"


def _standing(story: Story, sentence: Sentence, act: Act, *, negated: bool, dated: bool) -> tuple[str, str]:
    """A state of things: in force, absent, or begun on a date that is told."""
    if negated:
        return "not_listed", "stated"
    if dated and (act.form == "past" or act.complement is None or _is_since(story, sentence, act)):
        return "list", "done"
    return "list", "in_force"


def _is_since(story: Story, sentence: Sentence, act: Act) -> bool:
    since = next(iter(sentence.of("since")), None)
    if since is None or abs(since.start - act.end) > _REACHES:
        return False
    return not story.scene.border_between(act.end - 1, since.start)


def _is_state_of_things(sentence: Sentence, act: Act, how: str) -> bool:
    """Whether "remains on the list" only says how things stand: nobody decides, and no act is told of."""
    if act.form != "present" or how != "done" or sentence.starts_at("still", act.verb.start) is None:
        return False
    return not any(sentence.of("decide", "court", "move", "done"))


def _is_of_court(story: Story, sentence: Sentence, act: Act, governor: Mark | None) -> bool:
    """Whether a court decides: its decision is the act itself."""
    if governor is None:
        return False
    first, last = min(governor.start, act.start) - _COURT, max(governor.end, act.end) + _COURT
    return any(
        first <= court.start < last and story.scene.crossed(court.start, governor.start, sentence) <= _NEAR
        for court in sentence.of("court")
    )


def date_of(story: Story, sentence: Sentence, act: Act, acts: list[Act], owner: Owner | None) -> Told | None:
    """The date nearest to the act, or to the state whose list it is where several are told of."""
    dates = story.dates(sentence)
    if len(dates) <= 1:
        return dates[0] if dates else None
    start, end = arguments.region(sentence, act, acts)
    first, last = (owner.start, owner.end) if owner is not None else (act.start, act.end)

    def is_of_other(told: Told) -> bool:
        """Whether it stands behind another act, in its clause: "listed since 2019, and outlawed by Pakistan"."""
        border = story.scene.border_between
        return (
            told.end <= act.start
            and any(one is not act and one.end <= told.start and not border(one.end - 1, told.start) for one in acts)
            and bool(border(told.end - 1, act.start))
        )

    def cost(told: Told) -> float:
        far = told.start - last if told.start >= last else first - told.end
        far = max(far, 0) + story.scene.crossed(min(told.start, first), max(told.end, last) - 1, sentence)
        behind = 4.0 if owner is not None and told.start < first else 0.0
        return far + behind + (0.0 if start <= told.start < end and not is_of_other(told) else _ELSEWHERE)

    return min(dates, key=cost)
