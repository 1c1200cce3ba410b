"""What a list tells: one page of the records that pass the filters, how many there are, and what would narrow it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from communique.archive import Archive
from communique.archive.entries import COUNTED, Count, Entries, Hits, Order
from communique.errors import UsageError
from communique.filters import FILTERS, Filter, sentence
from communique.records import Article, Record

PER_PAGE = 50
LAST_PAGE = COUNTED // PER_PAGE

Snippet = tuple[tuple[str, bool], ...]
"""Pieces of text; True marks those that were searched for."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record with the article that it is from (an article with itself), and where the words of a search stand."""

    record: Record
    article: Article
    snippet: Snippet = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. ``told`` says in words what is shown; ``filters`` are those that the kind has.

    ``number`` is the page's, from 1; ``has_next`` whether another follows.
    """

    kind: str
    chosen: Mapping[str, str]
    words: str
    order: Order
    told: str
    rows: tuple[Row, ...]
    total: Count
    number: int
    has_next: bool
    filters: tuple[Filter, ...]

    @property
    def view(self) -> dict[str, str]:
        """The parameters of an address that shows the same list from its first page."""
        words = {"q": self.words} if self.words else {}
        usual = "best" if self.words else "newest"
        return {**words, **self.chosen, **({"sort": self.order} if self.order != usual else {})}


def listing(archive: Archive, hits: Hits, total: Count, *, order: Order | None = None, number: int = 1) -> Listing:
    """Return the page with this number. Raises UsageError for a wrong filter or value, or a page too far on."""
    if number > LAST_PAGE:
        raise UsageError(f"no page after {LAST_PAGE}", remedy="narrow the list by a filter, or download it whole")
    order = order or ("best" if hits.words else "newest")
    entries = Entries(archive)
    records = entries.page(hits, order=order, limit=PER_PAGE + 1, offset=(number - 1) * PER_PAGE)
    return Listing(
        kind=hits.kind,
        chosen=hits.chosen,
        words=hits.words,
        order=order,
        told=sentence(hits.kind, hits.chosen),
        rows=tuple(rows(archive, records[:PER_PAGE], words=hits.words)),
        total=total,
        number=number,
        has_next=len(records) > PER_PAGE and number < LAST_PAGE,
        filters=tuple(f for f in FILTERS.values() if hits.kind in f.kinds),
    )


def rows(archive: Archive, records: Iterable[Record], *, words: str = "") -> Iterator[Row]:
    """Yield each record with its article, and where the words stand in it."""
    entries = Entries(archive)
    articles: dict[str, Article] = {}
    for record in records:
        home = record.id if isinstance(record, Article) else record.article
        if home not in articles:
            articles[home] = archive.article_of(record)
        yield Row(record, articles[home], entries.snippet(record, words) if words else ())


@dataclass(frozen=True, slots=True)
class Found:
    """What a search finds of one kind: the best, and how many in all."""

    kind: str
    rows: tuple[Row, ...]
    total: Count


def found(archive: Archive, words: str, *, shown: int = 10) -> tuple[Found, ...]:
    """Return what holds the words, by kind. Raises UsageError when there is no word to search for."""
    results = Entries(archive).best(words, shown=shown)
    return tuple(
        Found(kind, tuple(rows(archive, best, words=words)), total) for kind, (best, total) in results.items()
    )
