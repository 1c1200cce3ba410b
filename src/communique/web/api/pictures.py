"""Actors, pairs, events with all reports, and the data of pictures, for programs."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field, create_model

from communique.archive.dossiers import Dossiers, Who
from communique.archive.entries import Entries, Hits
from communique.archive.sums import Bar, Network, Spot, Sums, Tone
from communique.filters import EVENTS, words
from communique.web.answers import json_of
from communique.web.api.answers import Identity, answers
from communique.web.api.records import hits_in, query_of
from communique.web.chosen import LONGEST
from communique.web.data.actor import ActorPage, actor_page
from communique.web.data.dyad import DyadPage, dyad_page
from communique.web.data.event import EventPage, event_page
from communique.web.state import Shared

router = APIRouter()
ActorId = Annotated[str, Query(max_length=300, description="The whole id of an actor, such as state:KEN")]


@router.get("/actors", tags=["actors"], **answers(list[Who]))
def actors(
    state: Shared,
    name: Annotated[str, Query(max_length=LONGEST, description="Words of a name")],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Response:
    """Return the actors with these words in a name, the most named first."""
    with state.readings.open() as archive:
        return json_of(Dossiers(archive).like(words(name), limit=limit) if words(name) else [])


@router.get("/actor", tags=["actors"], **answers(ActorPage))
def actor(state: Shared, id: ActorId) -> Response:
    """Return what an actor said, did and suffered, in which offices, and with whom."""
    with state.readings.open() as archive:
        return json_of(actor_page(archive, id))


@router.get("/dyad", tags=["actors"], **answers(DyadPage))
def dyad(state: Shared, one: ActorId, other: ActorId) -> Response:
    """Return what two actors did to each other over time, and what each said where the other is, too."""
    with state.readings.open() as archive:
        return json_of(dyad_page(archive, one, other))


@router.get("/events/{identity}/reports", tags=["actors"], **answers(EventPage))
def reports(state: Shared, identity: Identity) -> Response:
    """Return every report of an event, with its words."""
    with state.readings.open() as archive:
        return json_of(event_page(archive, identity))


Period = Annotated[str, Field(description="year, month or day", max_length=10)]
Query_ = create_model("PictureFilters", __base__=query_of(EVENTS), by=(Period, "month"))


def _picture(draw: Callable[[Sums, Hits, str], Any]) -> Callable[..., Response]:
    def picture(state: Shared, asked: Annotated[Query_, Query()]) -> Response:  # type: ignore[valid-type]
        """Return the data of a picture of the events that pass the filters; of many those of the latest."""
        given: Any = asked
        with state.readings.open() as archive:
            return json_of(draw(Sums(Entries(archive)), hits_in(EVENTS, given), given.by))

    return picture


for _name, _type, _draw in (
    ("timeline", list[Bar], lambda sums, hits, by: sums.bars(hits, by=by)),
    ("goldstein", list[Tone], lambda sums, hits, by: sums.tones(hits, by=by)),
    ("map", list[Spot], lambda sums, hits, by: sums.spots(hits)),
    ("network", Network, lambda sums, hits, by: sums.network(hits)),
):
    router.get(f"/pictures/{_name}", name=_name, tags=["pictures"], **answers(_type))(_picture(_draw))
