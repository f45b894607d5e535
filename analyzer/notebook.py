"""The table of a report in a notebook: a pandas DataFrame that shows itself as a page shows it.

Everything is escaped, and nothing is fetched: styles stand in the HTML. A selection of rows or columns shows itself
likewise; whatever pandas makes of it otherwise (a group, a pivot) is an ordinary DataFrame again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from analyzer.codes import SIGNS, WORDS
from analyzer.plain import one_line

COLUMNS = (
    "claim", "quote", "kind", "checkable", "verdict", "reason", "summary", "when_written", "checks", "reviewed",
    "review",
)  # fmt: skip
LABELLED = frozenset({"verdict", "when_written", "reviewed"})
HEADS = {"quote": "what the text says", "summary": "what the data say", "when_written": "when written"}
SHORT = ("claim", "verdict", "reason", "quote", "summary", "when_written", "reviewed", "review")
"""What a report shows of its table; ``report.table()`` has all."""
MOST_ROWS = 300
"""Rows that a notebook shows; more are counted."""
# Notebooks set their own background, light or dark, by a class or a data attribute; a half-transparent ground and
# currentColor fit either. The colours of the labels keep 4.5 to 1 on white; the sign and the word are always there.
STYLE = """
.analyzer-claims{border-collapse:collapse;font:14px/1.45 system-ui,sans-serif;width:100%;text-align:left;color:inherit}
.analyzer-claims caption{caption-side:top;text-align:left;padding:.3em 0;font-size:13px}
.analyzer-claims th,.analyzer-claims td{text-align:left!important;vertical-align:top;padding:.45em .7em;
border-bottom:1px solid rgba(128,128,128,.35);white-space:normal;background:transparent}
.analyzer-claims th{font-weight:600;border-bottom-width:2px}
.analyzer-claims .quote,.analyzer-claims .summary{overflow-wrap:anywhere;min-width:16em;max-width:34em}
.analyzer-claims .quote{font-family:Georgia,serif;font-style:italic}
.analyzer-claims .claim,.analyzer-claims .checks{font:12px/1.6 ui-monospace,monospace;opacity:.8}
.analyzer-claims .label{white-space:nowrap;font-weight:600}
.analyzer-claims .label::before{content:"";display:inline-block;width:.55em;height:.9em;margin-right:.45em;
vertical-align:-.08em;background:var(--tone)}
.analyzer-claims .supported{--tone:#2e8b57}.analyzer-claims .refuted{--tone:#c0392b}
.analyzer-claims .mixed{--tone:#b7791f}.analyzer-claims .consistent{--tone:#16858f}
.analyzer-claims .inconclusive{--tone:#8e5bbf}.analyzer-claims .pending{--tone:#2f6fc4}
.analyzer-claims .no_data,.analyzer-claims .not_checkable{--tone:#7a828c}
"""


class ClaimTable(pd.DataFrame):
    """Claims, one a row."""

    @property
    def _constructor(self) -> type[ClaimTable]:
        return ClaimTable

    def _repr_html_(self) -> str:
        """HTML for a notebook. A table whose rows are no longer claims shows itself as pandas does."""
        if not set(self.columns) & {"quote", "verdict"} or self.columns.nlevels > 1:
            return str(pd.DataFrame(self)._repr_html_())  # type: ignore[operator]  # a method in fact
        return f'<style>{STYLE}</style><div style="overflow-x:auto">{_table(self)}</div>'


def claim_table(rows: Sequence[Mapping[str, Any]]) -> ClaimTable:
    return ClaimTable(list(rows), columns=list(COLUMNS))


def report_html(title: str, lines: Sequence[str], table: ClaimTable | None) -> str:
    """A report: its title, lines on it, its table (None: there is none)."""
    head = f"<p><strong>{_text(title)}</strong><br>{'<br>'.join(_text(line) for line in lines if line)}</p>"
    return head if table is None else head + table[list(SHORT)]._repr_html_()


def _table(table: ClaimTable) -> str:
    names = [str(name) for name in table.columns if name not in _unused(table)]
    heads = "".join(f'<th scope="col">{_text(HEADS.get(name, name.replace("_", " ")))}</th>' for name in names)
    shown = table[names].head(MOST_ROWS)
    lines = ("".join(map(_cell, names, row)) for row in shown.itertuples(index=False, name=None))
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    head = f"<caption>{_counts(table)}</caption><thead><tr>{heads}</tr></thead>"
    return f'<table class="analyzer-claims">{head}<tbody>{body}</tbody></table>'


def _unused(table: ClaimTable) -> frozenset[str]:
    """Columns on reviews say nothing where nobody has reviewed anything."""
    nobody = "review" in table.columns and (table["review"] == "not reviewed").all()
    return frozenset({"reviewed", "review"}) if nobody else frozenset()


def _counts(table: ClaimTable) -> str:
    """How many of each label: "4 claims: 3 supported, 1 refuted"."""
    found = Counter(table["verdict"]) if "verdict" in table.columns else Counter[str]()
    parts = [f"{found[label]} {word}" for label, word in WORDS.items() if found[label]]
    said = f"{len(table)} claim{'' if len(table) == 1 else 's'}" + (f": {', '.join(parts)}" if parts else "")
    return said + (f"; the first {MOST_ROWS} are shown" if len(table) > MOST_ROWS else "")


def _cell(name: str, value: Any) -> str:
    if value is None or value is pd.NA or value != value:  # the last: NaN is not itself
        return "<td></td>"
    if name in LABELLED and value in SIGNS:
        return f'<td><span class="label {value}">{SIGNS[value]} {WORDS[value]}</span></td>'
    text = str(value)[:8] if name == "claim" else str(value)
    said = text.replace("_", " ") if name in ("kind", "reason") else text
    return f'<td class="{escape(name)}">{_text(said)}</td>'


def _text(value: str) -> str:
    return escape(one_line(value))
