"""What each block of a flattened page is, told from its own words; its neighbours decide in headers and flattened."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from communique.ingest import bylines, furniture

MIN_UNPUNCTUATED_PROSE = 20
"""Words from which a block without a full stop, but with grammar, is prose: headlines and captions are shorter."""

# '"We are grateful," he added': a quotation that a sentence goes on from, which headlines never set so.
_REPORTED = re.compile(r"[,.!?…][\"”»]\s+[^\W\d_]{2,}")


class Kind(Enum):
    """The kinds of block."""

    PROSE = "ends as a sentence"
    HEADING = "a line of words that does not: headline, crosshead, caption, teaser"
    ITEM = "an item of a list"
    LABEL = "a button, menu or other label"
    SECTION = "the heading over other pages or comments"
    NOTICE = "speaks to the visitor"
    CAPTION = "a picture's caption"
    DATE = "the page's date"
    BYLINE = "who wrote it"


@dataclass(frozen=True, slots=True)
class Block:
    """One block with its kind."""

    text: str
    kind: Kind


def classify(texts: Sequence[str]) -> list[Block]:
    """Return the blocks with their kinds, in order."""
    return list(_classified(texts))


def _classified(texts: Sequence[str]) -> Iterator[Block]:
    for text in texts:
        yield Block(text, kind_of(text))


def kind_of(text: str) -> Kind:
    """Return the kind of a block by its own words."""
    # No rule below is about blocks of this length, and some search them for patterns.
    if len(text) > 1_000 and furniture.ends_sentence(text):
        return Kind.PROSE
    sample = text[:20_000]
    if furniture.is_section_heading(sample):
        return Kind.SECTION
    if furniture.is_date_line(sample):
        return Kind.DATE
    if bylines.byline(sample):
        return Kind.BYLINE
    if furniture.is_notice(sample):
        return Kind.NOTICE
    if furniture.is_caption(sample):
        return Kind.CAPTION
    if furniture.is_label(sample):
        return Kind.LABEL
    if furniture.is_list_item(sample):
        return Kind.ITEM
    found = furniture.words(sample)
    if furniture.ends_sentence(text):
        return Kind.PROSE
    if len(found) > 3 and _REPORTED.search(sample):
        return Kind.PROSE
    if len(found) >= MIN_UNPUNCTUATED_PROSE and furniture.function_word_share(found) >= 0.2:
        return Kind.PROSE
    return Kind.HEADING
