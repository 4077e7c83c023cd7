"""What is claimed, in English, for terminals: by act, with who tells of it and what the register says to it.

A claim is never told as a fact: each stands with its speaker and its source.
"""

import textwrap
from collections.abc import Iterable, Sequence

from tizim.answer.days import day, on
from tizim.answer.prose import times
from tizim.claims.asking import Claimed
from tizim.claims.confirming import Ground, GroundKind, Weighed, Weight
from tizim.claims.quoting import short
from tizim.claims.tellings import Confirmation, Group, Point, Telling
from tizim.domain.claims import ClaimAction, Modality, Standing

_WIDTH = 96
_ACT = {
    ClaimAction.LIST: "put on a list", ClaimAction.DELIST: "taken off a list",
    ClaimAction.SUSPEND: "a listing suspended", ClaimAction.RENEW: "a listing renewed",
    ClaimAction.AMEND: "a listing amended", ClaimAction.ANNUL: "a listing annulled",
    ClaimAction.REVIEW: "a listing reviewed", ClaimAction.NOT_LISTED: "on a list or not",
    ClaimAction.WELCOME: "welcomed", ClaimAction.CRITICISE: "criticised", ClaimAction.STATEMENT: "said of it",
}  # fmt: skip
_MODALITY = {
    "done": "done", "decided": "decided", "in_force": "on the list", "ordered": "ordered by a court",
    "planned": "planned", "requested": "requested", "possible": "possible", "precondition": "a condition",
    "recurring": "done again and again", "denied": "denied", "stated": "stated", "not_listed": "not on the list",
}  # fmt: skip
_POINT = {"date": "When", "decider": "Who decided", "reason": "Why", "modality": "How far"}
_CONFIRMATION = {
    Confirmation.CONFIRMED: "confirmed", Confirmation.CONTRADICTED: "contradicted by an official list",
    Confirmation.KNOWN: "known already, from sources that are not official",
    Confirmation.UNCONFIRMED: "not confirmed", Confirmation.DISMISSED: "rejected or set aside",
}  # fmt: skip
_MOST_GROUNDS = 3


def claimed(found: Claimed) -> list[str]:
    """All that is claimed."""
    lines = [_title(found), *_wrapped(times(found.as_of), "")]
    for one in found.acts:
        lines += ["", *act(one)]
    if found.plain:
        lines += ["", "Said beside, of no act that is told of"]
        for group in found.plain:
            for told in group.tellings:
                lines += _claim(told, group)
    if not found.acts and not found.plain:
        lines.append(
            "No article that was kept claims anything of this."
            if found.articles
            else "No article was kept: 'tizim read FILE --keep' keeps one."
        )
    return lines


def beside(found: Claimed) -> list[str]:
    """What is claimed, as a part of another answer; nothing where nothing is."""
    if not found.acts:
        return []
    lines = ["", "What articles claim, and what the register says to it"]
    for one in found.acts:
        lines += [f"  {line}" if line else line for line in act(one)]
    return lines


def _title(found: Claimed) -> str:
    about = f" about {found.subject.main_name} ({found.subject.id})" if found.subject is not None else ""
    where = f" on {found.list.id}" if found.list is not None else ""
    since = f" since {day(found.since)}" if found.since is not None else ""
    return f"What articles claim{about}{where}{since}"


def act(one: Weighed) -> list[str]:
    """One act."""
    group = one.group
    name = f"{group.name} ({group.subject})" if group.subject else f"{group.name} (known to nobody here)"
    if group.is_of_whole_list:
        name = "The list as a whole"
    where = ", ".join(one.lists) if len(one.lists) == 1 else f"{group.whose}: which list is not said"
    if not one.lists:
        where = f"{group.whose}, of which this register knows no list"
    lines = _wrapped(f"{name} — {_ACT[group.action]} — {where}: {_CONFIRMATION[one.confirmation]}", "")
    grounds = list(dict.fromkeys(ground_said(ground, group) for ground in one.grounds))
    for said in grounds[:_MOST_GROUNDS]:
        lines += _wrapped(f"{said}.", "  ")
    if len(grounds) > _MOST_GROUNDS:
        lines.append(f"  {len(grounds) - _MOST_GROUNDS} more that this register holds speak to it.")
    lines += _wrapped(_counted(group), "  ")
    for point in group.points:
        lines += _wrapped(_point(point), "  ")
    for told in group.news:
        lines += _claim(told, group)
    for reaction in group.reactions:
        lines += _claim(reaction, group)
    return lines


