"""Movements and levels: "Nvidia fell 17 % and lost at least 600 bn USD of market value on Monday"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import DOWN, UP, Part, is_market_value, parts
from analyzer.extract.statements.distances import above_low, distance, from_low
from analyzer.extract.statements.records import Record, as_last, record_fact, superlative
from analyzer.extract.statements.themes import IN_REGIME, regime_word
from analyzer.extract.statements.when import tense_of, times_of
from analyzer.extract.statements.who import Who, against, the_market, who
from analyzer.extract.statements.wording import OVER, UNDER, Tense, figure_words, listed, multiple, share_word, verb
from analyzer.extract.view import Clause
from analyzer.model import Direction, Kind
from analyzer.text.numbers import Figure
from analyzer.text.patterns import Pattern

FILL = rf"\s+(?:{any_phrase('before_the_figure')}\s+)*"
TO = Pattern(rf"\b{any_phrase('goes_to')}{FILL}$", re.IGNORECASE)
ENDS_AT = Pattern(rf"\b{any_phrase('ends_at_a_figure')}{FILL}$", re.IGNORECASE)
AT = Pattern(rf"\b{any_phrase('stands_at_a_figure')}{FILL}$", re.IGNORECASE)
NOT_BY = Pattern(rf"\b{any_phrase('not_by_a_figure')}{FILL}$", re.IGNORECASE)
CLOSED = phrases("closed_at")
BY_SO_MUCH = Pattern(rf"\b{any_phrase('by_so_much')}\s*$")
OF_A_LEVEL = Pattern(rf"\s*{any_phrase('of_a_level')}\s*", re.IGNORECASE)
TRADED = phrases("traded")
WORTH = phrases("worth_in_all")
PASSED = Pattern(
    rf"\b{any_phrase('passes_the_figure')}\s+(?:{any_phrase('passes_the_figure_through')}\s+)*$", re.IGNORECASE
)
THE_MARK = Pattern(r"\bdie Marke von\s+$", re.IGNORECASE)
LEAPS = phrases("leaps_over")
NOT_MOVED = Pattern(rf"\b(?:{any_phrase('not_moved')}|platz \d+)\b", re.IGNORECASE)
"""Words by which a figure is lost, left over or a rank, in ways that the lists of movements do not tell apart."""
NO_CHANGE = Pattern(
    rf"\s*(?:,\s*{any_phrase('that_they_say')}\b|(?:of )?(?:the )?{any_phrase('share_of_people')}\b"
    rf"|\w+\s+{any_phrase('so_much_more_than')}\b)",
    re.IGNORECASE,
)
"""Behind a share of people or a comparison: "40 percent of respondents", "ein Drittel, dass", "5 percent more than"."""
FALLS = phrases("falls_as_infinitive")
RISES = phrases("rises_as_infinitive")
OR = re.compile(rf"\W*{any_phrase('or_in_other_words')}?\W*", re.IGNORECASE)
"""Between two measures of one movement: "155.64 points, or 2.7 percent"."""
HAPPENED = phrases("happened")
MOVING_NOW = phrases("moving_now")
EACH = phrases("each_of_them")
AHEAD = ("future", "may", "expected")


def moves(clause: Clause, kind: Kind, tense: Tense | None) -> str | None:
    """What each subject did by its figures, with the time and the record; None where a figure has no safe place."""
    found, record = parts(clause), superlative(clause)
    if not found:
        record_told = as_last(clause) or (record_fact(clause, record, tense) if record else None)
        return record_told or (None if record else bare_move(clause, kind))
    if record is not None and len(found) == 1 and _is_the_record(clause, record, found[0]):
        return record_fact(clause, record, tense, found[0].figure)
    figures, span = [p.figure for p in found], record.span if record else None
    groups = _groups(clause, found)
    when = times_of(clause, figures, span, close=CLOSED.search(clause.text) is not None)
    if groups is None or when is None or (record is None and kind == "record_extreme"):
        return None
    told: list[str] = []
    last = len(groups) - 1 if clause.times and clause.times[-1].start > figures[-1].end else 0
    for subject, mine in groups:
        said = _predicate(clause, mine, subject, tense or tense_of(clause, when, figures, span))
        if said is None:
            return None
        priced = any(p.figure.unit == "currency" for p in mine)
        said += "" if priced else against(clause, mine[-1].figure.end)
        told.append(f"{subject.name} {said}{when.behind if len(told) == last else ''}")
    subject = groups[0][0]
    if record is not None:
        levels = any(p.role in ("level", "above", "below") for p in found)
        if not record.reached and not any(p.role == "change" for p in found):
            return None
        link = " and reached " if record.reached and not levels else ", "
        return f"{told[0]}{link}{record.of(subject)}" if len(told) == 1 else None
    if len(told) == 1 and IN_REGIME.search(clause.text):
        return f"{told[0]} and {verb('be', 'present', subject.plural)} in {regime_word(clause)}"
    return listed(told)


def _is_the_record(clause: Clause, record: Record, part: Part) -> bool:
    """ "A record high of 2,500 dollars": the figure is the record's own."""
    between = clause.view.article.text[record.end : part.figure.start]
    return record.reached and OF_A_LEVEL.fullmatch(between) is not None


