"""Drawing pages: Jinja with autoescape, and what every template can call."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, get_args

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from analyzer import __version__
from analyzer.model import Label
from analyzer.report.words import SIGNS, visible
from analyzer.web import computed, meanings, wording
from analyzer.web.guard import Refusal
from analyzer.web.sessions import Session

LABELS: tuple[Label, ...] = get_args(Label)


@lru_cache(maxsize=1)
def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("analyzer.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.globals.update(SIGNS=SIGNS, LABELS=LABELS, visible=visible, version=__version__)
    return made


def render(template: str, language: str, session: Session | None, **values: Any) -> str:
    say = wording.speaker(language)
    return environment().get_template(template).render(
        say=say, language=language, session=session, figure=lambda n: wording.figure(n, language),
        meaning=lambda table, code: meanings.meaning(table, code, language),
        assumption=lambda note: meanings.assumption(note, language),
        called=lambda table, name: computed.said(table, name.replace("_", " "), language)[0],
        nearest=lambda text: computed.nearest(text, language),
        spoken=lambda table, text: computed.spoken(table, text, language),
        short=lambda table, code: meanings.short(table, code, language), **values
    )  # fmt: skip


def language_of(request: Request) -> str:
    session: Session = request.state.session
    return wording.choose(session.language, request.headers.get("accept-language", ""))


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page of the session, in its language."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    text = render(template, language_of(request), request.state.session, here=here, **values)
    return HTMLResponse(text, status, headers={"Vary": "Accept-Language, HX-Request"})


def refusal_page(headers: Headers, refusal: Refusal) -> Response:
    """What somebody without a session sees: one sentence, and nothing of the ledger."""
    language = wording.choose(None, headers.get("accept-language", ""))
    if "hx-request" in headers:
        return PlainTextResponse(wording.speaker(language)(refusal.why), refusal.status)
    return HTMLResponse(render("refusal.html", language, None, here="/", why=refusal.why, values={}), refusal.status)
