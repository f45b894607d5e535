"""Of what a figure or a predicate speaks: the instrument or basket, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, pairwise

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.view import Clause, remembered, target_key
from analyzer.market.instruments import Basket, Instrument
from analyzer.market.mentions import Mention
from analyzer.model import Basis
from analyzer.text.numbers import Figure
from analyzer.text.patterns import Pattern


@dataclass(frozen=True)
class Subject:
    """``inverse``: the text speaks of what the series is quoted in, so that up is down ("the yen rose" in yen per
    dollar, "Treasuries rallied" in a yield). ``other_price``: a fund or another listing stands in, whose moves are
    those of what is named and whose price is another. ``named``: what the text names, where another stands in."""

    target: Instrument | Basket
    basis: Basis
    inverse: bool = False
    other_price: bool = False
    named: Instrument | None = None

    @property
    def instrument(self) -> Instrument | None:
        return self.target if isinstance(self.target, Instrument) else None

    @property
    def basket(self) -> Basket | None:
        return self.target if isinstance(self.target, Basket) else None

    @property
    def priced(self) -> Subject:
        """Itself, for what is said of a price: no other price stands in for that, though its data be missing."""
        return replace(self, target=self.named, other_price=False) if self.other_price and self.named else self


GENERIC = phrases("stands_for_earlier")
"""Words that stand for what was named before, so that a name further on is not their subject."""


def subject_of(clause: Clause, position: int | None = None) -> Subject | None:
    """The subject of what stands at ``position``: the nearest mention before it in the clause, else the first one in
    the clause, else in the sentence, else the last one before in the paragraph, else what the article is about."""
    at = clause.end if position is None else position
    stands_for_earlier = GENERIC.search(clause.text[: max(0, at - clause.start)]) is not None
    found = _nearest(_apart_from_places(clause, clause.mentions), at)
    if found and _is_agent(clause, found) and (earlier := _earlier(clause)) is not None:
        return earlier
    if found and found.start >= at and SUBORDINATE.search(clause.view.article.text, at, found.start):
        return _earlier(clause)  # "closed at 80.86 when the S&P 500 fell": of what was named before
    if found and position is not None and _is_of_another_noun(clause, found, at):
        return None
    if found and (not (found.start >= at and stands_for_earlier) or _is_whose_it_was(clause, found)):
        return Subject(found.target, "quote", found.inverse)
    if _has_own_subject(clause):
        return None
    named_by_then = (m for m in clause.sentence.mentions if m.end <= clause.start)
    found = _nearest(_apart_from_places(clause, named_by_then), at)
    if found and _is_of_another_noun(clause, found, max(at, clause.start + PRONOUN_AT_MOST)):
        return None
    if found and not (found.start >= at and stands_for_earlier):
        return Subject(found.target, "context", found.inverse)
    return _earlier(clause)


SUBORDINATE = Pattern(rf"\b{any_phrase('begins_another_clause')}\b", re.IGNORECASE)
SHARES_AT_LARGE = Pattern(
    rf"^\W*(?:{any_phrase('before_shares_at_large')}\W+)?({any_phrase('shares_at_large')})\s+"
    rf"(?!{any_phrase('no_shares_at_large')}\b)",
    re.IGNORECASE,
)
SENT = Pattern(
    rf"\b{any_phrase('sends_shares')}\s+((?:US |U\.S\. |American )?{any_phrase('shares_at_large')})\b", re.IGNORECASE
)
"""What is done to them: "sent stocks to a record", "pushing stocks lower"."""
AMERICAN = ("^GSPC", "^DJI", "^IXIC", "^NDX", "^VIX")
"""Indices of which an article names one that speaks of American shares."""


def shares_at_large(clause: Clause) -> Subject | None:
    """ "Stocks fell on Tuesday as yields rose": the index of American shares, which the word alone does not name, in an
    English article that names one of them."""
    found = SHARES_AT_LARGE.match(clause.text) or SENT.search(clause.text)
    named = {m.target.symbol for m in clause.view.mentions if isinstance(m.target, Instrument)}
    market = clause.view.catalogue.get("^GSPC")
    if found is None or market is None or clause.view.article.language != "en" or named.isdisjoint(AMERICAN):
        return None
    end = clause.start + found.end(1)
    if any(m.start < end for m in clause.mentions) or not _is_moved(clause, end):
        return None
    return Subject(market, "article")


def _is_moved(clause: Clause, start: int) -> bool:
    """Whether a word of movement or a superlative stands behind a place, before another name."""
    end = min((m.start for m in clause.mentions if m.start >= start), default=clause.end)
    return any(c.heading in MOVES and start <= c.start < end for c in clause.cues)


MOVES = ("move_down", "move_down_strong", "move_up", "move_up_strong", "record")
JOINED = re.compile(
    rf",?\s+{any_phrase('joins_subjects')}\s+(?:{any_phrase('apposition_article')}\s+)?|,\s+(?:{any_phrase('apposition_article')}\s+)?",
    re.IGNORECASE,
)
TOGETHER = Pattern(rf"\s+(?:\w+\s+)?{any_phrase('both_or_each')}\b", re.IGNORECASE)


OPENS = re.compile(rf"\W*(?:{any_phrase('opens_joint_subjects')}\s+){{0,3}}", re.IGNORECASE)
BOTH = Pattern(rf"\b{any_phrase('both_of_them')}\s+(?:{any_phrase('opens_joint_subjects')}\s+)?$", re.IGNORECASE)
DOES = re.compile(r"\s+[a-zäöü]")


def joint_subjects(clause: Clause, figure: Figure) -> tuple[Subject, ...]:
    """What moved together with the nearest name before a figure: "The S&P 500 and the Nasdaq both fell 3 percent"; of
    a share of each also without such a word, where the names open the clause: "Gold and silver fell 3 percent"."""
    text = clause.view.article.text
    chain = _joined(clause, [m for m in clause.mentions if m.end <= figure.start])
    figures = [f for f in clause.figures if f.unit == figure.unit]
    if len(chain) < 2 or len(figures) >= len(chain):
        return ()  # "fell 0.2 percent and 0.3 percent": to each its own
    first, last = chain[0], chain[-1]
    together = TOGETHER.match(text, last.end, figure.start) or BOTH.search(text[clause.start : first.start])
    by_a_word = any(c.isalpha() for c in text[chain[-2].end : last.start])
    opens = OPENS.fullmatch(text, clause.start, first.start) is not None and DOES.match(text, last.end) is not None
    if not (together or (by_a_word and opens and figure.unit == "fraction")):
        return ()
    return tuple(Subject(m.target, "quote", m.inverse) for m in reversed(chain[:-1]))


IN_A_ROW = re.compile(rf"\s*(?:,|,?\s{any_phrase('joins_subjects')})\s*", re.IGNORECASE)


def in_order(clause: Clause, figure: Figure) -> Subject | None:
    """Whose a figure is where as many follow a list of names as it has: "The Dow and the S&P 500 fell 0.2 percent and
    0.3 percent", the first of the first, the second of the second."""
    figures = [f for f in clause.figures if f.unit == figure.unit]
    chain = _joined(clause, [m for m in clause.mentions if m.end <= figures[0].start]) if figures else []
    if len(chain) < 2 or not len(chain) == len(figures) == len(clause.mentions):
        return None
    text = clause.view.article.text
    if not all(IN_A_ROW.fullmatch(text, a.end, b.start) for a, b in pairwise(figures)):
        return None  # "rose 1 percent and are up 20 percent this year": both, twice
    mention = chain[figures.index(figure)]
    return Subject(mention.target, "quote", mention.inverse)


