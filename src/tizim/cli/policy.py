"""``tizim policy new NAME …``, ``tizim policy approve NAME``, ``tizim policy show NAME``, ``tizim policy list``."""

import click

from tizim.answer.wire import instant as instant_said
from tizim.app import clock
from tizim.cli.groups import group
from tizim.cli.options import app, as_json, print_json, print_lines
from tizim.customers.policies import Act, PolicyVersion, approve, propose, read_policies, version_of
from tizim.errors import BadInput
from tizim.screen.policy import Policy, Stale, Threshold


@group("policy")
def command() -> None:
    """What screening is to do: which lists, from which score on, weak aliases, stale lists.

    Without a verb: the policies there are. A version is proposed by one person, approved by another, and never
    changed; a service applies the newest approved one that ?policy=NAME or TIZIM_POLICY names.
    """


@command.command("new")
@click.argument("name")
@click.option("--list", "lists", multiple=True, metavar="LIST", help="Screen against this list; all if left out.")
@click.option(
    "--threshold", "thresholds", multiple=True, metavar="[LIST][/KIND]=SCORE",
    help="From which score on it is a match: 0.8, un-1267=0.75, /Person=0.8, us-sdn/Person=0.85.",
)  # fmt: skip
@click.option("--weak-aliases", "weak", type=click.Choice(["yes", "no"]), default="yes", show_default=True,
              help="Whether a name that its list calls weak makes a match.")  # fmt: skip
@click.option("--stale", type=click.Choice([one.value for one in Stale]), default="warn", show_default=True,
              help="What a list does that was not seen for longer than its rhythm allows.")  # fmt: skip
@click.option("--author", default="", help="Who proposes it.")
@click.option("--reason", default="", help="Why.")
@as_json
def new(
    name: str, lists: tuple[str, ...], thresholds: tuple[str, ...], weak: str, stale: str, author: str, reason: str,
    json_: bool,
) -> None:  # fmt: skip
    """Propose a policy NAME, or a new version of it."""
    policy = Policy(
        lists=lists, thresholds=tuple(map(_threshold, thresholds)), weak_aliases=weak == "yes", stale=Stale(stale)
    )
    found = propose(app().customers, name, policy, author, reason, clock())
    _print([found], json_)


@command.command("approve")
@click.argument("name")
@click.option("--version", type=int, default=0, help="Which version; the newest if left out.")
@click.option("--author", default="", help="Who approves it: another than who proposed it.")
@click.option("--reason", default="", help="Why.")
@as_json
def approve_(name: str, version: int, author: str, reason: str, json_: bool) -> None:
    """Approve a version of the policy NAME; services that run apply it within seconds."""
    _print([approve(app().customers, name, version, author, reason, clock())], json_)


@command.command("show")
@click.argument("name")
@click.option("--version", type=int, default=0, help="Which version; the newest if left out.")
@as_json
def show(name: str, version: int, json_: bool) -> None:
    """One version of the policy NAME, who proposed it and who approved it."""
    _print([version_of(app().customers, name, version)], json_)


@command.default
@click.command("list")
@as_json
def list_(json_: bool) -> None:
    """Every version of every policy."""
    found = read_policies(app().customers)
    _print(found, json_)
    if not found and not json_:
        click.echo("there is no policy: tizim policy new NAME")


def _threshold(text: str) -> Threshold:
    where, equals, score = text.rpartition("=")
    listed, _, kind = where.partition("/") if equals else ("", "", "")
    try:
        return Threshold(list=listed, kind=kind, score=float(score))
    except ValueError:
        raise BadInput(f"--threshold wants a score, or LIST/KIND=SCORE, not '{text}'") from None


def _print(found: list[PolicyVersion], json_: bool) -> None:
    if json_:
        print_json([to_json(one) for one in found])
        return
    for one in found:
        policy = one.policy
        lines = [one.id, f"  lists: {', '.join(policy.lists) or 'all'}"]
        lines += [f"  from {each.score} on: {each.list or 'all lists'}, {each.kind or 'all kinds'}"
                  for each in policy.thresholds]  # fmt: skip
        lines.append(f"  weak aliases: {'yes' if policy.weak_aliases else 'no'}; a stale list: {policy.stale.value}")
        lines.append(f"  proposed by {_by(one.proposed)}")
        lines.append(f"  approved by {_by(one.approved)}" if one.approved else "  not approved: it is not applied")
        print_lines(lines)


def _by(act: Act) -> str:
    return f"{act.author}, {act.at:%Y-%m-%d}: {act.reason}"


def to_json(one: PolicyVersion) -> dict[str, object]:
    """A version as JSON."""
    policy = one.policy
    return {
        "policy": one.id, "lists": list(policy.lists),
        "thresholds": [{"list": own.list, "kind": own.kind, "score": own.score} for own in policy.thresholds],
        "weak_aliases": policy.weak_aliases, "stale": policy.stale.value, "proposed": _act(one.proposed),
        "approved": _act(one.approved) if one.approved else None,
    }  # fmt: skip


def _act(act: Act) -> dict[str, object]:
    return {"author": act.author, "reason": act.reason, "at": instant_said(act.at)}
