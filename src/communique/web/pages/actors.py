"""Pages of actors, of two actors, and of events with all their reports."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from communique.archive.dossiers import Dossiers
from communique.archive.notebook import Notebook
from communique.filters import words
from communique.web.auth import Reader
from communique.web.chosen import LONGEST
from communique.web.data.actor import actor_page
from communique.web.data.dyad import dyad_page
from communique.web.data.event import event_page
from communique.web.state import Shared

router = APIRouter()


@router.get("/actors")
def actors(request: Request, state: Shared) -> HTMLResponse:
    """Show the actors whose names hold the words of ``q``."""
    asked = request.query_params.get("q", "").strip()[:LONGEST]
    with state.readings.open() as archive:
        found = Dossiers(archive).like(words(asked), limit=50)
    return state.renderer.page(request, "actors.html", words=asked, found=found)


@router.get("/actor/{identity:path}")
def actor(request: Request, state: Shared, user: Reader, identity: str) -> HTMLResponse:
    """Show an actor."""
    with state.readings.open() as archive:
        page = actor_page(archive, identity)
    return state.renderer.page(request, "actor.html", page=page, bookmarked=Notebook(state.people, user).marked())


@router.get("/dyad")
def dyad(request: Request, state: Shared, user: Reader, one: str = "", other: str = "") -> HTMLResponse:
    """Show two actors."""
    with state.readings.open() as archive:
        page = dyad_page(archive, one, other)
    return state.renderer.page(request, "dyad.html", page=page, bookmarked=Notebook(state.people, user).marked())


@router.get("/event/{identity}")
def event(request: Request, state: Shared, identity: str) -> HTMLResponse:
    """Show an event with every report of it."""
    with state.readings.open() as archive:
        page = event_page(archive, identity)
    return state.renderer.page(request, "event.html", page=page)
