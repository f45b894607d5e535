"""What a clause does not foretell: what is turned round, what others bet on, what is so for now."""

from __future__ import annotations

from analyzer.extract.drafts import Context, Draft
from analyzer.extract.misreadings.common import is_forecast
from analyzer.extract.phrases import phrases

TURNS = phrases("turns_it_round")
PAUSE = phrases("pause_in_it")
COUNTED_ON = phrases("counted_on")
FOR_NOW = phrases("for_now")


def _is_turned_round(context: Context, draft: Draft) -> bool:
    """ "A pause in hikes is off the table", "does not push the Fed off its path": no rule tells safely which way that
    is, unless the binder has turned it round itself."""
    text = context.clause.text
    turned = TURNS.search(text) is not None and not draft.params.get("negated")
    return is_forecast(draft) and (turned or PAUSE.search(text) is not None)


def _is_what_others_count_on(context: Context, draft: Draft) -> bool:
    """ "Data could upend bets on a Fed pivot", "yields stayed above 3% on bets the Fed will go on": nobody says that it
    comes."""
    return is_forecast(draft) and COUNTED_ON.search(context.clause.text) is not None


def _is_only_for_now(context: Context, draft: Draft) -> bool:
    """ "Vorerst werden keine weiteren Zinssenkungen erwartet": how long that is meant to last is not said."""
    by_default = draft.check == "macro_level" and is_forecast(draft) and draft.params.get("horizon_basis") == "default"
    return by_default and FOR_NOW.search(context.clause.text) is not None


RULES = (
    _is_turned_round,
    _is_what_others_count_on,
    _is_only_for_now,
)
