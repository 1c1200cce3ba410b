"""HTML pages → Draft: metadata by what the page declares, body by trafilatura, page furniture by what it is."""

from collections.abc import Iterator, Sequence
from copy import deepcopy

import lxml.html
import trafilatura

from communique.ingest import flattened, furniture, metadata
from communique.ingest.blocks import Block, Kind, kind_of
from communique.ingest.draft import Draft, finish
from communique.ingest.encoding import clean, decode
from communique.ingest.markup import text_of, tree
from communique.ingest.options import Options
from communique.records import Article

MIN_BODY_WORDS = 20
"""Words below which trafilatura's body is doubted, and the page's own articleBody and paragraphs are tried."""

MIN_PARAGRAPH_WORDS = 12
"""Words from which a <p> without a full stop is text: half of what flattened text needs, as the markup says so too."""


def article(
    source: str | bytes,
    *,
    options: Options,
    where: str,
    url: str | None = None,
    charset: str | None = None,
    seen: str | None = None,
    warnings: Sequence[str] = (),
) -> Article:
    """Return the article of a page; of bytes, ``charset`` is what their server says of their encoding.

    ``seen`` is a day, or a moment as in Article, when the page was there already: its date, if it has none.
    ``warnings`` come before those of the page itself. Raises InputError when the page has no body, is too large or
    is binary.
    """
    text, doubts = (
        (clean(source), ())
        if isinstance(source, str)
        else decode(source, where=where, encoding=options.encoding, declared=charset)
    )
    draft = read(text, url=url)
    draft.seen = seen
    draft.warnings[:0] = [*warnings, *doubts]
    return finish(draft, options=options, where=where)


def read(source: str, *, url: str | None = None) -> Draft:
    """Return the draft of an HTML page; without paragraphs when no body is found."""
    page = tree(source)
    if page is None:
        return Draft(url=url)
    draft = metadata.read(page, url=url)
    links = frozenset(
        furniture.fold(text) for link in page.iter("a") if len((text := text_of(link)).split()) > 2 and len(text) < 300
    )
    for blocks in _bodies(page, links):
        draft.paragraphs = flattened.body(blocks, title=draft.title, standfirst=draft.standfirst, byline=draft.byline)
        if sum(len(furniture.words(text)) for text in draft.paragraphs) >= MIN_BODY_WORDS:
            break
    return draft


def _bodies(page: lxml.html.HtmlElement, links: frozenset[str]) -> Iterator[list[Block]]:
    """Yield the blocks of the body as found in several ways, the most reliable first."""
    try:
        found = trafilatura.bare_extraction(
            deepcopy(page), include_comments=False, include_tables=False, with_metadata=False
        )
    except Exception:
        # Whatever a tree that it does not expect does to trafilatura, the page's paragraphs are still there.
        found = None
    body = getattr(found, "body", None)
    blocks = [] if body is None else list(_blocks(body, links))
    own = metadata.article_body(page)
    own_blocks = [Block(text, kind_of(text)) for text in own.split("\n") if text.strip()]
    if sum(len(b.text) for b in own_blocks) > 2 * sum(len(b.text) for b in blocks) and len(own_blocks) > 1:
        yield own_blocks
    yield blocks
    yield own_blocks
    inside = [*page.iter("article"), *page.iter("main"), page][0]
    yield [Block(text, kind_of(text)) for p in inside.iter("p") if (text := text_of(p))]


def _blocks(body: lxml.html.HtmlElement, links: frozenset[str]) -> Iterator[Block]:
    """Yield the blocks of trafilatura's body: headings stay headings, items stay items, whatever their words."""
    for element in body.iter("p", "head", "item", "quote"):
        if element.tag in {"item", "quote"} and any(
            True for _ in element.iter("p", "item", "list") if _ is not element
        ):
            continue
        for text in _lines(element):
            kind = kind_of(text)
            if furniture.fold(text) in links and kind is not Kind.PROSE:
                kind = Kind.LABEL
            elif element.tag == "head" and kind is not Kind.SECTION:
                kind = Kind.HEADING
            elif element.tag == "item" and kind is Kind.HEADING:
                kind = Kind.ITEM
            elif kind is Kind.HEADING and _is_sentence(text):
                kind = Kind.PROSE
            yield Block(text, kind)


def _is_sentence(text: str) -> bool:
    """Tell whether a paragraph by its markup is one by its words too, though its full stop is missing."""
    found = furniture.words(text)
    return len(found) >= MIN_PARAGRAPH_WORDS and furniture.function_word_share(found) >= 0.2


def _lines(element: lxml.html.HtmlElement) -> Iterator[str]:
    """Yield the lines of a paragraph: a forced break after a finished sentence starts a new one."""
    line = ""
    for part in _broken(element):
        part = " ".join(part.split())
        if line and furniture.ends_sentence(line):
            yield line
            line = part
        else:
            line = f"{line} {part}".strip()
    if line:
        yield line


def _broken(element: lxml.html.HtmlElement) -> list[str]:
    parts = [""]
    for node in element.iter():
        if node.tag == "lb":
            parts.append("")
        elif node.text:
            parts[-1] += node.text
        if node.tail and node is not element:
            parts[-1] += node.tail
    return parts
