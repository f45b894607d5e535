"""Of whom a claim speaks, in English; None where its subject is not beyond doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.statements.english import table
from analyzer.extract.statements.wording import listed, plain
from analyzer.extract.subjects import GENERIC, Subject, subject_of
from analyzer.extract.view import Clause, Located, within
from analyzer.market.instruments import Basket, Instrument
from analyzer.market.mentions import Mention
from analyzer.text.patterns import Pattern
from analyzer.text.wordlists import words


@dataclass(frozen=True)
class Who:
    """A subject as it stands inside a sentence: "the S&P 500"."""

    name: str
    plural: bool = False

    @property
    def its(self) -> str:
        return "their" if self.plural else "its"


CURRENCIES = table("currencies")
CURRENCY_CODES = table("currency_codes")
ECONOMY = table("economy")
AGAINST = Pattern(
    rf"\b{any_phrase('against_a_currency')}\s+(?:{any_phrase('article_of_a_currency')}\s+)?(?:US-)?(?P<word>\w+)",
    re.IGNORECASE,
)
PRICE = Pattern(any_phrase("priced"), re.IGNORECASE)
"""Nouns of which a name is the owner and that move as it does: "shares of Apple", "Nvidia's stock"."""
OWNED = Pattern(
    rf"(?:(?P<all>\ball of (?:the )?)|\b(?P<head>\w+) {any_phrase('owned_by')} )(?:{any_phrase('before_an_owner')} )*$",
    re.IGNORECASE,
)
NO_NOUN = Pattern(any_phrase("no_noun"), re.IGNORECASE)
MEMBERS = Pattern(rf"-{any_phrase('members_joined')}$", re.IGNORECASE)
BEHIND = Pattern(rf" {any_phrase('not_itself')}\b", re.IGNORECASE)
"""What is not the index or the share itself: "three Dax-Werte", "S&P 500 futures"."""
COMPARED = Pattern(rf"\b{any_phrase('compared_name')}\s+{any_phrase('article_of_a_compared_name')}?\s*$", re.IGNORECASE)
"""Before a name that is compared with, or in which something stands."""
SOME_OF = Pattern(rf"\b(?:{any_phrase('some_of')}|alle \d+)\b[^,]{{0,24}}$", re.IGNORECASE)
INSTEAD = phrases("instead")
LISTED = rf",? {any_phrase('joins_two_names')} (?:{any_phrase('article_in_a_list')} )?"
BOUND = re.compile(rf"[,;:(]|\b{any_phrase('bounds_a_name')}\b")
"""Between a name and a figure: what moves instead, or where another clause begins."""
THE_MARKET = Pattern(rf"^\W*{any_phrase('the_market_itself')}\b(?! {any_phrase('the_market_for')}\b)", re.IGNORECASE)


def who(clause: Clause, start: int, end: int) -> Who | None:
    """The subject of what stands from ``start`` to ``end``."""
    subject = subject_of(clause, start)
    if subject is None or subject.basis != "quote":
        return named(clause, subject.target) if subject and points_back(clause, subject, start) else the_market(clause)
    before = [m for m in clause.mentions if m.end <= start]
    mention = before[-1] if before else next(m for m in clause.mentions if m.start >= start)
    chain = _chain(clause, mention) if before else _chain_behind(clause, mention)
    beside = _nothing_between(clause, mention, start, end, before=bool(before))
    if mention.target != subject.target or not beside or not all(_is_subject(clause, m) for m in (chain[0], mention)):
        return None
    if len(chain) > 1:
        return Who(listed([named(clause, m.target, m).name for m in chain]), plural=True)
    whole = OWNED.search(clause.view.article.text[clause.start : mention.start])
    one = named(clause, mention.target, mention)
    return Who(f"all of {one.name}", one.plural) if whole and whole["all"] else one


def against(clause: Clause, upto: int) -> str:
    """ " against the yen", where the clause measures one currency in another and has the words near a figure."""
    text = clause.view.article.text[clause.start : min(clause.end, upto + 40)]
    if not any(getattr(m.target, "kind", "") == "currency" for m in clause.mentions):
        return ""
    codes = [CURRENCY_CODES.get(m["word"].lower()) for m in AGAINST.finditer(text)]
    return f" against {CURRENCIES[codes[0]]}" if len(codes) == 1 and codes[0] else ""


def the_market(clause: Clause) -> Who | None:
    """ "The whole market fell": no name, and none is needed."""
    return Who("the market") if THE_MARKET.search(clause.text) and not clause.mentions else None


def _chain(clause: Clause, last: Mention) -> list[Mention]:
    """The names that are listed with one, an "und" before the last: "Infineon und Siemens"."""
    text, chain = clause.view.article.text, [last]
    for mention in reversed([m for m in clause.mentions if m.end <= last.start]):
        link = LISTED + ("" if len(chain) == 1 else r"|, ")
        if not re.fullmatch(link, text[mention.end : chain[0].start]):
            break
        chain.insert(0, mention)
    return chain


def _chain_behind(clause: Clause, first: Mention) -> list[Mention]:
    """The same behind a figure: "um 4 Prozent fielen Infineon und Siemens"."""
    later = [m for m in clause.mentions if m.start >= first.start]
    chains = (_chain(clause, m) for m in reversed(later))
    return next((chain for chain in chains if first in chain), [first])


def _is_subject(clause: Clause, mention: Mention) -> bool:
    """Whether a name stands for its price, and not in a compound, a genitive or a comparison."""
    text = clause.view.article.text
    behind, before = text[mention.end : mention.end + 40], text[clause.start : mention.start]
    owned = re.match(r"-(\w+)", behind)
    if (MEMBERS.search(mention.text) and isinstance(mention.target, Instrument)) or BEHIND.match(behind):
        return False
    if mention.text.endswith(("'s", "’s")) or behind.startswith(("'s ", "’s ")):
        owned = re.match(r"(?:['’]s)? (\w+)", behind) or re.match(r"(.?)", behind)
    if owned and not PRICE.fullmatch(owned[1]):
        return False
    of = OWNED.search(before)
    head = of["head"] if of else None
    noun = head and (clause.view.article.language == "en" or head[0].isupper()) and not NO_NOUN.fullmatch(head)
    if head and noun and not PRICE.fullmatch(head):
        return False
    return not COMPARED.search(before) and not SOME_OF.search(before)


def _nothing_between(clause: Clause, mention: Mention, start: int, end: int, *, before: bool) -> bool:
    """Whether nothing stands between a name and a figure that could be the figure's own subject."""
    text = clause.view.article.text
    if before:
        return not loose_nouns(clause, mention.end, start) and not INSTEAD.search(text, mention.end, start)
    bound = BOUND.search(text[end : mention.start])
    if clause.view.article.language == "en" and not ENGLISH_BEHIND.fullmatch(text[end : mention.start]):
        return False
    own = PRONOUNS.search(text, clause.start, max(clause.start, start))
    return bound is None and own is None and not loose_nouns(clause, clause.start, start)


