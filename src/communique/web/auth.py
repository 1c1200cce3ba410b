"""Who asks, and what they may do: the one local user, or somebody who signed in, or a program with a token.

A form is written only by a page of ours: it sends back a word that is made of a secret cookie, which no other site
knows. Requests of other origins are refused before that (``guards``).
"""

import hmac
import threading
from dataclasses import dataclass, field
from typing import Annotated

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from fastapi import Depends, Form, Request
from starlette.exceptions import HTTPException

from communique.archive.accounts import LOCAL, Accounts, Role, User
from communique.errors import UsageError
from communique.web.state import Shared
from communique.web.visits import COOKIE, csrf_of, new_secret

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200


class SignInNeeded(Exception):  # noqa: N818 - reads as what is asked
    """Nobody has signed in, and the reader asks for it."""


def bearer(request: Request) -> str | None:
    """Return the token that a program sends, if it sends one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def visitor(request: Request, state: Shared) -> User | None:
    """Return who asks; None for nobody. A wrong token is refused at once, as it means to be somebody."""
    token = bearer(request)
    if token is not None:
        user = state.accounts.with_token(token)
        # Who made a token where nobody signs in has no account here that could be taken away.
        if user is None or (state.settings.auth and user.name == LOCAL):
            raise HTTPException(401, "this token is not valid", headers={"WWW-Authenticate": "Bearer"})
        return user
    if not state.settings.auth:
        return state.local
    secret = request.cookies.get(COOKIE)
    return state.accounts.in_session(secret) if secret else None


Visitor = Annotated[User | None, Depends(visitor)]


def reader(request: Request, user: Visitor) -> User:
    """Return who asks. Raises SignInNeeded when nobody has signed in."""
    if user is None:
        raise SignInNeeded
    request.state.user = user
    return user


def _at_least(role: Role, user: User) -> User:
    if not user.may(role):
        raise HTTPException(403, f"only {'an editor' if role == 'editor' else 'an admin'} may do this")
    return user


def editor(user: Annotated[User, Depends(reader)]) -> User:
    """Return who asks, if they may correct and add."""
    return _at_least("editor", user)


def admin(user: Annotated[User, Depends(reader)]) -> User:
    """Return who asks, if they may decide who may do what."""
    return _at_least("admin", user)


Reader = Annotated[User, Depends(reader)]
Editor = Annotated[User, Depends(editor)]
Admin = Annotated[User, Depends(admin)]


def written(request: Request, csrf: Annotated[str, Form()] = "") -> None:
    """Refuse a form that no page of ours has sent. Raises HTTPException."""
    given = request.headers.get("x-csrf-token") or csrf
    secret = request.cookies.get(COOKIE, "")
    if not secret or not hmac.compare_digest(given.encode(), csrf_of(secret).encode()):
        raise HTTPException(403, "this form is out of date: open its page again, then send it")


Written = Depends(written)
Next = Annotated[str, Form(max_length=20_000)]
"""Where to go on to; a list's address holds up to 500 characters a filter."""


@dataclass
class Passwords:
    """Hashes passwords by argon2id. Few at a time, as each takes 64 MB by design."""

    _hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _turn: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(2))

    def __post_init__(self) -> None:
        self._nobody = self.hash(new_secret())

    def hash(self, password: str) -> str:
        """Return the hash to keep. Raises UsageError for a password that is too short or too long."""
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise UsageError(
                "no such password is possible", remedy=f"{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} letters"
            )
        with self._turn:
            return self._hasher.hash(password.encode("utf-8", "surrogatepass"))

    def check(self, accounts: Accounts, name: str, password: str) -> User | None:
        """Return the user of this name if the password is right; it takes as long for a name that nobody has."""
        found = accounts.password(name)
        user, known = found or (None, self._nobody)
        try:
            with self._turn:
                self._hasher.verify(known, password[: LONGEST_PASSWORD + 1].encode("utf-8", "surrogatepass"))
        except (VerificationError, InvalidHashError):
            return None
        if user is not None and self._hasher.check_needs_rehash(known):
            accounts.rehash(user, self.hash(password))
        return user
