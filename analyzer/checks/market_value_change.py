"""Change of market value.

What the claim says
-------------------
A company, or a group of companies together, lost or gained a stated amount of market value: "Nvidia lost 600 billion
dollars overnight", "Milliardenverluste für KI-Aktien".

Formula
-------
``dMV = (P_t - P_0) * N``: price as traded on the day times shares outstanding, all classes. N is the latest complete
count that was *known* on the last session, never a later or a nearer one. Prices and count are put on the share basis
of the last session: the price as traded over the split-adjusted price is the product of all later splits. For a group,
the sum. In another currency both prices are converted, each at the rate of its day, so that what the rate did to the
value before is in the change.

Rule
----
The stated interval contains dMV: supported. Right sign and stated/observed within 0.8 to 1.25: mixed (overstated,
understated); farther out, wrong sign or scale: refuted. "At least x" holds from the rounded lower edge of x on; below
x itself the sentence adds what is literally missing. The right amount one to five sessions away: mixed (wrong_period).
When the amount misses, the neighbouring windows, the other sign, a thousand and a million times more or less and the
peers are searched, and the nearest true statement is printed.

Variant: the count that became known next, for a reader who asks how many shares there really were; it says nothing
where no later count is known, so never to a reader of the day itself. A claim in another currency is also computed in
the local one. The diluted count is another quantity, a count of one share class a part of it, and the window is the
claim's own.

When it is not testable
-----------------------
A price, a rate or a complete share count of one member is missing, the count is older than the first price (a split
between them could not be seen), or the amount is in another currency than the prices and than the one asked for:
no_data.

What it cannot show
-------------------
That money left the market: market value is the last price times all shares, and most of them were not traded. The
count is rounded and some weeks old: where a later one differs, the caveat gives the amount with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from pydantic import Field, model_validator

from analyzer.checks.base import (
    LOCAL,
    NEAREST_FIRST,
    Check,
    Currency,
    Data,
    Example,
    Finding,
    Params,
    Series,
    SeriesRequest,
    amount,
    at_rates,
    judge_direction,
    judge_figure,
    line,
    missing_series,
    missing_sessions,
    no_data,
    number,
    observed,
    statistic,
)
from analyzer.model import Chart, Direction, Label, NearMiss, Stated, Window
from analyzer.series import PriceBasis
from analyzer.stats.figures import fits, scale_slip, shortfall
from analyzer.stats.market_value import (
    ValueChange,
    market_value,
    recounted,
    total,
    value_after,
    value_before,
    value_change,
)
from analyzer.stats.shares import count_known

BASES: tuple[PriceBasis, PriceBasis] = ("as_traded", "split_adjusted")
WORDS = {
    "exact": "is right to the digit", "rounded": "is right after rounding", "overstated": "is overstated",
    "understated": "is understated", "wrong_sign": "has the wrong sign", "wrong_scale": "has the wrong scale",
    "wrong_period": "is another session's amount", "wrong_subject": "is another company's amount",
}  # fmt: skip


class MarketValueChangeParams(Params):
    """``symbols`` (one, or a group that is summed) changed in value from the close of ``base`` to that of ``last``;
    ``stated`` is a signed amount of money."""

    symbols: tuple[str, ...] = Field(min_length=1)
    base: date
    last: date
    direction: Direction | None = None
    stated: Stated | None = None
    peers: tuple[str, ...] = ()
    """Other members of the subject's basket: candidates for "right amount, wrong subject"."""
    currency: Currency | None = None
    """In which the value is said to be counted; None: in that of the prices."""
    worth: bool = False
    """The stated amount is the market value itself at the close of ``last``: "is worth 3.9 trillion dollars"."""

    next_counts: ClassVar[bool] = False

    @model_validator(mode="after")
    def _testable(self) -> MarketValueChangeParams:
        if self.stated is None and self.direction is None:
            raise ValueError("a stated amount or a direction is needed")
        if self.stated is not None and self.stated.unit != "currency":
            raise ValueError(f"the stated figure must be an amount of money, not in {self.stated.unit}")
        if self.worth and self.stated is None:
            raise ValueError("a market value needs its amount")
        return self

    @property
    def local(self) -> MarketValueChangeParams:
        """The same claim in the currency of the prices."""
        return self.model_copy(update={"currency": None})


