"""Volatility regime: nervous, stress, panic, calm.

What the claim says
-------------------
The mood of the market has a name: "die Stimmung ist nervös", "panic has set in", "calm has returned". A volatility
index says how dear protection against moves is, so that such words can be held against it.

Formula
-------
Percentile rank ``mean(x_s <= x_t)`` of the index's close among the 252 sessions up to and with the session, and among
all sessions since the series began. Both are printed; the first decides for nervous, stress and calm, the second for
panic.

Beside the index stands the market's own volatility, in the variants: of 21 sessions, from closes, from the ranges
within the sessions (Parkinson 1980, Garman and Klass 1980) and with the nights (Yang and Zhang 2000), ranked by the
same rule, with the ten years to the session in the place of the whole series; and the filtered probability of the state
of unrest, of two that follow each other by chance (Hamilton 1989), fitted to 504 returns up to the session.

Rule
----
These words have no definition; the rule is fixed in advance. nervous: at least the 80th percentile of 252 sessions.
stress: at least the 90th. calm: at most the 20th. panic: at least the 99th since the series began, and one of two
confirmations: fewer than 10 % of the members given rose, or volume was at least at its own 95th percentile. Met:
supported; on the word's side of the median only: mixed; on the other side: refuted. A 99th percentile that no
confirmation bears out is mixed (unconfirmed), and inconclusive when no confirmation could be tested. The close of the
session decides; the close before it is printed too. Of the two states: unrest, where its probability is more than half,
is nervous and stress, and mixed for panic, which is more than unrest; calm is where it is less. Of a stretch of time
the percentile since the series began decides, of the session with the highest close of the index ("the panic of 2008":
it came to that, not every day was so), and for calm of the one with the median close.

When it is not testable
-----------------------
Fewer than 250 rows up to the session, or no row on it: no_data.

What it cannot show
-------------------
What people felt. The VIX prices options on the S&P 500: it says little about one share or another country's market. An
inverted term structure, the third usual confirmation of a panic, is not tested.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Self

import numpy as np
from pydantic import model_validator

from analyzer.checks.base import (
    Check,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    either,
    line,
    missing_series,
    missing_sessions,
    no_data,
    number,
    observed,
    only_the_second,
    percent,
    statistic,
)
from analyzer.checks.moods.own_prices import NAMES, Own, requests, unrest, volatility
from analyzer.model import Chart, Label, Window
from analyzer.series import to_date
from analyzer.stats.ranks import percentile_rank

YEAR = 252
FEWEST = 250
Word = Literal["nervous", "stress", "panic", "calm"]
Span = Literal["trailing", "start"]
THRESHOLDS: dict[Word, float] = {"nervous": 0.80, "stress": 0.90, "panic": 0.99, "calm": 0.20}
MEDIAN = 0.50
ADVANCERS = 0.10
"""Share of rising members under which a panic is confirmed."""
HEAVY_VOLUME = 0.95
FEWEST_MEMBERS, MEMBERS_COVERED, FEWEST_VOLUMES = 5, 0.80, 60


class VolatilityRegimeParams(Params):
    """``word`` is said of ``session``; ``members`` and ``volume_symbol`` can confirm a panic.

    ``span`` None is the rule's own span: since the series began for panic, else 252 sessions. ``measure``: the close of
    the index ``symbol``, or the volatility of the own ``prices`` of a market.
    """

    symbol: str = "^VIX"
    session: date
    or_session: date | None = None
    """The session of the day of a text that names no day: the word stands if either session bears it out."""
    first: date | None = None
    """Of what is said of a stretch ("the panic of 2008", "a calm year"): its first day, ``session`` being the last. The
    session with the highest close of the index ``symbol`` decides, for calm the one with the median close."""
    word: Word
    members: tuple[str, ...] = ()
    volume_symbol: str | None = None
    span: Span | None = None
    measure: Literal["index"] | Own = "index"
    prices: str = "^GSPC"

    @model_validator(mode="after")
    def _is_a_stretch(self) -> Self:
        if self.first is not None and self.first > self.session:
            raise ValueError(f"a stretch from {self.first} does not end on {self.session}")
        return self

    @property
    def decides(self) -> Span:
        return self.span or ("start" if self.word == "panic" or self.first is not None else "trailing")


def needs(params: VolatilityRegimeParams) -> tuple[SeriesRequest, ...]:
    wanted = [SeriesRequest(params.symbol), *requests(params.prices), *(SeriesRequest(m) for m in params.members)]
    return (*wanted, SeriesRequest(params.volume_symbol, "volume")) if params.volume_symbol else tuple(wanted)


@dataclass(frozen=True)
class _Confirmation:
    """One confirmation of a panic: whether it held, its sentence and the series it used."""

    held: bool
    sentence: str
    used: tuple[Series, ...]


def run(params: VolatilityRegimeParams, data: Data) -> Finding:
    if params.first is not None:
        return _of_a_stretch(params, params.first, data)
    first = _one_session(params, data)
    if params.or_session is None:
        return first
    other = params.model_copy(update={"session": params.or_session, "or_session": None})
    note = only_the_second(None, str(params.session), str(params.or_session))
    return either(first, lambda: _one_session(other, data), note)


def _of_a_stretch(params: VolatilityRegimeParams, begins: date, data: Data) -> Finding:
    closes = data.get(SeriesRequest(params.symbol))
    if closes is None:
        return missing_series(data, params.symbol)
    stretch = closes.between(begins, params.session)
    if not len(stretch):
        return missing_sessions(closes, data, params.session)
    middle = (len(stretch) - 1) // 2 if params.word == "calm" else len(stretch) - 1
    decides = to_date(stretch.dates[int(np.argsort(stretch.values, kind="stable")[middle])])
    one = {"session": decides, "first": None, "or_session": None, "span": params.decides}
    found = _one_session(params.model_copy(update=one), data)
    which = "median" if params.word == "calm" else "highest"
    said = f"{found.summary} That is the {which} close from {begins} to {params.session}."
    return replace(found, summary=said) if found.outcome != "no_data" else found


def _one_session(params: VolatilityRegimeParams, data: Data) -> Finding:
    if params.measure == "switching":
        return _state(params, data)
    name = data.name(params.symbol if params.measure == "index" else params.prices)
    if params.measure == "index":
        closes = data.get(SeriesRequest(params.symbol))
    else:
        closes = volatility(params.prices, params.measure, params.session, data)
    if closes is None:
        return missing_series(data, params.symbol if params.measure == "index" else params.prices)
    now = closes.at(params.session)
    if now is None:
        return missing_sessions(closes, data, params.session)
    history, trailing = _spans(closes, params.session)
    if len(trailing) < FEWEST:
        why = (
            f"{name} has {len(trailing)} of the {FEWEST} closes up to {params.session} that a percentile needs. Try: "
            "--data FOLDER with earlier dates."
        )
        return no_data(why, reason="span", used=(closes,))
    ranks: dict[Span, float] = {
        "trailing": percentile_rank(trailing.values, now), "start": percentile_rank(history.values, now),
    }  # fmt: skip
    rank = ranks[params.decides]
    confirmations = _confirmations(params, data) if params.word == "panic" else ()
    outcome, reason = _judged(params.word, rank, confirmations)
    return Finding(
        outcome=outcome, reason=reason, window=Window(first=trailing.first, last=params.session), nobs=len(trailing),
        summary=_sentence(params, data, (history, trailing), ranks) + _verdict(params, rank, reason, confirmations),
        statistic=statistic("percentile_rank", rank), null_hypothesis=_NULL,
        observed=observed(now, "points" if params.measure == "index" else "fraction"),
        used=(closes, *(s for c in confirmations for s in c.used)),
        chart=_chart(params, data, trailing, history if params.decides == "start" else trailing),
    )  # fmt: skip


_NULL = (
    "The session is an ordinary one of its span, at a percentile that is equally likely anywhere between 0 and 100; "
    "the rule is a fixed percentile, so that no p-value decides."
)


def _state(params: VolatilityRegimeParams, data: Data) -> Finding:
    """By the probability that the market is in its state of unrest."""
    closes = data.get(SeriesRequest(params.prices))
    if closes is None:
        return missing_series(data, params.prices)
    if closes.at(params.session) is None:
        return missing_sessions(closes, data, params.session)
    probability = unrest(closes.between(None, params.session))
    name = data.name(params.prices)
    if probability is None:
        return no_data(f"{name} has no two states up to {params.session} that 504 returns tell apart.", reason="span",
                       used=(closes,))  # fmt: skip
    shown = closes.between(closes.session_offset(params.session, -YEAR), params.session)
    held = probability < MEDIAN if params.word == "calm" else probability > MEDIAN
    outcome: Label = ("mixed" if params.word == "panic" else "supported") if held else "refuted"
    summary = (
        f"{name}: the probability that {params.session} was in the state of unrest, of two states of volatility fitted "
        f'to 504 returns, is {percent(probability)}. By the rule "{params.word}" means '
        f"{'less' if params.word == 'calm' else 'more'} than half."
    )
    return Finding(
        outcome=outcome, reason="undefined_word", summary=summary, window=Window(last=params.session), nobs=504,
        statistic=statistic("filtered_probability", probability), observed=observed(probability, "fraction"),
        used=(closes,), null_hypothesis=_NULL,
        chart=Chart(
            title=f"{name}, close", unit="points", lines=(line(shown, name),), window=Window(last=params.session)
        ),
    )  # fmt: skip


def _spans(closes: Series, session: date) -> tuple[Series, Series]:
    """All rows up to the session, and those of the 252 sessions up to and with it."""
    history = closes.between(None, session)
    return history, closes.between(closes.session_offset(session, 1 - YEAR), session)


def _judged(word: Word, rank: float, confirmations: tuple[_Confirmation, ...]) -> tuple[Label, str]:
    threshold = THRESHOLDS[word]
    met, beyond = (rank <= threshold, rank > MEDIAN) if word == "calm" else (rank >= threshold, rank < MEDIAN)
    if not met:
        return ("refuted" if beyond else "mixed"), "undefined_word"
    if word != "panic" or any(c.held for c in confirmations):
        return "supported", "undefined_word"
    return ("mixed" if confirmations else "inconclusive"), "unconfirmed"


# --- confirmations of a panic ------------------------------------------------------------------------------------


def _confirmations(params: VolatilityRegimeParams, data: Data) -> tuple[_Confirmation, ...]:
    """Those that could be tested."""
    found = (_breadth(params, data), _volume(params, data))
    return tuple(c for c in found if c is not None)


def _breadth(params: VolatilityRegimeParams, data: Data) -> _Confirmation | None:
    series = [s for m in params.members if (s := data.get(SeriesRequest(m))) is not None]
    moves = [(s, move) for s in series if (move := s.returns().at(params.session)) is not None]
    if len(moves) < max(FEWEST_MEMBERS, MEMBERS_COVERED * len(params.members)):
        return None
    rose = sum(move > 0 for _, move in moves)
    said = f"{rose} of {len(moves)} members rose"
    return _Confirmation(rose / len(moves) < ADVANCERS, said, tuple(s for s, _ in moves))


def _volume(params: VolatilityRegimeParams, data: Data) -> _Confirmation | None:
    if params.volume_symbol is None:
        return None
    volumes = data.get(SeriesRequest(params.volume_symbol, "volume"))
    now = volumes.at(params.session) if volumes is not None else None
    if volumes is None or now is None:
        return None
    trailing = _spans(volumes, params.session)[1]
    if len(trailing) < FEWEST_VOLUMES:
        return None
    rank = percentile_rank(trailing.values, now)
    said = f"volume of {data.name(params.volume_symbol)} at the {ordinal(rank)} percentile of {len(trailing)} sessions"
    return _Confirmation(rank >= HEAVY_VOLUME, said, (volumes,))


# --- words -------------------------------------------------------------------------------------------------------


def ordinal(rank: float) -> str:
    """A percentile rank in [0, 1] as "82nd"; with decimals where rounding would carry it over a threshold of a rule."""
    size = rank * 100.0
    for digits in (0, 1, 2):
        shown = round(size, digits)
        if _sides(shown / 100.0) == _sides(rank):
            break
    text = f"{shown:.{digits}f}"
    ending = "th" if text[-2:] in ("11", "12", "13") else {"1": "st", "2": "nd", "3": "rd"}.get(text[-1], "th")
    return text + ending


def _sides(rank: float) -> tuple[bool, ...]:
    """On which side of each threshold a rank lies."""
    return (rank <= THRESHOLDS["calm"], *(rank >= t for t in (MEDIAN, 0.80, 0.90, HEAVY_VOLUME, 0.99, 1.0)))


def _sentence(
    params: VolatilityRegimeParams, data: Data, spans: tuple[Series, Series], ranks: dict[Span, float]
) -> str:
    history, trailing = spans
    now, before = history.at(params.session), history.session_offset(params.session, -1)
    last = history.at(before) if before else None
    assert now is not None
    jump = f" ({number(last)} at the close before)" if last is not None else " (no close the session before)"
    said = f"{data.name(params.symbol)} closed at {number(now)} on {params.session}{jump}"
    if params.measure != "index":
        said = (
            f"{data.name(params.prices)}, {NAMES[params.measure]} in the 21 sessions to {params.session}: "
            f"{100 * now:.1f} % a year"
        )
    return (
        f"{said}, the "
        f"{ordinal(ranks['trailing'])} percentile of {len(trailing)} sessions and the {ordinal(ranks['start'])} of "
        f"{len(history):,} since {history.first}."
    )


def _verdict(params: VolatilityRegimeParams, rank: float, reason: str, confirmations: tuple[_Confirmation, ...]) -> str:
    """The rule, and on which side of it the figure lies."""
    word, threshold = params.word, THRESHOLDS[params.word]
    span = "since the series began" if params.decides == "start" else f"of {YEAR} sessions"
    side = "at most" if word == "calm" else "at least"
    rule = f' By the rule "{word}" means {side} the {round(100 * threshold)}th percentile {span}'
    if word == "panic":
        rule += ", with few rising shares or heavy volume"
    met = rank <= threshold if word == "calm" else rank >= threshold
    if not met:
        side = "above" if rank > MEDIAN else "below" if rank < MEDIAN else "at"
        between = (rank <= MEDIAN) if word == "calm" else (rank >= MEDIAN)
        return f"{rule}: this was not {word}, {'but' if between else 'and'} {side} the median."
    shown = "; ".join(c.sentence for c in confirmations)
    if reason == "unconfirmed":
        return f"{rule}: the percentile is reached, but {shown or 'there are no members and no volume to confirm it'}."
    return f"{rule}: this was {word}" + (f" ({shown})." if shown else ".")


def _chart(params: VolatilityRegimeParams, data: Data, shown: Series, ranked: Series) -> Chart:
    level = float(np.quantile(ranked.values, THRESHOLDS[params.word]))
    median = float(np.quantile(ranked.values, MEDIAN))
    name = data.name(params.symbol)
    if params.measure != "index":
        name = f"{data.name(params.prices)}, {NAMES[params.measure]}"
    return Chart(
        title=f"{name}, close" if params.measure == "index" else name, lines=(line(shown, name),),
        unit="points" if params.measure == "index" else "ratio",
        marks=((params.session, "session"),), rules=((level, params.word), (median, "median")),
        window=Window(first=shown.first, last=params.session),
    )  # fmt: skip


def variants(params: VolatilityRegimeParams) -> tuple[tuple[str, VolatilityRegimeParams], ...]:
    """The other of the two spans; of a word that the index decides, the market's own volatility too."""
    other, said = ("trailing", "percentile of 252 sessions") if params.decides == "start" else (
        "start", "percentile since the series began")  # fmt: skip
    spans = ((said, params.model_copy(update={"span": other})),)
    if params.measure != "index":
        return spans
    return (*spans, *((name, params.model_copy(update={"measure": own})) for own, name in NAMES.items()))


CHECK = Check(
    name="volatility_regime",
    scale="pattern",
    kinds=("volatility_sentiment",),
    params=VolatilityRegimeParams,
    rule="Percentile of the index's close: nervous at least the 80th and stress the 90th of 252 sessions, calm at most "
    "the 20th; panic at least the 99th since the series began, with a confirmation by breadth or volume.",
    minimum="250 closes up to the session",
    examples=(
        Example(
            "Die Panik-Reaktion hat eingesetzt.", "de",
            {"symbol": "^VIX", "session": "2025-01-27", "word": "panic",
             "members": ["AAPL", "AMZN", "AVGO", "GOOGL", "META", "MSFT", "NVDA", "TSLA"]},
        ),
        Example("Calm has returned to the market.", "en", {"session": "2025-05-16", "word": "calm"}),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
