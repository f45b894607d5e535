"""``analyze checks`` and ``check``: the catalogue, and one check run by hand."""

from __future__ import annotations

from typing import Annotated

import typer

from analyzer.cli_common import DataOption, HomeOption, OnlineOption, day, failed, opened, say_notices
from analyzer.cli_output import console_of
from analyzer.errors import AnalyzerError


def checks(name: Annotated[str | None, typer.Argument(help="Name of a check.")] = None) -> None:
    """List the catalogue of checks, or print the page of one."""
    from analyzer.checks import CHECKS, get

    try:
        if name is not None:
            typer.echo(get(name).page.strip())
            return
    except AnalyzerError as error:
        raise failed(error) from error
    for check in CHECKS.values():
        typer.echo(f"{check.name:22} {check.scale:9} {check.rule}")


def check(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name of a check; analyze checks lists them.")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="Blind after this day.")] = None,
    data: DataOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print the evidence as JSON.")] = False,
    home: HomeOption = None,
    online: OnlineOption = False,
) -> None:
    """Run one check by hand, without a model.

    For example: analyze check session_return --symbol NVDA --session 2025-01-27 --stated "minus 17 %"
    """
    from analyzer.extract.by_hand import parameters, with_symbols
    from analyzer.pipeline import check_by_hand
    from analyzer.report.explain import evidence_text

    with opened({"home": home, "data": tuple(data or ()), "online": online or None}, quiet=True) as workshop:
        seen = workshop.market.open()
        given, taken = with_symbols(
            parameters(name, context.args), workshop.catalogue, lambda symbol: seen.last_session(symbol) is not None
        )
        for sentence in taken:
            typer.echo(sentence, err=True)
        evidence = check_by_hand(name, given, workshop.market, day(as_of, "--as-of"))
        if json:
            typer.echo(evidence.model_dump_json(indent=1, exclude={"chart"}))
        else:
            console_of(workshop).print(evidence_text(evidence, workshop.market_used))
        say_notices(workshop, False)
