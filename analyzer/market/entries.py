"""An entry of the catalogue while it is read: its values, where each stands, what later files add."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn

from analyzer.errors import ConfigError
from analyzer.market.yaml_places import Place

CODE = "catalogue"
NAME_LISTS = ("names", "de", "en", "ambiguous", "default_for", "regional", "inverse", "context")
CONCERNED = "concerned"
ADDED = (*NAME_LISTS, CONCERNED)
"""Values that a later file adds to; all others it replaces."""


@dataclass
class Entry:
    """One entry while it is read: its values, and where each stands."""

    key: str
    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    defaults: dict[str, Any] = field(default_factory=dict)

    def add(self, other: Entry) -> None:
        """A later entry of the same key: its names are added, its other values replace, its defaults only fill."""
        for name, value in other.values.items():
            self.values[name] = (*self.values.get(name, ()), *value) if name in ADDED else value
        self.places.update(other.places)
        self.defaults = {**other.defaults, **self.defaults}

    def fail(self, what: str, name: str = "") -> NoReturn:
        raise ConfigError(f"{self.places.get(name, self.place)}: {self.key}: {what}", code=CODE)
