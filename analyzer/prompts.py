"""Prompts: files with a name and a version, loaded with their hash, filled in at plain ``{{name}}`` places.

A published file never changes: a better prompt is a new version. A prompt is one or more messages, each under a line
``<!-- system -->``, ``<!-- user -->`` or ``<!-- assistant -->``. The checkout's ``prompts/`` is used when it is there,
else the copy in the package.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from analyzer.errors import ConfigError

PLACE = re.compile(r"\{\{(\w+)\}\}")
ROLE = re.compile(r"^<!-- (system|user|assistant) -->\n", re.MULTILINE)
NAME = re.compile(r"[a-z_]+\.v[0-9]+")
CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Prompt:
    """A prompt file. ``sha256`` is that of its bytes: every run records it."""

    name: str
    text: str
    sha256: str

    @property
    def places(self) -> frozenset[str]:
        """Names of the values that must be filled in."""
        return frozenset(PLACE.findall(self.text))


@lru_cache(maxsize=16)
def load_prompt(name: str) -> Prompt:
    """The prompt of that name (``extract_claims.v3``); ConfigError when there is none."""
    folder = CHECKOUT / "prompts" if (CHECKOUT / "pyproject.toml").is_file() else files("analyzer") / "_prompts"
    path = folder / f"{name}.md"
    if not NAME.fullmatch(name) or not path.is_file():
        known = sorted(p.name.removesuffix(".md") for p in folder.iterdir()) if folder.is_dir() else []
        raise ConfigError(f"There is no prompt {name!r}. There are: {', '.join(known) or 'none'}.", code="prompt")
    raw = path.read_bytes()
    return Prompt(name, raw.decode("utf-8"), hashlib.sha256(raw).hexdigest())


def render(prompt: Prompt, **values: str) -> str:
    """The text with every place filled in once; ConfigError names the missing and the unknown ones.

    What is filled in is not read again, so that braces in an article stay what they are.
    """
    _require(prompt, values)
    return PLACE.sub(lambda m: values[m.group(1)], prompt.text)


def messages(prompt: Prompt, **values: str) -> list[tuple[str, str]]:
    """The prompt as (role, text) pairs. The file is split before it is filled in: no value can open a message."""
    _require(prompt, values)
    _, *parts = ROLE.split(prompt.text)
    filled = [PLACE.sub(lambda m: values[m.group(1)], part.strip()) for part in parts[1::2]]
    return list(zip(parts[0::2], filled, strict=True))


def _require(prompt: Prompt, values: dict[str, str]) -> None:
    missing, unknown = sorted(prompt.places - values.keys()), sorted(values.keys() - prompt.places)
    if missing or unknown:
        wrong = [f"{what}: {', '.join(names)}" for what, names in (("missing", missing), ("unknown", unknown)) if names]
        raise ConfigError(f"Prompt {prompt.name} cannot be filled in ({'; '.join(wrong)}).", code="prompt")
