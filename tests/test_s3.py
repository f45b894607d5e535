"""Articles and market data in a bucket of a real S3 server on loopback.

``s3fs`` wants another python-dateutil than the locks hold, so that the packages are no development tools: ``.ci/run``
puts them into an environment of their own, over that of the tests, and sets ``TEST_S3``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest
from command import ENGLISH, refused, run
from servers import absent, free_port, listens, serving

pytestmark = pytest.mark.slow
QUIET_DAY = b"date,close\n2025-01-23,147.22\n2025-01-24,142.62\n2025-01-27,118.42\n2025-01-28,128.99\n"
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "secret-of-s3", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an S3 server with one bucket: an article, and market data."""
    program = shutil.which("moto_server", path=os.path.dirname(sys.executable))
    if program is None or find_spec("s3fs") is None:
        absent("moto_server or s3fs", "pip install s3fs 'moto[s3]' flask flask-cors", required="TEST_S3")
        return
    port = free_port()
    url, log = f"http://127.0.0.1:{port}", tmp_path_factory.mktemp("s3") / "log"
    with serving([program, "-H", "127.0.0.1", "-p", str(port)], lambda: listens(port), log):
        put(url, "bucket", b"")
        put(url, "bucket/articles/english.txt", ENGLISH.encode())
        put(url, "bucket/market/prices/NVDA.csv", QUIET_DAY)
        yield url


def put(url: str, name: str, content: bytes) -> None:
    signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request"}
    assert httpx.put(f"{url}/{name}", content=content, headers=signed).status_code == 200


def test_an_article_and_its_data_are_read_from_a_bucket(server: str, tmp_path: Path) -> None:
    given = ("s3://bucket/articles/english.txt", "--home", tmp_path / "home", "-f", "json")
    store = {**KEYS, "AWS_ENDPOINT_URL": server}
    done = run(*given, "--data", "s3://bucket/market", **store)
    assert done.code == 0, done.err
    report = json.loads(done.out)
    assert report["article"]["source"] == "s3://bucket/articles/english.txt"
    assert report["run"]["market"]["folders"] == ["s3://bucket/market"]
    used = {one["source"] for claim in report["claims"] for e in claim["evidence"] for one in e["data"]}
    assert "market" in used
    (tmp_path / "report.json").write_text(done.out, encoding="utf-8")
    verify = ("verify", tmp_path / "report.json", "--home", tmp_path / "home", "--data", "s3://bucket/market")
    assert run(*verify, **store).code == 0
    put(server, "bucket/market/prices/NVDA.csv", QUIET_DAY.replace(b"118.42", b"120.00"))
    assert run(*verify, **store).code == 3, "other data are told apart from a changed report"
    put(server, "bucket/market/prices/NVDA.csv", QUIET_DAY)
    assert run(*verify, **store).code == 0


def test_a_folder_of_a_bucket_is_a_batch(server: str, tmp_path: Path) -> None:
    home = ("--home", tmp_path / "home")
    store = {**KEYS, "AWS_ENDPOINT_URL": server}
    done = run("s3://bucket/articles", *home, **store)
    assert done.code == 0, done.err
    assert re.search(r"done now +1 ", done.out), done.out
    again = run("s3://bucket/articles", *home, **store)
    assert re.search(r"done before +1 ", again.out), again.out


def test_what_a_bucket_does_not_give_is_told(server: str, tmp_path: Path) -> None:
    home = ("--home", tmp_path / "home")
    store = {**KEYS, "AWS_ENDPOINT_URL": server}
    refused(run("s3://bucket/articles/gone.txt", *home, **store), "No such file: s3://bucket/articles/gone.txt")
    refused(run("s3://elsewhere/a.txt", *home, **store), "s3://elsewhere/a.txt")
    article = "s3://bucket/articles/english.txt"
    refused(run(article, "--data", "s3://bucket/articles", *home, **store), "s3://bucket/articles holds no market data")
    nobody = {**KEYS, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}", "AWS_MAX_ATTEMPTS": "1"}
    down = run(article, *home, **nobody)
    refused(down, f"{article} cannot be read", "Could not connect")
    assert "secret-of-s3" not in down.err
