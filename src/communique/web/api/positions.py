"""The positions of sides, for programs."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from communique.positions.account import Account
from communique.web.answers import json_of
from communique.web.api.answers import answers
from communique.web.chosen import LONGEST
from communique.web.data.positions import Asked, positions_of
from communique.web.state import Shared

router = APIRouter()


@router.get("/positions", tags=["statements"], **answers(Account))
def positions(
    state: Shared,
    one: Annotated[
        str,
        Query(min_length=1, max_length=LONGEST, description="A country's code, words of a name, or an actor's id"),
    ],
    other: Annotated[str, Query(max_length=LONGEST, description="The other side, if there is one")] = "",
    about: Annotated[str, Query(max_length=LONGEST, description="The issue, in words")] = "",
    since: Annotated[str, Query(max_length=10)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Return what sides say of an issue: contradictions, changes, and all positions, of the latest articles."""
    asked = Asked(one.strip(), other.strip(), about.strip())
    chosen = {key: value for key, value in (("since", since), ("until", until)) if value}
    return json_of(state.desk.compare(lambda nlp, judge: positions_of(state.readings, asked, chosen, nlp, judge)))
