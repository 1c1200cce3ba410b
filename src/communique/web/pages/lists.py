"""Lists of articles, statements and events, and the search over all of them."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from communique.errors import RecordNotFound
from communique.filters import KINDS
from communique.web.chosen import chosen_filters, number
from communique.web.data.listing import PER_PAGE, found, listing
from communique.web.state import Shared

router = APIRouter()


@router.get("/")
def front() -> RedirectResponse:
    """Lead to the latest articles."""
    return RedirectResponse("/articles", status_code=302)


@router.get("/search")
def search(request: Request, state: Shared) -> HTMLResponse:
    """Show what holds the words; without words, the form."""
    words = request.query_params.get("q", "").strip()[:500]
    kind = request.query_params.get("kind") or None
    chosen = chosen_filters(request.query_params)
    with state.readings.open() as archive:
        rows = found(archive, words, chosen, kind=kind, limit=PER_PAGE) if words else ()
    return state.renderer.page(request, "search.html", words=words, kind=kind, kinds=KINDS, chosen=chosen, rows=rows)


@router.get("/{kind}")
def records(request: Request, state: Shared, kind: str) -> HTMLResponse:
    """Show one page of a list."""
    if kind not in KINDS:
        raise RecordNotFound("no such page")
    chosen = chosen_filters(request.query_params)
    with state.readings.open() as archive:
        page = listing(archive, kind, chosen, number=number(request.query_params, "page"))
    return state.renderer.page(request, "list.html", page=page)
