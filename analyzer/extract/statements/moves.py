"""Movements and levels: "Nvidia fell 17 % and lost at least 600 bn USD of market value on Monday"."""

from __future__ import annotations

import re

from analyzer.extract.roles import DOWN, UP, Part, is_market_value, parts
from analyzer.extract.statements.records import as_last, record_fact, superlative
from analyzer.extract.statements.themes import IN_REGIME, regime_word
from analyzer.extract.statements.when import When, anchor_words, tense_of, times_of
from analyzer.extract.statements.who import Who, the_market, who
from analyzer.extract.statements.wording import (
    OVER, UNDER, Tense, figure_words, listed, multiple, number_words, share_word, verb,
)  # fmt: skip
from analyzer.extract.view import Clause
from analyzer.extract.windows import peak_span, trough_span
from analyzer.model import Direction, Kind
from analyzer.text import times as t

FILL = r"\s+(?:(?:nur|noch|zeitweise|bis|rund|jetzt|dann|wieder|now|just|only|around|the|den|die)\s+)*"
TO = re.compile(rf"\b(?:auf|to){FILL}$", re.IGNORECASE)
ENDS_AT = re.compile(rf"\b(?:auf|bei|to|at){FILL}$", re.IGNORECASE)
AT = re.compile(
    rf"\b(?:bei|at|near|around|costs?|kostet\w*|equals|reached|erreichte|hit|hits|auf|to|beträgt|was|is|ist|war){FILL}$",
    re.I,
)
NOT_BY = re.compile(rf"\b(?:to|auf|at|bei|near|worth|kostet|costs){FILL}$", re.IGNORECASE)
CLOSED = re.compile(
    r"\b(?:schloss|schlossen|schließ\w*|schlusskurs\w*|clos(?:es?|ed|ing)|finish\w*|ended|settled?|ends? (?:the year|at|above|"
    r"below))\b",
    re.IGNORECASE,
)
TRADED = re.compile(r"\b(?:trad(?:es?|ed|ing)|gehandelt|notiert\w*)\b", re.IGNORECASE)
WORTH = re.compile(
    r"\b(?:worth|wert|market (?:value|cap\w*) of|(?:marktkapitalisierung|börsenwert|marktwert) von)\b", re.I
)
PASSED = re.compile(r"\b(?:break|broke|überspring\w*|übersprang|cross\w*|pass(?:es|ed)?)\b", re.IGNORECASE)
BELOW = re.compile(r"\b(?:unter|fehl\w+|entfernt|below|under|off|short of|beneath)\b", re.IGNORECASE)
ABOVE_LOW = re.compile(
    r"\b(?:über|above)\s+(?:seinem|ihrem|dem|its|the|their)\s+(?:[\w.-]+\s+){0,3}?\w*(?:tief|low)\b", re.I
)
LOST_WORDS = re.compile(
    r"\b(?:dahin|weg|futsch|gone|vanished|verschwunden|platz \d+|up in smoke|left|übrig|remain\w*)\b", re.I
)
NO_PRICE = re.compile(r"\s*(?:,\s*(?:dass|that)\b|(?:of )?(?:the )?(?:respondents|befragte\w*|denken)\b)", re.IGNORECASE)
"""Behind a share of people: "40 percent of respondents", "ein Drittel erwartet, dass"."""
FALLS = re.compile(
    r"\b(?:lose|shed|give up|verlieren|einbüßen|abgeben|nach unten|in die tiefe|(?:go|going|fall|fallen) (?:down|lower))\b", re.IGNORECASE
)
RISES = re.compile(
    r"\b(?:gain|add|put on|zulegen|gewinnen|nach oben|in die höhe|verbesserte sich|verbesserten sich)\b", re.IGNORECASE
)


