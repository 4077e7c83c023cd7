"""``tizim resolve``: options, formats, exit codes, and the screen on a real terminal."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time

import pytest
from tests.makers import Ticking, a_register
from tests.resolve.makers import a_table, an_entry_of

from tizim.cli import main
from tizim.resolve.journal import Journal
from tizim.resolve.propose import MATCHER
from tizim.sources.judgements import Judged

FRONT = ("a-list:1", "b-list:7")
UNION = "اتحاد هنتزاو"
# A shell's background job, such as a run of all the tests, ignores Ctrl-C, and so would what it starts.
COMMAND = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from tizim.cli import main; main()"
ME = ("--author", "A. Person", "--grounds", "seen on paper")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A register of two invented lists with two subjects in common."""
    register = a_register(tmp_path)
    clock = Ticking()
    register.append(
        a_table(
            "a-list", an_entry_of("a-list", "1", "Zenda Liberation Front"), an_entry_of("a-list", "2", "اتحاد هنتزاو")
        ),
        clock,
    )
    register.append(
        a_table(
            "b-list", an_entry_of("b-list", "7", "ZENDA LIBERATION FRONT"), an_entry_of("b-list", "8", "اتحاد هنتزاو")
        ),
        clock,
    )
    register.close()
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path))
    monkeypatch.setenv("TIZIM_REGISTER_URL", f"sqlite:///{tmp_path / 'register.sqlite'}")
    return tmp_path


@pytest.fixture
def tizim(home, capsysbinary):
    """Runs a command; gives its exit code and what it printed."""

    def run(*arguments):
        try:
            main(["resolve", *arguments])
            code = 0
        except SystemExit as end:
            code = end.code or 0
        read = capsysbinary.readouterr()
        return code, read.out.decode(), read.err.decode()

    return run


@pytest.fixture
def proposals(tizim):
    """The proposals as JSON, by their sides."""
    return lambda *options: {
        (one["left"], one["right"]): one for one in json.loads(tizim(*options, "--json")[1])
    }  # fmt: skip


def test_the_keys_that_others_rely_on(proposals):
    """One array of proposals, each with these keys at least."""
    found = proposals()

    assert {"left", "right", "score", "judgement", "author", "grounds"} <= found[FRONT].keys()
    assert (found[FRONT]["score"], found[FRONT]["judgement"], found[FRONT]["author"]) == (1.0, "same", MATCHER)


def test_proposals_as_text_say_that_nothing_is_tied_yet(tizim):
    """A list of likenesses must not be taken for a list of facts."""
    code, out, _ = tizim()

    assert code == 0
    assert (
        "1.000  same    Zenda Liberation Front (a-list:1, a-list)  |  ZENDA LIBERATION FRONT (b-list:7, b-list)" in out
    )
    assert "Nothing is tied until it is judged" in out


def test_a_threshold_records_the_matcher_s_judgements_and_says_how_many(tizim, proposals):
    """They are its judgements, by a threshold that somebody named, and count like any other."""
    code, out, _ = tizim("--accept-above", "0.95")

    assert (code, out) == (
        0, f"2 judgements of same recorded as {MATCHER}, at 0.95 or more; 0 proposals are left\n",
    )  # fmt: skip
    assert proposals() == {}


def test_with_json_the_recorded_ones_are_marked(tizim):
    """A script must see what was done."""
    code, out, err = tizim("--accept-above", "0.95", "--json")

    assert code == 0
    assert {one["recorded"] for one in json.loads(out)} == {True}
    assert "2 judgements of same recorded" in err


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_a_judgement_by_hand(tizim, verdict):
    """With whose it is and why."""
    code, out, _ = tizim(f"--{verdict}", *FRONT, *ME, "--json")

    (one,) = json.loads(out)
    assert code == 0
    assert (one["left"], one["right"], one["judgement"]) == (*FRONT, verdict)
    assert (one["author"], one["grounds"]) == ("A. Person", "seen on paper")


