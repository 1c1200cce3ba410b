"""Lists to take away."""

from collections.abc import Iterator

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from communique.archive.entries import Entries
from communique.errors import RecordNotFound
from communique.filters import KINDS
from communique.web.answers import attachment
from communique.web.chosen import hits_of
from communique.web.data.downloads import FORMS, written
from communique.web.state import Shared, State

router = APIRouter()
# A download of a large archive takes minutes.
SECONDS = 3600.0


@router.get("/download/{kind}.{form}")
def download(request: Request, state: Shared, kind: str, form: str) -> Response:
    """Give all records that pass the filters."""
    return streamed(request, state, kind, form)


def streamed(request: Request, state: State, kind: str, form: str) -> Response:
    """Return a list in a form, sent as it is read."""
    if kind not in KINDS or form not in FORMS:
        raise RecordNotFound("no such file", remedy=f"{', '.join(KINDS)} as {', '.join(FORMS)}")
    hits = hits_of(kind, request.query_params)
    with state.readings.open() as archive:
        Entries(archive).count(hits, most=1)  # a wrong filter is told before anything is sent

    def parts() -> Iterator[bytes]:
        with state.readings.open(seconds=SECONDS) as archive:
            yield from written(archive, hits, form)

    return StreamingResponse(parts(), media_type=FORMS[form], headers=attachment(f"{kind}.{form}"))
