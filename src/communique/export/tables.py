"""Flat tables of records, for CSV and Parquet: one kind of record a table, one column a field.

Several values (sources, bylines, offsets) are lists in Parquet; in CSV they are joined by "; ". Cells that begin with
"=" or "@" are written as they are: an apostrophe before them would change the data; open such files as text.
"""

import csv
from collections.abc import Callable, Iterable
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from communique.records import Actor, Article, Event, Party, Place, Record, Statement

TEXT, NUMBER, WHOLE, FLAG = pa.string(), pa.float64(), pa.int64(), pa.bool_()
TEXTS, SPANS = pa.list_(pa.string()), pa.list_(pa.list_(pa.int64()))
SPAN = pa.list_(pa.int64())
# Rows that Parquet writes at a time: memory stays bounded, groups stay large enough to read fast.
GROUP = 10_000
Column = tuple[pa.DataType, Callable[[Any], Any]]


def _party(role: str) -> dict[str, Column]:
    def actor(record: Statement) -> Actor | None:
        party: Party | None = getattr(record, role)
        return party.actor if party is not None else None

    def words(record: Statement) -> str | None:
        party: Party | None = getattr(record, role)
        return party.mention.text if party is not None else None

    return {
        f"{role}_words": (TEXT, words),
        f"{role}_id": (TEXT, lambda r: getattr(actor(r), "id", None)),
        f"{role}_name": (TEXT, lambda r: getattr(actor(r), "name", None)),
        f"{role}_country": (TEXT, lambda r: getattr(actor(r), "country", None)),
        f"{role}_sector": (TEXT, lambda r: getattr(actor(r), "sector", None)),
        f"{role}_office": (TEXT, lambda r: getattr(actor(r), "office", None)),
    }


def _actors(role: str) -> dict[str, Column]:
    def each(field: str) -> Callable[[Event], list[Any]]:
        return lambda record: [getattr(actor, field) for actor in getattr(record, role)]

    return {f"{role}_{field}": (TEXTS, each(field)) for field in ("id", "name", "country", "sector")}


def _place(record: Statement | Event | Article) -> Place:
    return record.place or Place("")


PLACE: dict[str, Column] = {
    "place": (TEXT, lambda r: _place(r).name or None),
    "place_country": (TEXT, lambda r: _place(r).country),
    "lat": (NUMBER, lambda r: _place(r).lat),
    "lon": (NUMBER, lambda r: _place(r).lon),
    "gazetteer_id": (TEXT, lambda r: _place(r).gazetteer_id),
}


def _plain(field: str, kind: pa.DataType = TEXT) -> dict[str, Column]:
    return {field: (kind, lambda r: getattr(r, field))}


def _spans(field: str) -> dict[str, Column]:
    return {field: (SPANS, lambda r: [list(span) for span in getattr(r, field)])}


def _span(field: str) -> dict[str, Column]:
    return {field: (SPAN, lambda r: list(getattr(r, field)) if getattr(r, field) else None)}


COLUMNS: dict[str, dict[str, Column]] = {
    "articles": {
        **_plain("id"), **_plain("url"), "outlet": (TEXT, lambda r: r.outlet.name if r.outlet else None),
        "outlet_domain": (TEXT, lambda r: r.outlet.domain if r.outlet else None),
        "outlet_country": (TEXT, lambda r: r.outlet.country if r.outlet else None),
        **_plain("title"), **_plain("standfirst"), "byline": (TEXTS, lambda r: list(r.byline)), **_plain("published"),
        **_plain("language"), **PLACE, **_plain("text"), "warnings": (TEXTS, lambda r: list(r.warnings)),
    },
    "statements": {
        **_plain("id"), **_plain("article"), **_plain("kind"), **_plain("act"), **_party("speaker"),
        **_party("addressee"), **_plain("content_text"), **_plain("negated", FLAG), **_plain("conditional", FLAG),
        **_plain("said_on"), **PLACE, **_plain("within"), **_span("cue"), **_spans("content"),
        **_plain("confidence", NUMBER), **_plain("made_by"),
    },
    "events": {
        **_plain("id"), **_plain("article"), **_plain("type"), **_plain("mode"),
        "context": (TEXTS, lambda r: list(r.context)), **_plain("cameo"), **_plain("quad", WHOLE),
        **_plain("goldstein", NUMBER), **_actors("source"), **_actors("target"), **_plain("symmetric", FLAG),
        **_plain("status"), **_plain("conditional", FLAG), **_plain("date"), **PLACE,
        "attributed_to": (TEXT, lambda r: r.attributed_to.name if r.attributed_to else None),
        **_plain("statement"), "counts": (TEXTS, lambda r: [f"{k}={v}" for k, v in sorted(r.counts.items())]),
        **_span("trigger"), **_span("evidence"), **_spans("also"), **_plain("confidence", NUMBER), **_plain("made_by"),
    },
}  # fmt: skip


def flat(record: Record, kind: str) -> dict[str, Any]:
    """Return a record as one row of its kind's table."""
    return {name: value(record) for name, (_, value) in COLUMNS[kind].items()}


def schema(kind: str) -> pa.Schema:
    """Return the Arrow schema of a kind's table."""
    return pa.schema([(name, column) for name, (column, _) in COLUMNS[kind].items()])


def write_csv(records: Iterable[Record], kind: str, out: IO[str]) -> int:
    """Write records as CSV (RFC 4180, with a header); return how many."""
    writer = csv.DictWriter(out, list(COLUMNS[kind]), lineterminator="\n")
    writer.writeheader()
    written = 0
    for record in records:
        row = flat(record, kind)
        writer.writerow({key: _joined(value) if isinstance(value, list) else value for key, value in row.items()})
        written += 1
    return written


def _joined(values: list[Any]) -> str:
    return "; ".join("-".join(map(str, v)) if isinstance(v, list) else "" if v is None else str(v) for v in values)


def write_parquet(records: Iterable[Record], kind: str, path: str) -> int:
    """Write records as a Parquet file, a group of rows at a time; return how many."""
    written = 0
    with pq.ParquetWriter(path, schema(kind)) as writer:
        rows: list[dict[str, Any]] = []
        for record in records:
            rows.append(flat(record, kind))
            if len(rows) == GROUP:
                writer.write_table(pa.Table.from_pylist(rows, schema=schema(kind)))
                written += len(rows)
                rows = []
        if rows or not written:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema(kind)))
        return written + len(rows)
