"""Pages in the layouts of many sites: what is title, standfirst, byline, date, place and body, and what is neither."""

import io
import tomllib
from pathlib import Path
from typing import Any

import pytest

from communique.ingest import Failure, Options, read
from communique.records import Article

PAGES = tomllib.loads((Path(__file__).parent.parent / "cases" / "ingest_pages.toml").read_text(encoding="utf-8"))[
    "page"
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_page(page: dict[str, Any]) -> None:
    kind = next(name for name in ("text", "html", "markdown") if name in page)
    options = Options(format=kind, outlet=page.get("outlet"))
    [article] = read(["-"], options=options, stdin=io.BytesIO(page[kind].encode()))
    assert isinstance(article, Article), isinstance(article, Failure) and article.error
    paragraphs = [article.text[start:end] for start, end in article.paragraphs]
    assert [text[: len(start)] for text, start in zip(paragraphs, page["starts"], strict=False)] == page[
        "starts"
    ] and len(paragraphs) == len(page["starts"]), paragraphs
    assert article.title == page.get("title")
    assert "standfirst" not in page or article.standfirst == page["standfirst"]
    assert "byline" not in page or list(article.byline) == page["byline"]
    assert article.published == page.get("published")
    assert (article.place.name if article.place else None) == page.get("place")
    assert article.language == page.get("language", "en") or len(article.text) < 200
    for words in page.get("warns", []):
        assert any(words in warning for warning in article.warnings), article.warnings
    shown = "\n".join(filter(None, (article.title, article.standfirst, article.text))).casefold()
    assert not [words for words in page.get("never", []) if words.casefold() in shown]
