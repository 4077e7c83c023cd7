"""What commands have sent to hooks: bulletins as they are published, and whatever waits, by the settings."""

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from tizim.app import App
from tizim.domain.bulletins import Publishing, Replayed, Step, Withdrawing, version_of
from tizim.errors import BadInput

if TYPE_CHECKING:
    from tizim.deliver import Message
    from tizim.deliver.sending import Sent

BULLETIN = "bulletin"
KINDS = ("match", BULLETIN)
"""kinds of events that there are"""
_CAUGHT_UP = dt.timedelta(days=3)
"""for so long a bulletin is sent that was published and, for a fault between the two, not given out"""


def is_private_allowed(wired: App) -> bool:
    """Whether events are sent within this machine's network. Raises `BadInput` for a setting that says nothing."""
    said = wired.settings.webhook_private
    if said not in {"refused", "allowed"}:
        raise BadInput(f"TIZIM_WEBHOOK_PRIVATE is 'refused' or 'allowed', not '{said[:80]}'")
    return said == "allowed"


def send(wired: App, now: dt.datetime) -> "Sent":
    """Send all that is due."""
    from tizim.deliver.mailing import post_of
    from tizim.deliver.posting import Limits
    from tizim.deliver.sending import send as send_due

    limits = Limits(is_private_allowed=is_private_allowed(wired))
    return send_due(wired.customers, now, limits, post_of(wired.settings.smtp_url, wired.settings.mail_from))


def give_out_bulletins(wired: App, now: dt.datetime) -> None:
    """Have bulletins sent that were published, corrected or withdrawn, to hooks that were there before.

    What was given out already is given out again to no effect, so nothing is lost where a process died in between.
    """
    from tizim import deliver
    from tizim.deliver.hooks import read_hooks

    store = wired.customers
    hooks = [one for one in read_hooks(store) if BULLETIN in one.kinds]
    if not hooks or not wired.register.exists():
        return
    since = max(min(one.made_at for one in hooks), now - _CAUGHT_UP)
    replayed = wired.bulletins()
    told = [
        _message(wired, replayed, step)
        for steps in replayed.steps.values()
        for step in steps
        if isinstance(step, Publishing | Withdrawing) and step.at >= since
    ]
    if told:
        with store.writing() as connection:
            deliver.put(connection, told, now)


def _message(wired: App, replayed: Replayed, step: Step) -> "Message":
    from tizim.cli import bulletin_told
    from tizim.deliver import Message

    one = replayed.bulletins[step.bulletin]
    with wired.existing().view() as view:
        row = bulletin_told.row(view, bulletin_told.spoken(version_of(one).language), replayed, step.bulletin)
    what = "withdrawn" if isinstance(step, Withdrawing) else "published"
    return Message(
        id=f"{step.bulletin}.{step.number}", kind=BULLETIN, at=step.at, text=f"Bulletin {what}: {row.title} ({row.id})",
        event={"what": what, "step": step.number, "bulletin": msgspec.to_builtins(row)},
    )  # fmt: skip
