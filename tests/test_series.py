"""Aggregates: distinct events by period, type and sides."""

import sys
from xml.etree import ElementTree

import pytest

from communique.errors import UsageError
from communique.export.plot import png, svg
from communique.records import Actor, Article, Event, Status
from communique.series import Point, dyads, period, timeline
from communique.stories.accounts import DistinctEvent, Spread

KENYA, SOMALIA = Actor("state:KEN", "Kenya", "state", "KEN"), Actor("state:SOM", "Somalia", "state", "SOM")
RUTO = Actor("person:william-ruto", "William Ruto", "person", "KEN", "GOV")
CROWD = Actor(None, "crowd", "group", None)


def one(
    day: str | None, type: str = "REQUEST", *, source: tuple[Actor, ...] = (KENYA,),
    target: tuple[Actor, ...] = (SOMALIA,), goldstein: float | None = -5.0, quad: int = 3, symmetric: bool = False,
    reports: int = 1, status: Status = "happened",
) -> DistinctEvent:  # fmt: skip
    made = Event(
        id=f"e-{day}{type}", article=Article("a-1", "x", ((0, 1),)).id, type=type, source=source, target=target,
        status=status, trigger=(0, 1), evidence=(0, 1), made_by="grammar:verb", confidence=0.8, goldstein=goldstein,
        quad=quad, symmetric=symmetric,
    )  # fmt: skip
    return DistinctEvent(made.id, made, day, Spread(reports, reports, (), ()))


def brief(points: tuple[Point, ...]) -> list[tuple[object, ...]]:
    return [(p.period, p.source, p.target, p.type, p.events, p.reports, p.goldstein) for p in points]


EVENTS = [
    one("2022-02-10", reports=3),
    one("2022-02-28/2022-03-01"),  # in two months, in two weeks not: the 28th was a Monday
    one("2022-05-01", "CONSULT", source=(KENYA, SOMALIA), target=(), symmetric=True, goldstein=1.0, quad=1),
    one(None, "AID", goldstein=7.0, quad=2),
    one("2022-02-11", "PROTEST", source=(CROWD,), target=(RUTO,), goldstein=None, quad=3),
]


def test_by_month_an_empty_month_is_there_and_an_event_of_two_is_not() -> None:
    found = timeline(EVENTS, by="month")
    assert brief(found.points) == [
        ("2022-02", None, None, None, 2, 4, -5.0),
        ("2022-03", None, None, None, 0, 0, None),
        ("2022-04", None, None, None, 0, 0, None),
        ("2022-05", None, None, None, 1, 1, 1.0),
    ]
    assert found.undated == 2
    assert [p.verbal_conflict for p in found.points] == [2, 0, 0, 0]
    assert found.points[3].verbal_cooperation == 1


@pytest.mark.parametrize(
    ("day", "by", "expected"),
    [
        ("2022-02-28/2022-03-01", "week", "2022-W09"),
        ("2022-02-28/2022-03-01", "day", None),
        ("2022-02-28/2022-03-01", "year", "2022"),
        ("2021-01-01", "week", "2020-W53"),
        ("2022-02-10/2022-02-10", "day", "2022-02-10"),
        (None, "all", "all"),
        (None, "year", None),
    ],
)
def test_periods(day: str | None, by: str, expected: str | None) -> None:
    assert period(day, by) == expected  # type: ignore[arg-type]


def test_weeks_over_a_new_year_follow_each_other() -> None:
    found = timeline([one("2020-12-28"), one("2021-01-12")], by="week")
    assert [p.period for p in found.points] == ["2020-W53", "2021-W01", "2021-W02"]


def test_one_event_of_long_ago_makes_no_long_table() -> None:
    found = timeline([one("1920-05-01"), one("2022-02-10"), one("2022-02-12")], by="day")
    assert [p.period for p in found.points] == ["1920-05-01", "2022-02-10", "2022-02-12"]


def test_types_are_told_apart() -> None:
    assert brief(timeline(EVENTS, by="year", types=True).points) == [
        ("2022", None, None, "CONSULT", 1, 1, 1.0),
        ("2022", None, None, "PROTEST", 1, 1, None),
        ("2022", None, None, "REQUEST", 2, 4, -5.0),
    ]


def test_dyads_of_countries() -> None:
    assert brief(dyads(EVENTS).points) == [
        ("all", "KEN", "SOM", None, 4, 6, -0.5),
        ("all", "SOM", "KEN", None, 1, 1, 1.0),  # what both do together
    ]


def test_dyads_of_actors_by_period() -> None:
    found = dyads([*EVENTS, one("2022-02-12", source=(RUTO,))], by="month", of="actor")
    assert brief(found.points) == [
        ("2022-02", "Kenya", "Somalia", None, 1, 3, -5.0),
        ("2022-02", "William Ruto", "Somalia", None, 1, 1, -5.0),
        ("2022-05", "Kenya", "Somalia", None, 1, 1, 1.0),
        ("2022-05", "Somalia", "Kenya", None, 1, 1, 1.0),
    ]
    assert found.undated == 2


def test_nothing_makes_nothing() -> None:
    assert timeline([]).points == dyads([]).points == ()
    ElementTree.fromstring(svg((), "nothing"))


def test_the_picture_is_well_formed_and_the_same_each_time() -> None:
    points = timeline(EVENTS, by="week").points
    drawn = svg(points, "Kenya <& Somalia>")
    assert drawn == svg(points, "Kenya <& Somalia>")
    root = ElementTree.fromstring(drawn)
    bars = [
        e
        for e in root.iter("{http://www.w3.org/2000/svg}rect")
        if e.find("{http://www.w3.org/2000/svg}title") is not None
    ]
    assert len(bars) == sum(bool(n) for p in points for n in (p.verbal_conflict, p.verbal_cooperation))
    assert "2022-W06: 2 verbal conflict" in drawn
    assert "Kenya &lt;&amp; Somalia&gt;" in drawn


def test_png_needs_matplotlib_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(UsageError, match=r"matplotlib.*communique\[plot\].*svg"):
        png(timeline(EVENTS).points, "events")


def test_png_is_a_picture() -> None:
    pytest.importorskip("matplotlib", reason="an extra; the developers' installation has it")
    assert png(timeline(EVENTS).points, "events").startswith(b"\x89PNG")