class WithNextCounts(MarketValueChangeParams):
    """The same claim with the share counts known next: a variant, not a claim's own parameters."""

    next_counts: ClassVar[bool] = True


def needs(params: MarketValueChangeParams) -> tuple[SeriesRequest, ...]:
    symbols = dict.fromkeys((*params.symbols, *params.peers))
    own = [SeriesRequest(s, "close", b, params.currency) for s in symbols for b in BASES]
    return (*own, *(needs(params.local) if params.currency else ()))


def run(params: MarketValueChangeParams, data: Data) -> Finding:
    if params.last > data.as_of:
        return no_data(f"{params.last} lies after the as-of date {data.as_of}.", reason="not_yet")
    if params.base >= params.last:
        return no_data(f"A window from {params.base} to {params.last} holds no session.", reason="window")
    found = [_change(params, data, symbol, params.base, params.last) for symbol in params.symbols]
    changes = [c for c in found if isinstance(c, ValueChange)]
    missing = [f for f in found if isinstance(f, Finding)]
    if missing:
        return _incomplete(missing, changes, data)
    wrong = _currency_problem(params, changes)
    if wrong:
        return no_data(wrong, reason="currency", used=[c.traded for c in changes])
    if params.next_counts:
        known, changes = changes, _recounted(data, changes)
        if changes == known:
            return no_data(f"No later share count was known on {data.as_of}.", reason="coverage")
    if params.worth:
        return _worth(params, data, changes)
    value = total(changes)
    outcome, reason, misses = _judged(params, data, changes)
    window = Window(base=params.base, first=changes[0].traded.session_offset(params.base, 1), last=params.last)
    return Finding(
        outcome=outcome, reason=reason, window=window, near_misses=misses, nobs=len(changes),
        summary=" ".join([_sentence(params, data, changes, reason), *(m.sentence for m in misses[:1])]),
        statistic=statistic("market_value_change", value), caveats=_caveats(data, changes),
        observed=observed(value, "currency", changes[0].currency), chart=_chart(params, data, changes, window),
        used=tuple(series for c in changes for series in (c.traded, c.adjusted)),
    )  # fmt: skip


def _worth(params: MarketValueChangeParams, data: Data, changes: Sequence[ValueChange]) -> Finding:
    """The market value itself: prices as traded on the day times the shares then known."""
    stated, value = params.stated, value_after(changes)
    assert stated is not None
    outcome, reason = judge_figure(stated, value)
    misses = () if outcome == "supported" else _worth_misses(stated, params, data, changes)
    if outcome != "supported" and misses:
        outcome, reason = ("refuted", "wrong_scale") if misses[0].change == "scale" else ("mixed", "wrong_period")
    one = changes[0]
    price = f"{number(one.now)} {one.currency or ''}, {amount(one.shares, 'shares', 2)} known on that day"
    detail = f" ({price}, as of {one.count.as_of})" if len(changes) == 1 else ""
    names = " and ".join(data.name(c.symbol) for c in changes)
    was = "was" if len(changes) == 1 else "were"
    rates = at_rates(*(c.traded for c in changes))
    said = f"{names} {was} worth {amount(value, one.currency)}{rates} on {params.last}{detail}."
    window = Window(base=params.base, first=params.last, last=params.last)
    return Finding(
        outcome=outcome, reason=reason, near_misses=misses, nobs=len(changes), caveats=_caveats(data, changes)[:-1],
        summary=" ".join([said, *(m.sentence for m in misses[:1])]), statistic=statistic("market_value", value),
        window=window, chart=_chart(params, data, changes, window),
        observed=observed(value, "currency", one.currency),
        used=tuple(series for c in changes for series in (c.traded, c.adjusted)),
    )  # fmt: skip


