"""Keys of the work list: everything that an article's report depends on, so that what is unchanged is known by it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from analyzer import __version__
from analyzer.batch.items import Item
from analyzer.pipeline import Options, Workshop


def key_maker(workshop: Workshop, options: Options) -> Callable[[Item], str]:
    """A function from an item to its key under the workshop's settings: program, reader, model and its parameters,
    prompts, whether examples may be shown, catalogue, data and what was said of every article. An item without a hash
    is told by its source.

    Which examples there are is left out: a decision shall not make a whole corpus be done, and paid, again.
    """
    start = _settings_hash(workshop, options)

    def key(item: Item) -> str:
        digest = start.copy()
        digest.update(json.dumps([item.source, item.sha256], ensure_ascii=False).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:32]

    return key


def list_id(workshop: Workshop, options: Options, names: Iterable[str]) -> str:
    """What a batch is called: 16 hex digits that are the same whenever the same files and tables are worked through
    under the same settings, so that a batch that goes on is known by them. What stands in the files does not count."""
    digest = _settings_hash(workshop, options)
    digest.update(json.dumps(list(names), ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def _settings_hash(workshop: Workshop, options: Options) -> hashlib._Hash:
    settings = workshop.settings
    model = settings.model or "rules"
    reads_by_model = workshop.client is not None
    asked = (settings.temperature, settings.max_tokens, settings.examples)
    common = {
        "version": __version__, "model": model,
        "asked": [workshop.client.base_url, *asked] if reads_by_model else [],
        "prompts": getattr(workshop.reader, "prompts", {}),
        "catalogue": [_content(path) for path in settings.catalogue], "vintage": workshop.market.vintage(),
        "options": [str(options.published), str(options.as_of), options.language],
    }  # fmt: skip
    return hashlib.sha256(json.dumps(common, sort_keys=True).encode("utf-8"))


def _content(path: Path) -> str:
    return hashlib.sha256(path.expanduser().read_bytes()).hexdigest()
