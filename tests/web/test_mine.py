"""A person's habits: what they keep, correct and search for again, also after the archive has been coded anew."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
from fastapi.testclient import TestClient

from communique.archive import Archive
from communique.archive.accounts import User
from communique.archive.corrections import Correction, Corrections
from communique.archive.people import People
from communique.errors import ArchiveError, InputError, UsageError
from communique.web.app import application
from communique.web.data.judgements import agreements, gold, scores
from communique.web.fetching import Fetcher
from communique.web.settings import Settings
from communique.web.webhooks import Webhooks

from .conftest import coding, post

EVENT, STATEMENT, ARTICLE = "e-0000000000000003", "s-0000000000000003", "a-0000000000000003"


@pytest.mark.parametrize("record", [EVENT, STATEMENT, ARTICLE])
def test_any_record_is_bookmarked_tagged_and_noted(client: TestClient, record: str) -> None:
    post(client, f"/bookmarks/{record}")
    post(client, f"/tags/{record}", tag="  border   talks ")
    post(client, f"/notes/{record}", text="Compare <with> May")
    kept = client.get(f"/api/mine/{record}").json()
    assert (kept["bookmarked"], kept["tags"]) == (True, ["border talks"])
    assert kept["notes"][0]["text"] == "Compare <with> May"
    assert record in client.get("/bookmarks").text
    assert record in client.get("/bookmarks?tag=border+talks").text
    assert "Compare &lt;with&gt; May" in client.get("/notes").text
    key = str(kept["notes"][0]["key"])
    post(client, f"/note/{key}", text="Compare June")
    assert client.get("/api/notes").json()[0]["text"] == "Compare June"
    post(client, f"/note/{key}", drop="true")
    post(client, f"/tags/{record}", tag="border talks", drop="true")
    post(client, f"/bookmarks/{record}", drop="true")
    kept = client.get(f"/api/mine/{record}").json()
    assert kept == {"record": record, "bookmarked": False, "tags": [], "notes": []}


@pytest.mark.parametrize(
    ("path", "values", "status"),
    [
        ("/bookmarks/e-none", {}, 404), ("/tags/e-none", {"tag": "x"}, 404), (f"/tags/{EVENT}", {"tag": " "}, 400),
        (f"/tags/{EVENT}", {"tag": "x" * 61}, 400), (f"/notes/{EVENT}", {"text": " "}, 400), ("/note/999", {}, 400),
        ("/note/999", {"text": "x"}, 404), ("/note/99999999999999999999", {"text": "x"}, 422),
        ("/search/999", {"drop": "true"}, 404), ("/language", {"code": "xx"}, 400),
        ("/searches/events?type=war", {"name": "x"}, 400), ("/searches/wars", {"name": "x"}, 400),
        ("/searches/events", {"name": " "}, 400),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told(client: TestClient, path: str, values: dict[str, str], status: int) -> None:
    assert post(client, path, **values).status_code == status


def test_what_people_keep_outlives_the_archive_s_records(client: TestClient, archive: Path) -> None:
    post(client, f"/bookmarks/{EVENT}")
    post(client, f"/correct/{EVENT}", field="record", after="false", reason="an exercise")
    with Archive(archive) as store:
        store.add(msgspec.structs.replace(coding(3), events=()), coder="2")
    page = client.get("/bookmarks").text
    assert "No longer in the archive" in page
    assert EVENT in page
    (line,) = client.get("/corrections.gold").text.splitlines()
    assert json.loads(line)["machine"]["id"] == EVENT


def test_the_archive_itself_holds_nothing_of_people(client: TestClient, archive: Path) -> None:
    before = archive.read_bytes()
    post(client, f"/notes/{EVENT}", text="mine")
    post(client, f"/correct/{EVENT}", field="status", after="planned")
    assert archive.read_bytes() == before
    assert archive.with_name("news.db.people").is_file()


def test_a_correction_stands_beside_the_record_never_over_it(client: TestClient) -> None:
    post(client, f"/correct/{EVENT}", field="type", after="CONSULT", reason="they <met>")
    post(client, f"/correct/{EVENT}", field="source", after="state:SOM | Somalia\nprotesters")
    found = client.get(f"/api/corrections?record={EVENT}").json()
    assert [(c["field"], c["before"], c["after"], c["author"]) for c in found] == [
        ("type", "REQUEST", "CONSULT", "local"),
        (
            "source",
            [{"id": "state:KEN", "name": "Kenya"}],
            [{"id": "state:SOM", "name": "Somalia"}, {"id": None, "name": "protesters"}],
            "local",
        ),
    ]
    assert client.get(f"/api/records/{EVENT}").json()["type"] == "REQUEST"
    page = client.get(f"/article/{ARTICLE}").text
    assert "<del>REQUEST</del> <ins>CONSULT</ins>" in page
    assert "they &lt;met&gt;" in page


def test_another_correction_of_a_field_takes_the_place_of_one_s_first(client: TestClient) -> None:
    post(client, f"/correct/{EVENT}", field="status", after="planned")
    post(client, f"/correct/{EVENT}", field="status", after="denied")
    first, second = client.get(f"/api/corrections?record={EVENT}").json()
    assert first["withdrawn"] is not None
    assert second["withdrawn"] is None
    post(client, f"/correction/{second['key']}/withdraw")
    assert client.get("/api/corrections").json() == []
    assert post(client, f"/correction/{second['key']}/withdraw").status_code == 404


@pytest.mark.parametrize(
    ("record", "field", "after"),
    [
        (EVENT, "status", "maybe"), (EVENT, "type", "war"), (EVENT, "act", "deny"), (EVENT, "confidence", "1"),
        (STATEMENT, "act", "sing"), (STATEMENT, "type", "AID"), (EVENT, "record", "perhaps"),
        (EVENT, "source", "x" * 301), (EVENT, "source", "\n".join("abcdefghijklmnopqrstuvwxyz")),
    ],
)  # fmt: skip
def test_a_value_that_a_field_cannot_have_is_refused(client: TestClient, record: str, field: str, after: str) -> None:
    assert post(client, f"/correct/{record}", field=field, after=after).status_code == 400
    assert client.get("/api/corrections").json() == []


def correction(author: str, record: int, field: str, after: object) -> Correction:
    event = coding(record).events[0]
    before = True if field == "record" else getattr(event, field)
    return Correction(record, event.id, event.article, author, "2024-01-01", field, before, after, "", event)


def test_gold_is_what_most_say_and_of_as_many_the_latest() -> None:
    said = [
        correction("anna", 1, "status", "planned"), correction("ben", 1, "status", "denied"),
        correction("cem", 1, "status", "denied"),
        correction("anna", 2, "record", True), correction("ben", 2, "record", False),
        correction("anna", 4, "status", "happened"),
        correction("anna", 5, "record", False), correction("anna", 5, "status", "planned"),
    ]  # fmt: skip
    found = {int(one.machine.id[2:], 16): (one.verdict, one.changes) for one in gold(said)}
    assert found == {
        1: ("corrected", {"status": "denied"}), 2: ("none", {}), 4: ("right", {}), 5: ("none", {}),
    }  # fmt: skip
    counted = {(one.field): (one.judged, one.right) for one in scores(gold(said))}
    assert counted["record"] == (4, 2)
    assert counted["status"] == (2, 1)
    assert counted["type"] == (2, 2)


def test_agreement_is_told_with_what_chance_would_give() -> None:
    """Worked by hand: of four records three alike; by chance 0.5 * 0.75 + 0.5 * 0.25 = 0.5."""
    anna = [correction("anna", n, "record", value) for n, value in enumerate((True, True, False, False))]
    ben = [correction("ben", n, "record", value) for n, value in enumerate((True, True, True, False))]
    (found,) = agreements([*anna, *ben, correction("cem", 9, "record", True)])
    assert (found.one, found.other, found.field, found.both) == ("anna", "ben", "record", 4)
    assert (found.agreed, found.kappa) == (0.75, 0.5)
    (same,) = agreements([correction("anna", 1, "record", True), correction("ben", 1, "record", True)])
    assert (same.agreed, same.kappa) == (1.0, None)


def test_a_saved_search_has_feeds_of_what_came_last(client: TestClient, archive: Path) -> None:
    post(client, "/searches/events?type=ASSAULT&q=talk", name="Assaults")
    (secret,) = re.findall(r"/feed/([\w-]+)\.atom", client.get("/searches").text)
    with Archive(archive) as store:
        store.add(coding(62), coder="1")
    feed = client.get(f"/feed/{secret}.json")
    assert feed.headers["content-type"] == "application/feed+json"
    items = feed.json()["items"]
    assert len(items) == 21
    assert items[0]["id"] == "e-000000000000003e"
    assert items[0]["content_text"] == "Kenya urged Somalia to talk."
    atom = ET.fromstring(client.get(f"/feed/{secret}.atom").content)
    name = "{http://www.w3.org/2005/Atom}"
    entries = atom.findall(f"{name}entry")
    assert entries[0].findtext(f"{name}id") == "urn:communique:record:e-000000000000003e"
    assert all(entry.findtext(f"{name}updated") for entry in entries)
    assert atom.findtext(f"{name}title") == "Assaults"
    post(client, "/search/1", drop="true")
    assert client.get(f"/feed/{secret}.atom").status_code == 404


class Web(Fetcher):
    """A web on which hooks.example alone is public."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[dict[str, object]] = []
        self.status = 200

    def check(self, url: str) -> None:
        if "hooks.example" not in url:
            raise InputError("is no public address", where=url)

    def post(self, url: str, body: bytes) -> int:
        self.check(url)
        self.sent.append(json.loads(body))
        return self.status


