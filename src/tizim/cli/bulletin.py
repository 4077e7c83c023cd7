"""``tizim bulletin``: what there is to tell, the steps, and what there is; versions are in ``bulletin_versions``."""

import datetime as dt
import sys
from pathlib import Path
from typing import Final

import click

from tizim.answer.times import Asked
from tizim.app import App, clock
from tizim.cli.bulletin_versions import COMMANDS, older_versions
from tizim.cli.options import app, as_json, day, print_json
from tizim.cli.telling import give_out_bulletins
from tizim.domain.bulletin_facts import Facts
from tizim.domain.bulletins import (
    LONGEST_TEXT,
    Approving,
    Bulletin,
    Drafting,
    Own,
    Publishing,
    Replayed,
    Step,
    Withdrawing,
    apply,
    checked,
    moment_after,
    version_of,
)
from tizim.errors import BadInput, NotFound, TizimError

_SINCE: Final = dt.timedelta(days=30)

author = click.option("--author", required=True, help="Who does it.")
seen = click.option(
    "--seen", type=int, metavar="STEP", help="Up to which step you had seen the bulletin; all if left out."
)
title = click.option("--title", default="", help="A title of your own, in the main language; with --text.")
text = click.option(
    "--text", "text_file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True),
    help="A file with a text of your own, in the main language (- is standard input); blank lines part paragraphs.",
)  # fmt: skip


@click.group("bulletin")
def command() -> None:
    """Short texts: about acts and changes of lists, made from the register's facts in every language; or news in an
    editor's own words, with versions made by machine that nobody reads before they are checked.

    A bulletin is drafted, approved by another person, and published; it is corrected or withdrawn, never edited.
    """


# -- what there is to tell ---------------------------------------------------------------------------


@command.command("propose")
@click.option("--since", metavar="DAY", help="Acts and changes from that day on; 30 days back if left out.")
@click.option("--list", "list_id", default="", metavar="LIST", help="Only those of this list.")
@click.option("--language", default="", metavar="CODE", help="The language to tell them in; the main one if left out.")
@as_json
def propose(since: str | None, list_id: str, language: str, json_: bool) -> None:
    """Acts and changes that have no bulletin yet, with the id that each would have and its text by template.

    Acts are those that verified statements tell of, decisions entered here among them; changes those between two
    copies of a list. Nothing is guessed, and nothing is entered.
    """
    from tizim.cli import bulletin_told as told
    from tizim.publish.bulletins import main_language, proposals

    wired = app()
    spoken = told.spoken(language or main_language(wired.settings.main_language))
    first = day(since, "--since") if since else clock().date() - _SINCE
    entered = wired.last_decisions()
    kept = wired.bulletins().bulletins
    with wired.asking(Asked()) as (view, at):
        found = proposals(view, at, first, list_id=list_id, decisions=entered, bulletins=kept)
    if json_:
        print_json([told.proposal_json(spoken, one) for one in found])
        return
    for one in found:
        click.echo("\n".join(told.proposal_lines(spoken, one)))
    click.echo(f"{len(found)} without a bulletin since {first}; nothing is entered until one is drafted")


# -- the steps ---------------------------------------------------------------------------------------


@command.command("draft")
@click.argument("bulletin", metavar="ID")
@author
@title
@text
@as_json
def draft(bulletin: str, author: str, title: str, text_file: Path | None, json_: bool) -> None:
    """Draft the bulletin that 'propose' calls ID, from the facts as the register has them now.

    Without --title and --text its words are made by template in the main language too. Drafted again, a bulletin
    that is not published takes its facts and words anew.
    """
    from tizim.publish.bulletins import main_language

    wired = app()
    now = wired.bulletins()
    if bulletin in now.bulletins:
        _say(wired, wired.draft_again(bulletin, author, _own(title, text_file)), bulletin, json_=json_)
        return
    step = Drafting(
        bulletin=bulletin, number=now.next_number(bulletin), by=author, at=moment_after(now, bulletin, clock()),
        language=main_language(wired.settings.main_language), facts=_facts_of(wired, now, bulletin),
        own=_own(title, text_file), needs_second=wired.needs_second,
    )  # fmt: skip
    _take(wired, now, step, json_=json_)


