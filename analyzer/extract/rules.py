"""The reader without a model: sentences, clauses, words, figures; German and English.

A sentence becomes one claim, or several when several of its clauses each carry a predicate of their own. The quote is
the shortest run of clauses that holds the predicate and its figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analyzer.extract.asserted import is_heading, is_imagined
from analyzer.extract.classify import MOVE, Rule, about_market, classify, market_figures, money
from analyzer.extract.conditions import TOLD_MOVE, consequence, is_conditional, states_a_condition
from analyzer.extract.manner import checkability, modality
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.quotes import TAIL, cause_behind, tight
from analyzer.extract.reading import Reading
from analyzer.extract.roles import parts
from analyzer.extract.speakers import attribution
from analyzer.extract.statements import statement
from analyzer.extract.view import ArticleView, Clause, Located
from analyzer.model import Article, Claim, ExtractedBy, Kind, claim_id
from analyzer.text.clauses import clauses, has_finite_verb
from analyzer.text.patterns import Pattern
from analyzer.text.spans import Span

STRONG = 0.75
THRESHOLD = 0.45
"""Rules with less weight make no claim on their own."""


@dataclass(frozen=True)
class _Segment:
    start: int
    end: int
    rule: Rule


class RulesReader:
    """Reads claims by rules. ``read`` never fails: a text without claims has an empty list."""

    name = "rules"

    def read(self, article: Article, view: ArticleView) -> Reading:
        claims: dict[str, Claim] = {}
        for span in view.sentences:
            if is_heading(view, span):
                continue
            for segment in segments(view, span):
                claim = _claim(article, view.clause(segment.start, segment.end), segment.rule)
                claims.setdefault(claim.id, claim)
        return Reading(claims=tuple(claims.values()))


def passed_over(view: ArticleView, covered: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """Where the reader finds a claim that could be tested and that touches nothing of what is ``covered``: places of
    the original, in the order in which ``read`` has the claims. A sentence of which every word is covered is not read
    again, and of the others no more than decides."""
    found: dict[tuple[Span, Kind, tuple[str, ...]], Span] = {}
    for span in view.sentences:
        if _is_covered(view, span, covered) or is_heading(view, span):
            continue
        for segment in segments(view, span):
            clause = view.clause(segment.start, segment.end)
            place = view.verbatim(clause)
            touched = any(a < place.end and place.start < b for a, b in covered)
            if not touched and checkability(segment.rule.kind, clause)[0] != "no":
                found.setdefault((place, segment.rule.kind, _figures(clause)), place)
    return tuple(found.values())


WORD = re.compile(r"\w")


def _is_covered(view: ArticleView, span: Span, covered: Sequence[tuple[int, int]]) -> bool:
    """Whether no letter or digit of a sentence is left uncovered, so that no claim in it can be untouched."""
    start, end = view.verbatim(span)
    at = start
    for a, b in sorted((a, b) for a, b in covered if a < end and start < b):
        if WORD.search(view.original, at, max(a, at)):
            return False
        at = max(at, b)
    return at > start and WORD.search(view.original, at, max(end, at)) is None


def segments(view: ArticleView, span: Span) -> tuple[_Segment, ...]:
    """The stretches of a sentence that make a claim each, as they are quoted."""
    whole = view.clause(span.start, span.end)
    if _foretells_a_case(whole):
        return (_Segment(span.start, span.end, UNDER_A_CONDITION),)
    found = [quoted for s in _predicates(view, span) for quoted in _quoted(view.clause(s.start, s.end), s.rule)]
    return tuple(replace(s, rule=UNDER_A_CONDITION) if _is_of_a_case(view.clause(s.start, s.end), s.rule) else s
                 for s in found)  # fmt: skip


def _quoted(clause: Clause, rule: Rule) -> Iterator[_Segment]:
    """The quote of a claim, and behind it the cause that the quote leaves out."""
    quote = tight(clause, rule)
    yield _Segment(*quote, rule)
    cause = cause_behind(clause, quote) if rule.kind not in NO_EFFECT else None
    if cause is not None:
        yield _Segment(*cause, GIVEN_AS_A_CAUSE)


NO_EFFECT: tuple[Kind, ...] = ("causal", "normative", "rhetorical", "other_fact")
"""Kinds of claims that a cause behind them is none of a market's."""
GIVEN_AS_A_CAUSE = Rule("causal", 0.6, about_market)
UNDER_A_CONDITION = Rule("prediction", 0.9, states_a_condition)


def _is_of_a_case(clause: Clause, rule: Rule) -> bool:
    """The part of a sentence that is foretold under a condition, whatever else it names."""
    return is_conditional(clause, rule.kind) and states_a_condition(clause)


