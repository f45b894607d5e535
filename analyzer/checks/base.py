"""What every check is made of: parameters, requests, a pure function, a finding.

A check is one module with one frozen ``Check`` called ``CHECK``; ``analyzer.checks`` keeps the written list. ``run``
receives the parameters and a closed box of data and returns a ``Finding``. It calls no model, no network, no clock and
no unseeded random number. ``run_trial`` makes the finding into Evidence and applies what holds for every check:
the cap for proposed parameters, the best label of proxy evidence, robustness over the variants.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from analyzer.errors import ConfigError
from analyzer.model import (
    Chart,
    ChartLine,
    DataUsed,
    Evidence,
    Kind,
    Label,
    NearMiss,
    Observed,
    Robustness,
    Stated,
    Statistic,
    Trial,
    Unit,
    Variant,
    Window,
    evidence_id,
)  # fmt: skip
from analyzer.recent import Recent
from analyzer.series import Data, Series, SeriesRequest, day
from analyzer.stats import figures

Scale = Literal["fact", "pattern", "cause", "forecast"]

PROPOSED_CAP = (
    "window", "session", "base", "first", "last", "start", "end", "since", "symbol", "symbols", "other", "members",
    "threshold", "horizon", "direction", "relation", "word", "stated", "size",
)  # fmt: skip
"""Parameters that decide an outcome: when a model proposed one, or a person chose it, and the text does not hold it,
the outcome is at most ``mixed``."""


Currency = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
"""A code of ISO 4217: "EUR"."""


class Params(BaseModel):
    """Parameters of a check: typed, with units in the field descriptions. Returns are fractions."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True)
class Example:
    """A phrase and the parameters that it binds to; used in the prompt, the docs and the tests."""

    phrase: str
    language: Literal["de", "en"]
    params: dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """What a check found: the part of Evidence that depends on parameters and data alone."""

    outcome: Label
    reason: str | None
    summary: str
    statistic: Statistic | None = None
    observed: Observed | None = None
    window: Window = field(default_factory=Window)
    near_misses: tuple[NearMiss, ...] = ()
    caveats: tuple[str, ...] = ()
    pvalue: float | None = None
    nobs: int | None = None
    null_hypothesis: str | None = None
    used: tuple[Series, ...] = ()
    reach: date | None = None
    """The first row that decided, where that lies before the window: a record ranks what was before."""
    chart: Chart | None = None

    @property
    def begins(self) -> date | None:
        """The first day whose rows the finding rests on; None when it is not known."""
        days = [d for d in (self.reach, self.window.base, self.window.first) if d is not None]
        return min(days, default=None)


class Brief(NamedTuple):
    """What is kept of a variant."""

    outcome: Label
    value: float | None
    unit: Unit | None


@dataclass(frozen=True)
class Check:
    """One test of one kind of claim.

    ``rule`` is the sentence printed beside the figure; ``minimum`` says in words what data it needs at least; ``page``
    is the module's docstring. ``brief`` finds outcome and observed value of a variant as ``run`` does, where that takes
    less than a whole finding; None is ``run`` itself.
    """

    name: str
    scale: Scale
    kinds: tuple[Kind, ...]
    params: type[Params]
    rule: str
    minimum: str
    examples: tuple[Example, ...]
    needs: Callable[[Any], tuple[SeriesRequest, ...]]
    run: Callable[[Any, Data], Finding]
    variants: Callable[[Any], tuple[tuple[str, Any], ...]] = lambda params: ()
    brief: Callable[[Any, Data], Brief] | None = None
    page: str = field(default="", repr=False)

    def parse(self, params: dict[str, Any]) -> Params:
        """The typed parameters; ConfigError names what does not fit."""
        try:
            return self.params.model_validate(params)
        except ValidationError as error:
            wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            raise ConfigError(f"{self.name} cannot be run with these parameters: {wrong}", code="params") from error


# --- running --------------------------------------------------------------------------------------------------------


Computed = Recent[str, tuple[Finding, Robustness]]
"""What checks found in one market at one date, by check, parameters and the day of the text."""


