"""Visitors: each browser keeps a secret in a cookie; forms send back a word made of it, which no other site knows."""

import hashlib
import secrets
from urllib.parse import urlsplit

from fastapi import Request, Response

from communique.archive.accounts import DAYS

COOKIE = "communique"
LANGUAGE = "language"


def csrf_of(secret: str) -> str:
    """Return the word that a form sends back, made of the visitor's secret."""
    return hashlib.sha256(f"csrf:{secret}".encode("utf-8", "surrogatepass")).hexdigest()


def new_secret() -> str:
    """Return a secret for a visitor who has none yet."""
    return secrets.token_urlsafe(32)


def keep(response: Response, request: Request, secret: str) -> None:
    """Have the browser keep a visitor's secret."""
    response.set_cookie(
        COOKIE, secret, max_age=DAYS * 86_400, httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )


def keep_language(response: Response, request: Request, code: str) -> None:
    """Have the browser keep the language that the visitor chose."""
    secure = request.url.scheme == "https"
    response.set_cookie(LANGUAGE, code, max_age=365 * 86_400, httponly=True, samesite="lax", secure=secure)


def own(address: str) -> str:
    """Return an address of this server, to go on to; the front page for any other.

    >>> own("/events?type=AID"), own("//elsewhere.example"), own("https://elsewhere.example")
    ('/events?type=AID', '/', '/')
    """
    fit = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if fit and address.isprintable() and not urlsplit(address).netloc else "/"
