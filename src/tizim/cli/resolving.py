"""What ``tizim resolve`` does: proposals, judgements by a threshold, by hand and on the review screen."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from tizim.answer.times import Asked, instant
from tizim.app import App, clock
from tizim.cli.options import Bar, print_json, print_lines
from tizim.cli.review import Review, check_terminal, run
from tizim.domain.dates import AsOf
from tizim.errors import BadInput
from tizim.match.model import ALGORITHM, MATCH_THRESHOLD
from tizim.register.view import View
from tizim.resolve.by_hand import by_hand, record_of, still_tied
from tizim.resolve.cards import Card, card
from tizim.resolve.journal import Journal, left_over
from tizim.resolve.propose import MATCHER, Proposal, accepted, judgements_of, propose
from tizim.resolve.since import moment_of, told_since
from tizim.screen.listed import needs_compiling
from tizim.sources.judgements import Judgements

_MADE = "names, dates, countries and numbers compared"


def to_json(one: Proposal, *, recorded: bool = False) -> dict[str, Any]:
    """A proposal as JSON."""
    return {
        "left": one.left.subject,
        "right": one.right.subject,
        "score": one.score,
        "judgement": one.judgement,
        "author": one.author,
        "grounds": one.grounds,
        "recorded": recorded,
        "left_name": one.left.name,
        "right_name": one.right.name,
        "left_lists": list(one.left.lists),
        "right_lists": list(one.right.lists),
        "reasons": list(one.reasons),
    }


def _lines(found: Sequence[Proposal]) -> Iterator[str]:
    for one in found:
        sides = (f"{side.name} ({', '.join((side.subject, *side.lists))})" for side in (one.left, one.right))
        yield f"{one.score:.3f}  {one.judgement:<6}  {'  |  '.join(sides)}"
        yield f"       {one.grounds}"
    yield f"{_counted(found)}. Nothing is tied until it is judged: --review, --accept-above SCORE, --same LEFT RIGHT."


def _counted(found: Sequence[Proposal]) -> str:
    kinds = Counter(one.judgement for one in found)
    return f"{len(found)} proposals: {kinds['same']} same, {kinds['unsure']} unsure"


# -- proposals, and those that a threshold takes -----------------------------------------------------


def proposals(
    own: App, lists: Sequence[str], since: str | None, least: float, threshold: float | None, author: str, when: Asked,
    *, json_: bool,
) -> None:  # fmt: skip
    """Print the proposals; with a *threshold*, record those that it takes."""
    if threshold is not None and not MATCH_THRESHOLD <= threshold <= 1:
        raise BadInput(f"--accept-above wants a number from {MATCH_THRESHOLD} to 1: lower scores are no matches")
    with own.asking(when) as (view, at):
        found = _proposed(view, at, lists, since, least)
    taken = [] if threshold is None else accepted(found, threshold)
    if taken and threshold is not None:
        by = f"; run by {author.strip()}" if author.strip() else ""
        method = f"{_MADE} by {ALGORITHM}; accepted at {threshold} or more where no other comes as near{by}"
        own.judge(judgements_of(taken, MATCHER, method, clock()))
    pairs = {(one.left.subject, one.right.subject) for one in taken}
    if json_:
        print_json([to_json(one, recorded=(one.left.subject, one.right.subject) in pairs) for one in found])
    elif threshold is None:
        print_lines(list(_lines(found)))
    if threshold is not None:
        left = len(found) - len(taken)
        click.echo(
            f"{len(taken)} judgements of same recorded as {MATCHER}, at {threshold} or more; {left} proposals are left",
            err=json_,
        )


def _proposed(view: View, at: AsOf, lists: Sequence[str], since: str | None, least: float) -> list[Proposal]:
    if needs_compiling():
        click.echo("tizim: compiling the matcher, once after installation (about half a minute) ...", err=True)
    subjects = None if since is None else _since(view, at, since)
    return propose(view, at, lists=lists or None, subjects=subjects, least=least, progress=Bar("resolve"))


def _since(view: View, at: AsOf, text: str) -> Collection[str]:
    moment = moment_of(view, int(text)) if text.isdecimal() else instant(text, "--since")
    return told_since(view, moment, at)


# -- one by hand -------------------------------------------------------------------------------------


def one(own: App, verdict: str, pair: tuple[str, str], author: str, grounds: str, when: Asked, *, json_: bool) -> None:
    """Record one judgement, and tell what ties the two all the same."""
    with own.asking(when) as (view, at):
        left, right = sorted(record_of(view, text, at) for text in pair)
    given = by_hand((left, right), verdict, author, grounds, clock())
    own.judge(given)
    with own.asking(when) as (view, at):
        still = still_tied(view, left, right, at) if verdict != "same" else ()
    if json_:
        judged = given.judgements[0]
        row = {"left": left, "right": right, "score": None, "judgement": verdict, "author": given.author}
        print_json([{**row, "grounds": judged.grounds, "recorded": True, "still_tied_by": list(still)}])
        return
    click.echo(f"recorded: {left} and {right} are {_WORD[verdict]}, says {given.author}")
    if still:
        click.echo(f"they are still one subject by other ties: {'; '.join(still)}. Judge the one that is wrong.")


_WORD = {"same": "the same", "different": "different", "unsure": "not to be told apart or together yet"}


# -- on the screen -----------------------------------------------------------------------------------


def review(
    own: App, lists: Sequence[str], since: str | None, least: float, author: str, when: Asked, *, json_: bool
) -> None:
    """Show the proposals one by one and record what *author* says of them."""
    if not author.strip():
        raise BadInput("say who judges: --author NAME")
    if json_:
        raise BadInput("--review shows pairs on the screen: it has no --json")
    check_terminal()
    folder = own.settings.home / "judging"
    own.existing()
    for old in left_over(folder):
        if old.author and old.judged:
            _record(own, old, "of a review that was cut off ")
        else:
            old.close(recorded=False)
    with own.asking(when) as (view, at):
        found = _proposed(view, at, lists, since, least)
    if not found:
        click.echo("nothing to review: no proposals")
        return

    def look(one: Proposal) -> Card:
        with own.asking(when) as (view, at):
            return card(view, one, at)

    journal = Journal.begin(folder, f"{clock():%Y%m%dT%H%M%S}", author.strip())
    with _told_if_cut_off(journal):
        run(Review(found, journal), look)
    _record(own, journal, "")


@contextmanager
def _told_if_cut_off(journal: Journal) -> Iterator[None]:
    """Whatever stops a review, its decisions stay on disk, and the person is told."""
    try:
        yield
    except BaseException:
        count = len(journal.judged)
        journal.close(recorded=False)
        if count:
            click.echo(
                f"tizim: {count} decisions are on disk; the next 'tizim resolve --review' records them", err=True
            )
        raise


def _record(own: App, journal: Journal, which: str) -> None:
    if journal.judged:
        # The last word on a pair counts; a document says one thing of each.
        last = {(one.left, one.right): one for one in journal.judged}
        own.judge(Judgements(author=journal.author, at=clock(), judgements=tuple(last.values())))
        kinds = Counter(one.verdict for one in last.values())
        told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(kinds.items()))
        click.echo(f"{len(last)} judgements {which}recorded as {journal.author}'s: {told}")
    else:
        click.echo("nothing decided, nothing recorded")
    journal.close(recorded=True)
