"""``tizim impact SUBJECT --list LIST --decision KIND``."""

from typing import Any

import click

from tizim.answer import prose, wire
from tizim.answer.days import since
from tizim.answer.impact import Impact, impact
from tizim.cli.options import app, as_json, asked, print_json, print_lines, two_times
from tizim.domain.decisions import DecisionKind
from tizim.domain.lists import ListId
from tizim.domain.measures import Measure


@click.command("impact")
@click.argument("subject")
@click.option("--list", "list_id", metavar="LIST", required=True, help="The list that the decision would change.")
@click.option("--decision", "kind", type=click.Choice([kind.value for kind in DecisionKind]), default="delist",
              show_default=True, help="What would be decided.")  # fmt: skip
@two_times
@as_json
def command(
    subject: str, list_id: str, kind: str, as_of: str | None, known_at: str | None, basis: str | None, json_: bool
) -> None:
    """What a decision about SUBJECT on a list would touch: other lists, associated entries, measures.

    Nothing is concluded about ownership or control, and nothing is decided by it.
    """
    with app().asking(asked(as_of, known_at, basis)) as (view, at):
        found = impact(view, subject, ListId(list_id), DecisionKind(kind), at)
    if json_:
        print_json(to_json(found))
    else:
        print_lines(to_lines(found))


def to_json(found: Impact) -> dict[str, Any]:
    """An impact as JSON."""
    return {
        "subject": found.subject.id, "name": found.subject.main_name, "list": found.list.id,
        "decision": found.kind.value, "as_of": wire.as_of(found.as_of),
        "status_before": found.state.status.value if found.state else None,
        "held_elsewhere": [
            {
                "list": one.on.list, "status": one.state.status.value, "since": one.state.since or None,
                "references": list(one.on.references), "measures": [wire.measure(m) for m in one.measures],
            }
            for one in found.elsewhere
        ],
        "associated": [
            {"subject": one.member.subject, "reference": one.member.reference, "name": one.member.name,
             "list": one.member.list, "relation": one.relation, "printed": one.printed}
            for one in found.associated
        ],
        "ends": [wire.measure(one) for one in found.ends],
        "remains": [wire.measure(one) for one in found.remains],
        "begins": [wire.measure(one) for one in found.begins],
        "exemptions": [wire.measure(one) for one in found.exemptions],
        "measures_not_known_of": list(found.silent),
        "last_observed": found.last_observed.isoformat() if found.last_observed else None, "stale": found.stale,
    }  # fmt: skip


def to_lines(found: Impact) -> list[str]:
    """An impact as text."""
    verb = found.kind.value
    lines = [f"If {found.list.id} decided to {verb} {found.subject.main_name} ({found.subject.id})",
             prose.times(found.as_of), ""]  # fmt: skip
    if found.state is None:
        lines.append(f"Nothing known then ties it to {found.list.id}.")
    lines += ["Other lists on which it stands, whatever is decided here"]
    lines += [
        f"  {one.on.list}: {one.state.status.value.replace('_', ' ')}"
        f"{f', {since(one.state.since)}' if one.state.since else ''}"
        f"{f' ({one.on.references[0]})' if one.on.references else ''}"
        for one in found.elsewhere
    ] or ["  none that is known here"]
    count = len(found.associated)
    lines += ["", "Entries beside it on this list, which stand by themselves"]
    lines += [f"  {one.member.reference or '–'}  {one.member.name} ({one.relation})" for one in found.associated[:10]]
    lines += [f"  and {count - 10} more"] if count > 10 else [] if count else ["  none that is known here"]
    for title, group in (
        ("Measures that would end for it", found.ends),
        ("Measures that another list would go on to bring", found.remains),
        ("Measures that would begin", found.begins),
        ("Exemptions that belong to the listing", found.exemptions),
    ):
        if group:
            lines += ["", title, *map(_measure, group)]
    if not (found.ends or found.remains or found.begins):
        lines += ["", f"No measure of {found.list.id} is on record here, so none can be said to end or begin."]
    if found.silent:
        lines += ["", f"Of the measures of {', '.join(found.silent)} nothing is on record here."]
    return lines


def _measure(one: Measure) -> str:
    known = "" if one.verified else " (general knowledge, source not seen)"
    return f"  {one.what}: {one.act.text or 'act not stated'}{known}"
