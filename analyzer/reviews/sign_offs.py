"""People's words on whole articles, in the same files as their decisions on claims: lines with ``sign_off``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from analyzer.errors import InputError
from analyzer.model import Noun, SignOff
from analyzer.reviews.arriving import Arrived, Here, arrived, read, slips_in
from analyzer.store.ledger import Ledger


class SignOffLine(Noun):
    """One sign-off, with what tells people which article it is of."""

    sign_off: SignOff
    source: str
    title: str | None = None


Sorted = Arrived[SignOffLine, SignOff]


def sign_off_lines(ledger: Ledger) -> Iterator[SignOffLine]:
    """Every sign-off of the ledger, oldest first."""
    said = ledger.sign_offs()
    articles = {one.id: one for one in ledger.articles()} if said else {}
    for one in said:
        article = articles[one.article]
        yield SignOffLine(sign_off=one, source=article.source, title=article.title)


def read_sign_offs(path: Path) -> tuple[SignOffLine, ...]:
    """The sign-offs of a file; its other lines are decisions. InputError names the line that is wrong."""
    return read(path, "sign_off", _line)


def _line(where: str, text: str) -> SignOffLine:
    try:
        return SignOffLine.model_validate_json(text)
    except ValidationError as error:
        raise InputError(f"{where} is no sign-off of analyze review export: {slips_in(error)}.") from error


def sort(lines: Sequence[SignOffLine], ledger: Ledger) -> Sorted:
    """Which of them are new here. InputError where one has the id of another: it was changed, and they never are."""

    def here(line: SignOffLine) -> Here[SignOff] | None:
        return Here(line.sign_off) if ledger.has_article(line.sign_off.article) else None

    def changed(one: SignOff) -> str:
        what = f"The sign-off {one.id} of {one.reviewer} is another one in {ledger.place}."
        return f"{what} They are never changed: who thinks better of one appends a new one."

    return arrived(lines, {one.id: one for one in ledger.sign_offs()}, here, changed)


def summary(found: Sorted) -> Iterable[str]:
    """What became of them, a line each where it matters; nothing for a file without any."""
    if found.added or found.held or found.unattached:
        counted = f"{len(found.added)} added, {len(found.held)} held already, {len(found.unattached)}"
        yield f"sign-offs: {counted} without an article here"
    for line in found.unattached:
        yield f"unattached: {line.sign_off.reviewer} on the article {line.title or line.source} as a whole"
