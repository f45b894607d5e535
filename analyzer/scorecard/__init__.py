"""How the claims and forecasts of an author, an outlet, a kind or an instrument fared (docs/scorecard.md)."""
