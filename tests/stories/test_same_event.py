"""Event coreference: which reports are of one event, and which of two, in sentences of our own."""

import pytest

from communique.records import Actor, Coding, Place
from communique.stories.same_event import SAME, Link, compatible, link
from communique.stories.sightings import Sighting, sighting

from .material import ATHENS, ATHENS_IN_GEORGIA, CAVUSOGLU, CRETE, DENDIAS, GREECE, PIRAEUS, TURKEY, told

ACCUSED = "Greek Foreign Minister Nikos Dendias accused Turkey of sending a survey vessel into disputed waters"
BLAMED = "Dendias blamed Ankara for the survey vessel that entered disputed waters off Kastellorizo"
MET = "Dendias and Çavuşoğlu met in Athens to prepare the summit on the border"
SPOKESMAN = Actor("GRC:GOV", "Greek spokesman", "person", "GRC", "GOV")
OTHER_ATHENS = Place("Athens", "GRC", 40.6, 22.95, "1")
NO_POINT = Place("Athens", "GRC", None, None, None)
CROWD = Actor(None, "dockers", "group", "GRC", "LAB")


def first(coding: Coding) -> Sighting:
    return sighting(coding.events[0], coding.article)


def linked(one: Coding, other: Coding) -> Link | None:
    found = link(first(one), first(other))
    assert found == link(first(other), first(one))  # from either side
    return found


ACCUSATION = told(ACCUSED, "accused", outlet="The Daily")


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (told(BLAMED, "blamed", outlet="Other"), "Nikos Dendias in both"),
        (told(BLAMED, "blamed", outlet="Other", day="2022-02-11"), "reports of two days running"),
        (told(BLAMED, "blamed", outlet="Other", day="2022-02-11", date="2022-02-10"), "the day given in one"),
        # A state and whoever acts for it: weaker, so the words have to carry it.
        (told(ACCUSED, "accused", outlet="Other", source=(GREECE,)), "both act for GRC"),
        (told(ACCUSED, "accused", outlet="Other", source=(SPOKESMAN,)), "one is not named"),
    ],
)
def test_reports_of_one_accusation(other: Coding, reason: str) -> None:
    found = linked(ACCUSATION, other)
    assert found is not None and found.kind == SAME
    assert reason in " ".join(found.reasons)
    assert "words in common" in " ".join(found.reasons)


@pytest.mark.parametrize(
    "other",
    [
        # Of the same sides on the same day, about something else.
        told("Dendias accused Turkey of jailing two Greek soldiers without a trial", "accused", outlet="Other"),
        told(BLAMED, "blamed", outlet="Other", day="2022-02-14"),
        told(BLAMED, "blamed", outlet="Other", date="2022-02-07"),
        told(BLAMED, "blamed", outlet="Other", target=(GREECE,)),
        told(BLAMED, "blamed", outlet="Other", source=(CAVUSOGLU,)),
        told(BLAMED, "blamed", outlet="Other", type="THREATEN"),
        # Two named persons of one government are two.
        told(ACCUSED, "accused", outlet="Other", source=(Actor("person:a-b", "A. B.", "person", "GRC", "GOV"),)),
        # What a page says without a day, on a page without a day, may be of any.
        told("Dendias blamed Ankara", "blamed", outlet="Other", day=None),
    ],
)
def test_another_act_is_another_event(other: Coding) -> None:
    assert linked(ACCUSATION, other) is None


def test_an_article_tells_of_two_acts_when_it_has_two_events() -> None:
    assert linked(ACCUSATION, ACCUSATION) is None


MEETING = {"type": "CONSULT", "mode": "meet", "source": (DENDIAS, CAVUSOGLU), "target": (), "symmetric": True}


def meeting(outlet: str, **fields: object) -> Coding:
    return told(MET, "met", outlet=outlet, **{**MEETING, **fields})


def test_a_meeting_has_no_direction() -> None:
    turned = meeting("Other", source=(CAVUSOGLU,), target=(DENDIAS,), symmetric=False, date="2022-02-10")
    found = linked(meeting("The Daily", date="2022-02-10"), turned)
    assert found is not None and found.kind == SAME
    assert linked(meeting("The Daily"), meeting("Other", source=(DENDIAS, SPOKESMAN))) is None


@pytest.mark.parametrize(
    ("place", "is_same"),
    [
        (ATHENS, True),
        (PIRAEUS, True),
        (None, True),
        (CRETE, False),
        (ATHENS_IN_GEORGIA, False),
        (OTHER_ATHENS, False),
        (NO_POINT, True),
    ],
)  # the port is 7 km away, the island 320; a town of Georgia has the name, too; a page may not say more than it
def test_places(place: object, is_same: bool) -> None:
    found = linked(meeting("The Daily", place=ATHENS), meeting("Other", place=place))
    assert (found is not None) is is_same


@pytest.mark.parametrize(
    ("status", "other", "kind"),
    [
        ("happened", "ongoing", SAME),
        ("planned", "planned", SAME),
        ("planned", "happened", "announced before"),
        ("alleged", "happened", "alleged elsewhere"),
        ("denied", "ongoing", "denied elsewhere"),
        ("denied", "alleged", "denied elsewhere"),
        ("demanded", "happened", "demanded before"),
        ("hypothetical", "happened", None),
        ("planned", "denied", None),
    ],
)
def test_status_is_never_merged_away(status: str, other: str, kind: str | None) -> None:
    day = "2022-02-10"
    one, two = meeting("The Daily", status=status, date=day), meeting("Other", status=other, date=day)
    found = linked(one, two)
    assert (found.kind if found is not None else None) == kind
    assert compatible(first(one), first(two)) is (kind == SAME)


def test_an_announcement_comes_before_the_act() -> None:
    before = meeting("The Daily", status="planned", day="2022-02-07")
    found = linked(before, meeting("Other", date="2022-02-10"))
    assert found is not None and found.kind == "announced before"
    assert "announced 3 days before" in " ".join(found.reasons)
    assert linked(before, meeting("Other", date="2022-02-05")) is None


def test_an_open_side_needs_more() -> None:
    march = "Dockers marched through Piraeus against the sale of the port to a foreign investor"
    strike = {"type": "PROTEST", "mode": "demo", "source": (CROWD,), "place": PIRAEUS}
    one = told(march, "marched", outlet="The Daily", target=(GREECE,), **strike)
    same = told(march.replace("foreign investor", "fund"), "marched", outlet="Other", target=(), **strike)
    other = told(
        "Dockers marched in Piraeus for higher pay at the port", "marched", outlet="Third", target=(), **strike
    )
    assert linked(one, same) is not None
    assert linked(one, other) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"target": (CAVUSOGLU,)},
        {"target": ()},
        {"source": ()},
        {"source": (DENDIAS, TURKEY), "target": (), "symmetric": True},
    ],
)
def test_keys_find_what_may_be_linked(fields: dict[str, object]) -> None:
    one = first(told(ACCUSED, "accused", outlet="The Daily", target=(TURKEY,)))
    two = first(told(ACCUSED, "accused", outlet="Other", **fields))
    assert set(one.sought()) & set(two.keys())
    assert set(two.sought()) & set(one.keys())
