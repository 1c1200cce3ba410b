"""A page whose every field carries script, markup, signs that reverse the line, and a megabyte of title."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import msgspec
import pytest
from fastapi.testclient import TestClient

from communique.archive import Archive
from communique.records import Actor, Article, Coding, Event, Mention, Outlet, Party, Place, Statement
from communique.web.app import application
from communique.web.settings import Settings

from .conftest import post

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202e\u2066{{7*7}}{% raw %}\x00\x1b"
LONG = EVIL + "W" * 1_000_000


def hostile() -> Coding:
    text = f"{EVIL} accused {EVIL} of {EVIL}."
    end = len(text)
    mention = Mention(0, len(EVIL), EVIL)
    actor = Actor(f"person:{EVIL}", LONG, EVIL, "KEN", "GOV", LONG, mention)
    article = Article(
        id="a-00000000000000ff", text=text, paragraphs=((0, end),), url=f"javascript:alert(1)//{EVIL}",
        outlet=Outlet(LONG, EVIL, "KEN"), title=LONG, standfirst=LONG, byline=(LONG,), published="2024-03-01",
        language=EVIL, place=Place(EVIL), warnings=(LONG,),
    )  # fmt: skip
    statement = Statement(
        id="s-00000000000000ff", article=article.id, kind="direct", speaker=Party(mention, actor),
        content=((0, end),), content_text=LONG, act="accuse", made_by=EVIL, confidence=0.5, said_on="2024-03-01",
        place=Place(EVIL), basis={EVIL: EVIL},
    )  # fmt: skip
    event = Event(
        id="e-00000000000000ff", article=article.id, type="ACCUSE", source=(actor,), target=(actor,),
        status="happened", trigger=(0, 5), evidence=(0, end), made_by=EVIL, confidence=0.5, date="2024-03-01",
        place=Place(LONG, "KEN", 1.0, 2.0), mode=EVIL, quad=3, goldstein=-2.0, counts={EVIL: 3}, basis={EVIL: EVIL},
    )  # fmt: skip
    return Coding(article, (statement,), (event,))


@pytest.fixture(scope="module")
def evil_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("evil") / "evil.db"
    with Archive(path, create=True) as store:
        store.add(hostile(), coder=EVIL)
    with TestClient(application(Settings.of(path)), base_url="http://localhost") as found:
        post(found, "/notes/s-00000000000000ff", text=EVIL)
        post(found, "/tags/s-00000000000000ff", tag="<script>x</script>\u202e")
        post(found, "/correct/e-00000000000000ff", field="source", after=EVIL.replace("\x00", ""), reason=EVIL)
        post(found, "/searches/events", name="<script>x</script>\u202e")
        yield found


class Finder(HTMLParser):
    """Notes the elements and attributes of a page as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.handlers: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        if tag in {"script", "img", "iframe", "object", "embed"}:
            self.scripts.append({"tag": tag, **dict(attrs)})


ADDRESSES = [
    "/articles", "/statements", "/events", "/article/a-00000000000000ff", "/event/e-00000000000000ff",
    "/correct/e-00000000000000ff", "/corrections", "/notes", "/bookmarks", "/searches", "/search?q=accused",
    "/events?q=accused", "/actors?q=alert", "/picture/map", "/articles?outlet=script",
    "/events?outlet=%3Cscript%3Ealert(1)%3C/script%3E", "/search?q=%3Cscript%3Ealert%E2%80%AE", "/x%3Cscript%3E",
    "/bookmarks?tag=%3Cscript%3E", "/dyad?one=%3Cscript%3E&other=x",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_of_a_page_becomes_markup(evil_client: TestClient, address: str) -> None:
    page = evil_client.get(address)
    assert page.status_code in {200, 400, 404}
    found = Finder()
    found.feed(page.text)
    ours = {"/static/js/theme.js", "/static/js/reader.js", "/static/js/pictures.js"}
    assert {script["src"] for script in found.scripts} <= ours
    assert found.handlers == []
    for target in found.addresses:
        assert target.startswith(("/", "#", "https://", "http://")), target
    # Nothing turns the line around, or is no character at all; a title of a megabyte is cut.
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", page.text)
    assert "49" not in re.sub(r"[^{}\d]", " ", "".join(re.findall(r"\{\{[^}]*\}\}", page.text)))
    assert len(page.text) < 120_000


def test_each_actor_of_an_evil_name_has_a_page(evil_client: TestClient) -> None:
    address = re.search(r'href="(/actor/[^"]+)"', evil_client.get("/actors?q=alert").text)
    assert address is not None
    page = evil_client.get(address[1])
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_data_and_downloads_are_never_taken_for_a_page(evil_client: TestClient) -> None:
    for address in ("/picture/map.json", "/picture/map.csv", "/download/events.csv", "/download/events.jsonl",
                    "/api/events", "/api/records/e-00000000000000ff", "/corrections.gold"):  # fmt: skip
        answer = evil_client.get(address)
        assert answer.status_code == 200
        assert "html" not in answer.headers["content-type"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_feeds_hold_text_alone_and_are_well_formed(evil_client: TestClient) -> None:
    (secret,) = re.findall(r"/feed/([\w-]+)\.atom", evil_client.get("/searches").text)
    feed = ET.fromstring(evil_client.get(f"/feed/{secret}.atom").content)
    assert [child.tag.split("}")[1] for child in feed].count("entry") == 1
    items = msgspec.json.decode(evil_client.get(f"/feed/{secret}.json").content)["items"]
    assert [item["id"] for item in items] == ["e-00000000000000ff"]
    assert "external_url" not in items[0]