def moves(clause: Clause, kind: Kind, tense: Tense | None) -> str | None:
    """What each subject did by its figures, with the time and the record; None where a figure has no safe place."""
    found = parts(clause)
    record = superlative(clause)
    last = as_last(clause) if not found else None
    if last or (not found and record):
        return last or (record_fact(clause, record, tense) if record else None)
    if not found:
        return _bare_move(clause, kind)
    counted = [f for f in clause.figures if f.unit not in ("count", "sessions")]
    if len(found) != len(counted) or (record is None and kind == "record_extreme") or LOST_WORDS.search(clause.text):
        return None  # shares and multiples among them
    groups: dict[str, tuple[Who, list[Part]]] = {}
    for part in found:
        subject = who(clause, part.figure.start, part.figure.end)
        if subject is None or NO_PRICE.match(clause.view.article.text, part.figure.end):
            return None
        groups.setdefault(subject.name, (subject, []))[1].append(part)
    figures = [p.figure for p in found]
    span = record.span if record else None
    when = times_of(clause, figures, span, close=CLOSED.search(clause.text) is not None)
    if when is None or (record is not None and len(groups) > 1):
        return None
    told = []
    for subject, mine in groups.values():
        said = _predicate(clause, mine, subject, tense or tense_of(clause, when, figures, span))
        if said is None:
            return None
        told.append(f"{subject.name} {said}{when.behind if not told else ''}")
    if record is not None:
        return f"{told[0]}, {record.text.replace('its ', f'{subject.its} ', 1)}"
    regime = (
        f" and {verb('be', 'present', subject.plural)} in {regime_word(clause)}"
        if IN_REGIME.search(clause.text)
        else ""
    )
    return listed(told) + (regime if len(told) == 1 else "")


def _predicate(clause: Clause, mine: list[Part], subject: Who, tense: Tense) -> str | None:
    """What one subject does by its figures; None where they do not make one movement or level."""
    value = [p for p in mine if p.role == "change" and is_market_value(clause, p.figure)]
    changes = [p for p in mine if p.role == "change" and p not in value]
    aims = [p for p in mine if p.role in ("level", "above", "below")]
    starts = [p for p in mine if p.role == "start"]
    distances = [p for p in mine if p.role == "distance"]
    units = [(p.figure.unit, p.figure.currency) for p in changes]
    if len(set(units)) < len(units) or any(len(some) > 1 for some in (value, aims, starts, distances)):
        return None
    if distances or ABOVE_LOW.search(clause.text):
        return _distance(clause, (distances or mine)[0], subject, tense) if len(mine) == 1 else None
    if changes or value:
        return _change(clause, changes, value, aims, starts, subject, tense)
    return _from_to(clause, aims, starts, subject, tense) if starts else _level(clause, aims[0], subject, tense)


def _change(
    clause: Clause,
    changes: list[Part],
    value: list[Part],
    aims: list[Part],
    starts: list[Part],
    subject: Who,
    tense: Tense,
) -> str | None:
    directions = {_direction(clause, p) for p in (*changes, *value)}
    sizes = all(_is_size(clause, p) for p in (*changes, *value))
    if len(directions) > 1 or None in directions or not sizes or ((aims or starts) and not changes):
        return None
    down = directions == {"down"}
    said = []
    if changes:
        said = [
            _by(clause, [p for p in changes], "lose" if down else "gain", "fall" if down else "rise", subject, tense)
        ]
        low = _from_low(clause)
        if starts:
            start = figure_words(starts[0].figure)
            said[0] += f"{low} ({start})" if low else f" from {start}"
        elif low:
            said[0] += low
        if aims:
            if not ENDS_AT.search(_before(clause, aims[0])) and not _side(aims[0]):
                return None
            alike = aims[0].figure.unit in {p.figure.unit for p in changes}
            to = _side(aims[0]) and f"{_side(aims[0])} "
            said[0] += (
                f" to {to}{(number_words if alike else figure_words)(aims[0].figure, **({} if alike else {'qualified': not to}))}"
            )
    if value:
        said.append(
            f"{verb('lose' if down else 'gain', tense, subject.plural)} {figure_words(value[0].figure)} of market value"
        )
    return " and ".join(said)


