"""``analyze data``: what it says at both widths, what it refuses, and what it leaves in the home folder."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from command import refused, run
from typer.testing import CliRunner

from analyzer.cli import app

HEAD = "Date,Open,High,Low,Close,Adj Close,Volume\n"
SOUND = (
    HEAD
    + "2025-01-24,148.37,148.97,141.88,142.62,142.58,234657600\n2025-01-27,124.8,128.4,116.7,118.42,118.39,818830900\n"
)
BAD = "date,close\n2025-01-24,142.62\n2025-01-27,?\n"


def data(*arguments: object, code: int = 0) -> Result:
    """``analyze data`` in this process; its exit code is asserted."""
    done = CliRunner().invoke(app, ["data", *map(str, arguments)])
    assert done.exit_code == code, (done.exit_code, done.stdout, done.stderr, done.exception)
    return done


def turned_down(*arguments: object, said: str, code: int = 2) -> None:
    done = data(*arguments, code=code)
    assert done.stdout == ""
    assert done.stderr.startswith("analyze: ")
    assert said in done.stderr


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def lying_in(folder: Path) -> list[str]:
    """Everything below a folder but its lock."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != ".lock")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A small folder of one's own: a share, an instrument that no catalogue has, and a note."""
    files = {
        "nvda.csv": SOUND,
        "prices/HOUSE.csv": "date,close\n2025-01-24,1\n2025-01-27,2.1\n",
        "README.md": "notes\n",
    }
    return write(tmp_path / "mine", files)


@pytest.fixture(params=["80", "160"])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("COLUMNS", request.param)
    return int(request.param)


def fits(text: str, width: int) -> bool:
    return all(len(line) <= width for line in text.splitlines())


# --- status and series ----------------------------------------------------------------------------------------------


def test_status_lists_the_sources_in_order_and_what_to_type(mine: Path, width: int, home: Path) -> None:
    out = data("status", "--data", mine).stdout
    lines = [line.split() for line in out.splitlines()]
    assert [line[0] for line in lines[2:4]] == ["mine", "facts"]
    assert lines[2][1:4] == ["2", "2025-01-24", "2025-01-27"]
    assert lines[3][1:4] == ["30", "1985-01-02", "2025-07-31"]
    assert f"{home}/market (nothing fetched or imported yet)" in out
    assert out.splitlines()[-1].startswith("Next: analyze data series")
    assert fits("\n".join(out.splitlines()[:4]), width)


def test_series_are_listed_with_the_source_that_serves_them(mine: Path, width: int) -> None:
    done = data("series", "--data", mine)
    rows = {line.split()[0]: line for line in done.stdout.splitlines()[2:]}
    assert fits(done.stdout, width)
    assert "mine" in rows["NVDA"]
    assert "facts" in rows["AAPL"]
    assert "mine" in rows["HOUSE"]
    assert ("XNYS" in rows["NVDA"]) is (width == 160)
    assert "have no data here; --all lists them" in done.stderr


def test_a_pattern_a_kind_and_a_source_narrow_the_list() -> None:
    found = json.loads(data("series", "nas", "--format", "json").stdout)
    assert [(row["symbol"], row["kind"], row["rows"]) for row in found] == [("^IXIC", "index", 9938)]
    found = list(csv.DictReader(io.StringIO(data("series", "--kind", "crypto", "-f", "csv").stdout)))
    assert [row["symbol"] for row in found] == ["BTC-USD"]
    assert data("series", "aapl", "--source", "facts").stdout.count("AAPL") == 1


def test_what_the_catalogue_knows_and_no_source_has_is_said_or_listed() -> None:
    done = data("series", "nikkei")
    assert (done.stdout, "^N225" in done.stderr) == ("", True)
    assert "analyze data update" in done.stderr
    assert "^N225" in data("series", "nikkei", "--all").stdout
    assert "No series fits 'qqqq'" in data("series", "qqqq").stderr