def test_a_webhook_is_told_of_each_new_match_once_and_again_if_it_did_not_listen(archive: Path) -> None:
    web = Web()
    app = application(Settings.of(archive), fetcher=web)
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        hooks = Webhooks(app.state.communique)
        address = "/searches/events?type=ASSAULT"
        assert post(client, address, name="x", webhook="http://10.0.0.1/").status_code == 400
        assert post(client, address, name="Assaults", webhook="https://hooks.example/x").status_code == 303
        post(client, address, name="told to nobody")
        hooks.tell()
        assert web.sent == []  # what was there before is not new
        with Archive(archive) as store:
            store.add(coding(62), coder="1")
            store.add(coding(63), coder="1")
        web.status = 500
        hooks.tell()
        web.status = 200
        hooks.tell()
        hooks.tell()
        assert len(web.sent) == 2
        assert web.sent[0] == web.sent[1]
        assert [match["record"] for match in web.sent[1]["matches"]] == ["e-000000000000003e"]  # type: ignore[attr-defined]


def test_programs_do_all_of_it_too(client: TestClient) -> None:
    client.cookies.clear()
    assert client.put(f"/api/tags/{EVENT}?tag=talks").status_code == 204
    assert client.get("/api/tags").json() == [{"tag": "talks", "number": 1}]
    assert client.delete(f"/api/tags/{EVENT}?tag=talks").status_code == 204
    note = client.post(f"/api/notes/{EVENT}", json={"text": "x"})
    assert note.status_code == 201
    key = note.json()["key"]
    assert client.put(f"/api/note/{key}", json={"text": "y"}).status_code == 204
    assert client.delete(f"/api/note/{key}").status_code == 204
    body = {"record": EVENT, "field": "target", "after": [{"id": None, "name": "rebels"}], "reason": "see text"}
    made = client.post("/api/corrections", json=body)
    assert made.status_code == 201
    (judged,) = client.get("/api/corrections/gold").json()
    assert judged["changes"] == {"target": [{"id": None, "name": "rebels"}]}
    assert client.get("/api/corrections/scores").json()["scores"][0]["judged"] == 1
    assert client.delete(f"/api/corrections/{made.json()['key']}").status_code == 204
    body = {"name": "x", "kind": "events", "query": {"type": "ASSAULT", "q": "talk"}}
    search = client.post("/api/searches", json=body)
    assert search.status_code == 201
    assert client.get("/api/searches").json() == [search.json()]
    assert client.delete(f"/api/searches/{search.json()['key']}").status_code == 204
    for path, wrong in (("/api/corrections", {**body, "record": ARTICLE}), ("/api/searches", {"name": "x"})):
        assert client.post(path, json=wrong).status_code == 422


def test_a_file_of_another_program_is_not_taken_for_one_of_people(tmp_path: Path, archive: Path) -> None:
    with pytest.raises(ArchiveError):
        People(archive)
    (tmp_path / "text").write_text("no database", encoding="utf-8")
    with pytest.raises(ArchiveError):
        People(tmp_path / "text")
    People(tmp_path / "new.people").close()
    with pytest.raises(ArchiveError):
        Archive(tmp_path / "new.people")


def test_a_reason_too_long_is_refused(tmp_path: Path) -> None:
    people = People(tmp_path / "x.people")
    with pytest.raises(UsageError, match="too long"):
        Corrections(people).add(
            coding(1).events[0], User(1, "a", "editor", ""), field="record", after=True, reason="x" * 2001
        )
    people.close()
