"""The forms of English time expressions."""

from __future__ import annotations

from analyzer.text import time_lengths as lasts
from analyzer.text import time_meanings as says
from analyzer.text import time_stretches as spans
from analyzer.text.time_form import DIGIT, Form

ENGLISH = (
    Form(DIGIT, r"<D><TH>?(?:\sof)?\s<M>(?:,?\s<Y>|\s(?:of\s)?this\syear)?", says.day),
    Form(DIGIT, r"<D>-<M>-<YY>(?![0-9])", says.day),
    Form(DIGIT, r"(?P<one>[0-3]?[0-9])/(?P<other>[0-3]?[0-9])/<YY>(?![0-9])", says.slashed),
    Form(DIGIT, r"<D><TH>?\s?<AND>\s?(?P<to>[0-3]?[0-9])<TH>?(?:\sof)?\s<M>(?:,?\s<Y>)?", says.days),
    Form(DIGIT, r"(?P<q>[1-4])Q(?P<y>[0-9]{2}|20[0-9]{2})(?!\w)", says.quarter),
    Form(DIGIT, r"(?P<q>[1-4])Q\s<Y>(?!\w)", says.quarter),
    Form(DIGIT, r"(?P<h>[12])H(?P<y>[0-9]{2}|20[0-9]{2})(?!\w)", says.half),
    Form(DIGIT, r"<D><TH>\s(?:straight|consecutive|successive)\s<U>", lasts.ranked_length),
    Form(DIGIT, r"<D><TH>\s<U>\s(?:in\sa\srow|running)\b", lasts.ranked_length),
    Form("ordinals", r"<O>\s(?:straight|consecutive|successive)\s<U>", lasts.ranked_length),
    Form("ordinals", r"<O>\s<U>\s(?:in\sa\srow|running)\b", lasts.ranked_length),
    Form("the", r"the\s<D><TH>(?=[.,;:!?)]|$|\s(?:and|but|when|as|while|after|before|it|the)\b)", says.day_of_month),
    *(
        Form(
            "first last final opening", rf"(?P<side>first|last|final|opening)\s<EDGE>\s(?:of|in)\s{of}", spans.edge_day
        )
        for of in (r"<M>(?:,?\s<Y>)?", "<Y>", r"(?:the\s)?(?:<MOD>\s)?<U>")
    ),
    Form(
        f"{DIGIT} counts year quarter",
        r"(?:<N>\s)?<U>\s(?:to|through|ended|ending(?:\sin)?)\s(?:(?:the\s)?end\sof\s)?<M>(?:,?\s<Y>)?(?!\s[0-9])",
        spans.trailing,
    ),
    Form(f"{DIGIT} counts", r"<N>\s<U>\sback\b(?!\s(?:to|in|into|from)\b)", lasts.ago),
    Form("' ’", r"['’](?P<y>[0-9]{2})(?![0-9\w])", says.short_year),
    *(
        Form(
            "first opening early last final closing dying",
            rf"(?P<side>first|opening|early|last|final|closing|dying)\s(?:days|weeks|months)\s(?:of|in)\s{of}",
            spans.edge_part,
        )
        for of in (r"the\syear\b", "<Y>", r"<M>(?:,?\s<Y>)?")
    ),
    Form("on over", r"(?:on|over)\sa\s<N>-<U>\s(?:view|horizon)\b", lasts.future_length),
    Form("so", r"so\sfar\sin\s<M>", spans.since_month),
    Form("so", r"so\sfar\sin\s<Y>", spans.since_year),
    Form(DIGIT, r"<DEC>s(?!\w)", says.decade),
    Form("early mid late", r"(?P<third>early|mid|late)[\s-](?:<DEC>s|<DECW>)(?!\w)", says.decade),
    Form("the", r"the\s(?:roaring\s)?(?:(?P<third>early|mid|late)[\s-])?<DECW>(?!\w)", says.decade),
    Form(f"{DIGIT} counts", r"<N>\s<U>\s(?P<side>later|afterwards|before(?=[.,;:]|$))(?!\w)", lasts.beside),
    Form(f"{DIGIT} counts", r"<N>[\s-]<U>\s(?:ago|earlier|previously)\b", lasts.ago),
    Form("units", r"<U>\s(?:ago|earlier)\b", lasts.ago),
    Form(f"{DIGIT} counts", r"<N>\s<U>\sfrom\snow\b", lasts.future_length),
    Form(f"{DIGIT} counts", r"<N>\s(?:straight|consecutive|successive)\s<U>", lasts.length),
    Form(f"{DIGIT} counts", r"<N>\s<U>\s(?:in\sa\srow|running)\b", lasts.length),
    Form(f"{DIGIT} counts", r"<N>-<U>\b<RUN>", lasts.length),
    Form(DIGIT, r"[01]?[0-9](?::[0-5][0-9])?\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w)", spans.clock_time),
    Form(f"{DIGIT} counts", r"<N>-<U>[\s-](?:high|low|peak|trough)s?\b", lasts.past_length),
    Form("months", r"<M>\s<D><TH>?(?![0-9%.,]?[0-9%])(?:,?\s<Y>)?", says.day),
    Form("months", r"<M>\s<D>\s?<AND>\s?(?P<to>[0-3]?[0-9])(?![0-9%])(?:,?\s<Y>)?", says.days),
    Form("months", r"<M>(?:(?:,|\sof)?\s<Y>|\s(?:of\s)?this\syear)?", says.month),
    Form("weekdays", r"<W>,?\s(?:the\s)?<M>\s<D><TH>?(?![0-9%])(?:,?\s<Y>)?", says.day),
    Form("weekdays", r"<W>,?\s(?:the\s)?<D><TH>?(?:\sof)?\s<M>(?:,?\s<Y>)?", says.day),
    Form("weekdays", r"<W>\s(?:of\s)?<MOD>\sweek\b", says.weekday_of_week),
    Form("weekdays", r"<W>", says.weekday),
    Form("modifiers", r"<MOD>\s<W>", says.weekday),
    Form("this", r"this\s(?P<side>coming|past)\s<W>", says.nearest_weekday),
    Form("weekdays", r"<W>\s(?P<mod>last|next)(?=[.,;:]|$)", says.weekday),
    Form("the", r"the\s<O>\sof\s<M>(?:,?\s<Y>)?", says.day_in_words),
    Form("months", r"<M>[\s-]quarter\b(?:\s(?:of\s)?<Y>)?", says.quarter_to),
    Form("week", r"week\s<D>\b(?:\sof\s<Y>)?", says.calendar_week),
    Form("modifiers", r"<MOD>\s(?:coming\s|past\s)?<M>", says.month),
    Form("modifiers", r"<MOD>\s<N>\s<U>", lasts.length),
    Form("modifiers", r"<MOD>\s(?:coming\s|past\s)?<U>", spans.period),
    Form(
        "one single",
        r"(?:one|single)\sday(?=\s(?:drop|fall|loss|gain|rise|jump|slide|plunge|decline|move|rally))",
        lasts.session,
    ),
    Form("the", r"the\s(?P<mod>past|coming)\s(?:<N>\s)?<U>", lasts.length),
    Form("the", r"the\s<MOD>\s<N>\s<U>", lasts.length),
    Form("the", r"the\s(?:<N>\s)?<U>\sahead\b", lasts.future_length),
    Form("over in during for within through", r"\w+\sthe\s(?P<mod>last|past|next|coming)\s(?:<N>\s)?<U>", lasts.length),
    Form("over in during for within through", r"\w+\s<MOD>\s<N>\s<U>", lasts.length),
    Form("over in during", r"\w+\srecent\s<U>", lasts.past_length),
    Form("parts", r"<P>(?:[\s-]of|<IN>)?(?:\sthe)?\s(?:<MOD>\s)?<U>", spans.part_of_period),
    Form("parts", r"<P>(?:\sof|<IN>)?[\s-](?:the\syear\s)?<Y>", spans.year_part),
    Form("parts", r"<P>(?:\sof|<IN>)?[\s-](?:<MOD>\s)?<M>(?:,?\s<Y>)?", says.month),
    Form("parts", r"<P>(?:\sof|<IN>)?[\s-](?:the\s)?<O>[\s-]quarter(?:\s(?:of\s)?<Y>)?", says.quarter),
    Form("parts", r"<P>(?:\sof|<IN>)?[\s-]Q(?P<q>[1-4])(?:\s<Y>)?(?!\w)", says.quarter),
    Form("parts", r"<P>(?:\sof|<IN>)?[\s-](?:the\s)?(?:<MOD>\s)?<S>(?:\s(?:of\s)?<Y>)?", says.season),
    Form("ordinals", r"<O>\shalf\sof\s<M>(?:,?\s<Y>)?", says.half_of_month),
    Form(
        "first last final opening",
        r"(?P<side>first|last|final|opening)\s(?:<N>\s)?<U>\s(?:of|in)\s<M>(?:,?\s<Y>)?",
        spans.days_of_month,
    ),
    Form("year", r"year\s<Y>", says.year),
    Form("year", r"(?P<yp>year[\s-]end)\s<Y>", spans.year_part),
    Form("in", r"in\s(?:[\w.'’-]+\s){1,3}history\b", spans.in_history),
    Form("ordinals", r"<O>[\s-]quarter(?:\s(?:of\s)?<Y>|\sof\sthe\syear)?\b(?!-)", says.quarter),
    Form("ordinals", r"<O>[\s-]half(?:\s(?:of\s)?<Y>|\sof\sthe\syear|\sof\sthis\syear|\sof\syear)?\b", says.half),
    Form(
        "first last final the in over during for",
        r"(?:(?:\w+\s)?the\s)?(?P<side>first|last|final)\s<N>\smonths\sof\s(?:<Y>|(?:the|this)\syear\b)",
        spans.months_of_year,
    ),
    Form(
        "first the in over during for",
        r"(?:(?:\w+\s)?the\s)?(?P<side>first)\s<N>\smonths\b(?!\s(?:after|of|since|in|on|at|under|with)\b)",
        spans.months_of_year,
    ),
    Form(f"{DIGIT} about counts", r"<ABOUT><N>\s<U>", lasts.bare_length),
    Form("before", r"before\s(?:<M>|(?:the\s)?<S>|the\s<U>)\s(?:is|was)\s(?:out|over|through)\b", spans.until_out),
    Form("within", r"within\s<ABOUT>(?:<N>\s)?<U>", lasts.length),
    Form("in", r"in\s<ABOUT>(?:just\s|a\ssingle\s)?<N>\s(?:short\s|single\s)?<U>(?:['’]s?\stime)?", lasts.length),
    Form("for over", r"(?:for|over)\s<ABOUT><N>\s<U>(?!\s(?:ago|earlier|previously)\b)", lasts.length),
    Form("for", r"for\s<U>", lasts.ago),
    Form("seasons", r"<S>\s(?:of\s)?<Y>", says.season),
    Form("seasons", r"<S>\s(?:of\s)?<RANGE>(?![0-9])", says.season),
    Form("seasons", r"<S>", says.season),
    Form("modifiers", r"<MOD>\s<S>", says.season),
    Form("holidays", r"<HOL>(?:,?\s(?:of\s|in\s)?<Y>)?", says.holiday),
    Form("modifiers", r"<MOD>\s<HOL>", says.holiday),
    Form("event_days", r"<EVENT>(?:\s(?:of\s|in\s)?<Y>)?", says.event_day),
)
