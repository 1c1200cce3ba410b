"""What is new in a list: its matches in the order in which they came into the archive, for feeds and webhooks."""

from dataclasses import dataclass

from communique.archive import Archive
from communique.archive.entries import Entries, Hits
from communique.records import Article, Event, Record, Statement


@dataclass(frozen=True, slots=True)
class Item:
    """A match: ``key`` grows with each record that comes; ``title`` and ``words`` tell it to people."""

    key: int
    record: Record
    article: Article
    title: str
    words: str


def news(archive: Archive, hits: Hits, *, after: int = 0, limit: int = 50) -> list[Item]:
    """Return the matches that came last, the latest first; only those that came after the one with key ``after``."""
    items = []
    for key, record in Entries(archive).arrivals(hits, after=after, limit=limit):
        article = archive.article_of(record)
        items.append(Item(key, record, article, *_told(record, article)))
    return items


def _told(record: Record, article: Article) -> tuple[str, str]:
    if isinstance(record, Statement):
        party = record.speaker
        speaker = "" if party is None else party.actor.name if party.actor else party.mention.text
        return f"{speaker}: {record.act}".strip(": "), record.content_text
    if isinstance(record, Event):
        sources, targets = (", ".join(actor.name for actor in side) for side in (record.source, record.target))
        title = f"{sources} {record.type}{f' → {targets}' if targets else ''} ({record.status})"
        return title.strip(), article.text[slice(*record.evidence)]
    return article.title or article.id, article.text[:500]
