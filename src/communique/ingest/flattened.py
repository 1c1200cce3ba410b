"""Flattened pages and plain text → Draft: the body without what the page prints around it."""

import re
from collections.abc import Sequence

from communique.ingest import furniture, headers, lines
from communique.ingest.blocks import Block, Kind, classify
from communique.ingest.draft import Draft, repeats

_OVER_TEASERS = frozenset({Kind.HEADING, Kind.ITEM, Kind.DATE, Kind.BYLINE, Kind.SECTION})
_MAX_COMPARED = 500
"""Blocks up to which each is looked for in the others: the cost is quadratic, and articles have well under 200."""


def read(text: str, *, title: str | None = None, month_first: bool = False) -> Draft:
    """Return the draft of a page's text, whatever mixture of body, labels and notices it is.

    ``title`` is the title if known. Blocks are dropped for what they are (see furniture); one that may be body is
    kept. What is left when nothing ends as a sentence is the text itself, so that a bare headline can be read too.
    """
    blocks = classify(lines.blocks(text))
    head = headers.head(blocks, title=title, month_first=month_first)
    paragraphs = body(blocks[head.body_start :], title=head.title, standfirst=head.standfirst, byline=head.byline)
    if not paragraphs:
        paragraphs, head.title = _unpunctuated(blocks), title
    years = re.findall(r"(?:©|\(c\)|copyright)\s*(?:\w+\s+){0,2}((?:19|20)\d{2})\b", text[-3_000:], re.IGNORECASE)
    published_year = int(head.published[:4]) if head.published else None
    return Draft(
        paragraphs=paragraphs,
        title=head.title,
        standfirst=head.standfirst,
        byline=head.byline,
        published=head.published,
        year=published_year or (int(years[-1]) if years else None),
        place=head.place,
        warnings=head.warnings,
    )


def body(
    blocks: Sequence[Block], *, title: str | None = None, standfirst: str | None = None, byline: Sequence[str] = ()
) -> list[str]:
    """Return the paragraphs of the article among the blocks after its head.

    Left out: labels, notices, captions, headings between paragraphs, repeats of title, standfirst and paragraphs
    (pull quotes), lists of other pages, and what follows the article.
    """
    blocks = blocks[: _foot(blocks)]
    spoken = [furniture.fold(block.text) for block in blocks if block.kind is Kind.PROSE]
    if len(blocks) > _MAX_COMPARED:
        spoken = []
    kept: list[str] = []
    seen: set[str] = set()
    elsewhere = in_list = False
    for block in blocks:
        folded = furniture.fold(block.text)
        if block.kind is Kind.SECTION:
            elsewhere = True
            continue
        if block.kind is Kind.PROSE:
            elsewhere = False
        keep = block.kind is Kind.PROSE or (
            not elsewhere and (block.kind is Kind.ITEM or (in_list and block.kind is Kind.HEADING))
        )
        if not keep or (len(folded) > 40 and folded in seen) or _is_pull_quote(folded, spoken):
            continue
        if any(known and furniture.fold(known) == folded for known in (title, standfirst)):
            continue
        # A first paragraph may take up the standfirst; it is a repeat only if it says no more.
        says_no_more = standfirst is not None and len(block.text) <= len(standfirst) + 3
        if not kept and standfirst and says_no_more and repeats(block.text, standfirst):
            continue
        seen.add(folded)
        kept.append(block.text)
        # After "The ministers agreed to:" lines without a full stop are the list, until a sentence ends it.
        in_list = block.text.endswith(":") or (in_list and not block.text.endswith((".", "!", "?", "”")))
    if kept and byline and re.match(rf"{re.escape(byline[0])},? (?:is|was|has|covers|reports)\b", kept[-1]):
        kept.pop()
    return kept


def _foot(blocks: Sequence[Block]) -> int:
    """Return the index at which the article is over: at the heading over comments, or over the last list of pages.

    A list of related pages may also stand in the middle of an article, and its entries may have teasers that are
    sentences: then each stands under a heading of its own, while an article that goes on needs none.
    """
    weights = [len(furniture.words(block.text)) if block.kind is Kind.PROSE else 0 for block in blocks]
    total, before = sum(weights), 0
    for at, block in enumerate(blocks):
        before += weights[at]
        if block.kind is not Kind.SECTION or before < 0.5 * total or not before:
            continue
        prose = [i for i in range(at + 1, len(blocks)) if blocks[i].kind is Kind.PROSE]
        teasers = len(prose) > 1 and all(blocks[i - 1].kind in _OVER_TEASERS for i in prose)
        if not prose or teasers or furniture.is_end_heading(block.text):
            return at
    return len(blocks)


def _is_pull_quote(folded: str, spoken: Sequence[str]) -> bool:
    """Tell whether a block repeats words of a longer paragraph, as pages print them large beside it."""
    if len(folded) > 300:
        return False
    inner = folded.strip(" \"'“”‘’«».")
    return len(inner.split()) >= 5 and any(inner in other and len(other) > len(folded) + 10 for other in spoken)


def _unpunctuated(blocks: Sequence[Block]) -> list[str]:
    """Return what is text on a page of which no block ends as a sentence, such as one headline."""
    headings = [block.text for block in blocks if block.kind is Kind.HEADING]
    return headings if len(headings) == 1 or sum(map(len, headings)) > 200 else []
