"""The process behind the page's workbench: it analyses one article after the other, as ``analyze FILE`` does."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any

from analyzer.config import Settings, protect_process
from analyzer.errors import AnalyzerError
from analyzer.pipeline import Options, Workshop, analyze_article, article_of
from analyzer.text.documents import TEXT, Document, document_of

if TYPE_CHECKING:
    from analyzer.model import Article
    from analyzer.web.workbench import Submission

Tell = Callable[[str, dict[str, Any]], None]


def serve(pipe: Connection, settings: Settings) -> None:
    """Submissions in; out come the steps of each, and what became of it, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the page's, which ends this process
    threading.Thread(target=_end_with_parent, daemon=True).start()
    protect_process()

    def tell(what: str, values: dict[str, Any]) -> None:
        with suppress(OSError):
            pipe.send((what, values))

    workshop = Workshop(settings, progress=lambda name: tell("step", {"name": name}))
    with suppress(EOFError, OSError):
        while True:
            _analyse(pipe.recv(), workshop, tell)


def _analyse(submission: Submission, workshop: Workshop, tell: Tell) -> None:
    options = Options(published=submission.published, language=submission.language)
    try:
        workshop.progress("read")
        article = _article(submission, workshop.settings, options)
        if not submission.anew and workshop.ledger.latest_report(article.id) is not None:
            tell("known", {"article": article.id})
            return
        result = analyze_article(article, workshop, options)
        workshop.index.close()  # its lock is for whoever writes next
        claims = len(result.report.claims or ())
        dated = result.article.published is not None
        tell("done", {"article": result.article.id, "claims": claims, "dated": dated})
    except AnalyzerError as error:
        tell("failed", {"message": str(error)})
    except Exception as error:  # the border around one article: the page goes on
        traceback.print_exc()
        tell("failed", {"message": f"A bug of this program: {type(error).__name__}: {error}"})


def _article(submission: Submission, settings: Settings, options: Options) -> Article:
    content = submission.content
    if isinstance(content, bytes):
        document = document_of(content, submission.name, settings.max_bytes)
    else:
        raw = hashlib.sha256(content.encode("utf-8")).hexdigest()
        document = Document(content, raw, submission.name, TEXT, submission.metadata)
    return article_of(document, options)


def _end_with_parent() -> None:
    """A page that is killed leaves no process behind."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
