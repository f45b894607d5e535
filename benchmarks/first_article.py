"""What a first article costs after start-up, with every trial: ``python benchmarks/first_article.py``.

Start-up is what the first lines of any command cost: imports, an empty ledger, an empty index. The article is the first
of its process, so that nothing is kept from an earlier one. ``--article PATH --date DATE --data FOLDER`` for another.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import alembic  # noqa: F401
import chromadb  # noqa: F401
import exchange_calendars  # noqa: F401
import scipy.optimize
import scipy.stats  # noqa: F401
import statsmodels.api  # noqa: F401
import tokenizers  # noqa: F401

from analyzer import config
from analyzer.pipeline import Options, Workshop, analyze_source

TEXT = """Am Montag hat die Nachricht von DeepSeek eine Panik an den Märkten ausgelöst. Nvidia verlor 17 Prozent.
Die Blase bei den Technologiewerten platzt, seit Langem strömt Luft in sie. Das erinnert an die Dotcom-Blase.
Ist das die Trendwende? Nvidias Kurs stieg zuvor parabolisch. Die Sanktionen sind ein Bumerang.
"""


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--article", type=Path)
    asked.add_argument("--date", type=date.fromisoformat, default=date(2025, 1, 28))
    asked.add_argument("--data", type=Path, action="append", default=[])
    given = asked.parse_args()
    gc.set_threshold(50_000, 20, 100)  # as the command line sets it
    with tempfile.TemporaryDirectory() as home:
        article = given.article or Path(home) / "article.txt"
        if given.article is None:
            article.write_text(TEXT, encoding="utf-8")
        workshop = Workshop(config.load(home=Path(home) / "home", data=tuple(given.data)))
        workshop.ledger, workshop.index  # noqa: B018  opened as any command would
        wall, cpu = time.perf_counter(), time.process_time()
        found = analyze_source(str(article), workshop, Options(published=given.date))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        trials = len(found.trials)
    sys.stdout.write(f"{'a first article after start-up':34} {wall:8.2f} s wall {cpu:6.2f} s CPU, {trials} trials\n")


if __name__ == "__main__":
    main()
