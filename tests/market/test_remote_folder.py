"""A folder of market data at an address: a copy of one moment, made again only where something changed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fsspec
import pytest

from analyzer.config import load
from analyzer.errors import ConfigError, DataError
from analyzer.market import remote
from analyzer.market.folder import FolderSource
from analyzer.market.instruments import load_catalogue
from analyzer.market.opening import folders_read, open_sources, sources_of
from analyzer.market.remote import RemoteSource

ADDRESS = "memory://bucket/market"
FILES = {
    "prices/NVDA.csv": b"date,close\n2025-01-24,142.62\n2025-01-27,118.42\n",
    "macro/CPI.csv": b"date,value\n2025-01-01,317.67\n",
    "QQQ.csv": b"Date,Close\n2025-01-24,530.0\n2025-01-27,514.0\n",
    "reference/splits.csv": b"symbol,ex_date,new_shares_per_old\nNVDA,2024-06-10,10\n",
    "SOURCES.csv": b"symbol,source\nNVDA,mine\n",
}
OTHERS = {"notes.txt": b"not data", "archive/OLD.csv": b"date,close\n2020-01-02,1\n"}


@pytest.fixture
def bucket() -> Iterator[fsspec.AbstractFileSystem]:
    store = fsspec.filesystem("memory")
    store.pipe({f"/bucket/market/{name}": content for name, content in {**FILES, **OTHERS}.items()})
    yield store
    store.store.clear()
    store.pseudo_dirs[:] = [""]


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were fetched, as they are."""
    names: list[str] = []
    real = remote.fetch

    def noting(address: str, files: dict[str, Path]) -> None:
        names.extend(files)
        real(address, files)

    monkeypatch.setattr(remote, "fetch", noting)
    return names


def test_it_holds_what_the_same_folder_holds_here(
    bucket: fsspec.AbstractFileSystem, home: Path, tmp_path: Path
) -> None:
    here = tmp_path / "market"
    for name, content in FILES.items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_bytes(content)
    source, local = RemoteSource(ADDRESS + "/", home), FolderSource(here)
    assert source.symbols() == local.symbols() == {"NVDA", "CPI", "QQQ"}
    assert source.name == local.name == "market"
    assert source.identity() == local.identity()
    assert (source.splits(), source.span("NVDA")) == (local.splits(), local.span("NVDA"))
    loaded, expected = source.load("NVDA"), local.load("NVDA")
    assert loaded is not None
    assert expected is not None
    assert (loaded.sha256, loaded.source, list(loaded.columns["close"])) == (expected.sha256, "mine", [142.62, 118.42])


def test_only_files_of_series_are_fetched_and_each_once(
    bucket: fsspec.AbstractFileSystem, home: Path, fetched: list[str]
) -> None:
    RemoteSource(ADDRESS, home)
    assert sorted(fetched) == sorted(FILES)
    again = RemoteSource(ADDRESS, home)
    assert len(fetched) == len(FILES)
    assert again.load("QQQ") is not None


def test_what_changed_is_fetched_and_a_run_reads_on_in_the_copy_that_it_began_with(
    bucket: fsspec.AbstractFileSystem, home: Path, fetched: list[str]
) -> None:
    before = RemoteSource(ADDRESS, home)
    fetched.clear()
    bucket.pipe("/bucket/market/prices/NVDA.csv", b"date,close\n2025-01-27,118.42\n2025-01-28,128.99\n")
    bucket.pipe("/bucket/market/prices/AVGO.csv", b"date,close\n2025-01-27,202.13\n")
    bucket.rm("/bucket/market/QQQ.csv")
    after = RemoteSource(ADDRESS, home)
    assert sorted(fetched) == ["prices/AVGO.csv", "prices/NVDA.csv"]
    assert after.symbols() == {"NVDA", "CPI", "AVGO"}
    assert before.identity() != after.identity()
    for source, last in ((before, 118.42), (after, 128.99)):
        loaded = source.load("NVDA")
        assert loaded is not None
        assert loaded.columns["close"][-1] == last
    assert before.load("QQQ") is not None


def test_several_that_open_it_at_once_fetch_it_once(
    bucket: fsspec.AbstractFileSystem, home: Path, fetched: list[str]
) -> None:
    with ThreadPoolExecutor(4) as pool:
        sources = list(pool.map(lambda _: RemoteSource(ADDRESS, home), range(4)))
    assert len(fetched) == len(FILES)
    assert len({source.identity() for source in sources}) == 1
    assert all(source.load("NVDA") is not None for source in sources)


def test_two_copies_are_kept(bucket: fsspec.AbstractFileSystem, home: Path) -> None:
    for close in range(5):
        bucket.pipe("/bucket/market/prices/NVDA.csv", f"date,close\n2025-01-27,{close + 1}\n".encode())
        RemoteSource(ADDRESS, home)
    copies = [path for path in (home / remote.REMOTE).glob("*/*") if path.is_dir()]
    assert len(copies) == 2


def test_a_copy_that_breaks_off_is_none(
    bucket: fsspec.AbstractFileSystem, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(address: str, files: dict[str, Path]) -> None:
        next(iter(files.values())).write_bytes(b"half")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(remote, "fetch", breaking)
        with pytest.raises(KeyboardInterrupt):
            RemoteSource(ADDRESS, home)
    assert [path for path in (home / remote.REMOTE).glob("*/*") if path.is_dir()] == []
    (killed,) = (home / remote.REMOTE).glob("*")
    (killed / ".part123").mkdir()
    assert RemoteSource(ADDRESS, home).load("NVDA") is not None
    assert list(killed.glob(".part*")) == []


def test_a_broken_file_is_told_by_its_address(bucket: fsspec.AbstractFileSystem, home: Path) -> None:
    bucket.pipe("/bucket/market/prices/NVDA.csv", b"date,close\n2025-01-27,many\n")
    with pytest.raises(DataError, match=rf"{ADDRESS}/prices/NVDA.csv, line 2: 'many'"):
        RemoteSource(ADDRESS, home).load("NVDA")


@pytest.mark.parametrize("address", ["memory://nothing", "memory://bucket/market/archive/deeper"])
def test_an_address_without_market_data_is_a_setting_to_mend(
    bucket: fsspec.AbstractFileSystem, home: Path, address: str
) -> None:
    with pytest.raises(ConfigError, match=f"{address} holds no market data"):
        RemoteSource(address, home)


def test_a_home_that_cannot_be_written_is_named(bucket: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="Choose another --home"):
        RemoteSource(ADDRESS, tmp_path / "file")


def test_the_settings_name_addresses_beside_paths(
    bucket: fsspec.AbstractFileSystem, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "GLD.csv").write_text("date,close\n2025-01-27,252.6\n", encoding="utf-8")
    settings = load(data=(ADDRESS, tmp_path / "mine", f"file://{tmp_path}/mine"), sources=("folders",))
    sources = sources_of(settings, load_catalogue(), [])
    assert [source.name for source in sources] == ["market", "mine", "mine"]
    assert folders_read(settings) == (ADDRESS, *[str((tmp_path / "mine").resolve())] * 2)
    market = open_sources(settings, load_catalogue())
    assert market.open(None).last_session("NVDA") is not None