def _joined(clause: Clause, mentions: list[Mention]) -> list[Mention]:
    """The last of the names with those before it that are joined to it, in the order of the text."""
    chain = mentions[-1:]
    for earlier in mentions[-2::-1]:
        if JOINED.fullmatch(clause.view.article.text, earlier.end, chain[0].start) is None:
            break
        chain.insert(0, earlier)
    return chain


RELATIVE = Pattern(rf",?\s*\b{any_phrase('goes_on_by_a_pronoun')}\b", re.IGNORECASE)
TAKES_UP = re.compile(rf"\s+{any_phrase('pronoun')}\b", re.IGNORECASE)
BRACKETS = re.compile(r"\([^()]*\)")
PRONOUN_AT_MOST = 8
"""Characters of a clause within which the pronoun that begins it stands."""
LAST_WORD = 2
"""Characters between a figure or a time and the pronoun that goes on from it."""
WORDS_OF_A_NAME = 2
"""Words that may stand between a name and the clause that goes on from it: "the S&P 500 Index, which fell"."""


def _is_of_another_noun(clause: Clause, mention: Mention, at: int) -> bool:
    """ "The Dow and the paper of small towns, which lost a tenth": the pronoun stands for what is right before it."""
    text = clause.view.article.text
    pronouns = [m for m in RELATIVE.finditer(text, mention.end, max(at, mention.end)) if m.end() > clause.start]
    pronouns = [m for m in pronouns if not TAKES_UP.match(text, m.end())]  # "ending a week in which it lost a tenth"
    if not pronouns or mention.end > at or "," in text[pronouns[-1].end() : max(at, pronouns[-1].end())]:
        return False
    start = pronouns[-1].start()
    ends = [*(figure.end for figure in clause.view.figures), *(time.end for time in clause.view.times)]
    counts = any(start - LAST_WORD <= end <= start for end in ends)  # "from 3.4% in January, which was the lowest"
    between = BRACKETS.sub(" ", text[mention.end : start])
    return not counts and len(re.findall(r"\w+", between)) > WORDS_OF_A_NAME


