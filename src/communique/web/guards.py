"""What holds for every request and answer: which hosts are served, who may write, and how much; the headers that keep
pages from doing harm.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Nothing but our own files: no script or style in a page runs, whatever it holds; no other host is asked.
POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
        "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with less, browsers would not tell the origin of forms either
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_BYTES = 12_000_000
"""The largest body of a request."""


class Guard:
    """Refuses hosts by which we are not known, so that no other site can pass for us, what a page of another site asks
    for, and bodies that are too large; sets the headers.
    """

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str]) -> None:
        self.app, self.hosts = app, frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                # Our own files may be kept, and asked for again only if they have changed.
                own = scope["path"].startswith("/static/")
                headers.setdefault("Cache-Control", "no-cache" if own else "no-store")
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        await self.app(scope, bounded(receive), guarded)

    def _refusal(self, method: str, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if "*" not in self.hosts and host_of(host) not in self.hosts:
            return PlainTextResponse("This server is not known by that name.\n", status_code=421)
        if method not in SAFE_METHODS:
            origin = headers.get("origin")
            # Browsers tell the origin of what a page sends; programs do not.
            foreign = (
                _netloc(origin) != host.lower()
                if origin is not None
                else headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}
            )
            if foreign:
                return PlainTextResponse("Another site may not write here.\n", status_code=403)
        elif headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
            # A link from another site may be followed; it may not have the browser load our pages into its own.
            return PlainTextResponse("Another site may not read here.\n", status_code=403)
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length[:18]) > MOST_BYTES:
            return PlainTextResponse(f"More than {MOST_BYTES:,} bytes are too many.\n", status_code=413)
        return None


def _netloc(origin: str) -> str:
    """Return host and port of an origin, "" when it is none."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def bounded(receive: Receive) -> Receive:
    """Return a receiver that ends a body of unknown length when it grows too large."""
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        return message if size <= MOST_BYTES else {"type": "http.disconnect"}

    return counted


def host_of(header: str) -> str:
    """Return the name in a Host header, without port.

    >>> host_of("LOCALHOST:8000"), host_of("[::1]:8000")
    ('localhost', '[::1]')
    """
    name = header.lower()
    return name[: name.index("]") + 1] if name.startswith("[") and "]" in name else name.partition(":")[0]
