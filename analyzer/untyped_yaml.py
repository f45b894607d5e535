"""YAML whose every scalar is text: no symbol becomes a number, no "no" a truth value.

The loader looks for no types, which takes a third of the time of one that does and is not wanted here.
"""

from __future__ import annotations

from typing import Any

import yaml

TAGS: dict[type[yaml.Node], str] = {
    yaml.ScalarNode: yaml.resolver.BaseResolver.DEFAULT_SCALAR_TAG,
    yaml.SequenceNode: yaml.resolver.BaseResolver.DEFAULT_SEQUENCE_TAG,
    yaml.MappingNode: yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG,
}


class UntypedLoader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    def descend_resolver(self, *_: Any) -> None: ...

    def ascend_resolver(self) -> None: ...

    def resolve(self, kind: type[yaml.Node], *_: Any) -> str:
        return TAGS[kind]


def load(text: str) -> Any:
    """Mappings, lists and texts."""
    return yaml.load(text, Loader=UntypedLoader)