IMPERSONAL = Pattern(rf"^\W*{any_phrase('impersonal')}\b", re.IGNORECASE)
FOR = Pattern(
    rf"\b{any_phrase('for_whom')}\s+(?:{any_phrase('article_of_a_subject_spoken_of')}\s+)?(?:\w+\s+)?$", re.IGNORECASE
)


def _is_whose_it_was(clause: Clause, mention: Mention) -> bool:
    """ "It was the worst week for the Nasdaq": "it" stands for the week, and for nothing that was named before."""
    before = clause.view.article.text[clause.start : mention.start]
    return IMPERSONAL.match(before) is not None and FOR.search(before) is not None


AGENT = Pattern(
    rf"\b{any_phrase('by_an_agent')}\s+(?:{any_phrase('article_of_an_agent')}\s+)?(?:\w+\s+)?$", re.IGNORECASE
)


PASSIVE = phrases("auxiliary_of_the_passive")


def _is_agent(clause: Clause, mention: Mention) -> bool:
    """ "Der Leitindex wurde von der schwachen Wall Street nach unten gezogen": what moved is what stands first. "Die
    Aktie von Nvidia" is no passive."""
    before = clause.view.article.text[clause.start : mention.start]
    by = AGENT.search(before)
    passive = by is not None and PASSIVE.search(before, 0, by.start()) is not None
    return passive and GENERIC.match(before.lstrip(' "»„')) is not None


PLACE = Pattern(rf"\b{any_phrase('traded_at')}\s+(?:\w+e[nr]\s+)?$", re.IGNORECASE)


def is_place(clause: Clause, mention: Mention) -> bool:
    """ "an der Wall Street", "on the Nasdaq": where something is traded."""
    return PLACE.search(clause.view.article.text[max(0, mention.start - 30) : mention.start]) is not None


PRICES_AT_LARGE = Pattern(
    rf"(?<!'s )(?<!its )(?<!their )(?<!ihre )(?<!seine )\b{any_phrase('prices_at_a_place')}\b"
    rf"(?!\s+{any_phrase('no_shares_at_large')}\b)",
    re.IGNORECASE,
)
"""Not those of anybody: "its shares fell on Wall Street"."""


def market_of_a_place(clause: Clause) -> Instrument | Basket | None:
    """ "An der Wall Street fielen die Kurse", "stocks fell on Wall Street": the market of the place, where prices are
    spoken of in general and no other region is named."""
    targets = {target_key(m.target): m.target for m in clause.mentions}
    if len(targets) != 1 or not all(is_place(clause, m) for m in clause.mentions):
        return None
    (market,) = targets.values()
    elsewhere = any(
        region != market.region for start, _, region in clause.view.regions if clause.start <= start < clause.end
    )
    is_index = isinstance(market, Basket) or market.kind == "index"
    return market if is_index and not elsewhere and PRICES_AT_LARGE.search(clause.text) else None


