"""``tizim mcp``."""

from typing import TYPE_CHECKING

import click

from tizim.cli.options import app, print_json
from tizim.errors import NotSupported

if TYPE_CHECKING:
    from tizim.app import App


@click.command("mcp")
@click.option(
    "--json", "json_", is_flag=True, help="Only print the tools, with the schemas of their arguments, as JSON."
)
def command(json_: bool) -> None:
    """Answer a program that speaks the Model Context Protocol on standard input and output, until it ends.

    Its tools are ask, match, history, audit, lists and changes: what the commands of those names print with --json.
    They read and never write. Over HTTP the same tools stand at /mcp of 'tizim serve --mcp'.
    """
    if json_:
        from tizim.api.tools import TOOLS

        print_json([one.told() for one in TOOLS.values()])
        return
    needed()
    wired = app()
    wired.existing()
    import asyncio

    asyncio.run(_answer(wired))


def needed() -> None:
    """Raise `NotSupported` where the extra is not installed."""
    from importlib.util import find_spec

    if find_spec("mcp") is None:
        raise NotSupported("the Model Context Protocol needs the extra 'mcp': pip install 'tizim[mcp]'")


async def _answer(wired: "App") -> None:
    import asyncio

    from mcp.server.stdio import stdio_server

    from tizim.api.tools import Asker, Tools
    from tizim.api.tools.protocol import server

    tools = Tools(at_head=wired.at_head, decisions=wired.last_decisions)
    made = server(Asker(tools=tools, beside=asyncio.to_thread))
    async with stdio_server() as (receive, send):
        await made.run(receive, send, made.create_initialization_options())
