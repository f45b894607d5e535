"""The default embedder: static token vectors from the ``wordllama`` wheel, German read through a glossary.

No network, no download, no torch. A text is read in English word by word (``glossary``), cut into tokens, and the
token vectors are averaged with the weights a / (a + p) of smooth inverse frequency, p being the token's share by its
rank (Zipf); the direction that all texts share is taken out (Arora, Liang, Ma: A Simple but Tough-to-Beat Baseline for
Sentence Embeddings, 2017). Chosen by measurement: docs/embedder.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from analyzer.errors import ConfigError
from analyzer.store import glossary

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIF = 1e-4
"""The ``a`` of the weights: tokens more frequent than this share count for less."""
BYTE_TOKENS = 259
"""The vocabulary's first entries are control signs and bytes; words follow by their rank."""
ROWS_AT_ONCE = 4000
RECIPE = "gloss-sif-1"
"""Raised when the way of computing changes, so that old and new vectors are never mixed."""


class StaticEmbedder:
    """Unit vectors of 256 dimensions; the zero vector for a text without any token."""

    name = "static"
    dimension = 256

    @cached_property
    def version(self) -> str:
        """The recipe with a hash of the files that it works on."""
        digest = hashlib.sha256()
        for path in (glossary.FILE, *files()):
            digest.update(path.read_bytes())
        return f"{RECIPE}-{digest.hexdigest()[:8]}"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, 256) float32, one unit row a text."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, ids in enumerate(self._tokens(texts)):
            if ids:
                mean = self._weighted(ids).mean(axis=0)
                vectors[row] = mean - (mean @ self._shared) * self._shared  # of a mean as of each of its rows
        return unit_rows(vectors)

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        read = [glossary.in_english(text) for text in texts]
        return [encoding.ids for encoding in self._tokenizer.encode_batch(read, add_special_tokens=False)]

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(files()[1]))

    @cached_property
    def _half(self) -> NDArray[np.float16]:
        """The token vectors as the wheel has them; a text needs a few of them in single precision."""
        from safetensors.numpy import load_file

        vectors: NDArray[np.float16] = load_file(files()[0])["embedding.weight"]
        return vectors

    @cached_property
    def _shares(self) -> NDArray[np.float32]:
        return zipf_shares(len(self._half))

    @cached_property
    def _shared(self) -> NDArray[np.float32]:
        return shared_direction(self._weighted, self._shares)

    def _weighted(self, ids: Any) -> NDArray[np.float32]:
        """Token vectors by the weights of smooth inverse frequency; ``ids`` a list or a slice."""
        rows: NDArray[np.float32] = self._half[ids].astype(np.float32)
        rows *= (SIF / (SIF + self._shares[ids]))[:, None]
        return rows


def zipf_shares(size: int) -> NDArray[np.float32]:
    """Each token's share of all tokens, by its rank; control signs and bytes count as the most frequent."""
    rank = np.maximum(np.arange(size) - (BYTE_TOKENS - 1), 1)
    shares: NDArray[np.float32] = (1 / (rank * np.log(size))).astype(np.float32)
    return shares


def shared_direction(
    weighted: Callable[[slice], NDArray[np.float32]], shares: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The first principal direction (n,) of the words, each weighted by its share. ``weighted`` gives the rows of a
    slice: they are asked for some at a time, so that they are never all in memory."""
    moments: Any = 0.0
    for start in range(BYTE_TOKENS, len(shares), ROWS_AT_ONCE):
        some = slice(start, start + ROWS_AT_ONCE)
        rows = weighted(some)
        moments = moments + (rows * shares[some, None]).T @ rows
    return principal_direction(moments.astype(np.float64)).astype(np.float32)


def principal_direction(moments: NDArray[np.float64]) -> NDArray[np.float64]:
    """The unit eigenvector (n,) of the largest eigenvalue of ``moments`` (n, n), symmetric and with no negative one.

    By powers: a thousandth of the time that all 256 eigenvectors take. Each step takes the share of the others down by
    the ratio of the second eigenvalue to the first, here 0.57.
    """
    direction = np.full(len(moments), 1.0 / np.sqrt(len(moments)))
    for _ in range(1000):
        turned = moments @ direction
        turned /= np.linalg.norm(turned)
        if np.abs(turned - direction).max() < 1e-15:
            break
        direction = turned
    return direction


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows at length one; a row of zeros stays."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: NDArray[np.float32] = (vectors / np.maximum(length, 1e-12)).astype(np.float32)
    return units


def files() -> tuple[Path, Path]:
    """Weights and tokenizer in the wheel, without importing it: its own loader looks for a network."""
    spec = find_spec("wordllama")
    folder = Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else Path("wordllama")
    weights = folder / "weights" / "l2_supercat_256.safetensors"
    tokenizer = folder / "tokenizers" / "l2_supercat_tokenizer_config.json"
    if not (weights.is_file() and tokenizer.is_file()):
        raise ConfigError(
            f"The static embedder needs two files of the package wordllama 0.4.0.post1, and {weights} or {tokenizer} "
            "is missing. Try: pip install --force-reinstall wordllama==0.4.0.post1"
        )
    return weights, tokenizer
