"""Lists to take away."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from communique.web.chosen import hits_of
from communique.web.state import Shared
from communique.web.streaming import streamed

router = APIRouter()


@router.get("/download/{kind}.{form}")
def download(request: Request, state: Shared, kind: str, form: str) -> Response:
    """Give all records that pass the filters."""
    return streamed(state, hits_of(kind, request.query_params), form)
