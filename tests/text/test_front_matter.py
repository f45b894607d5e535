from __future__ import annotations

from datetime import date

import pytest

from analyzer.errors import InputError
from analyzer.text.front_matter import read_markdown
from analyzer.text.metadata import Metadata

HEAD = (
    '---\ntitle: "Nein: die Blase"\nauthor: [Eva M., Hans K.]\noutlet: Zeitung\ndate: 2025-01-28\nlanguage: de\n---\n'
)


def test_front_matter_is_read_and_the_text_begins_after_it() -> None:
    text, metadata = read_markdown(HEAD + "\n  \n\nDer Dax fiel.\n---\nEnde.\n\n", "a.md")
    assert text == "Der Dax fiel.\n---\nEnde.\n\n"
    assert metadata == Metadata(
        title="Nein: die Blase", author="Eva M., Hans K.", outlet="Zeitung", published=date(2025, 1, 28),
        published_from="front_matter", language="de",
    )  # fmt: skip


def test_words_that_yaml_takes_for_values_stay_words() -> None:
    _, metadata = read_markdown("---\ntitle: No\nauthor: 007\noutlet: ~\n---\nx", "a.md")
    assert (metadata.title, metadata.author, metadata.outlet) == ("No", "007", None)


@pytest.mark.parametrize(
    "text", ["Der Dax fiel.\n---\ntitle: x\n---\n", "---\n\nEin Strich.\n\n---\n", "----\ntitle: x\n"]
)
def test_a_rule_across_the_page_is_text(text: str) -> None:
    assert read_markdown(text, "a.md") == (text, Metadata())


def test_an_empty_block_says_nothing() -> None:
    assert read_markdown("---\n---\nText", "a.md") == ("Text", Metadata())


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("license: MIT", 'unknown key "license" \\(did you mean "licence"\\?\\)'),
        ("tags: [a]", 'unknown key "tags"\\.'),
        ("title: a\ntitle: b", '"title" twice'),
        ("title: {a: b}", 'no plain value under "title"'),
        ("date: 28.01.2025", "28.01.2025.*YYYY-MM-DD"),
        ("date: 2025-02-30", "2025-02-30"),
        ("date: 2025", "YYYY-MM-DD"),
        ("title: a: b", "no YAML in line 2.*stands in quotes"),
        ("title: a\n- b", "no YAML in line 3"),
    ],
)
def test_a_wrong_block_is_refused_with_key_file_and_the_allowed_keys(head: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        read_markdown(f"---\n{head}\n---\nText", "folder/a.md")
    assert refused.value.code == "front_matter"
    assert "folder/a.md" in str(refused.value)
    assert "Allowed keys: title, author, outlet, date, language, licence." in str(refused.value)


def test_a_block_that_is_not_closed_is_refused() -> None:
    with pytest.raises(InputError, match="no second"):
        read_markdown("---\ntitle: a\n\nText", "a.md")