def run_trial(check: Check, trial: Trial, data: Data, computed: Computed | None = None) -> Evidence:
    """The trial at the data's as-of date, as Evidence. ``computed``: what was found in the same market at the same date
    before; it is used and added to."""
    params = check.parse(trial.params)
    finding, robustness = _computed(check, params, data, computed)
    outcome, reason, caveats = _capped(finding, trial)
    used = _used(finding)
    return Evidence(
        id=evidence_id(trial.id, data.as_of, [u.sha256 for u in used]),
        trial=trial.id, check=check.name, params=trial.params, basis=trial.basis, assumed=trial.assumed,
        as_of=data.as_of, directness=trial.directness, outcome=outcome, reason=reason, caveats=caveats,
        summary=finding.summary, rule=check.rule, statistic=finding.statistic, pvalue=finding.pvalue,
        nobs=finding.nobs, null_hypothesis=finding.null_hypothesis, window=finding.window,
        stated=getattr(params, "stated", None), observed=finding.observed, near_misses=finding.near_misses,
        data=used, robustness=robustness, chart=finding.chart,
    )  # fmt: skip


def _computed(check: Check, params: Any, data: Data, known: Computed | None) -> tuple[Finding, Robustness]:
    key = f"{check.name} {data.said} {params.model_dump_json()}"
    found = known.get(key) if known is not None else None
    if found is None:
        finding = check.run(params, data)
        found = finding, _robustness(check, params, data, finding)
        if known is not None:
            known.put(key, found)
    return found


def _used(finding: Finding) -> tuple[DataUsed, ...]:
    """Every series as it is priced, then the exchange rates, each once."""
    rates = {rate.symbol: rate for series in finding.used for rate in series.rates}
    return tuple(series.used() for series in (*finding.used, *rates.values()))


def _capped(finding: Finding, trial: Trial) -> tuple[Label, str | None, tuple[str, ...]]:
    """The outcome after the rules for proposed parameters and for proxies."""
    outcome, caveats = finding.outcome, list(finding.caveats)
    for series in finding.used:
        caveats += [c.text for c in series.caveats if c.text not in caveats and c.concerns(finding.begins)]
    proposed = sorted(k for k, b in trial.basis.items() if b == "proposed" and k in PROPOSED_CAP)
    if proposed and outcome in ("supported", "refuted"):
        caveats.append(f"proposed, not read from the text: {', '.join(proposed)}; so at most mixed")
        outcome = "mixed"
    if trial.directness == "proxy" and outcome == "supported":
        outcome = "consistent"
    return outcome, finding.reason, tuple(caveats)


def _robustness(check: Check, params: Any, data: Data, own: Finding) -> Robustness:
    """The variants' outcomes, each distinct choice computed once. A unit is noted where it is another than the own."""
    variants = []
    unit = own.observed.unit if own.observed else None
    for name, changed in check.variants(params):
        found = in_brief(check.run(changed, data)) if check.brief is None else check.brief(changed, data)
        its = found.unit if found.unit != unit else None
        variants.append(Variant(name=name, outcome=found.outcome, value=found.value, unit=its))
    decided = [v for v in variants if v.outcome not in ("no_data", "pending")]
    agree = sum(v.outcome == own.outcome for v in decided)
    return Robustness(agree=agree, of=len(decided), variants=tuple(variants))


def in_brief(finding: Finding) -> Brief:
    if finding.observed is None:
        return Brief(finding.outcome, None, None)
    return Brief(finding.outcome, finding.observed.value, finding.observed.unit)


# --- judging a figure -----------------------------------------------------------------------------------------------