def _groups(clause: Clause, found: tuple[Part, ...]) -> list[tuple[Who, list[Part]]] | None:
    """The figures by their subjects, in order; None where one of them has none, or is no price."""
    counted = [f for f in clause.figures if f.unit not in ("count", "sessions")]
    if len(found) != len(counted) or NOT_MOVED.search(clause.text):
        return None
    groups: dict[str, tuple[Who, list[Part]]] = {}
    for part in found:
        subject = who(clause, part.figure.start, part.figure.end)
        if subject is None or NO_CHANGE.match(clause.view.article.text, part.figure.end):
            return None
        groups.setdefault(subject.name, (subject, []))[1].append(part)
    return list(groups.values())


@dataclass(frozen=True)
class _Told:
    """The figures of one subject by their roles: sizes of a change, market value, levels, starts, distances."""

    changes: list[Part]
    value: list[Part]
    aims: list[Part]
    starts: list[Part]
    distances: list[Part]


def _predicate(clause: Clause, mine: list[Part], subject: Who, tense: Tense) -> str | None:
    """What one subject does by its figures; None where they do not make one movement or level."""
    mine = _with_levels(clause, mine)
    value = [p for p in mine if p.role == "change" and is_market_value(clause, p.figure)]
    told = _Told(
        changes=[p for p in mine if p.role == "change" and p not in value],
        value=value,
        aims=[p for p in mine if p.role in ("level", "above", "below")],
        starts=[p for p in mine if p.role == "start"],
        distances=[p for p in mine if p.role == "distance"],
    )
    past = tense in AHEAD and any(HAPPENED.search(_between_commas(clause, p.figure)) for p in mine)
    if past or not _is_one(clause, told):
        return None
    if told.distances or above_low(clause):
        return distance(clause, (told.distances or mine)[0], subject, tense) if len(mine) == 1 else None
    if told.changes or told.value:
        return _change(clause, told, subject, tense)
    if told.starts:
        return _from_to(clause, told.aims, told.starts[0], subject, tense)
    return _level(clause, told.aims[0], subject, tense) if told.aims else None


def _with_levels(clause: Clause, mine: list[Part]) -> list[Part]:
    """ "Rose 10 basis points to 4.5 percent": the per cent of a yield behind its change are a level."""
    if not any(p.figure.unit == "percentage_points" for p in mine):
        return mine
    ends = [p.figure.unit == "fraction" and p.role == "change" and TO.search(_before(clause, p)) for p in mine]
    return [replace(p, role="level") if end else p for p, end in zip(mine, ends, strict=True)]


def _is_one(clause: Clause, told: _Told) -> bool:
    """Whether the figures measure one movement: each kind once, two sizes only side by side and in different units."""
    text = clause.view.article.text
    units = {(p.figure.unit, p.figure.currency) for p in told.changes}
    beside = all(OR.fullmatch(text[a.figure.end : b.figure.start]) for a, b in pairwise(told.changes))
    once = all(len(some) <= 1 for some in (told.value, told.aims, told.starts, told.distances))
    return beside and once and len(units) == len(told.changes)