def _foretells_a_case(whole: Clause) -> bool:
    """A sentence that is one forecast of a price under a condition, quoted with it: what follows names a movement of
    something priced, or a figure. How things work is none."""
    if not states_a_condition(whole) or is_imagined(whole) or TOLD_MOVE.search(whole.text):
        return False
    if any(cue.heading == "normative" and whole.text.find(cue.text) > 0 for cue in whole.cues):
        return False  # "Sollte der Dax fallen" is no advice
    view = whole.view
    spans = clauses(view.article.text, Span(whole.start, whole.end), view.article.language)
    follows = [one for s in spans if (one := consequence(view.clause(s.start, s.end))) is not None]
    return bool(whole.mentions) and any(
        market_figures(p) or money(p) or (p.mentions and p.has(*MOVE, "correction", "bear")) for p in follows
    )


def _predicates(view: ArticleView, span: Span) -> tuple[_Segment, ...]:
    """The clauses of a sentence, or runs of them, that hold a predicate each."""
    text, language = view.article.text, view.article.language
    whole = view.clause(span.start, span.end)
    whole_pieces = _joined(view, clauses(text, span, language))
    cut = [s for one in whole_pieces for by_figure in _by_figure(view, one) for s in _by_tail(view, by_figure)]
    pieces = [view.clause(s.start, s.end) for s in cut]
    heads = _with_elided(pieces, [(p, rule) for p in pieces if (rule := classify(p)) and rule.weight >= STRONG])
    if len(pieces) > 1 and _independent(heads):
        return tuple(_Segment(*_grown(piece, pieces, heads), rule) for piece, rule in heads)
    rule = classify(whole)
    first = bool(heads) and heads[0][0].start == pieces[0].start
    if len(heads) == 1 and first and (rule is None or rule.weight < STRONG):
        piece, rule = heads[0]  # "Nvidia under 100 dollars: who would have thought it?" is a level, not an aside
        return (_Segment(*_grown(piece, pieces, heads), rule),)
    if rule is None or rule.weight < THRESHOLD:
        return ()
    start, end = _trimmed(whole, pieces, rule)
    return (_Segment(start, end, rule),)


ELIDED = 12
"""Words of a piece that goes on from the verb before it."""


def _with_elided(pieces: list[Clause], heads: list[tuple[Clause, Rule]]) -> list[tuple[Clause, Rule]]:
    """The heads, and the pieces that leave out the verb of the head before them or behind them: "Der S&P 500 gab 0,7
    Prozent nach und der Nasdaq 0,8 Prozent", "Der Dax hat 13 Prozent, der Dow Jones 10 Prozent eingebüßt"."""
    rules = {piece.start: rule for piece, rule in heads}
    for before, piece in pairwise(pieces):
        rule = rules.get(before.start)
        if (
            piece.start not in rules
            and rule is not None
            and rule.kind == "quantitative_move"
            and _elides(before, piece)
        ):
            rules[piece.start] = rule
    for piece, behind in reversed(tuple(pairwise(pieces))):
        rule = rules.get(behind.start)
        is_move = rule is not None and rule.kind == "quantitative_move"
        if rule is not None and is_move and piece.start not in rules and _shares_the_verb_behind(piece, behind):
            rules[piece.start] = rule
    return [(piece, rules[piece.start]) for piece in pieces if piece.start in rules]


def _elides(before: Clause, piece: Clause) -> bool:
    """Whether a piece has a name and the size of a move, as the one before it, and no verb."""
    changes = all(any(part.role == "change" for part in parts(one)) and one.mentions for one in (before, piece))
    short = len(piece.text.split()) <= ELIDED and not piece.has(*MOVE)
    return changes and short and not has_finite_verb(piece.text, piece.view.article.language)


def _shares_the_verb_behind(piece: Clause, behind: Clause) -> bool:
    """Whether a piece has a name and the size of a move, and at most the auxiliary of the participle that stands
    further on or is left out there too."""
    changes = all(any(part.role == "change" for part in parts(one)) and one.mentions for one in (piece, behind))
    if not changes or piece.view.article.language != "de" or len(piece.text.split()) > ELIDED_BEFORE:
        return False
    verbless = not has_finite_verb(piece.text, "de")
    return (verbless or AUXILIARY.search(piece.text) is not None) and PARTICIPLE.search(piece.sentence.text) is not None


ELIDED_BEFORE = 18
"""Words of a piece that the verb of a later one is of."""
AUXILIARY = Pattern(rf"\b{any_phrase('perfect_german')}\b", re.IGNORECASE)
PARTICIPLE = Pattern(rf"\b{any_phrase('participle')}\W*$", re.IGNORECASE)
"""The verb at the very end of a German sentence: "haben … eingebüßt"."""
BORDER = re.compile(
    rf",\s+(?:{any_phrase('predicates_joined_behind_comma')} )?|;\s+|\s+{any_phrase('predicates_joined')}\s+"
)


