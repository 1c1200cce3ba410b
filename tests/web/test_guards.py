"""What holds for every request and answer."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from communique import web
from communique.web.guards import MOST_BYTES

from .conftest import post, word

ANSWERS = [
    "/articles", "/nothing", "/api/events", "/api/nothing", "/static/style.css", "/static/none", "/events?type=war",
    "/picture/map.json", "/download/events.csv", "/", "/feed/x.atom",
]  # fmt: skip


@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_forbids_script_of_others_and_requests_to_others(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == ("no-cache" if address.startswith("/static") else "no-store")


def test_templates_hold_no_script_no_style_and_name_no_other_host() -> None:
    folder = Path(web.__file__).parent / "templates"
    for path in folder.glob("**/*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=\"/static/)", text), path
        assert not re.search(r"<style|\sstyle=|\son\w+=", text), path
        assert not re.search(r"https?://|//\w", text), path
        assert "|safe" not in text.replace(" ", ""), path


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "", "10.0.0.1"])
def test_a_name_that_is_not_ours_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/articles", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_names_of_this_machine_are_served(client: TestClient, host: str) -> None:
    assert client.get("/articles", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost:9999"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[localhost"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_no_page_of_another_site_writes(client: TestClient, headers: dict[str, str], status: int) -> None:
    data = {"csrf": word(client), "text": "a note"}
    assert client.post("/notes/e-0000000000000001", data=data, headers=headers).status_code == status
    answer = client.put("/api/bookmarks/e-0000000000000001", headers={**headers, "X-CSRF-Token": data["csrf"]})
    assert answer.status_code == (204 if status == 303 else 403)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, 403),
    ],
)
def test_a_link_of_another_site_may_be_followed_but_nothing_loaded(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    assert client.get("/events", headers=headers).status_code == status


FORMS = [
    "/bookmarks/e-0000000000000001", "/tags/e-0000000000000001", "/notes/e-0000000000000001", "/note/1",
    "/searches/events", "/search/1", "/language", "/correct/e-0000000000000001", "/correction/1/withdraw", "/upload",
    "/account/tokens", "/account/tokens/1/drop", "/account/password", "/users", "/users/1/role", "/users/1/remove",
    "/sign-in", "/sign-up", "/sign-out",
]  # fmt: skip


@pytest.mark.parametrize("address", FORMS)
def test_no_form_is_taken_that_no_page_of_ours_has_sent(client: TestClient, address: str) -> None:
    """Also where nobody signs in: what one browser may do, another site's page may not."""
    word(client)
    every = {
        "text": "x", "tag": "x", "name": "x", "password": "x" * 10, "code": "ru", "field": "record", "after": "true",
        "role": "admin", "old": "x", "new": "x" * 10,
    }  # fmt: skip
    for csrf in ("", "0" * 64):
        assert client.post(address, data={**every, "csrf": csrf}).status_code == 403


def test_all_routes_that_write_are_among_those_tested(client: TestClient) -> None:
    paths = {
        re.sub(r"\{\w+\}", "X", route.path)
        for route in _routes(client.app)
        if "POST" in (getattr(route, "methods", None) or ()) and not route.path.startswith("/api/")
    }
    tested = {re.sub(r"/(e-\w+|\d+)(?=/|$)", "/X", form).replace("/searches/events", "/searches/X") for form in FORMS}
    assert paths == tested


def _routes(app):  # type: ignore[no-untyped-def] # the framework's routes
    from communique.web import pages
    from communique.web.pages import accounts, feeds

    found = [*accounts.router.routes, *feeds.router.routes]
    for module in (
        "articles",
        "actors",
        "stories",
        "pictures",
        "desk",
        "downloads",
        "notebook",
        "corrections",
        "lists",
    ):
        found += __import__(f"{pages.__name__}.{module}", fromlist=["router"]).router.routes
    return found


def test_a_body_that_is_too_large_is_refused(client: TestClient) -> None:
    answer = client.post("/upload", content=b"", headers={"Content-Length": str(MOST_BYTES + 1)})
    assert answer.status_code == 413


def test_a_program_writes_without_cookies_and_a_browser_with_its_word(client: TestClient) -> None:
    client.cookies.clear()
    assert client.put("/api/bookmarks/e-0000000000000001").status_code == 204
    csrf = word(client)
    assert client.put("/api/bookmarks/e-0000000000000002").status_code == 403
    assert client.put("/api/bookmarks/e-0000000000000002", headers={"X-CSRF-Token": csrf}).status_code == 204
    assert set(client.get("/api/bookmarks").json()) == {"e-0000000000000001", "e-0000000000000002"}


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_form_leads_to_another_site(client: TestClient, address: str) -> None:
    assert post(client, "/bookmarks/e-0000000000000001", next=address).headers["location"] == "/"