def _worth_misses(
    stated: Stated, params: MarketValueChangeParams, data: Data, changes: Sequence[ValueChange]
) -> tuple[NearMiss, ...]:
    """Where the stated market value is true: on another scale, or at a close within a week."""
    factor = scale_slip(stated, value_after(changes))
    if factor is not None:
        return (_miss("scale", data, changes, "It is the amount on another scale (million and billion confused)."),)
    for base, last in _neighbours(changes[0].traded, params.base, params.last):
        shifted = _members(params, data, params.symbols, base, last)
        if shifted and data.may_mean(last) and fits(stated, value_after(shifted)):
            value = amount(value_after(shifted), changes[0].currency)
            return (_miss("session", data, shifted, f"Nearest true statement: {value} on {last}."),)
    return ()


def _change(params: MarketValueChangeParams, data: Data, symbol: str, base: date, last: date) -> ValueChange | Finding:
    """The member's change, or what is missing for it."""
    traded, adjusted = (data.get(SeriesRequest(symbol, "close", b, params.currency)) for b in BASES)
    if traded is None or adjusted is None:
        return missing_series(data, symbol, currency=params.currency)
    absent = [d for d in (base, last) if traded.at(d) is None]
    if absent:
        return missing_sessions(traded, data, *absent)
    count = count_known(data.shares.get(symbol, ()), last)
    if count is None:
        return no_data(_no_count(data, symbol, last), reason="coverage", used=(traded,))
    change = value_change(traded, adjusted, count, base, last)
    if change is None:
        why = f"The share count of {data.name(symbol)} is as of {count.as_of}, its prices begin on {traded.first}:"
        return no_data(f"{why} a split between them could not be seen.", reason="coverage", used=(traded,))
    return change


def _recounted(data: Data, changes: Sequence[ValueChange]) -> list[ValueChange]:
    """The changes with the counts that became known next; those without one as they were."""
    return [recounted(c, data.shares.get(c.symbol, ()), data.as_of) for c in changes]


def _no_count(data: Data, symbol: str, last: date) -> str:
    partial = any(r.known <= last for r in data.shares.get(symbol, ()))
    what = "Only a count of one share class" if partial else "No share count"
    return f"{what} of {data.name(symbol)} ({symbol}) was known on {last}; market value needs all classes."


def _incomplete(missing: Sequence[Finding], present: Sequence[ValueChange], data: Data) -> Finding:
    """What is missing, and what the members that can be computed changed by."""
    why = " ".join(dict.fromkeys(f.summary for f in missing))
    if present and len({c.currency for c in present}) == 1:
        why += f" Of the others: {_moved(data, present)} {_when(present[0])}."
    return no_data(why, reason=missing[0].reason or "series", used=[c.traded for c in present])


def _currency_problem(params: MarketValueChangeParams, changes: Sequence[ValueChange]) -> str | None:
    """The sentence that says why the amounts cannot be compared; None when they can."""
    found = sorted({c.currency or "an unknown currency" for c in changes})
    wanted = params.stated.currency if params.stated else None
    if len(found) > 1 or (wanted and found[0] != wanted):
        stated = f", the amount in {wanted}" if wanted else ""
        return f"The prices are in {' and '.join(found)}{stated}; no exchange rate is applied unless it is asked for."
    return None


def _judged(
    params: MarketValueChangeParams, data: Data, changes: Sequence[ValueChange]
) -> tuple[Label, str, tuple[NearMiss, ...]]:
    stated, value = params.stated, total(changes)
    if stated is None:
        return (*judge_direction(params.direction or "down", value / value_before(changes)), ())
    outcome, reason = judge_figure(stated, value)
    if outcome == "supported" and reason != "understated":
        return outcome, reason, ()
    misses = _near_misses(stated, params, data, changes)
    kinds = {m.change for m in misses}
    if outcome == "supported" or "scale" in kinds:
        return outcome, reason, tuple(m for m in misses if m.change == "scale")
    if "session" in kinds:
        return "mixed", "wrong_period", misses
    wrong_subject = outcome == "refuted" and "subject" in kinds
    return outcome, "wrong_subject" if wrong_subject else reason, misses


