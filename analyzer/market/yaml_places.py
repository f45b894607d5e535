"""YAML read with the place of everything in it, so that an error can name its line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, NoReturn

import yaml

from analyzer.errors import ConfigError
from analyzer.untyped_yaml import UntypedLoader

Node = yaml.Node


class Place(NamedTuple):
    """Where a node stands. As text "file:line", which is made only for an error."""

    path: Path
    node: Node

    def __str__(self) -> str:
        return f"{self.path}:{self.node.start_mark.line + 1}"


class Document:
    """The nodes of one file. Every scalar is text, so that no symbol becomes a number, a date or a truth."""

    def __init__(self, path: Path, code: str) -> None:
        self.path = path
        self.code = code
        """The code of the errors."""
        text = self._text()
        try:
            self.root: Node | None = yaml.compose(text, Loader=UntypedLoader)
        except yaml.YAMLError as error:
            line, what = _problem(error, text)
            raise ConfigError(f"{path}:{line}: this is no YAML: {what}", code=code) from error

    def _text(self) -> str:
        try:
            read = self.path.read_bytes()
        except OSError as error:
            raise ConfigError(f"{self.path}: the file cannot be read: {error.strerror}.", code=self.code) from error
        try:
            return read.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = read.count(b"\n", 0, error.start) + 1
            what = f"the file cannot be read as UTF-8: byte {read[error.start]:#04x}. Save it as UTF-8."
            raise ConfigError(f"{self.path}:{line}: {what}", code=self.code) from error

    def place(self, node: Node) -> Place:
        return Place(self.path, node)

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
                self.fail(key_node, f"{key!r} stands here twice. Take one out.")
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


def _problem(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """The line of an error of YAML, and what is wrong there with what to do."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return line, "a character that no text holds stands here. Take it out."
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None) or str(error)
    line = mark.line if mark else 0
    if "\t" in (text.splitlines() or [""])[min(line, text.count("\n"))]:
        return line + 1, "a tab stands here. Indent with spaces."
    return line + 1, f"{problem}. Look at indents and brackets; put names with : # @ * & ! or % in quotation marks."


def nearest(word: str, known: Sequence[str]) -> str:
    """A hint: the known word that is most like it, else all of them when they are few."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    if near:
        return f" Did you mean {near[0]!r}?"
    return f" There are: {', '.join(known)}." if len(known) <= 40 else ""