ENGLISH_BEHIND = Pattern(
    rf" (?:{any_phrase('move_before_a_name')} )?{any_phrase('figure_of_a_name')} (?:the |shares (?:of|in) )?",
    re.IGNORECASE,
)
"""Between a figure and the name behind it: "a 3 percent fall in Nvidia", "the 9.5 percent that the S&P gained"."""
KNOWN_NOUN = Pattern(rf"{any_phrase('known_noun')}$")
CAPITAL = re.compile(r"\b[A-ZÄÖÜ][\wäöüß-]+")


def loose_nouns(clause: Clause, start: int, end: int) -> bool:
    """Whether a stretch of German holds a noun that is no figure, time, name or word of the market."""
    if clause.view.article.language != "de" or end <= start:
        return False
    text = clause.view.article.text
    stretch = re.sub(r",[^,]{1,70},", lambda m: " " * len(m[0]), text[start:end])
    known: list[Located] = [*clause.figures, *clause.times, *clause.mentions]
    taken = [(i.start, i.end) for i in known]
    taken += [(c.start, c.end) for c in clause.cues if c.heading != "opinion"]
    for found in CAPITAL.finditer(stretch):
        at = start + found.start()
        opens = not text[clause.start : at].strip(' »„"')
        if not opens and not KNOWN_NOUN.match(found[0]) and not any(a <= at < b for a, b in taken):
            return True
    return False


# --- what was named before ------------------------------------------------------------------------------------------

STOCK_WORDS = phrases("shares_before")
INDEX_WORDS = phrases("index_before")
PRONOUNS = phrases("its_pronoun")
SPOKEN_OF = Pattern(
    rf"^\W*(?:(?:[\w.,-]+ ){{0,6}}?(?:it(?! means)|they|er|sie)|{any_phrase('its_shares')})\b", re.IGNORECASE
)
"""A pronoun near the beginning, or "its shares"."""
RELATIVE = Pattern(rf"^\W*{any_phrase('relative_pronoun')}\s+(?=[a-zäöü\d])")
LINK = rf"^\W*(?:{any_phrase('link_to_a_verb')}\s+)*"
VERB_FIRST = Pattern(rf"{LINK}{any_phrase('verb_first')}\b", re.IGNORECASE)
PIECE = re.compile(rf"{LINK}(?:{any_phrase('piece')}|[\d$€£])(?!\w)", re.IGNORECASE)


