"""The page of positions, and what programs get of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the web reader's packages are not installed: pip install '.[web]'")

from fastapi.testclient import TestClient

from communique.coder import Coder
from communique.web.app import application
from communique.web.settings import Settings
from tests.positions.material import archived

TEXT = (
    "ANKARA — Turkey demanded on Monday that Greece withdraw its troops from the Aegean islands.\n\n"
    "“Greece will not withdraw a single soldier from the islands,” Prime Minister Kyriakos Mitsotakis said."
)


@pytest.fixture
def client(tmp_path: Path, coder: Coder) -> Iterator[TestClient]:
    app = application(Settings.of(archived(tmp_path, coder, TEXT)), coder=lambda: coder)
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as found:
        yield found


def test_both_sides_stand_beside_each_other(client: TestClient) -> None:
    page = client.get("/positions?one=TUR&other=GRC&about=withdrawal")
    assert page.status_code == 200
    assert "demand and refusal" in page.text
    assert "Greece will not withdraw a single soldier" in page.text
    assert page.text.count('class="contradiction"') == 1


def test_without_a_side_there_is_the_form(client: TestClient) -> None:
    page = client.get("/positions")
    assert page.status_code == 200
    assert 'name="about"' in page.text
    assert "contradiction" not in page.text


@pytest.mark.parametrize("query", ["one=!", "one=TUR&about=%22%22", "one=TUR&since=soon"])
def test_what_cannot_be_asked_is_told(client: TestClient, query: str) -> None:
    assert client.get(f"/positions?{query}").status_code == 400
    answer = client.get(f"/api/positions?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_programs_get_all_of_it(client: TestClient) -> None:
    found = client.get("/api/positions?one=TUR&other=GRC&about=islands").json()
    assert [one["kind"] for one in found["contradictions"]] == ["demand and refusal"]
    assert [one["side"] for one in found["positions"]] == ["TUR", "GRC"]
    assert found["passed_over"] == 0


def test_a_hostile_question_is_shown_as_text(client: TestClient) -> None:
    page = client.get("/positions?one=TUR&other=%3Cscript%3Ealert(1)%3C/script%3E&about=%3Cb%3Eislands")
    assert "<script>alert" not in page.text
    assert "<b>islands" not in page.text