@command.command("new")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
@author
@click.option("--day", "day_", metavar="DAY", help="The day that it tells of; today if left out.")
@click.option("--list", "list_id", default="", metavar="LIST", help="The list that it is about.")
@click.option(
    "--subject", "subjects", metavar="NAME", multiple=True,
    help="Whom it is about, by id or name; may be given several times. No engine spells these names by itself.",
)  # fmt: skip
@as_json
def new(
    file: Path, author: str, day_: str | None, list_id: str, subjects: tuple[str, ...], json_: bool
) -> None:  # fmt: skip
    """Draft news in words of your own, in the main language.

    FILE is text in UTF-8 (- is standard input): a headline, a blank line, and paragraphs with blank lines between.
    """
    from tizim.newsroom import parse

    own = parse(_read(file), str(file))
    wired = app()
    told = day(day_, "--day") if day_ else None
    bulletin, after = wired.draft_news(own, author, told, list_id, subjects)
    _say(wired, after, bulletin, json_=json_)


@command.command("approve")
@click.argument("bulletin", metavar="ID")
@author
@seen
@as_json
def approve(bulletin: str, author: str, seen: int | None, json_: bool) -> None:
    """Approve the draft of bulletin ID, or its correction: another person than the author does."""
    wired = app()
    _say(wired, wired.go_on(Approving, bulletin, author, seen), bulletin, json_=json_)


@command.command("publish")
@click.argument("bulletin", metavar="ID")
@author
@seen
@as_json
def publish(bulletin: str, author: str, seen: int | None, json_: bool) -> None:
    """Publish bulletin ID, or its correction, once it is approved: from then on the site shows it."""
    wired = app()
    after = wired.go_on(Publishing, bulletin, author, seen)
    _give_out(wired)
    _say(wired, after, bulletin, json_=json_)
    older = older_versions(wired.bulletins().bulletins[bulletin])
    if older and not json_:
        click.echo(
            f"versions in {', '.join(older)} are of the text before: 'tizim bulletin translate {bulletin}' makes them"
            " anew"
        )


@command.command("correct")
@click.argument("bulletin", metavar="ID")
@author
@click.option("--reason", required=True, help="Why, in words that readers will see.")
@title
@text
@click.option("--by-template", is_flag=True, help="Make its words by template again, in the main language too.")
@seen
@as_json
def correct(
    bulletin: str, author: str, reason: str, title: str, text_file: Path | None, by_template: bool, seen: int | None,
    json_: bool,
) -> None:  # fmt: skip
    """Draft a correction of the published bulletin ID: its facts as the register has them now, and your words.

    What is published stands until the correction is approved and published; the first version stays readable, and
    what changed is said with the reason. Words of your own stay unless you give others, or --by-template.
    """
    own = _own(title, text_file)
    if by_template and own is not None:
        raise BadInput("--by-template stands without --title and --text")
    wired = app()
    after = wired.correct(bulletin, author, reason, own, seen, by_template=by_template)
    _say(wired, after, bulletin, json_=json_)


@command.command("withdraw")
@click.argument("bulletin", metavar="ID")
@author
@click.option("--reason", required=True, help="Why, in words that readers will see.")
@seen
@as_json
def withdraw(bulletin: str, author: str, reason: str, seen: int | None, json_: bool) -> None:
    """Withdraw bulletin ID: its page then says only that it was withdrawn, when and why."""
    wired = app()
    after = wired.go_on(Withdrawing, bulletin, author, seen, reason)
    _give_out(wired)
    _say(wired, after, bulletin, json_=json_)


# -- what there is -----------------------------------------------------------------------------------


