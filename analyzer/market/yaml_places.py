"""YAML read with the place of everything in it, so that an error can name its line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

import yaml

from analyzer.errors import ConfigError

Node = yaml.Node


class Document:
    """The nodes of one file. Every scalar is text, so that no symbol becomes a number, a date or a truth."""

    def __init__(self, path: Path, code: str) -> None:
        self.path = path
        self.code = code
        """The code of the errors."""
        try:
            text = path.read_text(encoding="utf-8")
            self.root: Node | None = yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: the file cannot be read: {error}", code=code) from error
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = f":{mark.line + 1}" if mark else ""
            problem = getattr(error, "problem", None) or str(error)
            raise ConfigError(f"{path}{line}: this is no YAML: {problem}.", code=code) from error

    def place(self, node: Node) -> str:
        return f"{self.path}:{node.start_mark.line + 1}"

    def fail(self, node: Node, what: str) -> NoReturn:
        raise ConfigError(f"{self.place(node)}: {what}", code=self.code)

    def pairs(self, node: Node | None, known: Sequence[str] = ()) -> Iterable[tuple[str, Node, Node]]:
        """Each key, its node and its value; refuses what is no mapping, a key twice, and a key that is not known."""
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return
        if not isinstance(node, yaml.MappingNode):
            self.fail(node, "a mapping is wanted here (key: value)")
        seen: set[str] = set()
        for key_node, value in node.value:
            key = self.text(key_node)
            if known and key not in known:
                self.fail(key_node, f"unknown key {key!r}.{nearest(key, known)}")
            if key in seen:
                self.fail(key_node, f"{key!r} stands here twice")
            seen.add(key)
            yield key, key_node, value

    def text(self, node: Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self.fail(node, "a word or a phrase is wanted here")
        return str(node.value)

    def items(self, node: Node) -> Sequence[Node]:
        if not isinstance(node, yaml.SequenceNode):
            self.fail(node, "a list is wanted here: [one, another]")
        return node.value  # type: ignore[no-any-return]

    def texts(self, node: Node) -> tuple[str, ...]:
        return tuple(self.text(item) for item in self.items(node))

    def day(self, node: Node) -> date:
        text = self.text(node)
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fail(node, f"{text!r} is no date; write it as 2024-01-31")

    def one_of(self, node: Node, known: Sequence[str], what: str) -> str:
        text = self.text(node)
        if text not in known:
            self.fail(node, f"unknown {what} {text!r}.{nearest(text, known)}")
        return text


def nearest(word: str, known: Sequence[str]) -> str:
    """A hint: the known word that is most like it, else all of them when they are few."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    if near:
        return f" Did you mean {near[0]!r}?"
    return f" There are: {', '.join(known)}." if len(known) <= 40 else ""
