"""The review screen: one pair at a time, side by side, judged by single keys.

`Review` knows what each key does and nothing of terminals; `run` shows it on one.
"""

import os
import re
import select
import signal
import sys
import termios
import tty
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from tizim.cli.drawing import draw, frame
from tizim.errors import BadInput
from tizim.resolve.cards import Card
from tizim.resolve.journal import Journal
from tizim.resolve.propose import Proposal
from tizim.sources.judgements import Judged

VERDICT_OF = {"s": "same", "d": "different", "u": "unsure"}
KEYS = "s same · d different · u unsure · n next · b back, undo · q quit · ? help"
_HELP = (
    "s   the two are the same subject",
    "d   they are different subjects",
    "u   it cannot be said: the pair is proposed again, after all others",
    "n   next pair; nothing is said of this one",
    "b   back: the last pair again; what you said of it is taken back",
    "q   quit: what you said is recorded under your name",
    "↑ ↓ more of a pair that is longer than the screen",
    "",
    "= and green: both sides say it.  ≠ and red: they say different things.  ·: only one side says anything.",
    "",
    "Each decision is on disk at once. Whatever stops the screen, the next review records what was decided.",
    "A judgement that is recorded is taken back by another one: tizim resolve --different LEFT RIGHT.",
)
_KEY = re.compile(r"\x1b\[[0-9;]*[A-Za-z~]|\x1bO[A-Z]|.", re.DOTALL)
_NAMED = {
    "\x1b[A": "up", "\x1bOA": "up", "\x1b[B": "down", "\x1bOB": "down", "\x1b[5~": "page up", "\x1b[6~": "page down",
}  # fmt: skip
_SAME_PLACE = str.maketrans("ывгтийЫВГТИЙ,", "sdunbqsdunbq?")
"""keys of a Russian or Kazakh keyboard, by the letter that is on the same key of a Latin one"""
_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
_HOME, _CLEAR_LINE, _CLEAR_REST = "\x1b[H", "\x1b[K", "\x1b[J"


class Review:
    """Where a review stands: the pair at hand, and what was said so far."""

    def __init__(self, proposals: Sequence[Proposal], journal: Journal) -> None:
        self._proposals = proposals
        self._journal = journal
        self._steps: list[bool] = []
        """for each pair gone past, whether something was said of it"""
        self.offset = 0
        self.is_help = False
        self.is_over = False

    @property
    def at(self) -> int:
        """The place of the pair at hand among all."""
        return len(self._steps)

    @property
    def proposal(self) -> Proposal | None:
        """The pair at hand; none after the last."""
        return self._proposals[self.at] if self.at < len(self._proposals) else None

    def press(self, key: str) -> None:
        """Do what *key* means; others mean nothing."""
        key = key.translate(_SAME_PLACE).lower()
        if self.is_help:
            self.is_help = False
            return
        one = self.proposal
        if key in VERDICT_OF and one is not None:
            self._journal.add(
                Judged(
                    left=one.left.subject, right=one.right.subject, verdict=VERDICT_OF[key], grounds=one.grounds,
                    score=one.score,
                )
            )  # fmt: skip
            self._go_on(said=True)
        elif key == "n" and one is not None:
            self._go_on(said=False)
        elif key == "b" and self._steps:
            if self._steps.pop():
                self._journal.take_back()
            self.offset = 0
        elif key in {"up", "down", "page up", "page down"}:
            step = 1 if key in {"up", "down"} else 10
            self.offset = max(0, self.offset + (step if key.endswith("down") else -step))
        elif key == "q":
            self.is_over = True
        elif key == "?":
            self.is_help = True

    def _go_on(self, *, said: bool) -> None:
        self._steps.append(said)
        self.offset = 0

    def screen(self, card: Card | None, size: tuple[int, int], *, colour: bool) -> list[str]:
        """The lines of the whole screen."""
        count = len(self._journal.judged)
        said = f"{count} decided" if count else "nothing decided yet"
        if self.is_help:
            return frame("Help", _HELP, ("any key: go on",), size, 0, colour=colour)
        if card is None:
            foot = ("q record and quit · b back, undo",)
            return frame(f"All {len(self._proposals)} pairs seen, {said}", (), foot, size, 0, colour=colour)
        head = f"{self.at + 1}/{len(self._proposals)}  score {card.score:.3f}  proposed: {card.judgement}  {said}"
        body = draw(card, size[0], colour=colour)
        room = max(1, size[1] - 3)
        self.offset = max(0, min(self.offset, len(body) - room))
        return frame(head, body, (KEYS,), size, self.offset, colour=colour)


def check_terminal() -> None:
    """Raise `BadInput` if there is no terminal to show pairs on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM", "dumb") == "dumb":
        raise BadInput(
            "--review needs a terminal that can move its cursor, for input and output: without one, print the pairs"
            " with 'tizim resolve --json' and judge them with --same, --different or --unsure LEFT RIGHT"
        )


def run(review: Review, look: Callable[[Proposal], Card]) -> None:
    """Show pairs and take keys until the review is over; the terminal is left as it was."""
    colour = not os.environ.get("NO_COLOR")
    shown: tuple[int, Card] | None = None
    with _screen() as keys:
        while not review.is_over:
            one = review.proposal
            if one is not None and (shown is None or shown[0] != review.at):
                shown = (review.at, look(one))
            card = shown[1] if one is not None and shown is not None else None
            size = os.get_terminal_size(sys.stdout.fileno())
            lines = review.screen(card, (size.columns, size.lines), colour=colour)
            text = "\n".join(f"{line}{_CLEAR_LINE}" for line in lines)
            sys.stdout.write(f"{_HOME}{text}{_CLEAR_REST}")
            sys.stdout.flush()
            for key in next(keys):
                if not review.is_over:
                    review.press(key)


@contextmanager
def _screen() -> Iterator[Iterator[list[str]]]:
    """The alternate screen, keys coming one by one; yields the keys pressed, or none when the size has changed."""
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    resized = signal.signal(signal.SIGWINCH, lambda *_: os.write(writer, b"."))
    try:
        tty.setcbreak(descriptor)
        sys.stdout.write(_ENTER)
        yield _keys(descriptor, reader)
    finally:
        signal.signal(signal.SIGWINCH, resized)
        sys.stdout.write(_LEAVE)
        sys.stdout.flush()
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
        os.close(reader)
        os.close(writer)


def _keys(descriptor: int, resized: int) -> Iterator[list[str]]:
    while True:
        ready, _, _ = select.select([descriptor, resized], [], [])
        if resized in ready:
            os.read(resized, 4096)
        if descriptor not in ready:
            yield []
            continue
        data = os.read(descriptor, 1024)
        if not data:  # the terminal has gone
            yield ["q"]
            continue
        yield [_NAMED.get(key, key) for key in _KEY.findall(data.decode(errors="ignore"))]
