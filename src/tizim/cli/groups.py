"""Commands that ask when they are given no verb: ``tizim claims taliban`` and ``tizim claims confirm ID``."""

from collections.abc import Callable
from typing import Any

import click


class AsksByItself(click.Group):
    """A group with one command that is meant where no other is named; the group's help is that command's too."""

    meant = ""
    """the name of the command that is meant"""

    def default(self, command: click.Command) -> click.Command:
        """*command* is the one that is meant."""
        self.add_command(command)
        self.meant = str(command.name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = [self.meant, *args]
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        own = self.commands[self.meant]
        return own.collect_usage_pieces(click.Context(own, parent=ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own = self.commands[self.meant]
        click.Command.format_options(own, click.Context(own, parent=ctx), formatter)
        verbs = [(name, one.get_short_help_str(200)) for name, one in sorted(self.commands.items()) if not one.hidden]
        with formatter.section("Commands"):
            formatter.write_dl(verbs)


def group(name: str) -> Callable[[Callable[..., Any]], AsksByItself]:
    """Decorates a function into such a group."""

    def made(function: Callable[..., Any]) -> AsksByItself:
        return click.group(name, cls=AsksByItself)(function)

    return made