# --- near misses ----------------------------------------------------------------------------------------------------


def _near_misses(
    stated: Stated, params: MarketValueChangeParams, data: Data, changes: Sequence[ValueChange]
) -> tuple[NearMiss, ...]:
    """Where the stated amount is true: another scale, a neighbouring window, a peer, the other sign."""
    value, currency = total(changes), changes[0].currency
    found = []
    factor = scale_slip(stated, value)
    if factor is not None:
        right, wrong = (amount(abs(v), currency) for v in (stated.value / factor, stated.value))
        sentence = f"The amount fits as {right}, not as {wrong} (million and billion, Mio. and Mrd., confused)."
        found.append(_miss("scale", data, changes, sentence))
    for base, last in _neighbours(changes[0].traded, params.base, params.last):
        shifted = _members(params, data, params.symbols, base, last)
        if shifted and data.may_mean(last) and fits(stated, total(shifted)):
            found.append(_miss("session", data, shifted))
            break
    for peer in sorted(set(params.peers) - set(params.symbols)):
        other = _members(params, data, (peer,), params.base, params.last)
        if other and other[0].currency == currency and fits(stated, total(other)):
            found.append(_miss("subject", data, other))
            break
    if fits(stated, -value):
        found.append(_miss("sign", data, changes, "The amount is right with the other sign."))
    return tuple(found)


def _neighbours(closes: Series, base: date, last: date) -> list[tuple[date, date]]:
    """The window shifted by up to a week, the nearest first."""
    shifted = [(closes.session_offset(base, s), closes.session_offset(last, s)) for s in NEAREST_FIRST]
    return [(b, e) for b, e in shifted if b and e]


def _members(
    params: MarketValueChangeParams, data: Data, symbols: Sequence[str], base: date, last: date
) -> tuple[ValueChange, ...]:
    """The members' changes; none when one of them is missing."""
    found = [_change(params, data, s, base, last) for s in symbols]
    changes = tuple(c for c in found if isinstance(c, ValueChange))
    return changes if len(changes) == len(symbols) else ()


def _miss(change: str, data: Data, changes: Sequence[ValueChange], sentence: str | None = None) -> NearMiss:
    one = changes[0]
    return NearMiss(
        change=change, symbol=one.symbol, window=Window(base=one.base, last=one.last), value=total(changes),
        unit="currency", currency=one.currency,
        sentence=sentence or f"Nearest true statement: {_moved(data, changes)} {_when(one)}.",
    )  # fmt: skip


# --- words and the picture ------------------------------------------------------------------------------------------


def _moved(data: Data, changes: Sequence[ValueChange]) -> str:
    names, value = [data.name(c.symbol) for c in changes], total(changes)
    who = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} together"
    return f"{who} {'lost' if value < 0 else 'gained'} {amount(abs(value), changes[0].currency)} of market value"


def _when(change: ValueChange) -> str:
    one_session = change.traded.session_offset(change.last, -1) == change.base
    return f"on {change.last}" if one_session else f"from the close of {change.base} to that of {change.last}"


def _sentence(params: MarketValueChangeParams, data: Data, changes: Sequence[ValueChange], reason: str) -> str:
    rates = at_rates(*(c.traded for c in changes))
    text = f"{_moved(data, changes)}{rates} {_when(changes[0])} ({_detail(data, changes)})"
    stated = params.stated
    if stated is None:
        return f"{text}."
    missing = shortfall(stated, total(changes))
    if reason in ("exact", "rounded") and stated.qualifier in ("at_least", "at_most"):
        word = "short of" if stated.qualifier == "at_least" else "above"
        literally = f'right after rounding; literally {amount(missing, changes[0].currency)} {word} "{stated.text}"'
        return f"{text}: {literally}." if missing else f'{text}: "{stated.text}" holds literally.'
    return f'{text}: "{stated.text}" {WORDS[reason]}.'


