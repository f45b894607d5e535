"""From an article to claims and trials: two readers, grounding, binding, the missing date."""
