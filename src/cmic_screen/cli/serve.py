"""`serve`: the page on this machine."""

from __future__ import annotations

import ipaddress
import os
import socket
from typing import Annotated

import typer

from cmic_screen.cli.common import say
from cmic_screen.errors import UsageError, words_of

CONNECTIONS = 300
"""Connections at one time; one more is told to come back (503), so that idle ones cannot use up the machine's."""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: cmic-screen serve --open --reviewer ana --reviewer bo")(serve)


def serve(
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Port; 0 takes a free one.")] = 8599,
    host: Annotated[
        str, typer.Option(help="Address; any but this machine's own needs CMIC_PAGE_PASSWORD set.")
    ] = "127.0.0.1",
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    reviewer: Annotated[
        list[str] | None, typer.Option(help="A named reviewer with a start address of their own.")
    ] = None,
) -> None:
    """Open the page: upload, understand, decide, download. Bound to this machine; stops with Ctrl-C."""
    try:
        import uvicorn

        from cmic_screen.web.access import Access
        from cmic_screen.web.app import create_app
        from cmic_screen.web.memory import settle
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "cmic_screen":
            raise  # a broken installation of ours: no extra mends that
        raise UsageError(
            f"the page needs the extra `web` ({error.name} is not installed).",
            do="Install it where the program is: pip install 'cmic-screen[web]', in a clone pip install -e '.[web]'.",
        ) from error
    from cmic_screen.settings import load_settings

    password = os.environ.get("CMIC_PAGE_PASSWORD", "")
    address = own_address(host, guarded=bool(password))
    settle()
    with socket.socket(socket.AF_INET6 if address.version == 6 else socket.AF_INET) as listening:
        listen(listening, host, port)
        port = listening.getsockname()[1]
        place = f"[{host}]:{port}" if address.version == 6 else f"{host}:{port}"
        hosts = frozenset({place, f"localhost:{port}"} if address.is_loopback else {place})
        access = Access.drawn(tuple(reviewer or ()), password=password, port=port)
        addresses = {name: f"http://{place}/?token={token}" for name, token in access.tokens.items()}
        for name, start in addresses.items():
            typer.echo(f"{name or 'adviser'}: {start}")
        say("Stop with Ctrl-C. The addresses hold tokens: give each to its own person; nobody is authenticated.")
        if open_:
            typer.launch(addresses[""])
        settings = load_settings()
        app = create_app(settings, access, hosts, warmed=True)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, limit_concurrency=CONNECTIONS
        )
        uvicorn.Server(config).run(sockets=[listening])


def own_address(host: str, *, guarded: bool) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The address to bind. UsageError where it is none, is every address at once, or is open to others unguarded."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError as error:
        raise UsageError(f"{host!r} is no IP address.", do="Leave --host out for this machine alone.") from error
    if not address.is_loopback and not guarded:
        raise UsageError(
            f"{host} is not this machine's own address.", why="Others on the network could reach clients' holdings.",
            do="Set a password in CMIC_PAGE_PASSWORD, or leave --host out.",
        )  # fmt: skip
    if address.is_unspecified:
        raise UsageError(
            f"{host} stands for every address of this machine.", why="A page answers only under a name it knows.",
            do="Name the one address that others reach this machine by.",
        )  # fmt: skip
    return address


def listen(listening: socket.socket, host: str, port: int) -> None:
    """Take the port now: the printed address must answer at once, however long the start takes. UsageError if taken."""
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        raise UsageError(f"port {port} is taken ({words_of(error)}).", do="Name another with --port.") from error
