"""``tizim mcp``."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from tizim.errors import NotSupported

if TYPE_CHECKING:
    from tizim.api.tools import Asker
    from tizim.app import App
    from tizim.settings import Settings

_FILE: Final = "sqlite:///"


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
        from tizim.cli.options import print_json

        print_json([one.told() for one in TOOLS.values()])
        return
    needed()
    from tizim.settings import Settings

    settings = Settings.read()
    if settings.register_url.startswith(_FILE) and not Path(settings.register_url.removeprefix(_FILE)).exists():
        from tizim.cli.options import app

        app().existing()  # says what is missing, and what to do
    import asyncio

    asyncio.run(_answer(settings))


def needed() -> None:
    """Raise `NotSupported` where the extra is not installed."""
    from importlib.util import find_spec

    if find_spec("mcp") is None:
        raise NotSupported("the Model Context Protocol needs the extra 'mcp': pip install 'tizim[mcp]'")


async def _answer(settings: "Settings") -> None:
    """Answer until the other side ends. The register is opened when the tools have been listed, or one is asked: a
    client waits for the first word of a program, and then thinks for a while.
    """
    from mcp.server.stdio import stdio_server

    from tizim.api.tools.opening import Opening
    from tizim.api.tools.protocol import server

    opened: list[App] = []

    def opens() -> "Asker":
        wired = _opened(settings)
        opened.append(wired)
        return _asker(wired)

    opening = Opening(opens)
    made = server(opening, listed=opening.begin)
    try:
        async with stdio_server() as (receive, send):
            await made.run(receive, send, made.create_initialization_options())
    finally:
        opening.close()
        for wired in opened:
            wired.close()


def _opened(settings: "Settings") -> "App":
    """The register, which must be there. Raises `NoRegister`."""
    from tizim.app import App

    wired = App(settings)
    try:
        wired.existing()
    except BaseException:
        wired.close()
        raise
    return wired


def _asker(wired: "App") -> "Asker":
    import asyncio

    from tizim.api.tools import Asker, Tools

    tools = Tools(at_head=wired.at_head, decisions=wired.last_decisions)
    return Asker(tools=tools, beside=asyncio.to_thread)
