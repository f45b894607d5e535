"""What a claim says beside what its trials test: figures and superlatives that no trial holds, and softer parts.

"Finished at 5,614.56, its lowest close since mid-September" with a trial of the level alone is not borne out by it.
What is left over is kept with the claim, to the letter, and takes part in the verdict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import DOWN, UP, parts
from analyzer.extract.time_words import peak_span
from analyzer.extract.view import Clause, Located
from analyzer.model import Trial
from analyzer.text.numbers import Figure
from analyzer.text.patterns import Pattern

COUNT = Pattern(
    rf"\b(?:\d+|{any_phrase('counted_records')})(?: {any_phrase('new')})? "
    rf"{any_phrase('record_noun')}(?!(?:ed|ing)\b)\w*(?: {any_phrase('record_plural')})?",
    re.IGNORECASE,
)
"""How often a record was set: no check counts them."""
STEPS = phrases("how_many_steps")
"""How often a rate will be moved: no check counts that."""
ALONE = Pattern(rf"\b{any_phrase('only_one')}\s+(?:{any_phrase('article')} )?", re.IGNORECASE)
RANKED = ("record_extreme", "breadth", "calendar_effect", "structural_break")
"""Checks that hold a superlative themselves, or what reads like one: "seit 2022 nicht mehr"."""


def untested(clause: Clause, trials: Sequence[Trial]) -> tuple[str, ...]:
    """The figures and superlatives of the clause that none of its trials tests, in the order of the text; none without
    a trial."""
    if not trials:
        return ()
    held = {text for trial in trials for text in _stated(trial)}
    found = [(p.figure.start, p.figure.text) for p in parts(clause) if p.figure.text not in held]
    found += [
        (f.start, f.text) for f in clause.figures if f.unit == "count" and f.text not in held and _is_bare(clause, f)
    ]
    found += _alone(clause)
    if not any(_is_ranked(trial) for trial in trials):
        found += _superlatives(clause)
    if any(str(trial.params.get("relation", "")).startswith("will_") for trial in trials):
        found += [(clause.start + m.start(), m.group()) for m in STEPS.finditer(clause.text)]
    counted = any(trial.params.get("mode") == "streak" for trial in trials)
    for pattern in (COUNT, NTH) if counted else (COUNT, STREAK, NTH):
        found += [(clause.start + m.start(), m.group()) for m in pattern.finditer(clause.text)]
    texts = list(dict.fromkeys(text for _, text in sorted(found)))
    return tuple(t for t in texts if not any(t != other and t in other for other in texts))


def _alone(clause: Clause) -> list[tuple[int, str]]:
    """ "Einzig Apple", "only Nvidia": that no other did so, no trial of the one can say."""
    text = clause.view.article.text
    starts = {mention.start for mention in clause.mentions}
    found = ALONE.finditer(text, clause.start, clause.end)
    return [(m.start(), m.group().strip()) for m in found if m.end() in starts]


def _is_ranked(trial: Trial) -> bool:
    of_economy = trial.check == "macro_level" and trial.params.get("relation") in ("highest", "lowest")
    return trial.check in RANKED or of_economy or any(trial.params.get(k) for k in ("first_time", "never", "longest"))


def beside(clause: Clause, trials: Sequence[Trial]) -> tuple[str, ...]:
    """Parts between commas that say something without a figure which no trial of a tested figure can hold: a second
    movement, a cause. They take nothing from what was tested, and are named."""
    held = [text for trial in trials for text in _stated(trial)]
    if not held:
        return ()
    causes = any(trial.check in ("event_study", "event_study_group", "trigger") for trial in trials)
    found = []
    for piece in _pieces(clause):
        says = piece.has(*DOWN, *UP) or ((piece.has("causal") or CAUSE.match(piece.text)) and not causes)
        counted = bool(piece.figures) or any(text in piece.text for text in held)
        if says and not counted and len(piece.text.split()) >= SHORTEST:
            found.append(LINK.sub("", piece.text).strip(" .,;:"))
    return tuple(found)


CAUSE = Pattern(rf"\W*{any_phrase('cause_beside')}\b", re.IGNORECASE)
SHORTEST = 4
"""Words of a part that can say something of its own."""
LINK = re.compile(rf"^\W*(?:{any_phrase('part_link')}\s+)?", re.IGNORECASE)
BORDER = re.compile(rf",\s+|;\s+|\s+{any_phrase('part_border')}\s+|\s+(?={any_phrase('part_cause')}\s)")


def _pieces(clause: Clause) -> list[Clause]:
    """The clause cut at commas that stand in no figure and no name, and before a cause."""
    kept: list[Located] = [*clause.figures, *clause.mentions, *clause.times]
    fixed = [(f.start, f.end) for f in kept]
    cuts = [
        (m.start(), m.end())
        for m in BORDER.finditer(clause.view.article.text, clause.start, clause.end)
        if not any(a < m.start() < b for a, b in fixed)
    ]
    starts, ends = [clause.start, *(b for _, b in cuts)], [*(a for a, _ in cuts), clause.end]
    return [clause.view.clause(a, b) for a, b in zip(starts, ends, strict=True) if a < b]


def _is_bare(clause: Clause, figure: Figure) -> bool:
    """A number that counts nothing: "the year before, 239", "die Nasdaq um 5,2."; a small one only behind a figure."""
    if (
        abs(figure.value) < SMALL
        and figure.start == figure.core_start
        and not any(p.figure.start < figure.start for p in parts(clause))
    ):
        return False
    after = clause.view.article.text[figure.end : figure.end + 12]
    return BARE.match(after) is not None


SMALL = 10
BARE = re.compile(rf"\s*(?:[,.;:!?)](?!\d)|$|{any_phrase('behind_a_bare_figure')}\b)")
NTH = Pattern(
    rf"\b\d+(?:st|nd|rd|th) record(?: close| high)?\b|\b\d+[- ]?mal\b|\b{any_phrase('rank_or_count')}\b", re.IGNORECASE
)
"""Counts of records, ranks of speed, and records told by what had not been."""
STREAK = phrases("streak")
"""How often running something moved: held by a trial of a streak only."""


def _stated(trial: Trial) -> list[str]:
    """The figures that a trial holds, as they are written."""
    values = [one for v in trial.params.values() for one in (v if isinstance(v, list) else [v])]
    return [value["text"] for value in values if isinstance(value, dict) and value.get("text")]


def _superlatives(clause: Clause) -> list[tuple[int, str]]:
    """Words of rank, with the span that they are said of; the record that a distance is measured from is none."""
    peak = peak_span(clause)
    text = clause.view.article.text
    found = []
    for cue in clause.cues:
        if cue.heading != "record" or (peak and peak[0] <= cue.start < peak[1]):
            continue
        behind = next((t for t in clause.times if 0 <= t.start - cue.end <= SPAN), None)
        found.append((cue.start, text[cue.start : behind.end if behind else cue.end]))
    return found


SPAN = 40
"""Characters between a superlative and the span that it is said of: "its lowest close since mid-September"."""
