"""Pages of stories."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from communique.archive.notebook import Notebook
from communique.web.auth import Reader
from communique.web.chosen import chosen_filters
from communique.web.data.story import is_compared, story_lines, story_page
from communique.web.state import Shared

router = APIRouter()


@router.get("/stories")
def stories(request: Request, state: Shared) -> HTMLResponse:
    """Show the latest stories of which an article or a record passes the filters."""
    chosen = chosen_filters(request.query_params)
    with state.readings.open() as archive:
        key = ("stories", tuple(sorted(chosen.items())))
        lines = state.memory.get(key, lambda: story_lines(archive, chosen))
        compared = state.memory.get("compared", lambda: is_compared(archive))
    return state.renderer.page(
        request, "stories.html", lines=lines, chosen=chosen, compared=compared, archive=state.settings.archive.name
    )


@router.get("/story/{identity}")
def story(request: Request, state: Shared, user: Reader, identity: str) -> HTMLResponse:
    """Show the story that an article is part of."""
    with state.readings.open() as archive:
        page = story_page(archive, identity)
    return state.renderer.page(request, "story.html", page=page, bookmarked=Notebook(state.people, user).marked())
