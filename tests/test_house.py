"""The house as a whole: what an import costs, what the lists and the locks hold, what the wheel carries."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import analyzer
from analyzer.checks import CHECKS, MODULES
from analyzer.checks.base import Check

ROOT = Path(__file__).resolve().parent.parent
HEAVY = (
    "alembic", "chromadb", "docx", "duckdb", "exchange_calendars", "fastapi", "jinja2", "langchain", "langchain_core",
    "langchain_openai", "numpy", "openai", "pandas", "pydantic_settings", "pypdf", "rapidfuzz", "scipy",
    "sqlalchemy", "starlette", "tenacity", "tokenizers", "trafilatura", "uvicorn", "wordllama", "yaml", "yfinance",
)  # fmt: skip
HEADINGS = ("What the claim says", "Formula", "Rule", "When it is not testable", "What it cannot show")

EVERY_CHECK = pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.name)
EVERY_LOCK = pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])


def _python(*args: str, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *args], cwd=cwd, env=os.environ | env, capture_output=True, text=True, timeout=120, check=False
    )


# --- imports --------------------------------------------------------------------------------------------------------


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    done = _python("-c", "import sys, analyzer.cli; print(*sorted({m.partition('.')[0] for m in sys.modules}))")
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "typer" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_help_ends_well_and_names_the_words() -> None:
    done = _python("-m", "analyzer", "--help")
    assert done.returncode == 0, done.stderr
    assert "explain" in done.stdout


@pytest.mark.parametrize("name", analyzer.__all__)
def test_every_public_name_can_be_loaded(name: str) -> None:
    assert getattr(analyzer, name) is not None


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'analyse'"):
        _ = analyzer.analyse


def test_imports_go_down_only() -> None:
    done = _python("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


# --- checks ---------------------------------------------------------------------------------------------------------


def test_the_written_list_of_checks_is_the_folder() -> None:
    folder = {path.stem for path in (ROOT / "analyzer" / "checks").glob("*.py")} - {"__init__", "base"}
    assert {module.__name__.rpartition(".")[2] for module in MODULES} == folder
    assert set(CHECKS) == folder


@EVERY_CHECK
def test_every_check_has_its_page_with_five_headings(check: Check) -> None:
    page = ast.get_docstring(ast.parse((ROOT / "analyzer" / "checks" / f"{check.name}.py").read_text("utf-8")))
    assert page is not None
    assert tuple(re.findall(r"^(.+)\n-+$", page, re.MULTILINE)) == HEADINGS
    assert check.page.strip() == page.strip()


@EVERY_CHECK
def test_every_check_has_german_and_english_examples_that_validate(check: Check) -> None:
    for example in check.examples:
        params = check.parse(example.params)
        assert check.needs(params), example.phrase
        stated = example.params.get("stated")
        if stated is not None:
            assert stated["text"] in example.phrase
    assert {example.language for example in check.examples} == {"de", "en"}


# --- files ----------------------------------------------------------------------------------------------------------


def _tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_tracked_file_names_a_machine_or_a_package_host() -> None:
    hosts = "|".join(("py" + "pi\\.org", "pythonhosted", "registry\\.npm" + "js"))
    forbidden = re.compile(rf"(?<![\w.])/(?:work|root|opt|Users|home/\w+)/|file:/{{3}}|{hosts}".encode())
    found = {
        f"{path.relative_to(ROOT)}: {match.group().decode()}"
        for path in _tracked()
        if path != Path(__file__)
        for match in forbidden.finditer(path.read_bytes())
    }
    assert found == set()


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "version" not in project
    assert project["dynamic"] == ["version"]
    assert version(project["name"]) == analyzer.__version__
    literal = f'"{analyzer.__version__}"'
    modules = (ROOT / "analyzer").rglob("*.py")
    assert [p.relative_to(ROOT) for p in modules if literal in p.read_text("utf-8")] == [Path("analyzer/__init__.py")]


# --- locks ----------------------------------------------------------------------------------------------------------


def _pins(lock: str) -> dict[str, str]:
    """Name to pinned version."""
    text = (ROOT / lock).read_text("utf-8")
    return {canonicalize_name(name): pin for name, pin in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)}


def _asked(lock: str) -> list[Requirement]:
    """What pyproject.toml asks of that lock, the build backend included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    asked = project["project"]["dependencies"] + groups["build"] + project["build-system"]["requires"]
    if lock == "requirements-dev.lock":
        asked += [entry for entry in groups["dev"] if isinstance(entry, str)]
    return [Requirement(entry) for entry in asked]


@EVERY_LOCK
def test_a_lock_answers_what_pyproject_asks(lock: str) -> None:
    pins = _pins(lock)
    wrong = [f"{r} is locked as {pins.get(canonicalize_name(r.name))}" for r in _asked(lock)
             if pins.get(canonicalize_name(r.name)) not in r.specifier]  # fmt: skip
    assert wrong == []


@EVERY_LOCK
def test_a_lock_holds_pins_hashes_and_comments_only(lock: str) -> None:
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    known = re.compile(r"[a-z0-9.-]+==[\w.]+( ; [\w .<>=!'()]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|    #.*")
    assert [line for line in lines if not known.fullmatch(line)] == []
    assert not any("/" in line for line in lines)


def test_the_tests_run_on_the_versions_that_users_get() -> None:
    assert _pins("requirements.lock").items() <= _pins("requirements-dev.lock").items()


# --- the wheel ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = _python("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_every_file_that_the_program_reads(wheel: Path) -> None:
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "analyzer").rglob("*") if path.is_file()}
    files = {name for name in files if "__pycache__" not in name}
    prompts = {f"analyzer/_prompts/{path.name}" for path in (ROOT / "prompts").glob("*.md")}
    assert {Path(name).suffix for name in files} >= {".py", ".yaml", ".csv", ".tsv", ".html"}
    assert prompts
    assert files | prompts <= set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.slow
def test_the_wheel_does_the_main_job_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    article = next((ROOT / "corpus").glob("03-*.md"))
    env = {"PYTHONPATH": str(tmp_path / "site"), "ANALYZER_HOME": str(tmp_path / "home")}
    where = _python("-c", "import analyzer; print(analyzer.__file__)", cwd=tmp_path, **env)
    assert where.stdout.startswith(str(tmp_path))
    done = _python("-m", "analyzer", str(article), "--format", "json", cwd=tmp_path, **env)
    assert done.returncode == 0, done.stderr
    assert '"supported"' in done.stdout
    prompts = _python(
        "-c", "from analyzer.prompts import load_prompt; load_prompt('extract_claims.v4')", cwd=tmp_path, **env
    )
    assert prompts.returncode == 0, prompts.stderr


def test_every_module_of_the_package_can_be_imported() -> None:
    names = [".".join(p.relative_to(ROOT).with_suffix("").parts) for p in (ROOT / "analyzer").rglob("*.py")]
    importable = [n.removesuffix(".__init__") for n in names if not n.endswith("__main__") and ".migrations." not in n]
    assert len(importable) > 40
    for name in importable:
        assert import_module(name).__name__ == name


def test_the_index_of_the_statistics_names_modules_that_are_there() -> None:
    import analyzer.stats

    named = set(re.findall(r"``(\w+)``", analyzer.stats.__doc__ or ""))
    there = {path.stem for path in (ROOT / "analyzer" / "stats").glob("*.py")} - {"__init__"}
    assert len(named) > 30
    assert named <= there
