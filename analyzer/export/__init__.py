"""The ledger as files: every table for analysis, or the results alone for comparison (docs/export.md)."""
