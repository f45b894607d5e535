"""Input, settings, endpoints, disks and stores that are not as they should be: a clear message, the designed exit code,
no traceback, and a ledger that is whole afterwards."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command import ENGLISH, QUIET, ROOT, Ended, counts, refused, run
from fake_openai import Answer, FakeOpenAI, closed_url
from filelock import FileLock

FRENCH = (
    "Les marchés ont fortement chuté lundi. Les investisseurs craignent une bulle spéculative, et les valeurs "
    "technologiques perdent du terrain depuis plusieurs jours, selon les analystes de la banque.\n"
)
KEY = "not-a-key-of-anybody"
FULL = Path("/dev/full")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ENGLISH, encoding="utf-8")
    return path


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    """A text without any claim, which costs the least."""
    path = tmp_path / "quiet.txt"
    path.write_text(QUIET, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one article in it. Tests work on copies."""
    folder = tmp_path_factory.mktemp("recorded")
    (folder / "first.txt").write_text(ENGLISH, encoding="utf-8")
    assert run(folder / "first.txt", "--home", folder / "home").code == 0
    return folder / "home"


@pytest.fixture
def used(recorded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(recorded, tmp_path / "used"))


def test_a_file_of_decisions_that_cannot_be_read_is_named_once(used: Path, tmp_path: Path) -> None:
    lost, other = tmp_path / "lost.jsonl", tmp_path / "other.jsonl"
    other.write_bytes(b"\x80")
    refused(run("review", "import", lost, "--home", used), f"{lost} cannot be read: No such file or directory. Give")
    refused(run("review", "import", other, "--home", used), "it is not text in UTF-8 (byte 0)")


def test_a_wrong_model_is_refused_before_anything_is_said_to_read(quiet: Path, tmp_path: Path) -> None:
    ended = run(quiet, "--model", "gpt", "--home", tmp_path / "home")
    refused(ended, "openai:gpt-5-mini")
    assert "Reading with" not in ended.err


# --- the article ----------------------------------------------------------------------------------------------------


BAD_FILES = {
    "empty": (b"", "no text"),
    "white space only": (b" \n\t\r\n \n", "no text"),
    "binary": (random.Random(7).randbytes(4000), "binary data"),
    "a broken PDF": (b"%PDF-1.7\n" + random.Random(7).randbytes(500), "PDF"),
    "an archive": (b"PK\x03\x04" + bytes(100), "archive"),
    "an image": (b"\x89PNG\r\n\x1a\n" + bytes(100), "image"),
    "French": (FRENCH.encode(), "French"),
}


