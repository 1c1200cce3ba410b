"""Stories: what belongs together, before and after an archive's articles have been compared; rows that are kept."""

from pathlib import Path

from fastapi.testclient import TestClient

from communique.archive import Archive
from communique.stories.comparing import bring_up_to_date
from communique.web.app import application
from communique.web.settings import Settings

from .conftest import TEXT, coding, post

WORDS = """Kenya urged Somalia to talk.

The two countries have argued about the border at Mandera since the spring, when a customs post was closed by guards
and traders lost their cattle market. Elders from both towns asked for a meeting at the well of Bulla Hawa, where their
fathers had settled a quarrel over pasture, and the county governor promised lorries, tents and water for them."""


def alike(path: Path) -> None:
    """Two reports of one story, and another page of a year before."""
    with Archive(path, create=True) as store:
        for number, text in ((1, WORDS), (13, WORDS.replace("lorries", "buses")), (8, TEXT)):
            store.add(coding(number, text=text), coder="1")


def reader(path: Path) -> TestClient:
    return TestClient(application(Settings.of(path)), base_url="http://localhost")


def test_before_the_articles_are_compared_no_link_leads_nowhere_and_the_page_says_what_to_do(tmp_path: Path) -> None:
    alike(tmp_path / "news.db")
    with reader(tmp_path / "news.db") as client:
        for number in (1, 13, 8):
            assert 'href="/story/' not in client.get(f"/article/a-{number:016x}").text
        page = client.get("/stories").text
        assert "communique stories news.db --update" in page
        assert client.get("/story/a-0000000000000001").status_code == 200  # a story of one article


def test_afterwards_articles_lead_to_their_story_with_all_that_it_tells(tmp_path: Path) -> None:
    alike(tmp_path / "news.db")
    with Archive(tmp_path / "news.db") as store:
        bring_up_to_date(store)
    with reader(tmp_path / "news.db") as client:
        assert "--update" not in client.get("/stories").text
        for number in (1, 13):
            assert 'href="/story/a-0000000000000001"' in client.get(f"/article/a-{number:016x}").text
        assert 'href="/story/' not in client.get("/article/a-0000000000000008").text
        page = client.get("/story/a-0000000000000001").text
        for record in ("a-0000000000000001", "a-000000000000000d", "s-0000000000000001", "s-000000000000000d"):
            assert f'data-record="{record}"' in page
        assert page.index('data-record="s-0000000000000001"') < page.index('data-record="s-000000000000000d"')


def test_a_record_is_kept_from_its_row_and_no_longer(client: TestClient) -> None:
    row = "/bookmarks/e-0000000000000001"
    assert 'aria-pressed="true"' not in client.get("/events?sort=oldest").text
    long = "/events?sort=oldest&actor=" + "Kenya+" * 80
    assert post(client, row, next=long, drop="false").headers["location"] == long
    marked = client.get("/events?sort=oldest").text
    assert marked.count('aria-pressed="true"') == 1
    assert f'action="{row}"' in client.get("/bookmarks").text
    post(client, row, drop="true")
    assert 'aria-pressed="true"' not in client.get("/events?sort=oldest").text


def test_countries_and_sectors_have_names_in_the_readers_language(client: TestClient) -> None:
    english, russian = (client.get("/events", headers={"Accept-Language": code}).text for code in ("en", "ru"))
    assert "<bdi>Kenya</bdi></a>" in english
    assert "<bdi>government</bdi></a>" in english
    assert "<bdi>Кения</bdi></a>" in russian
    assert "<bdi>правительство</bdi></a>" in russian
    assert 'href="/events?country=KEN"' in russian
