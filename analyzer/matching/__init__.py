"""Whether two claims are one: the same, contradicting, or different, with the reason. Pure: no store, no model."""
