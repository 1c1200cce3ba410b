"""Single lines: what they are, their dates, datelines and bylines, case by case."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communique.ingest import bylines, dates, outlets, wire
from communique.ingest.blocks import kind_of
from communique.ingest.lines import blocks

CASES = Path(__file__).parent.parent / "cases"


def cases(name: str) -> list[Any]:
    found: list[Any] = tomllib.loads((CASES / name).read_text(encoding="utf-8"))["cases"]
    return found


@pytest.mark.parametrize(("kind", "line", "why"), cases("ingest_lines.toml"))
def test_kind_of_line(kind: str, line: str, why: str) -> None:
    assert kind_of(line).name == kind, why


@pytest.mark.parametrize(("text", "place", "day", "start"), cases("ingest_datelines.toml"))
def test_wire_dateline(text: str, place: str, day: str, start: str) -> None:
    found = wire.dateline(text)
    if not place:
        assert found is None
        return
    assert found is not None
    assert (found.place, found.date or "") == (place, day)
    assert text[found.end :].startswith(start)


def test_a_speaker_of_a_towns_name_is_no_dateline() -> None:
    assert wire.dateline("HAMMOND — I disagree.", later=["SANDERS — So do I.", "HAMMOND — Good."]) is None
    found = wire.dateline("HAMMOND — The plant will close in May.", later=["Six hundred people work there."])
    assert found is not None and found.place == "Hammond"


@pytest.mark.parametrize(("line", "published"), cases("ingest_dates.toml"))
def test_date(line: str, published: str) -> None:
    stamp = dates.parse(line, today=date(2026, 1, 1))
    assert (stamp.published if stamp else None) == (published or None)


def test_american_order_of_ambiguous_dates() -> None:
    stamp = dates.parse("02/10/2022", month_first=True)
    assert stamp is not None and stamp.published == "2022-02-10"


@pytest.mark.parametrize(
    ("line", "names", "place"),
    [
        ("By Jane Doe", ("Jane Doe",), None),
        ("By JANE O'HARA and Li Wei in Kyiv", ("Jane O'Hara", "Li Wei"), "Kyiv"),
        ("By Jane Doe, BBC News, Paris", ("Jane Doe",), None),
        ("By Jane Doe | 10 February, 2024, 6:45 PM GMT", ("Jane Doe",), None),
        ("Written by Ludwig van den Berg", ("Ludwig van den Berg",), None),
        ("By Reuters", ("Reuters",), None),
        ("Par Jean Dupont", ("Jean Dupont",), None),
    ],
)
def test_byline(line: str, names: tuple[str, ...], place: str | None) -> None:
    assert bylines.byline(line) == bylines.Byline(names, place)


@pytest.mark.parametrize(
    "line", ["By Friday the talks had failed.", "By land and sea, aid arrives", "Por favor", "By"]
)
def test_no_byline(line: str) -> None:
    assert bylines.byline(line) is None


@pytest.mark.parametrize(
    ("url", "name", "expected"),
    [
        ("https://www.bbc.co.uk/news/x", None, ("BBC News", "bbc.co.uk", "GBR")),
        ("https://edition.cnn.com/x", "CNN International", ("CNN", "cnn.com", "USA")),
        ("https://news.example.de/x", "Beispielblatt", ("Beispielblatt", "news.example.de", "DEU")),
        ("https://example.tv/x", None, (None, "example.tv", None)),
        (None, "The Hindu", ("The Hindu", "thehindu.com", "IND")),
        (None, "dw.com", ("Deutsche Welle", "dw.com", "DEU")),
        (None, "Fenland Gazette", ("Fenland Gazette", None, None)),
    ],
)
def test_outlet(url: str | None, name: str | None, expected: tuple[str | None, ...]) -> None:
    found = outlets.outlet(url=url, name=name)
    assert found is not None and (found.name, found.domain, found.country) == expected


def test_hard_wrapped_lines_are_joined_and_short_ones_end_paragraphs() -> None:
    text = """\
Delegates of six states met in the capital on Monday to talk about a
customs union, a plan that has been discussed for more than ten years
without any result.
A second round is planned for the autumn, and the host said that he
would invite two further states, which have asked for a seat at the
table since the spring.
"""
    assert [block[:20] for block in blocks(text)] == ["Delegates of six sta", "A second round is pl"]


def test_short_lines_that_nobody_wrapped_stay_apart() -> None:
    text = "The talks failed on Monday.\nNobody was surprised.\nThe next round is in May.\nIt may be the last one."
    assert len(blocks(text)) == 4
