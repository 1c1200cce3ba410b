"""What an address of the user's list gives: a feed, a sitemap, an index of sitemaps, or a page."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from communique.errors import InputError
from communique.ingest.formats import looks_like_html
from communique.watch import feeds, sitemaps, trees
from communique.watch.links import Link

_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?(rss|feed|RDF|urlset|sitemapindex|html)\b", re.I)


@dataclass(frozen=True, slots=True)
class Document:
    """What was found: ``links`` to pages, and the ``children`` of an index with their last change.

    A page has neither: it is itself what is wanted.
    """

    kind: Literal["feed", "sitemap", "index", "page"]
    links: tuple[Link, ...] = ()
    children: tuple[tuple[str, str | None], ...] = ()


def read(data: bytes, *, address: str, today: date) -> Document:
    """Return what a document of the web holds, by its content, as servers' words for it are often wrong.

    Raises InputError when it is neither feed nor sitemap nor page.
    """
    head = data[:65_536]
    root = _ROOT.search(head.replace(b"\0", b""))  # UTF-16 has one beside each letter
    name = root[1].decode().lower() if root else ""
    if name in {"rss", "feed", "rdf"}:
        return Document("feed", links=tuple(feeds.links(data, address=address)))
    if name == "urlset":
        tree = trees.tree(data, where=address)
        return Document("sitemap", links=tuple(sitemaps.links(tree, address=address, today=today)))
    if name == "sitemapindex":
        tree = trees.tree(data, where=address)
        return Document("index", children=tuple(sitemaps.children(tree, address=address, today=today)))
    if name == "html" or looks_like_html(head.decode("utf-8", errors="replace")):
        return Document("page")
    raise InputError(
        "is neither a feed nor a sitemap nor a page", where=address, remedy="give the address of one of these"
    )
