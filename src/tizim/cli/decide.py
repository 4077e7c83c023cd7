"""``tizim decide KIND SUBJECT --list LIST …`` and ``tizim decide --approve ID``."""

from pathlib import Path

import click

from tizim.answer.days import day as in_words
from tizim.audit import wire
from tizim.audit.decide import Draft, Entered
from tizim.audit.worksheet import filled
from tizim.cli.options import app, as_json, print_json
from tizim.domain.dates import PartialDate
from tizim.domain.decisions import Announcement, Basis, Decision, DecisionKind
from tizim.errors import BadInput


@click.command("decide")
@click.argument("kind", required=False, type=click.Choice([kind.value for kind in DecisionKind]))
@click.argument("subject", required=False)
@click.option("--list", "list_id", metavar="LIST", help="The list that the decision changes.")
@click.option("--effective", default="", metavar="DATE", help="From when it holds: a day, a month or a year.")
@click.option("--decided", default="", metavar="DATE", help="When it was decided, if on another day.")
@click.option("--expires", default="", metavar="DATE", help="Until when a listing or renewal runs.")
@click.option("--body", default="", help="Who decided; leave it out where that is not known.")
@click.option("--act", "act_text", default="", help="The act in words; or by its parts:")
@click.option("--act-kind", default="", help="What sort of act: judgment, order, regulation.")
@click.option("--act-number", default="", help="Its number.")
@click.option("--act-date", default="", metavar="DATE", help="Its date.")
@click.option("--article", default="", help="The article relied on.")
@click.option("--issuer", default="", help="Who issued it.")
@click.option("--basis-not-stated-by", default="", metavar="SOURCE",
              help="The source that tells of the decision without showing an act.")  # fmt: skip
@click.option("--announced", multiple=True, metavar="DATE[=WHO]", help="That it was announced, and by whom.")
@click.option("--published", default="", metavar="DATE", help="When it was published.")
@click.option("--reason", default="", help="Why.")
@click.option("--author", default="", help="Who enters it.")
@click.option("--name", default="", help="The subject's name on the list, where it has another.")
@click.option("--new", "new_kind", default="", metavar="KIND",
              help="The subject is new to this register: person, organisation, vessel or aircraft.")  # fmt: skip
@click.option("--second", "needs_second", is_flag=True, help="It changes nothing until another person approves it.")
@click.option("--corrects", default="", metavar="ID", help="It stands in the place of an earlier decision.")
@click.option("--approve", metavar="ID", help="Be the second person of a decision that waits for one.")
@click.option("--worksheet", metavar="FILE", type=click.Path(path_type=Path),
              help="Enter what a filled-in worksheet of an audit decides, row by row.")  # fmt: skip
@click.option("--seen", type=int, metavar="ROW", help="Up to which row you had seen the register; all if left out.")
@click.option("--anyway", is_flag=True, help="Enter it although it does not fit the state.")
@as_json
def command(
    kind: str | None, subject: str | None, list_id: str | None, effective: str, decided: str, expires: str, body: str,
    act_text: str, act_kind: str, act_number: str, act_date: str, article: str, issuer: str, basis_not_stated_by: str,
    announced: tuple[str, ...], published: str, reason: str, author: str, name: str, new_kind: str,
    needs_second: bool, corrects: str, approve: str | None, worksheet: Path | None, seen: int | None,
    anyway: bool, json_: bool,
) -> None:  # fmt: skip
    """Enter a decision about SUBJECT on a list: with its basis, who decided, and from when it holds.

    KIND is what is decided. A decision is never edited: another one follows or corrects it. Without an act, name
    the source that tells of it (--basis-not-stated-by). Two people deciding at once: one is told.
    """
    if worksheet is not None:
        if kind or subject or approve:
            raise BadInput("--worksheet FILE stands alone: its rows say what is decided of whom")
        _worksheet(worksheet, json_=json_)
        return
    if not author:
        raise BadInput("say who enters it: --author NAME")
    if approve:
        if kind or subject:
            raise BadInput("--approve ID stands alone, with --author")
        _told(app().approve(approve, author, seen), json_=json_)
        return
    if not kind or not subject or not list_id:
        raise BadInput("say what is decided of whom on which list: tizim decide KIND SUBJECT --list LIST …")
    asked = Draft(
        kind=DecisionKind(kind), subject=subject, list=list_id, body=body, effective=effective, author=author,
        basis=Basis(
            kind=act_kind, number=act_number, date=act_date, article=article, issuer=issuer, text=act_text,
            not_stated_by=basis_not_stated_by,
        ),
        reason=reason, decided=decided, expires=expires, announced=tuple(map(_announcement, announced)),
        published=published, needs_second=needs_second, corrects=corrects, new_kind=new_kind, name=name, anyway=anyway,
    )  # fmt: skip
    _told(app().decide(asked, seen), json_=json_)


def _worksheet(path: Path, *, json_: bool) -> None:
    """Enter the rows of a worksheet that are filled in; those that cannot be are told, and the others stand.

    Raises `BadInput` at the end if any was refused.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}") from None
    given = filled(data, path.name)
    wired = app()
    entered: list[Entered] = []
    refused = [str(row) for row in given.refused]
    for row in given.filled:
        try:
            entered.append(wired.decide(row.draft, row.seen))
        except BadInput as error:
            refused.append(f"{row.sheet}, row {row.row}: {error}")
    if json_:
        print_json({
            "entered": [wire.decision(one.decision) for one in entered], "refused": refused,
            "nothing_decided": given.left, "not_filled_in": given.skipped,
        })  # fmt: skip
    else:
        for one in entered:
            click.echo(line(one.decision))
        click.echo(f"{len(entered)} entered, {given.left} left as they are, {given.skipped} not filled in")
        for reason in refused:
            click.echo(f"refused  {reason}")
    if refused:
        raise BadInput(f"{len(refused)} of {len(refused) + len(entered)} rows refused; the first: {refused[0]}")


def _announcement(text: str) -> Announcement:
    date, _, by = text.partition("=")
    return Announcement(date=date.strip(), by=by.strip())


def _told(entered: Entered, *, json_: bool) -> None:
    one = entered.decision
    if json_:
        before = entered.state_before
        print_json({**wire.decision(one), "state_before": before.status.value if before else None})
        return
    click.echo(line(one))


def line(one: Decision) -> str:
    """A decision in a line."""
    when = f", effective {_when(one.effective)}" if one.effective else ", effective on a day not known"
    by = f" by {one.body}" if one.body else ", by whom is not known"
    basis = one.basis.cited or f"basis not stated, told by {one.basis.not_stated_by}"
    waits = "; waits for a second person and changes nothing yet" if one.is_pending else ""
    second = f"; approved by {one.approved_by}" if one.approved_by else ""
    return f"{one.id}  {one.kind.value} {one.name} ({one.subject}) on {one.list}{when}{by}; {basis}{second}{waits}"


def _when(text: str) -> str:
    date = PartialDate.parse(text)
    return in_words(date.earliest) if date.day else text