def points_back(clause: Clause, subject: Subject, at: int, *, noun: bool = False) -> bool:
    """Whether the clause speaks of what was named before it: by a pronoun, or as a piece without a subject of its own.

    ``noun``: it is known to be no more than a noun phrase ("the biggest jump in its history").
    """
    view, lead = clause.view, clause.text[: max(0, at - clause.start)]
    same = [m for m in view.mentions if m.target == subject.target and m.end <= clause.start]
    if (
        not same
        or same[-1].start < clause.paragraph.start
        or not (subject.basis == "context" or _last_alone(clause, subject))
    ):
        return False
    if loose_nouns(clause, clause.start, at):
        return False
    kind = getattr(subject.target, "kind", "basket")
    if kind in ("macro", "rate"):
        return False  # "it" is rather the bank that sets it, or the market
    for generic, kinds in ((STOCK_WORDS, ("equity", "etf", "basket")), (INDEX_WORDS, ("index", "volatility"))):
        if generic.search(lead):
            return kind in kinds
    before = view.article.text[clause.sentence.start : clause.start]
    in_sentence = same[-1].start >= clause.sentence.start or GENERIC.search(before) is not None
    if not _is_fresh(clause, same[-1]):
        return False
    if SPOKEN_OF.match(clause.text) or re.match(
        r"\s*(?:it(?! means)|they|er|sie)\b", lead[lead.rfind(",") + 1 :], re.IGNORECASE
    ):
        return True
    if VERB_FIRST.match(clause.text) or (RELATIVE.match(clause.text) and clause.start > clause.sentence.start):
        return in_sentence
    verbs = words(f"sentences_{view.article.language}")["finite_verbs"]
    has_verb = not noun and not verbs.isdisjoint(re.findall(r"[^\W\d_]+", clause.text))
    return PIECE.match(clause.text) is not None and not has_verb and not loose_nouns(clause, at, clause.end)


def _is_fresh(clause: Clause, last: Mention) -> bool:
    """Whether a name stands in the sentence before at the latest, or that one goes on with it ("it", "the index")."""
    view, start = clause.view, clause.sentence.start
    before = [s for s in view.sentences if clause.paragraph.start <= s.start and s.end <= start][-1:]
    goes_on = bool(before) and GENERIC.search(view.article.text[before[0].start : before[0].end]) is not None
    return last.start >= (before[0].start if before else start) or goes_on


def _last_alone(clause: Clause, subject: Subject) -> bool:
    """Whether the sentence before, in the paragraph, names the subject and nothing else."""
    ends = [s for s in clause.view.sentences if clause.paragraph.start <= s.start and s.end <= clause.sentence.start]
    mentions = within(clause.view.mentions, ends[-1].start, ends[-1].end) if ends else ()
    return bool(mentions) and all(m.target == subject.target for m in mentions)


# --- names ----------------------------------------------------------------------------------------------------------


def named(clause: Clause, target: Instrument | Basket, mention: Mention | None = None) -> Who:
    """The English name of an instrument. Where another series stands in for what is named, its words are kept."""
    name, said = target.name, re.sub(r"['’]s$", "", mention.text) if mention else ""
    if isinstance(target, Basket):
        plural = name.endswith(("s", "Seven"))
        return Who(f"the {name}" if not plural or name.startswith(("US", "Magn")) else name, plural)
    if target.kind == "currency":
        code = target.currency if mention is not None and mention.inverse else target.base
        return Who(f"the {name}" if "index" in name else CURRENCIES.get(code or "", said or name))
    if target.kind in ("equity", "volatility"):
        return Who(f"the {name}" if target.kind == "volatility" else name)
    if mention is not None and clause.view.article.language == "en" and target.kind in ("macro", "commodity"):
        the = "the " if clause.view.article.text[: mention.start].lower().endswith("the ") else ""
        small = said[1:2].islower() and said.split()[0] not in KEPT
        return Who(the + (said[:1].lower() + said[1:] if small else said), said.endswith("s"))
    if mention is not None and clause.view.article.language == "de" and target.kind == "macro":
        english = ECONOMY.get(said.lower().removeprefix("us-"))
        if english:
            return Who(
                english.replace("the ", "the US ")
                if said.startswith("US-") and "the " in english
                else f"US {english}"
                if said.startswith("US-")
                else english
            )
    stands_in = bool(said) and not _shares_word(said, target)
    if mention is not None and (mention.inverse or (stands_in and clause.view.article.language == "en")):
        german = clause.view.article.language == "de"
        return Who(f'"{plain(said)}"' if german else said, said.endswith(("s", "en") if german else "s"))
    plural = target.kind == "macro" and name.endswith("s")
    article = target.kind in ("index", "etf", "rate", "macro") and not plural and not name.endswith("Shares")
    if target.kind == "commodity" and not name[:2].isupper() and name[0] not in "BEU":
        name = name[0].lower() + name[1:]
    return Who(f"{'the ' if article else ''}{name}" + (f' ("{plain(said)}")' if stands_in else ""), plural)


KEPT = ("Brent", "West", "Henry", "Michigan", "Shiller", "Federal", "Fed", "German", "British", "European", "Euro")


def _shares_word(said: str, target: Instrument) -> bool:
    low, name = said.lower(), target.name.lower()
    return low == target.symbol.strip("^").lower() or low in name or any(
        w in low for w in re.split(r"\W+", name) if len(w) >= 3
    )  # fmt: skip
