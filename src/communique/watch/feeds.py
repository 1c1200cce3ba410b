"""RSS and Atom → links. Only bytes that are here already are read: the library never fetches."""

import io
from collections.abc import Iterator

import feedparser

from communique.errors import InputError
from communique.watch.addresses import cleaned
from communique.watch.links import MAX_LINKS, Link, moment

MAX_FEED_BYTES = 5_000_000
"""Bytes of a feed; those that hold whole articles have some hundred thousand. All its tags are looked at."""


def links(data: bytes, *, address: str) -> list[Link]:
    """Return the pages that a feed names, in its order, each once; ``address`` is its own.

    Raises InputError when the bytes are no feed, or too many.
    """
    if len(data) > MAX_FEED_BYTES:
        raise InputError(f"is larger than {MAX_FEED_BYTES:,} bytes, too large for a feed", where=address)
    if b"<!ENTITY" in data[:65_536]:
        raise InputError("is XML that defines entities, which is refused", where=address)
    # As a stream: of bytes and strings the library would ask whether they are an address.
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.version and not feed.entries:
        raise InputError("is no feed", where=address)
    found = {link.address: link for link in reversed([*_links(feed, address)])}
    return list(found.values())[::-1]


def _links(feed: feedparser.FeedParserDict, address: str) -> Iterator[Link]:
    for entry in feed.entries[:MAX_LINKS]:
        # In RSS an id that is a whole address stands for the link, where there is none.
        for candidate, base in ((entry.get("link"), address), (entry.get("id"), "")):
            if isinstance(candidate, str) and (page := cleaned(candidate, base=base)):
                yield Link(page, _day(entry))
                break


def _day(entry: feedparser.FeedParserDict) -> str | None:
    for field in ("published_parsed", "updated_parsed"):
        if parsed := entry.get(field):
            # The library tells a day as its midnight.
            return moment("{:04}-{:02}-{:02}T{:02}:{:02}Z".format(*parsed[:5]).removesuffix("T00:00Z"))
    return None
