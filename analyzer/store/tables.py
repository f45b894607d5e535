"""The ledger's tables, in types that SQLite and PostgreSQL share.

Ids are TEXT and come from content; ``number`` columns only order what was appended. An article's words stand in
``texts`` alone, so that they can be removed without touching a verdict. A change here needs a new migration
(``migrations/versions``); a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)  # fmt: skip

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def required(name: str, kind: type = Text) -> Column:  # type: ignore[type-arg]
    return Column(name, kind, nullable=False)


def key(name: str, target: str | None = None) -> Column:  # type: ignore[type-arg]
    """A column of the primary key, pointing to ``target`` if that is given."""
    return Column(name, Text, *([ForeignKey(target)] if target else []), primary_key=True)


articles = Table(
    "articles", metadata,
    key("id"), required("language"), Column("title", Text), Column("author", Text), Column("outlet", Text),
    Column("published", Date), required("published_basis"), Column("published_why", Text), Column("licence", Text),
    required("source"), required("characters", Integer), required("text_sha256"), required("raw_sha256"),
    Index(None, "source"), Index(None, "published"),
)  # fmt: skip
"""What is known of an article by now. How a run read it stands in ``runs.head``."""

texts = Table("texts", metadata, key("article", "articles.id"), key("sha256"), required("text"))
"""Canonical texts. Files that differ in white space alone are one article with several texts, each with its offsets."""

passages = Table(
    "passages", metadata,
    key("article"), key("sha256"), key("id"), required("start", Integer), required("end", Integer),
    ForeignKeyConstraint(["article", "sha256"], ["texts.article", "texts.sha256"]),
)  # fmt: skip

runs = Table(
    "runs", metadata,
    Column("number", Integer, primary_key=True), Column("id", Text, nullable=False, unique=True),
    Column("article", Text, ForeignKey("articles.id"), nullable=False),
    required("text_sha256"), required("started"), required("recorded"), required("analyzer_version"),
    required("reader"), Column("model", Text), Column("as_of", Date), Column("cost_usd", Float),
    required("schema_version", Integer), required("extracted", Boolean), required("with_text", Boolean),
    required("head", JSON), required("record", JSON), required("advice", JSON),
    Index(None, "article", "extracted", "number"),
)  # fmt: skip

claims = Table(
    "claims", metadata,
    key("id"), Column("article", Text, ForeignKey("articles.id"), nullable=False, index=True),
    required("start", Integer), required("end", Integer), Column("kind", Text, nullable=False, index=True),
    required("figures", JSON),
)  # fmt: skip

readings = Table(
    "readings", metadata,
    key("run", "runs.id"), Column("claim", Text, ForeignKey("claims.id"), primary_key=True, index=True),
    required("position", Integer), required("quote"), required("statement"), required("attributed_to"),
    Column("attributed_name", Text), required("modality"), required("checkable"), Column("why_not", Text),
    required("reader"), Column("model", Text), Column("prompt", Text),
    Column("untested", JSON, nullable=False, server_default="[]"),
    Column("disagreement", JSON, nullable=False, server_default="[]"),
    Column("judged_on", JSON(none_as_null=True)),
)  # fmt: skip
"""How a run read a claim: one row a run, so that a later reading never replaces an earlier one."""


def of_reading() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["run", "claim"], ["readings.run", "readings.claim"])


trials = Table(
    "trials", metadata,
    key("run"), key("id"), required("claim"), required("position", Integer),
    Column("check_name", Text, nullable=False, index=True), required("params", JSON), required("basis", JSON),
    required("assumed", JSON), required("directness"), required("why"), of_reading(), Index(None, "run", "claim"),
)  # fmt: skip

symbols = Table(
    "symbols", metadata, key("run"), key("claim"), Column("symbol", Text, primary_key=True, index=True), of_reading()
)
"""The instruments that the trials and the evidence of a claim name."""

evidence = Table(
    "evidence", metadata,
    key("run"), key("id"), required("claim"), required("trial"), required("position", Integer),
    required("check_name"), required("as_of", Date), required("outcome"), Column("reason", Text),
    required("directness"), Column("statistic", Text), Column("statistic_value", Float), Column("pvalue", Float),
    Column("nobs", Integer), Column("observed", Float), Column("first", Date), Column("last", Date),
    required("record", JSON), Column("chart", JSON(none_as_null=True)), of_reading(), Index(None, "run", "claim"),
    ForeignKeyConstraint(["run", "trial"], ["trials.run", "trials.id"]),
)  # fmt: skip
"""``record`` is the whole evidence but its chart, which stands apart; the other columns are there to be searched."""

verdicts = Table(
    "verdicts", metadata,
    key("run"), key("claim"), key("stage"), Column("label", Text, nullable=False, index=True), Column("reason", Text),
    required("summary"), required("as_of", Date), of_reading(),
)  # fmt: skip
"""``stage``: when_written or latest."""

reviews = Table(
    "reviews", metadata,
    Column("number", Integer, primary_key=True), Column("id", Text, nullable=False, unique=True),
    Column("claim", Text, ForeignKey("claims.id"), nullable=False, index=True), required("reviewer"), required("at"),
    required("decision"), Column("label", Text), Column("reason", Text), Column("note", Text),
    Column("reading", JSON(none_as_null=True)),
)  # fmt: skip
"""Appended, never changed. ``reading``: what was decided on."""

sign_offs = Table(
    "sign_offs", metadata,
    Column("number", Integer, primary_key=True), Column("id", Text, nullable=False, unique=True),
    Column("article", Text, ForeignKey("articles.id"), nullable=False, index=True), required("reviewer"),
    required("at"), required("decision"), Column("note", Text), Column("undoes", Text),
    Column("reading", JSON(none_as_null=True)),
)  # fmt: skip
"""What people said of whole articles; appended, never changed."""

amendments = Table(
    "amendments", metadata,
    Column("number", Integer, primary_key=True), Column("id", Text, nullable=False, unique=True),
    Column("article", Text, ForeignKey("articles.id"), nullable=False, index=True),
    Column("claim", Text, ForeignKey("claims.id"), nullable=False, index=True), required("reviewer"), required("at"),
    required("change"), Column("undoes", Text), Column("quote", Text), Column("label", Text), Column("reason", Text),
    required("record", JSON),
)  # fmt: skip
"""What people had tested otherwise. Appended, never changed; ``record`` is the whole amendment, ``label`` what it came
to."""


def listed(name: str, *columns: Column) -> Table:  # type: ignore[type-arg]
    """A list of a run, in the order of its report."""
    position = Column("position", Integer, primary_key=True, autoincrement=False)
    return Table(name, metadata, key("run", "runs.id"), position, *columns)


refused = listed(
    "refused", required("stage"), required("code"), required("why"), required("quote"), required("proposed", JSON)
)
unclaimed = listed(
    "unclaimed", required("text"), required("start", Integer), required("end", Integer), required("kind")
)
failures = listed(
    "failures", required("stage"), required("code"), required("message"), Column("claim", Text),
    required("retryable", Boolean),
)  # fmt: skip

steps = Table(
    "steps", metadata,
    key("run", "runs.id"), key("name"), Column("article", Text, ForeignKey("articles.id"), nullable=False, index=True),
    required("state"), required("started"), required("finished"),
)  # fmt: skip
"""Which steps of a run are done and which failed; ``state``: done or failed."""

words = Table(
    "words", metadata,
    Column("number", Integer, primary_key=True), required("what"), required("id"),
    Column("article", Text, ForeignKey("articles.id"), nullable=False), required("folded"),
    Index(None, "article", "what", "id"), Index(None, "id", "what", "article"),
)  # fmt: skip
"""The words of what can be searched (``what``: passages or claims), folded: ``store.words``. The index over them is the
database's own: an FTS5 table ``words_fts`` kept by triggers, or a GIN index of PostgreSQL."""

work = Table(
    "work", metadata,
    key("key"), required("source"), Column("state", Text, nullable=False, index=True), Column("run", Text),
    Column("code", Text), Column("message", Text), Column("owner", Text), Column("until", Float),
    required("attempts", Integer), required("at"),
)  # fmt: skip
"""What batches have done: one row for an article under one set of settings. ``state``: taken, done or failed; a taken
one is its owner's ``until`` then (seconds since 1970), so that of two batches only one does it."""
