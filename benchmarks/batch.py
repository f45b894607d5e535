"""What a batch costs besides the model: ``python benchmarks/batch.py overhead | latency | calls | unchanged | kills``.

Articles of 400 to 600 words are put together from the sentences of ``corpus/``, by a seed; a stub on loopback stands
for the model (``stub_model.py``), the batch runs as a user runs it. Figures are of wall time on this machine.

overhead   articles a second with a model that answers at once, and what of the processor's time the checks take
latency    a model that takes a second, 64 articles in flight: the share of the ideal throughput of its calls
calls      the calls alone, nothing read and nothing checked: the same share, and the client's own processor time a call
unchanged  a second run over the same articles, against the first
kills      a batch killed again and again at random moments: calls paid twice, and the ledger against a calm run's
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "batch"))

from analyzer.text.sentences import sentences  # noqa: E402

if TYPE_CHECKING:
    from analyzer.config import Settings
    from analyzer.extract.llm import ExtractReply

WORDS = (400, 600)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", choices=("overhead", "latency", "calls", "unchanged", "kills"))
    asked.add_argument("--articles", type=int, default=200)
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--in-flight", type=int, default=64)
    asked.add_argument("--kills", type=int, default=20)
    asked.add_argument("--data", type=Path, default=None, help="a folder of market data")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measures = {"overhead": overhead, "latency": latency, "calls": calls, "unchanged": unchanged, "kills": kills}
        measures[given.what](given, Path(folder))


# --- what is measured -------------------------------------------------------------------------------------------------


def overhead(given: argparse.Namespace, folder: Path) -> None:
    corpus = write_corpus(folder / "in", given.articles)
    with stub(0.0) as url:
        last = run(corpus, folder / "home", url, given)
        claims = last["claims"] / last["done"]
        print(f"{last['done']} articles, {claims:.1f} claims each, {last['seconds']:.1f} s with start-up")
        print(f"{last['done'] / last['working']:.1f} articles a second from the first to the last")
        print(f"peak memory of all processes {last['memory_mb']:.0f} MB")


def latency(given: argparse.Namespace, folder: Path) -> None:
    corpus = write_corpus(folder / "in", given.articles)
    with stub(1.0) as url:
        last = run(corpus, folder / "home", url, given)
        made = calls_of(url)
        ideal = made["calls"] / given.in_flight
        print(f"{made['calls']} calls of 1 s, {made['most']} at once at most, {last['working']:.1f} s of work")
        print(f"{ideal / last['working']:.0%} of the ideal {given.in_flight} calls a second")


def calls(given: argparse.Namespace, folder: Path) -> None:
    """From one process, as a batch's worker makes them: a thread for each call in flight, answers kept on the disk."""
    from analyzer import config
    from analyzer.llm.client import open_model
    from analyzer.store.steps import StepCache

    gc.set_threshold(50_000, 20, 100)  # as the command line sets it
    with stub(1.0) as url:
        settings = config.load(home=folder / "home", model="openai:stub", base_url=url, api_key="k")
        client = open_model("openai:stub", settings, StepCache(folder / "home"))
        asked = questions(write_corpus(folder / "in", given.articles), settings)
        client.structured(*asked.pop())  # LangChain is imported
        begun, cpu = time.perf_counter(), time.process_time()
        with ThreadPoolExecutor(given.in_flight) as pool:
            replies = list(pool.map(lambda one: client.structured(*one), asked))
        wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
        assert all(reply.parsed is not None for reply in replies)
        print(f"{len(asked)} calls of 1 s, {given.in_flight} in flight, {wall:.1f} s")
        print(f"{len(asked) / given.in_flight / wall:.0%} of the ideal {given.in_flight} calls a second")
        print(f"{1e3 * cpu / len(asked):.1f} ms of processor time a call")


def questions(corpus: Path, settings: Settings) -> list[tuple[list[tuple[str, str]], type[ExtractReply]]]:
    """What is asked for the claims of each article."""
    from analyzer.extract.llm import ExtractReply, extract_messages
    from analyzer.pipeline import Options, read_article
    from analyzer.text.spans import Span

    articles = [read_article(str(path), settings, Options()) for path in sorted(corpus.iterdir())]
    return [(extract_messages(one, Span(0, len(one.text))), ExtractReply) for one in articles]


def unchanged(given: argparse.Namespace, folder: Path) -> None:
    corpus = write_corpus(folder / "in", given.articles)
    with stub(0.0) as url:
        first = run(corpus, folder / "home", url, given)
        before = calls_of(url)["calls"]
        again = run(corpus, folder / "home", url, given)
        share = again["seconds"] / first["seconds"]
        print(f"first {first['seconds']:.1f} s, again {again['seconds']:.2f} s with start-up: {share:.2%}")
        print(f"calls again: {calls_of(url)['calls'] - before}, peak memory {first['memory_mb']:.0f} MB")


