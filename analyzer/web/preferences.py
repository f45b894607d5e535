"""How a browser wants the page: language, light or dark, and the name that its decisions carry."""

from __future__ import annotations

import re
from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from analyzer.errors import InputError
from analyzer.report.words import one_line
from analyzer.web.sessions import Session, Theme
from analyzer.web.wording import LANGUAGES

LONGEST_NAME = 80
OWN_PATH = re.compile(r"/(?:[A-Za-z0-9][^\\\s]*|\?[^\\\s]*)?")
"""A path of this server: a second slash or a backslash at its beginning would name another one."""

router = APIRouter()


@router.post("/preferences")
def change(request: Request) -> Response:
    """Keep what the form holds, and go back to the page that it stood on."""
    form: dict[str, str] = request.state.form
    session: Session = request.state.session
    if form.get("language") in LANGUAGES:
        session.language = form["language"]
    for theme in get_args(Theme):
        if form.get("theme") == theme:
            session.theme = theme
    if "reviewer" in form:
        session.reviewer = reviewer_name(form["reviewer"])
    back = form.get("back", "/")
    return RedirectResponse(back if OWN_PATH.fullmatch(back) else "/", status_code=303)


def reviewer_name(given: str) -> str:
    """A name in one line; InputError for none or a very long one."""
    name = one_line(given)
    if not 0 < len(name) <= LONGEST_NAME:
        raise InputError(f"A reviewer's name has 1 to {LONGEST_NAME} characters, not {len(name)}.")
    return name