def test_a_name_does_where_it_is_that_of_one_subject(tizim, proposals):
    """Ids are for machines; a name of several is asked back."""
    tizim("--different", *FRONT, *ME)

    code, _, err = tizim("--same", "zenda liberation front", "b-list:8", *ME)

    assert code == 2
    assert "is a name of several subjects" in err


def test_two_that_were_tied_are_parted_by_the_numbers_that_their_lists_print(tizim):
    """A number stays that of the record which bears it, whatever the record was tied to."""
    tizim("--same", *FRONT, *ME)

    code, out, _ = tizim("--different", "1", "7", *ME)

    assert (code, out) == (0, "recorded: a-list:1 and b-list:7 are different, says A. Person\n")


def test_a_wrong_merge_is_split_by_another_judgement(tizim, proposals):
    """The last word on a pair decides, and the pair is not proposed again."""
    tizim("--accept-above", "0.95")

    code, out, _ = tizim("--different", *FRONT, *ME)

    assert (code, out) == (0, "recorded: a-list:1 and b-list:7 are different, says A. Person\n")
    assert FRONT not in proposals()


def test_whoever_splits_two_that_other_ties_hold_together_is_told_which(tizim):
    """Else the split would seem to have done nothing."""
    tizim("--same", "a-list:1", "a-list:2", *ME)
    tizim("--same", "a-list:2", "b-list:7", *ME)

    _, out, _ = tizim("--different", *FRONT, *ME)

    assert "they are still one subject by other ties: a-list:1 is a-list:2, says A. Person; a-list:2 is b-list:7" in out


def test_only_what_is_new_since_a_day_is_looked_up(proposals):
    """A new document only costs its own candidates."""
    assert proposals("--since", "2026-02-28").keys() == proposals().keys()
    assert proposals("--since", "2026-03-02") == {}
    assert proposals("--since", "0").keys() == proposals().keys()
    assert proposals("--since", "999") == {}


