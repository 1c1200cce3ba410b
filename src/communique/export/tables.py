"""Flat tables of records, for CSV and Parquet: one kind of record a table, one column a field.

A statement or event carries its article's address, outlet and day, and the words that say it, so that its table stands
alone; offsets are those of the record. Several values (sources, bylines, offsets) are lists in Parquet, and joined by
"; " in CSV. CSV cells that begin with "=", "+", "-" or "@" are written as they are: whatever stops a spreadsheet from
taking them for a formula changes the data. Parquet has no such cells.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from communique.errors import UsageError
from communique.records import Actor, Article, Event, Party, Record, Span, Statement

TEXT, NUMBER, WHOLE, FLAG = pa.string(), pa.float64(), pa.int64(), pa.bool_()
SPAN = pa.list_(WHOLE)
TEXTS, SPANS = pa.list_(TEXT), pa.list_(SPAN)
COUNTS = pa.map_(TEXT, WHOLE)
# Rows that Parquet writes at a time: memory stays bounded, groups stay large enough to read fast.
GROUP = 10_000

Pair = tuple[Record, Article]
"""A record and its article (an article's is itself)."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its Arrow type, and how its value is read from a record and its article."""

    type: pa.DataType
    value: Callable[[Any, Article], Any]


def _field(name: str, type: pa.DataType = TEXT) -> dict[str, Column]:
    return {name: Column(type, lambda r, _: getattr(r, name))}


def _span(name: str) -> dict[str, Column]:
    return {name: Column(SPAN, lambda r, _: None if (span := getattr(r, name)) is None else list(span))}


def _spans(name: str) -> dict[str, Column]:
    return {name: Column(SPANS, lambda r, _: [list(span) for span in getattr(r, name)])}


def _texts(name: str) -> dict[str, Column]:
    return {name: Column(TEXTS, lambda r, _: list(getattr(r, name)))}


def _words(span: str) -> dict[str, Column]:
    """The article's words at a span of the record; None where it has no such span."""

    def words(record: Record, article: Article) -> str | None:
        at: Span | None = getattr(record, span)
        return article.text[slice(*at)] if at is not None else None

    return {f"{span}_text": Column(TEXT, words)}


def _inner(name: str, /, **fields: pa.DataType) -> dict[str, Column]:
    """The fields of an object that the record has under a name: place_name, place_country …; None without it."""

    def value(field: str) -> Callable[[Any, Article], Any]:
        return lambda r, _: getattr(getattr(r, name), field, None)

    return {f"{name}_{field}": Column(type, value(field)) for field, type in fields.items()}


def _party(role: str) -> dict[str, Column]:
    """A speaker or addressee: the page's words, and the actor's fields where there is one."""

    def words(record: Statement, _: Article) -> str | None:
        party: Party | None = getattr(record, role)
        return party.mention.text if party is not None else None

    def value(field: str) -> Callable[[Any, Article], Any]:
        return lambda r, _: getattr(getattr(getattr(r, role), "actor", None), field, None)

    fields = ("id", "name", "kind", "country", "sector", "office")
    return {f"{role}_words": Column(TEXT, words), **{f"{role}_{f}": Column(TEXT, value(f)) for f in fields}}


def _actors(role: str) -> dict[str, Column]:
    """Sources or targets: for each field a list, in the order of the actors; an actor without it has None there."""

    def values(field: str) -> Callable[[Any, Article], list[Any]]:
        return lambda r, _: [getattr(actor, field) for actor in getattr(r, role)]

    def words(record: Event, _: Article) -> list[str | None]:
        actors: tuple[Actor, ...] = getattr(record, role)
        return [actor.mention.text if actor.mention is not None else None for actor in actors]

    fields = ("id", "name", "kind", "country", "sector", "office")
    return {f"{role}_words": Column(TEXTS, words), **{f"{role}_{f}": Column(TEXTS, values(f)) for f in fields}}


PLACE = _inner("place", name=TEXT, country=TEXT, lat=NUMBER, lon=NUMBER, gazetteer_id=TEXT, precision=TEXT)
OUTLET = _inner("outlet", name=TEXT, domain=TEXT, country=TEXT)
# What a statement or event says of its article.
HOME = {
    "article": Column(TEXT, lambda _, a: a.id),
    "url": Column(TEXT, lambda _, a: a.url),
    "outlet": Column(TEXT, lambda _, a: a.outlet.name if a.outlet else None),
    "published": Column(TEXT, lambda _, a: a.published),
}

COLUMNS: Mapping[str, Mapping[str, Column]] = {
    "articles": {
        **_field("id"), **_field("url"), **OUTLET, **_field("title"), **_field("standfirst"), **_texts("byline"),
        **_field("published"), **_field("language"), **PLACE, **_field("text"), **_spans("paragraphs"),
        **_texts("warnings"),
    },
    "statements": {
        **_field("id"), **HOME, **_field("kind"), **_field("act"), **_party("speaker"), **_party("addressee"),
        **_words("cue"), **_field("content_text"), **_field("negated", FLAG),
        **_field("conditional", FLAG), **_field("said_on"), **PLACE, **_field("within"), **_span("cue"),
        **_spans("content"), **_field("confidence", NUMBER), **_field("made_by"),
    },
    "events": {
        **_field("id"), **HOME, **_field("type"), **_field("mode"), **_texts("context"), **_field("cameo"),
        **_field("quad", WHOLE), **_field("goldstein", NUMBER), **_actors("source"), **_actors("target"),
        **_field("symmetric", FLAG), **_field("status"), **_field("conditional", FLAG), **_field("date"), **PLACE,
        **_inner("attributed_to", id=TEXT, name=TEXT), **_field("statement"),
        "counts": Column(COUNTS, lambda r, _: sorted(r.counts.items())),
        **_words("trigger"), **_words("evidence"), **_span("trigger"),
        **_span("evidence"), **_spans("also"), **_field("confidence", NUMBER), **_field("made_by"),
    },
}  # fmt: skip
"""The columns of each kind's table, in order."""


def columns(kind: str) -> Mapping[str, Column]:
    """Return the columns of a kind's table. Raises UsageError for an unknown kind."""
    if kind not in COLUMNS:
        raise UsageError(f"no kind of record {kind!r}", remedy=f"one of {', '.join(COLUMNS)}")
    return COLUMNS[kind]


def flat(record: Record, article: Article, kind: str) -> dict[str, Any]:
    """Return a record of this kind as one row of its table; ``article`` is the one it is from."""
    return {name: column.value(record, article) for name, column in columns(kind).items()}


def schema(kind: str) -> pa.Schema:
    """Return the Arrow schema of a kind's table."""
    return pa.schema([(name, column.type) for name, column in columns(kind).items()])


def write_csv(pairs: Iterable[Pair], kind: str, out: IO[str]) -> int:
    """Write records as CSV (RFC 4180, with a header) to a text file opened with ``newline=""``; return how many."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns(kind))
    written = 0
    for record, article in pairs:
        writer.writerow([_cell(value) for value in flat(record, article, kind).values()])
        written += 1
    return written


def _cell(value: Any) -> Any:
    """A value as CSV has it: lists joined by "; ", offsets as start-end, counts as what=number, flags in small."""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, list):
        return value
    if len(value) == 2 and all(isinstance(v, int) for v in value):
        return f"{value[0]}-{value[1]}"
    parts = (f"{v[0]}={v[1]}" if isinstance(v, tuple) else _cell(v) for v in value)
    return "; ".join("" if part is None else str(part) for part in parts)


def write_parquet(pairs: Iterable[Pair], kind: str, out: str | IO[bytes]) -> int:
    """Write records as Parquet to a path or binary file, a group of rows at a time; return how many."""
    rows = (flat(record, article, kind) for record, article in pairs)
    written = 0
    with pq.ParquetWriter(out, schema(kind)) as writer:
        while group := list(islice(rows, GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema(kind)))
            written += len(group)
    return written
