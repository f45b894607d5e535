"""Embedders: texts to unit vectors, behind one small interface.

``static`` comes with the package and needs nothing else; ``openai:NAME`` speaks to any OpenAI-compatible endpoint
(Ollama, vLLM, llama.cpp …); ``onnx:FOLDER`` runs a local export of a sentence-transformers model. Name, version and
dimension are written into the index, which refuses to mix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from analyzer.errors import ConfigError, ModelError
from analyzer.store.static import StaticEmbedder, unit_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analyzer.config import Settings

SPECS = "static, openai:NAME or onnx:FOLDER"
OPENAI_BATCH = 256
"""Texts a request; the public endpoint takes up to 2048, local servers often less."""
ONNX_FILES = ("model.onnx", "tokenizer.json")
ONNX_BATCH = 32
ONNX_TOKENS = 512
"""Longest input of the usual sentence models; what is beyond it is cut."""


class Embedder(Protocol):
    """Texts to vectors. The same name and version always give the same vector for a text."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32, one unit row a text."""
        ...


def open_embedder(spec: str, settings: Settings) -> Embedder:
    """The embedder that the setting ``embedder`` names; ConfigError for one that cannot be opened."""
    kind, _, rest = spec.partition(":")
    if spec == "static":
        return StaticEmbedder()
    if kind == "openai" and rest:
        key = settings.api_key.get_secret_value() if settings.api_key else None
        return OpenAIEmbedder(rest, settings.base_url, key, timeout_s=settings.timeout_s)
    if kind == "onnx" and rest:
        return OnnxEmbedder(Path(rest).expanduser())
    raise ConfigError(f'The setting embedder is "{spec}"; it can be {SPECS}.')


class OpenAIEmbedder:
    """An OpenAI-compatible endpoint. Without a base URL or a key the client's own variables are used."""

    def __init__(
        self, model: str, base_url: str | None = None, api_key: str | None = None, *, timeout_s: float = 120.0
    ) -> None:
        import openai

        self.name = f"openai:{model}"
        self.version = base_url or "openai"
        self._model = model
        try:
            key = api_key or ("none" if base_url else None)  # local servers want no key, the client wants one
            self._client = openai.OpenAI(base_url=base_url, api_key=key, timeout=timeout_s)
        except openai.OpenAIError as error:
            raise ConfigError(
                f"The embedder openai:{model} needs a key: set ANALYZER_API_KEY or OPENAI_API_KEY, or for a server of "
                "your own ANALYZER_BASE_URL."
            ) from error

    @cached_property
    def dimension(self) -> int:
        """Measured by a first call."""
        return int(self.embed(["dimension"]).shape[1])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        rows = [row for batch in _batches(texts, OPENAI_BATCH) for row in self._request(batch)]
        return unit_rows(np.asarray(rows, dtype=np.float32))

    def _request(self, texts: Sequence[str]) -> Iterator[list[float]]:
        import openai

        try:
            # "float": the client's own default, base64, is unknown to many compatible servers
            reply = self._client.embeddings.create(model=self._model, input=list(texts), encoding_format="float")
        except openai.OpenAIError as error:
            raise ModelError(
                f"The endpoint {self._client.base_url} gave no embedding from {self._model}: {error}. Check "
                "ANALYZER_BASE_URL, the key, and that the server has the model.",
                code="embedding", retryable=isinstance(error, openai.APIConnectionError | openai.RateLimitError),
            ) from error  # fmt: skip
        if len(reply.data) != len(texts):
            raise ModelError(
                f"The endpoint {self._client.base_url} answered {len(reply.data)} embeddings to {len(texts)} texts.",
                code="embedding",
            )
        return (item.embedding for item in sorted(reply.data, key=lambda item: item.index))


class OnnxEmbedder:
    """A folder with ``model.onnx`` and ``tokenizer.json``: the mean over the tokens that are not padding."""

    def __init__(self, folder: Path) -> None:
        self.name = f"onnx:{folder.name}"
        self._folder = folder
        missing = [name for name in ONNX_FILES if not (folder / name).is_file()]
        if missing:
            raise ConfigError(
                f"The embedder onnx:{folder} needs {' and '.join(missing)} in that folder. Export a sentence model "
                f"there, or set ANALYZER_EMBEDDER to another: {SPECS}."
            )

    @cached_property
    def version(self) -> str:
        """A hash of the model and its tokenizer."""
        import hashlib

        digest = hashlib.sha256()
        for name in ONNX_FILES:
            digest.update((self._folder / name).read_bytes())
        return digest.hexdigest()[:16]

    @cached_property
    def dimension(self) -> int:
        """Measured by a first call."""
        return int(self._mean(["dimension"]).shape[1])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        found = [self._mean(batch) for batch in _batches(texts, ONNX_BATCH)]
        return unit_rows(np.concatenate(found)) if found else np.zeros((0, self.dimension), dtype=np.float32)

    def _mean(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Mean token vectors of one batch, not yet of unit length."""
        import numpy as np

        encoded = self._tokenizer.encode_batch(list(texts))
        mask = np.asarray([e.attention_mask for e in encoded], dtype=np.int64)
        given = {
            "input_ids": np.asarray([e.ids for e in encoded], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        wanted = [one.name for one in self._session.get_inputs()]
        states: NDArray[np.float32] = self._session.run(None, {name: given[name] for name in wanted})[0]
        if states.ndim == 2:  # an export that pools by itself
            return states
        weights = mask[:, :, None].astype(np.float32)
        mean: NDArray[np.float32] = (states * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
        return mean

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.enable_truncation(ONNX_TOKENS)
        if tokenizer.padding is None:
            tokenizer.enable_padding()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        import onnxruntime
        from onnxruntime.capi import onnxruntime_pybind11_state as failures

        unreadable = (failures.Fail, failures.InvalidGraph, failures.InvalidProtobuf, failures.NotImplemented)
        path = self._folder / "model.onnx"
        try:
            session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        except unreadable as error:
            raise ConfigError(f"The embedder's model {path} cannot be loaded: {error}. Export it again.") from error
        unknown = {one.name for one in session.get_inputs()} - {"input_ids", "attention_mask", "token_type_ids"}
        if unknown:
            raise ConfigError(
                f"The embedder's model {path} asks for {', '.join(sorted(unknown))}; it can be given input_ids, "
                "attention_mask and token_type_ids. Export the encoder of a sentence model."
            )
        return session


def _batches(texts: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (texts[i : i + size] for i in range(0, len(texts), size))
