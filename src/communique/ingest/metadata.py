"""What an HTML page says about itself: JSON-LD, OpenGraph, meta elements, <time>, and its head."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urljoin

import lxml.html

from communique.ingest import bylines, dates, furniture, outlets
from communique.ingest.draft import Draft, repeats
from communique.ingest.headers import MAX_STANDFIRST_WORDS, MIN_STANDFIRST_WORDS
from communique.ingest.markup import text_of

_ARTICLE_TYPE = re.compile(r"(?:News|Analysis|Background|Opinion|Reportage|Review|Live)?.*(?:Article|Posting|Report)$")
_STANDFIRST_CLASS = re.compile(
    r"standfirst|sub-?title|sub-?head|sub-?headline|\bde(?:c)?k\b|strapline|summary|\blede\b|\blead\b|\bintro\b|excerpt|article-?_*description",
    re.I,
)
_META_CLASS = re.compile(r"byline|author|date|publish|timestamp", re.I)
_PUBLISHED_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate",
    "publish-date", "publish_date", "parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.date", "article.published", "published-date", "cxenseparse:recs:publishtime",
    "citation_publication_date", "og:published_time", "originalpublicationdate",
)  # fmt: skip
_AUTHOR_NAMES = (
    "author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "article:author",
)

Json = Mapping[str, Any]

MAX_TITLE_CHARS = 1_000
"""Code points of a headline; what is longer is none."""


def read(tree: lxml.html.HtmlElement, *, url: str | None = None) -> Draft:
    """Return a draft with all fields but the paragraphs. The standfirst is not yet compared with the body."""
    meta = _meta(tree)
    article = _article(tree)
    address = _address(tree, meta, article, url)
    name = meta.get("og:site_name") or _name(article.get("publisher")) or meta.get("application-name")
    outlet = outlets.outlet(url=address, name=name)
    language = (tree.get("lang") or tree.get("xml:lang") or meta.get("og:locale") or "").strip() or None
    american = bool(outlet and outlet.country == "USA") or (language or "").lower().replace("_", "-") == "en-us"
    title = _title(tree, meta, article, names=[n for n in (name, outlet.name if outlet else None) if n])
    draft = Draft(title=title, url=address, outlet=name, language=language)
    draft.standfirst = _standfirst(tree, meta, article, title=title)
    draft.byline = _byline(tree, meta, article, outlet=name)
    draft.published = _published(tree, meta, article, draft, month_first=american)
    return draft


def article_body(tree: lxml.html.HtmlElement) -> str:
    """Return the text of the article that JSON-LD carries, or ""; with line breaks, if it has any."""
    body = _article(tree).get("articleBody")
    return _plain(body, keep_lines=True) if isinstance(body, str) else ""


def _meta(tree: lxml.html.HtmlElement) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        value = " ".join(unescape(element.get("content") or "").split())
        if key and value:
            found.setdefault(key, value)
    return found


def _article(tree: lxml.html.HtmlElement) -> Json:
    """Return the JSON-LD object of the article, {} when there is none; references to other objects are filled in."""
    objects = [found for script in tree.iter("script") if _is_json_ld(script) for found in _objects(script.text or "")]
    by_id = {str(found["@id"]): found for found in objects if "@id" in found and len(found) > 1}
    articles = [found for found in objects if any(_ARTICLE_TYPE.match(kind) for kind in _types(found))]
    # Pages list other articles too: the one with the most to say is the page's own, at equal length the first.
    fields = ("headline", "datePublished", "author", "description", "articleBody", "publisher")
    best = max(articles, key=lambda found: sum(name in found for name in fields), default={})
    return {key: _resolved(value, by_id) for key, value in best.items()}


def _is_json_ld(script: lxml.html.HtmlElement) -> bool:
    return (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json"


def _objects(source: str) -> Iterator[Json]:
    """Yield every object of a JSON-LD script, outer before inner; nothing when the script is not JSON."""
    source = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.{0,40}?\*/)|(?:-->|//\s*\]\]>)\s*;?\s*$", "", source).rstrip(
        " \n;"
    )
    try:
        waiting: list[Any] = [json.loads(source, strict=False)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting[:0] = value
        elif isinstance(value, dict):
            yield value
            waiting[:0] = [inner for inner in value.values() if isinstance(inner, dict | list)]


def _types(found: Json) -> list[str]:
    kinds = found.get("@type", [])
    return [str(kind).rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _resolved(value: Any, by_id: Mapping[str, Json]) -> Any:
    if isinstance(value, list):
        return [_resolved(item, by_id) for item in value[:50]]
    if isinstance(value, dict) and "name" not in value and "@id" in value:
        return by_id.get(str(value["@id"]), value)
    return value


def _name(value: Any) -> str | None:
    """Return the name in a JSON-LD value of a person or organisation, of whatever shape."""
    if isinstance(value, list):
        return next((name for item in value if (name := _name(item))), None)
    if isinstance(value, dict):
        return _name(value.get("name"))
    return _plain(value) or None if isinstance(value, str) else None


def _plain(text: Any, *, keep_lines: bool = False) -> str:
    if not isinstance(text, str):
        return ""
    text = re.sub(r"</?(?:p|br|div|li|h\d)\b[^>]{0,200}>", "\n", unescape(text))
    text = re.sub(r"<[/a-zA-Z][^<>]{0,500}>", "", text)
    return text.strip() if keep_lines else " ".join(text.split())


def _address(tree: lxml.html.HtmlElement, meta: Mapping[str, str], article: Json, url: str | None) -> str | None:
    links = [
        link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    main = article.get("mainEntityOfPage")
    main = main.get("@id") if isinstance(main, dict) else main
    for candidate in (*links, meta.get("og:url"), main, article.get("url"), url):
        if isinstance(candidate, str) and candidate.strip():
            try:
                full = urljoin(url or "", candidate.strip())
            except ValueError:
                continue
            if re.match(r"https?://[^/\s]+", full):
                return full
    return url


def _title(tree: lxml.html.HtmlElement, meta: Mapping[str, str], article: Json, *, names: Sequence[str]) -> str | None:
    """Return the headline that a reader sees: the <h1> if what the page declares is like it, else what it declares."""
    element = next(tree.iter("title"), None)
    declared = [_plain(article.get("headline")), meta.get("og:title", ""), meta.get("twitter:title", "")]
    declared.append(text_of(element) if element is not None else "")
    declared = [_without_outlet(text, names) for text in declared if 0 < len(text) <= MAX_TITLE_CHARS]
    shown = (text for h1 in tree.iter("h1") if len(text := text_of(h1)) <= MAX_TITLE_CHARS)
    visible = [text for text in shown if len(furniture.words(text)) > 1]
    for text in visible:
        if any(_alike(text, other) for other in declared):
            return text
    # A <title> alone may be the site's; a single headline that differs from it is the article's.
    named = bool(article.get("headline") or meta.get("og:title") or meta.get("twitter:title"))
    if len(visible) == 1 and not named:
        return visible[0]
    return declared[0] if declared else None


def _without_outlet(text: str, names: Sequence[str]) -> str:
    """Return a title without the outlet behind it: "Talks fail - Example News", "Talks fail | World | Example"."""
    parts = re.split(r"\s+[|–—·»-]\s+", text)
    while len(parts) > 1:
        last = furniture.fold(parts[-1])
        known = any(last in furniture.fold(name) or furniture.fold(name) in last for name in names)
        if not (known or furniture.is_label(parts[-1]) or (len(parts[0].split()) > 3 and f"| {parts[-1]}" in text)):
            break
        text = text[: text.rindex(parts.pop())].rstrip(" |–—·»-")
    return text


def _alike(a: str, b: str) -> bool:
    left, right = (set(re.findall(r"\w+", text.casefold())) for text in (a, b))
    return len(left & right) >= 0.4 * max(1, min(len(left), len(right)))


def _standfirst(
    tree: lxml.html.HtmlElement, meta: Mapping[str, str], article: Json, *, title: str | None
) -> str | None:
    """Return the text under the headline, as the page shows or declares it, if it reads as one."""
    shown = _shown_standfirst(tree, title)
    declared = [article.get("alternativeHeadline"), article.get("description"), meta.get("og:description")]
    declared += [meta.get("description"), meta.get("twitter:description")]
    for text in (shown, *map(_plain, declared)):
        if text and reads_as_standfirst(text, title=title):
            return text
    return None


def reads_as_standfirst(text: str, *, title: str | None) -> bool:
    """Tell whether a description is the article's: not cut off, not the title, not of the site or to its visitor."""
    count = len(furniture.words(text))
    if not MIN_STANDFIRST_WORDS <= count <= MAX_STANDFIRST_WORDS or text.rstrip().endswith(
        ("...", "…", "[…]", "[...]")
    ):
        return False
    if title and (repeats(text, title) or furniture.fold(text) == furniture.fold(title)):
        return False
    return not (furniture.is_notice(text) or furniture.is_label(text) or furniture.is_caption(text))


