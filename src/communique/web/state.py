"""What all routes share. One of it is made for an application."""

import secrets
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from communique.archive import Archive
from communique.archive.accounts import Accounts, User
from communique.archive.entries import Entries, Hits, Summary
from communique.archive.people import People
from communique.archive.reading import Readings
from communique.web.desk import Desk
from communique.web.fetching import Fetcher
from communique.web.limits import Limit
from communique.web.memory import Memory
from communique.web.render import Renderer
from communique.web.settings import Settings

if TYPE_CHECKING:
    from communique.web.auth import Passwords


@dataclass
class State:
    """The settings, the archive's readers, what people add, the desk that codes, and what bounds their use.

    ``first_code`` is what whoever signs up first has to give: only who started the server is told it.
    """

    settings: Settings
    readings: Readings
    people: People
    renderer: Renderer
    desk: Desk
    fetcher: Fetcher
    memory: Memory = field(default_factory=Memory)
    sign_ins: Limit = field(default_factory=lambda: Limit(10, 900))
    sign_ups: Limit = field(default_factory=lambda: Limit(20, 3600))
    uploads: Limit = field(default_factory=lambda: Limit(60, 60))
    first_code: str = field(default_factory=lambda: secrets.token_hex(8))

    def summary(self, archive: Archive, hits: Hits) -> Summary:
        """Return the counts of a list, which may be a minute old."""
        return self.memory.get(("summary", hits.key), lambda: Entries(archive).summary(hits))

    @cached_property
    def accounts(self) -> Accounts:
        """The users."""
        return Accounts(self.people)

    @cached_property
    def local(self) -> User:
        """The one user of a reader without sign-in."""
        return self.accounts.local()

    @cached_property
    def passwords(self) -> "Passwords":
        """What hashes passwords; made when the first is needed."""
        from communique.web.auth import Passwords

        return Passwords()


def state_of(request: Request) -> State:
    """Return the application's state."""
    state: State = request.app.state.communique
    return state


Shared = Annotated[State, Depends(state_of)]
"""A route's parameter of this type is given the state."""
