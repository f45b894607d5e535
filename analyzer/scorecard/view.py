"""A scorecard on the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analyzer.report import words
from analyzer.scorecard.cards import FEWEST, Card, Rate, Scorecard
from analyzer.scorecard.counting import DECIDED, WHY_NOT, Counted, LeftOut

SHOWN = 20
"""Claims of a group that are listed on a terminal."""
RULES = (
    "Counted: asserted by the author, supported, mixed or refuted (a review goes before the machine). Hit rate: "
    "supported among the counted, with Wilson's 95 % interval of each row alone. Forecasts that came true stand before "
    "those that would have by their base rates; skill is 0 for as many, 1 for all. Who is picked from many rows for "
    "the best of them is likely to have been lucky."
)


NAME = 18
"""Characters of a name that the table has room for in any case."""


def scorecard_view(card: Scorecard, show: int = SHOWN, *, excluded: bool = False) -> RenderableType:
    """``excluded``: also every claim that does not count, under its reason."""
    shown = [one for one in card.cards if one.counted]
    parts: list[RenderableType] = [Text(headline(card), style="bold")]
    if shown:
        parts.append(_table(card, shown))
        parts += [part for one in shown for part in _details(one, show)]
    parts += [*_left_out(card, excluded), Text(RULES, style="dim")]
    return Group(*parts)


def headline(card: Scorecard) -> str:
    counted = sum(one.counted for one in card.cards)
    return f"{words.plural(counted, 'claim')} counted of {card.seen:,} in the ledger, by {card.by}"


def _table(card: Scorecard, shown: list[Card]) -> Table:
    """Without the columns of forecasts where none is resolved."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(card.by, overflow="fold", min_width=min(NAME, max(len(name_of(one)) for one in shown)))
    for name in ("counted", "✓", "≈", "✗"):
        table.add_column(name, justify="right", no_wrap=True)
    columns = [("hit rate (95 %)", [per_cent(one.rate) or f"under {FEWEST}" for one in shown])]
    columns += [("forecasts true", [forecasts_said(one) for one in shown])]
    columns += [("skill (95 %)", [with_sign(one.forecasts.skill) for one in shown])]
    filled = [(name, cells) for name, cells in columns if any(cells)]
    for name, _ in filled:
        table.add_column(name)  # an interval may stand on a second line, before a name gives way
    for i, one in enumerate(shown):
        labels = (str(one.labels[label]) for label in DECIDED)
        table.add_row(words.one_line(name_of(one)), str(one.counted), *labels, *(cells[i] for _, cells in filled))
    return table


def name_of(card: Card) -> str:
    return card.name.replace("_", " ")


def per_cent(rate: Rate | None) -> str:
    """ "64 % (45 to 80)"; nothing without a rate."""
    return "" if rate is None else f"{100 * rate.share:.0f} % ({100 * rate.low:.0f} to {100 * rate.high:.0f})"


def with_sign(rate: Rate | None) -> str:
    """ "+0.12 (−0.20 to +0.41)"."""
    return "" if rate is None else f"{rate.share:+.2f} ({rate.low:+.2f} to {rate.high:+.2f})".replace("-", "−")


def forecasts_said(card: Card) -> str:
    """ "12 of 31 (14.2)": how many came true, and how many would have by their base rates."""
    found = card.forecasts
    if not found.n:
        return ""
    expected = "" if found.expected is None else f" ({found.expected:.1f})"
    return f"{found.came_true} of {found.n}{expected}"


def further(card: Card) -> Iterator[str]:
    """What the table has no room for, in sentences."""
    found = card.forecasts
    if card.partly is not None and card.labels["mixed"]:
        yield f"supported or mixed: {per_cent(card.partly)}"
    if card.facts is not None and found.n:
        yield f"facts alone: {per_cent(card.facts)}"
    if found.rate is not None and found.weighted is not None:
        yield (
            f"forecasts: {per_cent(found.rate)} came true; weighted by horizon and specificity "
            f"{per_cent(found.weighted)}"
        )
    if found.brier is not None and found.brier_base is not None:
        gain = "" if found.brier_skill is None else f", skill {found.brier_skill:+.2f}".replace("-", "−")
        yield (
            f"Brier score {found.brier:.3f}, of the base rates {found.brier_base:.3f}{gain} "
            f"({found.with_probability} with a probability in the text, the others taken at 100 %)"
        )
    if len(card.by_modality) > 1:
        parts = (f"{m} {right} of {n}{_bracket(rate)}" for m, (n, right, rate) in card.by_modality.items())
        yield f"supported, by how it was said: {'; '.join(parts)}"


def _bracket(rate: Rate | None) -> str:
    return "" if rate is None else f" = {per_cent(rate)}"


def _details(card: Card, show: int) -> Iterator[RenderableType]:
    lines = [*further(card), *card.warnings]
    listed = card.claims[:show] if card.counted < FEWEST else ()
    if not lines and not listed:
        return
    yield Text(words.one_line(name_of(card)), style="bold")
    yield from (_indented(Text(line)) for line in lines)
    yield from (_indented(_claim(one)) for one in listed)
    if len(card.claims) > len(listed) and listed:
        yield _indented(Text(f"and {len(card.claims) - len(listed)} more (--show N)"))
    yield Text("")


def _claim(one: Counted) -> Text:
    text = Text(f"{words.SIGNS[one.label]} {words.WORDS[one.label]} ", style=words.COLOURS[one.label])
    day = f"{one.published} " if one.published else ""
    reviewed = " (reviewed)" if one.reviewed else ""
    return text.append(f"{day}{one.claim[:8]} “{words.one_line(one.quote)}”{reviewed}", "default")


def left_out(card: Scorecard) -> list[tuple[str, list[LeftOut]]]:
    """What was left out, by its reason in words, the most first."""
    by_reason: dict[str, list[LeftOut]] = {}
    for one in card.left_out:
        by_reason.setdefault(WHY_NOT[one.why], []).append(one)
    return sorted(by_reason.items(), key=lambda found: -len(found[1]))


def _left_out(card: Scorecard, excluded: bool) -> Iterator[RenderableType]:
    found = left_out(card)
    if not found:
        return
    how = "" if excluded else " (--excluded lists them)"
    yield Text(f"not counted: {len(card.left_out):,}{how}", style="bold")
    for why, some in found:
        yield _indented(Text(f"{len(some):,} {why}"))
        for one in some if excluded else ():
            yield Padding(Text(f"{one.claim[:8]} “{words.one_line(one.quote)}”", style="dim"), (0, 0, 0, 4))


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2))


def as_record(card: Scorecard) -> dict[str, Any]:
    """The same for machines. Rates under the fewest counted are null."""
    return {
        "by": card.by,
        "seen": card.seen,
        "fewest": FEWEST,
        "cards": [_record(one) for one in card.cards],
        "excluded": [asdict(one) for one in card.left_out],
    }


def _record(card: Card) -> dict[str, Any]:
    by_modality = {
        modality: {"n": n, "supported": right, "rate": rate and asdict(rate)}
        for modality, (n, right, rate) in card.by_modality.items()
    }
    return {**asdict(card), "by_modality": by_modality}
