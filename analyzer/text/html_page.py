"""The article of a web page: its main text and what its head says of it.

trafilatura finds the main text. What a reader of the page would not see is taken out before, since trafilatura lets
some of it through: comments, ``hidden`` elements, styles that hide, templates.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from analyzer.text.decoding import decode, newlines
from analyzer.text.metadata import Metadata, filled, iso_date
from analyzer.text.sources import empty

CHARSET = re.compile(
    rb"""charset\s*=\s*["']?\s*(windows-125\d|iso-8859-(?!1\b)\d+|koi8-[ru]|macintosh)\b""", re.IGNORECASE
)
HEAD = 4096
"""Bytes in which the encoding is declared; browsers look at 1 024."""
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
LINE = re.compile(r"\n+")
PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:(?><!--.*?-->)\s*)*+<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)

HIDDEN = "//comment() | //*[@hidden] | //template | //noscript"
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:font-size|opacity)\s*:\s*0*\.?0+(?![.\d])"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
AT_RULE = re.compile(r"/\*.*?(?:\*/|\Z)|@[^{};@]*+(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})", re.DOTALL)
"""Comments and at-rules: what is hidden in print or on small screens only is not hidden."""
RULE = re.compile(r"(?:^|(?<=[{}]))([^{}]+)\{([^{}]*)\}")
SIMPLE_SELECTOR = re.compile(r"\s*\w*([.#])([\w-]+)\s*")

DATE_META = (
    "article:published_time", "datepublished", "og:published_time", "date", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.issued", "pubdate", "publishdate", "publish-date", "publication_date", "sailthru.date", "parsely-pub-date",
    "citation_publication_date", "cxenseparse:recs:publishtime",
)  # fmt: skip
"""Names under which pages state the date of publication, most telling first."""
ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report)$")


def read_html(raw: bytes, source: str) -> tuple[str, Metadata]:
    """Main text, a blank line between its blocks, and the page's metadata.

    The date is only taken from what the page marks as its date of publication, never from its text or address. The
    ``lang`` attribute is left alone: it is often the template's. InputError: empty, when there is no main text;
    binary, undecodable.
    """
    import lxml.html
    from lxml.etree import ParserError

    try:
        tree = lxml.html.document_fromstring(XML_DECLARATION.sub("", _decoded(raw, source)))
    except ParserError as error:
        raise empty(source) from error
    published = _published(tree)
    _remove_hidden(tree)
    found = _main_text(tree)
    if found is None or not (found.text or "").strip():
        raise empty(source, "is a page without an article's text")
    metadata = Metadata(
        title=filled(found.title), author=filled(found.author), outlet=filled(found.sitename), published=published,
        published_from="html_meta" if published else None, licence=filled(found.license),
    )  # fmt: skip
    return LINE.sub("\n\n", newlines(found.text).strip()), metadata


def _decoded(raw: bytes, source: str) -> str:
    """By the page's own declaration when that is neither UTF-8 nor Latin-1, which need none."""
    declared = CHARSET.search(raw[:HEAD])
    if declared:
        try:
            return newlines(raw.decode(declared[1].decode("ascii")))
        except UnicodeDecodeError:
            pass
    return decode(raw, source)


def _main_text(tree: Any) -> Any:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    parameters = {"extensive_search": False}
    return bare_extraction(tree, with_metadata=True, include_comments=False, date_extraction_params=parameters)


def _remove_hidden(tree: Any) -> None:
    for element in [*tree.xpath(HIDDEN), *_styled_away(tree)]:
        if element.tag not in ("html", "body") and element.getparent() is not None:
            element.drop_tree()


def _styled_away(tree: Any) -> Iterator[Any]:
    """Elements hidden by their own style, or by a class or id that the page's style sheets do not display."""
    hidden = set(_undisplayed(tree))
    for element in tree.xpath("//*[@style or @class or @id]"):
        marks = {f".{name}" for name in element.get("class", "").split()} | {f"#{element.get('id')}"}
        if HIDING.search(element.get("style", "")) or not hidden.isdisjoint(marks):
            yield element


def _undisplayed(tree: Any) -> Iterator[str]:
    for sheet in tree.xpath("//style/text()"):
        for selectors, body in RULE.findall(AT_RULE.sub("", sheet)):
            if NO_DISPLAY.search(body):
                yield from (m[1] + m[2] for m in map(SIMPLE_SELECTOR.fullmatch, selectors.split(",")) if m)


def _published(tree: Any) -> date | None:
    stated: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        stated.setdefault(name.lower(), element.get("content"))
    candidates = [iso_date(stated.get(name)) for name in DATE_META]
    marked = tree.xpath("//*[@itemprop='datePublished']/@datetime | //time[@pubdate]/@datetime")
    candidates += [_from_json(tree), *map(iso_date, marked)]
    return next((found for found in candidates if found), None)


def _from_json(tree: Any) -> date | None:
    """``datePublished`` of the JSON-LD articles, when they agree: a page may list others beside its own."""
    found = {stated for block in tree.xpath("//script[@type='application/ld+json']/text()") for stated in _dates(block)}
    return found.pop() if len(found) == 1 else None


def _dates(block: str) -> Iterator[date]:
    try:
        waiting = [json.loads(block)]
    except (ValueError, RecursionError):
        return
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))
            types = node.get("@type")
            published = iso_date(str(node.get("datePublished", "")))
            if published and any(ARTICLE_TYPE.search(str(t)) for t in (types if isinstance(types, list) else [types])):
                yield published


def looks_like_html(text: str) -> bool:
    """Whether a text whose name does not say so is a page."""
    return PAGE.match(text) is not None
