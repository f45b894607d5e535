"""Breadth: how many members of a group moved in one direction.

What the claim says
-------------------
A whole group moved: "the entire market crashed", "alle großen Chipwerte wurden verramscht, ausnahmslos", "most of Big
Tech fell", "not a single one was spared".

Formula
-------
``k / n`` with k the members whose return ``P_last / P_base - 1`` has the claimed sign, on split-adjusted closes, n the
members with a close on both days; closes with dividends reinvested where a member has no others. The members are those
of the day, equally weighted; an unchanged price has moved in neither direction.

few ("only a handful of stocks carry it"): what the ``top`` members that add most add by market value at the base, the
sum of ``w_i r_i``, and the return of the others by themselves; with equal weights beside it, and the concentration, the
sum of ``w_i^2``. Beside the other quantifiers stands a figure that decides nothing, of the 250 sessions to the end:
whether the dispersion of the members falls behind the square of the group's move (Chang, Cheng and Khorana 2000), as it
does where all sell all.

Rule
----
few: the others went the other way, or made less than a quarter of the group's return: supported. Less than half of it:
mixed. Half and more: refuted.
all: every member. none: no member. most: more than half. market (a word without a definition): at least 80 %. Met:
supported. all, none and most not met: refuted, with the exceptions by name. market: between half and 80 %: mixed; under
half: refuted. Members without data are listed and never counted as zero: the label must be the same whether they all
moved or none of them did, else it is no_data (coverage). So one exception refutes "all", but only complete data support
it.

When it is not testable
-----------------------
Fewer than five members with data, or fewer than 80 % of them: no_data, unless an exception has already refuted "all" or
"none". few needs a share count of these members too.

What it cannot show
-------------------
How much of an index's move the members account for: of an index with hundreds of members only some are known here. Nor
whether a group of today had other members then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    line,
    no_data,
    observed,
    percent,
    statistic,
)
from analyzer.checks.crowds.carried import carried, requests
from analyzer.checks.crowds.flocking import flocking
from analyzer.model import Chart, Direction, Label, Window
from analyzer.series import PriceBasis

FEWEST = 5
COVERED = 0.80
BASES: tuple[PriceBasis, ...] = ("split_adjusted", "total_return")
"""Of a member without closes on both days the closes with dividends are taken: a caveat says so."""
NAMED = 6
"""Exceptions that a sentence names; the rest are counted."""
Quantifier = Literal["all", "most", "none", "market", "few"]


class BreadthParams(Params):
    """``members`` from the close of ``base`` to that of ``last``; ``share`` is the threshold of the quantifier
    market, ``top`` the number of members that the quantifier few speaks of."""

    members: tuple[str, ...] = Field(min_length=1)
    base: date
    last: date
    direction: Direction
    share: float = Field(default=0.8, gt=0.5, le=1.0)
    top: int = Field(default=5, ge=1)
    quantifier: Quantifier = "market"
    label: str = ""

    @model_validator(mode="after")
    def _window(self) -> BreadthParams:
        if self.last <= self.base:
            raise ValueError(f"last ({self.last}) must lie after base ({self.base})")
        return self

    @property
    def distinct(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.members))


def needs(params: BreadthParams) -> tuple[SeriesRequest, ...]:
    if params.quantifier == "few":
        return tuple(request for m in params.distinct for request in requests(m))
    return tuple(SeriesRequest(m, basis=basis) for m in params.distinct for basis in BASES)


@dataclass(frozen=True)
class _Move:
    series: Series
    name: str
    value: float
    with_claim: bool
    """The move has the claimed sign."""

    @property
    def with_dividends(self) -> bool:
        return self.series.basis == "total_return"

    def __str__(self) -> str:
        return f"{self.name} {percent(self.value)}"


def run(params: BreadthParams, data: Data) -> Finding:
    if params.quantifier == "few":
        return carried(params.distinct, params.base, params.last, params.top, _group(params), data)
    moves = sorted(_moves(params, data), key=lambda m: m.value)
    held = {m.series.symbol for m in moves}
    missing = tuple(m for m in params.distinct if m not in held)
    hits = sum(m.with_claim for m in moves)
    outcome, reason = _judged(params, hits, len(moves), len(missing))
    if outcome == "no_data":
        return no_data(
            _not_covered(params, data, moves, missing), reason=reason, window=_window(params), used=_used(moves)
        )
    return Finding(
        outcome=outcome, reason=reason, window=_window(params),
        summary=_sentence(params, data, moves, missing) + flocking(params.distinct, params.last, data),
        statistic=statistic("share_of_members", hits / len(moves)), observed=observed(hits / len(moves), "fraction"),
        nobs=len(moves), used=_used(moves), chart=_chart(params, moves),
        caveats=_caveats(data, moves, missing),
    )  # fmt: skip


def _moves(params: BreadthParams, data: Data) -> list[_Move]:
    """The members with a close on both days, without dividends where there is one, else with them."""
    found = (_move(params, data, symbol) for symbol in params.distinct)
    return [move for move in found if move is not None]


def _move(params: BreadthParams, data: Data, symbol: str) -> _Move | None:
    for basis in BASES:
        series = data.get(SeriesRequest(symbol, basis=basis))
        before, now = (series.at(params.base), series.at(params.last)) if series is not None else (None, None)
        if series is not None and before is not None and now is not None and before > 0:
            value = now / before - 1.0
            with_claim = value > 0 if params.direction == "up" else value < 0
            return _Move(series, data.name(symbol), value, with_claim)
    return None


def _caveats(data: Data, moves: Sequence[_Move], missing: Sequence[str]) -> tuple[str, ...]:
    found = []
    if missing:
        found.append(f"no close on both days, not counted: {', '.join(map(data.name, missing))}")
    if reinvested := [m.name for m in moves if m.with_dividends]:
        found.append(f"by closes with dividends reinvested, for want of others: {', '.join(reinvested)}")
    return tuple(found)


def _judged(params: BreadthParams, hits: int, known: int, missing: int) -> tuple[Label, str]:
    """The label that holds whatever the missing members did."""
    total = known + missing
    if params.quantifier == "all" and hits < known:
        return "refuted", "overstated"
    if params.quantifier == "none" and hits > 0:
        return "refuted", "overstated"
    if known < FEWEST or known < COVERED * total:
        return "no_data", "coverage"
    least, most = _label(params, hits, total), _label(params, hits + missing, total)
    return least if least == most else ("no_data", "coverage")


def _label(params: BreadthParams, hits: int, total: int) -> tuple[Label, str]:
    share = hits / total
    met = {"all": hits == total, "none": hits == 0, "most": share > 0.5, "market": share >= params.share}
    if met[params.quantifier]:
        return "supported", "exact" if params.quantifier in ("all", "none") else "share"
    if params.quantifier == "market" and share >= 0.5:
        return "mixed", "overstated"
    return "refuted", "overstated"


# --- words -------------------------------------------------------------------------------------------------------


def _group(params: BreadthParams) -> str:
    return params.label or "the group"


def _sentence(params: BreadthParams, data: Data, moves: Sequence[_Move], missing: Sequence[str]) -> str:
    hits = [m for m in moves if m.with_claim]
    verb = "rose" if params.direction == "up" else "fell"
    said = (
        f"{len(hits)} of {len(moves)} members of {_group(params)} with data {verb} from the close of {params.base} to "
        f"that of {params.last} ({100 * len(hits) / len(moves):.0f} %), from {moves[0]} to {moves[-1]}."
    )
    exceptions = hits if params.quantifier == "none" else [m for m in moves if not m.with_claim]
    if exceptions:
        said += f" {'These did' if params.quantifier == 'none' else 'Exceptions'}: {_listed(exceptions)}."
    if params.quantifier == "market":
        said += f" By the rule a whole market is at least {100 * params.share:.0f} % of its members."
    if missing:
        said += f" Without data: {', '.join(map(data.name, missing))}."
    return said


def _listed(moves: Sequence[_Move]) -> str:
    largest = sorted(moves, key=lambda m: -abs(m.value))
    more = f" and {len(moves) - NAMED} more" if len(moves) > NAMED else ""
    return ", ".join(map(str, largest[:NAMED])) + more


def _not_covered(params: BreadthParams, data: Data, moves: Sequence[_Move], missing: Sequence[str]) -> str:
    hits, total = sum(m.with_claim for m in moves), len(moves) + len(missing)
    verb = "rose" if params.direction == "up" else "fell"
    lack = f" No close on {params.base} and {params.last}: {', '.join(map(data.name, missing))}." if missing else ""
    return (
        f"{hits} of the {len(moves)} members of {_group(params)} with data {verb}. Data of {len(moves)} of {total} "
        f"members do not decide the claim (needed: {FEWEST} members, {100 * COVERED:.0f} % of them, and a result that "
        f"the others could not turn).{lack} Try: --data FOLDER with files of {' '.join(missing) or 'further members'}."
    )


def _window(params: BreadthParams) -> Window:
    return Window(base=params.base, first=params.base, last=params.last)


def _used(moves: Sequence[_Move]) -> tuple[Series, ...]:
    return tuple(m.series for m in sorted(moves, key=lambda m: m.series.symbol))


def _chart(params: BreadthParams, moves: Sequence[_Move]) -> Chart:
    """The weakest, the middle and the strongest member, the close of the base being 1."""
    chosen = dict.fromkeys((0, len(moves) // 2, len(moves) - 1))
    lines = []
    for move in (moves[i] for i in chosen):
        rows = move.series.between(params.base, params.last)
        indexed = replace(rows, values=rows.values / rows.values[0])
        lines.append(line(indexed, str(move)))
    return Chart(
        title=f"{_group(params)}: weakest, middle and strongest member, close of {params.base} = 1", unit="ratio",
        lines=tuple(lines), rules=((1.0, "unchanged"),), window=_window(params),
    )  # fmt: skip


def variants(params: BreadthParams) -> tuple[tuple[str, BreadthParams], ...]:
    """Other shares that "the market" may mean, other numbers that "a few" may be."""
    if params.quantifier == "few":
        numbers = [n for n in (3, 7) if n != params.top and n + 2 <= len(params.distinct)]
        return tuple((f"the {n} largest", params.model_copy(update={"top": n})) for n in numbers)
    if params.quantifier != "market":
        return ()
    others = [s for s in (0.7, 0.9) if s != params.share]
    return tuple((f"at least {100 * s:.0f} % of the members", params.model_copy(update={"share": s})) for s in others)


CHECK = Check(
    name="breadth",
    scale="fact",
    kinds=("quantitative_move", "comparison"),
    params=BreadthParams,
    rule="The share of members that moved in the claimed direction: all of them, none, more than half, or at least 80 "
    "% for a whole market; for a few that carry it, that the others made less than a quarter of its return.",
    minimum="closes of five members, and of 80 % of them, at the base and at the end",
    examples=(
        Example(
            "Alle großen Chipwerte wurden verramscht, ausnahmslos", "de",
            {"members": ["NVDA", "AVGO", "AMD", "TSM", "MU", "ASML"], "base": "2024-08-02", "last": "2024-08-05",
             "direction": "down", "quantifier": "all", "label": "chip stocks"},
        ),
        Example(
            "The whole market crashed", "en",
            {"members": ["AAPL", "AMZN", "AVGO", "GOOGL", "META", "MSFT", "NVDA", "TSLA"], "base": "2025-01-24",
             "last": "2025-01-27", "direction": "down", "label": "Big Tech"},
        ),
        Example(
            "Die Chipwerte stiegen 2024, doch nur eine Handvoll Aktien trägt sie.", "de",
            {"members": ["NVDA", "AVGO", "AMD", "TSM", "MU", "ASML"], "base": "2023-12-29", "last": "2024-12-31",
             "direction": "up", "quantifier": "few", "label": "chip stocks"},
        ),
        Example(
            "Big Tech rose in 2024, but only a handful of stocks carried it.", "en",
            {"members": ["AAPL", "AMZN", "AVGO", "GOOGL", "META", "MSFT", "NVDA", "TSLA"], "base": "2023-12-29",
             "last": "2024-12-31", "direction": "up", "quantifier": "few", "label": "Big Tech"},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