def _by_figure(view: ArticleView, span: Span) -> list[Span]:
    """A clause cut where a second predicate begins: a figure or a superlative of its own on both sides of the border.

    "Tesla plunged 15.4 percent, its worst session since September 2020, erasing about $130bn" makes three claims.
    """
    text = view.article.text
    borders = tuple(BORDER.finditer(text, span.start, span.end))
    if not borders:
        return [span]
    items: tuple[Located, ...] = (*view.figures, *view.times, *view.mentions)
    fixed = [item for item in items if item.start < span.end and span.start < item.end]
    starts, start = [], span.start
    for border in borders:
        inside = any(f.start < border.end() and border.start() < f.end for f in fixed)
        left, right = view.clause(start, border.start()), view.clause(border.end(), span.end)
        apart = not inside and not _listed(text, left, right) and not leads_in(left)
        apart = apart and SPAN_BEHIND.match(text, border.end(), span.end) is None
        carries = _carries(left) and _carries(right, upto=_next_border(text, border.end(), span.end))
        if apart and (carries or _foretells_more(left, right) or _goes_the_other_way(left, right)):
            starts.append((start, border.start()))
            start = border.end()
    return [*(Span(a, b) for a, b in starts), Span(start, span.end)]


BUT = Pattern(rf"\W*(?:\w+\W+)?{any_phrase('but')}\b", re.IGNORECASE)
"""Between two predicates, or behind the verb of the second: "liegt aber auf Wochensicht im Minus"."""


def _goes_the_other_way(left: Clause, right: Clause) -> bool:
    """A second move of another time, set against a first one without a figure: "edged up on Friday, but is still down
    10 percent for the week"."""
    is_set_against = BUT.match(left.view.article.text, left.end, right.end) is not None
    if not is_set_against or not left.times or not left.mentions or right.mentions:
        return False
    told = left.has(*MOVE) and has_finite_verb(left.text, left.view.article.language)
    return told and right.has(*MOVE) and any(part.role in ("change", "distance") for part in parts(right))


FORETELLS_MORE = Pattern(rf"^\W*{any_phrase('foretells_more')}\b", re.IGNORECASE)


def _foretells_more(left: Clause, right: Clause) -> bool:
    """A second forecast of the same subject: "could keep the Fed from raising rates, and might even bring easing"."""
    ahead = ("forecast", "forecast_strong")
    second = FORETELLS_MORE.match(right.text) is not None and len(right.text.split()) >= LEAST_OF_A_FORECAST
    return second and left.has(*ahead) and right.has(*ahead) and not left.has("conditional")


LEAST_OF_A_FORECAST = 5
"""Words of a forecast that stands by itself."""
LEAD_IN = Pattern(rf"^\W*{any_phrase('leads_in')}\b", re.IGNORECASE)


def leads_in(piece: Clause) -> bool:
    """What only says how rare the rest is: "For the first time in its history, the index closed above 5,500"."""
    verbless = not has_finite_verb(piece.text, piece.view.article.language)
    return LEAD_IN.match(piece.text) is not None and verbless and not piece.mentions


def _is_a_lead_in_behind(piece: Clause) -> bool:
    """The same behind what it is said of: "blieb unter 10.000 Zählern - zum ersten Mal seit 2004"."""
    return leads_in(piece) and FIRST_TIME.search(piece.text) is not None and not market_figures(piece)


FIRST_TIME = phrases("first_time")
LISTED = re.compile(r"\([^()]*\)\W*$")
ITEM = re.compile(r"[^()]{0,60}\(")


def _listed(text: str, left: Clause, right: Clause) -> bool:
    """Names with their figures in brackets are one list: "Aixtron (-6,3 Prozent), Siltronic (-4,7 Prozent)"."""
    return bool(LISTED.search(text, left.start, left.end) and ITEM.match(text, right.start, right.end))


def _by_tail(view: ArticleView, span: Span) -> list[Span]:
    """A clause cut before a tail that makes a claim of another kind than the predicate before it."""
    text, language = view.article.text, view.article.language
    for tail in TAIL.finditer(text, span.start, span.end):
        if not has_finite_verb(text[span.start : tail.start()], language):
            continue  # "The bull market, which began in 2009, is the longest": the predicate is still to come
        left, right = classify(view.clause(span.start, tail.start())), classify(view.clause(tail.end(), span.end))
        if left and right and min(left.weight, right.weight) >= STRONG and left.kind != right.kind:
            return [Span(span.start, tail.start()), *_by_tail(view, Span(tail.end(), span.end))]
    return [span]


