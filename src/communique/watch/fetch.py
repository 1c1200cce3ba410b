"""Fetching: several addresses at once, each with bounds on time and size; redirects are told, not followed.

Who follows a redirect asks another address, for which the rules of politeness hold anew.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urljoin

import aiohttp

from communique.errors import InputError, UsageError
from communique.ingest.options import MAX_PAGE_BYTES
from communique.ingest.unpacking import ungzipped, unpacked
from communique.watch import guard, robots
from communique.watch.addresses import host

TIMEOUT = 30.0
"""Seconds in which a whole answer must have come."""

MAX_HEAD_BYTES = 16_384

Kind = Literal["robots", "source", "page"]

_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_NEVER_TEXT = ("image/", "video/", "audio/", "font/", "application/pdf", "application/zip", "application/x-tar")
_ACCEPT = {
    "robots": "text/plain,*/*;q=0.1",
    "source": "application/rss+xml,application/atom+xml,application/xml,text/xml,text/html;q=0.8,*/*;q=0.1",
    "page": "text/html,application/xhtml+xml",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Request:
    """An address to ask, and as what; ``etag`` and ``modified`` are of its last answer, which is wanted if changed."""

    address: str
    kind: Kind
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: ``status`` is 0 when no answer came, and ``problem`` then says why, or why it is of no use.

    ``lasting`` tells that asking again is of no use either. ``moved`` is where a redirect leads.
    """

    status: int = 0
    body: bytes = b""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    moved: str | None = None
    retry_after: str | None = None
    problem: str | None = None
    lasting: bool = False


class Fetcher:
    """Asks servers; use it in a ``with`` statement.

    ``contact`` is an address for those who wonder about us; ``allow_local`` lets addresses be asked that are not of
    the public net. Proxies of the environment are not used, as they would hide where a connection leads. Raises
    UsageError for a contact that no head can hold.
    """

    def __init__(self, *, contact: str | None = None, allow_local: bool = False, timeout: float = TIMEOUT) -> None:
        if contact and not (contact.isascii() and contact.isprintable() and len(contact) < 200):
            raise UsageError("the contact is no plain line of ASCII", remedy="give a mail address or a web address")
        self.agent = f"{robots.NAME}/{version('communique')}" + (f" (+{contact})" if contact else "")
        self._allow_local, self._timeout = allow_local, timeout
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End what is under way."""
        self._runner.close()

    def fetch(self, requests: Sequence[Request]) -> list[Answer]:
        """Return the answers, in the order of the requests, which are made at once."""
        return self._runner.run(self._all(requests))

    async def _all(self, requests: Sequence[Request]) -> list[Answer]:
        connector = aiohttp.TCPConnector(
            resolver=None if self._allow_local else guard.PublicResolver(),
            limit=len(requests),
            limit_per_host=1,
            # The next request to a host comes after a pause.
            force_close=True,
        )
        session = aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(total=self._timeout),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            max_line_size=MAX_HEAD_BYTES,
            max_field_size=MAX_HEAD_BYTES,
        )
        async with session:
            return list(await asyncio.gather(*(self._one(session, request) for request in requests)))

    async def _one(self, session: aiohttp.ClientSession, request: Request) -> Answer:
        try:
            if not self._allow_local:
                guard.check_literal(host(request.address))
            async with session.get(request.address, headers=self._heads(request), allow_redirects=False) as response:
                return await _answer(response, request)
        except InputError as error:
            return Answer(200, problem=error.message, lasting=True)
        except TimeoutError:
            return Answer(problem=f"no whole answer within {self._timeout:g} seconds")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            cause = getattr(error, "os_error", error)
            local = isinstance(cause, guard.LocalAddressError)
            told = f"{cause}" if local else f"cannot be fetched ({_line(error)})"
            return Answer(problem=told, lasting=local)

    def _heads(self, request: Request) -> dict[str, str]:
        heads = {"User-Agent": self.agent, "Accept": _ACCEPT[request.kind], "Accept-Encoding": "gzip, deflate"}
        if request.etag:
            heads["If-None-Match"] = request.etag
        if request.modified:
            heads["If-Modified-Since"] = request.modified
        return heads


async def _answer(response: aiohttp.ClientResponse, request: Request) -> Answer:
    status, heads = response.status, response.headers
    if status in _REDIRECTS and (moved := heads.get("Location")):
        return Answer(status, moved=urljoin(request.address, moved))
    if status != 200:
        return Answer(status, retry_after=heads.get("Retry-After"), problem=None if status == 304 else _told(response))
    kind = response.content_type.lower() if "Content-Type" in heads else ""
    if (request.kind == "page" and kind and kind not in _PAGE_TYPES) or (
        request.kind == "source" and kind.startswith(_NEVER_TEXT)
    ):
        return Answer(status, problem=f"is {kind[:60]}, not a page", lasting=True)
    body = await _body(response, request)
    return Answer(
        status, body, charset=_charset(response), etag=heads.get("ETag"), modified=heads.get("Last-Modified")
    )


async def _body(response: aiohttp.ClientResponse, request: Request) -> bytes:
    """Return the body, unpacked. Raises InputError when it is larger than a page may be, or damaged."""
    limit = robots.MAX_BYTES if request.kind == "robots" else MAX_PAGE_BYTES
    found = bytearray()
    async for part in response.content.iter_chunked(65_536):
        found += part
        if len(found) > limit:
            if request.kind == "robots":
                break
            raise InputError(f"is larger than {limit:,} bytes, too large for one page", where=request.address)
    body = unpacked(
        bytes(found[:limit]), response.headers.get("Content-Encoding", ""), limit=limit, where=request.address
    )
    # sitemap.xml.gz is packed as a file, not on the way.
    return ungzipped(body, limit=limit, where=request.address) if request.kind == "source" else body


def _charset(response: aiohttp.ClientResponse) -> str | None:
    found = response.charset
    return found if found and len(found) < 40 else None


def _told(response: aiohttp.ClientResponse) -> str:
    reason = (response.reason or "").strip()[:80]
    return f"the server answers {response.status}" + (f" {reason}" if reason.isprintable() and reason else "")


def _line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]
