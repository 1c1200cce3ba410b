"""WARC records for tests, made byte by byte, so that nothing of the reader's library is taken on trust."""

import base64
import gzip
import hashlib

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="og:site_name" content="The Daily Example"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>{title}</h1>
<p>Kenya urged Somalia on Tuesday to return to the talks, an official said in Nairobi.</p>
<p>The two governments have argued over their sea border for years, and no date has been set for another round.</p>
</article><footer>All rights reserved</footer></body></html>"""


def page(title: str = "Kenya urges Somalia to talk") -> bytes:
    """Return a page without a date of its own."""
    return PAGE.format(title=title).encode()


def answer(body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8", heads: str = "") -> bytes:
    """Return what a server said: status, heads and body."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{heads}\r\n".encode() + body


def record(
    block: bytes, *, url: str = "https://daily.example/1", kind: str = "response", heads: str = "", packed: bool = True
) -> bytes:
    """Return one record, with the digest of its block."""
    digest = base64.b32encode(hashlib.sha1(block).digest()).decode()
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-06T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:0a0a0a0a-0000-4000-8000-000000000001>\r\nWARC-Block-Digest: sha1:{digest}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\n{heads}Content-Length: {len(block)}\r\n\r\n"
    )
    whole = head.encode() + block + b"\r\n\r\n"
    return gzip.compress(whole, mtime=0) if packed else whole
