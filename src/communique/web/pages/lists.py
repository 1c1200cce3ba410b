"""Lists of articles, statements and events, and the search over all of them."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from communique.archive.notebook import Notebook
from communique.errors import RecordNotFound
from communique.filters import KINDS
from communique.web.auth import Reader
from communique.web.chosen import LONGEST, hits_of, number, order_of
from communique.web.data.listing import found, listing
from communique.web.state import Shared

router = APIRouter()


@router.get("/")
def front() -> RedirectResponse:
    """Lead to the latest articles."""
    return RedirectResponse("/articles", status_code=302)


@router.get("/search")
def search(request: Request, state: Shared, user: Reader) -> HTMLResponse:
    """Show what holds the words, by kind; without words, the form."""
    words = request.query_params.get("q", "").strip()[:LONGEST]
    with state.readings.open() as archive:
        results = state.memory.get(("search", words), lambda: found(archive, words)) if words else ()
    bookmarked = Notebook(state.people, user).marked()
    return state.renderer.page(request, "search.html", words=words, results=results, bookmarked=bookmarked)


@router.get("/{kind}")
def records(request: Request, state: Shared, user: Reader, kind: str) -> HTMLResponse:
    """Show one page of a list."""
    if kind not in KINDS:
        raise RecordNotFound("no such page")
    asked = request.query_params
    hits = hits_of(kind, asked)
    with state.readings.open() as archive:
        summary = state.summary(archive, hits)
        page = listing(archive, hits, summary.total, order=order_of(asked), number=number(asked, "page"))
    bookmarked = Notebook(state.people, user).marked()
    return state.renderer.page(request, "list.html", page=page, facets=summary.facets, bookmarked=bookmarked)
