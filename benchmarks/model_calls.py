"""Calls and prompt tokens that a model takes for an article, beside those of peers.

    python benchmarks/model_calls.py

Nothing is asked of a model: the prompts are made as they would be sent and their tokens estimated at four characters a
token, as ``analyze --dry-run`` does, with the claims of the rules in place of the model's. The peers' figures were
counted by their answers' own usage on one article of eight claims.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from analyzer import config
from analyzer.dry_run import estimate
from analyzer.pipeline import Options, Workshop, read_article

ROOT = Path(__file__).resolve().parent.parent
PEERS = {"Loki": (85, 46_000), "VeriScore": (17, 95_000), "FacTool": (17, 6_400)}
"""Calls and prompt tokens."""


def main() -> None:
    print(f"{'article':40} {'words':>6} {'calls':>6} {'prompt tokens':>14}")
    totals = []
    with tempfile.TemporaryDirectory() as home:
        settings = config.load(home=home, model="openai:gpt-4o", api_key="unused", base_url="http://127.0.0.1:9/v1")
        workshop = Workshop(settings)
        for path in sorted((ROOT / "corpus").glob("[0-9]*.md")):
            made = estimate(read_article(str(path), settings, Options()), workshop)
            totals.append((made.calls, made.prompt_tokens))
            print(f"{path.stem:40} {made.words:6} {made.calls:6} {made.prompt_tokens:14,}")
    calls, tokens = (sum(column) / len(totals) for column in zip(*totals, strict=True))
    print(f"{'mean':40} {'':6} {calls:6.1f} {tokens:14,.0f}")
    for name, (calls, tokens) in PEERS.items():
        print(f"{name + ' (one article, 8 claims)':40} {'':6} {calls:6} {tokens:14,}")


if __name__ == "__main__":
    main()
