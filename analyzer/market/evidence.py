"""What the words around a name say: that it is a share, a price, a sum of money.

A wrong instrument is worse than none: a word that means other things too counts only on positive evidence.
"""

from __future__ import annotations

from functools import lru_cache

from analyzer.market.company import has_a_wrong_article
from analyzer.market.instruments import Instrument, Target
from analyzer.market.moving import FIGURE_WORDS, moves
from analyzer.market.name_index import Hit
from analyzer.market.page import HYPHENS, Page
from analyzer.market.priced import price_in
from analyzer.market.readings import Reading
from analyzer.market.words import beginnings, folded, words


def is_sum(page: Page, hit: Hit) -> bool:
    """ "60 Euro", "600 Mrd. Dollar", "50 Bitcoin", "die Bitcoins": money or coins, not the price of what is named."""
    return _follows_an_amount(page, hit) or _is_plural(page, hit) or _is_a_weight(page, hit)


def is_one_unit(page: Page, hit: Hit, target: Instrument) -> bool:
    """ "Ein Euro kostete 1,08 Dollar": one of it, with its price in another currency."""
    one = target.kind == "currency" and page.key(hit.first - 1) in words("one_unit")
    return (
        one
        and not _is_a_weight(page, hit)
        and price_in(page, hit.stop, page.sentence(hit.first)[1], target.base or "") is not None
    )


def is_not_the_price(page: Page, hit: Hit) -> bool:
    """ "Oil producers": the commodity only says of what."""
    return page.key(hit.end) in words("not_the_price") and page.gap(hit.end) in (" ", "-")


def speaks_of_yields(page: Page, hit: Hit) -> bool:
    """In the part of the sentence around the name: "the note fell, its yield rose" and "Treasuries fell while yields
    rose" speak of the paper first."""
    low, high = page.between_commas(hit.first)
    another = next((i for i in range(hit.end, high) if page.keys[i] in words("begins_another_part")), high)
    return any(key.startswith(beginnings("yields")) for key in page.keys[low:another])


def names_a_paper(page: Page, hit: Hit) -> bool:
    """ "Treasuries", "US-Staatsanleihen", and no yield of theirs."""
    keys = page.keys[hit.first : hit.end]
    is_paper = any(key in words("papers_of_an_issuer") or key in words("bond_papers") for key in keys)
    return is_paper and not any(key.startswith(beginnings("yields")) for key in keys)


def has_context(page: Page, hit: Hit, target: Target) -> bool:
    """A context word of the entry stands in the sentence, or for a share in the paragraph."""
    if not target.context:
        return False
    share = isinstance(target, Instrument) and target.kind == "equity"
    low, high = page.paragraph(hit.first) if share else page.sentence(hit.first)
    return _near(page, hit, low, high, _phrases(target.context))


def is_traded(page: Page, hit: Hit, reading: Reading) -> bool:
    """Evidence of the market itself: a compound, share words, a legal form, a move with its verb or figure."""
    kind = reading.target.kind if isinstance(reading.target, Instrument) else "basket"
    if kind == "macro":
        return hit.tail == "market"  # a bank has a "Bilanzsumme" too, and it rises
    if isinstance(reading.target, Instrument) and is_a_bare_symbol(page, hit, reading.target):
        return hit.tail == "market" or _is_called_a_fund(page, hit)
    if hit.tail == "market" or (kind == "equity" and _is_called_a_share(page, hit)):
        return True
    if kind == "currency" and (_is_priced(page, hit, reading) or _speaks_of_currencies(page, hit)):
        return True
    if kind == "commodity" and _is_a_household(page, hit):
        return False
    return moves(page, hit) and not (kind == "equity" and (_is_a_thing(page, hit) or has_a_wrong_article(page, hit)))


def _speaks_of_currencies(page: Page, hit: Hit) -> bool:
    return _near(page, hit, *page.sentence(hit.first), _phrases(beginnings("currency")))


def _is_priced(page: Page, hit: Hit, reading: Reading) -> bool:
    """ "Der Euro kostete 1,08 Dollar", "rose to the euro": named against another, or with its price in it."""
    i = hit.first - 1
    while page.key(i) in words("articles"):
        i -= 1
    base = getattr(reading.target, "base", None) or ""
    high = page.sentence(hit.first)[1]
    return page.key(i) in words("against") or price_in(page, hit.stop, high, base) is not None


def _is_a_household(page: Page, hit: Hit) -> bool:
    """ "Kaffee kostet im Café fünf Euro": what the kitchen pays is no price of the exchange."""
    low, high = page.sentence(hit.first)
    return any(key.startswith(beginnings("households")) for key in page.keys[low:high])


