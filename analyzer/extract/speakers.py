"""Who says it: the author, or somebody whom the text cites, and by what name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from typing import Literal, NamedTuple

from analyzer.extract.phrases import LANGUAGES, any_phrase, phrases, word_set
from analyzer.extract.view import Clause, remembered
from analyzer.model import Attribution
from analyzer.text.patterns import Pattern
from analyzer.text.spans import Span


class _Speaker(NamedTuple):
    """Words of saying in a sentence: where they stand, who speaks, and whether all of the sentence is his words or only
    what stands behind."""

    start: int
    end: int
    name: str | None
    said: Literal["after", "around"]


AGENT = {language: phrases("somebody", language) for language in LANGUAGES}
"""People and houses that may be cited without a name."""
NOBODY = re.compile(
    rf"^(?:{any_phrase('nobody')}|{any_phrase('nobody_of_them', 'en')} .*|{any_phrase('nobody_of_them', 'de')}(?: .*)?|"
    rf"{any_phrase('no_subject_behind')} .*)$",
    re.IGNORECASE,
)
"""Subjects that cite nobody: the author, the reader, everybody, a thing."""
PRONOUN = Pattern(rf"^{any_phrase('who_was_named')}$", re.IGNORECASE)
SAID = {
    "en": Pattern(
        rf"\b(?:(?P<strong>{any_phrase('says', 'en')}|(?:(?<=is )|(?<=are )){any_phrase('saying')})"
        rf"|(?P<weak>{any_phrase('says_before_a_sentence')}(?=,? (?:that\b|[\"“])|:))"
        rf"|(?P<trade>{any_phrase('says_by_trade', 'en')}))\b"
    ),
    "de": Pattern(
        rf"\b(?:(?P<strong>{any_phrase('says', 'de')}"
        rf"|{any_phrase('says_but_of_results')}(?!.{{1,40}}\b{any_phrase('results_reported')}\b))"
        rf"|(?P<weak>{any_phrase('says_with_an_auxiliary')})"
        rf"|(?P<trade>{any_phrase('says_by_trade', 'de')}"
        rf"|{any_phrase('blames')}(?= .*\b{any_phrase('blames_with')})))\b"
    ),
}
"""Finite verbs of saying. The weak ones say other things too ("the Nasdaq added 4 percent") and count before a sentence
or a quotation only; those of the last group want somebody who is cited by his trade ("analysts say")."""
AUXILIARY = phrases("auxiliary_of_saying", ignore_case=False)
NOT_SAYING = {
    "en": Pattern(rf"\b{any_phrase('not_saying', 'en')}(?: \w+ly)?\s*$|n['’]t\s*$"),
    "de": phrases("not_saying", "de"),
}
"""What makes an infinitive, a passive or a denial of the verb behind it: "to say", "könnte man sagen"."""
BORDER = re.compile(
    rf"[,;:()\"“”„»«?!]|[–—]|\s-\s|\b(?:{any_phrase('begins_a_part')}|"
    rf"{any_phrase('begins_a_part_of_a_list')}(?= [^A-ZÄÖÜ]))\b",
    re.IGNORECASE,
)
IF = Pattern(rf"\b{any_phrase('condition_before_a_subject')}\s*$", re.IGNORECASE)
BESIDE = Pattern(rf"(?:\s+{any_phrase('beside_a_verb')})+$")
ARTICLE = Pattern(rf"^(?:{any_phrase('article_of_a_speaker')}\s+)+(?=\S)", re.IGNORECASE)
OFFICE = Pattern(rf"^(?i:(?:.*[ -])?{any_phrase('office')}\s+)(?=[A-ZÄÖÜ])")
"""Words of office before a name: "Treasury Secretary Henry Paulson" is Henry Paulson."""
NOUN = r"[A-ZÄÖÜ][\w&'’-]*(?:\.(?= [A-ZÄÖÜ]))?"
PHRASE = re.compile(
    rf"\s*(?:{any_phrase('before_a_speaker')} )*(?P<name>"
    rf"(?:(?:{any_phrase('determiner_of_a_speaker')}|[\w-]+(?:e|er|en|em)) ){{0,3}}"
    rf"(?:{NOUN}|(?:[a-z]+ ){{0,2}}{any_phrase('trade')})"
    rf"(?: (?:(?:&|{any_phrase('and_of_a_name')}) )?{NOUN})*"
    rf"(?: {any_phrase('behind_a_speaker')} (?:{any_phrase('article_behind_a_speaker')} )?{NOUN}(?: {NOUN})*)?)"
)
"""A noun phrase from its beginning: "ein Händler aus Frankfurt", "analysts at Citi"."""
FULL_NAME = re.compile(rf"{NOUN} {NOUN}")
ACCORDING = {
    "en": Pattern(
        rf"\b{any_phrase('according_to', 'en')} "
        rf"(?!{any_phrase('according_to_nobody', 'en')}\b|{any_phrase('according_to_ours')} )"
        rf"(?P<name>[^,;:\"“”()]{{2,80}}?)(?=[,;:\"“”()]|\.?$| {any_phrase('ends_a_source')} )",
        re.IGNORECASE,
    ),
    "de": Pattern(
        rf"\b{any_phrase('according_to', 'de')} "
        rf"(?!{any_phrase('according_to_nobody', 'de')}\b)(?=\S)",
        re.IGNORECASE,
    ),
}
OF_SOMEBODY = Pattern(rf"\b[Nn]ach (?P<name>[A-ZÄÖÜ]\w+?)s {any_phrase('view_of_somebody')}\b")
ZUFOLGE = Pattern(r"(?P<name>(?:[\w.&-]+ ){1,6})zufolge\b")
SO = Pattern(rf"(?<=[,\"“”»«]) so (?={any_phrase('so_before_a_speaker')} |[A-ZÄÖÜ])")
IT_IS_SAID = Pattern(
    rf"(?<=[,\"“”»«]) {any_phrase('it_is_said')}(?= {any_phrase('it_is_said_where')}\b|[.,;]|$)"
    rf"|\b{any_phrase('we_are_told')}\b"
)
"""Somebody says it, and it is not said who."""
BESIDE_QUOTATION = re.compile(rf"[,.!?][\"”“«»] (?P<name>{NOUN}(?: {NOUN})+)(?=,|\.?$)")
BEFORE_QUOTATION = re.compile(r"(?P<name>[^,;:\"“”„»«]{2,60}):\s?(?=[\"“„»])")
QUOTATION = re.compile(r"„[^“”]{1,2000}[“”]|“[^”]{1,2000}”|»[^«]{1,2000}«|«[^»]{1,2000}»|(?<!\w)\"[^\"]{1,2000}\"")


def attribution(clause: Clause) -> Attribution:
    """To the author, unless somebody is cited: in the sentence, or beside the quotation that the clause stands in.

    A question is the author's own unless it stands in a quotation.
    """
    sentence, quotation = clause.sentence, _quotation(clause)
    if clause.is_question and quotation is None:
        return Attribution()
    for speaker in _speakers(sentence.text, clause.view.article.language):
        if speaker.said == "around" or clause.end - sentence.start > speaker.end:
            return Attribution(to="cited", name=speaker.name)
    return _spoken_beside(clause, quotation) if quotation else Attribution()


def _quotation(clause: Clause) -> Span | None:
    """The quotation in which the clause begins, as offsets of the article."""
    paragraph = clause.paragraph
    for span in _quotations(paragraph):
        covered = min(span.end, clause.end) - max(span.start, clause.start)
        if span.start <= clause.start and covered > (clause.end - clause.start) / 2:
            return span
    return None


@remembered
def _quotations(paragraph: Clause) -> tuple[Span, ...]:
    start = paragraph.start
    return tuple(Span(start + m.start(), start + m.end()) for m in QUOTATION.finditer(paragraph.text))


def _spoken_beside(clause: Clause, quotation: Span) -> Attribution:
    """Who speaks a quotation of several sentences: named in one of them, in the sentence before or the one after."""
    view, paragraph = clause.view, clause.paragraph
    near = [s for s in view.sentences if paragraph.start <= s.start and s.end <= paragraph.end]
    inside = [s for s in near if s.start < quotation.end and quotation.start < s.end]
    before = [s for s in near if s.end <= quotation.start][-1:]
    after = [s for s in near if s.start >= quotation.end][:1]
    for span in (*inside, *before, *after):
        for speaker in _speakers(view.article.text[span.start : span.end], view.article.language):
            if span not in after or speaker.said != "after":
                return Attribution(to="cited", name=speaker.name)
    # an answer of an interview: the paragraph is speech from end to end, and nobody has to say whose
    return Attribution(to="cited") if paragraph.text.strip() == quotation.of(view.article.text) else Attribution()


@lru_cache(maxsize=256)
def _speakers(text: str, language: str) -> tuple[_Speaker, ...]:
    """Everybody who is cited in a sentence; who is cited for all of it comes first."""
    found = [*_sources(text, language)]
    for verb in SAID[language].finditer(text):
        found += [s for s in (_subject_before(text, verb, language), _subject_behind(text, verb, language)) if s][:1]
    return tuple(sorted(found, key=lambda s: (s.said != "around", s.start)))


def _sources(text: str, language: str) -> Iterator[_Speaker]:
    """ "According to X", "laut X", "X zufolge", "so X", "X: »…«", and the speaker beside a quotation."""
    for found in ACCORDING[language].finditer(text):
        phrase = _phrase(text[found.end() :]) if language == "de" else found.group("name")
        if phrase and not NOBODY.match(phrase):
            yield _Speaker(found.start(), found.end(), _name(phrase, language), "around")
    for found in BESIDE_QUOTATION.finditer(text):
        yield _Speaker(found.start(), found.end(), _name(found.group("name"), language), "around")
    for found in BEFORE_QUOTATION.finditer(text) if ":" in text else ():
        before = found.group("name")
        if not SAID[language].search(before) and _is_somebody(before, language, by_trade=False):
            yield _Speaker(found.start(), found.end(), _name(before, language), "after")
    for found in IT_IS_SAID.finditer(text):
        yield _Speaker(found.start(), found.end(), None, "around")
    if language == "de":
        yield from _german_sources(text)


def _german_sources(text: str) -> Iterator[_Speaker]:
    for found in OF_SOMEBODY.finditer(text):
        yield _Speaker(found.start(), found.end(), _name(found.group("name"), "de"), "around")
    for found in ZUFOLGE.finditer(text) if "zufolge" in text else ():
        words = list(takewhile(lambda w: w[0].isupper() or w in LINKS, reversed(found.group("name").split())))[::-1]
        if any(w[0].isupper() and w.lower() not in LINKS for w in words):
            yield _Speaker(found.start(), found.end(), _name(" ".join(words), "de"), "around")
    for found in SO.finditer(text) if " so " in text else ():
        phrase = _phrase(text[found.end() :])
        if phrase and _is_somebody(phrase, "de", by_trade=False):
            yield _Speaker(found.start(), found.end(), _name(phrase, "de"), "around")


LINKS = word_set("within_a_name")


def _last_border(lead: str) -> int:
    return max((b.end() for b in BORDER.finditer(lead)), default=0)


def _subject_before(text: str, verb: re.Match[str], language: str) -> _Speaker | None:
    """ "Analysts said", "Powell, the chairman, said"."""
    lead = text[: verb.start()].rstrip()
    apposition = re.search(r",([^,]*),$", lead)
    if apposition and FULL_NAME.fullmatch(apposition.group(1).strip()):
        lead = lead[:-1]  # "the head of research, Ann Lee, said"
    elif lead.endswith(",") and language == "en":  # "Ann Lee, the head of research, said"
        lead = lead[: apposition.start()] if apposition else ""
    border = _last_border(lead)
    part = lead[border:]
    if IF.search(lead[:border]) or NOT_SAYING[language].search(part + " "):
        return None
    phrase = BESIDE.sub("", part.strip())
    if language == "de" and verb["weak"]:  # "hat vor einer Rezession gewarnt"
        auxiliary = AUXILIARY.search(part)
        phrase = part[: auxiliary.start()].strip() if auxiliary else ""
    if not phrase or len(phrase.split()) > 10 or not _is_somebody(phrase, language, by_trade=bool(verb["trade"])):
        return None
    behind = text[verb.end() :].strip(' .!"”“«»')
    postposed = lead[:border].rstrip()[-1:] in tuple(',"”“«»') and verb["weak"] is None
    said: Literal["after", "around"] = "around" if postposed or len(behind.split()) < 3 else "after"
    return _Speaker(border, verb.end(), _name(phrase, language), said)


def _subject_behind(text: str, verb: re.Match[str], language: str) -> _Speaker | None:
    """ "… , said Bernard Aw", "… , sagte ein Händler aus Frankfurt", "Am Montag warnte die Bundesbank"."""
    lead = text[: verb.start()].rstrip()
    border = _last_border(lead)
    part, closed = lead[border:], lead.endswith((",", '"', "”", "“", "«", "»"))
    if (language == "en" and not closed) or NOT_SAYING[language].search(part + " ") or verb["weak"]:
        return None
    phrase = _phrase(text[verb.end() :])
    by_trade = bool(verb["trade"]) or not (closed or FULL_NAME.match(phrase or ""))
    if phrase is None or not _is_somebody(phrase, language, by_trade=by_trade):
        return None
    alone = len(text[verb.end() :].replace(phrase, "", 1).split()) < 3
    return _Speaker(verb.start(), verb.end(), _name(phrase, language), "around" if closed or alone else "after")


def _phrase(text: str) -> str | None:
    found = PHRASE.match(text)
    return found.group("name") if found else None


def _is_somebody(phrase: str, language: str, *, by_trade: bool) -> bool:
    """Whether a subject is a person or a house. ``by_trade``: a name alone is not enough, "analysts" is."""
    words = phrase.split()
    bare = ARTICLE.sub("", phrase.strip())
    if not words or NOBODY.match(phrase.strip()) or NOBODY.match(bare):
        return False
    if AGENT[language].search(phrase) or PRONOUN.match(phrase.strip()):
        return True
    if by_trade:
        return False
    names = [w for w in bare.split() if w[0].isupper()]
    if language == "en":
        return bool(names) and bare.split()[-1][0].isupper()
    # Every German noun has a capital: two of them, an abbreviation, or one without an article are a name.
    return len(names) > 1 or any(w.isupper() and len(w) > 1 for w in names) or (len(names) == 1 == len(words))


def _name(phrase: str, language: str) -> str | None:
    """The name without articles, offices and marks; None for a pronoun."""
    phrase = phrase.strip(' ,.;:!?"“”„»«')
    if PRONOUN.match(phrase):
        return None
    bare = OFFICE.sub("", OWNER.sub("", phrase))
    if bare == phrase and not NEWSPAPER.match(phrase):
        bare = ARTICLE.sub("", phrase)
    person = HOUSE.split(bare)[0]
    if FULL_NAME.match(person) and not AGENT[language].search(person):
        bare = person
    first, _, rest = bare.partition(" ")
    if language == "en" and AGENT["en"].fullmatch(first) and not rest[:1].isupper():
        return f"{first.lower()} {rest}".strip()
    return bare[:1].lower() + bare[1:] if first in LOWERED else bare


OWNER = re.compile(rf"^(?:{NOUN} )*{NOUN}['’]s (?={NOUN} {NOUN}$)")
HOUSE = Pattern(rf" {any_phrase('works_for')} ")
"""Behind a person's full name, what he works for."""
NEWSPAPER = Pattern(rf"The {NOUN} {NOUN}")
LOWERED = word_set("lowered")
