"""The forms of German time expressions."""

from __future__ import annotations

from analyzer.text import time_lengths as lasts
from analyzer.text import time_meanings as says
from analyzer.text import time_stretches as spans
from analyzer.text.time_form import DIGIT, HIGH_OR_LOW, LONG, Form

GERMAN = (
    Form(DIGIT, r"<D>\.\s?<M>(?:\s<Y>|\sdieses\sJahres)?", says.day),
    Form(DIGIT, r"<D>\.\s?<AND>\s?(?P<to>[0-3]?[0-9])\.\s?<M>(?:\s<Y>)?", says.days),
    Form(DIGIT, r"<D>\.\s?<AND>\s?(?P<to>[0-3]?[0-9])\.\s?<MM>\.(?:\s?<YY>)?(?![0-9])", says.days),
    Form(DIGIT, r"<D>\.<MM>\.(?![0-9])", says.day),
    Form(DIGIT, r"(?P<q>[1-4])\.\sQuartals?(?:\s(?:des\sJahres\s)?<Y>)?", says.quarter),
    Form(DIGIT, r"(?P<h>[12])\.\s(?:Halbjahr(?:e?s)?|Jahreshälfte)(?:\s(?:des\sJahres\s)?<Y>)?", says.half),
    Form(DIGIT, r"<D>\.\s<U>\sin\sFolge\b", lasts.ranked_length),
    Form("ordinals", r"<O>\s<U>\s(?:in\sFolge|hintereinander|nacheinander)\b", lasts.ranked_length),
    Form("am", r"am\s<D>\.(?!\s?<AND>)(?=\s(?-i:[a-zäöü]))", says.day_of_month),
    Form(DIGIT, r"<Y>\s(?:bislang|bisher)\b", spans.since_year),
    Form("bislang bisher", r"(?:bislang|bisher)\s(?:in\s|im\sJahr\s)?<Y>", spans.since_year),
    *(
        Form(
            "erste ersten erster letzte letzten letzter",
            rf"(?P<side>erste[nr]?|letzte[nr]?)\s<EDGE>\s(?:im\s|des\s|der\s|in\s)?{of}",
            spans.edge_day,
        )
        for of in (r"<M>s?(?:\s<Y>)?", r"(?:Jahr(?:es)?\s)?<Y>", r"(?:<MOD>\s)?<U>")
    ),
    Form(
        f"{DIGIT} counts jahr",
        r"(?:<N>\s)?<U>\sbis\s(?:(?:zum\s)?Ende\s|einschließlich\s)?<M>(?:\s<Y>)?",
        spans.trailing,
    ),
    *(
        Form(
            "ersten letzten",
            rf"(?P<side>ersten|letzten)\s(?:Tagen?|Wochen|Monaten?|Handelstagen?)\s(?:des\s|im\s|in\s|von\s)?{of}",
            spans.edge_part,
        )
        for of in (r"Jahres\b", r"(?:Jahres\s)?<Y>", r"<M>s?(?:\s<Y>)?")
    ),
    Form("auf", r"auf\sSicht\s(?:von\s)?<N>\s<U>", lasts.future_length),
    Form("bislang bisher", r"(?:bislang|bisher)\sim\s<M>", spans.since_month),
    Form(DIGIT, r"<DEC>ern?(?:[\s-]Jahren?)?(?!\w|-[A-ZÄÖÜ])", says.decade),
    Form(DIGIT, r"<D>\.\sJahrhunderts?\b", says.century),
    Form("centuries", r"<CENT>\sJahrhunderts?\b", says.century),
    Form(f"{DIGIT} counts", r"<N>\s<U>\s(?:ist\s(?:es|das)\s)?her\b", lasts.ago),
    Form("vorletzten vorvergangenen", r"\w+\s<W>", lasts.weekday_before_last),
    Form("weekdays", r"<W>\sin\s<N>\sWochen?\b", lasts.from_weekday),
    Form(
        "rest restlichen restliche",
        r"(?:Rest\s(?:des|der|dieser|dieses|vom)|restlichen?)\s(?:laufenden\s)?<U>",
        lasts.rest_of,
    ),
    Form("in", r"in\sder\sNacht\s(?:zu|zum|auf|von\s(?:\w+tag|Mittwoch)\sauf)\s(?:\w+tag|Mittwoch)\b", spans.night),
    Form("ordinals", r"<O>\sHälfte\sder\s(?:<DEC>er|<DECW>)n?(?:[\s-]?Jahren?)?(?!\w)", says.half_of_decade),
    Form(DIGIT, r"9/11(?![/0-9])", says.date_of_event),
    Form("months", r"<M>\s['’](?P<y>[0-9]{2})(?![0-9\w])", says.month),
    Form(
        "am gegen bis ab im",
        r"(?:am|gegen|bis\szum|ab|im\sLaufe\sdes)\s(?:(?:frühen|späten)\s)?(?:Vormittag|Mittag|Nachmittag)s?\b",
        spans.within_day,
    ),
    Form("am", r"am\s(?:frühen|späten)\s(?:Morgen|Abend)\b", spans.within_day),
    Form("an nach", r"(?:an|nach)\s<ABOUT><N>\s<U>", lasts.length),
    Form("im", r"im\sLaufe\s<N>\s<U>", lasts.length),
    Form("decades", r"<DECW>(?:[\s-]?Jahren?)(?!\w)", says.decade),
    Form(
        "die der den und bis",
        r"(?:die|der|den|und|bis)\s(?:(?:golden|wild)en?\s)?(?-i:(?=[A-Z]))<DECW>n?(?=[.,;:!?]|\s(?-i:[a-zäöü]))",
        says.decade,
    ),
    Form(
        "frühe frühen späte späten mittleren anfang mitte ende",
        r"(?P<third>frühen?|späten?|mittleren|Anfang\sder|Mitte\sder|Ende\sder)\s"
        r"(?:<DEC>er|<DECW>)n?(?:[\s-]?Jahren?)?(?!\w)",
        says.decade,
    ),
    Form(f"{DIGIT} counts", r"<N>\s<U>\s(?:lang|in\sFolge|hintereinander|nacheinander)\b", lasts.length),
    Form(f"{DIGIT} counts", r"<N>\s<U>\s(?:zuvor|früher)\b", lasts.ago),
    Form(f"{DIGIT} counts", r"<N>\s<U>\s(?P<side>später|danach|darauf|davor|vorher)\b", lasts.beside),
    Form(
        f"{DIGIT} {HIGH_OR_LOW} counts",
        r"(?P<n>[0-9]+|[^\W\d_]+?)-?(?P<unit>Jahre?s|Monats|Wochen|Tages?|Quartals)-?(?:Hoch|Tief|Höchst)\w*",
        lasts.compound_high,
    ),
    Form(
        f"{DIGIT} {LONG}",
        r"(?P<n>[0-9]+|[^\W\d_]+?)-?(?P<unit>jährig|monatig|wöchig|tägig|stündig|minütig)(?:e[nrsm]?)?\b<RUN>",
        lasts.adjective_length,
    ),
    Form(DIGIT, r"[0-2]?[0-9](?:[.:][0-5][0-9])?\sUhr\b", spans.within_day),
    Form("weekdays", r"<W>,?\s(?:de[mnr]\s)?<D>\.\s?<M>(?:,?\s<Y>)?", says.day),
    Form(
        "weekdays",
        r"<W>,?\s(?:de[mnr]\s)?<D>\.<MM>\.<YY>?(?![0-9])",
        says.day,
    ),
    Form("ordinals", r"<O>\s<M>(?:\s<Y>)?", says.day_in_words),
    Form("kw kalenderwoche", r"(?-i:KW|Kalenderwoche)\s<D>\b(?:[\s/]<Y>)?", says.calendar_week),
    Form(DIGIT, r"<D>\.\s(?:KW|Kalenderwoche)\b(?:\s<Y>)?", says.calendar_week),
    Form("compounds", r"<MC>s?-?quartals?\b(?:\s<Y>)?", says.quarter_to),
    Form("weekdays", r"<W>\s(?:der\s)?<MOD>\sWoche\b", says.weekday_of_week),
    Form("modifiers", r"<MOD>\sWoche\s(?:am\s)?<W>", says.weekday_of_week),
    Form("weekdays", r"<W>", says.weekday),
    Form("modifiers", r"<MOD>\s<W>", says.weekday),
    Form("modifiers", r"<MOD>\s<N>\s<U>", lasts.length),
    Form("modifiers", r"<MOD>\s<U>", spans.period),
    Form("modifiers jahr jahre jahren jahres", r"(?:<MOD>\s)?Jahr(?:e|es|en)?\s<Y>", says.year),
    Form(
        "jahre jahren",
        r"Jahren?\s<RANGE>(?![0-9])",
        says.years,
    ),
    Form(
        "in während über innerhalb binnen für",
        r"\w+\s(?:de[nmr]\s|die\s|das\s)?<MOD>\s(?:<N>\s)?<U>",
        lasts.plural_length,
    ),
    Form("parts", r"<P>\s(?:de[sr]\s)?(?:<MOD>\s)?<U>", spans.part_of_period),
    Form("parts", r"<P>\s(?:des\sJahres\s|des\s)?<Y>", spans.year_part),
    Form("parts", r"<P>\s(?:des\s(?:Monats\s)?)?(?:<MOD>\s)?<M>(?:\s(?:des\sJahres\s)?<Y>)?", says.month),
    Form("parts", r"<P>\s(?:des\s)?(?:<O>|(?P<q>[1-4])\.)\sQuartals(?:\s<Y>)?", says.quarter),
    Form("parts", r"<P>\s(?:des\s)?Q(?P<q>[1-4])(?:\s<Y>)?(?!\w)", says.quarter),
    Form("modifiers", r"<MOD>\s<M>", says.month),
    Form("ordinals", r"<O>\sHälfte\s(?:des\s)?<M>s?(?:\s<Y>)?", says.half_of_month),
    Form("ordinals", r"<O>\s<MC>s?-?hälfte(?:\s<Y>)?(?!\w)", says.half_of_month),
    Form("months", r"<M>(?:\s(?:des\sJahres\s)?<Y>|\sdieses\sJahres)?", says.month),
    Form("year_parts", r"(?P<yp>\w+)\s<Y>", spans.year_part),
    Form("ordinals", r"<O>\sQuartals?(?:\s(?:des\sJahres\s)?<Y>)?", says.quarter),
    Form("quarters", r"(?P<name>\w+)\s(?:des\sJahres\s)?<Y>", says.quarter),
    Form("ordinals", r"<O>\s(?:Halbjahr(?:e?s)?|Jahreshälfte)(?:\s(?:des\sJahres\s)?<Y>)?", says.half),
    Form("ordinals", r"<O>\sHälfte\sdes\sJahres(?:\s<Y>)?", says.half),
    Form(
        "ersten letzten in während über für",
        r"(?:\w+\s(?:den|der|die)\s)?(?P<side>ersten|letzten)\s<N>\sMonaten?\s"
        r"(?:(?:des\sJahres\s)?<Y>|des\sJahres\b|dieses\sJahres\b|des\slaufenden\sJahres\b)",
        spans.months_of_year,
    ),
    Form(
        "ersten in während über für",
        r"(?:\w+\s(?:den|der|die)\s)?(?P<side>ersten)\s<N>\sMonaten?\b(?!\s(?:nach|de[rs]|seit|\w+er\s[A-Z]))",
        spans.months_of_year,
    ),
    Form(
        "erste ersten letzte letzten",
        r"(?P<side>ersten?|letzten?)\s(?:<N>\s)?<U>\s(?:im\s|des\s(?:Monats\s)?|vom\s)?<M>s?(?:\s<Y>)?",
        spans.days_of_month,
    ),
    Form(
        "erste ersten letzte letzten",
        r"(?P<side>ersten?|letzten?)\s<MC>-?(?P<u>woche)\b(?:\s<Y>)?",
        spans.days_of_month,
    ),
    Form("vor", r"vor\s<ABOUT><N>\s<U>", lasts.ago),
    Form("vor", r"vor\s<U>", lasts.ago),
    Form("binnen innerhalb in", r"(?:binnen|innerhalb|in)\s(?:von\s)?<ABOUT><N>\s(?:einzigen\s)?<U>", lasts.length),
    Form("binnen innerhalb", r"(?:binnen|innerhalb)\s(?:von\s)?<U>", lasts.length),
    Form("seit", r"seit\s<ABOUT><N>\s<U>", lasts.since_ago),
    Form("seit", r"seit\s<U>", lasts.since_ago),
    Form("über für", r"(?:über|für)\s<ABOUT>(?:<N>\s)?<U>(?:\shinweg)?(?!\s(?:zuvor|früher)\b)", lasts.length),
    Form(f"{DIGIT} about counts", r"<ABOUT><N>\s<U>", lasts.bare_length),
    Form(
        "noch bevor",
        r"(?:noch\s)?bevor\s(?:der|das|die)\s(?:<M>|<S>|<U>)\s(?:um|vorbei|vorüber|zu\sEnde|vergangen)\b",
        spans.until_out,
    ),
    Form("seasons", r"<S>\s(?:des\sJahres\s)?<Y>", says.season),
    Form("seasons", r"<S>\s<RANGE>(?![0-9])", says.season),
    Form("seasons", r"<S>", says.season),
    Form("modifiers", r"<MOD>\s<S>", says.season),
    Form("parts", r"<P>\s(?:des\s)?(?:<MOD>\s)?<S>(?:\s<Y>)?", says.season),
    Form("holidays", r"<HOL>(?:\s(?:des\sJahres\s)?<Y>)?", says.holiday),
    Form("holidays", r"<HOL>\s<RANGE>(?![0-9])", says.holiday),
    Form("modifiers", r"<MOD>\s<HOL>", says.holiday),
    Form("event_days", r"<EVENT>(?:\s(?:von\s)?<Y>)?", says.event_day),
    Form(
        "in der seiner ihrer",
        r"(?:in\s)?(?:der|seiner|ihrer)\s(?:[\w-]+\s){1,2}(?:\w+g|G)eschichte\b",
        spans.in_history,
    ),
    Form("je", r"je(?=\s(?P<after>(?:ge|ver|er|be|registr|notier)\w+))", spans.ever),
    Form("morgen", r"morgen\b", spans.tomorrow),
)