def test_judgements_are_not_in_what_was_known_before_them(tizim, proposals):
    """The question of then gets the answer of then."""
    tizim("--accept-above", "0.95")

    assert FRONT in proposals("--known-at", "2026-03-02")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--same", *FRONT), "--author NAME"),
        (("--same", *FRONT, "--author", "A. Person"), "--grounds TEXT"),
        (("--same", "a-list:1", "a-list:1", *ME), "name two"),
        (("--same", "a-list:1", "nobody", *ME), "no subject called 'nobody'"),
        (("--same", *FRONT, "--unsure", *FRONT, *ME), "give one of"),
        (("--accept-above", "0.3"), "--accept-above wants a number from 0.7 to 1"),
        (("--accept-above", "0.9", "--known-at", "2020-01-01"), "leave out --known-at"),
        (("--least", "2"), "--least wants a number from 0 to 1"),
        (("--since", "yesterday"), "--since wants a day"),
        (("--list", "z-list"), "z-list"),
        (("--review",), "--author NAME"),
        (("--review", "--author", "A. Person"), "--review needs a terminal"),
        (("--review", "--author", "A. Person", "--json"), "no --json"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is(tizim, arguments, said):
    """Each with what to do instead."""
    code, out, err = tizim(*arguments)

    assert (code, out) == (2, "")
    assert said in err


# -- the screen, on a terminal ----------------------------------------------------------------------


class Terminal:
    """A terminal with ``tizim resolve --review`` in it."""

    def __init__(self, columns=100, lines=30):
        self._own, other = pty.openpty()
        self.resize(columns, lines, tell=False)
        self.before = termios.tcgetattr(other)
        self._other = other
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-c", COMMAND, "resolve", "--review", "--author", "A. Person"],
            stdin=other, stdout=other, stderr=other, env={**os.environ, "TERM": "xterm"}, start_new_session=True,
        )  # fmt: skip
        self.seen = ""

    def resize(self, columns, lines, *, tell=True):
        fcntl.ioctl(self._own, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        if tell:
            self.process.send_signal(signal.SIGWINCH)

    def press(self, keys):
        os.write(self._own, keys.encode())

    def wait_for(self, text, seconds=60):
        """Read until *text* was shown; gives what was shown until then, and forgets it."""
        end = time.monotonic() + seconds
        while text not in self.seen:
            ready, _, _ = select.select([self._own], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"{text!r} was not shown: {self.seen[-2000:]!r}"
            self.seen += os.read(self._own, 65536).decode(errors="replace")
        shown, _, self.seen = self.seen.partition(text)
        return shown + text

    def ended(self):
        """The exit code, the terminal being as it was."""
        code = self.process.wait(timeout=60)
        assert termios.tcgetattr(self._other) == self.before
        return code

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._own)
        os.close(self._other)


@pytest.fixture
def terminal(home):
    """Opens terminals."""
    opened = []

    def terminal(**size):
        opened.append(Terminal(**size))
        return opened[-1]

    yield terminal
    for one in opened:
        one.close()


def test_a_review_on_a_terminal(terminal, proposals):
    """Both pairs are seen, one decision is taken back, and what stands in the end is recorded."""
    screen = terminal()

    first = screen.wait_for("q quit")
    screen.press("d")
    screen.wait_for("1 decided")
    screen.press("b")
    screen.wait_for("nothing decided yet")
    screen.press("s")
    screen.wait_for("1 decided")
    screen.press("u")
    screen.wait_for("All 2 pairs seen")
    screen.press("q")
    end = screen.wait_for("2 judgements recorded as A. Person's: 1 same, 1 unsure")

    assert screen.ended() == 0
    assert "\x1b[?1049h" in first
    assert "1/2  score 1.000  proposed: same" in re.sub(r"\x1b\[[0-9;]*m", "", first)
    assert "\x1b[?1049l" in end
    assert [(one["judgement"], one["author"]) for one in proposals().values()] == [("unsure", "A. Person")]


def test_a_screen_that_changes_its_size_is_drawn_anew(terminal):
    """Columns become rows where there is no room for them."""
    screen = terminal(columns=100)
    screen.wait_for("? help\x1b[0m\x1b[K\x1b[J")

    screen.resize(40, 30)
    narrow = screen.wait_for("\x1b[J")

    assert "│" not in narrow
    assert "1 Zenda Liberation Front" in re.sub(r"\x1b\[[0-9;]*[mK]", "", narrow)
    screen.press("q")
    assert screen.ended() == 0


def test_a_review_that_is_stopped_loses_nothing(terminal, proposals):
    """Ctrl-C, a closed window, a power cut: the next review records what was decided."""
    screen = terminal()
    screen.wait_for("q quit")
    screen.press("s")
    screen.wait_for("1 decided")

    screen.process.send_signal(signal.SIGINT)
    screen.wait_for("1 decisions are on disk")
    assert screen.ended() == 130
    assert len(proposals()) == 2

    again = terminal()
    again.wait_for("1 judgements of a review that was cut off recorded as A. Person's: 1 same")
    again.wait_for("q quit")
    again.press("q")
    again.wait_for("nothing decided, nothing recorded")
    assert again.ended() == 0
    assert len(proposals()) == 1


def test_a_review_that_is_killed_loses_nothing(home, terminal, proposals):
    """What was written before the machine stopped is there after it."""
    journal = Journal.begin(home / "judging", "then", "B. Person")
    journal.add(Judged(left=FRONT[0], right=FRONT[1], verdict="different", grounds="invented"))
    journal._file.close()

    screen = terminal()
    screen.wait_for("1 judgements of a review that was cut off recorded as B. Person's: 1 different")
    screen.wait_for("q quit")
    screen.press("q")

    assert screen.ended() == 0
    assert FRONT not in proposals()
    assert list((home / "judging").iterdir()) == []
