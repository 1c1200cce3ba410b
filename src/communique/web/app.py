"""The application: what is asked → what answers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from communique.archive import Archive
from communique.archive.reading import Readings
from communique.errors import CommuniqueError, RecordNotFound, UsageError
from communique.web import pages
from communique.web.guards import Guard
from communique.web.languages import languages
from communique.web.render import Renderer
from communique.web.settings import Settings
from communique.web.state import State

STATIC = Path(__file__).parent / "static"


def application(settings: Settings) -> FastAPI:
    """Return the web reader of an archive. Raises ArchiveError when it is none."""
    with Archive(settings.archive):
        pass  # brings the file to the newest schema, which readers cannot
    state = State(
        settings=settings,
        readings=Readings(settings.archive, seconds=settings.seconds),
        renderer=Renderer(languages()),
    )

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        state.readings.close()

    app = FastAPI(title="Communiqué", docs_url=None, redoc_url=None, openapi_url=None, lifespan=life)
    app.state.communique = state
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(pages.router)
    app.add_exception_handler(CommuniqueError, _told)
    app.add_exception_handler(HTTPException, _told)
    app.add_middleware(Guard, hosts=settings.hosts)
    return app


def _told(request: Request, error: Exception) -> Response:
    """Answer with a page that says what is wrong and what to do."""
    state: State = request.app.state.communique
    if isinstance(error, CommuniqueError):
        code = 404 if isinstance(error, RecordNotFound) else 400 if isinstance(error, UsageError) else 503
        message, remedy = error.message, error.remedy
    else:
        assert isinstance(error, HTTPException)
        code, message, remedy = error.status_code, str(error.detail), ""
    return state.renderer.page(request, "error.html", code=code, message=message, remedy=remedy)