def _by(clause: Clause, changes: list[Part], taken: str, moved: str, subject: Who, tense: Tense) -> str:
    several = multiple(changes[0].figure) if len(changes) == 1 else None
    if several:
        return verb(several, tense, subject.plural)
    by = " or ".join(figure_words(p.figure) for p in changes)
    share = any(share_word(p.figure) for p in changes)
    return f"{verb(taken if share else moved, tense, subject.plural)} {by}" + (
        f" of {subject.its} value" if share and taken == "lose" else ""
    )


def _direction(clause: Clause, part: Part) -> Direction | None:
    """Up or down by the lists, else by a verb in the figure's own part of the sentence."""
    if part.direction is not None:
        return part.direction
    text, at = clause.text, part.figure.start - clause.start
    near = text[max(text.rfind(",", 0, at), 0) : text.find(",", at) if "," in text[at:] else len(text)]
    falls, rises = FALLS.search(near) is not None, RISES.search(near) is not None
    return None if falls == rises else "down" if falls else "up"


def _before(clause: Clause, part: Part) -> str:
    return clause.view.article.text[clause.start : part.figure.start]


def _is_size(clause: Clause, part: Part) -> bool:
    """Whether the words before a figure let it be the size of a change: not "to 1.53 percent", "a low of -49 USD"."""
    before = _before(clause, part)
    negative_price = part.figure.unit in ("currency", "points") and part.figure.value < 0
    return not NOT_BY.search(before) and not (negative_price and not re.search(r"\b(?:um|by)\s*$", before))


def _level(clause: Clause, part: Part, subject: Who, tense: Tense) -> str | None:
    """ "closed above 1,000 USD", "is worth almost 3.9 tn USD", "fell to 49,650 USD"."""
    before, side, size = _before(clause, part), _side(part), figure_words(part.figure, qualified=not _side(part))
    if is_market_value(clause, part.figure):
        return (
            f"{verb('be', tense, subject.plural)} worth {figure_words(part.figure)}"
            if WORTH.search(clause.text)
            else None
        )
    moved = [c for c in clause.cues if c.heading in (*DOWN, *UP) and part.figure.start - 60 < c.start]
    passes = PASSED.search(before) or (PASSED.search(clause.text) and "marke" in before.lower())
    near = passes or any("," not in before[c.end - clause.start :] for c in moved)
    if CLOSED.search(clause.text):
        near = False
    if near and (side or TO.search(before)):
        up = side == "above" if passes else part.direction == "up"
        if part.direction is not None or passes:
            return f"{verb('rise' if up else 'fall', tense, subject.plural)} {side or 'to'} {size}"
    if not side and not AT.search(before):
        return None
    stands = "close" if CLOSED.search(clause.text) else "trade" if TRADED.search(clause.text) else "stand"
    return f"{verb(stands, tense, subject.plural)} {side or 'at'} {size}"


def _side(part: Part) -> str:
    """ "above" or "below" where the figure is a threshold."""
    if part.role in ("above", "below"):
        return part.role
    if part.figure.qualifier == "at_least" and OVER.search(part.figure.text):
        return "above"
    return "below" if part.figure.qualifier == "at_most" and UNDER.search(part.figure.text) else ""


def _from_to(clause: Clause, aims: list[Part], starts: list[Part], subject: Who, tense: Tense) -> str | None:
    """ "fell from about 71,000 USD to below 61,000 USD"."""
    if not aims or starts[0].figure.unit != aims[0].figure.unit:
        return None
    first, last = abs(starts[0].figure.value), abs(aims[0].figure.value)
    side = _side(aims[0])
    if first == last or not (side or TO.search(_before(clause, aims[0]))):
        return None
    to = f"{side + ' ' if side else ''}{figure_words(aims[0].figure, qualified=not side)}"
    return f"{verb('fall' if last < first else 'rise', tense, subject.plural)} from {figure_words(starts[0].figure)} to {to}"


# --- measured from a high or a low ----------------------------------------------------------------------------------


