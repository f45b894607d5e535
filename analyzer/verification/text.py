"""A report that holds its text (``--with-text``), against it: quotes, offsets, hashes."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator

from analyzer.model import Report, article_id
from analyzer.text.paragraphs import paragraphs
from analyzer.verification.comparing import Compared


def text_compared(report: Report) -> Iterator[Compared]:
    article, text = report.article, report.article.text
    if text is None:
        return
    given = article.published if article.published_basis in ("given", "metadata") else None
    yield from (
        Compared("identity", "", "article", name, said, found)
        for name, said, found in (
            ("id", article.id, article_id(text, article.outlet, given)),
            ("characters", article.characters, len(text)),
            ("text_sha256", article.text_sha256, hashlib.sha256(text.encode("utf-8")).hexdigest()),
        )
    )
    starts = [span.start for span in paragraphs(text)]
    for claim in report.claims or ():
        yield Compared("identity", claim.id, "claim", "quote", claim.quote, text[claim.start : claim.end])
        if claim.judged_on is not None:
            here = bisect_right(starts, claim.start)
            yield Compared("identity", claim.id, "claim", "judged_on.paragraph", claim.judged_on.paragraph, here)
    for amendment in report.amendments():
        if amendment.reading is not None:
            read, where = amendment.reading, f"amendment {amendment.id[:8]} of {amendment.reviewer}"
            yield Compared("identity", amendment.claim, where, "quote", read.quote, text[read.start : read.end])
    for number, one in enumerate(report.unclaimed, 1):
        yield Compared("identity", "", "report", f"unclaimed.{number}.text", one.text, text[one.start : one.end])
