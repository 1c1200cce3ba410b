"""The API: the same filters as the pages, lists in parts, errors as problem details, and its own description."""

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

from communique.filters import FILTERS, KINDS
from communique.records import from_json, json_schema
from communique.web.app import application
from communique.web.settings import Settings


@pytest.mark.parametrize("kind", KINDS)
def test_parts_of_a_list_make_up_the_whole(client: TestClient, kind: str) -> None:
    found: list[dict[str, str]] = []
    after = ""
    while after is not None:
        page = client.get(f"/api/{kind}?limit=7{f'&after={after}' if after else ''}").json()
        assert page["total"] == {"number": 60, "more": False}
        found += page["records"]
        after = page["next"]
    assert len({record["id"] for record in found}) == len(found) == 60
    assert [record["id"] for record in client.get(f"/api/{kind}?limit=60").json()["records"]] == [
        r["id"] for r in found
    ]
    lines = client.get(f"/api/{kind}.jsonl")
    assert lines.headers["content-type"] == "application/jsonl"
    assert {from_json(line).id for line in lines.text.splitlines()} == {r["id"] for r in found}


def test_filters_words_order_and_offset(client: TestClient) -> None:
    page = client.get("/api/events?type=ASSAULT&country=ken&q=talk&sort=surest&limit=3&offset=1").json()
    assert page["total"]["number"] == 20
    confidences = [record["confidence"] for record in page["records"]]
    assert confidences == sorted(confidences, reverse=True)
    assert len(confidences) == 3
    facets = client.get("/api/facets/events?type=ASSAULT").json()
    assert {facet["key"] for facet in facets} >= {"type", "status", "country", "sector", "actor", "outlet", "day"}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/events?type=war", 400), ("/api/events?act=deny", 422), ("/api/events?colour=red", 422),
        ("/api/events?limit=0", 422), ("/api/events?limit=1001", 422), ("/api/events?sort=loud", 400),
        ("/api/events?after=e-none", 404), ("/api/events?after=e-0000000000000001&sort=oldest", 400),
        ("/api/records/e-none", 404), ("/api/nothing", 404), ("/api/actor?id=nobody", 404), ("/api/search", 422),
        ("/api/search?q=%22", 400), ("/api/pictures/timeline?by=hour", 400), ("/api/dyad?one=x", 422),
        ("/api/articles/e-0000000000000001/coding", 400), ("/api/explain/a-0000000000000001", 400),
        ("/api/facets/events?since=never", 400), ("/api/events.jsonl?type=war", 400),
        ("/api/search?q=x&kind=wars", 400),
    ],
)  # fmt: skip
def test_errors_are_problem_details(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]


def test_single_records_codings_actors_pairs_and_reports(client: TestClient) -> None:
    assert client.get("/api/records/e-0000000000000001").json()["record"] == "event"
    coding = client.get("/api/articles/a-0000000000000001/coding").json()
    assert [len(coding["statements"]), len(coding["events"])] == [1, 1]
    assert [who["id"] for who in client.get("/api/actors?name=keny").json()] == []
    assert [who["id"] for who in client.get("/api/actors?name=Kenya").json()] == ["state:KEN"]
    actor = client.get("/api/actor?id=state:KEN").json()
    assert {part["name"]: part["number"] for part in actor["parts"]} == {
        "said": 60, "did": 60, "suffered": 0, "addressed": 0,
    }  # fmt: skip
    dyad = client.get("/api/dyad?one=state:KEN&other=state:SOM").json()
    assert sum(tally["number"] for tally in dyad["one"]["tallies"]) == 60
    assert len(client.get("/api/events/e-0000000000000001/reports").json()["reports"]) == 1
    (hit, *_) = client.get("/api/search?q=urging&kind=events").json()
    assert ["urged", True] in hit["snippet"]
    assert client.get("/api/pictures/map?country=SOM").json()[0]["name"] == "Nairobi"


def test_the_description_names_every_route_filter_and_type(client: TestClient) -> None:
    told = client.get("/api/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    for kind in KINDS:
        named = {parameter["name"] for parameter in told["paths"][f"/api/{kind}"]["get"]["parameters"]}
        assert named == {key for key, f in FILTERS.items() if kind in f.kinds} | {
            "q",
            "limit",
            "offset",
            "after",
            "sort",
        }
    schemas = told["components"]["schemas"]
    assert schemas["Event"] == json.loads(
        json.dumps(json_schema()["$defs"]["Event"]).replace("#/$defs/", "#/components/schemas/")
    )
    text = json.dumps(told)
    assert "x-type" not in text
    for name in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in schemas
    operations = [operation for path in told["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    assert all(path.startswith("/api/") for path in told["paths"])


def test_a_defect_of_the_program_is_told_without_its_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the inside")

    monkeypatch.setattr("communique.web.api.records.json_of", fail)
    quiet = TestClient(client.app, base_url="http://localhost", raise_server_exceptions=False)
    answer = quiet.get("/api/records/e-0000000000000001")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "the inside" not in answer.text


@pytest.fixture
def address(archive: Path) -> Iterator[str]:
    """The reader on a port of this machine."""
    import uvicorn

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(application(Settings.of(archive)), log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def test_no_request_however_odd_is_a_defect(address: str) -> None:
    """A bounded part of what schemathesis tries, where it is installed."""
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
    schema = schemathesis.openapi.from_url(f"{address}/api/openapi.json", wait_for_schema=30)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 40
    for operation in operations:
        if operation.path == "/api/code":
            continue  # would load the language model

        @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy())
        def ask(case) -> None:  # type: ignore[no-untyped-def] # schemathesis is not always there
            answer = case.call()
            assert answer.status_code < 500, (case.method, case.path, answer.text)

        ask()