def _apart_from_places(clause: Clause, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions without exchanges that a share is traded on, "fell on the Nasdaq", where something else is named,
    and without those that only describe another."""
    text = clause.view.article.text
    found = tuple(mentions)
    if len(clause.sentence.mentions) < 2 and "equity" not in _kinds_spoken_of(clause):
        return found
    places = [m for m in found if is_place(clause, m)]
    # "Cisco, the Nvidia of its day"
    likened = [m for m in found if text[: m.start].endswith("the ") and text.startswith(" of ", m.end)]
    inside = described(clause.sentence)
    found = tuple(m for m in found if m not in inside and not _lists_the_shares(clause, m))
    found = tuple(m for m in found if not _is_where_it_ranks(clause, m))
    return tuple(m for m in found if m not in likened and (m not in places or not _is_a_market(m.target)))


def _is_a_market(target: Instrument | Basket) -> bool:
    return isinstance(target, Basket) or target.kind == "index"


RANKS_IN = Pattern(rf"\b{any_phrase('member_of_an_index')}\s+{any_phrase('within_an_index')}\s+$", re.IGNORECASE)


def _is_where_it_ranks(clause: Clause, mention: Mention) -> bool:
    """ "Bank of America gab als schwächster Wert im Dow 6,55 Prozent ab": the index in which a share that is named
    before it is the weakest."""
    before = clause.view.article.text[clause.start : mention.start]
    if not _is_a_market(mention.target) or RANKS_IN.search(before) is None:
        return False
    return any(m.end <= mention.start and getattr(m.target, "kind", "") == "equity" for m in clause.mentions)


LISTED_IN = Pattern(rf"\b{any_phrase('listed_in')}\s+$", re.IGNORECASE)
ITS_SHARES = phrases("shares_of_it")


def _lists_the_shares(clause: Clause, mention: Mention) -> bool:
    """ "Deren Aktien sackten im SDax ab": the index that the shares of what was named before are in."""
    before = clause.view.article.text[clause.start : mention.start]
    listed = getattr(mention.target, "kind", "") == "index" and LISTED_IN.search(before) is not None
    return listed and ITS_SHARES.search(before) is not None


DESCRIBES = Pattern(
    rf"\W*(?:\([^()]*\))?,\s+(?:(?:{any_phrase('apposition_manner')}\s+)?{any_phrase('apposition_participle')}\b[^,;.]*"
    rf"|{any_phrase('apposition_article')}\s+[^,;.]+?\b{any_phrase('apposition_link')}\s+[^,;.]*)",
    re.IGNORECASE,
)
DESCRIBED = re.compile(r"[^,;.\d]*[,)]")


def described(clause: Clause) -> tuple[Mention, ...]:
    """Mentions within a description of another one: "The VIX, widely seen as the market's fear gauge, rose", "Nvidia,
    the heaviest weight in the S&P 500, fell". What is said behind the second comma is said of what stands before the
    first."""
    text = clause.view.article.text
    return tuple(
        inner
        for outer, inner in combinations(clause.mentions, 2)
        if DESCRIBES.fullmatch(text, outer.end, inner.start) and DESCRIBED.match(text, inner.end, clause.end)
    )


OWN = re.compile(
    rf"^\W*(?:{any_phrase('opens_a_clause')}\s+)?"
    rf"(?:{any_phrase('opening_article')}\s+(?:[\w-]+\s+){{0,2}}?)?([^\W\d_]+)",
    re.IGNORECASE,
)


def _has_own_subject(clause: Clause) -> bool:
    """Whether the clause begins with a noun of the market that no mention covers: "gold closed Friday at"."""
    opener = OWN.match(clause.text)
    if opener is None or clause.mentions:
        return False
    start = clause.start + opener.start(1)
    return any(c.heading == "asset" and c.start == start for c in clause.cues)


def _earlier(clause: Clause) -> Subject | None:
    """What was named before the sentence, of the kind that the clause's own word for it allows ("the shares")."""
    kinds = _kinds_spoken_of(clause)
    before = [m for m in clause.paragraph.mentions if m.end <= clause.start and _is_of(m.target, kinds)]
    if not before:
        earlier = _main(clause)
        earlier = earlier if earlier and _is_of(earlier.target, kinds) else None
    else:
        found = max(before, key=lambda m: m.end)
        only = len({target_key(m.target) for m in before}) == 1
        # After a sentence on the VIX it is open what the next one speaks of: "it" may be the index or the market.
        sure: Basis = "context" if only else "article"
        open_to_doubt = _is_volatility(found) and POINTED.search(clause.text) is None
        earlier = None if open_to_doubt else Subject(found.target, sure, found.inverse)
    return earlier if earlier is None or not _speaks_of_elsewhere(clause.sentence, earlier) else None


POINTED = Pattern(rf"^\W*{any_phrase('this_very_index')}\b", re.IGNORECASE)
"""A beginning that means the very thing that was named last."""


KIND_WORDS: tuple[tuple[frozenset[str], Pattern], ...] = (
    (frozenset({"index"}), phrases("word_for_an_index")),
    (frozenset({"equity", "etf"}), phrases("word_for_a_company")),
    (frozenset({"crypto"}), phrases("word_for_a_coin")),
)
"""Words that stand for what was named before, and what kind of instrument they can stand for."""


@remembered
def _kinds_spoken_of(clause: Clause) -> frozenset[str]:
    """The kinds of the first such word of the clause; empty when it has none, as behind "it"."""
    found = [(m.start(), kinds) for kinds, words in KIND_WORDS if (m := words.search(clause.text))]
    return min(found, key=lambda pair: pair[0])[1] if found else frozenset()


def _is_of(target: Instrument | Basket, kinds: frozenset[str]) -> bool:
    return not kinds or not isinstance(target, Instrument) or target.kind in kinds


APART = 24
"""Characters within which a region qualifies a word of the market: "Taiwan's main benchmark"."""


def _speaks_of_elsewhere(sentence: Clause, earlier: Subject) -> bool:
    """Whether the sentence names a market of another region than the one named before: "Taiwan's benchmark"."""
    home = earlier.target.region
    assets = [c.start for c in sentence.cues if c.heading == "asset"]
    return home is not None and any(
        region != home and any(end < at <= end + APART for at in assets)
        for start, end, region in sentence.view.regions
        if sentence.start <= start < sentence.end
    )


def _main(clause: Clause) -> Subject | None:
    """What the article is about, if it has named it by then."""
    main = clause.view.main_subject
    named = main is not None and any(m.target == main and m.end <= clause.start for m in clause.view.mentions)
    return Subject(main, "article") if main is not None and named else None


def subjects_in(clause: Clause) -> tuple[Subject, ...]:
    """Every subject named in the clause, once each, in order."""
    seen: dict[str, Subject] = {}
    for mention in clause.mentions:
        seen.setdefault(target_key(mention.target), Subject(mention.target, "quote", mention.inverse))
    return tuple(seen.values())


def peers_of(clause: Clause, symbol: str, when: date) -> tuple[str, ...]:
    """The neighbours in which a figure may be true instead: members of the baskets that hold the symbol, and the
    other instruments that the article names. Of a basket of several kinds, as that of all asset classes, none is taken
    for another."""
    catalogue = clause.view.catalogue
    found: dict[str, None] = {}
    for basket in catalogue.baskets:
        members = basket.at(when)
        if symbol in members and len({i.kind for m in members if (i := catalogue.get(m)) is not None}) == 1:
            found.update(dict.fromkeys(members))
    for mention in clause.view.mentions:
        if isinstance(mention.target, Instrument):
            found.setdefault(mention.target.symbol)
    found.pop(symbol, None)
    return tuple(found)


def _is_volatility(mention: Mention) -> bool:
    return getattr(mention.target, "kind", None) == "volatility"


def _nearest(mentions: Iterable[Mention], at: int) -> Mention | None:
    before = [m for m in mentions if m.end <= at]
    after = [m for m in mentions if m.start >= at]
    if before:
        return max(before, key=lambda m: m.end)
    return min(after, key=lambda m: m.start) if after else None
