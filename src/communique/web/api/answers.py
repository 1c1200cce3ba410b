"""Answers to programs: typed values as JSON, and what the description of a route says of them."""

import hmac
from typing import Annotated, Any

from fastapi import Depends, Path, Request
from starlette.exceptions import HTTPException

from communique.web.auth import bearer
from communique.web.visits import COOKIE, csrf_of

TYPES: list[Any] = []
"""The types of all answers; their schemas stand in the description."""

Identity = Annotated[str, Path(max_length=100, description="The id of a record, or its beginning")]
Key = Annotated[int, Path(ge=1, lt=2**63)]


def answers(kind: Any, *, status: int = 200, media: str = "application/json") -> dict[str, Any]:
    """Return what a route's decorator says of its answers: of this type, or a problem."""
    if kind not in TYPES:
        TYPES.append(kind)
    problem = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    content = {media: {"x-type": TYPES.index(kind)}}
    return {
        "response_model": None,
        "status_code": status,
        "responses": {
            status: {"description": "What was asked for", "content": content},
            **{str(code): {"description": told, **problem} for code, told in PROBLEMS.items()},
        },
    }


PROBLEMS = {
    400: "A filter or value is wrong, or cannot be read",
    401: "No valid token",
    403: "Not allowed",
    404: "No such record",
    422: "The request is not of the form described here",
    429: "Too many requests",
    503: "Too busy, or the archive cannot be read: try again later",
}


def by_program(request: Request) -> None:
    """Let write whoever has a token, a browser with the word of its page (``X-CSRF-Token``), or a program without
    cookies on a reader without sign-in; other origins are refused before that. Raises HTTPException.
    """
    secret = request.cookies.get(COOKIE)
    if bearer(request) is not None or secret is None:
        return
    given = request.headers.get("x-csrf-token", "")
    if not hmac.compare_digest(given.encode(), csrf_of(secret).encode()):
        raise HTTPException(403, "the header X-CSRF-Token is missing or out of date")


ByProgram = Depends(by_program)
