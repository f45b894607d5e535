"""A review page that is served on loopback, over a ledger with articles that were analysed for it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
from command import ENGLISH, GERMAN, QUIET

from analyzer.config import load
from analyzer.market.market import Market
from analyzer.pipeline import Workshop
from analyzer.store.ledger import Ledger
from analyzer.web import server
from analyzer.web.app import create_app
from analyzer.web.guard import Address
from analyzer.web.sessions import Sessions

HIDDEN = re.compile(r'name="csrf" value="([^"]+)"')
HEAD = "---\ntitle: {title}\nauthor: {author}\noutlet: {outlet}\ndate: {date}\n---\n\n"


@dataclass
class Served:
    """A running page and its ledger. Clients are closed with it."""

    ledger: Ledger
    address: Address
    sessions: Sessions
    clients: list[httpx.Client] = field(default_factory=list)

    @cached_property
    def client(self) -> httpx.Client:
        """A client that is in."""
        return self.enter()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.address.port}"

    def link(self) -> str:
        return server.link(self.address, self.sessions.new_link())

    def new_client(self, **options: Any) -> httpx.Client:
        """A browser's headers without a session."""
        client = httpx.Client(base_url=self.base, headers={"Origin": self.base}, trust_env=False, **options)
        self.clients.append(client)
        return client

    def enter(self, reviewer: str | None = None, language: str = "en") -> httpx.Client:
        """A client that came in by a link of its own."""
        client = self.new_client(follow_redirects=True)
        client.headers["Accept-Language"] = language
        page = client.get(self.link())
        assert page.status_code == 200
        if reviewer is not None:
            self.post(client, "/preferences", reviewer=reviewer)
        return client

    def csrf(self, client: httpx.Client) -> str:
        found = HIDDEN.search(client.get("/").text)
        assert found is not None
        return found[1]

    def post(self, client: httpx.Client, path: str, **fields: str) -> httpx.Response:
        return client.post(path, data={"csrf": self.csrf(client), **fields})


@lru_cache(maxsize=1)
def market() -> Market:
    """The market of every page here, opened once."""
    return Workshop(load(home=Path("unused"))).market


def workshop_of(home: Path, url: str | None = None) -> Workshop:
    made = Workshop(load(home=home, ledger_url=url))
    made.market = market()
    return made


@contextmanager
def serving(home: Path, url: str | None = None) -> Iterator[Served]:
    listening, address = server.bind("127.0.0.1", 0, allow_network=False)
    sessions = Sessions("ada")
    with listening, Ledger.open(home, url) as ledger:
        app = create_app(ledger, address, sessions, workshop_of(home, url))
        running = server.make_server(app, lambda: None)
        thread = Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        served = Served(ledger, address, sessions)
        try:
            until = time.monotonic() + 10
            while not running.started and time.monotonic() < until:
                time.sleep(0.01)
            yield served
        finally:
            for client in served.clients:
                client.close()
            app.state.workbench.close()
            running.should_exit = True
            thread.join(10)


def write_articles(folder: Path) -> list[Path]:
    """Three commentaries, one of which says nothing about markets."""
    told = {
        "shock.md": ("The shock of January", "Marlow Tennant", "Harbour Post", "2025-01-28", ENGLISH),
        "schock.md": ("Der Schock im Januar", "Ida Quell", "Hafenblatt", "2025-01-28", GERMAN),
        "garden.md": ("A quiet garden", "Marlow Tennant", "Harbour Post", "2025-02-01", QUIET),
    }
    for name, (title, author, outlet, date, text) in told.items():
        head = HEAD.format(title=title, author=author, outlet=outlet, date=date)
        (folder / name).write_text(head + text, encoding="utf-8")
    return [folder / name for name in told]
