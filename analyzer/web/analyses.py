"""Giving an article in: a file that is dropped on the desk, a text that is pasted; and what became of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import unquote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from analyzer.errors import InputError
from analyzer.report.words import one_line
from analyzer.text.metadata import Metadata, filled
from analyzer.web import pages
from analyzer.web.workbench import STEPS, Full, Submission, Workbench

LONGEST_NAME = 200
LANGUAGES = ("de", "en")
PASTED = "pasted text"

router = APIRouter()


@router.get("/analyses")
def listed(request: Request) -> Response:
    return _list(request)


@router.post("/analyses/file")
def give_file(request: Request) -> Response:
    """The bytes of a file; its name, language and date stand in the headers, see ``guard``."""
    form: dict[str, str] = request.state.form
    name = one_line(unquote(form.get("name", "")))[:LONGEST_NAME] or "file"
    _submit(request, Submission(name, request.state.body, _day(form), _language(form)))
    return _list(request)


@router.post("/analyses/text")
def give_text(request: Request) -> Response:
    form: dict[str, str] = request.state.form
    text = form.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        raise InputError("There is no text. Paste the commentary into the field.", code="empty")
    title, author, outlet = (
        filled(one_line(form.get(name, ""))[:LONGEST_NAME]) for name in ("title", "author", "outlet")
    )
    said = Metadata(title=title, author=author, outlet=outlet)
    _submit(request, Submission(title or PASTED, text, _day(form), _language(form), said))
    return _answer(request)


@router.post("/analyses/{id}/{act}")
def change(request: Request, id: str, act: str) -> Response:
    """Cancel what is not over, dismiss what is, or analyse anew what the ledger had."""
    bench = _bench(request)
    work = bench.get(id)
    if act == "cancel":
        bench.cancel(id)
    elif act == "dismiss":
        bench.dismiss(id)
    elif act == "anew" and work is not None and work.over:
        bench.dismiss(id)
        _submit(request, replace(work.submission, anew=True))
    return _answer(request)


def _answer(request: Request) -> Response:
    """The list for a script, the desk for a browser without one."""
    return _list(request) if "hx-request" in request.headers else RedirectResponse("/#analyses", status_code=303)


def _list(request: Request) -> Response:
    return pages.page(request, "analyses.html", bench=_bench(request), steps=STEPS)


def _submit(request: Request, submission: Submission) -> None:
    try:
        _bench(request).submit(submission, request.state.session.reviewer)
    except Full:
        raise InputError("Too many articles are waiting. Give this one in when some are done.", code="busy") from None


def _bench(request: Request) -> Workbench:
    bench: Workbench | None = request.app.state.workbench
    if bench is None:
        raise InputError("This page only shows what the ledger holds: nothing can be analysed on it.", code="closed")
    return bench


def _day(form: dict[str, str]) -> date | None:
    given = form.get("date", "").strip()
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise InputError(f"{given!r} is no day. Write it as YYYY-MM-DD.", code="day") from None


def _language(form: dict[str, str]) -> str | None:
    return form.get("language") if form.get("language") in LANGUAGES else None