def _is_a_thing(page: Page, hit: Hit) -> bool:
    """ "Die Linde verlor ihre Blätter": a common noun with its article moves without a figure."""
    low, high = page.sentence(hit.first)
    return page.key(hit.first - 1) in ("die", "der") and not FIGURE_WORDS.search(page.text_of(low, high))


def is_called_shares(keys: list[str]) -> bool:
    """Whether words before a plural say that shares, not a company, are meant: "die Aktien der Chiphersteller"."""
    return bool(words("shares").intersection(keys)) or any(k.endswith(("werte", "kurse", "verluste")) for k in keys)


def _is_a_weight(page: Page, hit: Hit) -> bool:
    """ "Das Pfund Butter", "a pound of butter"."""
    if page.keys[hit.end - 1] not in ("pfund", "pound") or page.gap(hit.end) != " " or hit.end >= len(page):
        return False
    return page.key(hit.end) == "of" or (page.keys[hit.end - 1] == "pfund" and page.words[hit.end][:1].isupper())


def _follows_an_amount(page: Page, hit: Hit) -> bool:
    first = hit.first - 1 if page.key(hit.first - 1) == "us" else hit.first
    gap, before = page.gap(first).strip(), page.key(first - 1)
    if not gap or gap in HYPHENS or (gap == "." and before in words("scales")):
        is_day = page.key(first - 2) in words("months") and before.isdigit() and len(before) <= 2
        if before in words("one_unit") and _has_its_price(page, hit):
            return False  # "vor einem Jahr kostete ein Bitcoin noch 60.000 Dollar"
        return (
            (before.isdigit() and not is_day)
            or before in words("amount")
            or (before in ("in", "aus") and _is_currency(hit))
        )
    return False


def _has_its_price(page: Page, hit: Hit) -> bool:
    """Whether it stands beside a verb of a price: one coin, and what it costs."""
    coin = any(isinstance(r.target, Instrument) and r.target.kind == "crypto" for r in hit.readings)
    return coin and bool(words("priced").intersection((page.key(hit.first - 2), page.key(hit.end))))


def _is_currency(hit: Hit) -> bool:
    """ "In Euro" names a unit; "in Gold" may be a flight to safety."""
    return any(isinstance(r.target, Instrument) and r.target.kind == "currency" for r in hit.readings)


def _is_plural(page: Page, hit: Hit) -> bool:
    """ "Bitcoins", "Euros" outside the genitive."""
    if not hit.inflected or hit.tail or not page.keys[hit.end - 1].endswith("s"):
        return False
    return not {"des", "eines", "dieses"}.intersection(page.keys[max(0, hit.first - 3) : hit.first])


def is_a_verb(page: Page, hit: Hit) -> bool:
    """ "Traders pound the phones"."""
    return page.keys[hit.end - 1] == "pound" and page.key(hit.end) in words("determiners")


def _near(page: Page, hit: Hit, low: int, high: int, phrases: tuple[str, ...]) -> bool:
    around = page.phrase(low, hit.first) + page.phrase(hit.end, high)
    return any(phrase in around for phrase in phrases)


@lru_cache(maxsize=2048)
def _phrases(context: tuple[str, ...]) -> tuple[str, ...]:
    """Context words as they are looked up: short ones whole, long ones with any ending."""
    return tuple(f" {word} " if len(word) <= 3 else f" {word}" for word in map(folded, context))


def _is_called_a_share(page: Page, hit: Hit) -> bool:
    shares, before = words("shares"), page.keys[max(0, hit.first - 3) : hit.first]
    if not page.gap(hit.end).strip() and page.key(hit.end) in shares | words("company"):
        return True
    return bool(before) and (before[-1] in shares or (before[-1] in words("of") and bool(shares.intersection(before))))


def is_a_bare_symbol(page: Page, hit: Hit, target: Instrument) -> bool:
    """A symbol by itself, of a fund or a share of another name: in capitals anything may be written."""
    if page.words[hit.first] != target.symbol:
        return False
    names = (*target.aliases.get("en", ()), *target.wording.ambiguous)
    return target.kind == "etf" or (target.kind == "equity" and target.symbol not in names)


def _is_called_a_fund(page: Page, hit: Hit) -> bool:
    """A symbol may be any acronym: a fund must be spoken of, or a figure follow its move."""
    low, high = page.paragraph(hit.first)
    in_brackets = page.gap(hit.first).endswith("(") and page.gap(hit.end).startswith(")")
    if (
        in_brackets
        or any(key.endswith(beginnings("funds")) for key in page.keys[low:high])
        or _is_called_a_share(page, hit)
    ):
        return True
    return moves(page, hit) and FIGURE_WORDS.search(page.text_of(hit.end, page.sentence(hit.first)[1])) is not None