def _detail(data: Data, changes: Sequence[ValueChange]) -> str:
    """Prices and count of one company, the amounts of a group's members."""
    if len(changes) > 1:
        return "; ".join(f"{data.name(c.symbol)} {amount(c.value, c.currency)}" for c in changes)
    c = changes[0]
    prices = f"{number(c.before)} to {number(c.now)} {c.currency or ''}".strip()
    return f"{prices}, {amount(c.shares, 'shares', 2)} known on that day, as of {c.count.as_of}"


def _caveats(data: Data, changes: Sequence[ValueChange]) -> tuple[str, ...]:
    """Where each count comes from, what splits were applied, and the change with the counts known later."""
    texts = []
    for c in changes:
        known = f"known {c.count.known}" + (" by assumption" if c.count.known_is_assumed else "")
        said = ", ".join(part for part in (known, c.count.source, c.count.status) if part)
        texts.append(f"{data.name(c.symbol)}: {c.count.shares:,.0f} shares as of {c.count.as_of} ({said})")
        if c.split != 1.0:
            texts.append(f"{data.name(c.symbol)}: the count was multiplied by {c.split:g} for a later split")
    then, now = (amount(total(c), changes[0].currency) for c in (changes, _recounted(data, changes)))
    if then != now:
        texts.append(f"with the next share counts known by {data.as_of} the change is {now} instead of {then}")
    return tuple(texts)


def _chart(params: MarketValueChangeParams, data: Data, changes: Sequence[ValueChange], window: Window) -> Chart:
    """Market value with a constant count, as the formula has it."""
    closes, said = changes[0].traded, params.stated
    name = ", ".join(data.name(c.symbol) for c in changes)
    value = market_value(changes, closes.session_offset(params.base, -60), closes.session_offset(params.last, 20))
    return Chart(
        title=f"{name}, market value", unit="currency", currency=closes.currency, lines=(line(value, name),),
        marks=((params.base, "base"), (params.last, "last")), window=window,
        rules=((value_before(changes) + said.value, f"stated: {said.text}"),) if said else (),
    )  # fmt: skip


def variants(params: MarketValueChangeParams) -> tuple[tuple[str, MarketValueChangeParams], ...]:
    recount = ("with the share counts known next", WithNextCounts.model_validate(dict(params)))
    return (recount, (LOCAL, params.local)) if params.currency else (recount,)


CHECK = Check(
    name="market_value_change",
    scale="fact",
    kinds=("quantitative_move",),
    params=MarketValueChangeParams,
    rule="The price change times the shares then known lies inside the interval that the stated amount allows.",
    minimum="the closes of the base and the last session, and a complete share count known on the last session",
    examples=(
        Example(
            "Nvidia verlor über Nacht nicht weniger als 600 Mrd. Dollar an Börsenwert", "de",
            {"symbols": ("NVDA",), "base": "2025-01-24", "last": "2025-01-27", "direction": "down",
             "stated": {"text": "nicht weniger als 600 Mrd. Dollar", "value": -600e9, "low": None, "high": -585e9,
                        "unit": "currency", "currency": "USD", "qualifier": "at_least"}},
        ),
        Example(
            "Nvidia won back about $260bn of its market value on Tuesday", "en",
            {"symbols": ("NVDA",), "base": "2025-01-27", "last": "2025-01-28", "direction": "up",
             "stated": {"text": "about $260bn", "value": 260e9, "low": 234e9, "high": 286e9, "unit": "currency",
                        "currency": "USD", "qualifier": "about"}},
        ),
    ),
    needs=needs,
    run=run,
    variants=variants,
    page=__doc__ or "",
)  # fmt: skip
