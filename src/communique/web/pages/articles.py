"""The view of an article; statements and events are shown in it, where they stand."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from communique.archive.corrections import Corrections
from communique.archive.notebook import Notebook
from communique.records import Article
from communique.web.auth import Reader
from communique.web.data.article import article_page
from communique.web.state import Shared

router = APIRouter()


@router.get("/article/{identity}")
def article(request: Request, state: Shared, user: Reader, identity: str) -> HTMLResponse:
    """Show an article; ``?record=`` chooses one of its records."""
    with state.readings.open() as archive:
        page = article_page(archive, identity, Corrections(state.people), chosen=request.query_params.get("record"))
    kept = Notebook(state.people, user).of(page.chosen or page.article.id)
    return state.renderer.page(request, "article.html", page=page, kept=kept)


@router.get("/record/{identity}")
def record(state: Shared, identity: str) -> RedirectResponse:
    """Lead to a record where it stands: the address to share."""
    with state.readings.open() as archive:
        found = archive.record(identity)
    if isinstance(found, Article):
        return RedirectResponse(f"/article/{found.id}", status_code=302)
    return RedirectResponse(f"/article/{found.article}?record={found.id}#{found.id}", status_code=302)
