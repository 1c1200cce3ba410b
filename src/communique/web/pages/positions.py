"""The page of positions: two sides and an issue."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from communique.web.chosen import chosen_filters
from communique.web.data.positions import Asked, positions_of
from communique.web.state import Shared

router = APIRouter()


@router.get("/positions")
def positions(request: Request, state: Shared) -> HTMLResponse:
    """Show what one side or two say of an issue; without a side only the form."""
    asked, chosen = Asked.of(request.query_params), chosen_filters(request.query_params)
    if not asked.one:
        return state.renderer.page(request, "positions.html", asked=asked, found=None)
    key = ("positions", asked, tuple(sorted(chosen.items())))
    found = state.memory.get(
        key, lambda: state.desk.compare(lambda nlp, judge: positions_of(state.readings, asked, chosen, nlp, judge))
    )
    return state.renderer.page(request, "positions.html", asked=asked, found=found)