def _next_border(text: str, start: int, end: int) -> int:
    found = BORDER.search(text, start, end)
    return found.start() if found else end


def _carries(clause: Clause, upto: int | None = None) -> bool:
    """A figure of the market, or a superlative, that could be a claim of its own."""
    part = clause if upto is None else clause.view.clause(clause.start, upto)
    return bool(parts(part)) or money(part) or (part.has("record") and len(part.text.split()) >= 3)


SPAN_BEHIND = Pattern(rf"\W*{any_phrase('span_behind_a_record')}\b", re.IGNORECASE)
"""The span of a record in a clause of its own: "einen Tiefststand, den er seit 2022 nicht mehr gesehen hatte"."""
DASHES = "–—-"


def _joined(view: ArticleView, spans: tuple[Span, ...]) -> list[Span]:
    """Clauses without the cuts that a parenthesis between dashes, or a scrap of a few words, would make."""
    text = view.article.text
    out: list[Span] = []
    inside = False
    for span in spans:
        between = text[out[-1].end : span.start] if out else ""
        dashed = any(d in between for d in DASHES)
        if out and ";" in between and all(_carries(view.clause(*s)) for s in (out[-1], span)):
            out.append(span)  # "Netflix halved; on 20 April it fell by 35 percent": short, and a claim
            continue
        if out and SPAN_BEHIND.match(text, span.start, span.end) and view.clause(*out[-1]).has("record"):
            out[-1] = Span(out[-1].start, span.end)
            continue
        if out and _is_a_lead_in_behind(view.clause(*span)):
            out[-1] = Span(out[-1].start, span.end)
            continue
        if out and leads_in(view.clause(*out[-1])):
            out[-1] = Span(out[-1].start, span.end)
            continue
        scrap = len(text[span.start : span.end].split()) < 4
        if out and (inside or (dashed and scrap) or (scrap and not text[span.start : span.end].endswith("?"))):
            out[-1] = Span(out[-1].start, span.end)
            inside = dashed and not inside
        else:
            out.append(span)
            inside = False
    return out


def _independent(heads: list[tuple[Clause, Rule]]) -> bool:
    """Several clauses with predicates of their own. A condition is none, nor is what a colon only announces."""
    if len(heads) < 2 or any(_is_condition(piece) for piece, _ in heads):
        return False
    with_figures = [piece for piece, _ in heads if market_figures(piece) or money(piece)]
    if len(with_figures) >= 2 or len({rule.kind for _, rule in heads}) >= 2:
        return True
    text = heads[0][0].view.article.text
    return all(":" not in text[left.end : right.start] for (left, _), (right, _) in pairwise(heads))


def _is_condition(piece: Clause) -> bool:
    return any(cue.heading == "conditional" and cue.start == piece.start for cue in piece.cues)


def _grown(piece: Clause, pieces: list[Clause], heads: list[tuple[Clause, Rule]]) -> tuple[int, int]:
    """A head with the clauses after it that have no head of their own."""
    starts = {p.start for p, _ in heads}
    i = next(n for n, p in enumerate(pieces) if p.start == piece.start)
    end = piece.end
    for later in pieces[i + 1 :]:
        if later.start in starts or classify(later) is not None or later.end - later.start > 60:
            break
        end = later.end
    return piece.start, end


def _trimmed(whole: Clause, pieces: list[Clause], rule: Rule) -> tuple[int, int]:
    """The sentence without a lead-in before a colon, when what follows makes the claim by itself."""
    text = whole.view.article.text
    for piece in pieces[1:]:
        if text[whole.start : piece.start].rstrip().endswith(":"):
            rest = classify(whole.view.clause(piece.start, whole.end))
            named = bool(whole.view.clause(whole.start, piece.start).mentions) and not piece.mentions
            if rest is not None and not named and (rest.kind == rule.kind or rest.weight >= rule.weight):
                return piece.start, whole.end
    return whole.start, whole.end


def _claim(article: Article, clause: Clause, rule: Rule) -> Claim:
    kind: Kind = rule.kind
    start, end = clause.view.verbatim(clause)
    figures = _figures(clause)
    checkable, why_not = checkability(kind, clause)
    said, manner = attribution(clause), modality(clause)
    return Claim(
        id=claim_id(article.id, start, end, kind, figures), article=article.id, quote=clause.view.original[start:end],
        start=start, end=end, kind=kind, figures=figures,
        statement=statement(clause, kind, said, manner), attribution=said, modality=manner, checkable=checkable,
        why_not=why_not, extracted_by=ExtractedBy(reader="rules"),
    )  # fmt: skip


def _figures(clause: Clause) -> tuple[str, ...]:
    return tuple(f.text for f in clause.figures if f.unit != "count")