def judge_figure(stated: Stated, observed: float) -> tuple[Label, str]:
    """Label and reason of a stated figure against the observed one (CHECKS, section 0.1, scale fact).

    Inside the stated interval: supported (exact or rounded). Right sign and stated/observed within 0.8 to 1.25: mixed;
    farther out: refuted; both as overstated or understated by size. Wrong sign or scale: refuted. Of nothing ("little
    changed") up to twice the interval is mixed, and more refuted.
    """
    if figures.inside(stated, observed):
        return _inside(stated, observed)
    if stated.value == 0.0 and stated.high:  # "little changed": a ratio to nothing says nothing
        return ("mixed" if abs(observed) <= 2.0 * stated.high else "refuted"), "understated"
    if stated.value * observed < 0:
        return "refuted", "wrong_sign"
    if figures.is_scaled(stated.value, observed):
        return "refuted", "wrong_scale"
    size = "overstated" if abs(stated.value) > abs(observed) else "understated"
    ratio = stated.value / observed if observed else float("inf")
    return ("mixed" if 0.8 <= ratio <= 1.25 else "refuted"), size


def _inside(stated: Stated, observed: float) -> tuple[Label, str]:
    if stated.qualifier == "at_least" and abs(observed) > 1.25 * abs(stated.value):
        return "supported", "understated"
    if stated.qualifier == "at_most" and abs(observed) < 0.8 * abs(stated.value):
        return "supported", "overstated"
    exact = abs(observed - stated.value) <= 1e-4 * max(abs(stated.value), 1e-12)
    return "supported", "exact" if exact else "rounded"


LAST_MINUTES = 0.0005
"""By what share of a price the figure of a report that was written on the day may differ from that of the close."""


OTHER_SOURCE = 0.02 + 1e-9
"""By how many points the yield of one source differs from that of another: of the curve that a treasury draws at half
past three from that of its newest note at five."""


def judge_direction(direction: str, observed: float, flat: float = 0.0005) -> tuple[Label, str]:
    """Label of "rose" or "fell" without a figure. Moves within ``flat`` (a fraction) of zero are neither."""
    if abs(observed) < flat:
        return "mixed", "flat"
    right = (observed > 0) == (direction == "up")
    return ("supported", "direction") if right else ("refuted", "wrong_sign")


# --- readings of a text that leaves something open -------------------------------------------------------------------

BORNE_OUT = ("supported", "consistent")
NEIGHBOURS = 5
"""Sessions before and after that are searched for a near miss: one trading week."""
NEAREST_FIRST = tuple(sorted((s for s in range(-NEIGHBOURS, NEIGHBOURS + 1) if s), key=abs))
"""Steps to the sessions that are searched, the nearest first."""


def either(
    first: Finding, other: Callable[[], Finding], note: str, stated: Stated | None = None, *, ambiguous: bool = False
) -> Finding:
    """The first of two readings; the other one, with the note, when only that is borne out, and beside the first when
    it comes nearer to what is stated. Where the words themselves are ``ambiguous``, refuted is what both readings
    contradict."""
    if first.outcome in BORNE_OUT:
        return first
    second = other()
    if second.outcome in BORNE_OUT:
        return replace(second, summary=f"{second.summary} {note}")
    if _distance(second, stated) < _distance(first, stated):
        return replace(second, summary=f"{second.summary} The other reading is farther off: {first.summary}")
    if not ambiguous or first.outcome != "refuted":
        return first
    if second.outcome == "refuted":
        return replace(first, summary=f"{first.summary} Nor does the other reading fit: {second.summary}")
    open_yet = f"{first.summary} The other reading is not tested: {second.summary}"
    return replace(first, outcome="inconclusive", reason="two_readings", summary=open_yet)


def of_another_series(found: Finding, others: Iterable[Finding]) -> Finding:
    """A universal claim that its own series does not reach back for, by another price of the same thing: the spot price
    beside the future. What bears it out there makes it consistent, what contradicts it there mixed: both are quoted."""
    if found.reason not in UNCOVERED:
        return found
    for other in others:
        text = f"{found.summary} By another price of the same: {other.summary}"
        if other.outcome == "supported":
            return replace(other, outcome="consistent", reason="other_series", summary=text)
        if other.outcome in ("refuted", "mixed"):
            return replace(other, outcome="mixed", reason="other_series", summary=text)
    return found


UNCOVERED = ("coverage", "two_readings")
"""Reasons of findings whose own series leaves open what was before it, or before the last sessions."""


