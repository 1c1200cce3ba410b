"""What pages show, and that each view is told by its address."""

import re

import pytest
from fastapi.testclient import TestClient

from .conftest import TEXT, coding


def ids(page: str, prefix: str) -> list[str]:
    return list(dict.fromkeys(re.findall(rf"record=({prefix}-[0-9a-f]+)", page)))


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", page))


def test_the_front_page_leads_to_the_latest_articles(client: TestClient) -> None:
    assert client.get("/").headers["location"] == "/articles"
    page = client.get("/articles").text
    assert page.count('class="row articles"') == 50
    # Of the same December the 24th before the 12th.
    assert page.index("/article/a-0000000000000017") < page.index("/article/a-000000000000000b")


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/events", 60),
        ("/events?type=ASSAULT", 20),
        ("/events?type=ASSAULT&country=KEN&sector=GOV&actor=state:SOM", 20),
        ("/events?source=Somalia", 0),
        ("/statements?speaker=Kenya&act=appeal", 60),
        ("/statements?q=talk&since=2024-12", 5),
        ("/articles?outlet=daily1.example", 20),
        ("/events?type=&country=&q=", 60),
    ],
)
def test_filters_stand_in_the_address(client: TestClient, address: str, number: int) -> None:
    page = client.get(address)
    assert page.status_code == 200
    assert f'role="status">{number} ' in page.text


def test_facets_lead_to_lists_of_as_many_records(client: TestClient) -> None:
    page = client.get("/events?country=KEN").text
    found = re.findall(r'<a href="(/events\?[^"]*)"><bdi>[^<]*</bdi></a> <span class="number">(\d+)</span>', page)
    assert len(found) > 8
    for address, number in found:
        shown = client.get(address.replace("&amp;", "&")).text
        assert f'role="status">{number} ' in shown, address


def test_pages_of_a_list_hold_each_record_once(client: TestClient) -> None:
    first, second = client.get("/events?sort=oldest").text, client.get("/events?sort=oldest&page=2").text
    assert len(ids(first, "e")) == 50
    assert len(ids(second, "e")) == 10
    assert not set(ids(first, "e")) & set(ids(second, "e"))
    assert 'rel="next"' in first
    assert 'rel="next"' not in second


