"""Nearest entries of a small collection that is held whole in memory: by the cosine with each of them.

Worker processes search the instruments so. The vectors come from the index, which only one process may have open to
write.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyzer.store.embed import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Neighbours:
    """Called with a text, the ids of the nearest entries and their cosines, best first.

    ``vectors``: (n, dimension) unit rows, one for each id, made by the same embedder.
    """

    def __init__(self, ids: Sequence[str], vectors: NDArray[np.float32], embedder: Embedder) -> None:
        self.ids, self.vectors, self.embedder = tuple(ids), vectors, embedder

    def __call__(self, text: str, n: int = 3) -> list[tuple[str, float]]:
        import numpy as np

        vector = self.embedder.embed([text])[0]
        if not vector.any():
            return []
        scores = self.vectors @ vector
        best = np.argsort(-scores, kind="stable")[:n]
        return [(self.ids[i], float(scores[i])) for i in best]
