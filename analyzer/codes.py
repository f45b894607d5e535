"""The codes that results carry, each with what it means: reasons of verdicts, refusals, failures.

A code is a contract value: other programs may test for it, so a published one is never renamed. New ones may come; the
JSON Schema lists those known today. A test compares these tables with the codes that the program can give.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.model import Label

SIGNS: Mapping[Label, str] = {
    "supported": "✓", "refuted": "✗", "mixed": "≈", "consistent": "∼", "inconclusive": "?", "no_data": "∅",
    "pending": "…", "not_checkable": "–",
}  # fmt: skip
"""The sign of each label, so that none is told by its colour alone."""
WORDS: Mapping[Label, str] = {
    "supported": "supported", "refuted": "refuted", "mixed": "mixed", "consistent": "consistent",
    "inconclusive": "inconclusive", "no_data": "no data", "pending": "pending", "not_checkable": "not checkable",
}  # fmt: skip

STAGES = ("extract", "bind", "embed")
"""Where something was refused or failed."""

REASONS: Mapping[str, str] = {
    # a figure, a direction, a level
    "exact": "the figure is right to the last digit",
    "rounded": "the figure is right after the rounding that its words allow",
    "overstated": "more is stated than the data show",
    "understated": "less is stated than the data show",
    "direction": "the direction is right; no figure was stated",
    "flat": "the series hardly moved",
    "wrong_sign": "it moved the other way",
    "wrong_side": "it stood on the other side of the mark",
    "wrong_scale": "a thousand or a million times too much or too little: million and billion confused",
    "wrong_period": "it is the figure of another session or window",
    "two_readings": "of two readings one does not fit, and the other cannot be tested",
    "wrong_subject": "it is the figure of another instrument",
    "points_only": "true in points, not in per cent",
    "as_traded": "the price as traded on the day is not known, only the one after later splits",
    "split_adjusted": "true only on prices after later splits",
    "price_only": "true without dividends, not with them",
    "total_return": "true only with dividends, or price and total return disagree",
    "same": "both are the same",
    "share": "the share of members decides",
    # levels, records, falls
    "reached": "the level was reached",
    "not_reached": "the level was not reached",
    "crossed": "the threshold was crossed",
    "not_crossed": "the threshold had been crossed before",
    "not_first": "it was not the first time",
    "not_record": "another session is more extreme",
    "fell": "it went on to fall",
    "regained": "the old high was regained",
    "fell_and_regained": "it fell, and the old high was regained later",
    "rose": "it went on to rise",
    "low_again": "the old low was reached again",
    "rose_and_fell_back": "it rose, and the old low was reached again later",
    "not_ended": "the run went on",
    "dated": "the day lies in a dated phase of that kind",
    "not_longest": "another of its kind was longer",
    "other_phase": "the day lies in a dated phase of the other kind",
    "known_afterwards": "only what follows can tell",
    "undecided": "neither has happened yet",
    "order": "the move came before its cause",
    # tests
    "abnormal": "the move was abnormal against the market",
    "significant": "significant at 5 %",
    "not_significant": "not significant at 5 %",
    "moves_apart": "from day to day the two move the other way than is said",
    "unchanged": "it holds, but it held before as well",
    "unconfirmed_mean": "the slope says so, the mean on the worst days does not",
    "no_fall": "the market did not fall, so that there was nothing to flee from",
    "rank": "it is the first of all, or the last",
    "snooping": "significant by itself, not among all the rules that it could have been picked from",
    "part_of_history": "it held in a part of the history only",
    "in_interval": "the figure lies inside the interval of the estimate",
    "beyond_data": "rarer than the years of data can bear out",
    "closer": "its forecasts came closer",
    "not_closer": "another's forecasts, or none at all, came closer",
    "too_few": "too few for a test: what there is, is told",
    "both_ways": "each runs ahead of the other by the test",
    "unconfirmed_lead": "one test of a lead says so, the other does not",
    "leads_back": "it is the other that runs ahead",
    "dose_response": "those said to be more exposed moved less",
    "near_unit_root": "it keeps so much of itself that a break and a random walk look alike",
    "tests_disagree": "one of the two deciding tests is under 5 %, the other is not",
    "poor_fit": "no mixture of the controls ran like it before the policy",
    "not_robust": "the effect changes its sign with the method, or without one control",
    "no_controls": "there is no control group that says how it would have gone without the policy",
    "no_stamp": "the move was unusual; the date of its cause is not known",
    "long_known": "the news was known long before the move",
    "competing_news": "other news of the same day could explain it",
    "undefined_word": "the word has no definition of its own; the rule that was used is printed",
    "unconfirmed": "the price of protection says so, the other signs do not",
    # what is missing
    "series": "no source has the series",
    "forecasts": "no forecasts with their ends and values are listed",
    "rate": "no source has the exchange rate into the currency that is asked for",
    "span": "the sources do not reach the sessions, or have a hole there",
    "coverage": "the data do not cover the whole span of a universal claim",
    "other_series": "its own series does not reach back far enough; another price of the same thing decides",
    "not_yet": "the day lies after the as-of date",
    "no_session": "the exchange was closed on that day",
    "intraday": "it speaks of a price within, before or after the session",
    "currency": "the figure is in another currency than the series",
    "unit": "the figure is in another unit than the series",
    "not_positive": "the price was not positive, so there is no return",
    "window": "the window is empty or turned round",
    "only_possible": "said to be possible, which its not happening does not contradict",
    "open": "the date of the forecast has not come",
    "before_close": "the text is of that very day, and may have been written before the close",
    "session_not_named": "the session is only assumed, and another may be meant",
    "subject_not_named": "the instrument is taken from before, and another may be meant",
    "not_plain": "it names several times, things or verbs, and another may be meant",
    "figure_not_tested": "what was tested is right; the figure was not tested",
    "partly_tested": "what was tested is right; a part was not tested",
    # no trial
    "revised": "within what the series is usually revised by; it is of its latest vintage",
    "did_not_occur": "it did not come about in the span that is named",
    "no_members": "it speaks of every member of an index, whose members are not in the data",
    "needs_check": "a fair test exists and is not in this version",
    "time_not_read": "a fair test exists; which sessions are meant was not read",
    "no_such_day": "the calendar does not have the day",
    "no_date": "the article's date is unknown",
    "no_instrument": "the series is not in the catalogue",
    "other_measure": "it speaks of something else than a price: sales, demand, holdings, bets",
    "no_cause": "a cause is given for a movement; which movement and which news are meant was not read",
    "no_policy": "the sides and the controls of the policy, or of the outcome that is named, are not written down",
    "unscorable": "a forecast without what it could be scored on",
    "conditional": "said for a case only: a forecast under a condition, or what would have been",
    "vague": "nothing that a test could be fixed on was read",
    "opinion": "a judgement of value",
    "question": "a question that asserts nothing",
    "out_of_scope": "outside what market data can say",
}
"""Why a verdict or a piece of evidence has its label."""

REFUSALS: Mapping[str, str] = {
    "quote_not_found": "the quote does not stand in the text to the letter",
    "quote_empty": "the quote is empty",
    "quote_too_long": "the quote is longer than a claim may be",
    "unknown_claim": "a test was proposed for a claim that is not there",
    "unknown_check": "a test was proposed that does not exist",
    "unknown_symbol": "an instrument was proposed that was not offered",
    "bad_date": "a date was proposed that is none",
    "invalid_item": "an item does not have the form that was asked for",
    "too_many": "more tests were proposed than a claim may have",
    "figure_not_in_quote": "the figure does not stand in the quote",
    "subject_differs": "the text speaks of another instrument",
    "window_differs": "the text's time words lead elsewhere",
    "not_in_text": "the text holds nothing that the test could be fixed on",
    "params": "the check cannot be run with these parameters",
}
"""Why something that was proposed was not accepted."""

FAILURES: Mapping[str, str] = {
    "bad_reply": "the model's reply could not be used, even after one repair",
    "truncated": "the model's reply broke off",
    "endpoint_down": "the endpoint could not be reached",
    "timeout": "the endpoint took too long",
    "unauthorised": "the key was refused",
    "unknown_model": "the endpoint does not have the model",
    "rate_limited": "the endpoint asked to slow down",
    "bad_request": "the endpoint refused the request",
    "budget": "the next call might have gone beyond the budget",
    "waiting": "the model's answer is ordered and has not come yet",
    "batch_lost": "an ordered answer was lost with its batch, which may have been paid",
    "too_long": "the article does not fit into the model's window",
    "store_locked": "another process is writing to the index",
    "store_read_only": "the index cannot be written",
    "embedder_mismatch": "the index was made with another embedder",
    "embedding": "the embedder failed",
    "index": "the index cannot be opened",
    "model": "the model failed",
    "store": "the store failed",
}
"""What went wrong on the way; never a verdict."""
