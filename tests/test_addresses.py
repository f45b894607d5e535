"""Articles and folders at an address, and what is not opened."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from command import ENGLISH, refused, run

from analyzer import addresses
from analyzer.addresses import fetch, list_files, local_path, read_start, scheme
from analyzer.errors import ConfigError, InputError
from analyzer.text.documents import read_document


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    store = fsspec.filesystem("memory")
    yield store
    store.store.clear()
    store.pseudo_dirs[:] = [""]


def test_an_article_at_an_address_is_read_like_a_file(memory: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    page = "---\ntitle: Der Dax\n---\nDer Dax fiel."
    memory.pipe("/bucket/a b/article.md", page.encode())
    (tmp_path / "article.md").write_text(page, encoding="utf-8")
    for source in ("memory://bucket/a b/article.md", f"file://{tmp_path}/article.md", f"FILE://{tmp_path}/article.md"):
        document = read_document(source, max_bytes=1000)
        assert (document.text, document.metadata.title, document.source) == ("Der Dax fiel.", "Der Dax", source)


def test_no_more_is_read_than_an_article_may_have(memory: fsspec.AbstractFileSystem) -> None:
    memory.pipe("/bucket/long.txt", b"x" * 1001)
    assert read_start("memory://bucket/long.txt", 10) == b"x" * 10
    with pytest.raises(InputError, match="more than 1,000 bytes") as caught:
        read_document("memory://bucket/long.txt", max_bytes=1000)
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    ("source", "code"),
    [("memory://bucket/gone.txt", "not_found"), ("memory://bucket", "is_folder"), ("memory://bucket/empty", "empty")],
)
def test_what_cannot_be_read_at_an_address_is_told_by_it(
    memory: fsspec.AbstractFileSystem, source: str, code: str
) -> None:
    memory.pipe("/bucket/empty", b"")
    with pytest.raises(InputError, match=source) as caught:
        read_document(source, max_bytes=1000)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "address",
    [
        "ftp://127.0.0.1/article.txt", "sftp://host/article.txt", "webhdfs://host:1/a", "smb://host/a", "github://a:b@/c",
        "simplecache::http://127.0.0.1/a", "s3://bucket/a::http://127.0.0.1/a", "memory://a::http://127.0.0.1/a",
        "zip://a.txt::http://127.0.0.1/a", "reference://a", "nothing://a",
    ],
)  # fmt: skip
def test_an_address_that_may_lead_into_the_network_is_not_opened(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fsspec, "url_to_fs", lambda *given: pytest.fail("it was opened"))
    with pytest.raises(ConfigError, match="is no address that can be read") as caught:
        read_document(address, max_bytes=1000)
    assert caught.value.exit_code == 2


def test_a_page_of_the_web_is_no_address_of_a_store() -> None:
    for page in ("http://127.0.0.1/a.html", "HTTPS://example.org/a.html"):
        assert not addresses.is_address(page)
        with pytest.raises(ConfigError, match="no address"):
            addresses.open_store(page)


def test_a_store_whose_package_is_absent_names_it() -> None:
    absent = [(kind, package) for kind, package in addresses.STORES.items() if package]
    absent = [(kind, package) for kind, package in absent if importlib.util.find_spec(package) is None]
    assert ("gs", "gcsfs") in absent
    for kind, package in absent:
        with pytest.raises(ConfigError, match=f"Try: pip install {package}") as caught:
            read_document(f"{kind}://bucket/article.txt", max_bytes=1000)
        assert caught.value.code == "missing_extra"


@pytest.mark.parametrize(
    ("place", "expected"),
    [("a.txt", None), ("./s3://x", None), ("C:\\a.txt", None), ("s3://b/a", "s3"), ("S3://b/a", "s3"), ("-", None)],
)
def test_what_stands_before_an_address(place: str, expected: str | None) -> None:
    assert scheme(place) == expected


def test_local_paths_and_addresses_elsewhere(tmp_path: Path) -> None:
    assert local_path(f"file://{tmp_path}/market") == tmp_path / "market"
    assert local_path(str(tmp_path)) == tmp_path
    assert local_path("memory://bucket") is None


def test_files_are_listed_with_what_marks_their_version_and_copied(
    memory: fsspec.AbstractFileSystem, tmp_path: Path
) -> None:
    memory.pipe({"/b/a.csv": b"1", "/b/prices/b.csv": b"2", "/b/other/c.csv": b"3"})
    first = list_files("memory://b", ("", "prices", "macro"))
    assert set(first) == {"a.csv", "prices/b.csv"}
    assert list_files("memory://b", ("", "prices")) == first
    memory.pipe("/b/a.csv", b"4")
    second = list_files("memory://b", ("", "prices"))
    assert [second[name] == mark for name, mark in first.items()] == [False, True]
    fetch("memory://b", {"a.csv": tmp_path / "x" / "a.csv", "prices/b.csv": tmp_path / "y.csv"})
    assert ((tmp_path / "x" / "a.csv").read_bytes(), (tmp_path / "y.csv").read_bytes()) == (b"4", b"2")


@pytest.mark.slow
def test_the_command_line_reads_an_address_and_turns_others_down(tmp_path: Path) -> None:
    article, home = tmp_path / "article.txt", tmp_path / "home"
    article.write_text(ENGLISH, encoding="utf-8")
    done = run(f"file://{article}", "--home", home, "-f", "csv")
    assert done.code == 0, done.err
    assert "Nvidia fell 17 percent" in done.out
    refused(run("gs://bucket/a.txt", "--home", home), "gs://bucket/a.txt needs the package gcsfs", "pip install gcsfs")
    refused(run("ftp://host/a.txt", "--home", home), "is no address that can be read", "s3://")
    refused(run(article, "--data", "https://host/market", "--home", home), "Download its files")
    refused(run(article, "--data", "ftp://host/market", "--home", home), "is no address that can be read")
    refused(run("memory://bucket/a.txt", "--home", home), "No such file: memory://bucket/a.txt")


def test_the_lines_that_recompute_keep_an_address_as_it_is() -> None:
    from analyzer.model import MarketUsed
    from analyzer.report.explain import _opened

    long = "s3://bucket/" + "market/" * 20
    lines = list(_opened(MarketUsed(sources=("facts",), folders=("s3://bucket/market", long, "/data/mine"))))
    found: dict[str, tuple[object, ...]] = {}
    exec("\n".join(lines[:-1]), {"Path": Path}, found)
    assert found["data"] == ("s3://bucket/market", long, Path("/data/mine"))
