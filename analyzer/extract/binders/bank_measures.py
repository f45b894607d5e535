"""What a central bank has done, as far as a series shows it: that it goes all in, that its steps calmed nobody; and
what risk costs."""

from __future__ import annotations

from analyzer.extract.binders.common import default_moment
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.events_to_come import banks_in
from analyzer.extract.phrases import phrases
from analyzer.market.instruments import UNITS
from analyzer.model import Basis

ASSETS, FEAR, SPREAD = "WALCL", "^VIX", "BAMLH0A0HYM2"
ALL_IN, BUYS = phrases("bank_goes_all_in"), phrases("bank_buys")
LITTLE_TO_CALM = phrases("little_to_calm")
OVERPRICED, UNDERPRICED = phrases("risk_overpriced"), phrases("risk_underpriced")


def bank_measures(context: Context) -> list[Draft]:
    """macro_level of the Fed's assets where it buys or goes all in; volatility_regime where a bank calmed nobody."""
    clause = context.clause
    banks = banks_in(clause.text)
    if not banks or clause.is_question or clause.has("conditional"):
        return []
    if LITTLE_TO_CALM.search(clause.text):
        return _regime(context, FEAR, "nervous", "the VIX says how dear protection still was", None)
    goes_on = ALL_IN.search(clause.text) or BUYS.search(clause.text)
    return _assets(context) if banks == ["fed"] and goes_on and not _is_open(context) else []


def _is_open(context: Context) -> bool:
    """A condition, a question, a denial, or what is still to come."""
    clause = context.clause
    left = clause.is_question or clause.has("conditional", "forecast_strong", "negation")
    return left or context.claim.modality in ("asked", "denied")


def _assets(context: Context) -> list[Draft]:
    assets = context.instrument(ASSETS)
    if assets is None or context.clock.published is None:
        return []
    params = {
        "symbol": ASSETS, "published": context.clock.published, "unit_size": UNITS[assets.unit or "per cent"],
        "relation": "rose", "against": "year", "measure": "level",
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": "default", "published": "article", "against": "default", "relation": "quote"}
    why = "what the Fed buys and lends stands in its balance sheet"
    return [Draft("macro_level", params, marks, why=why, assumed=("measured from a year before",))]


def price_of_risk(context: Context) -> list[Draft]:
    """volatility_regime of the spread of high-yield bonds: dear in the highest tenth of its past, cheap in the lowest
    fifth."""
    text = context.clause.text
    over, under = OVERPRICED.search(text), UNDERPRICED.search(text)
    if _is_open(context) or not (over or under):
        return []
    word = "stress" if over else "calm"  # "from underpricing risk to overpricing it": the later of the two
    return _regime(context, SPREAD, word, "the spread of high-yield bonds is the price of risk", "start")


def _regime(context: Context, symbol: str, word: str, why: str, span: str | None) -> list[Draft]:
    instrument = context.instrument(symbol)
    moment = None
    if instrument is not None:
        moment = context.moment(instrument) or default_moment(context, instrument)
    if moment is None:
        return []
    params = {"symbol": symbol, "session": moment.session, "word": word, "span": span}
    marks: dict[str, Basis] = {"symbol": "default", "session": moment.basis, "word": "quote", "span": "default"}
    return [Draft("volatility_regime", params, marks, directness="statistical", why=why)]
