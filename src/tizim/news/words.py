"""A reading for people and for programs: lines of text, and plain values for JSON."""

from functools import cache
from typing import Any, Final

from babel import Locale

from tizim.news.claims import Claim, Reading
from tizim.news.extract import Article
from tizim.text.folding import one_line

_ACTIONS: Final = {
    "list": "put on the list", "delist": "taken off the list", "suspend": "listing suspended",
    "renew": "kept on the list", "amend": "entry amended", "not_listed": "not on the list",
    "annul": "listing annulled", "review": "list reviewed",
    "welcome": "welcomed", "criticise": "criticised",
}  # fmt: skip
_MODALITIES: Final = {
    "done": "told as done", "decided": "told as decided", "planned": "planned", "possible": "told as possible",
    "requested": "requested", "ordered": "by a court", "denied": "denied", "in_force": "told as in force",
    "precondition": "named as a condition", "recurring": "done regularly", "stated": "",
}  # fmt: skip
_BODIES: Final = {
    "un": "United Nations", "eu": "European Union", "oas": "Organization of American States",
    "gcc": "Gulf Cooperation Council", "csto": "Collective Security Treaty Organization",
    "sco": "Shanghai Cooperation Organisation", "cis": "Commonwealth of Independent States",
    "arab-league": "Arab League",
}  # fmt: skip
_LONGEST: Final = 300


def to_json(reading: Reading, article: Article | None = None) -> dict[str, Any]:
    """A reading as plain values; of a page with what it says of itself, and the text that claims are placed in."""
    made = reading.to_dict()
    if article is not None and (article.url or article.title):
        made |= {
            "url": article.url or None, "title": article.title or None, "outlet": article.outlet or None,
            "direction": article.direction or None, "text": article.text,
        }  # fmt: skip
    return made


def to_lines(reading: Reading, article: Article) -> list[str]:
    """A reading as a person wants to see it."""
    lines = [_head(reading, article)]
    if reading.machine_translated is not None:
        original = reading.machine_translated["original_language"]
        lines.append(
            "This text says that a machine translated it"
            + (
                f"; its original is in {_language(original)}: read that one."
                if original
                else ": look for its original."
            )
        )
    if reading.unread:
        lines.append(f"The last {reading.unread:,} characters were not read: no article is that long.")
    if reading.language == "und":
        lines.append("The language is none that tizim reads, so nothing was looked for.")
    elif not reading.claims:
        lines.append("It claims nothing about any list.")
    for claim in reading.claims:
        lines += ["", *_claim(claim)]
    for one in reading.spelling:
        forms = ", ".join(f"“{form}”" for form in one.forms)
        advice = f": the register knows {one.suggestion}" if one.suggestion else ": one of them may be misspelt"
        lines += ["", f"Check the spelling of {forms}{advice}."]
    return lines


def _head(reading: Reading, article: Article) -> str:
    parts = [
        part
        for part in (one_line(article.title), article.outlet, reading.published or "day of publication unknown")
        if part
    ]
    return f"{', '.join(parts)} ({_language(reading.language)})"


def _claim(claim: Claim) -> list[str]:
    name = claim.subject_name if claim.subject is None else f"{claim.subject_name} ({claim.subject})"
    told = _MODALITIES[claim.modality]
    what = f"{_state(claim.list)}: {name}, {_ACTIONS[claim.action]}" + (f" ({told})" if told else "")
    if claim.date_text:
        what += f", {claim.date or 'day unknown'} (“{claim.date_text}”" + (
            ", the day of the word)" if claim.date_kind == "announced" else ")"
        )
    lines = [what]
    who = [part for part in (claim.announcer, claim.announcer_role) if part]
    if who:
        lines.append(f"   said by {', '.join(one_line(part) for part in who)}")
    if claim.chain:
        lines.append(f"   through {', '.join(claim.chain)}")
    if claim.decider:
        lines.append(f"   decided by {one_line(claim.decider)}")
    evidence = one_line(claim.evidence)
    lines.append(f"   “{evidence[:_LONGEST]}” (characters {claim.start} to {claim.end})")
    return lines


@cache
def _english() -> Locale:
    return Locale.parse("en")


def _state(code: str) -> str:
    return _BODIES.get(code) or _english().territories.get(code.upper(), code)


def _language(code: str) -> str:
    names = {"prs": "Dari", "und": "language not known"}
    return names.get(code) or _english().languages.get(code, code)
