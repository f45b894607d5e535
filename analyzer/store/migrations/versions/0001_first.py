"""The first version of the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Every table, in the order of their references."""
    _articles()
    _claims()
    _runs()
    _texts()
    _failures()
    _passages()
    _readings()
    _refused()
    _reviews()
    _steps()
    _unclaimed()
    _symbols()
    _trials()
    _verdicts()
    _evidence()


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("author", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("published_basis", sa.Text(), nullable=False),
        sa.Column("published_why", sa.Text()),
        sa.Column("licence", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("raw_sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
    )
    op.create_index("ix_articles_published", "articles", ["published"])
    op.create_index("ix_articles_source", "articles", ["source"])


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_claims_article"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
    )
    op.create_index("ix_claims_article", "claims", ["article"])
    op.create_index("ix_claims_kind", "claims", ["kind"])


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("started", sa.Text(), nullable=False),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.Column("analyzer_version", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("model", sa.Text()),
        sa.Column("as_of", sa.Date()),
        sa.Column("cost_usd", sa.Float()),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("extracted", sa.Boolean(), nullable=False),
        sa.Column("with_text", sa.Boolean(), nullable=False),
        sa.Column("head", sa.JSON(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("advice", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_runs_article"),
        sa.PrimaryKeyConstraint("number", name="pk_runs"),
        sa.UniqueConstraint("id", name="uq_runs_id"),
    )
    op.create_index("ix_runs_article", "runs", ["article"])


def _texts() -> None:
    op.create_table(
        "texts",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_texts_article"),
        sa.PrimaryKeyConstraint("article", "sha256", name="pk_texts"),
    )


def _failures() -> None:
    op.create_table(
        "failures",
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text()),
        sa.Column("retryable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_failures_run"),
        sa.PrimaryKeyConstraint("run", "position", name="pk_failures"),
    )


def _passages() -> None:
    op.create_table(
        "passages",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article", "sha256"], ["texts.article", "texts.sha256"], name="fk_passages_article_sha256"
        ),
        sa.PrimaryKeyConstraint("article", "sha256", "id", name="pk_passages"),
    )


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("attributed_to", sa.Text(), nullable=False),
        sa.Column("attributed_name", sa.Text()),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("checkable", sa.Text(), nullable=False),
        sa.Column("why_not", sa.Text()),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("model", sa.Text()),
        sa.Column("prompt", sa.Text()),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_readings_claim"),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_readings_run"),
        sa.PrimaryKeyConstraint("run", "claim", name="pk_readings"),
    )
    op.create_index("ix_readings_claim", "readings", ["claim"])


def _refused() -> None:
    op.create_table(
        "refused",
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("proposed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_refused_run"),
        sa.PrimaryKeyConstraint("run", "position", name="pk_refused"),
    )


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("label", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_reviews_claim"),
        sa.PrimaryKeyConstraint("number", name="pk_reviews"),
        sa.UniqueConstraint("id", name="uq_reviews_id"),
    )
    op.create_index("ix_reviews_claim", "reviews", ["claim"])


def _steps() -> None:
    op.create_table(
        "steps",
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started", sa.Text(), nullable=False),
        sa.Column("finished", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_steps_article"),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_steps_run"),
        sa.PrimaryKeyConstraint("run", "name", name="pk_steps"),
    )
    op.create_index("ix_steps_article", "steps", ["article"])


def _unclaimed() -> None:
    op.create_table(
        "unclaimed",
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_unclaimed_run"),
        sa.PrimaryKeyConstraint("run", "position", name="pk_unclaimed"),
    )


def _symbols() -> None:
    op.create_table(
        "symbols",
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run", "claim"], ["readings.run", "readings.claim"], name="fk_symbols_run_claim"),
        sa.PrimaryKeyConstraint("run", "claim", "symbol", name="pk_symbols"),
    )
    op.create_index("ix_symbols_symbol", "symbols", ["symbol"])


def _trials() -> None:
    op.create_table(
        "trials",
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("check_name", sa.Text(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.Column("assumed", sa.JSON(), nullable=False),
        sa.Column("directness", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run", "claim"], ["readings.run", "readings.claim"], name="fk_trials_run_claim"),
        sa.PrimaryKeyConstraint("run", "id", name="pk_trials"),
    )
    op.create_index("ix_trials_check_name", "trials", ["check_name"])
    op.create_index("ix_trials_run_claim", "trials", ["run", "claim"])


def _verdicts() -> None:
    op.create_table(
        "verdicts",
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["run", "claim"], ["readings.run", "readings.claim"], name="fk_verdicts_run_claim"),
        sa.PrimaryKeyConstraint("run", "claim", "stage", name="pk_verdicts"),
    )
    op.create_index("ix_verdicts_label", "verdicts", ["label"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("trial", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("check_name", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("directness", sa.Text(), nullable=False),
        sa.Column("statistic", sa.Text()),
        sa.Column("statistic_value", sa.Float()),
        sa.Column("pvalue", sa.Float()),
        sa.Column("nobs", sa.Integer()),
        sa.Column("observed", sa.Float()),
        sa.Column("first", sa.Date()),
        sa.Column("last", sa.Date()),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("chart", sa.JSON(none_as_null=True)),
        sa.ForeignKeyConstraint(["run", "claim"], ["readings.run", "readings.claim"], name="fk_evidence_run_claim"),
        sa.ForeignKeyConstraint(["run", "trial"], ["trials.run", "trials.id"], name="fk_evidence_run_trial"),
        sa.PrimaryKeyConstraint("run", "id", name="pk_evidence"),
    )
    op.create_index("ix_evidence_run_claim", "evidence", ["run", "claim"])
