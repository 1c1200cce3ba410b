"""What the desk does for readers: pages of their own coded at once, and why a record is there."""

import json
import re
import threading
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from communique.archive import Archive
from communique.coder import Coder
from communique.records import Article
from communique.web import desk as desks
from communique.web.app import application
from communique.web.desk import Busy, Desk
from communique.web.fetching import Fetched, Fetcher
from communique.web.settings import Settings

from .conftest import post, word

PAGE = (
    "GENEVA, May 3, 2024 (Agency) - “We will not sign,” Maria Zakharova said on Friday. Kenya urged Somalia to talk."
)


def test_a_pasted_text_is_shown_with_its_marks_and_kept_nowhere(coding_client: TestClient, archive: Path) -> None:
    page = post(coding_client, "/upload", text=PAGE)
    assert page.status_code == 200
    assert 'class="mark speaker"' in page.text
    assert "Maria Zakharova" in page.text
    with Archive(archive) as store:
        assert store.count("articles") == 60


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("page.txt", PAGE.encode(), 2),
        ("page.html", f"<html><body><article><h1>Talks</h1><p>{PAGE}</p></article></body></html>".encode(), 2),
        ("page.jsonl", json.dumps({"text": PAGE}).encode() + b"\n" + json.dumps({"text": PAGE}).encode(), 4),
    ],
)
def test_a_file_of_any_form_is_read(coding_client: TestClient, name: str, content: bytes, said: int) -> None:
    data = {"csrf": word(coding_client)}
    page = coding_client.post("/upload", data=data, files={"file": (name, content)})
    assert page.status_code == 200
    assert page.text.count('<li id="s-') == said


def test_what_is_to_be_kept_is_added_and_shown(coding_client: TestClient, archive: Path) -> None:
    answer = post(coding_client, "/upload", text=PAGE, date="2024-05-03", keep="true")
    assert answer.status_code == 303
    assert coding_client.get(answer.headers["location"]).status_code == 200
    with Archive(archive) as store:
        assert store.count("articles") == 61
        assert store.coder_of(answer.headers["location"].removeprefix("/article/")) not in {None, "1"}


@pytest.mark.parametrize(
    "values", [{}, {"text": "\x00"}, {"text": PAGE, "date": "yesterday"}, {"url": "http://localhost/"}, {"url": "x"}]
)
def test_what_cannot_be_read_is_told(coding_client: TestClient, values: dict[str, str]) -> None:
    page = post(coding_client, "/upload", **values)
    assert page.status_code == 400
    assert 'class="message"' in page.text


def test_a_file_that_is_no_page_is_told(coding_client: TestClient) -> None:
    data = {"csrf": word(coding_client)}
    page = coding_client.post("/upload", data=data, files={"file": ("x.bin", b"\x00\x01\xff" * 99)})
    assert page.status_code == 400


def test_a_page_of_the_web_is_fetched_and_coded(archive: Path, coder: Coder) -> None:
    class Web(Fetcher):
        def fetch(self, url: str) -> Fetched:
            kind = "application/pdf" if url.endswith(".pdf") else "text/html"
            return Fetched(url, 200, kind, f"<html><body><p>{PAGE}</p></body></html>".encode())

    app = application(Settings.of(archive), fetcher=Web(), coder=lambda: coder)
    with TestClient(app, base_url="http://localhost") as client:
        page = post(client, "/upload", url="https://news.example/1")
        assert page.text.count('<li id="s-') == 2
        assert post(client, "/upload", url="https://news.example/1.pdf").status_code == 400


def test_why_a_record_is_there_is_told_with_its_parse(coding_client: TestClient) -> None:
    answer = post(coding_client, "/upload", text=PAGE, keep="true")
    page = coding_client.get(answer.headers["location"]).text
    address = next(re.finditer(r"/explain/s-\w+", page))[0]
    whole, part = coding_client.get(address), coding_client.get(address + "?part")
    assert "<!doctype html>" in whole.text
    assert "<!doctype html>" not in part.text
    for text in (whole.text, part.text):
        assert "ROOT" in text
        assert "Maria Zakharova" in text
    assert coding_client.get(answer.headers["location"].replace("article", "explain")).status_code == 404


def test_programs_code_and_ask_why(coding_client: TestClient) -> None:
    coding_client.cookies.clear()
    (coding,) = coding_client.post("/api/code", json={"text": PAGE, "keep": True}).json()
    statement, _ = coding["statements"]
    assert statement["speaker"]["actor"]["name"] == "Maria Zakharova"
    why = coding_client.get(f"/api/explain/{statement['id']}").json()
    start, end = why["marks"][0][0]
    assert why["passage"][start:end]
    assert any(node["role"] == "cue" for node in why["parse"])
    assert coding_client.post("/api/code", json={"text": ""}).status_code == 400
    assert coding_client.post("/api/code", json={"txt": "x"}).status_code == 422
    assert coding_client.post("/api/code", content=b"{").status_code == 422


def a_page(text: str = "One sentence.") -> Article:
    return Article(id="a-1", text=text, paragraphs=((0, len(text)),))


def test_few_wait_and_none_for_ever(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "WAITING", 2)
    monkeypatch.setattr(desks, "PATIENCE", 0.1)
    go = threading.Event()

    def slowly() -> Coder:
        go.wait(10)
        return coder

    desk = Desk(slowly)
    desk.warm()
    with pytest.raises(Busy, match="too long"):
        desk.code(a_page())
    desk.warm()
    desk._waiting = 2
    with pytest.raises(Busy, match="too many"):
        desk.code(a_page())
    desk._waiting = 1
    go.set()
    monkeypatch.setattr(desks, "PATIENCE", 10)
    assert desk.code(a_page())[0].article.id == "a-1"
    desk.close()


def test_a_page_that_would_keep_others_waiting_is_refused(coding_client: TestClient) -> None:
    answer = post(coding_client, "/upload", text="The talks go on. " * 7000)
    assert answer.status_code == 400
    assert "communique add" in answer.text


def test_one_reader_cannot_keep_the_desk_busy(coding_client: TestClient) -> None:
    coding_client.cookies.clear()
    codes = [coding_client.post("/api/code", json={"text": "  "}).status_code for _ in range(61)]
    assert codes == [400] * 60 + [429]
