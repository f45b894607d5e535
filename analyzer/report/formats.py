"""Reports as JSON, JSON Lines, CSV and Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from analyzer.checks import CHECKS
from analyzer.codes import FAILURES, REASONS, REFUSALS, STAGES
from analyzer.model import ClaimResult, Report
from analyzer.report import words
from analyzer.report.tables import CLAIMS, claim_cells

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def json_schema() -> str:
    """The JSON Schema of one article's object, as it ships in ``report.schema.json``.

    Every field that is always written is required, further ones are allowed; a code is a string with the values known
    today as examples.
    """
    schema = Report.model_json_schema(mode="serialization", schema_generator=_Written)
    for noun, names in ON_REQUEST.items():
        required = schema["$defs"][noun]["required"]
        schema["$defs"][noun]["required"] = [name for name in required if name not in names]
    for (noun, name), codes in KNOWN.items():
        schema["$defs"][noun]["properties"][name]["examples"] = list(codes)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "commentary-analyzer report"
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


class _Written(GenerateJsonSchema):
    """A field with a default is written too, so it is required."""

    def field_is_required(self, field: Any, total: bool) -> bool:
        return True


ON_REQUEST = {"Evidence": ("chart",), "ReportArticle": ("text",)}
"""Fields that are written only when they are asked for."""
KNOWN: dict[tuple[str, str], Iterable[str]] = {
    ("Verdict", "reason"): REASONS, ("Evidence", "reason"): REASONS, ("ClaimResult", "why_not"): REASONS,
    ("Refused", "code"): REFUSALS, ("Failure", "code"): FAILURES, ("Evidence", "check"): CHECKS,
    ("Refused", "stage"): STAGES, ("Failure", "stage"): STAGES,
}  # fmt: skip


def to_json(reports: Sequence[Report], texts: Sequence[str], *, charts: bool = False, text: bool = False) -> str:
    """One object for one article, a list for several (DESIGN, section 6)."""
    blobs = [_with_text(r, t).to_json(charts=charts, text=text) for r, t in zip(reports, texts, strict=True)]
    return blobs[0] if len(blobs) == 1 else "[\n" + ",\n".join(blobs) + "\n]"


def to_jsonl(reports: Sequence[Report], texts: Sequence[str], *, charts: bool = False, text: bool = False) -> str:
    """One line an article."""
    blobs = [_with_text(r, t).to_json(charts=charts, text=text) for r, t in zip(reports, texts, strict=True)]
    return "".join(json.dumps(json.loads(b), ensure_ascii=False) + "\n" for b in blobs)


def _with_text(report: Report, text: str) -> Report:
    return report.model_copy(update={"article": report.article.model_copy(update={"text": text})})


def to_csv(reports: Iterable[Report]) -> str:
    return "".join(csv_pieces(reports))


def csv_pieces(reports: Iterable[Report]) -> Iterator[str]:
    """One row a claim, with a byte order mark for spreadsheets; cells that would be formulas are neutralised."""
    yield "\ufeff" + _csv([tuple(column.name for column in CLAIMS)])
    for report in reports:
        yield _csv([claim_cells(report, claim) for claim in report.claims or ()])


def _csv(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue()


def neutral(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front; nothing hidden is passed on."""
    if not isinstance(value, str):
        return value
    return words.visible(f"'{value}" if value.startswith(FORMULA) else value)


def to_markdown(reports: Iterable[Report]) -> str:
    """A document that reads well as it is: head, table, what people decided, what was refused, what nobody claimed."""
    return "\n".join(map(markdown, reports))


def markdown(report: Report) -> str:
    lines = [f"# {_cell(words.title(report))}", ""]
    lines += [f"- date: {_cell(words.date_line(report))}"]
    lines += [f"- {words.reader_line(report)}", f"- {words.data_line(report)}"]
    lines += [f"- {_cell(line)}" for line in report.advice]
    if report.claims is None:
        lines += ["", "No claims: the extraction failed."]
    elif not report.claims:
        lines += ["", "No claim was found in this text."]
    else:
        counted = "; ".join(filter(None, (words.counts(report.claims), words.review_line(report.claims))))
        lines += ["", counted, "", "| verdict | what the text says | what the data say | claim |"]
        lines += ["| --- | --- | --- | --- |"]
        lines += [_markdown_row(claim) for claim in report.claims]
        lines += _markdown_reviews(report.claims)
    lines += ["", words.added_line(report)] if report.added else []
    lines += _markdown_amended((*(report.claims or ()), *report.added))
    said = [f"- {_cell(line)}" for line in words.sign_offs(report)]
    lines += ["", "The article as a whole:", "", *said] if said else []
    rest = [f"- refused ({r.stage}, {r.code}): {_cell(r.quote)} {_cell(r.why)}" for r in report.refused]
    rest += [f"- failed ({f.stage}, {f.code}): {_cell(f.message)}" for f in report.failed]
    for title, kind in (("Numbers", "number"), ("Statements", "statement")):
        texts = ", ".join(_cell(u.text) for u in report.unclaimed if u.kind == kind)
        rest += [f"- {title} that no claim covers: {texts}"] if texts else []
    return "\n".join([*lines, *([""] if rest else []), *rest, ""])


def _markdown_reviews(claims: Sequence[ClaimResult]) -> list[str]:
    """Every decision of people, oldest first in each claim."""
    said = [f"- `{claim.id[:8]}` {_cell(line)}" for claim in claims for line in words.history(claim)]
    return ["", "Reviews:", "", *said] if said else []


def _markdown_amended(claims: Sequence[ClaimResult]) -> list[str]:
    """What people had tested otherwise, and the claims that they added."""
    said = [
        f"- `{claim.id[:8]}` “{_cell(claim.quote)}” {_cell(line)}" for claim in claims for line in words.amended(claim)
    ]
    return ["", "Tested as people changed it (not the verdict in force):", "", *said] if said else []


def _markdown_row(claim: ClaimResult) -> str:
    label, latest = words.effective(claim), claim.verdict.latest
    then = words.then_differs(claim)
    notes = [f"assumed: {note}" for note in words.assumed(claim)]
    notes += [*words.second_opinion(claim), *([then] if then else [])]
    finding = " ".join([_cell(latest.summary), *(f"*{_cell(note)}*" for note in notes)])
    verdict = ", ".join(
        filter(None, (f"{words.SIGNS[label]} {words.WORDS[label]}", _cell(words.reviewed(claim) or "")))
    )
    return f"| {verdict} | {_cell(claim.quote)} | {finding} | `{claim.id[:8]}` |"


def _cell(text: str) -> str:
    """One line that neither breaks the table nor becomes markup or HTML."""
    line = words.one_line(text)
    for sign in ("\\", "|", "*", "_", "`", "[", "]", "#"):
        line = line.replace(sign, "\\" + sign)
    return line.replace("<", "&lt;").replace(">", "&gt;")
