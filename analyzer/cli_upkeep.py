"""``analyze index`` and ``doctor``: the state of what is kept and configured."""

from __future__ import annotations

from typing import Annotated

import typer

from analyzer.cli_common import DataOption, HomeOption, opened


def index(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make it anew from the ledger.")] = False,
    home: HomeOption = None,
) -> None:
    """Say what the index of passages and claims holds, or make it anew."""
    from analyzer.store.examples import examples_of

    with opened({"home": home}, quiet=True) as workshop:
        if rebuild:
            workshop.ledger.rebuild_words()
            workshop.index.rebuild(workshop.ledger)
            workshop.index.sync_instruments(workshop.instrument_texts)
            workshop.index.sync_examples(examples_of(workshop.ledger))
        for name, entries in workshop.index.counts().items():
            typer.echo(f"{name:12} {entries}")


def doctor(home: HomeOption = None, data: DataOption = None) -> None:
    """Say what is configured, what is missing, and what to type."""
    from analyzer.report.doctor import findings

    with opened({"home": home, "data": tuple(data or ())}, quiet=True) as workshop:
        lines = findings(workshop.settings, workshop.market, workshop.catalogue)
        for line in lines:
            typer.echo(line)
