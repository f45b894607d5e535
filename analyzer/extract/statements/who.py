"""Of whom a claim speaks, in English; None where its subject is not beyond doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyzer.extract.statements.wording import listed, plain
from analyzer.extract.subjects import GENERIC, Subject, subject_of
from analyzer.extract.view import Clause, Located, within
from analyzer.market.instruments import Basket, Instrument
from analyzer.market.mentions import Mention
from analyzer.text.wordlists import words


@dataclass(frozen=True)
class Who:
    """A subject as it stands inside a sentence: "the S&P 500"."""

    name: str
    plural: bool = False

    @property
    def its(self) -> str:
        return "their" if self.plural else "its"


CURRENCIES = {
    "EUR": "the euro", "USD": "the US dollar", "GBP": "the pound", "JPY": "the yen", "CHF": "the Swiss franc",
    "CNY": "the yuan", "RUB": "the rouble", "TRY": "the Turkish lira", "INR": "the rupee", "KRW": "the won",
    "BRL": "the Brazilian real", "MXN": "the Mexican peso", "CAD": "the Canadian dollar",
    "AUD": "the Australian dollar", "NZD": "the New Zealand dollar", "SEK": "the Swedish krona",
    "NOK": "the Norwegian krone",
}  # fmt: skip
CURRENCY_WORDS = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "sterling": "GBP", "pfund": "GBP", "yen": "JPY", "franc": "CHF",
    "franken": "CHF", "yuan": "CNY", "rubel": "RUB", "rouble": "RUB", "ruble": "RUB", "lira": "TRY",
}  # fmt: skip
AGAINST = re.compile(
    r"\b(?:against|versus|gegenüber|gegen|zum)\s+(?:the\s+|dem\s+|den\s+|der\s+)?(?:US-)?(?P<word>\w+)", re.IGNORECASE
)
PRICE = re.compile(
    r"(?:aktien?|anteil(?:e|sschein\w*)?|papiere?|titel|kurs(?:e|es)?|preis(?:e|es)?|wert(?:e|es)?|börsenwert|index|future\w*|"
    r"shares?|stocks?|prices?|value|yields?|rate|futures|bonds?|notes?|etf|fund|fonds|anleihe\w*|rendite\w*|fall|drop|rise|"
    r"decline|slump|jump|minus|plus|kursgewinn\w*|kursverlust\w*|rückgang|anstieg|all)",
    re.IGNORECASE,
)
"""Nouns of which a name is the owner and that move as it does: "shares of Apple", "Nvidia's stock"."""
OWNED = re.compile(
    r"(?:(?P<all>\ball of (?:the )?)|\b(?P<head>\w+) (?:of|in|von|vom|des|der|on) )(?:the |dem |den |so-called )*$",
    re.IGNORECASE,
)
NO_NOUN = re.compile(
    r"(?:selbst|auch|nur|und|aber|doch|sogar|lediglich|während|weil|dass|wenn|ob|so|damit|zugleich|zudem|"
    r"endlich|zuletzt|gestern|heute|dagegen|hingegen|dann|even|only|fiel|stieg|verlor|gewann|ist|hat|war|steht|schloss)",
    re.IGNORECASE,
)
MEMBERS = re.compile(r"-(?:werte?n?|titel|konzerne?|unternehmen|mitglied\w*|chef\w*)$", re.IGNORECASE)
BEHIND = re.compile(
    r" (?:futures|options|members|companies|constituents|components|firms|investors|owners|holders|dealers|customers|"
    r"executives?|bulls|bears)\b",
    re.IGNORECASE,
)
"""What is not the index or the share itself: "three Dax-Werte", "S&P 500 futures"."""
COMPARED = re.compile(
    r"\b(?:gegenüber|gegen|als|than|versus|vs\.?|against|compared (?:to|with)|unlike|like|wie|im gegensatz zu\w*|"
    r"im vergleich zu\w*|neben|besides|im|in the|mit|und nicht|not|after|nach)\s+"
    r"(?:de[mnr]|die|das|the|\w+ische\w*)?\s*$",
    re.IGNORECASE,
)
"""Before a name that is compared with, or in which something stands."""
SOME_OF = re.compile(
    r"\b(?:jede[rs]?|every|each|viele|many|most|einige|some|several|kein\w*|no|none of|nearly all|fast alle|"
    r"alle \d+|parts of|half of|teile)\b[^,]{0,24}$",
    re.IGNORECASE,
)
INSTEAD = re.compile(
    r"\b(?:but|while|whereas|although|aber|doch|während|obwohl|and (?:the|a|its|his|her|their|it)|"
    r"und (?:der|die|das|es|sein\w*|ihr\w*)|that (?:it|the)|dass|because|weil)\b|"
    r"\b(?:revenues?|sales|profits?|earnings|income|margins?|deliveries|dividends?|jobs|employees|stakes?|book value|"
    r"demand|production|budget|orders|umsatz\w*|umsätze|\w+gewinn|ergebnis\w*|absatz|auslieferung\w*|dividende\w*|stellen|"
    r"beschäftigte\w*|beteiligung\w*|nachfrage|förderung|aufträge|prognose\w*|mitglieder|competitors?|rivals?|suppliers?|"
    r"konkurrent\w*|rivalen|zulieferer\w*|members)\b",
    re.IGNORECASE,
)
"""Between a name and a figure: what moves instead, or where another clause begins."""
THE_MARKET = re.compile(
    r"^\W*(?:der (?:gesamte |breite |ganze )?markt|"
    r"the (?:whole |entire |broad |stock )?market)\b(?! (?:für|for|of|in|des|der)\b)",
    re.I,
)


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
    codes = [CURRENCY_WORDS.get(m["word"].lower()) for m in AGAINST.finditer(text)]
    return f" against {CURRENCIES[codes[0]]}" if len(codes) == 1 and codes[0] else ""


def the_market(clause: Clause) -> Who | None:
    """ "The whole market fell": no name, and none is needed."""
    return Who("the market") if THE_MARKET.search(clause.text) and not clause.mentions else None


def _chain(clause: Clause, last: Mention) -> list[Mention]:
    """The names that are listed with one, an "und" before the last: "Infineon und Siemens"."""
    text, chain = clause.view.article.text, [last]
    for mention in reversed([m for m in clause.mentions if m.end <= last.start]):
        link = r",? (?:und|and|sowie) (?:der |die |das |the )?" + ("" if len(chain) == 1 else r"|, ")
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
    bound = re.search(r"[,;:(]|\b(?:als|than|wie|while|und|and|aber|but)\b", text[end : mention.start])
    if clause.view.article.language == "en" and not ENGLISH_BEHIND.fullmatch(text[end : mention.start]):
        return False
    own = PRONOUNS.search(text, clause.start, max(clause.start, start))
    return bound is None and own is None and not loose_nouns(clause, clause.start, start)


ENGLISH_BEHIND = re.compile(
    r" (?:(?:fall|drop|loss|gain|rise|decline|jump|slump|rally) )?(?:of|for|in|at|that|by) (?:the |shares (?:of|in) )?",
    re.IGNORECASE,
)
"""Between a figure and the name behind it: "a 3 percent fall in Nvidia", "the 9.5 percent that the S&P gained"."""
KNOWN_NOUN = re.compile(
    r"(?:(?:US-)?Handels?\w*|Verlauf|Schluss|Ende|Spitze|Wert(?:es)?|Höhe|Tiefe|Luft|Börsenwert\w*|Summe|Zwischenzeit|"
    r"Folge|Jahr(?:es)?|Tag|Monat|Woche|Zeitraum|Schlusskurs\w*|Zähler|Punkte\w*|Prozent|Vergleich|Mitte|Marke|"
    r"Mittag|Morgen|Abend|Vormittag|Nachmittag|Weihnachten|Silvester|\w*Schwelle|\w*Tief|\w*Hoch|\w*Tiefstand\w*|\w*Höchststand\w*)$"
)
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

STOCK_WORDS = re.compile(r"\b(?:the (?:shares?|stock)|die aktien?|das papier|die papiere|der kurs)\b", re.IGNORECASE)
INDEX_WORDS = re.compile(r"\b(?:the (?:index|benchmark|gauge)|der (?:leit)?index|das börsenbarometer)\b", re.IGNORECASE)
PRONOUNS = re.compile(r"\b(?:it|they|its|their|er|sie|ihre[mnrs]?|seine[mnrs]?)\b", re.IGNORECASE)
SPOKEN_OF = re.compile(
    r"^\W*(?:(?:[\w.,-]+ ){0,6}?(?:it(?! means)|they|er|sie)|"
    r"(?:its|their|ihre?|seine?) (?:shares?|stock|price|aktien?|kurs|papiere?))\b",
    re.IGNORECASE,
)
"""A pronoun near the beginning, or "its shares"."""
RELATIVE = re.compile(r"^\W*(?:das|die|der|dieser|which|that)\s+(?=[a-zäöü\d])")
LINK = (
    r"^\W*(?:(?:und|and|but|aber|sowie|or|now|then|damit|thus|also|nun|zuletzt|after|nach|seinerzeit|easily|by far|"
    r"to hit|auf)\s+)*"
)
VERB_FIRST = re.compile(
    rf"{LINK}(?:schloss|fiel|stieg|verlor|gewann|erreichte|notierte?|liegt|steht|büßte|sackte|rutschte|legte|kletterte|"
    r"sprang|brach|fell|rose|lost|gained|dropped|closed|ended|finished|stands?|stood|held|hit|reached|jumped|slid|sank|"
    r"plunged|added|shed|\w+ing|(?:zum|zu (?:seinem|ihrem)) .{4,60}\bfehl\w+)\b",
    re.IGNORECASE,
)
PIECE = re.compile(
    rf"{LINK}(?:an?|the|its|their|down|up|minus|plus|den|dem|der|ein\w*|it|lowest|highest|[\d$€£])(?!\w)", re.IGNORECASE
)


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
        english = MACRO_WORDS.get(said.lower().removeprefix("us-"))
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


MACRO_WORDS = {
    "inflation": "inflation", "inflationsrate": "the inflation rate", "teuerung": "inflation",
    "teuerungsrate": "the inflation rate", "arbeitslosigkeit": "unemployment",
    "arbeitslosenquote": "the unemployment rate", "verbraucherpreise": "consumer prices",
    "kerninflation": "core inflation", "industrieproduktion": "industrial production",
}  # fmt: skip
KEPT = ("Brent", "West", "Henry", "Michigan", "Shiller", "Federal", "Fed", "German", "British", "European", "Euro")


def _shares_word(said: str, target: Instrument) -> bool:
    low, name = said.lower(), target.name.lower()
    return low == target.symbol.strip("^").lower() or low in name or any(
        w in low for w in re.split(r"\W+", name) if len(w) >= 3
    )  # fmt: skip
