"""Signing up, in and out; one's password and tokens; and, for an admin, who may do what."""

import hmac
import ipaddress
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from communique.archive.accounts import ROLES, User
from communique.web.auth import Admin, Next, Reader, Written
from communique.web.limits import Limit
from communique.web.state import Shared, State
from communique.web.visits import COOKIE, keep, own

router = APIRouter()
Key = Annotated[int, Path(ge=1, lt=2**63)]
Text = Annotated[str, Form(max_length=400)]


def _go(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303)


def _client(request: Request) -> str:
    """Return where a request comes from; of version 6 the network, as one machine has all addresses of its own."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return host
    return str(ipaddress.IPv6Network((int(address), 64), strict=False))


def _slow_down(limit: Limit, *who: str) -> None:
    wait = max(limit.wait(one) for one in who)
    if wait:
        seconds = int(wait) + 1
        raise HTTPException(429, "too many tries: wait a while", headers={"Retry-After": str(seconds)})


def _asked_for(state: State) -> None:
    if not state.settings.auth:
        raise HTTPException(404, "nobody needs to sign in here")


@router.get("/sign-in")
def sign_in_form(request: Request, state: Shared, next: str = "/") -> HTMLResponse:
    """Show the form for signing in."""
    _asked_for(state)
    first = not state.accounts.users()
    open_ = first or state.settings.sign_up
    return state.renderer.page(request, "sign-in.html", next=own(next), first=first, open=open_, wrong=False)


@router.post("/sign-in", dependencies=[Written])
def sign_in(request: Request, state: Shared, name: Text, password: Text, next: Next = "/") -> Response:
    """Begin a session."""
    _asked_for(state)
    _slow_down(state.sign_ins, f"from {_client(request)}", f"as {name.strip().casefold()}")
    user = state.passwords.check(state.accounts, name, password)
    if user is None:
        return state.renderer.page(
            request, "sign-in.html", code=403, next=own(next), first=False, open=state.settings.sign_up, wrong=True
        )
    state.sign_ins.forget(f"as {name.strip().casefold()}")
    return _begun(request, state, user, next)


@router.post("/sign-up", dependencies=[Written])
def sign_up(
    request: Request, state: Shared, name: Text, password: Text, first_code: Text = "", next: Next = "/"
) -> Response:
    """Add a user, the first an admin, and begin a session."""
    _asked_for(state)
    _slow_down(state.sign_ups, _client(request))
    if not state.accounts.users():
        if not hmac.compare_digest(first_code.strip().encode(), state.first_code.encode()):
            raise HTTPException(403, "the set-up code is wrong: the server told it when it was started")
    elif not state.settings.sign_up:
        raise HTTPException(403, "an admin adds users here")
    return _begun(request, state, state.accounts.add(name, state.passwords.hash(password)), next)


def _begun(request: Request, state: State, user: User, next: str) -> Response:
    response = _go(own(next))
    # A new secret: whoever knew the one before knows nothing of this session.
    keep(response, request, state.accounts.begin(user))
    return response


@router.post("/sign-out", dependencies=[Written])
def sign_out(request: Request, state: Shared) -> Response:
    """End the session."""
    state.accounts.end(request.cookies.get(COOKIE, ""))
    response = _go("/sign-in" if state.settings.auth else "/")
    response.delete_cookie(COOKIE)
    return response


@router.get("/account")
def account(request: Request, state: Shared, user: Reader) -> HTMLResponse:
    """Show one's tokens, and the form for another password."""
    return state.renderer.page(request, "account.html", tokens=state.accounts.tokens(user), secret=None)


@router.post("/account/password", dependencies=[Written])
def password(request: Request, state: Shared, user: Reader, old: Text, new: Text) -> Response:
    """Change one's password; other sessions end."""
    _asked_for(state)
    _slow_down(state.sign_ins, f"from {_client(request)}", f"as {user.name.casefold()}")
    if state.passwords.check(state.accounts, user.name, old) is None:
        raise HTTPException(403, "the old password is wrong")
    state.accounts.set_password(user, state.passwords.hash(new))
    return _begun(request, state, user, "/account")


@router.post("/account/tokens", dependencies=[Written])
def give_token(request: Request, state: Shared, user: Reader, name: Text) -> HTMLResponse:
    """Make a token and show it, this once."""
    secret = state.accounts.give_token(user, name)
    return state.renderer.page(request, "account.html", tokens=state.accounts.tokens(user), secret=secret)


@router.post("/account/tokens/{key}/drop", dependencies=[Written])
def take_token(state: Shared, user: Reader, key: Key) -> Response:
    """Make a token void."""
    state.accounts.take_token(user, key)
    return _go("/account")


@router.get("/users")
def users(request: Request, state: Shared, admin: Admin) -> HTMLResponse:
    """Show who may do what."""
    return state.renderer.page(request, "users.html", users=state.accounts.users(), roles=ROLES)


@router.post("/users", dependencies=[Written])
def add_user(state: Shared, admin: Admin, name: Text, password: Text, role: Text = "reader") -> Response:
    """Add a user."""
    _asked_for(state)
    user = state.accounts.add(name, state.passwords.hash(password))
    state.accounts.set_role(user.key, role)
    return _go("/users")


@router.post("/users/{key}/role", dependencies=[Written])
def set_role(state: Shared, admin: Admin, key: Key, role: Text) -> Response:
    """Give a user another role."""
    state.accounts.set_role(key, role)
    return _go("/users")


@router.post("/users/{key}/remove", dependencies=[Written])
def remove(state: Shared, admin: Admin, key: Key) -> Response:
    """Remove a user."""
    state.accounts.remove(key)
    return _go("/users")
