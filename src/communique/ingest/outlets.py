"""Outlets: who published a page, from its address and the name it gives itself."""

import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

from communique.knowledge import Row, table
from communique.records import Outlet


def outlet(*, url: str | None, name: str | None, given: str | None = None) -> Outlet | None:
    """Return the outlet of a page, or None when nothing is known.

    ``given``, the user's word, is a name or a domain and goes before the page's. The country is that of a known
    outlet, or of a country's top-level domain; never guessed from domains that are sold worldwide (.tv, .io).
    """
    domain = domain_of(url)
    if given and "." in given and " " not in given:
        domain, name = domain_of(given), None
    elif given:
        name = given
    if domain is None and name and re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", name):
        domain, name = domain_of(name), None
    row = _known(domain) if domain else _by_name().get(_folded(name))
    if row is not None:
        return Outlet(
            name=given if given and name == given else row["name"],
            domain=domain or row["domain"],
            country=row["country"] or None,
        )
    if domain is None and not name:
        return None
    return Outlet(name=name, domain=domain, country=_country_of_ending(domain) if domain else None)


def domain_of(url: str | None) -> str | None:
    """Return the host of an address without "www." and the like, or None.

    >>> domain_of("https://www.example.org/world/story")
    'example.org'
    """
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    if not host or "." not in host:
        return None
    first, _, rest = host.partition(".")
    return rest if first in {"www", "m", "mobile", "amp", "edition"} and "." in rest else host


def _known(domain: str) -> Row | None:
    parts = domain.split(".")
    return next((row for i in range(len(parts) - 1) if (row := _by_domain().get(".".join(parts[i:])))), None)


def _country_of_ending(domain: str) -> str | None:
    row = _by_domain().get("." + domain.rsplit(".", 1)[-1])
    return row["country"] if row else None


@cache
def _by_domain() -> Mapping[str, Row]:
    return {row["domain"]: row for row in table("outlets.tsv")}


@cache
def _by_name() -> Mapping[str, Row]:
    return {_folded(row["name"]): row for row in reversed(table("outlets.tsv")) if row["name"]}


def _folded(name: str | None) -> str:
    return (name or "").casefold().removeprefix("the ").strip()
