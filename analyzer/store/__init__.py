"""What is kept: the ledger (the record), the step cache, the embedders, the index.

Nothing is imported here: SQLAlchemy, Chroma and the client libraries are paid for by whoever opens a store.
"""
