"""Errors told to programs: problem details (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from fastapi.responses import Response


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """What went wrong: ``title`` is the status in words, ``detail`` this case, ``remedy`` what can be done.

    ``errors`` name the parts of a request that are wrong, each as "place: what".
    """

    title: str
    status: int
    detail: str
    type: str = "about:blank"
    remedy: str = ""
    errors: tuple[str, ...] = ()


def problem(
    status: int,
    detail: str,
    *,
    remedy: str = "",
    errors: tuple[str, ...] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the answer that tells a problem."""
    try:
        title = HTTPStatus(status).phrase
    except ValueError:
        title = "Error"
    body = Problem(title, status, detail, remedy=remedy, errors=errors)
    return Response(
        msgspec.json.encode(body),
        status_code=status,
        media_type="application/problem+json",
        headers=dict(headers or {}),
    )
