"""Addresses of the web: those that the user gives, by themselves, in lists or in OPML, and how two are told apart."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from courlan import normalize_url

from communique.errors import InputError
from communique.ingest import Failure
from communique.watch import trees

MAX_LIST_BYTES = 10_000_000
MAX_ADDRESS_CHARS = 2_000
"""Code points of an address; servers take no longer ones."""


def given(arguments: Iterable[str]) -> Iterator[str | Failure]:
    """Yield the addresses that the arguments are, or that the files they name hold: a list, one a line, or OPML.

    In a list "#" starts a comment. What cannot be read, or is no address, is a Failure with its place.
    """
    for argument in arguments:
        if re.match(r"[a-z][a-z0-9+.-]*://", argument, re.I):
            yield _checked(argument, where=argument)
            continue
        try:
            with Path(argument).open("rb") as file:
                data = file.read(MAX_LIST_BYTES + 1)
            if len(data) > MAX_LIST_BYTES:
                raise InputError(f"is larger than {MAX_LIST_BYTES:,} bytes, too large for a list", where=argument)
            if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                yield from _outlines(data, where=argument)
            else:
                yield from _lines(data, where=argument)
        except OSError as error:
            yield Failure(argument, InputError(error.strerror or str(error), where=argument))
        except InputError as error:
            yield Failure(argument, error)


def cleaned(address: str, *, base: str = "") -> str | None:
    """Return an address in its usual form, without fragment and trackers; None for what is none of the web.

    >>> cleaned("/world/1?utm_source=rss#top", base="https://Daily.example/feed")
    'https://daily.example/world/1'
    >>> cleaned("javascript:alert(1)") is None
    True
    """
    try:
        # Who writes feeds and lists escapes "&" once too often; in an address it never stands for anything else.
        full = urljoin(base, re.sub("&(?:amp|#0*38|#x0*26);", "&", address.strip(), flags=re.I))
        if len(full) > MAX_ADDRESS_CHARS or re.search(r"[\x00-\x20\x7f<>\"\\]", full):
            return None
        parts = urlsplit(full)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
            return None
        _ = parts.port  # raises when it is none
        return str(normalize_url(parts._replace(fragment="")))
    except (ValueError, UnicodeError):
        return None


def host(address: str) -> str:
    """Return the machine that an address names, in small letters: what politeness is owed to."""
    return (urlsplit(address).hostname or "").lower()


def origin(address: str) -> str:
    """Return scheme, machine and port of an address: what a robots.txt is for."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _lines(data: bytes, *, where: str) -> Iterator[str | Failure]:
    for number, line in enumerate(data.decode("utf-8-sig", errors="replace").splitlines(), 1):
        if address := re.sub(r"(?:^|\s)#.*", "", line).strip():
            yield _checked(address, where=f"{where}:{number}")


def _outlines(data: bytes, *, where: str) -> Iterator[str | Failure]:
    root = trees.tree(data, where=where)
    if trees.name_of(root) != "opml":
        raise InputError("is XML, but not OPML", where=where, remedy="give a list of addresses, one a line, or OPML")
    for outline in root.iter("{*}outline"):
        if address := outline.get("xmlUrl"):
            yield _checked(address, where=f"{where}:{outline.sourceline}")


def _checked(address: str, *, where: str) -> str | Failure:
    remedy = "an address begins with http:// or https://"
    return cleaned(address) or Failure(where, InputError(f"no address: {address[:100]}", where=where, remedy=remedy))
