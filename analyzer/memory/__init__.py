"""What the ledger and the index remember together: groups of claims, and search."""
