"""What all routes share: the settings, the archive's readers, the renderer. One of it is made for an application."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from communique.archive.reading import Readings
from communique.web.facets import Facets
from communique.web.render import Renderer
from communique.web.settings import Settings


@dataclass(frozen=True, slots=True)
class State:
    """See the module."""

    settings: Settings
    readings: Readings
    renderer: Renderer
    facets: Facets = field(default_factory=Facets)


def state_of(request: Request) -> State:
    """Return the application's state."""
    state: State = request.app.state.communique
    return state


Shared = Annotated[State, Depends(state_of)]
"""A route's parameter of this type is given the state."""