def only_the_second(words: str | None, first: str, second: str) -> str:
    """The note of a claim that only its second reading bears out; ``words`` are those that may mean either, None where
    the text names no day."""
    said = f'"{words}" may be {first} or {second};' if words else f"The text names no day; of {first} and {second}"
    return f"{said} only the second bears it out."


def _distance(finding: Finding, stated: Stated | None) -> tuple[bool, bool, float]:
    """How far a finding is from what it was tested on: first by its outcome, then whether the session reached it, then
    by its figure."""
    value = finding.observed.value if finding.observed else None
    off = float("inf") if value is None or stated is None else abs(value - stated.value)
    return finding.outcome != "mixed", finding.reason != "intraday", off


def closed_day(named: date, session: date) -> str:
    return f"{named} was no session; the last one before was {session}."


# --- findings that say that something is missing --------------------------------------------------------------------


def no_data(why: str, *, reason: str = "series", window: Window = Window(), used: Iterable[Series] = ()) -> Finding:
    """A fair test exists, the data do not: ``why`` names what is missing and what to type."""
    return Finding(outcome="no_data", reason=reason, summary=why, window=window, used=tuple(used))


def missing_series(data: Data, *symbols: str, currency: str | None = None) -> Finding:
    """Prices that no source has; or only not in the currency that is asked for, and then what is missing for that."""
    for symbol in symbols:
        lacking = data.unconverted.get((symbol, currency or ""))
        if lacking is not None:
            prices = f"No prices of {_named(data, symbol)}{in_money(currency)} up to {data.as_of}"
            return no_data(f"{prices}: {lacking.why}", reason=lacking.reason)
    names = ", ".join(_named(data, s) for s in symbols)
    return no_data(f"No data for {names} up to {data.as_of}. Try: --data FOLDER with a file of {' '.join(symbols)}.")


def _named(data: Data, symbol: str) -> str:
    return f"{data.name(symbol)} ({symbol})" if data.name(symbol) != symbol else symbol


def missing_sessions(series: Series, data: Data, *sessions: date) -> Finding:
    """Rows that are absent: not yet there at the as-of date, no session at all, or missing in the data.

    Only what is missing can be mended by further data (reason ``span``); a day after the as-of date is ``not_yet``, a
    weekend or a holiday ``no_session``.
    """
    found = [_absence(series, data, session) for session in sessions]
    why = f"{data.name(series.symbol)} ({series.symbol}): {'; '.join(text for _, text in found)}."
    reasons = {reason for reason, _ in found}
    if "span" in reasons:
        spans = [f"{rate.symbol}, which has rates from {rate.first} to {rate.last}" for rate in series.rates]
        why += f" It is converted by {' and '.join(spans)}." if spans else ""
        why += " Try: --data FOLDER with these dates."
    reason = next(r for r in ("not_yet", "span", "no_session") if r in reasons)
    return no_data(why, reason=reason, used=(series,))


def nothing_before(series: Series, data: Data, session: date, what: str = "close") -> Finding:
    """The session is the first row: what it would be set against lies before the sources."""
    why = f"{data.name(series.symbol)} has no {what} before {session} that a move could be measured from."
    return no_data(why, reason="span", used=(series,))


def _absence(series: Series, data: Data, session: date) -> tuple[str, str]:
    """Reason and words for one day without a row."""
    if session > data.as_of:
        return "not_yet", f"{session} lies after the as-of date {data.as_of}"
    if series.last and session > series.last:
        return "span", f"{session} lies after the last row ({series.last})"
    if series.first and session < series.first:
        return "span", f"{session} lies before the first row ({series.first})"
    if day_is_session(series, session):
        return "span", f"{session} is a hole in the series"
    before, after = series.session_on_or_before(session), series.session_offset(session, 1)
    around = " and ".join(str(day) for day in (before, after) if day)
    return "no_session", f"{session} was no session; the nearest are {around}"


def day_is_session(series: Series, session: date) -> bool:
    return bool((series.sessions == day(session)).any())