def _change(clause: Clause, told: _Told, subject: Who, tense: Tense) -> str | None:
    directions = {_direction(clause, p) for p in (*told.changes, *told.value)}
    sizes = all(_is_size(clause, p) for p in (*told.changes, *told.value))
    alone = not told.changes and (told.aims or told.starts)
    if len(directions) > 1 or None in directions or not sizes or alone:
        return None
    down, said = directions == {"down"}, []
    if told.changes:
        low, to = from_low(clause), _to(clause, told) if told.aims else ""
        if to is None:
            return None
        start = figure_words(told.starts[0].figure) if told.starts else ""
        since = f"{low} ({start})" if low and start else low or (f" from {start}" if start else "")
        said.append(f"{_by(clause, told.changes, subject, tense, down=down)}{since}{to}")
    if told.value:
        size = figure_words(told.value[0].figure)
        said.append(f"{verb('lose' if down else 'gain', tense, subject.plural)} {size} of market value")
    return " and ".join(said)


def _by(clause: Clause, changes: list[Part], subject: Who, tense: Tense, *, down: bool) -> str:
    """ "fell 155.64 points or 2.7 %", "has more than doubled", "lost half of its value"."""
    several = multiple(changes[0].figure) if len(changes) == 1 else None
    if several:
        return verb(several, tense, subject.plural)
    by = " or ".join(figure_words(p.figure) for p in changes)
    if tense == "present" and not MOVING_NOW.search(clause.text):  # "is 3 percent higher", "liegt 2 Prozent im Minus"
        return f"{verb('be', tense, subject.plural)} {by} {'lower' if down else 'higher'}"
    if any(share_word(p.figure) for p in changes):
        value = f" of {subject.its} value" if down else ""
        return f"{verb('lose' if down else 'gain', tense, subject.plural)} {by}{value}"
    each = " each" if subject.plural and EACH.search(clause.text) else ""
    return f"{verb('fall' if down else 'rise', tense, subject.plural)} {by}{each}"


def _to(clause: Clause, told: _Told) -> str | None:
    """ " to 18.39", the level at which a movement ended."""
    aim = told.aims[0]
    side = _side(aim)
    if not side and not ENDS_AT.search(_before(clause, aim)):
        return None
    level = figure_words(aim.figure, qualified=not side)
    if any(p.figure.unit == "points" == aim.figure.unit for p in told.changes):
        level = level.removesuffix(" points")
    return f" to {side} {level}" if side else f" to {level}"


def _before(clause: Clause, part: Part) -> str:
    return clause.view.article.text[clause.start : part.figure.start]


def _between_commas(clause: Clause, figure: Figure) -> str:
    """The part of the sentence that holds a figure."""
    text, stop = clause.text, clause.text.find(",", figure.end - clause.start)
    return text[text.rfind(",", 0, figure.start - clause.start) + 1 : stop if stop >= 0 else len(text)]


def _direction(clause: Clause, part: Part) -> Direction | None:
    """Up or down by the lists, else by a verb in the figure's own part of the sentence."""
    figure, cues = part.figure, [c for c in clause.cues if c.heading in (*DOWN, *UP)]
    outside = [c for c in cues if not figure.start <= c.start < figure.end]
    if len(outside) < len(cues) and not figure.signed:  # the "up" of "fell up to 3 percent"
        downs = {c.heading in DOWN for c in outside}
        return None if len(downs) != 1 else "down" if downs == {True} else "up"
    near = _between_commas(clause, figure)
    falls, rises = FALLS.search(near) is not None, RISES.search(near) is not None
    return part.direction or (None if falls == rises else "down" if falls else "up")


def _is_size(clause: Clause, part: Part) -> bool:
    """Whether the words before a figure let it be the size of a change: not "to 1.53 percent", "a low of -49 USD"."""
    before = _before(clause, part)
    negative_price = part.figure.unit in ("currency", "points") and part.figure.value < 0
    return not NOT_BY.search(before) and not (negative_price and not BY_SO_MUCH.search(before))


# --- levels ---------------------------------------------------------------------------------------------------------


