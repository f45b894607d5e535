"""What people had tested otherwise, in the same files as their decisions: lines with ``amendment``.

A change carries verdicts, and a verdict is only ever computed: each is computed again where it arrives. What the data
there contradict is not taken in; what rests on data that are not there is, and marked by ``analyze verify``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from analyzer.errors import InputError
from analyzer.market.market import Market
from analyzer.model import Amendment, Kind, Noun, Report, content_id, seal_of
from analyzer.reviews.arriving import Arrived, Here, Reports, arrived, heir, moved_and_lost, read, short, slips_in
from analyzer.store.ledger import Ledger
from analyzer.verification.amended import amendment_compared
from analyzer.verification.comparing import Compared


class AmendmentLine(Noun):
    """One change. ``start`` to ``figures`` are of the claim that was changed, in code points of the text whose hash is
    ``text_sha256``; ``quote`` is for people; ``seal`` as of a report."""

    amendment: Amendment
    source: str
    text_sha256: str
    start: int
    end: int
    kind: Kind
    figures: tuple[str, ...] = ()
    quote: str
    seal: str = ""


@dataclass
class Recomputed(Arrived[AmendmentLine, Amendment]):
    """What became of the changes of a file."""

    contradicted: list[tuple[AmendmentLine, Compared]] = field(default_factory=list)
    """Those that are not what their data give, with the first place where they are not."""
    other_data: list[AmendmentLine] = field(default_factory=list)
    """Those of ``added`` that could be neither confirmed nor contradicted."""

    @property
    def homeless(self) -> tuple[AmendmentLine, ...]:
        return (*self.unattached, *(line for line, _ in self.contradicted))


def amendment_lines(ledger: Ledger) -> Iterator[AmendmentLine]:
    """Every change of the ledger, oldest first."""
    reports, found = Reports(ledger), ledger.amendments()
    quotes = {one.id: one.reading.quote for one, _ in found if one.reading is not None}
    for one, place in found:
        report = reports.of(one.article)
        if report is None:
            continue
        line = AmendmentLine.model_validate({
            "amendment": one, "source": report.article.source, "text_sha256": report.article.text_sha256,
            "start": place.start, "end": place.end, "kind": place.kind, "figures": place.figures,
            "quote": quotes.get(one.id) or quotes.get(one.undoes or "", ""),
        })  # fmt: skip
        yield line.model_copy(update={"seal": seal_of(line.model_dump(mode="json"))})


def read_amendments(path: Path) -> tuple[AmendmentLine, ...]:
    """The changes of a file; its other lines are something else. InputError names the line that is wrong."""
    return read(path, "amendment", _line)


def _line(where: str, text: str) -> AmendmentLine:
    content: dict[str, Any] = json.loads(text)
    try:
        line = AmendmentLine.model_validate(content)
    except ValidationError as error:
        raise InputError(f"{where} is no change of analyze review export: {slips_in(error)}.") from error
    if line.seal != seal_of(content):
        raise InputError(
            f"{where}: this change of {line.amendment.reviewer} was altered after it was written, or "
            "something else wrote it. Export it again. Nothing was imported."
        )
    return line


def sort(lines: Sequence[AmendmentLine], ledger: Ledger, market: Callable[[], Market]) -> Recomputed:
    """What is to become of the changes; each that is new here is computed again on ``market``."""
    reports, arriving = Reports(ledger), set[str]()

    def here(line: AmendmentLine) -> Here[Amendment] | None:
        one, report = line.amendment, reports.of(line.amendment.article)
        if report is None or report.article.text_sha256 != line.text_sha256:
            return None
        if one.change == "claim":
            arriving.add(one.claim)
        if one.claim in arriving or ledger.has_claim(one.claim):
            return Here(one)
        claim = heir(line, report)
        return None if claim is None else Here(_moved(one, claim.id), claim)

    def changed(one: Amendment) -> str:
        what = f"The change {one.id} of {one.reviewer} is another one in {ledger.place}."
        return f"{what} Changes are appended and never altered: who thinks better of one takes it back."

    known = {one.id: one for one, _ in ledger.amendments()}
    found = arrived(lines, known, here, changed)
    result = Recomputed(found.added, found.held, found.followed, found.unattached)
    _recompute(result, {_moved_id(line, found): line for line in lines}, reports, market)
    return result


def _moved(one: Amendment, claim: str) -> Amendment:
    """The change on the other claim, with an id of its own, which is the same at every import."""
    undoes = content_id("amendment", one.undoes, claim) if one.undoes else None
    return one.model_copy(update={"claim": claim, "id": content_id("amendment", one.id, claim), "undoes": undoes})


def _moved_id(line: AmendmentLine, found: Arrived[AmendmentLine, Amendment]) -> str:
    claim = next((claim.id for one, claim in found.followed if one is line), None)
    return line.amendment.id if claim is None else _moved(line.amendment, claim).id


def _recompute(
    found: Recomputed, lines: dict[str, AmendmentLine], reports: Reports, market: Callable[[], Market]
) -> None:
    """Take out of ``added`` what its own data contradict, with what is of a claim that was to be added by it, and note
    what could not be computed again."""
    added, found.added = found.added, []
    missing: set[str] = set()
    for one in added:
        line, report = lines[one.id], reports.of(one.article)
        if one.claim in missing:
            found.unattached.append(line)
            continue
        wrong = _wrong(line, one, report, market) if report is not None and one.reading is not None else []
        contradicted = next((each for each in wrong if each.cause == "report"), None)
        if contradicted is not None:
            found.contradicted.append((line, contradicted))
            missing |= {one.claim} if one.change == "claim" else set()
            continue
        found.added.append(one)
        if wrong:
            found.other_data.append(line)


def _wrong(line: AmendmentLine, one: Amendment, report: Report, market: Callable[[], Market]) -> list[Compared]:
    raw = line.amendment.model_dump(mode="json")
    return list(amendment_compared(raw, one, report, market(), one.claim, intact=True).differences)


def summary(found: Recomputed) -> Iterable[str]:
    """What became of them, a line each where it matters; nothing for a file without any."""
    if found.added or found.held or found.homeless:
        counted = f"{len(found.added)} added, {len(found.held)} held already, {len(found.unattached)}"
        yield f"changes: {counted} without a claim here, {len(found.contradicted)} not what their data give"
    yield from moved_and_lost(
        found, lambda line: f"a change of {line.amendment.reviewer}", lambda line: line.amendment.article
    )
    for line, one in found.contradicted:
        said = f"{one.where}, {one.field}: the file {one.said}, recomputed {one.found}"
        yield f"not what its data give: on “{short(line.quote)}”, {said}"
    if found.other_data:
        yield (
            f"{len(found.other_data)} of them rest on data, or stand beside claims, that are others here: taken in as "
            "they are. Give --data FOLDER as the page had it to have them computed again."
        )
