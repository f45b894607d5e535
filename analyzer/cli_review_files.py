"""``analyze review export`` and ``import``: people's decisions as files, between machines and as gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli_common import DataOption, HomeOption, opened
from analyzer.errors import InputError

if TYPE_CHECKING:
    from analyzer.model import ClaimResult, Noun, Report
    from analyzer.pipeline import Workshop
    from analyzer.stats.agreement import Agreement

app = typer.Typer(help="People's decisions as files.", no_args_is_help=True, rich_markup_mode=None)


@app.command("export")
def export_reviews(
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write to this file instead of stdout.")] = None,
    gold: Annotated[
        Path | None,
        typer.Option("--gold", metavar="FOLDER", help="Write wholly reviewed articles as gold for analyze eval."),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Write what people decided, changed and signed off as JSON lines, and say how far reviewers agree (Cohen's
    kappa)."""
    with opened({"home": home}, quiet=True, reading=True) as workshop:
        from analyzer.reviews.amended import amendment_lines
        from analyzer.reviews.lines import agreement, reviewed_reports
        from analyzer.reviews.sign_offs import sign_off_lines

        found = list(reviewed_reports(workshop.ledger))
        others = [*amendment_lines(workshop.ledger), *sign_off_lines(workshop.ledger)]
        if not found and not others:
            raise InputError(
                f"The ledger {workshop.ledger.place} holds no decision. Review claims with: analyze review"
            )
        if gold is not None:
            _write_gold(found, gold, workshop)
        if gold is None or out is not None:
            _write_lines(found, others, out)
        for line in agreement_lines(agreement(claim for _, claims in found for claim in claims)):
            typer.echo(line, err=True)


@app.command("import")
def import_reviews(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What export wrote.")],
    unattached: Annotated[
        Path | None, typer.Option("--unattached", metavar="FILE", help="Write what is not taken in to it.")
    ] = None,
    data: DataOption = None,
    home: HomeOption = None,
) -> None:
    """Add what a file holds to the ledger; changed trials are computed again. What finds no claim, or is not what its
    data give, is listed, and the exit code is then 3."""
    with opened({"home": home, "data": tuple(data or ())}, quiet=True) as workshop:
        from analyzer.report.words import one_line
        from analyzer.reviews import amended, attaching, sign_offs
        from analyzer.reviews.lines import read_lines

        ledger = workshop.ledger
        changes = amended.sort(amended.read_amendments(file), ledger, lambda: workshop.market)
        decided = attaching.sort(read_lines(file), ledger, {one.claim for one in changes.added})
        signed = sign_offs.sort(sign_offs.read_sign_offs(file), ledger)
        for change in changes.added:
            ledger.add_amendment(change)
        for review in decided.added:
            ledger.add_review(review)
        for one in signed.added:
            ledger.add_sign_off(one)
        for line in (*attaching.summary(decided), *amended.summary(changes), *sign_offs.summary(signed)):
            typer.echo(one_line(line))
        homeless = (*decided.unattached, *changes.homeless, *signed.unattached)
        if unattached is not None:
            _save(unattached, (line.model_dump_json() + "\n" for line in homeless))
        if homeless:
            if unattached is None:
                typer.echo("Analyse these articles here and import again; --unattached FILE keeps the rest.", err=True)
            raise typer.Exit(3)


def _write_lines(
    found: Iterable[tuple[Report, tuple[ClaimResult, ...]]], others: Sequence[Noun], out: Path | None
) -> None:
    from analyzer.reviews.lines import lines

    decided = (line for report, claims in found for line in lines(report, claims))
    texts = (line.model_dump_json() + "\n" for line in chain(decided, others))
    if out is None:
        for text in texts:
            typer.echo(text, nl=False)
    else:
        _save(out, texts)


def _write_gold(found: Iterable[tuple[Report, tuple[ClaimResult, ...]]], folder: Path, workshop: Workshop) -> None:
    from analyzer.reviews.gold import write_gold

    # A claim may stand in an older run only; gold is what the newest one found. Of an article in which nothing was
    # found somebody may have said that there is nothing.
    ledger = workshop.ledger
    ids = dict.fromkeys([*(report.article.id for report, _ in found), *(one.article for one in ledger.sign_offs())])
    newest = [report for article in ids for report in ledger.reports([article], extracted=True)]
    outdated = {id for id in ids if (seen := ledger.review_desk.open(id)).unattached or seen.gone}
    written = write_gold([(report, ledger.text_of(report.article.id)) for report in newest], folder, outdated)
    typer.echo(f"{len(written.names)} gold articles in {folder}: analyze eval {folder}", err=True)
    if written.open:
        typer.echo(
            f"{len(written.open)} of them do not count for precision: nobody has signed off that nothing is missing in "
            f"the newest reading ({', '.join(written.open)})",
            err=True,
        )
    for source, why in written.left_out.items():
        typer.echo(f"left out: {source}: {why}", err=True)


def agreement_lines(found: dict[tuple[str, str], Agreement]) -> Iterator[str]:
    """How far each two reviewers agree, for people."""
    from analyzer.report.words import one_line

    if not found:
        yield "No claim was decided by two reviewers, so there is no agreement to measure."
    for (one, other), seen in found.items():
        said = "not defined, since both gave one and the same label throughout"
        kappa = said if seen.kappa is None else f"{seen.kappa:.2f}"
        claims = f"{seen.alike} of {seen.nobs} claims alike"
        yield one_line(f"{one} and {other}: {claims}, {seen.expected:.0%} expected by chance; Cohen's kappa {kappa}")


def _save(path: Path, texts: Iterable[str]) -> None:
    """The file appears whole or not at all."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as stream:
            stream.writelines(texts)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"{path} cannot be written: {error.strerror}. Choose another file.") from error