def kills(given: argparse.Namespace, folder: Path) -> None:
    from ledgers import contents

    corpus = write_corpus(folder / "in", given.articles)
    moments = random.Random(7)
    with stub(0.0) as url:
        calm = run(corpus, folder / "calm", url, given)
        needed = calls_of(url)["calls"]
        pause = calm["working"] / given.kills
        for _ in range(given.kills):
            run(corpus, folder / "home", url, given, kill_after=calm["start_up"] + moments.uniform(0.0, 2 * pause))
        run(corpus, folder / "home", url, given)
        more = calls_of(url)["calls"] - 2 * needed
        print(f"{given.kills} kills: {more} calls more than the {needed} that are needed")
        print("the ledgers hold", "the same" if contents(folder / "home") == contents(folder / "calm") else "DIFFERENT")


# --- running ----------------------------------------------------------------------------------------------------------


def run(corpus: Path, home: Path, url: str, given: argparse.Namespace, kill_after: float | None = None) -> dict:
    """One batch as a process; its last event, with the seconds of the whole, of the work, and the peak memory."""
    log = home.with_suffix(".log")
    log.unlink(missing_ok=True)
    command = [
        sys.executable, "-m", "analyzer", str(corpus), "--home", str(home), "--model", "openai:stub", "--log-json",
        str(log), "--jobs", str(given.jobs), "--in-flight", str(given.in_flight), "--quiet",
        *(("--data", str(given.data)) if given.data else ()),
    ]  # fmt: skip
    env = {**os.environ, "ANALYZER_BASE_URL": url, "ANALYZER_API_KEY": "k", "PYTHONPATH": str(ROOT)}
    started, peak = time.time(), 0.0
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            if kill_after is not None and time.time() - started > kill_after:
                process.send_signal(signal.SIGKILL)
                process.wait()
                return {}
            peak = max(peak, memory_mb(process.pid))
            time.sleep(0.05 if kill_after is not None else 0.25)
    seconds = time.time() - started
    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    done = [_at(row) for row in rows if row["event"] == "done"]
    begun = started + min((_at(row) - started for row in rows if row["event"] == "first"), default=0.0)
    working = (max(done) - begun) if done else 0.0
    return {
        **rows[-1], "seconds": seconds, "working": working, "start_up": begun - started, "memory_mb": peak,
    }  # fmt: skip


def _at(row: dict) -> float:
    from datetime import datetime

    return datetime.fromisoformat(row["at"]).timestamp()


def memory_mb(pid: int) -> float:
    """Proportional memory of a process and its children: pages that are shared count once."""
    total = 0.0
    for one in [pid, *_children(pid)]:
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def _children(pid: int) -> list[int]:
    try:
        found = [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [*found, *(grandchild for child in found for grandchild in _children(child))]


@contextmanager
def stub(seconds: float) -> Iterator[str]:
    command = [sys.executable, str(ROOT / "benchmarks" / "stub_model.py"), "--latency", str(seconds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.kill()


def calls_of(url: str) -> dict:
    with urllib.request.urlopen(f"{url}/calls") as answer:
        return json.load(answer)


def write_corpus(folder: Path, articles: int, seed: int = 1) -> Path:
    """Articles of 400 to 600 words, half German and half English, each sentence from one of the pieces of ``corpus/``;
    every one has a date."""
    folder.mkdir()
    pools: dict[str, list[str]] = {"de": [], "en": []}
    for path in sorted((ROOT / "corpus").glob("[0-9]*.md")):
        head, _, text = path.read_text(encoding="utf-8").partition("---\n")[2].partition("---\n")
        language = "de" if "language: de" in head else "en"
        pools[language] += [" ".join(text[s.start : s.end].split()) for s in sentences(text, language)]
    drawn = random.Random(seed)
    for i in range(articles):
        language = ("de", "en")[i % 2]
        words, least = [], drawn.randint(*WORDS)
        while sum(len(s.split()) for s in words) < least:
            words.append(drawn.choice(pools[language]))
        paragraphs = [" ".join(words[j : j + 4]) for j in range(0, len(words), 4)]
        day = f"20{drawn.randint(10, 25):02}-{drawn.randint(1, 12):02}-{drawn.randint(1, 28):02}"
        head = f"---\ntitle: Article {i}\nauthor: Author {i % 17}\ndate: {day}\nlanguage: {language}\n---\n"
        (folder / f"{i:05}.md").write_text(head + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return folder


if __name__ == "__main__":
    main()
