"""The group of commands, loaded one by one so that ``--help`` is quick, and the exit codes."""

import importlib
import os
import sys
from collections.abc import Sequence

import click

from tizim import __version__
from tizim.errors import BadInput, Busy, NotSupported, SourceProblem, TizimError

COMMANDS = {
    "up": ("up", "Create the register, fill it from the starter, show the first audit."),
    "keep": ("keep", "Keep documents of a source: archive, read, report what is new."),
    "update": ("update", "Fetch the newest documents of the sources and keep them."),
    "sources": ("sources", "The sources: who publishes what where, and the newest document of each."),
    "show": ("show", "Members of a list, as of a day, as known."),
    "diff": ("diff", "What changed on a list between two days."),
    "history": ("history", "All periods of a subject on every list."),
    "ask": ("ask", "Was this subject on that list? The answer in parts."),
    "match": ("match", "Who may a name be among those on lists on a day? Scores and why."),
    "screen": ("screen", "Which customers in a file may be on a list? CSV, JSON lines or Parquet, in and out."),
    "watch": ("watch", "Customers entered once, and what lists change of who they may be: add, run, told."),
    "hooks": ("hooks", "Who is told of matches and bulletins by webhook or e-mail, and what waits to be sent."),
    "resolve": ("resolve", "Which records on different lists are the same subject? Proposals and judgements."),
    "due": ("due", "Reviews due and overdue, and listings that expire, by the rules in force on a day."),
    "lists": ("lists", "The lists, who decides, and how old what is held is."),
    "audit": ("audit", "One list against another: what is extra, missing, expired, differing."),
    "impact": ("impact", "What a decision would touch: other lists, associates, measures."),
    "decide": ("decide", "Enter a decision about a listing, with its basis."),
    "decisions": ("decisions", "The decisions entered, and those that wait for a second person."),
    "claims": ("claims", "What articles claim, by act; confirm, reject or set aside a claim."),
    "news": ("news", "Outlets that are followed by their feeds."),
    "bulletin": ("bulletin", "Short texts about acts and changes: propose, draft, approve, publish, correct."),
    "read": ("read", "Read an article: what it says of lists, who says it, in which words."),
    "check-translation": ("check_translation", "Is a translation fit to be published? What differs from its source."),
    "serve": ("serve", "Serve the register as a site, in many languages."),
    "mcp": ("mcp", "Answer a program that speaks the Model Context Protocol: the same answers, as tools."),
    "key": ("key", "Keys of the interface over HTTP: make, list, revoke."),
    "policy": ("policy", "What screening is to do: propose, approve, show, list."),
    "clear": ("clear", "That a customer is not a listed entity: enter, list, end."),
    "screenings": ("screenings", "What a service was asked and answered: list, show, delete."),
    "replay": ("replay", "Ask again what was screened: the same answer, or what changed and why."),
    "publish": ("publish", "Write the whole site as files, and only what has changed."),
    "export": ("export", "Write who is on which list, of any date, as data for other programs."),
    "dossier": ("dossier", "Write what is known of a subject as a PDF."),
    "verify": ("verify", "Prove the hash chain; print its head."),
    "rebuild": ("rebuild", "Make every projection anew from the log."),
    "withhold": ("withhold", "Withhold a value by an act; its place and mark stay."),
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"tizim.cli.{COMMANDS[cmd_name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="tizim")
def tizim() -> None:
    """The open register of who is on which terrorist or sanctions list, since when, and on whose word."""


def exit_code(error: TizimError) -> int:
    """The exit code of an error, by whose turn it is."""
    if isinstance(error, BadInput | NotSupported):
        return 2
    if isinstance(error, SourceProblem):
        return 3
    return 4 if isinstance(error, Busy) else 1


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    try:
        # click returns the code of a command that ended with Exit, and whatever else a command returns.
        code = tizim.main(args=None if arguments is None else list(arguments), standalone_mode=False)
        sys.stdout.flush()
    except TizimError as error:
        _say(str(error))
        sys.exit(exit_code(error))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help())
        sys.exit(2)
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "tizim"
        _say(f"{error.format_message()} (see '{where} --help')")
        sys.exit(2)
    except click.ClickException as error:
        _say(error.format_message())
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        _say("stopped")
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output has had enough: nothing is wrong, and nothing more can be printed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # the door: whatever was not foreseen is our fault, in one line
        bytes_only = [one for one in (sys.argv[1:] if arguments is None else arguments) if not _is_text(one)]
        if isinstance(error, UnicodeEncodeError) and bytes_only:
            _say(f"{bytes_only[0]} is no text in UTF-8")
            sys.exit(2)
        if os.environ.get("TIZIM_TRACEBACK"):
            raise
        _say(f"our fault: {type(error).__name__}: {error} (TIZIM_TRACEBACK=1 shows where)")
        sys.exit(1)
    if isinstance(code, int) and code:
        sys.exit(code)


def _is_text(argument: str) -> bool:
    """Whether an argument is text; the bytes of one that is not come as halves of signs."""
    return not any("\ud800" <= sign <= "\udfff" for sign in argument)


def _say(text: str) -> None:
    """One line on stderr; characters that steer a terminal are shown by their numbers."""
    line = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in " ".join(text.split()))
    sys.stderr.write(f"tizim: {line}\n")
