"""Who gets an answer: hosts, links, cookies, origins, forms, sizes; and what every answer carries."""

from __future__ import annotations

import socket

import httpx
import pytest
from review_page import Served

from analyzer.errors import InputError
from analyzer.web import server
from analyzer.web.guard import HEADERS, MAX_BODY, Address
from analyzer.web.preferences import OWN_PATH


def test_the_link_opens_the_page_once(served: Served) -> None:
    link = served.link()
    first, second = served.new_client(), served.new_client()
    answer = first.get(link)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert first.get("/").status_code == 200
    refused = second.get(link)
    assert refused.status_code == 401
    assert "used already" in refused.text
    assert first.get(link).status_code == 303, "the browser that is in stays in when its link is opened again"


@pytest.mark.parametrize("path", ["/", "/articles/0123", "/preferences", "/nothing"])
def test_without_a_session_nothing_is_shown(served: Served, path: str) -> None:
    answer = served.new_client().get(path)
    assert answer.status_code == 401
    assert "shock" not in answer.text


def test_a_made_up_cookie_opens_nothing(served: Served) -> None:
    client = served.new_client(cookies={served.address.cookie: "0" * 43})
    assert client.get("/").status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "127.0.0.1", "", "[", "localhost:x"]
)
def test_a_foreign_host_is_refused(served: Served, host: str) -> None:
    answer = served.client.get("/", headers={"Host": host.format(port=served.address.port)})
    assert answer.status_code in (400, 421)


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:{port}", ""]
)
def test_a_form_from_another_page_does_nothing(served: Served, origin: str) -> None:
    token = served.csrf(served.client)
    served.client.headers["Origin"] = origin.format(port=served.address.port)
    answer = served.client.post("/preferences", data={"csrf": token, "language": "de"})
    assert answer.status_code == 403
    assert "another page" in answer.text


def test_a_form_without_its_secret_does_nothing(served: Served) -> None:
    other = served.enter()
    for token in ("", "x", served.csrf(other)):
        assert served.client.post("/preferences", data={"csrf": token, "language": "de"}).status_code == 403
    assert 'lang="en"' in served.client.get("/").text


def test_a_form_has_one_kind_and_a_size(served: Served) -> None:
    token = served.csrf(served.client)
    as_json = served.client.post("/preferences", json={"csrf": token})
    as_file = served.client.post("/preferences", data={"csrf": token}, files={"file": b"x"})
    large = served.client.post("/preferences", data={"csrf": token, "note": "x" * MAX_BODY})
    assert (as_json.status_code, as_file.status_code, large.status_code) == (415, 415, 413)


def test_a_form_that_hides_its_size_is_cut_off(served: Served) -> None:
    def pieces() -> object:
        yield from (b"csrf=" + b"x" * 1000 for _ in range(MAX_BODY // 500))

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert served.client.post("/preferences", content=pieces(), headers=kind).status_code == 413


def test_every_answer_carries_the_policy(served: Served) -> None:
    paths = ("/", "/static/review.css", "/favicon.ico", "/nothing", "/docs", "/openapi.json")
    answers = [served.client.get(path) for path in paths]
    answers += [served.new_client().get("/"), served.new_client().get("/", headers={"Host": "evil.example"})]
    for answer in answers:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert "server" not in answer.headers
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")


def test_no_page_of_documentation_and_no_file_outside(served: Served) -> None:
    outside = ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd",
               "/articles/..%2f..%2fetc%2fpasswd")  # fmt: skip
    for path in ("/docs", "/redoc", "/openapi.json", *outside):
        assert served.client.get(path).status_code == 404, path


def test_a_long_head_is_refused(served: Served) -> None:
    try:
        answer = served.client.get("/", headers={"X-Long": "x" * 100_000})
    except httpx.HTTPError:
        return  # the server hung up
    assert answer.status_code in (400, 431)


def test_language_theme_and_name_are_kept_for_the_session(served: Served) -> None:
    page = served.post(
        served.client, "/preferences", language="de", theme="dark", reviewer="Grete  Ohm", back="/?sort=title"
    )
    assert page.url.path == "/"
    assert page.url.query == b"sort=title"
    assert 'lang="de" data-theme="dark"' in page.text
    assert "Grete Ohm" in page.text
    assert 'lang="en"' in served.enter().get("/").text, "another browser has its own"


def test_a_name_that_cannot_be_used_is_said(served: Served) -> None:
    for name in ("", "  ", "x" * 81):
        answer = served.post(served.client, "/preferences", reviewer=name)
        assert answer.status_code == 422
        assert "1 to 80 characters" in answer.text


@pytest.mark.parametrize(
    "back", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:x", "/a b", ""]
)
def test_a_form_leads_nowhere_else(back: str) -> None:
    assert OWN_PATH.fullmatch(back) is None


@pytest.mark.parametrize("header", ["de", "de-AT,en;q=0.5", "fr, de;q=0.8, en;q=0.2", "en;q=0.1,de"])
def test_the_language_is_the_browsers(served: Served, header: str) -> None:
    assert 'lang="de"' in served.enter(language=header).get("/").text


@pytest.mark.parametrize("header", ["en", "fr", "", "de;q=0", "*", ";;;", "de;q=x"])
def test_english_is_what_else_is_spoken(served: Served, header: str) -> None:
    assert 'lang="en"' in served.enter(language=header).get("/").text


def test_other_machines_are_let_in_by_a_flag_that_the_refusal_names() -> None:
    with pytest.raises(InputError, match="--allow-network"):
        server.bind("0.0.0.0", 0, allow_network=False)
    listening, address = server.bind("0.0.0.0", 0, allow_network=True)
    listening.close()
    assert address.is_named_by(f"192.0.2.7:{address.port}")
    assert not address.is_named_by(f"evil.example:{address.port}")
    assert server.link(address, "t") == f"http://127.0.0.1:{address.port}/?token=t"


def test_a_port_that_is_taken_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(InputError, match="Choose another --port"):
            server.bind("127.0.0.1", taken.getsockname()[1], allow_network=False)


def test_a_host_that_is_none_is_said() -> None:
    with pytest.raises(InputError, match="no address"):
        server.bind("not a host", 0, allow_network=False)


def test_a_cookie_belongs_to_its_port() -> None:
    assert Address("127.0.0.1", 1).cookie != Address("127.0.0.1", 2).cookie
