"""Feeds of saved searches, as Atom (RFC 4287) and JSON Feed 1.1. Their addresses are secrets: readers of feeds cannot
sign in.
"""

import json
from typing import Any
from xml.etree import ElementTree as ET

from fastapi import APIRouter, Request
from fastapi.responses import Response

from communique.archive.searches import Search, Searches
from communique.errors import RecordNotFound
from communique.web.data.news import Item, news
from communique.web.state import Shared
from communique.web.text import harmless, link, short

router = APIRouter()
ATOM = "http://www.w3.org/2005/Atom"
LONGEST_TITLE, LONGEST_WORDS = 200, 2000


@router.get("/feed/{secret}.{form}")
def feed(request: Request, state: Shared, secret: str, form: str) -> Response:
    """Give the latest matches of a saved search."""
    search = Searches(state.people).with_feed(secret)
    if form not in {"atom", "json"}:
        raise RecordNotFound("no such feed")
    with state.readings.open() as archive:
        items = news(archive, search.hits)
    base = str(request.base_url).rstrip("/")
    if form == "json":
        body = json.dumps(_json(search, items, base, str(request.url)), ensure_ascii=False)
        return Response(body, media_type="application/feed+json")
    return Response(_atom(search, items, base, str(request.url)), media_type="application/atom+xml")


def _when(item: Item) -> str:
    return f"{item.article.day or '1970-01-01'}T00:00:00Z"


def _plain(text: str, length: int) -> str:
    return str(harmless(short(text, length)))


def _json(search: Search, items: list[Item], base: str, own: str) -> dict[str, Any]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": search.name,
        "home_page_url": base,
        "feed_url": own,
        "items": [
            {
                "id": item.record.id,
                "url": f"{base}/record/{item.record.id}",
                **({"external_url": address} if (address := link(item.article.url)) else {}),
                "title": _plain(item.title, LONGEST_TITLE),
                "content_text": _plain(item.words, LONGEST_WORDS),
                "date_published": _when(item),
            }
            for item in items
        ],
    }


def _atom(search: Search, items: list[Item], base: str, own: str) -> bytes:
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed")

    def put(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
        element = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
        element.text = text
        return element

    put(root, "id", f"urn:communique:search:{search.key}")
    put(root, "title", _plain(search.name, LONGEST_TITLE))
    put(root, "link", rel="self", href=own)
    put(root, "updated", max((_when(item) for item in items), default=search.made[:19] + "Z"))
    put(put(root, "author"), "name", "Communiqué")
    for item in items:
        entry = put(root, "entry")
        put(entry, "id", f"urn:communique:record:{item.record.id}")
        put(entry, "title", _plain(item.title, LONGEST_TITLE))
        put(entry, "link", rel="alternate", href=f"{base}/record/{item.record.id}")
        put(entry, "updated", _when(item))
        put(entry, "summary", _plain(item.words, LONGEST_WORDS))
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
