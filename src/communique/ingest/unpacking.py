"""Packed bytes → bytes, never more than asked for: what servers do to a page's body, and crawls keep."""

import re
import zlib

import brotli

from communique.errors import InputError
from communique.ingest.formats import looks_like_html

_GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,500})?\r?\n")
_STEP = 65_536


def unpacked(data: bytes, coding: str, *, limit: int, where: str) -> bytes:
    """Return the body of an answer with this Content-Encoding: gzip, deflate, br, several of them, or none.

    A body that was unpacked before, though the header stayed, is returned as it is. Raises InputError when it is
    damaged, larger than ``limit`` bytes, or packed in a way that is none of these.
    """
    names = [name.strip().lower() for name in coding.split(",")]
    # The last one named was put on last. Who names many means harm.
    for name in reversed([name for name in names if name not in {"", "identity"}][:3]):
        if name in {"gzip", "x-gzip"}:
            data = _inflated(data, limit, where) if data.startswith(_GZIP_MAGIC) else data
        elif name in {"deflate", "br"}:
            try:
                data = (_inflated if name == "deflate" else _unbrotlied)(data, limit, where)
            except InputError:
                # These two have no mark to be known by.
                if not looks_like_html(data[:5_000].decode("utf-8", errors="replace")):
                    raise
        else:
            raise InputError(f"is packed as {name[:40]}", where=where, remedy="gzip, deflate and br can be read")
    return data


def ungzipped(data: bytes, *, limit: int, where: str) -> bytes:
    """Return what a gzip file holds, such as sitemap.xml.gz; anything else as it is. Raises InputError as above."""
    return _inflated(data, limit, where) if data.startswith(_GZIP_MAGIC) else data


def joined(data: bytes) -> bytes:
    """Return a body without the sizes that Transfer-Encoding: chunked puts into it; one without them as it is.

    >>> joined(b"5\\r\\nHello\\r\\n6\\r\\n there\\r\\n0\\r\\n\\r\\n")
    b'Hello there'
    """
    parts, at = [], 0
    while match := _CHUNK.match(data, at):
        end = match.end() + int(match[1], 16)
        parts.append(data[match.end() : end])
        if end == match.end() or end >= len(data):
            break
        at = end + (2 if data[end : end + 2] == b"\r\n" else 1)
    return b"".join(parts) if parts else data


def _inflated(data: bytes, limit: int, where: str) -> bytes:
    # 47: gzip or zlib by its head; "deflate" is zlib by the book, and raw deflate with some servers.
    for window in (47, -15):
        unpacker = zlib.decompressobj(window)
        try:
            found = unpacker.decompress(data, limit + 1)
        except zlib.error as error:
            problem: object = error
            continue
        if len(found) <= limit and not unpacker.eof:
            raise InputError("is packed, and damaged or cut", where=where)
        return _bounded(found, limit, where)
    raise InputError(f"is packed, and damaged ({problem})", where=where)


def _unbrotlied(data: bytes, limit: int, where: str) -> bytes:
    unpacker = brotli.Decompressor()
    found = bytearray()
    try:
        found += unpacker.process(data, output_buffer_limit=_STEP)
        while len(found) <= limit and not unpacker.can_accept_more_data() and not unpacker.is_finished():
            found += unpacker.process(b"", output_buffer_limit=_STEP)
    except brotli.error as error:
        raise InputError("is packed, and damaged", where=where) from error
    if len(found) <= limit and not unpacker.is_finished():
        raise InputError("is packed, and damaged or cut", where=where)
    return _bounded(bytes(found), limit, where)


def _bounded(found: bytes, limit: int, where: str) -> bytes:
    if len(found) > limit:
        raise InputError(f"unpacks to more than {limit:,} bytes, too large for one page", where=where)
    return found