def _shown_standfirst(tree: lxml.html.HtmlElement, title: str | None) -> str | None:
    """Return the text that the page marks as standfirst, or that stands between the headline and date or byline."""
    heading = next((h1 for h1 in tree.iter("h1") if title and text_of(h1) == title), None)
    if heading is None:
        return None
    first: str | None = None
    for number, element in enumerate(_following(heading)):
        if number > 60 or element.tag in {"footer", "nav", "aside"}:
            return None
        if not isinstance(element.tag, str):
            continue
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('data-testid') or ''}"
        text = text_of(element) if element.tag in {"p", "h2", "h3", "h4", "div", "span", "strong"} else ""
        whole = 0 < len(text) < 600 and sum(1 for _ in element.iter("p")) <= 1
        if whole and (_STANDFIRST_CLASS.search(marks) or "alternativeHeadline" in marks):
            return text
        if first and (element.tag == "time" or _META_CLASS.search(marks)):
            return first
        if element.tag in {"p", "h2"} and len(furniture.words(text)) >= MIN_STANDFIRST_WORDS:
            if first:
                return None
            first = text if whole and not bylines.byline(text) and not furniture.is_date_line(text) else None
            if first is None and element.tag == "p":
                return None
    return None


def _following(element: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """Yield the elements after ``element`` in document order, without its own descendants."""
    node = element
    while node is not None:
        for sibling in node.itersiblings():
            yield from sibling.iter()
        node = node.getparent()


def _byline(
    tree: lxml.html.HtmlElement, meta: Mapping[str, str], article: Json, *, outlet: str | None
) -> tuple[str, ...]:
    authors = article.get("author") or article.get("creator") or []
    found = [name for item in (authors if isinstance(authors, list) else [authors]) if (name := _name(item))]
    declared = [name for text in found for name in bylines.names(text)]
    for key in () if declared else _AUTHOR_NAMES:
        declared += bylines.names(meta.get(key, ""))
        if declared:
            break
    if not declared:
        declared = list(_shown_byline(tree))
    own = furniture.fold(outlet or "")
    return tuple(dict.fromkeys(name for name in declared if furniture.fold(name) != own))


def _shown_byline(tree: lxml.html.HtmlElement) -> tuple[str, ...]:
    """Return the names in what the page marks as byline, or that reads as one under the headline."""
    marked = '//*[@rel="author" or @itemprop="author" or contains(@class, "byline") or contains(@class, "author")]'
    for element in tree.xpath(marked)[:5]:
        text = text_of(element)
        if line := bylines.byline(text) or bylines.bare_name(text):
            return line.names
    heading = next(tree.iter("h1"), None)
    for element in islice(_following(heading), 40) if heading is not None else ():
        text = text_of(element) if element.tag in {"p", "div", "span", "address"} else ""
        if len(text) < 160 and (line := bylines.byline(text)):
            return line.names
    return ()


def _published(
    tree: lxml.html.HtmlElement, meta: Mapping[str, str], article: Json, draft: Draft, *, month_first: bool
) -> str | None:
    """Return the date that the page declares, shows, or has in its address, in this order."""
    declared = [
        article.get("datePublished"),
        *(meta.get(name) for name in _PUBLISHED_NAMES),
        article.get("dateCreated"),
    ]
    shown = []
    for element in tree.iter("time"):
        inside = " ".join((text_of(element.getparent()) if element.getparent() is not None else "").split()[:8])
        if not furniture.is_update_label(inside) or "ublish" in inside:
            shown += [element.get("datetime"), text_of(element)]
    for element in tree.xpath(
        '//*[contains(@class, "date") or contains(@class, "time") or contains(@class, "publish")]'
    )[:20]:
        text = text_of(element)
        if len(text) < 120 and not furniture.is_update_label(text.split(":")[0]):
            shown.append(text)
    late = [article.get("dateModified"), meta.get("article:modified_time")]
    for text in (*declared, *shown[:40], *late):
        stamp = dates.parse(text, month_first=month_first) if isinstance(text, str) else None
        if stamp and stamp.published:
            return stamp.published
        if stamp and stamp.problem != "has no year":
            draft.warnings.append(f"date '{text}' {stamp.problem}: give it with --date")
    if draft.url and (day := dates.from_address(draft.url)):
        draft.warnings.append("date of publication taken from the address")
        return day
    return None
