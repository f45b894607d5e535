"""How a verdict was computed: the rule, the figures, the rows used, and the lines of Python that compute it again."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model import ClaimResult, Evidence, Report, Window
from analyzer.report import words


def explanation(report: Report, claim: ClaimResult) -> RenderableType:
    """Everything on one claim, for a terminal."""
    parts: list[RenderableType] = [Text(f"“{words.one_line(claim.quote)}”", style="italic")]
    source = words.one_line(report.article.source)
    parts.append(Text(f"claim {claim.id}, characters {claim.start} to {claim.end} of {source}"))
    said = f"{claim.kind.replace('_', ' ')}, {claim.modality}, read by {claim.extracted_by.reader}"
    if claim.attribution.to == "cited":
        said += f", attributed to {words.one_line(claim.attribution.name or 'somebody cited')}"
    parts.append(Text(said))
    for name, verdict in (("when written", claim.verdict.when_written), ("latest", claim.verdict.latest)):
        if verdict is None:
            parts.append(Text(f"{name}: none, the article's date is unknown"))
            continue
        line = Text(f"{name} (data to {verdict.as_of}): ")
        line.append(f"{words.SIGNS[verdict.label]} {words.WORDS[verdict.label]}", style=words.COLOURS[verdict.label])
        reason = f" ({verdict.reason.replace('_', ' ')})" if verdict.reason else ""
        parts.append(line.append(f"{reason}. {words.one_line(verdict.summary)}"))
    for evidence in words.latest_evidence(claim):
        parts += [Text(""), evidence_text(evidence)]
    if not claim.evidence:
        parts.append(Text("No trial was formed for this claim, so there is no evidence."))
    run = report.run
    made = f"run {run.id}, analyzer {run.analyzer_version}, data vintage {run.data_vintage}"
    parts += [Text(""), Text(made, style="dim")]
    return Group(*parts)


def evidence_text(evidence: Evidence) -> Text:
    """One piece of evidence: figures, rule, window, what was assumed, near misses, data, Python."""
    text = Text(f"{evidence.check} as of {evidence.as_of}: ", style="bold")
    text.append(words.WORDS[evidence.outcome], style=words.COLOURS[evidence.outcome])
    text.append(f"\n{words.one_line(evidence.summary)}", style="not bold")
    for name, value in evidence_lines(evidence):
        text.append(f"\n  {name:12} ", style="dim")
        text.append(words.one_line(value), style="not bold")
    text.append("\n  recompute\n", style="dim")
    text.append("\n".join(f"    {line}" for line in python_lines(evidence)), style="not bold")
    return text


def evidence_lines(evidence: Evidence) -> Iterator[tuple[str, str]]:
    yield "rule", evidence.rule
    if evidence.stated:
        stated = evidence.stated
        low, high = ("open" if v is None else f"{v:,.6g}" for v in (stated.low, stated.high))
        allowed = f"allowed {low} to {high} ({stated.qualifier})"
        yield "stated", f"“{stated.text}” = {stated.value:,.6g} {stated.unit}, {allowed}"
    if evidence.observed and evidence.observed.value is not None:
        observed = evidence.observed
        yield "observed", f"{observed.value:,.6g} {observed.unit} {observed.currency or ''}".rstrip()
    if evidence.window != Window():
        window = evidence.window
        yield "window", f"base {window.base}, first {window.first}, last {window.last}"
    if evidence.pvalue is not None:
        yield "test", f"p = {evidence.pvalue:.4g}, n = {evidence.nobs}; null: {evidence.null_hypothesis}"
    yield from (("near miss", m.sentence or f"{m.symbol} {m.value:.6g}") for m in evidence.near_misses)
    if evidence.basis:
        yield "basis", ", ".join(f"{k}: {v}" for k, v in evidence.basis.items())
    yield from (("assumed", note) for note in evidence.assumed)
    yield from (("caveat", note) for note in evidence.caveats)
    if evidence.robustness.of:
        variants = ", ".join(f"{v.name}: {words.WORDS[v.outcome]}" for v in evidence.robustness.variants)
        yield "robustness", f"{evidence.robustness.agree} of {evidence.robustness.of} variants agree ({variants})"
    for used in evidence.data:
        span = f"{used.first} to {used.last}, sha256 {used.sha256[:12]}"
        yield "data", f"{used.symbol} {used.field}, {used.basis}, {used.source}, {span}"


def python_lines(evidence: Evidence) -> list[str]:
    """Python that runs the same trial again; add the folders of data that were used."""
    return [
        "from datetime import date",
        "from analyzer.config import load",
        "from analyzer.pipeline import Workshop, check_by_hand",
        "market = Workshop(load()).market",
        f"params = {evidence.params!r}",
        f"print(check_by_hand({evidence.check!r}, params, market, date.fromisoformat('{evidence.as_of}')).summary)",
    ]