def _level(clause: Clause, part: Part, subject: Who, tense: Tense) -> str | None:
    """ "closed above 1,000 USD", "is worth almost 3.9 tn USD", "fell to 49,650 USD"."""
    if is_market_value(clause, part.figure):
        worth = f"{verb('be', tense, subject.plural)} worth {figure_words(part.figure)}"
        return worth if WORTH.search(clause.text) else None
    before, side = _before(clause, part), _side(part)
    passed = PASSED.search(before) or (THE_MARK.search(before) and LEAPS.search(clause.text))
    if passed and not side:
        side = "below" if UNDER.search(clause.text) else "above"
    size = figure_words(part.figure, qualified=not side)
    closed = CLOSED.search(clause.text) is not None
    moved = part.direction is not None and _moved_before(clause, part)
    if not closed and (side or TO.search(before)) and (passed or moved):
        up = side == "above" if passed else part.direction == "up"
        return f"{verb('rise' if up else 'fall', tense, subject.plural)} {side or 'to'} {size}"
    if not side and not AT.search(before):
        return None
    stands = "close" if closed else "trade" if TRADED.search(clause.text) else "stand"
    return f"{verb(stands, tense, subject.plural)} {side or 'at'} {size}"


def _moved_before(clause: Clause, part: Part) -> bool:
    """Whether a word of movement stands in the same part of the sentence, or at most a few words behind."""
    text = clause.view.article.text
    cues = [c for c in clause.cues if c.heading in (*DOWN, *UP) and c.start > part.figure.start - 60]
    return any("," not in text[c.end : part.figure.start] for c in cues)


def _side(part: Part) -> str:
    """ "above" or "below" where the figure is a threshold."""
    if part.role in ("above", "below"):
        return part.role
    if part.figure.qualifier == "at_least" and OVER.search(part.figure.text):
        return "above"
    return "below" if part.figure.qualifier == "at_most" and UNDER.search(part.figure.text) else ""


def _from_to(clause: Clause, aims: list[Part], start: Part, subject: Who, tense: Tense) -> str | None:
    """ "fell from about 71,000 USD to below 61,000 USD"."""
    if not aims or start.figure.unit != aims[0].figure.unit:
        return None
    first, last, side = abs(start.figure.value), abs(aims[0].figure.value), _side(aims[0])
    if first == last or not (side or TO.search(_before(clause, aims[0]))):
        return None
    move = verb("fall" if last < first else "rise", tense, subject.plural)
    to = f"{side} " if side else ""
    return f"{move} from {figure_words(start.figure)} to {to}{figure_words(aims[0].figure, qualified=not side)}"


# --- without a figure -----------------------------------------------------------------------------------------------

VERB = Pattern(
    rf"{any_phrase('bare_verb')}|{any_phrase('gives_way')}\b.* nach|{any_phrase('breaks_in')}\b.* ein|"
    rf"{any_phrase('lays_on')}\b.* zu",
    re.IGNORECASE,
)


def bare_move(clause: Clause, kind: Kind) -> str | None:
    """ "Apple has risen since New Year": a movement without a figure, of what is named right beside the verb."""
    verbs = [c for c in clause.cues if c.heading in (*DOWN, *UP) and VERB.fullmatch(c.text)]
    downs = {c.heading in DOWN for c in clause.cues if c.heading in (*DOWN, *UP)}
    counted = any(f.unit != "count" or not clause.mentions or f.end > clause.mentions[0].start for f in clause.figures)
    if counted or kind != "quantitative_move" or len(downs) != 1 or not verbs or len(clause.text) > 140:
        return None
    subject, text = the_market(clause), clause.view.article.text
    if clause.mentions:
        last = clause.mentions[-1]
        gaps = [text[last.end : c.start] if c.start >= last.end else text[c.end : last.start] for c in verbs]
        near = any(len(gap) <= 40 and "," not in re.sub(r",[^,]*,", "", gap) for gap in gaps)
        subject = who(clause, last.end + 1, last.end + 1) if near else None
    when = times_of(clause, [])
    if subject is None or when is None:
        return None
    moved = verb("fall" if downs == {True} else "rise", tense_of(clause, when, []), subject.plural)
    return f"{subject.name} {moved}{when.behind}"