def _distance(clause: Clause, part: Part, subject: Who, tense: Tense) -> str | None:
    """ "stands 8.6 % below its high of 19 February", "has fallen more than 13 % from its high of 16 December"."""
    by, text, span = figure_words(part.figure), clause.text, peak_span(clause)
    if part.role == "change" and ABOVE_LOW.search(text):
        return f"{verb('stand', tense, subject.plural)} {by} above {subject.its} low"
    if span is None or part.role != "distance":
        return None
    high = _high(clause, span)
    if high is None:
        return None
    since = "since" if re.match(r"seit|since", text[span[0] - clause.start :], re.IGNORECASE) else "from"
    several = multiple(part.figure)
    if several:
        return f"{verb(several, tense, subject.plural)} {since} {subject.its} {high}"
    falls = part.direction == "down" and any(c.heading in DOWN for c in clause.cues)
    if falls and (since == "since" or not BELOW.search(text)):
        share = share_word(part.figure)
        lost = f"{verb('lose' if share else 'fall', tense, subject.plural)} {by}{' of ' + subject.its + ' value' if share else ''}"
        return f"{lost} {since} {subject.its} {high}"
    return f"{verb('stand', tense, subject.plural)} {by} below {subject.its} {high}" if BELOW.search(text) else None


def _high(clause: Clause, span: tuple[int, int]) -> str | None:
    """The high that is named, with its day."""
    said = clause.view.article.text[slice(*span)].lower()
    high = "high"
    if re.search(r"rekordschl|record clos|closing high", said):
        high = "record close" if "rec" in said or "rek" in said else "closing high"
    elif re.search(r"rekord|record|allzeit|all-time", said):
        high = "record high"
    days = [e for e in clause.times if span[0] <= e.start < span[1] and not isinstance(e.value, t.Ever)]
    return None if len(days) > 1 else f"{high} {anchor_words(days[0], clause)}" if days else high


def _from_low(clause: Clause) -> str:
    """ " from its low of 8 April" """
    span = trough_span(clause)
    if span is None or re.match(r"seit|since", clause.view.article.text[span[0] :], re.IGNORECASE):
        return ""
    days = [e for e in clause.times if span[0] <= e.start < span[1]]
    return " from its low" + (f" {anchor_words(days[0], clause)}" if len(days) == 1 else "")


# --- without a figure -----------------------------------------------------------------------------------------------

VERB = re.compile(
    r"fiel|fielen|fällt|fallen|gefallen|sank|sanken|sinkt|gesunken|verlor|verloren|verliert|(?:gab|gaben|gibt)\b.* nach|"
    r"(?:brach|brachen)\b.* ein|eingebrochen|stürzt\w*|abgestürzt|sackte\w*|rutschte\w*|in die tiefe|in den abgrund|stieg|"
    r"stiegen|steigt|gestiegen|gewann|gewannen|gewinnt|(?:legte|legten|legt)\b.* zu|zugelegt|im plus|im minus|kletter\w*|"
    r"sprang|sprangen|fell|falls|fallen|dropped|slid|sank|tumbled|plunged|plummeted|crashed|collapsed|lower|down|rose|rises|"
    r"risen|gained|climbed|jumped|surged|soared|rallied|rebounded|higher|up",
    re.IGNORECASE,
)


def _bare_move(clause: Clause, kind: Kind) -> str | None:
    """ "Apple has risen since New Year": a movement without a figure, of what is named right beside the verb."""
    verbs = [c for c in clause.cues if c.heading in (*DOWN, *UP) and VERB.fullmatch(c.text)]
    downs = {c.heading in DOWN for c in clause.cues if c.heading in (*DOWN, *UP)}
    if kind != "quantitative_move" or len(downs) != 1 or not verbs or len(clause.text) > 140:
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
    return (
        f"{subject.name} {verb('fall' if downs.pop() else 'rise', _tense(clause, when), subject.plural)}{when.behind}"
    )


def _tense(clause: Clause, when: When) -> Tense:
    return tense_of(clause, when, [])
