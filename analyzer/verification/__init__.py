"""A report that was written before, recomputed from data: what agrees, what does not, and which of the two changed."""
