"""The word lists by theme (``lexicon/phrases/*.yaml``): what stands in them is found, and a slip in them is named."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import analyzer
from analyzer import cli
from analyzer.errors import ConfigError
from analyzer.extract import phrases as module
from analyzer.extract.phrases import phrase_pattern, phrases, themes, word_set
from analyzer.untyped_yaml import UntypedLoader

SOURCES = Path(analyzer.__file__).parent
LEXICON = SOURCES / "extract" / "lexicon"
FILES = sorted([*(LEXICON / "phrases").glob("*.yaml"), *LEXICON.glob("phrases_*.yaml")])


def lists(file: Path) -> Iterator[tuple[str, list[str]]]:
    """Every list of a file, with its heading and language."""
    for heading, node in headings(file):
        if isinstance(node, yaml.MappingNode):
            for language, entries in node.value:
                yield f"{heading}, {language.value}", [one.value for one in entries.value]
        else:
            yield heading, [one.value for one in node.value]


def headings(file: Path) -> list[tuple[str, yaml.Node]]:
    """As they are written: of two that are called the same, a loader would keep one."""
    root = yaml.compose(file.read_text(encoding="utf-8"), Loader=UntypedLoader)
    assert isinstance(root, yaml.MappingNode)
    return [(key.value, node) for key, node in root.value]


def letters_of(phrase: str) -> tuple[str, str]:
    return re.sub(r"[\W_]", "", phrase).casefold(), phrase


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_has_each_heading_once_and_each_phrase_once_in_its_list(file: Path) -> None:
    names = [name for name, _ in headings(file)]
    assert sorted(names) == sorted(set(names))
    for where, entries in lists(file):
        assert entries, where
        assert sorted(entries) == sorted(set(entries)), where
        for phrase in entries:
            re.compile(phrase_pattern(phrase))


@pytest.mark.parametrize("file", [f for f in FILES if f.parent.name == "phrases"], ids=lambda file: file.name)
def test_lists_by_theme_are_sorted_and_say_what_they_are_for(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# ")
    for name, _ in headings(file):
        assert re.search(rf"^# [^\n]+\n{name}:$", text, re.MULTILINE), f"{name}: a comment says what it decides"
    for where, entries in lists(file):
        assert entries == sorted(entries, key=letters_of), f"{where}: by the letters, whatever signs are between"


def test_every_heading_is_asked_for_by_the_code() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    asked = set(re.findall(r"""["'](\w+)["']""", code))
    assert len(themes()) >= 8
    begun = tuple(re.findall(r"""f["'](\w+_)\{\w+\}["']""", code))  # "counted_{unit}"
    ended = tuple(re.findall(r"""f["']\{\w+\}(_\w+)["']""", code))  # "{name}_of_a_group"
    made = {name for file in FILES for name, _ in headings(file) if name.startswith(begun) or name.endswith(ended)}
    unused = {name for file in FILES for name, _ in headings(file)} - asked - made
    assert not unused


def test_no_clause_is_passed_over_for_want_of_letters() -> None:
    """Clauses without the letters are not searched: each phrase must hold some of them."""
    for letters, lists_of_phrases in (
        ("letters_of_flight", ("flees",)),
        ("letters_of_protection", ("haven", "hedge_noun")),
    ):
        for phrase in (one for name in lists_of_phrases for one in word_set(name)):
            assert any(some in phrase.casefold() for some in word_set(letters)), f"{letters}: nothing of {phrase!r}"


@pytest.fixture
def lexicon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the files that may be changed."""
    shutil.copytree(LEXICON, tmp_path / "lexicon")
    monkeypatch.setattr(module, "files", lambda package: tmp_path)
    for cached in (module._file, module.themes):
        cached.cache_clear()
    yield tmp_path / "lexicon" / "phrases"
    monkeypatch.undo()
    for cached in (module._file, module.themes):
        cached.cache_clear()


def test_a_word_that_is_added_to_a_list_is_found(lexicon: Path) -> None:
    assert not phrases("record_low").search("the frumpiest level since May")
    records = lexicon / "records.yaml"
    records.write_text(records.read_text(encoding="utf-8").replace("    - lowest\n", "    - lowest\n    - frumpiest\n"))
    module._file.cache_clear()
    assert phrases("record_low").search("the frumpiest level since May")
    assert phrases("record_low").search("der tiefste Stand seit Mai")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("slip:\n  fr:\n    - plus bas\n", r"phrases/slips.yaml, slip: 'fr' is not known; .* under en and de"),
        ("slip:\n  - lowest\n", r"phrases/slips.yaml, slip: write its phrases under en and de"),
        ("slip:\n  en: lowest\n", r"phrases/slips.yaml, slip, en: write one phrase a line, each behind a dash"),
        ("slip:\n  en:\n    - low: lowest\n", r"phrases/slips.yaml, slip, en: write one phrase a line"),
        ("slip:\n  en:\n    - (low|high\n", r"phrases/slips.yaml, slip: a bracket is missing in '\(low\|high'"),
        ("worst:\n  en:\n    - awful\n", r"phrases/slips.yaml, worst: lexicon/phrases/records.yaml has this heading"),
        ("than:\n  en:\n    - then\n", r"phrases/slips.yaml, than: lexicon/phrases_en.yaml has this heading already"),
        ("slip:\n  en:\n    - *tief\n", r"phrases/slips.yaml is no YAML, .* in quotes.*line 3"),
    ],
)
def test_a_slip_is_refused_with_its_file_and_heading(text: str, named: str, lexicon: Path) -> None:
    (lexicon / "slips.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"(?s)lexicon/{named}"):
        word_set("worst")


def test_a_list_that_is_nowhere_is_named() -> None:
    with pytest.raises(ConfigError, match=r"no phrases under 'nothing_such', nor in lexicon/phrases"):
        phrases("nothing_such")


def test_a_slip_is_shown_as_one_and_not_as_a_bug(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(prog_name: str) -> None:
        raise ConfigError("lexicon/phrases/records.yaml, worst: a bracket is missing in '(low'")

    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    monkeypatch.setattr(cli, "app", refuse)
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    assert capsys.readouterr().err == "analyze: lexicon/phrases/records.yaml, worst: a bracket is missing in '(low'\n"