def on_shares_of(prices: Series, data: Data, session: date, currency: str | None = None) -> Series:
    """Split-adjusted prices counted in the shares of one session: what an amount per share was said of.

    Over a later split the dollars per share are other numbers, per cent are not. Unchanged where no as-traded price of
    the session is in the box, in the currency that is asked for.
    """
    traded = data.get(SeriesRequest(prices.symbol, "close", "as_traded", currency))
    adjusted = data.get(SeriesRequest(prices.symbol, currency=currency))
    then, now = (s.at(session) if s is not None else None for s in (traded, adjusted))
    if not then or not now or then == now:
        return prices
    return replace(prices, values=prices.values * (then / now), basis="as_traded")


# --- words and pictures ---------------------------------------------------------------------------------------------


CURRENCY_WORDS = {"EUR": "euros", "USD": "US dollars", "GBP": "pounds", "JPY": "yen", "CHF": "Swiss francs"}
LOCAL = "in local currency"
"""The variant of a claim on converted prices."""


def in_money(currency: str | None) -> str:
    """ " in euros"; nothing for prices in their own currency."""
    return f" in {CURRENCY_WORDS.get(currency, currency)}" if currency else ""


def at_rates(*series: Series) -> str:
    """ ", at EURUSD=X of facts," for converted series: the rates, and where they are from."""
    rates = {rate.symbol: f"{rate.symbol} of {rate.source}" for one in series for rate in one.rates}
    return f", at {' and '.join(rates.values())}," if rates else ""


def percent(value: float, digits: int = 2) -> str:
    """A fraction as signed per cent, with a true minus: -0.1697 is "−16.97 %"."""
    return f"{value * 100:+.{digits}f} %".replace("-", "−")


def amount(value: float, currency: str | None, digits: int = 1) -> str:
    """Money in words of its size: 592.7e9 USD is "592.7 bn USD"."""
    size, unit = abs(value), ""
    for limit, name in ((1e12, " tn"), (1e9, " bn"), (1e6, " m")):
        if size >= limit:
            size, unit = size / limit, name
            break
    sign = "−" if value < 0 else ""
    return f"{sign}{size:,.{digits}f}{unit} {currency or ''}".strip()


def signed(value: float, digits: int = 2) -> str:
    """A change in points: "+4.49", "−155.64"."""
    return f"{value:+,.{digits}f}".replace("-", "−")


def number(value: float, digits: int = 2) -> str:
    return f"{value:,.{digits}f}".replace("-", "−")


def line(series: Series, name: str, limit: int = 300, marks: Sequence[tuple[date, str]] = ()) -> ChartLine:
    """A chart line of at most ``limit`` rows: for long series every n-th, with the first, the last and the extremes,
    and with the days that are marked in the chart."""
    n = len(series)
    days = series.dates.astype("datetime64[D]").tolist()
    keep = set(range(0, n, max(1, -(-n // (limit - 4 - len(marks))))))
    if n:
        keep |= {0, n - 1, int(series.values.argmin()), int(series.values.argmax())}
        keep |= {bisect_left(days, when) for when, _ in marks if when in days}
    chosen = sorted(keep)
    return ChartLine(
        name=name, dates=tuple(days[i] for i in chosen), values=tuple(series.values[chosen].tolist())
    )  # fmt: skip


def statistic(name: str, value: float | None) -> Statistic:
    return Statistic(name=name, value=value)


def observed(value: float | None, unit: str, currency: str | None = None) -> Observed:
    return Observed.model_validate({"value": value, "unit": unit, "currency": currency})


__all__ = [
    "LAST_MINUTES",
    "LOCAL",
    "NEAREST_FIRST",
    "NEIGHBOURS",
    "OTHER_SOURCE",
    "Brief",
    "Chart",
    "Check",
    "Currency",
    "Data",
    "Example",
    "Finding",
    "Params",
    "Scale",
    "Series",
    "SeriesRequest",
    "amount",
    "at_rates",
    "closed_day",
    "either",
    "in_brief",
    "in_money",
    "judge_direction",
    "judge_figure",
    "line",
    "missing_series",
    "missing_sessions",
    "no_data",
    "nothing_before",
    "number",
    "observed",
    "of_another_series",
    "on_shares_of",
    "only_the_second",
    "percent",
    "run_trial",
    "signed",
    "statistic",
]  # fmt: skip
