"""What an article's page tells: its text with all marks, and its records in text order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from communique.archive import Archive
from communique.archive.corrections import Correction, Corrections
from communique.records import Article, Coding, Event, Record, Statement
from communique.web.data.marks import Paragraph, paragraphs
from communique.web.data.story import story_of


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article as it is read. ``margin`` are its statements and events, in the order of the text.

    ``chosen`` is the record that the reader came for, if it is one of them; ``corrections`` are what people say of
    its records, by the records' ids; ``story`` is the one that it is part of with others.
    """

    article: Article
    paragraphs: tuple[Paragraph, ...]
    margin: tuple[Statement | Event, ...]
    coder: str | None
    chosen: str | None = None
    corrections: Mapping[str, Sequence[Correction]] = field(default_factory=dict)
    story: str | None = None


def article_page(
    archive: Archive, identity: str, corrections: Corrections, *, chosen: str | None = None
) -> ArticlePage:
    """Return the page of an article. Raises RecordNotFound, also for a record that is no article."""
    article = archive.article_of(archive.record(identity))
    page = page_of(archive.coding(article), coder=archive.coder_of(article.id), chosen=chosen)
    return replace(page, corrections=corrections.of_article(article.id), story=story_of(archive, article.id))


def page_of(coding: Coding, *, coder: str | None, chosen: str | None = None) -> ArticlePage:
    """Return the page of a coding, whether it is kept in an archive or not."""
    records: tuple[Statement | Event, ...] = (*coding.statements, *coding.events)
    margin = sorted(records, key=anchor)
    known = {record.id for record in margin}
    return ArticlePage(
        article=coding.article,
        paragraphs=tuple(paragraphs(coding)),
        margin=tuple(margin),
        coder=coder,
        chosen=chosen if chosen in known else None,
    )


def anchor(record: Statement | Event) -> tuple[int, int]:
    """Return where a record begins in its article, for the order of the margin."""
    if isinstance(record, Event):
        return record.evidence
    starts = [span[0] for span in record.content]
    if record.speaker is not None:
        starts.append(record.speaker.mention.start)
    return min(starts), 0


def kind_of(record: Record) -> str:
    """Return the name of the kind that a record is of: articles, statements, events."""
    return {Article: "articles", Statement: "statements", Event: "events"}[type(record)]