def _counted(group: Group) -> str:
    news = len(group.news)
    held = len(group.tellings) - news
    beside = f" and {held} {'statement' if held == 1 else 'statements'} of the register" if held else ""
    origins = len(group.origins)
    rest = f"; copies counted once, {origins} {'origin' if origins == 1 else 'origins'}" if news + held > 1 else ""
    claims = "No claim of an article" if not news else f"{news} {'claim' if news == 1 else 'claims'} of articles"
    return f"{claims}{beside}{rest}."


def _point(point: Point) -> str:
    def shown(value: str) -> str:
        if point.about == "date":
            return day(value)
        return _MODALITY.get(value, value) if point.about == "modality" else value

    answers = "; ".join(f"{shown(one.value)} ({len(one.tellings)})" for one in point.answers)
    differ = " — they do not agree" if point.is_conflict else ""
    return f"{_POINT[point.about]}: {answers}{differ}."


def _claim(one: Telling, group: Group) -> list[str]:
    claim, article = one.reported, one.article
    words = [_MODALITY[claim.modality.value]]
    if one.reported.action is not group.action and not group.is_status:
        words = [_ACT[claim.action]]
    if group.is_status and claim.action is ClaimAction.NOT_LISTED:
        words = [_MODALITY["not_listed"]]
    if claim.date:
        words.append(f"told of {day(claim.date)}" if claim.modality is not Modality.DONE else on(claim.date))
    if claim.speaker:
        words.append(f"says {claim.speaker}")
    if claim.decider:
        words.append(f"decided by {claim.decider}")
    if claim.reason:
        words.append(f"because: {claim.reason}")
    source = ""
    if article is not None:
        parts = [article.outlet or article.title, article.language, day(one.published) if one.published else "undated"]
        if article.machine_translated:
            parts.append("translated by machine")
        source = ", ".join(part for part in parts if part)
        if claim.chain:
            source += f"; through {', '.join(claim.chain)}"
    lines = _wrapped(f"· {one.id}  {', '.join(words)} [{source}]{_standing(one)}", "    ", "      ")
    for quote in one.quotes[:1]:
        lines += _wrapped(f"“{short(quote.text)}”", "      ")
    return lines


def _standing(one: Telling) -> str:
    if one.judged is None or one.standing is Standing.UNCONFIRMED:
        return ""
    return f" — {one.standing.value} by {one.judged.author} on {day(one.judged.at.date())}: {one.judged.reason}"


def ground_said(one: Ground, group: Group) -> str:
    """A ground in words."""
    copy = f"the copy of {one.list} of {day(one.day)}"
    told = one.telling
    match one.kind:
        case GroundKind.PERSON if told is not None and told.judged is not None:
            return f"{told.judged.author} confirmed claim {told.id} on {day(one.day)}: {told.judged.reason}"
        case GroundKind.SHOWS if one.weight is Weight.AGAINST:
            return f"{copy} {'shows' if group.is_status else 'still shows'} the entry"
        case GroundKind.SHOWS:
            return f"{copy} shows the entry"
        case GroundKind.LACKS if group.action in {ClaimAction.DELIST, ClaimAction.ANNUL}:
            return f"{copy} does not show the entry any more"
        case GroundKind.LACKS if one.weight is Weight.NOTHING:
            return f"{copy} does not show an entry under a name of it, which proves nothing"
        case GroundKind.LACKS:
            return f"{copy} shows no entry of its own"
        case GroundKind.PRINTS:
            return f"{one.list} itself prints that it was listed {on(one.day)}"
        case GroundKind.STATE:
            return f"by what this register holds of {one.list}, it was so on {day(one.day)}"
        case GroundKind.OTHER_ACT if told is not None:
            what = _ACT[told.reported.action]
            return f"the register holds another act of {day(one.day)}, {what}: {told.title} [{told.source_class.name}]"
        case GroundKind.OFFICIAL | GroundKind.STATEMENT if told is not None:
            return f"the register holds: {told.title} [{told.source_class.name}]"
        case _:
            return "nothing else that is held here tells of it, and silence proves nothing"


def judged(standing: Standing, ids: Sequence[str], author: str, changes: Iterable[str]) -> list[str]:
    """What was entered."""
    told = set(changes)
    lines = []
    for one in ids:
        counts = "; it counts from now on as a statement of its speaker" if one in told else ""
        lines.append(f"{standing.value}: claim {one}, says {author}{counts}")
    return lines


def _wrapped(text: str, indent: str, rest: str = "") -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=rest or indent, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
