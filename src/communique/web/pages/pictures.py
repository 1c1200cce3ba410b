"""Pictures of a list of events: pages that hold the place for them, and the data from which they are drawn."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from communique.archive import Archive
from communique.archive.entries import Entries, Hits
from communique.archive.sums import PERIODS, Sums
from communique.errors import RecordNotFound
from communique.filters import EVENTS, FILTERS, sentence
from communique.web.answers import csv_of, json_of
from communique.web.chosen import chosen_filters, hits_of
from communique.web.state import Shared, State

router = APIRouter()

PICTURES = ("timeline", "goldstein", "map", "network")


def drawn(state: State, archive: Archive, name: str, hits: Hits, by: str) -> Any:
    """Return a picture's data, which may be a minute old."""
    sums = Sums(Entries(archive))
    draw: dict[str, Callable[[], Any]] = {
        "timeline": lambda: sums.bars(hits, by=by),
        "goldstein": lambda: sums.tones(hits, by=by),
        "map": lambda: sums.spots(hits),
        "network": lambda: sums.network(hits),
    }
    return state.memory.get((name, hits.key, by), draw[name])


@router.get("/picture/{name}.{form}")
def data(request: Request, state: Shared, name: str, form: str) -> Response:
    """Give a picture's data as JSON or CSV."""
    hits, by = hits_of(EVENTS, request.query_params), request.query_params.get("by", "month")
    if name not in PICTURES or form not in {"json", "csv"}:
        raise RecordNotFound("no such picture")
    with state.readings.open() as archive:
        found = drawn(state, archive, name, hits, by)
    if form == "json":
        return json_of(found)
    return csv_of(found.ties if name == "network" else found, name=f"{name}.csv")


@router.get("/picture/{name}")
def picture(request: Request, state: Shared, name: str) -> HTMLResponse:
    """Show a picture of the events that pass the filters; its data are at ``/picture/NAME.json``."""
    if name not in PICTURES:
        raise RecordNotFound("no such picture")
    return state.renderer.page(
        request,
        "picture.html",
        name=name,
        names=PICTURES,
        chosen=chosen_filters(request.query_params),
        filters=[f for f in FILTERS.values() if EVENTS in f.kinds],
        told=sentence(EVENTS, chosen_filters(request.query_params)),
        periods=tuple(PERIODS),
        by=request.query_params.get("by", "month"),
    )
