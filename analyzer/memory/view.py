"""Groups and hits on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analyzer.memory.groups import ClaimGroup, Contradiction, Member, Span
from analyzer.memory.search import Hit
from analyzer.model import Label
from analyzer.report import words

PER_CENT = 100


def groups_table(found: Sequence[ClaimGroup]) -> Table:
    """One row a group: what is said, by how many, by whom first, how the figure drifted, and against whom."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, leading=1)
    table.add_column("claim", width=8, no_wrap=True, overflow="crop")
    table.add_column("articles", width=8, justify="right")
    table.add_column("first said", ratio=4)
    table.add_column("figures", ratio=2)
    table.add_column("verdict", width=15)
    table.add_column("contradicted by", ratio=3)
    for one in found:
        first = one.members[0]
        said = Group(Text(f"„{words.one_line(first.quote)}“"), Text(_who(first), style="dim"))
        against = (
            Group(*(Text(_against(other)) for other in one.contradicted_by[:3])) if one.contradicted_by else Text("")
        )
        table.add_row(Text(one.id[:8]), Text(str(one.articles)), said, Text(spans(one.figures)), _verdict(one), against)
    return table


def one_group(found: ClaimGroup) -> RenderableType:
    """Everything of one group: its claims from the oldest on, the figures, the verdict, who contradicts."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False)
    for name, width in (("claim", 8), ("published", 10)):
        table.add_column(name, width=width, no_wrap=True, overflow="crop")
    table.add_column("by", ratio=1)
    table.add_column("what it says", ratio=3)
    table.add_column("verdict", width=15)
    for one in found.members:
        by = " · ".join(name for name in (one.by, one.outlet) if name) or one.title or one.article[:8]
        table.add_row(
            Text(one.claim[:8]), Text(one.published or "no date"), Text(words.one_line(by)),
            Text(words.one_line(one.quote)), _label(one.label),
        )  # fmt: skip
    articles = "1 article" if found.articles == 1 else f"{found.articles} articles"
    lines: list[RenderableType] = [Text(f"Said in {articles}, first {_who(found.members[0])}.", style="bold"), table]
    if drift := spans(found.figures):
        lines.append(Text(f"Figures, oldest first: {drift}"))
    if found.checked is not None:
        lines.append(Text(f"Checked: {words.WORDS[found.checked.label]}. {found.checked.summary}"))
        lines.append(Text(f"analyze explain {found.checked.claim[:8]} shows the evidence."))
    lines += [Text(f"Against it: {_against(other)} ({other.reason})") for other in found.contradicted_by]
    return Group(*lines)


def no_group(claims: int) -> str:
    if not claims:
        return "The ledger holds no claim yet. Analyze articles first: analyze FOLDER"
    return (
        f"None of the {claims} claims of the ledger is made by a second article, and none is contradicted by another."
    )


def spans(found: Sequence[Span]) -> str:
    """ "16.5 to 20 %: 17 Prozent, fast 20 %"."""
    return "; ".join(", ".join(span.written) for span in found)


def _who(one: Member) -> str:
    names = [name for name in (one.by, one.outlet) if name]
    return f"{one.published or 'without a date'} by {', '.join(names) or one.title or 'an unnamed author'}"


def _against(other: Contradiction) -> str:
    who = ", ".join(name for name in (other.by, other.outlet) if name) or "an unnamed author"
    return f"{who} ({other.published or 'no date'}, {other.claim[:8]}): „{words.one_line(other.quote)}“"


def _verdict(one: ClaimGroup) -> Text:
    return _label(one.checked.label) if one.checked else _label(one.members[0].label)


def _label(label: Label) -> Text:
    return Text(f"{words.SIGNS[label]} {words.WORDS[label]}", style=words.COLOURS[label])


def hits_table(found: Sequence[Hit]) -> Table:
    """One row a hit: what it is, from where, the sentence, and what to type."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, leading=1)
    table.add_column("published", width=10, no_wrap=True)
    table.add_column("from", ratio=2)
    table.add_column("verdict", width=15)
    table.add_column("what it says", ratio=5)
    table.add_column("more", width=24)
    for one in found:
        names = " · ".join(name for name in (one.author, one.outlet, one.title) if name) or one.source
        verdict = _label(one.verdict) if one.verdict else Text("passage", style="dim")
        table.add_row(
            Text(one.published or "no date"), Text(words.one_line(names)), verdict, _marked(one), Text(one.more)
        )
    return table


def _marked(one: Hit) -> Text:
    """The sentence, with the claim in it in bold."""
    said = Text(words.one_line(one.context))
    if one.quote:
        said.highlight_words([words.one_line(one.quote)], style="bold")
    return said


def nothing_found(query: str, narrowed: bool, entries: int) -> str:
    if not entries:
        return (
            "There is nothing to search yet. Analyze articles first (analyze FOLDER); what was recorded by an earlier "
            "version comes in with: analyze index --rebuild"
        )
    where = " that the filters leave" if narrowed else ""
    return f"Nothing{where} holds {query!r} or is near to it in meaning ({entries} passages and claims searched)."