def test_unknown_kinds_and_sources_are_refused_with_those_that_there_are() -> None:
    turned_down("series", "--kind", "stock", said="There are: equity, index")
    turned_down("series", "--source", "moon", said="There is no source 'moon'. There are: facts.")


# --- show -----------------------------------------------------------------------------------------------------------


def test_a_series_is_shown_with_head_chart_extremes_and_return(width: int) -> None:
    out = data("show", "nvidia", "--from", "2025-01-02", "--to", "2025-01-31", "--rows", 2).stdout
    assert fits(out, width)
    assert out.startswith("Nvidia (NVDA)\nequity on XNYS, USD, close split adjusted\nsource facts (")
    rows = [line.split() for line in out.splitlines()]
    assert ["first", "2025-01-02", "138.31"] in rows
    assert ["lowest", "2025-01-27", "118.42"] in rows
    assert ["2025-01-31", "120.07"] in rows
    assert "Return −13.19 % from 2025-01-02 to 2025-01-31." in out
    assert out.splitlines()[-1] == "20 sessions, none missing."
    axis = next(line for line in out.splitlines() if "└" in line)
    assert width - 3 <= len(axis) <= width


def test_csv_and_json_hold_every_row() -> None:
    rows = list(csv.reader(io.StringIO(data("show", "AAPL", "--format", "csv").stdout)))
    assert rows[0] == ["date", "value"]
    assert len(rows) == 398
    shown = json.loads(data("show", "AAPL", "--from", "2025-07-30", "--format", "json").stdout)
    assert [row["date"] for row in shown["rows"]] == ["2025-07-30", "2025-07-31"]
    assert (shown["source"], shown["summary"]["sessions"]) == ("facts", 2)


def test_prices_as_traded_and_days_not_yet_seen() -> None:
    out = data("show", "NVDA", "--basis", "as_traded", "--as-of", "2024-05-24", "--format", "csv").stdout
    last = out.splitlines()[-1].split(",")
    assert last[0] == "2024-05-24"
    assert float(last[1]) == pytest.approx(1064.69, abs=0.01)


def test_rows_after_the_last_session_of_the_market_are_shown_too(tmp_path: Path) -> None:
    folder = write(tmp_path / "late", {"HOUSE.csv": "date,close\n2026-01-05,1\n2026-01-06,2\n"})
    assert data("show", "house", "--data", folder, "-f", "csv").stdout == "date,value\n2026-01-05,1.0\n2026-01-06,2.0\n"


def test_a_series_without_a_figure_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "empty", {"HOUSE.csv": "date,close\n2026-01-05,\n"})
    turned_down("show", "HOUSE", "--data", folder, said="HOUSE has no row.")


def test_a_name_of_a_file_cannot_steer_the_terminal(tmp_path: Path) -> None:
    folder = write(tmp_path / "odd", {"A\x1b[2JB.csv": SOUND, "C\x1b[2JD.csv": BAD})
    for done in (
        data("status", "--data", folder),
        data("series", "--data", folder),
        data("import", folder, "--skip-bad"),
    ):
        assert "\x1b[2J" not in done.stdout


def test_missing_sessions_are_counted_and_yields_move_in_points(tmp_path: Path) -> None:
    folder = write(tmp_path / "few", {"^TNX.csv": "date,close\n2025-01-21,4.57\n2025-01-24,4.63\n"})
    out = data("show", "^TNX", "--data", folder).stdout
    assert "+0.06 points from 2025-01-21 to 2025-01-24." in out
    assert "4 sessions, 2 of them without a row." in out


