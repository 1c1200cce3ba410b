"""WARC files, as web archives and Common Crawl's news crawl make them → articles, one record at a time."""

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator
from email.message import Message
from typing import Any, BinaryIO, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from communique.errors import InputError, defects_as
from communique.ingest import html
from communique.ingest.formats import looks_like_html
from communique.ingest.inputs import Input
from communique.ingest.options import MAX_PAGE_BYTES, Failure
from communique.ingest.unpacking import joined, unpacked
from communique.records import Article

MAX_BLOCK_BYTES = MAX_PAGE_BYTES + 65_536
"""Bytes of one record as it is kept: a page and the head of the answer that brought it."""

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_KINDS = WarcRecordType.response | WarcRecordType.resource
_GZIP_START = b"\x1f\x8b\x08"
_PLAIN_START = b"WARC/"
_STEP = 1_048_576
_HEAD = 4_096
"""Bytes by which a packed record is known."""


class _Damage(NamedTuple):
    """A place where a file cannot be read: from this byte on, up to ``end``, None for the rest of the file."""

    start: int
    end: int | None
    problem: str


def read_warc(stream: BinaryIO, *, where: str) -> Iterator[Input | Failure]:
    """Yield the articles of a WARC file, plain or gzipped, in order: its HTML answers of status 200, and resources.

    A resource is a page as such, without a server's answer around it. Other records are passed over. A page that
    cannot be read is a Failure with the record's place, in bytes, and its address. Where the file is damaged, one
    Failure says so; reading goes on at the next record that begins after it, if the stream can seek. A page without a
    date is given the day on which it was fetched, with a warning.
    """
    for offset, record in _records(stream):
        place = f"{where}@{offset}"
        if isinstance(record, _Damage):
            rest = "the rest is lost" if record.end is None else f"read on from byte {record.end}"
            error = InputError(f"is damaged ({record.problem}): {rest}", where=place, remedy="fetch the file again")
            yield Failure(place, error)
            continue
        try:
            with defects_as(InputError, where=place):
                found = _input(record, place=place)
        except InputError as error:
            yield Failure(place, error)
        else:
            if found is not None:
                yield found


def _records(stream: BinaryIO) -> Iterator[tuple[int, WarcRecord | _Damage]]:
    """Yield the responses and resources with their places, and a _Damage where reading has to start anew."""
    start: int | None = 0
    told = False
    while start is not None:
        at = start
        try:
            for record in ArchiveIterator(stream, record_types=_KINDS, parse_http=False):
                at, told = start + record.stream_pos, False
                yield at, record
        except OSError as error:
            following = _next_start(stream, at + 1)
            # Of a stretch that holds several false starts, one message is enough.
            if not told or following is None:
                yield at, _Damage(at, following, str(error))
            start, told = following, True
        else:
            start = None


def _next_start(stream: BinaryIO, after: int) -> int | None:
    """Return where the next record begins, and go there; None when there is none or the stream cannot seek."""
    if not stream.seekable():
        return None
    stream.seek(after)
    base, window = after, b""
    while data := stream.read(_STEP):
        window += data
        for match in re.finditer(re.escape(_GZIP_START) + rb"|(?<=\n)" + re.escape(_PLAIN_START), window):
            if match[0] == _PLAIN_START or _unpacks_to_warc(window[match.start() : match.start() + _HEAD]):
                return stream.seek(base + match.start())
        # What begins at the window's end is looked at again with what follows it.
        keep = min(len(window), _HEAD)
        base, window = base + len(window) - keep, window[-keep:]
    return None


def _unpacks_to_warc(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, 16).startswith(_PLAIN_START)
    except zlib.error:
        return False


def _input(record: WarcRecord, *, place: str) -> Input | None:
    """Return the page of a record, None when it is no page."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    if not url.startswith(("http://", "https://")):
        return None
    size = record.content_length
    if size > MAX_BLOCK_BYTES:
        found = _kind(record)
        if found is not None and found[0] in _PAGES:
            raise InputError(f"{url} is larger than {MAX_PAGE_BYTES:,} bytes, too large for one page", where=place)
        return None
    try:
        block = record.reader.read(size)
    except OSError as error:
        raise InputError(f"{url} is damaged ({error})", where=place, remedy="fetch the file again") from error
    _check(record, block, size, url=url, place=place)
    record.set_bytes_content(block)
    found = _kind(record)
    if found is None:
        return None
    kind, charset = found
    body = record.reader.read(MAX_BLOCK_BYTES)
    if "chunked" in _head(record, "Transfer-Encoding").lower():
        body = joined(body)
    if kind not in _PAGES and not (not kind and looks_like_html(body[:5_000].decode("utf-8", errors="replace"))):
        return None
    day = re.match(r"\d{4}-\d{2}-\d{2}", record.headers.get("WARC-Date") or "")
    cut = record.headers.get("WARC-Truncated")
    known = {
        "url": url,
        "packing": _head(record, "Content-Encoding"),
        "charset": charset,
        "seen": day[0] if day else None,
        "warnings": (f"the crawl kept only a part of the page ({cut[:40]})",) if cut else (),
    }
    return Input(f"{place} {url}", body, article_of_body, known)


def article_of_body(body: bytes, *, packing: str, where: str, **known: Any) -> Article:
    """Return the article of an answer's body; ``known`` goes to html.article. Raises InputError as that does."""
    return html.article(unpacked(body, packing, limit=MAX_PAGE_BYTES, where=where), where=where, **known)


def _kind(record: WarcRecord) -> tuple[str, str | None] | None:
    """Return what a record holds, such as "text/html", and its charset; None when it is no answer of status 200.

    "" stands for what is not told. Of an answer, its heads are read.
    """
    if record.record_type == WarcRecordType.resource:
        told = Message()
        told["Content-Type"] = record.headers.get("Content-Type") or "unknown/unknown"
        return told.get_content_type(), told.get_content_charset()
    record.parse_http()
    if record.http_headers is None or record.http_headers.status_code != 200:
        return None
    return (record.http_content_type or "").lower(), record.http_charset


def _head(record: WarcRecord, name: str) -> str:
    """Return a head of an answer, "" when there is none."""
    return (record.http_headers.get(name) or "") if record.http_headers is not None else ""


def _check(record: WarcRecord, block: bytes, size: int, *, url: str, place: str) -> None:
    """Refuse a record that is not as it was written, by its length and, if it names one, its SHA-1."""
    if len(block) < size:
        raise InputError(f"{url} is cut: {len(block):,} of {size:,} bytes", where=place, remedy="fetch the file again")
    name, _, digest = (record.headers.get("WARC-Block-Digest") or "").partition(":")
    if name.lower() == "sha1" and len(digest) == 32:
        found = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
        if found != digest.upper():
            raise InputError(f"{url} is damaged: not the bytes that were written", where=place)
