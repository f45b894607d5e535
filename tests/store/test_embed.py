"""Embedders: the packaged one, an OpenAI-compatible server on the loopback, a local ONNX model made here."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from analyzer.config import load
from analyzer.errors import ConfigError, ModelError
from analyzer.store import static
from analyzer.store.embed import OnnxEmbedder, OpenAIEmbedder, open_embedder
from analyzer.store.glossary import in_english
from analyzer.store.static import StaticEmbedder

# --- static ------------------------------------------------------------------------------------------------------

GERMAN = "Die Notenbank senkt die Zinsen, und die Aktienkurse steigen kräftig."
SAME = "The central bank cuts interest rates, and share prices rise strongly."
OTHER = "The harvest of wheat suffered from the drought in Australia."


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    return StaticEmbedder()


def test_rows_are_unit_vectors_of_at_most_512_float32(embedder: StaticEmbedder) -> None:
    vectors = embedder.embed([GERMAN, SAME, "x", "!!"])
    assert vectors.shape == (4, embedder.dimension)
    assert vectors.dtype == np.float32
    assert embedder.dimension <= 512
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_blank_text_is_the_zero_vector_and_no_text_no_row(embedder: StaticEmbedder) -> None:
    assert not embedder.embed(["", "  "]).any()
    assert embedder.embed([]).shape == (0, 256)


def test_the_same_sentence_in_the_other_language_is_nearer_than_another_one(embedder: StaticEmbedder) -> None:
    german, same, other = embedder.embed([GERMAN, SAME, OTHER])
    assert german @ same > 0.6
    assert german @ same > german @ other + 0.3


def test_a_text_alone_and_in_company_has_the_same_vector(embedder: StaticEmbedder) -> None:
    assert np.array_equal(embedder.embed([GERMAN])[0], embedder.embed([OTHER, GERMAN, SAME])[1])


def test_another_process_computes_the_same_vectors(embedder: StaticEmbedder) -> None:
    script = (
        "from analyzer.store.static import StaticEmbedder\nfound = StaticEmbedder()\n"
        f"print(found.embed([{GERMAN!r}])[0].tolist(), found.version)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    values, _, version = said.strip().rpartition(" ")
    assert np.allclose(json.loads(values), embedder.embed([GERMAN])[0], atol=1e-6)
    assert version == embedder.version


def test_the_recipe_still_gives_what_its_name_stands_for(embedder: StaticEmbedder) -> None:
    """When this fails, vectors have changed: raise static.RECIPE, so that no index mixes old and new."""
    assert static.RECIPE == "gloss-sif-1"
    assert embedder.embed([SAME])[0, :4].tolist() == pytest.approx(EXPECTED, abs=2e-4)


EXPECTED = [-0.01338, -0.15549, -0.01947, -0.0538]


def test_missing_weights_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(static, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match="wordllama"):
        StaticEmbedder().embed(["x"])


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Die Börse fiel um 1.234,5 %", "Die stock market fall around 1,234.5 percent"),
        ("Lohnerhöhungen", "wages increase"),
        ("Die Zinserhöhungen der Notenbank", "Die rate hike der central bank"),
        ("KI-Aktien", "artificial intelligence stock"),
        ("Nvidia und Siemens", "Nvidia und Siemens"),
        ("The fall of the DAX was 3.5%", "The fall of the DAX was 3.5 percent"),
    ],
)
def test_german_is_read_in_english_and_names_stay(german: str, english: str) -> None:
    assert in_english(german) == english


# --- OpenAI-compatible -------------------------------------------------------------------------------------------


class Endpoint(BaseHTTPRequestHandler):
    """Vectors of three numbers from the length of each text, in reverse order; the key ``bad`` is refused."""

    requests: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.requests.append({"path": self.path, "key": self.headers["Authorization"], **asked})
        if self.headers["Authorization"] == "Bearer bad":
            return self._answer(401, {"error": {"message": "no such key"}})
        rows = [
            {"object": "embedding", "index": i, "embedding": [len(t), 1.0, 0.0]} for i, t in enumerate(asked["input"])
        ]
        data = rows[1:] if asked["model"] == "forgetful" else rows[::-1]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return self._answer(200, {"object": "list", "data": data, "model": asked["model"], "usage": usage})

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        blob = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(blob)))
        self.end_headers()
        self.wfile.write(blob)

    def log_message(self, *args: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def endpoint() -> Iterator[str]:
    Endpoint.requests = []
    with HTTPServer(("127.0.0.1", 0), Endpoint) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()
        thread.join()


def test_an_endpoint_is_asked_in_batches_and_its_rows_put_in_order(endpoint: str) -> None:
    embedder = open_embedder("openai:small", load(base_url=endpoint, api_key="k"))
    texts = ["a" * n for n in range(1, 301)]
    vectors = embedder.embed(texts)
    assert embedder.dimension == 3
    assert np.allclose(vectors[:, 0] / vectors[:, 1], range(1, 301), rtol=1e-5)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert [len(r["input"]) for r in Endpoint.requests] == [256, 44, 1]
    assert {(r["path"], r["key"], r["encoding_format"]) for r in Endpoint.requests} == {
        ("/v1/embeddings", "Bearer k", "float")
    }
    assert (embedder.name, embedder.version) == ("openai:small", endpoint)


def test_a_server_of_ones_own_needs_no_key(endpoint: str) -> None:
    assert OpenAIEmbedder("small", endpoint).embed(["a"]).shape == (1, 3)
    assert OpenAIEmbedder("small", endpoint).embed([]).shape == (0, 3)


def test_a_refused_key_is_a_model_error_that_does_not_name_it(endpoint: str) -> None:
    with pytest.raises(ModelError, match="no such key") as caught:
        OpenAIEmbedder("small", endpoint, "bad").embed(["a"])
    assert not caught.value.retryable
    assert "Bearer" not in str(caught.value)


def test_an_answer_with_too_few_rows_is_refused(endpoint: str) -> None:
    with pytest.raises(ModelError, match="1 embeddings to 2 texts"):
        OpenAIEmbedder("forgetful", endpoint).embed(["a", "b"])


def test_an_endpoint_that_is_down_may_be_tried_again() -> None:
    with pytest.raises(ModelError, match=r"127\.0\.0\.1:1") as caught:
        OpenAIEmbedder("small", "http://127.0.0.1:1/v1", timeout_s=5).embed(["a"])
    assert caught.value.retryable


def test_no_key_and_no_server_is_a_setting_to_mend() -> None:
    with pytest.raises(ConfigError, match="ANALYZER_API_KEY"):
        OpenAIEmbedder("text-embedding-3-small")


# --- ONNX --------------------------------------------------------------------------------------------------------

TABLE = np.array([[9, 9], [1, 0], [0, 1], [3, 4]], dtype=np.float32)
"""Rows of the tokens [PAD], up, down, market."""


def field(number: int, value: int | bytes | str) -> bytes:
    """A field of a protocol buffer: a varint below 128, or bytes."""
    if isinstance(value, int):
        return bytes([number << 3, value])
    blob = value.encode() if isinstance(value, str) else value
    assert len(blob) < 1 << 14
    size = bytes([len(blob)]) if len(blob) < 128 else bytes([len(blob) & 127 | 128, len(blob) >> 7])
    return bytes([number << 3 | 2]) + size + blob


def tensor_type(name: str, element: int, *dims: str) -> bytes:
    shape = b"".join(field(1, field(2, dim)) for dim in dims)
    return field(1, name) + field(2, field(1, field(1, element) + field(2, shape)))


def write_model(folder: Path, second_input: str = "attention_mask") -> None:
    """A model whose token states are the rows of ``TABLE``, written by hand: Gather(table, input_ids)."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    table = field(1, TABLE.shape[0]) + field(1, TABLE.shape[1]) + field(2, 1) + field(8, "table")
    gather = field(1, "table") + field(1, "input_ids") + field(2, "states") + field(4, "Gather")
    graph = (
        field(1, gather) + field(2, "g") + field(5, table + field(9, TABLE.tobytes()))
        + field(11, tensor_type("input_ids", 7, "n", "t")) + field(11, tensor_type(second_input, 7, "n", "t"))
        + field(12, tensor_type("states", 1, "n", "t", "d"))
    )  # fmt: skip
    folder.mkdir()
    (folder / "model.onnx").write_bytes(field(1, 8) + field(7, graph) + field(8, field(2, 13)))
    words = {"[PAD]": 0, "up": 1, "down": 2, "market": 3}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[PAD]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))