def test_a_terminal_without_braille_gets_ascii() -> None:
    ended = run("data", "show", "Dax", PYTHONIOENCODING="ascii", COLUMNS="80")
    assert (ended.code, ended.err) == (0, "")
    assert "*" in ended.out
    assert ended.out.isascii()
    chart = ended.out.split("\n\n")[1]
    assert "?" not in chart


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nvdia"], "Did you mean NVDA (Nvidia)?"),
        (["qqqqqqq"], "There is no series 'qqqqqqq'. analyze data series lists what there is."),
        (["nikkei"], "No source has ^N225 (Nikkei 225). Try: analyze data update ^N225, or --data FOLDER."),
        (["NVDA", "--from", "2025-02-01", "--to", "2025-01-01"], "--from 2025-02-01 is after --to 2025-01-01"),
        (["NVDA", "--from", "1. Mai"], "--from '1. Mai' is no day. Write it as YYYY-MM-DD."),
        (["NVDA", "--to", "2001-01-01"], "its rows are from 2018-01-05 to 2025-07-31"),
        (["NVDA", "--as-of", "2001-01-01"], "NVDA has no row that was known by 2001-01-01"),
        (["AAPL", "--field", "volume"], "AAPL has no volume split adjusted. There are: --field close --basis as_"),
        (["NVDA", "--data", "nowhere"], "nowhere is no folder"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_with_what_to_type(arguments: list[str], said: str) -> None:
    turned_down("show", *arguments, said=said)


def test_a_malformed_file_is_named_with_its_line(tmp_path: Path) -> None:
    folder = write(tmp_path / "broken", {"NVDA.csv": BAD, "META.csv": SOUND})
    turned_down("show", "NVDA", "--data", folder, said="NVDA.csv, line 3: '?' in column close is no number", code=3)
    assert "Meta Platforms (META)" in data("show", "META", "--data", folder).stdout


# --- check ----------------------------------------------------------------------------------------------------------


def test_findings_stand_by_kind_and_end_with_one_for_the_script(width: int) -> None:
    done = data("check", "^VIX", "TSLA", "AAPL", code=1)
    assert fits(done.stdout, width)
    assert done.stderr == ""
    assert [line for line in done.stdout.splitlines() if line.startswith(("missing", "stale"))] == [
        "missing sessions  sessions of the exchange without a row (3)",
        "stale tail  series that end before the others, or repeat their last close (1)",
    ]
    last = done.stdout.splitlines()[-1]
    assert last == "3 series looked at, 2 with findings: missing sessions 3, stale tail 1."


def test_nothing_found_ends_with_zero() -> None:
    assert data("check", "apple").stdout == "1 series looked at, nothing found.\n"
    assert json.loads(data("check", "AAPL", "--format", "json").stdout) == []
    assert data("check", "AAPL", "--format", "csv").stdout == "symbol,source,kind,what,first,last,detail\n"


def test_findings_for_machines_hold_everything(tmp_path: Path) -> None:
    folder = write(tmp_path / "jump", {"HOUSE.csv": "date,close\n2025-01-24,100\n2025-01-27,50\n", "META.csv": BAD})
    found = json.loads(data("check", "--source", "jump", "--data", folder, "-f", "json", code=1).stdout)
    assert [(f["symbol"], f["kind"], f["first"]) for f in found] == [
        ("HOUSE", "split_like", "2025-01-27"), ("META", "unreadable", None),
    ]  # fmt: skip
    assert "META.csv, line 3" in found[1]["what"]


def test_what_is_the_same_for_many_series_stands_once(tmp_path: Path) -> None:
    names = [f"T{i:02}" for i in range(9)]
    jump = "date,close\n2025-01-24,100\n2025-01-27,50\n"
    folder = write(tmp_path / "many", {f"{name}.csv": jump for name in names})
    out = data("check", "--source", "many", "--data", folder, code=1).stdout
    assert out.count("looks like a split of 2:1") == 1
    assert "T03" in out
    assert "T06" not in out
    assert out.endswith("9 series looked at, 9 with findings: split like 9.\n")


# --- import and forget ----------------------------------------------------------------------------------------------


def test_an_imported_folder_is_a_source_of_every_run(mine: Path, home: Path) -> None:
    out = data("import", mine).stdout
    assert out.splitlines()[:2] == [
        "mine: 2 series imported, from 2025-01-24 to 2025-01-27.", "not market data, not copied: README.md",
    ]  # fmt: skip
    assert lying_in(home / "market" / "imported") == ["mine/nvda.csv", "mine/prices/HOUSE.csv"]
    names = [line.split()[0] for line in data("status").stdout.splitlines()[2:4]]
    assert names == ["mine", "facts"]
    assert json.loads(data("show", "NVDA", "-f", "json").stdout)["source"] == "mine"
    by_hand = ("--symbol", "NVDA", "--session", "2025-01-27", "--stated", "minus 17 %", "--json")
    evidence = json.loads(run("check", "session_return", *by_hand, "--home", home).out)
    assert [used["source"] for used in evidence["data"] if used["symbol"] == "NVDA"] == ["mine"]


def test_a_folder_of_the_command_goes_before_an_imported_one(mine: Path, tmp_path: Path) -> None:
    data("import", mine, "--name", "kept")
    other = write(tmp_path / "other", {"NVDA.csv": SOUND})
    names = [line.split()[0] for line in data("status", "--data", other).stdout.splitlines()[2:5]]
    assert names == ["other", "kept", "facts"]


def test_a_name_that_is_taken_is_refused_and_replaced_when_asked(mine: Path, home: Path) -> None:
    data("import", mine)
    turned_down("import", mine, said="There is an imported folder 'mine' already. Add --replace")
    (mine / "nvda.csv").unlink()
    data("import", mine, "--replace")
    assert lying_in(home / "market" / "imported") == ["mine/prices/HOUSE.csv"]


@pytest.mark.parametrize("replace", [False, True], ids=["new", "in-the-place-of-another"])
def test_a_half_broken_folder_leaves_nothing_behind(mine: Path, home: Path, replace: bool) -> None:
    if replace:
        data("import", mine)
    before = lying_in(home) if home.exists() else []
    write(mine, {"prices/META.csv": BAD, "reference/splits.csv": "symbol,ex_date,new_shares_per_old\nNVDA,?,10\n"})
    done = data("import", mine, *(["--replace"] if replace else []), code=2)
    assert done.stdout == ""
    assert "META.csv, line 3: '?' in column close" in done.stderr
    assert "splits.csv, line 2: '?' in column ex_date" in done.stderr
    assert "Nothing was imported: 2 of 4 files cannot be read. --skip-bad leaves them out." in done.stderr
    assert (lying_in(home) if home.exists() else []) == before


def test_bad_files_are_left_out_when_asked_and_named(mine: Path, home: Path) -> None:
    write(mine, {"prices/META.csv": BAD, "prices/EMPTY.csv": "date,close\n"})
    done = data("import", mine, "--skip-bad", "--name", "some")
    assert "skipped: prices/EMPTY.csv\nskipped: prices/META.csv\n" in done.stdout
    assert "EMPTY.csv has no row" in done.stderr
    assert lying_in(home / "market" / "imported") == ["some/nvda.csv", "some/prices/HOUSE.csv"]


def test_a_copy_that_fails_on_the_way_leaves_what_was_there(
    mine: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills up at the second file."""
    import shutil

    data("import", mine)
    copied, whole = [], shutil.copyfile

    def full(source: Path, target: Path) -> Any:
        if copied:
            raise OSError(28, "No space left on device")
        copied.append(source)
        return whole(source, target)

    monkeypatch.setattr(shutil, "copyfile", full)
    turned_down("import", mine, "--replace", said="cannot be written: No space left on device. Choose another --home.")
    assert lying_in(home / "market" / "imported") == ["mine/nvda.csv", "mine/prices/HOUSE.csv"]


def test_findings_are_summed_up_and_the_next_word_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "jump", {"HOUSE.csv": "date,close\n2025-01-24,100\n2025-01-27,50\n"})
    out = data("import", folder).stdout
    assert "integrity: split like 1.\n" in out
    assert out.endswith("Next: analyze data check --source jump names what was found.\n")


@pytest.mark.parametrize(
    ("name", "said"), [("facts", "is the name of another source"), ("a/b", "is no name"), ("..", "is no name")]
)
def test_names_that_are_none_are_refused(mine: Path, home: Path, name: str, said: str) -> None:
    turned_down("import", mine, "--name", name, said=said)
    assert not home.exists()


def test_a_folder_without_data_is_refused(tmp_path: Path, home: Path) -> None:
    turned_down("import", tmp_path / "gone", said="gone is no folder")
    turned_down("import", write(tmp_path / "notes", {"a.md": "x"}), said="notes holds no market data")
    only_bad = write(tmp_path / "bad", {"NVDA.csv": BAD})
    turned_down("import", only_bad, "--skip-bad", said="no series of")
    assert not home.exists()


def test_a_home_that_cannot_be_written_is_refused(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    ended = run("data", "import", mine, "--home", tmp_path / "file")
    refused(ended, "cannot be written", "Choose another --home.")


def test_an_imported_folder_is_forgotten(mine: Path, home: Path) -> None:
    data("import", mine)
    assert data("forget", "mine").stdout == "mine is removed.\n"
    assert lying_in(home / "market") == []
    assert "imported  none" in data("status").stdout
    turned_down("forget", "mine", said="There is no imported folder 'mine'. There are: none.")


# --- update ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A service with CSV files on loopback, the only provider; what it was asked for. It does not know "^dji"."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = b"No data" if "dji" in self.path else b"Date,Close\n2024-06-06,2\n2024-06-07,3\n"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the suite's output is for its failures."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    monkeypatch.setenv("ANALYZER_STOOQ_URL", f"http://127.0.0.1:{server.server_address[1]}/{{symbol}}")
    monkeypatch.setenv("ANALYZER_SOURCES", '["folders", "imported", "stooq", "facts"]')
    yield asked
    server.shutdown()
    server.server_close()
    thread.join()


def outcomes(out: str) -> dict[str, str]:
    cells = [line.split() for line in out.splitlines()[2:]]
    return {row[0]: next(word for word in row if word in ("new", "updated", "unchanged", "failed")) for row in cells}


def test_named_series_are_fetched_and_are_there_for_every_run(service: list[str]) -> None:
    out = data("update", "nikkei", "^DAX0", "^GSPC", code=3).stdout
    assert outcomes(out) == {"^N225": "new", "^DAX0": "failed", "^GSPC": "new"}
    assert service == ["/^nkx", "/^spx"]
    assert json.loads(data("show", "nikkei", "-f", "json").stdout)["source"] == "stooq"
    status = data("status").stdout.splitlines()
    assert [line.split()[0] for line in status[2:4]] == ["stooq", "facts"]
    assert status[2].split()[4].startswith("20")


def test_all_is_what_was_fetched_before(service: list[str]) -> None:
    turned_down("update", "--all", said="Nothing was fetched before. Name symbols: analyze data update NVDA ^VIX")
    data("update", "^N225")
    assert outcomes(data("update", "--all").stdout) == {"^N225": "unchanged"}


def test_one_that_fails_does_not_stop_the_others(service: list[str]) -> None:
    done = data("update", "^DJI", "^N225", code=3)
    assert outcomes(done.stdout) == {"^DJI": "failed", "^N225": "new"}
    assert done.stderr.startswith("analyze: ^DJI: ")
    assert "no data" in done.stderr


def test_an_update_without_a_symbol_or_with_an_unknown_provider_is_refused(service: list[str]) -> None:
    turned_down("update", said="No symbol is named. Name symbols: analyze data update NVDA ^VIX")
    turned_down("update", "^N225", "--source", "moon", said="There is no provider 'moon' in the settings")
    assert service == []


# --- the word itself ------------------------------------------------------------------------------------------------


def test_every_word_of_data_has_its_help_and_a_misspelt_one_is_refused() -> None:
    ended = run("data", "--help")
    words = [line.split()[0] for line in ended.out.split("Commands:\n")[1].splitlines()]
    assert words == ["status", "series", "show", "check", "import", "forget", "update"]
    assert "..." not in ended.out.split("Commands:\n")[1]
    refused(run("data", "chek"), "No such command 'chek'")
    refused(run("dat"), "Did you mean data?")