@pytest.mark.parametrize(
    "address",
    [
        "/events?type=war", "/events?since=yesterday", "/events?act=deny", "/events?sort=loud",
        "/statements?sort=best", "/events?page=99999", "/events?min-confidence=much", "/articles?q=%22%22",
    ],
)  # fmt: skip
def test_a_wrong_address_is_told_with_a_remedy(client: TestClient, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 400
    assert 'class="message"' in page.text
    assert "Traceback" not in page.text


@pytest.mark.parametrize(
    "address", ["/nothing", "/article/a-ffff", "/event/s-0000000000000001", "/record/x", "/actor/x"]
)
def test_what_is_not_there_is_not_found(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_an_article_shows_its_text_with_the_records_where_they_stand(client: TestClient) -> None:
    page = client.get("/article/a-0000000000000001?record=e-0000000000000001").text
    text = re.search(r'<div class="text">(.*?)</div>', page, re.DOTALL)
    assert text is not None
    assert plain(text[1]).strip() == TEXT.replace("\n\n", " ")
    marked = re.findall(r'<span class="mark ([\w ]+?)(?: on)?" data-marks="([^"]+)">([^<]*)</span>', page)
    roles = {words: set(kinds.split()) for kinds, _, words in marked}
    assert roles["Kenya"] >= {"speaker", "source", "evidence"}
    assert roles["urged"] >= {"cue", "trigger", "evidence"}
    assert roles["to talk"] >= {"content", "evidence"}
    pairs = {tuple(pair.split(":")) for _, marks, _ in marked for pair in marks.split()}
    assert {record for record, _ in pairs} == {"s-0000000000000001", "e-0000000000000001"}
    assert ("s-0000000000000001", "cue") in pairs
    assert re.search(r'<li id="e-0000000000000001" class="events chosen"', page)
    assert 'href="https://daily.example/1"' in page
    assert "the day is a guess" in page
    assert "The Daily 1" in page


def test_the_address_of_a_record_leads_to_its_words(client: TestClient) -> None:
    address = client.get("/record/s-0000000000000007").headers["location"]
    assert address == "/article/a-0000000000000007?record=s-0000000000000007#s-0000000000000007"
    assert client.get(address).status_code == 200
    assert client.get("/record/a-0000000000000007").headers["location"] == "/article/a-0000000000000007"


def test_an_actor_said_did_suffered_and_held_an_office(client: TestClient) -> None:
    page = client.get("/actor/state:KEN").text
    for heading in ("What they said", "What they did"):
        assert heading in page
    assert "What was done to them" not in page
    assert re.search(r"Head of State.*2024-01-01.*2024-12-24.*60", plain(page))
    somalia = client.get("/actor/state:SOM").text
    assert "What was done to them" in somalia
    assert 'href="/dyad?one=state%3ASOM&amp;other=state%3AKEN"' in somalia


def test_two_actors_stand_side_by_side(client: TestClient) -> None:
    page = client.get("/dyad?one=state:KEN&other=state:SOM").text
    kenya, somalia = page.split('<section class="side">')[1:]
    assert re.search(r"2024-01 5 0|<td>2024-01</td>", kenya)
    somalia, said = somalia.split('<ol class="rows exchange">')
    assert len(ids(said, "s")) == 20
    assert said.count('class="row statements one"') == 20
    assert ids(somalia, "e") == []
    assert client.get("/dyad?one=state:KEN&other=nobody").status_code == 404


def test_an_event_shows_every_report_of_it_with_its_words(archive, client: TestClient) -> None:  # type: ignore[no-untyped-def]
    from communique.archive import Archive

    with Archive(archive) as store:
        # The same day and type as number 3, another page; and one of another type.
        store.add(coding(3 + 84), coder="1")
    page = client.get("/event/e-0000000000000003").text
    assert page.count("<blockquote") == 2
    assert page.count("Kenya urged Somalia to talk.") == 2
    assert client.get("/event/e-0000000000000004").text.count("<blockquote") == 1


def test_a_search_finds_all_kinds_and_marks_the_words(client: TestClient) -> None:
    page = client.get("/search?q=urging+talks").text
    assert "<mark>urged</mark>" in page
    assert '<h2><a href="/articles?q=urging+talks">Articles</a> <span class="number">60</span></h2>' in page
    assert client.get("/search").status_code == 200
    assert client.get("/search?q=%22").status_code == 400


@pytest.mark.parametrize(
    ("form", "start"), [("csv", b"id,article,"), ("jsonl", b'{"record":"event"'), ("parquet", b"PAR1")]
)
def test_every_list_can_be_taken_away(client: TestClient, form: str, start: bytes) -> None:
    answer = client.get(f"/download/events.{form}?type=ASSAULT")
    assert answer.content.startswith(start)
    assert answer.headers["content-disposition"] == f'attachment; filename="events.{form}"'
    if form != "parquet":
        assert len(answer.text.splitlines()) == 20 + (form == "csv")
    assert client.get(f"/download/events.{form}?type=war").status_code == 400
    assert client.get("/download/events.exe").status_code == 404


def test_pictures_give_their_data(client: TestClient) -> None:
    bars = client.get("/picture/timeline.json?by=year").json()
    assert {bar["type"]: bar["number"] for bar in bars} == {"REQUEST": 20, "CONSULT": 20, "ASSAULT": 20}
    (spot,) = client.get("/picture/map.json").json()
    assert (spot["name"], spot["number"], spot["cooperation"] + spot["conflict"]) == ("Nairobi", 30, 30)
    network = client.get("/picture/network.json").json()
    assert network["ties"] == [
        {
            "source": "state:KEN",
            "target": "state:SOM",
            "mutual": False,
            "number": 60,
            "goldstein": pytest.approx(-8 / 3),
        }
    ]
    tones = client.get("/picture/goldstein.json?by=year&type=CONSULT").json()
    assert [(t["source"], t["target"], t["number"], t["goldstein"]) for t in tones] == [("KEN", "SOM", 20, 2.0)]
    assert client.get("/picture/timeline.csv").text.startswith("period,type,number\n2024-01,")
    assert client.get("/picture/timeline.json?by=hour").status_code == 400
    for name in ("timeline", "goldstein", "map", "network"):
        assert f'data-source="/picture/{name}.json' in client.get(f"/picture/{name}?type=CONSULT").text


def test_the_interface_speaks_the_reader_s_language(client: TestClient) -> None:
    page = client.get("/events", headers={"Accept-Language": "de, ru;q=0.9, en;q=0.1"})
    assert '<html lang="ru">' in page.text
    assert "События" in page.text
    assert '<html lang="en">' in client.get("/events", headers={"Accept-Language": "de"}).text
