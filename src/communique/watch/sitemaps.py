"""Sitemaps → links, and indexes of sitemaps → the sitemaps that may hold news."""

from collections.abc import Iterator
from datetime import date, timedelta

import lxml.etree

from communique.watch.addresses import cleaned
from communique.watch.links import MAX_LINKS, Link, moment
from communique.watch.trees import text_of

MAX_CHILDREN = 50
"""Sitemaps taken from one index: those that changed last."""

MAX_DEPTH = 3
"""Indexes within indexes."""

FRESH = timedelta(days=7)
"""How old a page may be: sitemaps that are not for news list all that a site ever had."""


def links(root: lxml.etree._Element, *, address: str, today: date) -> list[Link]:
    """Return the news that a sitemap names, the latest first: pages that it calls news, or that changed lately."""
    found: dict[str, Link] = {}
    for entry in root.iterfind("{*}url"):
        page = cleaned(text_of(entry, "{*}loc"), base=address)
        news = entry.find("{*}news")
        written = text_of(entry, "{*}news/{*}publication_date") or text_of(entry, "{*}lastmod")
        seen = moment(written) if written else None
        if page and (_is_fresh(seen, today) if seen else news is not None):
            found.setdefault(page, Link(page, seen))
    return sorted(found.values(), key=lambda link: link.seen or "", reverse=True)[:MAX_LINKS]


def children(root: lxml.etree._Element, *, address: str, today: date) -> list[tuple[str, str | None]]:
    """Return the sitemaps that an index names, with the moment of their last change, but for those long unchanged."""
    found = [child for child in _children(root, address) if child[1] is None or _is_fresh(child[1], today)]
    return sorted(dict(found).items(), key=lambda child: child[1] or "", reverse=True)[:MAX_CHILDREN]


def _children(root: lxml.etree._Element, address: str) -> Iterator[tuple[str, str | None]]:
    for entry in root.iterfind("{*}sitemap"):
        if child := cleaned(text_of(entry, "{*}loc"), base=address):
            yield child, moment(text_of(entry, "{*}lastmod"))


def _is_fresh(seen: str, today: date) -> bool:
    return date.fromisoformat(seen[:10]) >= today - FRESH
