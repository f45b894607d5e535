"""A second opinion on what a model says of a quote: the rules read the quote, and say where the two disagree.

The quote decides what is tested, the model's statement is what people read first. So a statement that turns a fall into
a rise, or brings in a figure that the text does not hold, is named in the output.
"""

from __future__ import annotations

import re

from analyzer.extract.classify import MOVE
from analyzer.extract.roles import DOWN, UP
from analyzer.extract.view import ArticleView, Clause, view, words_of
from analyzer.model import Article, Claim, Direction
from analyzer.text.numbers import Figure

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
ROUNDING = 0.02
"""Share by which a statement may say a figure more roundly than the text does."""
DIRECTIONS: dict[str, Direction] = {**dict.fromkeys(DOWN, "down"), **dict.fromkeys(UP, "up")}
WORDS: dict[Direction, str] = {"down": "a fall", "up": "a rise"}


def disagreement(claim: Claim, seen: ArticleView) -> tuple[str, ...]:
    """What the claim's statement says otherwise than its quote, in words; nothing where they agree or a side is silent.

    A side with words of both directions is silent on it, as is one that denies.
    """
    quote = seen.at(claim.start, claim.end)
    statement = _statement(claim.statement, seen, quote.paragraph.text)
    found = []
    read, said = _direction(quote), _direction(statement)
    if read is not None and said is not None and read != said:
        found.append(f"the quote reads as {WORDS[read]}, the statement says {WORDS[said]}")
    found += [
        f'"{figure.text}" stands in the statement and not in the text around the quote'
        for figure in statement.figures
        if not _held(figure, quote.paragraph)
    ]
    return tuple(found)


def _statement(text: str, seen: ArticleView, paragraph: str) -> Clause:
    """The statement as it reads. Its figures are read only when one of its numbers does not stand in the paragraph."""
    article = Article(
        id=seen.article.id, text=text, language="en", published=seen.article.published, published_basis="unknown",
        source=seen.article.source,
    )  # fmt: skip
    strange = any(number not in paragraph for number in NUMBER.findall(text))
    read = view(article, seen.catalogue) if strange else words_of(article, seen.catalogue)
    return read.clause(0, len(text))


def _direction(clause: Clause) -> Direction | None:
    """The one way of all words of movement; None without any, with both, or beside a denial."""
    ways = {DIRECTIONS[c.heading] for c in clause.cues if c.heading in MOVE}
    return ways.pop() if len(ways) == 1 and not clause.has("negation") else None


def _held(figure: Figure, paragraph: Clause) -> bool:
    """Whether the paragraph has a figure of that size, whatever its sign and unit: "half" is 50 percent."""
    sizes = [abs(other.value) for other in paragraph.figures]
    wanted = abs(figure.value)
    return any(abs(size - wanted) <= ROUNDING * max(size, wanted) for size in sizes) or figure.unit == "count"