@pytest.mark.parametrize(("raw", "said"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_file_that_is_no_article_is_refused(tmp_path: Path, raw: bytes, said: str) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(raw)
    refused(run(path, "--home", tmp_path / "home"), said)
    assert not (tmp_path / "home").exists()


def test_standard_input_without_a_word_is_refused(tmp_path: Path) -> None:
    refused(run("-", "--home", tmp_path / "home"), "standard input has no text")


def test_a_file_of_50_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    refused(run(path, "--home", tmp_path / "home"), "50,000,000 bytes", "ANALYZER_MAX_BYTES")


def test_a_text_without_a_claim_is_a_result_and_says_so(quiet: Path, tmp_path: Path) -> None:
    ended = run(quiet, "--home", tmp_path / "home", "--fail-on", "refuted")
    assert ended.code == 0
    assert "No claim was found in this text." in ended.out
    assert counts(tmp_path / "home") == {"articles": 1, "runs": 1, "claims": 0, "failures": 0}


# --- names and options ----------------------------------------------------------------------------------------------


def test_an_unknown_file_is_named_with_the_nearest_one(quiet: Path) -> None:
    refused(run("quite.txt", cwd=quiet.parent), "quite.txt", "Did you mean quiet.txt?")


def test_a_misspelt_word_gets_the_word(tmp_path: Path) -> None:
    refused(run("shw", cwd=tmp_path), "shw", "Did you mean show?")


def test_an_address_is_refused_with_the_way_round(tmp_path: Path) -> None:
    refused(run("https://example.org/comment.html", cwd=tmp_path), "save the page as .html")


def test_a_folder_without_an_article_is_refused(tmp_path: Path) -> None:
    refused(run(tmp_path), "holds no article")


def test_a_name_longer_than_the_system_allows_is_an_unknown_file(tmp_path: Path) -> None:
    refused(run("x" * 300 + ".txt", cwd=tmp_path), "xxx")


def test_a_file_name_that_is_no_text_is_read_or_refused_but_never_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"bad\xff.txt")
    path.write_text(QUIET)
    ended = run(path, "--home", tmp_path / "home")
    assert "Traceback" not in ended.err
    assert ended.code in (0, 2)


BAD_OPTIONS = {
    "a date in German order": (("--date", "28.01.2025"), "YYYY-MM-DD"),
    "a date that does not exist": (("--as-of", "2025-02-30"), "--as-of"),
    "an unknown label": (("--fail-on", "wrong"), "not_checkable"),
    "an unknown option": (("--nonsense",), "--nonsense"),
    "an unknown format": (("--format", "xml"), "html"),
    "an unknown language": (("--language", "fr"), "--language de"),
    "an unknown folder of data": (("--data", "nowhere"), "nowhere"),
    "an unknown catalogue": (("--catalogue", "nowhere.yaml"), "nowhere.yaml"),
    "an unknown provider": (("--model", "nonsense:x"), "nonsense"),
    "a model without provider": (("--model", "gpt"), "provider:name"),
    "a model without key": (("--model", "openai:tester"), "OPENAI_API_KEY"),
}


@pytest.mark.parametrize(("options", "said"), BAD_OPTIONS.values(), ids=BAD_OPTIONS.keys())
def test_a_wrong_option_is_refused_with_what_to_write(
    quiet: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    refused(run(quiet, *options, "--home", tmp_path / "home"), said)


BAD_CHECKS = {
    "an unknown page": (("checks", "nonsense"), "session_return"),
    "an unknown check": (("check", "nonsense"), "session_return"),
    "an unknown parameter": (("check", "session_return", "--symbols", "NVDA"), "--symbol "),
    "a parameter without value": (("check", "session_return", "--symbol"), "--symbol wants a value"),
    "a file of a parameter that is not there": (
        ("check", "forecast_comparison", "--forecasts", "@none"),
        "none cannot be",
    ),
    "a missing parameter": (("check", "session_return", "--symbol", "NVDA"), "session"),
    "a wrong day": (("check", "session_return", "--symbol", "NVDA", "--session", "27.1."), "session"),
    "a wrong figure": (("check", "session_return", "--stated", "very much"), "very much"),
    "a wrong as-of": (("check", "session_return", "--as-of", "now"), "YYYY-MM-DD"),
    "an unknown claim": (("explain", "abc"), "analyze claims"),
    "an unknown article": (("show", "abc"), "analyze FILE"),
}


@pytest.mark.parametrize(("words", "said"), BAD_CHECKS.values(), ids=BAD_CHECKS.keys())
def test_a_wrong_name_or_parameter_is_refused_with_the_right_ones(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    refused(run(*words, ANALYZER_HOME=str(tmp_path / "home")), said)


def test_an_unknown_symbol_is_missing_data_and_no_failure(tmp_path: Path) -> None:
    words = ("check", "session_return", "--symbol", "NVDAX", "--session", "2025-01-27", "--direction", "up")
    ended = run(*words, "--home", tmp_path / "home")
    assert ended.code == 0
    assert "no data" in ended.out
    assert "--data FOLDER" in ended.out


# --- settings -------------------------------------------------------------------------------------------------------


BAD_SETTINGS = {
    "an unknown key": ('modell = "x"', "modell"),
    "a wrong type": ("timeout_s = -1", "timeout_s"),
    "no TOML": ("model = [", "analyzer.toml"),
    "no text": ("\udcff\udcfe", "analyzer.toml"),
}


@pytest.mark.parametrize(("text", "said"), BAD_SETTINGS.values(), ids=BAD_SETTINGS.keys())
def test_a_wrong_settings_file_is_named(quiet: Path, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "analyzer.toml").write_bytes(text.encode(errors="surrogateescape"))
    refused(run(quiet, "--home", tmp_path / "home", cwd=tmp_path), said, "analyzer.toml")


@pytest.mark.parametrize("how", ["option", "variable"])
def test_the_settings_of_the_home_folder_are_read_however_it_is_named(quiet: Path, tmp_path: Path, how: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").write_text('modell = "x"')
    ended = run(quiet, "--home", home) if how == "option" else run(quiet, ANALYZER_HOME=str(home))
    refused(ended, "modell", "config.toml")


def test_a_misspelt_variable_never_passes_unseen(quiet: Path, tmp_path: Path) -> None:
    refused(run(quiet, "--home", tmp_path / "home", ANALYZER_MODLE="rules"), "ANALYZER_MODLE")


# --- endpoints ------------------------------------------------------------------------------------------------------


def ask(article: Path, home: Path, url: str, model: str = "openai:tester") -> Ended:
    """A run with a model; stdout is the table."""
    return run(article, "--home", home, "--model", model, ANALYZER_BASE_URL=url, ANALYZER_API_KEY=KEY)


def failed(ended: Ended, home: Path, *said: str) -> None:
    """Exit code 3, the failure in the table and in the ledger, no key anywhere, no verdict made of it."""
    assert ended.code == 3, ended.err
    assert "No claims: the extraction failed" in ended.out
    flat = " ".join(ended.out.split())
    for words in said:
        assert words in flat, flat
    assert KEY not in ended.out + ended.err
    assert "Traceback" not in ended.err
    assert counts(home) == {"articles": 1, "runs": 1, "claims": 0, "failures": 1}
    assert KEY.encode() not in b"".join(p.read_bytes() for p in home.rglob("*") if p.is_file())


def test_a_wrong_key_fails_the_run_and_is_never_shown(article: Path, tmp_path: Path) -> None:
    with FakeOpenAI(key="another") as server:
        ended = ask(article, tmp_path / "home", server.url)
    failed(ended, tmp_path / "home", "unauthorised", "127.0.0.1")


def test_a_model_that_the_endpoint_does_not_know_is_named(article: Path, tmp_path: Path) -> None:
    with FakeOpenAI(models=("other",)) as server:
        ended = ask(article, tmp_path / "home", server.url)
    failed(ended, tmp_path / "home", "unknown_model", "tester")


def test_an_endpoint_that_is_down_fails_the_run_and_costs_no_later_one(article: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    failed(ask(article, home, closed_url()), home, "endpoint_down", "ANALYZER_BASE_URL")
    assert run(article, "--home", home).code == 0
    assert counts(home)["runs"] == 2
    assert "−16.97 %" in run("show", "--home", home).out


@pytest.mark.parametrize("answer", [Answer("I am no JSON."), Answer(body="<html>hello</html>")], ids=["prose", "page"])
def test_an_endpoint_that_answers_rubbish_fails_the_run(article: Path, tmp_path: Path, answer: Answer) -> None:
    with FakeOpenAI() as server:
        server.answers("extract", answer).answers("repair", answer)
        ended = ask(article, tmp_path / "home", server.url)
    failed(ended, tmp_path / "home", "bad_reply")


def test_a_model_proposes_and_code_judges(article: Path, tmp_path: Path) -> None:
    """A falsified quote is refused and shown; a true one is judged from data, whatever the model thinks of it."""
    claim = {
        "quote": "Apple lost 17 percent on 27 January 2025", "statement": "Apple lost 17 percent on 27 January 2025.",
        "kind": "quantitative_move", "cited": None, "modality": "asserted", "checkable": "yes", "why_not": None,
    }  # fmt: skip
    false = {**claim, "quote": "Apple lost 18 percent on 27 January 2025"}
    home = tmp_path / "home"
    with FakeOpenAI() as server:
        server.answers("extract", {"claims": [claim, false]}).answers("repair", {"claims": [false]})
        server.answers("bind", {"trials": []})
        ended = ask(article, home, server.url)
    assert ended.code == 0, ended.err + ended.out
    assert "read with openai:tester" in " ".join(ended.out.split())
    assert "✗ refuted" in ended.out
    assert "refused" in ended.out
    assert counts(home)["claims"] == 1


INTERRUPTIBLE = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("analyzer", run_name="__main__")
"""
"""The program, also where the tests run in the background of a shell, which has its children ignore the signal."""


def test_an_interrupt_ends_with_130_and_leaves_no_half_article(article: Path, tmp_path: Path) -> None:
    """The model's server keeps the program waiting, so that the signal meets it in the middle of its work."""
    home = tmp_path / "home"
    with FakeOpenAI() as server:
        server.answers("extract", Answer("{}", delay_s=60))
        command = [sys.executable, "-c", INTERRUPTIBLE, str(article), "--home", str(home), "--model", "openai:tester"]
        settings = {"ANALYZER_BASE_URL": server.url, "ANALYZER_API_KEY": KEY, "PYTHONPATH": str(ROOT)}
        environment = {**os.environ, **settings}
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
            try:
                while not server.calls() and process.poll() is None:
                    server.wait(0.05)
                process.send_signal(signal.SIGINT)
                _, err = process.communicate(timeout=10)
            finally:
                process.kill()
    assert process.returncode == 130
    assert "Interrupted." in err
    assert "Traceback" not in err
    assert counts(home)["articles"] == 0


# --- home folders and disks ------------------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """``disk("size=1m")``: a file system of its own, mounted again with other options when it is asked again."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = False

    def mount(options: str) -> Path:
        nonlocal mounted
        again = ["mount", "-o", f"remount,{options}", str(folder)]
        command = again if mounted else ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
        if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
            pytest.skip("mounting a small file system needs the superuser")
        mounted = True
        return folder

    yield mount
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_home_that_is_a_file_or_lies_in_one_is_refused(quiet: Path) -> None:
    for home in (quiet, quiet / "home"):
        refused(run(quiet, "--home", home), "is, or lies in, a file", "--home")


def test_usage_speaks_of_the_main_job_as_people_type_it(quiet: Path) -> None:
    ended = run(quiet, "--nonsense")
    assert ended.code == 2
    assert ended.err.startswith("Usage: analyze [OPTIONS]")
    assert "analyze run" not in ended.err


def test_a_home_on_a_read_only_disk_is_said_before_the_work(
    quiet: Path, recorded: Path, disk: Callable[[str], Path]
) -> None:
    old = Path(shutil.copytree(recorded, disk("size=40m") / "old"))
    disk("ro")
    refused(run(quiet, "--home", old.parent / "new"), "--home", code=3)
    refused(run(quiet, "--home", old), str(old), "--home", code=3)


def test_a_ledger_on_a_read_only_disk_is_read(recorded: Path, disk: Callable[[str], Path]) -> None:
    old = Path(shutil.copytree(recorded, disk("size=40m") / "old"))
    disk("ro")
    for words in (["show"], ["claims"]):
        ended = run(*words, "--home", old)
        assert (ended.code, "refuted" in ended.out) == (0, True), ended.err


@pytest.mark.skipif(not FULL.exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("words", [["show"], ["show", "--format", "json"], ["claims"], ["checks"]])
def test_a_full_disk_behind_the_output_is_named(recorded: Path, words: list[str]) -> None:
    command = [sys.executable, "-m", "analyzer", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ANALYZER_HOME": str(recorded)}
    with FULL.open("wb") as full:
        ended = subprocess.run(command, env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 3
    assert "the output could not be written: No space left on device" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_out_writes_into_a_pipe_and_behind_a_link_and_never_replaces_them(recorded: Path, tmp_path: Path) -> None:
    pipe, link, real = tmp_path / "pipe", tmp_path / "link.json", tmp_path / "real.json"
    real.write_text("old")
    link.symlink_to(real)
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        assert run("show", "--format", "json", "--out", pipe, "--home", recorded).code == 0
        out, _ = reader.communicate(timeout=10)
    assert out.startswith("{")
    assert pipe.is_fifo()
    assert run("show", "--format", "json", "--out", link, "--home", recorded).code == 0
    assert link.is_symlink()
    assert real.read_text().startswith("{")


@pytest.mark.slow
@pytest.mark.parametrize("free", ["0k", "64k", "400k"])
def test_a_full_disk_is_named_and_what_was_recorded_stays(
    recorded: Path, tmp_path: Path, disk: Callable[[str], Path], free: str
) -> None:
    """Space runs out at once, in the ledger, or in the index."""
    home = Path(shutil.copytree(recorded, disk("size=40m") / "home"))
    before = counts(home)
    with (home.parent / "ballast").open("wb") as file:
        left = shutil.disk_usage(home).free - int(free.removesuffix("k")) * 1024
        file.write(bytes(left))
    article = tmp_path / "second.txt"
    article.write_text("\n\n".join(f"{n}. Apple lost {n} percent on 27 January 2025." for n in range(11, 90)))
    ended = run(article, "--home", home)
    assert ended.code == 3, ended.err
    assert "Traceback" not in ended.err, ended.err[-600:]
    said = " ".join((ended.out + ended.err).split())
    assert "full" in said
    (home.parent / "ballast").unlink()
    after = counts(home)
    assert all(after[name] >= before[name] for name in before)
    assert run(article, "--home", home).code == 0
    assert counts(home)["articles"] == 2


@pytest.mark.slow
def test_a_second_writer_is_named_and_the_result_is_recorded(article: Path, used: Path) -> None:
    """The ledger takes the article; the index is left for later and the run says so."""
    article.write_text(ENGLISH.replace("Investors", "Many investors"))
    with FileLock(used / "index" / "lock"):
        ended = run(article, "--home", used)
    assert ended.code == 3
    assert "−16.97 %" in ended.out
    flat = " ".join(ended.out.split())
    assert "failed: embed, store_locked" in flat
    assert str(used / "index") in ended.out.replace("\n", "")
    assert counts(used)["failures"] == 1
    assert counts(used)["articles"] == 2
    assert run(article, "--home", used).code == 0


def test_a_damaged_ledger_is_named_and_left_as_it_is(quiet: Path, used: Path) -> None:
    ledger = used / "ledger.sqlite"
    ledger.write_bytes(b"not a ledger " * 500)
    for words in ((quiet,), ("show",), ("claims",)):
        refused(run(*words, "--home", used), "is damaged", ".recover", code=3)
    assert ledger.read_bytes() == b"not a ledger " * 500


@pytest.mark.slow
def test_a_damaged_index_costs_no_result_and_is_made_anew_by_what_the_message_says(article: Path, used: Path) -> None:
    article.write_text(ENGLISH.replace("Investors", "Many investors"))
    for file in (used / "index").rglob("chroma.sqlite3"):
        file.write_bytes(b"not an index")
    ended = run(article, "--home", used)
    assert ended.code == 3
    assert "−16.97 %" in ended.out
    assert "failed: embed" in ended.out
    assert counts(used)["articles"] == 2
    assert "analyze index --rebuild" in " ".join(ended.out.split())
    assert run("index", "--rebuild", "--home", used).code == 0
    assert run(article, "--home", used).code == 0
