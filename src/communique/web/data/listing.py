"""What a list tells: one page of the records that pass the filters, and how many there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from communique.archive import Archive
from communique.filters import FILTERS, Filter, sentence
from communique.records import Article, Record

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A record with the article that it is from (an article with itself); ``snippet`` holds « » around found words."""

    record: Record
    article: Article
    snippet: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. ``told`` says in words what is shown; ``filters`` are those that the kind has."""

    kind: str
    chosen: Mapping[str, str]
    told: str
    rows: tuple[Row, ...]
    total: int
    number: int
    pages: int
    filters: tuple[Filter, ...]


def listing(archive: Archive, kind: str, chosen: Mapping[str, str], *, number: int = 1) -> Listing:
    """Return the page with this number, from 1. Raises UsageError for a wrong filter or value."""
    total = archive.count(kind, chosen)
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(1, number), pages)
    records = archive.records(kind, chosen, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    return Listing(
        kind=kind,
        chosen=chosen,
        told=sentence(kind, chosen),
        rows=tuple(rows(archive, records)),
        total=total,
        number=number,
        pages=pages,
        filters=tuple(f for f in FILTERS.values() if kind in f.kinds),
    )


def rows(archive: Archive, records: Iterable[Record]) -> Iterable[Row]:
    """Yield each record with its article."""
    articles: dict[str, Article] = {}
    for record in records:
        home = record.id if isinstance(record, Article) else record.article
        if home not in articles:
            articles[home] = archive.article_of(record)
        yield Row(record, articles[home])


def found(archive: Archive, words: str, chosen: Mapping[str, str], *, kind: str | None, limit: int) -> tuple[Row, ...]:
    """Return what a search finds, the best match first. Raises UsageError when there is no word to search for."""
    hits = list(archive.search(words, chosen, kind=kind, limit=limit))
    listed = rows(archive, (archive.record(hit.record) for hit in hits))
    return tuple(Row(row.record, row.article, hit.snippet) for row, hit in zip(listed, hits, strict=True))
