"""The application: what is asked → what answers."""

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from communique.archive import Archive
from communique.archive.people import People
from communique.archive.reading import Readings
from communique.errors import ArchiveError, CommuniqueError, InputError, RecordNotFound
from communique.web import api, pages
from communique.web.api.description import description
from communique.web.auth import SignInNeeded, reader
from communique.web.desk import Busy, Desk
from communique.web.fetching import Fetcher
from communique.web.guards import Guard
from communique.web.languages import languages
from communique.web.pages import accounts, feeds
from communique.web.problems import problem
from communique.web.render import Renderer
from communique.web.settings import Settings
from communique.web.state import State
from communique.web.webhooks import Webhooks

if TYPE_CHECKING:
    from communique.coder import Coder

STATIC = Path(__file__).parent / "static"
log = logging.getLogger("communique.web")


def application(
    settings: Settings, *, fetcher: Fetcher | None = None, coder: "Callable[[], Coder] | None" = None
) -> FastAPI:
    """Return the web reader of an archive.

    ``fetcher`` replaces what asks the web, ``coder`` what makes the coder, which takes seconds and is done when it is
    first needed.

    Raises ArchiveError when it is none, or when readers' data cannot be kept beside it.
    """
    with Archive(settings.archive):
        pass  # brings the file to the newest schema, which readers cannot
    state = State(
        settings=settings,
        readings=Readings(settings.archive, seconds=settings.seconds),
        people=People(settings.people),
        renderer=Renderer(languages(settings.languages), auth=settings.auth),
        desk=Desk(coder or settings.coder),
        fetcher=fetcher or Fetcher(),
    )
    webhooks = Webhooks(state)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        webhooks.start()
        if settings.warm:
            state.desk.warm()
        yield
        webhooks.stop()
        state.desk.close()
        state.readings.close()
        state.people.close()

    app = FastAPI(title="Communiqué", docs_url=None, redoc_url=None, openapi_url=None, lifespan=life)
    app.state.communique = state
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for module in (accounts, feeds):
        app.include_router(module.router, include_in_schema=False)
    app.include_router(api.router, dependencies=[Depends(reader)])
    app.add_api_route("/api/openapi.json", lambda: JSONResponse(description(app)), include_in_schema=False)
    app.include_router(pages.router, dependencies=[Depends(reader)], include_in_schema=False)
    for kind in (CommuniqueError, HTTPException, RequestValidationError, UnicodeEncodeError):
        app.add_exception_handler(kind, _told)
    app.add_exception_handler(SignInNeeded, _ask_to_sign_in)
    app.add_exception_handler(Exception, _failed)
    app.add_middleware(Guard, hosts=settings.hosts)
    return app


def _told(request: Request, error: Exception) -> Response:
    """Answer with a page, or problem details, that say what is wrong and what to do."""
    headers: Mapping[str, str] | None = None
    where = remedy = ""
    errors: tuple[str, ...] = ()
    if isinstance(error, CommuniqueError):
        code, message, remedy = status_of(error), error.message, error.remedy
        # Of inputs the place is what the reader gave; of an archive it is a path on this machine.
        where = f"{error.where}: " if isinstance(error, InputError) and error.where else ""
    elif isinstance(error, HTTPException):
        code, message, headers = error.status_code, str(error.detail), error.headers
    elif isinstance(error, RequestValidationError):
        code, message = 422, "the address or the form holds something that it cannot"
        errors = tuple(f"{'.'.join(map(str, one['loc']))}: {one['msg']}"[:500] for one in error.errors()[:20])
    else:
        code, message = 400, "a text that is none in UTF-8"
    if request.url.path.startswith("/api/"):
        return problem(code, where + message, remedy=remedy, errors=errors, headers=headers)
    state: State = request.app.state.communique
    response = state.renderer.page(request, "error.html", code=code, where=where, message=message, remedy=remedy)
    response.headers.update(headers or {})
    return response


def status_of(error: CommuniqueError) -> int:
    """Return the status of HTTP that an error is told with."""
    if isinstance(error, RecordNotFound):
        return 404
    return 503 if isinstance(error, ArchiveError | Busy) else 400


def _failed(request: Request, error: Exception) -> Response:
    """Answer a defect of the program; what it was stands in the log."""
    log.error("%s %s", request.method, request.url.path, exc_info=error)
    return _told(request, HTTPException(500, "a defect of the program; its log tells more"))


def _ask_to_sign_in(request: Request, error: Exception) -> Response:
    """Lead to the form for signing in, and from there back; tell programs that they need a token."""
    if request.url.path.startswith("/api/"):
        return problem(401, "sign in, or send a token", headers={"WWW-Authenticate": "Bearer"})
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/sign-in?next={quote(here, safe='')}", status_code=303)
