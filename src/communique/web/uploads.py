"""Pages that a reader gives: pasted, uploaded or by address → articles."""

import io

from communique import ingest
from communique.errors import InputError, UsageError
from communique.ingest import Failure, Options
from communique.records import Article
from communique.web.fetching import Fetched

MOST_ARTICLES = 20
"""Articles of one upload that are coded while somebody waits."""


def from_text(text: str, *, title: str = "", url: str = "", date: str = "") -> list[Article]:
    """Return the article of a pasted text. Raises InputError."""
    if text.lstrip()[:500].lower().startswith(("<!doctype html", "<html")):
        return [ingest.article_from_html(text, url=url or None, options=_options(date))]
    return [ingest.article_from_text(text, title=title or None, url=url or None, options=_options(date))]


def from_file(data: bytes, *, date: str = "") -> list[Article]:
    """Return the articles of a file, in any form that the command line reads. Raises InputError when it has none."""
    articles = []
    for found in ingest.read(["-"], options=_options(date), stdin=io.BytesIO(data)):
        if isinstance(found, Failure):
            raise found.error
        articles.append(found)
        if len(articles) > MOST_ARTICLES:
            raise UsageError(f"the file has more than {MOST_ARTICLES} articles", remedy="use communique add for many")
    if not articles:
        raise InputError("holds no article", where="the file")
    return articles


def from_web(page: Fetched, *, date: str = "") -> list[Article]:
    """Return the article of a fetched page. Raises InputError, also for what is neither HTML nor text."""
    if page.kind in {"text/html", "application/xhtml+xml"}:
        return [ingest.article_from_html(page.body, url=page.url, options=_options(date))]
    if page.kind == "text/plain":
        text = page.body.decode("utf-8", errors="replace")
        return [ingest.article_from_text(text, url=page.url, options=_options(date))]
    raise InputError(f"is {page.kind[:80]}, not a page", where=page.url[:200])


def _options(date: str) -> Options:
    return Options(date=date or None)
