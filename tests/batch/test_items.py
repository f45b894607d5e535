"""What a command line names: files, folders, patterns, tables."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from analyzer.batch.items import sources
from analyzer.errors import InputError


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The text of {name}.", encoding="utf-8")


def names(found: list[str], folder: Path) -> list[str]:
    return [str(Path(one).relative_to(folder)) for one in found]


def test_a_folder_is_searched_to_its_depths_and_what_is_no_article_is_counted(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a.md", "2025/c.html", "README.md", "data.json", ".hidden/d.txt", "2025/.e.txt")
    found = sources([str(tmp_path)])
    assert names(list(found.files), tmp_path) == ["2025/c.html", "a.md", "b.txt"]
    assert (len(found), found.left_out, found.many) == (3, 2, True)


def test_a_folder_without_an_article_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, "data.json")
    with pytest.raises(InputError, match="holds no article"):
        sources([str(tmp_path)])


def test_a_pattern_names_what_fits_it_and_a_file_whose_name_has_a_star_is_that_file(tmp_path: Path) -> None:
    put(tmp_path, "a1.txt", "a2.txt", "b1.txt", "deep/a3.txt", "odd[1].txt")
    found = sources([str(tmp_path / "**" / "a*.txt")])
    assert names(list(found.files), tmp_path) == ["a1.txt", "a2.txt", "deep/a3.txt"]
    assert sources([str(tmp_path / "odd[1].txt")]).files == (str(tmp_path / "odd[1].txt"),)
    with pytest.raises(InputError, match="Nothing fits"):
        sources([str(tmp_path / "x*.txt")])


def test_files_named_one_by_one_are_no_corpus_and_twice_the_same_is_once(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "README.md")
    given = [str(tmp_path / "a.txt"), str(tmp_path / "README.md"), str(tmp_path / "a.txt")]
    found = sources(given)
    assert (len(found), found.many) == (2, False)


def test_the_hash_is_of_the_bytes_and_a_missing_file_has_none(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.txt")
    (tmp_path / "b.txt").write_bytes((tmp_path / "a.txt").read_bytes())
    one, other, gone = sources([str(tmp_path / n) for n in ("a.txt", "b.txt", "gone.txt")]).items()
    assert one.sha256 == other.sha256 is not None
    assert gone.sha256 is None


ROWS = [
    {"headline": "Kursrutsch", "body": "Der Dax fiel.", "byline": ["A. Alt", "B. Beck"],
     "published_at": "2025-01-28T08:00", "lang": "de", "publisher": "Blatt"},
    {"headline": "Rally", "body": "Shares rose.\r\nA lot.", "published_at": None},
]  # fmt: skip


def test_json_lines_give_an_article_a_row_by_the_usual_names(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS) + "\n\n", encoding="utf-8")
    (tmp_path / "none.jsonl").write_text('{"x": 1}\n')
    with pytest.raises(InputError, match="no column that is called text, body, content") as caught:
        sources([str(tmp_path / "none.jsonl")])
    assert "it has x" in str(caught.value)
    found = sources([str(path)])
    assert (len(found), found.many) == (2, True)
    first, second = found.items()
    assert first.source.endswith("all.jsonl#1")
    assert first.document is not None
    assert second.document is not None
    meta = first.document.metadata
    assert (meta.title, meta.author, meta.outlet, meta.published, meta.language) == (
        "Kursrutsch", "A. Alt, B. Beck", "Blatt", date(2025, 1, 28), "de",
    )  # fmt: skip
    assert second.document.text == "Shares rose.\nA lot."
    assert second.document.metadata.published is None


def test_a_csv_of_a_german_spreadsheet_is_read_and_its_columns_are_mapped(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text(
        '\ufeffNr;Meldung;Datum\n7;"Der Dax fiel; die Anleger flohen.\nGold stieg.";2025-01-28\n', encoding="utf-8"
    )
    (row,) = sources([str(path)], {"text": "Meldung", "id": "Nr"}).items()
    assert row.source.endswith("all.csv#7")
    assert row.document is not None
    assert row.document.text == "Der Dax fiel; die Anleger flohen.\nGold stieg."
    assert row.document.metadata.published == date(2025, 1, 28)
    with pytest.raises(InputError, match="Did you mean Meldung"):
        sources([str(path)], {"text": "Meldungen"})
    with pytest.raises(InputError, match="not known"):
        sources([str(path)], {"body": "Meldung"})


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("{broken", "no JSON"),
        ("[1]", "no JSON object"),
        ('{"text": " ", "date": "2025-01-28"}', "no text"),
        ('{"text": "Shares rose.", "date": "28.1."}', "date '28.1.' is none"),
    ],
)
def test_a_bad_row_is_that_row_s_failure(tmp_path: Path, row: str, what: str) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text(
        f'{{"text": "Gold fell.", "date": "2025-01-28"}}\n{row}\n{{"text": "Oil fell."}}\n', encoding="utf-8"
    )
    good, bad, other = sources([str(path)]).items()
    assert good.error is None is other.error
    assert bad.document is None
    assert what in str(bad.error)
    assert "all.jsonl#2" in str(bad.error)


def test_a_csv_row_with_too_many_cells_is_said(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text("text,date\nGold fell,2025-01-28,what\n", encoding="utf-8")
    (row,) = sources([str(path)]).items()
    assert "3 cells" in str(row.error)


def test_columns_without_a_table_are_an_error(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    with pytest.raises(InputError, match=r"no \.jsonl or \.csv"):
        sources([str(tmp_path / "a.txt")], {"text": "body"})


def test_a_folder_in_a_store_is_listed(tmp_path: Path) -> None:
    put(tmp_path, "b.md", "a.txt", "README.md", "prices.csv")
    address = tmp_path.as_uri()
    assert sources([address]).files == (f"{address}/a.txt", f"{address}/b.md")
    assert sources([f"{address}/a.txt"]).files == (f"{address}/a.txt",)
