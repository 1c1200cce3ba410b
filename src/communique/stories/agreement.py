"""How far two reports of an event agree, field by field: a grade from 0 to 1 and the reason, or a contradiction.

Each function takes the field of both reports and returns a Grade, or None where the reports contradict each other, so
that they cannot be of one event.
"""

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from communique.records import Place
from communique.stories.sightings import UNKNOWN_DAY, Side, Sighting

SHORT_INTERVAL = 7
"""Longest interval, in days, that may be one event's with another that overlaps it; "in 2016" says too little."""
TELLING_LAG = 2
"""How many days before its publication an undated event of a report may have been."""
NEAR_KM = 60.0
"""Places so near to each other may be a town and its suburb or district; others are two places."""
EARTH_KM = 6371.0
ONE_SIDED = 0.2
"""Grade of a role that one report fills and the other leaves open."""
WHOLES = frozenset({"state", "government", "population"})
"""Kinds of actors that stand for all of a country."""


class Grade(NamedTuple):
    """How well a field agrees, and why; a reason of "" says nothing (the field is open on one side)."""

    value: float
    reason: str = ""


OPEN = Grade(0.0)


def actors(one: Sequence[Side], other: Sequence[Side], role: str) -> Grade | None:
    """Compare the actors of one role: some actor of the one side must be one of the other side's."""
    if not one and not other:
        return OPEN
    if not one or not other:
        return Grade(ONE_SIDED, f"{role} open in one report")
    grades = [grade for mine in one for theirs in other if (grade := alike(mine, theirs)) is not None]
    return max(grades, key=lambda grade: (grade.value, grade.reason)) if grades else None


def participants(one: Sighting, other: Sighting) -> Grade | None:
    """Compare who takes part in what is done together: each of the fewer must be among the others."""
    few, many = sorted(((*s.source, *s.target) for s in (one, other)), key=lambda sides: (len(sides), _names(sides)))
    if len(few) < 2:
        return None
    grades = []
    left = list(many)
    for side in few:
        found = [(grade, theirs) for theirs in left if (grade := alike(side, theirs)) is not None]
        if not found:
            return None
        grade, taken = max(found, key=lambda pair: (pair[0].value, pair[1].name))
        left.remove(taken)
        grades.append(grade)
    worst = min(grade.value for grade in grades)
    return Grade(worst, "; ".join(sorted(grade.reason for grade in grades)))


def _names(sides: Sequence[Side]) -> list[str]:
    return [side.name for side in sides]


def alike(one: Side, other: Side) -> Grade | None:
    """Compare two actors; None when they are two."""
    if one.id is not None and one.id == other.id:
        # A state or a people does many things a day.
        return Grade(0.7 if one.kind in WHOLES else 1.0, f"{min(one.shown, other.shown)} in both")
    shown = " = ".join(sorted((one.shown, other.shown)))
    if one.name == other.name and one.country == other.country:
        return Grade(0.7 if one.country else 0.5, f"{one.shown} by name in both")
    if one.country is None or one.country != other.country:
        return None
    if "state" in (one.kind, other.kind) or "government" in (one.kind, other.kind):
        # Who governs, or serves under arms, acts for the state; its people, firms and parties do not.
        if {one.sector, other.sector} <= {"GOV", "MIL", "SPY", "COP", None}:
            return Grade(0.5, f"{shown}: both act for {one.country}")
        return None
    if one.id is not None and other.id is not None:
        return None
    if one.sector is not None and one.sector == other.sector:
        return Grade(0.5, f"{shown}: both {one.country} {one.sector}, one is not named")
    return None


def days(one: Sighting, other: Sighting) -> Grade | None:
    """Compare the days: those that the pages give must overlap, an undated event is of its article's days."""
    if UNKNOWN_DAY in (one.first, other.first):
        return OPEN
    if one.dated and other.dated:
        if (one.first, one.last) == (other.first, other.last):
            return Grade(1.0 if one.first == one.last else 0.7, "the same day given in both")
        if max(one.last - one.first, other.last - other.first) > SHORT_INTERVAL:
            return None
        overlap = one.first <= other.last and other.first <= one.last
        return Grade(0.6, "the days given overlap") if overlap else None
    if not one.dated and not other.dated:
        apart = abs(one.first - other.first)
        if apart > 1:
            return None
        return Grade(0.3, "undated, in reports of two days running") if apart else Grade(0.5, "reports of one day")
    given, open_ = (one, other) if one.dated else (other, one)
    if given.last - given.first > SHORT_INTERVAL:
        return None
    if given.first <= open_.first and given.last >= open_.first - TELLING_LAG:
        return Grade(0.6, "the day given in one is that of the other report, or just before")
    return None


def places(one: Place | None, other: Place | None) -> Grade | None:
    """Compare the places: the same, near each other, or one a country that the other lies in.

    A name far apart is two places: Tripoli of Libya and of Lebanon.
    """
    if one is None or other is None:
        return OPEN
    apart = _kilometres(one, other)
    near = apart is not None and apart <= NEAR_KM
    same_name = one.name == other.name and (near or (apart is None and one.country == other.country))
    if same_name or (one.gazetteer_id is not None and one.gazetteer_id == other.gazetteer_id):
        return Grade(1.0, f"{min(one.name, other.name)} in both")
    shown = " and ".join(sorted((one.name, other.name)))
    if one.country is not None and one.country == other.country and (_whole(one) or _whole(other)):
        return Grade(0.5, f"{shown}: one holds the other")
    return Grade(0.5, f"{shown} are {apart:.0f} km apart") if near else None


def _whole(place: Place) -> bool:
    """Tell whether the place is a whole country, which has no entry of its own in the gazetteer of towns."""
    return place.gazetteer_id is None


def _kilometres(one: Place, other: Place) -> float | None:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north, south = radians(one.lat), radians(other.lat)
    half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(radians(one.lon - other.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def words(one: frozenset[str], other: frozenset[str], where: str) -> Grade:
    """Compare words: the share of the shorter report's that are in the other, nothing for one word alone."""
    shared = one & other
    if len(shared) < 2:
        return OPEN
    told = ", ".join(sorted(shared)[:8])
    return Grade(round(len(shared) / min(len(one), len(other)), 3), f"{where} in common: {told}")
