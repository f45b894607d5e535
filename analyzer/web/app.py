"""The routes of the review page. Each asks the ledger, and draws a page or a part of one."""

from __future__ import annotations

from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from analyzer.amending.bench import Bench
from analyzer.errors import AnalyzerError, InputError
from analyzer.pipeline import Workshop
from analyzer.store.ledger import Ledger
from analyzer.web import (
    amending,
    analyses,
    article,
    decisions,
    desk,
    due,
    groups,
    pages,
    preferences,
    scorecards,
    search,
    sign_off,
)
from analyzer.web.corpus import Corpus
from analyzer.web.guard import MAX_BODY, Address, Guard
from analyzer.web.sessions import Sessions
from analyzer.web.workbench import Workbench

STATIC = files("analyzer.web") / "static"


def create_app(ledger: Ledger, address: Address, sessions: Sessions, workshop: Workshop | None = None) -> FastAPI:
    """The page over an open ledger; without a workshop it is the desk alone. No documentation pages:
    theirs would load scripts from elsewhere."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.ledger = ledger
    app.state.workbench = Workbench(workshop.settings) if workshop is not None else None
    app.state.bench = Bench(workshop) if workshop is not None else None
    app.state.corpus = Corpus(ledger, workshop) if workshop is not None else None
    max_file = workshop.settings.max_bytes if workshop is not None else MAX_BODY
    app.add_middleware(
        Guard, address=address, sessions=sessions, refusal_page=pages.refusal_page, max_file=max_file
    )  # fmt: skip
    app.mount("/static", StaticFiles(directory=str(STATIC)))
    app.add_exception_handler(HTTPException, _not_answered)
    app.add_exception_handler(AnalyzerError, _failed)
    for part in (
        preferences, desk, analyses, article, decisions, amending, search, groups, scorecards, due,
        sign_off,
    ):  # fmt: skip
        app.include_router(part.router)

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return FileResponse(str(STATIC / "favicon.svg"), media_type="image/svg+xml")

    return app


def _not_answered(request: Request, error: Exception) -> Response:
    """An address that is not there, or a method that it does not have."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if not hasattr(request.state, "session"):
        return Response(status_code=status)
    return pages.page(request, "refusal.html", status, why="not_found", values={})


def _failed(request: Request, error: Exception) -> Response:
    """What the ledger could not do or the request lacks, in the error's own words; to a script the words alone."""
    not_found = getattr(error, "code", "") == "not_found"
    status = 404 if not_found else 422 if isinstance(error, InputError) else 503
    if "hx-request" in request.headers:
        return PlainTextResponse(str(error), status)
    return pages.page(request, "refusal.html", status, why="failed", values={"message": str(error)})
