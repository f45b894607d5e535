"""``analyze forget ARTICLE``: text, vectors and cached replies of an article gone, for rights holders."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from analyzer.cli_common import HomeOption, opened
from analyzer.errors import InputError


def forget(
    article: Annotated[str, typer.Argument(help="Id, its beginning, the file, or the title.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    home: HomeOption = None,
) -> None:
    """Remove the text of an article, its vectors and the cached replies that quote it; its quotes and verdicts stay."""
    with opened({"home": home}, quiet=True) as workshop:
        from analyzer.forgetting import forget as remove
        from analyzer.report import words

        row = workshop.ledger.find_article(article)
        if row is None:
            raise InputError(
                f"{article!r} is not in the ledger ({workshop.ledger.place}). analyze claims lists what is."
            )
        name = words.one_line(" · ".join(filter(None, (row.title or row.source, row.author, row.outlet))))
        if not yes:
            if not sys.stdin.isatty():
                raise InputError(f"This removes the text of {name} ({row.id}) for good. Say so with --yes.")
            if not typer.confirm(f"Remove the text of {name} ({row.characters:,} characters, {row.id}) for good?"):
                typer.echo("Nothing was removed.")
                return
        done = remove(row, workshop)
        what = f"{done.characters:,} characters of text" if done.characters else "no text (it was forgotten before)"
        replies = "1 cached reply" if done.replies == 1 else f"{done.replies} cached replies"
        typer.echo(
            f"Removed of {name} ({row.id}): {what}, {words.plural(done.passages, 'passage')}, "
            f"{words.plural(done.vectors, 'vector')}, {replies}"
            f"{', ' + words.plural(done.requests, 'request') + ' of a batch' if done.requests else ''}. "
            "Its quotes and verdicts stay: analyze show, analyze claims."
        )  # fmt: skip
        for path in done.left:
            graph = path.is_relative_to(workshop.settings.home / "index")
            what_to_do = "analyze index --rebuild makes it anew" if graph else "Remove that file, or say what wrote it"
            typer.echo(f"analyze: some of the text is left in {path}. {what_to_do}.", err=True)
        if done.busy:
            typer.echo("analyze: another process has the ledger open; run the same again when it has ended.", err=True)
    raise typer.Exit(3 if done.left or done.busy else 0)
