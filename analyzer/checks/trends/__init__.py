"""What trend_reversal tests, one module for each of its modes; the page and the parameters stand in the check."""
