"""Pages of the web that a user asks for, fetched without letting the asker reach what only this machine can reach.

Only http and https on their usual ports, only public addresses. A name is looked up once and the connection made to
the address that was checked, so that it cannot become another one between; each redirect is checked as the first.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from communique.errors import InputError

MOST_BYTES = 5_000_000
SECONDS = 10.0
REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Addresses of version 6 that stand for one of version 4: NAT64 (RFC 6052) and IPv4-compatible ones.
EMBEDDING = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came from an address: ``url`` is the last one of the redirects."""

    url: str
    status: int
    kind: str
    body: bytes


def is_public(address: Address) -> bool:
    """Tell whether an address is one of the open internet, also if it stands for another one."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and any(address in network for network in EMBEDDING):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.scope_id is not None or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified


def look_up(host: str, port: int) -> list[Address]:
    """Return all addresses of a host. Raises InputError when it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError("no such host", where=host[:200]) from error
    return list(dict.fromkeys(ipaddress.ip_address(entry[4][0]) for entry in found))


class Fetcher:
    """Fetches and posts. ``look_up`` and ``allowed`` are replaced in tests alone."""

    def __init__(
        self,
        *,
        look_up: Callable[[str, int], list[Address]] = look_up,
        allowed: Callable[[Address], bool] = is_public,
        ports: Mapping[str, int] | None = PORTS,
    ) -> None:
        self._look_up, self._allowed, self._ports = look_up, allowed, ports

    def fetch(self, url: str) -> Fetched:
        """Return the page at an address. Raises InputError when it may not be, or cannot be, fetched."""
        ends = time.monotonic() + SECONDS
        for _ in range(REDIRECTS + 1):
            answer = self._asked(url, "GET", None, ends)
            if not isinstance(answer, str):
                if answer.status != 200:
                    raise InputError(f"answers {answer.status}", where=url[:200])
                return answer
            url = urljoin(url, answer)
        raise InputError("redirects without end", where=url[:200])

    def post(self, url: str, body: bytes) -> int:
        """Send JSON to an address and return the status of the answer; a redirect is not followed."""
        answer = self._asked(url, "POST", body, time.monotonic() + SECONDS)
        return 302 if isinstance(answer, str) else answer.status

    def check(self, url: str) -> None:
        """Raise InputError when an address may not be asked."""
        self._destination(url)

    def _destination(self, url: str) -> tuple[SplitResult, str, int, Address]:
        """Return the address, taken apart, with host, port and the checked address to connect to."""
        where = url[:200]
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise InputError("is no address", where=where) from error
        if parts.scheme not in PORTS or not host or len(url) > 2000:
            raise InputError("is no address of the web", where=where, remedy="it begins with http:// or https://")
        if parts.username is not None or parts.password is not None:
            raise InputError("names a user", where=where, remedy="leave out what stands before @")
        port = port or PORTS[parts.scheme]
        if self._ports is not None and port != self._ports[parts.scheme]:
            raise InputError("names another port than usual", where=where, remedy="leave the port out")
        addresses = self._look_up(host, port)
        if not addresses or not all(self._allowed(address) for address in addresses):
            raise InputError("is no public address", where=where, remedy="only pages of the open web are fetched")
        return parts, host, port, addresses[0]

    def _asked(self, url: str, method: str, body: bytes | None, ends: float) -> Fetched | str:
        """Return the answer, or the address to which it redirects."""
        parts, host, port, address = self._destination(url)
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
            "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]") if parts.query else ""
        )
        headers = {
            "User-Agent": f"communique/{version('communique')}",
            "Accept": "text/html, text/plain;q=0.9, */*;q=0.1",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection = _pinned(parts.scheme, host, port, address, max(0.1, ends - time.monotonic()))
        try:
            connection.connect()
            with _cut_off(connection.sock, max(0.1, ends - time.monotonic()), url):
                connection.request(method, target, body=body, headers=headers)
                answer = connection.getresponse()
                if method == "GET" and answer.status in {301, 302, 303, 307, 308}:
                    return answer.headers.get("Location", "")
                return Fetched(url, answer.status, answer.headers.get_content_type(), _read(answer, ends, url))
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise InputError(f"cannot be fetched: {error}"[:300], where=url[:200]) from error
        finally:
            connection.close()


@contextmanager
def _cut_off(sock: socket.socket, seconds: float, url: str) -> Iterator[None]:
    """End a connection when its time is over: a server that sends a byte now and then would hold us for hours, as each
    byte begins the socket's own time anew. Raises InputError then, as what was read until then may look whole.
    """
    over = threading.Event()

    def cut() -> None:
        over.set()
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if over.is_set():
        raise InputError("is too slow", where=url[:200])


def _read(answer: http.client.HTTPResponse, ends: float, url: str) -> bytes:
    parts, size = [], 0
    while part := answer.read1(65_536):
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            raise InputError(f"is larger than {MOST_BYTES:,} bytes", where=url[:200])
        if time.monotonic() > ends:
            raise InputError("is too slow", where=url[:200])
    return b"".join(parts)


def _pinned(scheme: str, host: str, port: int, address: Address, seconds: float) -> http.client.HTTPConnection:
    """Return a connection that speaks to an address by the name of a host."""
    connection: http.client.HTTPConnection
    if scheme == "https":
        connection = http.client.HTTPSConnection(host, port, timeout=seconds, context=ssl.create_default_context())
    else:
        connection = http.client.HTTPConnection(host, port, timeout=seconds)

    def to_address(_: tuple[str, int], timeout: float | None, source: object = None) -> socket.socket:
        return socket.create_connection((str(address), port), timeout)

    connection._create_connection = to_address  # type: ignore[attr-defined] # where http.client makes its socket
    return connection
