"""``tizim serve``."""

import socket
import sys
import threading
from contextlib import suppress

import click

from tizim.app import App
from tizim.cli.options import app, as_json, print_json
from tizim.errors import BadInput

HOST, PORT = "127.0.0.1", 8000


@click.command("serve")
@click.option("--host", metavar="HOST", default=HOST, show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=PORT,
    show_default=True,
    help="The port; 0 takes any that is free.",
)
@as_json
def command(host: str, port: int, json_: bool) -> None:
    """Serve the register as a site, until it is stopped; say where."""
    wired = app()
    wired.existing()
    serve(wired, host, port, json_=json_)


def serve(wired: App, host: str = HOST, port: int = PORT, *, json_: bool = False) -> None:
    """Serve the site and say where. Raises `BadInput` if nothing can listen there."""
    import uvicorn

    from tizim.api import application

    site = application(wired)
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise BadInput(
            f"nothing can listen at {host}, port {port}: {error.strerror or error}; choose another with --port"
        ) from None
    named = f"[{host}]" if ":" in host else host
    address = f"http://{named}:{listening.getsockname()[1]}/"
    if json_:
        print_json({"address": address})
        sys.stdout.flush()
    click.echo(f"Serving at {address} (Ctrl-C ends it)", err=True)
    threading.Thread(target=site.state.server.warm, daemon=True).start()
    config = uvicorn.Config(site, log_level="warning", access_log=False, server_header=False)
    with listening, suppress(KeyboardInterrupt):  # ending it is no failure
        uvicorn.Server(config).run(sockets=[listening])
