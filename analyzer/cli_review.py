"""``analyze review``: serve the review page on this machine until it is interrupted."""

from __future__ import annotations

import getpass
from threading import Event, Thread
from typing import Annotated

import typer

from analyzer.cli_common import DataOption, HomeOption, OnlineOption, answering
from analyzer.errors import InputError

HELP = """Read, judge and correct the tables of the ledger on a local web page.

Without a word it serves the page; export and import move decisions between machines."""


def review(
    context: typer.Context,
    home: HomeOption = None,
    data: DataOption = None,
    online: OnlineOption = False,
    model: Annotated[
        str | None, typer.Option("--model", help="provider:name, or rules: who reads what is given in on the page.")
    ] = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = 0,
    allow_network: Annotated[
        bool, typer.Option("--allow-network", help="Let --host name an address that other machines reach.")
    ] = False,
    reviewer: Annotated[
        str | None, typer.Option("--reviewer", metavar="NAME", help="Name that decisions carry; else the user's.")
    ] = None,
    links: Annotated[
        int, typer.Option("--links", min=1, max=100, help="How many links are printed, each for one browser.")
    ] = 1,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
) -> None:
    """Serve the page, unless a word behind ``review`` does something else."""
    with answering():
        if context.invoked_subcommand is not None:
            _refuse_options_before(context)
            return
        from analyzer import config
        from analyzer.pipeline import Workshop
        from analyzer.store.ledger import Ledger
        from analyzer.web import server
        from analyzer.web.app import create_app
        from analyzer.web.preferences import reviewer_name
        from analyzer.web.sessions import Sessions

        settings = config.load(home=home, data=tuple(data or ()), online=online or None, model=model)
        workshop = Workshop(settings)
        if data:
            workshop.market  # noqa: B018  a folder that is not there is said before the page is served
        sessions = Sessions(reviewer_name(_user() if reviewer is None else reviewer))
        listening, address = server.bind(host, port, allow_network=allow_network)
        with listening, Ledger.open(settings.home, settings.ledger_url) as ledger:
            urls = [server.link(address, sessions.new_link()) for _ in range(links)]

            def announce() -> None:
                for url in urls:
                    typer.echo(f"Review page, for one browser: {url}")
                typer.echo("Ctrl-C closes it; every decision is in the ledger the moment it is made.", err=True)
                warming.start()
                if browser:
                    Thread(target=server.open_browser, args=(urls[0],), daemon=True).start()

            app, closing = create_app(ledger, address, sessions, workshop), Event()
            warming = Thread(target=server.warm_up, args=(workshop, app.state.corpus, closing), daemon=True)
            try:
                server.make_server(app, announce).run(sockets=[listening])
            except KeyboardInterrupt:
                typer.echo("Closed.", err=True)
            finally:
                app.state.workbench.close()
                closing.set()
                if warming.is_alive():  # a library that is being loaded does not survive the end of the interpreter
                    warming.join()


def _refuse_options_before(context: typer.Context) -> None:
    """``analyze review --home FOLDER export`` would read another home than the one that it names."""
    given = [name for name in context.params if _is_given(context, name)]
    if given:
        word = context.invoked_subcommand
        options = ", ".join(f"--{name.replace('_', '-')}" for name in given)
        raise InputError(f"{options} stands before {word}. Write it behind: analyze review {word} …")


def _is_given(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _user() -> str:
    """The user of this machine; one without a name has to give one."""
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise InputError("This machine's user has no name. Give one with --reviewer NAME.") from error
