"""A web site for tests: it answers from this machine, remembers who asked for what, and can misbehave."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ..ingest.warcs import page

HTML = "text/html; charset=utf-8"
Heads = Mapping[str, str]


@dataclass
class Reply:
    """An answer; ``stream`` writes the body itself, as slowly or as long as it likes."""

    body: bytes = b""
    status: int = 200
    kind: str | None = HTML
    heads: Heads = field(default_factory=dict)
    stream: Callable[[Callable[[bytes], object]], None] | None = None


@dataclass
class Site:
    """``replies`` by path; a function makes its reply from the request's heads. What is not there is 404."""

    address: str = ""
    replies: dict[str, Reply | Callable[[Heads], Reply]] = field(default_factory=dict)
    asked: list[tuple[str, Heads]] = field(default_factory=list)

    def paths(self, *, but: str = "/robots.txt") -> list[str]:
        """Return the paths that were asked for, in order, and forget them."""
        found = [path for path, _ in self.asked if path != but]
        self.asked.clear()
        return found

    def pages(self, *names: str) -> None:
        """Put pages at these paths, each with another title."""
        for name in names:
            self.replies[f"/{name}"] = Reply(page(f"Page {name}"))

    def feed(self, *names: str, path: str = "/feed.xml", heads: Heads | None = None) -> str:
        """Put a feed that names these paths at its own; return its address."""
        items = "".join(
            f"<item><title>Page {name}</title><link>{self.address}/{name}</link>"
            "<pubDate>Wed, 06 Mar 2024 07:30:00 GMT</pubDate></item>"
            for name in names
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>{items}</channel></rss>'
        self.replies[path] = Reply(body.encode(), kind="application/rss+xml", heads=heads or {})
        return self.address + path


@contextmanager
def site() -> Iterator[Site]:
    """Run a site until the block ends."""
    here = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            here.asked.append((self.path, dict(self.headers)))
            reply = here.replies.get(self.path, Reply(b"not here", status=404))
            if callable(reply):
                reply = reply(dict(self.headers))
            self.send_response(reply.status)
            if reply.kind:
                self.send_header("Content-Type", reply.kind)
            for name, value in reply.heads.items():
                self.send_header(name, value)
            if reply.stream is None:
                self.send_header("Content-Length", str(len(reply.body)))
            else:
                self.send_header("Connection", "close")
                self.close_connection = True
            self.end_headers()
            try:
                if reply.stream is None:
                    self.wfile.write(reply.body)
                else:
                    reply.stream(self.wfile.write)
            except OSError:
                pass  # whoever asked has gone

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