@command.command("list")
@click.option("--state", metavar="STATE", help="Only those in this state, as the list names it.")
@as_json
def list_(state: str | None, json_: bool) -> None:
    """The bulletins and their states, those that wait among them."""
    from tizim.cli import bulletin_told as told

    if state is not None and state not in told.STATES:
        raise BadInput(f"--state is one of {', '.join(told.STATES)}, not '{state}'")
    wired = app()
    now = wired.bulletins()
    spoken = told.spoken(wired.settings.main_language)
    with wired.existing().view() as view:
        rows = [told.row(view, spoken, now, bulletin) for bulletin in now.bulletins]
    rows = [row for row in rows if state is None or row.state == state]
    if json_:
        print_json([row.to_json() for row in rows])
        return
    for row in rows:
        click.echo(row.line)
    if not rows:
        click.echo("no bulletins")


@command.command("show")
@click.argument("bulletin", metavar="ID")
@click.option("--language", default="", metavar="CODE", help="The language to show it in; the main one if left out.")
@as_json
def show(bulletin: str, language: str, json_: bool) -> None:
    """Bulletin ID as it stands or waits: its text in a language, its facts, and every step with its author."""
    from tizim.cli import bulletin_told as told

    wired = app()
    now = wired.bulletins()
    one = _found(now, bulletin)
    spoken = told.spoken(language or version_of(one).language)
    with wired.existing().view() as view:
        if json_:
            print_json(told.whole_json(view, spoken, now, one))
        else:
            click.echo("\n".join(told.whole_lines(view, spoken, now, one)))


# -- making a step -----------------------------------------------------------------------------------


def _take(wired: App, now: Replayed, step: Step, *, json_: bool) -> None:
    """Keep a step that fits, and say what became of the bulletin."""
    apply(now.bulletins.get(step.bulletin), checked(step))
    _say(wired, wired.take_step(step), step.bulletin, json_=json_)


def _give_out(wired: App) -> None:
    """Have those told who follow bulletins; what was published stays so where that fails."""
    try:
        give_out_bulletins(wired, clock())
    except TizimError as error:  # the step was kept, and is given out by the next that looks
        click.echo(f"tizim: no hook was told yet: {error}; 'tizim hooks send' tries again", err=True)


def _say(wired: App, after: Replayed, bulletin: str, *, json_: bool) -> None:
    """Say what became of a bulletin."""
    from tizim.cli import bulletin_told as told

    with wired.existing().view() as view:
        spoken = told.spoken(version_of(after.bulletins[bulletin]).language)
        row = told.row(view, spoken, after, bulletin)
    if json_:
        print_json(row.to_json())
    else:
        click.echo(row.line)


def _found(now: Replayed, bulletin: str) -> Bulletin:
    one = now.bulletins.get(bulletin)
    if one is None:
        raise NotFound(f"there is no bulletin '{bulletin}'; 'tizim bulletin list' names them all")
    return one


def _facts_of(wired: App, now: Replayed, bulletin: str) -> Facts:
    """The facts of a proposal, as the register has them now."""
    from tizim.publish.bulletins import proposals

    entered = wired.last_decisions()
    with wired.asking(Asked()) as (view, at):
        try:
            first = dt.date.fromisoformat(bulletin[: len("2024-06-03")])
        except ValueError:
            raise NotFound(f"'{bulletin}' is no id of a proposal: 'tizim bulletin propose' names them") from None
        found = proposals(view, at, first, decisions=entered, bulletins=now.bulletins)
    for one in found:
        if one.id == bulletin:
            return one.facts
    raise NotFound(f"nothing without a bulletin has the id '{bulletin}': 'tizim bulletin propose' names them")


def _own(title: str, path: Path | None) -> Own | None:
    """An editor's own words. Raises `BadInput` for a title without a text, or a text without a title."""
    if not title and path is None:
        return None
    if not title or path is None:
        raise BadInput("words of your own are a title and a text: give --title and --text FILE")
    return Own(title=title.strip(), text=_read(path).replace("\r\n", "\n").strip())


def _read(path: Path) -> str:
    """A short text in UTF-8. Raises `BadInput` for what is none."""
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}") from None
    try:
        read = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path} is no text in UTF-8") from None
    if len(read) > LONGEST_TEXT:
        raise BadInput(f"{path}: a text has at most {LONGEST_TEXT:,} signs, not {len(read):,}")
    return read


for _one in COMMANDS:
    command.add_command(_one)