def test_a_local_model_gives_the_mean_of_the_tokens_that_are_not_padding(tmp_path: Path) -> None:
    write_model(tmp_path / "tiny")
    embedder = open_embedder(f"onnx:{tmp_path}/tiny", load())
    vectors = embedder.embed(["up", "up down market"])
    assert np.allclose(vectors[0], [1, 0])
    assert np.allclose(vectors[1], np.array([4, 5]) / np.hypot(4, 5))
    assert embedder.dimension == 2
    assert embedder.name == "onnx:tiny"
    assert embedder.embed([]).shape == (0, 2)


def test_another_model_in_the_folder_is_another_version(tmp_path: Path) -> None:
    write_model(tmp_path / "a")
    write_model(tmp_path / "b", "token_type_ids")
    assert OnnxEmbedder(tmp_path / "a").version != OnnxEmbedder(tmp_path / "b").version
    assert np.allclose(OnnxEmbedder(tmp_path / "b").embed(["down"]), [[0, 1]])


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"model\.onnx and tokenizer\.json"):
        OnnxEmbedder(tmp_path)


def test_a_model_that_cannot_be_loaded_is_named(tmp_path: Path) -> None:
    write_model(tmp_path / "a")
    (tmp_path / "a" / "model.onnx").write_bytes(b"rubbish" * 10)
    with pytest.raises(ConfigError, match="cannot be loaded"):
        OnnxEmbedder(tmp_path / "a").embed(["up"])


def test_a_model_that_asks_for_more_is_refused(tmp_path: Path) -> None:
    write_model(tmp_path / "a", "pixels")
    with pytest.raises(ConfigError, match="asks for pixels"):
        OnnxEmbedder(tmp_path / "a").embed(["up"])


# --- opening -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spec", ["", "statik", "openai", "openai:", "onnx:", "static:x"])
def test_an_unknown_embedder_lists_the_known_ones(spec: str) -> None:
    with pytest.raises(ConfigError, match="openai:NAME"):
        open_embedder(spec, load())


def test_the_default_setting_opens_without_client_libraries() -> None:
    script = (
        "import sys\nfrom analyzer.config import load\nfrom analyzer.store.embed import open_embedder\n"
        "open_embedder(load().embedder, load()).embed(['x'])\n"
        "print(sorted({'openai', 'onnxruntime', 'wordllama', 'langchain_core'} & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"
